"""Bring a query and a dataset together: names as the tables write them, unknown columns and events named.

Comes in: a Query and a Dataset. Leaves: a Query and what was ignored. Must not know addresses.
"""

from collections.abc import Iterable
from dataclasses import replace

from timeline.query.arrays import engine_for
from timeline.query.facets import totals
from timeline.query.query import Query, shown
from timeline.table.dataset import Dataset
from timeline.table.names import fold_search


def settle(query: Query, dataset: Dataset) -> tuple[Query, tuple[str, ...]]:
    """The query with values spelled as in the dataset, and what it asks of the dataset that is not there.

    A value that differs only in case or accents, or is an alias of an actor, becomes the name in the tables.
    A value that nothing resembles stays: its chip and its empty result say more than silence. An open
    card is a mention's id or an event's slug, and stays what it is.
    """
    ignored: list[str] = []
    columns = dataset.extras
    lanes = query.lanes
    if lanes.startswith("x:") and lanes[2:] not in columns:
        ignored.append(f"lanes={shown(lanes)}: no such column in this table")
        lanes = "actor"
    unknown = dict.fromkeys(name for name, _ in query.extras if name not in columns)
    ignored.extend(f"x.{shown(name)}: no such column in this table" for name in unknown)
    event = _event(query.event, dataset)
    if query.event and not event:
        ignored.append(f"event={shown(query.event)}: no such event in this table")
    return replace(
        query,
        actors=_spelled(query.actors, dataset.actors["name"], _aliases(dataset)),
        sources=_spelled(query.sources, totals(dataset, "source")),
        documents=_spelled(query.documents, totals(dataset, "document")),
        categories=_spelled(query.categories, totals(dataset, "category")),
        statuses=_spelled(query.statuses, totals(dataset, "status")),
        extras=tuple(
            (name, value)
            for name in dict.fromkeys(name for name, _ in query.extras if name in columns)
            for value in _spelled((v for n, v in query.extras if n == name), totals(dataset, f"x:{name}"))
        ),
        lanes=lanes,
        event=event,
    ), tuple(ignored)


def _event(slug: str, dataset: Dataset) -> str:
    return slug if slug and engine_for(dataset).find(slug) >= 0 else ""


def _aliases(dataset: Dataset) -> dict[str, str]:
    actors = dataset.actors
    return {
        alias.strip(): name
        for name, aliases in zip(actors["name"], actors["aliases"], strict=True)
        for alias in str(aliases).split(";")
        if alias.strip()
    }


def _spelled(values: Iterable[str], known: Iterable[str], aliases: dict[str, str] | None = None) -> tuple[str, ...]:
    chosen = tuple(values)
    names = set(known)
    if names.issuperset(chosen):
        return chosen
    by_fold: dict[str, set[str]] = {}
    for name in names:
        by_fold.setdefault(fold_search(name), set()).add(name)
    for alias, name in (aliases or {}).items():
        by_fold.setdefault(fold_search(alias), set()).add(name)
    spelled = []
    for value in chosen:
        alike = by_fold.get(fold_search(value), set())
        # Two names may fold alike; a guess between them would be a filter that nobody chose.
        spelled.append(value if value in names or len(alike) != 1 else next(iter(alike)))
    return tuple(dict.fromkeys(spelled))
