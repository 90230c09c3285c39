"""Headers: a stranger's names, mappings, curated tables, and what is said when columns are not found."""

import pytest

from timeline.table import CannotRead, Dataset, Raw, build
from timeline.table.headers import looks_curated, loose_layout
from timeline.table.layout import mappable, normal

DOCUMENTS = Raw("documents.csv", b"id,title,source\nd-1,One,Courier\n")
ACTORS = Raw("actors.csv", b"name,kind,part_of,aliases\nArland,state,,\n")
HEADER = "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage"
ROW = "a,,2014,X,S.,Arland,protest,reported,,d-1,para. 1,one two three"


def places(header: str) -> dict[str, str]:
    cells = header.split(",")
    return {name: cells[index] for name, index in loose_layout(cells, "t.csv", 1).places.items()}


def curated(header: str, row: str) -> Dataset:
    return build(Raw("events.csv", f"{header}\n{row}\n".encode()), DOCUMENTS, ACTORS)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "date,title,actor,source",
            {"date": "date", "title": "title", "actors": "actor", "source": "source"},
        ),
        (
            "When,What,Who,Publisher",
            {"date": "When", "title": "What", "actors": "Who", "source": "Publisher"},
        ),
        ("Start,End,Headline", {"date": "Start", "end": "End", "title": "Headline"}),
        ("start_date,END-DATE,Event Name", {"date": "start_date", "end": "END-DATE", "title": "Event Name"}),
        ("Event Date,Event,Description", {"date": "Event Date", "title": "Event", "summary": "Description"}),
        ("Date,Event,Title", {"date": "Date", "event": "Event", "title": "Title"}),
        ("Date,Description,Link", {"date": "Date", "title": "Description", "url": "Link"}),
        ("Published,Headline,Outlet", {"date": "Published", "title": "Headline", "source": "Outlet"}),
        ("date,published,headline", {"date": "date", "published": "published", "title": "headline"}),
        ("Name,Year", {"title": "Name", "date": "Year"}),
        (
            "date,TITLE ,type,quote,page",
            {"date": "date", "title": "TITLE ", "category": "type", "passage": "quote", "locator": "page"},
        ),
        ("Year,Month,Day,Headline", {"year": "Year", "month": "Month", "day": "Day", "title": "Headline"}),
        (
            "Date,Fact Text,Source,Pin Cite,Source Text",
            {
                "date": "Date",
                "title": "Fact Text",
                "source": "Source",
                "locator": "Pin Cite",
                "passage": "Source Text",
            },
        ),
        ("date,summary", {"date": "date", "title": "summary"}),
        ("When,Event,Description", {"date": "When", "title": "Event", "summary": "Description"}),
        ("datetime,message,timestamp_desc", {"date": "datetime", "title": "message"}),
    ],
)
def test_strangers_headers(header, expected):
    assert places(header) == expected


def test_names_are_compared_without_case_spaces_and_signs():
    assert normal("  Start_Date ") == normal("START-DATE") == normal("start.date") == "start date"
    assert normal("\ufeffDate*") == "date"


def test_what_was_read_by_another_name_is_noted_and_the_rest_is_kept():
    dataset = build(Raw("t.csv", b"When,What,Mood,Mood,\n2014,X,good,bad,\n"))
    assert dataset.extras == ("Mood", "Mood (2)")
    assert dataset.mentions["extra:Mood (2)"].tolist() == ["bad"]
    assert [p.code for p in dataset.problems] == ["header-mapped", "extra-columns", "duplicate-column"]
    assert [p.severity for p in dataset.problems] == ["note", "note", "warning"]


def test_a_nameless_column_is_kept_only_when_it_holds_something():
    assert build(Raw("t.csv", b"date,title,\n2014,X,\n")).extras == ()
    assert build(Raw("t.csv", b"date,title,\n2014,X,y\n")).extras == ("column 3",)


def test_a_repeated_column_of_ours_is_an_error_and_the_first_is_read():
    dataset = build(Raw("t.csv", b"date,title,Title\n2014,X,Y\n"))
    assert [p.code for p in dataset.errors] == ["duplicate-column"]
    assert dataset.mentions["title"].tolist() == ["X"]


