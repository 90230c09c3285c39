"""The legend beside the chart, the sentence of outliers, and the page when nothing matches.

Comes in: codes and counts. Leaves: Dash components. Must not know how they were found.
"""

from typing import Any

from dash import dcc, html

from timeline.chart.coding import Code
from timeline.query import Query, Suggestion, cleared, to_search


def legend(codes: tuple[Code, ...], column: str) -> list[Any]:
    """One entry for each code: its symbol in its colour, and its words."""
    if not codes:
        return []
    items = [
        html.Li(
            [
                html.Span(
                    className=f"symbol {code.symbol}", style={"backgroundColor": code.colour}, **{"aria-hidden": "true"}
                ),
                html.Span(code.label, dir="auto"),
            ]
        )
        for code in codes
    ]
    return [html.Ul(items, className="codes", **{"aria-label": f"Symbol and colour: {column}"})]


def outliers(words: str) -> list[Any]:
    """What lies before and after the opening span, with the way there."""
    if not words:
        return []
    show = html.Button("Show the whole span", type="button", className="link", **{"data-do": "all"})
    return [words, " ", show]


def empty(suggestions: tuple[Suggestion, ...], query: Query, undated: int) -> list[Any]:
    """What to loosen when no dated event matches."""
    words = "No event with a date matches these filters."
    if undated:
        words += f" {undated} undated {'one does' if undated == 1 else 'ones do'}, below."
    items = [
        html.Li(
            [
                dcc.Link(each.words[:1].upper() + each.words[1:], href=each.search or "?"),
                f": {each.count} {'event' if each.count == 1 else 'events'}",
            ]
        )
        for each in suggestions
    ]
    reset = dcc.Link("Reset all filters", href=to_search(cleared(query)) or "?")
    return [html.Div([html.H2(words), html.Ul([*items, html.Li(reset)])], className="empty")]
