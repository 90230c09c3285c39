"""What may be wrong with any cell, whatever its column: ends trimmed, unreadable characters, hidden ones,
formulas.

In: the records of a sheet. Out: the same records, trimmed and safe to show, which cells could not be read,
findings. Must not know: what the columns mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from timeline.table.guard import unguard
from timeline.table.limits import CELL_CHARACTERS
from timeline.table.problems import Problem, make, quote
from timeline.table.reading import Sheet
from timeline.table.records import BLANK

# One search over a whole record; only what it hits is looked at cell by cell.
_RISKY = "=+-@\t\r＝＋－＠"
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|"
    "[\u00c2\u00c3\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152-\u2122]"
)
# The same over a record's cells between line feeds, with cells that may have to be trimmed or are like a formula.
_UNUSUAL = re.compile(rf"{_SUSPECT.pattern}|\n[{re.escape(BLANK + _RISKY)}'](?<!\n\n)|[{re.escape(BLANK)}](?<!\n)\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152-\u2122]")
_FORMULA = re.compile(r"[=+@\t\r＝＋－＠]|-(?=.)")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,:/TZ\-–~?% X]*")


@dataclass(slots=True)
class Cells:
    """`lines[i]` is the line on which `rows[i]` starts. `unreadable` holds (row, column) of cells that must
    not be trusted: NUL, bytes that are no UTF-8, lone surrogates, over-long cells."""

    lines: list[int]
    rows: list[list[str]]
    unreadable: set[tuple[int, int]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def clean_cells(sheet: Sheet, columns: tuple[str, ...], id_column: int | None, skip: frozenset[int]) -> Cells:
    """Trim and check every cell. `columns` name the sheet's columns in findings; columns in `skip` (dates)
    are no formulas when they start with a minus sign."""
    cells = Cells([line for line, _ in sheet.records], [])
    trimmed: dict[int, list[int]] = {}
    formulas: dict[int, list[int]] = {}
    guarded: dict[int, list[int]] = {}
    for row, (_, raw) in enumerate(sheet.records):
        told = "\n".join(("", *raw, ""))
        if len(told) <= CELL_CHARACTERS and told.count("\n") == len(raw) + 1 and not _UNUSUAL.search(told):
            cells.rows.append(raw)
            continue
        stripped = [cell.strip(BLANK) for cell in raw]
        if stripped != raw:
            for column, (before, after) in enumerate(zip(raw, stripped, strict=True)):
                if before != after and after:
                    trimmed.setdefault(column, []).append(row)
        joined = "\n".join(stripped)
        if len(joined) > CELL_CHARACTERS or _SUSPECT.search(joined):
            _check_row(sheet, cells, columns, row, stripped, id_column)
        for column, cell in enumerate(stripped):
            if cell[:1] in _RISKY and column not in skip and cell and _is_formula(cell):
                formulas.setdefault(column, []).append(row)
            elif cell[:1] == "'" and (bare := unguard(cell)) != cell:
                stripped[column] = bare.strip(BLANK)
                guarded.setdefault(column, []).append(row)
        cells.rows.append(stripped)
    _tell(
        sheet,
        cells,
        columns,
        id_column,
        trimmed,
        "trimmed",
        "spaces at the ends were left out",
        "Delete the spaces, or leave them",
    )
    _tell(
        sheet,
        cells,
        columns,
        id_column,
        formulas,
        "formula-like",
        "a spreadsheet program would take this for a formula",
        "Mind it when the table is opened in Excel; the exports guard such cells",
    )
    _tell(
        sheet,
        cells,
        columns,
        id_column,
        guarded,
        "unguarded",
        "an apostrophe that guards against formulas was taken off",
        "Write two where one is meant",
    )
    return cells


def is_unusual(cell: str, dated: bool) -> bool:
    """Whether `clean_cells` may change a cell or tell of it; `dated` is that of a column of dates."""
    if _SUSPECT.search(cell) or cell.strip(BLANK) != cell:
        return True
    return cell[:1] == "'" or (not dated and cell[:1] in _RISKY and cell != "")


def _is_formula(cell: str) -> bool:
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell)


def _check_row(
    sheet: Sheet, cells: Cells, columns: tuple[str, ...], row: int, stripped: list[str], id_column: int | None
) -> None:
    """Find what is wrong in one row, and make its cells safe to show in place."""
    whose = stripped[id_column] if id_column is not None else None
    for column, cell in enumerate(stripped):
        problem = _check_cell(cell, sheet, sheet.records[row][0])
        if problem is None:
            continue
        code, reason, fix, bad = problem
        line = sheet.records[row][0]
        cells.problems.append(
            make(code, sheet.file, line, reason, fix, column=columns[column], id=whose, value=_around(cell))
        )
        if bad:
            cells.unreadable.add((row, column))
            stripped[column] = _SURROGATE.sub("\ufffd", cell[:CELL_CHARACTERS]).replace("\x00", "\u2400")


def _check_cell(cell: str, sheet: Sheet, line: int) -> tuple[str, str, str, bool] | None:
    if len(cell) > CELL_CHARACTERS:
        reason = f"the cell has {len(cell):,} characters; at most {CELL_CHARACTERS:,} are read"
        return "cell-too-long", reason, "Is a quotation mark open? Else keep the text in a document", True
    if not _SUSPECT.search(cell):
        return None
    if _SURROGATE.search(cell):
        return _not_utf8(cell, sheet, line)
    if "\x00" in cell:
        reason = f"the cell holds a NUL character after {cell.index(chr(0))} characters"
        return "nul", reason, "Delete it: no text needs it", True
    if "\ufffd" in cell:
        return (
            "mojibake",
            "a character was lost before the table came here (\ufffd)",
            "Restore it from the original",
            False,
        )
    hit = _MOJIBAKE.search(cell)
    if hit:
        likely = _repair(cell)
        if likely:
            return (
                "mojibake",
                f"{quote(cell, 40)} looks wrongly decoded",
                f"Is it {quote(likely, 40)}?",
                False,
            )
    hit = _HIDDEN.search(cell)
    if hit:
        number = ord(hit.group())
        direction = (
            " that changes the direction of the text"
            if 0x202A <= number <= 0x202E or 0x2066 <= number <= 0x2069
            else ""
        )
        reason = f"the cell holds the invisible character U+{number:04X}{direction}"
        return "control-character", reason, "Delete it, unless the text needs it", False
    return None


def _not_utf8(cell: str, sheet: Sheet, line: int) -> tuple[str, str, str, bool]:
    """The finding about bytes that are no UTF-8. The line of the byte may be later than that of the
    record."""
    code = ord(_SURROGATE.search(cell).group())  # type: ignore[union-attr]
    byte = f"byte 0x{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"
    near = next(((at, sheet.bad[at]) for at in range(line, line + 200) if at in sheet.bad), None)
    where = f" at byte offset {near[1][0]}, line {near[0]}, in '{near[1][1]}'" if near else ""
    reason = f"{byte}{where} is not UTF-8; such files are often Windows-1252 (cp1252) or Latin-1"
    return (
        "not-utf8",
        reason,
        "Save the table as 'CSV UTF-8', or give --encoding cp1252 if that is what it is",
        True,
    )


def _repair(cell: str) -> str | None:
    """What the cell was before UTF-8 was read as Windows-1252 or Latin-1, if it can be told."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return cell.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    hit = _MOJIBAKE.search(cell)
    start = hit.start() if hit else 0
    for length in (3, 2):
        try:
            return cell[start : start + length].encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
    return None


def _around(cell: str) -> str:
    """The part of a cell around its first suspect character."""
    hit = _SUSPECT.search(cell)
    start = max(0, hit.start() - 25) if hit else 0
    return ("…" if start else "") + cell[start : start + 60]


def _tell(
    sheet: Sheet,
    cells: Cells,
    columns: tuple[str, ...],
    id_column: int | None,
    found: dict[int, list[int]],
    code: str,
    reason: str,
    fix: str,
) -> None:
    """One finding a column for what may befall every row: the first place, and how many there are."""
    for column, rows in sorted(found.items()):
        first = rows[0]
        count = f" ({len(rows):,} cells of this column; this is the first)" if len(rows) > 1 else ""
        raw = sheet.records[first][1][column]
        whose = cells.rows[first][id_column] if id_column is not None else None
        cells.problems.append(
            make(
                code,
                sheet.file,
                cells.lines[first],
                reason + count,
                fix,
                column=columns[column],
                id=whose,
                value=raw,
            )
        )
