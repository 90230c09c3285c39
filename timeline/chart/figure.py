"""The printed figure: one picture that stands alone, with its title, names, labels, legend and small print.

Comes in: a Dataset, a Query, a width, a theme, a window. Leaves: a plotly Figure. Must not know files or Dash.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import plotly.graph_objects as go

from timeline.chart.coding import Code
from timeline.chart.evidence import small_print, title_of
from timeline.chart.ground import ground
from timeline.chart.labels import place
from timeline.chart.legend import annotation, legend_notes
from timeline.chart.lettering import bands, label_trace, names
from timeline.chart.paging import sheets
from timeline.chart.picture import MAX_LANES, NARROW, Picture, compose
from timeline.chart.shading import drawn_sentence, shading_traces
from timeline.chart.text import break_lines, escape
from timeline.chart.theme import NAMES_WIDTH, SMALL_SIZE, THEMES, Theme
from timeline.chart.traces import Trace, point_trace, span_traces
from timeline.query import Query, select
from timeline.table import Dataset

_SIDE = 16
_LINE = 15
_TITLE = 44
_AXIS = 44
_SQUEEZE, _STRETCH = 0.55, 1.5


@dataclass(frozen=True)
class Sheet:
    """All of a figure that does not depend on its lanes: sizes in pixels, words."""

    width: int
    plot: float
    left: int
    top: float
    legend: list[dict[str, Any]]
    heading: str
    lines: list[str]
    window: tuple[float, float]
    colours: Theme
    nothing: str

    def room(self, height: int) -> float:
        """What a figure so high has for its lanes, with two lines to say what is not on it."""
        return height - self.top - _bottom(len(self.lines) + 2)


def _bottom(lines: int) -> int:
    """The height of axis and small print."""
    return _AXIS + _LINE * lines + 14


def draw(
    dataset: Dataset,
    query: Query | None = None,
    *,
    width: int = 1200,
    height: int | None = None,
    theme: str = "light",
    view: tuple[float, float] | None = None,
    title: str | None = None,
    made: datetime | None = None,
    numbers: Mapping[str, str] | None = None,
) -> go.Figure:
    """The timeline of the events that `query` selects, as one figure.

    `width` in pixels (at least 320). With a `height`, as many lanes are drawn as it has room for, and the small print
    counts the others; without, it follows from the lanes. `view` is the window in days since 1970-01-01, None for the
    span that holds most events. `theme` is "light" or "dark" (KeyError otherwise). `made` is when, for the small print;
    `numbers` are those of footnotes, by event, for the labels.
    """
    picture, sheet = _prepare(dataset, query, width, theme, view, title, made, numbers, MAX_LANES)
    first = sheets(picture, sheet.room(height))[0] if height else picture
    return figure_of(sheet, first, picture.left_out + len(picture.lanes) - len(first.lanes), "", height)


def draw_sheets(
    dataset: Dataset,
    query: Query | None = None,
    *,
    width: int,
    height: int,
    theme: str = "light",
    view: tuple[float, float] | None = None,
    title: str | None = None,
    made: datetime | None = None,
    numbers: Mapping[str, str] | None = None,
) -> tuple[go.Figure, ...]:
    """The same on as many figures of `width` by `height` pixels as all its lanes need; one is higher where a single
    lane is. Beyond 2,000 lanes they are counted only."""
    picture, sheet = _prepare(dataset, query, width, theme, view, title, made, numbers, 2_000)
    parts = sheets(picture, sheet.room(height))
    return tuple(
        figure_of(sheet, part, picture.left_out, f"Page {number} of {len(parts)}.", height)
        for number, part in enumerate(parts, 1)
    )


def _prepare(
    dataset: Dataset,
    query: Query | None,
    width: int,
    theme: str,
    view: tuple[float, float] | None,
    title: str | None,
    made: datetime | None,
    numbers: Mapping[str, str] | None,
    max_lanes: int,
) -> tuple[Picture, Sheet]:
    asked = query if query is not None else Query()
    colours = THEMES[theme]
    headers = width < NARROW
    plot = plot_width(width)
    selection = select(dataset, asked)
    picture = compose(
        dataset, asked, width=plot, theme=theme, headers=headers, selection=selection, view=view, max_lanes=max_lanes,
        numbers=numbers,
    )  # fmt: skip
    window = view if view is not None else picture.home
    told = small_print(dataset, asked, selection, window, made)
    said = drawn_sentence(picture)
    sheet = sheet_of(width, picture.codes, title if title is not None else title_of(dataset), told, window, colours)
    sheet.lines[1:1] = break_lines(said, width - 2 * _SIDE, SMALL_SIZE) if said else []
    return picture, sheet


def sheet_of(
    width: int,
    codes: tuple[Code, ...],
    heading: str,
    told: Sequence[str],
    window: tuple[float, float],
    colours: Theme,
    nothing: str = "No event with a date matches.",
) -> Sheet:
    """Sizes and words of a figure `width` pixels wide; `told` are the sentences of its small print, `nothing` is what
    it says where it has no marks."""
    left = _SIDE if width < NARROW else NAMES_WIDTH + _SIDE
    lines = [line for text in told for line in break_lines(text, width - 2 * _SIDE, SMALL_SIZE)]
    _, legend_height = legend_notes(codes, width - 2 * _SIDE, colours, left=0, top=0)
    top = _TITLE + legend_height + 10
    legend = legend_notes(codes, width - 2 * _SIDE, colours, left=_SIDE - left, top=top - _TITLE + 4)[0]
    return Sheet(width, plot_width(width), left, top, legend, heading, lines, window, colours, nothing)


def plot_width(width: int) -> int:
    """The width of the plot in a figure `width` pixels wide."""
    return max(width, 320) - (_SIDE if width < NARROW else NAMES_WIDTH + _SIDE) - _SIDE


def figure_of(
    sheet: Sheet,
    picture: Picture,
    left_out: int = 0,
    page: str = "",
    height: int | None = None,
    under: Sequence[Trace] = (),
    labelled: Picture | None = None,
) -> go.Figure:
    """One sheet with the lanes of `picture`; `left_out` lanes are on none. `under` are traces that lie below its marks;
    labels are placed for the marks of `labelled`, where these take more room than what is drawn as marks."""
    colours, window, plot = sheet.colours, sheet.window, sheet.plot
    lines = list(sheet.lines)
    if left_out:
        lines.insert(1, f"{left_out:,} more lanes are not drawn." if left_out > 1 else "One more lane is not drawn.")
    if page:
        lines.append(page)
    natural = max(picture.height, 120.0)
    bottom = _bottom(len(lines))
    body = max(natural * _SQUEEZE, height - sheet.top - bottom) if height else natural
    # A taller sheet gives its lanes more room, and a lane that is too high is squeezed, both up to a point.
    depth = body / min(body / natural, _STRETCH)
    side = _SIDE - sheet.left

    def small(text: str, y: float) -> dict[str, Any]:
        return annotation(
            escape(text), 0, 0, SMALL_SIZE, colours.muted, xref="paper", yref="paper", xshift=side, yshift=y
        )

    notes = names(picture, picture.headers, plot if picture.headers else NAMES_WIDTH)
    notes.append(
        annotation(
            f"<b>{escape(sheet.heading)}</b>", 0, 1, 17, colours.ink, xref="paper", yref="paper", xshift=side,
            yshift=sheet.top - 22,
        )
    )  # fmt: skip
    notes += sheet.legend
    notes += [small(line, -(_AXIS + _LINE * (i + 0.5))) for i, line in enumerate(lines)]
    if not len(picture.marks):
        nothing = {"xref": "paper", "yref": "paper", "xanchor": "center"}
        notes.append(annotation(sheet.nothing, 0.5, 0.5, 14, colours.muted, **nothing))
    data = [
        *shading_traces(picture),
        *under,
        *span_traces(picture, scale=plot / (window[1] - window[0])),
        point_trace(picture),
        label_trace(place(labelled or picture, window, plot), window, plot, colours),
    ]
    layout = {
        "width": sheet.width,
        "height": round(sheet.top + body + bottom),
        "margin": {"l": sheet.left, "r": _SIDE, "t": sheet.top, "b": bottom, "autoexpand": False},
        **ground(colours, window, plot, depth),
        "shapes": bands(picture),
        "annotations": notes,
    }
    return go.Figure({"data": data, "layout": layout})
