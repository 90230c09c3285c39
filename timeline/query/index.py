"""The dataset as numbers, made once: which mention tells which event, which values it has, who belongs to
whom.

Comes in: a Dataset. Leaves: an Index of integer arrays, on which counting distinct events costs
microseconds. Must not know queries. The method (dictionary codes, counts by bincount) is the quickest of
those that were measured.
"""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from timeline.table.dataset import Dataset

FLAT = ("source", "document", "category", "status")
"""Keys whose value stands in a column of `mentions`; an actor stands in the bridge `mention_actors`."""
MAX_DISTINCT = 30
"""A stranger's column with more distinct values than this is no filter but a text."""
_EXTRA = "extra:"
_Made = TypeVar("_Made")
_KEPT = 8


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

    `event_of[m]` is the row in `events` of mention m; `links` has the keys actor, source, document,
    category, status and `x:NAME`; `rolled` links mentions to their actors and to all that these are part of;
    `family` gives, for each actor, itself and all that are part of it.
    """

    mentions: int
    events: int
    event_of: np.ndarray
    dated: np.ndarray
    links: dict[str, Links]
    rolled: Links
    family: dict[str, frozenset[str]]
    parents: dict[str, str]
    answers: "OrderedDict[Any, Any]" = field(default_factory=OrderedDict)
    shelves: dict[Hashable, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def events_where(self, mask: np.ndarray) -> np.ndarray:
        """A boolean for each event: does any of the mentions in `mask` (a boolean for each mention) tell
        it?
        """
        told = np.zeros(self.events, dtype=bool)
        told[self.event_of[mask]] = True
        return told


_known: "OrderedDict[int, tuple[weakref.ref[Dataset], Index]]" = OrderedDict()
_lock = threading.Lock()


def index_of(dataset: Dataset) -> Index:
    """The index of a dataset, from memory when it was made before. Safe from several threads."""
    with _lock:
        found = _known.get(id(dataset))
        if found is not None and found[0]() is dataset:
            _known.move_to_end(id(dataset))
            return found[1]
    made = _make(dataset)
    with _lock:
        _known[id(dataset)] = (weakref.ref(dataset), made)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return made


def remembered(dataset: Dataset, key: Hashable, make: Callable[[], _Made]) -> _Made:
    """What `make` makes of a dataset, made once: for what no query changes. `key` names it among all such things."""
    shelves = index_of(dataset).shelves
    if key not in shelves:
        shelves[key] = make()
    made: _Made = shelves[key]
    return made


def extra_columns(dataset: Dataset) -> tuple[str, ...]:
    """Names of a stranger's columns that were kept, without the prefix."""
    return tuple(str(c)[len(_EXTRA) :] for c in dataset.mentions.columns if str(c).startswith(_EXTRA))


def offered_extras(dataset: Dataset) -> tuple[str, ...]:
    """Those of a stranger's columns that are worth a filter: few distinct values, and many mentions to a
    value.
    """
    index = index_of(dataset)
    return tuple(
        name
        for name in extra_columns(dataset)
        if 2 <= len(index.links[f"x:{name}"].values) <= MAX_DISTINCT
        and 2 * len(index.links[f"x:{name}"].values) < index.mentions
    )


def _make(dataset: Dataset) -> Index:
    mentions, events = dataset.mentions, dataset.events
    event_of = pd.Index(events["event"]).get_indexer(pd.Index(mentions["event"])).astype(np.int64)
    rows = np.arange(len(mentions))
    links = {key: _links(rows, mentions[key], event_of) for key in FLAT}
    for name in extra_columns(dataset):
        links[f"x:{name}"] = _links(rows, mentions[f"{_EXTRA}{name}"], event_of)
    bridge = dataset.mention_actors
    links["actor"] = _links(bridge["mention"].to_numpy(dtype=np.int64), bridge["actor"], event_of)
    parents = _parents(dataset.actors)
    return Index(
        mentions=len(mentions),
        events=len(events),
        event_of=event_of,
        dated=events["dated"].to_numpy(dtype=bool),
        links=links,
        rolled=_rolled(links["actor"], parents, event_of),
        family=_families(parents, links["actor"].values),
        parents=parents,
    )


def _links(mention: np.ndarray, values: pd.Series, event_of: np.ndarray) -> Links:
    codes, distinct = pd.factorize(values.to_numpy(dtype=object))
    names = [str(value) for value in distinct]
    filled = np.array([name != "" for name in names], dtype=bool)
    keep = filled[codes] if len(codes) else np.zeros(0, dtype=bool)
    renumbered = np.cumsum(filled) - 1
    return _linked(tuple(n for n in names if n), mention[keep], renumbered[codes[keep]], event_of)


def _linked(values: tuple[str, ...], mention: np.ndarray, code: np.ndarray, event_of: np.ndarray) -> Links:
    events = int(event_of.max(initial=0)) + 1
    pairs, pair = np.unique(code.astype(np.int64) * events + event_of[mention], return_inverse=True)
    return Links(values, mention, code.astype(np.int64), pair, pairs // events, pairs % events)


def _parents(actors: pd.DataFrame) -> dict[str, str]:
    """Whom each actor is part of, without parents that are no actors and without the links of a ring."""
    named = dict(zip(actors["name"], actors["part_of"], strict=True))
    parents: dict[str, str] = {}
    for name, parent in named.items():
        seen, above = {name}, parent
        while above in named and above not in seen:
            seen.add(above)
            above = named[above]
        if parent in named and above != name:
            parents[str(name)] = str(parent)
    return parents


def ancestry(name: str, parents: dict[str, str]) -> list[str]:
    """An actor and all that it is part of, from the near to the far."""
    line = [name]
    while line[-1] in parents and parents[line[-1]] not in line:
        line.append(parents[line[-1]])
    return line


def _families(parents: dict[str, str], named: Sequence[str]) -> dict[str, frozenset[str]]:
    family: dict[str, set[str]] = {}
    for name in (*named, *parents):
        for above in ancestry(name, parents):
            family.setdefault(above, set()).add(name)
    return {name: frozenset(members) for name, members in family.items()}


def _rolled(links: Links, parents: dict[str, str], event_of: np.ndarray) -> Links:
    lines = [ancestry(name, parents) for name in links.values]
    names = list(dict.fromkeys((*links.values, *(name for line in lines for name in line))))
    number = {name: i for i, name in enumerate(names)}
    lengths = np.array([len(line) for line in lines], dtype=np.int64)
    flat = np.array([number[name] for line in lines for name in line], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    repeats = lengths[links.code]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    code = flat[np.repeat(starts[links.code], repeats) + within]
    return _linked(tuple(names), np.repeat(links.mention, repeats), code, event_of)
