"""The values that can be chosen, and how many events each would show.

Comes in: a Dataset and a Query. Leaves: the values of each facet with their counts. Must not know the page.

A count is the number of distinct events that match the other filters and have the value, so a value with a
count above nought never leads to an empty page. Within actors, where all of several must take part, the
chosen ones are such other filters too. Values keep their place while counts change: order follows the whole
dataset.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from timeline.query.index import FLAT, Index, index_of, offered_extras
from timeline.query.matching import all_but, masks
from timeline.query.query import MANY, Query
from timeline.table.dataset import Dataset
from timeline.table.names import fold_search


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: `value` as in the address, `label` for people, `count` in events, `depth` in the
    tree.
    """

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The order in which a facet's values stand, whatever is chosen."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    depths: tuple[int, ...]


def facets(dataset: Dataset, query: Query) -> dict[str, tuple[Value, ...]]:
    """The facets actor, source, document, category, status, and `x:NAME` for columns with few values.

    Values are sorted by their events in the whole dataset, then by label; actors as a tree, each below what
    it is part of. A chosen value that the dataset does not have stands last, with a count of 0.
    """
    index = index_of(dataset)
    conditions = masks(dataset, query)
    offered = [f"x:{name}" for name in offered_extras(dataset)]
    also = [f"x:{name}" for name, _ in query.extras if f"x:{name}" in index.links]
    found: dict[str, tuple[Value, ...]] = {}
    for key in dict.fromkeys(("actor", *FLAT, *offered, *also)):
        links = index.rolled if key == "actor" and query.members else index.links[key]
        left_out = None if key == "actor" and query.match == "all" else key
        counts = links.count_events(all_but(conditions, left_out, index.mentions))
        shelf = _shelf(dataset, index, key)
        found[key] = _values(shelf, dict(zip(links.values, counts.tolist(), strict=True)), chosen_values(query, key))
    return found


def chosen_values(query: Query, key: str) -> tuple[str, ...]:
    """The values chosen in one facet."""
    if key.startswith("x:"):
        return tuple(value for name, value in query.extras if name == key[2:])
    return tuple(getattr(query, MANY[key]))


def labels_of(dataset: Dataset, key: str, values: Iterable[str]) -> tuple[str, ...]:
    """Values as people read them: documents by title, categories and statuses in sentence case, others as
    they are.
    """
    if key == "document":
        documents = dataset.documents
        titles = dict(zip(documents["id"], documents["title"], strict=True))
        return tuple(titles.get(value) or value for value in values)
    if key in ("category", "status"):
        return tuple(value[:1].upper() + value[1:] for value in values)
    return tuple(values)


def _values(shelf: _Shelf, counts: dict[str, int], chosen: tuple[str, ...]) -> tuple[Value, ...]:
    taken = set(chosen)
    listed = tuple(
        Value(value, label, counts.get(value, 0), value in taken, depth)
        for value, label, depth in zip(shelf.values, shelf.labels, shelf.depths, strict=True)
    )
    strangers = taken.difference(shelf.values)
    return listed + tuple(Value(value, value, 0, True) for value in chosen if value in strangers)


def _shelf(dataset: Dataset, index: Index, key: str) -> _Shelf:
    found = index.shelves.get(key)
    if found is None:
        links = index.rolled if key == "actor" else index.links[key]
        totals = links.count_events(np.ones(index.mentions, dtype=bool)).tolist()
        labels = labels_of(dataset, key, links.values)
        ranks = {
            value: (-total, fold_search(label), value)
            for value, total, label in zip(links.values, totals, labels, strict=True)
        }
        label = dict(zip(links.values, labels, strict=True))
        order = sorted(links.values, key=ranks.__getitem__)
        depths = dict.fromkeys(order, 0)
        if key == "actor":
            depths = _tree(order, index.parents)
            order = list(depths)
        found = _Shelf(tuple(order), tuple(label[v] for v in order), tuple(depths.values()))
        index.shelves[key] = found
    return found


def _tree(order: list[str], parents: dict[str, str]) -> dict[str, int]:
    """Depth of each actor, in the order of a walk through the tree; siblings stay in `order`."""
    children: dict[str, list[str]] = {}
    for name in order:
        children.setdefault(parents.get(name, ""), []).append(name)
    depths: dict[str, int] = {}
    waiting = [(name, 0) for name in reversed(children.get("", []))]
    while waiting:
        name, depth = waiting.pop()
        depths[name] = depth
        waiting.extend((child, depth + 1) for child in reversed(children.get(name, [])))
    return depths
