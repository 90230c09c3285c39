"""Exports for other tools: what each reads there, and that nothing is said that the table does not say."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strangers import DATES, HOSTILE, NOBODY, hard, made
from tests.tables import arland, load_text, make_dataset
from tests.test_cli import run
from tests.test_export import STRANGER
from timeline.export.bounds import ends_of_date
from timeline.export.formats import FORMATS, Format, format_of
from timeline.export.telling import shown
from timeline.query.backends import open_with
from timeline.query.query import Query
from timeline.table.dataset import Dataset
from timeline.table.parquet import read as read_parquet
from timeline.table.when import When, read_date

JSON = ("timelinejs", "vis", "schemaorg", "csl", "annotations")
TOOLS = (*JSON, "timesketch", "ical", "bibtex")
STYLE = b"""<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" default-locale="en-US">
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><names variable="author"/><date variable="issued"><date-part name="year"/></date>
<text variable="container-title"/></layout></bibliography></style>"""
URL = "https://lio.example/a?b=1&c=%20x"


def read(dataset: Dataset, name: str, query: Query | None = None) -> Any:
    return json.loads(made(dataset, name, query).content)


def one(date: str, name: str) -> Any:
    return read(make_dataset([{"id": "a", "date": date}]), name)


class Tags(HTMLParser):
    """The tags and addresses in a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]


@pytest.mark.parametrize("name", TOOLS)
class TestAll:
    @pytest.mark.parametrize("query", [None, NOBODY, Query(actors=("Lio",))])
    def test_the_same_is_the_same_to_the_byte(self, name: str, query: Query | None) -> None:
        first = made(hard(), name, query)
        assert first == made(hard(), name, query)
        first.content.decode("utf-8")

    def test_an_empty_selection_is_told(self, name: str) -> None:
        assert any(note.endswith("the file is empty.") for note in made(arland(), name, NOBODY).notes)
        assert not any(note.endswith("the file is empty.") for note in made(arland(), name).notes)

    def test_a_strangers_table_and_one_without_rows(self, name: str, tmp_path: Any) -> None:
        assert made(load_text(STRANGER, tmp_path), name).content
        made(load_text("date,title\n", tmp_path), name)

    def test_the_citation_travels(self, name: str) -> None:
        text = made(hard(), name).content.decode().replace("\r\n ", "")
        assert "Lio Post" in text
        assert "para. 3" in text
        assert "https://lio.example/a?b=1" in unescape(text)
        if name not in ("csl", "bibtex"):
            assert "At noon the cranes" in text
            assert "until the evening" in text

    def test_no_address_but_http(self, name: str) -> None:
        assert "javascript:" not in made(hard(), name).content.decode()

    def test_names_of_files_mean_it(self, name: str) -> None:
        form = next(form for form in FORMATS if form.name == name)
        assert format_of(f"a{form.ends[0]}") == form


class TestBounds:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2014-05-09", "2014-05-09", "2014-05-09"), ("2014-05", "2014-05", "2014-05"), ("2014", "2014", "2014"),
            ("199X", "1990", "1999"), ("18XX", "1800", "1899"), ("2014-24", "2014-12", "2015-02"),
            ("2014-05-09/2014-06", "2014-05-09", "2014-06"), ("2014/2015-03-01", "2014", "2015-03-01"),
            ("2014-01-01/2014-12-31", "2014-01-01", "2014-12-31"), ("2014-XX", "2014", "2014"),
            ("2014-05-XX", "2014-05", "2014-05"), ("2014-33", "2014-01", "2014-03"), ("-0043", "-0043", "-0043"),
            ("2014-05-09T10:30", "2014-05-09T10:30", "2014-05-09T10:30"), ("2014-05/..", "2014-05", None),
            ("2014-05-09T10:30:00+03:00", "2014-05-09T10:30:00+03:00", "2014-05-09T10:30:00+03:00"),
            ("../2014-05-09", None, "2014-05-09"), ("[2014-01-03,2014-05]", "2014-01-03", "2014-05"),
            ("2014~", "2014", "2014"), ("2004-06-~11", "2004-06-11", "2004-06-11"),
            ("2014-XX-15", "2014-01-15", "2014-12-15"),
        ],
    )  # fmt: skip
    def test_an_end_has_the_parts_that_are_known(self, text: str, first: str | None, last: str | None) -> None:
        when = read_date(text)
        assert isinstance(when, When)
        ends = ends_of_date(when.edtf, when.start, when.end)
        assert tuple(end.iso if end else None for end in ends) == (first, last)


