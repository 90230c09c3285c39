"""Forms: a row filled in as far as a document tells, for a person to finish.

In: a document's text, a candidate or a selection in it, the cast of actors. Out: cells by column, each what the
document says, or empty; title, summary and category are never guessed. It must not know files, the page, or how a row
is saved.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.curating.shelf import Shelved
from timeline.documents.acting import Cast, actors_in, new_names
from timeline.documents.finding import Candidate, quoted
from timeline.documents.mentioned import sentence_span
from timeline.documents.passages import resolve
from timeline.documents.searching import RUN_ON
from timeline.documents.texts import Text
from timeline.table.limits import PASSAGE_LEAST_WORDS
from timeline.table.names import slug, unique
from timeline.table.passages import words_in
from timeline.table.when import When, read_date

_WORD = re.compile(r"\S+")


class NoSuchPlace(ValueError):
    """A place that the document does not have; the text says which."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From character `start` of paragraph `first` (from 1) up to character `end` of paragraph `last`."""

    first: int
    start: int
    last: int
    end: int

    def words(self, text: Text) -> str:
        """What stands there; paragraphs follow each other after a space."""
        if self.first == self.last:
            return text.paragraphs[self.first - 1][self.start : self.end]
        middle = text.paragraphs[self.first : self.last - 1]
        ends = text.paragraphs[self.first - 1][self.start :], text.paragraphs[self.last - 1][: self.end]
        return " ".join((ends[0], *middle, ends[1]))

    def holds(self, candidate: Candidate) -> bool:
        """Whether a candidate lies wholly inside."""
        at = candidate.paragraph
        return (self.first, self.start) <= (at, candidate.start) and (at, candidate.end) <= (self.last, self.end)


def selected(text: Text, first: tuple[int, int], last: tuple[int, int]) -> Stretch:
    """A selection from (paragraph, offset) to (paragraph, offset), widened to whole words and without blanks at its
    ends. Raises NoSuchPlace where the text has no such place, or nothing is selected."""
    if first > last:
        first, last = last, first
    for paragraph, offset in (first, last):
        if not 1 <= paragraph <= len(text.paragraphs) or not 0 <= offset <= len(text.paragraphs[paragraph - 1]):
            raise NoSuchPlace("The document has no such place; it may have changed. Open it again.")
    if last[0] - first[0] > RUN_ON:
        raise NoSuchPlace(f"A passage ends at most {RUN_ON} paragraphs after the one in which it begins. Select less.")
    (a, start), (b, end) = first, last
    if b > a and not text.paragraphs[b - 1][:end].strip():
        b, end = b - 1, len(text.paragraphs[b - 2])
    opening, closing = text.paragraphs[a - 1], text.paragraphs[b - 1]
    touched = next((w for w in _WORD.finditer(opening) if w.end() > start), None)
    if touched is None and b > a:
        return selected(text, (a + 1, 0), (b, end))
    before = [w for w in _WORD.finditer(closing) if w.start() < end]
    if touched is None or not before or (a, touched.start()) >= (b, before[-1].end()):
        raise NoSuchPlace("Nothing is selected: mark the words that state the event.")
    return Stretch(a, touched.start(), b, before[-1].end())


def sentence_of(text: Text, candidate: Candidate) -> Stretch:
    """The sentence in which a candidate stands, as its passage names it."""
    start, end = sentence_span(text, candidate)
    return selected(text, (candidate.paragraph, start), (candidate.paragraph, end))


def passage_of(text: Text, stretch: Stretch) -> tuple[str, str]:
    """(locator, passage) of a stretch: its first and last words, or the whole paragraph's where it is too short to
    prove anything or stands in several places."""
    locator = f"{'p.' if text.pages else 'para.'} {stretch.first}"
    passage = quoted(stretch.words(text))
    if words_in(passage.replace("…", " ")) >= PASSAGE_LEAST_WORDS and resolve(text, locator, passage).kind in (
        "exact",
        "folded",
    ):
        return locator, passage
    whole = Stretch(stretch.first, 0, stretch.last, len(text.paragraphs[stretch.last - 1]))
    wider = quoted(whole.words(text))
    return locator, wider if resolve(text, locator, wider).kind in ("exact", "folded") else passage


def form_key(document: str, stretch: Stretch) -> str:
    """A name for the form of a selection, the same after every restart."""
    parts = (document, stretch.first, stretch.start, stretch.last, stretch.end)
    return "s" + hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:15]


def status_of(date: str, document: Shelved) -> str:
    """`planned` for what begins only after the document appeared, else `reported`."""
    when, appeared = read_date(date) if date else None, document.appeared
    ahead = isinstance(when, When) and appeared is not None and when.start >= appeared.end
    return "planned" if ahead else "reported"


@dataclass(frozen=True, slots=True)
class Form:
    """A row to be finished: its cells, the capitalised names in it that are no actors yet, and the words that date
    it ("" when none do) with what they were counted from."""

    row: dict[str, str]
    new_actors: tuple[str, ...]
    quote: str
    anchor: str


def fill(
    columns: Iterable[str], document: Shelved, text: Text, stretch: Stretch, told: Candidate | None, cast: Cast,
    taken: Iterable[str],
) -> Form:  # fmt: skip
    """The form for a stretch of a document, dated by the candidate `told`; `taken` are the ids in use."""
    locator, passage = passage_of(text, stretch)
    words = stretch.words(text)
    date = told.value if told else ""
    row = dict.fromkeys(columns, "")
    row |= {
        "id": row_id(document.id, locator, taken),
        "date": date,
        "actors": ";".join(actors_in(words, cast)),
        "status": status_of(date, document),
        "document": document.id,
        "locator": locator,
        "passage": passage,
    }
    quote, anchor = (told.quote, told.anchor) if told else ("", "")
    return Form(row, tuple(new_names(words, cast, date_spans(words, told))), quote, anchor)


def date_spans(words: str, told: Candidate | None) -> list[tuple[int, int]]:
    """Where the words of a date stand in a sentence, so that they are not taken for names."""
    if told is None or not told.quote:
        return []
    at = words.find(told.quote)
    return [(at, at + len(told.quote))] if at >= 0 else []


def row_id(document: str, locator: str, taken: Iterable[str], title: str = "", date: str = "") -> str:
    """An id that no row has: of the title and the year once there is a title, else of the document and the locator."""
    year = re.match(r"-?[0-9]{4}", date)
    wanted = f"{title[:60]} {year.group() if year else ''}" if title.strip() else f"{document[:66]} {locator}"
    return unique(slug(wanted), set(taken))


def first_dated(candidates: Sequence[Candidate], stretch: Stretch) -> Candidate | None:
    """The first date that stands in a stretch and can be told."""
    return next((one for one in candidates if one.value and stretch.holds(one)), None)
