"""The card: what an event's mention says, the passage it rests on, and the ways on from there."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import drawn, listed, look, quiet, row_of, settle
from tests.browser.world import ROWS, cited

BY_ID = {row.id: row for row in ROWS}


def choose(page: Page, event: str) -> None:
    """Open an event's card from the list."""
    page.locator(f"#list [data-event={event}]").click()
    page.wait_for_url(re.compile(r"event="))
    quiet(page)


def test_the_passage_stands_in_its_context_and_is_marked(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    choose(page, "bridge")
    card = page.locator("#card")
    expect(card.locator("h2")).to_have_text("Old bridge is mended")
    expect(card.locator(".when")).to_contain_text("12 February 2015")
    expect(card.locator(".when code")).to_have_text("2015-02-12")
    expect(card).to_contain_text("Reported")
    expect(card).to_contain_text("Harbour Board")
    for fact in ("The gazette of the harbour", "Arland Gazette", "Press Office", "1 February 2016"):
        expect(card.locator(".citation")).to_contain_text(fact)
    marked = "".join(card.locator(".passage mark").all_inner_texts())
    assert marked == cited(BY_ID["bridge"]).rstrip("."), "from the first to the last cited word, and no more"
    expect(card.locator(".passage")).to_contain_text("Nobody objected.")
    expect(card.locator(".found")).to_contain_text("as they are cited")
    link = card.get_by_role("link", name="Open the original")
    href = link.get_attribute("href") or ""
    assert href.startswith("https://lio.example/gazette#:~:text=Old%20bridge")
    assert set((link.get_attribute("rel") or "").split()) >= {"noopener", "noreferrer"}


def test_other_mentions_of_the_event(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?event=truce-post")
    card = page.locator("#card")
    expect(card.locator("h2")).to_have_text("The quay agrees on a truce")
    expect(card).to_contain_text("2 other mentions of this event")
    expect(card.locator(".when")).to_contain_text("September 2014")
    card.locator("[data-id=truce-diary]").click()
    expect(card.locator("h2")).to_have_text("A truce at last, Kern says")
    expect(card).to_contain_text("Contested")
    expect(card).to_contain_text("Stated by")
    quiet(page)
    assert "event=truce-diary" in page.url
    assert page.locator("#list [aria-current=true]").get_attribute("data-event") == "truce"


def test_previous_and_next(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    order = listed(page)
    choose(page, order[1])
    heading = page.locator("#card h2")
    titles = page.locator("#list .row-title").all_text_contents()
    expect(heading).to_have_text(titles[1])
    page.get_by_role("button", name="Next event").click()
    expect(heading).to_have_text(titles[2])
    page.get_by_role("button", name="Previous event").click()
    expect(heading).to_have_text(titles[1])
    page.get_by_role("button", name="Previous event").click()
    expect(heading).to_have_text(titles[0])
    expect(page.get_by_role("button", name="Previous event")).to_be_disabled()
    quiet(page)


def test_a_click_on_a_mark_opens_its_card(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    x, y = look(page, "placeOf", "lamp")
    page.locator("#chart-scroll").evaluate("(e, y) => { e.scrollTop = Math.max(0, y - 300); }", y - 200)
    top = page.locator("#chart-scroll").evaluate("e => e.scrollTop")
    page.mouse.move(x - 3, y - top)
    page.mouse.move(x, y - top)
    expect(page.locator("#chart .hoverlayer")).to_contain_text("Lamp of the pier")
    page.mouse.click(x, y - top)
    expect(page.locator("#card h2")).to_have_text("Lamp of the pier is lit")
    assert page.locator("#chart-front .ring").count() == 1
    quiet(page)


def test_an_actor_of_the_card_filters(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?event=strike")
    page.locator("#card .chip", has_text="Dockers").click()
    quiet(page)
    assert drawn(page) == {"strike", "strike-end", "pledge"}
    expect(page.locator("#card h2")).to_have_text("Dockers go on strike")


def test_copy_citation_and_share(new_visitor: Callable[..., BrowserContext], curated_url: str) -> None:
    context = new_visitor(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{curated_url}/?event=bridge")
    settle(page)
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    words = page.evaluate("navigator.clipboard.readText()")
    for part in (
        "Press Office",
        "“The gazette of the harbour”",
        "Arland Gazette",
        "para. ",
        "https://lio.example/gazette",
    ):
        assert part in words
    expect(page.get_by_role("button", name="Copy citation")).to_be_visible()
    page.get_by_role("button", name="Share").click()
    expect(page.locator("#announce")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    context.close()


def test_without_the_text_the_card_shows_first_and_last_words(visit: Visit, shipped_url: str) -> None:
    page = visit(shipped_url)
    row_of(page, "antonov-accuses-us").click()
    expect(page.locator("#card .found")).to_contain_text("First and last words of the passage")
    assert "…" in page.locator("#card .passage").inner_text()
    assert page.locator("#card .passage mark").count() == 0
    quiet(page)


def test_an_unknown_event_is_a_sentence_and_no_empty_card(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?event=%3Cb%3Enowhere")
    expect(page.locator("#main, #card").filter(has_text="<b>nowhere").first).to_be_visible()
    card = page.locator("#card")
    assert not card.is_visible() or len(card.inner_text()) > 20, "an open card says something"
