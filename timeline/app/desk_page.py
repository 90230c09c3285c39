"""The curator's desk as a page: a Dash app whose containers the scripts of `assets/desk/` fill from the desk's API.

Comes in: a Flask application, the name of a table, the path of the desk. Leaves: a Dash app mounted there, static from
top to bottom. Must not know rows, candidates or how anything is saved.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, dcc, html
from flask import Flask

from timeline.app.header import scheme_toggle
from timeline.app.index import LeanDash, frame
from timeline.chart.screen import BLANK, CONFIG
from timeline.chart.theme import FONT
from timeline.table import assets_path
from timeline.table.schema import ACTOR_KINDS

ASSETS_IGNORE = r"^(?!00-style\.css$|desk)"
"""Of the assets the desk loads its own, and the colours and type of the timeline's page."""

PANES = (("text", "Text"), ("chart", "Timeline"), ("form", "Row"))
_KEY = [
    html.Span(className="symbol open", **{"aria-hidden": "true"}), "open",
    html.Span(className="symbol done", **{"aria-hidden": "true"}), "row",
]  # fmt: skip
_NEVER = {"displayModeBar": False, "scrollZoom": False}


def desk_app(server: Flask, table: str, prefix: str = "/curate/", timeline: str = "../") -> Dash:
    """The desk of the table of this name, mounted on `server` under `prefix`; `timeline` is the way to the page of
    the timeline. The API of the same `prefix` is not made here."""
    app = LeanDash(
        "timeline-desk",
        server=server,
        use_async=False,
        title=f"Desk: {table}",
        update_title="",
        routes_pathname_prefix=prefix,
        requests_pathname_prefix=prefix,
        assets_folder=str(assets_path()),
        assets_ignore=ASSETS_IGNORE,
        index_string=frame("", ' class="desk"'),
        serve_locally=True,
        compress=True,
        add_log_handler=False,
    )
    app.layout = desk_page(table, timeline)
    return app


def desk_page(table: str, timeline: str = "../") -> Any:
    """The layout: a head, three panes, a row of actions, and a line that says what happened."""
    kinds = {"data-pane": "text", "data-actor-kinds": " ".join(ACTOR_KINDS)}
    main = html.Main([_text(), _chart(), _form()], id="desk", **kinds)
    return dmc.MantineProvider(
        [
            html.A("Skip to the document", href="#desk-text", className="skip"),
            _head(table, timeline),
            html.Nav(_tabs(), **{"aria-label": "Panes"}),
            main,
            html.Section(
                [
                    html.Div(id="desk-banner", role="status", **{"aria-label": "Messages"}),
                    html.P(id="desk-said", role="status", **{"aria-live": "polite"}),
                    html.Div(id="desk-actions", role="group", **{"aria-label": "What to do with the row at hand"}),
                ],
                className="desk-foot",
                **{"aria-label": "Messages and actions"},
            ),
        ],
        defaultColorScheme="auto",
        theme={"fontFamily": FONT, "respectReducedMotion": True, "defaultRadius": "sm"},
    )


def _head(table: str, timeline: str) -> Any:
    return html.Header(
        [
            html.Div(
                [
                    html.H1(["Desk ", html.Span(table, className="desk-table")]),
                    html.P(id="desk-sentence", className="summary-line"),
                ],
                className="titles",
            ),
            html.P(id="desk-others", className="summary-line"),
            html.Div(
                [
                    _tool("Documents", "documents", "List of documents (l)"),
                    _tool("Undo", "undo", "Undo (u)"),
                    _tool("Redo", "redo", "Redo (Shift U)"),
                    _tool("Keys", "keys", "List of keys (?)"),
                    html.A("Timeline", href=timeline, className="tool"),
                    scheme_toggle(),
                ],
                className="header-tools",
            ),
        ],
        className="desk-head",
    )


def _tool(words: str, do: str, told: str) -> Any:
    return html.Button(words, type="button", className="tool", title=told, **{"data-do": do})


def _tabs() -> Any:
    """The panes as tabs, where there is no room for all."""
    return html.Div(
        [
            html.Button(
                words,
                id=f"desk-tab-{name}",
                type="button",
                role="tab",
                tabIndex=0 if name == "text" else -1,
                **{
                    "data-tab": name,
                    "aria-selected": str(name == "text").lower(),
                    "aria-controls": f"desk-{name}-pane",
                },
            )
            for name, words in PANES
        ],
        id="desk-tabs",
        role="tablist",
        **{"aria-label": "Panes"},
    )


def _text() -> Any:
    return html.Section(
        [
            html.Div(
                [html.H2("Documents", id="desk-title"), html.P(id="desk-counts", className="hint")],
                className="pane-head",
            ),
            html.Div(id="desk-documents"),
            html.Div(id="desk-listing"),
            html.Div(id="desk-drafts"),
            html.Div(
                id="desk-text", tabIndex=0, role="region", hidden=True, **{"aria-label": "Text of the document"}
            ),
        ],
        id="desk-text-pane",
        className="pane",
        **{"aria-label": "Document"},
    )


def _chart() -> Any:
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Timeline", className="away"),
                    html.P([html.Span(id="desk-hand"), html.Span(_KEY, className="chart-key")], className="hint"),
                    html.Button(
                        "As a list",
                        id="desk-as-list",
                        type="button",
                        className="link",
                        **{"data-do": "as-list", "aria-pressed": "false"},
                    ),
                ],
                className="pane-head",
            ),
            html.Div(dcc.Graph(id="desk-chart", figure=BLANK, config={**CONFIG, **_NEVER}), id="desk-plot"),
            html.Div(id="desk-rows"),
        ],
        id="desk-chart-pane",
        className="pane",
        **{"aria-label": "Timeline of this document and of the table"},
    )


def _form() -> Any:
    return html.Section(
        [html.Div(id="desk-form")],
        id="desk-form-pane",
        className="pane",
        **{"aria-label": "Row at hand"},
    )
