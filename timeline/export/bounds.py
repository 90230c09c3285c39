"""The two ends of a date, each as exactly as it is known and no more.

In: an EDTF text with its bounds, a mention or an event. Out: `End`s. It must not know any format.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from timeline.export.telling import Event, Mention
from timeline.table.days import from_days
from timeline.table.edtf import read_edtf
from timeline.table.moment import Moment, Refused


@dataclass(frozen=True, slots=True)
class End:
    """One end of a date. `year` is astronomical (0 is 1 BC); `month` and `day` are None unless they are known; `time`
    is "" or "10:11:12" or shorter, `zone` "" or "Z" or "+03:00". `lo` and `hi` are its own bounds in days."""

    year: int
    month: int | None
    day: int | None
    time: str
    zone: str
    lo: float
    hi: float

    @property
    def iso(self) -> str:
        """`2014`, `2014-05`, `2014-05-09` or `2014-05-09T10:00`, with the zone that is written; BC as `-0043`."""
        year = f"-{-self.year:04d}" if self.year < 0 else f"{self.year:04d}"
        parts = [year, *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts) + (f"T{self.time}{self.zone}" if self.time else "")

    @property
    def common(self) -> int:
        """The year as people count it: -44 is 44 BC, and there is no year 0."""
        return self.year if self.year > 0 else self.year - 1


def ends_of(mention: Mention) -> tuple[End | None, End | None]:
    """Where a mention's date begins and ends: None where it is open or undated."""
    return ends_of_date(mention.edtf, mention.start, mention.end) if mention.dated else (None, None)


def ends_of_date(edtf: str, lo: float, hi: float) -> tuple[End | None, End | None]:
    """Where a date with these bounds begins and ends: None where it is open."""
    try:
        expression = read_edtf(edtf)
    except Refused:
        expression = None
    parts = expression.parts if expression else ()
    first = next((part.first for part in parts if part.lo == lo), None)
    last = next((part.last for part in parts if part.hi == hi), None)
    start = _end(first, lo, hi, False) if math.isfinite(lo) else None
    return start, _end(last, lo, hi, True) if math.isfinite(hi) else None


def ends_of_event(event: Event) -> tuple[End | None, End | None]:
    """Where the dates of all mentions of an event begin and end."""
    return ends_of(event.first)[0], ends_of(event.last)[1]


def _end(moment: object, lo: float, hi: float, last: bool) -> End:
    if isinstance(moment, Moment) and moment.year.lstrip("-").isdecimal() and len(moment.year.lstrip("-")) == 4:
        month, day = moment.month, moment.day
        known = [int(part) if part.isdecimal() else None for part in (month, day)]
        plain = (month.isdecimal() and int(month) <= 12) or (not month and moment.precision == "year")
        if plain and (day.isdecimal() or not day):
            return End(int(moment.year), known[0], known[1], moment.time, moment.zone, moment.lo, moment.hi)
    if isinstance(moment, Moment):
        lo, hi = moment.lo, moment.hi
    return _bound(lo, hi, last)


def _bound(lo: float, hi: float, last: bool) -> End:
    """An end of a season, a decade or the like: as coarse as its own bounds say."""
    day = math.ceil(hi) - 1 if last else math.floor(lo)
    year, month, number = from_days(day)
    turn = from_days(day + 1) if last else (year, month, number)
    opening, closing = from_days(math.floor(lo)), from_days(math.ceil(hi))
    if opening[1:] == closing[1:] == (1, 1):
        return End(year, None, None, "", "", lo, hi)
    if turn[2] == 1:
        return End(year, month, None, "", "", lo, hi)
    return End(year, month, number, "", "", lo, hi)
