"""Rows that are alike: duplicates, near duplicates and the same event elsewhere, and how well the shipped table's own
groups are found.
"""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import combinations
from math import nan
from pathlib import Path
from typing import Any

import pytest

from tests.tables import ARLAND_ACTORS, make_dataset
from timeline.curating import neighbours
from timeline.curating.neighbours import Neighbours
from timeline.curating.similar import ENOUGH, Alike, Similar, Told
from timeline.curating.snapshot import take
from timeline.table.dataset import Dataset, load
from timeline.table.when import When, read_date

ROWS: tuple[dict[str, Any], ...] = (
    {"id": "strike", "date": "2014-02-20", "title": "Dockers stop work in Port Lio",
     "summary": "The Courier: some 300 dockers stopped work at noon.", "actors": "Ada Kern", "document": "a",
     "locator": "para. 2", "passage": "On 20 February … at noon."},
    {"id": "strike-2", "date": "2014-02", "title": "Dockers stop work in Port Lio",
     "summary": "The Gazette speaks of a strike of dockers in February.", "actors": "Ministry of Arland",
     "document": "b", "locator": "para. 1", "passage": "The dockers … in February."},
    {"id": "fair", "date": "2014-02-20", "title": "Fair opens in Arland", "summary": "The fair opens.",
     "actors": "Belmark", "document": "b", "locator": "para. 3", "passage": "The fair … on that day."},
    {"id": "old", "date": "1950-02-20", "title": "Dockers stop work in Port Lio", "summary": "Dockers stopped work.",
     "actors": "Ada Kern", "document": "c", "locator": "para. 3", "passage": "Dockers stopped … in 1950."},
    {"id": "undated", "title": "Letter about gas", "summary": "A letter about gas.", "actors": "", "document": "c"},
)  # fmt: skip


def world() -> Dataset:
    documents = [{"id": one, "source": "S", "title": one} for one in "abc"]
    return make_dataset(ROWS, documents=documents, actors=ARLAND_ACTORS)


def told(date: str = "2014-02-20", **changes: Any) -> Told:
    when = read_date(date) if date else None
    start, end = (when.start, when.end) if isinstance(when, When) else (nan, nan)
    cells = {
        "actors": ("Ada Kern",), "title": "Dockers stop work", "summary": "Some dockers stopped work in Port Lio.",
        "document": "d", "span": None, "cited": ("", ""), **changes,
    }  # fmt: skip
    return Told(start, end, **cells)


def found(row: Told, **more: Any) -> dict[str, Similar]:
    dataset = world()
    return {str(dataset.mentions["id"].iloc[one.position]): one for one in Alike(dataset).similar(row, **more)}


def test_the_same_event_elsewhere_is_told_with_its_reasons() -> None:
    alike = found(told())
    assert next(iter(alike)) == "strike"
    assert alike["strike"].kind == "same event"
    assert alike["strike"].why == ("same date", "1 actor in common: Ada Kern", "words much alike")
    assert "date touches" in alike["strike-2"].why and ENOUGH <= alike["strike-2"].score <= 1
    assert "fair" not in alike and "undated" not in alike


def test_an_actor_counts_for_what_it_is_part_of() -> None:
    (reason,) = [why for why in found(told())["strike-2"].why if "actor" in why]
    assert reason == "1 actor in common: Ministry of Arland"


def test_another_time_is_another_event() -> None:
    assert "old" not in found(told())
    assert list(found(told("1950"))) == ["old"]
    assert found(told("")) == {}


def test_a_passage_that_is_cited_already_is_a_duplicate() -> None:
    spans = {0: ((2, 10), (2, 90))}
    overlapping = told(document="a", title="", summary="", span=((2, 50), (3, 4)))
    assert found(overlapping, spans=spans)["strike"].kind == "duplicate"
    assert found(overlapping, spans=spans)["strike"].why[0] == "the passages overlap"
    apart = told(document="a", title="", summary="", span=((2, 90), (3, 4)))
    assert found(apart, spans=spans).get("strike") is None or found(apart, spans=spans)["strike"].kind != "duplicate"
    alike_cells = told(document="a", title="", summary="", cited=("para. 2", "On 20 February … at noon."))
    assert found(alike_cells)["strike"].kind == "duplicate"


