"""A date in words: "some time in February 2014", "from 23 to 27 September 2022", "before 2014, uncertain".

In: an Expression. Out: one phrase, always the same for the same EDTF text, that reads well after "Date:" and in the
middle of a sentence. Must not know: what was typed; the words come from the date alone.
"""

from __future__ import annotations

import math

from timeline.table.days import from_days
from timeline.table.edtf import Expression, Part
from timeline.table.moment import MONTHS, Moment, year_words, years
from timeline.table.thirds import NAMES, named

_ORDINALS = ("first", "second", "third", "fourth")
_SEASONS = ("spring", "summer", "autumn", "winter")
_PARTS = ("year", "month", "day")
_FINE = ("day", "hour", "minute", "second")


def in_words(expression: Expression) -> str:
    """The date in words, never empty."""
    part = expression.parts[0]
    if expression.kind != "interval" and len(expression.parts) == 1 and part.first == part.last:
        assert isinstance(part.first, Moment)
        return _date(part.first)
    if expression.kind == "interval":
        return _interval(part)
    return _set(expression)


def day_words(n: int) -> str:
    """'22 February 2014' for a number of days since 1970-01-01."""
    year, month, day = from_days(n)
    return f"{day} {MONTHS[month - 1]} {year_words(year)}"


def ordinal(number: int) -> str:
    """'1st', '2nd', '3rd', '11th', '21st'."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _date(moment: Moment) -> str:
    name, mark, rest = _name(moment), _whole(moment), _partial(moment)
    early = _early(moment)
    if early:
        months = (("January", "April"), ("May", "August"), ("September", "December"))[int(moment.month) - 37]
        return f"{early} (about {months[0]} to {months[1]})"
    if mark in ("~", "%"):
        text = f"about {name}"
    elif moment.precision == "hour":
        hour = int(moment.time)
        text = (
            f"between {name.replace(' on', f' and {hour + 1:02d}:00 on', 1)}"
            if hour < 23
            else f"after {name}"
        )
    elif moment.precision in _FINE:
        text = name
    elif moment.precision == "set":
        text = name if name.startswith("some ") or moment.hi - moment.lo == 1 else f"some time in {name}"
    else:
        text = f"some time in {name}"
    return text + (", uncertain" if mark in ("?", "%") else "") + (f", {rest}" if rest else "")


def _early(moment: Moment) -> str:
    """'early 2014' for `2014-37~`, "" for anything else."""
    if moment.month not in ("37", "38", "39") or _whole(moment) != "~":
        return ""
    prefix = NAMES[int(moment.month) - 37]
    return f"{prefix}{'-' if prefix == 'mid' else ' '}{_year_name(moment)}"


def _end(moment: Moment, name: str = "") -> str:
    """A date as the end of a range or a member of a set."""
    early = _early(moment)
    if early:
        return early
    mark, rest = _whole(moment), _partial(moment)
    text = ("about " if mark in ("~", "%") else "") + (name or _name(moment))
    inside = ", ".join(filter(None, ("uncertain" if mark in ("?", "%") else "", rest)))
    return f"{text} ({inside})" if inside else text


def _name(moment: Moment) -> str:
    """The date without its marks: '22 February 2014', 'February 2014', 'the 1990s', 'the spring of 2014'."""
    if "S" in moment.edtf:
        first, last = from_days(int(moment.lo))[0], from_days(int(moment.hi) - 1)[0]
        return f"{year_words(int(moment.year))} (from {year_words(first)} to {year_words(last)})"
    month, day = moment.month, moment.day
    if moment.time:
        return f"{_clock(moment)} on {day_words(math.floor(moment.lo))}{_zone(moment.zone)}"
    if month and "X" not in month and int(month) > 12:
        return _group_name(moment)
    if month == "XX" and day in ("", "XX"):
        month = day = ""
    if day == "XX" and "X" not in month:
        day = ""
    year = _year_name(moment)
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
        return f"some month from {_joined(first[:2], last[:2])}"
    return f"some day from {_joined(first, last)}"


def _group_name(moment: Moment) -> str:
    code, year = int(moment.month), _year_name(moment)
    if code in (24, 28, 30) and "X" not in moment.year:
        first = int(moment.year)
        # winter of 2014-15, of 1999-2000, of 44-43 BC, of 1 BC to AD 1
        if first > 0:
            short = (first + 1) % 100 and f"{(first + 1) % 100:02d}" or str(first + 1)
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


def _year_name(moment: Moment) -> str:
    mask = moment.year
    if "X" not in mask:
        return year_words(int(mask))
    stem = mask.lstrip("-").rstrip("X")
    first, last = next(years(mask)), next(years(mask, last=True))
    if "X" not in stem and len(stem) == 3 and first >= 100:
        return f"the {int(stem)}0s"
    if "X" not in stem and len(stem) == 2:
        return f"the {ordinal(int(stem) + 1)} century" + (" BC" if mask.startswith("-") else "")
    return f"the years from {_joined((first,), (last,))}"


def _interval(part: Part) -> str:
    first, last = part.first, part.last
    if not isinstance(first, Moment):
        assert isinstance(last, Moment)
        return f"until {_end(last)}, start {'open' if first == '..' else 'unknown'}"
    if not isinstance(last, Moment):
        return f"from {_end(first)} on, end {'open' if last == '..' else 'unknown'}"
    if first.edtf == last.edtf:
        return f"the whole of {_end(first)}"
    return f"from {_range(first, last)}"


def _range(first: Moment, last: Moment) -> str:
    """'23 to 27 September 2022', 'about 1941 to about 1945', '50 to 44 BC, uncertain': what both ends share is said once."""
    marks = _whole(first), _whole(last)
    tail = ""
    if marks in (("?", "?"), ("%", "%")):
        tail = ", uncertain"
        text = f"{_bare(first, _short(first, last))} to {_bare(last)}"
    elif _partial(first) or "?" in marks or "%" in marks:
        text = f"{_end(first)} to {_end(last)}"
    else:
        text = f"{_end(first, _short(first, last))} to {_end(last)}"
    return text + tail


def _bare(moment: Moment, name: str = "") -> str:
    return ("about " if moment.approximate else "") + (name or _name(moment))


def _short(first: Moment, last: Moment) -> str:
    """The name of the first end without what it shares with the last."""
    plain = "X" not in first.year + first.month + first.day + last.year + last.month + last.day
    codes = [int(end.month) for end in (first, last) if end.month and "X" not in end.month]
    if not plain or any(code > 12 for code in codes) or "S" in first.edtf + last.edtf:
        return ""
    same_year = first.year == last.year
    if first.time and last.time:
        same_day = same_year and (first.month, first.day) == (last.month, last.day)
        return _clock(first) if same_day and first.zone == last.zone else ""
    if first.time or last.time or bool(first.day) != bool(last.day) or bool(first.month) != bool(last.month):
        return ""
    if first.day and same_year:
        month = "" if first.month == last.month else f" {MONTHS[int(first.month) - 1]}"
        return first.day.lstrip("0") + month
    if first.month and same_year:
        return MONTHS[int(first.month) - 1]
    if not first.month and int(last.year) <= 0:
        return str(1 - int(first.year))
    return ""


def _joined(first: tuple[int, ...], last: tuple[int, ...]) -> str:
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


def _set(expression: Expression) -> str:
    third = named(expression.edtf)
    if third is not None:
        period = _name_of(third[1])
        part = expression.parts[0]
        assert isinstance(part.first, Moment) and isinstance(part.last, Moment)
        about = f"{_short(part.first, part.last) or _name(part.first)} to {_name(part.last)}"
        prefix = NAMES[third[0]]
        return f"{'the ' if period.startswith('the ') else ''}{prefix}{'-' if prefix == 'mid' else ' '}" + (
            f"{period.removeprefix('the ')} (about {about})"
        )
    every = expression.kind == "all"
    members = [_member(part) for part in expression.parts]
    if len(members) == 1:
        part = expression.parts[0]
        if isinstance(part.first, Moment) and isinstance(part.last, Moment):
            return f"{'all dates' if every else 'some time'} from {_range(part.first, part.last)}"
        end = part.first if isinstance(part.first, Moment) else part.last
        assert isinstance(end, Moment)
        tail = ", uncertain" if end.uncertain else ""
        return ("all dates " if every else "") + _beyond(part) + tail
    head = "one of " if not every else "both " if len(members) == 2 else "all of "
    return f"{head}{', '.join(members[:-1])} and {members[-1]}"


def _member(part: Part) -> str:
    if isinstance(part.first, Moment) and isinstance(part.last, Moment):
        return _end(part.first) if part.first == part.last else _range(part.first, part.last)
    return f"any time {_beyond(part)}"


def _beyond(part: Part) -> str:
    """'before 2014' for `..2013`, 'after 2012' for `2013..`, in the unit of the date that is written."""
    before = isinstance(part.last, Moment)
    end = part.last if before else part.first
    assert isinstance(end, Moment)
    about = "about " if end.approximate else ""
    if end.time:
        return f"{'not later' if before else 'not earlier'} than {about}{_name(end)}"
    year, month, day = from_days(int(end.hi) if before else int(end.lo) - 1)
    if end.precision in ("day", "set") or (not before and end.precision == "set"):
        name = f"{day} {MONTHS[month - 1]} {year_words(year)}"
    elif end.precision in ("year", "decade", "century"):
        name = year_words(year)
    else:
        name = f"{MONTHS[month - 1]} {year_words(year)}"
    return f"{'before' if before else 'after'} {about}{name}"


def _name_of(period: str) -> str:
    from timeline.table.moment import read_moment

    moment = read_moment(period)
    assert moment is not None
    return _name(moment)


def _clock(moment: Moment) -> str:
    return f"{moment.time}:00" if moment.precision == "hour" else moment.time


def _zone(zone: str) -> str:
    """' (UTC)', ' (UTC+3)', ' (UTC+5:30)'."""
    if not zone:
        return ""
    if zone == "Z" or int(zone[1:3]) == int(zone[4:6] or 0) == 0:
        return " (UTC)"
    minutes = f":{zone[4:6]}" if zone[4:6] not in ("", "00") else ""
    return f" (UTC{zone[0]}{int(zone[1:3])}{minutes})"


def _whole(moment: Moment) -> str:
    """The mark that all parts of the date carry, "" when they differ."""
    present = (moment.year, moment.month, moment.day)
    marks = {mark for part, mark in zip(present, moment.qualifiers, strict=True) if part}
    return marks.pop() if len(marks) == 1 else ""


def _partial(moment: Moment) -> str:
    """'day approximate', 'year and month uncertain': marks that not all parts carry."""
    if _whole(moment) or not any(moment.qualifiers):
        return ""
    found = []
    for mark, word in (("~", "approximate"), ("?", "uncertain"), ("%", "approximate and uncertain")):
        parts = [part for part, given in zip(_PARTS, moment.qualifiers, strict=True) if given == mark]
        if parts:
            found.append(f"{' and '.join(parts)} {word}")
    return ", ".join(found)
