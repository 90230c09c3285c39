"""What happens when: the page's callbacks, each a thin join between controls and the rooms below.

Comes in: the Dash app, a Dataset, a Library. Leaves: nothing; the callbacks are registered. Must not know how anything
is selected or drawn.

The address is the state: whatever the reader does ends in a Query, and the Query in the address. One callback reads
either the controls or the address, whichever moved, and answers with everything that follows, so that a filter costs
one round trip; list and card follow by themselves.
"""

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from timeline.app.card import card
from timeline.app.filters import facet_options
from timeline.app.legend import empty, legend, outliers
from timeline.app.listing import listing, tray
from timeline.app.viewing import dates_read, go_to, view_days, view_text, without_view
from timeline.chart.coding import coded_column
from timeline.chart.figure import draw
from timeline.chart.picture import compose
from timeline.chart.screen import screen
from timeline.documents import Library
from timeline.query import (
    Query,
    Value,
    as_dict,
    chips,
    cleared,
    facets,
    from_dict,
    from_search,
    loosen,
    outlier_sentence,
    select,
    sentence,
    to_search,
)
from timeline.query import outliers as count_outliers
from timeline.table import Dataset

_FIELDS = {"actor": "actors", "source": "sources", "document": "documents", "category": "categories",
           "status": "statuses"}  # fmt: skip
FACET = {"type": "facet", "key": ALL}
FIND = {"type": "find", "key": ALL}


def _from_controls(keys: list[str], values: list[list[str]], others: dict[str, Any]) -> Query:
    chosen: dict[str, Any] = dict(others)
    extras: list[tuple[str, str]] = []
    for key, value in zip(keys, values, strict=True):
        if key in _FIELDS:
            chosen[_FIELDS[key]] = tuple(value or ())
        else:
            extras += [(key.removeprefix("x:"), each) for each in value or ()]
    return Query(**chosen, extras=tuple(extras))


def _chosen(query: Query, key: str) -> list[str]:
    if key in _FIELDS:
        return list(getattr(query, _FIELDS[key]))
    return [value for name, value in query.extras if name == key.removeprefix("x:")]


def _facet_parts(dataset: Dataset, query: Query, keys: list[str], finds: list[str]) -> list[list[Any]]:
    found: dict[str, tuple[Value, ...]] = facets(dataset, query)
    return [facet_options(found.get(key, ()), find or "") for key, find in zip(keys, finds, strict=True)]


def _chips(query: Query, dataset: Dataset) -> list[Any]:
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


