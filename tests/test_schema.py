"""The schema: its columns, its Data Package, and that the project's codes and limits are one table each."""

import ast
import re
from pathlib import Path

import pytest

from timeline.table import CODES, Problem, datapackage, schema
from timeline.table.layout import normal
from timeline.table.limits import LIMITS
from timeline.table.passages import locator_fault, passage_fault
from timeline.table.problems import clip, in_order, make
from timeline.table.synonyms import SYNONYMS

SOURCE = Path(__file__).parents[1] / "timeline"


def test_the_columns_of_the_three_tables():
    assert schema.header_line() == (
        "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage"
    )
    assert schema.header_line(schema.DOCUMENTS) == ("id,title,source,author,published,kind,language,url,file,sha256")
    assert schema.header_line(schema.ACTORS) == "name,kind,part_of,aliases"
    assert schema.required(schema.EVENTS) == (
        "id",
        "title",
        "summary",
        "actors",
        "category",
        "status",
        "document",
        "locator",
        "passage",
    )


def test_every_example_passes_its_own_column():
    for columns in (schema.EVENTS, schema.DOCUMENTS, schema.ACTORS):
        for column, example in zip(columns, schema.template_row(columns).values(), strict=True):
            assert example or not column.must
            if column.pattern and example:
                assert re.fullmatch(column.pattern, example)
            if column.vocabulary:
                assert example in column.vocabulary
    row = schema.template_row()
    assert passage_fault(row["passage"]) is None
    assert locator_fault(row["locator"]) is None


def test_the_data_package_ties_the_tables_together():
    package = datapackage()
    events, documents, actors = package["resources"]
    assert [r["path"] for r in package["resources"]] == ["events.csv", "documents.csv", "actors.csv"]
    assert [f["name"] for f in events["schema"]["fields"]] == list(schema.names(schema.EVENTS))
    assert events["schema"]["missingValues"] == [""]
    keys = {key["reference"]["resource"]: key["fields"] for key in events["schema"]["foreignKeys"]}
    assert keys == {"documents": ["document"], "actors": ["speaker"]}
    assert documents["schema"]["primaryKey"] == ["id"]
    assert actors["schema"]["foreignKeys"][0]["reference"] == {"resource": "", "fields": ["name"]}
    (category,) = [f for f in events["schema"]["fields"] if f["name"] == "category"]
    assert category["constraints"] == {"required": True, "enum": list(schema.CATEGORIES)}
    assert all(
        field["type"] == "string" and field["description"]
        for r in package["resources"]
        for field in r["schema"]["fields"]
    )


def test_synonyms_belong_to_columns_and_are_written_as_they_are_compared():
    names = {c.name for c in (*schema.EVENTS, *schema.LOOSE)}
    assert set(SYNONYMS) <= names
    for words in SYNONYMS.values():
        assert len(set(words)) == len(words)
        assert all(normal(word) == word for word in words)


def test_codes_are_slugs_with_a_severity_and_a_description():
    for code, (severity, description) in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert severity in ("error", "warning", "note")
        assert description
        assert not description.endswith(".")


def test_every_code_that_is_used_anywhere_is_in_the_table():
    """Every constant string given to `make`, `tell` and `Refused` in the first place is a code of CODES."""
    used = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("make", "tell", "Refused") and re.fullmatch(r"[a-z0-9-]+", node.args[0].value):
                    used.add(node.args[0].value)
    assert used
    assert used <= set(CODES)


def test_the_sentence_of_a_problem():
    problem = make(
        "date-impossible",
        "events.csv",
        17,
        "'31 February 2014' is not a date: February 2014 has 28 days",
        "Write 2014-02-28, or 2014-02 if the day is unknown",
        column="date",
        id="e017",
        value="31 February 2014",
    )
    assert problem.sentence() == (
        "events.csv:17 e017 date: '31 February 2014' is not a date: February 2014 has 28 days. "
        "Write 2014-02-28, or 2014-02 if the day is unknown. [date-impossible]"
    )
    assert list(problem.as_dict()) == [
        "severity",
        "code",
        "file",
        "line",
        "column",
        "id",
        "value",
        "reason",
        "fix",
    ]
    assert problem.severity == "error"
    with pytest.raises(KeyError):
        make("no-such-code", "events.csv", None, "")


def test_values_are_clipped_with_controls_visible():
    assert clip("a\0b\n\u202ec\ud800") == "a\u2400b\u240a\\u202ec\\ud800"
    assert clip("x" * 200) == "x" * 59 + "…"
    assert clip("👩‍👧 café") == "👩‍👧 café"
    make("nul", "a\udcffb.csv", 1, "\ud800").sentence().encode("utf-8")


def test_problems_are_ordered_by_file_line_and_column():
    def problem(file: str, line: int | None, column: str | None) -> Problem:
        return make("empty", file, line, "", column=column)

    found = [
        problem("b.csv", 2, "x"),
        problem("a.csv", 10, "y"),
        problem("a.csv", 9, "y"),
        problem("a.csv", 10, "x"),
        problem("a.csv", None, None),
    ]
    ordered = in_order(found, ("a.csv", "b.csv"), ("x", "y", "x"))
    assert [(p.file, p.line, p.column) for p in ordered] == [
        ("a.csv", None, None),
        ("a.csv", 9, "y"),
        ("a.csv", 10, "x"),
        ("a.csv", 10, "y"),
        ("b.csv", 2, "x"),
    ]


def test_limits_are_explained():
    assert all(limit.value > 0 and limit.unit and limit.help for limit in LIMITS.values())
    assert LIMITS["cell"].value == 100_000
