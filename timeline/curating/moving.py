"""How a date moved, in words: how far, and whether it is known better or worse than before.

In: what two dates mean, as the `mentions` frame has it. Out: a few words. Must not know: rows, tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

_DAYS, _MONTHS = 60, 731  # days up to which a distance is told in days, and then in months
_MONTH, _YEAR = 30.436875, 365.2425


def moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """`2 days later`, `more precise`, `was undated`, `begins 3 days earlier, now approximate`; "" where the two are
    spelt otherwise and nothing more."""
    first, last = (float(row["start"]) != float(row["start"]) for row in (before, after))
    if first or last:
        return "was undated" if first else "now undated"
    told = _extent(before, after)
    for flag in ("approximate", "uncertain"):
        if bool(before[flag]) != bool(after[flag]):
            told.append(f"now {flag}" if after[flag] else f"no longer {flag}")
    return ", ".join(told)


def _extent(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    a, b, c, d = float(before["start"]), float(before["end"]), float(after["start"]), float(after["end"])
    spans = [row["precision"] == "interval" for row in (before, after)]
    if (a, b) == (c, d):
        return [["now a span"], ["no longer a span"]][spans[0]] if spans[0] != spans[1] else []
    if all(spans):
        return [*_edge("begins", a, c), *_edge("ends", b, d)]
    if spans[0] != spans[1]:
        word = "now a span" if spans[1] else "no longer a span"
        return [word] if max(a, c) < min(b, d) else [_shift(a, c), word]
    if a <= c and d <= b:
        return ["more precise"]
    if c <= a and b <= d:
        return ["less precise"]
    was, now = b - a, d - c  # months differ by some days: that is no precision
    if now < 0.8 * was:
        return [_shift(a, c), "more precise"]
    return [_shift(a, c), "less precise"] if now > 1.25 * was else [_shift(a, c)]


def _edge(word: str, before: float, after: float) -> list[str]:
    """One end of a span that has moved, closed or opened."""
    if before == after:
        return []
    if isfinite(before) != isfinite(after):
        return [f"its {'start' if word == 'begins' else 'end'} is {'known now' if isfinite(after) else 'open now'}"]
    return [f"{word} {_shift(before, after)}"]


def _shift(before: float, after: float) -> str:
    if not (isfinite(before) and isfinite(after)):
        return "elsewhere"
    days = abs(after - before)
    where = "later" if after > before else "earlier"
    if days < 1:
        return f"{_many(days * 24, 'hour')} {where}" if days * 24 >= 1 else f"{_many(days * 1440, 'minute')} {where}"
    if days <= _DAYS:
        return f"{_many(days, 'day')} {where}"
    about = (days / _MONTH, "month") if days <= _MONTHS else (days / _YEAR, "year")
    return f"about {_many(*about)} {where}"


def _many(number: float, unit: str) -> str:
    whole = max(round(number), 1)
    return f"{whole:,} {unit}{'' if whole == 1 else 's'}"
