"""What people type and EDTF does not say: qualifiers, before and after, ranges and choices in words.

In: text that is no EDTF. Out: Typed (the EDTF text, which reader found it, what was decided), or Refused.
Must not know: bounds or words; what it returns is EDTF, so that a date printed and read again is itself.

Decided: "before 2014" is a time of which only that is known: one of `[..2013]`; "until 2014" lasts:
`../2014`. Likewise "after 2014" is `[2015..]`, "since 2014" is `2014/..`; "by 2014" is `[..2014]`.
"between 1914 and 1918" is one of `[1914..1918]`, "from 1914 to 1918" and "1914-1918" are the interval
`1914/1918`. "c." before a range marks both its ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from timeline.table.calendar_date import by_dateparser, read_calendar
from timeline.table.clean import clean
from timeline.table.clock import split_clock, two_clocks
from timeline.table.edtf import read_edtf
from timeline.table.moment import Refused
from timeline.table.numeric import Notes, read_numeric
from timeline.table.periods import read_period
from timeline.table.ranges import complete, just_after, just_before, left_end, qualify, right_end, splits
from timeline.table.unreadable import unreadable

_ABOUT_WORD = re.compile(
    r"(?:circa|ca\.|c\.|approx\.|~) ?|on or (?:about|around) |(?:ca|c)(?=[0-9])|"
    r"(?:ca|c|about|around|approximately|approx|roughly|nearly|near) "
)
_PERHAPS = re.compile(r"(?:possibly|probably|perhaps|maybe|likely|presumably|apparently)(?: in| on)? ")
_IN = re.compile(
    r"(?:some ?time (?:in|on|during|within)|in|on|during|within|at some point in|dated) (?:the course of )?"
)
_TAIL_UNSURE = re.compile(r"(?:,? ?\(?(?:uncertain|unsure|probably|possibly|unconfirmed)\)?| ?\(\?\)| ?\?)$")
_TAIL_ABOUT = re.compile(
    r"(?:,? ?\(?(?:approximate|approximately|approx\.?|circa|estimated|or so|or thereabouts)\)?| ?~| ?\(~\))$"
)
_BEFORE = re.compile(r"(?:some ?time )?(?:before|prior to|earlier than|ante|pre-?) ?")
_AFTER = re.compile(r"(?:some ?time )?(?:after|later than|following|post-?) ?")
_BY = re.compile(
    r"(?:by|not later than|no later than|not after|on or before|in or before|at the latest|at the latest in) "
)
_NOT_BEFORE = re.compile(r"(?:not earlier than|no earlier than|not before|on or after|in or after|at the earliest) ")
_UNTIL = re.compile(r"(?:until|till|til|up to|up until|through|thru|to|ending|ended) ")
_SINCE = re.compile(r"(?:since|starting|starting in|beginning in|ever since|as of|as from) ")
_ON = re.compile(r"(?:from )?(.+?)(?: on| onwards?|(?<![0-9]-[0-9]{2})-| -|\+| and later| to date| and after)")
_TO_NOW = re.compile(
    r"(?:from |since )?(.+?) (?:to|until|till|through|-) (?:the )?"
    r"(?:present|now|today|this day|date|ongoing|current|currently)(?: day)?"
    r"|(.+?) ?- ?(?:present|now|today|ongoing)"
)
_UNKNOWN_END = re.compile(
    r"(?:from )?(.+?) (?:-|to|until) (?:\?|\(\?\)|unknown)|(?:from )?(?:\?|unknown) (?:-|to|until) (.+)"
)
_OR_BEFORE = re.compile(r"(.+) or (?:before|earlier)")
_OR_AFTER = re.compile(r"(.+) or (?:after|later)")
_WHOLE = re.compile(r"(?:(?:the )?whole of|all of|all|throughout|all through|the entire) (?:the year )?(.+)")
_DEPTH = 6  # "about about about ...": a phrase holds a phrase at most so often


@dataclass(frozen=True, slots=True)
class Typed:
    """The EDTF text of a phrase, the reader that found it, and what it decided as (code, reason)."""

    edtf: str
    read_by: Literal["rules", "dateparser"]
    notes: tuple[tuple[str, str], ...]


def read_typed(text: str) -> Typed:
    """Read what a person typed; raises Refused with the best reason there is."""
    plain = clean(text)
    notes: Notes = []
    try:
        edtf = by_dateparser(plain)
        if edtf is not None:
            return Typed(edtf, "dateparser", ())
        edtf = _phrase(plain, notes, 0)
    except RecursionError:
        edtf = None
    if edtf is None:
        raise unreadable(plain)
    return Typed(edtf, "rules", tuple(dict.fromkeys(notes)))


def _phrase(text: str, notes: Notes, depth: int) -> str | None:
    """A whole phrase: qualifiers around a range or a single date."""
    text = text.strip(" ,;")
    if not text or depth > _DEPTH:
        return None
    if match := re.fullmatch(r"([0-9]{4}(?:-[0-9]{2})?)-\?", text):
        fix = f"Write {match[1]}/ if the end is unknown, or {match[1]} if that is all that is known"
        raise Refused("date-ambiguous", "its question mark can stand for an end or for a part of the date", fix)
    if match := re.fullmatch(r"([0-9]{3})[?*_-]", text):
        raise Refused("date-ambiguous", "its last digit is not given", f"Write {match[1]}X for the decade")
    if match := _TO_NOW.fullmatch(text):
        found = _phrase(match[1] or match[2], notes, depth + 1)
        return None if found is None or "/" in found else f"{left_end(found)}/.."
    if match := _UNKNOWN_END.fullmatch(text):
        found = _phrase(match[1] or match[2], notes, depth + 1)
        if found is None or "/" in found:
            return None
        return f"{left_end(found)}/" if match[1] else f"/{right_end(found)}"
    if (ends := two_clocks(text)) is not None:
        return "/".join(_need(end, notes, depth) for end in ends)
    for pattern, mark in ((_ABOUT_WORD, "~"), (_PERHAPS, "?")):
        if match := pattern.match(text):
            return _marked(text[match.end() :], mark, notes, depth)
    if match := _IN.match(text):
        return _phrase(text[match.end() :], notes, depth + 1)
    for pattern, mark in ((_TAIL_UNSURE, "?"), (_TAIL_ABOUT, "~")):
        if (match := pattern.search(text)) and match.start():
            return _marked(text[: match.start()], mark, notes, depth)
    return _single(text, notes, depth) or _relation(text, notes, depth) or _range(text, notes, depth)


def _need(text: str, notes: Notes, depth: int = 0) -> str:
    edtf = _phrase(text, notes, depth + 1)
    if edtf is None:
        raise unreadable(text)
    return edtf


def _marked(text: str, mark: str, notes: Notes, depth: int) -> str | None:
    edtf = _phrase(text, notes, depth + 1)
    return None if edtf is None else qualify(edtf, mark)


def _single(text: str, notes: Notes, depth: int) -> str | None:
    """One date or period, with or without a time."""
    day, clock = split_clock(text, notes)
    if clock:
        found = by_dateparser(day) or _single(day, notes, depth + 1) if depth < _DEPTH else None
        if found is None:
            return None
        if not re.fullmatch(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}", found):
            raise Refused(
                "date-impossible",
                "a time needs a whole day without marks",
                f"Write {found} if the day is unknown",
            )
        return f"{found}T{clock}"
    expression = read_edtf(text.upper())
    if expression is not None:
        return expression.edtf
    found = read_calendar(text) or read_numeric(text, notes)
    return found or read_period(text, notes, lambda part, more: _need(part, more, depth))


def _relation(text: str, notes: Notes, depth: int) -> str | None:
    """Before, after, until, since, by: one end is given and the other is open."""
    for pattern, build in (
        (_NOT_BEFORE, lambda edtf: f"[{left_end(edtf)}..]"),
        (_BY, lambda edtf: f"[..{right_end(edtf)}]"),
        (_BEFORE, just_before),
        (_AFTER, just_after),
        (_UNTIL, lambda edtf: f"../{right_end(edtf)}"),
        (_SINCE, lambda edtf: f"{left_end(edtf)}/.."),
    ):
        match = pattern.match(text)
        if match is None or match.end() == len(text):
            continue
        rest = text[match.end() :]
        if pattern in (_BY, _UNTIL, _SINCE, _NOT_BEFORE):
            # "by the end of 2014": the whole year is meant, not its last third
            edge = (
                r"(?:the )?(?:start|beginning) of "
                if pattern in (_SINCE, _NOT_BEFORE)
                else r"(?:the )?(?:very )?end of "
            )
            rest = re.sub(rf"^{edge}", "", rest)
        if pattern is _SINCE or pattern is _UNTIL:
            found = _phrase(rest, notes, depth + 1)
            if found is None or ("/" in found):
                return None
        else:
            found = _need(rest, notes, depth)
        return build(found)
    for pattern, build in (
        (_OR_BEFORE, lambda edtf: f"[..{right_end(edtf)}]"),
        (_OR_AFTER, lambda edtf: f"[{left_end(edtf)}..]"),
        (_ON, lambda edtf: f"{left_end(edtf)}/.."),
        (_WHOLE, lambda edtf: f"{edtf}/{edtf}"),
    ):
        if (match := pattern.fullmatch(text)) and match[1] != "from":
            found = _phrase(match[1], notes, depth + 1)
            if found is not None and "/" not in found:
                return build(found)
    return None


def _range(text: str, notes: Notes, depth: int) -> str | None:
    """From A to B, A - B, between A and B, A or B, A and B."""
    if match := re.fullmatch(r"from (.+)", text):
        text = match[1]
        if not re.search(r" (?:to|until|till|til|through|thru|-) |-", text):
            found = _phrase(text, notes, depth + 1)
            return None if found is None or "/" in found else f"{left_end(found)}/.."
    if match := re.fullmatch(r"(?:some ?time )?between (.+)", text):
        ends = re.fullmatch(r"(.+) and (.+)", match[1])
        for left, right in [(ends[1], ends[2])] if ends else splits(match[1]):
            first, last = _pair(left, right, notes, depth)
            return f"[{left_end(first)}..{right_end(last)}]"
        return None
    if match := re.fullmatch(r"one of (.+) (?:and|or) (.+)", text):
        return _members(match[1], match[2], notes, depth, "[]")
    if match := re.fullmatch(r"(?:either (?:in |on )?)?(.+) or (?:in |on )?(.+)", text):
        return _members(match[1], match[2], notes, depth, "[]")
    if match := re.fullmatch(r"([0-9]{1,2}) ?(?:-|to) ?([0-9]{1,2})([./])([0-9]{1,2}\3[0-9]{4})", text):
        days = (f"{match[number]}{match[3]}{match[4]}" for number in (1, 2))  # 22-25/02/2014
        return "/".join(_need(day, notes, depth) for day in days)
    for first, last in splits(text):
        # from the beginning of one year to the end of another: both years are meant whole
        first = re.sub(r"^(?:the )?(?:very )?(?:start|beginning) of ", "", first)
        last = re.sub(r"^(?:the )?(?:very )?end of ", "", last)
        left, right = _pair(first, last, notes, depth)
        return f"{left_end(left)}/{right_end(right)}"
    if match := re.fullmatch(r"(?:both |all of )?(.+?)(?:,)? (?:and|&) (.+)", text):
        return _members(match[1], match[2], notes, depth, "{}")
    return None


def _pair(first: str, last: str, notes: Notes, depth: int) -> tuple[str, str]:
    first, last = complete(first.strip(" ,"), last.strip(" ,"))
    return _need(first, notes, depth), _need(last, notes, depth)


def _members(firsts: str, last: str, notes: Notes, depth: int, brackets: str) -> str:
    """The members of a choice or list; each takes from the last one what it leaves out."""
    found = []
    names = [name.strip() for name in re.split(r",|\band\b|\bor\b|&", firsts) if name.strip()]
    for name in names:
        first, whole = complete(name, last)
        found.append(_need(first, notes, depth))
        last = whole
    found.append(_need(last, notes, depth))
    if any("/" in member or member[0] in "[{" for member in found):
        raise Refused("date-unreadable", "a list of dates holds single dates", "Write the dates as [2013,2014]")
    return f"{brackets[0]}{','.join(found)}{brackets[1]}"
