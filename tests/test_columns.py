"""A large table read as columns: the same answers as row by row, whatever is in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.table import columns, dataset, judging, making
from timeline.table.dataset import Dataset, Raw, build
from timeline.table.limits import CELL_CHARACTERS
from timeline.table.schema import EVENTS, names
from timeline.table.when import NotADate, is_undated, read_date
from timeline.table.whens import FLAGS, TEXTS, read_dates

HEADER = names(EVENTS)
DOCUMENTS = Raw(
    "documents.csv",
    b"id,title,source,author,published,kind,language,url,file,sha256\n"
    b"paper-1,A paper,The Post,,2015-01-31,report,en,https://post.example/1,,\n"
    b"paper-2,Another,The Herald,,2016,report,en,,,\n",
)
ACTORS = Raw(
    "actors.csv",
    "name,kind,part_of,aliases\nArland,state,,AR\nPort Lio,place,Arland,\nÅsa Ek,person,,\nA  B,group,,\n".encode(),
)
PLAIN: dict[str, tuple[str, ...]] = {
    "event": ("", "", "strike", "e3"),
    "date": ("2014-02-22", "2014-02", "2014", "2014-02-22/2014-03-01", "2014-02~", ""),
    "title": ("The strike begins", "The storm ends", "Årets lampa"),
    "summary": ("The paper says that it began.", "He said, “no”.", "Two\nlines, said", 'Said "so", twice'),
    "actors": ("Arland", "Arland;Port Lio", "Port Lio; Åsa Ek", "A  B"),
    "category": ("aid", "law"),
    "status": ("reported", "planned", "contested"),
    "speaker": ("", "", "Åsa Ek"),
    "document": ("paper-1", "paper-2"),
    "locator": ("para. 3", "p. 12"),
    "passage": ("At noon the cranes … until the evening", "three words here", "Ночью краны стояли … до утра"),
}
ODD: dict[str, tuple[str, ...]] = {
    "id": ("", "e1", "e1-2", "e2", " e2", "E-1", "e_1", "a/b", "e" * 81, "x" * 78, "'=e", "e1\u200b", "é1", "e-1"),
    "event": ("Strike", "a b", " strike", "e1", "e2"),
    "date": (
        "n.d.",
        "44 BC",
        "-0043-03-15",
        "2014-02-30",
        "2014?",
        "2014-02~/..",
        "2013%",
        "24:00",
        "2014-02-22T24:00",
        "0000",
        "2012/2011",
        "1921-22",
        "13/04/2014",
        "1000/1900",
        "[2012,2013]",
        " 2014",
        "'2014",
        "2014-21",
        "x",
        "+2014",
    ),
    "title": (
        "",
        " The strike",
        "The strike\u00a0",
        "T" * 90,
        "T" * 91,
        "\tTab",
        "soft\u00adhyphen",
        "bell\x07",
        "=1+1",
        "-x",
        "－x",
        "@x",
        "'@x",
        "'x",
        "â€™s",
        "zero\u200bwidth",
        "\u202eover",
        "a\tb",
        "a  b",
        "“Quoted”",
        "\u3000x",
    ),
    "summary": (
        "",
        "Ends in a space ",
        "\n",
        "Â£",
        "\ufffd",
        "\ufeffx",
        "İstanbul Straße",
        "a\u0301",
        "x\u0085y",
        "two  spaces",
    ),
    "actors": (
        "",
        "AR",
        "Nobody",
        "Arland;;Port Lio",
        ";",
        "Arland;Arland",
        "AR;Arland",
        "Arland ; Port Lio",
        "Arland,B",
    ),
    "category": ("", "Aid", "war"),
    "status": ("", "said"),
    "speaker": ("AR", "Nobody", " Arland"),
    "document": ("", "paper-3", "paper 1", "PAPER-1"),
    "locator": ("", "p 3", "para. 0", "§ 4"),
    "passage": ("", "two words", "one two three ... four", "… x", "a b … c … d", "w " * 9 + "… x y"),
}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "LARGE", 0)
    monkeypatch.setattr(judging, "MOST", 1.0)


def both_ways(
    content: bytes, documents: Raw | None = DOCUMENTS, actors: Raw | None = ACTORS
) -> tuple[Dataset, Dataset]:
    raw = Raw("events.csv", content)
    return build(raw, documents, actors), carefully(raw, documents, actors)


def carefully(*raws: Raw | None) -> Dataset:
    """The dataset as the careful reader makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "LARGE", 10**9)
        return build(*raws)


