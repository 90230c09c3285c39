"""Parts: readers of the words that name a season, a quarter, a half of a year, or a feast.

In: a match of a rule of `languages`, and its setting. Out: a Reading. It must not know passages, tables or files,
nor the words of any language.
"""

from __future__ import annotations

import re

from timeline.documents.setting import Reading, Setting, group
from timeline.table.days import from_days, iso_day, month_length, to_days, weekday

_BEGINS = {21: 3, 22: 6, 23: 9, 24: 12}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ON, ON_BEHIND = 60, 30
"""Days: a feast so far ahead is meant although nothing says that it lies ahead, or a verb next to it looks back ("went
home for Easter")."""


def read_season(match: re.Match[str], setting: Setting) -> Reading | None:
    code = setting.means("season", match["s"])
    if year := group(match, "y"):
        return Reading(f"{year}-{code}")
    if setting.published is None or setting.year is None:
        return Reading("", "published")
    this, month, _ = from_days(setting.published)
    if (that := group(match, "t")) and "year" in setting.told:
        return Reading(f"{setting.told['year'] + setting.means('that', that):04d}-{code}", "year")
    step, begins = group(match, "r"), _BEGINS[code]
    if step and match.start("r") > match.start("s"):
        this += setting.means("step", step)  # "the spring of last year"
    elif setting.means("step", step) < 0:
        this -= month < begins + 3
    elif setting.means("step", step) > 0:
        this += month >= begins
    elif code == 24 and month <= 2:
        this -= setting.tense != "ahead"
    elif not step:
        this += _near(setting, (month - begins) % 12 < 3, month, begins)
    return Reading(f"{this:04d}-{code}", "published")


def _near(setting: Setting, inside: bool, month: int, begins: int) -> int:
    """0, or 1 or -1 when the next or the last year's season is meant."""
    if inside:
        return 0
    if setting.tense == "ahead":
        return int(begins < month)
    return -(begins > month + 2)


def _year(match: re.Match[str], setting: Setting) -> tuple[int | None, str] | None:
    if year := group(match, "y"):
        return int(year), ""
    if step := group(match, "r") or group(match, "b"):
        return (None if setting.year is None else setting.year + setting.means("step", step)), "published"
    return None


def read_quarter(match: re.Match[str], setting: Setting) -> Reading | None:
    """A quarter, with its year, "last year", or none: then the year that stands near by, or the latest that has
    begun (or the next, as the sentence speaks)."""
    number = int(match["q"]) if match["q"].isdigit() else setting.means("nth", match["q"])
    named = _year(match, setting)
    if named is None:
        if setting.month is None:
            return Reading("", "published")
        year, quarter = setting.month // 12, setting.month % 12 // 3 + 1
        if setting.named is not None and abs(setting.named - year) <= 1:
            year = setting.named
        elif setting.tense == "ahead":
            year += number < quarter
        else:
            year -= number > quarter
        named = year, "published"
    return Reading("" if named[0] is None else f"{named[0]:04d}-{32 + number}", named[1])


def read_quarter_again(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the quarter" told before, else the last whole one; "the same quarter" of another year."""
    told = setting.told.get("period")
    if told is None:
        if setting.month is None:
            return Reading("", "published")
        told = setting.month // 3 - (setting.tense != "ahead")
    other = _year(match, setting)
    if other is None:
        return Reading(f"{told // 4:04d}-{33 + told % 4}", "period" if "period" in setting.told else "published")
    if group(match, "b"):
        other = told // 4 - 1, "report"
    return Reading("" if other[0] is None else f"{other[0]:04d}-{33 + told % 4}", "report")


def read_quarter_beside(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the fourth quarter ... and the first": the nearest to the one told before that has begun."""
    told, month = setting.told.get("period"), setting.month
    if told is None:
        return read_quarter(match, setting)
    step = (setting.means("nth", match["q"]) - 1 - told) % 4
    near = told + (step if step < 2 else step - 4)
    if step == 2 and (month is None or told + 2 <= month // 3):
        near = told + 2
    return Reading(f"{near // 4:04d}-{33 + near % 4}", "period")


def read_half(match: re.Match[str], setting: Setting) -> Reading | None:
    year, anchor = _year(match, setting) or (setting.year, "published")
    return Reading("" if year is None else f"{year:04d}-{39 + setting.means('half', match['h'])}", anchor)


def read_holiday(match: re.Match[str], setting: Setting) -> Reading | None:
    """A feast, in its year, or in the nearest as the sentence speaks."""
    name = str(setting.grammar.means("holiday", match["h"]))
    if year := group(match, "y"):
        return Reading(iso_day(_feast(name, int(year))))
    if setting.published is None or setting.year is None:
        return Reading("", "published")
    days = [_feast(name, year) for year in range(setting.year - 1, setting.year + 2)]
    step = setting.means("step", group(match, "r"))
    on = 0 if step else ON_BEHIND if setting.tense == "behind" else ON
    past = [day for day in days if day <= setting.published + on]
    ahead = [day for day in days if day >= setting.published]
    if step > 0 or (not step and setting.tense == "ahead"):
        return Reading(iso_day(ahead[0]), "published")
    return Reading(iso_day(past[-1]), "published")


def _feast(name: str, year: int) -> int:
    """The day of a feast: "12-25", "11-thu4" (the fifth is the last), or so many days from Easter."""
    if name.startswith("easter"):
        return easter(year) + int(name.removeprefix("easter") or 0)
    month, day = int(name[:2]), name[3:]
    if day.isdigit():
        return to_days(year, month, int(day))
    first = to_days(year, month, 1)
    found = first + (_WEEKDAYS.index(day[:3]) - weekday(first)) % 7 + 7 * (int(day[3:]) - 1)
    return found if found < first + month_length(year, month) else found - 7


def easter(year: int) -> int:
    """The day of Easter in the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    century, place = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (place // 4) - moon - place % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return to_days(year, month, day + 1)
