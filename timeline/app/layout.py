"""The page's frame: header, filters, timeline, overview, list, card. Static; callbacks fill it.

Comes in: a Dataset. Leaves: the layout. Must not know what is chosen.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from timeline.app.filters import panel
from timeline.chart.screen import CONFIG
from timeline.query import Query, facets
from timeline.table import Dataset

NOTE = "The table records what each document says and who says it there; it does not say that it is true."
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


def tool(words: str, do: str, label: str = "") -> Any:
    """A plain button that the page's own script answers."""
    named = {"aria-label": label, "title": label} if label else {}
    return html.Button(words, type="button", className="tool", **{"data-do": do}, **named)


def summary(dataset: Dataset) -> str:
    """The dataset in one sentence."""
    events, mentions = len(dataset.events), len(dataset.mentions)
    documents = dataset.mentions["document"].replace("", None).nunique()
    sources = dataset.mentions["source"].replace("", None).nunique()

    def some(count: int, one: str, many: str) -> str:
        return f"{count:,} {one if count == 1 else many}"

    words = f"{some(events, 'event', 'events')} in {some(mentions, 'cited passage', 'cited passages')}"
    if documents:
        words += f" of {some(documents, 'document', 'documents')}"
    if sources:
        words += f" from {some(sources, 'source', 'sources')}"
    return words


def problems_link(dataset: Dataset) -> list[Any]:
    """How many rows are not drawn, and the way to the list of problems; nothing when all is well."""
    serious = [p for p in dataset.problems if p.severity in ("error", "warning")]
    if not serious and not dataset.in_error:
        return []
    words = f"{dataset.drawn:,} of {dataset.rows:,} rows drawn"
    if dataset.in_error:
        words += f", {dataset.in_error:,} {'needs' if dataset.in_error == 1 else 'need'} attention"
    else:
        words += f", {len(serious):,} to look at"
    return [html.A(words, href="problems", id="problems-link")]


def lane_choices(dataset: Dataset) -> list[dict[str, str]]:
    """What lanes can stand for: the columns that have values, and one lane for all."""
    words = {"actor": "actors", "source": "sources", "document": "documents", "category": "categories",
             "status": "statuses"}  # fmt: skip
    keys = [key for key, values in facets(dataset, Query()).items() if values]
    choices = [{"value": key, "label": f"Lanes: {words.get(key, key.removeprefix('x:'))}"} for key in keys]
    return [*choices, {"value": "none", "label": "One lane"}]


def _header(dataset: Dataset, title: str) -> Any:
    export = dmc.Menu(
        [
            dmc.MenuTarget(html.Button("Export", type="button", className="tool", id="export-button")),
            dmc.MenuDropdown(
                [
                    dmc.MenuItem("Chart as PNG", id="export-png"),
                    dmc.MenuItem("Chart as SVG", id="export-svg"),
                    dmc.MenuItem("Rows as CSV", id="export-csv", href="export.csv", target="_self"),
                    dmc.MenuItem("Rows as JSON", id="export-json", href="export.json", target="_self"),
                ]
            ),
        ],
        position="bottom-end",
        withinPortal=False,
        transitionProps={"duration": 0},
    )
    return dmc.AppShellHeader(
        [
            html.Button(
                "Filters",
                type="button",
                id="filters-toggle",
                className="tool only-narrow",
                **{"data-do": "filters", "aria-expanded": "false", "aria-controls": "filters"},
            ),
            html.Div(
                [html.H1(title), html.P([summary(dataset), *_with(problems_link(dataset))], id="summary")],
                className="titles",
            ),
            html.Div(
                [
                    dmc.TextInput(
                        id="words",
                        placeholder="Search title, summary, actors",
                        size="xs",
                        debounce=250,
                        value="",
                        attributes={"input": {"aria-label": "Words in title, summary, actors or speaker"}},
                    ),
                    html.Button("Share", type="button", className="tool", **{"data-do": "share"}),
                    export,
                    html.Button("Print", type="button", className="tool only-wide", **{"data-do": "print"}),
                    dmc.ColorSchemeToggle(
                        lightIcon=html.Span("☾", **{"aria-hidden": "true"}),
                        darkIcon=html.Span("☀", **{"aria-hidden": "true"}),
                        variant="default",
                        size="md",
                        attributes={"root": {"aria-label": "Light or dark", "title": "Light or dark"}},
                    ),
                ],
                className="header-tools",
            ),
        ],
        className="header",
    )


