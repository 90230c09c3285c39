"""The layout of one picture: which lanes, which marks, which rows, at which scale.

Comes in: a Dataset, a Query and what it selects, the width of the plot in pixels. Leaves: a Picture, from which the
page's figure and the printed one are both drawn. Must not know plotly.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from timeline.chart.coding import Code, coded_column, coding, keys_of
from timeline.chart.crowd import crowded
from timeline.chart.lanes import Band, arrange
from timeline.chart.marks import extents, make_marks, numbered
from timeline.chart.text import break_lines
from timeline.chart.theme import LABEL_SIZE, NAMES_GAP, NAMES_WIDTH, THEMES, Theme
from timeline.query import (
    EVERY,
    Detail,
    Lane,
    Query,
    Selection,
    excerpt,
    home_of,
    lane_frame,
    lane_pairs,
    lanes_of,
    select,
)
from timeline.table import Dataset

NARROW = 640
"""Below this width, in pixels, lane names stand above their rows instead of in a column beside them."""
MAX_LANES = 80
_ROWS_IN_ONE_LANE = 24
_ROWS_IN_MANY = 8
_FADE_SHARE = 0.1


@dataclass(frozen=True)
class Picture:
    """Marks with their rows, bands with their names, and the span that opens: what any renderer needs.

    `marks` has the columns of `make_marks` and y (pixels from the top); `home` is in days since 1970-01-01;
    `scale` is pixels a day at home; `left_out` counts the lanes beyond `MAX_LANES`. Of more events than can be drawn,
    `marks` are those chosen for one window, and `detail` tells how thick all lie around it; else `detail` is None.
    """

    marks: pd.DataFrame
    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]
    codes: tuple[Code, ...]
    theme: Theme
    home: tuple[float, float]
    scale: float
    left_out: int
    headers: bool
    selection: Selection
    detail: Detail | None = None

    @property
    def height(self) -> float:
        """Height of all lanes together, in pixels."""
        return self.bands[-1].bottom if self.bands else 0.0


def name_lines(label: str, width: float) -> list[str]:
    """A lane's name in bold, broken into lines that fit a column or header of `width` pixels."""
    return break_lines(label, (width - NAMES_GAP) / 1.22, LABEL_SIZE) or [""]


def compose(dataset: Dataset, query: Query, *, width: float, theme: str = "light", headers: bool | None = None,
            selection: Selection | None = None, max_lanes: int = MAX_LANES,
            view: tuple[float, float] | None = None, keep: int = -1,
            numbers: Mapping[str, str] | None = None) -> Picture:  # fmt: skip
    """Lay the selected events out for a plot `width` pixels wide.

    The opening span is that of the whole dataset, not of the selection, so that a filter never moves the view. Where
    there are more events than can be drawn, those for the window `view` (days; None: the opening span) are chosen,
    and the event of number `keep` is among them. `numbers`, by event, are put behind the labels.
    """
    chosen = selection if selection is not None else select(dataset, query)
    colours = THEMES[theme]
    lo, hi = home_of(dataset)
    scale = max(width, 1.0) / (hi - lo)
    lanes = lanes_of(dataset, query)
    shown = lanes[:max_lanes]
    column = coded_column(query.lanes)
    codes = coding(dataset, column, colours)
    above = width < NARROW if headers is None else headers
    names = [
        len(name_lines(f"{lane.label} {lane.count}", width if above else NAMES_WIDTH)) for lane in shown
    ]  # fmt: skip
    fade = (hi - lo) * _FADE_SHARE
    left_out = len(lanes) - len(shown)
    if sum(lane.count for lane in lanes) > EVERY:
        marks, bands, detail = crowded(
            dataset, query, shown, lambda some: keys_of(some, column, codes), view or (lo, hi), width, names,
            headers=above, fade=fade, keep=keep, numbers=numbers,
        )  # fmt: skip
        return Picture(marks, bands, shown, codes, colours, (lo, hi), scale, left_out, above, chosen, detail)
    places = {lane.name: i for i, lane in enumerate(shown)}
    pairs = lane_pairs(dataset, query, shown)
    drawn = np.unique(pairs.event)
    some = excerpt(dataset, drawn)
    lane_of = lane_frame(some, np.searchsorted(drawn, pairs.event), pairs.lane, pairs.lanes)
    marks = numbered(make_marks(some.events, lane_of, places, keys_of(some, column, codes), fade), numbers)
    max_rows = _ROWS_IN_ONE_LANE if len(shown) <= 1 else _ROWS_IN_MANY
    rows, bands = arrange(extents(marks, scale), names, max_rows=max_rows, headers=above)
    marks["row"] = rows
    marks["y"] = [bands[lane].row_centre(row) for lane, row in zip(marks["lane"], rows, strict=True)]
    return Picture(marks, bands, shown, codes, colours, (lo, hi), scale, left_out, above, chosen)
