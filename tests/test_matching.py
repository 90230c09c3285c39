"""Selecting: each filter's meaning, filters that commute, and an account that adds up."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables import arland, load_text, make_dataset
from timeline.query import Query, Selection, engine_for, excerpt, select
from timeline.table.dataset import Dataset

ACTORS = ("Arland", "Belmark", "Cairn", "Dun")
SOURCES = ("Gazette", "Post", "")
DATES = ("", "2014", "2014-05", "2015-01-01", "1812-05-28", "2014-12-31", "n.d.")
rows = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["", "one", "two"]),
        "date": st.sampled_from(DATES),
        "actors": st.lists(st.sampled_from(ACTORS), max_size=3, unique=True),
        "source": st.sampled_from(SOURCES),
        "document": st.sampled_from(["d1", "d2"]),
        "category": st.sampled_from(["law", "aid"]),
        "status": st.sampled_from(["reported", "contested"]),
        "title": st.sampled_from(["Gas for Lio", "A fair (100%)", "Über den Fluß"]),
        "extra:Place": st.sampled_from(["Lio", "Kern", ""]),
    }
)
TREE = ({"name": "Arland"}, {"name": "Belmark", "part_of": "Arland"}, {"name": "Cairn", "part_of": "Belmark"})
datasets = st.lists(rows, max_size=8).map(lambda made: make_dataset(made, actors=TREE))
some = st.lists(st.sampled_from((*ACTORS, "Nobody")), max_size=3, unique=True).map(tuple)
queries = st.builds(
    Query,
    actors=some,
    match=st.sampled_from(["any", "all"]),
    members=st.booleans(),
    sources=st.sampled_from([(), ("Gazette",), ("Gazette", "Post")]),
    documents=st.sampled_from([(), ("d1",)]),
    categories=st.sampled_from([(), ("law",)]),
    statuses=st.sampled_from([(), ("contested",)]),
    start=st.sampled_from(["", "2014", "2015"]),
    end=st.sampled_from(["", "2014", "2013"]),
    words=st.sampled_from(["", "gas", "GAS lio", "(100%)", "uber"]),
    extras=st.sampled_from([(), (("Place", "Lio"),), (("Nowhere", "1"),)]),
)


def ids(selection: Selection) -> set[str]:
    return set(selection.mentions["id"])


def shown(dataset: Dataset, **chosen: object) -> set[str]:
    return ids(select(dataset, Query(**chosen)))  # type: ignore[arg-type]


def by_hand(dataset: Dataset, query: Query) -> set[str]:
    """The same meaning in the plainest Python: what the quick way is held against."""
    from timeline.query import bounds
    from timeline.table.names import fold_search

    part_of = dict(zip(dataset.actors["name"], dataset.actors["part_of"], strict=True))
    lo, hi = bounds(query)
    found = set()
    for row in dataset.mentions.to_dict("records"):
        links = dataset.mention_actors
        named = set(links.loc[links["mention"] == row["mention"], "actor"])
        if query.members:
            for name in list(named):
                while name := part_of.get(name, ""):
                    named.add(name)
        takes_part = [name in named for name in query.actors]
        extras: dict[str, set[str]] = {}
        for name, value in query.extras:
            extras.setdefault(name, set()).add(value)
        held = (
            (not takes_part or (all if query.match == "all" else any)(takes_part))
            and (not query.sources or row["source"] in query.sources)
            and (not query.documents or row["document"] in query.documents)
            and (not query.categories or row["category"] in query.categories)
            and (not query.statuses or row["status"] in query.statuses)
            and (not (query.start or query.end) or (lo < hi and row["start"] < hi and row["end"] > lo))
            and all(word in row["search"] for word in fold_search(query.words).split())
            and all(row.get(f"extra:{name}") in wanted for name, wanted in extras.items())
        )
        if held:
            found.add(row["id"])
    return found


@settings(deadline=None, max_examples=80)
@given(datasets, queries)
def test_the_quick_way_and_the_plain_way_agree(dataset: Dataset, query: Query) -> None:
    assert ids(select(dataset, query)) == by_hand(dataset, query)


def tray_of(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The undated events that match all but the dates."""
    return excerpt(dataset, engine_for(dataset).tray(selection.query, 1_000)).events


@settings(deadline=None, max_examples=40)
@given(datasets, queries)
def test_every_event_is_counted_once(dataset: Dataset, query: Query) -> None:
    selection = select(dataset, query)
    parts = (selection.shown, selection.undated, selection.outside, selection.filtered)
    assert min(parts) >= 0
    assert sum(parts) == selection.total == len(dataset.events)
    assert selection.shown == int(selection.events["dated"].sum())
    tray = tray_of(dataset, selection)
    assert selection.undated == len(tray)
    assert not tray["dated"].any()
    assert set(selection.events["event"]) == set(selection.mentions["event"])
    if not (query.start or query.end):
        assert selection.outside == 0
        assert len(selection.events) == selection.shown + selection.undated