def _with(link: list[Any]) -> list[Any]:
    return [" · ", *link] if link else []


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
                attributes={"input": {"aria-label": "Lanes by"}},
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
                attributes={"input": {"aria-label": "Order of the lanes"}},
            ),
        ],
        className="toolbar",
    )


def _key() -> Any:
    samples = [
        html.Li([html.Span(className=f"sample {kind}", **{"aria-hidden": "true"}), words])
        for kind, words in DATE_KEY
    ]
    keys = [part for name, words in KEYS for part in (html.Dt(html.Kbd(name)), html.Dd(words))]
    return html.Details(
        [
            html.Summary("How to read and move"),
            html.Div(
                [
                    html.Ul([*samples, html.Li("The more documents mention an event, the larger its mark")], className="key"),
                    html.Dl(keys, className="keys"),
                    html.P("Drag to move, Ctrl and wheel or a pinch to zoom, double click to fit."),
                ],
                className="how",
            ),
        ],
        id="how",
    )  # fmt: skip


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
                                    dcc.Graph(id="chart", figure={}, config=CONFIG, responsive=True),
                                    html.Div(id="front-holder"),
                                ],
                                id="chart-plot",
                            ),
                        ],
                        id="chart-scroll",
                    ),
                    html.Div(id="axis-holder"),
                    html.Button(id="chart-more", type="button", className="more", hidden=True),
                ],
                id="chart-frame",
                tabIndex=0,
                role="group",
                **{"aria-label": "Timeline", "aria-describedby": "chart-help"},
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
    stores = [
        dcc.Store(id=name)
        for name in ("query", "event", "view", "viewport", "target", "picture", "quiet")
    ]
    main = dmc.AppShellMain(
        [
            html.Div(
                [
                    html.P(id="sentence", role="status"),
                    html.Div(id="chips", className="chips"),
                ],
                className="state",
            ),
            _toolbar(dataset),
            html.P(id="go-to-read", className="hint", **{"aria-live": "polite"}),
            html.Div(id="legend", className="legend"),
            html.P(id="outliers", className="hint"),
            html.Div(id="empty"),
            _chart(),
            _key(),
            html.Div(id="tray"),
            html.Section(id="listing", **{"aria-label": "List of events"}),
            html.Footer([html.P(NOTE)], className="note"),
            html.P(id="announce", className="away", **{"aria-live": "polite"}),
        ],
        id="main",
    )
    shell = dmc.AppShell(
        [
            _header(dataset, title),
            dmc.AppShellNavbar(panel(dataset), className="navbar", attributes={"root": {"aria-label": "Filters"}}),
            main,
            dmc.AppShellAside(
                html.Div(id="card", className="card", **{"aria-live": "polite"}),
                className="aside",
                attributes={"root": {"aria-label": "Event"}},
            ),
        ],
        header={"height": {"base": 96, "sm": 56}},
        navbar={"width": 272, "breakpoint": 1000},
        aside={"width": 372, "breakpoint": 1100},
        padding=0,
        transitionDuration=0,
        id="shell",
    )  # fmt: skip
    skip = html.A("Skip to the timeline", href="#chart-frame", className="skip")
    return dmc.MantineProvider(
        [dcc.Location(id="url", refresh=False), *stores, skip, shell, html.Div(id="backdrop", **{"data-do": "close-filters"})],
        defaultColorScheme="auto",
        theme={
            "primaryColor": "blue",
            "primaryShade": {"light": 8, "dark": 4},
            "autoContrast": True,
            "fontFamily": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif",
            "respectReducedMotion": True,
            "defaultRadius": "sm",
        },
    )  # fmt: skip

