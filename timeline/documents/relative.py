"""Relative: the dates that hang on another: on the day of publication, or on the date told before.

In: a match of `proposing` and its setting. Out: a Reading, with an empty value when there is nothing to count
from. It must not know passages, tables or files.
"""

from __future__ import annotations

import re

from timeline.documents.dated import AHEAD, Reading, Setting
from timeline.table.days import from_days, iso_day, weekday

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STEPS = {"last": -1, "previous": -1, "this": 0, "same": 0, "next": 1, "following": 1}
_COUNTS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def _number(word: str) -> int:
    low = word.lower()
    if low in ("a", "an"):
        return 1
    if low.endswith("of"):  # "a couple of"
        return 2
    return _COUNTS.index(low) if low in _COUNTS else int(low)


def read_weekday(match: re.Match[str], setting: Setting) -> Reading | None:
    if setting.published is None:
        return Reading("", "published")
    wanted, today = _WEEKDAYS.index(match["w"][:3].lower()), weekday(setting.published)
    word = (match["r"] or "").lower().replace("on", "")
    if "next" in word or (not word and AHEAD.search(setting.sentence)):
        days = (wanted - today - 1) % 7 + 1
    else:  # "last Friday" on a Friday is a week ago; a bare "Friday" is that day itself
        days = -((today - wanted - 1) % 7 + 1) if "last" in word else -((today - wanted) % 7)
    return Reading(iso_day(setting.published + days), "published")


_NEAR_DAYS = {"the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "tomorrow": 1}


def read_near_day(match: re.Match[str], setting: Setting) -> Reading | None:
    if setting.published is None:
        return Reading("", "published")
    words = " ".join(match.group().lower().split())
    days = next((number for name, number in _NEAR_DAYS.items() if words.startswith(name)), 0)
    return Reading(iso_day(setting.published + days), "published")


def read_unit(match: re.Match[str], setting: Setting) -> Reading | None:
    if setting.published is None:
        return Reading("", "published")
    step = _STEPS.get(match["r"].lower().split()[-1], 0)
    return Reading(_shifted(setting.published, step, match["u"]), "published")


def read_ago(match: re.Match[str], setting: Setting) -> Reading | None:
    then = match["a"].lower()
    sign = 1 if then in ("later", "after") else -1
    if then != "ago" and match["u"].lower().startswith("year"):  # "eight years later" counts from a year
        if setting.year_told is None:
            return Reading("", "year")
        return Reading(f"{setting.year_told + sign * _number(match['n']):04d}", "year")
    anchor, start = ("published", setting.published) if then == "ago" else ("told", setting.told)
    if start is None:
        return Reading("", anchor)
    return Reading(_shifted(start, sign * _number(match["n"]), match["u"], whole_week=False), anchor)


def read_beside(match: re.Match[str], setting: Setting) -> Reading | None:
    if setting.told is None:
        return Reading("", "told")
    back = re.search(r"(?i)before|previous", match.group())
    return Reading(iso_day(setting.told + (-1 if back else 1)), "told")


def _shifted(start: int, count: int, unit: str, whole_week: bool = True) -> str:
    """`start` moved by so many units, as precise as the unit is. A week is one from Monday to Sunday."""
    year, month, _ = from_days(start)
    kind = unit.lower().rstrip("s")
    if kind == "day":
        return iso_day(start + count)
    if kind == "week" and not whole_week:
        return iso_day(start + 7 * count) + "~"
    if kind in ("week", "weekend"):
        monday = start - weekday(start) + 7 * count
        return f"{iso_day(monday + (5 if kind == 'weekend' else 0))}/{iso_day(monday + 6)}"
    if kind == "month":
        months = year * 12 + month - 1 + count
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{year + count:04d}"
