"""Two versions of a table compared: which rows differ, how it is told, and how it is drawn."""

from __future__ import annotations

import html
import json
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner, Result

from tests.tables import Row, make_dataset
from tests.test_export import needs_chromium
from timeline.chart.difference import Side, draw_differences
from timeline.chart.difference_marks import drawn_of
from timeline.chart.text import text_width
from timeline.cli import cli
from timeline.curating.comparing import (
    ADDED,
    EDITED,
    KINDS,
    MOVED,
    RECITED,
    REMOVED,
    RENAMED,
    Difference,
    Differences,
    compare,
)
from timeline.curating.moving import moved
from timeline.curating.telling import as_json, lines, summary
from timeline.table.when import read_date

OLD, NEW = Side("old.csv", "0123456789ab"), Side("new.csv", "ba9876543210")
DOCUMENTS = ({"id": "d", "title": "Notes", "source": "Lio Post"},)


def row(id: str, date: str = "2014-03-01", **cells: str) -> Row:
    return {"id": id, "date": date, "title": f"Title of {id}", "document": "d", "locator": "para. 1",
            "passage": f"words of {id}", **cells}  # fmt: skip


def differences(old: list[Row], new: list[Row]) -> Differences:
    return compare(make_dataset(old, documents=DOCUMENTS), make_dataset(new, documents=DOCUMENTS))


def only(old: Row, new: Row) -> Difference:
    found = differences([old, row("same")], [row("same"), new])
    assert found.same == 1 and len(found.rows) == 1
    return found.rows[0]


