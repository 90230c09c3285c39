"""The panel of filters: facets with counts, dates, words.

Comes in: a Dataset, and the facets of a Query. Leaves: Dash components. Must not know how a selection is made.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from timeline.query import Query, Value, facets
from timeline.table import Dataset

TITLES = {
    "actor": "Actors",
    "source": "Sources",
    "document": "Documents",
    "category": "Category",
    "status": "Status",
}
OPEN = ["actor", "source", "dates"]
SEARCHABLE = 12
"""A facet with more values than this gets a box to find one."""
MOST = 80
"""Values that one facet lists; the rest is reached by its box."""


def facet_title(key: str) -> str:
    """The heading of a facet; columns of a stranger's table keep their own name."""
    return TITLES.get(key) or key.removeprefix("x:")


def facet_options(values: tuple[Value, ...], find: str = "") -> list[Any]:
    """Checkboxes with counts, in the facet's order; `find` keeps the values that contain it, and the chosen ones."""
    needle = find.casefold().strip()
    kept = [v for v in values if v.chosen or not needle or needle in v.label.casefold()]
    listed = kept[:MOST] + [v for v in kept[MOST:] if v.chosen]
    boxes: list[Any] = [
        dmc.Checkbox(
            value=value.value,
            size="xs",
            className="facet-value" + ("" if value.count else " none"),
            style={"paddingInlineStart": f"{min(value.depth, 4) * 14}px"},
            label=html.Span(
                [
                    html.Span(value.label, className="facet-name", dir="auto"),
                    html.Span(f"{value.count}", className="facet-count"),
                ],
                className="facet-label",
            ),
        )
        for value in listed
    ]
    left = len(kept) - len(listed)
    if left > 0:
        boxes.append(html.P(f"and {left} more: find one by its name", className="hint"))
    if not kept:
        boxes.append(html.P("No such value", className="hint"))
    return boxes


def _facet(key: str, size: int) -> Any:
    finder = dmc.TextInput(
        id={"type": "find", "key": key},
        placeholder=f"Find in {size}",
        size="xs",
        debounce=200,
        value="",
        className="facet-find",
        style={} if size > SEARCHABLE else {"display": "none"},
        attributes={"input": {"aria-label": f"Find in {facet_title(key).lower()}"}},
    )
    group = dmc.CheckboxGroup(
        id={"type": "facet", "key": key},
        value=[],
        children=[],
        className="facet-group",
        attributes={"root": {"aria-label": facet_title(key)}},
    )
    extra: list[Any] = []
    if key == "actor":
        extra = [
            html.Div(
                [
                    dmc.SegmentedControl(
                        id="match",
                        value="any",
                        size="xs",
                        data=[{"value": "any", "label": "any of"}, {"value": "all", "label": "all of"}],
                        attributes={"root": {"aria-label": "Events with any or all of the chosen actors"}},
                    ),
                    dmc.Switch(id="members", label="with their members", size="xs", checked=False),
                ],
                className="facet-how",
            )
        ]
    return dmc.AccordionItem(
        [
            dmc.AccordionControl(facet_title(key)),
            dmc.AccordionPanel([*extra, finder, html.Div(group, className="facet-scroll")]),
        ],
        value=key,
    )


def _dates() -> Any:
    return dmc.AccordionItem(
        [
            dmc.AccordionControl("Dates"),
            dmc.AccordionPanel(
                [
                    html.Div(
                        [
                            dmc.TextInput(
                                id="from", label="From", placeholder="2014", size="xs", debounce=True, value=""
                            ),
                            dmc.TextInput(
                                id="to", label="To", placeholder="Feb 2015", size="xs", debounce=True, value=""
                            ),
                        ],
                        className="facet-dates",
                    ),
                    html.P(id="dates-read", className="hint", **{"aria-live": "polite"}),
                    html.Button(
                        "Keep the dates in the window", id="keep-window", className="tool wide", type="button"
                    ),
                ]
            ),
        ],
        value="dates",
    )


def panel(dataset: Dataset) -> Any:
    """The whole panel, empty; the callbacks fill in values and counts."""
    found = facets(dataset, Query())
    items = [_facet(key, len(values)) for key, values in found.items() if values]
    items.insert(2, _dates())
    return html.Div(
        [
            html.Div(
                [
                    html.H2("Filters"),
                    html.Button(
                        "Close", className="tool only-narrow", type="button", **{"data-do": "close-filters"}
                    ),
                ],
                className="panel-head",
            ),
            dmc.Accordion(items, multiple=True, value=OPEN, variant="default", chevronPosition="left"),
        ],
        id="filters",
    )
