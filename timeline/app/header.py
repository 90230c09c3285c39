"""The head of the page: title, the dataset in one sentence, search, share, export, theme.

Comes in: a Dataset. Leaves: Dash components. Must not know what is chosen.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from timeline.export.formats import offered
from timeline.export.writing import SIZES
from timeline.query import size_of
from timeline.table import Dataset

MENU: dict[str, dict[str, str]] = {
    "Page": {"html": "Page that works offline"},
    "Chronology": {
        "chronology-docx": "Word",
        "chronology-pdf": "PDF",
        "chronology-html": "HTML",
        "chronology-md": "Markdown",
    },
    "Rows": {
        "csv": "Rows as CSV",
        "json": "Rows as JSON",
        "xlsx": "Excel",
        "parquet": "Parquet",
        "sqlite": "SQLite",
        "datapackage": "Data package",
    },
    "Documents": {"csl": "CSL-JSON", "bibtex": "BibTeX", "annotations": "Web Annotations"},
    "Other tools": {
        "timelinejs": "TimelineJS",
        "vis": "vis-timeline",
        "timesketch": "Timesketch",
        "ical": "Calendar",
        "schemaorg": "schema.org",
    },
}
"""What the server makes: groups, names of formats, words."""
PRINTS = {"pdf": "Chart as PDF", "print": "Whole line as PDF, on pages"}
"""What a server with a browser makes of the chart."""
PAPERS = {name: f"{name.replace('-', ' ')}, {width} × {height}" for name, (width, height) in SIZES.items()}
"""The sizes of a chart, by name."""


def tool(words: str, do: str, label: str = "") -> Any:
    """A plain button that the page's own script answers."""
    named = {"aria-label": label, "title": label} if label else {}
    return html.Button(words, type="button", className="tool", **{"data-do": do}, **named)


def scheme_toggle() -> Any:
    """The button between light and dark."""
    return dmc.ColorSchemeToggle(
        lightIcon=html.Span("☾", **{"aria-hidden": "true"}),
        darkIcon=html.Span("☀", **{"aria-hidden": "true"}),
        variant="default",
        size="md",
        attributes={"root": {"aria-label": "Light or dark", "title": "Light or dark"}},
    )


def summary(dataset: Dataset) -> list[Any]:
    """The dataset in one sentence, and the way to the list of problems."""
    size = size_of(dataset)

    def some(count: int, one: str, many: str) -> str:
        return f"{count:,} {one if count == 1 else many}"

    words = f"{some(size.events, 'event', 'events')} in {some(size.mentions, 'cited passage', 'cited passages')}"
    if size.documents:
        words += f" of {some(size.documents, 'document', 'documents')}"
    if size.sources:
        words += f" from {some(size.sources, 'source', 'sources')}"
    return [words, *problems_link(dataset)]


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
    return [" · ", html.A(words, href="problems", className="problems-link")]


def _export_menu() -> list[Any]:
    """What the reader's browser draws, then what the server makes; the page gives the links its own address."""
    here = offered()
    pictures = [
        html.Button("Chart as PNG", id="export-png", type="button"),
        html.Button("Chart as SVG", id="export-svg", type="button"),
        *(_link(name, words) for name, words in PRINTS.items() if name in here),
        _choice("Size", "size", {"": "all lanes, 1200 wide", **PAPERS}, ""),
        _choice("PNG", "scale", {str(n): f"{n} times as fine" for n in (1, 2, 3, 4)}, "2"),
        _choice("Labels", "footnotes", {"": "without numbers", "on": "with footnote numbers"}, ""),
    ]
    parts = [html.Span("Chart", className="menu-head"), *pictures]
    for group, formats in MENU.items():
        parts.append(html.Span(group, className="menu-head"))
        parts += [_link(name, words) for name, words in formats.items() if name in here]
    return parts


def _link(name: str, words: str) -> Any:
    return html.A(words, id=f"export-{name}", href=f"export.{name}", download="", **{"data-export": name})


def _choice(words: str, name: str, choices: dict[str, str], chosen: str) -> Any:
    """A list to choose from, which the page's own script reads."""
    options = [html.Option(told, value=value, selected=value == chosen) for value, told in choices.items()]
    return html.Label([html.Span(words), html.Select(options, **{"data-paper": name})], className="menu-choice")


def header(dataset: Dataset, title: str) -> Any:
    """The header of the page."""
    # A plain disclosure: the menu of the component library is a link that never downloads, and fails an audit.
    export = html.Details(
        [
            html.Summary("Export", className="tool", id="export-button"),
            html.Div(_export_menu(), className="menu"),
        ],
        id="export",
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
                [html.H1(title), html.P(summary(dataset), className="summary-line")],
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
                    scheme_toggle(),
                ],
                className="header-tools",
            ),
        ],
        className="header",
    )
