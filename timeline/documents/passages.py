"""Passages: where the words that a row cites stand in its document.

In: a Text, and the cells `locator` and `passage`. Out: a Citation, which says exactly one of `exact`, `folded`,
`fuzzy`, `ambiguous`, `missing` and `no text`, and where; and the passage in its context, in pieces for a card. It must
not know tables, links or the page.

The search runs over all paragraphs as one folded string. So a passage may run on into the next paragraphs, and what is
found knows its place in the original to the character. First the paragraph that the locator names is searched, then
the whole text; only when the words stand nowhere is anything similar considered.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from timeline.documents.folding import fold
from timeline.documents.likeness import Likeness, most_alike
from timeline.documents.texts import Text, Unavailable
from timeline.documents.wording import Locator, read_locator, readings, split

Kind = Literal["exact", "folded", "fuzzy", "ambiguous", "missing", "no text"]

RUN_ON = 3  # so many paragraphs after the one where it begins may a passage end
PLACES = 1000  # more places than that are not counted: a hostile text must not cost more than an honest one
CONTEXT_CHARACTERS = 3000  # so much is shown on each side of a passage, and of each paragraph beside it

_LETTER = re.compile(r"\w")
_HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Citation:
    """What became of a citation.

    The passage lies from character `start` of paragraph `paragraph` up to, not including, character `end` of
    paragraph `end_paragraph` (numbered from 1, offsets within the paragraphs as the Text has them); `paragraph` is
    None when it was not found. Of several places the first is given. `score` (0 to 1) is that of a fuzzy match.
    """

    kind: Kind
    score: float | None = None
    places: int = 0
    paragraph: int | None = None
    start: int = 0
    end: int = 0
    end_paragraph: int | None = None
    note: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one paragraph, cited or not."""

    paragraph: int
    text: str
    cited: bool


def resolve(text: Text | Unavailable | None, locator: str, passage: str) -> Citation:
    """Find `passage` (words, or first words … last words) in `text`, beginning where `locator` says.

    A passage found once at its locator is settled, whatever stands elsewhere. Without a locator, or when the words are
    not where it says, the whole text counts. Never raises; takes time linear in the text.
    """
    if text is None:
        return Citation("no text", note="The text of the document is not at hand.")
    if isinstance(text, Unavailable):
        return Citation("no text", note=text.reason)
    if not passage.strip():
        return Citation("no text", note="The row cites no passage.")
    if not _LETTER.search(passage):
        return Citation("missing", note="The passage holds no word.")
    where = read_locator(locator)
    at = _located(text, where)
    ways = readings(passage)
    if at is not None:
        for parts in ways:
            places = _places(text, parts, at, at)
            if places:
                return _settled(text, places, "")
    for parts in ways:
        places = _places(text, parts, 1, len(text.paragraphs))
        if places:
            return _settled(text, places, _displaced(text, where, at, places[0]))
    parts = split(passage)
    if len(parts) > 1 and _places(text, (" ".join(parts),), 1, len(text.paragraphs)):
        return Citation("missing", note="The ellipsis stands for no word here: the words follow each other.")
    return _similar(text, parts, where, at)


def context(text: Text, citation: Citation, before: int = 1, after: int = 1) -> tuple[Piece, ...]:
    """The cited paragraphs with `before` and `after` more around them, cut into cited and other stretches.

    Joined, the pieces of a paragraph are the paragraph, unless it is very long: then an ellipsis marks the cut. Empty
    when the passage was not found.
    """
    first, last = citation.paragraph, citation.end_paragraph
    if first is None or last is None or not 1 <= first <= last <= len(text.paragraphs):
        return ()
    pieces: list[Piece] = []
    for number in range(max(1, first - before), first):
        pieces.append(Piece(number, _tail(text.paragraphs[number - 1]), False))
    for number in range(first, last + 1):
        paragraph = text.paragraphs[number - 1]
        start = citation.start if number == first else 0
        end = citation.end if number == last else len(paragraph)
        pieces.append(Piece(number, _tail(paragraph[:start]), False))
        pieces.append(Piece(number, paragraph[start:end], True))
        pieces.append(Piece(number, _head(paragraph[end:]), False))
    for number in range(last + 1, min(len(text.paragraphs), last + after) + 1):
        pieces.append(Piece(number, _head(text.paragraphs[number - 1]), False))
    return tuple(piece for piece in pieces if piece.text)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int  # in Text.whole
    end: int
    exact: bool


def _places(text: Text, parts: tuple[str, ...], first: int, last: int) -> list[_Place]:
    """The places of a reading that begin in the paragraphs `first` to `last`; only the exact ones if there are any."""
    folded, whole = text.folded, text.whole
    needles = [fold(part).text.strip(" ") for part in parts]
    if not needles or not all(_LETTER.search(needle) for needle in needles):
        return []
    low, high = _folded_start(text, first), _folded_start(text, last + 1)
    seekers = [_Seeker(text, needle) for needle in needles]
    places: list[_Place] = []
    for start in seekers[0].all(low, high):
        limit = _folded_start(text, _paragraph(text, folded.starts[start]) + RUN_ON + 1)
        spans = _chain(folded.text, seekers, start, limit)
        if spans:
            exact = all(
                whole[slice(*folded.original(*span))].replace("\n", " ") == part.replace("\n", " ")
                for span, part in zip(spans, parts, strict=True)
            )
            begin, end = folded.original(spans[0][0], spans[-1][1])
            places.append(_Place(begin, end, exact))
            if len(places) >= PLACES:
                break
    return [place for place in places if place.exact] or places


