"""Copying: runs of words that a row shares with a document, though a row speaks in its curator's own words.

In: the texts of cells, and of documents. Out: the runs, each with where it stands. It must not know tables or
files.

Words are compared without case and punctuation. A citation may quote eight words from each end of a passage;
nine in a row are a sentence of somebody else. Only the cells' runs are kept in memory, so that a long document
costs time and no space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RUN = 9  # words
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copied:
    """`words` stand one after the other in the cell and in paragraph `paragraph` (from 1) of the document."""

    cell: int
    words: str
    document: str
    paragraph: int


def copied(
    cells: Iterable[str], documents: Mapping[str, Iterable[str]], allowed: Iterable[str] = (), *, run: int = RUN
) -> list[Copied]:
    """The first shared run of each cell with each document (paragraphs by id), in the order of the cells.

    Runs that also stand in `allowed` (titles of documents) are bibliographic facts and do not count.
    """
    wanted: dict[tuple[str, ...], list[int]] = {}
    for number, cell in enumerate(cells):
        for gram in dict.fromkeys(_grams(cell, run)):
            wanted.setdefault(gram, []).append(number)
    for text in allowed:
        for gram in _grams(text, run):
            wanted.pop(gram, None)
    if not wanted:
        return []
    found: dict[tuple[int, str], Copied] = {}
    for document, paragraphs in documents.items():
        for place, paragraph in enumerate(paragraphs, 1):
            for gram in _grams(paragraph, run):
                for number in wanted.get(gram, ()):
                    found.setdefault((number, document), Copied(number, " ".join(gram), document, place))
    return [found[key] for key in sorted(found)]


def _grams(text: str, run: int) -> Iterable[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return zip(*(words[offset:] for offset in range(run)), strict=False)
