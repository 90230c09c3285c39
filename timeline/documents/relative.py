"""Relative: readers of the words that hang on another date: the day of publication, or what was told before.

In: a match of a rule of `languages`, and its setting. Out: a Reading, with an empty value when there is nothing to
count from. It must not know passages, tables or files, nor the words of any language.
"""

from __future__ import annotations

import re

from timeline.documents.setting import Reading, Setting, group
from timeline.table.days import from_days, iso_day, to_days, weekday

_DAYS = ("day", "week", "weekend")


def read_weekday(match: re.Match[str], setting: Setting) -> Reading | None:
    """A weekday: the latest up to publication, or the first from it on when the sentence looks ahead."""
    if setting.published is None:
        return Reading("", "published")
    wanted, published = setting.means("weekday", match["w"]), setting.published
    word, today = group(match, "r"), weekday(published)
    that = setting.grammar.means("that", word) if word else None
    if isinstance(that, int) and "day" in setting.told and setting.grammar.means("step", word) is None:
        told = setting.told["day"]
        gap = (wanted - weekday(told)) % 7
        return Reading(iso_day(told + {-1: gap - 7, 0: gap, 1: gap or 7}[that]), "day")
    step = setting.grammar.means("step", word) if word else None
    if step == -1:  # "last Friday" on a Friday is a week ago; a bare "Friday" is that day itself
        days = -((today - wanted - 1) % 7 + 1)
    elif step == 1 and setting.grammar.means("coming", word) is None:
        days = (wanted - today - 1) % 7 + 1
    elif step == 1 or setting.tense == "ahead" or (step == 0 and setting.tense == ""):
        days = (wanted - today) % 7
    else:
        days = -((today - wanted) % 7)
    return Reading(iso_day(published + days), "published")


def read_weeks(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "a week ago Thursday", "two weeks from Monday": so many weeks from the nearest such day."""
    if setting.published is None:
        return Reading("", "published")
    wanted, today = setting.means("weekday", match["w"]), weekday(setting.published)
    weeks = _many(match, setting)
    if setting.grammar.means("then", match["a"]) == "ago":
        return Reading(iso_day(setting.published - (today - wanted) % 7 - 7 * weeks), "published")
    return Reading(iso_day(setting.published + (wanted - today) % 7 + 7 * weeks), "published")


def _many(match: re.Match[str], setting: Setting) -> int:
    """The number before a unit; 1 when there is none."""
    count = match["n"]
    return int(count) if count and count.isdigit() else setting.means("count", count) if count else 1


def read_near_day(match: re.Match[str], setting: Setting) -> Reading | None:
    if setting.published is None:
        return Reading("", "published")
    return Reading(iso_day(setting.published + setting.means("near", match["w"])), "published")


def read_clock(match: re.Match[str], setting: Setting) -> Reading | None:
    """A time of day: it dates the day told last, when that is in the week before publication, else that of publication.
    """
    told, published = setting.told.get("day"), setting.published
    if told is not None and (published is None or 0 <= published - told <= 7):
        return Reading(iso_day(told), "day")
    return Reading("" if published is None else iso_day(published), "published")


def _unit(match: re.Match[str], setting: Setting) -> str:
    """The unit; parts of a day count as the day."""
    meaning = setting.grammar.means("unit", match["u"])
    return meaning if isinstance(meaning, str) else "day"


def read_unit(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "last week", "the end of the year", "the weekend"."""
    if setting.published is None:
        return Reading("", "published")
    word, unit = group(match, "r"), _unit(match, setting)
    step = setting.means("step", word)
    if unit == "weekend" and step == 0 and setting.tense != "ahead" and (not word or setting.tense == "behind"):
        step -= weekday(setting.published) < 5  # the one that is over
    return Reading(shifted(setting.published, step, unit), "published")


def read_ago(match: re.Match[str], setting: Setting) -> Reading | None:
    """So many units ago, from publication; earlier or later, from what was told before, or from publication when
    nothing as precise was."""
    unit, number = _unit(match, setting), _many(match, setting)
    way = setting.grammar.means("then", match["a"])
    sign = 1 if way in ("on", "ahead") else -1
    told = setting.told.get("quarter" if way == "ago" else "report")
    if sign < 0 and unit == "year" and number == 1 and told is not None:
        return _quarter_before(told)  # "in the third quarter ... a year earlier"
    if way not in ("ago", "ahead"):
        kind = "day" if unit in _DAYS else "month" if unit in ("month", "quarter") else "year"
        if kind in setting.told:
            return Reading(shifted(_start(kind, setting.told[kind]), sign * number, unit), kind)
        if way == "on" or unit == "day":
            return Reading("", kind)
    if setting.published is None:
        return Reading("", "published")
    return Reading(shifted(setting.published, sign * number, unit), "published")


def read_year_ago(match: re.Match[str], setting: Setting) -> Reading | None:
    if "report" in setting.told:
        return _quarter_before(setting.told["report"])
    return Reading("" if setting.year is None else f"{setting.year - 1:04d}", "published")


def _quarter_before(told: int) -> Reading:
    """The same quarter of the year before."""
    return Reading(f"{told // 4 - 1:04d}-{33 + told % 4}", "report")


def read_beside(match: re.Match[str], setting: Setting) -> Reading | None:
    """ "the next day", "that year", "the week before": beside what was told before."""
    unit, step = _unit(match, setting), setting.means("that", match["r"])
    kind = "day" if unit in _DAYS else "month" if unit in ("month", "quarter") else "year"
    if kind in setting.told:
        return Reading(shifted(_start(kind, setting.told[kind]), step, unit), kind)
    if setting.published is None or kind == "day":
        return Reading("", kind)
    return Reading(shifted(setting.published, step, unit), "published")


def _start(kind: str, told: int) -> int:
    """A day inside what was told."""
    if kind == "day":
        return told
    return to_days(told // 12, told % 12 + 1) if kind == "month" else to_days(told)


def shifted(start: int, count: int, unit: str) -> str:
    """`start` moved by so many units, as precise as the unit is. A week is one from Monday to Sunday."""
    year, month, _ = from_days(start)
    if unit == "day":
        return iso_day(start + count)
    if unit in ("week", "weekend"):
        monday = start - weekday(start) + 7 * count
        return f"{iso_day(monday + (5 if unit == 'weekend' else 0))}/{iso_day(monday + 6)}"
    if unit == "month":
        months = year * 12 + month - 1 + count
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "quarter":
        quarters = year * 4 + (month - 1) // 3 + count
        return f"{quarters // 4:04d}-{33 + quarters % 4}"
    if unit == "decade":
        return f"{year // 10 + count:03d}X"
    if unit == "century":
        return f"{year // 100 + count:02d}XX"
    return f"{year + count:04d}"
