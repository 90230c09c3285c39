"""The rules of curated tables: identity, cells, vocabularies, citations' shape, and the two tables beside."""

import pytest

from timeline.table import Dataset, Raw, build
from timeline.table.passages import ends_of, locator_fault, passage_fault, words_in

HEADER = "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage"
GOOD = {
    "id": "strike",
    "event": "",
    "date": "2014-02-22",
    "title": "Dockers stop work",
    "summary": "S.",
    "actors": "Arland",
    "category": "protest",
    "status": "reported",
    "speaker": "",
    "document": "courier-1",
    "locator": "para. 4",
    "passage": "At noon the cranes … until the evening",
}
DOCUMENTS = "id,title,source,published\ncourier-1,Dockers walk out,The Lio Courier,2014-02-23\n"
ACTORS = (
    "name,kind,part_of,aliases\nArland,state,,Republic of Arland\nPort Lio,place,Arland,\n"
    "Ada Moor,person,Port Lio,A. Moor; Moor\n"
)


def line(**cells: str) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in (GOOD | cells).values())


def check(*rows: str, documents: str | None = DOCUMENTS, actors: str | None = ACTORS) -> Dataset:
    dataset = build(
        Raw("events.csv", "\n".join((HEADER, *rows, "")).encode("utf-8", "surrogatepass")),
        None if documents is None else Raw("documents.csv", documents.encode()),
        None if actors is None else Raw("actors.csv", actors.encode()),
    )
    assert dataset.rows == dataset.drawn + dataset.undated + dataset.skipped + dataset.in_error
    return dataset


def found(dataset: Dataset) -> list[tuple[str, str, str | None, int | None]]:
    return [(p.severity, p.code, p.column, p.line) for p in dataset.problems]


def test_a_good_row_has_no_problem():
    dataset = check(line())
    assert dataset.problems == ()
    assert dataset.curated
    assert dataset.drawn == 1


@pytest.mark.parametrize(
    "bad",
    ["Strike", "a b", "a_b", "a/b", "é", "../x", "a\nb", "x" * 81, "<b>", "a;b", "__proto__", "аrland", "a."],
)
def test_a_malformed_id_fails_its_row(bad):
    dataset = check(line(id=bad), line())
    assert found(dataset)[0] == ("error", "malformed-id", "id", 2)
    assert (dataset.drawn, dataset.in_error) == (1, 1)


@pytest.mark.parametrize(
    "good", ["a", "007", "1e5", "na", "none", "true", "constructor", "x" * 80, "a-b-1", "2014-02-22"]
)
def test_ids_are_kept_as_written(good):
    dataset = check(line(id=good))
    assert dataset.problems == ()
    assert dataset.mentions["id"].tolist() == dataset.events["event"].tolist() == [good]


@pytest.mark.parametrize("empty", ["", " ", "\u00a0", "\u200b", "\ufeff \u2003"])
@pytest.mark.parametrize(
    "column", ["id", "title", "summary", "actors", "category", "status", "document", "locator", "passage"]
)
def test_required_cells_may_not_be_empty(column, empty):
    dataset = check(line(**{column: empty}))
    assert found(dataset) == [("error", "empty", column, 2)]
    assert dataset.in_error == (1 if column in ("id", "title") else 0)


def test_an_empty_date_is_undated_and_optional_cells_are_optional():
    dataset = check(line(date="", speaker="", event=""), line(id="b", date="n.d."), line(id="c", date="unknown"))
    assert dataset.problems == ()
    assert (dataset.drawn, dataset.undated) == (0, 3)


def test_a_repeated_id_is_an_error_on_each_row_and_both_are_drawn_apart():
    dataset = check(line(), line(title="Other"), line(id="b"), line(title="Third"))
    assert [(p.code, p.line) for p in dataset.problems] == [("duplicate-id", n) for n in (2, 3, 5)]
    assert "lines 3, 5" in dataset.problems[0].reason
    assert "lines 2, 5" in dataset.problems[1].reason
    assert dataset.mentions["id"].tolist() == ["strike", "strike-2", "b", "strike-3"]
    assert len(dataset.events) == 4


def test_ids_that_differ_in_look_only_are_near_twins():
    dataset = check(line(id="cafe"), line(id="Café"))
    assert ("warning", "near-twin", "id", 3) in found(dataset)
    assert check(line(id="2014-1-12"), line(id="2014-11-2")).problems == ()


