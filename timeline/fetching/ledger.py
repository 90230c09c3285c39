"""Ledger: documents.csv as far as fetching needs it: which documents have an address, and two cells written back.

In: the bytes of documents.csv. Out: its Documents; and its bytes with some cells changed. It must not know the web, nor
folders.

Of a row that changes only the cells that change are written anew; all other bytes stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from timeline.table import schema
from timeline.table.opening import Raw, own_table
from timeline.table.reading import SEPARATORS
from timeline.table.records import BLANK, Broken, parse


class CannotChange(Exception):
    """The cells cannot be written; the text is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A row of documents.csv: its id, address, file's name and sha256, as written ("" where empty)."""

    id: str
    url: str
    file: str
    sha256: str


def documents_in(content: bytes, name: str) -> tuple[tuple[Document, ...], str]:
    """The documents of a table, in its order, a repeated id once; and why it cannot be read, "" when it can."""
    table = own_table(Raw(name, content), schema.DOCUMENTS, ("id",), None)
    assert table is not None
    if not table.has("id") or not table.has("url"):
        errors = [problem.sentence() for problem in table.problems if problem.severity == "error"]
        return (), errors[0] if errors else f"{name} has no column url"
    columns = (table.column(column) for column in ("id", "url", "file", "sha256"))
    found: dict[str, Document] = {}
    for id, url, file, sha256 in zip(*columns, strict=True):
        if id:
            found.setdefault(id, Document(id, url.strip(), file.strip(), sha256.strip().lower()))
    return tuple(found.values()), ""


def changed(content: bytes, changes: Mapping[str, Mapping[str, str]]) -> bytes:
    """The bytes of a documents.csv in which the rows with these ids have these cells ({id: {column: cell}}).

    Rows that are not found and cells that are so already change nothing. Raises CannotChange when the table has no such
    column or cannot be taken apart.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotChange("it is not UTF-8") from error
    mark = content[: len(content) - len(text.encode("utf-8"))]
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    separator, start, header = _header(lines)
    places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
    for name in ("id", *dict.fromkeys(name for cells in changes.values() for name in cells)):
        if name not in places:
            raise CannotChange(f"it has no column {name}")
    waiting = dict(changes)
    for record in parse(lines, start, separator):
        if isinstance(record, Broken):
            raise CannotChange(f"line {record.start + 1} has a quotation mark that is open or stray")
        first, end, cells = record
        wanted = waiting.pop(cells[places["id"]].strip(), {}) if len(cells) == len(header) else {}
        new = {places[name]: cell for name, cell in wanted.items() if cells[places[name]] != cell}
        if new:
            lines[first] = _rewritten("".join(lines[first:end]), separator, cells, new)
            lines[first + 1 : end] = [""] * (end - first - 1)
    return mark + "".join(lines).encode("utf-8")


def _header(lines: list[str]) -> tuple[str, int, list[str]]:
    """The separator, the index of the line after the header, and its cells."""
    first = next((number for number, line in enumerate(lines) if line.strip(BLANK)), len(lines))
    for start in (first, first + 1):  # a line `sep=;` may stand before it
        for separator in SEPARATORS if start < len(lines) else ():
            record = next(parse(lines, start, separator))
            if not isinstance(record, Broken) and "id" in (cell.strip().casefold() for cell in record[2]):
                return separator, record[1], record[2]
    raise CannotChange("its header cannot be taken apart")


def _rewritten(record: str, separator: str, cells: list[str], new: Mapping[int, str]) -> str:
    body = record.rstrip("\r\n")
    spans = _spans(body, separator)
    kept = [body[slice(*span)] for span in spans]
    if len(kept) != len(cells):  # written in a way that csv reads and this does not
        kept = [_cell(cell, separator) for cell in cells]
    for place, cell in new.items():
        kept[place] = _cell(cell, separator)
    return separator.join(kept) + record[len(body) :]


def _spans(body: str, separator: str) -> list[tuple[int, int]]:
    """Where the cells of a record lie, quotation marks included; none when it is not as RFC 4180 has it."""
    pattern = re.compile(rf'"[^"]*(?:""[^"]*)*"|[^{re.escape(separator)}"]*')
    spans, place = [], 0
    while found := pattern.match(body, place):
        spans.append(found.span())
        place = found.end()
        if place == len(body):
            return spans
        if body[place] != separator:
            break
        place += 1
    return []


def _cell(cell: str, separator: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if re.search(rf'[{re.escape(separator)}"\r\n]', cell) else cell