def register(app: Dash, dataset: Dataset, library: Library) -> None:
    """Attach every callback of the page to `app`."""

    @app.callback(
        output={
            "search": Output("url", "search"),
            "query": Output("query", "data"),
            "event": Output("event", "data"),
            "options": Output(FACET, "children"),
            "values": Output(FACET, "value"),
            "match": Output("match", "value"),
            "members": Output("members", "checked"),
            "start": Output("from", "value"),
            "end": Output("to", "value"),
            "words": Output("words", "value"),
            "lanes": Output("lanes", "value"),
            "order": Output("order", "value"),
            "dates": Output("dates-read", "children"),
            "figure": Output("chart", "figure"),
            "style": Output("chart", "style"),
            "sentence": Output("sentence", "children"),
            "chips": Output("chips", "children"),
            "legend": Output("legend", "children"),
            "outliers": Output("outliers", "children"),
            "empty": Output("empty", "children"),
            "csv": Output("export-csv", "href"),
            "json": Output("export-json", "href"),
        },
        inputs={
            "search": Input("url", "search"),
            "values": Input(FACET, "value"),
            "finds": Input(FIND, "value"),
            "viewport": Input("viewport", "data"),
            "controls": {
                "match": Input("match", "value"),
                "members": Input("members", "checked"),
                "start": Input("from", "value"),
                "end": Input("to", "value"),
                "words": Input("words", "value"),
                "lanes": Input("lanes", "value"),
                "order": Input("order", "value"),
            },
        },
        state={
            "ids": State(FACET, "id"),
            "before": State("query", "data"),
            "event": State("event", "data"),
            "view": State("view", "data"),
        },
    )
    def show(search: str, values: list[list[str]], finds: list[str], viewport: Any, controls: dict[str, Any],
             ids: list[dict[str, str]], before: Any, event: Any, view: Any) -> dict[str, Any]:  # fmt: skip
        answer: dict[str, Any] = {key: no_update for key in (
            "search", "query", "event", "match", "members", "start", "end", "words", "lanes", "order", "dates",
            "figure", "style", "sentence", "chips", "legend", "outliers", "empty", "csv", "json")}  # fmt: skip
        keys = [each["key"] for each in ids]
        answer |= {"options": [no_update] * len(keys), "values": [no_update] * len(keys)}
        if not isinstance(viewport, dict):
            return answer
        moved = {name.split(".")[0] for name in ctx.triggered_prop_ids}
        known = from_dict(before) if before is not None else None
        ignored: tuple[str, ...] = ()
        if known is None or "url" in moved:
            query, ignored = from_search(without_view(search or ""), dataset)
            if known is not None and _same(query, known):
                return answer
            answer |= {
                "event": query.event or None,
                "values": [_chosen(query, key) for key in keys],
                "match": query.match,
                "members": query.members,
                "start": query.start,
                "end": query.end,
                "words": query.words,
                "lanes": query.lanes,
                "order": query.order,
            }
            if known is None:
                view = view_text(search or "")
        elif moved <= {"viewport"}:
            query = known
        elif all(name.startswith("{") and '"find"' in name for name in moved):
            return answer | {"options": _facet_parts(dataset, known, keys, finds)}
        else:
            query = _from_controls(keys, values, controls | {"event": event or ""})
            if _same(query, known):
                return answer | {"dates": dates_read(controls["start"], controls["end"])}
            answer["search"] = with_view(to_search(query), view)
        return answer | _shown(query, keys, finds, viewport, view, ignored)

    def _shown(query: Query, keys: list[str], finds: list[str], viewport: dict[str, Any], view: Any,
               ignored: tuple[str, ...]) -> dict[str, Any]:  # fmt: skip
        width = _number(viewport.get("width"), 1000)
        theme = "dark" if viewport.get("theme") == "dark" else "light"
        selection = select(dataset, query)
        picture = compose(
            dataset, query, width=width, theme=theme, headers=bool(viewport.get("narrow")), selection=selection
        )
        before, after = count_outliers(dataset.events, *picture.home)
        words: list[Any] = [sentence(selection, query)]
        if ignored:
            words.append(html.Span(f" Not understood in the address: {'; '.join(ignored)}.", className="ignored"))
        search = to_search(query)
        return {
            "query": as_dict(query),
            "options": _facet_parts(dataset, query, keys, finds),
            "dates": dates_read(query.start, query.end),
            "figure": screen(dataset, picture, query.lanes, view_days(view)),
            "style": {"height": f"{max(picture.height, 1):g}px"},
            "sentence": words,
            "chips": _chips(query, dataset),
            "legend": legend(picture.codes, coded_column(query.lanes)),
            "outliers": outliers(outlier_sentence(before, after, *picture.home)),
            "empty": [] if selection.shown else empty(loosen(dataset, query), query, selection.undated),
            "csv": f"export.csv{search}",
            "json": f"export.json{search}",
        }

    @app.callback(
        Output("listing", "children"), Output("tray", "children"), Input("query", "data"), prevent_initial_call=True
    )
    def fill_list(data: Any) -> tuple[Any, Any]:
        selection = select(dataset, from_dict(data))
        return listing(dataset, selection), tray(dataset, selection)

    @app.callback(Output("card", "children"), Input("event", "data"), State("query", "data"))
    def fill_card(event: Any, data: Any) -> list[Any]:
        if not isinstance(event, str) or not event:
            return []
        return card(dataset, library, from_dict(data), event)

    @app.callback(
        Output("target", "data"), Output("go-to-read", "children"), Input("go-to", "value"), prevent_initial_call=True
    )
    def read_target(text: Any) -> tuple[Any, str]:
        return go_to(text)

    @app.callback(
        Output("from", "value", allow_duplicate=True),
        Output("to", "value", allow_duplicate=True),
        Input("keep-window", "n_clicks"),
        State("view", "data"),
        prevent_initial_call=True,
    )
    def keep_window(clicks: Any, view: Any) -> tuple[Any, Any]:
        days = view_days(view)
        if not clicks or days is None:
            return no_update, no_update
        return view[0][: view[0].rindex("T")], view[1][: view[1].rindex("T")]

    @app.callback(
        Output("picture", "data"),
        Input("export-png", "n_clicks"),
        Input("export-svg", "n_clicks"),
        State("query", "data"),
        State("view", "data"),
        State("viewport", "data"),
        prevent_initial_call=True,
    )
    def make_picture(png: Any, svg: Any, data: Any, view: Any, viewport: Any) -> Any:
        kind = {"export-png": "png", "export-svg": "svg"}.get(str(ctx.triggered_id))
        if kind is None or not (png or svg):
            return no_update
        theme = "dark" if isinstance(viewport, dict) and viewport.get("theme") == "dark" else "light"
        figure = draw(dataset, from_dict(data), width=1200, theme=theme, view=view_days(view))
        made = figure.to_plotly_json()
        return {
            "figure": made,
            "format": kind,
            "name": "timeline",
            "width": 1200,
            "height": int(figure.layout.height),
        }

    _clientside(app)


def _clientside(app: Dash) -> None:
    for function, output, given in (
        ("goTo", "quiet", Input("target", "data")),
        ("showEvent", "quiet", Input("event", "data")),
        ("listArrived", "quiet", Input("listing", "children")),
        ("download", "quiet", Input("picture", "data")),
    ):
        app.clientside_callback(
            ClientsideFunction("timeline", function),
            Output(output, "data", allow_duplicate=True),
            given,
            prevent_initial_call=True,
        )


def _same(one: Query, other: Query) -> bool:
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
