"""The SQLite export, opened by Datasette itself: its tables, its labels across keys, its search."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.tables import arland
from timeline.export.formats import FORMATS, make
from timeline.query import Query

datasette = pytest.importorskip("datasette.app")


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Asks Datasette for a path below the database and gives its JSON."""
    path: Path = tmp_path_factory.mktemp("datasette") / "arland.sqlite"
    form = next(form for form in FORMATS if form.name == "sqlite")
    path.write_bytes(make(arland(), Query(), form)[0].content)

    def answer(place: str) -> Any:
        async def run() -> Any:
            app = datasette.Datasette([], immutables=[str(path)])
            await app.invoke_startup()
            told = await app.client.get(f"/arland{place}")
            assert told.status_code == 200, told.text
            return told.json()

        # In a thread of its own: a browser's tests leave their loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(run())).result()

    return answer


def test_it_shows_the_tables_with_their_keys(ask: Any) -> None:
    tables = {table["name"]: table for table in ask(".json")["tables"]}
    assert {"events", "mentions", "mention_actors", "documents", "actors"} <= set(tables)
    assert tables["mentions"]["count"] == len(arland().mentions)
    assert {key["other_table"] for key in tables["mentions"]["foreign_keys"]["outgoing"]} >= {"events", "documents"}
    assert tables["mentions"]["fts_table"] or tables["events"]["fts_table"]


def test_it_finds_words_and_counts_by_facet(ask: Any) -> None:
    tables = {table["name"]: table for table in ask(".json")["tables"]}
    name = next(name for name, table in tables.items() if table["fts_table"])
    title = str(arland().mentions["title"].iloc[0])
    found = ask(f"/{name}.json?_shape=objects&_search={title.split()[0]}")
    assert any(title in map(str, row.values()) for row in found["rows"])
    counted = ask("/mentions.json?_facet=status")["facet_results"]["status"]["results"]
    assert {each["value"]: each["count"] for each in counted} == arland().mentions["status"].value_counts().to_dict()
