"""axe finds nothing serious: in light and dark, with whatever can be open, open."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import look, quiet

AXE = Axe()
OPTIONS = {"resultTypes": ["violations"]}


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical, in one line each."""
    found: dict[str, Any] = AXE.run(page, options=OPTIONS).response
    return [
        f"{each['impact']} {each['id']}: {node['html'][:160]} {node['any'][0]['message'][:120] if node['any'] else ''}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:4]
    ]


def accept(page: Page, state: str) -> None:
    """Fail with every serious finding, and the state of the page in which it stands."""
    found = serious(page)
    assert not found, "\n".join([f"{state}:", *found])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_with_all_its_popups(visit: Visit, curated_url: str, scheme: str) -> None:
    page = visit(f"{curated_url}/?actor=Belmark&source=Lio+Post", scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.mantineColorScheme") == scheme
    for title in ("Documents", "Category", "Status"):
        page.locator("#filters .mantine-Accordion-control", has_text=title).click()
    page.locator("#how summary").click()
    accept(page, "filters and help open")
    page.locator("#export-button").click()
    expect(page.locator("#export-csv")).to_be_visible()
    accept(page, "export menu open")
    page.keyboard.press("Escape")
    page.get_by_label("Lanes by").click()
    expect(page.get_by_role("option", name="One lane")).to_be_visible()
    accept(page, "lanes open")
    page.keyboard.press("Escape")
    page.locator("#list [data-event=clash]").click()
    page.wait_for_url(re.compile("event="))
    quiet(page)
    accept(page, "card open")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_shipped_tables(visit: Visit, shipped_url: str, scheme: str) -> None:
    page = visit(shipped_url, scheme=scheme)
    accept(page, "as it opens")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone(visit: Visit, curated_url: str, scheme: str) -> None:
    page = visit(curated_url, 360, 740, scheme)
    accept(page, "as it opens")
    page.locator("#undated summary").click()
    page.locator("#filters-toggle").click()
    expect(page.locator("#filters h2")).to_be_in_viewport()
    accept(page, "drawer open")
    page.keyboard.press("Escape")
    page.locator("#list [data-event=clash]").click()
    page.wait_for_url(re.compile("event="))
    quiet(page)
    accept(page, "sheet open")


def test_an_empty_page_and_the_list_of_problems(visit: Visit, curated_url: str, bad_url: str) -> None:
    page = visit(f"{curated_url}/?q=nothing+at+all")
    accept(page, "as it opens")
    page = visit(bad_url)
    page.get_by_role("link", name="rows drawn").click()
    expect(page.locator("h1")).to_contain_text("Problems")
    accept(page, "as it opens")


def test_targets_are_large_enough(visit: Visit, curated_url: str) -> None:
    """WCAG 2.2, 2.5.8: 24 px, or far enough from the next target."""
    page = visit(f"{curated_url}/?actor=Belmark&event=truce")
    assert look(page, "small") == []
