"""Dated: readers of the words that name a day, a month, a year or a part of one.

In: a match of a rule of `languages`, and its setting. Out: a Reading. It must not know passages, tables or files,
nor the words of any language.

Patterns propose, our own calendar arithmetic decides; a month or a year never becomes its first day.
Durations, clock times and "now" are no dates.
"""

from __future__ import annotations

import re

from timeline.documents.setting import Reading, Setting, group, year_near
from timeline.table.days import iso_day, month_length, to_days
from timeline.table.when import When, read_date

_LEAD = re.compile(r"([^\W\d_]{1,30})\s{1,3}$")
_COUNTED = re.compile(r"\s{1,3}[a-z]{2,20}s\b")


def _month(match: re.Match[str], setting: Setting, name: str = "m") -> int:
    return setting.means("month", match[name])


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _day(year: int, month: int, day: str) -> str | None:
    number = _number(day)
    return iso_day(to_days(year, month, number)) if 1 <= number <= month_length(year, month) else None


def _range(first: str | None, last: str | None) -> str | None:
    """A range, when both ends are dates and it does not run backwards."""
    if first is None or last is None or first > last:
        return None
    return first if first == last else f"{first}/{last}"


def _full(short: str, setting: Setting) -> int:
    """The year of "'98": the one that is not far ahead of publication, else in a hundred years up to 2030."""
    number, latest = _number(short), (setting.year or 2020) + 10
    return latest - (latest - number) % 100


def _year(match: re.Match[str], setting: Setting) -> tuple[int | None, str] | None:
    """The year that the words name, and its anchor; None when they name none."""
    if year := group(match, "y"):
        return int(year), ""
    if short := group(match, "s"):
        return _full(short, setting), ""
    if step := group(match, "r"):
        return (None if setting.year is None else setting.year + setting.means("step", step)), "published"
    if that := group(match, "t"):
        told = setting.told.get("year")
        return (None if told is None else told + setting.means("that", that)), "year"
    return None


def _given(value: str | None, anchor: str = "") -> Reading | None:
    return None if value is None else Reading(value, anchor)


def read_dated(match: re.Match[str], setting: Setting) -> Reading | None:
    """A day of a month, with its year, "last year", or none."""
    month = _month(match, setting)
    year, anchor = _year(match, setting) or (year_near(setting, month, _number(match["d"])), "published")
    return Reading("", anchor) if year is None else _given(_day(year, month, match["d"]), anchor)


def read_days_of_month(match: re.Match[str], setting: Setting) -> Reading | None:
    month = _month(match, setting)
    year, anchor = _year(match, setting) or (year_near(setting, month, _number(match["d"])), "published")
    if year is None:
        return Reading("", anchor)
    return _given(_range(_day(year, month, match["d"]), _day(year, month, match["e"])), anchor)


def read_days_between(match: re.Match[str], setting: Setting) -> Reading | None:
    first_month, last_month = _month(match, setting), _month(match, setting, "n")
    year = int(match["z"]) if match["z"] else year_near(setting, last_month)
    anchor = "" if match["z"] else "published"
    if year is None:
        return Reading("", anchor)
    first_year = int(match["y"]) if match["y"] else year - (first_month > last_month)
    return _given(_range(_day(first_year, first_month, match["d"]), _day(year, last_month, match["e"])), anchor)


