"""Figures as they were: one function, one figure. What differs is written beside the one that was expected.

A change that is meant: look at the figure, then move `<name>-changed.json` over `<name>.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from tests.tables import ARLAND, ARLAND_ACTORS, ARLAND_DOCUMENTS, arland, make_dataset
from timeline.chart import draw
from timeline.chart.picture import compose
from timeline.chart.screen import screen
from timeline.query import Query
from timeline.table.days import to_days

HERE = Path(__file__).parent / "charts"
FIGURES: list[Callable[[], Any]] = []


def figure(function: Callable[[], Any]) -> Callable[[], Any]:
    """Add a figure to those that are compared."""
    FIGURES.append(function)
    return function


@figure
def actors() -> go.Figure:
    return draw(arland(), Query())


@figure
def sources_in_the_dark() -> go.Figure:
    return draw(arland(), Query(lanes="source", order="name"), theme="dark")


@figure
def filtered() -> go.Figure:
    return draw(arland(), Query(actors=("Belmark",), start="2014", words="what"), width=900)


@figure
def a_narrow_one() -> go.Figure:
    return draw(arland(), Query(lanes="category"), width=420)


@figure
def two_centuries_in_one_lane() -> go.Figure:
    return draw(arland(), Query(lanes="none"), view=(to_days(1800), to_days(2020)))


@figure
def nothing() -> go.Figure:
    return draw(arland(), Query(words="nowhere at all"))


@figure
def every_kind_of_date() -> go.Figure:
    dates = ("2014-02-22", "2014-02", "2014", "2014~", "2014-02-22?", "2014-03-01/2014-05-31", "2014-07-01/..",
             "../2013-03-01", "2014-21", "201X", "2014-02-22T10:30", "")  # fmt: skip
    rows = [{"id": f"r{n}", "date": date, "title": f"Dated {date or 'never'}"} for n, date in enumerate(dates)]
    return draw(make_dataset(rows), Query(lanes="none"), width=1000)


@figure
def what_plotly_would_read_as_markup() -> go.Figure:
    rows = [
        {"id": "a", "date": "2014-02-22", "title": "<b>bold</b> & <script>1</script>", "actors": "<i>A</i>;$a$"},
        {"id": "b", "date": "2014-05-22", "title": "%{x} $a$ {{y}}", "actors": "&amp;", "source": "<img src=x>"},
    ]
    return draw(make_dataset(rows, name="<u>table</u>.csv"), Query(words="$"), title="<s>title</s>")


@figure
def before_christ() -> go.Figure:
    rows = [
        {"id": "ides", "date": "-0043-03-15"},
        {"id": "reign", "date": "-0026/0014"},
        {"id": "old", "date": "-0300~"},
    ]
    return draw(make_dataset(rows), Query(lanes="none"))


@figure
def the_page() -> dict[str, Any]:
    picture = compose(arland(), Query(), width=900, headers=False)
    return screen(arland(), picture, "actor", None)


@figure
def the_page_on_a_phone() -> dict[str, Any]:
    picture = compose(arland(), Query(sources=("Lio Post",)), width=330, theme="dark", headers=True)
    return screen(arland(), picture, "actor", (to_days(2014), to_days(2016)))


def settled(value: Any) -> Any:
    """Plain JSON values, floats rounded to three decimals, so that a library's last digit is no change."""
    if isinstance(value, dict):
        return {str(key): settled(each) for key, each in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [settled(each) for each in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 3)
    if hasattr(value, "tolist"):
        return settled(value.tolist())
    return value


def as_text(made: Any) -> str:
    """A figure as text that people can compare line by line."""
    told = settled(made.to_plotly_json() if isinstance(made, go.Figure) else made)
    if isinstance(made, go.Figure):
        told["layout"].pop("template", None)
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


@pytest.mark.parametrize("function", FIGURES, ids=lambda function: function.__name__)
def test_a_figure_is_as_it_was(function: Callable[[], Any]) -> None:
    made = as_text(function())
    expected, changed = HERE / f"{function.__name__}.json", HERE / f"{function.__name__}-changed.json"
    was = expected.read_text(encoding="utf-8") if expected.is_file() else ""
    if made != was:
        changed.write_text(made, encoding="utf-8", newline="\n")
        pytest.fail(f"{expected.name} differs: compare with {changed.name}; move it over when the change is meant")
    changed.unlink(missing_ok=True)


def test_no_figure_is_left_over() -> None:
    known = {function.__name__ for function in FIGURES}
    kept = {path.stem for path in HERE.glob("*.json") if not path.stem.endswith("-changed")}
    assert kept == known


def test_a_figure_is_drawn_twice_alike_and_from_any_order() -> None:
    assert as_text(draw(arland(), Query())) == as_text(draw(arland(), Query()))
    other = make_dataset(ARLAND, documents=ARLAND_DOCUMENTS[::-1], actors=ARLAND_ACTORS[::-1])
    assert as_text(draw(other, Query())) == as_text(draw(arland(), Query()))


def test_an_unknown_theme_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw(arland(), Query(), theme="sepia")


def test_small_print_says_what_was_left_out_and_where_it_comes_from() -> None:
    notes = [note["text"] for note in filtered().to_plotly_json()["layout"]["annotations"]]
    told = " ".join(notes)
    assert "of 6 events" in told and "Belmark" in told
    assert "Sources: Arland Gazette, Lio Post." in told
    assert "what a document says" in told


def test_no_text_of_a_table_becomes_markup() -> None:
    made = what_plotly_would_read_as_markup().to_plotly_json()
    told = json.dumps(settled(made))
    for mark in ("<script", "<img", "<i>A", "<s>", "<u>", "$a$"):
        assert mark not in told
