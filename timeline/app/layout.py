"""The page's frame: header, filters, timeline, overview, list, card. Static; callbacks fill it.

Comes in: a Dataset. Leaves: the layout. Must not know what is chosen.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from timeline.app.filters import panel
from timeline.app.header import header, summary, tool
from timeline.app.listing import places
from timeline.chart.screen import BLANK, CONFIG
from timeline.chart.theme import FONT
from timeline.query import Query, facets
from timeline.query.wording import NOTE
from timeline.table import Dataset

STORES = (
    "query", "event", "view", "viewport", "place", "address", "target", "picture", "figure", "facets", "chosen",
    "finds", "rows", "quiet", "window", "wanted", "opened", "resized", "paper",
)  # fmt: skip
DATE_KEY = (
    ("day", "Day known"),
    ("month", "Some time in this month, season or year"),
    ("duration", "A stretch from one date to another"),
    ("doubtful", "Approximate (c.) or uncertain (?)"),
    ("fade", "Beginning or end open"),
)
KEYS = (
    ("+ and -", "zoom in and out"),
    ("0", "the span that holds most events"),
    ("a", "the whole span"),
    ("← →", "move in time"),
    ("↑ ↓", "move through the lanes"),
    ("n and p", "next and previous event"),
    ("Esc", "close the card"),
)


def lane_choices(dataset: Dataset) -> list[dict[str, str]]:
    """What lanes can stand for: the columns that have values, and one lane for all."""
    words = {
        "actor": "actors",
        "source": "sources",
        "document": "documents",
        "category": "categories",
        "status": "statuses",
    }
    keys = [key for key, values in facets(dataset, Query()).items() if values]
    choices = [{"value": key, "label": f"Lanes: {words.get(key, key.removeprefix('x:'))}"} for key in keys]
    return [*choices, {"value": "none", "label": "One lane"}]


def _toolbar(dataset: Dataset) -> Any:
    return html.Div(
        [
            html.Div(
                [
                    tool("+", "zoom-in", "Zoom in"),
                    tool("−", "zoom-out", "Zoom out"),
                    tool("Fit", "fit", "The span that holds most events"),
                    tool("All", "all", "The whole span"),
                ],
                className="tool-group",
                role="group",
                **{"aria-label": "Zoom"},
            ),
            dmc.TextInput(
                id="go-to",
                placeholder="Go to date: May 2014",
                size="xs",
                debounce=True,
                value="",
                attributes={"input": {"aria-label": "Go to a date"}},
            ),
            dmc.Select(
                id="lanes",
                data=lane_choices(dataset),
                value="actor",
                size="xs",
                allowDeselect=False,
                comboboxProps={"withinPortal": False, "transitionProps": {"duration": 0}},
                attributes={"input": {"aria-label": "Lanes by"}, "options": {"aria-label": "Columns"}},
            ),
            dmc.Select(
                id="order",
                data=[
                    {"value": "size", "label": "largest first"},
                    {"value": "name", "label": "by name"},
                    {"value": "date", "label": "by first date"},
                ],
                value="size",
                size="xs",
                allowDeselect=False,
                comboboxProps={"withinPortal": False, "transitionProps": {"duration": 0}},
                attributes={
                    "input": {"aria-label": "Order of the lanes"},
                    "options": {"aria-label": "Orders"},
                },
            ),
        ],
        className="toolbar",
    )


def _key() -> Any:
    samples = [
        html.Li([html.Span(className=f"sample {kind}", **{"aria-hidden": "true"}), words]) for kind, words in DATE_KEY
    ]
    keys = [part for name, words in KEYS for part in (html.Dt(html.Kbd(name)), html.Dd(words))]
    return html.Details(
        [
            html.Summary("How to read and move"),
            html.Div(
                [
                    html.Ul(
                        [*samples, html.Li("The more documents mention an event, the larger its mark")], className="key"
                    ),
                    html.Dl(keys, className="keys"),
                    html.P("Drag to move, Ctrl and wheel or a pinch to zoom, double click to fit."),
                ],
                className="how",
            ),
        ],
        id="how",
    )


def _chart() -> Any:
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(id="chart-names", **{"aria-hidden": "true"}),
                            html.Div(
                                [
                                    html.Div(id="back-holder"),
                                    dcc.Graph(id="chart", figure=BLANK, config=CONFIG),
                                    html.Div(id="front-holder"),
                                ],
                                id="chart-plot",
                            ),
                        ],
                        id="chart-scroll",
                        tabIndex=0,
                        role="group",
                        **{"aria-label": "Timeline by lanes", "aria-describedby": "chart-help"},
                    ),
                    html.Div(id="axis-holder"),
                    html.Button(id="chart-more", type="button", className="more", hidden=True),
                ],
                id="chart-frame",
            ),
            html.P(
                "Arrow keys move, plus and minus zoom, n and p step through the events; "
                "the list below holds the same events.",
                id="chart-help",
                className="away",
            ),
            html.Div(id="overview-holder"),
        ],
        id="chart-section",
        **{"aria-label": "Timeline"},
    )


def page(dataset: Dataset, title: str) -> Any:
    """The layout of the whole page."""
    stores = [dcc.Store(id=name) for name in STORES]
    main = dmc.AppShellMain(
        [
            html.Div(
                [
                    html.P(id="sentence", role="status"),
                    html.P(summary(dataset), className="summary-line only-narrow"),
                    html.Div(id="chips", className="chips"),
                ],
                className="state",
            ),
            _toolbar(dataset),
            html.P(id="go-to-read", className="hint", **{"aria-live": "polite"}),
            html.Div(id="legend", className="legend"),
            html.P(id="outliers", className="hint"),
            html.P(id="detail", className="hint"),
            html.Div(id="empty"),
            _chart(),
            _key(),
            *places(),
            html.Footer([html.P(NOTE)], className="note"),
            html.P(id="announce", className="away", **{"aria-live": "polite"}),
            html.Div(
                [
                    html.Div(id="exported-words", role="status"),
                    html.Button("Close", type="button", className="tool", **{"data-do": "close-exported"}),
                ],
                id="exported",
                hidden=True,
            ),
        ],
        id="main",
    )
    shell = dmc.AppShell(
        [
            header(dataset, title),
            dmc.AppShellNavbar(panel(dataset), className="navbar"),
            main,
            dmc.AppShellAside(
                html.Div(id="card", className="card", role="region", **{"aria-label": "Event", "aria-live": "polite"}),
                className="aside",
            ),
        ],
        header={"height": {"base": 96, "sm": 56}},
        navbar={"width": 272, "breakpoint": 1000},
        aside={"width": 372, "breakpoint": 1100},
        padding=0,
        transitionDuration=0,
        id="shell",
    )
    skip = html.A("Skip to the timeline", href="#chart-scroll", className="skip")
    return dmc.MantineProvider(
        [
            *stores,
            skip,
            shell,
            html.Div(id="backdrop", **{"data-do": "close-filters"}),
        ],
        defaultColorScheme="auto",
        theme={
            "primaryColor": "blue",
            "primaryShade": {"light": 8, "dark": 4},
            "autoContrast": True,
            "fontFamily": FONT,
            "respectReducedMotion": True,
            "defaultRadius": "sm",
        },
    )
