"""Which of many events a window shows as marks, and how thick all of them lie in it.

Comes in: a Dataset, the pairs of events and lanes that are selected, a window. Leaves: a Detail: the pairs to draw,
and the density of all, lane by lane. Must not know pixels, marks or the page.

Filters and counts are exact at every size; only drawing is reduced. Events are chosen in one order, whatever the
window: those in more documents first, then the longer, then the earlier. So that one crowded month does not take all
the marks, each lane is cut into cells of time: the first of every cell come before the second of any, and every lane
has its share.
"""

from dataclasses import dataclass

import numpy as np

from timeline.query.index import remembered
from timeline.query.lanes import Pairs
from timeline.query.window import full, home, lane_density
from timeline.table.dataset import Dataset

EVERY = 2_000
"""Up to so many pairs of event and lane all are drawn, and the page asks nothing when the window moves."""
MARKS = 600
"""At most so many marks are drawn of more."""
BINS = 256
_BESIDE = 0.5


@dataclass(frozen=True)
class Detail:
    """What a window shows of more events than can be drawn.

    `lo` and `hi`, in days since 1970-01-01, are wider than `window` by half of it on each side. `event` and `lane`
    are the pairs that may be drawn, the first to be served first. `weights` and `touching` are as `lane_density` gives
    them over [lo, hi). `inside` counts the events, `pairs` the pairs of event and lane, that touch the window itself.
    """

    window: tuple[float, float]
    lo: float
    hi: float
    event: np.ndarray
    lane: np.ndarray
    weights: np.ndarray
    touching: np.ndarray
    inside: int
    pairs: int


def home_of(dataset: Dataset) -> tuple[float, float]:
    """The span that opens, as `home` finds it, found once."""
    return remembered(dataset, "home", lambda: home(dataset.events))


def times(dataset: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of every event in days, an open end at the edge of the whole span; NaN for the undated."""
    return remembered(dataset, "times", lambda: _times(dataset))


def _times(dataset: Dataset) -> tuple[np.ndarray, np.ndarray]:
    lo, hi = full(dataset.events)
    start, end = (dataset.events[name].to_numpy(dtype=float) for name in ("start", "end"))
    return np.maximum(start, np.minimum(lo, end - 1)), np.minimum(end, np.maximum(hi, start + 1))


def ranks(dataset: Dataset) -> np.ndarray:
    """The place of each event in the order in which marks are chosen, 0 first."""
    return remembered(dataset, "ranks", lambda: _ranks(dataset))


def _ranks(dataset: Dataset) -> np.ndarray:
    events = dataset.events
    start, end = times(dataset)
    lasting = (events["precision"] == "interval").to_numpy() & ~events["disagree"].to_numpy(dtype=bool)
    lasting &= ~(events["open_start"] | events["open_end"]).to_numpy(dtype=bool)  # nobody knows how long those last
    length = np.where(lasting, np.nan_to_num(end - start), 0.0)
    order = np.lexsort((np.arange(len(events)), -length, -events["documents"].to_numpy(dtype=np.int64)))
    found = np.empty(len(events), dtype=np.int64)
    found[order] = np.arange(len(events))
    return found


def detail(
    dataset: Dataset, pairs: Pairs, lanes: int, window: tuple[float, float], *, cells: int, each: int, keep: int = -1
) -> Detail:
    """What to draw of `pairs` in `window`, of the first `lanes` lanes.

    A window is cut into `cells` cells of time; where there are many events, a cell of a lane gives `each` of them at
    most. `keep` is the row of an event that is drawn in any case, -1 for none.
    """
    start, end = times(dataset)
    lo, hi = window[0] - _BESIDE * (window[1] - window[0]), window[1] + _BESIDE * (window[1] - window[0])
    a, b = start[pairs.event], end[pairs.event]
    near = (a < hi) & (b > lo) & (pairs.lane < lanes)
    event, lane, a, b = pairs.event[near], pairs.lane[near], a[near], b[near]
    seen = (a < window[1]) & (b > window[0])
    rank = ranks(dataset)[event]
    if keep >= 0:
        rank = np.where(event == keep, -1, rank)
    cell = np.clip((((a + b) / 2 - lo) / (hi - lo) * 2 * cells).astype(np.int64), 0, 2 * cells - 1)
    turn = _place(lane * 2 * cells + cell, rank)
    turn[rank < 0] = -1
    thinned = np.flatnonzero(turn < (each if len(event) > 2 * MARKS else len(event)))
    order = thinned[np.lexsort((lane[thinned], rank[thinned], turn[thinned]))]
    share = max(6, 2 * MARKS // max(lanes, 1))
    order = order[_place(lane[order], np.arange(len(order))) < share]
    weights, touching = lane_density(a, b, lane, lanes, lo, hi, BINS)
    told = np.zeros(len(start), dtype=bool)
    told[event[seen]] = True
    return Detail(window, lo, hi, event[order], lane[order], weights, touching, int(told.sum()), int(seen.sum()))


def _place(group: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """The place of each item within its group, by rank."""
    order = np.lexsort((rank, group))
    sorted_groups = group[order]
    begins = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]]) if len(order) else order
    within = np.arange(len(order)) - np.repeat(begins, np.diff(np.r_[begins, len(order)]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = within
    return place
