"""The meaning of each filter, written once for any table engine.

Comes in: `mentions` and the bridge `mention_actors` as frames that narwhals knows (pandas here; polars,
DuckDB and others take the same code), and a Query. Leaves: the mentions with one boolean column for each
filter that is on. Must not know events or counts.

Rules that keep it portable: no list columns, no splitting of strings, filters on actors are semi-joins,
times are numbers, and missing numbers are asked for by name, since engines disagree about NaN.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import narwhals as nw
import numpy as np

from timeline.query.query import MANY, Query, bounds
from timeline.table.dataset import Dataset
from timeline.table.names import fold_search

Frame = TypeVar("Frame", nw.DataFrame[Any], nw.LazyFrame[Any])


def evaluate(dataset: Dataset, query: Query, family: Mapping[str, frozenset[str]]) -> dict[str, np.ndarray]:
    """For each filter that is on, a boolean for each mention of the dataset."""
    expressions = flat_conditions(query, set(map(str, dataset.mentions.columns)))
    found: dict[str, np.ndarray] = {}
    if expressions:
        answer = nw.from_native(dataset.mentions, eager_only=True).select(
            *(condition.alias(key) for key, condition in expressions.items())
        )
        found = {key: answer[key].to_numpy().astype(bool) for key in expressions}
    if query.actors:
        hits = actors_condition(nw.from_native(dataset.mention_actors, eager_only=True), query, family)
        held = np.zeros(len(dataset.mentions), dtype=bool)
        held[hits["mention"].to_numpy()] = True
        found["actor"] = held
    return found


def flat_conditions(query: Query, columns: set[str]) -> dict[str, nw.Expr]:
    """The filters that need one row of `mentions` only, by key.

    A column that the table does not have holds nothing, so nothing matches a value in it.
    """
    conditions: dict[str, nw.Expr] = {}
    for key, field in MANY.items():
        chosen = getattr(query, field)
        if chosen and key != "actor":
            conditions[key] = nw.col(key).is_in(chosen)
    for name in dict.fromkeys(name for name, _ in query.extras):
        values = [value for n, value in query.extras if n == name]
        present = f"extra:{name}" in columns
        conditions[f"x:{name}"] = nw.col(f"extra:{name}").is_in(values) if present else _nothing()
    if query.start or query.end:
        conditions["date"] = _touches(*bounds(query))
    words = [word for word in (fold_search(word) for word in query.words.split()) if word.strip()]
    if words:
        conditions["words"] = nw.all_horizontal(
            *(nw.col("search").str.contains(word, literal=True) for word in dict.fromkeys(words)),
            ignore_nulls=False,
        )
    return conditions


def _nothing() -> nw.Expr:
    """A condition that no mention meets: ids are never empty."""
    return nw.col("id") == ""


def _touches(lo: float, hi: float) -> nw.Expr:
    """The mention's [start, end) has a moment in common with [lo, hi); undated mentions touch nothing."""
    if lo >= hi:
        # Upside down: without this, an event that spans both bounds would lie "between" them.
        return _nothing()
    start, end = nw.col("start"), nw.col("end")
    return (nw.col("precision") != "") & (start < hi) & ((end > lo) | (start >= lo))


def actors_condition(mention_actors: Frame, query: Query, family: Mapping[str, frozenset[str]]) -> Frame:
    """One column `mention`, perhaps repeated: those in which any, or all, of the chosen actors take part.

    With members, an actor takes part when somebody who is part of it does. One mention may meet two choices
    with one actor: choosing all of a state and its ministry finds the ministry's deeds.
    """
    choices = [family.get(name, {name}) if query.members else {name} for name in query.actors]
    wanted = sorted(set[str]().union(*choices))
    hits = mention_actors.filter(nw.col("actor").is_in(wanted))
    if query.match == "any" or len(choices) == 1:
        return hits.select("mention")
    flags = [f"choice{i}" for i in range(len(choices))]
    named = zip(flags, choices, strict=True)
    met = (
        hits.select("mention", *(nw.col("actor").is_in(sorted(choice)).alias(flag) for flag, choice in named))
        .group_by("mention")
        .agg(*(nw.col(flag).max() for flag in flags))
    )
    return met.filter(nw.all_horizontal(*(nw.col(flag) for flag in flags), ignore_nulls=False)).select("mention")
