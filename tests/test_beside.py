"""The desk's figure: what a document tells above what the table tells, over one axis, with honest dates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tables import arland, make_dataset
from timeline.chart.beside import MOST_HERE, MOST_THERE, Hollow, beside, window_of
from timeline.chart.theme import THEMES
from timeline.table.when import When, read_date


def when(text: str) -> When:
    found = read_date(text)
    assert isinstance(found, When)
    return found


def figure(**more: Any) -> dict[str, Any]:
    dataset = arland()
    rows = dataset.mentions[dataset.mentions["document"] == "gazette-1"]
    hollow = [Hollow("c1", "12 March 2015", when("2015-03-12")), Hollow("c2", "in 2014", when("2014"))]
    return beside(rows, more.pop("hollow", hollow), dataset.events, more.pop("at_hand", None), **more)


def points(made: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What each mark stands for: (instant, symbol), those of the document first."""
    (trace,) = [one for one in made["data"] if one.get("name") == "events"]
    found: dict[str, tuple[str, str]] = {}
    for named, x, symbol, y in zip(trace["customdata"], trace["x"], trace["marker"]["symbol"], trace["y"], strict=True):
        where = "above" if y < made["layout"]["yaxis"]["range"][0] / 2 else "below"
        found[f"{where} {named.get('row') or named.get('candidate')}"] = x, symbol
    return found


def test_rows_and_candidates_stand_above_the_table() -> None:
    marks = points(figure())
    assert {"above truce", "above bridge", "above fair", "above c1", "above c2"} <= set(marks)
    assert {"below truce", "below storm"} <= set(marks) and "below c1" not in marks
    assert [note["text"] for note in figure()["layout"]["annotations"]] == ["<b>This document</b>", "<b>The table</b>"]


def test_a_day_is_filled_and_what_is_open_or_vague_is_not() -> None:
    marks = points(figure())
    assert marks["above truce"] == ("2014-09-05T12:00:00", "circle")
    assert marks["above c1"] == ("2015-03-12T12:00:00", "diamond-open")  # a day, but not decided
    assert marks["above c2"][1] == "diamond-open" and not marks["above c2"][0].startswith("2014-01-01")
    assert marks["below storm"][1] == "circle-open"


@pytest.mark.parametrize(
    ("date", "kind"), [("2015-02-12", "line"), ("2014-05/2014-12", "rect"), ("2014~", "rect"), ("../2014-06", "rect")]
)
def test_the_date_at_hand(date: str, kind: str) -> None:
    made = figure(at_hand=when(date))
    shape = made["layout"]["shapes"][-1]
    assert shape["type"] == kind and shape["xref"] == "x"
    start, end = made["layout"]["xaxis"]["range"]
    assert start <= shape["x0"] <= shape["x1"] <= end


def test_the_window_holds_what_the_document_tells_and_no_outlier() -> None:
    dataset = arland()
    rows = dataset.mentions[dataset.mentions["document"] == "gazette-1"]
    low, high = window_of(rows, [], dataset.events, None)
    assert when("2013").start < low and high < when("2017").start
    low, _ = window_of(rows, [], dataset.events, when("1812-05-28"))
    assert low <= when("1812-05-28").start


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes(theme: str) -> None:
    made = figure(theme=theme, width=400)
    assert made["layout"]["paper_bgcolor"] == THEMES[theme].ground and made["layout"]["width"] == 400


def test_nothing_to_draw() -> None:
    empty = make_dataset([], documents=[{"id": "a", "source": "S"}])
    for at_hand in (None, when("2014")):
        made = beside(empty.mentions, [], empty.events, at_hand)
        assert made["layout"]["height"] > 0 and points(made) == {}


def test_marks_are_bounded_and_the_shading_counts_the_rest() -> None:
    rows = [{"id": f"r{n}", "date": f"2014-{n % 12 + 1:02d}-{n % 28 + 1:02d}", "document": "a"} for n in range(900)]
    dataset = make_dataset(rows, documents=[{"id": "a", "source": "S"}])
    hollow = [Hollow(f"c{n}", "words", when("2014-05-05")) for n in range(900)]
    made = beside(dataset.mentions, hollow, dataset.events, None)
    assert len(points(made)) <= 2 * MOST_HERE + MOST_THERE
    assert any(trace["name"] == "all events" for trace in made["data"])


def test_text_is_no_markup() -> None:
    made = figure(hollow=[Hollow("c1", "<b>now</b> & $1", when("2015-03-12"))])
    (trace,) = [one for one in made["data"] if one.get("name") == "events"]
    assert any("&lt;b&gt;now" in words for words in trace["hovertext"])