class TestRows:
    def test_every_kind(self) -> None:
        old = [row("gone"), row("moves"), row("recited"), row("old-name"), row("edited"), row("same")]
        new = [row("same"), row("edited", summary="Other."), row("come"), row("moves", "2014-03-02"),
               row("recited", locator="para. 2"),
               {**row("old-name"), "id": "new-name"}]  # fmt: skip
        found = differences(old, new)
        assert found.counts == dict.fromkeys(KINDS, 1) and found.same == 1
        ids = {kind: [each.id for each in found.of(kind)] for kind in KINDS}
        assert ids == {ADDED: ["come"], REMOVED: ["gone"], MOVED: ["moves"], RECITED: ["recited"],
                       RENAMED: ["new-name"], EDITED: ["edited"]}  # fmt: skip
        assert found.of(RENAMED)[0].before["id"] == "old-name"  # type: ignore[index]

    def test_the_order_of_rows_is_no_difference(self) -> None:
        rows = [row(name, f"20{n:02d}") for n, name in enumerate("abcdef")]
        assert differences(rows, rows[::-1]) == Differences((), 6)

    @pytest.mark.parametrize(
        ("change", "kinds", "columns"),
        [
            ({"date": "2014-04"}, (MOVED,), ("date",)),
            ({"date": ""}, (MOVED,), ("date",)),
            ({"date": "2014-03-01~"}, (MOVED,), ("date",)),
            ({"document": "e"}, (RECITED,), ("document",)),
            ({"passage": "other words here"}, (RECITED,), ("passage",)),
            ({"title": "Other"}, (EDITED,), ("title",)),
            ({"actors": "Arland;Belmark"}, (EDITED,), ("actors",)),
            ({"event": "shared"}, (EDITED,), ("event",)),
            ({"status": "contested", "speaker": "Ada Kern"}, (EDITED,), ("status", "speaker")),
            ({"date": "2015", "locator": "p. 3", "title": "x"}, (MOVED, RECITED, EDITED), ("date", "locator", "title")),
        ],
    )  # fmt: skip
    def test_which_columns_make_which_kind(
        self, change: dict[str, str], kinds: tuple[str, ...], columns: tuple[str, ...]
    ) -> None:
        found = only(row("a"), row("a", **change))
        assert found.kinds == kinds and found.columns == columns

    def test_a_date_spelt_otherwise_has_not_moved(self) -> None:
        found = only(row("a", "1 March 2014"), {**row("a", "2014-03-01"), "edtf": "2014-03-01"})
        assert MOVED not in found.kinds or found.said == ""

    def test_further_columns_are_compared_where_both_have_them(self) -> None:
        found = differences([{**row("a"), "extra:mood": "grim", "extra:old": "x"}],
                            [{**row("a"), "extra:mood": "merry", "extra:new": "y"}])  # fmt: skip
        assert found.rows[0].columns == ("extra:mood",)
        assert (found.old_columns, found.new_columns) == (("old",), ("new",))
        assert "mood: “grim” → “merry”" in "\n".join(lines(found))

    def test_rows_are_in_the_order_of_time(self) -> None:
        new = [row("c", "2015"), row("none", ""), row("a", "1812"), row("b", "../1990")]
        assert [each.id for each in differences([], new).rows] == ["a", "b", "c", "none"]

    def test_a_row_is_renamed_once(self) -> None:
        """Of three rows alike, two stay under other ids and one is removed."""
        alike = {"title": "Same", "passage": "the same words"}
        found = differences([row(n, **alike) for n in "abc"], [row(n, **alike) for n in "xy"])
        assert found.counts == {**dict.fromkeys(KINDS, 0), RENAMED: 2, REMOVED: 1}

    def test_rows_without_citation_are_not_taken_for_one_another(self) -> None:
        bare = {"document": "", "locator": "", "passage": "", "title": "Same"}
        found = differences([row("a", **bare)], [row("b", **bare)])
        assert found.counts[RENAMED] == 0 and found.counts[ADDED] == found.counts[REMOVED] == 1

    def test_of_many_rows_six_hundred_are_drawn(self) -> None:
        from dataclasses import replace

        import pandas as pd

        one = make_dataset([row("a")], documents=DOCUMENTS)
        many = pd.concat([one.mentions] * 6_000, ignore_index=True)
        ids = pd.Series([f"row-{n}" for n in range(len(many))], dtype="str")
        old = replace(one, mentions=many.assign(id=ids, event=ids, mention=np.arange(len(many))))
        titles = np.where(np.arange(len(many)) % 5 == 0, "Other", many["title"])
        new = replace(old, mentions=old.mentions.assign(title=pd.Series(titles, dtype="str")))
        started = time.perf_counter()
        found = compare(old, new)
        figure = draw_differences(found, OLD, NEW)
        assert time.perf_counter() - started < 10
        assert found.counts[EDITED] == 1_200 and found.same == 4_800
        assert sum(len(trace.x) for trace in figure.data if trace.name == "events") == 600


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2014-03-01", "2014-03-03", "2 days later"),
        ("2014-03-03", "2014-03-02", "1 day earlier"),
        ("2014-03", "2014-03-14", "more precise"),
        ("2014-03-14", "2014", "less precise"),
        ("2014", "2014-03-01~", "more precise, now approximate"),
        ("2014-03-01?", "2014-03-01", "no longer uncertain"),
        ("2014-03-01", "2014-06-01", "about 3 months later"),
        ("2014", "1914", "about 100 years earlier"),
        ("2014-03-01T10:00", "2014-03-01T12:00", "2 hours later"),
        ("2014-03-01", "2014-05", "about 2 months later, less precise"),
        ("2014-02", "2014-03", "28 days later"),
        ("", "2014", "was undated"),
        ("2014", "", "now undated"),
        ("2014-03-01/2014-03-05", "2014-03-02/2014-03-05", "begins 1 day later"),
        ("2014-03-01/2014-03-05", "2014-03-01/2014-03-04", "ends 1 day earlier"),
        ("2014-03-01/2014-03-05", "2014-03-01/..", "its end is open now"),
        ("../2014", "2013/2014", "its start is known now"),
        ("2014-03-01", "2014-03-01/2014-03-05", "now a span"),
        ("2014-03-01/2014-03-05", "2015-03-01", "about 12 months later, no longer a span"),
    ],
)
def test_how_a_date_moved(before: str, after: str, said: str) -> None:
    def meaning(text: str) -> dict[str, Any]:
        when = read_date(text) if text else None
        names = ("start", "end", "precision", "approximate", "uncertain")
        return {name: getattr(when, name) if when else float("nan") for name in names}

    assert moved(meaning(before), meaning(after)) == said


