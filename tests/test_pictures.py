"""Charts that keep their evidence: size, sheets, window, small print, and what they say of themselves to machines."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.tables import arland
from tests.test_detail import many
from tests.test_export import needs_chromium
from timeline.chart.figure import draw, draw_sheets
from timeline.chart.paging import sheets
from timeline.chart.picture import compose
from timeline.cli import cli
from timeline.export.chronology import numbers_of
from timeline.export.formats import format_of, make
from timeline.export.pictures import print_file
from timeline.export.writing import SIZES, Look
from timeline.query import Query, full_of, select
from timeline.table import Dataset

ROOT = Path(__file__).resolve().parents[1]
MADE = datetime(2015, 3, 4, 5, 6, 7, tzinfo=UTC)


def words(figure: Any) -> str:
    return " ".join(str(note.text) for note in figure.layout.annotations)


def names(figure: Any) -> list[str]:
    """The lanes of a figure, as its names stand beside them."""
    return [str(note.text) for note in figure.layout.annotations if note.yref == "y"]


@pytest.fixture(scope="module")
def crowd() -> Dataset:
    return many(2_500)


def test_the_small_print_tells_the_day() -> None:
    assert "Made on 4 March 2015." in words(draw(arland(), made=MADE))
    assert "Made on" not in words(draw(arland()))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_chart_has_the_size_that_was_asked_for(size: tuple[int, int]) -> None:
    figure = draw(arland(), width=size[0], height=size[1])
    assert (figure.layout.width, figure.layout.height) == size


def test_lanes_without_room_are_counted() -> None:
    whole, low = draw(arland()), draw(arland(), height=330)
    left = len(names(whole)) - len(names(low))
    assert left > 0 and names(low) == names(whole)[: len(names(low))]
    assert (f"{left} more lanes are not drawn." if left > 1 else "One more lane is not drawn.") in words(low)
    assert "not drawn" not in words(whole)


@pytest.mark.parametrize("which", ["arland", "crowd"])
def test_sheets_hold_every_lane_once_and_every_mark(which: str, crowd: Dataset) -> None:
    dataset = arland() if which == "arland" else crowd
    picture = compose(dataset, Query(), width=800)
    parts = sheets(picture, 150)
    assert len(parts) > 1
    assert [lane for part in parts for lane in part.lanes] == list(picture.lanes)
    assert sum(len(part.marks) for part in parts) == len(picture.marks)
    for part in parts:
        assert part.bands[0].top == 0 and (part.height <= 150 or len(part.bands) == 1)
        for lane, y in zip(part.marks["lane"], part.marks["y"], strict=True):
            assert part.bands[lane].top <= y <= part.bands[lane].bottom
        if part.detail is not None:
            assert part.detail.weights.shape[0] == len(part.lanes)
    assert sheets(picture, 1e9) == (picture,)


def test_pages_are_numbered_and_empty_ones_are_one() -> None:
    figures = draw_sheets(arland(), width=794, height=400)
    assert len(figures) > 1
    assert [f"Page {n} of {len(figures)}." in words(each) for n, each in enumerate(figures, 1)] == [True] * len(figures)
    (nothing,) = draw_sheets(arland(), Query(words="nowhere at all"), width=794, height=400)
    assert "No event with a date matches." in words(nothing)


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.pdf", "pdf"), ("a.print.pdf", "print"), ("A.PRINT.PDF", "print"), (".pdf", "pdf"), ("a.pdf.txt", None)],
)
def test_the_longest_end_tells_the_format(name: str, format: str | None) -> None:
    found = format_of(name)
    assert (found.name if found else None) == format


@needs_chromium
def test_an_svg_describes_itself() -> None:
    form = format_of("a.svg")
    assert form is not None
    exported, _ = make(arland(), Query(actors=("Arland",)), form, Look(made=MADE))
    root = ElementTree.fromstring(exported.content)
    told = {node.tag.split("}")[1]: "".join(node.itertext()) for node in root.iter() if "purl.org" in node.tag}
    assert told["date"] == "2015-03-04"
    assert told["identifier"] == arland().fingerprint
    assert "Filtered by actor: Arland." in told["description"] and "Made on 4 March 2015." in told["description"]
    sources = [node.text for node in root.iter("{http://purl.org/dc/elements/1.1/}source")]
    assert sources == sorted(set(select(arland(), Query(actors=("Arland",))).mentions["source"]) - {""})
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and title.text == told["title"]


@needs_chromium
def test_the_whole_line_is_printed_on_sheets_of_paper() -> None:
    import pypdf

    query = Query(start="2014")
    look = Look(width=794, height=400, made=MADE)
    exported = print_file(arland(), select(arland(), query), look)
    again = print_file(arland(), select(arland(), query), look)
    assert exported.content == again.content
    told = pypdf.PdfReader(io.BytesIO(exported.content))
    figures = draw_sheets(arland(), query, width=794, height=400, view=full_of(arland()), made=MADE)
    assert len(told.pages) == len(figures)
    texts = [page.extract_text() for page in told.pages]
    assert [f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts, 1)] == [True] * len(texts)
    assert told.metadata is not None and told.metadata.title == "Event timeline"
    assert "Filtered by from 2014." in str(told.metadata.subject)
    assert float(told.pages[0].mediabox.width) == pytest.approx(794 * 0.75, abs=1)


@needs_chromium
def test_the_window_of_a_copied_address_is_kept(tmp_path: Path) -> None:
    from click.testing import CliRunner

    out = tmp_path / "a.svg"
    address = "http://127.0.0.1:8050/?lanes=none&view=2013-01-01T00:00..2013-12-31T00:00"
    answer = CliRunner().invoke(cli, ["export", "--url", address, "-o", str(out), "--height", "700"])
    assert answer.exit_code == 0, answer.output
    text = out.read_text("utf-8")
    assert "after 2013" in text or "after 30 December 2013" in text
    assert 'height="700"' in text and "Ignored" not in answer.output


def test_labels_bear_the_numbers_of_the_chronology() -> None:
    dataset = arland()
    selection = select(dataset, Query())
    numbers = numbers_of(dataset, selection)
    ends = [list(map(int, told.split("–"))) for told in numbers.values()]
    assert [n for each in ends for n in range(each[0], each[-1] + 1)] == list(range(1, len(dataset.mentions) + 1))
    assert any(len(each) == 2 for each in ends)
    form = format_of("a.md")
    assert form is not None
    told = make(dataset, Query(), form)[0].content.decode()
    title = dataset.events.set_index("event").loc["truce", "title"]
    entry = told[told.index(title) :]
    assert f"[^{numbers['truce'].split('–')[0]}]" in entry[: entry.index("\n\n", entry.index("[^"))]
    labels = next(trace for trace in draw(dataset, width=2000, numbers=numbers).data if trace.name == "labels")
    assert any(str(text).endswith(f"[{numbers['truce']}]") for text in labels.text)
    plain = next(trace for trace in draw(dataset, width=2000).data if trace.name == "labels")
    assert not any("[" in str(text) for text in plain.text)


@needs_chromium
@pytest.mark.skipif(sys.platform != "linux", reason="what a process has started is read from /proc")
@pytest.mark.parametrize("name", ["long.print.pdf", "long.chronology.pdf"])
def test_a_long_export_can_be_stopped(tmp_path: Path, name: str) -> None:
    table = tmp_path / "table.csv"
    rows = [f"{1900 + n % 120}-{n % 12 + 1:02d},Assembly number {n},Actor {n % 600}" for n in range(6_000)]
    table.write_text("date,title,actors\n" + "\n".join(rows) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "timeline", "export", str(table), "-o", str(tmp_path / name)]
    # A test may run where Ctrl-C is ignored, which a child would inherit.
    started = subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    for _ in range(600):
        if child_of(started.pid) or started.poll() is not None:
            break
        time.sleep(0.1)
    assert started.poll() is None, "it was over before it could be stopped"
    time.sleep(1.5)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=30)
    assert started.returncode == 130 and b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def child_of(pid: int) -> bool:
    """Whether a process has started its browser."""
    try:
        return bool(Path(f"/proc/{pid}/task/{pid}/children").read_text()) or any(
            (task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()
        )
    except OSError:
        return False