def assert_same(one: Dataset, other: Dataset) -> None:
    for name in ("mentions", "mention_actors", "events", "documents", "actors"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert list(mine.columns) == list(theirs.columns)
        for column in mine:
            assert str(mine[column].dtype) == str(theirs[column].dtype), column
            pd.testing.assert_series_equal(mine[column], theirs[column], check_dtype=False, obj=f"{name}.{column}")
            assert mine[column].tolist() == theirs[column].tolist() or mine[column].isna().any()
    assert one.problems == other.problems
    for name in ("name", "curated", "extras", "rows", "drawn", "undated", "skipped", "in_error", "fingerprint"):
        assert getattr(one, name) == getattr(other, name), name


def table(rows: Sequence[dict[str, str]], header: Sequence[str] = HEADER, end: str = "\n", quoting: Any = 0) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator=end, quoting=quoting)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return file.getvalue().encode()


def row(number: int, **cells: str) -> dict[str, str]:
    return {"id": f"e{number}"} | {name: cells[0] for name, cells in PLAIN.items()} | cells


def rows_of(dirt: int) -> st.SearchStrategy[list[dict[str, str]]]:
    """Rows of which some `dirt` in a hundred cells are out of the ordinary."""

    @st.composite
    def one(draw: Callable[[Any], Any]) -> dict[str, str]:
        made = {"id": f"e{draw(st.integers(1, 10**6))}"}
        for name in HEADER:
            pool = PLAIN.get(name)
            odd = draw(st.integers(0, 99)) < dirt
            if odd and name in ODD:
                made[name] = draw(st.sampled_from(ODD[name]))
            elif pool:
                made[name] = draw(st.sampled_from(pool))
        return made

    return st.lists(one(), min_size=1, max_size=12)


@pytest.mark.parametrize("dirt", [0, 3, 15])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_both_ways_give_the_same(dirt: int, data: st.DataObject) -> None:
    rows = data.draw(rows_of(dirt))
    extra = data.draw(st.sampled_from([(), ("note",), ("",), ("colour", "colour"), ("note", "")]))
    for each in rows:
        each.update({name: data.draw(st.sampled_from(["", "red", " red", "a\nb"])) for name in extra})
    end = data.draw(st.sampled_from(["\n", "\n", "\r\n"]))
    content = table(rows, (*HEADER, *extra), end, data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])))
    content = content if data.draw(st.booleans()) else content.rstrip(b"\r\n")
    size = data.draw(st.sampled_from([7, 100, 1000, 10**6]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "PIECE", size)
        assert_same(*both_ways(content, actors=data.draw(st.sampled_from([ACTORS, None]))))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([b"x", b",", b'"', b"\n", b"\r", b"\r\n", b'""', b" ", b"\x00", b"\xff", b";", "é".encode()])
    ),
    st.sampled_from([3, 50, 10**6]),
)
def test_any_bytes_below_the_header(rest: list[bytes], size: int) -> None:
    content = table([row(1), row(2)]) + b"".join(rest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "PIECE", size)
        assert_same(*both_ways(content))


class TestTaken:
    """Tables that are read as columns, whatever single cells they hold."""

    def same(self, content: bytes) -> Dataset:
        raws = Raw("events.csv", content), DOCUMENTS, ACTORS
        made = dataset._dataset(making.in_columns([content], "events.csv", DOCUMENTS, ACTORS), raws, None)
        assert_same(made, carefully(*raws))
        return made

    @pytest.mark.parametrize(
        ("name", "cell"), [(name, cell) for name, cells in ODD.items() for cell in cells if len(cell) < 78]
    )
    def test_one_odd_cell(self, name: str, cell: str) -> None:
        self.same(table([row(1), row(2), row(3, **{name: cell}), row(4), row(5, speaker="Åsa Ek")]))

    @pytest.mark.parametrize("name", HEADER)
    @pytest.mark.parametrize(
        "cell", [" x", "x\u00a0", "\u2003x", "x\x1f", "=x", "'=x", "x\x85", "\x9fx", "\u2066x", "Ð°x"]
    )
    def test_what_may_be_wrong_with_any_cell(self, name: str, cell: str) -> None:
        self.same(table([row(1), row(2, **{name: cell}), row(3)]))

    def test_a_second_id_takes_no_name_that_is_there(self) -> None:
        ids = ["a", "b", "a", "a-2", "a-2-2", "b-1", "c"]
        made = self.same(table([row(0, id=id) for id in ids]))
        assert made.mentions["id"].is_unique
        ids = ["a-2-2", "a-2", "a", "a", "a", "a-3", "c", "c-2"]
        assert self.same(table([row(0, id=id) for id in ids])).mentions["id"].is_unique

    def test_ids_that_differ_in_look_or_in_spaces(self) -> None:
        made = self.same(table([row(0, id=id) for id in ("ab-1", "AB-1", "ab1", "ab-1 ", "ab-1-2", "c")]))
        assert {"near-twin", "duplicate-id", "malformed-id"} <= {problem.code for problem in made.problems}

    def test_lines_inside_cells_and_empty_rows_count(self) -> None:
        rows = [
            row(1, summary="a\n\nb"),
            dict.fromkeys(HEADER, ""),
            row(2, title="=x", summary="x\ny"),
            row(3, title=" y"),
        ]
        made = self.same(table(rows, end="\r\n") + b"\n")
        assert made.mentions["line"].tolist() == [2, 6, 8]
        assert made.skipped == 2

    def test_a_column_of_many_different_cells(self) -> None:
        rows = [row(n, passage=f"the passage {n} … of many") for n in range(200)]
        rows[7]["passage"], rows[8]["passage"], rows[9]["passage"] = "two words", "", "a b ... c"
        self.same(table([each | {"note": f"note {n}"} for n, each in enumerate(rows)], (*HEADER, "note")))

    def test_failed_rows_leave_the_others_in_their_places(self) -> None:
        rows = [row(n, date="2014-13" if n % 7 == 0 else f"2014-{n % 12 + 1:02}") for n in range(60)]
        rows[10]["title"], rows[11]["title"] = "", "T" * 95
        made = self.same(table(rows))
        assert made.in_error == 10

    def test_a_cell_that_is_too_long(self) -> None:
        self.same(table([row(1), row(2, summary="x" * (CELL_CHARACTERS + 1)), row(3)]))

    def test_names_of_columns_may_be_repaired(self) -> None:
        self.same(table([row(1)]).replace(b"id,event", b"ID, Event", 1))

    def test_nothing_is_kept(self) -> None:
        made = self.same(table([row(1, title=""), row(2, date="x")]))
        assert (made.rows, made.in_error) == (2, 2)

    def test_events_of_several_mentions(self) -> None:
        rows = [row(n, event=("x", "y", "", "e5")[n % 4], date=f"20{n % 20:02}") for n in range(40)]
        assert self.same(table(rows)).events["mentions"].max() > 1