class TestTimelineJs:
    def slides(self, dataset: Dataset) -> dict[str, Any]:
        return {slide["unique_id"]: slide for slide in read(dataset, "timelinejs")["events"]}

    def test_a_date_has_the_parts_that_are_known(self) -> None:
        dates = {id: slide["start_date"] for id, slide in self.slides(hard()).items()}
        assert dates["day"] == {"year": 2014, "month": 5, "day": 9}
        assert dates["month"] == dates["doubt"] == dates["from"] == {"year": 2014, "month": 5}
        assert dates["year"] == dates["about"] == {"year": 2014}
        assert dates["decade"] == {"year": 1990}
        assert dates["minute"] == {"year": 2014, "month": 5, "day": 9, "hour": 10, "minute": 30}
        assert dates["bc"] == {"year": -44, "month": 3, "day": 15}
        assert dates["old"] == {"year": 79, "month": 8, "day": 24}

    def test_ends(self) -> None:
        slides = self.slides(hard())
        assert slides["span"]["end_date"] == {"year": 2014, "month": 6}
        assert slides["decade"]["end_date"] == {"year": 1999}
        assert slides["season"]["end_date"] == {"year": 2015, "month": 2}
        assert "end_date" not in slides["day"]
        assert "end_date" not in slides["month"]
        assert "end_date" not in slides["from"]
        assert slides["to"]["start_date"] == {"year": 2014, "month": 5, "day": 9}
        assert slides["two"]["start_date"] == {"year": 2014, "month": 1, "day": 2}
        assert slides["two"]["end_date"] == {"year": 2015}

    def test_words_and_groups_are_ours(self) -> None:
        slides = self.slides(arland())
        assert slides["fair"]["display_date"] == "from August to October 2014"
        assert slides["truce"]["group"] == "agreement"
        assert slides["fair"]["group"] == "other"

    def test_markup_is_ours_alone(self) -> None:
        for slide in read(hard(), "timelinejs")["events"]:
            for text in (slide["display_date"], slide["group"], slide["text"]["headline"]):
                assert Tags(text).tags == []
            found = Tags(slide["text"]["text"])
            assert set(found.tags) <= {"p", "small", "a"}
            assert found.names <= {"href", "rel"}
            assert all(link and link.startswith("https://lio.example/") for link in found.links)
        assert unescape(self.slides(hard())["day"]["text"]["headline"]) == HOSTILE.replace("\x07", "")
        assert Tags(read(hard(), "timelinejs")["title"]["text"]["headline"]).tags == []

    def test_names_can_stand_in_an_address(self) -> None:
        dataset = make_dataset([{"id": "a--b", "date": "2014"}, {"id": 'x" onload=', "date": "2014"}])
        assert set(self.slides(dataset)) == {"a--b", "x-onload"}

    def test_a_link_leads_to_the_passage(self) -> None:
        links = Tags(self.slides(hard())["day"]["text"]["text"]).links
        assert links == [f"{URL}#top:~:text=At%20noon%20the%20cranes,until%20the%20evening"]

    def test_what_is_left_out_is_counted(self) -> None:
        assert made(hard(), "timelinejs").notes == (
            "1 undated event is left out: TimelineJS has no place for them.",
            "3 dates are uncertain: only the words say so.",
            "2 events with an open end: only the other end is there.",
        )
        assert "none" not in self.slides(hard())
        assert len(self.slides(hard())) == len(DATES)  # without the undated one, with the one that two tell

    def test_an_empty_selection_says_so(self) -> None:
        found = read(arland(), "timelinejs", NOBODY)
        assert found["events"] == []
        assert "No event matches." in found["title"]["text"]["text"]


