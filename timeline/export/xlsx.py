"""The selected mentions as an Excel workbook: rows, documents, and what the file is about.

In: a Dataset, a Selection and a Look. Out: the bytes of an .xlsx with notes. It must not know where they go.

Cells are text, also those that look like formulas or numbers: a date stays the EDTF that was written. Beside it
`earliest` and `latest` are dates of Excel, where Excel can hold them (from 1900 on).
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from timeline.documents.links import safe
from timeline.export.notes import counted, nothing
from timeline.export.rows import columns_of, distinct
from timeline.export.telling import Mention, cited_rows, mentions_of, shown, summary_of
from timeline.export.writing import CannotExport, Exported, Look
from timeline.query.matching import Selection
from timeline.query.query import is_filtered
from timeline.query.wording import NOTE, describe
from timeline.table.dataset import Dataset
from timeline.table.days import to_days
from timeline.table.guard import guard

ROWS = 1_048_575
"""So many rows a sheet holds below its header."""
CHARACTERS = 32_767
LINKS = 65_530
LINK_CHARACTERS = 2_079
LARGE = 20_000
"""From so many rows on they are written one after the other, through a file."""
_FIRST, _LAST, _EPOCH = to_days(1900), to_days(9999, 12, 31), date(1970, 1, 1).toordinal()
_WIDTHS = {"summary": 60, "title": 40, "passage": 40, "actors": 30, "url": 40, "document title": 40, "source": 24}


def xlsx_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """A workbook with the sheets events, documents and about. Raises CannotExport when there are too many rows."""
    from xlsxwriter import Workbook

    mentions = mentions_of(dataset, selection)
    if len(mentions) > ROWS:
        raise CannotExport(f"A sheet of Excel holds {ROWS:,} rows, here are {len(mentions):,}: choose fewer, or CSV.")
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    large = len(mentions) > LARGE
    book: Any = Workbook(file, options | ({"constant_memory": True} if large else {"in_memory": True}))
    made = look.made.replace(tzinfo=None)
    book.set_properties({"title": f"Timeline of {shown(dataset.name)}"[:250], "created": made})
    sheets = _Sheets(book)
    columns = columns_of(selection.rows, selection.mentions)
    headers = [shown(header) for header in distinct(columns)]
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    _events(sheets, headers, rows, mentions)
    documents = cited_rows(dataset, selection)
    names = [name for name in documents.columns if name not in ("published_start", "published_words", "file", "sha256")]
    sheets.write("documents", names, documents[names].to_numpy().tolist())
    sheets.write("about", ["what", "is"], _about(dataset, selection, look, len(mentions), len(documents)), False)
    book.close()
    return Exported(file.getvalue(), (*nothing(len(mentions)), *sheets.notes(mentions)))


def _events(sheets: _Sheets, headers: list[str], rows: list[list[Any]], mentions: list[Mention]) -> None:
    """The rows as in events.csv, then what the dates and documents say in full."""
    added = ["earliest", "latest", "date in words"]
    added += [name for name in ("document title", "source", "url") if name not in headers]
    for row, mention in zip(rows, mentions, strict=True):
        cited = {"document title": mention.document["title"] if mention.document else "", "source": mention.source}
        cited["url"] = mention.url
        row += [_day(mention.start, False), _day(mention.end, True), mention.words]
        row += [cited[name] for name in added[3:]]
    sheets.write("events", [*headers, *(f"{name} (read)" if name in headers else name for name in added)], rows)


def _day(moment: float, ends: bool) -> date | None:
    """The day of a moment, or the last one before it, if Excel knows it."""
    if not math.isfinite(moment):
        return None
    day = math.ceil(moment) - 1 if ends else math.floor(moment)
    return date.fromordinal(day + _EPOCH) if _FIRST <= day <= _LAST else None


def _about(dataset: Dataset, selection: Selection, look: Look, mentions: int, documents: int) -> list[list[str]]:
    chosen = describe(selection.query, dataset) if is_filtered(selection.query) else "none"
    return [
        ["table", dataset.name],
        ["filters", chosen],
        ["shown", summary_of(dataset, selection)],
        ["mentions", str(mentions) if mentions else "0: no event matches"],
        ["events shown", str(selection.shown)],
        ["undated events", str(selection.undated)],
        ["events in the table", str(selection.total)],
        ["documents", str(documents)],
        ["fingerprint of the table", dataset.fingerprint],
        ["made", look.made.isoformat()],
        ["note", NOTE],
    ]


class _Sheets:
    """The workbook's sheets, with a count of what did not fit."""

    def __init__(self, book: Any) -> None:
        self.book, self.cut, self.plain, self.links = book, 0, 0, 0
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.quoted = book.add_format({"quote_prefix": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.link = book.get_default_url_format()

    def write(self, name: str, headers: Sequence[str], rows: Sequence[Sequence[Any]], filtered: bool = True) -> None:
        """A sheet with its header, which stays in sight."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        self.links = 0
        for column, header in enumerate(headers):
            sheet.set_column(column, column, _WIDTHS.get(header, 18 if filtered else 60 if column else 24))
            sheet.write_string(0, column, header[:255], self.bold)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, self.day)
                elif cell:
                    self._text(sheet, row, column, shown(str(cell)), headers[column] == "url")
        if filtered:
            sheet.autofilter(0, 0, len(rows), len(headers) - 1)

    def _text(self, sheet: Any, row: int, column: int, text: str, address: bool) -> None:
        if len(text) > CHARACTERS // 2 and len(text.encode("utf-16-le")) // 2 > CHARACTERS:
            self.cut += 1
            text = text.encode("utf-16-le")[: 2 * CHARACTERS].decode("utf-16-le", "ignore")
        link = safe(text) if address else None
        if link:
            if self.links < LINKS and len(link) <= LINK_CHARACTERS:
                self.links += 1
                sheet.write_url(row, column, link, self.link, text)
                return
            self.plain += 1
        sheet.write_string(row, column, text, self.quoted if guard(text) != text else None)

    def notes(self, mentions: list[Mention]) -> tuple[str, ...]:
        """What Excel could not hold."""
        ends = [(m.start, False) for m in mentions if m.dated] + [(m.end, True) for m in mentions if m.dated]
        outside = sum(math.isfinite(moment) and _day(moment, last) is None for moment, last in ends)
        made = []
        if outside:
            has = "has" if outside == 1 else "have"
            made.append(f"{counted(outside, 'bound(s)')} of dates {has} no cell: Excel's calendar begins in 1900.")
        if self.cut:
            was = "was" if self.cut == 1 else "were"
            made.append(f"{counted(self.cut, 'cell(s)')} {was} cut: Excel holds {CHARACTERS:,} characters in one.")
        if self.plain:
            stay = "stays" if self.plain == 1 else "stay"
            made.append(f"{counted(self.plain, 'link(s)')} {stay} text: Excel holds {LINKS:,}, of 2,079 characters.")
        return tuple(made)