@pytest.mark.parametrize(
    ("header", "missing"), [("Datum,title", "date"), ("date,Titel", "title"), ("a,b", "date, title")]
)
def test_a_date_and_a_title_must_be_found(header, missing):
    dataset = build(Raw("t.csv", f"{header}\n2014,X\n2015,Y\n".encode()))
    (problem,) = dataset.errors
    assert (problem.code, problem.line, problem.value) == ("missing-column", 1, missing)
    assert all(f"'{cell}'" in problem.reason for cell in header.split(","))
    assert "--map" in problem.fix
    assert (dataset.rows, dataset.in_error) == (2, 2)


def test_the_missing_title_is_suggested():
    (problem,) = build(Raw("t.csv", b"date,Titel\n2014,X\n")).errors
    assert "Did you mean 'Titel'?" in problem.fix


def test_a_mapping_goes_before_all_guesses():
    content = b"date,written,headline,Titel\n2013,2014,A,B\n"
    dataset = build(Raw("t.csv", content), mapping={"title": "titel", "date": "written"})
    assert dataset.mentions[["title", "date"]].values.tolist() == [["B", "2014"]]
    assert set(dataset.extras) == {"date", "headline"}


@pytest.mark.parametrize("mapping", [{"title": "Nope"}, {"tutle": "title"}, {"": "title"}, {"title": ""}])
def test_a_mapping_that_does_not_fit_cannot_run(mapping):
    with pytest.raises(CannotRead) as raised:
        build(Raw("t.csv", b"date,title\n2014,A\n"), mapping=mapping)
    assert raised.value.reason
    assert raised.value.fix


def test_what_can_be_mapped():
    assert {"date", "title", "end", "source", "url", "year"} <= set(mappable())


def test_a_table_that_lost_columns_is_still_curated_and_told_all_at_once():
    dataset = curated(
        "id,event,date,title,summary,actors,category,status,speaker,document",
        "a,,2014,X,S.,Arland,protest,reported,,d-1",
    )
    assert dataset.curated
    (problem,) = dataset.errors
    assert problem.value == "locator, passage"
    assert dataset.drawn == 1


def test_without_its_date_column_no_curated_row_is_drawn():
    dataset = curated(HEADER.replace("date", "datum"), ROW)
    assert [p.code for p in dataset.errors] == ["missing-column"]
    assert (dataset.drawn, dataset.undated, dataset.in_error) == (0, 0, 1)
    assert "Did you mean 'datum'?" in dataset.errors[0].fix


def test_optional_columns_may_be_missing():
    dataset = curated(
        HEADER.replace("event,", "").replace("speaker,", ""),
        ROW.replace("a,,", "a,", 1).replace("reported,,", "reported,"),
    )
    assert dataset.problems == ()


def test_case_and_spaces_of_a_curated_header_are_repaired_with_notes():
    dataset = curated(HEADER.replace("title", " Title").replace("status", "STATUS"), ROW)
    assert [(p.severity, p.code) for p in dataset.problems] == [("note", "header-repaired")] * 2


def test_an_unknown_column_of_a_curated_table_is_a_warning_and_kept():
    dataset = curated(HEADER + ",speakr,mood", ROW + ",x,y")
    assert [p.code for p in dataset.problems] == ["unknown-column", "unknown-column"]
    assert "Did you mean 'speaker'?" in dataset.problems[0].fix
    assert dataset.extras == ("speakr", "mood")


def test_a_strangers_table_beside_our_documents_is_a_strangers_table():
    dataset = build(Raw("mine.csv", b"Date,Title,Actors,Status\n2014,X,Whoever,guess\n"), DOCUMENTS, ACTORS)
    assert not dataset.curated
    assert dataset.errors == ()
    assert "table-unused" in {p.code for p in dataset.problems}


def test_what_looks_curated():
    assert looks_curated(HEADER.split(","))
    assert not looks_curated(["date", "title", "summary", "actors"])
    assert not looks_curated([])
