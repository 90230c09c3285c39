"""Which mentions and events a query selects, and why the others are left out.

Comes in: a Dataset and a Query. Leaves: a Selection. Must not know addresses, charts or pages.

Each filter is one condition on mentions, evaluated once (`conditions.py`); selecting and counting combine
the booleans. A mention matches when all conditions hold for that same mention; an event is selected when one
of its mentions matches. Every event of the dataset is counted once: shown, undated, outside or filtered.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from timeline.query.conditions import evaluate
from timeline.query.index import index_of
from timeline.query.query import Query
from timeline.table.dataset import Dataset

_REMEMBERED = 32


@dataclass(frozen=True)
class Selection:
    """What a query selects.

    `mentions` and `events`: the matching rows of the dataset's frames, in their order and with their index.
    `tray`: the undated events that match; with a range of dates on, those that match everything else, since
    they can neither lie inside nor outside. `shown`: dated events that match; `undated`: the length of
    `tray`; `outside`: dated events that match all but the dates; `filtered`: the rest. The four add up to
    `total`.
    """

    mentions: pd.DataFrame
    events: pd.DataFrame
    total: int
    shown: int
    undated: int
    outside: int
    filtered: int
    tray: pd.DataFrame
    query: Query


def select(dataset: Dataset, query: Query) -> Selection:
    """The mentions and events that match, with an account of all others."""
    index = index_of(dataset)
    conditions = masks(dataset, query)
    matching = all_but(conditions, None, index.mentions)
    undatable = all_but(conditions, "date", index.mentions) if "date" in conditions else matching
    matched, otherwise = index.events_where(matching), index.events_where(undatable)
    tray = otherwise & ~index.dated
    shown, outside = int((matched & index.dated).sum()), int((otherwise & ~matched & index.dated).sum())
    undated = int(tray.sum())
    return Selection(
        mentions=dataset.mentions if matching.all() else dataset.mentions[matching],
        events=dataset.events if matched.all() else dataset.events[matched],
        total=index.events,
        shown=shown,
        undated=undated,
        outside=outside,
        filtered=index.events - shown - undated - outside,
        tray=dataset.events[tray],
        query=query,
    )


def mentions_of(dataset: Dataset, events: pd.DataFrame) -> pd.DataFrame:
    """All mentions of these events (rows of the dataset's frame, with their index), in the order of the table."""
    index = index_of(dataset)
    wanted = np.zeros(index.events, dtype=bool)
    wanted[events.index.to_numpy()] = True
    found: pd.DataFrame = dataset.mentions[wanted[index.event_of]]
    return found


def masks(dataset: Dataset, query: Query) -> dict[str, np.ndarray]:
    """For each filter that is on, a boolean for each mention. Keys: actor, source, document, category,
    status, date, words and `x:NAME`. The page asks for the same query several times over, so the last
    answers are kept.
    """
    index = index_of(dataset)
    key = replace(query, lanes="actor", order="size", event="")
    with index.lock:
        known: dict[str, np.ndarray] | None = index.answers.get(key)
    if known is None:
        known = evaluate(dataset, key, index.family)
        for mask in known.values():
            mask.flags.writeable = False
        with index.lock:
            index.answers[key] = known
            while len(index.answers) > _REMEMBERED:
                index.answers.popitem(last=False)
    return known


def all_but(conditions: dict[str, np.ndarray], key: str | None, mentions: int) -> np.ndarray:
    """Where all conditions but that of `key` hold."""
    held = np.ones(mentions, dtype=bool)
    for name, mask in conditions.items():
        if name != key:
            held &= mask
    return held
