"""The desk's figure: what a document tells above, what the table tells below, over one axis of time.

Comes in: mentions of a document, its open candidates, the events of a table, the date at hand. Leaves: a plotly figure
as plain data. Must not know files, the desk's rules or Dash.

Dates look as everywhere: a day is a point, a duration a bar, "some time in" a soft stretch. A candidate is hollow, and
in the colour of what is not decided. Of a large table the most important events of the window are drawn, and the
shading behind them counts all. Every mark has {"row": id} or {"candidate": id} with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from timeline.chart.coding import Code
from timeline.chart.ground import ground
from timeline.chart.lanes import arrange
from timeline.chart.legend import annotation
from timeline.chart.marks import extents, make_marks
from timeline.chart.picture import Picture
from timeline.chart.text import escape
from timeline.chart.theme import LABEL_SIZE, THEMES, Theme, rgba
from timeline.chart.traces import Trace, instants, point_trace, span_traces
from timeline.query import Lane
from timeline.table.events import events_of
from timeline.table.when import When

THIS, TABLE = "This document", "The table"
MOST_HERE, MOST_THERE = 160, 120
"""Marks of the document, and of the table, at most."""
_SIDE, _TOP, _AXIS, _ROWS, _FADE = 8, 4, 40, 6, 0.1
_BINS = 120
_SQUEEZE = 0.75
_LEAST = 40.0
"""Days of a window, at least."""


@dataclass(frozen=True, slots=True)
class Hollow:
    """A candidate that is not decided: its id, words and date."""

    id: str
    words: str
    when: When


def beside(
    rows: pd.DataFrame, hollow: Sequence[Hollow], events: pd.DataFrame, at_hand: When | None, *,
    width: int = 720, theme: str = "light",
) -> dict[str, Any]:  # fmt: skip
    """The figure of `rows` (mentions of one document) and `hollow` above `events` (all of a table), `width` pixels
    wide.

    The window holds what the document tells and the date at hand; far outliers are left to whoever zooms out.
    """
    colours = THEMES[theme]
    own = _as_events(rows)
    window = window_of(own, hollow, events, at_hand)
    plot = max(width - 2 * _SIDE, 100)
    inside = events[events["dated"] & (events["start"] < window[1]) & (events["end"] > window[0])]
    few = inside.nsmallest(MOST_THERE, "importance")
    marks, picture = _laid_out(own, _hollow_events(hollow), few, window, plot, colours)
    shading = _shading(inside, window, picture, colours) if len(inside) > len(few) else []
    traces = [*shading, *span_traces(picture, scale=plot / (window[1] - window[0])), point_trace(picture)]
    for trace in traces:
        ids = trace.pop("customdata", None)
        if ids is not None and trace.get("hoverinfo") != "skip":  # what nobody can point at needs no name
            trace["customdata"] = [marks[id] for id in ids]
    notes = [
        annotation(f"<b>{escape(lane.label)}</b>", 0, band.top + 4, LABEL_SIZE, colours.ink, xref="paper", yref="y",
                   yanchor="top", xshift=2)
        for lane, band in zip(picture.lanes, picture.bands, strict=True)
    ]  # fmt: skip
    layout = {
        "width": width,
        "height": round(_TOP + picture.height * _SQUEEZE + _AXIS),
        "margin": {"l": _SIDE, "r": _SIDE, "t": _TOP, "b": _AXIS, "autoexpand": False},
        **ground(colours, window, plot, picture.height),
        "shapes": [*_grounds(picture), *_at_hand(at_hand, window, picture, colours)],
        "annotations": notes,
    }
    return {"data": traces, "layout": layout}


def window_of(
    own: pd.DataFrame, hollow: Sequence[Hollow], events: pd.DataFrame, at_hand: When | None
) -> tuple[float, float]:
    """The days that are shown: the middle nine tenths of what the document tells, and the date at hand whole."""
    bounds = [(start, end) for start, end in zip(own["start"], own["end"], strict=True)]
    bounds += [(one.when.start, one.when.end) for one in hollow]
    if not bounds:
        bounds = list(zip(events["start"], events["end"], strict=True))
    edges = np.asarray([edge for pair in bounds for edge in pair], dtype=float)
    edges = edges[np.isfinite(edges)]
    if len(edges):
        low, high = (float(each) for each in np.quantile(edges, (0.08, 0.95)))
    else:
        low, high = 0.0, 365.0
    if at_hand is not None:
        known = [edge for edge in (at_hand.start, at_hand.end) if np.isfinite(edge)]
        low, high = min(low, *known), max(high, *known)
    middle, half = (low + high) / 2, max((high - low) * 0.54, _LEAST / 2)
    return middle - half, middle + half


def _as_events(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row of the document as an event of its own; the narrowest first where there are too many."""
    alone = rows.assign(event=rows["id"]).reset_index(drop=True)
    own = events_of(alone)
    own = own[own["dated"]]
    return own if len(own) <= MOST_HERE else own.nsmallest(MOST_HERE, "importance")


