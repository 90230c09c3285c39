"""The address is the state: in a second browser, after back and forward, and for two readers at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import drawn, listed, quiet, same_window, settle, tick, value_of, window_of
from tests.browser.world import events_with


def state(page: Page) -> dict[str, Any]:
    """What a reader sees chosen."""
    return {
        "drawn": drawn(page),
        "listed": listed(page),
        "sentence": page.locator("#sentence").inner_text(),
        "chips": page.locator("#chips .chip.on").all_inner_texts(),
        "ticked": page.locator("#filters input[type=checkbox]:checked").count(),
        "card": page.locator("#card h2").all_inner_texts(),
        "lanes": page.locator("#lanes").input_value(),
        "words": page.locator("#words").input_value(),
    }


def test_an_address_opens_the_same_page_in_another_browser(
    visit: Visit, new_visitor: Callable[..., BrowserContext], curated_url: str
) -> None:
    page = visit(curated_url)
    tick(page, "Actors", "Belmark")
    tick(page, "Sources", "Lio Post")
    page.get_by_label("Lanes by").click()
    page.get_by_role("option", name="Lanes: statuses").click()
    quiet(page)
    page.locator("#chart-scroll").focus()
    page.keyboard.press("+")
    page.locator("#list [data-event=clash]").click()
    quiet(page)
    page.wait_for_function("() => new URLSearchParams(location.search).has('view')")
    address, seen = page.url, state(page)
    assert seen["drawn"] == events_with(actor="Belmark", source="Lio Post")
    other = new_visitor()
    second = other.new_page()
    second.goto(address)
    settle(second)
    expect(second.locator("#card h2")).to_have_text("Clash near the lighthouse")
    assert state(second) == seen
    assert same_window(window_of(page), window_of(second))
    assert second.url == address, "nothing is added by reading it"
    other.close()


def test_back_and_forward(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    tick(page, "Actors", "Belmark")
    tick(page, "Sources", "Lio Post")
    page.locator("#list [data-event=ferry]").click()
    expect(page.locator("#card h2")).to_have_text("Ferry line opens")
    quiet(page)

    page.go_back()
    page.wait_for_url(lambda url: "event=" not in url)
    quiet(page)
    expect(page.locator("#card h2")).not_to_be_visible()
    assert drawn(page) == events_with(actor="Belmark", source="Lio Post")

    page.go_back()
    page.wait_for_url(lambda url: "source=" not in url)
    quiet(page)
    assert drawn(page) == set(listed(page)) == events_with(actor="Belmark")
    assert not value_of(page, "Sources", "Lio Post").locator("input").is_checked()
    assert value_of(page, "Actors", "Belmark").locator("input").is_checked()

    page.go_back()
    page.wait_for_url(lambda url: "actor=" not in url)
    quiet(page)
    assert drawn(page) == events_with()

    for _ in range(3):
        page.go_forward()
        quiet(page)
    page.wait_for_url(re.compile("event=ferry"))
    assert drawn(page) == events_with(actor="Belmark", source="Lio Post")
    expect(page.locator("#card h2")).to_have_text("Ferry line opens")


def test_a_filter_with_a_card_open(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    page.locator("#list [data-event=ferry]").click()
    expect(page.locator("#card h2")).to_have_text("Ferry line opens")
    quiet(page)
    tick(page, "Actors", "Belmark")
    assert drawn(page) == events_with(actor="Belmark")
    assert "actor=Belmark" in page.url and "event=ferry" in page.url
    tick(page, "Sources", "Lio Post")
    assert drawn(page) == events_with(actor="Belmark", source="Lio Post")
    assert "actor=Belmark" in page.url and "source=Lio" in page.url and "event=ferry" in page.url
    expect(page.locator("#card h2")).to_have_text("Ferry line opens")
    page.go_back()
    quiet(page)
    assert drawn(page) == events_with(actor="Belmark")


def test_an_address_full_of_nonsense_still_opens(visit: Visit, curated_url: str) -> None:
    nonsense = "actors=most&from=31+February&lanes=moon&view=x..y&%FF=%00&q="
    page = visit(f"{curated_url}/?actor=Nobody&actor=Belmark&{nonsense}")
    assert page.locator("#sentence .ignored").inner_text().strip()
    assert drawn(page) <= events_with(actor="Belmark")
    assert page.locator("#lanes").input_value() == "Lanes: actors"


def test_two_readers_do_not_meet(visit: Visit, new_visitor: Callable[..., BrowserContext], curated_url: str) -> None:
    one = visit(curated_url)
    other = new_visitor()
    two = other.new_page()
    two.goto(curated_url)
    settle(two)
    tick(one, "Actors", "Belmark")
    tick(two, "Actors", "Dockers")
    assert drawn(one) == events_with(actor="Belmark")
    assert drawn(two) == events_with(actor="Dockers")
    tick(one, "Sources", "Lio Post")
    assert drawn(one) == events_with(actor="Belmark", source="Lio Post")
    assert drawn(two) == events_with(actor="Dockers")
    other.close()
