"""Finding dated passages: what is proposed, with which value, and what is left alone."""

from __future__ import annotations

import csv
import io
import time

import pytest

from benchmarks.scoring import NEWS, read, score
from timeline.documents.finding import EXTRA_COLUMNS, candidates_csv, find, find_in, quoted
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


class TestTense:
    """A weekday and a month without a year lie where the verb next to them looks."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("The mayor said Friday that he would resign", "2024-07-05"),
            ("The mayor, who met the dockers on Friday, will resign", "2024-07-05"),
            ("The vote will be held Friday", "2024-07-12"),
            ("The vote is scheduled for Friday", "2024-07-12"),
            ("The offer was extended to Friday", "2024-07-12"),
            ("On Friday the court will rule", "2024-07-12"),
            ("The talks were extended until Friday", "2024-07-12"),
            ("The strike lasted until Friday", "2024-07-05"),
            ("The board set Friday as the end of it", "2024-07-05"),
            ("As expected, the board met Friday", "2024-07-05"),
            ("The dividend is payable Dec. 7 to those on the list", "2024-12-07"),
            ("The strike began on July 2", "2024-07-02"),
            ("The fair opens Friday", "2024-07-12"),
            ("He is to be told Friday", "2024-07-12"),
            ("They will march on Tuesday", "2024-07-09"),
            ("The strike that began in October went on", "2023-10"),
            ("The strike will begin in March", "2025-03"),
            ("The October strike is well known", "2023-10"),
            ("The firm, founded in 1980, will tell its earnings on March 27", "2025-03-27"),
        ],
    )
    def test_which(self, text: str, value: str) -> None:
        assert value in [found for _, found in values(f"{text}.")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on March\n27", "2024-03-27"),
        ("at 8:30 p.m. EST Monday", "2024-07-08"),
        ("late Monday night", "2024-07-08"),
        ("this morning", "2024-07-09"),
        ("last night", "2024-07-08"),
        ("this past Friday", "2024-07-05"),
        ("in March of last year", "2023-03"),
        ("on March 27 last year", "2023-03-27"),
        ("last March", "2024-03"),
        ("a year ago", "2023"),
        ("a month ago", "2024-06"),
        ("a week ago", "2024-07-01/2024-07-07"),
        ("a decade ago", "201X"),
        ("the year-earlier quarter", "2023"),
        ("over the weekend", "2024-07-06/2024-07-07"),
        ("next weekend", "2024-07-20/2024-07-21"),
        ("early next month", "2024-08"),
        ("this quarter", "2024-35"),
        ("in the first quarter", "2024-33"),
        ("in the fourth quarter", "2023-36"),
        ("fourth-quarter earnings", "2023-36"),
        ("the second quarter of last year", "2023-34"),
        ("fiscal 2023", "2023"),
        ("the '60s", "196X"),
        ("in the seventies", "197X"),
        ("the mid-1980s", "198X"),
        ("the nineteenth century", "18XX"),
        ("in '94", "1994"),
        ("the winter of 2019-20", "2019-24"),
        ("in the spring", "2024-21"),
        ("Christmas Eve", "2023-12-24"),
        ("last Thanksgiving", "2023-11-23"),
        ("Easter 2024", "2024-03-31"),
        ("Labor Day", "2023-09-04"),
        ("the 9/11 attacks", "2001-09-11"),
        ("the Sept. 11 attacks", "2001-09-11"),
        ("on the 3rd of this month", "2024-07-03"),
        ("by the end of the month", "2024-07"),
        ("at year-end", "2024"),
        ("07/10/24", "2024-07-10"),
    ],
)
def test_what_newspapers_write(text: str, value: str) -> None:
    assert value in [found for _, found in values(f"The boats came {text}.")]


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("on 3 March 2021", "that night", "2021-03-03"),
        ("on 3 March 2021", "a week later", "2021-03-08/2021-03-14"),
        ("on 3 March 2021", "the day before", "2021-03-02"),
        ("on 3 March 2021", "the following Friday", "2021-03-05"),
        ("in March 2021", "the month before", "2021-02"),
        ("in March 2021", "that June", "2021-06"),
        ("in March 2021", "three months later", "2021-06"),
        ("in 1997", "the previous year", "1996"),
        ("from 1940 to 1945", "a year later", "1946"),
    ],
)
def test_what_was_told_before_is_counted_from(first: str, second: str, value: str) -> None:
    (_, candidate) = find([f"They met {first}. They parted {second}."], DAY)
    assert (candidate.value, candidate.kind) == (value, "relative")


def test_a_year_ago_of_a_quarter_is_a_quarter() -> None:
    found = values("In the third quarter of 2021 they lost less than a year earlier. A year ago they gained.")
    assert found == [("the third quarter of 2021", "2021-35"), ("a year earlier", "2020-35"), ("A year ago", "2023")]


def test_a_year_earlier_is_of_the_quarter_that_the_sentence_before_told() -> None:
    found = values("Sales rose in the third quarter of 2021. Net fell from a year earlier, costs from a year earlier.")
    assert found[1:] == [("a year earlier", "2020-35")] * 2
    found = values("Sales rose in the third quarter of 2021. They met on 9 July 2022. Net fell from a year earlier.")
    assert found[-1] == ("a year earlier", "2021")
    found = values("Second-quarter profit rose from a year earlier. Year-earlier results fell. It won a year earlier.")
    assert [value for _, value in found] == ["2024-34", "2023-34", "2023-34", "2023"]


def test_what_had_been_expected_is_over() -> None:
    assert values("The offer had been scheduled to expire on Friday.") == [("Friday", "2024-07-05")]
    assert values("The offer is scheduled to expire on Friday.") == [("Friday", "2024-07-12")]
    assert values("The rules to be published on Friday settled it.") == [("Friday", "2024-07-12")]
    assert values("The talks had to be moved on Friday.") == [("Friday", "2024-07-05")]


def test_one_month_dates_two_days() -> None:
    assert values("on March 27 and 28, 2021.") == [("March 27", "2021-03-27"), ("28, 2021", "2021-03-28")]
    assert values("on 27 and 28 March 2021.") == [("27", "2021-03-27"), ("28 March 2021", "2021-03-28")]
    assert values("in May and June 2021.") == [("May", "2021-05"), ("June 2021", "2021-06")]


@pytest.mark.parametrize(
    "text",
    [
        "the Sunday Times and Friday Night Lights",
        'she said on "This Week"',
        "Theresa May may march",
        "every Monday and on Mondays",
        "the vessel Orion 1980 and Windows 2000",
        "some 1900 people sold 2000 sets",
        "call 555-1998, flight 1990, room 2001",
        "at 1400 GMT",
        "the fall of the house, Spring Street",
        "over the past two years and in coming months",
        "two days after the vote",
        "the 27th floor",
        "wait(1000) of USA Today",
        "a fabled 11th century temple",
        "version 3.5.98 of 1.2.2019.4",
        "a march in the second half",
        "several years ago, 24 hours ago",
        "a week or two",
    ],
)
def test_no_dates_of_newspapers(text: str) -> None:
    assert values(f"They saw {text}.") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two boats also said Monday that they would sail.", ["2024-07-08"]),
        ("The club hosts Lund on Friday.", ["2024-07-12"]),
        ("It was the wettest week of the year.", ["2024"]),
        ("Sales fell in the first quarter. Costs for the quarter rose.", ["2024-33", "2024-33"]),
        ("Costs in the quarter rose.", ["2024-34"]),
        ("It lost in the fourth quarter of 2023 and again in the first.", ["2023-36", "2024-33"]),
        ("It won in the third quarter of 2023, but not in the second.", ["2023-35", "2023-34"]),
        ("It lost in the first quarter but won in the same quarter of 2021.", ["2024-33", "2021-33"]),
        ("It won in the second quarter, against the same period a year earlier.", ["2024-34", "2023-34"]),
        ("They met a week ago Thursday.", ["2024-06-27"]),
        ("They meet two weeks from Monday.", ["2024-07-29"]),
        ("He said.; One boat Monday will sail.", ["2024-07-15"]),
        ("Seas will have risen by 2100.", ["2100"]),
    ],
)
def test_reports_and_schedules(text: str, told: list[str]) -> None:
    assert [value for _, value in values(text)] == told


@pytest.mark.parametrize("text", ["Player of the Year", "a quarter of the boats", "the midnight oil"])
def test_no_dates_of_reports(text: str) -> None:
    assert values(f"It was {text}.") == []


class TestWholeTexts:
    @pytest.mark.parametrize("time", ["until midnight", "at noon", "at 06:15 local time", "later in the day"])
    def test_times_of_day_in_words(self, time: str) -> None:
        assert [value for *_, value in find_in(f"It rained {time}.", DAY)] == ["2024-07-09"]
        assert values(f"It rained {time}.") == []

    def test_a_named_hour_and_its_weekday_are_one(self) -> None:
        assert [value for *_, value in find_in("It closed at midnight Monday.", DAY)] == ["2024-07-08"]

    def test_offsets_are_those_of_the_text_as_given(self) -> None:
        text = "\n\n  \U0001f600 Head\r\n\n\n\nOn March\n27, 2021 it\u00a0rained.\n \t\nAnd\n\nyesterday.  "
        found = find_in(text, DAY)
        assert [(text[start:end], value) for start, end, value in found] == [
            ("March\n27, 2021", "2021-03-27"),
            ("yesterday", "2024-07-08"),
        ]

    def test_nothing_of_a_paragraph_without_end_is_left_out(self) -> None:
        text = "x " * 150_000 + "\n" + "y" * 250_000 + " on 3 March 2031"
        ((start, end, value),) = find_in(text, DAY)
        assert (text[start:end], value) == ("3 March 2031", "2031-03-03")

    def test_times_of_day_are_found_here_alone(self) -> None:
        text = "They met on Monday. At 7:15 p.m. it rained."
        assert [value for *_, value in find_in(text, DAY)] == ["2024-07-08", "2024-07-08"]
        assert [value for *_, value in find_in("They met in 2021, at 1400 GMT.", DAY)] == ["2021", "2024-07-09"]
        assert values(text) == [("Monday", "2024-07-08")]

    def test_a_time_of_day_and_the_day_after_it_are_one(self) -> None:
        assert find_in("It is open until 5 p.m. EST, Aug. 6.", DAY) == [(17, 35, "2024-08-06")]
        assert [value for *_, value in find_in("It will close on Aug. 6 at 5 p.m.", DAY)] == ["2024-08-06"] * 2

    def test_empty(self) -> None:
        assert find_in("", DAY) == find_in(" \n\n ", None) == []


@pytest.mark.parametrize(("part", "relaxed", "told"), [("first", 98, 96), ("second", 98, 95)])
def test_news_of_our_own_making(part: str, relaxed: float, told: float) -> None:
    """A floor, measured by `python -m benchmarks.scoring`; no evidence of how good it is on the news of others."""
    found = score(read(NEWS, part))
    assert found.gold > 100
    assert found.rates("relaxed")[2] >= relaxed, found.misses
    assert found.rates("value")[2] >= told, found.misses


def test_the_scorer_counts_what_it_says() -> None:
    item = {
        "name": "n",
        "dct": "2024-07-09",
        "text": "abcdefghij",
        "mentions": [[0, 2, "2021"], [3, 5, "2022"], [6, 7, ""], [8, 10, "2023-05-03"]],
    }
    found = score([item], lambda text, dct: [(0, 2, "2021"), (4, 6, "1999"), (6, 7, "2020"), (7, 8, "2020")])
    assert (found.gold, found.found) == (3, 3)  # what is ignored counts on neither side
    assert found.right == {"strict": 1, "relaxed": 2, "value": 1}
    assert [round(rate) for rate in found.rates("relaxed")] == [67, 67, 67]
    assert len(found.misses) == 3


HOSTILE = [
    " ",
    "a ",
    "1,",
    "May ",
    "2014-",
    "1 ",
    "in May 3 ",
    "1 January ",
    "Mon ",
    "Monday ",
    "the ",
    "2014 ",
    "yesterday. A",
    "the day ",
    "the end of the ",
    "last week ",
    "\u00a0",
    "last ",
    "word",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Four times the text takes about four times as long; what is quadratic takes sixteen times."""
    few, many = (piece * (size // len(piece)) for size in (10_000, 40_000))
    find([few, many], DAY)
    short = min(_seconds(few) for _ in range(5))
    long = min(_seconds(many) for _ in range(3))
    assert long < 9 * short + 0.02


def _seconds(text: str) -> float:
    started = time.process_time()
    find([text], DAY)
    return time.process_time() - started
