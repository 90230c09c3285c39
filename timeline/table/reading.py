"""Text to header and records: RFC 4180, strictly, and never a row shifted, merged or dropped unseen.

In: the bytes of a table. Out: `Sheet`: the header, the records of the right width with the line on which each
starts, and findings. Must not know: what the columns mean (only how many names of a header are known, to find
the separator).

Python's `csv` in strict mode does the cells. What it leaves open is done here: lines are counted as an editor
counts them (LF, CRLF; a lone CR is part of its cell, except where the header ends with one), the length of
every record is compared with the header's, and after a broken quote the reading goes on at the next line that
starts a whole record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from timeline.table.decoding import decode, describe_bytes
from timeline.table.guard import unguard
from timeline.table.limits import COLUMNS, RESYNCS
from timeline.table.problems import Problem, make
from timeline.table.records import BLANK, Broken, is_blank, parse, resume_after

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# One of these stands for a lone CR while csv reads: the first that the text does not hold itself.
_STAND_INS = "\ue00d\ue10d\uf00d\U000f000d\U0010000d"


@dataclass(slots=True)
class Sheet:
    """`records` hold (line, cells), each as wide as `header`; `broken` counts records that could not be read
    at all (a wrong number of cells, a broken quote), `skipped` the empty ones. `bad` is as in
    decoding.Text. `ends_in_cr` tells that CR alone ends the lines."""

    file: str
    header: list[str] = field(default_factory=list)
    header_line: int = 1
    records: list[tuple[int, list[str]]] = field(default_factory=list)
    broken: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    bad: dict[int, tuple[int, str]] = field(default_factory=dict)
    readable: bool = False
    lone_cr: str = ""
    separator: str = ","
    ends_in_cr: bool = False

    @property
    def rows(self) -> int:
        """All records in the file, whatever became of them."""
        return len(self.records) + self.broken + self.skipped


def read_sheet(
    content: bytes, file: str, *, header_hint: str, known: Callable[[str], bool], encoding: str | None = None
) -> Sheet:
    """Read one table. Never raises on data. `known(name)` tells whether a header cell is a name of a column;
    `header_hint` is the header to paste into an empty file."""
    sheet = Sheet(file)
    decoded = decode(content, file, encoding)
    sheet.problems += decoded.problems
    if decoded.text is None:
        return sheet
    sheet.bad = {line: (at, describe_bytes(content, at)) for line, (at, _) in decoded.bad.items()}
    lines = _split_lines(decoded.text, sheet)
    first = next((number for number, line in enumerate(lines) if line.strip(BLANK)), None)
    if first is None:
        reason = "the file is empty: it has no header" if not content.strip() else "the file has no header"
        sheet.problems.append(make("no-header", file, None, reason, f"Start it with: {header_hint}"))
        return sheet
    separator, first = _find_separator(lines, first, known, sheet)
    _read_records(lines, first, separator, sheet)
    return sheet


def _split_lines(text: str, sheet: Sheet) -> list[str]:
    """The lines with their LF. A header that ends with a lone CR makes CR the line end of the whole file."""
    if "\r" in text:
        head, newline, _ = text.partition("\n")
        head = head.removesuffix("\r") if newline else head  # a header alone may end with CR
        if "\r" in head and head.split("\r", 1)[0].count('"') % 2 == 0:
            sheet.problems.append(
                make(
                    "line-ends",
                    sheet.file,
                    1,
                    "the lines end with CR alone",
                    "Save the table with LF as line ends",
                )
            )
            sheet.ends_in_cr = True
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        else:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                sheet.lone_cr = next((c for c in _STAND_INS if c not in text), " ")
                text = text.replace("\r", sheet.lone_cr)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line + "\n" for line in lines]


def _find_separator(lines: list[str], first: int, known: Callable[[str], bool], sheet: Sheet) -> tuple[str, int]:
    """The separator under which most header cells have a known name, then the one that gives most cells."""
    told = lines[first].lstrip(BLANK)
    if told[:4].lower() == "sep=" and told[4:5] in SEPARATORS and not told[5:].strip() and first + 1 < len(lines):
        _note_separator(sheet, first + 1, told[4], "as its first line says")
        return told[4], first + 1
    best, best_score = ",", (-1, -1)
    for separator in SEPARATORS:
        got = next(parse(lines, first, separator))
        if not isinstance(got, Broken) and (separator == "," or len(got[2]) > 1):
            cells = got[2]
            score = (sum(map(known, cells)), len(cells))
            if score > best_score:
                best, best_score = separator, score
    if best != ",":
        _note_separator(sheet, first + 1, best, "by the header")
    return best, first


def _note_separator(sheet: Sheet, line: int, separator: str, why: str) -> None:
    if separator != ",":
        name = SEPARATORS.get(separator, repr(separator))
        reason = f"the cells are separated by {name} ({why}), not by commas"
        sheet.problems.append(make("separator", sheet.file, line, reason, "Save with commas, or leave it"))


def _read_records(lines: list[str], first: int, separator: str, sheet: Sheet) -> None:
    """Fill the sheet from the header on."""
    sheet.separator = separator
    records = parse(lines, first, separator)
    head = next(records)
    if isinstance(head, Broken):
        reason = (
            "a quotation mark in the header is not closed"
            if head.unclosed
            else "a quotation mark in the header is stray"
        )
        code = "unclosed-quote" if head.unclosed else "stray-quote"
        sheet.problems.append(make(code, sheet.file, first + 1, reason, 'Close it, or write "" for a quotation mark'))
        return
    sheet.header = [unguard(_with_cr(cell, sheet.lone_cr).strip(BLANK)) for cell in head[2]]
    sheet.header_line = first + 1
    if len(sheet.header) > COLUMNS:
        reason = f"the header has {len(sheet.header):,} columns; at most {COLUMNS:,} are read"
        sheet.problems.append(
            make("too-many-columns", sheet.file, first + 1, reason, "Keep one column for each property")
        )
        return
    sheet.readable = True
    empty: list[int] = []
    left = RESYNCS * (len(lines) + 1)  # every broken record costs the lines that were read in search of its end
    while True:
        resume: int | None = None
        for record in records:
            if isinstance(record, Broken):
                left -= record.end - record.start
                resume = resume_after(lines, record, separator, len(sheet.header)) if left > 0 else None
                _report_broken(sheet, record, resume, len(lines))
                break
            _take(sheet, record[0] + 1, record[2], empty)
        if resume is None:
            break
        records = parse(lines, resume, separator)
    _tell_empty(sheet, empty)
    if not sheet.rows:
        sheet.problems.append(make("no-rows", sheet.file, None, "the table has a header and no row", "Add a row"))


def take_records(sheet: Sheet, records: Iterable[tuple[int, list[str]]]) -> None:
    """Fill a sheet that has nothing but its header with records that were told apart elsewhere."""
    empty: list[int] = []
    for line, cells in records:
        _take(sheet, line, cells, empty)
    _tell_empty(sheet, empty)


def _tell_empty(sheet: Sheet, empty: list[int]) -> None:
    if empty:
        where = f"line {empty[0]}" if len(empty) == 1 else f"{len(empty)} lines, the first {empty[0]}"
        reason = f"an empty row was skipped ({where})" if len(empty) == 1 else f"empty rows were skipped ({where})"
        sheet.problems.append(make("empty-row", sheet.file, empty[0], reason, "Delete the empty rows, or leave them"))
    sheet.skipped = len(empty)


def _take(sheet: Sheet, line: int, cells: list[str], empty: list[int]) -> None:
    if sheet.lone_cr:
        cells = [_with_cr(cell, sheet.lone_cr) for cell in cells]
    if is_blank(cells):
        empty.append(line)
    elif len(cells) == len(sheet.header):
        sheet.records.append((line, cells))
    else:
        sheet.broken += 1
        sheet.problems.append(_wrong_length(sheet, line, cells))


def _with_cr(cell: str, stand_in: str) -> str:
    return cell.replace(stand_in, "\r") if stand_in else cell


def _wrong_length(sheet: Sheet, line: int, cells: list[str]) -> Problem:
    width, found = len(sheet.header), len(cells)
    long = found > width
    reason = f"the row has {found} cells, the header has {width}"
    if long:
        fix = 'Is a comma unquoted? Put the cell that holds it in quotation marks: "a, b"'
        spaced = next((cell for cell in cells if cell[:1] == " " and cell.lstrip()[:1] == '"'), None)
        if spaced:
            fix = "A quotation mark only opens a cell right after the separator: delete the space before it"
    else:
        fix = "Add the missing cells (empty ones count), or join the row to the line it belongs to"
    first = cells[0].strip(BLANK)
    has_id = bool(sheet.header) and sheet.header[0].casefold() == "id"
    return make(
        "row-too-long" if long else "row-too-short",
        sheet.file,
        line,
        reason,
        fix,
        id=first if has_id else None,
        value=cells[width] if long else cells[-1],
    )


def _report_broken(sheet: Sheet, broken: Broken, resume: int | None, count: int) -> None:
    line = broken.start + 1
    after = count - (broken.start + 1)
    swallowed = broken.unclosed or (broken.end > broken.start and resume == broken.start + 1)
    if swallowed:
        reason = "a quotation mark opens a cell and is not closed"
    else:
        reason = f"a quotation mark stands inside a quoted cell (noticed on line {broken.end + 1})"
    if resume is not None:
        reason += f"; the reading goes on at line {resume + 1}" if resume > broken.start + 1 else ""
    elif after > 0:
        reason += f"; the {after} lines after it could not be told apart and are not read"
    fix = 'Close the cell with "' if swallowed else 'Write "" for a quotation mark inside a quoted cell'
    sheet.broken += 1
    sheet.problems.append(make("unclosed-quote" if swallowed else "stray-quote", sheet.file, line, reason, fix))
