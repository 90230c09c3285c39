"""Filtering on the page: what is shown, what is counted, what is said, and that the zoom stays."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visiting import counts, drawn, listed, quiet, same_window, tick, value_of, window_of
from tests.browser.world import ROWS, SOURCE, events_with

DATED = events_with()
ALL = events_with(dated=False)


def test_first_paint(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    expect(page).to_have_title("Event timeline")
    assert drawn(page) == set(listed(page)) == DATED
    expect(page.locator("#sentence")).to_contain_text(f"{len(ALL)} events")
    summary = f"{len(ALL)} events in {len(ROWS)} cited passages of 3 documents from 3 sources"
    expect(page.get_by_text(summary).locator("visible=true")).to_have_count(1)
    assert page.locator("#chart-back .point").count() >= len(DATED)
    actors = {actor for row in ROWS if row.date for actor in row.actors.split(";")}
    assert page.locator("#chart-names .lane-name").count() == len(actors)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("#legend li").count() == len(SOURCE) + 1, "three sources, and several"


def test_by_actor_by_source_and_by_both(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    tick(page, "Actors", "Belmark")
    assert set(listed(page)) == drawn(page) == events_with(actor="Belmark")
    assert "actor=Belmark" in page.url
    expect(page.locator("#sentence")).to_contain_text(f"{len(events_with(actor='Belmark'))} of {len(ALL)} events")

    # The counts of a facet are those given the other filters, so a source's count is what choosing it leaves.
    told = {source: len(events_with(actor="Belmark", source=source, dated=False)) for source in SOURCE.values()}
    assert counts(page, "Sources") == told
    beside = counts(page, "Actors")
    assert beside["Belmark"] == len(events_with(actor="Belmark", dated=False))
    assert beside["Arland"] == len(events_with(actor="Arland", dated=False)), "any of: not narrowed by itself"

    tick(page, "Sources", "Lio Post")
    both = events_with(actor="Belmark", source="Lio Post")
    assert set(listed(page)) == drawn(page) == both
    assert "storm" in both and "embargo" not in both
    assert counts(page, "Actors")["Dockers"] == len(events_with(actor="Dockers", source="Lio Post"))

    tick(page, "Actors", "Belmark")
    assert set(listed(page)) == drawn(page) == events_with(source="Lio Post")
    assert "actor=" not in page.url

    page.locator("#reset").click()
    quiet(page)
    assert set(listed(page)) == drawn(page) == DATED
    assert not value_of(page, "Sources", "Lio Post").locator("input").is_checked()


def test_any_all_and_members(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    tick(page, "Actors", "Arland")
    tick(page, "Actors", "Belmark")
    assert drawn(page) == events_with(actor="Arland") | events_with(actor="Belmark")
    page.locator("#match").get_by_text("all of").click()
    quiet(page)
    assert drawn(page) == {"truce", "aid", "clash"}
    assert "actors=all" in page.url
    tick(page, "Actors", "Belmark")
    page.locator("label", has_text="with their members").click()
    quiet(page)
    assert drawn(page) == events_with(actor="Arland") | events_with(actor="Harbour Board")


def test_zoom_is_kept_across_filtering(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    home = window_of(page)
    page.locator("#chart-scroll").focus()
    for key in ("+", "+", "ArrowRight"):
        page.keyboard.press(key)
    page.wait_for_function("() => new URLSearchParams(location.search).has('view')")
    zoomed = window_of(page)
    assert zoomed[1] - zoomed[0] < (home[1] - home[0]) * 0.5
    tick(page, "Actors", "Belmark")
    assert drawn(page) == events_with(actor="Belmark")
    assert same_window(zoomed, window_of(page))
    tick(page, "Sources", "Lio Post")
    assert same_window(zoomed, window_of(page))
    page.locator("#reset").click()
    quiet(page)
    assert same_window(zoomed, window_of(page))
    page.reload()
    page.wait_for_selector("#chart-front text", state="attached")
    quiet(page)
    assert same_window(zoomed, window_of(page)), "the window is in the address"


def test_words_are_found_whatever_their_case(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    box = page.get_by_label("Words in title, summary, actors or speaker")
    box.fill("LIGHTHOUSE")
    page.wait_for_url(re.compile(r"q=LIGHTHOUSE"))
    quiet(page)
    assert set(listed(page)) == drawn(page) == {"clash"}
    box.fill("(.*")
    page.wait_for_url(re.compile(r"q=%28|q=\("))
    quiet(page)
    assert listed(page) == []
    expect(page.locator("#empty")).to_contain_text("No event with a date matches")


def test_typed_dates_filter_and_say_what_was_understood(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    page.get_by_label("From", exact=True).fill("Feb 2014")
    page.get_by_label("From", exact=True).press("Enter")
    quiet(page)
    page.get_by_label("To", exact=True).fill("2014-03")
    page.get_by_label("To", exact=True).press("Enter")
    quiet(page)
    assert drawn(page) == {"strike", "strike-end", "letters"}
    expect(page.locator("#dates-read")).to_contain_text("February 2014")
    expect(page.locator("#sentence")).to_contain_text("outside the dates")
    page.get_by_label("To", exact=True).fill("32 Octember")
    page.get_by_label("To", exact=True).press("Enter")
    quiet(page)
    assert len(page.locator("#dates-read").inner_text()) > 20


def test_an_empty_page_says_which_filter_to_loosen(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?actor=Dockers&source=Arland+Gazette&to=2014")
    assert listed(page) == []
    words = page.locator("#empty")
    expect(words).to_contain_text("No event with a date matches these filters")
    links = words.locator("li a")
    assert links.count() >= 3
    offers = words.locator("li").all_inner_texts()
    assert any("1 event" in offer for offer in offers), offers
    loosened = next(i for i, offer in enumerate(offers) if "event" in offer)
    promised = int(re.search(r"(\d+) events?$", offers[loosened]).group(1))  # type: ignore[union-attr]
    words.locator("li").nth(loosened).locator("a").click()
    quiet(page)
    assert len(listed(page)) + page.locator("#undated li").count() == promised > 0


def test_the_undated_tray(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    tray = page.locator("#undated")
    expect(tray.locator("summary")).to_have_text("Undated: 2 events")
    assert not tray.locator("button").first.is_visible()
    tray.locator("summary").click()
    tray.locator("button", has_text="Song of the dockers").click()
    expect(page.locator("#card h2")).to_have_text("Song of the dockers")
    expect(page.locator("#card .when")).to_contain_text("Undated")
    tick(page, "Actors", "Belmark")
    expect(tray).not_to_be_visible()


def test_outliers_are_announced_and_one_click_away(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    expect(page.locator("#outliers")).to_have_text(re.compile(r"^[12] events? lies? before .*201[23]"))
    before = window_of(page)
    assert before[0] > -3e12, "1812 does not squeeze the rest into a corner"
    page.get_by_role("button", name="Show the whole span").click()
    page.wait_for_function("() => window.look.window()[0] < -4.97e12")  # 1812
    assert window_of(page)[1] >= before[1] - 864e5 * 400


def test_chips_take_filters_off(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?actor=Belmark&source=Lio+Post&q=storm")
    chips = page.locator("#chips .chip.on")
    assert chips.count() == 3
    chips.filter(has_text="Lio Post").click()
    quiet(page)
    assert page.locator("#chips .chip.on").count() == 2
    assert "source=" not in page.url
    assert not value_of(page, "Sources", "Lio Post").locator("input").is_checked()