@pytest.mark.parametrize(
    ("column", "value", "code", "hint"),
    [
        ("category", "protests", "unknown-category", "'protest'"),
        ("category", "PROTEST", "unknown-category", "'protest'"),
        ("status", "Reported", "unknown-status", "'reported'"),
        ("status", "confirmed", "unknown-status", ""),
        ("document", "courier-2", "unknown-document", "'courier-1'"),
        ("document", "../etc/passwd", "unknown-document", "documents.csv"),
        ("actors", "arland", "unknown-actor", "'Arland'"),
        ("actors", "Аrland", "unknown-actor", "'Arland'"),
        ("actors", "Arland, Port Lio", "unknown-actor", ""),
        ("speaker", "Ada More", "unknown-speaker", "'Ada Moor'"),
        ("event", "Bad Event", "malformed-event", "bad-event"),
    ],
)
def test_unknown_words_are_errors_with_the_nearest_and_the_row_is_drawn(column, value, code, hint):
    dataset = check(line(**{column: value}))
    assert found(dataset) == [("error", code, column, 2)]
    assert hint in dataset.problems[0].fix
    assert dataset.problems[0].value == value
    assert dataset.problems[0].id == "strike"
    assert dataset.drawn == 1


def test_actors_are_canonical_without_repeats_and_in_order():
    dataset = check(line(actors="Port Lio;; Republic of Arland ; Arland;", speaker="Moor"))
    assert found(dataset) == [
        ("warning", "empty-part", "actors", 2),
        ("note", "alias-used", "actors", 2),
        ("warning", "repeated-actor", "actors", 2),
        ("note", "alias-used", "speaker", 2),
    ]
    assert dataset.mention_actors["actor"].tolist() == ["Port Lio", "Arland"]
    assert dataset.mentions["speaker"].tolist() == ["Ada Moor"]


def test_two_hundred_actors_in_a_row_are_drawn():
    actors = "name,kind,part_of,aliases\n" + "".join(f"A{n},person,,\n" for n in range(200))
    dataset = check(line(actors=";".join(f"A{n}" for n in range(200))), actors=actors)
    assert dataset.problems == ()
    assert len(dataset.mention_actors) == 200


def test_a_long_title_is_a_warning():
    assert check(line(title="x" * 90)).problems == ()
    assert found(check(line(title="x" * 91))) == [("warning", "title-long", "title", 2)]


@pytest.mark.parametrize("locator", ["para. 1", "p. 3", "para. 1200"])
def test_good_locators(locator):
    assert locator_fault(locator) is None


@pytest.mark.parametrize(
    ("locator", "fix"),
    [
        ("para 4", "para. 4"),
        ("p.4", "p. 4"),
        ("p 12", "p. 12"),
        ("paragraph 4", "para. 4"),
        ("§ 4", "para. 4"),
        ("para. 0", ""),
        ("para. -1", ""),
        ("para. 1-3", ""),
        ("4", ""),
        ("pp. 3", ""),
        ("para. ٣", ""),
        ("para.  4", "para. 4"),
        ("para. 4\n", ""),
        ("Para. 4", "para. 4"),
        ("x" * 5000, ""),
    ],
)
def test_bad_locators(locator, fix):
    code, _, said = locator_fault(locator) or ("", "", "")
    assert code == "locator-unreadable"
    assert fix in said


EIGHT = "one two three four five six seven eight"


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("one two three", None),
        (EIGHT, None),
        (f"{EIGHT} … {EIGHT}", None),
        ("one … two three", None),
        ("he said… and went", None),
        ("U.S. … the port’s end", None),
        ("a … b c\n", None),
        ("", "passage-shape"),
        ("… one two three", "passage-shape"),
        ("one two three …", "passage-shape"),
        ("…", "passage-shape"),
        ("a b … c d … e f", "passage-shape"),
        ("one", "passage-too-short"),
        ("one two", "passage-too-short"),
        ("one … two", "passage-too-short"),
        ("— – - … — !", "passage-too-short"),
        (EIGHT + " nine", "passage-too-long"),
        (EIGHT + " nine … ten", "passage-too-long"),
        ("ten … " + EIGHT + " nine", "passage-too-long"),
        ("one two ... three", "passage-ellipsis"),
        ("one two [...] three", "passage-ellipsis"),
        ("one two […] three", "passage-ellipsis"),
    ],
)
def test_the_shape_of_passages(passage, code):
    fault = passage_fault(passage)
    assert (fault[0] if fault else None) == code


def test_a_passage_of_an_unusual_shape_takes_no_longer() -> None:
    """Were there many ways to read each of its words, this would not end."""
    words = " ".join(["abcdefghijklmnopqrstuvwxyz"] * 7)
    assert passage_fault(f"{words} – … {words} –") is None



