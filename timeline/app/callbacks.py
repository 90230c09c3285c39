"""What happens when: the page's callbacks, each a thin join between controls and the rooms below.

Comes in: the Dash app, a Dataset, a Library. Leaves: nothing; the callbacks are registered. Must not know how anything
is selected or drawn.

The address is the state: whatever the reader does ends in a Query, and the Query in the address. One callback reads
either the controls or the address, whichever moved, and answers with everything that follows, so that a filter costs
one round trip; list and card follow by themselves. The first answer is asked for by the browser before all this has
started (`opening`), and only put in its place here.
"""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from timeline.app.card import card
from timeline.app.listing import is_paged, listing
from timeline.app.opening import ANSWERS, CONTROLS, LIST
from timeline.app.steering import chosen_in, chosen_paper, facet_parts, from_controls, refined, same, shown, with_view
from timeline.app.viewing import dates_read, go_to
from timeline.documents import Library
from timeline.export.pictures import about_svg, chart_of
from timeline.export.writing import Look
from timeline.query import from_dict, from_search, select, to_search, view_days, view_text, without_view
from timeline.table import Dataset


def register(app: Dash, dataset: Dataset, library: Library) -> None:
    """Attach every callback of the page to `app`."""

    @app.callback(
        output={
            "address": Output("address", "data"),
            "wanted": Output("wanted", "data"),
            **{name: Output(*place) for name, place in ANSWERS.items()},
        },
        inputs={
            "place": Input("place", "data"),
            "chosen": Input("chosen", "data"),
            "finds": Input("finds", "data"),
            "resized": Input("resized", "data"),
            "controls": {name: Input(*place) for name, place in CONTROLS.items()},
        },
        state={
            "before": State("query", "data"),
            "event": State("event", "data"),
            "view": State("view", "data"),
            "viewport": State("viewport", "data"),
        },
        prevent_initial_call=True,
    )
    def show(
        place: Any,
        chosen: Any,
        finds: Any,
        resized: Any,
        controls: dict[str, Any],
        before: Any,
        event: Any,
        view: Any,
        viewport: Any,
    ) -> dict[str, Any]:
        answer: dict[str, Any] = dict.fromkeys(("address", "wanted", *ANSWERS), no_update)
        if not isinstance(viewport, dict):
            return answer
        moved = {name.split(".")[0] for name in ctx.triggered_prop_ids}
        known = from_dict(before) if before is not None else None
        if known is None and "place" not in moved:
            return answer  # the address is told next, and only once the first answer holds for both
        ignored: tuple[str, ...] = ()
        if known is None or "place" in moved:
            search = place.get("search") if isinstance(place, dict) else None
            query, ignored = from_search(without_view(search) if isinstance(search, str) else "", dataset)
            if known is not None and same(query, known):
                return answer
            answer |= {name: getattr(query, name) for name in controls} | {"event": query.event or None}
            if known is None:
                view = view_text(search)
        elif moved <= {"resized"}:
            query = known
        elif moved <= {"finds"}:
            return answer | {"facets": facet_parts(dataset, known, finds)}
        else:
            # Until the reader has touched a facet there is nothing in its store; the query knows what is chosen.
            facet_values = chosen if "chosen" in moved else chosen_in(known)
            query = from_controls(facet_values, controls | {"event": event or ""})
            if same(query, known):
                return answer | {"dates": dates_read(controls["start"], controls["end"])}
            # A step counts the places up and so makes each address a new one: the same may be pushed again after it.
            steps = place.get("at") if isinstance(place, dict) else None
            answer["address"] = {"search": with_view(to_search(query), view), "at": steps}
        lasting: dict[str, Any] = {}
        if known is not None and query.lanes == known.lanes and "resized" not in moved:
            lasting = dict.fromkeys(("legend", "outliers"), no_update)  # no filter changes them
        return answer | shown(dataset, query, finds, viewport, view, ignored) | lasting

    @app.callback(Output("rows", "data"), Input("wanted", "data"), State("view", "data"), prevent_initial_call=True)
    def fill_list(data: Any, view: Any) -> dict[str, Any]:
        return listing(dataset, select(dataset, from_dict(data)), view_days(view))

    @app.callback(Output("card", "children"), Input("event", "data"), State("query", "data"), prevent_initial_call=True)
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
        Output("figure", "data", allow_duplicate=True),
        Output("rows", "data", allow_duplicate=True),
        Input("window", "data"),
        State("query", "data"),
        State("viewport", "data"),
        prevent_initial_call=True,
    )
    def refine(asked: Any, data: Any, viewport: Any) -> tuple[Any, Any]:
        window = view_days(asked.get("view")) if isinstance(asked, dict) else None
        if window is None or not isinstance(viewport, dict) or data is None:
            return no_update, no_update
        query, most = from_dict(data), asked.get("most")
        selection = select(dataset, query)
        if isinstance(most, int):  # a longer list of the same window
            return no_update, listing(dataset, selection, window, most) | {"serial": asked.get("serial")}
        figure, window = refined(dataset, query, selection, viewport, window, asked)
        if not is_paged(selection):
            return figure, no_update
        return figure, listing(dataset, selection, window) | {"serial": asked.get("serial")}

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
        State("paper", "data"),
        prevent_initial_call=True,
    )
    def make_picture(png: Any, svg: Any, data: Any, view: Any, viewport: Any, paper: Any) -> Any:
        kind = {"export-png": "png", "export-svg": "svg"}.get(str(ctx.triggered_id))
        if kind is None or not (png or svg):
            return no_update
        theme = "dark" if isinstance(viewport, dict) and viewport.get("theme") == "dark" else "light"
        look = chosen_paper(paper, Look(theme=theme, view=view_days(view)))
        query = from_dict(data)
        selection = select(dataset, query)
        figure = chart_of(dataset, selection, look)
        return {
            "figure": figure.to_plotly_json(),
            "about": about_svg(dataset, selection, look),
            "format": kind,
            "name": "timeline",
            "width": look.width,
            "scale": look.scale,
            "height": int(figure.layout.height),
        }

    _clientside(app)


def _clientside(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("timeline", "open"),
        [Output(*place, allow_duplicate=True) for place in (*ANSWERS.values(), LIST)],
        Input("opened", "data"),
        prevent_initial_call=True,
    )
    for function, output, given in (
        ("goTo", "quiet", Input("target", "data")),
        ("showEvent", "quiet", Input("event", "data")),
        ("pushAddress", "quiet", Input("address", "data")),
        ("drawFigure", "quiet", Input("figure", "data")),
        ("drawFacets", "quiet", Input("facets", "data")),
        ("drawList", "quiet", Input("rows", "data")),
        ("cardArrived", "quiet", Input("card", "children")),
        ("download", "quiet", Input("picture", "data")),
    ):
        app.clientside_callback(
            ClientsideFunction("timeline", function),
            Output(output, "data", allow_duplicate=True),
            given,
            prevent_initial_call=True,
        )
