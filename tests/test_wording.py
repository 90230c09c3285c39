"""Sentences and clauses: what is shown, what is left out, what is chosen, what to let go."""

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.tables import arland, make_dataset
from tests.test_matching import datasets
from tests.test_query import queries
from timeline.query import (
    Query,
    Selection,
    chips,
    describe,
    from_search,
    is_filtered,
    loosen,
    outlier_sentence,
    select,
    sentence,
)
from timeline.table.dataset import Dataset
from timeline.table.days import to_days


def account(shown: int, undated: int, outside: int, filtered: int) -> Selection:
    total = shown + undated + outside + filtered
    return Selection(total, shown, undated, outside, filtered, Query(), lambda: make_dataset([]), pd.DataFrame)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((42, 6, 250, 12), "42 of 310 events: 250 outside the dates, 12 filtered, 6 undated"),
        ((310, 0, 0, 0), "All 310 events"),
        ((304, 6, 0, 0), "304 of 310 events: 6 undated"),
        ((60, 0, 250, 0), "60 of 310 events: 250 outside the dates"),
        ((0, 0, 0, 310), "0 of 310 events: 310 filtered"),
        ((1, 0, 0, 0), "1 event"),
        ((2, 0, 0, 0), "All 2 events"),
        ((0, 1, 0, 0), "0 of 1 event: 1 undated"),
        ((0, 0, 0, 0), "No events"),
        ((1234, 0, 0, 98766), "1,234 of 100,000 events: 98,766 filtered"),
    ],
)
def test_sentence(counts: tuple[int, int, int, int], words: str) -> None:
    assert sentence(account(*counts), Query()) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (6, 2, "6 events lie before 1990 and 2 after 2025"),
        (6, 0, "6 events lie before 1990"),
        (0, 2, "2 events lie after 2025"),
        (1, 0, "1 event lies before 1990"),
        (0, 1, "1 event lies after 2025"),
        (1, 3, "1 event lies before 1990 and 3 after 2025"),
        (0, 0, ""),
    ],
)
def test_outlier_sentence(before: int, after: int, words: str) -> None:
    assert outlier_sentence(before, after, to_days(1990), to_days(2026)) == words


@pytest.mark.parametrize(
    ("lo", "hi", "words"),
    [
        (to_days(2014, 3), to_days(2015, 1), "1 event lies before March 2014 and 1 after 2014"),
        (to_days(2014), to_days(2014, 3), "1 event lies before 2014 and 1 after February 2014"),
        (to_days(2013, 12), to_days(2015, 12), "1 event lies before December 2013 and 1 after November 2015"),
        (
            to_days(2014, 3, 5),
            to_days(2014, 3, 8),
            "1 event lies before 5 March 2014 and 1 after 7 March 2014",
        ),
        (to_days(-43), to_days(1), "1 event lies before 44 BC and 1 after 1 BC"),
        (
            to_days(2014, 3, 5) + 0.5,
            to_days(2014, 3, 5) + 0.75,
            "1 event lies before 5 March 2014 and 1 after 5 March 2014",
        ),
    ],
)
def test_outlier_sentence_is_as_coarse_as_is_true(lo: float, hi: float, words: str) -> None:
    assert outlier_sentence(1, 1, lo, hi) == words


def test_chips_in_human_clauses() -> None:
    query = Query(
        actors=("Arland", "Belmark"),
        match="all",
        members=True,
        sources=("Lio Post",),
        documents=("lio-1",),
        statuses=("contested",),
        start="2014",
        end="2015-02",
        words="gas",
        extras=(("Place", "Lio"),),
    )
    assert [chip.words for chip in chips(query, arland())] == [
        "actor: Arland",
        "actor: Belmark",
        "actors: all of them",
        "actors: with all that are part of them",
        "source: Lio Post",
        "document: Notes from Port Lio",
        "status: contested",
        "Place: Lio",
        "from 2014",
        "to 2015-02",
        "words: “gas”",
    ]
    assert "document: lio-1" in [chip.words for chip in chips(query)]


@settings(deadline=None, max_examples=30)
@given(queries)
def test_a_chip_takes_just_its_filter_away(query: Query) -> None:
    for chip in chips(query):
        less, ignored = from_search(chip.search_without)
        assert ignored == ()
        assert less != query
        assert len(chips(less)) < len(chips(query))
        assert chip.words.isprintable()
        assert chip.words not in [other.words for other in chips(less)] or len(chip.words) > 50


def test_view_and_lone_switches_are_no_filters() -> None:
    assert chips(Query(lanes="source", order="name", event="x")) == ()
    assert chips(Query(match="all", members=True)) == ()
    assert [chip.words for chip in chips(Query(actors=("A",), match="all"))] == ["actor: A"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Query(), ""),
        (Query(lanes="none"), ""),
        (Query(actors=("A",)), "actor: A"),
        (Query(actors=("A", "B"), match="all"), "actor: A and B"),
        (Query(actors=("A", "B", "C")), "actor: A, B or C"),
        (Query(actors=("A",), members=True), "actor, members included: A"),
        (Query(start="2014", end="2015"), "from 2014 to 2015"),
        (Query(end="2015", words="gas"), "to 2015; words: “gas”"),
        (Query(sources=("S",), extras=(("P", "1"), ("P", "2"))), "source: S; P: 1 or 2"),
    ],
)
def test_describe(query: Query, words: str) -> None:
    assert describe(query) == words


@settings(deadline=None, max_examples=30)
@given(queries)
def test_describe_is_one_line_and_empty_only_without_filters(query: Query) -> None:
    assert describe(query).isprintable()
    assert bool(describe(query)) == is_filtered(query)


def test_loosen_says_what_each_step_would_give() -> None:
    query = Query(sources=("Arland Gazette",), statuses=("contested",))
    assert select(arland(), query).shown == 0
    found = [(s.words, s.count) for s in loosen(arland(), query)]
    assert found == [("without status: contested", 3), ("without source: Arland Gazette", 1)]


def test_loosen_knows_the_ways_of_actors() -> None:
    query = Query(actors=("Ministry of Arland", "Belmark"), match="all")
    words = [s.words for s in loosen(arland(), query)]
    assert "any of the actors instead of all" in words
    assert "with all that are part of the actors" in words
    assert "without actor: Belmark" in words


def test_loosen_turns_dates_round() -> None:
    found = loosen(arland(), Query(start="2015", end="2014"))
    turned = [s for s in found if s.words == "from 2014 to 2015"]
    assert turned[0].query == Query(start="2014", end="2015")
    assert turned[0].count > 0


def test_loosen_clears_all_when_no_single_step_helps() -> None:
    found = loosen(arland(), Query(actors=("Nobody",), sources=("Nowhere",)))
    assert [(s.words, s.search, s.count) for s in found] == [("clear all filters", "", 6)]


def test_loosen_has_nothing_to_say_to_an_empty_table() -> None:
    assert [s.count for s in loosen(make_dataset([]), Query(words="x"))] in ([], [0])
    assert loosen(arland(), Query()) == ()


@settings(deadline=None, max_examples=30)
@given(datasets, queries)
def test_suggestions_keep_their_promise(dataset: Dataset, query: Query) -> None:
    for suggestion in loosen(dataset, query):
        found, ignored = from_search(suggestion.search)
        assert ignored == ()
        selection = select(dataset, found)
        assert selection.shown + selection.undated == suggestion.count