def _hollow_events(hollow: Sequence[Hollow]) -> pd.DataFrame:
    """The candidates as events; those beyond MOST_HERE are left out."""
    made = [
        {
            "event": f"candidate {one.id}", "id": f"candidate {one.id}", "title": one.words, "words": one.when.words,
            "start": one.when.start, "end": one.when.end, "precision": one.when.precision,
            "approximate": one.when.approximate, "uncertain": one.when.uncertain, "disagree": False, "dated": True,
            "documents": 1, "importance": 10_000 + number,
        }
        for number, one in enumerate(hollow[:MOST_HERE])
    ]  # fmt: skip
    columns = ("event", "id", "title", "words", "start", "end", "precision", "approximate", "uncertain", "disagree",
               "dated", "documents", "importance")  # fmt: skip
    return pd.DataFrame(made, columns=list(columns))


def _laid_out(
    own: pd.DataFrame, hollow: pd.DataFrame, few: pd.DataFrame, window: tuple[float, float], plot: float, colours: Theme
) -> tuple[dict[str, dict[str, str]], Picture]:
    """The picture of both lanes, and what each mark stands for, by the id of the mark."""
    names = {THIS: 0, TABLE: 1}
    above = own.assign(event="row " + own["event"].astype("str"), lane=THIS, code="row")
    below = few.assign(event="event " + few["event"].astype("str"), lane=TABLE, code="table")
    parts = [part for part in (above, hollow.assign(lane=THIS, code="open"), below) if len(part)]
    everything = pd.concat(parts, ignore_index=True) if parts else above
    fade = (window[1] - window[0]) * _FADE
    pairs = everything[["event", "lane"]]
    codes = pd.Series(everything["code"].to_numpy(), index=everything["event"])
    stands = {
        event: {"candidate": id.removeprefix("candidate ")} if code == "open" else {"row": id}
        for event, id, code in zip(everything["event"], everything["id"], everything["code"], strict=True)
    }
    marks = make_marks(everything.drop(columns=["lane", "code"]), pairs, names, codes, fade)
    marks["id"] = marks["event"]
    marks.loc[marks["code"] == "open", "filled"] = False
    marks["label"] = ""
    scale = plot / (window[1] - window[0])
    placed, bands = arrange(extents(marks, scale).assign(label=0.0), [1, 1], max_rows=_ROWS, headers=True)
    marks["y"] = [bands[lane].row_centre(row) for lane, row in zip(marks["lane"], placed, strict=True)]
    legend = (
        Code("row", "Row of this document", "circle", colours.hues[0]),
        Code("open", "Open candidate", "diamond", colours.hues[1]),
        Code("table", "Event of the table", "circle", colours.other),
    )
    lanes = tuple(Lane(name, name, int((marks["lane"] == number).sum())) for name, number in names.items())
    nothing: Any = None  # no query selects what stands here, and the traces ask for none
    return stands, Picture(marks, bands, lanes, legend, colours, window, scale, 0, True, nothing)


def _shading(inside: pd.DataFrame, window: tuple[float, float], picture: Picture, colours: Theme) -> list[Trace]:
    """How thick all events of the table lie in the window, behind its marks."""
    middle = np.clip((inside["start"].clip(*window) + inside["end"].clip(*window)) / 2, *window)
    counts, edges = np.histogram(middle, bins=_BINS, range=window)
    heights = np.sqrt(counts / max(int(counts.max(initial=0)), 1))
    band = picture.bands[1]
    y = band.bottom - np.repeat(heights, 2) * (band.bottom - band.top) * 0.86
    return [
        {
            "type": "scatter", "mode": "lines", "name": "all events", "fill": "toself", "hoverinfo": "skip",
            "x": instants(np.concatenate(([edges[0]], np.repeat(edges, 2)[1:-1], [edges[-1]]))),
            "y": [band.bottom, *y.round(2).tolist(), band.bottom],
            "fillcolor": rgba(colours.muted, 0.22), "line": {"width": 0}, "showlegend": False,
        }
    ]  # fmt: skip


def _grounds(picture: Picture) -> list[dict[str, Any]]:
    band = picture.bands[0]
    return [
        {
            "type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": band.top, "y1": band.bottom,
            "fillcolor": picture.theme.band, "line": {"width": 0}, "layer": "below",
        }
    ]  # fmt: skip


def _at_hand(
    when: When | None, window: tuple[float, float], picture: Picture, colours: Theme
) -> list[dict[str, Any]]:
    """The date at hand: a line for a day, a band for what is longer, up to the edge where it is open."""
    if when is None:
        return []
    start, end = max(when.start, window[0]), min(when.end, window[1])
    if end <= start:
        return []
    x = instants(np.asarray([start, end]))
    if (end - start) / (window[1] - window[0]) < 0.004:
        middle = instants(np.asarray([(start + end) / 2]))[0]
        line = {"color": colours.hues[1], "width": 2}
        place = {"xref": "x", "yref": "paper", "x0": middle, "x1": middle, "y0": 0, "y1": 1}
        return [{"type": "line", **place, "line": line}]
    return [
        {
            "type": "rect", "xref": "x", "yref": "paper", "x0": x[0], "x1": x[1], "y0": 0, "y1": 1,
            "fillcolor": rgba(colours.hues[1], 0.16), "line": {"width": 0}, "layer": "below",
        }
    ]  # fmt: skip


