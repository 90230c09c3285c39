"""The formula guard: what a spreadsheet would compute is guarded, nothing else is, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.table.guard import guard, unguard

HOSTILE = (
    *(
        "=cmd|' /C calc'!A0",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\x00=1",
        "＝1",
        "＋1",
        "－1+1",
        "＠x",
        "=x",
    ),
    *(" =1+1", "\u200b=1", "\ufeff=1", "-cmd", "--1", "-2+3+cmd|' /C calc'!A0", "-2014-1", "-1-2"),
)
HARMLESS = (
    *("", "-", "Arland", "-5", "-5.25", "-1,200", "-1e5", "-12 %", "2014", "a=b", "'tis", "'", "''"),
    *("-0043-03-15", "-0043", "-0043~", "-0100/-0044", "-00XX", "-0043/..", "-0043/0014-08-19"),
    "http://a.example/?a=b",
)


@pytest.mark.parametrize("cell", HOSTILE)
def test_what_would_be_computed_is_guarded(cell: str) -> None:
    assert guard(cell) == "'" + cell
    assert guard("'" + cell) == "''" + cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_text_numbers_and_dates_stay(cell: str) -> None:
    assert guard(cell) == cell
    assert unguard(cell) == cell


_cells = st.text(st.sampled_from("'=+-@\t\r\n ＝ 0129X~./eE%abc\u200b\ufeff"), max_size=12) | st.text(max_size=20)


@given(_cells)
@example("'=1")
@example("''=1")
@example("'-5")
@example("-5")
def test_the_way_back_is_exact(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@given(_cells)
def test_a_guarded_cell_is_never_a_formula(cell: str) -> None:
    bare = guard(cell).lstrip(" \u200b\ufeff\n")
    if bare[:1] in ("=", "@", "+", "＝", "＋", "＠", "\t", "\r"):
        raise AssertionError(f"{guard(cell)!r} would be computed")
