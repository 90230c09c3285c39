"""The peer: what a first version does with the same table, in pandas, plotly express and Dash.

Comes in: the path of events.csv, what is chosen. Leaves: frames, counts, a figure, a Dash app. Must not know our rooms.

It is the same question with the same answer: the tables joined, actors split at each question, counts by groupby, the
whole figure made anew at each change. It makes no checks and reads a date with pandas as far as that goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

FACETS = ("actor", "source", "document", "category", "status")
Chosen = Mapping[str, tuple[str, ...]]


def read(path: Path) -> pd.DataFrame:
    """The events with their source, and `start` and `finish` as far as pandas reads them (NaT where it does not)."""
    events = pd.read_csv(path, dtype="str", keep_default_na=False)
    documents = pd.read_csv(path.parent / "documents.csv", dtype="str", keep_default_na=False)
    events = events.merge(documents[["id", "source"]].rename(columns={"id": "document"}), on="document", how="left")
    events["source"] = events["source"].fillna("")
    events["event"] = events["event"].where(events["event"] != "", events["id"])
    ends = events["date"].str.rstrip("~?%").str.split("/")
    events["start"] = pd.to_datetime(ends.str[0], errors="coerce", format="ISO8601")
    events["finish"] = pd.to_datetime(ends.str[-1], errors="coerce", format="ISO8601")
    return events


def matching(events: pd.DataFrame, chosen: Chosen, but: str = "") -> pd.DataFrame:
    """The rows that hold one of the values chosen in every facet, `but` one."""
    rows = events
    for key, values in chosen.items():
        if not values or key == but:
            continue
        if key == "actor":
            actors = rows["actors"].str.split(";").explode().str.strip()
            rows = rows[rows.index.isin(actors.index[actors.isin(values)])]
        else:
            rows = rows[rows[key].isin(values)]
    return rows


def counts(events: pd.DataFrame, chosen: Chosen) -> dict[str, dict[str, int]]:
    """For each facet, how many events each value would show under the other filters; values without any are absent."""
    found = {}
    for key in FACETS:
        rows = matching(events, chosen, but=key)
        if key == "actor":
            rows = rows.assign(actor=rows["actors"].str.split(";")).explode("actor")
            rows = rows.assign(actor=rows["actor"].str.strip())
        found[key] = {str(value): int(n) for value, n in rows.groupby(key)["event"].nunique().items() if value}
    return found


def picture(events: pd.DataFrame, chosen: Chosen, window: tuple[str, str]) -> tuple[pd.Series, list[dict[str, Any]]]:
    """What a server would draw of a filter: how thick the events lie in each lane, and 600 rows of the window."""
    rows = matching(events, chosen).dropna(subset=["start", "finish"])
    lanes = rows["actors"].str.split(";").explode().str.strip()
    bins = pd.cut(rows["start"], 500, labels=False).reindex(lanes.index)
    lo, hi = map(pd.Timestamp, window)
    inside = rows[(rows["start"] < hi) & (rows["finish"] >= lo)]
    length = (inside["finish"] - inside["start"]).sort_values(ascending=False)
    return bins.groupby([lanes, bins]).size(), inside.loc[length.index[:600]].to_dict("records")


def draw(events: pd.DataFrame) -> Any:
    """px.timeline for what has a length, px.scatter for days, coloured by source, one row for the first actor."""
    import plotly.express as px

    dated = events.dropna(subset=["start", "finish"])
    dated = dated.assign(lane=dated["actors"].str.split(";").str[0])
    spans, days = dated[dated["finish"] > dated["start"]], dated[dated["finish"] <= dated["start"]]
    figure = px.timeline(spans, x_start="start", x_end="finish", y="lane", color="source", hover_name="title")
    # As SVG at every size: WebGL without a graphics card draws slower, and its points cannot be waited for.
    points = px.scatter(days, x="start", y="lane", color="source", hover_name="title", render_mode="svg")
    figure.add_traces(points.data)
    figure.update_layout(height=900, dragmode="pan")
    return figure


def page(path: Path) -> Any:
    """The Dash app: a dropdown of sources and the figure, made anew at each change."""
    from dash import Dash, Input, Output, dcc, html

    events = read(path)
    app = Dash("naive", use_async=False, include_assets_files=False, add_log_handler=False)
    app.layout = html.Div(
        [
            dcc.Dropdown(sorted(events["source"].unique()), multi=True, id="source"),
            dcc.Graph(id="chart"),
        ]
    )

    @app.callback(Output("chart", "figure"), Input("source", "value"))  # type: ignore[untyped-decorator]
    def redraw(values: list[str] | None) -> Any:
        return draw(matching(events, {"source": tuple(values or ())}))

    return app
