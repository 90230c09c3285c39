"""Dates in digits that are not EDTF: `22/02/2014`, `2014.02.22`, `3.4.14`, `20140318`, `41716`, `2014-W12-2`.

In: cleaned text. Out: EDTF text with what was decided, None when it is no such date, or Refused with every
reading. Must not know: words.

Decided: day and month are told apart only by arithmetic (one of them is over 12, or both are the same); a
dot, a slash and a hyphen are alike, for no country owns them. Two-digit years, and bare numbers of other
programs, are refused.
"""

from __future__ import annotations

import math
import re
from itertools import permutations

from timeline.table.calendar_date import CANNOT_BE_DRAWN, short_year
from timeline.table.days import from_days, iso_day, iso_instant, iso_year, month_length, to_days, weekday
from timeline.table.moment import MONTHS, Refused, read_moment

_THREE = re.compile(r"([0-9]{1,4}) ?([./-]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})\.?")
_TWO = re.compile(r"([0-9]{1,4})([./])([0-9]{1,4})")
_LOOSE = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{2})(?:-?([1-7]))?")
_ZONED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:z|[+-][0-9]{2}:?[0-9]{2})")
_ORDINAL = re.compile(r"([0-9]{4})-([0-9]{3})")
_NUMBER = re.compile(r"([0-9]{1,16})(?:[.,]([0-9]{1,12}))?")
_SERIAL_ZERO = to_days(1899, 12, 30)  # day 0 of spreadsheets; true for every serial after February 1900

Notes = list[tuple[str, str]]


def read_numeric(text: str, notes: Notes) -> str | None:
    """The EDTF of a date in digits; what was decided is added to `notes` as (code, reason)."""
    if match := _THREE.fullmatch(text):
        return _three(match[1], match[3], match[4], notes)
    if match := _TWO.fullmatch(text):
        return _two(match[1], match[3], match[2], notes)
    if (match := _LOOSE.fullmatch(text)) and len(match[2]) == 1:
        notes.append(("date-note", "has a month of one digit"))
        return f"{match[1]}-{int(match[2]):02d}"
    if match := _WEEK.fullmatch(text):
        raise _week(int(match[1]), int(match[2]), match[3])
    if match := _ZONED.fullmatch(text):
        raise Refused("date-unreadable", "a zone needs a time", f"Write {match[1]}")
    if match := _ORDINAL.fullmatch(text):
        day = to_days(int(match[1])) + int(match[2]) - 1
        inside = from_days(day)[0] == int(match[1])
        fix = f"Write {iso_day(day)}" if inside else f"Write {match[1]} if the day is unknown"
        raise Refused("date-unreadable", "a day of the year is no EDTF date", fix)
    if re.fullmatch(r"-[0-9]{5,16}", text):
        raise Refused("date-out-of-range", CANNOT_BE_DRAWN, "Leave the date empty and say the age in the summary")
    if match := _NUMBER.fullmatch(text):
        return _number(match[1], match[2] or "")
    return None


def _three(first: str, second: str, third: str, notes: Notes) -> str:
    if len(first) == 4 and len(third) <= 2:
        year, month, day = first, int(second), int(third)
        if month > 12 >= day >= 1:
            fix = f"Write {year}-{day:02d}-{month:02d} if {month} is the day"
            raise Refused("date-impossible", f"there is no month {month}", fix)
        notes.append(("date-note", "is no ISO date, but year, month and day are plain"))
        return f"{year}-{month:02d}-{day:02d}"
    if len(third) == 4 and len(first) <= 2:
        return _day_and_month(int(first), int(second), third, notes)
    if len(first) <= 2 and len(third) <= 2:
        raise _two_digit_year(int(first), int(second), int(third))
    raise Refused("date-unreadable", "years have four digits", "Write the date as 2014-02-22")


def _day_and_month(a: int, b: int, year: str, notes: Notes) -> str:
    """`a/b/year`: which of a and b is the day?"""
    readings = [(month, day) for day, month in dict.fromkeys(((a, b), (b, a))) if _real(int(year), month, day)]
    if not readings:
        day, month = (a, b) if b <= 12 else (b, a)
        if 1 <= month <= 12 and day:
            length = month_length(int(year), month)
            reason = f"{MONTHS[month - 1]} {int(year)} has {length} days"
            fix = f"Write {year}-{month:02d}-{length}, or {year}-{month:02d} if the day is unknown"
            raise Refused("date-impossible", reason, fix)
        raise Refused(
            "date-impossible",
            f"neither {a} nor {b} is a month with such a day",
            f"Write {year} if no more is known",
        )
    month, day = readings[0]
    if len(readings) == 2:
        reason = f"it can be {a} {MONTHS[b - 1]} {int(year)} or {b} {MONTHS[a - 1]} {int(year)}"
        raise Refused("date-ambiguous", reason, f"Write {year}-{b:02d}-{a:02d} or {year}-{a:02d}-{b:02d}")
    if max(a, b) <= 12 and a != b:  # the other reading fails by the calendar alone, which is too thin to decide on
        raise Refused("date-ambiguous", "day and month cannot be told apart", f"Write {year}-{month:02d}-{day:02d}")
    notes.append(("date-order", f"can only be {day} {MONTHS[month - 1]} {int(year)}"))
    return f"{year}-{month:02d}-{day:02d}"


