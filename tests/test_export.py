"""What leaves: rows that open again without loss, pictures that stay the same, files written whole or not at
all.
"""

from __future__ import annotations

import asyncio
import csv
import errno
import gc
import io
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tables import arland, load_text, make_dataset
from timeline.export.browsing import Stop, run_apart
from timeline.export.formats import FORMATS, check_path, write
from timeline.export.images import NoImage, steady_svg, to_image
from timeline.export.rows import to_csv, to_json
from timeline.export.writing import CannotExport, Look, put
from timeline.query.matching import select
from timeline.query.query import Query
from timeline.table.dataset import Dataset
from timeline.table.schema import EVENTS, names

STRANGER = """Headline,When,Who,Publisher,Link,Mood,=cost
Harbour strike,2014-02-23,Dockers;Port Lio,Lio Post,https://lio.example/1,angry,1
=1+1,13/04/2014,"Smith, John",Lio Post,https://lio.example/2,'=x,-5
Fair,circa 2014,,Gazette,,,@home
Nothing known,n.d.,Dockers,,,calm,+3
"""

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium for pictures")


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def everything(dataset: Dataset) -> Any:
    return select(dataset, Query())


def facts(dataset: Dataset) -> list[tuple[Any, ...]]:
    """What a reader knows of each mention, whatever the file was called."""
    cast: dict[int, list[str]] = {}
    for mention, actor in dataset.mention_actors.itertuples(index=False):
        cast.setdefault(mention, []).append(actor)
    same = [
        *(
            "id",
            "event",
            "edtf",
            "words",
            "title",
            "summary",
            "category",
            "status",
            "speaker",
            "document",
            "source",
        ),
        *("locator", "passage", "url", *(f"extra:{name}" for name in dataset.extras)),
    ]
    rows = dataset.mentions[same].itertuples(index=False, name=None)
    return [(*row, tuple(cast.get(i, ()))) for i, row in enumerate(rows)]


class TestCsv:
    def test_columns_are_those_of_events_csv(self) -> None:
        content = to_csv(arland(), everything(arland()))
        assert content.split(b"\n", 1)[0].decode().split(",") == list(names(EVENTS))
        assert b"\r" not in content

    def test_only_the_selected_mentions_in_file_order(self) -> None:
        dataset = arland()
        rows = read(to_csv(dataset, select(dataset, Query(actors=("Arland",)))))
        assert [row["id"] for row in rows] == ["truce", "truce-2"]
        assert rows[0]["actors"] == "Arland;Belmark"
        assert [row["event"] for row in rows] == ["", "truce"]

    def test_an_empty_selection_is_a_header(self) -> None:
        dataset = arland()
        content = to_csv(dataset, select(dataset, Query(words="no such word anywhere")))
        assert content.decode() == ",".join(names(EVENTS)) + "\n"

    def test_a_strangers_table_opens_again_without_loss(self, tmp_path: Path) -> None:
        first = load_text(STRANGER, tmp_path)
        content = to_csv(first, everything(first))
        again = load_text(content.decode(), tmp_path)
        assert facts(again) == facts(first)
        assert again.extras == first.extras
        assert to_csv(again, everything(again)) == content

    def test_a_curated_table_opens_again_beside_its_documents(self, tmp_path: Path) -> None:
        first = load_text(CURATED, tmp_path, documents=DOCUMENTS, actors=ACTORS)
        assert first.curated
        assert first.drawn == 2
        again = load_text(to_csv(first, everything(first)).decode(), tmp_path)
        assert again.curated
        assert facts(again) == facts(first)

    def test_a_lone_name_with_a_comma_is_not_split(self, tmp_path: Path) -> None:
        first = load_text('date,title,actors\n2014,One,"Smith, John; Ann"\n2015,Two,"Smith, John"\n', tmp_path)
        content = to_csv(first, select(first, Query(start="2015")))
        again = load_text(content.decode(), tmp_path)
        assert list(again.mention_actors["actor"]) == ["Smith, John"]

    def test_events_alike_in_date_and_title_stay_apart(self, tmp_path: Path) -> None:
        first = make_dataset([{"id": name, "date": "2014", "title": "Vote"} for name in "ab"])
        again = load_text(to_csv(first, everything(first)).decode(), tmp_path)
        assert len(again.events) == 2

    def test_formulas_are_guarded_in_cells_and_headers(self, tmp_path: Path) -> None:
        first = load_text(STRANGER, tmp_path)
        rows = list(csv.reader(io.StringIO(to_csv(first, everything(first)).decode())))
        assert "'=cost" in rows[0]
        cells = [cell for row in rows for cell in row]
        assert "'=1+1" in cells
        assert "'@home" in cells
        assert "'+3" in cells
        assert "-5" in cells

    def test_raw_is_not_guarded(self, tmp_path: Path) -> None:
        first = load_text(STRANGER, tmp_path)
        rows = list(csv.reader(io.StringIO(to_csv(first, everything(first), raw=True).decode())))
        assert "=cost" in rows[0]
        assert "=1+1" in [cell for row in rows for cell in row]

    def test_two_columns_of_one_name_are_told_apart(self) -> None:
        dataset = make_dataset([{"id": "a", "date": "2014", "title": "One", "extra:title": "other"}])
        header = to_csv(dataset, everything(dataset)).decode().split("\n")[0].split(",")
        assert header.count("title") == 1
        assert header[-1] == "title (2)"

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
            lambda text: text.strip(" \u00a0\u200b\ufeff").strip() != ""
        ),
        note=st.text(st.sampled_from("=+-@'\"; ,\nab1"), max_size=8),
    )
    def test_any_text_survives(self, tmp_path: Path, title: str, note: str) -> None:
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows([["date", "title", "note"], ["2014", title, note]])
        first = load_text(table.getvalue(), tmp_path)
        if first.in_error:
            return
        again = load_text(to_csv(first, everything(first)).decode(), tmp_path)
        assert facts(again) == facts(first)


