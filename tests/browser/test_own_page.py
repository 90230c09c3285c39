"""The page of its own: one file, opened without a network, filtered, zoomed, and its cards read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.world import events_with, open_table, write_curated, write_hostile, write_many
from timeline.export.formats import write
from timeline.query import Query
from timeline.table import Dataset

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return open_table(write_curated(tmp_path_factory.mktemp("own")) / "events.csv")


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Writes a page and opens it from its file without a network; whatever it complains about fails the test."""
    said: list[str] = []
    contexts: list[Any] = []

    def open_page(dataset: Dataset, query: Query | None = None, width: int = 1280, place: str = "") -> Page:
        path = tmp_path / "own.html"
        write(dataset, query or Query(), path, force=True)
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, offline=True))
        page: Page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else said.append(request.url),
        )
        page.goto(path.as_uri() + place)
        page.locator("body.drawn").wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def shown(page: Page) -> set[str]:
    return set(page.locator("#list > li:not([hidden])").evaluate_all("items => items.map(item => item.dataset.event)"))


def drawn(page: Page) -> set[str]:
    return set(page.evaluate("window.timeline.chart.state.meta.marks.event"))


def tick(page: Page, kind: str, name: str) -> None:
    page.locator(f'[data-facet={kind}][value="{name}"]').click()


def test_it_shows_all_and_counts_them(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset)
    assert shown(page) == set(dataset.events["event"])
    assert drawn(page) == set(dataset.events.loc[dataset.events["dated"], "event"])
    assert page.locator("#chart-back .point").count() > 5 and page.locator("#chart-front text.label").count() > 3
    expect(page.locator(".note")).to_contain_text(f"Data {dataset.fingerprint}. Made on")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_actor_source_and_both(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset)
    tick(page, "actor", "Belmark")
    belmark = events_with(actor="Belmark", dated=False)
    expect(page.locator("#sentence")).to_have_text(f"{len(belmark)} of {len(dataset.events)} events")
    assert shown(page) == belmark
    page.wait_for_function(
        "count => new Set(window.timeline.chart.state.meta.marks.event).size === count",
        arg=len(events_with(actor="Belmark")),
    )
    tick(page, "source", "Lio Post")
    both = events_with(actor="Belmark", source="Lio Post", dated=False)
    assert shown(page) == both and both < belmark
    counted = page.locator('label:has([data-facet=source][value="Lio Post"]) .facet-count')
    expect(counted).to_have_text(str(len(both)))
    page.get_by_role("button", name="Clear filters").click()
    assert shown(page) == set(dataset.events["event"])
    expect(page.get_by_role("button", name="Clear filters")).to_be_disabled()


def test_words_are_found_whatever_their_case(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset)
    page.get_by_label("Words").fill("LIGHTHOUSE")
    assert shown(page)
    assert all("lighthouse" in text.lower() for text in page.locator("#list > li:not([hidden])").all_inner_texts())
    page.get_by_label("Words").fill("nowhere at all")
    assert shown(page) == set()
    expect(page.get_by_text("No event matches these filters.")).to_be_visible()


def test_zoom_is_kept_while_filtering(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset)
    before = page.evaluate("window.timeline.chart.state.view")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("before => window.timeline.chart.state.view[0] !== before[0]", arg=before)
    near = page.evaluate("window.timeline.chart.state.view")
    assert near[1] - near[0] == pytest.approx((before[1] - before[0]) * 0.6, rel=0.01)
    meta = page.evaluate_handle("window.timeline.chart.state.meta")
    tick(page, "actor", "Belmark")
    page.wait_for_function("meta => window.timeline.chart.state.meta !== meta", arg=meta)
    assert page.evaluate("window.timeline.chart.state.view") == pytest.approx(near, rel=1e-6)


def test_a_card_has_all_mentions_with_their_citations(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset)
    event = dataset.events.sort_values("documents").iloc[-1]
    row = page.locator(f'#list > li[data-event="{event["event"]}"] button').first
    row.focus()
    page.keyboard.press("Enter")
    card = page.locator("#card")
    expect(card).to_be_visible()
    assert card.locator("li").count() == (dataset.mentions["event"] == event["event"]).sum() > 1
    assert card.locator("q").count() > 0 and card.locator("button").count() == 1
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(row).to_be_focused()


def test_an_address_opens_its_event(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset, place="#storm")
    expect(page.locator("#card li").first).to_contain_text(dataset.events.set_index("event").loc["storm", "title"])


def test_the_keyboard_walks_through_the_events(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset)
    page.locator("#chart-scroll").focus()
    page.keyboard.press("n")
    expect(page.locator("#card")).to_be_visible()
    assert re.fullmatch(r"#.+", page.evaluate("window.location.hash"))


def test_on_a_phone_the_filters_are_folded(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset, width=360)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.get_by_label("Words")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_label("Words")).to_be_visible()
    assert page.evaluate("window.timeline.chart.state.meta.headers") is True


def test_a_query_is_kept(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset, Query(actors=("Belmark",)))
    assert shown(page) == events_with(actor="Belmark", dated=False)
    expect(page.locator("header")).to_contain_text("Filtered by actor: Belmark.")


def test_a_table_that_bites_stays_text(opened: Open, tmp_path: Path) -> None:
    page = opened(open_table(write_hostile(tmp_path / "stranger.csv")))
    page.locator("#list button").first.click()
    expect(page.locator("#card")).to_be_visible()
    assert page.evaluate("window.PWN === undefined")
    assert page.locator("#main img, #card img, #main b, [onerror], #list script").count() == 0


def test_more_events_than_can_be_drawn(opened: Open, tmp_path: Path) -> None:
    page = opened(open_table(write_many(tmp_path / "many.csv")))
    assert len(shown(page)) == 6_000
    assert 0 < len(drawn(page)) <= 600
    expect(page.locator("#detail")).to_contain_text("are drawn as marks")
    page.get_by_label("Words").fill("7")
    expect(page.locator("#detail")).to_contain_text("The list has all that match.")


def test_nothing_is_a_page_too(opened: Open, dataset: Dataset) -> None:
    page = opened(dataset, Query(words="nowhere at all"))
    expect(page.locator("main")).to_contain_text("No event matches.")
