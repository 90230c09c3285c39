"""The desk without its page: what a document offers, how a form is filled in, what is wrong with a row, and what
saving, undoing and grouping do to the files.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.desks import ACCEPTED, COURIER, EVENTS, open_seat
from tests.papers import make_pdf
from timeline.curating import answers
from timeline.curating.forms import NoSuchPlace, selected
from timeline.curating.offers import offer_id
from timeline.curating.opened import Opened
from timeline.curating.refusals import DeskRefusal
from timeline.curating.seat import Seat
from timeline.curating.shelf import files_in, version_of
from timeline.documents.anchoring import read_beside
from timeline.documents.finding import find
from timeline.documents.texts import read_text
from timeline.table.dataset import CannotRead, load
from timeline.table.when import When, read_date

PARAGRAPHS = [line for line in COURIER.split("\n") if line]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, `state` waits until all is read."""
    monkeypatch.setattr(answers, "_PATIENCE", 60)


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return open_seat(tmp_path)


def document(seat: Seat, id: str = "courier") -> dict[str, Any]:
    return answers.document(seat.desk, id, seat.journal)


def candidate(seat: Seat, quote: str, id: str = "courier") -> dict[str, Any]:
    (found,) = [one for one in document(seat, id)["candidates"] if one["quote"].endswith(quote)]
    return found


def form(seat: Seat, quote: str, id: str = "courier") -> dict[str, Any]:
    return answers.form(seat.desk, id, candidate(seat, quote, id)["id"], None, seat.journal)


def table(tmp_path: Path) -> str:
    return (tmp_path / "events.csv").read_text(encoding="utf-8")


