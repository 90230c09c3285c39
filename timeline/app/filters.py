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
MOST = 400
"""Values of one facet that are sent; the rest is found by the box."""


def facet_title(key: str) -> str:
    """The heading of a facet; columns of a stranger's table keep their own name."""
    return TITLES.get(key) or key.removeprefix("x:")


def facet_data(values: tuple[Value, ...], find: str = "") -> dict[str, Any]:
    """One facet as the browser draws it: the values in order, the chosen ones always among them.

    Where there are more than `MOST`, `find` picks those that contain it, and `more` counts what was not sent.
    """
    long = len(values) > MOST
    needle = find.casefold().strip() if long else ""
    kept = [v for v in values if v.chosen or not needle or needle in v.label.casefold()]
    sent = kept[:MOST] + [v for v in kept[MOST:] if v.chosen]
    told = [
        {"value": v.value, "label": v.label, "count": v.count, "chosen": v.chosen, "depth": v.depth} for v in sent
    ]  # asdict takes ten times as long
    return {"values": told, "more": len(kept) - len(sent), "found": long}


def _facet(key: str, size: int) -> Any:
    name = facet_title(key)
    parts: list[Any] = []
    if size > SEARCHABLE:
        parts.append(
            dmc.TextInput(
                placeholder=f"Find in {size:,}",
                size="xs",
                className="facet-find",
                attributes={"input": {"data-facet-find": key, "aria-label": f"Find in {name.lower()}"}},
            )
        )
    group = html.Div(className="facet-scroll", role="group", **{"data-facet-holder": key, "aria-label": name})
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
            dmc.AccordionPanel([*extra, *parts, group]),
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
                    html.Button("Keep the dates in the window", id="keep-window", className="tool wide", type="button"),
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
                    html.Button("Close", className="tool only-narrow", type="button", **{"data-do": "close-filters"}),
                ],
                className="panel-head",
            ),
            dmc.Accordion(items, multiple=True, value=OPEN, variant="default", chevronPosition="left"),
        ],
        id="filters",
    )
