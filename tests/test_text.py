"""Text for the chart is literal, bounded and never too narrow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.chart.text import clip, escape, text_width, wrap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("a & b", "a &amp; b"),
        ('say "no"', 'say "no"'),
        ("line\nbreak\ttab", "line break tab"),
        ("%{x} $a$", "%{x} &#36;a&#36;"),
    ],
)
def test_markup_is_shown_and_not_obeyed(text: str, expected: str) -> None:
    assert escape(text) == expected


@given(st.text(max_size=300), st.integers(4, 80))
def test_clipping_keeps_within_the_length(text: str, length: int) -> None:
    clipped = clip(text, length)
    assert len(clipped) <= length
    assert "\n" not in clipped


def test_clipping_prefers_whole_words() -> None:
    assert clip("Harbour inquiry opens in Port Lio", 20) == "Harbour inquiry…"
    assert clip("short", 20) == "short"


def test_wrapping_escapes_after_it_has_counted() -> None:
    assert wrap("a < b and more", 6) == "a &lt; b<br>and<br>more"
    assert wrap("", 10) == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_width_adds_up(one: str, other: str) -> None:
    assert text_width(one + other, 12) == pytest.approx(text_width(one, 12) + text_width(other, 12))