class TestVis:
    def items(self, dataset: Dataset) -> dict[str, Any]:
        return {item["id"]: item for item in read(dataset, "vis")["items"]}

    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            ("2014-05-09", "2014-05-09", None), ("2014-05", "2014-05-01", "2014-06-01"),
            ("2014", "2014-01-01", "2015-01-01"),
            ("2014-12", "2014-12-01", "2015-01-01"), ("199X", "1990-01-01", "2000-01-01"),
            ("2014-05-09T10:30", "2014-05-09T10:30:00", None), ("-0043", "-000043-01-01", "-000042-01-01"),
            ("-0043-03-15", "-000043-03-15", None), ("0000", "0000-01-01", "0001-01-01"),
            ("0079-08-24", "0079-08-24", None),
            ("9999", "9999-01-01", "+010000-01-01"), ("2014-05/..", "2014-05-01", "2014-06-01"),
            ("../2014-05-09", "2014-05-09", None),
        ],
    )  # fmt: skip
    def test_a_range_is_all_of_the_time_that_is_meant(self, text: str, start: str, end: str | None) -> None:
        item = one(text, "vis")["items"][0]
        assert (item["start"], item.get("end")) == (start, end)
        assert item["type"] == ("range" if end else "box")

    def test_classes_tell_how_exact_a_date_is(self) -> None:
        classes = {id: set(item["className"].split()) for id, item in self.items(hard()).items()}
        assert "precision-month" in classes["month"]
        assert {"approximate", "precision-year"} <= classes["about"]
        assert "uncertain" in classes["doubt"]
        assert "open-end" in classes["from"]
        assert "open-start" in classes["to"]
        assert "disagree" in classes["two"]
        assert not {"open-end", "open-start", "disagree", "approximate", "uncertain"} & classes["day"]
        odd = read(make_dataset([{"date": "2014", "status": 'x y"><b>'}]), "vis")["items"][0]["className"]
        assert re.fullmatch(r"[\w -]+", odd)

    def test_groups_are_there_for_all_items(self) -> None:
        found = read(hard(), "vis")
        assert {item["group"] for item in found["items"]} == {group["id"] for group in found["groups"]}
        assert len(found["groups"]) == len({group["id"] for group in found["groups"]})

    def test_html_is_text(self) -> None:
        found = read(hard(), "vis")
        assert all(Tags(group["content"]).tags == [] for group in found["groups"])
        for item in found["items"]:
            assert Tags(item["content"]).tags == []
            assert set(Tags(item["title"]).tags) <= {"br"}

    def test_every_item_cites(self) -> None:
        assert [c["document"] for c in self.items(arland())["truce"]["citations"]] == ["gazette-1", "lio-1"]
        cited = self.items(hard())["day"]["citations"][0]
        assert cited["locator"] == "para. 3"
        assert cited["source"] == "The Lio Post & Co"
        assert cited["url"].startswith(URL)
        assert "url" not in self.items(hard())["two"]["citations"][0]

    def test_an_empty_selection_says_so(self) -> None:
        found = read(arland(), "vis", NOBODY)
        assert (found["items"], found["groups"]) == ([], [])
        assert found["about"]["summary"] == "No event matches."


