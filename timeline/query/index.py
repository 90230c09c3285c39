"""The dataset as numbers, made once: which mention tells which event, which values it has, who belongs to
whom.

Comes in: a Dataset. Leaves: an Index of integer arrays, on which counting distinct events costs
microseconds. Must not know queries. The method (dictionary codes, counts by bincount) is the quickest of
those that were measured.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from timeline.query.tree import ancestry, families, parents_of
from timeline.table.dataset import Dataset

FLAT = ("source", "document", "category", "status")
"""Keys whose value stands in a column of `mentions`; an actor stands in the bridge `mention_actors`."""
_EXTRA = "extra:"


@dataclass(frozen=True)
class Links:
    """Which mention has which value: `mention[i]` has `values[code[i]]`. Empty cells have no link.

    `pair[i]` numbers the distinct (value, event) pairs and `value_of_pair` and `event_of_pair` lead back, so
    that counting distinct events needs no sorting.
    """

    values: tuple[str, ...]
    mention: np.ndarray
    code: np.ndarray
    pair: np.ndarray
    value_of_pair: np.ndarray
    event_of_pair: np.ndarray

    def count_events(self, mask: np.ndarray) -> np.ndarray:
        """How many distinct events the mentions in `mask` (a boolean for each mention) tell, for each
        value.
        """
        hit = np.zeros(len(self.value_of_pair), dtype=bool)
        hit[self.pair[mask[self.mention]]] = True
        return np.bincount(self.value_of_pair[hit], minlength=len(self.values))


@dataclass(frozen=True)
class Index:
    """Everything about a dataset that no query changes.

    `event_of[m]` is the row in `events` of mention m, `by_event` the mentions in the order of `event_sorted`; `links`
    has the keys actor, source, document, category, status and `x:NAME`; `rolled` links mentions to their actors and to
    all that these are part of; `family` gives, for each actor, itself and all that are part of it.
    """

    mentions: int
    events: int
    event_of: np.ndarray
    by_event: np.ndarray
    event_sorted: np.ndarray
    dated: np.ndarray
    links: dict[str, Links]
    rolled: Links
    family: dict[str, frozenset[str]]
    parents: dict[str, str]

    def mentions_of(self, events: np.ndarray) -> np.ndarray:
        """The mentions of these events, in the order of the table."""
        begin, end = (np.searchsorted(self.event_sorted, events, side=side) for side in ("left", "right"))
        return np.sort(self.by_event[np.repeat(begin, end - begin) + spread_out(end - begin)])

    def events_where(self, mask: np.ndarray) -> np.ndarray:
        """A boolean for each event: does any of the mentions in `mask` (a boolean for each mention) tell
        it?
        """
        told = np.zeros(self.events, dtype=bool)
        told[self.event_of[mask]] = True
        return told


def make_index(dataset: Dataset) -> Index:
    """The index of a dataset whose rows are in memory."""
    mentions, events = dataset.mentions, dataset.events
    event_of = _event_of(mentions, events)
    by_event = np.argsort(event_of, kind="stable").astype(np.int32)
    rows = np.arange(len(mentions), dtype=np.int32)
    links = {key: _links(rows, mentions[key], event_of) for key in FLAT}
    for name in dataset.extras:
        links[f"x:{name}"] = _links(rows, mentions[f"{_EXTRA}{name}"], event_of)
    bridge = dataset.mention_actors
    links["actor"] = _links(bridge["mention"].to_numpy(dtype=np.int32), bridge["actor"], event_of)
    parents = parents_of(dataset.actors)
    return Index(
        mentions=len(mentions),
        events=len(events),
        event_of=event_of,
        by_event=by_event,
        event_sorted=event_of[by_event],
        dated=events["dated"].to_numpy(dtype=bool),
        links=links,
        rolled=_rolled(links["actor"], parents, event_of),
        family=families(parents, links["actor"].values),
        parents=parents,
    )


def _event_of(mentions: pd.DataFrame, events: pd.DataFrame) -> np.ndarray:
    """The row in `events` of each mention."""
    if len(mentions) != len(events):
        found: np.ndarray = pd.Index(events["event"]).get_indexer(pd.Index(mentions["event"])).astype(np.int32)
        return found
    # Each tells an event of its own, and events stand in the order of time: no name has to be looked up.
    start = mentions["start"].to_numpy(dtype=float)
    event_of = np.empty(len(mentions), dtype=np.int32)
    event_of[np.lexsort((np.nan_to_num(start, nan=np.inf), np.isnan(start)))] = np.arange(len(events), dtype=np.int32)
    return event_of


def _links(mention: np.ndarray, values: pd.Series, event_of: np.ndarray) -> Links:
    codes, distinct = pd.factorize(values)
    names = [str(value) for value in distinct]
    filled = np.array([name != "" for name in names], dtype=bool)
    codes = codes.astype(np.int32)
    if not filled.all():
        keep = filled[codes]
        mention, codes = mention[keep], (np.cumsum(filled, dtype=np.int32) - 1)[codes[keep]]
    return _linked(tuple(n for n in names if n), mention, codes, event_of)


def _linked(
    values: tuple[str, ...], mention: np.ndarray, code: np.ndarray, event_of: np.ndarray, *, distinct: bool = True
) -> Links:
    """`distinct`: no mention has a value twice."""
    event = event_of[mention]
    events = int(event_of.max(initial=0)) + 1
    if distinct and len(event_of) == events:  # one mention to an event: every link is a pair of its own
        return Links(values, mention, code, np.arange(len(code), dtype=np.int32), code, event)
    pairs, pair = np.unique(code.astype(np.int64) * events + event, return_inverse=True)
    value_of_pair, event_of_pair = (part.astype(np.int32) for part in np.divmod(pairs, events))
    return Links(values, mention, code, pair.astype(np.int32), value_of_pair, event_of_pair)


def spread_out(lengths: np.ndarray) -> np.ndarray:
    """0, 1, 2 ... for each of the lengths, one after the other."""
    within: np.ndarray = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return within


def _rolled(links: Links, parents: dict[str, str], event_of: np.ndarray) -> Links:
    lines = [ancestry(name, parents) for name in links.values]
    names = list(dict.fromkeys((*links.values, *(name for line in lines for name in line))))
    number = {name: i for i, name in enumerate(names)}
    lengths = np.array([len(line) for line in lines], dtype=np.int64)
    flat = np.array([number[name] for line in lines for name in line], dtype=np.int32)
    starts = np.cumsum(lengths) - lengths
    repeats = lengths[links.code]
    code = flat[np.repeat(starts[links.code], repeats) + spread_out(repeats)]
    return _linked(tuple(names), np.repeat(links.mention, repeats), code, event_of, distinct=False)
