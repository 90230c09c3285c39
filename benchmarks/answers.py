"""The server's answer to one filter, beside naive pandas that splits and explodes at each call.

Comes in: made tables by size, rounds. Leaves: rows of the report. Must not know the browser.

The question: ten actors, eight sources, a window of a quarter of the years; other ones each time, so that nothing is
remembered. Both sides count the same, and a digest of the counts says so.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from plotly.io.json import to_json_plotly

from benchmarks import loading, naive, targets
from benchmarks.made import FIRST, LAST, as_parquet
from benchmarks.measuring import Row, middle
from timeline.app.steering import shown
from timeline.chart.picture import compose
from timeline.chart.screen import screen
from timeline.query import Query, facets, select
from timeline.query.backends import open_with, with_pandas
from timeline.query.engine import answer_with
from timeline.query.view import view_days
from timeline.table import Dataset, load

PART = "answers"
ARRAYS, PEER = "column arrays", "naive pandas"
PANDAS, DUCKDB = "narwhals over pandas", "narwhals over DuckDB"


def _over_pandas(path: Path) -> Dataset:
    dataset = load(path)
    answer_with(dataset, with_pandas(dataset))
    return dataset


ENGINES: dict[str, Callable[[Path], Dataset]] = {
    ARRAYS: load,
    PANDAS: _over_pandas,
    DUCKDB: lambda path: open_with(as_parquet(path), "duckdb"),
}
"""How a table is opened for each engine that answers."""
ACTORS, SOURCES, SHARE = 10, 8, 0.25
PATIENCE = 20.0
"""Seconds after which the peer is asked no further question."""
VIEWPORT: dict[str, Any] = {"width": 960, "theme": "light"}
WHOLE = "one filter, in all"
_PIECES = ("selecting", "facets with counts", "marks and density", "figure", "its JSON")
_SELECTING, _FACETS, _MARKS, _FIGURE, _JSON = _PIECES
_NOTE = (
    "ours is all that the page needs of a filter, without its JSON; the peer counts the facets, lays a density of "
    "500 bins over the lanes and takes 600 rows of the window: no figure, no words"
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


_Times = defaultdict[tuple[str, str], list[float]]
"""Seconds, by engine and what it did."""


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
    engines = {name: opened(path) for name, opened in ENGINES.items()}
    events, any_engine = naive.read(path), next(iter(engines.values()))
    chance, times = random.Random(11), _Times(list)
    # The first questions make what later ones stand on: indices here, imports there.
    _ask(engines, events, question(any_engine, chance), question(any_engine, chance), _Times(list))
    digests = [
        _ask(engines, events, question(any_engine, chance), question(any_engine, chance), times)
        for _ in range(questions)
    ]
    same = all(len(set(each)) == 1 for each in digests)
    name = hashlib.sha256(" ".join(each[0] for each in digests).encode()).hexdigest()[:12]
    told = f"all count the same (digest {name})" if same else "THE COUNTS DIFFER, so the peer's times say nothing"
    return [
        Row(
            part, f"{engine}: {what}", "ms", _ms(times[engine, what]),
            peers={PEER: _ms(times[PEER, what]) if same else "differs"} if (PEER, what) in times else {},
            target=targets.ANSWER if (engine, what) == (ARRAYS, WHOLE) else None, note=f"{_NOTE}\n{told}",
        )
        for engine in engines
        for what in (WHOLE, *_PIECES)
    ]  # fmt: skip


def _ask(
    engines: Mapping[str, Dataset], events: pd.DataFrame, whole: Question, pieces: Question, times: _Times
) -> list[str]:
    """One question as the page asks it, another in pieces; the digests of the first, the peer's last, unless the peer
    has taken too long already."""
    digests = []
    for engine, dataset in engines.items():
        found = _timed(times, engine, WHOLE, lambda d=dataset: shown(d, whole.query, {}, VIEWPORT, [*whole.window], ()))
        _timed(times, engine, _JSON, lambda found=found: to_json_plotly(found))
        counted = facets(dataset, whole.query)
        digests.append(digest({key: {each.value: each.count for each in values} for key, values in counted.items()}))
        _in_pieces(engine, dataset, pieces, times)
    if sum(times[PEER, WHOLE]) < PATIENCE:
        counts = _timed(times, PEER, _FACETS, lambda: naive.counts(events, whole.chosen))
        _timed(times, PEER, WHOLE, lambda: naive.picture(events, whole.chosen, whole.window))
        times[PEER, WHOLE][-1] += times[PEER, _FACETS][-1]
        digests.append(digest(counts))
    return digests


def _in_pieces(engine: str, dataset: Dataset, asked: Question, times: _Times) -> None:
    query, view, width = asked.query, view_days([*asked.window]), VIEWPORT["width"]
    selection = _timed(times, engine, _SELECTING, lambda: select(dataset, query))
    _timed(times, engine, _FACETS, lambda: facets(dataset, query))
    picture = _timed(
        times, engine, _MARKS, lambda: compose(dataset, query, width=width, selection=selection, view=view)
    )
    _timed(times, engine, _FIGURE, lambda: screen(dataset, picture, query.lanes, view))


def _timed(times: _Times, engine: str, what: str, action: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    found = action()
    times[engine, what].append(time.perf_counter() - begun)
    return found


def _iso(day: date) -> str:
    return f"{day.isoformat()}T00:00"


def _ms(values: list[float]) -> float | None:
    found = middle(values)
    return None if found is None else found * 1000
