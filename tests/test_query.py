"""Query, its address and its place in a store: exact round trips, and garbage that never raises."""

import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import arland, make_dataset
from timeline.query import (
    Query,
    as_dict,
    bounds,
    cleared,
    from_dict,
    from_search,
    is_filtered,
    to_search,
    without,
)
from timeline.query.query import LANES, MAX_ADDRESS, ORDERS
from timeline.table.days import to_days

anything = st.text(st.characters(), max_size=30)
values = st.lists(anything, max_size=5).map(tuple)
dates = st.sampled_from(["", "2014", "2014-02", "2014-02-22", "1812", "0300", " 2015 "])
queries = st.builds(
    Query,
    actors=values,
    match=st.sampled_from(["any", "all"]),
    members=st.booleans(),
    sources=values,
    documents=values,
    categories=values,
    statuses=values,
    start=dates,
    end=dates,
    words=anything,
    lanes=st.sampled_from(LANES) | anything.map(lambda name: f"x:{name}"),
    order=st.sampled_from(ORDERS),
    event=anything,
    extras=st.lists(st.tuples(anything, anything), max_size=4).map(tuple),
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=6,
)
FIELDS = tuple(as_dict(Query()))


@given(queries)
def test_address_and_back_is_exact(query: Query) -> None:
    assert from_search(to_search(query)) == (query, ())


@given(queries)
def test_address_is_plain_ascii_that_fits_and_has_one_form(query: Query) -> None:
    search = to_search(query)
    assert search.isascii()
    assert len(search) <= MAX_ADDRESS
    assert not set(search) & set(" <>\"'()[]#\n")
    assert to_search(from_search(search)[0]) == search


@given(queries)
def test_store_and_back_is_exact(query: Query) -> None:
    assert from_dict(json.loads(json.dumps(as_dict(query)))) == query


@given(queries)
def test_a_query_made_of_its_own_parts_is_the_same(query: Query) -> None:
    assert Query(**{name: getattr(query, name) for name in FIELDS}) == query


@given(junk | st.dictionaries(st.sampled_from(FIELDS), junk))
def test_any_stored_thing_is_a_query(stored: object) -> None:
    query = from_dict(stored)
    assert isinstance(query, Query)
    assert from_search(to_search(query)) == (query, ())


@given(st.text(max_size=200) | st.lists(anything, max_size=9).map("&actor=".join))
def test_any_address_is_a_query(text: str) -> None:
    query, ignored = from_search(text, arland())
    assert isinstance(query, Query)
    assert all(reason.isprintable() and len(reason) < 300 for reason in ignored)


@pytest.mark.parametrize(
    ("search", "query"),
    [
        ("", Query()),
        ("?", Query()),
        ("?&&=&", Query()),
        ("?actor=Arland&actor=Belmark&actors=all", Query(actors=("Arland", "Belmark"), match="all")),
        ("actor=Arland&actor=Arland", Query(actors=("Arland",))),
        ("?actor=Arland%20%26%20Sons%20%3D%20%2B", Query(actors=("Arland & Sons = +",))),
        ("?actor=Port+Lio", Query(actors=("Port Lio",))),
        (
            "?q=gas%20%20%20price&lanes=source&order=date",
            Query(words="gas price", lanes="source", order="date"),
        ),
        ("?from=2014&to=2015-02", Query(start="2014", end="2015-02")),
        ("?members=TRUE&actor=A", Query(members=True, actors=("A",))),
        ("?members=0&actor=&from=&q=", Query()),
        ("?x.Place=Port%20Lio&x.a%26b%3Dc=d", Query(extras=(("Place", "Port Lio"), ("a&b=c", "d")))),
        ("?lanes=x:Place&event=truce", Query(lanes="x:Place", event="truce")),
        ("?actor=Čechy&actor=日本", Query(actors=("Čechy", "日本"))),
    ],
)
def test_reads_what_design_says(search: str, query: Query) -> None:
    found, ignored = from_search(search)
    assert found == query
    assert "=" not in "".join(ignored) or search == "?&&=&"


@pytest.mark.parametrize(
    ("search", "named"),
    [
        ("?colour=red", "colour"),
        ("?from=zzz", "from=zzz"),
        ("?to=2014-02-31", "to=2014-02-31"),
        ("?from=2014&from=2015", "from=2015"),
        ("?actors=some", "actors=some"),
        ("?members=maybe", "members=maybe"),
        ("?lanes=moon", "lanes=moon"),
        ("?lanes=x:", "lanes=x:"),
        ("?order=up", "order=up"),
        ("?x.=1", "x."),
        ("?" + "actor=" + "a" * 501, "actor=aaa"),
        ("?q=" + "w" * 501, "q=www"),
        ("?%00=1", "\\u0000"),
        ("?<script>alert(1)</script>", "<script>"),
        ("?actor=" + "&actor=".join(map(str, range(300))), "room for 200 values"),
        ("?actor=a&" + "actor=b" * 4000, "beyond 8,192"),
    ],
)
def test_names_what_it_ignores(search: str, named: str) -> None:
    query, ignored = from_search(search)
    assert any(named in reason for reason in ignored)
    assert from_search(to_search(query)) == (query, ())


