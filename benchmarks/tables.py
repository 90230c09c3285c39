"""On the server: reading tables, answering queries, proving citations, beside plain pandas.

Comes in: how many rows and rounds. Leaves: rows of the report. Must not know the browser.
"""

from __future__ import annotations

import json
import random
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import naive
from benchmarks.dates import forget_dates
from benchmarks.made import make_events
from benchmarks.measuring import Row, middle, seconds, side_by_side
from timeline.chart.picture import compose
from timeline.chart.screen import screen
from timeline.documents import Library, check
from timeline.query import Query, facets, select
from timeline.table import Dataset, load, shipped

PART = "tables"
FIELDS = {"actor": "actors", "source": "sources", "category": "categories", "status": "statuses"}
WIDTH = 960.0
_READS = "the peer reads with pandas and checks nothing"
_ASKS = (
    "the peer splits and explodes actors, counts by groupby (its counts are ours, by test) and draws with plotly "
    "express what pandas reads as dates, each row in one lane: less than ours draws"
)
_CITES = (
    "the peer is str.find of the first and last words; it finds {found} of {all}, ours {ours}, "
    "but does not ask whether a place is the only one, or in the paragraph that was named"
)


def measure(rounds: int, rows: int = 10_000, documents: Path | None = None, queries: int = 24) -> list[Row]:
    """Loading and asking, the shipped tables and a made one of `rows` rows; citations when a folder is given."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        made = make_events(Path(folder), rows)
        for name, path in (("shipped", shipped()), (f"{rows:,} rows", made)):
            found += _loading(name, path, rounds)
            found += _asking(name, path, max(1, queries // (1 if name == "shipped" else 3)))
    if documents is not None:
        found += _citing(documents, rounds)
    return found


def _loading(name: str, path: Path, rounds: int) -> list[Row]:
    def ours() -> None:
        forget_dates()  # a server reads its table once, so no date has been seen before
        load(path)

    mine, peer = side_by_side(ours, lambda: naive.read(path), rounds)
    return [Row(PART, f"load, {name}", "ms", mine * 1000, peer * 1000, note=_READS)]


def random_choice(dataset: Dataset, chance: random.Random) -> dict[str, tuple[str, ...]]:
    """Values of one to three facets, each taken from a row of the table."""
    chosen: dict[str, tuple[str, ...]] = {}
    for key in chance.sample(list(FIELDS), chance.randint(1, 3)):
        row = chance.randrange(len(dataset.mentions))
        if key == "actor":
            held = dataset.mention_actors.loc[dataset.mention_actors["mention"] == row, "actor"]
            values = tuple(held.tolist()[:1])
        else:
            values = (str(dataset.mentions[key].iloc[row]),)
        if values and values[0]:
            chosen[key] = values
    return chosen


def query_of(chosen: dict[str, tuple[str, ...]]) -> Query:
    """What is chosen, as our query."""
    fields: dict[str, Any] = {FIELDS[key]: values for key, values in chosen.items()}
    return Query(**fields)


def _asking(name: str, path: Path, queries: int) -> list[Row]:
    dataset, events = load(path), naive.read(path)
    chance = random.Random(11)
    whole = seconds(lambda: _answer(dataset, {})), seconds(lambda: _draw(dataset, {}))
    asked: tuple[list[float], list[float]] = ([], [])
    drawn: tuple[list[float], list[float]] = ([], [])
    seen: list[dict[str, tuple[str, ...]]] = []
    for _ in range(queries):
        chosen = random_choice(dataset, chance)
        if chosen in seen:  # its answer would be remembered
            continue
        seen.append(chosen)
        # What the answer remembers of a query helps the drawing after it, as on the page.
        asked[0].append(seconds(partial(_answer, dataset, chosen)))
        asked[1].append(seconds(partial(naive.counts, events, chosen)))
        drawn[0].append(seconds(partial(_draw, dataset, chosen)))
        drawn[1].append(seconds(partial(_draw_naive, events, chosen)))
    everything = side_by_side(lambda: _draw(dataset, {}), lambda: _draw_naive(events, {}), 2)
    return [
        Row(PART, f"first question, {name}", "ms", sum(whole) * 1000),
        Row(PART, f"select and facets, {name}", "ms", _ms(asked[0]), _ms(asked[1]), note=_ASKS),
        Row(PART, f"compose, screen and JSON, {name}", "ms", _ms(drawn[0]), _ms(drawn[1])),
        Row(PART, f"the same, nothing filtered, {name}", "ms", everything[0] * 1000, everything[1] * 1000),
    ]


def _ms(values: list[float]) -> float | None:
    found = middle(values)
    return None if found is None else found * 1000


def _answer(dataset: Dataset, chosen: dict[str, tuple[str, ...]]) -> None:
    query = query_of(chosen)
    select(dataset, query)
    facets(dataset, query)


def _draw(dataset: Dataset, chosen: dict[str, tuple[str, ...]]) -> None:
    query = query_of(chosen)
    picture = compose(dataset, query, width=WIDTH, selection=select(dataset, query))
    json.dumps(screen(dataset, picture, query.lanes, None))


def _draw_naive(events: pd.DataFrame, chosen: dict[str, tuple[str, ...]]) -> None:
    naive.draw(naive.matching(events, chosen)).to_json()


def _citing(documents: Path, rounds: int) -> list[Row]:
    dataset = load(shipped())
    passages = list(zip(dataset.mentions["document"], dataset.mentions["passage"], strict=True))
    files = dict(zip(dataset.documents["id"], dataset.documents["file"], strict=True))
    results: dict[str, int] = {}

    def ours() -> None:
        counts = check(dataset, Library(documents)).counts
        results["ours"] = sum(n for kind, n in counts.items() if kind in ("exact", "folded", "fuzzy"))

    def peer() -> None:
        results["peer"] = _plain_search(documents, files, passages)

    mine, other = side_by_side(ours, peer, rounds)
    note = _CITES.format(found=results["peer"], all=len(passages), ours=results["ours"])
    return [Row(PART, "citations resolved", "per second", len(passages) / mine, len(passages) / other, "more", note)]


def _plain_search(folder: Path, files: dict[str, str], passages: list[tuple[str, str]]) -> int:
    """How many passages have their first and their last words in their document, in this order, as they stand."""
    texts: dict[str, str] = {}
    found = 0
    for document, passage in passages:
        name = files.get(document, "")
        if name not in texts:
            path = folder / name
            texts[name] = path.read_text(encoding="utf-8", errors="replace") if name and path.is_file() else ""
        first, _, last = passage.partition("…")
        at = texts[name].find(first.strip()) if first.strip() else -1
        found += at >= 0 and texts[name].find(last.strip(), at) >= 0
    return found
