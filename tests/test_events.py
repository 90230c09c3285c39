"""Mentions to events: the representative, disagreement, status, rank; and the tree of actors."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.table import Dataset, Raw, ancestors, build
from timeline.table.actors import circles, split_names, twins
from timeline.table.events import DTYPES, _together
from timeline.table.names import fold_search, nearest, skeleton, slug, unique


def events(*rows: str, header: str = "id,event,date,title,source,status,document") -> Dataset:
    return build(Raw("t.csv", "\n".join((header, *rows, "")).encode()))


def test_mentions_of_one_event_are_one_event():
    dataset = events("a,e,2014,A year,One,,", "b,e,2014-02-22,A day,Two,,", "c,e,2014-02,A month,One,,", "d,,2015,D,,,")
    first, second = dataset.events.to_dict("records")
    assert (first["event"], first["id"], first["title"], first["words"]) == (
        "e",
        "b",
        "A day",
        first["words"],
    )
    assert (first["mentions"], first["documents"], first["sources"]) == (3, 2, 2)
    assert (first["earliest"], first["latest"], first["precision"]) == ("2014-02-22", "2014-02-22", "day")
    assert not first["disagree"]
    assert (second["event"], second["mentions"], second["documents"]) == ("d", 1, 0)


def test_equally_precise_dates_are_represented_by_the_plain_one_then_the_first():
    dataset = events("a,e,2014~,A,,,", "b,e,2014,B,,,", "c,e,2014,C,,,")
    assert dataset.events["id"].tolist() == ["b"]


def test_dates_that_have_no_moment_in_common_disagree_and_span_the_hull():
    dataset = events("a,e,2014-02-23,A,,,", "b,e,2014-02-20,B,,,", "c,e,2014~,C,,,", "d,e,,D,,,")
    (event,) = dataset.events.to_dict("records")
    assert event["disagree"]
    assert (event["earliest"], event["latest"]) == ("2014-01-01", "2014-12-31")
    assert event["words"].startswith("dates differ: ")
    assert event["approximate"]
    assert event["precision"] == "interval"
    assert event["mentions"] == 4


def test_nested_and_open_dates_agree():
    dataset = events("a,e,2014,A,,,", "b,e,2014-02-20/2014-03-05,B,,,", "c,e,2014-03-01/..,C,,,")
    assert dataset.events["disagree"].tolist() == [False]
    assert dataset.events["id"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("reported", "contested"), "contested"), (("planned", "planned"), "planned"),
        (("planned", "reported"), "reported"), (("planned", "contested"), "contested"), (("", ""), ""),
        (("confirmed", "rumour"), "confirmed"),
    ],
)  # fmt: skip
def test_the_status_of_an_event(statuses, expected):
    dataset = events(*(f"r{n},e,2014,T,,{status}," for n, status in enumerate(statuses)))
    assert dataset.events["status"].tolist() == [expected]


def test_events_are_sorted_by_start_and_undated_ones_stand_last():
    dataset = events("a,,,Undated,,,", "b,,2015,B,,,", "c,,../2013,C,,,", "d,,-0043-03-15,D,,,", "e,,2015,E,,,")
    assert dataset.events["event"].tolist() == ["c", "d", "b", "e", "a"]
    assert dataset.events["dated"].tolist() == [True] * 4 + [False]
    assert dataset.events["start"].isna().tolist() == [False] * 4 + [True]
    assert dataset.events["open_start"].tolist() == [True] + [False] * 4
    assert dataset.undated == 1


def test_importance_ranks_by_documents_then_mentions_then_precision():
    dataset = events("a,,2014,A,,,x", "b,many,2014,B,,,x", "c,many,2014,B2,,,y", "d,twice,2014-01-01,D,,,x",
                     "e,twice,2014-01-01,E,,,x", "f,,2014-03-01,F,,,x", "g,,,G,,,x")  # fmt: skip
    rank = dict(zip(dataset.events["event"], dataset.events["importance"], strict=True))
    assert sorted(rank, key=rank.__getitem__) == ["many", "twice", "f", "a", "g"]
    assert sorted(rank.values()) == list(range(5))


def test_an_empty_table_has_all_columns_and_types():
    dataset = build(Raw("t.csv", b"date,title\n"))
    assert {name: str(kind) for name, kind in dataset.events.dtypes.items()} == DTYPES
    full = events("a,,2014,A,One,,", header="id,event,date,title,source,status,document")
    for frame in ("mentions", "mention_actors", "events", "documents", "actors"):
        empty, filled = getattr(dataset, frame), getattr(full, frame)
        assert list(empty.columns) == list(filled.columns)
        assert empty.dtypes.tolist() == filled.dtypes.tolist()


def test_text_columns_hold_no_missing_values():
    dataset = events("a,,,A,,,", "b,,2014,NA,None,nan,null")
    for frame in (dataset.mentions, dataset.events, dataset.documents, dataset.actors):
        for name in frame.columns:
            if name not in ("start", "end", "published_start"):
                assert not frame[name].isna().any()


def test_the_tree_of_actors_survives_circles():
    actors = pd.DataFrame({"name": list("abcdx"), "part_of": ["b", "c", "", "d", "gone"]})
    assert ancestors(actors) == {"a": ("b", "c"), "b": ("c",), "c": (), "d": (), "x": ("gone",)}
    loop = pd.DataFrame({"name": list("abc"), "part_of": ["b", "c", "b"]})
    assert ancestors(loop) == {"a": ("b", "c"), "b": ("c",), "c": ("b",)}
    assert circles({"a": "b", "b": "c", "c": "b"}) == [("b", "c")]
    assert circles({"a": "a"}) == [("a",)]
    assert circles({"a": "b"}) == []


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")))
def test_ancestors_never_repeat_and_every_circle_is_found(parents):
    actors = pd.DataFrame({"name": list(parents), "part_of": list(parents.values())})
    for name, chain in ancestors(actors).items():
        assert name not in chain
        assert len(set(chain)) == len(chain)
    inside = {name for circle in circles(parents) for name in circle}
    for name in parents:
        at, steps = parents[name], 0
        while at in parents and at != name and steps < 10:
            at, steps = parents[at], steps + 1
        assert (at == name) == (name in inside)


def test_names_are_split_and_twins_found():
    assert split_names(" A ;;B\u00a0;") == ["A", "", "B", ""]
    assert split_names("") == []
    assert twins(["U.S.", "US", "Kyiv", "Zoë", "zoe", "Arland", "Аrland"]) == [
        ("U.S.", "US"), ("Zoë", "zoe"), ("Arland", "Аrland"),
    ]  # fmt: skip
    assert skeleton("Port-Lio ") == skeleton("PORT LIO")
    assert nearest("Arlnd", ["Arland", "Belmark"]) == ("Arland",)


def test_search_text_is_folded():
    assert fold_search("Zażółć  GĘŚLĄ\u00a0Straße ﬁ") == "zazołc gesla strasse fi"
    assert fold_search("Port\nLio") == "port lio"


@settings(deadline=None)
@given(st.text(max_size=100))
def test_slugs_are_slugs(text):
    made = slug(text)
    assert 1 <= len(made) <= 80
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text) == made


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "a-2", "x" * 80, "b"]), max_size=20))
def test_unique_names_are_unique_and_short(wanted):
    taken: set[str] = set()
    made = [unique(name, taken) for name in wanted]
    assert len(set(made)) == len(made)
    assert all(len(name) <= 80 for name in made)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "e", "f", "g"]),
            st.sampled_from(["2014", "2014~", "2014-02", "2014-02-03", "2014/2015", "2013/..", "", "1812"]),
            st.sampled_from(["One", "Two", ""]),
            st.sampled_from(["contested", "planned", "reported", "odd", ""]),
        ),
        max_size=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_an_event_of_one_mention_is_made_as_one_of_several_would_be(rows):
    lines = [f"m{i},{event},{date},T{i},{source},{status}," for i, (event, date, source, status) in enumerate(rows)]
    dataset = events(*lines)
    frame = dataset.mentions
    whole = _together(frame, np.arange(len(frame)))
    made = dataset.events
    assert dict(made.dtypes.astype(str)) == dict(whole.dtypes.astype(str))
    rest = [name for name in DTYPES if name != "importance"]
    by_event = made.set_index("event").loc[whole["event"]].reset_index()
    assert by_event[rest].equals(whole[rest].reset_index(drop=True))
    width = (made["end"] - made["start"]).where(made["dated"], float("inf"))
    first = made["event"].map({event: place for place, event in enumerate(whole["event"])})
    keys = list(zip(-made["documents"], -made["mentions"], ~made["dated"], width, first, strict=True))
    assert [sorted(keys).index(key) for key in keys] == made["importance"].tolist()
    starts = made["start"][made["dated"]].tolist()
    assert starts == sorted(starts)
    assert made["dated"].tolist() == sorted(made["dated"], reverse=True)


def test_what_happened_represents_an_event_rather_than_its_announcement():
    dataset = events("a,e,2014-02-22,Is to end,,planned,", "b,e,2014-02-22,Ends,,reported,", "c,e,2014-02-22,C,,,")
    (event,) = dataset.events.to_dict("records")
    assert (event["id"], event["title"], event["status"]) == ("b", "Ends", "reported")
