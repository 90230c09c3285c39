"""Citing: the proof of a whole table, its problems and its counts."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from timeline.documents.citing import KINDS, CitationReport, check, summary
from timeline.documents.texts import Library
from timeline.table.dataset import load
from timeline.table.problems import CODES, Problem
from timeline.table.schema import DOCUMENTS, EVENTS

COURIER = """Port Lio Courier

The council of Arland agreed to the truce on Monday morning.
The fishers of Lio returned with their boats to the northern harbour.
The harbour was open. Later the harbour was open again.
“A last word”, said the mayor of Arland.
"""


def write(path: Path, names: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def row(number: int, locator: str, passage: str, document: str = "courier") -> dict[str, str]:
    return {
        "id": f"e{number:03d}",
        "date": "2031-03-03",
        "title": f"Truce {number}",
        "summary": "The council agrees.",
        "actors": "Arland",
        "category": "agreement",
        "status": "reported",
        "document": document,
        "locator": locator,
        "passage": passage,
    }


def document(name: str = "courier", file: str = "courier.txt", sha256: str = "") -> dict[str, str]:
    return {
        "id": name,
        "title": "The Courier",
        "source": "Lio Courier",
        "published": "2031-03-04",
        "kind": "article",
        "language": "en",
        "url": "https://courier.example/",
        "file": file,
        "sha256": sha256,
    }


def proved(
    folder: Path,
    rows: list[dict[str, str]],
    documents: list[dict[str, str]] | None = None,
    *,
    texts: bool = True,
    curated: bool = True,
) -> CitationReport:
    (folder / "texts").mkdir(exist_ok=True)
    if not (folder / "texts" / "courier.txt").exists():
        (folder / "texts" / "courier.txt").write_text(COURIER, encoding="utf-8")
    write(folder / "events.csv", [column.name for column in EVENTS], rows)
    write(folder / "documents.csv", [column.name for column in DOCUMENTS], documents or [document()])
    (folder / "actors.csv").write_text("name,kind,part_of,aliases\nArland,state,,\n", encoding="utf-8")
    dataset = load(folder / "events.csv")
    assert dataset.curated
    if not curated:
        dataset = replace(dataset, curated=False)
    report = check(dataset, Library(folder / "texts" if texts else None))
    assert len(report.citations) == len(dataset.mentions) == sum(report.counts.values())
    assert tuple(report.counts) == KINDS
    for problem in report.problems:
        assert problem.code in CODES
        assert problem.sentence()
    return report


def only(report: CitationReport) -> Problem:
    (problem,) = report.problems
    return problem


def test_a_table_without_faults(tmp_path: Path) -> None:
    rows = [
        row(1, "para. 2", "The council of Arland … on Monday"),
        row(2, "para. 5", '"A last word", said'),
        row(3, "para. 2", "Monday morning. The fishers"),
    ]
    sha256 = hashlib.sha256(COURIER.encode()).hexdigest()
    report = proved(tmp_path, rows, [document(sha256=sha256.upper())])
    assert report.problems == ()
    assert [citation.kind for citation in report.citations] == ["exact", "folded", "exact"]
    assert summary(report.counts) == "3 citations: 2 exact, 1 folded"


@pytest.mark.parametrize(
    ("locator", "passage", "kind", "code", "severity", "column"),
    [
        ("para. 2", "These words … nowhere at all", "missing", "passage-missing", "error", "passage"),
        (
            "para. 4",
            "the harbour was open again … on Monday",
            "missing",
            "passage-missing",
            "error",
            "passage",
        ),
        ("para. 5", "The harbour was", "exact", "passage-elsewhere", "warning", "locator"),
        (
            "para. 3",
            "The fishers of Lio returned … to the northern harbor.",
            "fuzzy",
            "passage-fuzzy",
            "warning",
            "passage",
        ),
        ("para. 99", "The fishers of Lio", "exact", "passage-elsewhere", "warning", "locator"),
        ("p. 3", "The fishers of Lio", "exact", "passage-elsewhere", "warning", "locator"),
    ],
)
def test_one_finding_a_citation(
    tmp_path: Path, locator: str, passage: str, kind: str, code: str, severity: str, column: str
) -> None:
    report = proved(tmp_path, [row(1, "para. 2", "The council of Arland"), row(2, locator, passage)])
    problem = only(report)
    assert report.citations[1].kind == kind
    assert (problem.code, problem.severity, problem.column) == (code, severity, column)
    assert (problem.file, problem.line, problem.id) == ("events.csv", 3, "e002")
    assert problem.value is not None and problem.value == (passage if column == "passage" else locator)[:60]
    if code == "passage-elsewhere":
        assert f"para. {report.citations[1].paragraph}" in problem.reason


def test_ambiguous_is_an_error_with_its_places(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    text = "One two three. One two three.\nFour five six.\nFour five six.\n"
    (tmp_path / "texts" / "courier.txt").write_text(text, encoding="utf-8")
    report = proved(
        tmp_path,
        [
            row(1, "para. 1", "One two three"),
            row(2, "para. 3", "Four five six"),
            row(3, "para. 1", "Four five six"),
        ],
    )
    assert [citation.kind for citation in report.citations] == ["ambiguous", "exact", "ambiguous"]
    assert [(problem.line, problem.code, problem.severity) for problem in report.problems] == [
        (2, "passage-ambiguous", "error"),
        (4, "passage-ambiguous", "error"),
    ]
    assert "2 places" in report.problems[0].reason


def test_fuzzy_elsewhere_says_both(tmp_path: Path) -> None:
    report = proved(tmp_path, [row(1, "para. 2", "The fishermen of Lio returned with … northern harbour.")])
    assert [problem.code for problem in report.problems] == ["passage-fuzzy", "passage-elsewhere"]


def test_without_texts_one_note_tells_of_all(tmp_path: Path) -> None:
    rows = [row(number, "para. 2", "The council of Arland") for number in range(1, 6)]
    report = proved(tmp_path, rows, [document(file="gone.txt")], texts=False)
    problem = only(report)
    assert (problem.code, problem.severity, problem.line) == ("no-text", "note", None)
    assert "5 citations" in problem.reason and "--documents" in problem.fix
    assert summary(report.counts) == "5 citations: 5 no text"


def test_a_missing_file_is_one_warning_with_its_rows(tmp_path: Path) -> None:
    rows = [
        row(1, "para. 2", "The council of Arland"),
        row(2, "para. 1", "One two three", "gone"),
        row(3, "para. 1", "One two three", "gone"),
    ]
    report = proved(tmp_path, rows, [document(), document("gone", "gone.txt")])
    problem = only(report)
    assert (problem.code, problem.severity, problem.file, problem.id) == (
        "document-missing",
        "warning",
        "documents.csv",
        "gone",
    )
    assert "2 rows" in problem.reason
    assert report.counts["no text"] == 2 and report.counts["exact"] == 1


@pytest.mark.parametrize("file", ["../courier.txt", "/etc/passwd", "~/x", "C:\\x", "%2e%2e/x", "sub\\x"])
def test_a_path_out_of_the_folder_is_an_error(tmp_path: Path, file: str) -> None:
    report = proved(tmp_path, [row(1, "para. 2", "The council of Arland")], [document(file=file)])
    problem = only(report)
    assert (problem.code, problem.severity) == ("document-path", "error")
    assert report.counts["no text"] == 1


def test_a_link_out_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "secret.txt").write_text("The council of Arland", encoding="utf-8")
    (tmp_path / "texts" / "link.txt").symlink_to("../secret.txt")
    report = proved(tmp_path, [row(1, "para. 1", "The council of Arland")], [document(file="link.txt")])
    assert only(report).code == "document-path"


def test_a_file_that_is_no_text_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "courier.txt").write_bytes("Arland".encode("utf-16"))
    report = proved(tmp_path, [row(1, "para. 2", "The council of Arland")])
    problem = only(report)
    assert (problem.code, problem.severity) == ("document-unreadable", "warning")
    assert "UTF-16" in problem.reason


def test_a_changed_text_is_a_warning_and_an_error_where_words_are_gone(tmp_path: Path) -> None:
    rows = [
        row(1, "para. 2", "The council of Arland"),
        row(2, "para. 2", "These words were … here once before"),
    ]
    report = proved(tmp_path, rows, [document(sha256="0" * 64)])
    found = [(problem.code, problem.severity) for problem in report.problems]
    assert sorted(found) == [("document-changed", "warning"), ("passage-missing", "error")]
    assert all("sha256" in problem.reason or "changed" in problem.reason for problem in report.problems)


def test_in_a_strangers_table_a_missing_passage_is_a_warning(tmp_path: Path) -> None:
    report = proved(tmp_path, [row(1, "para. 2", "These words stand nowhere at all")], curated=False)
    assert report.counts["missing"] == 1
    assert {problem.severity for problem in report.problems} == {"warning"}


def test_a_strangers_table_without_passages_has_nothing_to_prove(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("date,title,source\n2031,Truce,Courier\n", encoding="utf-8")
    dataset = load(tmp_path / "mine.csv")
    for library in (Library(None), Library(tmp_path)):
        report = check(dataset, library)
        assert report.counts["no text"] == 1
        assert {problem.severity for problem in report.problems} <= {"note"} and len(report.problems) <= 1


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({}, "0 citations"),
        ({"exact": 1}, "1 citation: 1 exact"),
        ({"exact": 71, "folded": 3, "fuzzy": 0}, "74 citations: 71 exact, 3 folded"),
        ({"no text": 1234, "missing": 1}, "1,235 citations: 1 missing, 1,234 no text"),
    ],
)
def test_summary(counts: dict[str, int], line: str) -> None:
    assert summary(counts) == line
