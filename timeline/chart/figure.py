"""The printed figure: one picture that stands alone, with its title, names, labels, legend and small print.

Comes in: a Dataset, a Query, a width, a theme, a window. Leaves: a plotly Figure. Must not know files or Dash.
"""

from pathlib import PurePath
from typing import Any

import numpy as np
import plotly.graph_objects as go

from timeline.chart.axis import axis
from timeline.chart.labels import Label, place
from timeline.chart.legend import annotation, legend_notes
from timeline.chart.picture import NARROW, Picture, compose, name_lines
from timeline.chart.shading import drawn_sentence, shading_traces
from timeline.chart.text import break_lines, escape
from timeline.chart.theme import FONT, LABEL_SIZE, LANE_PADDING, NAMES_GAP, NAMES_WIDTH, SMALL_SIZE, THEMES, Theme
from timeline.chart.traces import Trace, instants, point_trace, span_traces
from timeline.query import Query, Selection, describe, engine_for, outlier_sentence, select, sentence
from timeline.table import Dataset

_SIDE = 16
_LINE = 15
_TITLE = 44
_AXIS = 44


def title_of(dataset: Dataset) -> str:
    """A table's own name as a title; the plain name `events` says nothing and becomes "Event timeline"."""
    name = PurePath(dataset.name).stem.replace("_", " ").replace("-", " ").strip()
    return "Event timeline" if name.lower() in ("", "events") else name[:1].upper() + name[1:]


def small_print(dataset: Dataset, query: Query, selection: Selection, window: tuple[float, float]) -> list[str]:
    """What a picture says of itself: counts, what lies outside its window, active filters, sources, data."""
    lines = [sentence(selection, query) + "."]
    engine = engine_for(dataset)
    outside = outlier_sentence(*engine.beyond(query, *window), *window)
    if outside:
        lines[0] += f" {outside}."
    filters = describe(query, dataset)
    if filters:
        lines.append(f"Filtered by {filters}.")
    sources = sorted(source for source, count in engine.counts(query, "source", None).items() if count)
    if sources:
        lines.append(f"Sources: {', '.join(sources)}.")
    lines.append(f"Each mark stands for what a document says. Data {dataset.fingerprint}.")
    return lines


def _names(picture: Picture, headers: bool, width: float) -> list[dict[str, Any]]:
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


def _label_trace(labels: tuple[Label, ...], window: tuple[float, float], width: float, theme: Theme) -> Trace:
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


def _bands(picture: Picture) -> list[dict[str, Any]]:
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


def draw(
    dataset: Dataset,
    query: Query | None = None,
    *,
    width: int = 1200,
    theme: str = "light",
    view: tuple[float, float] | None = None,
    title: str | None = None,
) -> go.Figure:
    """The timeline of the events that `query` selects, as one figure.

    `width` in pixels (at least 320); the height follows from the lanes. `view` is the window in days since
    1970-01-01, None for the span that holds most events. `theme` is "light" or "dark" (KeyError otherwise).
    """
    asked = query if query is not None else Query()
    colours = THEMES[theme]
    headers = width < NARROW
    left = _SIDE if headers else NAMES_WIDTH + _SIDE
    plot = max(width, 320) - left - _SIDE
    selection = select(dataset, asked)
    picture = compose(dataset, asked, width=plot, theme=theme, headers=headers, selection=selection, view=view)
    window = view if view is not None else picture.home
    body = max(picture.height, 120.0)

    prints = [
        line
        for text in small_print(dataset, asked, selection, window)
        for line in break_lines(text, width - 2 * _SIDE, SMALL_SIZE)
    ]
    if picture.left_out:
        prints.insert(1, f"{picture.left_out} more lanes are not drawn.")
    if picture.detail is not None:
        said = drawn_sentence(picture)
        prints[1:1] = break_lines(said, width - 2 * _SIDE, SMALL_SIZE) if said else []
    _, legend_height = legend_notes(picture.codes, width - 2 * _SIDE, colours, left=0, top=0)
    top = _TITLE + legend_height + 10
    bottom = _AXIS + _LINE * len(prints) + 14
    height = round(top + body + bottom)

    heading = title if title is not None else title_of(dataset)
    notes = _names(picture, headers, plot if headers else NAMES_WIDTH)
    notes.append(
        annotation(
            f"<b>{escape(heading)}</b>",
            0,
            1,
            17,
            colours.ink,
            xref="paper",
            yref="paper",
            xshift=_SIDE - left,
            yshift=top - 22,
        )
    )
    notes += legend_notes(picture.codes, width - 2 * _SIDE, colours, left=_SIDE - left, top=top - _TITLE + 4)[0]
    for i, line in enumerate(prints):
        notes.append(
            annotation(
                escape(line),
                0,
                0,
                SMALL_SIZE,
                colours.muted,
                xref="paper",
                yref="paper",
                xshift=_SIDE - left,
                yshift=-(_AXIS + _LINE * (i + 0.5)),
            )
        )
    if not len(picture.marks):
        notes.append(
            annotation(
                "No event with a date matches.",
                0.5,
                0.5,
                14,
                colours.muted,
                xref="paper",
                yref="paper",
                xanchor="center",
            )
        )
    data = [
        *shading_traces(picture),
        *span_traces(picture, scale=plot / (window[1] - window[0])),
        point_trace(picture),
        _label_trace(place(picture, window, plot), window, plot, colours),
    ]
    layout = {
        "width": width,
        "height": height,
        "margin": {"l": left, "r": _SIDE, "t": top, "b": bottom, "autoexpand": False},
        "paper_bgcolor": colours.ground,
        "plot_bgcolor": colours.ground,
        "font": {"family": FONT, "size": LABEL_SIZE, "color": colours.ink},
        "barmode": "overlay",
        "hovermode": "closest",
        "showlegend": False,
        "dragmode": "pan",
        "shapes": _bands(picture),
        "annotations": notes,
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
        "yaxis": {"type": "linear", "range": [body, 0], "visible": False, "fixedrange": True},
    }
    return go.Figure({"data": data, "layout": layout})