class TestWords:
    def test_counts_come_first_and_groups_follow(self) -> None:
        found = differences([row("a"), row("b")], [row("a", "2014-03"), row("c", "2013")])
        told = list(lines(found))
        assert told[0] == "1 row added, 1 removed, 1 moved in time; 0 rows are the same."
        assert told[2:] == [
            "Added (1)",
            "  some time in 2013: Title of c (c)",
            "      d, para. 1",
            "",
            "Removed (1)",
            "  1 March 2014: Title of b (b)",
            "      d, para. 1",
            "",
            "Moved in time (1)",
            "  Title of a (a)",
            "      1 March 2014 → some time in March 2014 (less precise)",
        ]

    def test_nothing_is_said_so(self) -> None:
        assert list(lines(differences([row("a")], [row("a")]))) == ["No differences."]
        assert summary(differences([], [])) == "No differences."

    def test_hostile_cells_are_one_line_and_shown(self) -> None:
        found = only(row("a"), row("a", summary="x\x1b[31m\n" + "long " * 100))
        assert all(line.isprintable() and len(line) < 260 for line in lines(differences([], [])))
        text = list(lines(Differences((found,), 0)))
        assert all("\x1b" not in line and "\n" not in line and len(line) < 260 for line in text)

    def test_json_has_both_sides(self) -> None:
        found = differences([row("a"), row("b")], [row("a", "2014-03", locator="p. 2")])
        told = json.loads(json.dumps(as_json(found), allow_nan=False))
        assert told["counts"][MOVED] == told["counts"][RECITED] == told["counts"][REMOVED] == 1
        first = next(each for each in told["rows"] if each["id"] == "a")
        assert first["kinds"] == [MOVED, RECITED] and first["moved"] == "less precise"
        assert first["changed"]["locator"] == {"from": "para. 1", "to": "p. 2"}
        assert first["changed"]["date"] == {"from": "2014-03-01", "to": "2014-03"}
        assert first["before"]["edtf"] == "2014-03-01" and first["after"]["words"] == "some time in March 2014"
        assert next(each for each in told["rows"] if each["id"] == "b")["after"] is None


def trace(figure: Any, name: str) -> Any:
    return next((each for each in figure.data if each.name == name), None)


def texts(figure: Any) -> str:
    return " | ".join(str(note.text) for note in figure.layout.annotations)


