"""A list longer than the page holds: it is whole for the keyboard, for assistive technology and for print."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import GENEROUS, look


@pytest.fixture
def page(visit: Visit, many_url: str) -> Page:
    return visit(f"{many_url}?from=1960&to=1964")


def length(page: Page) -> int:
    return int(page.evaluate("window.timeline.lists.rows().length"))


def focused(page: Page) -> dict[str, Any]:
    """The row that has the focus: its place as told, and whether it is wholly in the list's own window."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const row = document.activeElement.closest('#list li');
          if (!row) return { place: 0, size: 0, seen: false };
          const box = document.querySelector('#list').getBoundingClientRect(), here = row.getBoundingClientRect();
          return { place: +row.ariaPosInSet, size: +row.ariaSetSize, id: row.firstChild.dataset.id,
            seen: here.top >= box.top - 1 && here.bottom <= box.bottom + 1 };
        }"""
    )
    return found


def test_only_rows_in_sight_are_in_the_page(page: Page) -> None:
    assert length(page) > 300
    assert page.locator("#list li").count() < 60
    assert page.locator("#list li").first.get_attribute("aria-setsize") == str(length(page))


def test_arrows_home_and_end_reach_every_row(page: Page) -> None:
    ids = page.evaluate("window.timeline.lists.rows().map((row) => row.id)")
    page.locator("#list button").first.focus()
    for place in range(2, 60):
        page.keyboard.press("ArrowDown")
        told = focused(page)
        assert told["place"] == place and told["id"] == ids[place - 1] and told["seen"]
    page.keyboard.press("End")
    assert focused(page) == {"place": len(ids), "size": len(ids), "id": ids[-1], "seen": True}
    page.keyboard.press("ArrowUp")
    assert focused(page)["id"] == ids[-2]
    page.keyboard.press("Home")
    assert focused(page) == {"place": 1, "size": len(ids), "id": ids[0], "seen": True}


def test_tab_walks_on_beyond_the_rows_that_were_there(page: Page) -> None:
    page.locator("#list button").first.focus()
    for _ in range(70):
        page.keyboard.press("Tab")
    look(page, "painted")
    told = focused(page)
    assert told["place"] == 71 and told["seen"]


def test_a_row_keeps_the_focus_when_it_is_scrolled_away(page: Page) -> None:
    page.locator("#list button").nth(3).focus()
    page.evaluate("document.querySelector('#list').scrollTop = 6000")
    page.wait_for_function("() => +document.querySelector('#list li:last-child').ariaPosInSet > 100", timeout=GENEROUS)
    assert focused(page)["place"] == 4
    page.keyboard.press("ArrowDown")
    assert focused(page)["place"] == 5 and focused(page)["seen"]


def test_scrolling_shows_rows_without_gaps(page: Page) -> None:
    for top in (900, 5_000, 2_500, 100_000, 0):
        page.evaluate("top => { document.querySelector('#list').scrollTop = top; }", top)
        look(page, "painted")
        look(page, "painted")
        gap = page.evaluate(
            """() => {
              const box = document.querySelector('#list').getBoundingClientRect();
              const rows = [...document.querySelectorAll('#list li')].map((li) => li.getBoundingClientRect())
                .filter((r) => r.bottom > box.top && r.top < box.bottom);
              const gaps = rows.slice(1).map((r, i) => Math.abs(r.top - rows[i].bottom));
              return Math.max(rows[0].top - box.top, box.bottom - rows.at(-1).bottom, ...gaps);
            }"""
        )
        assert gap <= 2


def test_the_chosen_event_is_found_in_the_list(page: Page) -> None:
    target = page.evaluate("window.timeline.lists.rows()[250].id")
    page.evaluate("id => window.timeline.page.select(id)", target)
    row = page.locator(f'#list [data-id="{target}"]')
    expect(row).to_have_attribute("aria-current", "true")
    row.focus()
    assert focused(page)["id"] == target and focused(page)["seen"]


def test_all_rows_are_printed(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("#list li")).to_have_count(length(page))
    page.emulate_media(media="screen")
    page.wait_for_function("() => document.querySelectorAll('#list li').length < 60", timeout=GENEROUS)