class TestLeft:
    """Tables that are left to the careful reader."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda content: b"\xef\xbb\xbf" + content,
            lambda content: content.replace(b",", b";"),
            lambda content: content + b"short,row\n",
            lambda content: content + b'e9,"open\n',
            lambda content: content.replace(b"strike", b"str\xffke", 1),
            lambda content: content.replace(b"strike", b"str\x00ke", 1),
            lambda content: content.replace(b"strike", b'str"ke', 1),
            lambda content: content.replace(b"strike", b"str\rke", 1),
            lambda content: content.replace(b"passage\n", b"colour\n", 1),
            lambda content: content.split(b"\n")[0],
            lambda content: b"\n" + content,
            lambda content: b"",
        ],
    )
    def test_by_what_is_unusual_about_the_file(self, change: Callable[[bytes], bytes]) -> None:
        content = change(table([row(1), row(2)]))
        with pytest.raises(columns.Declined):
            making.in_columns([content], "events.csv", DOCUMENTS, ACTORS)
        assert_same(*both_ways(content))

    def test_where_most_rows_are_odd(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(judging, "MOST", 0.25)
        content = table([row(n, title=" x") for n in range(4)])
        with pytest.raises(columns.Declined):
            making.in_columns([content], "events.csv", DOCUMENTS, ACTORS)
        assert_same(*both_ways(content))


_YEARS = st.one_of(
    st.sampled_from(["0000", "0001", "0999", "1000", "1900", "2000", "9999"]),
    st.from_regex(r"[0-9]{4}", fullmatch=True),
)
_PLAIN_DATE = st.builds(
    lambda year, month, day, size: (year + f"-{month:02}" + f"-{day:02}")[: (4, 7, 10)[size]],
    _YEARS, st.integers(0, 13), st.integers(0, 32), st.integers(0, 2),
)  # fmt: skip


@st.composite
def _interval(draw: Callable[[Any], Any]) -> str:
    first, last = draw(_PLAIN_DATE), draw(_PLAIN_DATE)
    shared = draw(st.sampled_from([0, 4, 7]))
    return f"{first}/{first[:shared]}{last[shared:]}"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(_PLAIN_DATE, _interval(), st.sampled_from(ODD["date"]), st.text(max_size=12)), max_size=60))
def test_dates_are_those_of_the_reader_of_single_ones(texts: list[str]) -> None:
    whens = read_dates(texts)
    for place, text in enumerate(texts):
        when = None if is_undated(text) else read_date(text)
        if when is None:
            assert whens.texts["words"][place] == "undated"
            assert np.isnan(whens.bounds["start"][place])
        elif isinstance(when, NotADate) or when.notes:
            assert whens.odd[place]
            continue
        else:
            assert {name: whens.texts[name][place] for name in TEXTS} == {n: getattr(when, n) or "" for n in TEXTS}
            assert {name: bool(whens.flags[name][place]) for name in FLAGS} == {n: getattr(when, n) for n in FLAGS}
            assert (whens.bounds["start"][place], whens.bounds["end"][place]) == (when.start, when.end)
            assert whens.odd[place] == (400 * 365.25 < when.end - when.start < float("inf"))