def _chain(hay: str, seekers: list[_Seeker], start: int, limit: int) -> list[tuple[int, int]]:
    """The folded stretches of all parts, the first at `start`, each further one the nearest with a word between."""
    spans = [(start, start + len(seekers[0].needle))]
    for seeker in seekers[1:]:
        gap = _LETTER.search(hay, spans[-1][1], limit)
        found = seeker.after(gap.end()) if gap else -1
        if found < 0 or found + len(seeker.needle) > limit:
            return []
        spans.append((found, found + len(seeker.needle)))
    return spans


class _Seeker:
    """Finds one part, word by word, ever further on; what it found stays known, so that all asking is linear."""

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

    `war` is no word of `warning`, `war's`, `war-torn`; `14` no number of `2014`, `3.14`, `14-16`. A dash between
    words, even without spaces, does divide them.
    """
    hay = text.folded.text
    if not 0 < place < len(hay):
        return False
    left, right = hay[place - 1], hay[place]
    if _LETTER.match(left) and (_LETTER.match(right) or unicodedata.combining(right)):
        return True
    for joint in (place, place - 1):  # the mark between may lie on either side of the cut
        if 0 < joint < len(hay) - 1 and _joins(text, joint):
            return True
    return False


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


def _located(text: Text, where: Locator | None) -> int | None:
    """The paragraph that the locator names, when this text has it."""
    if where is None or (where.unit == "page") != text.pages:
        return None
    return where.number if 1 <= where.number <= len(text.paragraphs) else None


def _paragraph(text: Text, offset: int) -> int:
    return bisect_right(text.begins, offset)


def _folded_start(text: Text, paragraph: int) -> int:
    """Where a paragraph begins in the folded text; its end for one beyond the last."""
    if paragraph > len(text.paragraphs):
        return len(text.folded.text)
    return bisect_left(text.folded.starts, text.begins[paragraph - 1])


def _spot(text: Text, start: int, end: int) -> tuple[int, int, int, int]:
    """(paragraph, start, end, end paragraph) of a stretch of Text.whole."""
    first, last = _paragraph(text, start), _paragraph(text, max(start, end - 1))
    return first, start - text.begins[first - 1], end - text.begins[last - 1], last


def _name(text: Text, paragraph: int) -> str:
    return str(Locator("page" if text.pages else "para", paragraph))


def _settled(text: Text, places: list[_Place], displaced: str) -> Citation:
    first, start, end, last = _spot(text, places[0].start, places[0].end)
    if len(places) > 1:
        spots = [_name(text, _paragraph(text, place.start)) for place in places[:5]]
        more = ", ..." if len(places) > 5 else ""
        count = f"at least {PLACES}" if len(places) >= PLACES else str(len(places))
        note = f"The passage stands in {count} places: {', '.join(spots)}{more}."
        return Citation("ambiguous", None, len(places), first, start, end, last, note)
    kind: Kind = "exact" if places[0].exact else "folded"
    return Citation(kind, None, 1, first, start, end, last, displaced, bool(displaced))


def _displaced(text: Text, where: Locator | None, at: int | None, place: _Place) -> str:
    if where is None:
        return ""
    found = f"The passage stands in {_name(text, _paragraph(text, place.start))}, not in {where}"
    if at is not None:
        return f"{found}."
    unit = "pages" if text.pages else "paragraphs"
    if (where.unit == "page") != text.pages:
        return f"{found}: this text is counted in {unit}."
    return f"{found}: this text has {len(text.paragraphs)} {unit}."


def _similar(text: Text, parts: tuple[str, ...], where: Locator | None, at: int | None) -> Citation:
    needles = tuple(fold(part).text.strip(" ") for part in parts)
    limits = [_folded_start(text, number) for number in range(2, len(text.paragraphs) + 2)]
    found: Likeness | None = None
    if at is not None:
        found = most_alike(text, needles, (_folded_start(text, at), limits[at - 1]), limits, RUN_ON)
    if found is None or not found.accepted:
        elsewhere = most_alike(text, needles, None, limits, RUN_ON)
        if elsewhere is not None and (found is None or elsewhere.accepted):
            found = elsewhere
    if found is None:
        return Citation("missing", note="Nothing like the passage stands in the text.")
    start, end = text.folded.original(found.start, found.end)
    first, begin, stop, last = _spot(text, start, end)
    name = _name(text, first)
    if not found.accepted:
        differs = f", but {found.differs}" if found.differs else ""
        return Citation("missing", note=f"The most similar words stand in {name} (score {found.score:.2f}){differs}.")
    if found.places > 1:
        note = f"Words only similar to the passage stand in {found.places} places, first in {name}."
        return Citation("ambiguous", None, found.places, first, begin, stop, last, note)
    away = where is not None and first != at
    note = f"Words only similar to the passage stand in {name}" + (f", not in {where}." if away else ".")
    return Citation("fuzzy", round(found.score, 3), 1, first, begin, stop, last, note, away)


def _tail(text: str) -> str:
    return text if len(text) <= CONTEXT_CHARACTERS else "… " + text[-CONTEXT_CHARACTERS:].split(maxsplit=1)[-1]


def _head(text: str) -> str:
    return text if len(text) <= CONTEXT_CHARACTERS else text[:CONTEXT_CHARACTERS].rsplit(maxsplit=1)[0] + " …"
