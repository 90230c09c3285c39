"""Packing: marks of a lane never overlap while there is room, lanes lie under each other without gaps."""

from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from timeline.chart.lanes import SPARE_ROWS, arrange, pack
from timeline.chart.theme import LANE_HEADER, LANE_PADDING, NAME_LINE, ROW

intervals = st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 80), st.floats(0, 120)), min_size=1, max_size=40)


def _arrays(parts: list[tuple[float, float, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    left = np.asarray([a for a, _, _ in parts])
    return left, left + np.asarray([b for _, b, _ in parts]), np.asarray([c for _, _, c in parts])


@given(intervals)
def test_marks_never_overlap_while_rows_may_be_opened(parts: list[tuple[float, float, float]]) -> None:
    left, right, label = _arrays(parts)
    rows = pack(left, right, label, np.arange(len(left)), max_rows=len(left))
    for row in set(rows):
        inside = sorted(zip(left[rows == row], right[rows == row], strict=True))
        assert all(a[1] <= b[0] for a, b in pairwise(inside))


@given(intervals, st.integers(1, 4))
def test_rows_stay_below_the_limit(parts: list[tuple[float, float, float]], limit: int) -> None:
    left, right, label = _arrays(parts)
    rows = pack(left, right, label, np.arange(len(left)), max_rows=limit)
    assert rows.min() == 0
    assert rows.max() < limit + SPARE_ROWS
    assert pack(left, left + 5, label, np.arange(len(left)), max_rows=limit).max() < limit


def test_the_more_important_mark_gets_room_for_its_label() -> None:
    left, right, label = np.asarray([0.0, 20.0]), np.asarray([10.0, 30.0]), np.asarray([100.0, 100.0])
    assert list(pack(left, right, label, np.asarray([1, 0]), max_rows=2)) == [1, 0]
    assert list(pack(left, right, label, np.asarray([0, 1]), max_rows=2)) == [0, 1]


def test_a_full_lane_covers_as_little_as_it_can() -> None:
    left, right = np.asarray([0.0, 0.0, 90.0]), np.asarray([100.0, 20.0, 110.0])
    rows = pack(left, right, np.zeros(3), np.asarray([0, 1, 2]), max_rows=2)
    assert list(rows) == [0, 1, 1]


def test_points_that_find_no_room_spread_over_the_rows() -> None:
    left = np.zeros(8)
    rows = pack(left, left + 10, np.zeros(8), np.arange(8), max_rows=4)
    assert sorted(rows) == [0, 0, 1, 1, 2, 2, 3, 3]


def test_bands_follow_each_other_and_hold_their_rows() -> None:
    marks = pd.DataFrame(
        {"lane": [0, 0, 2], "left": [0.0, 5.0, 0.0], "right": [10.0, 15.0, 4.0], "label": 0.0, "importance": [0, 1, 2]}
    )
    rows, bands = arrange(marks, [1, 1, 2], max_rows=6, headers=True)
    assert [band.rows for band in bands] == [2, 1, 1]
    assert [band.bottom for band in bands[:-1]] == [band.top for band in bands[1:]]
    assert bands[1].bottom - bands[1].top == LANE_HEADER + 2 * LANE_PADDING + ROW
    assert bands[2].bottom - bands[2].top == LANE_HEADER + NAME_LINE + 2 * LANE_PADDING + ROW
    _, wide = arrange(marks, [1, 5, 1], max_rows=6, headers=False)
    assert wide[1].bottom - wide[1].top == 5 * NAME_LINE + 2 * LANE_PADDING
    for lane, row in zip(marks["lane"], rows, strict=True):
        centre = bands[lane].row_centre(row)
        assert bands[lane].top < centre < bands[lane].bottom
