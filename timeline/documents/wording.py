"""Wording: how a locator and a passage are written in a table, taken apart.

In: the cells `locator` and `passage`. Out: what they say. It must not know any text in which the passage
stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

# An ellipsis: one character, or dots, alone or in brackets. Bounded and without nested repeats.
_ELLIPSIS = re.compile(
    r"\[ ?(?:…|\.{3,4}|\. \. \.) ?\]|\( ?(?:…|\.{3,4}|\. \. \.) ?\)"
    r"|…[.…]*|\.{3,}|\.[ \u00a0]\.[ \u00a0]\."
)
_LOCATOR = re.compile(
    r"(?:(?P<para>paragraphs?|paras?|pars?|¶¶?|§§?)|(?P<page>pages?|pgs?|pp?))"
    r"\s{0,4}\.?\s{0,4}(?P<number>[0-9]{1,7})"
    r"(?:\s{0,4}[-‐‑‒–—]\s{0,4}[0-9]{1,7})?\.?",
    re.IGNORECASE,
)
_MOST_ELLIPSES = 5  # with more of them in one cell, each is taken for a gap


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage begins: the number of a paragraph or of a page, from 1."""

    unit: Literal["para", "page"]
    number: int

    def __str__(self) -> str:
        return f"{'p.' if self.unit == 'page' else 'para.'} {self.number}"


def read_locator(locator: str) -> Locator | None:
    """`para. 12` or `p. 3`, with the spellings people use (`para 12`, `¶ 12`, `page 3`, `pp. 3-4`: the
    first)."""
    found = _LOCATOR.fullmatch(locator.strip()[:60])
    if not found:
        return None
    return Locator("page" if found["page"] else "para", int(found["number"]))


def split(passage: str) -> tuple[str, ...]:
    """The parts of a passage around its ellipsis, as written: mostly (incipit, explicit), or the whole
    passage alone.

    An ellipsis with a space on both sides, or in brackets, is ours. One that touches a word (`on behalf of…`)
    is ours only when there is no other, and not at the end: then it may be the document's own.
    """
    marks = _marks(passage)
    ours = [mark for mark in marks if _is_gap(passage, mark)]
    if not ours:
        ours = [mark for mark in marks if passage[: mark[0]].strip() and passage[mark[1] :].strip()]
    return _parts(passage, ours)


def readings(passage: str) -> tuple[tuple[str, ...], ...]:
    """All ways to read a passage, the plainest first: each ellipsis may be a gap or stand in the document
    itself.

    A reading with fewer gaps claims more, so where it holds in a text it is the right one.
    """
    marks = _marks(passage)
    if len(marks) > _MOST_ELLIPSES:
        return (_parts(passage, marks),)
    chosen = [gaps for size in range(len(marks) + 1) for gaps in combinations(marks, size)]
    chosen.sort(key=lambda gaps: (len(gaps), -sum(_is_gap(passage, gap) for gap in gaps)))
    found = dict.fromkeys(_parts(passage, list(gaps)) for gaps in chosen)
    return tuple(parts for parts in found if parts)


def _marks(passage: str) -> list[tuple[int, int]]:
    return [mark.span() for mark in _ELLIPSIS.finditer(passage)]


def _is_gap(passage: str, mark: tuple[int, int]) -> bool:
    start, end = mark
    if passage[start] in "[(":
        return True
    return passage[:start][-1:].isspace() and passage[end:][:1].isspace()


def _parts(passage: str, gaps: list[tuple[int, int]]) -> tuple[str, ...]:
    """The passage cut at these gaps, each part trimmed; a gap at either end cuts nothing off but itself."""
    parts, place = [], 0
    for start, end in gaps:
        parts.append(passage[place:start].strip())
        place = end
    parts.append(passage[place:].strip())
    return tuple(part for part in parts if part)
