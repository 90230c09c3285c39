"""Exports that hold rows: each is opened by a reader of its own kind, and says what was there."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.strangers import DATES, HOSTILE, NOBODY, hard, made
from tests.tables import arland, load_text, make_dataset
from tests.test_export import ACTORS, CURATED, DOCUMENTS, STRANGER, facts
from timeline.export import xlsx
from timeline.export.writing import CannotExport
from timeline.query.query import Query
from timeline.table.dataset import Dataset, load
from timeline.table.schema import EVENTS, names

TABLES = ("xlsx", "parquet", "sqlite", "datapackage")


@pytest.mark.parametrize("name", TABLES)
class TestAll:
    @pytest.mark.parametrize("query", [None, NOBODY, Query(actors=("Lio",))])
    def test_the_same_is_the_same_to_the_byte(self, name: str, query: Query | None) -> None:
        assert made(hard(), name, query).content == made(hard(), name, query).content

    def test_an_empty_selection_is_told(self, name: str) -> None:
        assert made(arland(), name, NOBODY).notes[0].endswith(" matches: the file is empty.")
        assert not any("the file is empty" in note for note in made(arland(), name).notes)

    def test_a_table_without_rows(self, name: str, tmp_path: Path) -> None:
        assert made(load_text("date,title\n", tmp_path), name).content


class TestXlsx:
    def book(self, dataset: Dataset, query: Query | None = None, **look: Any) -> Any:
        openpyxl = pytest.importorskip("openpyxl")
        return openpyxl.load_workbook(io.BytesIO(made(dataset, "xlsx", query, **look).content))

    def rows(self, dataset: Dataset, query: Query | None = None) -> list[dict[str, Any]]:
        header, *rows = self.book(dataset, query)["events"].values
        return [dict(zip(header, row, strict=True)) for row in rows]

    def test_the_columns_are_those_of_events_csv_and_what_is_read(self) -> None:
        header = next(self.book(arland())["events"].values)
        assert header[: len(EVENTS)] == names(EVENTS)
        assert header[len(EVENTS) :] == ("earliest", "latest", "date in words", "document title", "source", "url")

    def test_dates_are_text_and_bounds_are_dates(self) -> None:
        rows = {row["id"]: row for row in self.rows(hard())}
        assert rows["month"]["date"] == "2014-05"
        assert rows["day"]["date"] == "2014-05-09"
        assert rows["month"]["earliest"] == datetime(2014, 5, 1)
        assert rows["month"]["latest"] == datetime(2014, 5, 31)
        assert rows["minute"]["latest"] == datetime(2014, 5, 9)
        assert rows["from"]["earliest"] == datetime(2014, 5, 1)
        assert rows["last"]["latest"] == datetime(9999, 12, 31)
        for name in ("bc", "bce", "old", "early", "none"):
            assert rows[name]["earliest"] is None
        assert rows["from"]["latest"] is None
        assert rows["none"]["date in words"] == "undated"

    def test_what_excel_cannot_hold_is_counted(self) -> None:
        # bc, bce, old, early and the century 18XX have two bounds each
        assert made(hard(), "xlsx").notes == ("10 bounds of dates have no cell: Excel's calendar begins in 1900.",)
        assert made(make_dataset([{"date": "2014"}]), "xlsx").notes == ()

    def test_no_text_becomes_a_formula_a_number_or_a_lie(self) -> None:
        cells = {"=1+1": "=1+1", "+3": "+3", "@home": "@home", "007": "007", "1e5": "1e5", "{=1}": "{=1}", "": None}
        dataset = make_dataset([{"date": "2014", "title": "x", "extra:c": cell} for cell in cells])
        sheet = self.book(dataset)["events"]
        column = next(cell.column for cell in sheet[1] if cell.value == "c")
        found = [sheet.cell(row, column) for row in range(2, 2 + len(cells))]
        assert [cell.value for cell in found] == list(cells.values())
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        assert [cell.quotePrefix for cell in found] == [True, True, True, False, False, False, False]

    def test_hostile_text_is_the_same_text(self) -> None:
        title = self.rows(hard())[0]["title"]
        assert title == HOSTILE.replace("\x07", "")

    def test_links_are_http_only(self) -> None:
        sheet = self.book(hard())["events"]
        column = next(cell.column for cell in sheet[1] if cell.value == "url")
        links = {sheet.cell(row, 1).value: sheet.cell(row, column) for row in range(2, sheet.max_row + 1)}
        assert links["day"].hyperlink.target.startswith("https://lio.example/a?b=1&c=%20x")
        assert links["day"].value == "https://lio.example/a?b=1&c=%20x#top"
        assert links["two"].hyperlink is None
        assert links["two"].value == "javascript:alert(1)"

    def test_more_than_a_cell_or_a_link_holds(self) -> None:
        url = "https://lio.example/" + "a" * 3000
        exported = made(make_dataset([{"date": "2014", "summary": "é" * 40_000, "url": url}]), "xlsx")
        assert exported.notes == (
            "1 cell was cut: Excel holds 32,767 characters in one.",
            "1 link stays text: Excel holds 65,530, of 2,079 characters.",
        )

    def test_documents_and_what_it_is_about(self) -> None:
        book = self.book(arland(), Query(actors=("Arland",)))
        assert book.sheetnames == ["events", "documents", "about"]
        header, *documents = book["documents"].values
        assert header[:3] == ("id", "title", "source")
        assert [row[0] for row in documents] == ["gazette-1", "lio-1"]
        about = dict(list(book["about"].values)[1:])
        assert about["filters"] == "actor: Arland"
        assert about["mentions"] == "2"
        assert about["events shown"] == "1"
        assert about["fingerprint of the table"] == "0" * 12
        assert about["made"] == "2020-02-03T04:05:06+00:00"
        assert book.properties.created == datetime(2020, 2, 3, 4, 5, 6)
        events = book["events"]
        assert events.freeze_panes == "A2"
        assert events.auto_filter.ref == "A1:R3"

    def test_an_empty_selection_says_so(self) -> None:
        book = self.book(arland(), NOBODY)
        assert len(list(book["events"].values)) == 1
        assert dict(book["about"].values)["mentions"] == "0: no event matches"

    def test_a_strangers_columns(self, tmp_path: Path) -> None:
        rows = self.rows(load_text(STRANGER, tmp_path))
        assert rows[0]["Mood"] == "angry"
        assert rows[0]["source"] == "Lio Post"
        assert rows[1]["title"] == "=1+1"
        assert list(rows[0]).count("url") == 1

    def test_a_column_named_like_one_of_ours_stays_apart(self) -> None:
        row = self.rows(make_dataset([{"date": "2014", "extra:earliest": "mine"}]))[0]
        assert row["earliest"] == "mine"
        assert row["earliest (read)"] == datetime(2014, 1, 1)

    def test_too_many_rows_are_refused_and_many_are_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = self.rows(arland())
        monkeypatch.setattr(xlsx, "LARGE", 3)
        assert self.rows(arland()) == plain
        assert made(arland(), "xlsx").content == made(arland(), "xlsx").content
        monkeypatch.setattr(xlsx, "ROWS", 3)
        with pytest.raises(CannotExport, match="holds 3 rows, here are 7"):
            made(arland(), "xlsx")


class TestParquet:
    def again(self, dataset: Dataset, tmp_path: Path, query: Query | None = None) -> Dataset:
        from timeline.table.parquet import read

        path = tmp_path / "made.parquet"
        path.write_bytes(made(dataset, "parquet", query).content)
        return read(path)

    def test_a_curated_table_opens_again_without_loss(self, tmp_path: Path) -> None:
        first = load_text(CURATED, tmp_path, documents=DOCUMENTS, actors=ACTORS)
        again = self.again(first, tmp_path)
        assert sorted(facts(again)) == sorted(facts(first))
        assert again.curated
        assert again.documents.equals(first.documents)
        assert again.actors.equals(first.actors)
        assert (again.name, again.fingerprint, again.rows) == (first.name, first.fingerprint, first.rows)
        assert again.events.to_dict("records") == first.events.to_dict("records")

    def test_a_strangers_table_too(self, tmp_path: Path) -> None:
        first = load_text(STRANGER, tmp_path)
        again = self.again(first, tmp_path)
        assert sorted(facts(again)) == sorted(facts(first))
        assert again.extras == first.extras

    def test_hard_dates_are_the_same_dates(self, tmp_path: Path) -> None:
        again = self.again(hard(), tmp_path)
        assert dict(zip(again.mentions["id"], again.mentions["date"], strict=True)).items() >= {
            (name, date.replace(", ", ",")) for name, date in DATES.items()
        }

    def test_a_selection_is_a_table_of_its_own(self, tmp_path: Path) -> None:
        query = Query(actors=("Ada Kern",))
        again = self.again(arland(), tmp_path, query)
        assert set(again.mentions["id"]) == {"treaty", "letter"}
        assert (again.rows, again.drawn, again.undated) == (2, 1, 1)
        assert list(again.documents["id"]) == ["lio-2"]
        assert set(again.actors["name"]) == {"Belmark", "Ada Kern", "Ministry of Arland", "Arland"}
        assert again.fingerprint != arland().fingerprint
        assert self.again(arland(), tmp_path, Query(actors=("Belmark",))).fingerprint != again.fingerprint

    def test_nothing_opens_again_as_nothing(self, tmp_path: Path) -> None:
        again = self.again(arland(), tmp_path, NOBODY)
        assert len(again.mentions) == 0
        assert again.rows == 0

    def test_arrow_reads_its_columns(self) -> None:
        pq = pytest.importorskip("pyarrow.parquet")
        table = pq.read_table(io.BytesIO(made(arland(), "parquet").content))
        assert table.num_rows == 7
        assert {"id", "title", "document", "locator", "passage", "url", "actors", "edtf"} <= set(table.column_names)


class TestSqlite:
    @pytest.fixture
    def base(self) -> Any:
        with closing(self.opened(hard())) as base:
            yield base

    def opened(self, dataset: Dataset, query: Query | None = None) -> sqlite3.Connection:
        base = sqlite3.connect(":memory:")
        base.deserialize(made(dataset, "sqlite", query).content)
        base.row_factory = sqlite3.Row
        return base

    def test_it_is_whole_and_its_keys_hold(self, base: sqlite3.Connection) -> None:
        assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        found = {
            (table, row["table"], row["from"], row["to"])
            for table in ("mentions", "mention_actors", "actors")
            for row in base.execute(f"PRAGMA foreign_key_list({table})")
        }
        assert found == {
            ("mentions", "events", "event", "id"),
            ("mentions", "documents", "document", "id"),
            ("mention_actors", "mentions", "mention", "number"),
            ("mention_actors", "actors", "actor", "name"),
            ("actors", "actors", "part_of", "name"),
        }

    def test_a_broken_key_would_be_seen(self, base: sqlite3.Connection) -> None:
        base.execute("DELETE FROM documents WHERE id = 'd1'")
        assert base.execute("PRAGMA foreign_key_check").fetchall()

    def test_every_row_is_there_with_its_citation(self, base: sqlite3.Connection) -> None:
        rows = base.execute(
            "SELECT m.*, d.title AS cited FROM mentions m LEFT JOIN documents d ON d.id = m.document ORDER BY number"
        ).fetchall()
        assert [row["id"] for row in rows] == [*DATES, "two", "two-b"]
        day = rows[0]
        assert (day["edtf"], day["locator"], day["cited"]) == ("2014-05-09", "para. 3", HOSTILE)
        assert day["title"] == HOSTILE
        assert day["url"].startswith("https://lio.example/")
        two = next(row for row in rows if row["id"] == "two")
        assert two["url"] is None  # it was no address
        none = next(row for row in rows if row["id"] == "none")
        assert (none["date"], none["edtf"], none["earliest"], none["words"]) == (None, None, None, "undated")

    def test_events_and_their_actors(self, base: sqlite3.Connection) -> None:
        two = base.execute("SELECT * FROM events WHERE id = 'two'").fetchone()
        assert (two["earliest"], two["latest"], two["disagree"]) == ("2014-01-02", "2015-12-31", 1)
        assert (two["mentions"], two["documents"]) == (2, 2)
        bc = base.execute("SELECT earliest, start_day FROM events WHERE id = 'bc'").fetchone()
        assert bc["earliest"] == "-0043-03-15"
        assert bc["start_day"] < -700_000
        open_end = base.execute("SELECT latest, end_day FROM events WHERE id = 'from'").fetchone()
        assert (open_end["latest"], open_end["end_day"]) == (None, None)
        cast = base.execute("SELECT actor FROM mention_actors WHERE mention = 1 ORDER BY position").fetchall()
        assert [row[0] for row in cast] == [HOSTILE, "Lio"]
        actors = {row["name"]: row["part_of"] for row in base.execute("SELECT * FROM actors")}
        assert actors == {"Lio": "Arland", "Arland": None, HOSTILE: None}

    def test_words_are_found(self) -> None:
        with closing(self.opened(arland())) as base:
            found = base.execute(
                "SELECT m.id FROM mentions_fts f JOIN mentions m ON m.number = f.rowid WHERE mentions_fts MATCH 'gas'"
            )
            assert [row["id"] for row in found] == ["letter"]

    def test_only_the_selection(self) -> None:
        with closing(self.opened(arland(), Query(actors=("Ada Kern",)))) as base:
            assert [row[0] for row in base.execute("SELECT id FROM mentions ORDER BY number")] == ["treaty", "letter"]
            assert [row[0] for row in base.execute("SELECT id FROM documents")] == ["lio-2"]
            assert dict(base.execute("SELECT * FROM about").fetchall())["fingerprint"] == "0" * 12

    def test_a_strangers_columns(self, tmp_path: Path) -> None:
        with closing(self.opened(load_text(STRANGER, tmp_path))) as base:
            row = base.execute("SELECT * FROM mentions WHERE title = '=1+1'").fetchone()
            assert (row["Mood"], row["=cost"], row["source"]) == ("=x", "-5", "Lio Post")

    def test_columns_that_sqlite_would_take_for_ours(self) -> None:
        row = {"date": "2014", "extra:Title": "mine", "extra:PASSAGE": "too", 'extra:a"b': "q", "extra:number": "n"}
        with closing(self.opened(make_dataset([row]))) as base:
            found = dict(base.execute("SELECT * FROM mentions").fetchone())
        assert (found["Title (2)"], found["PASSAGE (2)"], found['a"b'], found["number (2)"]) == (
            "mine",
            "too",
            "q",
            "n",
        )

    def test_an_empty_selection_says_so(self) -> None:
        with closing(self.opened(arland(), NOBODY)) as base:
            assert base.execute("SELECT count(*) FROM mentions").fetchone()[0] == 0
            assert base.execute("SELECT \"is\" FROM about WHERE what = 'shown'").fetchone()[0] == "No event matches."


class TestDataPackage:
    def folder(self, dataset: Dataset, query: Query | None = None, **look: Any) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(made(dataset, "datapackage", query, **look).content)) as folder:
            assert folder.testzip() is None
            assert {member.date_time for member in folder.infolist()} == {(2020, 2, 3, 4, 5, 6)}
            return {name: folder.read(name) for name in folder.namelist()}

    def rows(self, content: bytes) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(content.decode(), newline="")))

    def check(self, files: dict[str, bytes]) -> None:
        """What Table Schema asks of the tables: headers, required, unique and enumerated cells, patterns, keys."""
        described = json.loads(files["datapackage.json"])
        tables = {resource["name"]: self.rows(files[resource["path"]]) for resource in described["resources"]}
        for resource in described["resources"]:
            content, schema = files[resource["path"]], resource["schema"]
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            header = content.decode().split("\n", 1)[0]
            assert next(csv.reader([header])) == [field["name"] for field in schema["fields"]]
            for field in schema["fields"]:
                cells, rules = [row[field["name"]] for row in tables[resource["name"]]], field.get("constraints", {})
                assert not rules.get("required") or all(cells)
                assert not rules.get("unique") or len(set(cells)) == len(cells)
                filled = [cell for cell in cells if cell]
                assert "enum" not in rules or set(filled) <= set(rules["enum"])
                assert all(re.fullmatch(rules.get("pattern", "(?s).*"), cell) for cell in filled)
            for key in schema.get("foreignKeys", []):
                own, reference = key["fields"][0], key["reference"]
                known = {row[reference["fields"][0]] for row in tables[reference["resource"] or resource["name"]]}
                assert {row[own] for row in tables[resource["name"]] if row[own]} <= known

    def test_a_curated_package_keeps_its_word(self, tmp_path: Path) -> None:
        dataset = load_text(CURATED, tmp_path, documents=DOCUMENTS, actors=ACTORS)
        files = self.folder(dataset)
        assert set(files) == {"datapackage.json", "events.csv", "documents.csv", "actors.csv"}
        self.check(files)

    def test_the_check_can_fail(self, tmp_path: Path) -> None:
        files = self.folder(load_text(CURATED, tmp_path, documents=DOCUMENTS, actors=ACTORS))
        files["documents.csv"] = files["documents.csv"].replace(b"courier-1,", b"courier-9,")
        with pytest.raises(AssertionError):
            self.check(files)

    def test_it_opens_again_without_loss(self, tmp_path: Path) -> None:
        first = load_text(CURATED, tmp_path, documents=DOCUMENTS, actors=ACTORS)
        for name, content in self.folder(first).items():
            (tmp_path / name).write_bytes(content)
        again = load(tmp_path / "events.csv")
        assert facts(again) == facts(first)
        assert again.documents.equals(first.documents)
        assert again.actors.equals(first.actors)
        assert again.errors == first.errors

    def test_a_selection_has_what_it_needs(self, tmp_path: Path) -> None:
        files = self.folder(arland(), Query(actors=("Ada Kern",)))
        assert [row["id"] for row in self.rows(files["documents.csv"])] == ["lio-2"]
        names_ = [row["name"] for row in self.rows(files["actors.csv"])]
        assert names_ == ["Arland", "Ministry of Arland", "Ada Kern", "Belmark"]
        described = json.loads(files["datapackage.json"])
        assert described["created"] == "2020-02-03T04:05:06Z"
        assert described["sources"] == [{"title": "Old papers"}]
        assert "actor: Ada Kern" in described["description"]

    def test_speakers_are_among_the_actors(self) -> None:
        rows = [{"date": "2014", "speaker": "Ada Kern", "document": "d", "actors": ""}]
        actors = [{"name": "Ada Kern", "part_of": "Lio"}, {"name": "Lio"}, {"name": "Nobody"}]
        files = self.folder(make_dataset(rows, documents=[{"id": "d"}], actors=actors))
        assert [row["name"] for row in self.rows(files["actors.csv"])] == ["Ada Kern", "Lio"]

    def test_a_strangers_table_stays_one_table(self, tmp_path: Path) -> None:
        first = load_text(STRANGER, tmp_path)
        files = self.folder(first)
        assert set(files) == {"datapackage.json", "events.csv"}
        self.check(files)
        (tmp_path / "events.csv").write_bytes(files["events.csv"])
        again = load(tmp_path / "events.csv")
        assert facts(again) == facts(first)
        assert again.documents.equals(first.documents)
        assert len(made(first, "datapackage").notes) == 1

    def test_cells_like_formulas_are_guarded_unless_raw(self) -> None:
        dataset = make_dataset(
            [{"date": "2014", "title": "=1+1", "document": "d", "actors": "+x"}], documents=[{"id": "d", "title": "@t"}]
        )
        for raw, mark in ((False, "'"), (True, "")):
            files = self.folder(dataset, raw=raw)
            assert self.rows(files["events.csv"])[0]["title"] == f"{mark}=1+1"
            assert self.rows(files["documents.csv"])[0]["title"] == f"{mark}@t"
            assert self.rows(files["actors.csv"])[0]["name"] == f"{mark}+x"

    def test_an_empty_selection_says_so(self) -> None:
        files = self.folder(arland(), NOBODY)
        self.check(files)
        described = json.loads(files["datapackage.json"])
        assert described["description"].startswith("No event matches.")
        assert self.rows(files["events.csv"]) == []

    def test_a_moment_before_zips_began(self) -> None:
        exported = made(arland(), "datapackage", made=datetime(1970, 1, 1, tzinfo=UTC))
        with zipfile.ZipFile(io.BytesIO(exported.content)) as folder:
            assert folder.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_the_moment_is_that_of_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    book = openpyxl.load_workbook(io.BytesIO(made(arland(), "xlsx").content))
    assert book.properties.created.replace(tzinfo=UTC) == datetime(1970, 1, 2, tzinfo=UTC)
