"""The span that opens, what lies outside it, and the density along it."""

from math import inf, isfinite, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.query.window import FIRST, LAST, density, full, home, outliers
from timeline.table.days import from_days, to_days


def events(*spans: tuple[float, float], precision: str = "day") -> pd.DataFrame:
    start, end = [float(a) for a, _ in spans], [float(b) for _, b in spans]
    return pd.DataFrame(
        {
            "start": pd.Series(start, dtype="float64"),
            "end": pd.Series(end, dtype="float64"),
            "precision": pd.Series([precision] * len(spans), dtype="str"),
        }
    )


def day(year: int, month: int = 1, number: int = 1) -> tuple[float, float]:
    at = float(to_days(year, month, number))
    return at, at + 1


special = st.sampled_from([0.0, 1.0, FIRST + 1, LAST - 1, 16000.5])
edges = st.integers(int(FIRST) + 1, int(LAST) - 1).map(float) | special
spans = st.one_of(
    st.tuples(edges, edges).map(lambda pair: (min(pair), max(pair))),
    st.tuples(edges, st.floats(0, 1)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    edges.map(lambda end: (-inf, end)),
    edges.map(lambda start: (start, inf)),
    st.just((-inf, inf)),
    st.just((nan, nan)),
)
tables = st.lists(spans, max_size=30).map(lambda made: events(*made))


@settings(deadline=None, max_examples=60)
@given(tables)
def test_home_and_full_are_always_drawable(table: pd.DataFrame) -> None:
    for lo, hi in (home(table), full(table)):
        assert isfinite(lo)
        assert isfinite(hi)
        assert FIRST <= lo < hi <= LAST
        assert hi - lo >= 1
    assert full(table)[0] <= home(table)[0] or not table["start"].notna().any()


@settings(deadline=None, max_examples=60)
@given(tables)
def test_home_holds_most_and_the_rest_is_announced(table: pd.DataFrame) -> None:
    lo, hi = home(table)
    before, after = outliers(table, lo, hi)
    dated = int(table["start"].notna().sum())
    assert 0 <= before + after <= max(dated * 0.12, 1)
    if dated < 4:
        assert before + after == 0
    assert outliers(table, *full(table)) == (0, 0)


def test_an_outlier_does_not_squeeze_the_rest() -> None:
    table = events(day(1812, 5, 28), *(day(2014, month) for month in range(1, 13)), day(2022, 2, 24))
    lo, hi = home(events(day(1812, 5, 28), *(day(2014 + i // 12, 1 + i % 12) for i in range(60))))
    assert (from_days(int(lo)), from_days(int(hi))) == ((2013, 11, 1), (2019, 2, 1))
    assert outliers(table, to_days(2013), to_days(2016)) == (1, 1)


def test_what_is_spread_evenly_opens_whole() -> None:
    table = events(*(day(1900 + i) for i in range(0, 120, 3)))
    assert home(table) == full(table)


def test_of_a_handful_one_may_stand_apart_by_far() -> None:
    lo, _ = home(events(day(1812), day(2014), day(2015), day(2016)))
    assert from_days(int(lo))[0] >= 2012
    near = events(day(2000), day(2010), day(2012), day(2014))
    assert home(near) == full(near)


@pytest.mark.parametrize("span", [day(2014, 2, 22), (16000.5, 16000.5), (16000.0, inf), (-inf, 16000.0)])
def test_one_event_opens_a_fortnight_or_more(span: tuple[float, float]) -> None:
    lo, hi = home(events(span))
    assert 14 <= hi - lo <= 40
    assert lo < 16123 < hi or lo < 16000 < hi


def test_a_day_told_by_the_clock_opens_by_the_hour() -> None:
    table = events(*((16000 + h / 24, 16000 + h / 24 + 1 / 1440) for h in (9, 10, 11, 15)), precision="minute")
    lo, hi = home(table)
    assert lo <= 16000.375
    assert hi >= 16000.63
    assert hi - lo <= 2


def test_edges_are_round() -> None:
    lo, hi = full(events(day(1961, 3, 4), day(2014, 7, 9)))
    assert from_days(int(lo))[1:] == from_days(int(hi))[1:] == (1, 1)
    lo, hi = full(events(day(2014, 3, 4), day(2016, 7, 9)))
    assert from_days(int(lo))[2] == from_days(int(hi))[2] == 1
    lo, hi = full(events(day(-43, 3, 15), day(2014)))
    assert from_days(int(lo))[0] % 50 == 0
    assert from_days(int(hi))[0] % 50 == 0


def test_the_ends_of_time() -> None:
    assert full(events((FIRST, FIRST + 1), (LAST - 1, LAST))) == (FIRST, LAST)
    assert to_days(-9999) == FIRST
    assert to_days(10000) == LAST


def test_open_ends_do_not_stretch_the_span() -> None:
    lo, hi = home(events(day(2014), (to_days(2014, 6), inf), (-inf, to_days(2014, 3)), (-inf, inf)))
    assert from_days(int(lo))[0] in (2013, 2014)
    assert from_days(int(hi))[0] in (2014, 2015)


def test_outliers_lie_wholly_outside() -> None:
    table = events((0, 10), (5, 15), (30, 40), (-inf, 5), (35, inf), (-inf, inf), (nan, nan), (20, 30))
    assert outliers(table, 10, 30) == (2, 2)


def test_many_events_are_quick_and_the_same_place() -> None:
    rng = np.random.default_rng(7)
    start = np.concatenate([rng.uniform(15000, 16000, 95_000), rng.uniform(-60000, 0, 5_000)])
    lo, hi = home(events(*zip(start, start + 1, strict=True)))
    assert 14_800 < lo < 15_100
    assert 15_900 < hi < 16_200


def plain_density(table: pd.DataFrame, lo: float, hi: float, bins: int) -> np.ndarray:
    """One event and one bin at a time, by integrals."""
    edges, heights = np.linspace(lo, hi, bins + 1), np.zeros(bins)
    for a, b in zip(table["start"], table["end"], strict=True):
        if np.isnan(a):
            continue
        for i in range(bins):
            left, right = edges[i], edges[i + 1]
            if a == -inf and b == inf:
                heights[i] += 1 / bins
            elif b == inf and a < hi:
                c = max(a, lo)
                x, y = max(left, c), max(right, c)
                heights[i] += ((hi - x) ** 2 - (hi - y) ** 2) / (hi - c) ** 2
            elif a == -inf and b > lo:
                c = min(b, hi)
                x, y = min(left, c), min(right, c)
                heights[i] += ((y - lo) ** 2 - (x - lo) ** 2) / (c - lo) ** 2
            elif isfinite(a) and isfinite(b):
                if b > a:
                    heights[i] += max(0.0, min(b, right) - max(a, left)) / (b - a)
                else:
                    heights[i] += float(left <= a < right)
    return heights


lengths = st.integers(0, 400).map(lambda quarters: quarters / 4)
coarse = st.one_of(
    st.tuples(st.integers(-400, 800).map(lambda q: q / 4), lengths).map(lambda p: (p[0], p[0] + p[1])),
    st.integers(-400, 800).map(lambda q: (q / 4, inf)),
    st.integers(-400, 800).map(lambda q: (-inf, q / 4)),
    st.just((-inf, inf)),
    st.just((nan, nan)),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(coarse, max_size=12).map(lambda made: events(*made)), st.integers(1, 16))
def test_density_is_the_plain_integral(table: pd.DataFrame, bins: int) -> None:
    # Spans of 128 in a power-of-two grid keep edges exact, so that points fall into the same bin both ways.
    found = density(table, 0.0, 128.0, 2 ** (bins % 6))
    assert found == pytest.approx(plain_density(table, 0.0, 128.0, 2 ** (bins % 6)), abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(tables, st.integers(1, 600))
def test_density_never_makes_events_up(table: pd.DataFrame, bins: int) -> None:
    found = density(table, *full(table), bins)
    assert len(found) == bins
    assert np.isfinite(found).all()
    assert (found >= -1e-6).all()
    assert found.sum() <= table["start"].notna().sum() + 1e-4


def test_a_decade_is_no_spike_and_a_point_is_one() -> None:
    found = density(events((0, 100), (55, 56)), 0, 100, 10)
    assert found == pytest.approx([0.1] * 5 + [1.1] + [0.1] * 4)


def test_an_open_end_fades() -> None:
    found = density(events((50, inf)), 0, 100, 10)
    assert found[:5].sum() == 0
    assert list(found[5:]) == sorted(found[5:], reverse=True)
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize(("lo", "hi", "bins"), [(0, 0, 5), (5, 1, 5), (0, 1, 0), (0, 1, -3)])
def test_no_span_no_density(lo: float, hi: float, bins: int) -> None:
    assert density(events((0, 1)), lo, hi, bins).sum() == 0
