"""Passages: where the words that a row cites stand in its document.

In: a Text, and the cells `locator` and `passage`. Out: a Citation, which says exactly one of `exact`,
`folded`, `fuzzy`, `ambiguous`, `missing` and `no text`, and where; and the passage in its context, in pieces
for a card. It must not know tables, links or the page.

The search runs over all paragraphs as one folded string. So a passage may run on into the next paragraphs,
and what is found knows its place in the original to the character. First the paragraph that the locator names
is searched, then the whole text; only when the words stand nowhere is anything similar considered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from timeline.documents.folding import fold
from timeline.documents.likeness import Likeness, most_alike
from timeline.documents.searching import PLACES, RUN_ON, Place, folded_start, paragraph_of, places_of
from timeline.documents.texts import Text, Unavailable
from timeline.documents.wording import Locator, read_locator, readings, split

Kind = Literal["exact", "folded", "fuzzy", "ambiguous", "missing", "no text"]

CONTEXT_CHARACTERS = 3000  # so much is shown on each side of a passage, and of each paragraph beside it

_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Citation:
    """What became of a citation.

    The passage lies from character `start` of paragraph `paragraph` up to, not including, character `end` of
    paragraph `end_paragraph` (numbered from 1, offsets within the paragraphs as the Text has them);
    `paragraph` is None when it was not found. Of several places the first is given. `score` (0 to 1) is that
    of a fuzzy match.
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

    A passage found once at its locator is settled, whatever stands elsewhere. Without a locator, or when the
    words are not where it says, the whole text counts. Never raises; takes time linear in the text.
    """
    if text is None:
        return Citation("no text", note="The text of the document is not at hand.")
    if isinstance(text, Unavailable):
        return Citation("no text", note=text.reason)
    if not passage.strip():
        return Citation("no text", note="The row cites no passage.")
    if not _LETTER.search(fold(passage).text):
        return Citation("missing", note="The passage holds no word.")
    where = read_locator(locator)
    at = _located(text, where)
    ways = readings(passage)
    if at is not None:
        for parts in ways:
            places = places_of(text, parts, at, at)
            if places:
                return _settled(text, places, "")
    for parts in ways:
        places = places_of(text, parts, 1, len(text.paragraphs))
        if places:
            return _settled(text, places, _displaced(text, where, at, places[0]))
    if at is not None and not text.paragraphs[at - 1]:
        return Citation("no text", note=f"Page {at} holds no text: it is a picture, or empty, or broken.")
    parts = split(passage)
    if len(parts) > 1 and places_of(text, (" ".join(parts),), 1, len(text.paragraphs)):
        return Citation("missing", note="The ellipsis stands for no word here: the words follow each other.")
    return _similar(text, parts, where, at)


def context(text: Text, citation: Citation, before: int = 1, after: int = 1) -> tuple[Piece, ...]:
    """The cited paragraphs with `before` and `after` more around them, cut into cited and other stretches.

    Joined, the pieces of a paragraph are the paragraph, unless it is very long: then an ellipsis marks the
    cut. Empty when the passage was not found.
    """
    first, last = citation.paragraph, citation.end_paragraph
    if first is None or last is None or not 1 <= first <= last <= len(text.paragraphs):
        return ()
    pieces: list[Piece] = []
    preceding = range(max(1, first - before), first)
    pieces += [Piece(number, _tail(text.paragraphs[number - 1]), False) for number in preceding]
    for number in range(first, last + 1):
        paragraph = text.paragraphs[number - 1]
        start = citation.start if number == first else 0
        end = citation.end if number == last else len(paragraph)
        pieces.append(Piece(number, _tail(paragraph[:start]), False))
        pieces.append(Piece(number, paragraph[start:end], True))
        pieces.append(Piece(number, _head(paragraph[end:]), False))
    following = range(last + 1, min(len(text.paragraphs), last + after) + 1)
    pieces += [Piece(number, _head(text.paragraphs[number - 1]), False) for number in following]
    return tuple(piece for piece in pieces if piece.text)


def _located(text: Text, where: Locator | None) -> int | None:
    """The paragraph that the locator names, when this text has it."""
    if where is None or (where.unit == "page") != text.pages:
        return None
    return where.number if 1 <= where.number <= len(text.paragraphs) else None


def _spot(text: Text, start: int, end: int) -> tuple[int, int, int, int]:
    """(paragraph, start, end, end paragraph) of a stretch of Text.whole."""
    first, last = paragraph_of(text, start), paragraph_of(text, max(start, end - 1))
    return first, start - text.begins[first - 1], end - text.begins[last - 1], last


def _name(text: Text, paragraph: int) -> str:
    return str(Locator("page" if text.pages else "para", paragraph))


def _settled(text: Text, places: list[Place], displaced: str) -> Citation:
    first, start, end, last = _spot(text, places[0].start, places[0].end)
    if len(places) > 1:
        spots = [_name(text, paragraph_of(text, place.start)) for place in places[:5]]
        more = ", ..." if len(places) > 5 else ""
        count = f"at least {PLACES}" if len(places) >= PLACES else str(len(places))
        note = f"The passage stands in {count} places: {', '.join(spots)}{more}."
        return Citation("ambiguous", None, len(places), first, start, end, last, note)
    kind: Kind = "exact" if places[0].exact else "folded"
    return Citation(kind, None, 1, first, start, end, last, displaced, bool(displaced))


def _displaced(text: Text, where: Locator | None, at: int | None, place: Place) -> str:
    if where is None:
        return ""
    found = f"The passage stands in {_name(text, paragraph_of(text, place.start))}, not in {where}"
    if at is not None:
        return f"{found}."
    unit = "pages" if text.pages else "paragraphs"
    if (where.unit == "page") != text.pages:
        return f"{found}: this text is counted in {unit}."
    return f"{found}: this text has {len(text.paragraphs)} {unit}."


def _similar(text: Text, parts: tuple[str, ...], where: Locator | None, at: int | None) -> Citation:
    folded = (fold(part).text.strip(" ") for part in parts)
    needles = tuple(needle for needle in folded if _LETTER.search(needle))
    if not needles:
        return Citation("missing", note="The passage holds no word.")
    limits = [folded_start(text, number) for number in range(2, len(text.paragraphs) + 2)]
    found: Likeness | None = None
    if at is not None:
        found = most_alike(text, needles, (folded_start(text, at), limits[at - 1]), limits, RUN_ON)
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
        note = f"The most similar words stand in {name} (score {found.score:.2f}){differs}."
        return Citation("missing", note=note)
    if found.places > 1:
        note = f"Words only similar to the passage stand in {found.places} places, first in {name}."
        return Citation("ambiguous", None, found.places, first, begin, stop, last, note)
    away = where is not None and first != at
    note = f"Words only similar to the passage stand in {name}" + (f", not in {where}." if away else ".")
    return Citation("fuzzy", round(found.score, 3), 1, first, begin, stop, last, note, away)


def _tail(text: str) -> str:
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    return "… " + text[-CONTEXT_CHARACTERS:].split(maxsplit=1)[-1]


def _head(text: str) -> str:
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    return text[:CONTEXT_CHARACTERS].rsplit(maxsplit=1)[0] + " …"