def test_alike_words_of_one_day_in_one_document_are_a_near_duplicate() -> None:
    assert found(told(document="a"))["strike"].kind == "near duplicate"
    assert found(told("2014-02", document="a"))["strike"].kind == "same event"


def test_a_row_is_not_like_itself() -> None:
    assert "strike" not in found(told(document="a"), own=0)


def test_an_empty_table_has_nothing_alike() -> None:
    empty = make_dataset([], documents=[{"id": "a", "source": "S"}])
    assert Alike(empty).similar(told()) == []


def test_the_shipped_groups_are_found(shipped: Dataset) -> None:
    """The table's own events are the gold. The bounds lie somewhat below what was measured (top five 0.99, precision
    0.68, recall 0.93), so that new rows need no new numbers."""
    alike, mentions = Alike(shipped), shipped.mentions
    events = mentions["event"].tolist()
    groups = defaultdict(list)
    for position, event in enumerate(events):
        groups[event].append(position)
    gold = {pair for rows in groups.values() for pair in combinations(rows, 2)}
    pairs, asked, hit = set(), 0, 0
    for position, (title, summary) in enumerate(zip(mentions["title"], mentions["summary"], strict=True)):
        row = Told(alike.start[position], alike.end[position], tuple(alike.casts[position]), title, summary,
                   mentions["document"].iloc[position])  # fmt: skip
        like = alike.similar(row, position, most=1_000)
        pairs |= {(min(position, one.position), max(position, one.position)) for one in like}
        if len(groups[events[position]]) > 1:
            asked += 1
            hit += any(events[one.position] == events[position] for one in like[:5])
    right = len(pairs & gold)
    assert hit / asked > 0.95
    assert right / len(gold) > 0.88
    assert right / len(pairs) > 0.6


def test_a_large_table_answers_at_once_and_is_read_beside(
    tmp_path: Path, shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shipped.path is not None
    monkeypatch.setattr(neighbours, "LARGE", 100)
    files = [shipped.path.with_name(f"{name}.csv").read_bytes() for name in ("events", "documents", "actors")]
    now, keeper = take(shipped.path, *files), Neighbours()
    assert keeper.of(now) is None
    keeper.wait()
    made = keeper.of(now)
    assert made is not None and made[0] is now
    lines = files[0].split(b"\n")
    later = take(shipped.path, b"\n".join(lines[:-3]) + b"\n", *files[1:])
    assert keeper.of(later) == made  # the earlier one, until the new one is there
    keeper.wait()
    again = keeper.of(later)
    assert again is not None and again[0] is later


def test_many_rows_are_compared_quickly(tmp_path: Path) -> None:
    """Ten thousand rows in well under a tenth of a second; the bound is wide, for other things run beside tests."""
    rows = ("id,event,date,title,summary,actors,category,status,speaker,document,locator,passage\n") + "".join(
        f"r{n},,2014-{n % 12 + 1:02d},Dockers stop work {n},Some {n} dockers stopped work.,Arland;B{n % 50},other,"
        f"reported,,d,para. {n + 1},Some {n} dockers stopped\n"
        for n in range(10_000)
    )
    (tmp_path / "events.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "documents.csv").write_text("id,title,source\nd,D,S\n", encoding="utf-8")
    alike = Alike(load(tmp_path / "events.csv"))
    began = time.perf_counter()
    (first, *_) = alike.similar(told("2014-11", actors=("Arland", "B34"), title="Dockers stop work 1234", document="e"))
    assert first.position == 1234
    assert time.perf_counter() - began < 1
