"""The benchmarks run, on tiny sizes, and say what they should; how fast anything is, no test asks."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import browser, dates, load, naive, readers, tables
from benchmarks.made import make_events
from benchmarks.measuring import HEADINGS, Row, machine, machine_line, number, side_by_side, spread_of, table
from benchmarks.serving import served
from timeline.query import Query, as_dict, facets
from timeline.table import Dataset
from timeline.table import load as load_table


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made table of 300 rows."""
    return make_events(tmp_path_factory.mktemp("made"), 300)


@pytest.fixture(scope="module")
def dataset(made: Path) -> Dataset:
    """The made table, as we read it."""
    return load_table(made)


def test_the_made_table_is_curated_and_without_errors(dataset: Dataset) -> None:
    assert dataset.curated
    assert dataset.errors == ()
    assert dataset.rows == 300
    assert dataset.undated > 0
    assert {"day", "month", "year"} <= set(dataset.mentions["precision"])


def test_the_same_seed_makes_the_same_table(made: Path, tmp_path: Path) -> None:
    assert make_events(tmp_path, 300).read_bytes() == made.read_bytes()
    assert make_events(tmp_path, 300, seed=8).read_bytes() != made.read_bytes()


def test_few_actors_are_frequent(dataset: Dataset) -> None:
    often = dataset.mention_actors["actor"].value_counts()
    assert often.iloc[0] > 5 * often.median()


def test_the_peer_counts_what_we_count(made: Path, dataset: Dataset) -> None:
    """Otherwise its times would say nothing about ours."""
    events, chance = naive.read(made), random.Random(3)
    for _ in range(12):
        chosen = tables.random_choice(dataset, chance)
        ours = {
            key: {value.value: value.count for value in values if value.count}
            for key, values in facets(dataset, tables.query_of(chosen)).items()
        }
        assert ours == naive.counts(events, chosen)


def test_the_peer_counts_what_we_count_in_the_shipped_tables(shipped: Dataset) -> None:
    assert shipped.path is not None
    events, chance = naive.read(shipped.path), random.Random(3)
    for _ in range(12):
        chosen = tables.random_choice(shipped, chance)
        ours = {
            key: {value.value: value.count for value in values if value.count}
            for key, values in facets(shipped, tables.query_of(chosen)).items()
        }
        assert ours == naive.counts(events, chosen)


def test_tables_are_measured_beside_pandas() -> None:
    rows = tables.measure(1, rows=40, queries=3)
    assert {row.part for row in rows} == {"tables"}
    assert all(row.ours and row.ours > 0 for row in rows)
    assert sum(row.ratio is not None for row in rows) == len(rows) - 2  # first questions have no peer


def test_dates_are_measured_beside_two_libraries() -> None:
    rows = dates.measure(1, count=8, sample=4)
    assert len(rows) == 4
    assert all(row.ours and row.peer and row.ratio for row in rows)


def test_citations_are_measured_where_there_are_texts(documents_dir: Path) -> None:
    rows = [row for row in tables.measure(1, 10, documents_dir, queries=1) if "citations" in row.what]
    assert [row.better for row in rows] == ["more"]


def test_a_server_is_measured_under_load_beside_the_peer() -> None:
    rows = load.measure(1, size=40, readers=3, seconds=3)
    assert {row.part for row in rows} == {"load"}
    told = {row.what: row for row in rows}
    assert (told["errors"].ours, told["errors"].peer) == (0, 0)
    assert told["page opened, 95 in 100 within"].ratio
    assert told["any answer, half within"].ratio
    assert told["answers"].better == "more"
    assert told["answers"].ours


def test_readers_ask_what_the_page_asks(dataset: Dataset) -> None:
    """Each step follows from the one before, few values are chosen often, and nothing is asked twice the same way."""
    steps = load.plan(dataset, random.Random(1), 60)
    assert [kind for _, kind, *_ in steps[:1]] == ["open"]
    assert {kind for _, kind, *_ in steps[1:]} == {"filter", "zoom"}
    for (_, _, _, after, _, _), (_, kind, before, next_, _, _) in pairwise(steps):
        assert before == after
        assert kind == "filter" or next_ == before
    assert steps == load.plan(dataset, random.Random(1), 60)
    assert len({str(as_dict(after)) for *_, after, _, _ in steps}) > 5
    assert Query() in [after for *_, after, _, _ in steps]


