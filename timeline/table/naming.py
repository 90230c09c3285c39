"""The name of one date, without "about" and "some time in": "22 February 2014", "the 1990s", "the spring of
2014".

In: a Moment. Out: its name, and the marks (`~`, `?`) that all or some of its parts carry. Must not know:
ranges and sets.
"""

from __future__ import annotations

import math

from timeline.table.days import from_days
from timeline.table.moment import MONTHS, Moment, year_words, years
from timeline.table.thirds import NAMES

_ORDINALS = ("first", "second", "third", "fourth")
_SEASONS = ("spring", "summer", "autumn", "winter")
_PARTS = ("year", "month", "day")


def day_words(n: int) -> str:
    """'22 February 2014' for a number of days since 1970-01-01."""
    year, month, day = from_days(n)
    return f"{day} {MONTHS[month - 1]} {year_words(year)}"


def ordinal(number: int) -> str:
    """'1st', '2nd', '3rd', '11th', '21st'."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def early_name(moment: Moment) -> str:
    """'early 2014' for `2014-37~`, "" for anything else."""
    if moment.month not in ("37", "38", "39") or whole_mark(moment) != "~":
        return ""
    prefix = NAMES[int(moment.month) - 37]
    return f"{prefix}{'-' if prefix == 'mid' else ' '}{year_name(moment)}"


def name_of(moment: Moment) -> str:
    """The date without its marks: '22 February 2014', 'February 2014', 'the 1990s', 'the spring of 2014'."""
    if "S" in moment.edtf:
        span = (from_days(int(moment.lo))[0], from_days(int(moment.hi) - 1)[0])
        return f"{year_words(int(moment.year))} (from {year_words(span[0])} to {year_words(span[1])})"
    month, day = moment.month, moment.day
    if moment.time:
        return f"{clock_name(moment)} on {day_words(math.floor(moment.lo))}{_zone(moment.zone)}"
    if month and "X" not in month and int(month) > 12:
        return _group_name(moment)
    if month == "XX" and day in ("", "XX"):
        month = day = ""
    if day == "XX" and "X" not in month:
        day = ""
    year = year_name(moment)
    if not month:
        return year
    if "X" not in moment.year + month + day:
        return " ".join(filter(None, (day.lstrip("0"), MONTHS[int(month) - 1], year)))
    if moment.hi - moment.lo == 1:
        return day_words(int(moment.lo))
    first, last = from_days(int(moment.lo)), from_days(int(moment.hi) - 1)
    if "X" not in month + day:
        when = f"{day.lstrip('0')} {MONTHS[int(month) - 1]}".strip()
        return f"some {when} from {year_words(first[0])} to {year_words(last[0])}"
    if not day:
        return f"some month from {joined(first[:2], last[:2])}"
    return f"some day from {joined(first, last)}"


def _group_name(moment: Moment) -> str:
    code, year = int(moment.month), year_name(moment)
    if code in (24, 28, 30) and "X" not in moment.year:
        first = int(moment.year)
        # winter of 2014-15, of 1999-2000, of 44-43 BC, of 1 BC to AD 1
        if first > 0:
            short = ((first + 1) % 100 and f"{(first + 1) % 100:02d}") or str(first + 1)
            year = f"{year}-{short}" if first >= 999 else f"{year} to {first + 1}"
        else:
            year = f"{1 - first}-{-first} BC" if first < 0 else "1 BC to AD 1"
    if code >= 40:
        return f"the {_ORDINALS[code - 40]} half of {year}"
    if code >= 37:
        return f"the {_ORDINALS[code - 37]} third of {year}"
    if code >= 33:
        return f"the {_ORDINALS[code - 33]} quarter of {year}"
    place = "" if code < 25 else " (northern hemisphere)" if code < 29 else " (southern hemisphere)"
    return f"the {_SEASONS[(code - 21) % 4]} of {year}{place}"


def year_name(moment: Moment) -> str:
    mask = moment.year
    if "X" not in mask:
        return year_words(int(mask))
    stem = mask.lstrip("-").rstrip("X")
    earliest, latest = next(years(mask)), next(years(mask, last=True))
    if "X" not in stem and len(stem) == 3 and earliest >= 100:
        return f"the {int(stem)}0s"
    if "X" not in stem and len(stem) == 2:
        return f"the {ordinal(int(stem) + 1)} century" + (" BC" if mask.startswith("-") else "")
    return f"the years from {joined((earliest,), (latest,))}"


def joined(first: tuple[int, ...], last: tuple[int, ...]) -> str:
    """'October to December 2014' from two tuples of year, month and day of the same length."""
    names = []
    for year, *rest in (first, last):
        month = [MONTHS[rest[0] - 1]] if rest else []
        names.append([*map(str, rest[1:]), *month, year_words(year)])
    if len(first) > 1 and first[0] == last[0]:
        names[0] = names[0][: -1 if len(first) == 2 or first[1] != last[1] else -2]
    elif len(first) == 1 and last[0] <= 0:
        names[0] = [str(1 - first[0])]
    return " to ".join(" ".join(name) for name in names)


def clock_name(moment: Moment) -> str:
    return f"{moment.time}:00" if moment.precision == "hour" else moment.time


def _zone(zone: str) -> str:
    """' (UTC)', ' (UTC+3)', ' (UTC+5:30)'."""
    if not zone:
        return ""
    if zone == "Z" or int(zone[1:3]) == int(zone[4:6] or 0) == 0:
        return " (UTC)"
    minutes = f":{zone[4:6]}" if zone[4:6] not in ("", "00") else ""
    return f" (UTC{zone[0]}{int(zone[1:3])}{minutes})"


def whole_mark(moment: Moment) -> str:
    """The mark that all parts of the date carry, "" when they differ."""
    present = (moment.year, moment.month, moment.day)
    marks = {mark for part, mark in zip(present, moment.qualifiers, strict=True) if part}
    return marks.pop() if len(marks) == 1 else ""


def partial_marks(moment: Moment) -> str:
    """'day approximate', 'year and month uncertain': marks that not all parts carry."""
    if whole_mark(moment) or not any(moment.qualifiers):
        return ""
    found = []
    for mark, word in (("~", "approximate"), ("?", "uncertain"), ("%", "approximate and uncertain")):
        parts = [part for part, given in zip(_PARTS, moment.qualifiers, strict=True) if given == mark]
        if parts:
            found.append(f"{' and '.join(parts)} {word}")
    return ", ".join(found)
