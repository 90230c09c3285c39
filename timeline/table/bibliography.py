"""The documents: documents.csv checked, or derived from the columns of a stranger's table.

In: a documents Table, or an events Table. Out: the `documents` frame, findings, and what each row of a
stranger's table cites. Must not know: the documents' texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from timeline.table import schema
from timeline.table.checking import check_ids
from timeline.table.dating import not_a_date, notes_of
from timeline.table.limits import URL_CHARACTERS
from timeline.table.names import slug, unique
from timeline.table.problems import quote
from timeline.table.tables import Table
from timeline.table.when import When, is_undated, read_date

_LINK = re.compile(r"(?i)https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
COLUMNS = (
    "id", "title", "source", "author", "published", "published_words", "published_start", "kind", "language",
    "url", "file", "sha256",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Derived:
    """What each row of a stranger's table cites: ids of `frame`, and sources, one a row ("" where none)."""

    frame: pd.DataFrame
    documents: list[str]
    sources: list[str]


def url_fault(url: str) -> str | None:
    """Why an address cannot become a link, or None. Only http and https with a host do; nothing is ever
    fetched."""
    if not url:
        return None
    if len(url) > URL_CHARACTERS:
        return f"the address has {len(url):,} characters; at most {URL_CHARACTERS:,} become a link"
    if _HIDDEN.search(url):
        return "the address holds invisible characters"
    if not re.match(r"(?i)https?://", url):
        scheme = re.match(r"(?i)([a-z][a-z0-9+.-]*):", url)
        if scheme:
            return f"{quote(scheme.group(1) + ':', 20)} does not become a link; only http and https do"
        return "the address does not start with http:// or https://"
    if not _LINK.fullmatch(url):
        return "the address has spaces, backslashes or a user's name in it, or no host"
    return None


def check_urls(table: Table) -> None:
    """A warning for each address that cannot become a link; it stays as text."""
    for row, url in enumerate(table.column("url")):
        fault = url_fault(url)
        if fault and table.trusted(row, "url"):
            table.tell("url", row, "url", fault, "Write an address that starts with https://", value=url)


def curated_documents(table: Table) -> pd.DataFrame:
    """The `documents` frame of documents.csv; a repeated id keeps its first row, a row without id is left
    out."""
    written = table.column("id")
    check_ids(table)
    for column in schema.DOCUMENTS:
        for row, cell in enumerate(table.column(column.name)):
            if not table.has(column.name) or column.name == "id" or not table.trusted(row, column.name):
                continue
            if not cell:
                if column.must:
                    table.tell("empty", row, column.name, f"the {column.name} is empty", "Fill it", value="")
            elif column.vocabulary and cell not in column.vocabulary:
                reason = f"{quote(cell)} is no kind of document; there are {', '.join(column.vocabulary)}"
                table.tell("unknown-kind", row, column.name, reason, "Choose one of them", value=cell)
            elif column.kind == "sha256" and not re.fullmatch(column.pattern or "", cell):
                reason = "a sha256 has 64 hexadecimal digits"
                table.tell("malformed-sha256", row, column.name, reason, "Take it from sha256sum", value=cell)
    check_urls(table)
    dates = [_published(table, row, text) for row, text in enumerate(table.column("published"))]
    kept: dict[str, int] = {}
    for row, own in enumerate(written):
        if own and table.trusted(row, "id"):
            kept.setdefault(own, row)
    cells = {name: table.column(name) for name in schema.names(schema.DOCUMENTS)}
    rows = list(kept.values())
    return _frame({name: [column[row] for row in rows] for name, column in cells.items()}, [dates[row] for row in rows])


def derived_documents(table: Table) -> Derived:
    """Documents of a stranger's table: one for each document named (else each address, else each source),
    told apart by source. Their other columns come from the first row that fills them."""
    named, urls, sources = table.column("document"), table.column("url"), table.column("source")
    fields = {name: table.column(name) for name in ("author", "published", "language")}
    found: dict[tuple[str, str], dict[str, str]] = {}
    dates: dict[tuple[str, str], When | None] = {}
    ids: list[str] = []
    taken: set[str] = set()
    for row, (name, url, source) in enumerate(zip(named, urls, sources, strict=True)):
        key = (name or url or source, source)
        if not key[0]:
            ids.append("")
            continue
        if key not in found:
            plain = re.sub(r"(?i)^https?://(www\.)?", "", key[0])
            found[key] = {"id": unique(slug(plain, "document"), taken), "title": key[0], "source": source}
            dates[key] = None
        document = found[key]
        if url and not document.get("url"):
            document["url"] = url
        for field, cells in fields.items():
            if cells[row] and not document.get(field):
                document[field] = cells[row]
                if field == "published":
                    dates[key] = _published(table, row, cells[row], "warning")
        ids.append(document["id"])
    check_urls(table)
    columns = {name: [document.get(name, "") for document in found.values()] for name in schema.names(schema.DOCUMENTS)}
    return Derived(_frame(columns, list(dates.values())), ids, sources)


def empty_documents() -> pd.DataFrame:
    """The `documents` frame without rows."""
    return _frame({name: [] for name in schema.names(schema.DOCUMENTS)}, [])


def _published(table: Table, row: int, text: str, severity: str | None = None) -> When | None:
    if is_undated(text) or not table.trusted(row, "published"):
        return None
    when = read_date(text)
    place = (table.file, table.lines[row], table.ids[row], table.label("published"))
    if isinstance(when, When):
        table.problems += notes_of(when, *place)
        return when
    table.problems.append(not_a_date(when, *place, severity="warning" if severity == "warning" else None))
    return None


def _frame(columns: dict[str, list[str]], dates: Iterable[When | None]) -> pd.DataFrame:
    whens = list(dates)
    series: dict[str, Any] = {name: pd.Series(cells, dtype="str") for name, cells in columns.items()}
    series["published_words"] = pd.Series(
        # A document appears in September, where an event lies some time in it.
        [when.words.removeprefix("some time in ") if when else "" for when in whens],
        dtype="str",
    )
    starts = [when.start if when else float("nan") for when in whens]
    series["published_start"] = pd.Series(starts, dtype="float64")
    return pd.DataFrame({name: series[name] for name in COLUMNS})
