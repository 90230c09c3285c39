"""A single calendar date as people write it: "11 March 2020", "Feb 2014", "March 44 BC", "AD 79"; eras,
months, weekdays.

In: cleaned lower-case text. Out: EDTF text, None when it is no such date, or Refused. Must not know: ranges
and periods.

A date with a named month and a four-digit year is read by `dateparser`, with strict settings, and only
believed when it gives back the very year, month and day that are written; the rest (eras, bare years, what
it does not take) is ours.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

from timeline.table.days import FIRST_YEAR, LAST_YEAR, iso_year, to_days, weekday
from timeline.table.moment import MONTHS, Refused, read_moment

MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = "(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|" + "|".join(WEEKDAYS) + r")\b\.?"
ERA = r"(?:bce|bc|ad|ce)\b"

_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = rf"(?:(?P<pre>ad|bc) )?(?P<y>[0-9]{{1,4}})(?: ?(?P<era>{ERA}))?"
_GAP = r"(?: of the year | of | in |, | |,|-|/|\.)"
_M = rf"(?P<m>{MONTH})"
_WEEK = rf"(?:(?P<w>{WEEKDAY}),? )?(?:the )?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_WEEK}{_DAY}{_GAP}{_M}{_GAP}{_YEAR}",
        rf"{_WEEK}{_M}(?: the | |-|/){_DAY}(?: of|,)? {_YEAR}",
        rf"{_M}{_GAP}{_YEAR}",
        rf"{_YEAR}{_GAP}{_M}{_GAP}(?:the )?{_DAY}",
        rf"{_YEAR}{_GAP}{_M}",
        rf"(?:the )?(?:year |anno )?{_YEAR}",
    )
)
_LONG = re.compile(rf"(?:(ad|bc) )?([0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}}|[0-9]{{5,12}})(?: ?({ERA}))?")
_YEARLESS = re.compile(rf"(?:{WEEKDAY},? )?(?:the )?{_DAY}{_GAP}{_M}")
_TOKEN = re.compile(r"([0-9]+)(st|nd|rd|th)?|([a-z]+)\.?|[ ,./-]")
_FILLERS = frozenset({"the", "of", "year", "in", "on", "day"})
CANNOT_BE_DRAWN = f"it cannot be drawn: the axis runs from the year {FIRST_YEAR} to {LAST_YEAR}"
_FORMATS = ["%d %B %Y", "%B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %Y", "%b %d, %Y"]


def read_calendar(text: str) -> str | None:
    """The EDTF of a single date with a month's name or an era, or of a bare year; None for anything else."""
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match is not None:
            return _from_match(match.groupdict(), "-" in text)
    match = _LONG.fullmatch(text)
    if match is not None and (match[1] or match[3]):
        return iso_year(year_of(match[2].replace(",", ""), match[3] or match[1]))
    match = _YEARLESS.fullmatch(text)
    if match is not None:
        raise Refused("date-unreadable", "it has no year", "Write the year too")
    return None


def by_dateparser(text: str) -> str | None:
    """The EDTF of a single date with a named month, as dateparser reads it; None unless every word is
    accounted for and the answer has the year, month and day that are written, and no others."""
    written = _written(text)
    if written is None:
        return None
    year, month, day, week = written
    try:
        data = _parser().get_date_data(text, _FORMATS)
    except Exception:
        return None
    found = data.date_obj
    if found is None or (found.year, found.month) != (year, month) or data.period != ("day" if day else "month"):
        return None
    if day and found.day != day:
        return None
    edtf = f"{iso_year(year)}-{month:02d}" + (f"-{day:02d}" if day else "")
    check_weekday(week, year, month, day)
    return edtf


def check_weekday(name: str, year: int, month: int, day: int) -> None:
    """Raise Refused when the weekday contradicts the day. Before 1583 nothing is checked: weekdays were
    Julian."""
    if not name or not day or year < 1583:
        return
    real = weekday(to_days(year, month, day))
    if not WEEKDAYS[real].startswith(name[:3]):
        shown = f"{day} {MONTHS[month - 1]} {year}"
        fix = f"Write {year}-{month:02d}-{day:02d} if the day is right, or correct it"
        raise Refused("date-impossible", f"{shown} was a {WEEKDAYS[real].capitalize()}", fix)


