"""The differences of two tables as one figure: what was added, removed, moved, cited from elsewhere, edited.

Comes in: Differences, names and fingerprints of the tables, a width and a theme. Leaves: a plotly Figure. Must not know
files, or how differences are found.

Each kind has a lane and a symbol of its own. A row that moved stands at its new place; a hollow mark is its old one,
and a dotted line leads from there. Dates are as honest as in any other chart.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from timeline.chart.coding import Code
from timeline.chart.difference_marks import WAS, Drawn, drawn_of
from timeline.chart.figure import figure_of, plot_width, sheet_of
from timeline.chart.lanes import arrange
from timeline.chart.marks import extents
from timeline.chart.picture import NARROW, Picture, name_lines
from timeline.chart.shading import fill_trace
from timeline.chart.text import wrap
from timeline.chart.theme import NAMES_WIDTH, SOFT_WIDTH, THEMES, Theme, rgba
from timeline.chart.traces import DAY_MS, Trace, instants, on_top, plain
from timeline.curating.comparing import ADDED, EDITED, MOVED, RECITED, REMOVED, RENAMED, Differences
from timeline.curating.telling import heading, summary
from timeline.query import MARKS, Lane, Query, Selection, outlier_sentence
from timeline.query.window import home, lane_density, outliers
from timeline.table.moment import MONTHS

_SYMBOLS = {ADDED: ("cross", 2), REMOVED: ("x", 5), MOVED: ("diamond", 0), RECITED: ("square", 1),
            RENAMED: ("pentagon", 3), EDITED: ("triangle-up", 4)}  # fmt: skip
_MANY = 240
_ROWS, _ROWS_OF_MANY = 60, 8
"""Rows of a lane at most: where all is not drawn anyway, marks may cover each other."""
_BINS = 256
_FADE_SHARE = 0.1
_WIDE = 12.0
"""Pixels that an old date must cover to be more than its hollow mark."""
_HOVER = 46
_LETTER = 14.0
"""Pixels of the plot to a letter of a label: so that it finds room on one side of a mark in its middle."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the tables: its name and fingerprint."""

    name: str
    fingerprint: str


def draw_differences(
    found: Differences,
    old: Side,
    new: Side,
    *,
    width: int = 1200,
    height: int | None = None,
    theme: str = "light",
    made: datetime | None = None,
) -> go.Figure:
    """The figure, `width` pixels wide (at least 320) and `height` high, or as high as its lanes need. `theme` is
    "light" or "dark"; `made` is when, for the small print."""
    colours, plot = THEMES[theme], plot_width(width)
    dated = _dated(found)
    window = home(dated)
    lo, hi = window
    drawn = drawn_of(found, fade=(hi - lo) * _FADE_SHARE, most=MARKS, longest=min(max(round(plot / _LETTER), 24), 68))
    picture = _laid_out(drawn, window, plot, colours, headers=width < NARROW)
    title = f"What changed from {old.name} to {new.name}" if old.name != new.name else f"What changed in {new.name}"
    nothing = "No row with a date differs." if found.rows else "No differences."
    told = _told(found, drawn, dated, window, old, new, made)
    sheet = sheet_of(width, picture.codes, title, told, window, colours, nothing)
    under = [*_shading(drawn, picture, window), *_old_places(picture.marks, drawn.old, colours, plot / (hi - lo))]
    labelled = replace(picture, marks=_widened(picture.marks, drawn.old))
    figure = figure_of(sheet, picture, height=height, under=under, labelled=labelled)
    figure.update_layout(meta=title)
    return _with_hover(figure, picture.marks)


def _dated(found: Differences) -> pd.DataFrame:
    """The dates of all rows that differ, old and new ones."""
    sides = [side for row in found.rows for side in (row.before, row.after) if side is not None]
    frame = pd.DataFrame({name: [side[name] for side in sides] for name in ("start", "end", "precision")})
    frame = frame.astype({"start": "float64", "end": "float64", "precision": "str"})
    return frame[frame["start"].notna()].drop_duplicates()


def _laid_out(
    drawn: Drawn, window: tuple[float, float], plot: float, colours: Theme, *, headers: bool
) -> Picture:
    """The marks with their rows, in a lane for each kind; a row that moved has room for both its places."""
    lanes = tuple(Lane(kind, f"{heading(kind)} {count:,}", count) for kind, count in drawn.lanes.items())
    names = [len(name_lines(lane.label, plot if headers else NAMES_WIDTH)) for lane in lanes]
    scale = plot / (window[1] - window[0])
    many = len(drawn.marks) > _MANY
    room = _turned(extents(_widened(drawn.marks, drawn.old), scale), window[1] * scale)
    rows, bands = arrange(room, names, max_rows=_ROWS_OF_MANY if many else _ROWS, headers=headers)
    y = [bands[lane].row_centre(row) for lane, row in zip(drawn.marks["lane"], rows, strict=True)]
    marks = drawn.marks.assign(row=rows, y=y)
    codes = [
        Code(kind, heading(kind), symbol, colours.hues[hue])
        for kind, (symbol, hue) in _SYMBOLS.items()
        if kind in drawn.lanes
    ]
    if MOVED in drawn.lanes:
        codes.append(Code(WAS, "Old place of what moved", "circle-open", colours.muted))
    chosen = Selection(0, 0, 0, 0, 0, Query(), _nothing, _nothing)
    return Picture(marks, bands, lanes, tuple(codes), colours, window, scale, 0, headers, chosen)


