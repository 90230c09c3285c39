"""One EDTF date: year, month, day or season, unspecified digits, part qualifiers, time; no interval, no set.

In: text such as `2014-02`, `199X`, `2014-24`, `2004-06-~11`, `2014-02-03T10:11:12Z`. Out: a Moment with
strict bounds, or Refused when the text has the shape of a date but no calendar has it. Must not know:
intervals, or what people type.

Decided: seasons are meteorological. 21-24 and 25-28 are those of the northern hemisphere, 29-32 of the
southern. A winter that crosses the new year belongs to the year in which it begins: `2014-24` is 1 December
2014 to 28 February 2015. Quadrimesters (37-39) have the precision "season". In a negative year with
unspecified digits year 0 (1 BC) counts, so that `-00XX` is the first century BC. Unspecified digits that
leave no single run (`2014-XX-15`) have the precision "set": the date is one of several. A time is drawn as
written: its zone is checked and moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from timeline.table.days import LAST_YEAR, SECONDS, from_days, iso_year, month_length, to_days
from timeline.table.zones import is_no_zone

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# code -> first month, number of months, precision; a group that runs past December ends in the next year
GROUPS: dict[int, tuple[int, int, str]] = {
    **{21 + n: (3 + 3 * n, 3, "season") for n in range(4)},
    **{25 + n: (3 + 3 * n, 3, "season") for n in range(4)},
    **{29 + n: ((9, 12, 3, 6)[n], 3, "season") for n in range(4)},
    **{33 + n: (1 + 3 * n, 3, "quarter") for n in range(4)},
    **{37 + n: (1 + 4 * n, 4, "season") for n in range(3)},
    **{40 + n: (1 + 6 * n, 6, "half") for n in range(2)},
}

_MOMENT = re.compile(
    r"([?~%]?)(-?[0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?(?:T(.{1,40}))?"
)
_TIME = re.compile(r"([0-9]{2})(?::([0-9]{2})(?::([0-9]{2}))?)?(Z|[+-][0-9]{2}(?::[0-9]{2})?)?")


class Refused(Exception):
    """A text that has the shape of a date and is none. Raised and caught within the reading of dates only."""

    def __init__(self, code: str, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.fix = code, reason, fix


@dataclass(frozen=True, slots=True)
class Moment:
    """One date. `lo` and `hi` are days since 1970-01-01, `hi` exclusive; `year`, `month`, `day` are as
    written (with X, "" when absent; `month` may be a season code); `qualifiers` are those of year, month and
    day ("", "?", "~", "%"); `time` is "" or "10:11:12" or shorter, `zone` "" or "Z" or "+03:00"."""

    edtf: str
    lo: float
    hi: float
    precision: str
    year: str
    month: str = ""
    day: str = ""
    qualifiers: tuple[str, str, str] = ("", "", "")
    time: str = ""
    zone: str = ""

    @property
    def approximate(self) -> bool:
        """Whether any part is marked `~` or `%`."""
        return any(mark in ("~", "%") for mark in self.qualifiers)

    @property
    def uncertain(self) -> bool:
        """Whether any part is marked `?` or `%`."""
        return any(mark in ("?", "%") for mark in self.qualifiers)


@lru_cache(maxsize=50_000)
def read_moment(text: str) -> Moment | None:
    """Read one date; None when the text has not its shape. Raises Refused for a day, month or time that never
    was."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    before, year, after, *rest = (part or "" for part in match.groups())
    month_before, month, month_after, day_before, day, day_after, time = rest
    if year == "-0000":
        raise Refused("date-impossible", "there is no year -0000", "Write 0000 for 1 BC")
    qualifiers = (
        _merge(before, after, month_after, day_after),
        _merge(month_before, month_after, day_after),
        _merge(day_before, day_after),
    )
    if time:
        return _timed(text, year, month, day, qualifiers, time)
    if month and "X" not in month and not 1 <= int(month) <= 12:
        lo, hi, precision = _group(text, year, month, day)
    else:
        lo, hi = _bounds(text, year, month, day)
        precision = _precision(year, month, day)
    return Moment(text, lo, hi, precision, year, month, day, qualifiers)


def digits(mask: str, low: int, high: int, *, last: bool = False) -> Iterator[int]:
    """The numbers from low to high that fit a mask of digits and X, ascending, or descending when `last`."""
    order = "9876543210" if last else "0123456789"
    for choice in product(*(order if character == "X" else character for character in mask)):
        number = int("".join(choice))
        if low <= number <= high:
            yield number


def years(mask: str, *, last: bool = False) -> Iterator[int]:
    """The years that fit a mask such as `2014`, `199X`, `-00XX`, ascending, or descending when `last`."""
    if mask.startswith("-"):
        return (-number for number in digits(mask[1:], 0, LAST_YEAR, last=not last))
    return digits(mask, 0, LAST_YEAR, last=last)


def _merge(*marks: str) -> str:
    found = set("".join(marks).replace("%", "?~"))
    return "%" if len(found) == 2 else "".join(found)