def _two(first: str, second: str, separator: str, notes: Notes) -> str | None:
    if len(first) == 4 and len(second) <= 2:
        year, other = int(first), int(second)
        if len(second) == 2 and other == (year + 1) % 100:
            after = iso_year(year + 1)
            if 1 <= other <= 12:
                reason = f"it can be {MONTHS[other - 1]} {year} or the years {year} and {year + 1}"
                raise Refused("date-ambiguous", reason, f"Write {first}-{second} or {first}/{after}")
            raise Refused("date-unreadable", "years have four digits", f"Write {first}/{after}")
        if 1 <= other <= 12:
            notes.append(("date-note", "is no ISO date, but year and month are plain"))
            return f"{first}-{other:02d}"
        if len(second) == 2 and other > year % 100:
            raise Refused("date-unreadable", "years have four digits", f"Write {first}/{first[:2]}{second}")
        raise Refused("date-impossible", f"there is no month {second}", f"Write {first} if the month is unknown")
    if len(second) == 4 and len(first) <= 2:
        if not 1 <= int(first) <= 12:
            raise Refused("date-impossible", f"there is no month {first}", f"Write {second} if the month is unknown")
        notes.append(("date-note", "is no ISO date, but year and month are plain"))
        return f"{second}-{int(first):02d}"
    if separator == "/" and len(first) <= 2 and len(second) <= 2:
        raise Refused("date-unreadable", "it has no year of four digits", "Write the date as 2014-02-22, or 2014-02")
    return None  # 41716.5 is left to the numbers


def _two_digit_year(a: int, b: int, c: int) -> Refused:
    """`14-03-18`, `3.4.14`: every order of year, month and day that is a day, in this century."""
    found = []
    for year, month, day in permutations((a, b, c)):
        if b in (year, month, day) and _real(2000 + year, month, day) and year != b:
            found.append(f"{day} {MONTHS[month - 1]} {2000 + year}")
    readings = list(dict.fromkeys(found))
    if not readings:
        return Refused("date-impossible", "no order of its numbers is a day", "Write the date as 2014-02-22")
    listed = " or ".join(readings) if len(readings) < 3 else f"{', '.join(readings[:-1])} or {readings[-1]}"
    reason = f"it can be {listed}, and of another century"
    return Refused("date-ambiguous", reason, "Write the year with four digits, as in 2014-02-22")


def _week(year: int, week: int, day: str | None) -> Refused:
    """ISO weeks are no EDTF; the days they stand for are named. Week 1 holds 4 January (ISO 8601)."""
    january = to_days(year, 1, 4)
    monday = january - weekday(january) + (week - 1) * 7
    last_week = 53 if weekday(to_days(year)) == 3 or weekday(to_days(year, 12, 31)) == 3 else 52
    if not 1 <= week <= last_week:
        return Refused("date-impossible", f"{year} has {last_week} weeks", f"Write {year} if no more is known")
    days = iso_day(monday + int(day) - 1) if day else f"{iso_day(monday)}/{iso_day(monday + 6)}"
    return Refused("date-unreadable", "a week of the year is no EDTF date", f"Write {days}")


def _number(digits: str, decimals: str) -> str | None:
    """A bare number: a year of four digits is EDTF and never comes here."""
    number = int(digits)
    if len(digits) == 8 and not decimals:
        year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
        if _real(year, month, day):
            fix = f"Write {digits[:4]}-{digits[4:6]}-{digits[6:]}"
            raise Refused("date-unreadable", "a date needs its hyphens", fix)
        if _real(int(digits[4:]), int(digits[2:4]), int(digits[:2])):
            fix = f"Write {digits[4:]}-{digits[2:4]}-{digits[:2]} if the day comes first"
            raise Refused("date-unreadable", "a date needs its hyphens", fix)
        if 1000 <= year <= 2999 and 1 <= month <= 12:
            read_moment(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    if len(digits) == 6 and not decimals and 1 <= int(digits[4:]) <= 12 and 1000 <= int(digits[:4]) <= 2199:
        raise Refused("date-unreadable", "a date needs its hyphens", f"Write {digits[:4]}-{digits[4:]}")
    if 10_000 <= number <= 99_999 and len(digits) == 5:
        day = _SERIAL_ZERO + number
        instant = f"{iso_instant(day + float('0.' + decimals))}" if decimals.strip("0") else iso_day(day)
        reason = f"it looks like a spreadsheet's day number, which would be {instant}"
        raise Refused("date-excel-serial", reason, f"Write {instant}")
    if len(digits) in (10, 13) and number < 2**42:
        seconds = number / (1000 if len(digits) == 13 else 1)
        instant = iso_instant(math.floor(seconds) / 86_400)
        reason = f"it looks like a computer's count of seconds, which would be {instant}Z"
        raise Refused("date-unreadable", reason, f"Write {instant}Z")
    if not decimals and number < 10_000 and len(digits) != 4:
        raise (
            short_year(digits)
            if number > 0 and len(digits) < 4
            else Refused("date-unreadable", "years have four digits", f"Write {number:04d} if the year is meant")
        )
    return None


def _real(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)
