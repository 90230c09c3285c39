"""The benchmarks run, on tiny sizes, and say what they should; how fast anything is, no test asks."""

from __future__ import annotations

import gzip
import json
import random
import threading
from contextlib import nullcontext
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from benchmarks import __main__ as command
from benchmarks import (
    answers,
    browser,
    dates,
    exports,
    hosting,
    load,
    loading,
    naive,
    npm,
    pages,
    readers,
    tables,
    targets,
)
from benchmarks.contenders import contenders
from benchmarks.floors import tasks
from benchmarks.made import Made, make_events
from benchmarks.measuring import Row, machine, machine_line, number, resident, side_by_side, spread_of, table
from benchmarks.serving import served
from benchmarks.visiting import Figures, Task, visit
from timeline.export.formats import FORMATS
from timeline.query import Query, as_dict, facets, select
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
    *beside, hostile = rows
    assert len(beside) == 5
    assert all(row.ours and row.peer and row.ratio for row in beside)
    assert hostile.ours and hostile.peer is None


def test_every_format_without_a_browser_is_measured_and_pictures_are_where_there_is_one() -> None:
    rows = {row.what: row for row in exports.measure(1, 60)}
    assert {f"60 rows as {form.name}" for form in FORMATS if not form.browser} < set(rows)
    assert all(isinstance(row.ours, float) and row.ours > 0 for what, row in rows.items() if "rows as" in what)
    assert rows["60 rows as csv"].peer is not None and rows["first picture"].ours


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
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        found = readers.visit(url, [[readers.Step(0, (("filter", b"{}"),))] * 2] * 3, seconds=5)
    finally:
        server.shutdown()
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
        Row("two", "a longer name of a figure", "ms", 3, 1, note="another note"),
    ]
    one, two = table(rows).split("\n\n")
    assert one.splitlines()[0].split() == ["one", "ours", "peer", "ratio"]
    assert one.splitlines()[2].endswith("2.00 x")
    assert one.splitlines()[3:] == ["  a note"]
    lines = two.splitlines()
    ours_end = lines[0].index("ours") + 4
    for line in lines[:-1]:
        assert line[ours_end - 1] != " "
        assert len(line) <= ours_end or line[ours_end] == " "
    assert lines[-1] == "  another note"


def test_the_best_of_several_peers_is_what_ours_is_compared_with() -> None:
    row = Row("p", "time", "ms", 10, peers={"slow": 40, "quick": 5, "given up": "> 60 s", "not there": None})
    assert (row.best, row.ratio) == ("quick", 0.5)
    assert Row("p", "speed", "per second", 10, peers={"slow": 5, "quick": 40}, better="more").best == "quick"
    assert Row("p", "marks", "elements", 10, peers={"any": 5}, better="").ratio is None
    head, _, line = table([row]).splitlines()
    assert head.split() == ["p", "ours", "slow", "quick", "given", "up", "not", "there", "ratio"]
    assert line.split() == ["time,", "ms", "10", "40", "5", ">", "60", "s", "-", "0.50", "x"]


def test_a_target_is_met_or_missed_and_a_page_that_was_given_up_has_missed_it() -> None:
    rows = [Row("p", str(ours), "ms", ours, target=9.0, floor=1) for ours in (9, 9.1, "> 60 s", None)]
    assert [row.met for row in rows] == [True, False, False, None]
    lines = table(rows).splitlines()
    assert lines[0].split() == ["p", "target", "ours", "floor"]
    assert [" ".join(line.split()[2:-1]) for line in lines[2:]] == [
        "<= 9 met 9", "<= 9 MISSED 9.10", "s, ms <= 9 MISSED > 60 s", "<= 9 -"
    ]  # fmt: skip


def test_floors_stand_alone() -> None:
    head, _, line = table([Row("floors", "a frame", "ms", None, floor=16.7)]).splitlines()
    assert (head.split(), line.split()) == (["floors", "floor"], ["a", "frame,", "ms", "16.7"])


def test_a_million_may_take_a_little_longer_than_ten_thousand() -> None:
    assert targets.page("first", 10_000) == 1000
    assert targets.page("first", 1_000_000) == 1200
    assert targets.page("first", 1_000_000, 800.0) == pytest.approx(960)
    assert targets.page("off", 1_000_000) == 110
    assert targets.page("code sent", 10) is None
    assert targets.loading("CSV", "seconds", 1_000_000) == 5
    assert targets.loading("CSV", "seconds", 1000) is None


def test_the_machine_is_named() -> None:
    line = machine_line(machine())
    assert "Python 3." in line
    assert "plotly" in line
    assert "\n" not in line


def test_each_table_is_made_once(tmp_path: Path) -> None:
    made = Made(tmp_path)
    first = made(3)
    first.write_bytes(b"mine")
    assert made(3) == first
    assert first.read_bytes() == b"mine"
    assert made(4) != first


