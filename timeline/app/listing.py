"""The list: the same events as the chart, as text, and the tray of those without a date.

Comes in: a Dataset and a Selection. Leaves: plain data for the browser (assets/45-lists.js), and the places it fills.
Must not know the chart.
"""

from typing import Any

import pandas as pd
from dash import html

from timeline.query import Selection, by_date
from timeline.table import Dataset

MOST = 2000
"""Rows that the list holds at once; a filter finds the others."""


def _events(count: int) -> str:
    return "1 event" if count == 1 else f"{count:,} events"


def rows(dataset: Dataset, events: pd.DataFrame) -> list[dict[str, str]]:
    """One record for each event, in the order of the frame: id, event, ids of all its mentions, when, title, sources,
    status."""
    mentions = dataset.mentions[dataset.mentions["event"].isin(events["event"])]
    told = mentions.assign(by=mentions["source"].where(mentions["source"] != "", mentions["document"]))
    pairs = told[["event", "by"]].drop_duplicates()
    sources = {str(event): ", ".join(group) for event, group in pairs.groupby("event", sort=False)["by"]}
    ids = {str(event): " ".join(group) for event, group in mentions.groupby("event", sort=False)["id"]}
    columns = events[["id", "event", "words", "title", "status", "dated"]].itertuples(index=False, name=None)
    return [
        {
            "id": name,
            "event": event,
            "ids": ids.get(event, name),
            "when": words if dated else "undated",
            "title": title,
            "sources": sources.get(event, ""),
            "status": status,
        }
        for name, event, words, title, status, dated in columns
    ]


def listing(dataset: Dataset, selection: Selection) -> dict[str, Any]:
    """What the list and the tray hold, at most `MOST` rows each, and how many there are."""
    dated = by_date(selection.events[selection.events["dated"]])
    undated = selection.tray
    return {
        "dated": rows(dataset, dated.head(MOST)),
        "more": max(0, len(dated) - MOST),
        "words": _events(len(dated)),
        "undated": rows(dataset, undated.head(MOST)),
        "undatedMore": max(0, len(undated) - MOST),
        "undatedWords": f"Undated: {_events(len(undated))}",
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
