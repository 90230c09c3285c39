"""The proof of a table against its documents: dates, coverage, copied words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from timeline.cli import cli
from timeline.documents.copying import copied
from timeline.documents.finding import find
from timeline.documents.foreign import foreign_rule
from timeline.documents.proving import prove
from timeline.documents.texts import Library
from timeline.table.dataset import Dataset, load
from timeline.table.when import read_date

TEXT = """The Lio Courier, 23 February 2014

At noon on 20 February 2014 the cranes of the northern quay stood still until the evening.
On Friday the mayor spoke to the dockers and asked them for patience and for a second vote.
The dockers had voted once before, in the spring of 2012.
"""
HEADER = "id,date,title,summary,actors,category,status,document,locator,passage"
STRIKE = "At noon on 20 February … until the evening."
MAYOR = "On Friday the mayor … a second vote."


def folder(tmp_path: Path, *rows: str, header: str = HEADER, published: str = "2014-02-23", text: str = TEXT) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "courier.txt").write_text(text, encoding="utf-8")
    (tmp_path / "documents.csv").write_text(
        "id,title,source,published,language,file\n"
        f"courier,Dockers walk out,The Lio Courier,{published},en,courier.txt\n"
    )
    (tmp_path / "actors.csv").write_text("name,kind\nDockers,group\nBelmark,state\n")
    (tmp_path / "events.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return tmp_path


def row(
    id: str, date: str, passage: str, summary: str = "The Courier says so.", locator: str = "para. 2", **more
) -> str:
    cells = [id, date, f"Title {id}", summary, "Dockers", "protest", "reported", "courier", locator, passage]
    return ",".join(f'"{cell}"' for cell in (*cells, *more.values()))


def proved(at: Path):
    dataset = load(at / "events.csv")
    return dataset, prove(dataset, Library(at / "texts"))


def codes(proof) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.id) for problem in proof.problems]


def test_every_row_gets_a_verdict_and_only_what_differs_is_told(tmp_path):
    rows = [
        row("strike", "2014-02-20", STRIKE),
        row("mayor", "2014-02-21", MAYOR, locator="para. 3"),
        row("mayor-wrong", "2014-02-19", MAYOR, locator="para. 3"),
        row("undated", "", MAYOR, locator="para. 3"),
        row("lost", "2014", "words that stand nowhere at all in it"),
    ]
    _, proof = proved(folder(tmp_path, *rows))
    assert [one and one.verdict for one in proof.bearings] == ["same", "relative", "differs", None, None]
    assert proof.dates == {"same": 1, "relative": 1, "coarser": 0, "inherited": 0, "differs": 1}
    (problem,) = [one for one in proof.problems if one.code == "date-differs"]
    assert (problem.severity, problem.line, problem.id, problem.column) == ("warning", 4, "mayor-wrong", "date")
    assert "'Friday' (2014-02-21)" in problem.reason


def test_a_note_column_is_known_and_says_why(tmp_path):
    header = HEADER + ",note"
    rows = [
        row("a", "2014-02-19", MAYOR, locator="para. 3", note="The Gazette names the 19th."),
        row("b", "2014-02-19", MAYOR, locator="para. 3", note=""),
        row("c", "2014-02-27", STRIKE, note="The Courier misprints the day."),
    ]
    dataset, proof = proved(folder(tmp_path, *rows, header=header))
    assert codes(proof) == [("date-differs", "b")]
    assert dataset.problems == ()
    assert dataset.extras == ("note",)


def test_without_texts_there_is_only_the_report_of_citations(tmp_path):
    at = folder(tmp_path, row("a", "2013", STRIKE))
    proof = prove(load(at / "events.csv"), Library(None))
    assert proof.bearings == (None,)
    assert proof.uncovered == {}
    assert [code for code, _ in codes(proof)] == ["no-text"]


def test_coverage_is_what_no_passage_contains(tmp_path):
    _, proof = proved(folder(tmp_path, row("strike", "2014-02-20", STRIKE)))
    missed = proof.uncovered["courier"]
    assert [(one.locator, one.quote) for one in missed] == [
        ("para. 1", "23 February 2014"),
        ("para. 3", "Friday"),
        ("para. 4", "spring of 2012"),
    ]


class TestCopied:
    def test_nine_words_in_a_row_are_a_warning(self, tmp_path):
        taken = "The Courier: the cranes of the northern quay, stood still UNTIL the evening."
        _, proof = proved(folder(tmp_path, row("strike", "2014-02-20", STRIKE, taken)))
        (problem,) = proof.problems
        assert (problem.code, problem.severity, problem.column) == ("copied-words", "warning", "summary")
        assert "the cranes of the northern quay stood still until" in problem.reason
        assert "'courier', para. 2" in problem.reason

    def test_eight_are_none(self, tmp_path):
        taken = "The cranes of the northern quay stood still."
        _, proof = proved(folder(tmp_path, row("strike", "2014-02-20", STRIKE, taken)))
        assert proof.problems == ()

    def test_titles_of_documents_are_facts(self):
        words = "one two three four five six seven eight nine ten"
        assert copied([words], {"d": [words]}, [words]) == []
        assert [one.words for one in copied([words], {"d": ["", words]})] == [words.removesuffix(" ten")]

    def test_a_run_over_two_paragraphs_is_none_and_short_cells_cost_nothing(self):
        assert (
            copied(
                ["one two three four five six seven eight nine"],
                {"d": ["one two three four", "five six seven eight nine"]},
            )
            == []
        )
        assert copied(["", "one two"], {"d": ["one two"]}) == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ru", "Это было 24 февраля 2022 года.", "2022-02-24"),
        ("uk-UA", "Це було 24 лютого 2022 року.", "2022-02-24"),
        ("de", "Am 24. Februar 2022 war es.", "2022-02-24"),
        ("de", "Im März 2014 war es.", "2014-03"),
        ("fr", "C’était le 1er février 2022.", "2022-02-01"),
        ("es", "Fue el 24 de febrero de 2022.", "2022-02-24"),
    ],
)
def test_months_of_other_languages_are_read(language, text, value):
    assert [one.value for one in find([text], None, language=language)] == [value]


def test_no_rule_for_english_or_for_what_is_no_language():
    assert foreign_rule("en") is None and foreign_rule("en-GB") is None
    assert foreign_rule("") is None and foreign_rule("xx") is None and foreign_rule("-") is None
    assert [one.value for one in find(["Am 31. Februar 2014."], None, language="de")] == []


class TestCommand:
    @pytest.fixture
    def at(self, tmp_path) -> Path:
        return folder(
            tmp_path, row("strike", "2014-02-20", STRIKE), row("mayor", "2014-02-19", MAYOR, locator="para. 3")
        )

    def run(self, at: Path, *options: str) -> Result:
        return CliRunner().invoke(cli, ["check", str(at / "events.csv"), *options], prog_name="timeline")

    def test_the_counts_of_dates_are_told(self, at):
        result = self.run(at, "--documents", str(at / "texts"))
        assert result.exit_code == 0
        assert "2 dates compared with the passages: 1 same, 1 differs\n" in result.output
        assert "[date-differs]" in result.output

    def test_coverage_lists_places_words_and_what_is_left_over(self, at):
        output = self.run(at, "--documents", str(at / "texts"), "--coverage").output
        assert "courier para. 4: 'spring of 2012' (2012-21, absolute) in 'The dockers had voted" in output
        assert "actors.csv: no row needs Belmark\n" in output
        assert "2 date expressions in 1 document stand in no row's passage\n" in output

    def test_dates_lists_every_row(self, at):
        output = self.run(at, "--documents", str(at / "texts"), "--dates").output
        assert "events.csv:2 strike: 2014-02-20 same  '20 February 2014' (2014-02-20) para. 2\n" in output
        assert "events.csv:3 mayor: 2014-02-19 differs  'Friday' (2014-02-21) para. 3\n" in output

    def test_json_has_it_all(self, at):
        plain = json.loads(self.run(at, "--documents", str(at / "texts"), "--json").output)
        assert not {"dates", "bearings", "coverage"} & set(plain)
        full = json.loads(self.run(at, "--documents", str(at / "texts"), "--json", "--coverage", "--dates").output)
        assert full["dates"] == {"same": 1, "relative": 0, "coarser": 0, "inherited": 0, "differs": 1}
        assert [(one["id"], one["verdict"], one["value"]) for one in full["bearings"]] == [
            ("strike", "same", "2014-02-20"),
            ("mayor", "differs", "2014-02-21"),
        ]
        assert [one["quote"] for one in full["coverage"]] == ["23 February 2014", "spring of 2012"]
        assert set(full["coverage"][0]) == {"document", "locator", "quote", "date", "kind", "rule", "passage"}

    @pytest.mark.parametrize("option", ["--coverage", "--dates"])
    def test_without_the_texts_it_is_wrong_usage(self, at, option):
        result = self.run(at, option)
        assert result.exit_code == 2
        assert f"{option} compares with the documents' texts" in result.stderr


def test_the_shipped_table_is_proved(documents_dir):
    dataset: Dataset = load(Path(__file__).parent.parent / "events.csv")
    proof = prove(dataset, Library(documents_dir))
    heavy = [one.sentence() for one in (*dataset.problems, *proof.problems) if one.severity != "note"]
    assert heavy == []
    assert sum(proof.dates.values()) == dataset.drawn
    assert {one.kind for one in proof.citations.citations} <= {"exact", "folded"}


def test_no_actor_of_the_shipped_table_is_left_over():
    from timeline.table.consistency import unused_actors

    dataset = load(Path(__file__).parent.parent / "events.csv")
    assert unused_actors(dataset.mentions, dataset.mention_actors, dataset.actors) == []
    assert all(read_date(text) for text in dataset.documents["published"])