def test_answers_are_measured_beside_pandas_and_both_count_the_same(tmp_path: Path) -> None:
    rows = answers.measure({300: make_events(tmp_path, 300)}, 1, questions=2)
    assert {row.part for row in rows} == {"answers, 300 rows"}
    assert all(isinstance(row.ours, float) for row in rows)
    (whole,) = [row for row in rows if row.what == f"{answers.ARRAYS}: {answers.WHOLE}"]
    assert whole.target == 15
    assert whole.ratio is not None
    assert "all count the same" in whole.note


def test_other_counts_are_no_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naive, "counts", lambda events, chosen: {"actor": {"nobody": 1}})
    rows = answers.measure({40: make_events(tmp_path, 40)}, 1, questions=1)
    (whole,) = [row for row in rows if row.what == f"{answers.ARRAYS}: {answers.WHOLE}"]
    assert whole.peers == {"naive pandas": "differs"}
    assert "DIFFER" in whole.note


def test_a_digest_asks_for_no_order_and_for_no_noughts() -> None:
    assert answers.digest({"a": {"x": 1, "y": 2}}) == answers.digest({"a": {"y": 2, "x": 1, "z": 0}})
    assert answers.digest({"a": {"x": 1}}) != answers.digest({"a": {"x": 2}})


def test_loading_tells_seconds_and_memory(made: Path) -> None:
    for side in (loading.OURS, loading.PEER, loading.NOTHING):
        found = loading.tell("CSV", side, made)
        assert found["seconds"] is not None
    if resident("self") is not None:
        assert found["memory"] == pytest.approx(resident("self"), rel=0.2)


