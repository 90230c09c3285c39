"""One set of questions, the same answers: column arrays, narwhals over pandas, over DuckDB (Spark: `test_spark`)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tables import arland, make_dataset
from tests.test_cli import assert_cannot_run, run
from tests.test_detail import many
from tests.test_matching import datasets, queries
from timeline.app.listing import listing
from timeline.app.steering import shown
from timeline.query import Query, engine_for, lanes_of, nearby, select
from timeline.query.arrays import Arrays
from timeline.query.backends import open_with, with_pandas
from timeline.query.engine import ROLLED, Engine, Stretch
from timeline.query.index import FLAT
from timeline.table import Dataset
from timeline.table.parquet import KEY, arrow_of, facts_json, joined_actors, read, with_events

WAYS = ("actor", "source", "document", "category", "status", "none", "x:Place")


def same(one: Any, other: Any) -> bool:
    """Equal, floats nearly so; a count of nought may be missing."""
    if isinstance(one, dict):
        names = {name for name in (*one, *other) if one.get(name) or other.get(name)}
        return all(one.get(name) == other.get(name) for name in names)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray):
        if one.dtype.kind == "f":
            return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-9, atol=1e-6, equal_nan=True))
        return np.array_equal(one, other)
    if isinstance(one, float):
        return math.isclose(one, other, rel_tol=1e-12) or (math.isnan(one) and math.isnan(other))
    return bool(one == other)


def questions(dataset: Dataset, query: Query, by: str) -> Iterator[tuple[str, Callable[[Engine], Any]]]:
    """Every question there is, by name."""
    names = [lane.name for lane in lanes_of(dataset, replace(query, lanes=by))]
    arrays = engine_for(dataset)
    low, high = arrays.extremes()
    lo, hi = (low, high + 1.0) if low == low else (0.0, 1.0)
    middle = lo + (hi - lo) * 0.4, lo + (hi - lo) * 0.6
    kinds = ("events", "mentions", "documents", "sources")
    yield "size", lambda engine: tuple(getattr(engine.size(), name) for name in kinds)
    yield "extremes", lambda engine: engine.extremes()
    yield "sample", lambda engine: tuple(engine.sample(7)[name].to_numpy() for name in ("start", "end"))
    yield "account", lambda engine: tuple(
        getattr(engine.account(query), name) for name in ("total", "shown", "undated", "outside", "filtered")
    )
    for key in (*FLAT, "actor", ROLLED, *(f"x:{name}" for name in dataset.extras)):
        for left_out in (None, key, "date"):
            yield f"counts {key} {left_out}", lambda engine, k=key, o=left_out: engine.counts(query, k, o)

    def lanes(engine: Engine) -> Any:
        found = engine.lanes(query, by)
        return found.values, found.counts, found.first, found.nameless

    yield "lanes", lanes
    yield "pairs", lambda engine: engine.pairs(query, by, names)
    for few, keep in ((10_000, -1), (0, -1), (0, 1)):
        stretch = Stretch(middle, lo, hi, 16, 5, 2, few, keep)

        def near(engine: Engine, stretch: Stretch = stretch) -> Any:
            with pytest.MonkeyPatch.context() as patch:
                # Few pairs are fetched and thinned here, many where they are: both ways are asked.
                patch.setattr(nearby, "AT_HAND", 0 if stretch.few == 0 else nearby.AT_HAND)
                found = engine.near(query, by, names, stretch)
            order = np.lexsort((found.lane, found.number))
            parts = tuple(part[order] for part in (found.number, found.lane, found.rank, found.turn))
            return (*parts, found.weights, found.touching, found.inside, found.pairs)

        yield f"near {few} {keep}", near
    yield "overview", lambda engine: engine.overview(query, lo, hi, 24)
    yield "beyond", lambda engine: engine.beyond(query, *middle)
    yield "listed", lambda engine: engine.listed(query, middle, 5)
    yield "listed all", lambda engine: engine.listed(query, (-math.inf, math.inf), 10_000)
    yield "tray", lambda engine: engine.tray(query, 3)
    for column in ("source", "status"):
        yield f"tones {column}", lambda engine, c=column: tuple(
            getattr(engine.tones(c, 2), name) for name in ("own", "more", "several", "others")
        )
    for name in ("truce", "m1", "nobody", ""):
        yield f"find {name}", lambda engine, n=name: engine.find(n)
    for number in (0, len(dataset.events) // 2):
        yield f"beside {number}", lambda engine, n=number: engine.beside(query, n)

    def rows(engine: Engine) -> Any:
        found = engine.rows(query)
        mentions = found.mentions.sort_values("line")
        cast = found.mention_actors.merge(found.mentions[["mention", "id"]], on="mention")
        pairs = sorted(set(zip(cast["id"], cast["actor"], strict=True)))
        return tuple(mentions["id"]), tuple(mentions["title"]), tuple(pairs)

    yield "rows", rows
    yield "events", lambda engine: tuple(engine.events(query)["event"])
    some = np.arange(0, len(dataset.events), 3)

    def story(engine: Engine) -> Any:
        found = engine.excerpt(some)
        return tuple(found.events["event"]), found.events["start"].to_numpy(), tuple(sorted(found.mentions["id"]))

    yield "excerpt", story


def compare(dataset: Dataset, other: Engine, query: Query, by: str) -> None:
    arrays = engine_for(dataset)
    assert isinstance(arrays, Arrays)
    for name, ask in questions(dataset, query, by):
        ours, theirs = ask(arrays), ask(other)
        assert same(ours, theirs), (name, ours, theirs)


def written(dataset: Dataset, path: Path) -> Path:
    """The dataset as the Parquet that `timeline convert` would write of it."""
    import pyarrow.parquet as pq

    rows = with_events(dataset.mentions.assign(actors=joined_actors(dataset)))
    rows = rows.assign(mention=range(len(rows)))
    facts = facts_json(dataset, len(dataset.events), int(rows["many"].sum()), len(rows))
    pq.write_table(arrow_of(rows).replace_schema_metadata({KEY: facts}), path)
    return path


QUERIES = (
    Query(),
    Query(actors=("Arland",)),
    Query(actors=("Arland", "Belmark"), match="all", members=True),
    Query(sources=("Lio Post",), start="2014"),
    Query(start="2013", end="2014-06", statuses=("reported", "contested")),
    Query(words="happened"),
    Query(actors=("Nobody",)),
    Query(extras=(("Place", "Lio"),)),
    Query(start="2016", end="2013"),
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(datasets, queries, st.sampled_from(WAYS))
def test_narwhals_over_pandas_answers_as_the_arrays_do(dataset: Dataset, query: Query, by: str) -> None:
    compare(dataset, with_pandas(dataset), query, by)


@pytest.fixture(scope="module", params=["arland", "many"])
def table(request: pytest.FixtureRequest, tmp_path_factory: Any) -> tuple[Dataset, Engine]:
    dataset = arland() if request.param == "arland" else many(2_500)
    opened = open_with(written(dataset, tmp_path_factory.mktemp("engines") / "events [1]*.parquet"), "duckdb")
    return dataset, engine_for(opened)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_duckdb_answers_as_the_arrays_do(table: tuple[Dataset, Engine], query: Query) -> None:
    at = QUERIES.index(query)
    for by in (WAYS[at % len(WAYS)], WAYS[(at + 3) % len(WAYS)]):
        compare(*table, query, by)


@pytest.mark.parametrize("query", [Query(), Query(actors=("Arland",)), Query(lanes="source", start="1950")], ids=str)
def test_the_page_is_the_same(table: tuple[Dataset, Engine], query: Query) -> None:
    away = table[1].dataset
    assert away.path is not None
    both = read(away.path), away
    viewport = {"width": 900, "narrow": False, "theme": "light"}
    ours, theirs = (shown(each, query, None, viewport, None, ()) for each in both)
    for meta in (ours["figure"]["meta"], theirs["figure"]["meta"]):
        meta["marks"]["rank"] = np.argsort(meta["marks"]["rank"], kind="stable").tolist()  # numbers of all, or of some
        meta.pop("overview")
        if meta["detail"]:
            meta["detail"].pop("heights")  # rounded from floats
    assert theirs["figure"] == ours["figure"]
    assert theirs["facets"] == ours["facets"]
    assert str(theirs["sentence"]) == str(ours["sentence"])
    lists = [listing(each, select(each, query)) for each in both]
    assert lists[0] == lists[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--engine", "oracle"], ["'oracle' is none", "duckdb"]),
        (["--engine", "spark://127.0.0.1:1", "--workers", "2"], ["Leave --workers out"]),
        (["no.parquet", "--engine", "duckdb"], ["no such file"]),
    ],
)
def test_what_no_engine_can_do_is_one_sentence(arguments: list[str], words: list[str]) -> None:
    assert_cannot_run(run("serve", *arguments), *words)


def test_the_parquet_holds_the_dataset(tmp_path: Path) -> None:
    for dataset in (arland(), many(500), make_dataset([])):
        found = read(written(dataset, tmp_path / "events.parquet"))
        assert list(found.events["event"]) == list(dataset.events["event"])
        kinds = [{str(name): str(kind) for name, kind in each.mentions.dtypes.items()} for each in (found, dataset)]
        assert kinds[0] == kinds[1]
        ours = dataset.mentions.drop(columns="mention").sort_values("line", ignore_index=True)
        theirs = found.mentions.drop(columns="mention").sort_values("line", ignore_index=True)
        pd.testing.assert_frame_equal(theirs[ours.columns], ours, check_dtype=False)
        assert (found.rows, found.drawn, found.undated) == (dataset.rows, dataset.drawn, dataset.undated)