class TestState:
    def test_every_document_with_its_counts(self, seat: Seat) -> None:
        told = seat.state()
        lines = {line["id"]: line for line in told["documents"]}
        assert list(lines) == ["courier", "gazette", "lost", "2014-04-02-board"]
        courier = lines["courier"]
        assert (courier["rows"], courier["accepted"], courier["open"], courier["has_text"]) == (2, 2, 3, True)
        assert not lines["lost"]["has_text"] and "not in the folder" in lines["lost"]["reason"]
        board = lines["2014-04-02-board"]
        assert not board["listed"] and board["title"] == "The harbour board met on 1 April 2014." and board["open"] == 1
        assert board["published"] == "2014-04-02"
        assert told["table"] == {"name": "events.csv", "rows": 3, "events": 2}
        assert told["who"] == "Ada" and told["undo"] is None and told["others"] == [] and told["notices"] == []
        assert [column["name"] for column in told["columns"]][-1] == "note"
        assert {"name": "Arland", "kind": "state", "aliases": ["Republic of Arland", "AR"]} in told["actors"]

    def test_what_takes_long_to_read_holds_nobody_up(self, seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that takes a minute is told of as not read yet, and the others are there meanwhile."""
        go_on, library = threading.Event(), seat.desk.library
        real = library.text

        def slow(file: str) -> Any:
            if file == "gazette.txt":
                assert go_on.wait(60)
            return real(file)

        monkeypatch.setattr(library, "text", slow)
        monkeypatch.setattr(answers, "_PATIENCE", 0.05)
        seat.state()
        assert document(seat)["candidates"]
        told = {line["id"]: line["open"] for line in seat.state()["documents"]}
        assert told["courier"] == 3 and told["gazette"] is None
        go_on.set()
        monkeypatch.setattr(answers, "_PATIENCE", 60)
        assert seat.state()["reading"] == 0

    def test_another_version_when_any_of_the_tables_changes(self, seat: Seat, tmp_path: Path) -> None:
        before = seat.state()["version"]
        with (tmp_path / "actors.csv").open("a", encoding="utf-8") as actors:
            actors.write("Belmark,state,,\n")
        assert seat.state()["version"] != before

    def test_the_last_good_table_stays(self, seat: Seat, tmp_path: Path) -> None:
        (tmp_path / "events.csv").rename(tmp_path / "away.csv")
        told = seat.state()
        assert told["table"]["rows"] == 3 and "no such file" in told["notices"][0]["text"]
        (tmp_path / "events.csv").write_text("", encoding="utf-8")
        assert "cannot be used since" in seat.state()["notices"][0]["text"]
        (tmp_path / "away.csv").replace(tmp_path / "events.csv")
        assert seat.state()["notices"] == []

    def test_others_are_told(self, seat: Seat, tmp_path: Path) -> None:
        other = Seat(seat.desk, "Ben")
        assert [one["who"] for one in seat.state()["others"]] == ["Ben"]
        other.presence.close()
        assert seat.state()["others"] == []


class TestDocument:
    def test_marks_lie_on_what_is_cited_and_found(self, seat: Seat) -> None:
        told = document(seat)
        assert [one["text"] for one in told["paragraphs"]] == PARAGRAPHS and told["unit"] == "para."
        marks = told["paragraphs"][1]["marks"]
        text = PARAGRAPHS[1]
        assert (marks[0]["kind"], marks[0]["id"], marks[0]["state"]) == ("cited", "strike", "exact")
        assert text[marks[0]["start"] : marks[0]["end"]] == text
        assert [text[mark["start"] : mark["end"]] for mark in marks if mark["kind"] == "candidate"] == [
            "20 February 2014"
        ]

    def test_a_row_that_tells_a_date_has_accepted_it(self, seat: Seat) -> None:
        one = candidate(seat, "20 February 2014")
        assert (one["state"], one["row"]) == ("accepted", "strike")
        assert candidate(seat, "Last Friday")["state"] == "open"

    def test_rows_have_all_their_columns_and_their_place(self, seat: Seat) -> None:
        ferry = next(row for row in document(seat)["rows"] if row["id"] == "ferry")
        assert ferry["note"] == "seen on paper" and ferry["words"] == "some time in February 2014"
        assert ferry["citation"]["verdict"] == "exact"
        assert ferry["from"] == {"n": 3, "offset": 0} and ferry["to"] == {"n": 3, "offset": len(PARAGRAPHS[2])}

    def test_who_is_named(self, seat: Seat) -> None:
        one = candidate(seat, "Last Friday")
        assert one["actors"] == ["Ada Kern", "Ministry of Arland"] and one["new_actors"] == []
        assert (one["value"], one["anchor"], one["kind"]) == ("2014-02-21", "published 2014-02-23", "relative")

    def test_ids_are_the_same_after_a_restart(self, seat: Seat, tmp_path: Path) -> None:
        again = open_seat(tmp_path, laid_out=True)
        before, after = ([one["id"] for one in document(each)["candidates"]] for each in (seat, again))
        assert before == after
        dates = find(PARAGRAPHS, None)
        assert len({offer_id("a", one) for one in dates} | {offer_id("b", one) for one in dates}) == 2 * len(dates)

    def test_one_without_text_has_its_rows(self, seat: Seat) -> None:
        told = document(seat, "lost")
        assert told["paragraphs"] == [] and told["candidates"] == [] and "not in the folder" in told["reason"]

    def test_one_that_is_not_there(self, seat: Seat) -> None:
        for id in ("", "nope", "../courier", "courier.txt"):
            with pytest.raises(DeskRefusal) as refused:
                document(seat, id)
            assert refused.value.kind == "unknown"


class TestForm:
    def test_what_the_document_says_is_filled_in(self, seat: Seat) -> None:
        told = form(seat, "Last Friday")
        row = told["row"]
        assert row == {
            "id": "courier-para-4", "event": "", "date": "2014-02-21", "title": "", "summary": "",
            "actors": "Ada Kern;Ministry of Arland", "category": "", "status": "reported", "speaker": "",
            "document": "courier", "locator": "para. 4", "passage": row["passage"], "note": "",
        }  # fmt: skip
        first, last = row["passage"].split(" … ")
        assert PARAGRAPHS[3].startswith(first) and PARAGRAPHS[3].split(" She")[0].endswith(last)
        assert len(first.split()) <= 8 and len(last.split()) <= 8
        assert told["understood"]["words"] == "21 February 2014"
        assert {problem["column"] for problem in told["look"]["problems"]} == {"title", "summary", "category"}
        assert told["look"]["citation"]["verdict"] == "exact" and told["look"]["citation"]["dates"] == "relative"

    def test_what_lies_ahead_is_planned(self, seat: Seat) -> None:
        assert form(seat, "3 May 2014")["row"]["status"] == "planned"

    def test_a_selection_becomes_words_and_date(self, seat: Seat) -> None:
        start = PARAGRAPHS[3].index("iday")
        told = answers.form(seat.desk, "courier", None, ((4, start), (4, start + 30)), seat.journal)
        assert told["row"]["date"] == ""  # "Last" is not selected, so no date stands there
        told = answers.form(seat.desk, "courier", None, ((4, 2), (4, start + 30)), seat.journal)
        assert told["row"]["date"] == "2014-02-21" and told["row"]["passage"].startswith("Last Friday Ada Kern")
        again = answers.form(seat.desk, "courier", None, ((4, start + 30), (4, 2)), seat.journal)
        assert again["key"] == told["key"]

    def test_a_selection_over_paragraphs(self, seat: Seat) -> None:
        told = answers.form(seat.desk, "courier", None, ((2, 3), (3, 8)), seat.journal)
        row = told["row"]
        assert row["locator"] == "para. 2"
        assert row["passage"].startswith("20 February") and row["passage"].endswith("ferry")
        assert told["look"]["citation"]["verdict"] in ("exact", "folded")

    def test_too_few_words_prove_nothing_and_are_widened(self, seat: Seat) -> None:
        told = answers.form(seat.desk, "courier", None, ((4, 0), (4, 11)), seat.journal)
        assert len(told["row"]["passage"].split()) >= 3
        assert not [one for one in told["look"]["problems"] if one["column"] == "passage"]

    @pytest.mark.parametrize(
        "ends", [((0, 0), (1, 2)), ((1, 0), (99, 0)), ((1, 0), (1, 999)), ((1, 7), (1, 7)), ((-1, 0), (1, 1))]
    )
    def test_a_place_that_is_not_there(self, seat: Seat, ends: Any) -> None:
        with pytest.raises(DeskRefusal) as refused:
            answers.form(seat.desk, "courier", None, ends, seat.journal)
        assert refused.value.kind == "wrong"

    def test_a_selection_is_bounded(self) -> None:
        text = read_text(b"one two three\n" * 9, "a.txt")
        with pytest.raises(NoSuchPlace, match="Select less"):
            selected(text, (1, 0), (9, 3))  # type: ignore[arg-type]

    def test_a_draft_is_put_into_it(self, seat: Seat, tmp_path: Path) -> None:
        one = candidate(seat, "Last Friday")
        seat.draft(one["id"], form(seat, "Last Friday")["row"] | {"title": "Half a title"})
        again = open_seat(tmp_path, laid_out=True)
        assert form(again, "Last Friday")["row"]["title"] == "Half a title"
        assert document(again)["drafts"][one["id"]]["title"] == "Half a title"
        again.draft(one["id"], None)
        assert form(again, "Last Friday")["row"]["title"] == ""


class TestUnderstood:
    @pytest.mark.parametrize(
        ("text", "edtf", "anchor"),
        [
            ("2014-02~", "2014-02~", ""),
            ("summer of 2014", "2014-22", ""),
            ("last Friday", "2014-02-21", "published 2014-02-23"),
            ("on Wednesday.", "2014-02-19", "published 2014-02-23"),
            ("20 February", "2014-02-20", "published 2014-02-23"),
            ("in 3 days", "2014-02-26", "published 2014-02-23"),
            ("two weeks ago", "2014-02-03/2014-02-09", "published 2014-02-23"),
            ("next month", "2014-03", "published 2014-02-23"),
        ],
    )
    def test_a_typed_date(self, seat: Seat, text: str, edtf: str, anchor: str) -> None:
        told = answers.understood(seat.desk, text, "courier")
        assert (told["edtf"], told["anchor"], told["error"]) == (edtf, anchor, None)

    @pytest.mark.parametrize(
        "text", ["", "banana", "03/04/2014", "2014-13", "x" * 10_000, "last Friday of the dockers"]
    )
    def test_what_is_no_date(self, seat: Seat, text: str) -> None:
        assert answers.understood(seat.desk, text, "courier")["error"]

    def test_without_the_documents_day_nothing_relative_is_made_up(self) -> None:
        for published in (None, read_date("2014"), read_date("2014-02")):
            found, anchor = read_beside("last Friday", published)  # type: ignore[arg-type]
            assert not isinstance(found, When) and anchor == ""
            assert "the day on which the document appeared is not known" in found.reason


class TestLook:
    def test_a_row_of_the_table_has_no_errors(self, seat: Seat) -> None:
        for id in ("courier", "gazette"):
            for row in document(seat, id)["rows"]:
                told = answers.look(seat.desk, row["cells"], row["id"])
                assert [one for one in told["problems"] if one["severity"] == "error"] == []

    @pytest.mark.parametrize(
        ("changes", "code", "column"),
        [
            ({"id": "strike"}, "duplicate-id", "id"),
            ({"id": "A b"}, "malformed-id", "id"),
            ({"date": "2014-02-30"}, "date-impossible", "date"),
            ({"date": "2014-02-24"}, "reported-ahead", "status"),
            ({"date": "2013"}, "date-differs", "date"),
            ({"actors": "Nobody"}, "unknown-actor", "actors"),
            ({"status": "denied"}, "unknown-status", "status"),
            ({"passage": "These words stand nowhere"}, "passage-missing", "passage"),
            ({"passage": "Last"}, "passage-too-short", "passage"),
            ({"locator": "para. 2"}, "passage-elsewhere", "locator"),
            ({"document": "nope"}, "unknown-document", "document"),
            ({"event": "dock-strike", "date": "1999"}, "disagreement", "date"),
            ({"summary": "last friday ada kern of the ministry of arland met the dockers"}, "copied-words", "summary"),
        ],
    )
    def test_what_check_would_say(self, seat: Seat, changes: dict[str, str], code: str, column: str) -> None:
        row = form(seat, "Last Friday")["row"] | ACCEPTED | changes
        problems = answers.look(seat.desk, row, None)["problems"]
        assert (code, column) in [(one["code"], one["column"]) for one in problems]

    def test_the_row_itself_is_no_duplicate(self, seat: Seat) -> None:
        row = seat.desk.now().row("strike")
        assert row is not None
        told = answers.look(seat.desk, row, "strike")
        assert "duplicate-id" not in [one["code"] for one in told["problems"]]
        assert "strike" not in [one["id"] for one in told["similar"]]
        assert [(one["id"], one["kind"], one["event"]) for one in told["similar"]] == [
            ("strike-gazette", "same event", "dock-strike")
        ]

    def test_the_problems_are_those_of_check(self, seat: Seat, tmp_path: Path) -> None:
        """What the desk says of a row before it is saved, `check` says of the table with it."""
        from timeline.documents.proving import prove

        row = form(seat, "Last Friday")["row"] | ACCEPTED | {"actors": "Ada Kern;Nobody", "date": "2013"}
        told = answers.look(seat.desk, row, None)["problems"]
        cells = [row[name] for name in seat.desk.now().columns]
        (tmp_path / "events.csv").write_text(EVENTS + ",".join(cells) + "\n", encoding="utf-8")
        dataset = load(tmp_path / "events.csv")
        found = [*dataset.problems, *prove(dataset, seat.desk.library).problems]
        mine = {(one.code, one.reason) for one in found if one.id == row["id"]}
        assert {(one["code"], one["reason"]) for one in told} == mine and len(mine) > 1

    def test_an_id_is_proposed_of_the_title(self, seat: Seat) -> None:
        row = form(seat, "Last Friday")["row"] | ACCEPTED | {"id": ""}
        assert answers.look(seat.desk, row, None)["suggested_id"] == "minister-meets-the-dockers-2014"

    def test_a_column_that_is_not_there(self, seat: Seat) -> None:
        with pytest.raises(DeskRefusal, match="no column 'sumary'"):
            answers.look(seat.desk, {"sumary": "x"}, None)


class TestSaving:
    def test_a_row_is_added_and_nothing_else_is_touched(self, seat: Seat, tmp_path: Path) -> None:
        told = form(seat, "Last Friday")
        saved = seat.accept(told["row"] | ACCEPTED | {"id": ""}, told["key"], [])
        assert saved["saved"] == "minister-meets-the-dockers-2014"
        assert table(tmp_path).startswith(EVENTS) and table(tmp_path).count("\n") == EVENTS.count("\n") + 1
        assert saved["state"]["undo"] == {"label": "Add “Minister meets the dockers”"}
        one = candidate(seat, "Last Friday")
        assert (one["state"], one["row"]) == ("accepted", saved["saved"])
        assert load(tmp_path / "events.csv").errors == ()

    def test_a_row_with_errors_is_not_saved(self, seat: Seat, tmp_path: Path) -> None:
        told = form(seat, "Last Friday")
        with pytest.raises(DeskRefusal) as refused:
            seat.accept(told["row"] | ACCEPTED | {"category": ""}, told["key"], [])
        assert refused.value.kind == "invalid" and refused.value.more["problems"][0]["column"] == "category"
        assert table(tmp_path) == EVENTS

    def test_undo_and_redo_over_a_restart(self, seat: Seat, tmp_path: Path) -> None:
        told = form(seat, "Last Friday")
        seat.accept(told["row"] | ACCEPTED, told["key"], [])
        after = table(tmp_path)
        again = open_seat(tmp_path, laid_out=True)
        undone = again.undo()
        assert table(tmp_path) == EVENTS and undone["document"] == "courier" and undone["row"] == ""
        assert candidate(again, "Last Friday")["state"] == "open"
        redone = again.redo()
        assert table(tmp_path) == after and redone["row"] == told["row"]["id"]
        again.undo()
        with pytest.raises(DeskRefusal, match="nothing to undo"):
            again.undo()

    def test_decisions_are_kept_and_undone(self, seat: Seat, tmp_path: Path) -> None:
        id = candidate(seat, "Last Friday")["id"]
        seat.decide("courier", id, "skipped")
        again = open_seat(tmp_path, laid_out=True)
        assert candidate(again, "Last Friday")["state"] == "skipped"
        again.decide("courier", id, "rejected")
        assert candidate(again, "Last Friday")["state"] == "rejected"
        again.undo()
        assert candidate(again, "Last Friday")["state"] == "skipped"
        again.undo()
        assert candidate(again, "Last Friday")["state"] == "open" and table(tmp_path) == EVENTS
        for wrong in (("courier", id, "accepted:x"), ("courier", "nope", "skipped"), ("gazette", id, "skipped")):
            with pytest.raises(DeskRefusal):
                again.decide(*wrong)

    def test_an_accepted_candidate_is_open_again_without_its_row(self, seat: Seat) -> None:
        told = form(seat, "Last Friday")
        id = seat.accept(told["row"] | ACCEPTED, told["key"], [])["saved"]
        seat.remove(id)
        assert candidate(seat, "Last Friday")["state"] == "open"

    def test_an_edit_keeps_the_row_of_somebody_else(self, seat: Seat, tmp_path: Path) -> None:
        before = seat.desk.now().row("ferry")
        assert before is not None
        (tmp_path / "events.csv").write_text(EVENTS.replace("Ferries stay away", "No ferries"), encoding="utf-8")
        with pytest.raises(DeskRefusal) as refused:
            seat.edit("ferry", before | {"title": "Ferries do not come"}, before)
        more = refused.value.more
        assert refused.value.kind == "clash" and more["theirs"]["title"] == "No ferries"
        assert more["mine"]["title"] == "Ferries do not come" and (tmp_path / more["kept"]).exists()
        assert "No ferries" in table(tmp_path)
        theirs = seat.desk.now().row("ferry")
        assert theirs is not None
        seat.edit("ferry", theirs | {"title": "Ferries do not come"}, theirs)
        assert "Ferries do not come" in table(tmp_path) and "seen on paper" in table(tmp_path)

    def test_what_others_saved_meanwhile_is_kept(self, seat: Seat, tmp_path: Path) -> None:
        told = form(seat, "Last Friday")
        other = Seat(seat.desk, "Ben")
        row = seat.desk.now().row("ferry")
        assert row is not None
        other.edit("ferry", row | {"title": "No ferries"}, row)
        seat.accept(told["row"] | ACCEPTED, told["key"], [])
        assert "No ferries" in table(tmp_path) and "Minister meets" in table(tmp_path)
        seat.undo()  # one's own step, whatever others did
        assert "No ferries" in table(tmp_path) and "Minister meets" not in table(tmp_path)

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_cannot_be_written(self, seat: Seat, tmp_path: Path) -> None:
        told = form(seat, "Last Friday")
        tmp_path.chmod(0o500)
        try:
            with pytest.raises(DeskRefusal) as refused:
                seat.accept(told["row"] | ACCEPTED, told["key"], [])
        finally:
            tmp_path.chmod(0o700)
        assert refused.value.kind == "cannot"


class TestGrouping:
    def test_an_accepted_row_joins_an_event(self, seat: Seat, tmp_path: Path) -> None:
        told = form(seat, "21 February 2014", "gazette")
        row = told["row"] | ACCEPTED | {"actors": "Ada Kern"}
        seat.accept(row, told["key"], ["strike"])
        assert seat.desk.now().row(row["id"])["event"] == "dock-strike"  # type: ignore[index]
        assert table(tmp_path).startswith(EVENTS)

    def test_rows_without_an_event_get_one_of_their_title(self, seat: Seat) -> None:
        told = form(seat, "Last Friday")
        id = seat.accept(told["row"] | ACCEPTED, told["key"], ["ferry"])["saved"]
        now = seat.desk.now()
        assert [now.row(one)["event"] for one in ("ferry", id)] == ["ferries-stay-away"] * 2  # type: ignore[index]
        seat.undo()
        assert seat.desk.now().row("ferry")["event"] == ""  # type: ignore[index]

    def test_all_rows_of_both_events_come_along(self, seat: Seat) -> None:
        assert seat.group(["ferry", "strike"], None)["event"] == "dock-strike"
        assert len(seat.desk.now().dataset.events) == 1
        seat.group(["ferry"], "")
        assert len(seat.desk.now().dataset.events) == 2
        seat.undo()
        seat.undo()
        assert seat.desk.now().row("ferry")["event"] == ""  # type: ignore[index]

    def test_what_cannot_be_grouped(self, seat: Seat, tmp_path: Path) -> None:
        for ids, event in (([], None), (["ferry"], None), (["ferry", "nope"], None), (["ferry", "strike"], "No Slug")):
            with pytest.raises(DeskRefusal):
                seat.group(ids, event)
        assert table(tmp_path) == EVENTS


class TestAdding:
    def test_a_file_becomes_a_document(self, seat: Seat, tmp_path: Path) -> None:
        told = document(seat, "2014-04-02-board")
        assert not told["listed"] and told["proposed"]["file"] == "2014-04-02 board.txt"
        unlisted = form(seat, "1 April 2014", "2014-04-02-board")
        assert unlisted["look"]["citation"]["verdict"] == "exact"
        assert "unknown-document" in [one["code"] for one in unlisted["look"]["problems"]]
        with pytest.raises(DeskRefusal, match="the source is empty"):
            seat.add_document(told["proposed"])
        seat.add_document(told["proposed"] | {"source": "Harbour board"})
        assert document(seat, "2014-04-02-board")["listed"]
        made = form(seat, "1 April 2014", "2014-04-02-board")
        assert made["key"] == unlisted["key"]
        seat.accept(made["row"] | ACCEPTED | {"actors": "Port Lio"}, made["key"], [])
        dataset = load(tmp_path / "events.csv")
        assert dataset.errors == () and dataset.documents["source"].tolist()[-1] == "Harbour board"
        assert dataset.documents["sha256"].tolist()[-1]

    def test_an_actor_is_added(self, seat: Seat, tmp_path: Path) -> None:
        seat.add_actor({"name": "Olga Hart", "kind": "person", "part_of": "Arland", "aliases": ""})
        assert (tmp_path / "actors.csv").read_text(encoding="utf-8").endswith("Olga Hart,person,Arland,\n")
        assert "Olga Hart" in candidate(seat, "Last Friday")["actors"] + form(seat, "Last Friday")["new_actors"] + [
            one["name"] for one in seat.state()["actors"]
        ]

    @pytest.mark.parametrize(
        "cells",
        [{"name": "Arland"}, {"name": ""}, {"name": "A;B"}, {"name": "X", "part_of": "Nobody"},
         {"name": "X", "age": "7"}, {"name": "Y", "aliases": "AR"}],
    )  # fmt: skip
    def test_an_actor_that_cannot_be_added(self, seat: Seat, tmp_path: Path, cells: dict[str, str]) -> None:
        before = (tmp_path / "actors.csv").read_bytes()
        with pytest.raises(DeskRefusal):
            seat.add_actor(cells)
        assert (tmp_path / "actors.csv").read_bytes() == before

    @pytest.mark.parametrize(
        "cells",
        [{"id": "courier"}, {"id": "B C"}, {"title": ""}, {"file": "courier.txt"}, {"published": "tomorrow"},
         {"colour": "red"}],
    )  # fmt: skip
    def test_a_document_that_cannot_be_added(self, seat: Seat, tmp_path: Path, cells: dict[str, str]) -> None:
        before = (tmp_path / "documents.csv").read_bytes()
        with pytest.raises(DeskRefusal):
            seat.add_document({"id": "b", "title": "B", "source": "S", "file": "b.txt"} | cells)
        assert (tmp_path / "documents.csv").read_bytes() == before


class TestFiles:
    def test_only_what_may_be_a_document_is_offered(self, tmp_path: Path) -> None:
        names = ("a.txt", "b.pdf", "c.exe", ".hidden.txt", "~lock.txt", "sub/d.md", "sub/deep/e.html", "s/t/u/v.txt")
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("x", encoding="utf-8")
        (tmp_path / "link.txt").symlink_to("/etc/hostname")
        (tmp_path / "archive").mkdir()
        (tmp_path / "archive" / "fetched.jsonl").write_text("", encoding="utf-8")
        (tmp_path / "archive" / "a.txt").write_text("as it was before", encoding="utf-8")
        assert files_in(tmp_path) == ["a.txt", "b.pdf", "s/t/u/v.txt", "sub/d.md", "sub/deep/e.html"]
        assert version_of(tmp_path, "../a.txt") is None and version_of(tmp_path, "link.txt") is None
        assert files_in(tmp_path / "not there") == []

    @pytest.mark.parametrize("content", ["", "date,title\n2014,A\n", "id;event\n", "\0", "id,title\n"])
    def test_a_table_that_is_not_for_the_desk(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "events.csv").write_text(content, encoding="utf-8")
        (tmp_path / "documents.csv").write_text("id,title,source\n", encoding="utf-8")
        with pytest.raises(CannotRead):
            Opened(tmp_path / "events.csv")

    def test_a_table_with_another_separator_and_order(self, tmp_path: Path) -> None:
        seat = open_seat(tmp_path)
        lines = ["note;passage;locator;document;speaker;status;category;actors;summary;title;date;event;id"]
        cells = "kept;On 20 February 2014 … work at noon.;para. 2;courier;;reported;protest;Port Lio;S.;T;"
        cells += "2014-02-20;;one"
        (tmp_path / "events.csv").write_bytes(("\ufeff" + "\r\n".join([*lines, cells, ""])).encode())
        row = seat.desk.now().row("one")
        assert row is not None and row["note"] == "kept" and row["title"] == "T"
        seat.edit("one", row | {"title": "T; again"}, row)
        assert (tmp_path / "events.csv").read_bytes() == ("\ufeff" + "\r\n".join(
            [*lines, cells.replace(";T;", ';"T; again";'), ""]
        )).encode()  # fmt: skip


class TestKindsOfFiles:
    def test_a_pdf_is_curated_by_its_pages(self, seat: Seat, tmp_path: Path) -> None:
        met = "On 7 March 2014 the Dockers' Union met the harbour board in Port Lio."
        pages = ["Minutes of the harbour board", met]
        (tmp_path / "texts" / "minutes.pdf").write_bytes(make_pdf(pages))
        told = document(seat, "minutes")
        assert told["unit"] == "p." and [one["locator"] for one in told["paragraphs"]] == ["p. 1", "p. 2"]
        seat.add_document(told["proposed"] | {"source": "Harbour board", "published": "2014-03-09"})
        made = form(seat, "7 March 2014", "minutes")
        assert made["row"]["locator"] == "p. 2" and made["row"]["actors"] == "Dockers' Union;Port Lio"
        assert made["look"]["citation"]["verdict"] in ("exact", "folded")
        seat.accept(made["row"] | ACCEPTED, made["key"], [])
        assert load(tmp_path / "events.csv").errors == ()
        assert candidate(seat, "7 March 2014", "minutes")["state"] == "accepted"

    def test_what_cannot_be_read_is_told_and_stops_nothing(self, seat: Seat, tmp_path: Path) -> None:
        (tmp_path / "texts" / "bad.pdf").write_bytes(b"%PDF-1.7 no more")
        (tmp_path / "texts" / "empty.txt").write_bytes(b"")
        (tmp_path / "texts" / "latin.txt").write_bytes(b"caf\xe9")
        lines = {line["id"]: line for line in seat.state()["documents"]}
        for id in ("bad", "empty", "latin"):
            assert not lines[id]["has_text"] and lines[id]["reason"].endswith("."), id
            assert document(seat, id)["candidates"] == []
        assert lines["courier"]["open"] == 3
