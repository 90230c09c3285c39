"""The keyboard alone: all that the mouse does."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import drawn, listed, look, quiet, same_window, window_of
from tests.browser.world import events_with


def tab_to(page: Page, wanted: str, *, most: int = 80, key: str = "Tab") -> None:
    """Press Tab until what has the focus matches a CSS selector."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("css => document.activeElement.matches(css)", wanted):
            return
    raise AssertionError(f"{most} times {key} never reach {wanted}; last: {look(page, 'focused')}")


def test_a_walk_by_keyboard(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", "the first stop leads past the controls"

    # A filter.
    tab_to(page, ".facet-value input")
    assert look(page, "ringed")
    name = page.evaluate("document.activeElement.closest('.facet-value').querySelector('.facet-name').textContent")
    page.keyboard.press("Space")
    quiet(page)
    assert drawn(page) == events_with(actor=name)
    assert page.evaluate("document.activeElement.matches('.facet-value input')"), "the focus stays where it was"
    page.keyboard.press("Space")
    quiet(page)
    assert drawn(page) == events_with()

    # The chart.
    tab_to(page, "#chart-scroll")
    assert look(page, "ringed")
    home = window_of(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert window_of(page)[1] - window_of(page)[0] < 0.5 * (home[1] - home[0])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert same_window(home, window_of(page))
    order = listed(page)
    page.keyboard.press("n")
    quiet(page)
    heading = page.locator("#card h2")
    first = heading.inner_text()
    page.keyboard.press("n")
    quiet(page)
    assert heading.inner_text() != first
    page.keyboard.press("p")
    quiet(page)
    expect(heading).to_have_text(first)
    assert page.evaluate("document.activeElement.id") == "chart-scroll", "stepping keeps the focus in the chart"
    page.keyboard.press("Escape")
    expect(page.locator("#card")).not_to_be_visible()
    assert page.evaluate("document.activeElement.id") == "chart-scroll"

    # The window's ends, and the list.
    tab_to(page, "#overview .handle")
    tab_to(page, "#list button")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.event") == order[2]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("event="))
    page.wait_for_function("() => document.activeElement.matches('#card h2')")
    quiet(page)
    tab_to(page, "#card a, #card button, #card .passage")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).not_to_be_visible()
    assert page.evaluate("document.activeElement.dataset.event") == order[2], "back to the row it came from"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.event") == order[-1]


def test_export_and_lanes_by_keyboard(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    tab_to(page, "#export-button")
    page.keyboard.press("Enter")
    expect(page.locator("#export-png")).to_be_visible()
    tab_to(page, "#export-json", most=16)
    page.keyboard.press("Escape")
    expect(page.locator("#export-png")).not_to_be_visible()
    assert page.evaluate("document.activeElement.id") == "export-button"
    tab_to(page, "#lanes")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    quiet(page)
    assert "lanes=" in page.url
    assert page.evaluate("document.activeElement.id") == "lanes"


def test_the_skip_link_leads_to_the_chart(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "chart-scroll"
    home = window_of(page)
    page.keyboard.press("+")
    assert not same_window(home, window_of(page))
    quiet(page)
    assert drawn(page) == events_with()


def test_what_changes_is_said(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    expect(page.locator("#sentence")).to_have_attribute("role", "status")
    page.locator("#chart-scroll").focus()
    page.keyboard.press("+")
    said = page.locator("#announce")
    expect(said).to_have_text(re.compile(r"\d+ \w+ 201\d to \d+ \w+ 201\d: \d+ events? in the window"))
    expect(said).to_have_attribute("aria-live", "polite")
    words = page.locator("#list [data-event=clash]").text_content() or ""
    assert "14 June 2015" in words and "contested" in words and "Lio Post" in words
