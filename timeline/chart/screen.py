"""The figure of the page: points only. Spans, grid, axis, names and labels are drawn in the browser, from `meta`.

Comes in: a Picture and the window to show. Leaves: a figure as a plain dict, and beside data and layout what the
browser draws by itself, as `meta`. Must not know Dash.

Spans, text and ticks stay out of the figure so that they can move with every frame of a drag without a redraw by
plotly, whose time is most of what a filter costs.
"""

import math
from typing import Any

import numpy as np
import pandas as pd

from timeline.chart.picture import Picture
from timeline.chart.shading import drawn_inside, drawn_sentence, heights
from timeline.chart.theme import FONT, LABEL_SIZE
from timeline.chart.traces import DAY_MS, instants, is_soft, on_top, plain, point_trace
from timeline.query import full_of, overview_of, overview_of_all
from timeline.table import Dataset

OVERVIEW_BINS = 240
LANE_WORDS = {
    "actor": ("actor", "actors"),
    "source": ("source", "sources"),
    "document": ("document", "documents"),
    "category": ("category", "categories"),
    "status": ("status", "statuses"),
}

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": True,
    "doubleClick": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": False,
    "showTips": False,
}
"""Plotly 7 would otherwise offer to send the chart to its maker's server."""


BLANK: dict[str, Any] = {
    "data": [],
    "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}, "paper_bgcolor": "rgba(0,0,0,0)",
               "plot_bgcolor": "rgba(0,0,0,0)", "margin": {"l": 0, "r": 0, "t": 0, "b": 0}},
}  # fmt: skip
"""What stands in the page until the first answer."""


def to_ms(days: float) -> float:
    """Days since 1970-01-01 to milliseconds, rounded to a whole one."""
    return math.floor(days * DAY_MS + 0.5)


def meta(dataset: Dataset, picture: Picture, by: str) -> dict[str, Any]:
    """What the browser needs to draw by itself; all times in milliseconds since 1970, all lengths in pixels.

    `marks` has what the points do not tell, in their order; a title is "" where the label says it in full.
    """
    marks = on_top(picture.marks)
    labels = plain(marks["label"])
    span = full_of(dataset)
    one, many = LANE_WORDS.get(by, ("lane", "lanes"))
    return {
        "home": [to_ms(value) for value in picture.home],
        "full": [to_ms(value) for value in span],
        "height": picture.height,
        "leftOut": picture.left_out,
        "headers": picture.headers,
        "laneWords": {"one": one, "many": many},
        "lanes": [
            {"label": lane.label, "count": lane.count, "top": band.top, "bottom": band.bottom}
            for lane, band in zip(picture.lanes, picture.bands, strict=True)
        ],
        "marks": {
            "event": plain(marks["event"]),
            "x0": _times(marks["start"]),
            "x1": _times(marks["end"]),
            "at": _times(marks["at"]),
            "label": labels,
            "title": [
                "" if title == label else title for title, label in zip(plain(marks["title"]), labels, strict=True)
            ],
            "words": plain(marks["words"]),
            "documents": [int(value) for value in marks["documents"]],
            "rank": [int(value) for value in marks["importance"]],
            "span": _spans(marks),
        },
        "overview": {
            "all": _rounded(overview_of_all(dataset, OVERVIEW_BINS)),
            "shown": _rounded(overview_of(dataset, picture.selection.query, OVERVIEW_BINS)),
        },
        "detail": _detail(picture),
    }


def _times(days: pd.Series) -> list[int]:
    milliseconds: list[int] = np.floor(days.to_numpy(float) * DAY_MS + 0.5).astype(np.int64).tolist()
    return milliseconds


def _detail(picture: Picture) -> dict[str, Any] | None:
    """How thick the events lie around the window, where not all are drawn: the heights of each lane's shading, 0 to
    99 as the square root of the weight, and how many events touch each stretch."""
    found = picture.detail
    if found is None:
        return None
    return {
        "window": [to_ms(value) for value in found.window],
        "from": to_ms(found.lo),
        "to": to_ms(found.hi),
        "heights": np.rint(heights(found) * 99).astype(int).tolist(),
        "touching": found.touching.tolist(),
        "inside": found.inside,
        "hidden": found.pairs - drawn_inside(picture),
        "words": drawn_sentence(picture),
    }


def _spans(marks: pd.DataFrame) -> list[str]:
    """How the browser paints a span: "solid", "soft" with two soft edges, or fading "left" or "right"."""
    return [
        "solid" if not soft else "left" if left and not right else "right" if right and not left else "soft"
        for soft, left, right in zip(is_soft(marks), marks["fade_left"], marks["fade_right"], strict=True)
    ]


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 3) for value in values]


def screen(dataset: Dataset, picture: Picture, by: str, view: tuple[float, float] | None) -> dict[str, Any]:
    """The page's figure and its `meta`; `view` is the window in days since 1970-01-01, None for the opening span."""
    theme = picture.theme
    window = view if view is not None else picture.home
    height = max(picture.height, 1)
    return {
        "data": [point_trace(picture, hover=False)],
        "layout": {
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "autoexpand": False},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": LABEL_SIZE, "color": theme.ink},
            "dragmode": "pan",
            "hovermode": "closest",
            "hoverdistance": 14,
            "showlegend": False,
            "hoverlabel": {
                "align": "left",
                "bgcolor": theme.ground,
                "bordercolor": theme.muted,
                "font": {"color": theme.ink, "size": LABEL_SIZE, "family": FONT},
                "namelength": 0,
            },
            "xaxis": {
                "type": "date",
                "range": instants(np.asarray(window)),
                "visible": False,
                "fixedrange": False,
            },
            "yaxis": {"type": "linear", "range": [height, 0], "visible": False, "fixedrange": True},
        },
        "meta": meta(dataset, picture, by),
    }
