"""Labels as the browser draws them: none overlaps another, a mark, a lane's name or the edge, at any width or zoom.

Measured from the boxes in the page, not from the arithmetic that placed them.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.visiting import look, posts, quiet

SIZES = ((360, 740), (1280, 800), (2560, 1440))


def measure(page: Page, zoom: str, least: int) -> None:
    """Measure the page as it stands, at one zoom: at the top of the lanes with at least so many labels, then further
    down, since what is scrolled away is not drawn."""
    names = look(page, "names")
    assert not names["faults"], "\n".join([zoom, *names["faults"]])
    assert names["names"] > 0
    axis = look(page, "axis")
    assert not axis["faults"], "\n".join([zoom, *axis["faults"]])
    assert axis["words"] >= 2, zoom
    seen = points = 0
    for down in (0, 0.4, 1):
        page.locator("#chart-scroll").evaluate("(e, down) => { e.scrollTop = down * e.scrollHeight; }", down)
        look(page, "painted")
        found: dict[str, Any] = look(page, "labels")
        assert not found["faults"], "\n".join([f"{zoom}, {down:.0%} down", *found["faults"]])
        points += found["points"]
        seen += found["labels"]
    assert points > 0, zoom
    assert seen >= least, f"{zoom}: {seen} labels"


def press(page: Page, *keys: str) -> None:
    """Press keys in the chart and wait until the axis has followed."""
    page.locator("#chart-scroll").focus()
    for key in keys:
        page.keyboard.press(key)
    quiet(page)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_nothing_overlaps_in_the_shipped_tables(visit: Visit, shipped_url: str, size: tuple[int, int]) -> None:
    page = visit(shipped_url, *size)
    measure(page, "home", 10 if size[0] < 400 else 40)
    press(page, "+", "+", "+", "+")
    measure(page, "near", 3)
    press(page, "0", "a")
    measure(page, "all", 3)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_nothing_overlaps_in_a_crowd(visit: Visit, crowd_url: str, size: tuple[int, int]) -> None:
    page = visit(crowd_url, *size)
    measure(page, "home", 0 if size[0] < 400 else 1)
    press(page, "+", "+", "+")
    measure(page, "near", 0 if size[0] < 400 else 3)
    press(page, "0", "-", "-")
    measure(page, "far", 0)


def test_lanes_of_long_names(visit: Visit, shipped_url: str) -> None:
    page = visit(f"{shipped_url}/?lanes=document")
    measure(page, "documents", 20)
    assert page.locator("#chart-names .lane-name").count() == 10


def test_a_long_span_keeps_its_label_in_view(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?view=2015-06-20T00:00..2015-07-20T00:00&actor=Arland")
    label = page.locator("#chart-front text.label", has_text="Patrols along the coast")
    assert label.count() == 1, "it begins before and ends after the window"
    measure(page, "inside a span", 1)


def test_more_is_named_when_there_is_more_room(visit: Visit, crowd_url: str) -> None:
    page = visit(crowd_url)
    before = look(page, "labels")["share"]
    press(page, "+", "+", "+", "+", "+")
    assert look(page, "labels")["share"] > before * 3
    asked = posts(page)
    press(page, "-", "+", "ArrowLeft", "ArrowRight", "0", "a")
    assert posts(page) == asked, "labels are placed again without asking the server"
