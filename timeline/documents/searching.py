"""Searching: all places of a passage's words in a text.

In: a Text, and the parts of a passage. Out: where the parts stand in order, and whether to the letter. It
must not know what a locator is, nor what many places mean.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from timeline.documents.folding import fold
from timeline.documents.texts import Text

RUN_ON = 3  # so many paragraphs after the one where it begins may a passage end
PLACES = 1000  # more places are not counted: a hostile text must not cost more than an honest one

_LETTER = re.compile(r"\w")
_HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Place:
    start: int  # in Text.whole
    end: int
    exact: bool


def places_of(text: Text, parts: tuple[str, ...], first: int, last: int) -> list[Place]:
    """The places of a reading that begin in the paragraphs `first` to `last`; only the exact ones if there
    are any."""
    folded, whole = text.folded, text.whole
    needles = [fold(part).text.strip(" ") for part in parts]
    if not needles or not all(_LETTER.search(needle) for needle in needles):
        return []
    low, high = folded_start(text, first), folded_start(text, last + 1)
    seekers = [_Seeker(text, needle) for needle in needles]
    places: list[Place] = []
    for start in seekers[0].all(low, high):
        limit = folded_start(text, paragraph_of(text, folded.starts[start]) + RUN_ON + 1)
        spans = _chain(folded.text, seekers, start, limit)
        if spans:
            exact = all(
                _on_one_line(whole[slice(*folded.original(*span))]) == _on_one_line(part)
                for span, part in zip(spans, parts, strict=True)
            )
            begin, end = folded.original(spans[0][0], spans[-1][1])
            places.append(Place(begin, end, exact and not any(_mended(text, *span) for span in spans)))
            if len(places) >= PLACES:
                break
        elif any(seeker.spent for seeker in seekers[1:]):
            break
    return [place for place in places if place.exact] or places


def _mended(text: Text, start: int, end: int) -> bool:
    """Whether reading changed something within a folded stretch: then the words are as we read them, not to the
    letter as they are in the file."""
    begin, stop = text.folded.original(start, end)
    place = bisect_left(text.mended, begin)
    return place < len(text.mended) and text.mended[place] < stop


def _on_one_line(words: str) -> str:
    """Over the end of a paragraph a passage may be written with a space or a line end."""
    return words.replace("\r\n", " ").replace("\n", " ").replace("\u2029", " ")


def _chain(hay: str, seekers: list[_Seeker], start: int, limit: int) -> list[tuple[int, int]]:
    """The folded stretches of all parts, the first at `start`, each further one the nearest with a word
    between."""
    spans = [(start, start + len(seekers[0].needle))]
    for seeker in seekers[1:]:
        gap = _LETTER.search(hay, spans[-1][1], limit)
        found = seeker.after(gap.end()) if gap else -1
        if found < 0 or found + len(seeker.needle) > limit:
            return []
        spans.append((found, found + len(seeker.needle)))
    return spans


class _Seeker:
    """Finds one part, word by word, ever further on; what it found stays known, so that all asking is
    linear."""

    def __init__(self, text: Text, needle: str) -> None:
        self.needle = needle
        self._text = text
        self._asked = self._found = -2

    def all(self, low: int, high: int) -> Iterator[int]:
        """All starts from `low` up to, not including, `high`."""
        start = self._next(low)
        while 0 <= start < high:
            yield start
            start = self._next(start + 1)

    def after(self, place: int) -> int:
        """The first start at `place` or later, -1 for none; to be asked with growing places."""
        if self._asked == -2 or (self._found != -1 and place > self._found) or place < self._asked:
            self._asked, self._found = place, self._next(place)
        return self._found

    @property
    def spent(self) -> bool:
        """Whether there is none from where it was last asked for."""
        return self._found == -1

    def _next(self, place: int) -> int:
        hay = self._text.folded.text
        start = hay.find(self.needle, place)
        while start >= 0:
            end = start + len(self.needle)
            if not _cuts_a_word(self._text, start) and not _cuts_a_word(self._text, end):
                return start
            start = hay.find(self.needle, start + 1)
        return -1


def _cuts_a_word(text: Text, place: int) -> bool:
    """Whether a cut before the folded character at `place` goes through a word or a number.

    `war` is no word of `warning`, `war's`, `war-torn`; `14` no number of `2014`, `3.14`, `14-16`. A dash
    between words, even without spaces, does divide them.
    """
    hay = text.folded.text
    if not 0 < place < len(hay):
        return False
    left, right = hay[place - 1], hay[place]
    if _LETTER.match(left) and (_LETTER.match(right) or unicodedata.combining(right)):
        return True
    # The mark between may lie on either side of the cut.
    return any(0 < joint < len(hay) - 1 and _joins(text, joint) for joint in (place, place - 1))


def _joins(text: Text, place: int) -> bool:
    hay = text.folded.text
    left, mark, right = hay[place - 1], hay[place], hay[place + 1]
    if left.isdigit() and right.isdigit():
        return mark in ".,:/-'"
    if mark == "'":
        return left.isalpha() and right.isalpha()
    # Folding made one of hyphens and dashes: only the original tells them apart.
    written = text.whole[text.folded.starts[place] : text.folded.ends[place]]
    return written in _HYPHENS and left.isalnum() and right.isalnum()


def paragraph_of(text: Text, offset: int) -> int:
    return bisect_right(text.begins, offset)


def folded_start(text: Text, paragraph: int) -> int:
    """Where a paragraph begins in the folded text; its end for one beyond the last."""
    if paragraph > len(text.paragraphs):
        return len(text.folded.text)
    return bisect_left(text.folded.starts, text.begins[paragraph - 1])
