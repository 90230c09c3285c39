"""Calendar arithmetic: against `datetime` where it reaches, and by its own laws elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.table.days import (
    from_days,
    is_leap,
    iso_day,
    iso_instant,
    iso_year,
    month_length,
    to_days,
    weekday,
)

EPOCH = date(1970, 1, 1).toordinal()


@given(st.dates())
def test_days_agree_with_datetime(day: date) -> None:
    n = to_days(day.year, day.month, day.day)
    assert n == day.toordinal() - EPOCH
    assert from_days(n) == (day.year, day.month, day.day)
    assert weekday(n) == day.weekday()
    assert iso_day(n) == day.isoformat()


@given(st.integers(to_days(-9999), to_days(10_000)))
def test_a_number_comes_back_as_itself(n: int) -> None:
    year, month, day = from_days(n)
    assert 1 <= month <= 12
    assert 1 <= day <= month_length(year, month)
    assert to_days(year, month, day) == n


@given(st.integers(-9999, 9999))
def test_a_year_has_365_or_366_days(year: int) -> None:
    assert to_days(year + 1) - to_days(year) == 365 + is_leap(year)
    assert sum(month_length(year, month) for month in range(1, 13)) == 365 + is_leap(year)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ((1970, 1, 1), "1970-01-01"),
        ((-43, 3, 15), "-0043-03-15"),
        ((0, 2, 29), "0000-02-29"),
        ((79, 8, 24), "0079-08-24"),
        ((-9999, 1, 1), "-9999-01-01"),
        ((9999, 12, 31), "9999-12-31"),
    ],
)
def test_days_have_four_digits_of_year(day: tuple[int, int, int], text: str) -> None:
    assert iso_day(to_days(*day)) == text


def test_years_before_christ_are_written_with_their_sign() -> None:
    assert [iso_year(year) for year in (-43, 0, 79, 2014)] == ["-0043", "0000", "0079", "2014"]


@pytest.mark.parametrize(
    ("year", "leap"), [(0, True), (-4, True), (-1, False), (1900, False), (2000, True), (2014, False)]
)
def test_leap_years(year: int, leap: bool) -> None:
    assert is_leap(year) is leap


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0.0, "1970-01-01T00:00:00"),
        (0.5, "1970-01-01T12:00:00"),
        (-0.25, "1969-12-31T18:00:00"),
        (86_399 / 86_400, "1970-01-01T23:59:59"),
        (0.999_999_9, "1970-01-02T00:00:00"),
        (to_days(-43, 3, 15) + 0.25, "-0043-03-15T06:00:00"),
    ],
)
def test_instants(days: float, text: str) -> None:
    assert iso_instant(days) == text


@given(st.integers(to_days(-9999), to_days(9999)), st.integers(0, 86_399))
def test_every_second_is_printed_as_itself(day: int, second: int) -> None:
    shown = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    assert iso_instant(day + second / 86_400) == f"{iso_day(day)}T{shown}"