class TestTimesketch:
    def lines(self, dataset: Dataset, query: Query | None = None) -> list[dict[str, Any]]:
        content = made(dataset, "timesketch", query).content
        assert content == b"" or content.endswith(b"\n")
        return [json.loads(line) for line in content.decode().split("\n")[:-1]]

    def moments(self, text: str) -> list[tuple[str, str]]:
        lines = self.lines(make_dataset([{"date": text}]))
        return [(line["datetime"], line["timestamp_desc"]) for line in lines]

    def test_a_day_is_a_line_and_all_else_two(self) -> None:
        assert self.moments("2014-05-09") == [("2014-05-09T00:00:00+00:00", "day, time unknown")]
        assert self.moments("2014-05") == [
            ("2014-05-01T00:00:00+00:00", "earliest"),
            ("2014-05-31T23:59:59+00:00", "latest"),
        ]
        assert self.moments("2014-05-09T10:30:15") == [("2014-05-09T10:30:15+00:00", "moment, to the second")]
        assert self.moments("2014-05-09T10:30-05:30") == [("2014-05-09T10:30:00-05:30", "moment, to the minute")]
        assert self.moments("2014-05/..") == [("2014-05-01T00:00:00+00:00", "earliest")]
        assert self.moments("../2014-05-09") == [("2014-05-09T23:59:59+00:00", "latest")]
        assert self.moments("9999-12-31") == [("9999-12-31T00:00:00+00:00", "day, time unknown")]

    def test_the_year_before_the_first_has_no_place(self) -> None:
        assert self.moments("0000-12-31") == []
        assert self.moments("0001-01-01") == [("0001-01-01T00:00:00+00:00", "day, time unknown")]

    def test_the_timestamp_is_that_of_the_datetime(self) -> None:
        lines = self.lines(hard())
        for line in lines:
            moment = datetime.fromisoformat(line["datetime"])
            assert moment.utcoffset() is not None
            assert line["timestamp"] == (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        zoned = next(line for line in lines if line["mention"] == "zone")
        assert zoned["datetime"] == "2014-05-09T10:30:00+03:00"

    def test_what_is_required_and_what_is_cited_is_there(self) -> None:
        for line in self.lines(hard()):
            assert line["message"] and line["timestamp_desc"] and line["table"]
            assert all(isinstance(value, str | int | bool) for value in line.values())
        day = next(line for line in self.lines(hard()) if line["mention"] == "day")
        assert (day["edtf"], day["locator"], day["document"]) == ("2014-05-09", "para. 3", "d1")

    def test_what_is_left_out_is_counted(self) -> None:
        assert made(hard(), "timesketch").notes == (
            "1 undated mention is left out: a line needs a moment.",
            "2 mentions before the year 1 are left out: Timesketch has no place for them.",
            "2 mentions with an open end: only the other end is there.",
            "1 mention gives a time without a zone: it stands as UTC.",
        )
        told = {line["mention"] for line in self.lines(hard())}
        assert told == {*DATES, "two", "two-b"} - {"none", "bc", "bce"}


class TestCalendar:
    def entries(self, dataset: Dataset, query: Query | None = None) -> list[Any]:
        icalendar = pytest.importorskip("icalendar")
        calendar = icalendar.Calendar.from_ical(made(dataset, "ical", query).content)
        assert calendar["version"] == "2.0"
        assert not calendar.errors
        return list(calendar.walk("VEVENT"))

    def days(self, text: str) -> tuple[date, date]:
        (entry,) = self.entries(make_dataset([{"date": text}]))
        return entry["dtstart"].dt, entry["dtend"].dt

    @pytest.mark.parametrize(
        ("text", "first", "after"),
        [
            ("2014-05-09", date(2014, 5, 9), date(2014, 5, 10)), ("2014-12", date(2014, 12, 1), date(2015, 1, 1)),
            ("199X", date(1990, 1, 1), date(2000, 1, 1)), ("2014-05-09/2014-06", date(2014, 5, 9), date(2014, 7, 1)),
            ("2014-05-09T10:30", date(2014, 5, 9), date(2014, 5, 10)), ("0079", date(79, 1, 1), date(80, 1, 1)),
            ("2014-05-09T23:59:59", date(2014, 5, 9), date(2014, 5, 10)),
            ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ],
    )  # fmt: skip
    def test_an_entry_is_all_of_its_days(self, text: str, first: date, after: date) -> None:
        assert self.days(text) == (first, after)

    def test_the_last_day_of_all_has_no_end(self) -> None:
        (entry,) = self.entries(make_dataset([{"date": "9999-12-31"}]))
        assert "dtend" not in entry

    def test_what_is_left_out_is_counted(self) -> None:
        assert made(hard(), "ical").notes == (
            "1 undated event is left out: iCalendar has no place for them.",
            "2 events with an open end are left out: an entry of iCalendar has two ends.",
            "2 events before the year 1 are left out: iCalendar has no such years.",
            "3 dates are uncertain: only the words say so.",
            "2 events are given as whole days; their times stand in the description.",
        )
        assert len(self.entries(hard())) == len(DATES) + 1 - 5

    def test_the_year_before_the_first_has_no_place(self) -> None:
        dataset = make_dataset([{"date": "0000-12-31"}, {"date": "0001-01-01"}])
        (entry,) = self.entries(dataset)
        assert entry["dtstart"].dt == date(1, 1, 1)
        assert made(dataset, "ical").notes == ("1 event before the year 1 is left out: iCalendar has no such years.",)

    def test_each_document_says_its_own(self) -> None:
        rows = [
            {
                "id": "a",
                "event": "e",
                "date": "2014-01-02",
                "summary": "First.",
                "document": "d",
                "speaker": "Ada Kern",
            },
            {"id": "b", "event": "e", "date": "2015", "summary": "Second.", "document": "d", "locator": "p. 2"},
        ]
        (entry,) = self.entries(make_dataset(rows, documents=[{"id": "d", "title": "Paper", "source": "Lio"}]))
        assert str(entry["description"]).split("\n") == [
            "dates differ: 2 January 2014; some time in 2015",
            "First.",
            "2 January 2014: Ada Kern: Paper, Lio",
            "some time in 2015: Paper, Lio, p. 2 Second.",
        ]

    def test_text_is_text(self) -> None:
        entry = next(e for e in self.entries(hard()) if e["dtstart"].dt == date(2014, 5, 9))
        assert str(entry["summary"]) == HOSTILE.replace("\x07", "")
        assert "At noon the cranes … until the evening" in str(entry["description"])
        assert HOSTILE.replace("\x07", "") in [str(name) for name in entry.categories]
        assert str(entry["url"]) == f"{URL}#top"
        assert {str(e["url"]) for e in self.entries(hard()) if "url" in e} == {f"{URL}#top"}

    def test_lines_are_those_of_rfc_5545(self) -> None:
        lines = made(hard(), "ical").content.split(b"\r\n")
        assert b"\n" not in b"".join(lines)
        assert all(len(line) <= 75 for line in lines)
        assert lines[-1] == b""

    def test_names_stay_and_stamps_are_the_making(self) -> None:
        first = {str(entry["summary"]): str(entry["uid"]) for entry in self.entries(arland())}
        again = {str(entry["summary"]): str(entry["uid"]) for entry in self.entries(arland(), Query(start="2014"))}
        assert again.items() < first.items()
        assert len(set(first.values())) == len(first)
        assert {entry["dtstamp"].dt for entry in self.entries(arland())} == {datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)}

    def test_a_planned_event_is_tentative(self) -> None:
        entries = self.entries(make_dataset([{"date": "2014", "status": "planned"}, {"date": "2015"}]))
        assert [str(entry.get("status", "")) for entry in entries] == ["TENTATIVE", ""]

    def test_an_empty_selection_says_so(self) -> None:
        content = made(arland(), "ical", NOBODY).content
        assert self.entries(arland(), NOBODY) == []
        assert b"BEGIN:VJOURNAL" in content
        assert b"SUMMARY:No event matches." in content


