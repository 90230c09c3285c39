"""Which lanes a selection has, and which events stand in each.

Comes in: a Dataset and a Selection. Leaves: (event, lane) pairs and the lanes in order. Must not know pixels.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from timeline.query.facets import chosen_values, labels_of
from timeline.query.index import index_of
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset
from timeline.table.names import fold_search

NOBODY = ""
"""Name of the lane of events that have no value; a value is never empty."""
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
    """Which event stands in which lane: `event[i]`, a row of the dataset's events, in lane number `lane[i]`; both
    sorted by event, which is by time. `lanes` are in order."""

    event: np.ndarray
    lane: np.ndarray
    lanes: tuple[Lane, ...]


def lane_pairs(dataset: Dataset, selection: Selection, by: str = "actor", order: str = "size") -> Pairs:
    """The lanes of the selected events that have a date (the undated have their tray).

    `by`: actor, source, document, category, status, none or `x:NAME`; anything else is one lane for all.
    `order`: size (most events first), name or date (earliest event first). Only values of matching mentions
    make lanes; an event with three actors stands in three. Lanes that the query chooses by name come first,
    in the order chosen; events without a value share the last lane.
    """
    index = index_of(dataset)
    matching = np.zeros(index.mentions, dtype=bool)
    matching[selection.mentions["mention"].to_numpy()] = True
    drawn = index.events_where(matching) & index.dated
    if by not in index.links:
        event = np.flatnonzero(drawn)
        all_of_them = Lane("all", "All events", len(event))
        return Pairs(event, np.zeros(len(event), dtype=np.int64), (all_of_them,) * bool(len(event)))
    links = index.links[by]
    hit = np.zeros(len(links.value_of_pair), dtype=bool)
    hit[links.pair[matching[links.mention]]] = True
    value, event = links.value_of_pair[hit], links.event_of_pair[hit]
    value, event = value[drawn[event]], event[drawn[event]]
    named = np.zeros(index.events, dtype=bool)
    named[event] = True
    nameless = np.flatnonzero(drawn & ~named)

    starts = dataset.events["start"].to_numpy(dtype=float)
    counts = np.bincount(value, minlength=len(links.values))
    first = np.full(len(links.values), np.inf)
    np.minimum.at(first, value, starts[event])
    present = np.flatnonzero(counts)
    labels = dict(zip(present.tolist(), labels_of(dataset, by, (links.values[i] for i in present)), strict=True))
    chosen = {name: i for i, name in enumerate(chosen_values(selection.query, by))}

    def rank(i: int) -> tuple[int, float, str, str]:
        key = {"name": 0.0, "date": float(first[i])}.get(order, -float(counts[i]))
        return chosen.get(links.values[i], len(chosen)), key, fold_search(labels[i]), links.values[i]

    in_order = sorted(present.tolist(), key=rank)
    lanes = tuple(Lane(links.values[i], labels[i], int(counts[i])) for i in in_order)
    number = np.zeros(len(links.values), dtype=np.int64)
    number[in_order] = np.arange(len(in_order))
    if len(nameless):
        lanes += (Lane(NOBODY, _NOTHING.get(by, f"No {by[2:]}"), len(nameless)),)
    events = np.concatenate([event, nameless])
    in_lanes = np.concatenate([number[value], np.full(len(nameless), len(in_order), dtype=np.int64)])
    by_time = np.argsort(events, kind="stable")
    return Pairs(events[by_time], in_lanes[by_time], lanes)


def lane_frame(dataset: Dataset, event: np.ndarray, lane: np.ndarray, lanes: tuple[Lane, ...]) -> pd.DataFrame:
    """Pairs of numbers as a frame of names: the columns event and lane."""
    slugs = dataset.events["event"].to_numpy(dtype=object)
    names = np.array([each.name for each in lanes], dtype=object)
    return pd.DataFrame(
        {
            "event": pd.Series(slugs[event], dtype="str"),
            "lane": pd.Series(names[lane] if len(lane) else [], dtype="str"),
        }
    )