@settings(deadline=None, max_examples=40)
@given(datasets, queries)
def test_filters_commute(dataset: Dataset, query: Query) -> None:
    """What all filters select at once is what each selects alone, laid over each other in any order."""
    parts = [
        Query(actors=query.actors, match=query.match, members=query.members),
        Query(start=query.start, end=query.end),
        Query(words=query.words),
        Query(sources=query.sources[::-1], documents=query.documents),
        Query(categories=query.categories, statuses=query.statuses, extras=query.extras[::-1]),
    ]
    assert set.intersection(*(ids(select(dataset, part)) for part in parts)) == ids(select(dataset, query))


@settings(deadline=None, max_examples=40)
@given(datasets, queries)
def test_one_filter_more_never_shows_more(dataset: Dataset, query: Query) -> None:
    assert ids(select(dataset, query)) <= ids(select(dataset, replace(query, words="")))
    assert ids(select(dataset, query)) <= ids(select(dataset, replace(query, match="any")))
    assert ids(select(dataset, query)) <= ids(select(dataset, replace(query, members=True)))


def test_everything_without_filters() -> None:
    selection = select(arland(), Query())
    assert (selection.total, selection.shown, selection.undated) == (6, 5, 1)
    assert list(tray_of(arland(), selection)["event"]) == ["letter"]


def test_actors_any_all_and_members() -> None:
    dataset = arland()
    assert shown(dataset, actors=("Arland",)) == {"truce", "truce-2"}
    assert shown(dataset, actors=("Arland", "Belmark")) == {"truce", "truce-2", "storm", "treaty"}
    assert shown(dataset, actors=("Arland", "Belmark"), match="all") == {"truce"}
    assert shown(dataset, actors=("Arland",), members=True) == {
        "truce",
        "truce-2",
        "bridge",
        "treaty",
        "letter",
    }
    assert shown(dataset, actors=("Arland", "Belmark"), match="all", members=True) == {"truce", "treaty"}
    assert shown(dataset, actors=("Ada Kern",), members=True) == {"treaty", "letter"}


def test_all_actors_must_take_part_in_the_same_mention() -> None:
    dataset = make_dataset([{"event": "e", "actors": "A"}, {"event": "e", "actors": "B"}])
    assert shown(dataset, actors=("A", "B"), match="all") == set()


def test_all_conditions_hold_for_the_same_mention() -> None:
    dataset = make_dataset([{"event": "e", "actors": "A", "source": "S"}, {"event": "e", "actors": "B", "source": "T"}])
    assert shown(dataset, actors=("A",), sources=("T",)) == set()


def test_a_ring_of_parents_ends() -> None:
    ring = [{"name": "A", "part_of": "B"}, {"name": "B", "part_of": "A"}, {"name": "C", "part_of": "C"},
            {"name": "D", "part_of": "A"}, {"name": "E", "part_of": "nobody"}]  # fmt: skip
    dataset = make_dataset([{"actors": [name]} for name in "ABCDE"], actors=ring)
    assert shown(dataset, actors=("A",), members=True) == {"m1", "m4"}
    assert shown(dataset, actors=("C",), members=True) == {"m3"}


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2014", "2014", {"truce", "truce-2", "fair"}),
        ("2014-09-05", "2014-09-05", {"truce", "truce-2", "fair"}),
        ("2014-09-06", "2014-09-06", {"truce-2", "fair"}),
        ("2014-11", "2014-11", set()),
        ("2015-12-31", "", {"storm"}),
        ("2016", "", set()),
        ("", "1812-05-28", {"treaty"}),
        ("", "1812-05-27", set()),
        ("2015", "2014", set()),
        ("0001", "9999", {"truce", "truce-2", "bridge", "storm", "treaty", "fair"}),
    ],
)
def test_dates_touch(start: str, end: str, found: set[str]) -> None:
    assert shown(arland(), start=start, end=end) == found


def test_undated_events_are_neither_in_nor_outside_a_range() -> None:
    selection = select(arland(), Query(start="2014", end="2014"))
    assert list(tray_of(arland(), selection)["event"]) == ["letter"]
    assert "letter" not in set(selection.events["event"])
    assert (selection.shown, selection.outside, selection.undated, selection.filtered) == (2, 3, 1, 0)
    other = select(arland(), Query(start="2014", end="2014", sources=("Arland Gazette",)))
    assert (other.undated, other.filtered) == (0, 3)


def test_upside_down_dates_find_nothing_even_what_spans_both() -> None:
    dataset = make_dataset([{"date": "2010/2020"}, {"date": "2014"}])
    assert shown(dataset, start="2016", end="2013") == set()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gas", {"letter"}),
        ("GÁS letter", {"letter"}),
        ("gas fair", set()),
        ("port lio", {"fair"}),
        ("belmark", {"truce", "storm", "treaty"}),
        (".*", set()),
        ("(", set()),
        ("\\", set()),
        ("\u0301", {"truce", "truce-2", "bridge", "storm", "treaty", "letter", "fair"}),
    ],
)
def test_words_are_literal_and_folded(words: str, found: set[str]) -> None:
    assert shown(arland(), words=words) == found