class TestSchemaOrg:
    def events(self, dataset: Dataset) -> dict[str, Any]:
        items = read(dataset, "schemaorg")["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        return {item["item"]["identifier"]: item["item"] for item in items}

    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            ("2014-05", "2014-05", None), ("2014", "2014", None), ("2014-05-09", "2014-05-09", None),
            ("2014-05/2014-06-02", "2014-05", "2014-06-02"), ("199X", "1990", "1999"), ("2014-05/..", "2014-05", None),
            ("../2014", None, "2014"), ("", None, None), ("-0043-03-15", "-0043-03-15", None),
        ],
    )  # fmt: skip
    def test_dates_keep_their_precision(self, text: str, start: str | None, end: str | None) -> None:
        event = one(text, "schemaorg")["itemListElement"][0]["item"]
        assert (event.get("startDate"), event.get("endDate")) == (start, end)

    def test_works_and_actors(self) -> None:
        truce = self.events(arland())["truce"]
        assert [work["name"] for work in truce["subjectOf"]] == ["The gazette of the year", "Notes from Port Lio"]
        assert {work["@type"] for work in truce["subjectOf"]} == {"CreativeWork"}
        assert truce["about"] == [{"@type": "Country", "name": "Arland"}, {"@type": "Country", "name": "Belmark"}]
        work = self.events(hard())["day"]["subjectOf"][0]
        assert work["description"] == f"para. 3: At noon the cranes … until the evening (said by {HOSTILE})"
        assert work["datePublished"] == "2014-05"
        assert work["author"] == ["Ann Moor", "{B} Kern"]
        assert "datePublished" not in self.events(hard())["two"]["subjectOf"][1]  # -0043~ is no date of ISO

    def test_it_can_stand_in_a_page(self) -> None:
        assert b"<" not in made(hard(), "schemaorg").content
        assert self.events(hard())["day"]["name"] == HOSTILE

    def test_what_it_cannot_say(self) -> None:
        assert made(hard(), "schemaorg").notes == (
            "1 undated event has no startDate.",
            "3 dates are uncertain: only the words say so.",
        )

    def test_an_empty_selection_says_so(self) -> None:
        found = read(arland(), "schemaorg", NOBODY)
        assert found["numberOfItems"] == 0
        assert found["description"].startswith("No event matches.")


