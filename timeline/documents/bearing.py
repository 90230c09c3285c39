"""Bearing: whether the passage that a row cites tells the date that the row gives.

In: a row's date, the dates found in its document, and where the row's passage lies. Out: a Bearing, which says
exactly one of `same`, `coarser`, `relative`, `inherited` and `differs`, with the words that bear the date. It
must not know tables, files or the page.

- `same`: the passage tells the row's date, or its two ends, or the one end that is not open.
- `relative`: it tells it by way of another day ("last Friday", "27 March" without a year).
- `coarser`: the passage tells a date inside the row's; the row is less precise than it could be.
- `inherited`: the passage does not, but its paragraph, one nearby or the document's own date does.
- `differs`: none of these; also when the row is more precise than the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from timeline.documents.finding import Candidate, find
from timeline.documents.passages import Citation
from timeline.table.when import When, read_date

Verdict = Literal["same", "coarser", "relative", "inherited", "differs"]
VERDICTS: tuple[Verdict, ...] = ("same", "relative", "coarser", "inherited", "differs")
BEFORE, AFTER = 4, 2  # so many paragraphs before and after the passage are nearby
PAGES_BEFORE, PAGES_AFTER = 1, 0  # or so many pages
_SAID = re.compile(
    r"(?i)\b(?:undated|(?:paras?|pp?)\. [0-9]|(?:no|not|without)\b[^.]{0,40}\b(?:date|dated|day|year|month)\b)"
)
_PARTS = ("early", "late", "mid", "the beginning", "the start", "the middle", "the end", "earlier", "later")


@dataclass(frozen=True, slots=True)
class Bearing:
    """How the text bears a row's date: the verdict, and the words (with their locator and EDTF value) that
    decided it; for `differs` those of the passage, "" when it tells no date."""

    verdict: Verdict
    quote: str = ""
    value: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    start: float
    end: float
    candidate: Candidate

    @property
    def part(self) -> bool:
        """Whether the words mean a part of the period, as "early 2022" does: any date inside is as told."""
        return self.candidate.quote.lower().removeprefix("in ").startswith(_PARTS)


def bear(
    when: When, citation: Citation, candidates: Sequence[Candidate], published: When | None, *, pages: bool = False
) -> Bearing | None:
    """Compare a row's date with what its passage, and then its surroundings, tell.

    `candidates` are those of the whole document, in order; with `pages` its paragraphs are pages. None when the passage
    was not found.
    """
    first, last = citation.paragraph, citation.end_paragraph
    if first is None or last is None or citation.kind in ("ambiguous", "missing", "no text"):
        return None
    before, after = (PAGES_BEFORE, PAGES_AFTER) if pages else (BEFORE, AFTER)
    told = _told(one for one in candidates if first - before <= one.paragraph <= last + after)
    begin, end = (first, citation.start), (last, citation.end)
    inside = [
        one
        for one in told
        if begin < (one.candidate.paragraph, one.candidate.end) and (one.candidate.paragraph, one.candidate.start) < end
    ]
    absolute = [one for one in inside if one.candidate.kind == "absolute"]
    if found := _telling(when, absolute) or _telling(when, inside):
        relative = any(one.candidate.kind == "relative" for one in found)
        return _bearing("relative" if relative else "same", found)
    if found := [one for one in inside if _inside(one, when)]:
        guessed = when.approximate and found[0].candidate.rule == "ago"  # "two weeks ago" is no very week
        return _bearing("relative" if guessed else "coarser", found[:1])
    near = sorted(told, key=lambda one: abs(one.candidate.paragraph - first))
    if found := _telling(when, near, parts=False):
        return _bearing("inherited", found)
    if published is not None and _equal(when, published.start, published.end):
        return Bearing("inherited", "the document's own date", published.edtf, "")
    return _bearing("differs", inside[:3])


def explained(when: When, summary: str, note: str, published: When | None) -> bool:
    """Whether a row says why its date is not that of its passage: in a note, or in a summary that gives the date
    itself, or the place where it stands, or that there is none."""
    if note.strip() or _SAID.search(summary):
        return True
    told = _told(find([summary], published))
    return bool(_telling(when, told)) or any(one.start < when.end and when.start < one.end for one in told)


def _telling(when: When, told: Sequence[_Told], *, parts: bool = True) -> list[_Told]:
    """The words that tell the row's date: one expression, or one for each end; none when they do not."""
    for one in told:
        if _equal(when, one.start, one.end) or (parts and one.part and when.start >= one.start and when.end <= one.end):
            return [one]
    if when.open_start or when.open_end:
        # "since 2017" begins with it or after it; "before 2014" ends where it begins, "by 2014" where it ends
        edge = when.end if when.open_start else when.start
        return next(
            ([one] for one in told if not (when.open_start and when.open_end) and edge in (one.start, one.end)), []
        )
    starts = [one for one in told if when.start in (one.start, one.end)]
    ends = [one for one in told if when.end in (one.end, one.start)]
    return next(([a, b] for a, b in product(starts[:20], ends[:20]) if a is not b and a.start < b.end), [])


def _equal(when: When, start: float, end: float) -> bool:
    return when.start == start and when.end == end


def _inside(one: _Told, when: When) -> bool:
    return not (when.open_start or when.open_end) and when.start <= one.start and one.end <= when.end


def _told(candidates: Iterable[Candidate]) -> list[_Told]:
    found = []
    for candidate in candidates:
        bounds = _bounds(candidate.value)
        if bounds is not None:
            found.append(_Told(*bounds, candidate))
    return found


@lru_cache(maxsize=10_000)
def _bounds(value: str) -> tuple[float, float] | None:
    when = read_date(value) if value else None
    return (when.start, when.end) if isinstance(when, When) else None


def _bearing(verdict: Verdict, found: Sequence[_Told]) -> Bearing:
    those = [one.candidate for one in found]
    return Bearing(
        verdict,
        " … ".join(one.quote for one in those),
        " … ".join(one.value for one in those),
        those[0].locator if those else "",
    )