CURATED = """id,event,date,title,summary,actors,category,status,speaker,document,locator,passage
strike,,2014-02-23,Dockers stop work,The Courier: dockers stopped work.,Dockers;Lio,protest,reported,,courier-1,para. 2,At noon the cranes … until the evening
strike-2,strike,2014-02,Strike in Lio,The Gazette: a strike.,Dockers,protest,contested,Lio,gazette-1,para. 1,There was … a strike
"""  # noqa: E501
DOCUMENTS = """id,title,source,author,published,kind,language,url,file,sha256
courier-1,Dockers walk out,The Courier,,2014-02-23,article,en,https://courier.example/1,courier-1.txt,
gazette-1,A quiet week,The Gazette,,2014-03,article,en,,gazette-1.txt,
"""
ACTORS = "name,kind,part_of,aliases\nDockers,group,Lio,\nLio,place,,\n"


class TestJson:
    def test_dates_documents_and_counts(self) -> None:
        dataset = arland()
        query = Query(actors=("Arland",))
        made = json.loads(to_json(dataset, select(dataset, query)))
        assert made["query"] == "?actor=Arland"
        assert made["events"]["total"] == sum(
            made["events"][name] for name in ("shown", "undated", "outside", "filtered")
        )
        first = made["mentions"][0]
        assert first["date"]["written"] == "2014-09-05"
        assert first["date"]["precision"] == "day"
        assert first["actors"] == ["Arland", "Belmark"]
        assert first["document"]["source"] == "Arland Gazette"
        assert first["document"]["published"] == "2015-03-01"

    def test_undated_is_null_and_open_ends_too(self) -> None:
        dataset = make_dataset([{"id": "a"}, {"id": "b", "date": "../2014"}])
        made = json.loads(to_json(dataset, everything(dataset)))["mentions"]
        assert made[0]["date"] is None
        assert made[1]["date"]["earliest"] is None
        assert made[1]["date"]["open_start"] is True

    def test_an_empty_selection_says_so(self) -> None:
        dataset = arland()
        made = json.loads(to_json(dataset, select(dataset, Query(words="nowhere"))))
        assert made["mentions"] == []
        assert made["summary"].startswith("0 of ") or "No" in made["summary"]


