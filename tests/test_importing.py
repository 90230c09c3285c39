"""Tables from the files of other tools: what they become, what is said of the rest, and files that are none."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from timeline.cli import cli
from timeline.importing import FORMATS, CannotImport, Imported, convert
from timeline.importing.dates import of_instant, of_parts
from timeline.importing.plain import plain
from timeline.table import dataset as datasets
from timeline.table.checking import is_slug
from timeline.table.dataset import Dataset, Raw

NAMES = ("timelinejs", "timesketch", "vis", "csl")


def run(*args: Any) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="timeline")


def made(value: Any, name: str | None = None) -> Imported:
    """The import of a JSON value, of JSON by lines where it is a tuple, or of text."""
    if isinstance(value, tuple):
        text = "".join(json.dumps(one) + "\n" for one in value)
    else:
        text = value if isinstance(value, str) else json.dumps(value)
    return convert(text.encode("utf-8", "surrogatepass"), name)


def rows(imported: Imported, table: str = "events.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(imported.tables[table].decode())))


def opened(imported: Imported) -> Dataset:
    """The tables read as `timeline check` reads them."""
    actors = imported.tables.get("actors.csv")
    return datasets.build(
        Raw("events.csv", imported.tables["events.csv"]), None, Raw("actors.csv", actors) if actors else None
    )


def said(imported: Imported) -> str:
    return "\n".join(imported.report.lines())


def event(**fields: Any) -> dict[str, Any]:
    return {"events": [{"start_date": {"year": 1990}, "text": {"headline": "Strike"}, **fields}]}


STRIKE = {
    "unique_id": "strike",
    "start_date": {"year": "1990", "month": "5", "day": ""},
    "text": {
        "headline": "Dockers <b>stop</b> work",
        "text": '<p>At noon, says <a href="https://courier.example/a?x=1&amp;y=2">the Courier</a>.</p><p>2 &lt; 3</p>',
    },
    "media": {"url": "https://pictures.example/crane.jpg", "caption": "A crane", "credit": "The Lio Courier"},
    "group": "protest",
    "background": {"color": "#fff"},
    "place": "Port Lio",
}


class TestTimelineJS:
    def test_an_event_becomes_a_row(self) -> None:
        [row] = rows(made({"events": [STRIKE]}))
        assert row == {
            "id": "strike",
            "date": "1990-05",
            "title": "Dockers stop work",
            "summary": "At noon, says the Courier. 2 < 3",
            "category": "protest",
            "source": "The Lio Courier",
            "url": "https://pictures.example/crane.jpg",
            "media caption": "A crane",
            "other links": "https://courier.example/a?x=1&y=2",
            "place": "Port Lio",
        }

    def test_what_has_no_place_is_counted(self) -> None:
        media = {"url": "https://m.example/", "thumbnail": "t.jpg"}
        slides = [{"background": {"color": "red"}}, {"media": media}, {"media": media}]
        value = {
            "title": {"text": {"headline": "A history"}},
            "scale": "human",
            "events": [{"start_date": {"year": 2000}, "text": {"headline": "X"}, **slide} for slide in slides],
            "eras": [{"start_date": {"year": 1}}, {}],
            "font": "serif",
        }
        assert made(value).report.lost == {
            "background colour": 1,
            "thumbnail": 2,
            "era": 2,
            "title slide ('A history')": 1,
            "field 'font' beside the events": 1,
        }
        assert "Not carried: 1 background colour, 2 thumbnails, 2 eras, 1 title slide ('A history')" in said(
            made(value)
        )

    @pytest.mark.parametrize(
        ("start", "end", "date"),
        [
            ({"year": 1990}, None, "1990"),
            ({"year": "1990", "month": "5"}, None, "1990-05"),
            ({"year": 1990, "month": 5, "day": 7.0}, None, "1990-05-07"),
            ({"year": 1990, "day": 7}, None, "1990-XX-07"),
            ({"year": 1990, "month": 5, "day": 7, "hour": 0}, None, "1990-05-07T00"),
            ({"year": 1990, "month": 5, "day": 7, "hour": 9, "minute": 5}, None, "1990-05-07T09:05"),
            ({"year": 1990, "month": 5, "hour": 9}, None, "1990-05"),
            ({"year": 79}, None, "0079"),
            ({"year": -44, "month": 3, "day": 15}, None, "-0043-03-15"),
            ({"year": -1}, None, "0000"),
            ({"year": 1990}, {"year": 1991, "month": 2}, "1990/1991-02"),
            ({"year": 1990}, {"year": 1990}, "1990"),
            ({"year": -44}, {"year": 14}, "-0043/0014"),
            (None, {"year": 1990}, "/1990"),
            ({}, None, ""),
            ({"year": ""}, None, ""),
            ([], None, ""),
            (1990, None, "1990"),
            ("2014-02-03", None, "2014-02-03"),
        ],
    )
    def test_a_date_is_as_precise_as_its_parts(self, start: Any, end: Any, date: str) -> None:
        imported = made(event(start_date=start, end_date=end))
        assert rows(imported)[0]["date"] == date
        assert not imported.report.has_errors
        assert opened(imported).in_error == 0

    @pytest.mark.parametrize(
        "start",
        [
            {"year": 2014, "month": 13},
            {"year": 2014, "month": 21},  # EDTF would read the spring in it
            {"year": 2014, "month": 2, "day": 31},
            {"year": 2014, "month": 2, "day": 0},
            {"year": 2014, "month": 0},
            {"year": "soon"},
            {"month": 5},
            {"year": 1990.5},
            {"year": -13_800_000_000},
            {"year": 10**400},
            {"year": float("nan")},
            {"year": True},
            {"year": 2014, "month": 2, "day": 3, "hour": 24},
            [7],
            7,
        ],
    )
    def test_a_date_that_cannot_be_read_is_kept_and_told(self, start: Any) -> None:
        imported = made(event(start_date=start))
        assert rows(imported)[0]["date"] != ""
        assert imported.report.unread_dates == 1
        assert opened(imported).in_error == 1
        assert "event 1: " in said(imported)

    def test_an_end_before_the_start_is_told(self) -> None:
        imported = made(event(start_date={"year": 1991}, end_date={"year": 1990}))
        assert rows(imported)[0]["date"] == "1991/1990"
        assert "ends (1990) before it starts (1991)" in said(imported)

    @pytest.mark.parametrize(
        ("words", "date", "kept"),
        [
            ("c. 1990", "1990~", False),
            ("1990?", "1990?", False),
            ("1990s", "199X", False),
            ("since 1990", "1990/..", False),
            ("from 1990 on, end open", "1990/..", False),  # as our own exports have it
            ("until 1990, start unknown", "/1990", False),
            ("some time from 1990 to 1995", "[1990..1995]", False),
            ("c. 1520", "1990", True),  # another time than the event's
            ("some time in 1990", "1990", False),  # says no more
            ("The year of the crane", "1990", True),
        ],
    )
    def test_a_date_in_words_may_soften_the_parts_and_never_moves_them(self, words: str, date: str, kept: bool) -> None:
        for value in (event(display_date=words), event(start_date={"year": 1990, "display_date": words})):
            [row] = rows(made(value))
            assert row["date"] == date
            assert row.get("display date") == (words if kept else None)
        assert ("follows its display_date" in said(made(event(display_date=words)))) is (date != "1990")

    def test_a_display_date_never_takes_from_a_precise_date(self) -> None:
        precise = {"year": 1990, "month": 5, "day": 7}
        assert rows(made(event(start_date=precise, display_date="May 1990")))[0]["date"] == "1990-05-07"
        [row] = rows(made(event(start_date=precise, display_date="1990s")))
        assert (row["date"], row["placed at"]) == ("199X", "1990-05-07")

    @pytest.mark.parametrize(
        ("media", "url", "kept"),
        [
            ("https://m.example/a", "https://m.example/a", None),
            ({"url": '<iframe src="https://v.example/1"></iframe>'}, "https://v.example/1", None),
            (
                {"url": '<blockquote>Said <a href="https://t.example/9">on</a></blockquote>'},
                "https://t.example/9",
                None,
            ),
            ({"url": "pictures/crane.jpg"}, None, "pictures/crane.jpg"),
            ({"url": "javascript:alert(1)"}, None, "javascript:alert(1)"),
            ({"link": "https://l.example/"}, "https://l.example/", None),
            (None, None, None),
        ],
    )
    def test_only_http_becomes_an_address(self, media: Any, url: str | None, kept: str | None) -> None:
        [row] = rows(made(event(media=media)))
        assert (row.get("url"), row.get("media address")) == (url, kept)

    def test_links_that_lead_nowhere_are_counted(self) -> None:
        text = '<a href="javascript:x()">a</a> <a href="mailto:a@b.example">b</a> <img src="c.png">'
        assert made(event(text={"headline": "X", "text": text})).report.lost == {
            "link that is not http or https": 2,
            "picture in a text": 1,
        }

    def test_an_event_that_is_none_is_left_out_and_told(self) -> None:
        imported = made({"events": [7, STRIKE, None]})
        assert imported.report.left_out == (("event 1", "it is no object"), ("event 3", "it is no object"))
        assert imported.rows == 1 and imported.report.has_errors

    def test_an_event_without_words_is_untitled(self) -> None:
        imported = made({"events": [{"start_date": {"year": 1990}}]})
        assert rows(imported)[0]["title"] == "Untitled"
        assert "1 row has no text" in said(imported)


class TestVis:
    def test_items_and_groups(self) -> None:
        value = {
            "items": [
                {"id": 1, "content": "<b>Talks</b>", "title": "In the <i>hall</i>", "start": "2014-02-20", "group": 12},
                {"id": 2, "content": "Visit", "start": "2014-02", "end": "2014-03-04", "group": 99, "className": "red"},
                {"id": 3, "content": "Winter", "start": "2014", "type": "background"},
                {"id": 4, "content": "Post", "start": "2014-02-21", "type": "point", "style": "color: red"},
            ],
            "groups": [{"id": 11, "content": "Arland", "nestedGroups": [12]}, {"id": 12, "content": "Kern; A."}],
        }
        imported = made(value)
        first, second, third = rows(imported)
        assert first == {
            "id": "1", "date": "2014-02-20", "title": "Talks", "summary": "In the hall", "actors": "Kern, A.;",
            "className": "",
        }  # fmt: skip
        assert (second["date"], second["actors"], second["className"]) == ("2014-02/2014-03-04", "99", "red")
        assert third["actors"] == ""
        assert [(row["name"], row["part_of"]) for row in rows(imported, "actors.csv")] == [
            ("Arland", ""),
            ("Kern, A.", "Arland"),
        ]
        assert imported.report.lost == {"background span": 1, "instruction on drawing": 2}
        read = opened(imported)
        assert read.errors == ()
        assert read.mention_actors["actor"].tolist() == ["Kern, A.", "99"]

    def test_a_list_of_items_is_enough(self) -> None:
        imported = made([{"content": "Talks", "start": "2014-02-20"}])
        assert imported.form.name == "vis"
        assert list(imported.tables) == ["events.csv"]

    def test_instants_at_midnight_are_days_if_all_are(self) -> None:
        midnight, noon = "2014-02-20T00:00:00.000Z", "2014-02-21T12:00:00.000Z"
        items = [{"content": "A", "start": midnight, "end": 1_393_027_200_000}, {"content": "B", "start": "2014-03"}]
        imported = made(items)
        assert [row["date"] for row in rows(imported)] == ["2014-02-20/2014-02-22", "2014-03"]
        assert "All 2 times in the file are midnights" in said(imported)
        imported = made([*items, {"content": "C", "start": noon}])
        assert [row["date"] for row in rows(imported)] == [
            "2014-02-20T00:00:00Z/2014-02-22T00:00:00Z",
            "2014-03",
            "2014-02-21T12:00:00Z",
        ]
        assert "midnight" not in said(imported)

    @pytest.mark.parametrize(
        ("start", "end", "words", "date"),
        [
            ("2014-05-01", "2014-06-01", "some time in May 2014", "2014-05"),
            ("2014-05-03", "2014-05-06", "from 3 to 5 May 2014", "2014-05-03/2014-05-05"),
            ("2014-05-03", None, "3 May 2014", "2014-05-03"),
            ("2014-01-01", "2015-01-01", "from 2014 on, end open", "2014/.."),
            ("2014-01-01", "2015-01-01", "until 2014, start open", "../2014"),
            ("2013-01-01", "2014-02-13", "some time from 2013 to 12 February 2014", "[2013..2014-02-12]"),
            ("2014-01-01T10:00:00", "2014-01-01T11:00:00", "from 10:00 to 11:00", None),
            ("2014-05-01", "2014-06-01", "some time in June 2014", None),
            ("2014-05-01", "2014-06-01", "the strike", None),
        ],
    )
    def test_words_beside_an_item_are_its_date_if_they_tell_what_is_drawn(
        self, start: str, end: str | None, words: str, date: str | None
    ) -> None:
        item = {"content": "A", "start": start, "words": words, "actors": ["B", "C"], "category": "law", "group": "B"}
        [row] = rows(made([item | ({"end": end} if end else {})]))
        assert row["date"] == (date or f"{start}/{end}")
        assert row.get("words", "") == ("" if date else words)
        assert (row["actors"], row["category"]) == ("B;C", "law")

    def test_groups_of_one_name_stay_two(self) -> None:
        groups = [{"id": "a", "content": "Cook"}, {"id": "b", "content": "Cook"}]
        items = [{"content": "X", "start": "2014", "group": "b"}]
        imported = made({"items": items, "groups": groups})
        assert rows(imported)[0]["actors"] == "Cook (b)"
        assert opened(imported).errors == ()

    def test_groups_in_a_circle_are_no_error_of_the_table(self) -> None:
        groups = [{"id": 1, "content": "A", "nestedGroups": [2]}, {"id": 2, "content": "B", "nestedGroups": [1, 3]}]
        imported = made({"items": [{"content": "X", "start": "2014", "group": 1}], "groups": groups})
        assert opened(imported).errors == ()
        assert sum(imported.report.lost.values()) == 2

    @pytest.mark.parametrize(
        ("written", "date"),
        [
            ("2014", "2014"),
            ("2014-02-20 10:30", "2014-02-20T10:30"),
            ("2014-02-20T10:30:15.250+0200", "2014-02-20T10:30:15+02:00"),
            ("-000043-03-15T10:00:00Z", "-0043-03-15T10:00:00Z"),
            ("/Date(1392890400000)/", "2014-02-20T10:00:00Z"),
            (1_392_890_400_000, "2014-02-20T10:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            ("11 March 2020", "11 March 2020"),
        ],
    )
    def test_an_instant_is_as_precise_as_it_was_written(self, written: Any, date: str) -> None:
        assert of_instant(written)[0] == date
        assert opened(made([{"content": "A", "start": written}])).in_error == 0

    @pytest.mark.parametrize("written", [1e300, "soon", "03/04/2014", {"a": 1}, [2014, 2], True, "2014-02-30", 10**30])
    def test_an_instant_that_is_none_is_kept(self, written: Any) -> None:
        imported = made([{"content": "A", "start": written}])
        assert imported.report.unread_dates == 1
        assert opened(imported).in_error == 1


HEAD = "message,datetime,timestamp_desc"


class TestTimesketch:
    def test_csv_keeps_every_column(self) -> None:
        text = f"{HEAD},tag,source,hostname\nLogin,2014-02-20T10:00:00+00:00,Creation Time,a,Courier,host1\n"
        imported = made(text)
        assert rows(imported) == [
            {
                "id": "login", "date": "2014-02-20T10:00:00Z", "title": "Login", "summary": "", "source": "Courier",
                "timestamp_desc": "Creation Time", "tag field": "a", "hostname": "host1",
            }
        ]  # fmt: skip
        assert "tag as 'tag field' (1)" in said(imported)
        read = opened(imported)
        assert read.extras == ("timestamp_desc", "tag field", "hostname")
        assert read.mentions["source"].tolist() == ["Courier"]
        assert read.mentions["category"].tolist() == [""]  # a tag is not taken for one

    def test_jsonl_is_read_line_by_line(self) -> None:
        first = {"message": "A", "datetime": "2014-02-20T10:00:00+00:00", "timestamp_desc": "x", "tag": ["a", "b"]}
        text = json.dumps(first) + '\n\n{"message": "B", "datet\n7\n' + json.dumps({**first, "message": "C"})
        imported = made(text)
        assert [(row["title"], row["tag field"]) for row in rows(imported)] == [("A", "a; b"), ("C", "a; b")]
        assert [place for place, _ in imported.report.left_out] == ["line 3", "line 4"]
        assert "ends in the middle of a value" in said(imported)

    def test_a_line_nested_too_deeply_costs_that_line_alone(self) -> None:
        line = json.dumps({"message": "A", "datetime": "2014-02-20T10:00:00Z", "timestamp_desc": "x"})
        deep = '{"message": ' + "[" * 100_000 + "]" * 100_000 + "}"
        imported = made(f"{line}\n{deep}\n{line}\n")
        assert imported.rows == 2
        assert [place for place, _ in imported.report.left_out] == ["line 2"]

    def test_one_line_of_jsonl_is_enough(self) -> None:
        record = {"message": "A", "datetime": "2014-02-20T10:00:00Z", "timestamp_desc": "x"}
        assert made(json.dumps(record)).form.name == "timesketch"
        assert made(json.dumps(record) + "\n").rows == 1

    @pytest.mark.parametrize("kinds", [("start", "end"), ("end", "start"), ("Start", "END"), ("earliest", "latest")])
    def test_a_start_and_an_end_are_one_range(self, kinds: tuple[str, str]) -> None:
        days = dict.fromkeys(("start", "earliest"), "2014-02-20") | dict.fromkeys(("end", "latest"), "2014-02-25")
        lines = [f"Strike,{days[kind.lower()]}T00:00:00+00:00,{kind},Courier" for kind in kinds]
        imported = made("\n".join([f"{HEAD},source", *lines]))
        assert [(row["date"], row["title"]) for row in rows(imported)] == [("2014-02-20/2014-02-25", "Strike")]
        assert "timestamp_desc" not in imported.header
        assert "2 rows, a start and an end, were put together" in said(imported)

    def test_days_that_end_a_second_before_midnight(self) -> None:
        text = f"{HEAD}\nStrike,2014-02-20T00:00:00Z,start\nStrike,2014-02-25T23:59:59Z,end\n"
        assert rows(made(text))[0]["date"] == "2014-02-20/2014-02-25"

    @pytest.mark.parametrize(
        "lines",
        [
            ["A,2014-02-20T10:00:00Z,start,x", "A,2014-02-21T10:00:00Z,end,y"],  # another column differs
            ["A,2014-02-20T10:00:00Z,start,x", "B,2014-02-21T10:00:00Z,end,x"],
            ["A,2014-02-22T10:00:00Z,start,x", "A,2014-02-21T10:00:00Z,end,x"],  # it would end before it starts
            ["A,2014-02-20T10:00:00Z,start,x", "A,soon,end,x"],
            ["A,2014-02-20T10:00:00Z,start,x", "A,2014-02-21T10:00:00Z,latest,x"],
            ["A,2014-02-20T10:00:00Z,start,x", "A,2014-02-21T10:00:00Z,End Time,x"],
            ["A,2014-02-20T10:00:00Z,start,x", "A,2014-02-21T10:00:00Z,end,x", "A,2014-02-23T10:00:00Z,end,x"],
        ],
    )
    def test_what_is_not_unmistakable_is_left_apart(self, lines: list[str]) -> None:
        imported = made("\n".join([f"{HEAD},host", *lines]))
        assert imported.rows == len(lines)
        assert all(row["timestamp_desc"] for row in rows(imported))

    def test_a_timestamp_stands_in_for_the_datetime(self) -> None:
        record = {"message": "A", "timestamp": 1_392_890_400_000_000, "timestamp_desc": "x"}
        assert rows(made((record, record)))[0]["date"] == "2014-02-20T10:00:00Z"
        text = "message,timestamp,timestamp_desc\nA,1392890400000000,x\n"
        assert rows(made(text))[0]["date"] == "2014-02-20T10:00:00Z"

    def test_a_timestamp_that_says_the_same_is_told_and_one_that_does_not_is_kept(self) -> None:
        text = f"{HEAD},timestamp\nA,2014-02-20T10:00:00Z,x,1392890400000000\nB,2014-02-20T10:00:00Z,x,5\n"
        imported = made(text)
        assert imported.report.lost == {"timestamp that says the same as its datetime": 1}
        assert [row["timestamp"] for row in rows(imported)] == ["", "5"]

    def test_a_part_of_a_second_is_kept_beside(self) -> None:
        imported = made(f"{HEAD}\nA,2014-02-20T10:00:00.250+00:00,x\n")
        assert rows(imported)[0]["date"] == "2014-02-20T10:00:00Z"
        assert rows(imported)[0]["datetime"] == "2014-02-20T10:00:00.250+00:00"

    def test_a_column_of_edtf_says_what_the_instant_cannot(self) -> None:
        text = f"{HEAD},edtf\nA,2014-01-01T00:00:00Z,x,2014~\nB,2014-02-20T10:00:00Z,x,2014\n"
        imported = made(text)
        assert [row["date"] for row in rows(imported)] == ["2014~", "2014-02-20T10:00:00Z"]
        assert [row["edtf"] for row in rows(imported)] == ["", "2014"]

    @pytest.mark.parametrize(
        ("moments", "edtf"),
        [
            ({"earliest": "2014-02-01T00:00:00+00:00", "latest": "2014-02-28T23:59:59+00:00"}, "2014-02~"),
            ({"earliest": "2014-01-01T00:00:00+00:00"}, "2014/.."),
            ({"latest": "2014-12-31T23:59:59+00:00"}, "../2014"),
            ({"day, time unknown": "2014-02-20T00:00:00+00:00"}, "2014-02-20?"),
            ({"moment, to the minute": "2014-02-20T10:05:00+03:00"}, "2014-02-20T10:05+03:00"),
        ],
    )
    def test_our_own_export_comes_back(self, moments: dict[str, str], edtf: str) -> None:
        facts = {"edtf": edtf, "mention": "strike-1", "event": "strike", "actors": "Ada; Ben", "approximate": False}
        records = [{"message": "A", "datetime": at, "timestamp_desc": kind, **facts} for kind, at in moments.items()]
        [row] = rows(made(tuple(records)))
        assert (row["id"], row["event"], row["date"], row["actors"]) == ("strike-1", "strike", edtf, "Ada;Ben")
        assert "edtf" not in row

    def test_rows_of_the_wrong_width_are_left_out_and_told(self) -> None:
        imported = made(f'{HEAD}\nA,2014-02-20T10:00:00Z,x\nB,2014\n"C,2014-02-20T10:00:00Z,x\n')
        assert [place for place, _ in imported.report.left_out] == ["line 3", "line 4"]
        assert imported.rows == 1

    def test_long_messages_stay_whole_and_apart(self) -> None:
        long = "The crane of the harbour moved to the northern quay " * 4
        lines = [f"{long}{end},2014-02-20T10:00:00Z,x" for end in ("one", "two")]
        imported = made("\n".join([HEAD, *lines]))
        assert all(len(row["title"]) <= 90 and row["title"].endswith("…") for row in rows(imported))
        assert [row["summary"].split()[-1] for row in rows(imported)] == ["one", "two"]
        read = opened(imported)
        assert read.mentions["event"].nunique() == 2
        assert not [problem for problem in read.problems if problem.severity != "note"]


ITEM = {
    "id": "http://library.example/items/AB12",
    "type": "article-newspaper",
    "title": "Dockers <i>walk</i> out",
    "container-title": "The Lio Courier",
    "publisher": "Lio Press",
    "author": [{"family": "Carrow", "given": "Ben"}, {"literal": "The Union"}],
    "issued": {"date-parts": [[2014, "2", 23]]},
    "URL": "https://courier.example/dockers",
    "DOI": "10.1000/1",
    "language": "en",
}


class TestCsl:
    def test_an_item_becomes_a_document(self) -> None:
        imported = made([ITEM])
        assert list(imported.tables) == ["documents.csv"]
        assert rows(imported, "documents.csv") == [
            {
                "id": "http-library-example-items-ab12", "title": "Dockers walk out", "source": "The Lio Courier",
                "author": "Ben Carrow; The Union", "published": "2014-02-23", "kind": "article", "language": "en",
                "url": "https://courier.example/dockers", "file": "", "sha256": "", "type": "article-newspaper",
                "publisher": "Lio Press", "DOI": "10.1000/1",
            }
        ]  # fmt: skip
        assert "1 id was changed" in said(imported)

    @pytest.mark.parametrize(
        ("issued", "published"),
        [
            ({"date-parts": [[2014]]}, "2014"),
            ({"date-parts": [["2014", "2"]]}, "2014-02"),
            ({"date-parts": [[2014, 2, 1], [2014, 3]]}, "2014-02-01/2014-03"),
            ({"date-parts": [[-44]], "circa": True}, "-0043~"),
            ({"date-parts": [[2014]], "circa": "false"}, "2014"),
            ({"date-parts": [[2014]], "season": "3"}, "2014-23"),
            ({"raw": "2014-02"}, "2014-02"),
            ({"literal": "11 March 2020"}, "11 March 2020"),
            ("2014-02~", "2014-02~"),
            ({}, ""),
            (None, ""),
        ],
    )
    def test_when_it_was_published(self, issued: Any, published: str) -> None:
        imported = made([{**ITEM, "issued": issued}])
        assert rows(imported, "documents.csv")[0]["published"] == published
        assert imported.report.unread_dates == 0

    @pytest.mark.parametrize(
        ("fields", "source"),
        [
            ({"type": "chapter"}, "Lio Press"),
            ({"publisher": None}, "The Lio Courier"),
            ({"publisher": None, "container-title": ""}, "Ben Carrow; The Union"),
            ({"publisher": None, "container-title": "", "author": []}, "courier.example"),
            ({"publisher": None, "container-title": "", "author": [], "URL": "", "DOI": ""}, "unknown source"),
        ],
    )
    def test_every_document_has_a_source(self, fields: dict[str, Any], source: str) -> None:
        assert rows(made([{**ITEM, **fields}]), "documents.csv")[0]["source"] == source

    def test_the_table_is_one_that_rows_can_cite(self, tmp_path: Path) -> None:
        items = [ITEM, {"id": "b", "type": "webpage"}, {"id": "b", "type": "book", "title": "Cranes"}]
        (tmp_path / "library.json").write_text(json.dumps(items))
        assert run("import", tmp_path / "library.json", "-o", tmp_path / "documents.csv").exit_code == 0
        ids = [row["id"] for row in csv.DictReader((tmp_path / "documents.csv").read_text().splitlines())]
        header = "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage\n"
        cells = [f"m{n},,2014,T,S,Union,law,reported,,{id},para. 1,one two three\n" for n, id in enumerate(ids)]
        (tmp_path / "events.csv").write_text(header + "".join(cells))
        (tmp_path / "actors.csv").write_text("name,kind,part_of,aliases\nUnion,,,\n")
        result = run("check", tmp_path / "events.csv")
        assert result.exit_code == 0, result.output


class TestIds:
    def test_valid_ones_are_kept_whatever_stands_before_them(self) -> None:
        items = [
            {"content": "B", "start": "2014", "id": one}
            for one in ("A b", "a-b", "a-b", "", None, 7, "x" * 81, "é", "语")
        ]
        made_once = [row["id"] for row in rows(made(items))]
        assert made_once[:2] == ["a-b-2", "a-b"]
        assert made_once[5] == "7"
        assert len(set(made_once)) == len(items) and all(map(is_slug, made_once))
        assert [row["id"] for row in rows(made(items))] == made_once

    def test_changes_are_told(self) -> None:
        items = [{"content": "B", "start": "2014", "id": one} for one in ("A b", "c", "c")]
        assert "1 id was changed, for ids hold a-z, 0-9 and -: 'A b' became 'a-b'." in said(made(items))
        assert "1 id stood twice" in said(made(items))

    def test_many_of_one_name(self) -> None:
        items = [{"content": "Same", "start": "2014"}] * 20_000  # in quadratic time this would take minutes
        ids = [row["id"] for row in rows(made(items))]
        assert len(set(ids)) == 20_000 and ids[:2] == ["same", "same-2"]


class TestCells:
    def test_formulas_are_guarded_and_come_back(self) -> None:
        imported = made([{"content": "=1+1", "start": "2014", "@sum": "+cmd|x"}])
        assert b"'=1+1" in imported.tables["events.csv"]
        assert b"'@sum" in imported.tables["events.csv"]
        read = opened(imported)
        assert read.mentions["title"].tolist() == ["=1+1"]
        assert read.mentions["extra:@sum"].tolist() == ["+cmd|x"]

    def test_a_guard_of_another_export_is_taken_off(self) -> None:
        imported = made(f"{HEAD}\n'=1+1,2014-02-20T10:00:00Z,x\n")
        assert opened(imported).mentions["title"].tolist() == ["=1+1"]

    def test_control_characters_go_and_are_counted(self) -> None:
        imported = made('[{"content": "a\\u0000b\\ud800", "start": "2014", "note": "x\\u001b[31m"}]')
        assert rows(imported)[0]["title"] == "ab\ufffd"
        assert imported.report.lost == {"control character": 3}
        assert opened(imported).errors == ()

    def test_what_a_control_character_stood_before_is_trimmed(self) -> None:
        assert rows(made([{"content": "A", "start": "2014", "remark": "\0 a \x1b"}]))[0]["remark"] == "a"

    def test_a_cell_is_cut_where_no_table_can_hold_it(self) -> None:
        imported = made([{"content": "a", "title": "b" * 100_007, "start": "2014"}])
        assert len(rows(imported)[0]["summary"]) == 100_000
        assert list(imported.report.lost.values()) == [7]
        assert opened(imported).errors == ()

    @pytest.mark.parametrize(
        "name", ["source", "to", "Published", "a;id;date;title;summary", "date", "", "until", "month", "URL", "Title"]
    )
    def test_a_further_column_is_never_taken_for_one_of_ours(self, name: str) -> None:
        imported = made([{"content": "A", "start": "2014", "className": "c", name: "else"}])
        read = opened(imported)
        assert read.errors == ()
        assert "else" in [read.mentions[f"extra:{extra}"].tolist()[0] for extra in read.extras]
        assert read.mentions[["date", "title", "source"]].values.tolist() == [["2014", "A", ""]]

    def test_columns_beyond_reason_are_counted(self) -> None:
        imported = made([{"content": "A", "start": "2014", **{f"k{n}": "v" for n in range(1_500)}}])
        assert imported.report.lost == {"cell of further columns beyond 200": 1_300}
        assert opened(imported).drawn == 1

    def test_a_lone_name_with_a_comma_is_one_actor(self) -> None:
        items = [
            {"content": "A", "start": "2014", "group": "Moor, Ada"},
            {"content": "B", "start": "2014", "group": "C"},
        ]
        assert opened(made(items)).mention_actors["actor"].tolist() == ["Moor, Ada", "C"]

    @pytest.mark.parametrize(
        "piece", ["<a ", "<!--", '<a href="', "<a href=x ", "<iframe src=", "</", "&#", "<a\t", "href = "]
    )
    def test_broken_markup_takes_linear_time(self, piece: str) -> None:
        plain(piece * 100_000)  # the standard library's parser takes an hour for the first

    @pytest.mark.parametrize("depth", [100, 400, 900, 950, 980, 995, 3_000])
    def test_deep_values_are_a_cell_or_a_sentence(self, depth: int) -> None:
        text = '[{"content": "A", "start": "2014", "deep": ' + "[" * depth + "]" * depth + "}]"
        try:
            agree(made(text))
        except CannotImport as stop:
            assert "nested too deeply" in str(stop) and depth > 400  # noqa: PT017

    def test_a_long_report_is_cut(self) -> None:
        words = [f"c. 19{n:02d} {{0}}" for n in range(60)]
        slides = [
            {"start_date": {"year": 1900 + n}, "text": {"headline": "X"}, "display_date": f"c. 19{n:02d}"}
            for n in range(60)
        ]
        value = {"events": [*slides, *range(60)], **dict.fromkeys(words, 1)}
        imported = made(value)
        assert len(imported.report.lines()) == 3
        assert all(len(line) < 1_500 for line in imported.report.lines())
        assert "60 dates follow their display_date: 'c. 1900' as 1900~, and so on." in said(imported)
        assert "and 40 more" in said(imported) and "and 55 more" in said(imported)

    def test_braces_in_the_data_are_no_part_of_the_sentences(self) -> None:
        imported = made([{"content": "A", "start": "2014", "id": "{a} {} {0}"}] * 2)
        assert "2 ids were changed, for ids hold a-z, 0-9 and -: '{a} {} {0}' became 'a-0' and so on." in said(imported)

    def test_keys_that_stand_twice_are_told(self) -> None:
        imported = made('[{"content": "A", "content": "B", "start": "2014"}]')
        assert rows(imported)[0]["title"] == "B"
        assert imported.report.lost == {"value of a key that stands twice in an object": 1}


NONE = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\n", "is empty"),
    "latin-1": (b'[{"content": "caf\xe9"}]', "not UTF-8"),
    "utf-16": ('[{"content": "a"}]'.encode("utf-16"), "not UTF-8"),
    "cut short": (b'{"events": [{"start_date": {"year": 19', "events.json:1:39: The JSON ends in the middle"),
    "no JSON": (b'{"events":\n  [1, 2 3]}', "events.json:2:9: The JSON cannot be read"),
    "more than JSON": (b'{"events": []}\n}', "events.json:2:1: The JSON cannot be read: extra data"),
    "deep": (b"[" * 200_000, "nested too deeply"),
    "deep object": (b'{"events": [{"a": ' + b'{"a":' * 100_000, "nested too deeply"),
    "a number": (b"7", "none of the formats"),
    "a text": (b'"events"', "none of the formats"),
    "null": (b"null", "none of the formats"),
    "empty list": (b"[]", "an empty list"),
    "list of numbers": (b"[1, 2]", "none of the formats"),
    "object": (b'{"event": []}', "an object with 'event'"),
    "events no list": (b'{"events": {}}', "none of the formats"),
    "our own table": (b"date,title\n2014,Strike\n", "a CSV with the header 'date', 'title'"),
    "lines of another kind": (b'{"a": 1}\n{"a": 2}\n', "JSON by lines"),
    "zip": (b"PK\x05\x06" + b"\0" * 18, "ZIP"),
    "web page": (b"<!doctype html><title>x</title>", "web page"),
}


class TestCommand:
    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        path = tmp_path / "events.json"
        path.write_text(json.dumps({"events": [STRIKE]}))
        return path

    @pytest.mark.parametrize("case", NONE)
    def test_what_is_none_of_them_is_one_sentence(self, tmp_path: Path, case: str) -> None:
        content, words = NONE[case]
        (tmp_path / "events.json").write_bytes(content)
        result = run("import", tmp_path / "events.json", "-o", tmp_path / "events.csv")
        assert result.exit_code == 2, result.output
        assert words.casefold() in result.stderr.casefold()
        assert "mistake of this program" not in result.stderr and "Traceback" not in result.stderr
        assert str(tmp_path / "events.json") in result.stderr
        assert result.stderr.count("\n") == 1
        assert not (tmp_path / "events.csv").exists()

    def test_the_table_is_written_checked_and_told(self, source: Path, tmp_path: Path) -> None:
        result = run("import", source, "-o", tmp_path / "events.csv")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "Not carried: 1 background colour." in result.stderr
        assert f"{tmp_path / 'events.csv'}: 1 row, from TimelineJS JSON." in result.stderr
        checked = run("check", tmp_path / "events.csv", "--json")
        assert checked.exit_code == 0
        answer = json.loads(checked.stdout)
        assert (answer["rows"], answer["drawn"]) == (1, 1)
        assert [problem for problem in answer["problems"] if problem["severity"] != "note"] == []
        assert datasets.load(tmp_path / "events.csv").mentions["source"].tolist() == ["The Lio Courier"]

    def test_a_bom_is_no_harm(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + json.dumps({"events": [STRIKE]}).encode())
        (tmp_path / "b.csv").write_bytes(b"\xef\xbb\xbf" + f"{HEAD}\r\nA,2014-02-20T10:00:00Z,x\r\n".encode())
        for name in ("a.json", "b.csv"):
            assert run("import", tmp_path / name, "-o", tmp_path / "out.csv", "--force").exit_code == 0

    def test_dates_that_cannot_be_read_end_with_1_as_in_check(self, source: Path, tmp_path: Path) -> None:
        source.write_text(json.dumps(event(start_date={"year": 2014, "month": 13})))
        result = run("import", source, "-o", tmp_path / "events.csv")
        assert result.exit_code == 1
        assert "1 date cannot be read and is kept as written" in result.stderr
        assert run("check", tmp_path / "events.csv").exit_code == 1

    def test_what_is_there_is_kept_without_force(self, source: Path, tmp_path: Path) -> None:
        (tmp_path / "events.csv").write_text("mine")
        result = run("import", source, "-o", tmp_path / "events.csv")
        assert result.exit_code == 2 and "--force" in result.stderr
        assert (tmp_path / "events.csv").read_text() == "mine"
        assert run("import", source, "-o", tmp_path / "events.csv", "--force").exit_code == 0
        assert (tmp_path / "events.csv").read_text().startswith("id,date,title")

    def test_never_over_its_input(self, tmp_path: Path) -> None:
        (tmp_path / "events.csv").write_text(f"{HEAD}\nA,2014-02-20T10:00:00Z,x\n")
        (tmp_path / "link.csv").symlink_to(tmp_path / "events.csv")
        for name in ("events.csv", "link.csv"):
            result = run("import", tmp_path / "events.csv", "-o", tmp_path / name, "--force")
            assert result.exit_code == 2 and "is the file that is imported" in result.stderr
        assert (tmp_path / "events.csv").read_text().startswith("message")

    @pytest.mark.parametrize(
        ("name", "words"),
        [("out.json", "tables are a .csv"), ("no/out.csv", "no folder"), ("documents.csv", "events.csv")],
    )
    def test_where_no_table_can_be(self, source: Path, tmp_path: Path, name: str, words: str) -> None:
        result = run("import", source, "-o", tmp_path / name)
        assert result.exit_code == 2 and words in result.stderr

    def test_documents_are_written_as_documents(self, tmp_path: Path) -> None:
        (tmp_path / "l.json").write_text(json.dumps([ITEM]))
        result = run("import", tmp_path / "l.json", "-o", tmp_path / "events.csv")
        assert result.exit_code == 2 and "documents.csv" in result.stderr
        assert not (tmp_path / "events.csv").exists()

    def test_a_documents_csv_nearby_would_make_it_another_table(self, tmp_path: Path) -> None:
        (tmp_path / "documents.csv").write_text("id,title,source\n")
        text = f"{HEAD},summary,actors,category\nA,2014-02-20T10:00:00Z,x,S,B,law\n"
        (tmp_path / "t.csv").write_text(text)
        result = run("import", tmp_path / "t.csv", "-o", tmp_path / "events.csv")
        assert result.exit_code == 2 and "name another folder" in result.stderr
        assert not (tmp_path / "events.csv").exists()

    def test_actors_lie_beside_all_or_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        value = {"items": [{"content": "A", "start": "2014", "group": 1}], "groups": [{"id": 1, "content": "Arland"}]}
        (tmp_path / "v.json").write_text(json.dumps(value))
        out = tmp_path / "out"
        out.mkdir()
        (out / "actors.csv").write_text("mine")
        assert run("import", tmp_path / "v.json", "-o", out / "events.csv").exit_code == 2
        assert [path.name for path in out.iterdir()] == ["actors.csv"]

        from timeline.export import writing

        put = writing.put

        def failing(path: Path, content: bytes) -> None:
            if path.name == "events.csv":
                raise writing.CannotExport(f"{path} could not be written.")
            put(path, content)

        with monkeypatch.context() as patch:
            patch.setattr(writing, "put", failing)
            assert run("import", tmp_path / "v.json", "-o", out / "events.csv", "--force").exit_code == 2
            assert (out / "actors.csv").read_text() == "mine"
            (out / "actors.csv").unlink()
            assert run("import", tmp_path / "v.json", "-o", out / "events.csv").exit_code == 2
            assert list(out.iterdir()) == []
        assert run("import", tmp_path / "v.json", "-o", out / "events.csv").exit_code == 0
        assert sorted(path.name for path in out.iterdir()) == ["actors.csv", "events.csv"]
        assert run("check", out / "events.csv").exit_code == 0

    def test_the_format_can_be_said(self, tmp_path: Path) -> None:
        (tmp_path / "v.json").write_text(json.dumps([{"content": "A"}]))
        out = tmp_path / "events.csv"
        assert run("import", tmp_path / "v.json", "-o", out).exit_code == 2
        assert run("import", tmp_path / "v.json", "-o", out, "--format", "vis").exit_code == 0
        result = run("import", tmp_path / "v.json", "-o", out, "--format", "ical", "--force")
        assert result.exit_code == 2 and all(name in result.stderr for name in NAMES)
        result = run("import", tmp_path / "v.json", "-o", out, "--format", "timelinejs", "--force")
        assert result.exit_code == 2 and "'events'" in result.stderr

    def test_every_format_is_named_where_people_look(self, root: Path) -> None:
        section = (root / "README.md").read_text().split("## Import")[1].split("\n## ")[0]
        shown = run("import", "--help").stdout
        assert tuple(form.name for form in FORMATS) == NAMES
        assert [name for name in NAMES if f"| {name} |" not in section or name not in shown] == []

    def test_no_such_file_and_a_folder(self, tmp_path: Path) -> None:
        for path, words in ((tmp_path / "none.json", "no such file"), (tmp_path, "folder")):
            result = run("import", path, "-o", tmp_path / "events.csv")
            assert result.exit_code == 2 and words in result.stderr


TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["2014", "2014-02", "2014-02-20T00:00:00Z", "c. 1520", "-44", "1990s", "<a href='https://a.example'>x</a>",
         "=1+1", "'=x", "a;b", "a, b", " x ", "\u200b", "\ud800", "start", "end", "2014-21", "..", "[2013,2014]",
         "n.d.", "/", "'"]
    ),
)  # fmt: skip
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.integers(-50, 3000), st.floats(), TEXTS)
KEYS = st.one_of(
    st.sampled_from(
        ["year", "month", "day", "hour", "minute", "second", "millisecond", "display_date", "headline", "text", "url",
         "credit", "caption", "link", "id", "content", "start", "end", "group", "title", "type", "message", "datetime",
         "timestamp", "timestamp_desc", "tag", "source", "actors", "category", "published", "language", "event",
         "document", "status", "author", "issued", "date-parts", "circa", "season", "raw", "family", "literal", "given",
         "URL", "start_date", "end_date", "media", "unique_id", "background", "nestedGroups", "edtf", "date", "locator",
         "passage"]
    ),
    st.text(max_size=6),
)  # fmt: skip
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=12
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=8)
PART = st.one_of(st.integers(-50, 3000), st.integers(0, 13), PLAIN)
PARTS = st.dictionaries(st.sampled_from(["year", "month", "day", "hour", "minute", "display_date"]), PART)
SLIDES = st.fixed_dictionaries(
    {"start_date": PARTS | VALUES, "text": VALUES}, optional={"end_date": PARTS, "group": PLAIN, "unique_id": PLAIN}
)
UNSAYABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
OFTEN = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def agree(imported: Imported) -> None:
    """The table holds every row, and `timeline check` finds no error but the dates that the import told of."""
    read = opened(imported)
    assert not UNSAYABLE.search("".join(imported.report.lines()))
    assert read.rows == imported.rows
    assert read.skipped == 0
    assert read.in_error == imported.report.unread_dates
    assert {problem.column for problem in read.errors} <= {"date"}
    assert len(set(read.mentions["id"])) == len(read.mentions)
    found = rows(imported)
    assert len({row["id"] for row in found}) == len(found) and all(is_slug(row["id"]) for row in found)


class TestAnything:
    @OFTEN
    @given(VALUES, st.sampled_from((None, *NAMES)))
    def test_any_json_is_a_table_or_a_sentence(self, value: Any, name: str | None) -> None:
        try:
            imported = made(value, name)
        except CannotImport:
            return
        if imported.form.holds == "events":
            agree(imported)

    @OFTEN
    @given(st.lists(SLIDES | VALUES, max_size=5), VALUES)
    def test_any_timeline_of_timelinejs(self, slides: list[Any], eras: Any) -> None:
        agree(made({"events": slides, "eras": eras}))

    @OFTEN
    @given(st.lists(OBJECTS | VALUES, max_size=5), st.lists(OBJECTS, max_size=4))
    @example([{"actors": ["\0", "a\1b"]}], [])
    def test_any_timeline_of_vis(self, items: list[Any], groups: list[Any]) -> None:
        agree(made({"items": items, "groups": groups}, "vis"))

    @OFTEN
    @given(st.lists(OBJECTS, min_size=1, max_size=5))
    def test_any_lines_of_timesketch(self, records: list[Any]) -> None:
        agree(made(tuple({"message": "m", "timestamp_desc": "start", **record} for record in records), "timesketch"))

    @OFTEN
    @given(st.lists(OBJECTS, max_size=5))
    def test_any_bibliography(self, items: list[Any]) -> None:
        imported = made(items, "csl")
        events = b"id,event,date,title,summary,actors,category,status,speaker,document,locator,passage\n"
        read = datasets.build(Raw("events.csv", events), Raw("documents.csv", imported.tables["documents.csv"]))
        assert len(read.documents) == imported.rows == len(items)
        errors = [problem for problem in read.errors if problem.column != "published"]
        assert errors == []

    @OFTEN
    @given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
    def test_any_bytes(self, content: bytes) -> None:
        for prefix in (b"", HEAD.encode() + b"\n", b'{"message": "a", "datetime": "2014", "timestamp_desc": "x"}\n'):
            try:
                imported = convert(prefix + content)
            except CannotImport:
                continue
            if imported.form.holds == "events":
                agree(imported)

    @given(st.lists(PLAIN, min_size=6, max_size=6))
    def test_parts_give_a_text(self, parts: list[Any]) -> None:
        assert isinstance(of_parts(parts), str)
