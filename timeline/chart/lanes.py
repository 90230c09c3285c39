"""Where each mark stands: rows inside lanes, lanes under each other, in pixels.

Comes in: a frame of marks (lane, pixel extent, room for a label, importance). Leaves: row numbers and the geometry
of the lanes. Must not know dates, colours or plotly.

The packing is first-fit interval colouring in order of importance: the more important mark gets a row with room for
its label, the others the first row where they touch nobody, and when a lane is full the row where they cover least.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from timeline.chart.theme import LANE_HEADER, LANE_PADDING, NAME_LINE, ROW


@dataclass(frozen=True, slots=True)
class Band:
    """One lane on the page: `top` and `bottom` in pixels from the chart's top, `rows` of marks inside."""

    lane: int
    top: float
    bottom: float
    rows: int
    header: float

    def row_centre(self, row: int) -> float:
        """The y of the middle of a row, in pixels from the chart's top."""
        return self.top + self.header + LANE_PADDING + ROW * (row + 0.5)


class _Row:
    """The stretches of one row that are taken, sorted so that a question costs a bisection, and how many found no
    room, by stretches of `_BIN` pixels."""

    __slots__ = ("crowd", "taken")
    _BIN = 16.0

    def __init__(self) -> None:
        self.taken: list[tuple[float, float]] = []
        self.crowd: dict[int, int] = {}

    def is_free(self, left: float, right: float) -> bool:
        at = bisect_left(self.taken, (left, right))
        before_clear = at == 0 or self.taken[at - 1][1] <= left
        return before_clear and (at == len(self.taken) or self.taken[at][0] >= right)

    def covered(self, left: float, right: float) -> float:
        at = max(bisect_left(self.taken, (left, left)) - 1, 0)
        total = 0.0
        for a, b in islice(self.taken, at, None):
            if a >= right:
                break
            total += max(0.0, min(right, b) - max(left, a))
        crowded = sum(self.crowd.get(i, 0) for i in self._bins(left, right)) if self.crowd else 0
        return total + crowded * self._BIN

    def _bins(self, left: float, right: float) -> range:
        return range(int(left // self._BIN), int(right // self._BIN) + 1)

    def squeeze(self, left: float, right: float) -> None:
        for i in self._bins(left, right):
            self.crowd[i] = self.crowd.get(i, 0) + 1

    def take(self, left: float, right: float) -> None:
        insort(self.taken, (left, right))


WIDE = 24
"""A mark longer than this, in pixels, is a bar: it may open a row beyond the limit rather than cover another."""
SPARE_ROWS = 6
NOWHERE = -1
"""The row of a mark that found no room where marks may not cover each other."""


def pack(
    left: np.ndarray, right: np.ndarray, label: np.ndarray, order: np.ndarray, max_rows: int, *, crowd: bool = True
) -> np.ndarray:
    """Rows for the marks of one lane.

    `left`, `right`: pixel extent of each mark; `label`: width that its label would like to the right of it;
    `order`: the positions of the marks, most important first. Returns an int array of rows, each below `max_rows`, or
    below `max_rows + SPARE_ROWS` where bars need them.
    """
    rows: list[_Row] = []
    placed = np.zeros(len(left), dtype=int)
    for i in order:
        lo, hi = float(left[i]), float(right[i])
        wide = hi + float(label[i])
        row = next((r for r, taken in enumerate(rows) if taken.is_free(lo, wide)), None)
        if row is None and len(rows) < max_rows:
            rows.append(_Row())
            row = len(rows) - 1
        if row is not None:
            rows[row].take(lo, wide)
            placed[i] = row
            continue
        row = next((r for r, taken in enumerate(rows) if taken.is_free(lo, hi)), None)
        if row is None and not crowd:
            placed[i] = NOWHERE
            continue
        if row is None and hi - lo > WIDE and len(rows) < max_rows + SPARE_ROWS:
            rows.append(_Row())
            row = len(rows) - 1
        if row is None:
            row = min(range(len(rows)), key=lambda r: rows[r].covered(lo, hi))
        if rows[row].is_free(lo, hi):
            rows[row].take(lo, hi)
        else:
            rows[row].squeeze(lo, hi)
        placed[i] = row
    return placed


def arrange(
    marks: pd.DataFrame, name_lines: Sequence[int], *, max_rows: int, headers: bool
) -> tuple[np.ndarray, tuple[Band, ...]]:
    """Rows of all marks and the bands of all lanes.

    `marks` has the columns lane (0-based), left, right, label (pixels) and importance (0 first). `name_lines` has one
    number for each lane: the lines that its name takes. With `headers` the name stands above the rows, where the page
    is too narrow for a column of names; without, a lane is at least as high as its name.
    """
    lanes = len(name_lines)
    rows = np.zeros(len(marks), dtype=int)
    used = np.ones(lanes, dtype=int)
    lane_of, left, right, label, importance = (
        marks[column].to_numpy() for column in ("lane", "left", "right", "label", "importance")
    )
    by_lane = np.argsort(lane_of, kind="stable")
    edges = np.searchsorted(lane_of[by_lane], np.arange(lanes + 1))
    for lane in range(lanes):
        at = by_lane[edges[lane] : edges[lane + 1]]
        if not len(at):
            continue
        order = np.argsort(importance[at], kind="stable")
        rows[at] = pack(left[at], right[at], label[at], order, max_rows)
        used[lane] = int(rows[at].max()) + 1
    return rows, stack(used.tolist(), name_lines, headers=headers)


def stack(rows: Sequence[int], name_lines: Sequence[int], *, headers: bool) -> tuple[Band, ...]:
    """The bands of lanes with so many rows each, one under the other."""
    bands, top = [], 0.0
    for lane, lines in enumerate(name_lines):
        header = LANE_HEADER + NAME_LINE * (lines - 1) if headers else 0
        least = 0 if headers else NAME_LINE * lines + 2 * LANE_PADDING
        bottom = top + max(header + 2 * LANE_PADDING + ROW * rows[lane], least)
        bands.append(Band(lane, top, bottom, rows[lane], header))
        top = bottom
    return tuple(bands)