class TestHtml:
    HOSTILE = "</script><script>window.PWN=1</script><img src=x onerror=alert(1)>"

    def page(self, dataset: Dataset, query: Query, tmp_path: Path) -> str:
        path = tmp_path / "page.html"
        write(dataset, query, path, force=True)
        return path.read_text(encoding="utf-8")

    def test_it_stands_alone(self, tmp_path: Path) -> None:
        page = self.page(arland(), Query(), tmp_path)
        head = page[: page.index("<body>")]
        assert '<html lang="en" ' in head
        assert "default-src 'none'" in head
        assert not re.search(r"<(script|link|img|iframe)\b[^>]*\b(src|href)=", page)
        assert '"plotlyServerURL":""' in page.replace(" ", "")
        assert '"showSendToCloud":false' in page.replace(" ", "")
        assert len(page) < 6_000_000

    def test_hostile_text_is_text(self, tmp_path: Path) -> None:
        row = dict.fromkeys(("title", "summary", "speaker", "source"), self.HOSTILE)
        row |= {"id": "a", "date": "2014", "actors": [self.HOSTILE], "url": "javascript:alert(1)"}
        page = self.page(make_dataset([row], name="<b>x.csv"), Query(), tmp_path)
        assert "<script>window.PWN" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
        assert "<title>&lt;b&gt;x</title>" in page

    def test_the_list_cites_and_links(self, tmp_path: Path) -> None:
        dataset = load_text(CURATED, tmp_path, documents=DOCUMENTS, actors=ACTORS)
        page = self.page(dataset, Query(sources=("The Courier",)), tmp_path)
        listed = page[page.index('<ol id="list">') : page.index("</ol>")]
        assert "https://courier.example/1#:~:text=" in listed
        assert "Dockers walk out" in listed
        assert "Strike in Lio" not in listed

    def test_an_empty_selection_says_so(self, tmp_path: Path) -> None:
        assert "No event matches." in self.page(arland(), Query(words="nowhere"), tmp_path)

    def test_same_input_same_bytes(self, tmp_path: Path) -> None:
        assert self.page(arland(), Query(), tmp_path) == self.page(arland(), Query(), tmp_path)


