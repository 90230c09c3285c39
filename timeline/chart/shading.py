"""The shading behind the marks where not all events are drawn, and the sentence that says so.

Comes in: a Picture with a detail. Leaves: heights, traces for print, words. Must not know layout or Dash; on the page
the browser paints the shading from the same heights.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from timeline.chart.lanes import Band
from timeline.chart.picture import Picture
from timeline.chart.theme import Theme, rgba
from timeline.chart.traces import Trace, instants
from timeline.query import Detail

SHADE = 0.22
SHADE_HEIGHT = 0.86
"""The thickest stretch of the picture is so high, as a share of its lane."""


def heights(found: Detail) -> np.ndarray:
    """The height of each stretch of each lane, 0 to 1: the square root of its weight, so that a tenth is still seen."""
    top = float(found.weights.max(initial=0.0))
    return np.sqrt(found.weights / top) if top > 0 else found.weights


def drawn_inside(picture: Picture) -> int:
    """How many of the picture's marks touch its window."""
    if picture.detail is None:
        return len(picture.marks)
    lo, hi = picture.detail.window
    return int(((picture.marks["start"] < hi) & (picture.marks["end"] > lo)).sum())


def drawn_sentence(picture: Picture) -> str:
    """What is drawn of what lies in the window, and by which rule; "" when all is."""
    found = picture.detail
    if found is None or drawn_inside(picture) >= found.pairs:
        return ""
    lo, hi = found.window
    marks = picture.marks[(picture.marks["start"] < hi) & (picture.marks["end"] > lo)]
    drawn = marks["event"].nunique()
    return (
        f"{drawn:,} of the {found.inside:,} events in this window are drawn as marks: those in most documents first, "
        "then the longest. The shading counts them all."
    )


def shading_traces(picture: Picture) -> list[Trace]:
    """One trace that fills the shading of all lanes, stepped; none when everything is drawn."""
    found = picture.detail
    if found is None or not drawn_sentence(picture):
        return []
    return [fill_trace(picture.bands, (found.lo, found.hi), heights(found), picture.theme)]


def fill_trace(bands: Sequence[Band], span: tuple[float, float], heights: np.ndarray, theme: Theme) -> Trace:
    """The shading of lanes: `heights` has a row for each band, one height (0 to 1) for each equal part of the span."""
    edges = np.linspace(*span, heights.shape[1] + 1)
    across = np.repeat(edges, 2)
    x: list[Any] = []
    y: list[Any] = []
    for band, row in zip(bands, heights, strict=True):
        room = (band.bottom - band.top) * SHADE_HEIGHT
        x += [*instants(across), None]
        y += [band.bottom, *(band.bottom - room * np.repeat(row, 2)).round(2).tolist(), band.bottom, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "all events",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": rgba(theme.muted, SHADE),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": True,
    }
