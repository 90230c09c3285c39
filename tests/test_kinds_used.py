"""Documents of every kind where people meet them: `timeline check`, the page's card, and `timeline find`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.papers import encrypt, lines_docx, make_pdf
from tests.test_card import marked, words
from tests.test_cli import assert_cannot_run, run
from timeline.app.card import card
from timeline.documents import Library, prove, texts
from timeline.documents.reading import read_text
from timeline.query import Query
from timeline.table import load

EVENTS = "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage"
DOCUMENTS = "id,title,source,author,published,kind,language,url,file,sha256"
FILES: dict[str, tuple[bytes, str, str]] = {
    # name of the file: its content, the locator of the passage, the passage
    "report.pdf": (
        make_pdf(["The first page of it.", "Arland and Belmark signed a truce\non 3 May 1999 in Port Lio."]),
        "p. 2", "Belmark signed a … 3 May 1999",
    ),
    "notes.docx": (
        lines_docx("Notes", "", "One", "The bridge was closed on 4 May 1999."),
        "para. 3", "The bridge was closed",
    ),
    "diary.md": (b"# Diary\n\n- one\n- The fair *opened* on 5 May 1999.\n", "para. 3", "The fair opened on"),
    "page.html": (b"<h1>News</h1><p>The port froze on 6 May 1999.</p>", "para. 2", "The port froze on"),
    "plain.txt": (b"Plain\n\nThe mill burned on 7 May 1999.\n", "para. 2", "The mill burned on"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    rows, documents = [EVENTS], [DOCUMENTS]
    for day, (name, (content, locator, passage)) in enumerate(FILES.items(), 3):
        (tmp_path / "texts" / name).write_bytes(content)
        stem = name.split(".")[0]
        said = f"What {stem} says,So it says.,Arland,other,reported"
        rows.append(f"{stem}-1,,1999-05-0{day},{said},,{stem},{locator},{passage}")
        documents.append(f"{stem},{stem},Lio Post,,2001,report,en,,{name},")
    (tmp_path / "events.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("\n".join(documents) + "\n", encoding="utf-8")
    (tmp_path / "actors.csv").write_text("name,kind,part_of,aliases\nArland,state,,\n", encoding="utf-8")
    return tmp_path


def test_check_proves_them(folder: Path) -> None:
    result = run("check", folder / "events.csv", "--documents", folder / "texts", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0 and told["problems"] == []
    assert told["citations"]["exact"] == len(FILES)


def test_check_tells_which_cannot_be_read_and_goes_on(folder: Path) -> None:
    pdf = folder / "texts" / "report.pdf"
    pdf.write_bytes(encrypt(pdf.read_bytes(), "secret"))
    (folder / "texts" / "notes.docx").write_bytes(b"PK\x03\x04 cut")
    result = run("check", folder / "events.csv", "--documents", folder / "texts", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0 and told["citations"]["exact"] == 3 and told["citations"]["no text"] == 2
    reasons = {problem["id"]: problem["reason"] for problem in told["problems"]}
    assert "password" in reasons["report"] and "broken" in reasons["notes"]
    assert {problem["code"] for problem in told["problems"]} == {"document-unreadable"}


def test_many_documents_are_read_once_each(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_TEXTS_KEPT", 2)
    read: list[str] = []
    monkeypatch.setattr(texts, "read_text", lambda data, file: (read.append(file), read_text(data, file))[1])
    library = Library(folder / "texts")
    told: list[tuple[str, int, int]] = []
    proof = prove(load(folder / "events.csv"), library, lambda *step: told.append(step))
    assert sorted(read) == sorted(FILES) and proof.citations.counts["exact"] == len(FILES)
    assert told == [*((name, number, 5) for number, name in enumerate(FILES)), ("", 5, 5)]
    assert len(library._kept) == 2


@pytest.mark.parametrize(("cited", "problems"), [("p. 2", []), ("p. 3", ["date-differs"]), ("p. 1", ["date-differs"])])
def test_a_date_two_pages_away_is_not_nearby(folder: Path, cited: str, problems: list[str]) -> None:
    pages = [f"Page {word} tells of the harbour and its guards." for word in ("one", "two", "three")]
    pages[0 if cited != "p. 1" else 1] += " It was 3 May 1999."
    (folder / "texts" / "report.pdf").write_bytes(make_pdf(pages))
    events = folder / "events.csv"
    word = {"p. 1": "one", "p. 2": "two", "p. 3": "three"}[cited]
    row = f"report-1,,1999-05-03,T,S.,Arland,other,reported,,report,{cited},Page {word} tells of the harbour"
    events.write_text(f"{EVENTS}\n{row}\n", encoding="utf-8")
    told = json.loads(run("check", events, "--documents", folder / "texts", "--json").stdout)
    assert [problem["code"] for problem in told["problems"]] == problems


def test_the_card_marks_them(folder: Path) -> None:
    dataset, library = load(folder / "events.csv"), Library(folder / "texts")
    tree = card(dataset, library, Query(), "report-1")
    assert marked(tree) == "Belmark signed a truce on 3 May 1999" and "p. 2" in words(tree)
    assert marked(card(dataset, library, Query(), "notes-1")) == "The bridge was closed"
    assert marked(card(dataset, library, Query(), "diary-1")) == "The fair opened on"


class TestFind:
    def found(self, folder: Path, *args: object) -> dict[str, tuple[str, str]]:
        result = run("find", *args, "--tables", folder / "events.csv")
        rows = csv.DictReader(result.stdout.splitlines())
        return {row["document"]: (row["date"], row["locator"]) for row in rows}

    def test_a_folder_gives_what_its_files_give(self, folder: Path) -> None:
        expected = {
            "report": ("1999-05-03", "p. 2"),
            "notes": ("1999-05-04", "para. 3"),
            "diary": ("1999-05-05", "para. 3"),
            "page": ("1999-05-06", "para. 2"),
            "plain": ("1999-05-07", "para. 2"),
        }
        assert self.found(folder, folder / "texts") == expected
        assert self.found(folder, *(folder / "texts" / name for name in FILES)) == expected

    def test_bad_files_are_told_and_the_others_read(self, folder: Path) -> None:
        texts = folder / "texts"
        (texts / "sub").mkdir()
        (texts / "sub" / "scan.pdf").write_bytes(make_pdf([""], picture=True))
        (texts / "half.pdf").write_bytes(make_pdf(["Nothing dated.", ""], picture=True))
        (texts / "empty.txt").write_bytes(b"\n")
        (texts / "out.txt").symlink_to("/etc/hosts")
        (texts / "old.odt").write_bytes(b"x")
        (texts / ".hidden.txt").write_bytes(b"It was on 9 May 1999.")
        result = run("find", texts, "--tables", folder / "events.csv")
        assert result.exit_code == 1 and result.stdout.count("\n") == 1 + len(FILES)
        told = result.stderr.splitlines()
        assert len(told) == 5, told
        for name, why in {
            "scan.pdf": "run OCR", "half.pdf": "1 of 2 pages hold no text (p. 2)", "empty.txt": "no text",
            "out.txt": "leads out", ": 1 file of other kinds": ".odt",
        }.items():  # fmt: skip
            assert [line for line in told if name in line and why in line], (name, told)

    def test_names_that_no_table_knows_are_told_apart(self, tmp_path: Path) -> None:
        for name in ("a/talk.txt", "b/talk.txt", "b/talk.md"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("It was on 9 May 1999.")
        result = run("find", tmp_path)
        rows = list(csv.DictReader(result.stdout.splitlines()))
        assert [row["document"] for row in rows] == ["a-talk", "b-talk", "b-talk-txt"]
        assert len({row["id"] for row in rows}) == 3

    def test_a_folder_without_documents(self, tmp_path: Path) -> None:
        result = run("find", tmp_path)
        assert result.exit_code == 0 and "no document" in result.stderr
        assert_cannot_run(run("find", tmp_path / "none"), "no such file")
