"""What follows from the reader's choice: controls to a Query, a Query to everything that the page shows.

Comes in: values of controls, a Query, a Dataset. Leaves: components and figures, by the names of the outputs. Must not
know when it is asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np
from dash import dcc, html

from timeline.app.filters import facet_data
from timeline.app.legend import empty, legend, outliers
from timeline.app.viewing import dates_read
from timeline.chart.coding import coded_column
from timeline.chart.picture import compose
from timeline.chart.screen import screen
from timeline.export.writing import SIZES, Look
from timeline.query import (
    Query,
    Selection,
    as_dict,
    chips,
    cleared,
    engine_for,
    excerpt,
    facets,
    loosen,
    outlier_sentence,
    remembered,
    select,
    sentence,
    to_search,
    view_days,
)
from timeline.table import Dataset

_FIELDS = {
    "actor": "actors",
    "source": "sources",
    "document": "documents",
    "category": "categories",
    "status": "statuses",
}


def from_controls(chosen: Any, others: dict[str, Any]) -> Query:
    """The Query of the controls: `chosen` has the values of each facet, `others` the rest by field name."""
    fields: dict[str, Any] = dict(others)
    extras: list[tuple[str, str]] = []
    for key, values in chosen.items() if isinstance(chosen, dict) else ():
        if key in _FIELDS:
            fields[_FIELDS[key]] = values
        elif isinstance(values, list):
            extras += [(str(key).removeprefix("x:"), value) for value in values]
    return Query(**fields, extras=tuple(extras))


def chosen_in(query: Query) -> dict[str, list[str]]:
    """The values that a query chooses in each facet: what `from_controls` takes."""
    chosen = {key: list(getattr(query, field)) for key, field in _FIELDS.items()}
    for name, value in query.extras:
        chosen.setdefault(f"x:{name}", []).append(value)
    return chosen


def facet_parts(dataset: Dataset, query: Query, finds: Any) -> dict[str, Any]:
    """All facets as the browser draws them; `finds` is what is typed into their boxes."""
    typed = finds if isinstance(finds, dict) else {}
    return {key: facet_data(values, str(typed.get(key, ""))) for key, values in facets(dataset, query).items()}


def chip_links(query: Query, dataset: Dataset) -> list[Any]:
    links = [
        dcc.Link(
            [html.Span(chip.words, dir="auto"), html.Span("×", **{"aria-hidden": "true"})],
            href=chip.search_without or "?",
            className="chip on",
            title=f"Remove: {chip.words}",
        )
        for chip in chips(query, dataset)
    ]
    if links:
        links.append(
            dcc.Link("Reset filters", href=to_search(cleared(query)) or "?", className="chip reset", id="reset")
        )
    return links


def shown(
    dataset: Dataset,
    query: Query,
    finds: Any,
    viewport: dict[str, Any],
    view: Any,
    ignored: tuple[str, ...],
) -> dict[str, Any]:
    """Everything on the page that follows from a query, by the names of the outputs.

    `finds` is what is typed into the facets' boxes; `viewport` is the browser's
    width and theme; `view` the window of the chart; `ignored` what the address held that was not understood.
    """
    width = _number(viewport.get("width"), 1000)
    theme = "dark" if viewport.get("theme") == "dark" else "light"
    selection = select(dataset, query)
    picture = compose(
        dataset, query, width=width, theme=theme, headers=bool(viewport.get("narrow")), selection=selection,
        view=view_days(view), keep=number_of(dataset, query.event),
    )  # fmt: skip
    before, after = remembered(
        dataset, "outliers", lambda: engine_for(dataset).beyond(Query(), *picture.home)
    )
    words: list[Any] = [sentence(selection, query)]
    if ignored:
        words.append(html.Span(f" Not understood in the address: {'; '.join(ignored)}.", className="ignored"))
    return {
        "query": as_dict(query),
        "wanted": as_dict(query),
        "facets": facet_parts(dataset, query, finds),
        "dates": dates_read(query.start, query.end),
        "figure": screen(dataset, picture, query.lanes, view_days(view)),
        "sentence": words,
        "chips": chip_links(query, dataset),
        "legend": legend(picture.codes, coded_column(query.lanes)),
        "outliers": outliers(outlier_sentence(before, after, *picture.home)),
        "empty": [] if selection.shown else empty(loosen(dataset, query), query, selection.undated),
    }


def refined(
    dataset: Dataset,
    query: Query,
    selection: Selection,
    viewport: dict[str, Any],
    view: tuple[float, float],
    asked: dict[str, Any],
) -> tuple[dict[str, Any], tuple[float, float]]:
    """The figure for another window (`view`, in days), where not all events are drawn, and the window it shows.

    `asked` may have an `event` that is to be among the marks; with `seek` the window is moved to it. The figure
    echoes `asked` in its `meta`.
    """
    event = asked.get("event")
    keep = number_of(dataset, event if isinstance(event, str) else "")
    if keep >= 0 and asked.get("seek"):
        sought = excerpt(dataset, np.array([keep])).events
        first, last = (float(sought[name].iloc[0]) for name in ("start", "end"))
        known = [bound for bound in (first, last) if isfinite(bound)]
        middle, half = sum(known) / max(len(known), 1), (view[1] - view[0]) / 2
        if known and not view[0] < middle < view[1]:
            view = middle - half, middle + half
    picture = compose(
        dataset, query, width=_number(viewport.get("width"), 1000), headers=bool(viewport.get("narrow")),
        theme="dark" if viewport.get("theme") == "dark" else "light", view=view, keep=keep,
        selection=selection,
    )  # fmt: skip
    figure = screen(dataset, picture, query.lanes, view)
    figure["meta"]["asked"] = {"serial": asked.get("serial"), "seek": bool(asked.get("seek"))}
    return figure, view


def number_of(dataset: Dataset, event: str) -> int:
    """The number of the event of a mention's id or an event's slug; -1 for none."""
    return engine_for(dataset).find(event) if event else -1


def same(one: Query, other: Query) -> bool:
    """Whether two queries show the same, whichever card is open."""
    return as_dict(one) | {"event": ""} == as_dict(other) | {"event": ""}


def _number(value: Any, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) and 50 <= value <= 20_000 else otherwise


def with_view(search: str, view: Any) -> str:
    """A search string that also keeps the window of the chart."""
    if view_days(view) is None:
        return search
    part = f"view={view[0]}..{view[1]}"
    return f"{search}&{part}" if search else f"?{part}"


def chosen_paper(paper: Any, look: Look) -> Look:
    """The look with the size, the fineness and the footnotes that were chosen in the menu; what is none of them changes
    nothing."""
    chosen = paper if isinstance(paper, Mapping) else {}
    width, height = SIZES.get(str(chosen.get("size")), (look.width, look.height))
    scale = str(chosen.get("scale"))
    return replace(
        look,
        width=width,
        height=height,
        scale=int(scale) if scale in ("1", "2", "3", "4") else look.scale,
        footnotes=chosen.get("footnotes") == "on",
    )
