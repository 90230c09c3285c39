"""CSV to Parquet and back: the same dataset whatever the pieces, the same bytes again, nothing written by halves."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_cli import assert_cannot_run, run
from timeline.table import Dataset, load
from timeline.table.converting import convert
from timeline.table.cutting import pieces
from timeline.table.made import make_events
from timeline.table.parquet import read, read_facts
from timeline.table.problems import in_order

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made table whose rows tell one event here and there, near and far apart."""
    folder = tmp_path_factory.mktemp("made")
    path = make_events(folder, 600)
    lines = path.read_text(encoding="utf-8").split("\n")
    for row in (3, 4, 300, 555):
        lines[row] = lines[row].replace(",,", ",the-strike,", 1)
    lines[200] = lines[200].replace("The paper", "The\npaper")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def check_same(found: Dataset, dataset: Dataset) -> None:
    ours = dataset.mentions.drop(columns="mention").reset_index(drop=True)
    theirs = found.mentions.sort_values("line").drop(columns="mention").reset_index(drop=True)
    pd.testing.assert_frame_equal(theirs, ours, check_dtype=False)
    left, right = (each.events.drop(columns="importance") for each in (found, dataset))
    pd.testing.assert_frame_equal(left, right, check_dtype=False)
    for name in ("name", "curated", "extras", "rows", "drawn", "undated", "skipped", "in_error", "fingerprint"):
        assert getattr(found, name) == getattr(dataset, name), name
    for name in ("documents", "actors"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(dataset, name), check_dtype=False)
    cast = [
        set(zip(each.mentions["id"].iloc[each.mention_actors["mention"]], each.mention_actors["actor"], strict=True))
        for each in (found, dataset)
    ]
    assert cast[0] == cast[1]


class TestPieces:
    @given(
        st.lists(st.text(alphabet='ab,\n"', max_size=6), min_size=0, max_size=12),
        st.integers(1, 40),
        st.booleans(),
    )
    @settings(max_examples=200, deadline=None)
    def test_every_record_stands_in_one_piece_whole(self, tmp_path_factory, cells, size, ended):
        quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
        content = ("h1\n" + "\n".join(quoted) + ("\n" if ended and quoted else "")).encode()
        path = tmp_path_factory.mktemp("cut") / "t.csv"
        path.write_bytes(content)
        found = list(pieces(path, size))
        assert b"".join(piece.own for piece in found) == content
        assert found[-1].read == len(content)
        for piece in found:
            assert piece.content.startswith(b"h1\n")
            assert piece.own.count(b'"') % 2 == 0
            line = content.find(piece.own) if piece.own else 0
            if piece.offset:
                assert content.count(b"\n", 0, line) >= 1
        lines = 1
        for piece in found:
            assert piece.offset == lines - 1 or not piece.offset
            lines += piece.own.count(b"\n") - (0 if piece.offset else 1)

    def test_a_quotation_mark_that_is_not_closed_ends_with_the_file(self, tmp_path):
        path = tmp_path / "t.csv"
        path.write_bytes(b'h\n"a\nb\nc\n')
        assert [piece.content for piece in pieces(path, 3)] == [b'h\n"a\nb\nc\n']


