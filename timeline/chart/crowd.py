"""The layout of more events than can be drawn: some as marks, all as density, in lanes that never change their height.

Comes in: what a window shows in detail, and how wide it is. Leaves: marks with their rows and bands, as `picture` has
them for fewer events. Must not know plotly.

No mark covers another here: one without room of its own is left to the density. A lane has as many rows as the number
of lanes allows, not as its marks need, so that nothing jumps when the window moves.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from timeline.chart.lanes import NOWHERE, Band, pack, stack
from timeline.chart.marks import LABEL_GAP, extents, make_marks, numbered
from timeline.chart.text import text_width
from timeline.chart.theme import LABEL_SIZE
from timeline.query import MARKS, Detail, Lane, Query, detail, lane_frame
from timeline.table import Dataset

_CELL = 14.0  # pixels: about the size of a mark
_ROWS = ((1, 16), (3, 8), (8, 5), (20, 3))
_ROWS_OF_MORE = 2


def rows_for(lanes: int) -> int:
    """How many rows each of so many lanes has."""
    return next((rows for most, rows in _ROWS if lanes <= most), _ROWS_OF_MORE)


def crowded(
    dataset: Dataset,
    query: Query,
    lanes: tuple[Lane, ...],
    keys: Callable[[Dataset], pd.Series],
    window: tuple[float, float],
    width: float,
    name_lines: Sequence[int],
    *,
    headers: bool,
    fade: float,
    keep: int,
    numbers: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, tuple[Band, ...], Detail]:
    """Marks (with row and y), bands and detail of a window `width` pixels wide; `keys` codes the events."""
    rows = rows_for(len(lanes))
    bands = stack([rows] * len(lanes), name_lines, headers=headers)
    scale = max(width, 1.0) / (window[1] - window[0])
    found = detail(dataset, query, lanes, window, cells=max(int(width / _CELL), 1), each=rows, keep=keep)
    places = {lane.name: i for i, lane in enumerate(lanes)}
    lane_of = lane_frame(found.shown, found.event, found.lane, lanes)
    marks = numbered(make_marks(found.shown.events, lane_of, places, keys(found.shown), fade), numbers)
    place = _serving(marks, found)
    row = np.full(len(marks), NOWHERE)
    extent = extents(marks, scale)
    left, right = extent["left"].to_numpy(float), extent["right"].to_numpy(float)
    words = np.array([text_width(text, LABEL_SIZE) + 2 * LABEL_GAP for text in marks["label"]])
    label = np.where(right - left >= words, 0.0, words)  # above a bar that is long enough, else beside the mark
    lane_at = marks["lane"].to_numpy()
    for lane in range(len(lanes)):
        at = np.flatnonzero(lane_at == lane)
        order = np.argsort(place[at], kind="stable")
        row[at] = pack(left[at], right[at], label[at], order, rows, crowd=False)
    found_room = np.flatnonzero(row != NOWHERE)
    drawn = np.sort(found_room[np.argsort(place[found_room], kind="stable")][:MARKS])
    marks = marks.iloc[drawn].reset_index(drop=True)
    marks["row"] = row[drawn]
    marks["importance"] = place[drawn]
    marks["y"] = [bands[lane].row_centre(r) for lane, r in zip(marks["lane"], marks["row"], strict=True)]
    return marks, bands, found


def _serving(marks: pd.DataFrame, found: Detail) -> np.ndarray:
    """The place of each mark in the order in which `found` serves them."""
    slugs = found.shown.events["event"].to_numpy(dtype=object)[found.event]
    order = {pair: place for place, pair in enumerate(zip(slugs, found.lane.tolist(), strict=True))}
    return np.array([order[pair] for pair in zip(marks["event"], marks["lane"], strict=True)], dtype=np.int64)
