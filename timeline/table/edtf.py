"""Whole EDTF expressions (ISO 8601-2:2019): a date, an interval `a/b`, a set `[a,b..c]` (one of) or
`{a,b..c}` (all of).

In: EDTF text. Out: an Expression with its parts and strict bounds, None when the text is no EDTF, or Refused.
Must not know: what people type, or how a date is put into words.

Levels 0 and 1, sets and part qualifiers are read here, some 200 times faster than the `edtf` library and
with a real calendar; the library is the grammar for the rest (`Y` years, exponents, significant digits),
whose bounds are then ours.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from timeline.table.days import FIRST_YEAR, LAST_YEAR, iso_year, to_days
from timeline.table.moment import Moment, Refused, read_moment

Kind = Literal["date", "interval", "one", "all"]

_REST = re.compile(r"(Y?)(-?[0-9]{1,12})(?:E([0-9]{1,3}))?(?:S([0-9]{1,3}))?([?~%]?)")


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of an expression: a date (first is last), a range, or a range with an open (`..`) or
    unknown ("") end."""

    first: Moment | Literal["..", ""]
    last: Moment | Literal["..", ""]

    @property
    def lo(self) -> float:
        """The first day (or instant), -inf at an open or unknown start."""
        return self.first.lo if isinstance(self.first, Moment) else -math.inf

    @property
    def hi(self) -> float:
        """The end, exclusive; +inf at an open or unknown end."""
        return self.last.hi if isinstance(self.last, Moment) else math.inf


@dataclass(frozen=True, slots=True)
class Expression:
    """What an EDTF text says. `lo` and `hi` are the hull of the parts in days since 1970-01-01, `hi`
    exclusive."""

    edtf: str
    kind: Kind
    parts: tuple[Part, ...]
    precision: str

    @property
    def lo(self) -> float:
        """The earliest start of all parts."""
        return min(part.lo for part in self.parts)

    @property
    def hi(self) -> float:
        """The latest end of all parts."""
        return max(part.hi for part in self.parts)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Every date that is written in the expression."""
        ends = (end for part in self.parts for end in (part.first, part.last))
        return tuple(end for end in ends if isinstance(end, Moment))


def read_edtf(text: str) -> Expression | None:
    """Read an EDTF expression in the spelling of 2019, without spaces; None when it is none. Raises
    Refused."""
    if "/" in text:
        return _interval(text)
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _set(text)
    moment = read_moment(text) or _read_rest(text)
    return None if moment is None else Expression(text, "date", (Part(moment, moment),), moment.precision)


def _interval(text: str) -> Expression | None:
    left, _, right = text.partition("/")
    if "/" in right:
        return None
    part = _part(left, right)
    if part is None:
        return None
    if not isinstance(part.first, Moment) and not isinstance(part.last, Moment):
        raise Refused(
            "date-unreadable",
            "an interval without any date says nothing",
            "Leave the date empty if it is unknown",
        )
    return Expression(text, "interval", (part,), "interval")


def _set(text: str) -> Expression | None:
    parts = []
    for element in text[1:-1].split(","):
        left, dots, right = element.partition("..")
        part = _part(left or "..", right or "..") if dots else _part(element, element)
        if part is None or part == Part("..", "..") or part.first == "":
            return None
        parts.append(part)
    return Expression(text, "one" if text[0] == "[" else "all", tuple(parts), "set")


def _part(left: str, right: str) -> Part | None:
    first, last = _end(left), _end(right)
    if first is None or last is None:
        return None
    part = Part(first, last)
    if isinstance(first, Moment) and isinstance(last, Moment) and first.lo >= last.hi:
        fix = f"Write {right}/{left} if the two were swapped"
        raise Refused("date-reversed", f"it ends ({right}) before it starts ({left})", fix)
    return part


def _end(text: str) -> Moment | Literal["..", ""] | None:
    if text == "..":
        return ".."
    if text == "":
        return ""
    return read_moment(text) or _read_rest(text)


def _read_rest(text: str) -> Moment | None:
    """`Y` years, exponents and significant digits: `Y-17000`, `Y17E2`, `1950S2` (estimated to two digits:
    1900 to 1999)."""
    match = _REST.fullmatch(text)
    if match is None or not (match[1] or match[4]) or not _grammar_knows(text):
        return None
    _, number, exponent, significant, mark = match.groups()
    # the exponent is bounded before it is used: 10 ** 999 would be a year nobody can draw, and slow to write
    year = int(number) * 10 ** min(int(exponent or 0), 12)
    _check_year(year)
    lo = hi = year
    precision = "year"
    if significant:
        length = len(str(abs(year)))
        unit = 10 ** max(length - int(significant), 0)
        if not int(significant) or int(significant) > length:
            raise Refused(
                "date-impossible",
                f"a year of {length} digits has not {significant} significant ones",
                "Leave out the S",
            )
        near = abs(year) // unit * unit
        lo, hi = (near, near + unit - 1) if year >= 0 else (-near - unit + 1, -near)
        precision = {1: "year", 10: "decade", 100: "century"}.get(unit, "set")
    _check_year(lo)
    _check_year(hi)
    about = mark in ("~", "%") or (significant and lo != hi)
    marks = "%" if about and mark in ("?", "%") else "~" if about else mark
    return Moment(text, to_days(lo), to_days(hi + 1), precision, iso_year(year), qualifiers=(marks, "", ""))


def _grammar_knows(text: str) -> bool:
    """Whether the `edtf` library's grammar takes the text. Its bounds are not used: it takes dates that
    never were."""
    from edtf import EDTFParseException, parse_edtf  # here: it costs 0.15 s, and few tables need it

    try:
        return parse_edtf(text) is not None
    except EDTFParseException:
        return False


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        shown = f"{year}" if abs(year) < 10**12 else "it"
        reason = f"{shown} cannot be drawn: the axis runs from the year {FIRST_YEAR} to {LAST_YEAR}"
        raise Refused("date-out-of-range", reason, "Leave the date empty and say the age in the summary")