class TestReferences:
    def items(self, dataset: Dataset, query: Query | None = None) -> dict[str, Any]:
        return {item["id"]: item for item in read(dataset, "csl", query)}

    def issued(self, published: str) -> Any:
        document = {"id": "d", "title": "T", "published": published}
        dataset = make_dataset([{"date": "2014", "document": "d"}], documents=[document])
        return self.items(dataset)["d"].get("issued")

    def test_only_what_is_cited(self) -> None:
        assert list(self.items(arland(), Query(actors=("Ada Kern",)))) == ["lio-2"]

    def test_dates(self) -> None:
        assert self.issued("2014-05-09") == {"date-parts": [[2014, 5, 9]]}
        assert self.issued("2014-05") == {"date-parts": [[2014, 5]]}
        assert self.issued("2014~") == {"date-parts": [[2014]], "circa": True}
        assert self.issued("2014-05/2014-06-02") == {"date-parts": [[2014, 5], [2014, 6, 2]]}
        assert self.issued("-0043") == {"date-parts": [[-44]]}
        assert self.issued("199X").keys() == {"literal"}
        assert self.issued("2014/..").keys() == {"literal"}
        assert self.issued("") is None

    def test_items_have_the_shape_of_csl(self) -> None:
        kinds = {"interview", "speech", "report", "article-newspaper", "document"}
        for item in self.items(hard()).values():
            assert item["type"] in kinds
            assert all(author.keys() == {"literal"} for author in item.get("author", []))
            assert item.get("issued", {}).keys() <= {"date-parts", "circa", "literal"}
            plain = ("id", "title", "URL", "note", "language", "publisher", "container-title")
            assert item.keys() <= {*plain, "type", "author", "issued"}
            for part in item.get("issued", {}).get("date-parts", []):
                assert 1 <= len(part) <= 3 and all(isinstance(number, int) for number in part)
            assert all(isinstance(item.get(name, ""), str) for name in plain)
        assert self.items(hard())["d1"]["note"] == "Cited at para. 3."
        assert "URL" not in self.items(hard())["d2"]

    def test_citeproc_reads_it(self) -> None:
        citeproc = pytest.importorskip("citeproc")
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON(read(hard(), "csl"))
        assert set(source) == {"d1", "d2"}
        assert source["d1"]["issued"]["month"] == 5
        style = citeproc.CitationStylesStyle(io.BytesIO(STYLE), validate=False)
        works = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
        works.register(citeproc.Citation([citeproc.CitationItem("d1")]))
        (shown,) = map(str, works.bibliography())
        assert "Ann Moor" in shown
        assert "2014" in shown
        assert "The Lio Post" in shown

    def test_a_mention_without_a_document_is_told(self) -> None:
        dataset = make_dataset([{"date": "2014"}, {"date": "2015"}])
        for name in ("csl", "bibtex"):
            assert made(dataset, name).notes == (
                "No document is cited: the file is empty.",
                "2 mentions cite no document.",
            )

    def test_bibtex_is_read_back(self) -> None:
        bibtexparser = pytest.importorskip("bibtexparser")
        library = bibtexparser.parse_string(made(hard(), "bibtex").content.decode())
        assert not library.failed_blocks
        found = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
        assert set(found) == {"d1", "d2"}
        assert found["d1"]["author"] == r"{Ann Moor} and {\textbraceleft{}B\textbraceright{} Kern}"
        assert found["d1"]["url"] == f"{URL}#top"
        assert (found["d1"]["date"], found["d1"]["year"], found["d1"]["month"]) == ("2014-05", "2014", "may")
        assert found["d2"]["date"] == "-0043~"
        assert "year" not in found["d2"]
        assert "url" not in found["d2"]

    def test_nothing_is_left_for_tex_to_do(self) -> None:
        title = 'a\\b {c} } $d$ #e %f &g _h ^i ~j \n\n k " @l'
        document = {"id": "d", "title": title, "url": "https://lio.example/{a}_%20"}
        text = made(make_dataset([{"document": "d"}], documents=[document]), "bibtex").content.decode()
        line = next(line for line in text.split("\n") if "title" in line)
        bare = re.sub(r"\\(?:text[a-z]+\{\}|[$&#_%])", "", line.removeprefix("  title = {{").removesuffix("}},"))
        assert not re.search(r"[\\{}$&#_%^~]", bare)
        assert text.count("{") == text.count("}")
        assert "https://lio.example/%7Ba%7D_%20" in text


