"""The first answer, asked for before the page's own scripts have started: all that an address shows, list included.

Comes in: a Dataset, the search string of an address, the browser's viewport as it was guessed. Leaves: values by the
component and property that they are for. Must not know when they are put there.
"""

from collections.abc import Mapping
from typing import Any

from timeline.app.listing import listing
from timeline.app.steering import shown
from timeline.query import Query, from_search, select, view_days, view_text, without_view
from timeline.table import Dataset

CONTROLS = {
    "match": ("match", "value"),
    "members": ("members", "checked"),
    "start": ("from", "value"),
    "end": ("to", "value"),
    "words": ("words", "value"),
    "lanes": ("lanes", "value"),
    "order": ("order", "value"),
}
"""The controls that hold a field of the Query, and their property."""
ANSWERS = {
    "query": ("query", "data"),
    "event": ("event", "data"),
    "facets": ("facets", "data"),
    "dates": ("dates-read", "children"),
    "figure": ("figure", "data"),
    "sentence": ("sentence", "children"),
    "chips": ("chips", "children"),
    "legend": ("legend", "children"),
    "outliers": ("outliers", "children"),
    "empty": ("empty", "children"),
    **CONTROLS,
}
"""What follows from a Query, by the names of `shown`, and where it goes."""
LIST = ("rows", "data")


def opening(dataset: Dataset, asked: Mapping[str, str]) -> dict[str, Any]:
    """Values by `component.property`; a control that stands as it opens is left out. `asked` has the fields `search`,
    `width`, `narrow` and `theme`."""
    search = asked.get("search", "")
    width = asked.get("width", "")
    viewport = {
        "width": float(width) if width.isdecimal() else None,
        "narrow": bool(asked.get("narrow")),
        "theme": asked.get("theme"),
    }
    query, ignored = from_search(without_view(search), dataset)
    view = view_text(search)
    told = shown(dataset, query, {}, viewport, view, ignored)
    fields: dict[str, Any] = {name: getattr(query, name) for name in CONTROLS}
    told |= {name: value for name, value in fields.items() if value != getattr(Query(), name)}
    if query.event:
        told["event"] = query.event
    values = {".".join(ANSWERS[name]): value for name, value in told.items() if name in ANSWERS}
    return values | {".".join(LIST): listing(dataset, select(dataset, query), view_days(view))}