def test_the_ends_of_a_passage():
    assert ends_of("At noon the … the evening") == ("At noon the", "the evening")
    assert ends_of("At noon") == ("At noon",)
    assert words_in("Port Lio — 300 dockers’ strike …") == 5


def test_the_table_of_documents_is_checked():
    documents = (
        "id,title,source,published,kind,url,sha256\n"
        "courier-1,T,S,2014-02-30,blog,ftp://x,12\n"
        "courier-1,T,S,,,,\nBad Id,T,S,,,,\n,T,S,,,,\nc,,,2014-02~,article,https://x.example/," + "a" * 64 + "\n"
    )
    dataset = check(line(), documents=documents)
    assert [(p.code, p.column, p.line) for p in dataset.problems if p.file == "documents.csv"] == [
        ("duplicate-id", "id", 2),
        ("date-impossible", "published", 2),
        ("unknown-kind", "kind", 2),
        ("url", "url", 2),
        ("malformed-sha256", "sha256", 2),
        ("duplicate-id", "id", 3),
        ("malformed-id", "id", 4),
        ("empty", "id", 5),
        ("empty", "title", 6),
        ("empty", "source", 6),
    ]
    assert dataset.documents["id"].tolist() == ["courier-1", "Bad Id", "c"]
    assert dataset.drawn == dataset.rows == 1


def test_the_table_of_actors_is_checked():
    actors = (
        "name,kind,part_of,aliases\nArland,state,Belmark,\nBelmark,State,Arland,Port Lio\n"
        "Port Lio,place,Nowhere,B\n"
        "Arland,state,,\n,person,,\nport-lio,place,,B\nA;B,group,A;B,\n"
    )
    dataset = check(line(), actors=actors)
    assert [(p.code, p.line) for p in dataset.problems if p.file == "actors.csv"] == [
        ("duplicate-id", 2),
        ("part-of-cycle", 2),
        ("unknown-kind", 3),
        ("alias-clash", 3),
        ("unknown-part-of", 4),
        ("duplicate-id", 5),
        ("empty", 6),
        ("near-twin", 7),
        ("alias-clash", 7),
        ("malformed-id", 8),
        ("part-of-cycle", 8),
    ]
    assert "Arland → Belmark → Arland" in next(p.reason for p in dataset.problems if p.code == "part-of-cycle")


def test_missing_columns_of_the_tables_beside():
    dataset = check(line(), documents="id,url\ncourier-1,\n", actors="nom,kind\nArland,state\n")
    missing = [(p.file, p.value) for p in dataset.problems if p.code == "missing-column"]
    assert missing == [("documents.csv", "title, source"), ("actors.csv", "name")]
    assert "unknown-actor" not in {p.code for p in dataset.problems}


def test_a_table_beside_that_cannot_be_read_is_one_error_and_not_one_a_row():
    dataset = check(*(line(id=f"r-{n}") for n in range(5)), documents="", actors="\ufffe")
    assert {p.code for p in dataset.errors} <= {"no-header", "not-utf8", "missing-column"}
    assert dataset.drawn == 5


def test_without_actors_csv_actors_are_taken_from_the_rows():
    dataset = check(line(actors="Anyone; Else", speaker="Whoever"), actors=None)
    assert [(p.severity, p.code) for p in dataset.problems] == [("warning", "missing-table")]
    assert dataset.actors["name"].tolist() == ["Anyone", "Else"]


def test_all_problems_of_a_row_come_at_once_in_the_order_of_its_columns():
    dataset = check(
        line(
            date="2014-02-30",
            title="",
            actors="x",
            category="y",
            status="z",
            document="d",
            locator="l",
            passage="p",
        )
    )
    assert [p.column for p in dataset.problems] == [
        "date",
        "title",
        "actors",
        "category",
        "status",
        "document",
        "locator",
        "passage",
    ]
    assert dataset.in_error == 1


@pytest.mark.parametrize("column", ["id", "date", "title"])
def test_an_unreadable_id_date_or_title_fails_the_row(column):
    dataset = check(line(**{column: "a\0b"}), line(id="b"))
    assert found(dataset) == [("error", "nul", column, 2)]
    assert (dataset.drawn, dataset.in_error) == (1, 1)


@pytest.mark.parametrize("column", ["summary", "actors", "category", "document", "locator", "passage", "event"])
def test_any_other_unreadable_cell_is_told_once_and_its_row_is_drawn(column):
    dataset = check(line(**{column: "a\0b"}))
    assert found(dataset) == [("error", "nul", column, 2)]
    assert dataset.drawn == 1
