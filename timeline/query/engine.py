"""The few questions that the page, the chart and the exports ask of a table, whatever holds its rows.

Comes in: nothing. Leaves: `Engine`, the shapes of its answers, and which engine answers for a dataset. Must not know
how any of them works.

Two kinds answer: column arrays in memory (`arrays`), the quicker for tables that fit, and queries in narwhals
(`tables`) over pandas, DuckDB or Spark. Events are told apart by their `number`: their place in the order of time,
from 0.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd

from timeline.query.query import Query
from timeline.table.dataset import Dataset

ROLLED = "rolled"
"""The key under which actors are counted with all that are part of them."""
NOBODY = ""
"""Name of the lane of events that have no value; a value is never empty."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: events, mentions, and the distinct documents and sources that they name."""

    events: int
    mentions: int
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class Account:
    """Every event once: `shown`, `undated`, `outside` and `filtered` (see `matching.Selection`) add up to `total`."""

    total: int
    shown: int
    undated: int
    outside: int
    filtered: int


@dataclass(frozen=True)
class LaneTally:
    """What would stand in each lane: the `counts` of dated events and the `first` start (days) for each of `values`;
    `nameless` counts the events without a value."""

    values: tuple[str, ...]
    counts: np.ndarray
    first: np.ndarray
    nameless: int


@dataclass(frozen=True)
class Near:
    """The pairs of event and lane around a window, thinned.

    `number`, `lane`, `rank` and `turn` run in parallel: `turn` is the pair's place, by `rank`, among those of its lane
    and cell of time. `weights` and `touching` are as `window.lane_density` gives them, of all pairs. `inside` counts
    the events, `pairs` the pairs of event and lane, that touch the window itself.
    """

    number: np.ndarray
    lane: np.ndarray
    rank: np.ndarray
    turn: np.ndarray
    weights: np.ndarray
    touching: np.ndarray
    inside: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """What `Engine.near` is asked: around which window (days), how wide (`lo` to `hi`), cut into how many `bins` of
    density and `cells` of `each` marks at most. Up to `few` pairs none is thinned; `keep` is the number of an event
    that never is, -1 for none."""

    window: tuple[float, float]
    lo: float
    hi: float
    bins: int
    cells: int
    each: int
    few: int
    keep: int = -1


@dataclass(frozen=True, slots=True)
class Tones:
    """The values of a column that get a colour of their own, most frequent first, whether there are `more` of them, and
    whether some events bear `several` values, and some another or none (`others`)."""

    own: tuple[str, ...]
    more: bool
    several: bool
    others: bool


class Engine(Protocol):
    """Answers are the same for every engine; only floats may differ in their last digits.

    A key is actor, `ROLLED`, source, document, category, status or `x:NAME`. `left_out` is the filter that does not
    count, None for none.
    """

    dataset: Dataset

    def size(self) -> Size: ...

    def extremes(self) -> tuple[float, float]:
        """The earliest and the latest known end of any date, in days; NaN when there is none."""
        ...

    def sample(self, most: int) -> pd.DataFrame:
        """Columns start, end, precision of at most so many of the dated events, evenly picked in the order of time."""
        ...

    def account(self, query: Query) -> Account: ...

    def counts(self, query: Query, key: str, left_out: str | None) -> dict[str, int]:
        """How many events match and have each value; values without any may be missing."""
        ...

    def lanes(self, query: Query, by: str) -> LaneTally:
        """The lanes of a key (not `ROLLED`); one nameless lane when `by` is none."""
        ...

    def pairs(self, query: Query, by: str, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """All pairs of event (number) and lane (place in `names`), by number, then lane."""
        ...

    def near(self, query: Query, by: str, names: Sequence[str], stretch: Stretch) -> Near: ...

    def overview(self, query: Query, lo: float, hi: float, bins: int) -> np.ndarray:
        """`window.density` of the dated events that match."""
        ...

    def beyond(self, query: Query, lo: float, hi: float) -> tuple[int, int]:
        """How many of the dated events that match lie wholly before `lo`, and wholly after `hi`."""
        ...

    def listed(self, query: Query, window: tuple[float, float], most: int) -> tuple[np.ndarray, int]:
        """The first of the dated events that match and touch the window, as numbers, and how many do: what begins in
        it comes before what only lasts into it, each by beginning."""
        ...

    def tray(self, query: Query, most: int) -> np.ndarray:
        """The first undated events that match all but the dates, as numbers."""
        ...

    def tones(self, column: str, most: int) -> Tones: ...

    def find(self, name: str) -> int:
        """The number of the event with the mention of this id, else with this slug; -1 for none."""
        ...

    def beside(self, query: Query, number: int) -> tuple[str, str]:
        """The ids of the dated events that match before and after an event that does; "" for none."""
        ...

    def excerpt(self, numbers: np.ndarray) -> Dataset:
        """These events, in the order of their numbers, with all their mentions, as a dataset of their own."""
        ...

    def rows(self, query: Query) -> Dataset:
        """All mentions that match, with who takes part in them; of its events nothing is said."""
        ...

    def events(self, query: Query) -> pd.DataFrame:
        """All events that match: the rows of the `events` frame, with their numbers for an index."""
        ...


_Made = TypeVar("_Made")
_ENGINE, _SHELVES = "_engine", "_shelves"


def answer_with(dataset: Dataset, engine: Engine) -> None:
    """From now on `engine` answers for `dataset`."""
    vars(dataset).update({_ENGINE: engine, _SHELVES: {}})


def engine_of(dataset: Dataset, otherwise: Callable[[Dataset], Engine]) -> Engine:
    """The engine that answers for a dataset, made by `otherwise` when there is none. Safe from several threads."""
    kept = vars(dataset)  # it lives as long as the dataset, as what the class itself caches
    engine: Engine = kept.get(_ENGINE) or kept.setdefault(_ENGINE, otherwise(dataset))
    return engine


def remembered(dataset: Dataset, key: Hashable, make: Callable[[], _Made]) -> _Made:
    """What `make` makes of a dataset, made once: for what no query changes. `key` names it among all such things."""
    shelves = vars(dataset).setdefault(_SHELVES, {})
    if key not in shelves:
        shelves[key] = make()
    made: _Made = shelves[key]
    return made