class TestAnnotations:
    def items(self, dataset: Dataset) -> dict[str, Any]:
        return {item["dcterms:identifier"]: item for item in read(dataset, "annotations")["first"]["items"]}

    def test_it_is_a_collection_with_a_page(self) -> None:
        found = read(hard(), "annotations")
        assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        assert (found["type"], found["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
        assert found["total"] == len(found["first"]["items"])
        assert found["first"]["partOf"] == found["id"]
        ids = [item["id"] for item in found["first"]["items"]]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id) for id in ids)
        for item in found["first"]["items"]:
            assert item["type"] == "Annotation"
            assert item["generated"] == "2020-02-03T04:05:06Z"
            assert item["target"]["source"]["id"].startswith(("https://", "urn:uuid:"))

    def test_first_and_last_words_are_a_range_with_its_last_words(self) -> None:
        target = self.items(hard())["day"]["target"]
        assert target["source"]["id"] == URL
        first, second = target["selector"]
        assert first == {
            "type": "RangeSelector",
            "startSelector": {"type": "TextQuoteSelector", "exact": "At noon the cranes"},
            "endSelector": {
                "type": "TextQuoteSelector",
                "exact": "until the evening",
                "refinedBy": {"type": "TextPositionSelector", "start": 17, "end": 17},
            },
        }
        assert second["type"] == "FragmentSelector"
        assert second["value"] == "top:~:text=At%20noon%20the%20cranes,until%20the%20evening"

    def test_a_range_finds_the_passage(self) -> None:
        text = "Fog. At noon the cranes stood still, and so they did until the evening came."
        selector = self.items(hard())["day"]["target"]["selector"][0]
        start = text.index(selector["startSelector"]["exact"])
        ends = selector["endSelector"]
        end = text.index(ends["exact"], start) + ends["refinedBy"]["start"]
        assert text[start:end] == "At noon the cranes stood still, and so they did until the evening"

    def test_whole_words_and_pages(self) -> None:
        first, second = self.items(hard())["two-b"]["target"]["selector"]
        assert first == {"type": "TextQuoteSelector", "exact": "Three short words"}
        assert (second["type"], second["value"]) == ("FragmentSelector", "page=4")

    def test_body_and_citation(self) -> None:
        item = self.items(hard())["day"]
        assert item["body"][0]["type"] == "TextualBody"
        assert item["body"][0]["value"] == f"{HOSTILE}\n{HOSTILE}"
        assert item["dcterms:temporal"] == "2014-05-09"
        assert "Lio Post" in item["dcterms:bibliographicCitation"]
        assert "dcterms:temporal" not in self.items(hard())["none"]

    def test_what_has_no_target_is_left_out(self) -> None:
        dataset = make_dataset([{"date": "2014"}, {"date": "2015", "url": "https://lio.example/"}])
        assert read(dataset, "annotations")["total"] == 1
        assert made(dataset, "annotations").notes == (
            "1 mention without a document or an address is left out: nothing is annotated.",
        )

    def test_an_empty_selection_says_so(self) -> None:
        found = read(arland(), "annotations", NOBODY)
        assert found["total"] == 0
        assert "No event matches." in found["label"]


