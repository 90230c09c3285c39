"""A table at one moment: its Dataset, and each row with all its columns.

In: the bytes of the three tables. Out: a Snapshot, which never changes, so that an answer never mixes two states of a
table. It must not know the disk, documents' texts or the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from timeline.table import headers, schema
from timeline.table.dataset import Dataset, build
from timeline.table.decoding import decode
from timeline.table.layout import Layout
from timeline.table.meaning import Known, known_of
from timeline.table.opening import Raw, layout_of, sheet_of
from timeline.table.reading import SEPARATORS, Sheet
from timeline.table.records import Broken, parse
from timeline.table.tables import table_of

EVENTS, DOCUMENTS, ACTORS = "events", "documents", "actors"
_HEAD = 200_000  # bytes in which a header surely ends


@dataclass(frozen=True)
class Snapshot:
    """`raws` are the files by EVENTS, DOCUMENTS and ACTORS (None: not there); `header` is that of the events,
    `layout` says which of its columns is which of ours."""

    dataset: Dataset
    raws: Mapping[str, Raw | None]
    header: tuple[str, ...]
    layout: Layout

    @cached_property
    def version(self) -> str:
        """The sha256 of all three files: another one means that something has changed."""
        whole = hashlib.sha256()
        for raw in self.raws.values():
            content = b"" if raw is None else raw.content or b""
            whole.update(len(content).to_bytes(8, "big"))
            whole.update(content)
        return whole.hexdigest()

    def sha256(self, table: str) -> str:
        """The fingerprint of one file, "" when it is not there."""
        raw = self.raws[table]
        return "" if raw is None else hashlib.sha256(raw.content or b"").hexdigest()

    @cached_property
    def known(self) -> Known:
        """What documents.csv and actors.csv say, for checking a row by itself."""
        return known_of(self.raws[DOCUMENTS], self.raws[ACTORS], None)

    @cached_property
    def place(self) -> dict[str, int]:
        """Id -> position in `dataset.mentions`."""
        return {id: number for number, id in enumerate(self.dataset.mentions["id"].tolist())}

    @cached_property
    def by_document(self) -> dict[str, list[int]]:
        """Document -> positions of its rows in `dataset.mentions`."""
        found: dict[str, list[int]] = {}
        for number, document in enumerate(self.dataset.mentions["document"].tolist()):
            found.setdefault(document, []).append(number)
        return found

    @cached_property
    def _lines(self) -> tuple[list[str], str]:
        raw = self.raws[EVENTS]
        text = decode((raw.content if raw else None) or b"", self.dataset.name).text or ""
        text = text.replace("\r\n", "\n")
        if "\n" not in text:
            text = text.replace("\r", "\n")
        lines = [line + "\n" for line in text.split("\n")]
        first = next((number for number, line in enumerate(lines) if len(line) > 1), 0)
        return lines, _separator(lines, first, len(self.header))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in the order of the file: ours where we know them, else the file's."""
        ours = {index: name for name, index in self.layout.places.items()}
        return tuple(ours.get(index, name) for index, name in enumerate(self.header))

    def rows(self, positions: Sequence[int]) -> list[dict[str, str]]:
        """Rows by their positions in `dataset.mentions`, their cells as the program reads them (trimmed, guards against
        formulas taken off): name of the column -> cell. Only these rows are read, not the table."""
        lines, separator = self._lines
        sheet = Sheet(self.dataset.name, list(self.header), readable=True)
        for line in self.dataset.mentions["line"].iloc[list(positions)].tolist():
            record = next(parse(lines, line - 1, separator), None)
            cells = [] if record is None or isinstance(record, Broken) else record[2]
            sheet.records.append((line, [*cells, *[""] * len(self.columns)][: len(self.columns)]))
        table = table_of(sheet, replace(self.layout, problems=[]), "id")
        return [dict(zip(self.columns, cells, strict=True)) for cells in table.rows]

    def row(self, id: str) -> dict[str, str] | None:
        """The row of that id, None when there is none."""
        position = self.place.get(id)
        return None if position is None else self.rows([position])[0]


def take(path: Path, events: bytes, documents: bytes | None, actors: bytes | None) -> Snapshot:
    """The snapshot of these bytes; pure."""
    raws = {
        EVENTS: Raw(path.name, events),
        DOCUMENTS: None if documents is None else Raw("documents.csv", documents),
        ACTORS: None if actors is None else Raw("actors.csv", actors),
    }
    dataset = build(Raw(path.name, events), raws[DOCUMENTS], raws[ACTORS], path=path)
    head = events[:_HEAD]
    if len(events) > _HEAD:
        head = head[: head.rfind(b"\n") + 1] or head
    sheet = sheet_of(Raw(path.name, head), schema.EVENTS, None)
    return Snapshot(dataset, raws, tuple(sheet.header), layout_of(sheet, True, None))


def why_not_curated(snapshot: Snapshot) -> str:
    """Why rows of this table cannot be edited at the desk, as a sentence; "" when they can."""
    if not snapshot.header:
        problem = next((p for p in snapshot.dataset.problems if p.severity == "error"), None)
        return f"{problem.reason}. {problem.fix}." if problem else "it has no header."
    missing = [name for name in schema.names(schema.EVENTS) if name not in snapshot.layout.places]
    if not headers.looks_curated(list(snapshot.header)) or missing:
        return (
            f"the desk edits tables whose rows cite passages, and this one has no column {', '.join(missing)}. "
            f"A table for the desk begins with the line {schema.header_line()}"
        )
    return ""


def _separator(lines: Sequence[str], first: int, width: int) -> str:
    if lines[first : first + 1] and lines[first][:4].lower() == "sep=":
        first += 1
    for separator in SEPARATORS:
        record = next(parse(list(lines), first, separator), None)
        if record is not None and not isinstance(record, Broken) and len(record[2]) == width:
            return separator
    return ","
