"""Dated: the words of a text that tell a date, and the date they tell.

In: one paragraph, the sentence a match stands in, and the day the document was published. Out: what each rule
reads (an EDTF value, absolute or relative, and to what it is relative). It must not know passages, tables or
files.

Patterns propose, our own calendar arithmetic decides; a month or a year never becomes its first day.
Durations, clock times and "now" are no dates. Every repeat is bounded, so that a hostile text costs no more
than an honest one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from timeline.table.days import from_days, iso_day, month_length, to_days
from timeline.table.when import When, read_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
AHEAD = re.compile(r"(?i)\b(?:will|shall|scheduled|due|upcoming|plans?|planned|expected|to be held)\b")
_YEARS = re.compile(r"(?<![\d.,/-])(?:1[5-9]|20)[0-9]{2}(?![\d,/]|\.\d)")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a match: its sentence, the document's day (None when unknown), and the day and the year
    told last before."""

    sentence: str
    published: int | None
    told: int | None
    year_told: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule reads: an EDTF value ("" when the document's date would be needed) and what it is relative
    to."""

    value: str
    anchor: str = ""  # "", "published", "told" (a day) or "year" (told)


Rule = Callable[[re.Match[str], Setting], Reading | None]


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(year: int, month: int, day: str) -> str | None:
    number = int(re.sub(r"\D", "", day))
    if not 1 <= number <= month_length(year, month):
        return None
    return iso_day(to_days(year, month, number))


def _absolute(value: str | None) -> Reading | None:
    return None if value is None else Reading(value)


def _range(first: str | None, last: str | None) -> Reading | None:
    """A range, when both ends are dates and it does not run backwards."""
    if first is None or last is None or first > last:
        return None
    return Reading(first if first == last else f"{first}/{last}")


def _year_near(setting: Setting, month: int, day: int = 15) -> int | None:
    """The year of a month or day written without one: what the sentence names, else the nearest to
    publication."""
    named = {int(year) for year in _YEARS.findall(setting.sentence)}
    if len(named) == 1:
        return named.pop()
    if setting.published is None:
        return None
    year = from_days(setting.published)[0]
    days = {near: to_days(near, month, min(day, month_length(near, month))) for near in (year - 1, year, year + 1)}
    if AHEAD.search(setting.sentence):
        return min(near for near, number in days.items() if number >= setting.published - 31)
    return min(days, key=lambda near: abs(days[near] - (setting.published or 0)))


def read_dated(match: re.Match[str], setting: Setting) -> Reading | None:
    """`month day, year`, `day month year`, or either without its year."""
    month, day, year = _month(match["m"]), match["d"], match["y"]
    if year:
        return _absolute(_day(int(year), month, day))
    near = _year_near(setting, month, int(re.sub(r"\D", "", day)))
    if near is None:
        return Reading("", "published")
    value = _day(near, month, day)
    return Reading(value, "published") if value else None


def read_days_of_month(match: re.Match[str], setting: Setting) -> Reading | None:
    month = _month(match["m"])
    year = int(match["y"]) if match["y"] else _year_near(setting, month, int(re.sub(r"\D", "", match["d"])))
    if year is None:
        return Reading("", "published")
    found = _range(_day(year, month, match["d"]), _day(year, month, match["e"]))
    return Reading(found.value, "" if match["y"] else "published") if found else None


def read_days_between(match: re.Match[str], setting: Setting) -> Reading | None:
    last_month = _month(match["n"])
    year = int(match["z"]) if match["z"] else _year_near(setting, last_month)
    if year is None:
        return Reading("", "published")
    first_month = _month(match["m"])
    first_year = int(match["y"]) if match["y"] else year - (first_month > last_month)
    found = _range(_day(first_year, first_month, match["d"]), _day(year, last_month, match["e"]))
    return Reading(found.value, "" if match["z"] else "published") if found else None


def read_iso(match: re.Match[str], setting: Setting) -> Reading | None:
    year, month = int(match["y"]), int(match["m"])
    return _absolute(_day(year, month, match["d"])) if 1 <= month <= 12 else None


def read_month_of_year(match: re.Match[str], setting: Setting) -> Reading | None:
    return Reading(f"{match['y']}-{_month(match['m']):02d}")


def read_bare_month(match: re.Match[str], setting: Setting) -> Reading | None:
    month = _month(match["m"])
    word = (match["r"] or "").lower()
    if not word:
        year = _year_near(setting, month)
    elif setting.published is None:
        year = None
    else:
        now_year, now_month, _ = from_days(setting.published)
        if "last" in word:
            year = now_year - (month >= now_month)
        else:
            year = now_year + (month <= now_month if "next" in word else 0)
    return Reading("", "published") if year is None else Reading(f"{year:04d}-{month:02d}", "published")


def read_years(match: re.Match[str], setting: Setting) -> Reading | None:
    last = match["z"] if len(match["z"]) == 4 else match["y"][:2] + match["z"]
    return _range(match["y"], last) if match["y"] != last else None


def read_decade(match: re.Match[str], setting: Setting) -> Reading | None:
    return Reading(f"{match['y'] or '19' + match['s']}X") if match["y"] or match["s"] else None


def read_century(match: re.Match[str], setting: Setting) -> Reading | None:
    number = int(match["c"])
    return Reading(f"{number - 1:02d}XX") if 1 <= number <= 21 else None


def read_season(match: re.Match[str], setting: Setting) -> Reading | None:
    code = _SEASONS[match["s"].lower()]
    if match["y"]:
        return Reading(f"{match['y']}-{code}")
    if setting.published is None:
        return Reading("", "published")
    year, month, _ = from_days(setting.published)
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    if "last" in match["r"].lower():
        year -= month < begins + 3
    elif "next" in match["r"].lower():
        year += month >= begins
    return Reading(f"{year:04d}-{code}", "published")


def read_quarter(match: re.Match[str], setting: Setting) -> Reading | None:
    return Reading(f"{match['y']}-{32 + (int(match['q']) if match['q'].isdigit() else _ORDINALS[match['q'].lower()])}")


def read_half(match: re.Match[str], setting: Setting) -> Reading | None:
    return Reading(f"{match['y']}-{39 + _ORDINALS[match['h'].lower()]}")


def read_half_relative(match: re.Match[str], setting: Setting) -> Reading | None:
    if setting.published is None:
        return Reading("", "published")
    step = {"last": -1, "this": 0, "next": 1}[match["r"].lower()]
    return Reading(f"{from_days(setting.published)[0] + step:04d}-{39 + _ORDINALS[match['h'].lower()]}", "published")


def read_numbers(match: re.Match[str], setting: Setting) -> Reading | None:
    """`24.02.2022`; a date that can be read in two ways is found and not told."""
    when = read_date(match.group())
    if isinstance(when, When):
        return Reading(when.edtf)
    return Reading("") if when.code == "date-ambiguous" else None


def read_year(match: re.Match[str], setting: Setting) -> Reading | None:
    return Reading(match["y"])
