"""The dates of the rows: one column, or a start and an end, or year, month and day in columns of their own.

In: trimmed rows and where their date cells stand. Out: for each row a When, None (undated) or a finding that
it cannot be read. Must not know: what else is in a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline.table.layout import Layout
from timeline.table.limits import SPAN_YEARS
from timeline.table.problems import CODES, Problem, Severity, make
from timeline.table.when import NotADate, When, is_undated, read_date


@dataclass(slots=True)
class Dates:
    """`whens[i]` is None when row i is undated or failed; `failed` holds the rows whose date cannot be read;
    `written[i]` is the date as written (start and end joined by ' – ')."""

    whens: list[When | None] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def date_columns(layout: Layout) -> frozenset[int]:
    """The indices of the columns in which dates stand."""
    names = ("date", "end", "published", "year", "month", "day", "end_year", "end_month", "end_day")
    return frozenset(layout.places[name] for name in names if name in layout.places)


def date_rows(
    file: str,
    lines: list[int],
    rows: list[list[str]],
    ids: list[str],
    layout: Layout,
    unreadable: set[tuple[int, int]],
) -> Dates:
    """Read the date of every row. Each different text is read once, so that the cost does not grow with
    repeats; a row with an unreadable date cell fails, and no date is looked for in it."""
    dates = Dates()
    own = date_columns(layout) - {layout.places.get("published", -1)}
    damaged = {row for row, column in unreadable if column in own}
    memo: dict[str, When | NotADate | None] = {}
    starts = _texts(rows, layout, "date", "")
    ends = _texts(rows, layout, "end", "end_")
    columns = (_label(layout, "date", "year"), _label(layout, "end", "end_year"))
    for row, start in enumerate(starts):
        if row in damaged:
            dates.failed.add(row)
            dates.whens.append(None)
            dates.written.append(start)
            continue
        end = ends[row] if ends else ""
        place = (file, lines[row], ids[row])
        when = _read(start, memo)
        column = columns[0]
        written = start
        if end and end != start:
            last = _read(end, memo)
            if last is not None:
                written = f"{start} – {end}" if start else f"until {end}"
                if not isinstance(last, When) or not isinstance(when, NotADate):
                    when, column = (
                        _join(when, last, written),
                        columns[1] if isinstance(last, NotADate) else column,
                    )
        dates.written.append(written)
        if isinstance(when, NotADate):
            dates.failed.add(row)
            dates.whens.append(None)
            dates.problems.append(not_a_date(when, *place, column))
        else:
            dates.whens.append(when)
            if when is not None and (when.notes or when.end - when.start > SPAN_YEARS * 365.25):
                dates.problems += notes_of(when, *place, column)
    return dates


def not_a_date(
    failure: NotADate, file: str, line: int, id: str, column: str | None, severity: Severity | None = None
) -> Problem:
    """The finding about a cell that is no date."""
    code = failure.code if failure.code in CODES else "date-unreadable"
    return make(
        code,
        file,
        line,
        failure.reason,
        failure.fix,
        column=column,
        id=id,
        value=failure.text,
        severity=severity,
    )


def notes_of(when: When, file: str, line: int, id: str, column: str | None) -> list[Problem]:
    """How a date was understood, where that is worth saying, and a warning when it spans centuries."""
    found = []
    for note in when.notes:
        code = note.code if note.code in CODES else "date-note"
        found.append(
            make(
                code,
                file,
                line,
                note.reason,
                note.fix,
                column=column,
                id=id,
                value=when.text,
                severity="note",
            )
        )
    if SPAN_YEARS * 365.25 < when.end - when.start < float("inf"):
        reason = f"the date spans {int((when.end - when.start) / 365.25):,} years"
        found.append(make("date-span", file, line, reason, "Is a digit wrong?", column=column, id=id, value=when.text))
    return found


def _read(text: str, memo: dict[str, When | NotADate | None]) -> When | NotADate | None:
    if text not in memo:
        memo[text] = None if is_undated(text) else read_date(text)
    return memo[text]


def _join(first: When | NotADate | None, last: When | NotADate, written: str) -> When | NotADate:
    """The range from one date to another; each keeps its own precision. A start that is missing is
    unknown."""
    if isinstance(first, NotADate):
        return first
    if isinstance(last, NotADate):
        return last
    left = "" if first is None else first.edtf.partition("/")[0]
    right = last.edtf.rpartition("/")[2]
    joined = read_date(f"{left}/{right}")
    if isinstance(joined, NotADate):
        return NotADate(written, joined.code, joined.reason, joined.fix)
    return joined


def _texts(rows: list[list[str]], layout: Layout, name: str, prefix: str) -> list[str]:
    """The date texts of all rows from a column, or put together from year, month and day; [] when there is
    none."""
    if name in layout.places:
        column = layout.places[name]
        return [row[column] for row in rows]
    if f"{prefix}year" not in layout.places:
        return [] if prefix else [""] * len(rows)
    indices = [layout.places.get(prefix + part) for part in ("year", "month", "day")]
    return [_compose(*("" if index is None else row[index] for index in indices)) for row in rows]


def _compose(year: str, month: str, day: str) -> str:
    """'2014', '2', '9' -> '2014-02-09'; a month in letters is left to the reader of dates."""
    if not month or not year:
        return " ".join(filter(None, (day, month, year)))
    sign, digits = ("-", year[1:]) if year[:1] == "-" else ("", year)
    numbers = [digits, month, day or "1"]
    if all(part.isascii() and part.isdigit() for part in numbers):
        text = f"{sign}{digits.zfill(4)}-{month.zfill(2)}"
        return f"{text}-{day.zfill(2)}" if day else text
    return " ".join(filter(None, (day, month, year)))


def _label(layout: Layout, *names: str) -> str | None:
    return next((layout.labels[layout.places[name]] for name in names if name in layout.places), None)
