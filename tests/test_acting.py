"""Who is named in a sentence: known actors as people write them, and new names."""

from __future__ import annotations

import time

import pytest

from timeline.documents.acting import MOST_NEW, Cast, actors_in, cast_of, new_names
from timeline.documents.finding import find
from timeline.documents.mentioned import mentioned
from timeline.documents.texts import Text

CAST = Cast(
    [
        ("Arland", "state", ["Republic of Arland", "AR"]),
        ("Ministry of Arland", "organisation", []),
        ("Ada Kern", "person", ["A. Kern"]),
        ("Ben Carrow", "person", []),
        ("Tom Carrow", "person", []),
        ("United Belmark", "state", ["UB", "Belmark"]),
        ("Dockers' Union", "organisation", ["union of dockers"]),
        ("Zoé Müller", "person", []),
    ]
)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Arland's envoy met Ada Kern.", ["Arland", "Ada Kern"]),
        ("The Republic of Arland’s envoy left.", ["Arland"]),
        ("The Ministry of Arland paid.", ["Ministry of Arland"]),  # the longest, not Arland as well
        ("the ministry of Arland paid.", ["Arland"]),
        ("ARLAND AND BELMARK SIGN", ["Arland", "United Belmark"]),
        ("Kern left, and so did A. Kern.", ["Ada Kern"]),
        ("Carrow left.", []),  # two bear the name
        ("UB and U.B. agree; ub does not, nor does Ub.", ["United Belmark"]),
        ("They are in the AR zone, we ar not.", ["Arland"]),
        ("Arland-made cranes, anti-Arland slogans, Arlander", []),
        ("Talks of Arland and Belmark", ["Arland", "United Belmark"]),
        ("An Arland–Belmark treaty", ["Arland", "United Belmark"]),
        ("The Dockers' Union and the Dockers’ Union", ["Dockers' Union"]),
        ("the union of dockers", ["Dockers' Union"]),
        ("ZOE MULLER and Zoe Müller", ["Zoé Müller"]),
        ("Republic of\u00a0Arland", ["Arland"]),
        ("Republic. Of Arland", ["Arland"]),
        ("", []),
    ],
)
def test_known_actors(sentence: str, names: list[str]) -> None:
    assert actors_in(sentence, CAST) == names


def test_a_name_knows_its_place() -> None:
    sentence = "On Friday the Republic of Arland's envoy came."
    (found,) = CAST.found_in(sentence)
    assert sentence[found.start : found.end] == "Republic of Arland"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Then Olga Hart of the Free Quay Movement met Ada Kern.", ["Olga Hart of the Free Quay Movement"]),
        ("He joined the Bank of the North in March.", ["Bank of the North"]),
        ("On Monday, Prime Minister Olga Hart left.", ["Olga Hart"]),
        ("Harbours are quiet.", []),  # the first word says nothing
        ("It ended. Harbours are quiet.", []),
        ("Old Harbour Company paid.", ["Old Harbour Company"]),
        ("They met in February and on Tuesday.", []),
        ("The Arland envoy met NSB officials.", ["NSB"]),
        ("ALL IS QUIET IN THE HARBOUR OF LIO", []),
        ("Yesterday Arland said that I was wrong.", []),
        ("They saw Arland-made Cranes.", ["Cranes"]),
    ],
)
def test_new_names(sentence: str, names: list[str]) -> None:
    assert new_names(sentence, CAST) == names


def test_dates_are_no_names() -> None:
    sentence = "They met on Easter Sunday 2014 with Olga Hart."
    start = sentence.index("Easter")
    assert new_names(sentence, CAST, [(start, start + len("Easter Sunday 2014"))]) == ["Olga Hart"]


def test_new_names_are_few() -> None:
    sentence = "and ".join(f"they met Name{number}a, " for number in range(50))
    assert len(new_names(sentence, CAST)) == MOST_NEW


def test_a_directory_makes_a_cast() -> None:
    cast = cast_of({"Arland": ("state", "", "Republic of Arland; AR"), "Ada Kern": ("person", "Arland", "")})
    assert actors_in("AR sent Kern.", cast) == ["Arland", "Ada Kern"]


@pytest.mark.parametrize("text", ["A ", "Aa ", "of the ", "U.B. ", "’s", "A-", "Name1 Name2 ", "Republic of "])
def test_hostile_text_costs_no_more_than_other(text: str) -> None:
    cast = Cast([(f"Name{number} Name{number + 1}", "person", ["Republic of " * 5]) for number in range(2_000)])
    began = time.perf_counter()
    cast.found_in(text * 200_000)
    new_names(text * 200_000, cast)
    assert time.perf_counter() - began < 5


def test_who_is_named_beside_each_date() -> None:
    paragraphs = ("Arland paid. On 3 May 2014 Ada Kern met Olga Hart. On 4 May 2014 UB paid.", "It was 5 May 2014.")
    text = Text(paragraphs)
    dates = find(paragraphs)
    assert [one.quote for one in dates] == ["3 May 2014", "4 May 2014", "5 May 2014"]
    assert [(one.actors, one.new) for one in mentioned(text, dates, CAST)] == [
        (("Ada Kern",), ("Olga Hart",)), (("United Belmark",), ()), ((), ()),
    ]  # fmt: skip