class TestPicture:
    @pytest.fixture
    def all_kinds(self) -> Differences:
        old = [row("gone"), row("moves", "2014-02"), row("recited"), row("old"), row("edited"), row("lost", "2014-01")]
        new = [row("edited", summary="x"), row("come"), row("moves", "2014-05-02"), row("recited", locator="p. 2"),
               {**row("old"), "id": "new"}, row("lost", ""), row("undated", "")]  # fmt: skip
        return differences(old, new)

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_each_kind_has_a_lane_and_a_symbol_of_its_own(self, all_kinds: Differences, theme: str) -> None:
        figure = draw_differences(all_kinds, OLD, NEW, theme=theme)
        events = trace(figure, "events")
        kinds = {symbol.removesuffix("-open-dot").removesuffix("-open") for symbol in events.marker.symbol}
        assert kinds == {"cross", "x", "diamond", "square", "pentagon", "triangle-up", "circle"}
        by_height: dict[float, set[str]] = {}
        for y, symbol in zip(events.y, events.marker.symbol, strict=True):
            by_height.setdefault(y, set()).add(symbol.split("-")[0])
        assert len(by_height) >= 6
        for glyph in "✚✖◆■⬟▲○":
            assert glyph in texts(figure)

    def test_a_move_leads_from_the_hollow_old_place_to_the_new_one(self, all_kinds: Differences) -> None:
        figure = draw_differences(all_kinds, OLD, NEW)
        line, hollow, bar = (trace(figure, name) for name in ("moves", "old places", "old dates"))
        assert line.x == ("2014-02-15T00:00:00", "2014-05-02T12:00:00", None)
        assert line.line.dash == "dot" and len(set(line.y)) == 1
        assert hollow.x == ("2014-02-15T00:00:00",) and hollow.marker.color == figure.layout.paper_bgcolor
        assert bar.base == ("2014-02-01T00:00:00",) and bar.x == (28 * 86_400_000.0,)

    def test_dates_are_honest(self, all_kinds: Differences) -> None:
        found = differences([], [row("day", "2014-03-01"), row("month", "2014-03"), row("about", "2014-03-01~")])
        symbols = dict(zip(
            trace(draw_differences(found, OLD, NEW), "events").customdata,
            trace(draw_differences(found, OLD, NEW), "events").marker.symbol, strict=True))  # fmt: skip
        assert symbols == {"day": "cross", "month": "cross-open", "about": "cross-open-dot"}

    def test_the_small_print_says_what_is_not_drawn(self, all_kinds: Differences) -> None:
        figure = draw_differences(all_kinds, OLD, NEW)
        assert "2 of the rows have no date." in texts(figure)
        assert "Old data 0123456789ab, new data ba9876543210." in texts(figure)
        assert "What changed from old.csv to new.csv" in texts(figure)
        outlier = differences([], [row(f"r{n}", f"2014-03-{n + 1:02d}") for n in range(20)] + [row("far", "1812")])
        assert "1 date lies before" in texts(draw_differences(outlier, OLD, NEW))

    def test_nothing_and_nothing_dated_are_said(self) -> None:
        assert "No differences." in texts(draw_differences(differences([], []), OLD, NEW))
        undated = differences([], [row("a", "")])
        assert "No row with a date differs." in texts(draw_differences(undated, OLD, NEW))

    @pytest.mark.parametrize("width", [320, 1200])
    def test_labels_never_meet_each_other_or_the_edge(self, width: int) -> None:
        rng = np.random.default_rng(4)
        days = rng.integers(0, 28, 60)
        old = [row(f"r{n}", f"2014-{n % 12 + 1:02d}-{day + 1:02d}") for n, day in enumerate(days)]
        new = [row(f"r{n}", f"2014-{(n * 7) % 12 + 1:02d}", title=f"Long title of the row {n}") for n in range(60)]
        figure = draw_differences(differences(old, new), OLD, NEW, width=width)
        lo, hi = (np.datetime64(end) for end in figure.layout.xaxis.range)
        plot = width - figure.layout.margin.l - figure.layout.margin.r
        labels, marks, hollow = (trace(figure, name) for name in ("labels", "events", "old places"))

        def pixels(at: str) -> float:
            return float((np.datetime64(at) - lo) / (hi - lo)) * plot

        boxes = []
        for x, y, text, place in zip(labels.x, labels.y, labels.text, labels.textposition, strict=True):
            wide, left = text_width(html.unescape(text), 12), pixels(x)
            left = left if place == "middle right" else left - wide
            boxes.append((y, left, left + wide))
            assert left >= 0 and left + wide <= plot
        points = [(y, pixels(x)) for each in (marks, hollow) for x, y in zip(each.x, each.y, strict=True)]
        assert len(boxes) > 20
        for number, (y, left, right) in enumerate(boxes):
            for other, start, end in boxes[:number]:
                assert abs(y - other) > 12 or right <= start or end <= left
            assert not any(abs(y - at) < 8 and left < x < right for at, x in points)

    def test_of_too_many_each_kind_has_its_share_over_all_the_time(self) -> None:
        old = [row(f"r{n}", f"{1000 + 3 * n}") for n in range(300)]
        new = [row(f"r{n}", f"{1000 + 3 * n}", summary="x") for n in range(290)] + [row("one", "1500")]
        found = differences(old, new)
        drawn = drawn_of(found, fade=100.0, most=60)
        counts = {kind: int((drawn.marks["code"] == kind).sum()) for kind in drawn.lanes}
        assert counts == {ADDED: 1, REMOVED: 10, EDITED: 49} and drawn.hidden == 241
        starts = drawn.marks[drawn.marks["code"] == EDITED]["start"].to_numpy(float)
        assert np.diff(np.sort(starts)).max() < 25 * 365.25

    def test_text_of_the_table_is_text(self) -> None:
        found = differences([], [row("a", title="<b>bold</b> $x$")])
        figure = draw_differences(found, Side("<i>.csv", "0"), NEW)
        assert "&lt;b&gt;" in trace(figure, "labels").text[0] and "<i>.csv" not in texts(figure)
        assert "<b>bold" not in trace(figure, "events").hovertext[0]


def run(*args: Any) -> Result:
    return CliRunner().invoke(cli, ["diff", *map(str, args)], prog_name="timeline")


TABLE = "id,date,title,document\na,2014-03-01,Strike,d\nb,2015,Fair,d\n"


