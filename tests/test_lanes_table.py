"""Lanes of a selection: who stands where, how many, in which order."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables import arland, make_dataset
from tests.test_matching import datasets, queries
from timeline.query import NOBODY, Lane, Query, Selection, lane_frame, lane_pairs, select
from timeline.query import lanes_of as found_lanes
from timeline.table.dataset import Dataset

WAYS = ("actor", "source", "document", "category", "status", "none", "x:Place", "x:Nowhere", "nonsense")


def lane_table(dataset: Dataset, selection: Selection, by: str, order: str) -> tuple[pd.DataFrame, tuple[Lane, ...]]:
    """The pairs as names, and the lanes."""
    query = replace(selection.query, order=order)
    object.__setattr__(query, "lanes", by)  # also what no address could hold
    pairs = lane_pairs(dataset, query, found_lanes(dataset, query))
    assert (pairs.event[1:] >= pairs.event[:-1]).all(), "by time"
    return lane_frame(dataset, pairs.event, pairs.lane, pairs.lanes), pairs.lanes


def lanes_of(dataset: Dataset, by: str, order: str = "size", query: Query | None = None) -> list[tuple[str, int]]:
    _, lanes = lane_table(dataset, select(dataset, query or Query()), by, order)
    return [(lane.label, lane.count) for lane in lanes]


@settings(deadline=None, max_examples=60)
@given(datasets, queries, st.sampled_from(WAYS), st.sampled_from(["size", "name", "date", "?"]))
def test_every_drawn_event_stands_somewhere_and_once_in_a_lane(
    dataset: Dataset, query: Query, by: str, order: str
) -> None:
    selection = select(dataset, query)
    frame, lanes = lane_table(dataset, selection, by, order)
    drawn = set(selection.events.loc[selection.events["dated"], "event"])
    assert set(frame["event"]) == drawn
    assert not frame.duplicated().any()
    names = [lane.name for lane in lanes]
    assert len(set(names)) == len(names)
    assert set(frame["lane"]) == set(names)
    counted = frame["lane"].value_counts().to_dict()
    assert {lane.name: lane.count for lane in lanes} == counted


def test_an_event_with_three_actors_stands_in_three_lanes() -> None:
    dataset = make_dataset([{"date": "2014", "actors": "A;B;C"}])
    frame, lanes = lane_table(dataset, select(dataset, Query()), "actor", "size")
    assert list(frame["lane"]) == ["A", "B", "C"]
    assert lanes == (Lane("A", "A", 1), Lane("B", "B", 1), Lane("C", "C", 1))


def test_orders() -> None:
    assert lanes_of(arland(), "actor", "size")[0] == ("Belmark", 3)
    by_name = [label for label, _ in lanes_of(arland(), "actor", "name")]
    assert by_name == ["Ada Kern", "Arland", "Belmark", "Ministry of Arland", "No actor named"]
    by_date = [label for label, _ in lanes_of(arland(), "source", "date")]
    assert by_date == ["Lio Post", "Arland Gazette"]


def test_names_sort_as_people_sort_them() -> None:
    dataset = make_dataset([{"date": "2014", "actors": ["Zeta", "écru", "Ember", "alpha"]}])
    assert [label for label, _ in lanes_of(dataset, "actor", "name")] == ["alpha", "écru", "Ember", "Zeta"]


def test_the_lane_of_those_without_comes_last_however_many() -> None:
    rows = [{"date": "2014"}, {"date": "2015"}, {"date": "2016", "actors": "A", "source": "S"}]
    assert lanes_of(make_dataset(rows), "actor") == [("A", 1), ("No actor named", 2)]
    assert lanes_of(make_dataset(rows), "source") == [("S", 1), ("No source named", 2)]
    frame, lanes = lane_table(make_dataset(rows), select(make_dataset(rows), Query()), "actor", "name")
    assert lanes[-1].name == NOBODY
    assert list(frame["lane"]).count(NOBODY) == 2


def test_chosen_actors_come_first_in_the_order_chosen() -> None:
    query = Query(actors=("Ada Kern", "Arland", "Nobody"))
    assert [label for label, _ in lanes_of(arland(), "actor", "size", query)] == [
        "Ada Kern",
        "Arland",
        "Belmark",
    ]


def test_members_keep_lanes_of_their_own() -> None:
    query = Query(actors=("Arland",), members=True)
    assert [label for label, _ in lanes_of(arland(), "actor", "size", query)] == [
        "Arland", "Belmark", "Ada Kern", "Ministry of Arland",
    ]  # fmt: skip


def test_only_matching_mentions_make_lanes() -> None:
    assert lanes_of(arland(), "source", query=Query(sources=("Arland Gazette",))) == [("Arland Gazette", 3)]
    assert lanes_of(arland(), "actor", query=Query(documents=("lio-1",))) == [("Arland", 1), ("Belmark", 1)]


def test_labels() -> None:
    assert lanes_of(arland(), "status") == [("Reported", 4), ("Contested", 1)]
    assert ("Notes from Port Lio", 2) in lanes_of(arland(), "document")
    assert lanes_of(arland(), "none") == [("All events", 5)]


@pytest.mark.parametrize("by", WAYS)
def test_nothing_selected_has_no_lanes(by: str) -> None:
    frame, lanes = lane_table(arland(), select(arland(), Query(actors=("Nobody",))), by, "size")
    assert lanes == ()
    assert list(frame.columns) == ["event", "lane"]
    assert len(frame) == 0


def test_a_strangers_column_as_lanes() -> None:
    dataset = make_dataset([{"date": "2014", "extra:Place": "Lio"}, {"date": "2015", "extra:Place": ""}])
    assert lanes_of(dataset, "x:Place") == [("Lio", 1), ("No Place", 1)]
