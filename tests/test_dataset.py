"""Loading: strangers' tables end to end, what cannot run, the disk, and that any table at all keeps count."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.table import CannotRead, Dataset, Raw, assets_path, build, load, schema, shipped
from timeline.table.files import read_bytes
from timeline.table.limits import FILE_BYTES


def stranger(text: str, **options: dict[str, str]) -> Dataset:
    dataset = build(Raw("mine.csv", text.encode()), **options)
    assert not dataset.curated
    assert dataset.rows == dataset.drawn + dataset.undated + dataset.skipped + dataset.in_error
    assert len(dataset.mentions) == dataset.drawn + dataset.undated
    return dataset


def test_a_date_a_title_an_actor_and_a_source_are_enough():
    dataset = stranger(
        "Date,Headline,Person,Publisher,Mood\n2014-02-22,Dockers stop work,Ada Moor,Courier,angry\n"
        '2014-02,Talks,"Ada Moor, Ben Carrow",Gazette,calm\nn.d.,A rumour,,Courier,\n'
    )
    assert dataset.errors == ()
    assert (dataset.rows, dataset.drawn, dataset.undated) == (3, 2, 1)
    mentions = dataset.mentions
    assert mentions["id"].tolist() == ["dockers-stop-work", "talks", "a-rumour"]
    assert mentions["source"].tolist() == ["Courier", "Gazette", "Courier"]
    assert mentions["document"].tolist() == ["courier", "gazette", "courier"]
    assert mentions["words"].tolist()[2] == "undated"
    assert mentions["precision"].tolist() == ["day", "month", ""]
    assert mentions["start"].isna().tolist() == [False, False, True]
    assert mentions["extra:Mood"].tolist() == ["angry", "calm", ""]
    assert mentions["search"].tolist()[1] == "talks ada moor ben carrow"
    assert dataset.mention_actors.values.tolist() == [[0, "Ada Moor"], [1, "Ada Moor"], [1, "Ben Carrow"]]
    assert dataset.actors["name"].tolist() == ["Ada Moor", "Ben Carrow"]
    assert dataset.documents[["id", "title", "source"]].values.tolist() == [
        ["courier", "Courier", "Courier"],
        ["gazette", "Gazette", "Gazette"],
    ]
    assert dataset.extras == ("Mood",)


def test_actors_are_split_at_semicolons_when_the_column_has_any():
    dataset = stranger('date,title,actors\n2014,A,"Moor, Ada; Carrow, Ben"\n2015,B,"Moor, Ada"\n')
    assert dataset.mention_actors["actor"].tolist() == ["Moor, Ada", "Carrow, Ben", "Moor, Ada"]
    assert "semicolons" in next(p.reason for p in dataset.problems if p.code == "actors-split")


def test_a_column_of_single_actors_needs_no_note():
    assert stranger("date,title,actors\n2014,A,Arland\n").problems == ()


def test_documents_are_derived_from_what_there_is():
    dataset = stranger(
        "date,title,document,source,url,author,published,language\n"
        "2014,A,Report 7,OSCE mission,https://x.example/7,Ada,2014-02,en\n2015,B,Report 7,OSCE mission,,,,\n"
        "2016,C,Report 7,Gazette,,,,\n2017,D,,Gazette,https://y.example/a?b,,,\n2018,E,,,,,,\n"
    )
    documents = dataset.documents.set_index("id")
    assert documents.index.tolist() == ["report-7", "report-7-2", "y-example-a-b"]
    assert documents.loc["report-7", ["title", "source", "author", "published", "url"]].tolist() == [
        "Report 7",
        "OSCE mission",
        "Ada",
        "2014-02",
        "https://x.example/7",
    ]
    assert documents.loc["report-7", "published_words"]
    assert dataset.mentions["document"].tolist() == [
        "report-7",
        "report-7",
        "report-7-2",
        "y-example-a-b",
        "",
    ]
    assert dataset.mentions["url"].tolist()[:2] == ["https://x.example/7", "https://x.example/7"]
    assert dataset.events["documents"].tolist() == [1, 1, 1, 1, 0]


def test_repeated_ids_and_rows_alike_are_mentions_of_one_event():
    dataset = stranger(
        "id,date,title\n7,2014-01-01,A\n7,2014-01-03,Other\nx,2014,Rally\ny,2014,rally \n"
        "z,2015,Rally\nQ q,2016,Z\nq-q,2017,Y\n"
    )
    assert dataset.errors == ()
    assert dataset.mentions["id"].tolist() == ["7", "7-2", "x", "y", "z", "q-q", "q-q-2"]
    assert dataset.mentions["event"].tolist() == ["7", "7", "x", "x", "z", "q-q", "q-q-2"]
    notes = [(p.line, p.severity) for p in dataset.problems if p.code == "same-event"]
    assert notes == [(3, "note"), (5, "note")]


def test_an_event_column_beside_a_title_groups_rows():
    dataset = stranger("date,event,title\n2014,The Strike,A\n2014-02,the strike,B\n2015,,C\n")
    assert dataset.mentions["event"].tolist() == ["the-strike", "the-strike", "c"]


def test_ids_of_other_scripts_stay_the_same_when_rows_move():
    first = stranger("date,title\n2014,Забастовка\n2015,港口\n").mentions["id"].tolist()
    second = stranger("date,title\n2015,港口\n2014,Забастовка\n").mentions["id"].tolist()
    assert first == second[::-1]
    assert all(name.isascii() for name in first)


def test_open_vocabularies_missing_citations_and_long_titles():
    dataset = stranger(f"date,title,status,category\n2014,{'x' * 120},rumoured,weather\n")
    assert [(p.severity, p.code) for p in dataset.problems] == [("warning", "title-long")]
    assert dataset.mentions["title"].str.len().tolist() == [120]
    assert dataset.events[["status", "category"]].values.tolist() == [["rumoured", "weather"]]


def test_a_start_and_an_end_are_one_range():
    dataset = stranger(
        "start,end,title\n2014-01-01,2014-01-05,A\n2014-01,,B\n,2014,C\n2014,2014,D\n2013,2014-02,E\n2014,2013,F\n2014,x,G\n"
    )
    assert dataset.mentions["edtf"].tolist() == [
        "2014-01-01/2014-01-05",
        "2014-01",
        "/2014",
        "2014",
        "2013/2014-02",
    ]
    assert dataset.mentions["date"].tolist()[0] == "2014-01-01 – 2014-01-05"
    assert dataset.mentions["open_start"].tolist() == [False, False, True, False, False]
    assert [(p.code, p.line, p.column) for p in dataset.errors] == [
        ("date-reversed", 7, "start"),
        ("date-unreadable", 8, "end"),
    ]


def test_year_month_and_day_in_columns_of_their_own():
    dataset = stranger(
        "Year,Month,Day,End Year,End Month,End Day,Headline\n"
        "2014,2,3,2014,3,,A\n2014,,,,,,B\n2014,Feb,9,,,,C\n"
        "2014,2,30,,,,D\n,,,,,,E\n"
    )
    assert dataset.mentions["edtf"].tolist() == ["2014-02-03/2014-03", "2014", "2014-02-09", ""]
    assert [(p.code, p.line) for p in dataset.errors] == [("date-impossible", 5)]
    assert dataset.undated == 1


def test_near_twins_among_strangers_actors_are_a_warning():
    dataset = stranger("date,title,who\n2014,A,U.S.\n2015,B,US\n2016,C,US\n")
    (problem,) = [p for p in dataset.problems if p.code == "near-twin"]
    assert (problem.severity, problem.line) == ("warning", 3)
    assert "'US' (in 2)" in problem.reason
    assert dataset.actors["name"].tolist() == ["U.S.", "US"]


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://x.example/a?b=c#d", True),
        ("HTTP://x.example", True),
        ("https://[::1]:80/", True),
        ("", True),
        ("javascript:alert(1)", False),
        ("JaVa\nScript:alert(1)", False),
        ("vbscript:x", False),
        ("//evil.example", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://user@host.example/", False),
        ("https://x .example", False),
        ("https://", False),
        ("&#106;avascript:x", False),
        ("https://x\\@y.example", False),
        ("www.x.example", False),
        ("https://x.example/" + "a" * 5000, False),
        ("https://x.example/\u202ea", False),
    ],
)
def test_addresses_that_cannot_be_links_are_warnings_and_stay_text(url, fine):
    quoted = url.replace('"', '""')
    dataset = stranger(f'date,title,link\n2014,A,"{quoted}"\n')
    assert ("url" in {p.code for p in dataset.problems}) != fine
    assert dataset.errors == ()
    assert dataset.mentions["url"].tolist() == [url]


def test_an_unreadable_publication_date_of_a_stranger_is_a_warning():
    dataset = stranger("date,title,source,published\n2014,A,S,soon\n")
    assert [(p.severity, p.column) for p in dataset.problems] == [("warning", "published")]


def test_actors_csv_alone_gives_a_strangers_table_its_tree():
    actors = Raw("actors.csv", b"name,kind,part_of,aliases\nArland,state,,AR\nAda,person,Arland,\n")
    dataset = build(Raw("mine.csv", b"date,title,who\n2014,A,AR; Ada; Other\n"), None, actors)
    assert dataset.mention_actors["actor"].tolist() == ["Arland", "Ada", "Other"]
    assert dataset.actors["kind"].tolist() == ["state", "person", ""]
    assert dataset.errors == ()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_loading_uses_the_tables_beside(tmp_path):
    row = ",".join(f'"{cell}"' for cell in schema.template_row().values())
    path = write(tmp_path, "events.csv", f"{schema.header_line()}\n{row}\n")
    alone = load(path)
    assert not alone.curated
    assert (alone.drawn, alone.errors) == (1, ())
    write(tmp_path, "documents.csv", "id,title,source\ncourier-2014-02-23,Dockers walk out,The Lio Courier\n")
    write(
        tmp_path,
        "actors.csv",
        "name,kind,part_of,aliases\nDockers' Union,organisation,,\nPort Lio,place,,\nAda Moor,person,,\n",
    )
    together = load(str(path))
    assert together.curated
    assert together.problems == ()
    assert together.mentions["source"].tolist() == ["The Lio Courier"]
    assert together.name == "events.csv"
    assert together.path == path
    assert len(together.fingerprint) == 12
    assert together.fingerprint != alone.fingerprint
    assert load(path).fingerprint == together.fingerprint


def test_tables_may_be_named(tmp_path):
    path = write(tmp_path, "e.csv", "date,title\n2014,A\n")
    with pytest.raises(CannotRead, match="no such file"):
        load(path, documents=tmp_path / "nope.csv")


@pytest.mark.parametrize("name", ["nope.csv", "a\0b.csv", "x" * 5000, ".", "broken-link"])
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path, name):
    (tmp_path / "broken-link").symlink_to(tmp_path / "gone.csv")
    with pytest.raises(CannotRead) as raised:
        load(tmp_path / name)
    assert raised.value.reason
    assert "\0" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_fifo_and_a_device_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(CannotRead, match="not a regular file"):
            load(path)


def test_a_folder_beside_is_no_table(tmp_path):
    (tmp_path / "documents.csv").mkdir()
    with pytest.raises(CannotRead, match="folder"):
        load(write(tmp_path, "events.csv", "date,title\n"))


def test_no_permission(tmp_path, monkeypatch):
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CannotRead, match="not permitted"):
        read_bytes(tmp_path / "a.csv")


def test_a_file_over_the_limit_is_not_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(FILE_BYTES + 1)  # a sparse file: it takes no room
    assert read_bytes(path) is None
    assert [p.code for p in load(path).errors] == ["file-too-large"]


@pytest.mark.parametrize("encoding", ["klingon", "", "a\0b", "hex"])
def test_an_unknown_encoding_cannot_run(tmp_path, encoding):
    with pytest.raises(CannotRead):
        load(write(tmp_path, "e.csv", "date,title\n"), encoding=encoding)


def test_where_the_shipped_tables_are():
    assert shipped().name == "events.csv"
    assert assets_path().name == "assets"


def test_a_header_in_another_order_and_unreadable_events_still_check_the_rest():
    dataset = build(Raw("events.csv", b""), Raw("documents.csv", b"id,title,source\n,T,S\n"), None)
    assert [(p.file, p.code) for p in dataset.errors] == [
        ("events.csv", "no-header"),
        ("documents.csv", "empty"),
    ]


names = st.sampled_from(
    ["id", "event", "date", "title", "actors", "source", "start", "end", "x", "url", "year", "month", ""]
)
texts = st.one_of(
    st.sampled_from(["", "2014", "2014-02-30", "a", "A;B", "7", "\0", "n.d.", " x ", "2014/2013", "=1", "é"]),
    st.text(max_size=8),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(names, min_size=1, max_size=7), st.lists(st.lists(texts, max_size=8), max_size=8), st.booleans())
def test_any_table_keeps_count_and_speaks_json(header, rows, beside):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    events = Raw("events.csv", out.getvalue().encode("utf-8", "surrogatepass"))
    documents = Raw("documents.csv", events.content) if beside else None
    dataset = build(events, documents, documents)
    assert dataset.rows == dataset.drawn + dataset.undated + dataset.skipped + dataset.in_error
    assert len(dataset.mentions) == dataset.drawn + dataset.undated
    assert dataset.mentions["id"].is_unique
    assert set(dataset.mentions["event"]) == set(dataset.events["event"])
    assert int(dataset.events["mentions"].sum()) == len(dataset.mentions)
    assert set(dataset.mention_actors["actor"]) <= set(dataset.actors["name"])
    assert set(dataset.mentions["document"]) - {""} <= set(dataset.documents["id"]) | set(dataset.mentions["document"])
    json.dumps([problem.as_dict() for problem in dataset.problems], ensure_ascii=False).encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(*(texts for _ in schema.EVENTS)), max_size=5))
def test_any_curated_rows_keep_count(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([schema.names(schema.EVENTS), *rows])
    documents = Raw("documents.csv", b"id,title,source\na,A,S\n")
    dataset = build(
        Raw("events.csv", out.getvalue().encode("utf-8", "surrogatepass")),
        documents,
        Raw("actors.csv", b"name\nA\n"),
    )
    assert dataset.curated
    assert dataset.rows == len(rows)
    assert dataset.rows == dataset.drawn + dataset.undated + dataset.skipped + dataset.in_error
    assert dataset.mentions["id"].is_unique
