"""The server's answer to one filter, beside naive pandas that splits and explodes at each call.

Comes in: made tables by size, rounds. Leaves: rows of the report. Must not know the browser.

The question: ten actors, eight sources, a window of a quarter of the years; other ones each time, so that nothing is
remembered. Both sides count the same, and a digest of the counts says so.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from plotly.io.json import to_json_plotly

from benchmarks import loading, naive, targets
from benchmarks.made import FIRST, LAST
from benchmarks.measuring import Row, middle, seconds
from timeline.app.steering import shown
from timeline.app.viewing import view_days
from timeline.chart.picture import compose
from timeline.chart.screen import screen
from timeline.query import Query, facets, select
from timeline.table import Dataset, load

PART = "answers"
ACTORS, SOURCES, SHARE = 10, 8, 0.25
WIDTH = 960
WHOLE = "one filter, in all"
_PIECES = ("selecting", "facets with counts", "marks and density", "figure", "its JSON")
_NOTE = (
    "ours is all that the page needs of a filter, without its JSON; the peer counts the facets, lays a density of "
    "500 bins over the lanes and takes 600 rows of the window: no figure, no words\n{digest}"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is chosen, and the window, as days in ISO."""

    actors: tuple[str, ...]
    sources: tuple[str, ...]
    window: tuple[str, str]

    @property
    def query(self) -> Query:
        return Query(actors=self.actors, sources=self.sources)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        return {"actor": self.actors, "source": self.sources}


@dataclass
class _Times:
    ours: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in (WHOLE, *_PIECES)})
    peer: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in (WHOLE, _PIECES[1])})


def measure(paths: Mapping[int, Path], rounds: int, questions: int = 7) -> list[Row]:
    """The rows of each size: loading in fresh processes, then one filter, asked `questions` times."""
    rows: list[Row] = []
    for size, path in paths.items():
        part = f"{PART}, {size:,} rows"
        rows += loading.measure(part, path, size, rounds) + _asking(part, path, questions)
    return rows


def question(dataset: Dataset, chance: random.Random) -> Question:
    """Another question each time."""
    actors = sorted(set(dataset.mention_actors["actor"]))
    sources = sorted(set(dataset.documents["source"]))
    days = (LAST - FIRST).days
    begin = FIRST + timedelta(days=chance.randrange(int(days * (1 - SHARE))))
    return Question(
        tuple(chance.sample(actors, min(ACTORS, len(actors)))),
        tuple(chance.sample(sources, min(SOURCES, len(sources)))),
        (_iso(begin), _iso(begin + timedelta(days=int(days * SHARE)))),
    )


def digest(counts: Mapping[str, Mapping[str, int]]) -> str:
    """A short name for the counts of all facets, whatever their order; values without events do not matter."""
    told = {key: {value: n for value, n in sorted(values.items()) if n} for key, values in sorted(counts.items())}
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def _asking(part: str, path: Path, questions: int) -> list[Row]:
    dataset, events = load(path), naive.read(path)
    chance, times = random.Random(11), _Times()
    # The first questions make what later ones stand on: indices here, imports there.
    _ask(dataset, events, question(dataset, chance), question(dataset, chance), _Times())
    digests = [
        _ask(dataset, events, question(dataset, chance), question(dataset, chance), times) for _ in range(questions)
    ]
    same = all(ours == peer for ours, peer in digests)
    names = hashlib.sha256(" ".join(ours for ours, _ in digests).encode()).hexdigest()[:12]
    told = f"Both count the same (digest {names})" if same else "THE COUNTS DIFFER, so the peer's times say nothing"
    rows = []
    for name in (WHOLE, *_PIECES):
        peers = {"naive pandas": _ms(times.peer[name]) if same else "differs"} if name in times.peer else {}
        bound = targets.ANSWER if name == WHOLE else None
        rows.append(
            Row(part, name, "ms", _ms(times.ours[name]), peers=peers, target=bound, note=_NOTE.format(digest=told))
        )
    return rows


def _ask(dataset: Dataset, events: pd.DataFrame, whole: Question, pieces: Question, times: _Times) -> tuple[str, str]:
    """One question as the page asks it, another in pieces, and both to the peer; the digests of the second."""
    viewport = {"width": WIDTH, "theme": "light"}
    held: dict[str, Any] = {}

    def timed(name: str, action: Any, into: dict[str, list[float]]) -> None:
        into[name].append(seconds(lambda: held.__setitem__(name, action())))

    timed(WHOLE, lambda: shown(dataset, whole.query, {}, viewport, list(whole.window), ()), times.ours)
    timed(_PIECES[4], lambda: to_json_plotly(held[WHOLE]), times.ours)
    timed(WHOLE, lambda: naive.answer(events, whole.chosen, whole.window), times.peer)
    query, view = pieces.query, view_days(list(pieces.window))
    selecting, counting, choosing, drawing = _PIECES[:4]
    timed(selecting, lambda: select(dataset, query), times.ours)
    timed(counting, lambda: facets(dataset, query), times.ours)
    counts = {key: {value.value: value.count for value in values} for key, values in held[counting].items()}
    timed(choosing, lambda: compose(dataset, query, width=WIDTH, selection=held[selecting], view=view), times.ours)
    timed(drawing, lambda: screen(dataset, held[choosing], query.lanes, view), times.ours)
    timed(counting, lambda: naive.counts(events, pieces.chosen), times.peer)
    return digest(counts), digest(held[counting])


def _iso(day: date) -> str:
    return f"{day.isoformat()}T00:00"


def _ms(values: list[float]) -> float | None:
    found = middle(values)
    return None if found is None else found * 1000
