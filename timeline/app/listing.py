"""The list: the same events as the chart, as text, and the tray of those without a date.

Comes in: a Dataset and a Selection. Leaves: plain data for the browser (assets/45-lists.js), and the places it fills.
Must not know how the chart is laid out.
"""

from math import inf, isnan
from typing import Any

import numpy as np
from dash import html

from timeline.chart.screen import to_ms
from timeline.query import Selection, engine_for, excerpt, home_of
from timeline.query.window import FIRST, LAST
from timeline.table import Dataset

MOST = 2000
"""Up to so many events are all in the list at once; of more, only those in the window are, page by page."""
PAGE = 300


def _events(count: int) -> str:
    return "1 event" if count == 1 else f"{count:,} events"


def rows(dataset: Dataset, numbers: np.ndarray) -> list[dict[str, Any]]:
    """One record for each event, in the order of the numbers: id, event, ids of all its mentions, when, title, sources,
    status, and from when to when it lasts in milliseconds since 1970."""
    shown = excerpt(dataset, numbers)
    events = shown.events.iloc[np.searchsorted(np.unique(numbers), numbers)]
    mentions = shown.mentions
    told = mentions.assign(by=mentions["source"].where(mentions["source"] != "", mentions["document"]))
    pairs = told[["event", "by"]].drop_duplicates()
    sources = {str(event): ", ".join(group) for event, group in pairs.groupby("event", sort=False)["by"]}
    ids = {str(event): " ".join(group) for event, group in mentions.groupby("event", sort=False)["id"]}
    names = ["id", "event", "words", "title", "status", "dated", "start", "end"]
    columns = events[names].itertuples(index=False, name=None)
    return [
        {
            "id": name,
            "event": event,
            "ids": ids.get(event, name),
            "when": words if dated else "undated",
            "title": title,
            "sources": sources.get(event, ""),
            "status": status,
            "from": _ms(start),
            "to": _ms(end),
        }
        for name, event, words, title, status, dated, start, end in columns
    ]


def _ms(days: float) -> float:
    """Milliseconds since 1970; an open or unknown end lies beyond all that can be shown."""
    return to_ms(min(max(days, FIRST), LAST)) if not isnan(days) else 0.0


def is_paged(selection: Selection) -> bool:
    """Whether there are too many events for the list to hold them all."""
    return selection.shown > MOST


def listing(
    dataset: Dataset, selection: Selection, window: tuple[float, float] | None = None, most: int = PAGE
) -> dict[str, Any]:
    """What the list and the tray hold, and how many there are.

    Of more than `MOST` events the list holds those that touch `window` (days since 1970-01-01; None: the opening
    span), those that begin in it first, and the first `most` of them; `more` is how many others do.
    """
    paged, engine, query = is_paged(selection), engine_for(dataset), selection.query
    held = max(most, 1) if paged else MOST
    dated, count = engine.listed(query, (window or home_of(dataset)) if paged else (-inf, inf), held)
    undated = engine.tray(query, PAGE if paged else MOST)
    return {
        "dated": rows(dataset, dated),
        "more": max(0, count - held),
        "page": PAGE if paged else 0,
        "words": _events(selection.shown),
        "inside": count if paged else None,
        "undated": rows(dataset, undated),
        "undatedMore": selection.undated - len(undated),
        "undatedWords": f"Undated: {_events(selection.undated)}",
    }


def places() -> list[Any]:
    """The tray and the list, empty."""
    head = html.Div(
        [
            html.H2("List"),
            html.P([html.Span(id="list-count"), ", ", html.Span(id="list-in-view")], className="hint"),
        ],
        className="panel-head",
    )
    return [
        html.Details(
            [html.Summary(id="undated-count"), html.Ol(id="undated-list", className="plain")], id="undated", hidden=True
        ),
        html.Section(
            [head, html.Ol(id="list", **{"aria-label": "Events by date"})],
            id="listing",
            **{"aria-label": "List of events"},
        ),
    ]
