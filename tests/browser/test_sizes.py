"""From a phone to a large screen, light and dark, on screen and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visiting import drawn, look, quiet, tick
from tests.browser.world import events_with


@pytest.mark.parametrize("size", [(360, 740), (740, 360), (1280, 800), (2560, 1440)], ids=lambda size: f"{size[0]}")
def test_no_sideways_scroll(visit: Visit, shipped_url: str, size: tuple[int, int]) -> None:
    page = visit(shipped_url, *size)
    assert look(page, "sideways") == 0
    assert look(page, "outside") == []
    page.locator("#list button").nth(5).click()
    page.wait_for_url(re.compile("event="))
    quiet(page)
    assert look(page, "sideways") == 0
    assert look(page, "outside") == [], "with a card open"


def test_drawer_and_sheet_on_a_phone(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url, 360, 740)
    toggle = page.locator("#filters-toggle")
    expect(page.locator("#filters h2")).not_to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#filters h2")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.closest('#filters') !== null"), "the focus goes into the drawer"
    tick(page, "Actors", "Belmark")
    assert drawn(page) == events_with(actor="Belmark")
    page.locator("#filters").get_by_role("button", name="Close").click()
    expect(page.locator("#filters h2")).not_to_be_visible()
    assert page.evaluate("document.activeElement.id") == "filters-toggle"
    expect(page.locator("#chips")).to_contain_text("Belmark")

    page.locator("#list [data-event=clash]").click()
    heading = page.locator("#card h2")
    expect(heading).to_have_text("Clash near the lighthouse")
    expect(heading).to_be_in_viewport()
    box = page.locator(".aside").bounding_box()
    assert box is not None
    assert box["x"] == 0 and abs(box["width"] - 360) < 2
    assert box["y"] > 100, "the sheet leaves the top of the page to see"
    assert abs(box["y"] + box["height"] - 740) < 2
    page.locator("#card").get_by_role("button", name="Close").click()
    expect(page.locator("#card")).not_to_be_visible()
    quiet(page)


def test_the_backdrop_closes_the_drawer(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url, 360, 740)
    page.locator("#filters-toggle").click()
    expect(page.locator("#filters h2")).to_be_in_viewport()
    page.mouse.click(350, 500)
    expect(page.locator("#filters h2")).not_to_be_visible()


def test_light_and_dark(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    ground = "() => getComputedStyle(document.body).backgroundColor"
    colour = "() => getComputedStyle(document.querySelector('#chart-back .point')).fill"
    before, mark = page.evaluate(ground), page.evaluate(colour)
    page.locator("[aria-label='Light or dark'], .mantine-ColorSchemeToggle-root, [title='Light or dark']").first.click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    quiet(page)
    assert page.evaluate(ground) != before
    assert page.evaluate(colour) != mark, "marks have colours of their own in the dark"
    page.reload()
    page.wait_for_selector("#chart-back .point", state="attached")
    quiet(page)
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_the_card_does_not_move_the_lanes(visit: Visit, shipped_url: str) -> None:
    page = visit(shipped_url)
    tops = "() => [...document.querySelectorAll('#chart-names .lane-name')].map((n) => n.style.top).join()"
    before = page.evaluate(tops)
    page.locator("#list button").nth(5).click()
    page.wait_for_url(re.compile("event="))
    quiet(page)
    assert page.evaluate(tops) == before


def test_paper(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?event=bridge")
    page.emulate_media(media="print")
    for gone in (".toolbar", ".header-tools", "#filters", "#overview", "#how", "#card .actions", ".neighbours"):
        assert page.locator(gone).count() == 0 or not page.locator(gone).first.is_visible(), gone
    for kept in ("h1", "#sentence", "#legend", "#list", "#card h2", "#card .passage", ".note"):
        expect(page.locator(kept)).to_be_visible()
    cut = look(page, "scrolled", "#list, #chart-scroll")
    assert cut == [], "paper does not scroll"
    assert look(page, "sideways") == 0
