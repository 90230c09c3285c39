"""Which of many events a window shows as marks, and how thick all of them lie in it.

Comes in: a Dataset, a Query, its lanes, a window. Leaves: a Detail: the pairs to draw,
and the density of all, lane by lane. Must not know pixels, marks or the page.

Filters and counts are exact at every size; only drawing is reduced. Events are chosen in one order, whatever the
window: those in more documents first, then the longer, then the earlier. So that one crowded month does not take all
the marks, each lane is cut into cells of time: the first of every cell come before the second of any, and every lane
has its share.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline.query.arrays import engine_for
from timeline.query.engine import Stretch
from timeline.query.lanes import Lane
from timeline.query.query import Query
from timeline.query.thinning import place_within
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
    are the pairs that may be drawn, the first to be served first; `event` are rows of the events of `shown`. `weights`
    and `touching` are as `lane_density` gives them over [lo, hi). `inside` counts the events, `pairs` the pairs of
    event and lane, that touch the window itself.
    """

    window: tuple[float, float]
    lo: float
    hi: float
    shown: Dataset
    event: np.ndarray
    lane: np.ndarray
    weights: np.ndarray
    touching: np.ndarray
    inside: int
    pairs: int


def detail(
    dataset: Dataset,
    query: Query,
    lanes: Sequence[Lane],
    window: tuple[float, float],
    *,
    cells: int,
    each: int,
    keep: int = -1,
) -> Detail:
    """What to draw of the selected events in `window`, of these lanes.

    A window is cut into `cells` cells of time; where there are many events, a cell of a lane gives `each` of them at
    most. `keep` is the number of an event that is drawn in any case, -1 for none.
    """
    lo, hi = window[0] - _BESIDE * (window[1] - window[0]), window[1] + _BESIDE * (window[1] - window[0])
    stretch = Stretch(window, lo, hi, BINS, cells, each, 2 * MARKS, keep)
    engine = engine_for(dataset)
    near = engine.near(query, query.lanes, [lane.name for lane in lanes], stretch)
    turn = np.where(near.rank < 0, -1, near.turn)
    order = np.lexsort((near.lane, near.rank, turn))
    share = max(6, 2 * MARKS // max(len(lanes), 1))
    order = order[place_within(near.lane[order], np.arange(len(order))) < share]
    number, lane = near.number[order], near.lane[order]
    shown = engine.excerpt(number)
    event = np.searchsorted(np.unique(number), number)
    return Detail(window, lo, hi, shown, event, lane, near.weights, near.touching, near.inside, near.pairs)
