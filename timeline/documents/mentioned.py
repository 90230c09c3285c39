"""Mentioned: who is named beside each date of a document.

In: a Text, its candidates, the cast of actors. Out: where the sentence of a candidate lies, and who is named in it. It
must not know tables, rows or the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.documents.acting import Cast, actors_in, new_names
from timeline.documents.finding import Candidate
from timeline.documents.passages import resolve
from timeline.documents.texts import Text

_AROUND = 400
"""Characters before and after a date among which people are sought where its sentence cannot be told."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The actors that a sentence names, and the capitalised names in it that are none yet."""

    actors: tuple[str, ...]
    new: tuple[str, ...]


def sentence_span(text: Text, candidate: Candidate) -> tuple[int, int]:
    """Where the sentence of a candidate begins and ends in its paragraph."""
    found = resolve(text, candidate.locator, candidate.passage)
    if found.paragraph == candidate.paragraph == found.end_paragraph and found.start <= candidate.start < found.end:
        return found.start, found.end
    length = len(text.paragraphs[candidate.paragraph - 1])
    return max(0, candidate.start - _AROUND), min(length, candidate.end + _AROUND)


def mentioned(text: Text, candidates: Iterable[Candidate], cast: Cast) -> list[Mentioned]:
    """Who is named in the sentence of each candidate, in their order."""
    found = []
    for one in candidates:
        start, end = sentence_span(text, one)
        sentence = text.paragraphs[one.paragraph - 1][start:end]
        dates = [(one.start - start, one.end - start)]
        found.append(Mentioned(tuple(actors_in(sentence, cast)), tuple(new_names(sentence, cast, dates))))
    return found
