"""Names, labels and ground of a printed figure, as plotly takes them.

Comes in: a Picture, placed labels. Leaves: annotations, shapes and a trace. Must not know data.
"""

from typing import Any

import numpy as np

from timeline.chart.labels import Label
from timeline.chart.legend import annotation
from timeline.chart.picture import Picture, name_lines
from timeline.chart.text import escape
from timeline.chart.theme import FONT, LABEL_SIZE, LANE_PADDING, NAMES_GAP, Theme
from timeline.chart.traces import Trace, instants


def names(picture: Picture, headers: bool, width: float) -> list[dict[str, Any]]:
    """The lanes' names: above their rows with `headers`, else in a column of `width` pixels beside them."""
    theme = picture.theme
    found = []
    side: dict[str, Any]
    for lane, band in zip(picture.lanes, picture.bands, strict=True):
        if headers:
            y, side = band.top + 4, {"xshift": 2}
        else:
            y, side = band.top + LANE_PADDING, {"xanchor": "right", "align": "right", "xshift": -NAMES_GAP}
        words = "<br>".join(escape(line) for line in name_lines(lane.label, width))
        side |= {"xref": "paper", "yref": "y", "yanchor": "top"}
        found.append(annotation(f"<b>{words}</b>", 0.0, y, LABEL_SIZE, theme.ink, **side))
    return found


def label_trace(labels: tuple[Label, ...], window: tuple[float, float], width: float, theme: Theme) -> Trace:
    """The labels of a plot `width` pixels wide, as text in a trace, so that they are part of every format."""
    scale = (window[1] - window[0]) / width
    edges = [label.x if label.flush == "left" else label.x + label.width for label in labels]
    return {
        "type": "scatter",
        "mode": "text",
        "name": "labels",
        "x": instants(np.asarray([window[0] + edge * scale for edge in edges])),
        "y": [label.y for label in labels],
        "text": [escape(label.text) for label in labels],
        "textposition": ["middle right" if label.flush == "left" else "middle left" for label in labels],
        "textfont": {"size": LABEL_SIZE, "color": theme.ink, "family": FONT},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def bands(picture: Picture) -> list[dict[str, Any]]:
    """The ground of every other lane."""
    return [
        {
            "type": "rect",
            "xref": "paper",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "y0": band.top,
            "y1": band.bottom,
            "fillcolor": picture.theme.band,
            "line": {"width": 0},
            "layer": "below",
        }
        for band in picture.bands[::2]
    ]
