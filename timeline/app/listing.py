"""The list: the same events as the chart, as text, and the tray of those without a date.

Comes in: a Dataset and a Selection. Leaves: Dash components. Must not know the chart.
"""

from typing import Any

import pandas as pd
from dash import html

from timeline.query import Selection
from timeline.table import Dataset

MOST = 500
"""Rows that the list holds at once; more would slow the page down, and a filter finds them."""


def _told(row: pd.Series) -> str:
    documents = int(row["documents"])
    return "1 document" if documents == 1 else f"{documents} documents"


def _row(row: pd.Series, ids: str, sources: str) -> Any:
    data = {"data-id": row["id"], "data-event": row["event"], "data-ids": ids}
    return html.Li(
        html.Button(
            [
                html.Span(row["words"] if row["dated"] else "undated", className="row-when"),
                html.Span(row["title"], className="row-title", dir="auto"),
                html.Span(sources, className="row-sources", dir="auto"),
                html.Span(row["status"], className=f"row-status {row['status']}"),
            ],
            type="button",
            className="row-button",
            **data,
        )
    )


def _sources(dataset: Dataset, events: pd.DataFrame) -> dict[str, str]:
    mentions = dataset.mentions[dataset.mentions["event"].isin(events["event"])]
    named = mentions.assign(by=mentions["source"].where(mentions["source"] != "", mentions["document"]))
    pairs = named[["event", "by"]].drop_duplicates()
    return {str(event): ", ".join(group) for event, group in pairs.groupby("event", sort=False)["by"]}


def _ids(dataset: Dataset, events: pd.DataFrame) -> dict[str, str]:
    mentions = dataset.mentions[dataset.mentions["event"].isin(events["event"])]
    return {str(event): " ".join(group) for event, group in mentions.groupby("event", sort=False)["id"]}


def rows(dataset: Dataset, events: pd.DataFrame) -> list[Any]:
    """One list item with a button for each event, in the order of the frame."""
    listed = events.head(MOST)
    sources, ids = _sources(dataset, listed), _ids(dataset, listed)
    items = [
        _row(row, ids.get(row["event"], row["id"]), sources.get(row["event"], ""))
        for _, row in listed.iterrows()
    ]
    if len(events) > MOST:
        items.append(html.Li(f"and {len(events) - MOST} more: filter to see them here", className="hint"))
    return items


def listing(dataset: Dataset, selection: Selection) -> list[Any]:
    """The dated events of the selection, by date."""
    events = selection.events
    dated = events[events["dated"]]
    count = "1 event" if len(dated) == 1 else f"{len(dated)} events"
    head = html.Div(
        [html.H2("List"), html.P([count, ", ", html.Span(id="list-in-view")], className="hint")],
        className="panel-head",
    )
    return [head, html.Ol(rows(dataset, dated), id="list", **{"aria-label": "Events by date"})]


def tray(dataset: Dataset, selection: Selection) -> list[Any]:
    """The undated events of the selection, in a fold of their own; nothing when there are none."""
    events = selection.events
    undated = events[~events["dated"]]
    if undated.empty:
        return []
    count = "1 event" if len(undated) == 1 else f"{len(undated)} events"
    return [
        html.Details(
            [html.Summary(f"Undated: {count}"), html.Ol(rows(dataset, undated), className="plain")],
            id="undated",
        )
    ]