def _bounds(text: str, year: str, month: str, day: str) -> tuple[int, int]:
    """The first day and the day after the last one that fit."""
    if year.isdecimal() and month.isdecimal() and day.isdecimal():  # the usual date, which needs no search
        y, m, d = int(year), int(month), int(day)
        if 1 <= m <= 12 and 1 <= d <= month_length(y, m):
            return to_days(y, m, d), to_days(y, m, d) + 1
    possible = next(_fitting("2000", month, day, last=False), None)  # 2000 has every day that any year has
    first = None if possible is None else next(_fitting(year, month, day, last=False), None)
    if first is None:
        raise Refused("date-impossible", *_why(year, month, day))
    return first, next(_fitting(year, month, day, last=True)) + 1


def _fitting(year: str, month: str, day: str, *, last: bool) -> Iterator[int]:
    for y in years(year, last=last):
        for m in digits(month or "XX", 1, 12, last=last):
            for d in digits(day or "XX", 1, month_length(y, m), last=last):
                yield to_days(y, m, d)


def _why(year: str, month: str, day: str) -> tuple[str, str]:
    """The reason and the fix for a date that no calendar has."""
    if "X" in year + month or not next(digits(day, 1, 31), 0):
        if "X" in year + month:
            # Where no month fits either, only the year can stand.
            known = f"{year}-{month}" if not month or next(digits(month, 1, 12), 0) else year
            return "no day of the calendar fits it", f"Write {known} if the rest is unknown"
        return f"there is no day {day}", f"Write {year}-{month} if the day is unknown"
    length = month_length(int(year), int(month))
    name = MONTHS[int(month) - 1]
    where = f"{name} {year_words(int(year))}"
    return (
        f"{where} has {length} days",
        f"Write {year}-{month}-{length}, or {year}-{month} if the day is unknown",
    )


def year_words(year: int) -> str:
    """'2014', 'AD 79' before the year 1000, '44 BC' for -43."""
    if year <= 0:
        return f"{1 - year} BC"
    return f"AD {year}" if year < 1000 else str(year)


def _group(text: str, year: str, month: str, day: str) -> tuple[int, int, str]:
    """The bounds and precision of a season, quarter, third or half of a year."""
    code = int(month)
    if code not in GROUPS or day:
        fix = f"Write {year} if the month is unknown"
        if year.isdecimal() and not day and code == (int(year) + 1) % 100:
            fix = f"Write {year}/{iso_year(int(year) + 1)} if you mean the two years"
        elif year.isdecimal() and not day and code > int(year) % 100:
            fix = f"Write {year}/{year[:2]}{month} if you mean the years from {year} to {year[:2]}{month}"
        raise Refused("date-impossible", f"there is no month {month}", fix)
    start, length, precision = GROUPS[code]
    first, last = next(years(year)), next(years(year, last=True))
    after = start + length - 1
    return (
        to_days(first, start),
        to_days(last + after // 12, after % 12 + 1),
        "set" if "X" in year else precision,
    )


def _precision(year: str, month: str, day: str) -> str:
    """What the unspecified digits leave: `199X` a decade, `2014-XX` a year, `1XXX-12` one of a set of
    months."""
    known = year.lstrip("-")
    if month == "XX" and day in ("", "XX"):
        month = day = ""
    if not month:
        masks = {0: "year", 1: "decade", 2: "century"}
        hidden = len(known) - len(known.rstrip("X"))
        return masks.get(hidden, "set") if known.count("X") == hidden else "set"
    if "X" in year + month:
        return "set"
    if not day or day == "XX":
        return "month"
    return "set" if "X" in day else "day"


def _timed(text: str, year: str, month: str, day: str, qualifiers: tuple[str, str, str], time: str) -> Moment | None:
    """A date with a time: the bounds are the instant and the end of its second, minute or hour."""
    match = _TIME.fullmatch(time)
    if match is None or not day or "X" in year + month + day or any(qualifiers):
        if match is not None:
            raise Refused(
                "date-impossible",
                "a time needs a whole day without marks",
                "Write the day, or leave out the time",
            )
        return None
    if int(month) > 12:
        _group(text, year, month, day)
    start, _ = _bounds(text, year, month, day)
    hour, minute, second, zone = (part or "" for part in match.groups())
    date = f"{year}-{month}-{day}"
    if hour == "24":
        tomorrow = from_days(start + 1)
        fix = f"Write {iso_year(tomorrow[0])}-{tomorrow[1]:02d}-{tomorrow[2]:02d}T00:00:00"
        raise Refused("date-impossible", "the last minute of a day is 23:59", fix)
    if int(hour) > 23:
        raise Refused("date-impossible", f"a day has no hour {hour}", f"Write {date} if the time is unknown")
    for name, value in (("minute", minute), ("second", second)):
        if value and int(value) > 59:
            raise Refused("date-impossible", f"there is no {name} {value}", "Minutes and seconds end at 59")
    if is_no_zone(zone):
        raise Refused(
            "date-impossible",
            f"there is no time zone {zone}",
            "Zones run from -14:00 to +14:00; write Z for UTC",
        )
    elapsed = int(hour) * 3600 + int(minute or 0) * 60 + int(second or 0)
    precision, length = ("second", 1) if second else ("minute", 60) if minute else ("hour", 3600)
    shown = ":".join(filter(None, (hour, minute, second)))
    # both from whole seconds: the last second of a day must end at the very next day
    lo, hi = start + elapsed / SECONDS, start + (elapsed + length) / SECONDS
    return Moment(text, lo, hi, precision, year, month, day, ("", "", ""), shown, zone)