def test_a_share_of_times() -> None:
    times = [float(n) for n in range(100, 0, -1)]
    assert [readers.share(times, part) for part in (0.5, 0.95, 1)] == [51, 96, 100]
    assert readers.share([], 0.5) is None


def test_errors_of_a_server_are_counted() -> None:
    from flask import Flask

    def broken(*_: object) -> tuple[str, int]:
        return "no", 500

    app = Flask("broken")
    app.add_url_rule("/_dash-update-component", view_func=broken, methods=["POST"])
    holder = type("Holder", (), {"server": app})
    with served(holder) as url:
        found = readers.visit(url, [[readers.Step(0, (("filter", b"{}"),))] * 2] * 3, seconds=5)
    assert found.errors == ["filter: 500"] * 6
    assert len(found.every()) == 6


def test_a_ratio_above_one_means_that_ours_is_ahead() -> None:
    assert Row("p", "time", "ms", 10, 20).ratio == 2
    assert Row("p", "speed", "per second", 10, 20, better="more").ratio == 0.5
    assert Row("p", "alone", "ms", 10).ratio is None
    assert Row("p", "nothing", "requests", 0, 0).ratio is None


def test_the_spread_is_that_of_the_rounds() -> None:
    assert spread_of([10, 10, 20], [20, 5, 20]) == (0.5, 2)
    assert spread_of([10], [20]) is None
    assert "(0.50 to 2.00)  1.00 x" in table([Row("p", "time", "ms", 10, 10, spread=(0.5, 2))])


def test_two_actions_take_turns() -> None:
    calls: list[str] = []
    side_by_side(lambda: calls.append("ours"), lambda: calls.append("peer"), 3)
    assert calls == ["ours", "peer", "peer", "ours", "ours", "peer"]


def test_numbers_have_three_digits() -> None:
    told = [number(value) for value in (None, 0.0, 0.123, 12.34, 123.4, 12_345.6)]
    assert told == ["-", "0", "0.12", "12.3", "123", "12,346"]


def test_the_table_is_aligned() -> None:
    rows = [
        Row("one", "a figure", "ms", 12.5, 25, note="a note"),
        Row("two", "alone", "kB", 1234567),
        Row("two", "a longer name of a figure", "ms", 3, 1, note="a note"),
    ]
    lines = table(rows).splitlines()
    body = lines[: lines.index("", 4)]  # up to the notes; the blank line between the parts stands before
    assert lines[0].split() == list(HEADINGS)
    assert body[2].endswith("2.00 x")
    ours_end = lines[0].index("ours") + 4
    for line in body:
        assert not line or line[ours_end - 1] != " "
        assert not line or len(line) <= ours_end or line[ours_end] == " "
    assert lines[-2:] == ["one: a note", "two: a note"]


def test_the_machine_is_named() -> None:
    line = machine_line(machine())
    assert "Python 3." in line
    assert "plotly" in line
    assert "\n" not in line


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["dates", "--rounds", "1", "--rows", "4", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["machine"]["cores"] >= 1
    assert {"part", "what", "unit", "ours", "peer", "ratio", "better", "note", "spread"} == set(said["rows"][0])


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["dates", "--rounds", "1", "--rows", "4"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == list(HEADINGS)
    assert "dates: plain days, beside edtf, µs each" in out


def test_without_a_browser_it_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def none(rounds: int) -> list[Row]:
        raise browser.NoBrowser("there is none")

    monkeypatch.setattr(browser, "measure", none)
    assert command.main(["browser"]) == 0
    assert capsys.readouterr().err == "browser: not measured, there is none\n"


@pytest.mark.parametrize("wrong", [["nothing"], ["--rounds", "0"], ["--documents", "no/such/folder"]])
def test_what_makes_no_sense_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(wrong)
    assert stopped.value.code == 2
    assert capsys.readouterr().err
