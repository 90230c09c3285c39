"""How a page opens: with one answer, asked for early; and what it asks when that was for another window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import drawn, listed, look, posts, settle, window_of


@pytest.mark.parametrize("search", ["", "?from=2014&to=2015"])
@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_no_question_follows_the_first_answer(
    new_visitor: Callable[..., BrowserContext], curated_url: str, search: str, width: int
) -> None:
    context = new_visitor(width, 800)
    page = context.new_page()
    page.goto(curated_url + search)
    settle(page)
    told = 1 if search else 0  # the two boxes for dates are filled, and what was understood is said
    assert posts(page) <= told
    assert drawn(page) == set(listed(page)) and listed(page)
    context.close()


def test_an_address_with_everything_opens_as_it_says(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}?actor=Belmark&lanes=source&event=storm&view=2014-01-01T00:00..2016-01-01T00:00")
    expect(page.locator("#card h2")).to_have_text("Year of storms in Belmark")
    assert page.locator("#lanes").input_value() == "Lanes: sources"
    assert set(look(page, "laneNames")) == {"Arland Gazette", "Lio Post", "Lio Archive"}
    lo, hi = window_of(page)
    assert lo == pytest.approx(1388534400000) and hi == pytest.approx(1451606400000)
    assert page.locator("#list [aria-current=true]").get_attribute("data-event") == "storm"


def test_without_the_early_answer_the_page_asks_for_itself(
    new_visitor: Callable[..., BrowserContext], curated_url: str
) -> None:
    context = new_visitor()
    page = context.new_page()
    page.route("**/opening?*", lambda route: route.fulfill(status=200, body="null", content_type="application/json"))
    page.goto(curated_url)
    settle(page)
    assert posts(page) > 0
    assert drawn(page) == set(listed(page)) and listed(page)
    context.close()


def test_a_wrong_guess_of_the_window_is_put_right(new_visitor: Callable[..., BrowserContext], curated_url: str) -> None:
    context = new_visitor()
    page = context.new_page()
    page.route("**/assets/opening.js", lambda route: route.fulfill(content_type="text/javascript", body="""
      window.timeline = { opening: { viewport: { width: 300, narrow: true, theme: "dark" }, search: "",
        answer: Promise.resolve(null) } };"""))  # fmt: skip
    page.goto(curated_url)
    settle(page)
    assert drawn(page) == set(listed(page)) and listed(page)
    assert look(page, "meta")["headers"] is False
    context.close()
