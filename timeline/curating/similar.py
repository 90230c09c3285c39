"""Similar: the rows of a table that tell what a row at hand tells, with the reasons in words.

In: a Dataset, made into an Alike once; the date, actors, words and place of a row. Out: Similar rows, the likeliest
first. It must not know files, the page, or what a curator does about them.

- *duplicate*: the same document, and passages that overlap; *near duplicate*: the same document and date, alike words.
- *same event*: the dates touch (no two rows of different times are one event), and actors and words speak for it. A
  name or word weighs more the fewer rows have it; an actor counts for all that it is part of, at less weight. A date
  weighs more the narrower it is: two rows "in 2014" have little in common.

All rows are compared at once, as sums over arrays of links; 100,000 rows take some hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from timeline.curating.weighing import Floats, links_of, weighed_words
from timeline.table.actors import ancestors
from timeline.table.dataset import Dataset

Kind = Literal["duplicate", "near duplicate", "same event"]
Span = tuple[tuple[int, int], tuple[int, int]]
"""Where a passage stands: (paragraph, offset) of its beginning and of its end."""

SHOWN = 5
ENOUGH = 0.35
"""The score from which rows are taken for the same event."""
# Weights of a logistic regression on the shipped table's own groups: of the nearness of the dates, of actors, of words.
# With its title a row is known by its words; before it has one, by who took part and when.
_BY_WORDS = (2.0, 0.0, 17.0, -16.0)
_BY_ACTORS = (3.2, 3.3, 1.8, -5.8)
_LESS = 0.8  # what the second of the two is worth beside the first
_ALIKE, _VERY = 0.22, 0.45  # cosines of words that are "alike", and "much alike"
_PART = 0.5  # the weight of an actor that only one that is part of it names


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells: its bounds in days (NaN when undated), actors, words and document, and where its passage
    stands, None when that is not known."""

    start: float
    end: float
    actors: tuple[str, ...]
    title: str
    summary: str
    document: str
    span: Span | None = None
    cited: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Similar:
    """A row that is like another, by its position in `mentions`; `score` is 0 to 1, `why` reads as a list."""

    position: int
    kind: Kind
    score: float
    why: tuple[str, ...]