def test_keeps_the_good_beside_the_bad() -> None:
    query, ignored = from_search("?actor=Arland&from=zzz&colour=red&source=Lio+Post")
    assert query == Query(actors=("Arland",), sources=("Lio Post",))
    assert len(ignored) == 2


def test_a_cut_address_does_not_choose_half_a_name() -> None:
    query, _ = from_search("?" + "&".join(f"actor={quote(f'Name {i:03} ' + 'ы' * 20)}" for i in range(150)))
    assert query.actors
    assert all(len(actor) == 29 for actor in query.actors)


def test_a_choice_too_large_for_an_address_is_cut_when_made() -> None:
    query = Query(actors=tuple(f"{i:03} " + "щ" * 90 for i in range(200)))
    assert 0 < len(query.actors) < 200
    assert len(to_search(query)) <= 8000


def test_a_lone_surrogate_does_not_break_the_address() -> None:
    assert to_search(Query(words="a\ud800b")) == "?q=a%3Fb"


@pytest.mark.parametrize("value", ["a&b", "a=b", "a+b", "100%", "#1", "?", "a;b", "“gas”", "\u202e", "a/b:c,d"])
def test_special_characters_in_both_spellings(value: str) -> None:
    for spell in (quote, quote_plus):
        assert from_search(f"?actor={spell(value)}")[0].actors == (value,)


def test_settles_names_in_the_dataset() -> None:
    query, ignored = from_search(
        "?actor=arland&actor=a.+kern&source=LIO+POST&actor=Nobody&category=Agreement", arland()
    )
    assert query.actors == ("Arland", "Ada Kern", "Nobody")
    assert query.sources == ("Lio Post",)
    assert query.categories == ("agreement",)
    assert ignored == ()


def test_does_not_guess_between_two_names() -> None:
    dataset = make_dataset([{"actors": ["LIO", "Lió"]}])
    assert from_search("?actor=lio", dataset)[0].actors == ("lio",)
    assert from_search("?actor=LIO", dataset)[0].actors == ("LIO",)


def test_columns_and_events_that_are_not_there_are_named() -> None:
    query, ignored = from_search("?x.Place=Lio&lanes=x:Place&event=nothing&q=gas", arland())
    assert query == Query(words="gas")
    assert [reason.split(":")[0] for reason in ignored] == ["lanes=x", "x.Place", "event=nothing"]


def test_the_id_of_a_mention_opens_its_event() -> None:
    assert from_search("?event=truce-2", arland())[0].event == "truce-2"
    assert from_search("?event=truce", arland())[0].event == "truce"


@pytest.mark.parametrize(
    ("start", "end", "lo", "hi"),
    [
        ("2014", "2014", to_days(2014), to_days(2015)),
        ("2014-02", "2014-02", to_days(2014, 2), to_days(2014, 3)),
        ("2014-02-22", "2014-02-22", to_days(2014, 2, 22), to_days(2014, 2, 23)),
        ("", "2014", float("-inf"), to_days(2015)),
        ("2014", "", to_days(2014), float("inf")),
        ("zzz", "2014-99", float("-inf"), float("inf")),
    ],
)
def test_bounds_take_in_the_whole_of_to(start: str, end: str, lo: float, hi: float) -> None:
    assert bounds(Query(start=start, end=end)) == (lo, hi)


def test_without_takes_one_filter_off() -> None:
    query = Query(
        actors=("A", "B"), match="all", start="2014", words="gas", extras=(("p", "1"), ("p", "2"), ("q", "1"))
    )
    assert without(query, "actor", "A").actors == ("B",)
    assert without(query, "actor").actors == ()
    assert without(query, "actors").match == "any"
    assert without(query, "from").start == ""
    assert without(query, "x.p", "1").extras == (("p", "2"), ("q", "1"))
    assert without(query, "x.p").extras == (("q", "1"),)
    assert without(query, "nonsense") == query


def test_reset_keeps_the_view() -> None:
    query = Query(actors=("A",), end="2014", lanes="source", order="name", event="e")
    assert is_filtered(query)
    assert cleared(query) == Query(lanes="source", order="name", event="e")
    assert not is_filtered(cleared(query))