def _turned(room: pd.DataFrame, edge: float) -> pd.DataFrame:
    """The room with the labels that would cross the right `edge` on the other side of their marks, where they go."""
    beyond = room["right"] + room["label"] > edge
    return room.assign(
        left=room["left"] - room["label"].where(beyond, 0.0), label=room["label"].where(~beyond, 0.0)
    )


def _nothing() -> Any:
    """No query chose these rows."""
    raise LookupError("the rows of a comparison are not those of a query")


def _widened(marks: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """The marks with the stretch from the old place to the new one, which no label and no other mark may cross."""
    before = old.set_index("event").reindex(marks["event"])
    first = before[["start", "at"]].min(axis=1).to_numpy(float)
    last = before[["end", "at"]].max(axis=1).to_numpy(float)
    start, end = marks["start"].to_numpy(float), marks["end"].to_numpy(float)
    return marks.assign(start=np.fmin(start, first), end=np.fmax(end, last))


def _old_places(marks: pd.DataFrame, old: pd.DataFrame, colours: Theme, scale: float) -> list[Trace]:
    """The hollow bars and marks at the old places, and the dotted lines from there to the new ones."""
    if not len(old):
        return []
    moved = marks.merge(old[["event", "at", "start", "end", "size"]], on="event", suffixes=("", "_old"))
    y = moved["y"].tolist()
    to, at = instants(moved["at"]), instants(moved["at_old"])
    outline = {"width": 1.5, "color": colours.muted}
    common = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": True}
    lines: Trace = {
        "type": "scatter",
        "mode": "lines",
        "name": "moves",
        "x": [place for pair in zip(at, to, strict=True) for place in (*pair, None)],
        "y": [height for height in y for _ in range(3)],
        "line": {"color": colours.muted, "width": 1.5, "dash": "dot"},
        **common,
    }
    hollow: Trace = {
        "type": "scatter",
        "mode": "markers",
        "name": "old places",
        "x": at,
        "y": y,
        "marker": {"symbol": "circle", "size": 9, "color": colours.ground, "line": outline},
        **common,
    }
    wide = moved[(moved["end_old"] - moved["start_old"]) * scale > _WIDE]
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "name": "old dates",
        "base": instants(wide["start_old"]),
        "x": [float(length) * DAY_MS for length in wide["end_old"] - wide["start_old"]],
        "y": wide["y"].tolist(),
        "width": SOFT_WIDTH,
        "marker": {"color": rgba(colours.muted, 0), "line": {"width": 1, "color": colours.muted}},
        **common,
    }
    return [*([bars] if len(wide) else []), lines, hollow]


def _shading(drawn: Drawn, picture: Picture, window: tuple[float, float]) -> list[Trace]:
    """How thick all rows lie, where not all are drawn."""
    if not drawn.hidden:
        return []
    weights, _ = lane_density(drawn.start, drawn.end, drawn.lane, len(drawn.lanes), *window, _BINS)
    top = float(weights.max(initial=0.0)) or 1.0
    return [fill_trace(picture.bands, window, np.sqrt(weights / top), picture.theme)]


def _told(
    found: Differences,
    drawn: Drawn,
    dated: pd.DataFrame,
    window: tuple[float, float],
    old: Side,
    new: Side,
    made: datetime | None,
) -> list[str]:
    """The small print: counts, what is not drawn, which tables."""
    lines = [summary(found)]
    undated = sum(float(row.row["start"]) != float(row.row["start"]) for row in found.rows)
    if undated:
        lines.append("One of the rows has no date." if undated == 1 else f"{undated:,} of the rows have no date.")
    if drawn.hidden:
        lines.append(f"{len(drawn.marks):,} of {len(drawn.start):,} are drawn as marks, evenly over time; the shading "
                     "counts them all.")  # fmt: skip
    outside = outlier_sentence(*outliers(dated, *window), *window)
    if outside:
        lines.append(f"{outside.replace('event', 'date')}.")
    when = f" Made on {made.day} {MONTHS[made.month - 1]} {made.year}." if made else ""
    lines.append(f"Old data {old.fingerprint}, new data {new.fingerprint}.{when}")
    return lines


def _with_hover(figure: go.Figure, marks: pd.DataFrame) -> go.Figure:
    """Say at each mark what is different; its bars say nothing."""
    told = ["<br>".join(wrap(line, _HOVER) for line in lines) for lines in plain(on_top(marks)["hover"])]
    for trace in figure.data:
        if trace.name == "events":
            trace.update(hovertext=told, hoverinfo="text")
        else:
            trace.update(hovertext=None, hoverinfo="skip")
    return figure
