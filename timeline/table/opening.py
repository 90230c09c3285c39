"""The tables opened: bytes to sheet, sheet to layout, layout to Table.

In: `Raw` files. Out: Sheets, Layouts, Tables. Must not know: the rules about rows, frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from timeline.table import headers, layout, schema
from timeline.table.files import CannotRead
from timeline.table.layout import Layout
from timeline.table.limits import FILE_BYTES
from timeline.table.problems import make
from timeline.table.reading import Sheet, read_sheet
from timeline.table.tables import Table, empty_table, table_of


@dataclass(frozen=True, slots=True)
class Raw:
    """One file: its name and bytes; `content` None when it is larger than the limit and was not read."""

    name: str
    content: bytes | None


def sheet_of(raw: Raw, columns: tuple[schema.Column, ...], encoding: str | None) -> Sheet:
    if raw.content is None:
        reason = f"the file is larger than {FILE_BYTES:,} bytes"
        problem = make("file-too-large", raw.name, None, reason, "Split it, or filter it before")
        return Sheet(raw.name, problems=[problem])
    hint = schema.header_line(columns)
    return read_sheet(raw.content, raw.name, header_hint=hint, known=layout.is_known, encoding=encoding)


def layout_of(sheet: Sheet, curated: bool, mapping: dict[str, str] | None) -> Layout:
    if not sheet.readable:
        return Layout(())
    if not curated:
        return headers.loose_layout(sheet.header, sheet.file, sheet.header_line, mapping)
    needed = ("id", "date", *(name for name in schema.required(schema.EVENTS) if name != "id"))
    return headers.curated_layout(
        sheet.header, sheet.file, sheet.header_line, schema.EVENTS, needed, ("date", "title"), mapping
    )


def own_table(
    raw: Raw | None, columns: tuple[schema.Column, ...], needed: tuple[str, ...], encoding: str | None
) -> Table | None:
    """documents.csv or actors.csv as a Table; None when there is none."""
    if raw is None:
        return None
    sheet = sheet_of(raw, columns, encoding)
    if not sheet.readable:
        return empty_table(sheet.file, sheet.problems)
    own = headers.curated_layout(sheet.header, sheet.file, sheet.header_line, columns, needed, needed)
    return table_of(sheet, own, needed[0])


def check_mapping(sheet: Sheet, mapping: dict[str, str], path: Path | None) -> None:
    for name, wanted in mapping.items():
        if name not in layout.mappable():
            raise CannotRead(
                path or Path(sheet.file),
                f"--map knows no column {name!r}",
                f"It knows {', '.join(layout.mappable())}",
            )
        if layout.find_header(sheet.header, wanted) is None:
            found = ", ".join(repr(cell) for cell in sheet.header)
            raise CannotRead(
                path or Path(sheet.file), f"the header has no {wanted!r} to map {name} to", f"It has {found}"
            )