class TestImages:
    def test_without_kaleido_one_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys

        monkeypatch.setitem(sys.modules, "kaleido", None)
        with pytest.raises(NoImage, match=r"pip install .*images.*HTML, CSV and JSON need neither\."):
            to_image(_figure(), "svg")

    def test_without_chrome_one_sentence(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nowhere"))
        with pytest.raises(CannotExport, match=r"^Pictures need Chrome or Chromium.*HTML, CSV and JSON"):
            write(arland(), Query(), tmp_path / "a.svg")
        assert list(tmp_path.iterdir()) == []

    @needs_chromium
    def test_pictures_are_what_they_say_and_always_the_same(self, tmp_path: Path) -> None:
        dataset = arland()
        made = {}
        for suffix in ("svg", "png", "pdf"):
            for name in ("one", "two") if suffix != "png" else ("one",):
                path = tmp_path / f"{name}.{suffix}"
                write(dataset, Query(), path, look=Look(width=800))
                made[path.name] = path.read_bytes()
        assert made["one.svg"].startswith(b"<svg")
        assert b"Arland" in made["one.svg"]
        assert b"of 6 events" in made["one.svg"] or b"6 events" in made["one.svg"]
        assert made["one.png"].startswith(b"\x89PNG")
        assert int.from_bytes(made["one.png"][16:20], "big") == 1600
        assert made["one.pdf"].startswith(b"%PDF")
        assert made["one.svg"] == made["two.svg"]
        assert made["one.pdf"] == made["two.pdf"]

    def test_ids_are_steadied(self) -> None:
        svg = b'<svg><defs id="defs-a1b2c3"/><g id="topdefs-a1b2c3" clip-path="url(#clipa1b2c3xy)"/></svg>'
        assert b"a1b2c3" not in steady_svg(svg)


def _figure() -> Any:
    import plotly.graph_objects as go

    return go.Figure()


class TestFiles:
    def test_an_unknown_suffix_lists_the_formats(self, tmp_path: Path) -> None:
        with pytest.raises(CannotExport) as caught:
            write(arland(), Query(), tmp_path / "a.nonesuch")
        assert all(form.ends[0] in str(caught.value) for form in FORMATS)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("name", ["noend", "nowhere/a.csv", "folder.csv"])
    def test_places_where_nothing_can_be_written(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "folder.csv").mkdir()
        with pytest.raises(CannotExport):
            check_path(None, tmp_path / name, True)

    def test_nothing_is_overwritten_unasked(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text("mine")
        with pytest.raises(CannotExport, match="--force"):
            write(arland(), Query(), path)
        assert path.read_text() == "mine"
        write(arland(), Query(), path, force=True)
        assert path.read_text().startswith("id,")

    @pytest.mark.parametrize("name", ["events.csv", "documents.csv", "actors.csv", "link.csv"])
    def test_the_input_is_never_overwritten(self, tmp_path: Path, name: str) -> None:
        dataset = load_text(CURATED, tmp_path, documents=DOCUMENTS, actors=ACTORS)
        (tmp_path / "link.csv").symlink_to(tmp_path / "events.csv")
        with pytest.raises(CannotExport, match="one of the tables"):
            write(dataset, Query(), tmp_path / name, force=True)
        assert (tmp_path / "events.csv").read_text() == CURATED

    def test_a_special_file_is_refused(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.csv")
        with pytest.raises(CannotExport, match="not a regular file"):
            check_path(None, tmp_path / "pipe.csv", True)

    @pytest.mark.parametrize("where", ["replace", "fsync"])
    def test_a_full_disk_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
        path = tmp_path / "a.csv"
        path.write_text("old")

        def full(*args: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, where, full)
        with pytest.raises(CannotExport, match=r"No space left on device; it needs 11 bytes"):
            put(path, b"new content")
        assert path.read_text() == "old"
        assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]

    def test_a_link_stays_a_link_and_modes_stay(self, tmp_path: Path) -> None:
        target, link = tmp_path / "target.csv", tmp_path / "link.csv"
        target.write_text("old")
        target.chmod(0o640)
        link.symlink_to(target)
        put(link, b"new")
        assert link.is_symlink()
        assert target.read_bytes() == b"new"
        assert target.stat().st_mode & 0o777 == 0o640

    def test_a_new_file_is_as_readable_as_any(self, tmp_path: Path) -> None:
        (tmp_path / "other").touch()
        put(tmp_path / "a.csv", b"x")
        assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "other").stat().st_mode

    def test_suffixes_are_read_whatever_their_case(self, tmp_path: Path) -> None:
        write(arland(), Query(), tmp_path / "A.CSV")
        assert (tmp_path / "A.CSV").read_text().startswith("id,")


def test_a_dataset_without_rows(tmp_path: Path) -> None:
    empty = load_text("date,title\n", tmp_path)
    for suffix in (".csv", ".json", ".html"):
        write(replace(empty, path=None), Query(), tmp_path / f"a{suffix}")
    assert json.loads((tmp_path / "a.json").read_text())["mentions"] == []


def test_what_a_library_leaves_undone_is_not_told(capfd: pytest.CaptureFixture[str], caplog: Any) -> None:
    """A task of a browser's library that fails when nobody waits for it any more says nothing to the terminal."""

    async def fail() -> None:
        raise RuntimeError("the browser is gone")

    async def work(stop: Stop) -> int:
        asyncio.ensure_future(fail())  # noqa: RUF006  # nobody keeps it: that is the point
        await asyncio.sleep(0.01)
        gc.collect()
        return 7

    assert run_apart(work) == 7
    gc.collect()
    assert "gone" not in caplog.text + capfd.readouterr().err