def read_day_of_month(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "on the 27th", of this month or of the nearest."""
    if setting.month is None:
        return Reading("", "published")
    if step := group(match, "r"):
        months = [setting.month + setting.means("step", step)]
    else:
        order = (0, 1) if setting.tense == "ahead" else (0, -1)
        months = [setting.month + offset for offset in order]
    days = [value for month in months if (value := _day(month // 12, month % 12 + 1, match["d"]))]
    published = iso_day(setting.published or 0)
    ahead = setting.tense == "ahead"
    fit = [day for day in days if (day >= published if ahead else day <= published)]
    return Reading((fit or days)[0], "published") if days else None


def read_iso(match: re.Match[str], setting: Setting) -> Reading | None:
    year, month = int(match["y"]), int(match["m"])
    return _given(_day(year, month, match["d"])) if 1 <= month <= 12 else None


def read_numbers(match: re.Match[str], setting: Setting) -> Reading | None:
    """`24.02.2022`, `11/02/89`. A date that can be read in two ways is found, and told only when one of the two is
    within a week of publication."""
    first, second, last = re.split(r"[./]", match.group())
    if len(last) == 2:
        if match["x"] == ".":
            return None  # 3.5.98 is as well a number of a version
        last = str(_full(last, setting))
    when = read_date(f"{first}{match['x']}{second}{match['x']}{last}")
    if isinstance(when, When):
        return Reading(when.edtf)
    if when.code != "date-ambiguous":
        return None
    readings = [_day(int(last), int(month), day) for month, day in ((first, second), (second, first))]
    near = [day for day in readings if day and abs(_count(day) - (setting.published or 0)) <= 7]
    return Reading(near[0]) if len(near) == 1 and setting.published is not None else Reading("")


def _count(day: str) -> int:
    year, month, number = day.split("-")
    return to_days(int(year), int(month), int(number))


def read_attacks(match: re.Match[str], setting: Setting) -> Reading | None:
    """11 September 2001 by the name that it has since."""
    day = to_days(2001, 9, 11)
    return Reading("2001-09-11") if setting.published is None or setting.published >= day else None


def read_month(match: re.Match[str], setting: Setting) -> Reading | None:
    """A month, with its year, "last", "that", or nothing."""
    month, step, that = _month(match, setting), group(match, "r"), group(match, "t")
    of_year = " " in (step or that or "") or re.search(r"(?i)year|год", match.group())
    if group(match, "y") or group(match, "s") or ((step or that) and of_year and not _names_month(match)):
        named = _year(match, setting)
        year, anchor = named if named else (None, "published")
    elif step and setting.month is not None:
        now_year, now_month = divmod(setting.month, 12)
        way = setting.means("step", step)
        late = {-1: -(month >= now_month), 0: 0, 1: int(month <= now_month + 1)}[way]
        year, anchor = now_year + late, "published"
    elif that and "month" in setting.told:
        told, way = setting.told["month"], setting.means("that", that)
        offset = {-1: -(month - 1 >= told % 12), 0: 0, 1: int(month - 1 <= told % 12)}[way]
        year, anchor = told // 12 + offset, "month"
    else:
        year, anchor = year_near(setting, month), "published"
    return Reading("" if year is None else f"{year:04d}-{month:02d}", anchor)


def _names_month(match: re.Match[str]) -> bool:
    """Whether "last" and the like stand before the month itself, not before "year"."""
    step = "r" if group(match, "r") else "t"
    return match.start(step) < match.start("m")


def read_years(match: re.Match[str], setting: Setting) -> Reading | None:
    last = match["z"] if len(match["z"]) == 4 else match["y"][:2] + match["z"]
    return _given(_range(match["y"], last)) if match["y"] != last else None


def read_year(match: re.Match[str], setting: Setting) -> Reading | None:
    short = group(match, "s")
    if short:
        return Reading(str(_full(short, setting)))
    lead = _LEAD.search(setting.before)
    if lead and "lead" in setting.grammar.meanings and setting.grammar.means("lead", lead[1]) is None:
        named = lead[1][0].isupper() and setting.grammar.means("season", lead[1]) is None
        if named or _COUNTED.match(setting.after):
            return None  # "Orion 1980", "sold 2000 sets"
    return Reading(match["y"])


def read_decade(match: re.Match[str], setting: Setting) -> Reading | None:
    if word := group(match, "w"):
        return Reading(f"{setting.means('decade', word)}X")
    return Reading(f"{group(match, 'y') or '19' + match['s']}X")


def read_century(match: re.Match[str], setting: Setting) -> Reading | None:
    number = int(group(match, "c") or 0) or setting.means("ordinal", group(match, "o"))
    return Reading(f"{number - 1:02d}XX") if 1 <= number <= 21 else None
