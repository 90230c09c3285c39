"""Ticks of a printed axis: in order, apart, on round dates, with words for every year there is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.chart.axis import axis, ticks, year_words
from timeline.table.days import to_days

FIRST, LAST = to_days(-9998), to_days(9998)
windows = st.tuples(st.floats(FIRST, LAST - 1), st.floats(0.2, 6_000_000)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], float(LAST)))
)


def words(lo: float, hi: float, width: float = 900) -> list[str]:
    return [tick.words for tick in ticks(lo, hi, width)]


@given(windows, st.floats(200, 4000))
def test_ticks_lie_inside_in_order_and_apart(window: tuple[float, float], width: float) -> None:
    lo, hi = window
    found = ticks(lo, hi, width)
    places = [tick.at for tick in found]
    assert all(lo <= at <= hi for at in places)
    pixels = [(at - lo) / (hi - lo) * width for at in places]
    assert all(b - a > 24 for a, b in pairwise(pixels))
    assert len(found) <= width / 24 + 1
    assert len(axis(lo, hi, width)["tickvals"]) == len(axis(lo, hi, width)["ticktext"]) == len(found)


@given(windows)
def test_a_context_stands_only_where_it_changes(window: tuple[float, float]) -> None:
    contexts = [tick.context for tick in ticks(*window, 900) if tick.context]
    assert all(a != b for a, b in pairwise(contexts))


@pytest.mark.parametrize(
    ("lo", "hi", "some"),
    [
        ((1800, 1, 1), (2030, 1, 1), ["1820", "1900", "2000"]),
        ((-500, 1, 1), (500, 1, 1), ["100 BC", "1", "100"]),
        ((2000, 1, 1), (2030, 1, 1), ["2002", "2014", "2020"]),
        ((2014, 1, 1), (2015, 6, 1), ["Jan", "Apr", "Oct"]),
        ((2014, 2, 1), (2014, 3, 20), ["1", "8", "15"]),
        ((2014, 2, 14), (2014, 2, 27), ["20", "21", "26"]),
        ((2014, 2, 22), (2014, 2, 23), ["03:00", "12:00", "21:00"]),
    ],
    ids=["centuries", "before Christ", "years", "months", "weeks", "days", "hours"],
)
def test_from_centuries_to_hours(lo: tuple[int, int, int], hi: tuple[int, int, int], some: list[str]) -> None:
    found = words(to_days(*lo), to_days(*hi))
    assert set(some) <= set(found), found
    assert 4 <= len(found) <= 20


def test_years_before_christ_have_words_and_no_year_nought() -> None:
    assert [year_words(y) for y in (2014, 1, 0, -1, -43)] == ["2014", "1", "1 BC", "2 BC", "44 BC"]
    found = words(to_days(-50), to_days(50))
    assert "0" not in found and not [word for word in found if word.startswith("-")]


def test_a_second_line_gives_the_coarser_unit() -> None:
    told = axis(to_days(2013, 10), to_days(2014, 6), 900)["ticktext"]
    assert told[0] == "Oct<br>2013"
    assert "Jan<br>2014" in told and "Nov" in told


def test_values_are_instants_that_plotly_reads() -> None:
    first = axis(to_days(-43), to_days(-40), 900)["tickvals"][0]
    assert first.startswith("-0043-01-01")


@pytest.mark.parametrize("window", [(0.0, 0.0001), (FIRST, LAST), (float(LAST) - 1, float(LAST)), (-1.0, 1.0)])
def test_extreme_windows_end(window: tuple[float, float]) -> None:
    assert len(ticks(*window, 900)) < 60
    ticks(*window, 0)
    ticks(*window, 1)
