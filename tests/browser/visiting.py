"""How the browser tests look at a page: waiting until it has settled, finding controls, measuring boxes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

LOOKING = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
DRAWN = "#chart-axis text, #empty .empty"
GENEROUS = 45_000
"""Milliseconds that a condition may take on a machine with much else to do."""


class Watch:
    """What the visited pages said and asked for, in all contexts together."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.complaints.append(f"page error: {error.error}"))
        context.on("request", lambda request: self._asked(request.url))
        context.on("response", lambda answer: self._answered(answer.url, answer.status))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning", "assert") or text.startswith("WARN"):
            self.complaints.append(f"console {kind}: {text[:300]}")

    def _asked(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.complaints.append(f"a request left the machine: {url[:200]}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400:
            self.complaints.append(f"{status} for {url[:200]}")

    def verdict(self) -> list[str]:
        """The complaints since the last verdict."""
        found, self.complaints = self.complaints, []
        return found


def look(page: Page, what: str, given: Any = None) -> Any:
    """Ask the page by a function of looking.js."""
    return page.evaluate(f"given => window.look.{what}(given)", given)


def settle(page: Page) -> None:
    """Wait until the page has drawn and asks nothing more."""
    page.wait_for_selector(DRAWN, state="attached", timeout=GENEROUS)
    page.wait_for_function("() => window.look.ready()", timeout=GENEROUS)
    quiet(page)


def quiet(page: Page) -> None:
    """Wait until no question to the server has been open for a moment, and the browser has drawn once more. What a
    press sets off may ask only later, so the moment counts from this call."""
    asked = page.evaluate("performance.now()")
    page.wait_for_function("asked => window.look.quiet(asked)", arg=asked, timeout=GENEROUS)
    look(page, "painted")


def posts(page: Page) -> int:
    """How often the page has asked the server for something to show."""
    return int(page.evaluate("window.look.posts"))


def facet(page: Page, title: str) -> Locator:
    """The part of the filter panel under a heading."""
    return page.locator("#filters .mantine-Accordion-item").filter(
        has=page.locator(".mantine-Accordion-control", has_text=title)
    )


def value_of(page: Page, title: str, name: str) -> Locator:
    """One value of a facet, with its box and count."""
    exact = page.locator(".facet-name").get_by_text(name, exact=True)
    return facet(page, title).locator(".facet-value").filter(has=exact)


def tick(page: Page, title: str, name: str) -> None:
    """Press the box of a value as a reader does, and wait for what follows."""
    value_of(page, title, name).locator(".facet-name").click()
    quiet(page)


def counts(page: Page, title: str) -> dict[str, int]:
    """The counts beside the values of a facet."""
    rows = facet(page, title).locator(".facet-value")
    names = rows.locator(".facet-name").all_text_contents()
    return dict(zip(names, map(int, rows.locator(".facet-count").all_text_contents()), strict=True))


def listed(page: Page) -> list[str]:
    """The events of the list, in its order."""
    found: list[str] = page.locator("#list [data-event]").evaluate_all("rows => rows.map(r => r.dataset.event)")
    return found


def row_of(page: Page, mention: str) -> Locator:
    """The row of a mention's event, after the list was scrolled until it is in the page."""
    row = page.locator(f'#list [data-ids~="{mention}"]')
    page.wait_for_function("id => window.look.scrollTo(id)", arg=mention, timeout=GENEROUS)
    return row


def drawn(page: Page) -> set[str]:
    """The events that the chart holds, from what plotly drew."""
    return set(look(page, "meta")["marks"]["event"])


def window_of(page: Page) -> tuple[float, float]:
    """The window of the chart in milliseconds since 1970, read from plotly."""
    lo, hi = look(page, "window")
    return float(lo), float(hi)


def same_window(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two windows agree to a hundredth of their width."""
    room = (one[1] - one[0]) / 100
    return abs(one[0] - other[0]) <= room and abs(one[1] - other[1]) <= room
