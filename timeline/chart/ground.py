"""What every timeline that plotly draws has in common: colours, type, the axis of time below, no legend by plotly.

Comes in: a theme, a window in days since 1970-01-01, the plot's width and depth in pixels. Leaves: a part of a plotly
layout. Must not know marks, margins or what stands around the plot.
"""

from typing import Any

import numpy as np

from timeline.chart.axis import axis
from timeline.chart.theme import FONT, LABEL_SIZE, Theme
from timeline.chart.traces import instants


def ground(colours: Theme, window: tuple[float, float], plot: float, depth: float) -> dict[str, Any]:
    """The layout without its size, margins, shapes and annotations."""
    return {
        "paper_bgcolor": colours.ground,
        "plot_bgcolor": colours.ground,
        "font": {"family": FONT, "size": LABEL_SIZE, "color": colours.ink},
        "barmode": "overlay",
        "hovermode": "closest",
        "showlegend": False,
        "dragmode": "pan",
        "xaxis": {
            "type": "date",
            "range": instants(np.asarray(window)),
            "gridcolor": colours.grid,
            "zeroline": False,
            "ticks": "outside",
            "tickcolor": colours.muted,
            "tickfont": {"color": colours.muted, "size": LABEL_SIZE},
            "showline": True,
            "linecolor": colours.grid,
            **axis(*window, plot),
        },
        "yaxis": {"type": "linear", "range": [depth, 0], "visible": False, "fixedrange": True},
    }