class TestConvert:
    @pytest.mark.parametrize("size", [5_000, 40_000, 10**9])
    @pytest.mark.parametrize("by_year", [False, True])
    def test_any_pieces_make_the_same_dataset(self, made, tmp_path, size, by_year):
        target, work = tmp_path / "events.parquet", tmp_path / "work"
        work.mkdir()
        seen = []
        told = convert(made, target, work, size=size, by_year=by_year, progress=seen.append)
        dataset = load(made)
        check_same(read(target), dataset)
        assert seen == sorted(seen) and seen[-1] == made.stat().st_size
        assert (told.rows, told.in_error) == (dataset.rows, dataset.in_error)
        facts = read_facts(target)
        assert (facts.events, facts.mentions, facts.many) == (len(dataset.events), len(dataset.mentions), 4)

    def test_the_problems_keep_their_lines(self, made, tmp_path):
        path = tmp_path / "events.csv"
        content = made.read_text(encoding="utf-8").replace(",2", ",31 February 2", 3)
        path.write_text(content, encoding="utf-8")
        for name in ("documents.csv", "actors.csv"):
            (tmp_path / name).write_bytes((made.parent / name).read_bytes())
        dataset = load(path)
        assert dataset.in_error
        (tmp_path / "work").mkdir()
        convert(path, tmp_path / "e.parquet", tmp_path / "work", size=20_000)
        found = read(tmp_path / "e.parquet")
        assert in_order(found.problems, (path.name,), ()) == in_order(dataset.problems, (path.name,), ())
        check_same(found, dataset)

    def test_the_rows_stand_in_the_order_of_time_with_statistics(self, made, tmp_path):
        (tmp_path / "work").mkdir()
        convert(made, tmp_path / "e.parquet", tmp_path / "work")
        frame = pq.read_table(tmp_path / "e.parquet").to_pandas()
        starts = frame["event_start"].dropna()
        assert starts.is_monotonic_increasing
        assert frame["number"].is_monotonic_increasing
        assert list(frame["mention"]) == list(range(len(frame)))
        assert frame.groupby("number")["leads"].sum().eq(1).all()
        assert pq.read_metadata(tmp_path / "e.parquet").row_group(0).column(0).statistics is not None

    @pytest.mark.parametrize("table", ["made", "shipped"])
    def test_and_back_byte_for_byte(self, made, tmp_path, table):
        source = made if table == "made" else ROOT / "events.csv"
        assert run("convert", source, "-o", tmp_path / "e.parquet").exit_code == 0
        assert run("convert", tmp_path / "e.parquet", "-o", tmp_path / "back.csv").exit_code == 0
        assert (tmp_path / "back.csv").read_bytes() == source.read_bytes()

    def test_a_folder_by_year_and_back(self, made, tmp_path):
        assert run("convert", made, "-o", tmp_path / "years", "--by-year").exit_code == 0
        assert (tmp_path / "years" / "year=2001").is_dir()
        assert run("convert", tmp_path / "years", "-o", tmp_path / "back.csv").exit_code == 0
        assert (tmp_path / "back.csv").read_bytes() == made.read_bytes()

    def test_a_strangers_table(self, tmp_path):
        path = tmp_path / "notes.csv"
        rows = "2014,Fair,A; B,calm\n,Letter,A,\nnever,Bad,B,\n2013-05,Strike,B,angry\n"
        path.write_text(f"When,Headline,who,Mood\n{rows}")
        result = run("convert", path, "-o", tmp_path / "n.parquet")
        assert result.exit_code == 0
        assert "3 rows of 4" in result.stderr and "timeline check" in result.stderr
        check_same(read(tmp_path / "n.parquet"), load(path))
        assert run("convert", tmp_path / "n.parquet", "-o", tmp_path / "back.csv").exit_code == 0
        back = load(tmp_path / "back.csv")
        assert list(back.mentions["title"]) == ["Fair", "Letter", "Strike"]
        assert back.extras == ("Mood",)

    def test_a_table_without_rows(self, tmp_path):
        path = tmp_path / "none.csv"
        path.write_text("date,title\n")
        assert run("convert", path, "-o", tmp_path / "n.parquet").exit_code == 0
        assert len(read(tmp_path / "n.parquet").mentions) == 0
        assert run("convert", path, "-o", tmp_path / "y", "--by-year").exit_code == 0
        assert len(read(tmp_path / "y").mentions) == 0

    def test_what_stands_there_is_kept_unless_forced(self, made, tmp_path):
        target = tmp_path / "e.parquet"
        target.write_text("mine")
        assert_cannot_run(run("convert", made, "-o", target), "exists", "--force")
        assert target.read_text() == "mine"
        assert run("convert", made, "-o", target, "--force").exit_code == 0
        assert len(read(target).mentions) == 600
        (tmp_path / "folder").mkdir()
        assert_cannot_run(run("convert", made, "-o", tmp_path / "folder", "--by-year", "--force"), "folder")
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []

    def test_what_cannot_be_converted_is_one_sentence(self, made, tmp_path):
        assert_cannot_run(run("convert", made, "-o", tmp_path / "e.txt"), "becomes a .parquet")
        assert_cannot_run(run("convert", tmp_path / "no.csv", "-o", tmp_path / "e.parquet"), "no such file")
        assert_cannot_run(run("convert", tmp_path / "no.parquet", "-o", tmp_path / "e.csv"), "no such file")
        assert_cannot_run(run("convert", made, "-o", tmp_path / "no" / "e.parquet"), "no folder")
        (tmp_path / "text.parquet").write_text("this is text")
        assert_cannot_run(run("convert", tmp_path / "text.parquet", "-o", tmp_path / "e.csv"), "no Parquet file")
        assert_cannot_run(run("check", tmp_path / "text.parquet"), "no Parquet file")
        pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "other.parquet")
        assert_cannot_run(run("convert", tmp_path / "other.parquet", "-o", tmp_path / "e.csv"), "timeline convert")
        assert not (tmp_path / "e.csv").exists() and not (tmp_path / "e.parquet").exists()


class TestCommandsReadParquet:
    def test_check_and_export(self, made, tmp_path):
        run("convert", made, "-o", tmp_path / "e.parquet")
        result = run("check", tmp_path / "e.parquet")
        assert "600 rows" in result.stdout
        assert run("export", tmp_path / "e.parquet", "-o", tmp_path / "rows.csv", "--q", "ferry").exit_code == 0
        assert run("export", made, "-o", tmp_path / "same.csv", "--q", "ferry").exit_code == 0
        lines = [sorted((tmp_path / name).read_text().splitlines()) for name in ("rows.csv", "same.csv")]
        assert lines[0] == lines[1]


class TestMakeEvents:
    def test_the_same_seed_makes_the_same_table(self, tmp_path):
        for name, seed in (("a", "3"), ("b", "3"), ("c", "4")):
            assert run("make-events", "50", "-o", tmp_path / name, "--seed", seed).exit_code == 0
        a, b, c = ((tmp_path / name / "events.csv").read_bytes() for name in "abc")
        assert a == b != c
        dataset = load(tmp_path / "a" / "events.csv")
        assert (dataset.rows, dataset.in_error, dataset.errors) == (50, 0, ())

    def test_a_longer_table_begins_as_a_shorter_one(self, tmp_path):
        for name, rows in (("a", "30"), ("b", "60")):
            run("make-events", rows, "-o", tmp_path / name)
        a, b = ((tmp_path / name / "events.csv").read_bytes() for name in "ab")
        assert b.startswith(a)

    def test_tables_that_are_there_are_kept_unless_forced(self, tmp_path):
        run("make-events", "5", "-o", tmp_path)
        assert_cannot_run(run("make-events", "6", "-o", tmp_path), "events.csv is there", "--force")
        assert run("make-events", "6", "-o", tmp_path, "--force").exit_code == 0
        assert_cannot_run(run("make-events", "6", "-o", tmp_path / "events.csv"), "not a folder")
