"""Which lanes a selection has, and which events stand in each.

Comes in: a Dataset and a Query. Leaves: (event, lane) pairs and the lanes in order. Must not know pixels.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from timeline.query.arrays import engine_for
from timeline.query.engine import NOBODY
from timeline.query.facets import chosen_values, labels_of
from timeline.query.query import Query
from timeline.table.dataset import Dataset
from timeline.table.names import fold_search

_NOTHING = {
    "actor": "No actor named",
    "source": "No source named",
    "document": "No document named",
    "category": "No category",
    "status": "No status",
}


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its `name` (a value, as in the address), its `label` for people and its `count` of events."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Pairs:
    """Which event stands in which lane: the event of number `event[i]` in lane number `lane[i]`; both sorted by event,
    which is by time. `lanes` are in order."""

    event: np.ndarray
    lane: np.ndarray
    lanes: tuple[Lane, ...]


def lanes_of(dataset: Dataset, query: Query) -> tuple[Lane, ...]:
    """The lanes of the selected events that have a date (the undated have their tray).

    `query.lanes`: actor, source, document, category, status, none or `x:NAME`; anything else is one lane for all.
    `query.order`: size (most events first), name or date (earliest event first). Only values of matching mentions
    make lanes; an event with three actors stands in three. Lanes that the query chooses by name come first,
    in the order chosen; events without a value share the last lane.
    """
    by, order = query.lanes, query.order
    found = engine_for(dataset).lanes(query, by)
    if not found.values and (by == "none" or not _makes_lanes(dataset, by)):
        return (Lane("all", "All events", found.nameless),) * bool(found.nameless)
    labels = labels_of(dataset, by, found.values)
    chosen = {name: i for i, name in enumerate(chosen_values(query, by))}

    def rank(i: int) -> tuple[int, float, str, str]:
        key = {"name": 0.0, "date": float(found.first[i])}.get(order, -float(found.counts[i]))
        return chosen.get(found.values[i], len(chosen)), key, fold_search(labels[i]), found.values[i]

    in_order = sorted(range(len(found.values)), key=rank)
    lanes = tuple(Lane(found.values[i], labels[i], int(found.counts[i])) for i in in_order)
    if found.nameless:
        lanes += (Lane(NOBODY, _NOTHING.get(by, f"No {by[2:]}"), found.nameless),)
    return lanes


def _makes_lanes(dataset: Dataset, by: str) -> bool:
    return by in _NOTHING or (by.startswith("x:") and by[2:] in dataset.extras)


def lane_pairs(dataset: Dataset, query: Query, lanes: tuple[Lane, ...]) -> Pairs:
    """Which of the selected events that have a date stands in which of these lanes."""
    event, lane = engine_for(dataset).pairs(query, query.lanes, [each.name for each in lanes])
    return Pairs(event, lane, lanes)


def lane_frame(dataset: Dataset, event: np.ndarray, lane: np.ndarray, lanes: tuple[Lane, ...]) -> pd.DataFrame:
    """Pairs of numbers as a frame of names: the columns event and lane. `event` are rows of the dataset's events."""
    slugs = dataset.events["event"].to_numpy(dtype=object)
    names = np.array([each.name for each in lanes], dtype=object)
    return pd.DataFrame(
        {
            "event": pd.Series(slugs[event], dtype="str"),
            "lane": pd.Series(names[lane] if len(lane) else [], dtype="str"),
        }
    )