def year_of(digits: str, era: str) -> int:
    """The astronomical year of digits and an era ("" for none): ('44', 'bc') is -43."""
    number = int(digits)
    if era and number == 0:
        raise Refused("date-impossible", "no era has a year 0", "Write 0000 for 1 BC")
    year = 1 - number if era.startswith("bc") else number
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("date-out-of-range", CANNOT_BE_DRAWN, "Leave the date empty and say the age in the summary")
    return year


def short_year(digits: str, month: str = "") -> Refused:
    """The refusal of a year with fewer than four digits and no era."""
    tail = f"-{month}" if month else ""
    if len(digits) <= 2:
        two = digits.zfill(2)
        reason = f"the year {digits} has no century: it can be 20{two}, 19{two} or AD {int(digits)}"
        return Refused("date-ambiguous", reason, f"Write 20{two}{tail} or 19{two}{tail}")
    return Refused(
        "date-unreadable",
        "years have four digits",
        f"Write {digits.zfill(4)}{tail}, if AD {int(digits)} is meant",
    )


@cache
def _parser() -> Any:
    # imported here: it costs 0.13 s, and tables in EDTF do not need it
    from dateparser.date import DateDataParser  # type: ignore[import-untyped, unused-ignore]

    settings = {
        "REQUIRE_PARTS": ["year", "month"],
        "RELATIVE_BASE": datetime(2001, 1, 1),  # noqa: DTZ001  fixed and naive, as dateparser wants it
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
        "DATE_ORDER": "DMY",
        "PARSERS": ["absolute-time"],
    }
    return DateDataParser(languages=["en"], settings=settings)


def _written(text: str) -> tuple[int, int, int, str] | None:
    """Year, month, day (0: none) and weekday ("": none) as written, when the text holds nothing else."""
    year = month = day = 0
    week = ""
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        place = match.end()
        number, suffix, word = match.groups()
        if number and len(number) == 4 and not suffix and not year:
            year = int(number)
        elif number and len(number) <= 2 and not day and int(number):
            day = int(number)
        elif word in MONTH_NUMBERS and not month:
            month = MONTH_NUMBERS[word]
        elif word and not week and re.fullmatch(WEEKDAY, word):
            week = word
        elif (number or word) and word not in _FILLERS:
            return None
    return (year, month, day, week) if year and month else None


def _from_match(parts: dict[str, str | None], dashed: bool) -> str:
    era = parts.get("era") or parts.get("pre") or ""
    digits = parts.get("y") or ""
    month = MONTH_NUMBERS[(parts.get("m") or "").rstrip(".")] if parts.get("m") else 0
    if parts.get("era") and parts.get("pre"):
        raise Refused("date-unreadable", "it has two eras", "Write one of them")
    if not era and len(digits) <= 2 and month and not parts.get("d") and 1 <= int(digits) <= 31:
        name, two = MONTHS[month - 1], digits.zfill(2)
        fix = f"Write 20{two}-{month:02d}, or the year with four digits"
        if dashed:  # "Mar-14", as spreadsheets show March 2014
            reason = f"it can be {name} 20{two}, {name} 19{two} or {int(digits)} {name} of any year"
            raise Refused("date-ambiguous", reason, fix)
        raise Refused("date-unreadable", "it has no year of four digits", "Write the year too")
    if not era and len(digits) < 4:
        raise short_year(digits, f"{month:02d}" if month else "")
    year = year_of(digits, era)
    text = iso_year(year) + (f"-{month:02d}" if month else "")
    day = int(parts.get("d") or 0)
    if parts.get("d"):
        text += f"-{day:02d}"
        read_moment(text)  # an impossible day is refused before its weekday is looked up
        check_weekday(parts.get("w") or "", year, month, day)
    return text
