"""Counts beside values: distinct events under the other filters, in an order that stays."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from tests.tables import arland, make_dataset
from tests.test_matching import datasets, queries
from timeline.query import Query, Value, facets, select
from timeline.query.facets import chosen_values
from timeline.query.query import MANY
from timeline.table.dataset import Dataset


def counts(values: tuple[Value, ...]) -> dict[str, int]:
    return {value.value: value.count for value in values}


@settings(deadline=None, max_examples=40)
@given(datasets, queries)
def test_a_count_is_what_choosing_the_value_alone_shows(dataset: Dataset, query: Query) -> None:
    """For every value of every facet, choosing it leads to as many events as the number beside it."""
    for key, values in facets(dataset, query).items():
        for value in values:
            if key.startswith("x:"):
                others = tuple(pair for pair in query.extras if pair[0] != key[2:])
                chosen = replace(query, extras=(*others, (key[2:], value.value)))
            elif key == "actor" and query.match == "all":
                chosen = replace(query, actors=(*query.actors, value.value))
            else:
                field: dict[str, Any] = {MANY[key]: (value.value,)}
                chosen = replace(query, **field)
            assert value.count == len(select(dataset, chosen).events)


@settings(deadline=None, max_examples=40)
@given(datasets, queries)
def test_values_keep_their_place_and_the_chosen_are_marked(dataset: Dataset, query: Query) -> None:
    before, after = facets(dataset, Query()), facets(dataset, query)
    for key, values in before.items():
        names = [value.value for value in values]
        assert [value.value for value in after[key]][: len(names)] == names
        assert {value.value for value in after[key] if value.chosen} == set(chosen_values(query, key))
        assert len({value.value for value in after[key]}) == len(after[key])


def test_counts_are_of_events_not_of_mentions() -> None:
    found = facets(arland(), Query())
    assert counts(found["actor"]) == {"Arland": 1, "Ministry of Arland": 1, "Ada Kern": 2, "Belmark": 3}
    assert counts(found["source"]) == {"Lio Post": 4, "Arland Gazette": 3}
    assert counts(found["status"]) == {"reported": 5, "contested": 1}


def test_actors_are_a_tree_and_members_roll_up() -> None:
    tree = [(value.value, value.depth) for value in facets(arland(), Query())["actor"]]
    assert tree == [("Arland", 0), ("Ministry of Arland", 1), ("Ada Kern", 2), ("Belmark", 0)]
    rolled = counts(facets(arland(), Query(members=True))["actor"])
    assert rolled == {"Arland": 4, "Ministry of Arland": 3, "Ada Kern": 2, "Belmark": 3}


def test_a_parent_whom_nobody_names_still_holds_its_branch() -> None:
    dataset = make_dataset([{"actors": "Child"}], actors=[{"name": "Parent"}, {"name": "Child", "part_of": "Parent"}])
    assert facets(dataset, Query())["actor"] == (
        Value("Parent", "Parent", 0, False, 0),
        Value("Child", "Child", 1, False, 1),
    )


def test_an_actor_of_the_table_that_no_mention_names_is_not_offered() -> None:
    dataset = make_dataset([{"actors": "A"}], actors=[{"name": "A"}, {"name": "Idle"}])
    assert [value.value for value in facets(dataset, Query())["actor"]] == ["A"]


def test_own_choice_does_not_lower_the_others() -> None:
    plain, chosen = facets(arland(), Query()), facets(arland(), Query(sources=("Lio Post",)))
    assert counts(plain["source"]) == counts(chosen["source"])
    assert counts(chosen["document"]) == {"gazette-1": 0, "lio-1": 2, "lio-2": 2}


def test_labels_are_those_people_read() -> None:
    found = facets(arland(), Query())
    assert {value.value: value.label for value in found["document"]}["lio-1"] == "Notes from Port Lio"
    assert {value.label for value in found["status"]} == {"Reported", "Contested"}


def test_a_chosen_stranger_stands_last_with_nought() -> None:
    found = facets(arland(), Query(actors=("Nobody",), documents=("lost",)))
    assert found["actor"][-1] == Value("Nobody", "Nobody", 0, True, 0)
    assert found["document"][-1] == Value("lost", "lost", 0, True, 0)


@pytest.mark.parametrize(
    ("rows", "distinct", "offered"),
    [
        (10, 2, True),
        (10, 4, True),
        (10, 5, False),
        (100, 30, True),
        (100, 31, False),
        (10, 1, False),
        (0, 0, False),
    ],
)
def test_a_strangers_column_is_offered_when_it_sorts(rows: int, distinct: int, offered: bool) -> None:
    dataset = make_dataset([{"extra:Place": f"p{i % distinct}"} for i in range(rows)])
    assert ("x:Place" in facets(dataset, Query())) == offered


def test_a_column_that_is_filtered_is_shown_though_it_would_not_be_offered() -> None:
    dataset = make_dataset([{"extra:Place": "a"}, {"extra:Place": "b"}])
    assert "x:Place" not in facets(dataset, Query())
    assert counts(facets(dataset, Query(extras=(("Place", "a"),)))["x:Place"]) == {"a": 1, "b": 1}
    assert "x:Nowhere" not in facets(dataset, Query(extras=(("Nowhere", "1"),)))


def test_an_empty_table_has_empty_facets() -> None:
    assert all(values == () for values in facets(make_dataset([]), Query()).values())


def test_empty_cells_are_no_value() -> None:
    found = facets(make_dataset([{"source": ""}, {"source": "S"}]), Query())
    assert counts(found["source"]) == {"S": 1}