class TestCommand:
    @pytest.fixture
    def pair(self, tmp_path: Path) -> tuple[Path, Path]:
        old, new = tmp_path / "old.csv", tmp_path / "new.csv"
        old.write_text(TABLE)
        new.write_text(TABLE.replace("2014-03-01", "2014-03-04").replace("b,", "c,").replace("Fair", "Feast"))
        return old, new

    def test_differences_are_told_and_no_error(self, pair: tuple[Path, Path]) -> None:
        result = run(*pair)
        assert result.exit_code == 0 and result.stderr == ""
        assert result.stdout.startswith("1 row added, 1 removed, 1 moved in time; 0 rows are the same.\n")
        assert "1 March 2014 → 4 March 2014 (3 days later)" in result.stdout

    def test_the_same_table_has_none(self, pair: tuple[Path, Path]) -> None:
        result = run(pair[0], pair[0])
        assert (result.exit_code, result.stdout) == (0, "No differences.\n")

    def test_json(self, pair: tuple[Path, Path]) -> None:
        told = json.loads(run(*pair, "--json").stdout)
        assert told["old"]["name"] == "old.csv" and told["new"]["rows"] == 2
        assert [each["kinds"] for each in told["rows"]] == [["moved"], ["removed"], ["added"]]

    def test_an_old_version_that_lies_alone_is_read_like_the_new_one(self, tmp_path: Path) -> None:
        root = Path(__file__).resolve().parents[1]
        for name in ("events.csv", "documents.csv", "actors.csv"):
            (tmp_path / name).write_bytes((root / name).read_bytes())
        (tmp_path / "alone").mkdir()
        old = tmp_path / "alone" / "old.csv"
        old.write_bytes((root / "events.csv").read_bytes())
        for pair in ((old, tmp_path / "events.csv"), (tmp_path / "events.csv", old)):
            result = run(*pair)
            assert (result.exit_code, result.stdout, result.stderr) == (0, "No differences.\n", "")

    def test_strangers_tables(self, tmp_path: Path) -> None:
        old, new = tmp_path / "a.csv", tmp_path / "b.csv"
        old.write_text("When;Headline;Colour\n1 March 2014;Strike;red\n2015;Fair;blue\n")
        new.write_text("When;Headline;Colour\n4 March 2014;Strike;red\n2015;Fair;green\n")
        result = run(old, new)
        assert result.exit_code == 0 and "3 days later" in result.stdout and "Colour: “blue” → “green”" in result.stdout

    @pytest.mark.parametrize("bad", [b"", b"PK\x03\x04xl/", "id,date\na,1".encode("utf-16"), b"name,age\nAda,5\n"])
    def test_a_table_that_cannot_be_read_is_told_and_not_all_gone(self, pair: tuple[Path, Path], bad: bytes) -> None:
        pair[1].write_bytes(bad)
        result = run(*pair)
        assert result.exit_code == 1 and result.stdout == ""
        assert result.stderr.count("\n") == 1 and "new.csv" in result.stderr

    def test_rows_in_error_are_told(self, pair: tuple[Path, Path]) -> None:
        pair[1].write_text(TABLE + "x,2014-02-31,Never,d\n")
        result = run(*pair)
        assert result.exit_code == 0 and "1 row of 3 could not be read and is not compared" in result.stderr

    @pytest.mark.parametrize(
        ("args", "words"),
        [
            (("none.csv", "new.csv"), "no such file"),
            (("old.csv", "."), "folder"),
            (("old.csv", "new.csv", "-o", "x.docx"), "no format of a picture"),
            (("old.csv", "new.csv", "-o", "x"), "no suffix"),
            (("old.csv", "new.csv", "-o", "none/x.svg"), "no folder"),
            (("old.csv", "new.csv", "-o", "there.html"), "--force"),
        ],
    )
    def test_what_cannot_be_done_is_told(
        self, pair: tuple[Path, Path], args: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(pair[0].parent)
        Path("there.html").write_text("mine")
        result = run(*args)
        assert result.exit_code == 2 and words in result.stderr and "Traceback" not in result.stderr
        assert Path("there.html").read_text() == "mine"

    def test_a_page_of_its_own(self, pair: tuple[Path, Path], tmp_path: Path) -> None:
        pair[1].write_text(pair[1].read_text().replace("Feast", "</script><b>x"))
        result = run(*pair, "-o", tmp_path / "d.html", "--theme", "dark")
        assert result.exit_code == 0 and "d.html: written." in result.stderr
        page = (tmp_path / "d.html").read_text("utf-8")
        assert "default-src 'none'" in page and "sha256-" in page and "</script><b>x" not in page
        assert "&lt;/script&gt;&lt;b&gt;x" in page and "Moved in time (1)" in page
        assert "http://" not in page.split("<script>")[0] and "#16181b" in page

    @needs_chromium
    def test_pictures(self, pair: tuple[Path, Path], tmp_path: Path) -> None:
        for name in ("d.svg", "d.pdf"):
            result = run(*pair, "-o", tmp_path / name, "--width", "800")
            assert result.exit_code == 0, result.stderr
        svg = ElementTree.fromstring((tmp_path / "d.svg").read_bytes())
        told = [element.text for element in svg if element.tag.endswith(("title", "desc"))]
        assert told[0] == "What changed from old.csv to new.csv" and told[1].startswith("1 row added")
        assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF")