def test_unknown_values_and_columns_find_nothing() -> None:
    for query in (
        Query(actors=("X",)),
        Query(sources=("X",)),
        Query(extras=(("X", "1"),)),
        Query(statuses=("x",)),
    ):
        selection = select(arland(), query)
        assert (selection.shown, selection.filtered) == (0, 6)


def test_extras_are_any_of_within_a_column_and_all_of_between() -> None:
    dataset = make_dataset([{"extra:P": "1", "extra:Q": "a"}, {"extra:P": "2", "extra:Q": "b"}, {"extra:P": "3"}])
    assert shown(dataset, extras=(("P", "1"), ("P", "2"))) == {"m1", "m2"}
    assert shown(dataset, extras=(("P", "1"), ("P", "2"), ("Q", "b"))) == {"m2"}


def test_an_empty_table() -> None:
    selection = select(make_dataset([]), Query(actors=("A", "B"), match="all", start="2014", words="x", sources=("S",)))
    assert (selection.total, selection.shown, selection.undated, len(selection.events)) == (0, 0, 0, 0)


def test_frames_of_the_dataset_are_left_alone_and_answers_cannot_be_spoiled() -> None:
    dataset = arland()
    before = dataset.mentions.copy(), dataset.events.copy()
    query = Query(actors=("Arland",))
    select(dataset, query)
    assert dataset.mentions.equals(before[0])
    assert dataset.events.equals(before[1])
    with pytest.raises(ValueError, match="read-only"):
        engine_for(dataset).masks(query)["actor"][0] = True
    assert engine_for(dataset).masks(query) is engine_for(dataset).masks(replace(query, lanes="none", event="truce"))


def test_two_datasets_do_not_share_answers() -> None:
    one, two = make_dataset([{"actors": "A"}]), make_dataset([{"actors": "B"}])
    assert shown(one, actors=("A",)) == {"m1"}
    assert shown(two, actors=("A",)) == set()


EVENTS_CSV = """id,event,date,title,summary,actors,category,status,speaker,document,locator,passage
truce,,2014-09-05,Truce signed,Both say so.,Arland;Belmark,agreement,reported,,gazette-1,para. 1,one two three
truce-2,truce,2014-09,Truce,It says so.,Arland,agreement,contested,,lio-1,para. 2,four five six
letter,,,A letter,Kern writes.,Ada Kern,statement,reported,Ada Kern,lio-1,para. 3,seven eight nine
"""
DOCUMENTS_CSV = """id,title,source,author,published,kind,language,url,file,sha256
gazette-1,The gazette,Arland Gazette,,2015-03-01,report,en,https://example.org/g,gazette-1.txt,
lio-1,Notes,Lio Post,,2015-05,report,en,https://example.org/l,lio-1.txt,
"""
ACTORS_CSV = """name,kind,part_of,aliases
Arland,state,,AR
Belmark,state,,
Ada Kern,person,Arland,
"""


def test_tables_read_from_files_are_selected_alike(tmp_path: Path) -> None:
    dataset = load_text(EVENTS_CSV, tmp_path, documents=DOCUMENTS_CSV, actors=ACTORS_CSV)
    assert shown(dataset, actors=("Arland",)) == {"truce", "truce-2"}
    assert shown(dataset, actors=("Arland",), members=True) == {"truce", "truce-2", "letter"}
    assert shown(dataset, sources=("Lio Post",), start="2014", end="2014") == {"truce-2"}
    assert shown(dataset, words="LÉTTER kern") == {"letter"}
    selection = select(dataset, Query(start="2015"))
    assert (selection.total, selection.shown, selection.undated, selection.outside) == (2, 0, 1, 1)


def test_the_builder_of_tests_makes_the_frames_that_reading_makes(tmp_path: Path) -> None:
    read, built = load_text(EVENTS_CSV, tmp_path, documents=DOCUMENTS_CSV, actors=ACTORS_CSV), arland()
    for name in ("mentions", "mention_actors", "events", "documents", "actors"):
        theirs, ours = getattr(read, name).dtypes.to_dict(), getattr(built, name).dtypes.to_dict()
        assert {c: str(t) for c, t in ours.items()} == {c: str(t) for c, t in theirs.items() if c in ours}


def test_a_strangers_table_can_be_filtered_by_its_own_columns(tmp_path: Path) -> None:
    rows = "\n".join(f"2014-01-{i:02},Thing {i},{'Lio' if i % 2 else 'Kern'}" for i in range(1, 11))
    dataset = load_text(f"When,Headline,Harbour\n{rows}\n", tmp_path)
    assert len(shown(dataset, extras=(("Harbour", "Lio"),))) == 5