def test_without_npm_its_peers_are_not_measured(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    with pytest.raises(npm.NoPeers, match="npm is not installed"):
        npm.packages(tmp_path / "peers")
    assert not (tmp_path / "peers").exists()
    monkeypatch.setattr(npm, "packages", _no_peers)
    with contenders(made) as (events, sides, why_not):
        assert events == 300
        assert [side.side.name for side in sides] == ["ours", "naive Dash"]
        assert why_not == ["vis-timeline and TimelineJS3 not measured, there is no npm"]


def _no_peers() -> Path:
    raise npm.NoPeers("there is no npm")


def test_packages_that_are_there_are_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    for name, version in npm.PACKAGES.items():
        folder = tmp_path / "node_modules" / name
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(json.dumps({"version": version}))
    assert npm.packages(tmp_path) == tmp_path / "node_modules"


def test_each_page_must_show_what_our_queries_select(made: Path, dataset: Dataset) -> None:
    _, told = hosting.ours(made)
    for source, count in told["expected"].items():
        query = Query(sources=(source,)) if source else Query()
        assert select(dataset, query).shown == count
    drawn = json.loads(pages.events_json(naive.read(made).dropna(subset=["start", "finish"])))
    assert set(drawn[0]) == {"title", "start", "finish", "lane", "source"}
    assert hosting.naive_dash(made)[1]["expected"][""] == len(drawn) <= told["expected"][""]


def test_a_server_ends_with_its_block() -> None:
    with served("idle") as host, urlopen(host.url) as answer:
        assert answer.status == 200
    with pytest.raises(OSError):
        urlopen(host.url)


def test_a_page_is_served_compressed_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.js").write_text("1")
    (tmp_path / "secret").write_text("2")
    answer = pages.application("vis", b"[1]", tmp_path / "lib")

    def get(path: str) -> tuple[str, bytes]:
        said: list[str] = []
        body = b"".join(answer({"PATH_INFO": path}, lambda status, headers: said.append(status)))
        return said[0], body

    assert gzip.decompress(get("/events.json")[1]) == b"[1]"
    assert b"vis.Timeline" in gzip.decompress(get("/")[1])
    assert gzip.decompress(get("/lib/a.js")[1]) == b"1"
    for path in ("/lib/../secret", "/lib/b.js", "/secret", "/lib/"):
        assert get(path)[0].startswith("404")


class _Session:
    """A browser that answers at once: figures by the name of the page."""

    def __init__(self, **found: Figures) -> None:
        self.found, self.visits, self.browser = found, [], SimpleNamespace(version="1")

    def visit(self, task: Task) -> Figures:
        self.visits.append((task.side.name, task.briefly))
        return self.found.get(task.side.name.split()[0], Figures({"first": [2.0], "off": [3.0]}))


def _browser_rows(made: Path, monkeypatch: pytest.MonkeyPatch, session: _Session) -> list[Row]:
    monkeypatch.setattr(npm, "packages", _no_peers)
    monkeypatch.setattr(browser, "_session", lambda: nullcontext(session))
    return [row for row in browser.measure({"many": made}, 2, 60) if row.part == "many"]


def test_pages_take_turns_after_a_first_look(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = _Session(ours=Figures({"first": [1.0], "off": [4.0]}))
    rows = {row.what: row for row in _browser_rows(made, monkeypatch, session)}
    seen = [visit for visit in session.visits if visit[0] != "idle"]
    assert seen == [
        ("naive Dash", True), ("ours", True),
        ("ours", False), ("naive Dash", False),
        ("naive Dash", False), ("ours", False),
    ]  # fmt: skip
    first = rows["navigation to first complete picture"]
    assert (first.ours, first.peers, first.ratio, first.target) == (1, {"naive Dash": 2}, 2, 1000)
    assert first.floor == 2
    assert rows["filter off to painted frame"].ratio == 0.75


def test_who_is_slow_is_given_up_and_who_fails_has_no_figures(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, wrong = Figures({"first": [1.0]}, slow={"off"}), Figures({"first": [1.0]}, wrong=["it threw"])
    session = _Session(ours=wrong, naive=slow)
    rows = {row.what: row for row in _browser_rows(made, monkeypatch, session)}
    assert rows["navigation to first complete picture"].ours == "failed"
    assert rows["navigation to first complete picture"].peers == {"naive Dash": 1}
    assert rows["filter off to painted frame"].peers == {"naive Dash": "> 60 s"}
    assert rows["filter on to painted frame"].peers == {"naive Dash": None}
    assert len([name for name, _ in session.visits if name != "idle"]) == 2
    told = next(row.note for row in rows.values() if "FAILED" in row.note)
    assert "ours FAILED: it threw" in told
    assert "naive Dash was given up after 60 s" in told


FIGURES = {
    "first", "on", "off", "zoom", "refined", "drag", "drag p95", "drag max", "code sent", "data sent", "on, sent",
    "off, sent", "zoom, sent", "heap", "nodes", "marks",
}  # fmt: skip


@pytest.mark.browser
def test_every_page_shows_the_picture_and_gives_every_figure(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The peers from npm only where a run has installed them; a test fetches nothing."""
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    with contenders(make_events(tmp_path, 60)) as (_, sides, _):
        for side in sides:
            found = visit(browser, Task(side.side, side.host, next(iter(side.host.expected)), 30))
            assert (side.side.name, found.wrong, found.slow) == (side.side.name, [], set())
            assert set(found.values) >= FIGURES


@pytest.mark.browser
def test_the_floors_are_measured(browser: Browser) -> None:
    with tasks(30) as floors:
        for task in floors.values():
            found = visit(browser, task)
            assert (found.wrong, found.slow) == ([], set())
    assert set(found.values) >= {"first", "callback", "redraw", "redraw of points", "drag p95", "heap"}


@pytest.mark.browser
def test_a_page_that_shows_something_else_or_never_comes_gives_no_figures(browser: Browser) -> None:
    with tasks(1) as floors:
        idle = floors["idle"]
        other = replace(idle, host=replace(idle.host, expected={"": 3}))
        assert visit(browser, other).wrong == ["all: 0 marks of 0 events, where 3 are due"]
        assert visit(browser, replace(idle, side=replace(idle.side, complete="false"))).slow == {"first"}
        (gone,) = visit(browser, replace(idle, host=replace(idle.host, url="http://127.0.0.1:1/"))).wrong
        assert "ERR_" in gone
        missing = visit(browser, replace(idle, side=replace(idle.side, complete="fetch('nothing').then(() => 1)")))
        assert any("404" in complaint for complaint in missing.wrong)


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["dates", "--rounds", "1", "--rows", "4", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["machine"]["cores"] >= 1
    assert set(said["rows"][0]) == {
        "part", "what", "unit", "ours", "peer", "peers", "best", "ratio", "better", "note", "spread", "target", "met",
        "floor",
    }  # fmt: skip


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["dates", "--rounds", "1", "--rows", "4"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == ["dates", "ours", "peer", "ratio"]
    assert "plain days, beside edtf, µs each" in out


def test_the_command_measures_the_sizes_that_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(browser, "measure", lambda pages, rounds, cap: asked.append((list(pages), rounds, cap)) or [])
    monkeypatch.setattr(answers, "measure", lambda paths, rounds: asked.append((list(paths), rounds)) or [])
    assert command.main(["many", "answers", "--sizes", "20,5", "--rounds", "1", "--cap", "9"]) == 0
    assert asked == [(["many, 5 rows", "many, 20 rows"], 1, 9), ([5, 20], 1)]


def test_without_a_browser_it_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*given: object) -> list[Row]:
        raise browser.NoBrowser("there is none")

    monkeypatch.setattr(browser, "measure", none)
    assert command.main(["browser"]) == 0
    assert capsys.readouterr().err == "browser: not measured, there is none\n"


@pytest.mark.parametrize(
    "wrong",
    [["nothing"], ["--rounds", "0"], ["--sizes", "5,0"], ["--sizes", "many"], ["--documents", "no/such/folder"]],
)
def test_what_makes_no_sense_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(wrong)
    assert stopped.value.code == 2
    assert capsys.readouterr().err
