"""Marks as plotly traces, as plain dicts: a handful of traces, however many marks.

Comes in: a Picture. Leaves: trace dicts. Must not know layout or Dash.

Printed, soft edges and fading ends are nested translucent bars: any number of uncertain dates costs one trace a step,
and they survive in SVG and PDF. On the page the browser paints all spans by itself, and no trace stands for them.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from timeline.chart.picture import Picture
from timeline.chart.text import escape, wrap
from timeline.chart.theme import SOFT_WIDTH, SPAN_WIDTH, rgba
from timeline.table.days import iso_instant

DAY_MS = 86_400_000.0
_STEPS = 24
_STRENGTH = 0.55
_HOVER_WIDTH = 46

Trace = dict[str, Any]


_COMMON = (-719_162.0, 2_932_896.0)
"""The days of the years 1 to 9999, which numpy writes as `iso_instant` does, only faster."""


def instants(days: pd.Series | np.ndarray) -> list[str]:
    """ISO instants for plotly's date axis, with four-digit years, BC included."""
    found = np.asarray(days, dtype=float)
    if len(found) and (found.min() < _COMMON[0] or found.max() >= _COMMON[1]):
        return [iso_instant(float(value)) for value in found]
    whole = np.floor(found)
    seconds = (whole * 86_400 + np.rint((found - whole) * 86_400)).astype("datetime64[s]")
    written: list[str] = np.datetime_as_string(seconds).tolist()
    return written


def plain(column: pd.Series) -> list[Any]:
    """A column as a list of Python's own values; asked one by one, text columns are slow."""
    values: list[Any] = column.to_numpy(dtype=object).tolist()
    return values


@lru_cache(maxsize=50_000)
def hover_text(title: str, words: str, documents: int) -> str:
    """What a hover shows: title, date in words, how many documents mention it. Escaped."""
    told = "1 document" if documents == 1 else f"{documents} documents"
    return f"<b>{wrap(title, _HOVER_WIDTH)}</b><br>{escape(words)}<br>{told}"


def hover_texts(marks: pd.DataFrame) -> list[str]:
    """The hover of each mark; an event in several lanes says the same in all of them."""
    return [
        hover_text(*each)
        for each in zip(*(plain(marks[name]) for name in ("title", "words", "documents")), strict=True)
    ]


def _bars(
    name: str,
    base: np.ndarray,
    length: np.ndarray,
    y: pd.Series,
    colours: list[str],
    width: Any,
    marks: pd.DataFrame,
    hover: list[str] | None,
) -> Trace:
    trace: Trace = {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "base": instants(base),
        "x": [float(value) * DAY_MS for value in length],
        "y": [float(value) for value in y],
        "width": width,
        "marker": {"color": colours, "line": {"width": 0}},
        "customdata": list(marks["id"]),
        "showlegend": False,
        "cliponaxis": True,
    }
    if hover is None:
        trace["hoverinfo"] = "skip"
    else:
        trace |= {"hovertext": hover, "hoverinfo": "text"}
    return trace


def is_soft(marks: pd.DataFrame) -> pd.Series:
    """Which marks are drawn with soft edges or fading ends: all but plain durations."""
    return ~(marks["solid"] & ~marks["fade_left"] & ~marks["fade_right"] & ~marks["doubtful"])


def span_traces(picture: Picture, *, scale: float = 0.0) -> list[Trace]:
    """Bars: solid for durations, nested and translucent for "some time in" and for ends that fade.

    With a `scale`, in pixels a day, those of the latter that are no wider than their own point are left out.
    """
    marks, theme = picture.marks, picture.theme
    colour_of = {code.key: code.colour for code in picture.codes}
    texts = np.asarray(hover_texts(marks), dtype=object)
    solid = ~is_soft(marks).to_numpy(bool)
    traces = []
    if solid.any():
        bars = marks[solid]
        colours = [rgba(colour_of.get(code, theme.other), 0.75) for code in bars["code"]]
        length = (bars["end"] - bars["start"]).to_numpy(float)
        traces.append(
            _bars(
                "durations",
                bars["start"].to_numpy(float),
                length,
                bars["y"],
                colours,
                SPAN_WIDTH,
                bars,
                list(texts[solid]),
            )
        )
    wide = (marks["end"] - marks["start"]) * scale >= marks["size"] + 2
    blurred = ~solid & (wide.to_numpy(bool) if scale else True)
    if blurred.any():
        bars = marks[blurred]
        start, end = bars["start"].to_numpy(float), bars["end"].to_numpy(float)
        left, right = bars["fade_left"].to_numpy(bool), bars["fade_right"].to_numpy(bool)
        strength = np.where(bars["solid"], _STRENGTH + 0.15, _STRENGTH - 0.1)
        alpha = 1 - (1 - strength) ** (1 / _STEPS)
        colours = [
            rgba(colour_of.get(code, theme.other), float(a)) for code, a in zip(bars["code"], alpha, strict=True)
        ]
        # A known day is a point; its bar only shows far in, and stays thinner than the point until then.
        widths = np.where(bars["filled"] & ~bars["solid"], SPAN_WIDTH - 1, SOFT_WIDTH).tolist()
        for step in range(_STEPS):
            inset = (end - start) * step / _STEPS
            half = inset * 0.45
            lo = start + np.where(right & ~left, 0.0, np.where(left & ~right, inset, half))
            hi = end - np.where(left & ~right, 0.0, np.where(right & ~left, inset, half))
            hover = list(texts[blurred]) if step == 0 else None
            traces.append(_bars("soft", lo, hi - lo, bars["y"], colours, widths, bars, hover))
    return traces


def on_top(marks: pd.DataFrame) -> pd.DataFrame:
    """Marks in the order in which their points are drawn: the most important come last, so that they lie on top."""
    return marks.sort_values("importance", ascending=False, kind="stable")


def point_trace(picture: Picture, *, hover: bool = True) -> Trace:
    """One trace of markers: symbol and colour by code, open where the day is not known, dotted where doubtful.

    Without `hover` its words are left out, for a page that writes them itself.
    """
    marks, theme = on_top(picture.marks), picture.theme
    by_key = {code.key: code for code in picture.codes}
    symbols, colours = [], []
    for key, filled, doubtful in zip(*(plain(marks[name]) for name in ("code", "filled", "doubtful")), strict=True):
        code = by_key.get(key)
        symbol = code.symbol if code else "circle"
        symbols.append(symbol + ("" if filled else "-open-dot" if doubtful else "-open"))
        colours.append(code.colour if code else theme.other)
    words = {"hovertext": hover_texts(marks)} if hover else {}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "events",
        "x": instants(marks["at"]),
        "y": [float(value) for value in marks["y"]],
        "marker": {
            "symbol": symbols,
            "color": colours,
            "size": [int(value) for value in marks["size"]],
            "line": {"width": 1.2, "color": theme.ground},
            "opacity": 1,
        },
        "customdata": plain(marks["id"]),
        **words,
        "hoverinfo": "text",
        "showlegend": False,
        "cliponaxis": True,
    }