@pytest.mark.parametrize("query", [Query(), Query(actors=("Arland",), members=True), NOBODY], ids=str)
def test_the_same_leaves_whoever_holds_the_rows(query: Query, tmp_path: Path) -> None:
    """From column arrays and from DuckDB, all formats of rows and events have the same bytes."""
    pytest.importorskip("duckdb")
    path = tmp_path / "arland.parquet"
    path.write_bytes(made(arland(), "parquet").content)
    ours, theirs = read_parquet(path), open_with(path, "duckdb")
    for form in FORMATS:
        if form.module not in ("html", "pictures"):
            assert made(theirs, form.name, query) == made(ours, form.name, query), form.name


SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    st.sampled_from("=+-@'\"; ,\n\r\t\\{}<>&%$#_^~…\u202e\u2028\x00\x07\x85\ufffe;:ü"), max_size=12
)
MOMENTS = st.sampled_from([date.replace(", ", ",") for date in DATES.values()])


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(MOMENTS, SIGNS, SIGNS, st.sampled_from(["e1", "e2", ""])), max_size=4))
def test_whatever_is_written_each_format_can_be_read(rows: list[tuple[str, str, str, str]]) -> None:
    import bibtexparser
    import icalendar
    import openpyxl

    documents = [{"id": "d", "title": rows[0][1] if rows else "", "author": rows[0][2] if rows else ""}]
    dataset = make_dataset(
        [
            {"date": date, "title": title, "summary": text, "event": event, "document": "d", "actors": [text, title],
             "speaker": title, "passage": f"{title} … {text}", "url": text, "locator": "p. 3", "extra:Note": title}
            for date, title, text, event in rows
        ],
        documents=documents,
    )  # fmt: skip
    for name in JSON:
        json.loads(made(dataset, name).content)
    for line in made(dataset, "timesketch").content.decode().split("\n")[:-1]:
        json.loads(line)
    calendar = icalendar.Calendar.from_ical(made(dataset, "ical").content)
    assert not calendar.errors
    told = {" ".join(str(entry["summary"]).split()) for entry in calendar.walk("VEVENT")}
    assert told <= {
        " ".join(shown(title or f"What happened: m{at}").split()) for at, (_, title, *_) in enumerate(rows, 1)
    }
    book = openpyxl.load_workbook(io.BytesIO(made(dataset, "xlsx").content))
    assert book["events"].max_row == len(rows) + 1
    library = bibtexparser.parse_string(made(dataset, "bibtex").content.decode())
    assert not library.failed_blocks
    assert len(library.entries) == bool(rows)
    for name in ("parquet", "sqlite", "datapackage"):
        assert made(dataset, name) == made(dataset, name)


class TestCommand:
    TABLE = "date,title\n2014-05,Fair\n,A letter\n-0043-03-15,The Ides\n"

    def test_it_tells_what_a_format_could_not_say(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(self.TABLE)
        found = run("export", tmp_path / "a.csv", "-o", tmp_path / "a.ics")
        assert found.exit_code == 0
        assert "1 undated event is left out: iCalendar has no place for them." in found.stderr
        assert "1 event before the year 1 is left out: iCalendar has no such years." in found.stderr
        assert (tmp_path / "a.ics").read_bytes().count(b"BEGIN:VEVENT") == 1

    @pytest.mark.parametrize("form", [form for form in FORMATS if form.module not in ("html", "pictures")])
    def test_every_format_by_its_name_and_by_the_end_of_a_file(self, form: Format, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(self.TABLE)
        moment = {"SOURCE_DATE_EPOCH": "1700000000"}
        for end in form.ends:
            assert run("export", tmp_path / "a.csv", "-o", tmp_path / f"made{end}", **moment).exit_code == 0
        assert (
            run("export", tmp_path / "a.csv", "-o", tmp_path / "made", "--format", form.name, **moment).exit_code == 0
        )
        assert len({path.read_bytes() for path in tmp_path.glob("made*")}) == 1
