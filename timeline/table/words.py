"""A date in words: "some time in February 2014", "from 23 to 27 September 2022", "before 2014, uncertain".

In: an Expression. Out: one phrase, always the same for the same EDTF text, that reads well after "Date:"
and in the middle of a sentence. Must not know: what was typed; the words come from the date alone.
"""

from __future__ import annotations

from timeline.table.days import from_days
from timeline.table.edtf import Expression, Part
from timeline.table.moment import MONTHS, Moment, read_moment, year_words
from timeline.table.naming import clock_name, early_name, name_of, partial_marks, whole_mark
from timeline.table.thirds import NAMES, named

_FINE = ("day", "minute", "second")


def in_words(expression: Expression) -> str:
    """The date in words, never empty."""
    part = expression.parts[0]
    if expression.kind != "interval" and len(expression.parts) == 1 and part.first == part.last:
        assert isinstance(part.first, Moment)
        return _date(part.first)
    if expression.kind == "interval":
        return _interval(part)
    return _set(expression)


def _date(moment: Moment) -> str:
    name, mark, rest = name_of(moment), whole_mark(moment), partial_marks(moment)
    early = early_name(moment)
    if early:
        months = (("January", "April"), ("May", "August"), ("September", "December"))[int(moment.month) - 37]
        return f"{early} (about {months[0]} to {months[1]})"
    if mark in ("~", "%"):
        text = f"about {name}"
    elif moment.precision == "hour":
        hour = int(moment.time)
        text = f"between {name.replace(' on', f' and {hour + 1:02d}:00 on', 1)}" if hour < 23 else f"after {name}"
    elif moment.precision in _FINE:
        text = name
    elif moment.precision == "set":
        text = name if name.startswith("some ") or moment.hi - moment.lo == 1 else f"some time in {name}"
    else:
        text = f"some time in {name}"
    return text + (", uncertain" if mark in ("?", "%") else "") + (f", {rest}" if rest else "")


def _end(moment: Moment, name: str = "") -> str:
    """A date as the end of a range or a member of a set."""
    early = early_name(moment)
    if early:
        return early
    mark, rest = whole_mark(moment), partial_marks(moment)
    text = ("about " if mark in ("~", "%") else "") + (name or name_of(moment))
    inside = ", ".join(filter(None, ("uncertain" if mark in ("?", "%") else "", rest)))
    return f"{text} ({inside})" if inside else text


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
    """'23 to 27 September 2022', 'about 1941 to about 1945', '50 to 44 BC, uncertain': what both ends
    share is said once."""
    marks = whole_mark(first), whole_mark(last)
    tail = ""
    if marks in (("?", "?"), ("%", "%")):
        tail = ", uncertain"
        text = f"{_bare(first, _short(first, last))} to {_bare(last)}"
    elif partial_marks(first) or "?" in marks or "%" in marks:
        text = f"{_end(first)} to {_end(last)}"
    else:
        text = f"{_end(first, _short(first, last))} to {_end(last)}"
    return text + tail


def _bare(moment: Moment, name: str = "") -> str:
    return ("about " if moment.approximate else "") + (name or name_of(moment))


def _short(first: Moment, last: Moment) -> str:
    """The name of the first end without what it shares with the last."""
    plain = "X" not in first.year + first.month + first.day + last.year + last.month + last.day
    codes = [int(end.month) for end in (first, last) if end.month and "X" not in end.month]
    if not plain or any(code > 12 for code in codes) or "S" in first.edtf + last.edtf:
        return ""
    same_year = first.year == last.year
    if first.time and last.time:
        same_day = same_year and (first.month, first.day) == (last.month, last.day)
        return clock_name(first) if same_day and first.zone == last.zone else ""
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


def _set(expression: Expression) -> str:
    third = named(expression.edtf)
    if third is not None:
        period = _name_of(third[1])
        part = expression.parts[0]
        assert isinstance(part.first, Moment)
        assert isinstance(part.last, Moment)
        about = f"{_short(part.first, part.last) or name_of(part.first)} to {name_of(part.last)}"
        prefix = NAMES[third[0]]
        article = "the " if period.startswith("the ") else ""
        joint = "-" if prefix == "mid" else " "
        return f"{article}{prefix}{joint}{period.removeprefix('the ')} (about {about})"
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
        return f"{'not later' if before else 'not earlier'} than {about}{name_of(end)}"
    year, month, day = from_days(int(end.hi) if before else int(end.lo) - 1)
    if end.precision in ("day", "set") or (not before and end.precision == "set"):
        name = f"{day} {MONTHS[month - 1]} {year_words(year)}"
    elif end.precision in ("year", "decade", "century"):
        name = year_words(year)
    else:
        name = f"{MONTHS[month - 1]} {year_words(year)}"
    return f"{'before' if before else 'after'} {about}{name}"


def _name_of(period: str) -> str:
    moment = read_moment(period)
    assert moment is not None
    return name_of(moment)
