"""Parts of a period that people name and EDTF does not: early, mid and late; halves and quarters of a
century.

In: the EDTF text of a month, decade or century, and which part. Out: EDTF text. Must not know: the words of
people.

Decided: early, mid and late are thirds, and approximate. Of a year they are EDTF's own thirds
(`2014-37~`); of a decade the years 0-3, 4-6 and 7-9; of a century 34, 33 and 33 years; of a month the days
1-10, 11-20 and 21 to the end. They are written as "one of" (`[1990~..1993~]`), for "early 1990s" is a time
within these years and no duration.
"""

from __future__ import annotations

from timeline.table.days import iso_year, month_length
from timeline.table.moment import years

NAMES = ("early", "mid", "late")


def third(period: str, which: int) -> str | None:
    """The early (0), mid (1) or late (2) part of `2014`, `2014-03`, `199X` or `19XX`; None for any other
    period."""
    if period.lstrip("-").isdecimal() and len(period.lstrip("-")) == 4:
        return f"{period}-{37 + which}~"
    span = _years(period)
    if span is not None:
        first, last = span
        cuts = (0, 4, 7, 10) if last - first == 9 else (0, 34, 67, 100)
        if len(period.lstrip("-").rstrip("X")) < 2:
            return None
        return f"[{iso_year(first + cuts[which])}~..{iso_year(first + cuts[which + 1] - 1)}~]"
    year, _, month = period.rpartition("-")
    if not (year and year.lstrip("-").isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
        return None
    ends = ("01", "10"), ("11", "20"), ("21", str(month_length(int(year), int(month))))
    return f"[{period}-{ends[which][0]}~..{period}-{ends[which][1]}~]"


def fraction(period: str, which: int, of: int) -> str | None:
    """Half or quarter `which` (0-based) `of` (2 or 4) a year, decade, century or month; None where there
    is none."""
    if period.lstrip("-").isdecimal() and len(period.lstrip("-")) == 4:
        return f"{period}-{(40 if of == 2 else 33) + which}"
    span = _years(period)
    if span is not None:
        first, last = span
        length = last - first + 1
        if length % of or length > 100:
            return None
        start = first + which * length // of
        return f"[{iso_year(start)}..{iso_year(start + length // of - 1)}]"
    year, _, month = period.rpartition("-")
    if of != 2 or not (year and month.isdecimal() and 1 <= int(month) <= 12):
        return None
    ends = ("01", "15") if which == 0 else ("16", str(month_length(int(year), int(month))))
    return f"[{period}-{ends[0]}..{period}-{ends[1]}]"


def named(edtf: str) -> tuple[int, str] | None:
    """The third and the period that an EDTF text was made from: `[1990~..1993~]` -> (0, '199X'); None
    otherwise."""
    if not edtf.startswith("[") or not edtf.endswith("~]") or "~.." not in edtf:
        return None
    first = edtf[1:].partition("~..")[0]
    periods = [first.rpartition("-")[0]] if first.lstrip("-").count("-") == 2 else []
    if len(first.lstrip("-")) == 4:
        periods = [first[:-1] + "X", first[:-2] + "XX"]
    for period in periods:
        for which in range(3):
            if third(period, which) == edtf:
                return which, period
    return None


def _years(mask: str) -> tuple[int, int] | None:
    """The first and last year of `199X` or `19XX`."""
    known = mask.lstrip("-")
    if len(known) != 4 or not known.endswith("X") or "X" in known.rstrip("X"):
        return None
    return next(years(mask)), next(years(mask, last=True))
