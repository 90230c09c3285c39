"""Finding dated passages: what is proposed, with which value, and what is left alone."""

from __future__ import annotations

import csv
import io
import time

import pytest

from timeline.documents.finding import EXTRA_COLUMNS, candidates_csv, find, quoted
from timeline.documents.passages import resolve
from timeline.documents.texts import Text
from timeline.table.schema import EVENTS
from timeline.table.when import When, read_date


def when(text: str) -> When:
    found = read_date(text)
    assert isinstance(found, When)
    return found


DAY = when("2024-07-09")  # a Tuesday


def values(text: str, published: When | None = DAY) -> list[tuple[str, str]]:
    return [(candidate.quote, candidate.value) for candidate in find([text], published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 2014-02-22 it", "2014-02-22"),
        ("on March 3rd, 2031, it", "2031-03-03"),
        ("on 3 March 2031 it", "2031-03-03"),
        ("on Friday, Feb. 11, 2022 it", "2022-02-11"),
        ("September\u00a025,2022", "2022-09-25"),
        ("on the 14th of June 2023", "2023-06-14"),
        ("in February of 2022", "2022-02"),
        ("in late December 2016", "2016-12"),
        ("from 1941-1945 it", "1941/1945"),
        ("from 1941–45 it", "1941/1945"),
        ("between 2014 and 2016", "2014/2016"),
        ("September 23-27, 2022", "2022-09-23/2022-09-27"),
        ("between 3 and 5 May 2014", "2014-05-03/2014-05-05"),
        ("from February 24 till September 23, 2022", "2022-02-24/2022-09-23"),
        ("in the 1990s", "199X"),
        ("in the 19th century", "18XX"),
        ("in the spring of 2020", "2020-21"),
        ("the first quarter of 2021", "2021-33"),
        ("in Q3 2021", "2021-35"),
        ("the second half of 2021", "2021-41"),
        ("since 1853 it", "1853"),
        ("since 2014 it", "2014"),
    ],
)
def test_absolute_dates(text: str, value: str) -> None:
    (candidate,) = find([f"The boats came {text}."], DAY)
    assert (candidate.value, candidate.kind, candidate.anchor) == (value, "absolute", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met yesterday", "2024-07-08"),
        ("They met the day before yesterday", "2024-07-07"),
        ("They meet today", "2024-07-09"),
        ("They met on Friday", "2024-07-05"),
        ("They met last Tuesday", "2024-07-02"),
        ("They met on Tuesday", "2024-07-09"),
        ("They will meet on Friday", "2024-07-12"),
        ("They meet next Tuesday", "2024-07-16"),
        ("It begins on July 10", "2024-07-10"),
        ("It began on February 10", "2024-02-10"),
        ("It will begin on January 10", "2025-01-10"),
        ("It began in May", "2024-05"),
        ("It began last August", "2023-08"),
        ("It was last autumn", "2023-23"),
        ("It was earlier this week", "2024-07-08/2024-07-14"),
        ("It is next year", "2025"),
        ("It was last month", "2024-06"),
        ("It was two days ago", "2024-07-07"),
        ("It was three years ago", "2021"),
    ],
)
def test_relative_dates(text: str, value: str) -> None:
    (candidate,) = find([f"{text}."], DAY)
    assert (candidate.value, candidate.kind, candidate.anchor) == (value, "relative", "published 2024-07-09")


def test_later_is_counted_from_what_was_told_before() -> None:
    found = find(["They met on 3 March 2031.", "Two days later they parted. The next day it rained."], DAY)
    assert [candidate.value for candidate in found] == ["2031-03-03", "2031-03-05", "2031-03-06"]
    assert "3 March 2031 (2031-03-03), para. 1" in found[1].anchor
    assert found[2].anchor.startswith("Two days later")


def test_the_year_of_the_sentence_wins() -> None:
    assert values("In 2021 they met in Lio in June.")[-1] == ("June", "2021-06")


def test_without_the_documents_date_nothing_is_invented() -> None:
    for published in (None, when("2024-07")):
        (candidate,) = find(["They met yesterday."], published)
        assert (candidate.value, candidate.precision, candidate.kind) == ("", "", "relative")


@pytest.mark.parametrize(
    "text",
    [
        "We march on; it may be",
        "some 1,500 people",
        "2022 people died",
        "the S-300 and the 82nd",
        "resolution no. 2202.",
        "it costs $2014 or 2014%",
        "https://lio.example/2022/02/12/a",
        "on February 30, 2022",
        "2014-13-01",
        "17 hours",
        "now and recently",
        "the second one",
        "from 1945-1941",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [value for _, value in values(text) if value and value not in ("1945", "1941", "2022-02")] == []


def test_two_dates_are_no_range() -> None:
    assert [value for _, value in values("on Feb. 11, 2022 and September 25, 2022")] == [
        "2022-02-11",
        "2022-09-25",
    ]


def test_span_locator_and_passage_lead_back() -> None:
    paragraphs = (
        "Port Lio",
        "Rain. On 3 March 2031 the council of Arland, by Dr. Vey, agreed to a truce with all of the fishers.",
    )
    (candidate,) = find(paragraphs, DAY)
    assert paragraphs[1][candidate.start : candidate.end] == candidate.quote == "3 March 2031"
    assert candidate.locator == "para. 2"
    assert candidate.passage == "On 3 March 2031 the council of Arland, … to a truce with all of the fishers."
    citation = resolve(Text(paragraphs), candidate.locator, candidate.passage)
    assert (citation.kind, citation.elsewhere) == ("exact", False)
    assert find(paragraphs, DAY, pages=True)[0].locator == "p. 2"


@pytest.mark.parametrize("count", range(1, 40))
def test_a_sentence_is_quoted_by_its_ends(count: int) -> None:
    sentence = "\u00a0 ".join(f"w{number}" for number in range(count))
    parts = quoted(sentence).split(" … ")
    assert all(len(part.split()) <= 8 for part in parts)
    assert resolve(Text((sentence,)), "para. 1", quoted(sentence)).kind == "exact"


def test_the_table_has_the_columns_of_events() -> None:
    found = find(["=1+1 On 3 March 2031 it rained.", "Yesterday."], DAY)
    rows = list(csv.DictReader(io.StringIO(candidates_csv(found, "Lio Courier"))))
    assert list(rows[0]) == [*(column.name for column in EVENTS), *EXTRA_COLUMNS]
    assert rows[0]["date"] == "2031-03-03" and rows[0]["id"] == "lio-courier-001"
    assert rows[0]["passage"].startswith("'=")
    assert rows[1]["kind"] == "relative" and rows[1]["anchor"]


HOSTILE = [
    " ",
    "a ",
    "1,",
    "May ",
    "2014-",
    "1 ",
    "in May 3 ",
    "the ",
    "2014 ",
    "yesterday. A",
    "the day ",
    "\u00a0",
    "last ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    started = time.perf_counter()
    find([piece * (150_000 // len(piece))], DAY)
    assert time.perf_counter() - started < 8