class Alike:
    """The rows of a dataset, ready to be compared with any row. Never changes; `before` is that of the table as it was,
    whose rows need not be read again."""

    def __init__(self, dataset: Dataset, before: Alike | None = None) -> None:
        mentions = dataset.mentions
        self.start, self.end = (mentions[name].to_numpy(dtype=float) for name in ("start", "end"))
        self.documents = mentions["document"].to_numpy(dtype=object)
        self.cited = list(zip(mentions["locator"].tolist(), mentions["passage"].tolist(), strict=True))
        self._above = ancestors(dataset.actors)
        known: dict[tuple[str, str], dict[str, float]] = before._words if before is not None else {}
        self._words: dict[tuple[str, str], dict[str, float]] = {}
        told = []
        for texts in zip(mentions["title"].tolist(), mentions["summary"].tolist(), strict=True):
            words = self._words[texts] = known.get(texts) or weighed_words(*texts)
            told.append(words)
        self.words = links_of(told, len(mentions))
        casts: list[list[str]] = [[] for _ in range(len(mentions))]
        bridge = dataset.mention_actors
        for row, actor in zip(bridge["mention"].tolist(), bridge["actor"].tolist(), strict=True):
            casts[row].append(actor)
        self.casts = casts
        self.actors = links_of([self._rolled(cast) for cast in casts], len(mentions))

    def _rolled(self, cast: Iterable[str]) -> dict[str, float]:
        """Actors, and those that they are part of at less weight the farther up."""
        found: dict[str, float] = {}
        for name in cast:
            weight = 1.0
            for each in (name, *self._above.get(name, ())):
                found[each] = max(found.get(each, 0.0), weight)
                weight *= _PART
        return found

    def similar(
        self, told: Told, own: int | None = None, spans: Mapping[int, Span] | None = None, most: int = SHOWN
    ) -> list[Similar]:
        """The rows most like this one, `own` (its position, when it is a row already) left out; `spans` are the places
        of the passages of the rows of its document, as far as they were found."""
        words = self.words.cosines(weighed_words(told.title, told.summary))
        actors = self.actors.cosines(self._rolled(told.actors))
        touch, nearness = self._dates(told)
        alike = np.minimum(1.0, words / _VERY)
        by_words, by_actors = (_chance(weights, nearness, actors, alike) for weights in (_BY_WORDS, _BY_ACTORS))
        scores = np.where(touch, np.maximum(by_words, _LESS * by_actors), 0.0)
        here = self.documents == told.document
        maybe = np.flatnonzero((scores >= ENOUGH) | (here & (touch | (words >= _ALIKE))))
        found = []
        for position in maybe[np.argsort(-scores[maybe], kind="stable")].tolist():
            if position == own:
                continue
            same = bool(here[position])
            equal = bool(self.start[position] == told.start and self.end[position] == told.end)
            twice = same and self._overlaps(position, told, spans or {})
            kind: Kind
            score = float(scores[position])
            if twice and (touch[position] or words[position] >= _VERY):
                kind, score = "duplicate", max(score, 0.9)
            elif same and (equal or np.isnan(told.start)) and words[position] >= _VERY:
                kind, score = "near duplicate", max(score, 0.7)
            elif touch[position] and score >= ENOUGH:
                kind = "same event"
            else:
                continue
            why = self._why(position, told, twice, equal, bool(touch[position]), float(words[position]))
            found.append(Similar(position, kind, round(min(score, 1.0), 3), why))
        found.sort(key=lambda one: -one.score)
        return found[:most]

    def _dates(self, told: Told) -> tuple[npt.NDArray[np.bool_], Floats]:
        """Which rows' dates touch that of the row, and how near they are: 1 for one day, little for two wide dates."""
        if np.isnan(told.start):
            return np.zeros(len(self.start), dtype=bool), np.zeros(len(self.start))
        with np.errstate(invalid="ignore"):
            touch = (self.start < told.end) & (told.start < self.end)
            both = np.minimum(self.end, told.end) - np.maximum(self.start, told.start)
            either = np.maximum(self.end, told.end) - np.minimum(self.start, told.start)
            share = np.where(np.isfinite(either) & (either > 0), both / either, 0.0)
            # A year is told by many rows, a day by few: log10 of the days, from 1 for a day to 0 for ten years.
            narrow = np.clip(1.0 - np.log10(np.maximum(either, 1.0)) / 3.6, 0.0, 1.0)
        return touch, np.where(touch, 0.5 * share + 0.5 * np.nan_to_num(narrow), 0.0)

    def _overlaps(self, position: int, told: Told, spans: Mapping[int, Span]) -> bool:
        """Whether a row of the same document cites what this one cites."""
        span = spans.get(position)
        if span is not None and told.span is not None:
            return span[0] < told.span[1] and told.span[0] < span[1]
        return bool(told.cited[1]) and self.cited[position] == told.cited

    def _why(self, position: int, told: Told, twice: bool, equal: bool, touch: bool, words: float) -> tuple[str, ...]:
        why = []
        if twice:
            why.append("the passages overlap")
        if equal:
            why.append("same date")
        elif touch:
            why.append("date touches")
        its = set(self._rolled(self.casts[position]))
        mine = self._rolled(told.actors)
        common = [name for name in mine if name in its]
        direct = [name for name in common if name in told.actors or name in self.casts[position]]
        if direct:
            why.append(f"{len(direct)} actor{'' if len(direct) == 1 else 's'} in common: {', '.join(direct[:3])}")
        if words >= _ALIKE:
            why.append("words much alike" if words >= _VERY else "words alike")
        return tuple(why)


def _chance(weights: Sequence[float], nearness: Floats, actors: Floats, words: Floats) -> Floats:
    near, who, what, base = weights
    odds: Floats = 1.0 / (1.0 + np.exp(-(near * nearness + who * actors + what * words + base)))
    return odds
