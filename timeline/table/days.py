"""Calendar arithmetic: days counted from 1 January 1970 in the proleptic Gregorian calendar.

In: years, months and days as numbers (astronomical years: 0 is 1 BC, -43 is 44 BC). Out: day numbers, and
days and instants as ISO text. Must not know: EDTF, or what a date means to anybody.

`datetime` is of no use here: it knows no year before 1. The conversion is Howard Hinnant's
`days_from_civil` and its inverse (http://howardhinnant.github.io/date_algorithms.html), exact for every
integer year.
"""

from __future__ import annotations

import math

FIRST_YEAR = -9999
LAST_YEAR = 9999
SECONDS = 86_400

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ERA = 146_097  # days in 400 years
_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February; year 0 (1 BC) has one."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days in a month, 28 to 31. `month` is 1 to 12."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def to_days(year: int, month: int = 1, day: int = 1) -> int:
    """Days from 1970-01-01 (negative before). The parts must be a real date; they are not checked."""
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * _ERA + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH


def from_days(n: int) -> tuple[int, int, int]:
    """The (year, month, day) of a number of days since 1970-01-01."""
    era, day_of_era = divmod(n + _EPOCH, _ERA)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    return era * 400 + year_of_era + (month <= 2), month, day


def weekday(n: int) -> int:
    """The day of the week, 0 for Monday to 6 for Sunday (1970-01-01 was a Thursday)."""
    return (n + 3) % 7


def iso_year(year: int) -> str:
    """A year with its four digits: 2014, 0079, -0043."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def iso_day(n: int) -> str:
    """'2014-02-22' or '-0043-03-15': always four digits of year, as a browser's chart needs them."""
    year, month, day = from_days(n)
    return f"{iso_year(year)}-{month:02d}-{day:02d}"


def iso_instant(days: float) -> str:
    """'2014-02-22T14:30:00' for days with their fraction, to the nearest second. `days` must be finite."""
    whole = math.floor(days)
    seconds = round((days - whole) * SECONDS)
    if seconds >= SECONDS:  # the fraction rounds up into the next day
        whole, seconds = whole + 1, 0
    return f"{iso_day(whole)}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
