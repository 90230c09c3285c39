"""The values that can be chosen, and how many events each would show.

Comes in: a Dataset and a Query. Leaves: the values of each facet with their counts. Must not know the page.

A count is the number of distinct events that match the other filters and have the value, so a value with a
count above nought never leads to an empty page. Within actors, where all of several must take part, the
chosen ones are such other filters too. Values keep their place while counts change: order follows the whole
dataset.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.query.arrays import engine_for
from timeline.query.engine import ROLLED, Size, remembered
from timeline.query.index import FLAT
from timeline.query.query import MANY, Query
from timeline.query.tree import parents_of
from timeline.table.dataset import Dataset
from timeline.table.names import fold_search

MAX_DISTINCT = 30
"""A stranger's column with more distinct values than this is no filter but a text."""


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
    engine = engine_for(dataset)
    offered = [f"x:{name}" for name in offered_extras(dataset)]
    also = [f"x:{name}" for name, _ in query.extras if name in dataset.extras]
    found: dict[str, tuple[Value, ...]] = {}
    for key in dict.fromkeys(("actor", *FLAT, *offered, *also)):
        left_out = None if key == "actor" and query.match == "all" else key
        counts = engine.counts(query, ROLLED if key == "actor" and query.members else key, left_out)
        found[key] = _values(_shelf(dataset, key), counts, chosen_values(query, key))
    return found


def totals(dataset: Dataset, key: str) -> dict[str, int]:
    """The values of a key and how many events of the whole dataset have each; found once."""
    return remembered(dataset, ("totals", key), lambda: engine_for(dataset).counts(Query(), key, None))


def offered_extras(dataset: Dataset) -> tuple[str, ...]:
    """Those of a stranger's columns that are worth a filter: few distinct values, and many mentions to a
    value.
    """
    mentions = size_of(dataset).mentions if dataset.extras else 0
    distinct = {name: len(totals(dataset, f"x:{name}")) for name in dataset.extras}
    return tuple(name for name, count in distinct.items() if 2 <= count <= MAX_DISTINCT and 2 * count < mentions)


def size_of(dataset: Dataset) -> Size:
    """How many events, mentions, documents and sources there are; found once."""
    return remembered(dataset, "size", lambda: engine_for(dataset).size())


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


def _shelf(dataset: Dataset, key: str) -> _Shelf:
    return remembered(dataset, ("shelf", key), lambda: _make_shelf(dataset, key))


def _make_shelf(dataset: Dataset, key: str) -> _Shelf:
    counts = totals(dataset, ROLLED if key == "actor" else key)
    values = list(counts)
    label = dict(zip(values, labels_of(dataset, key, values), strict=True))
    order = sorted(values, key=lambda value: (-counts[value], fold_search(label[value]), value))
    depths = dict.fromkeys(order, 0)
    if key == "actor":
        depths = _tree(order, parents_of(dataset.actors))
        order = list(depths)
    return _Shelf(tuple(order), tuple(label[value] for value in order), tuple(depths.values()))


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
