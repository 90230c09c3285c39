"""How the browser tests look at a page: waiting until it has settled, finding controls, measuring boxes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

# The tests wait for the page, never for the clock: the page has settled when no question to the server is open and
# none was for a moment. Playwright's own script runs beside the page's policy and touches nothing of it.
COUNTING = """
(() => {
  const real = window.fetch;
  window.__open = 0; window.__last = 0; window.__posts = 0;
  window.fetch = function (...args) {
    const url = String(args[0] && args[0].url || args[0]);
    if (url.includes('_dash-update-component')) window.__posts += 1;
    window.__open += 1;
    const over = () => { window.__open -= 1; window.__last = performance.now(); };
    const answer = real.apply(this, args);
    answer.then(over, over);
    return answer;
  };
})();
"""
QUIET = "asked => window.__open === 0 && performance.now() - Math.max(window.__last, asked) > 250"
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


def settle(page: Page) -> None:
    """Wait until the page has drawn and asks nothing more."""
    page.wait_for_selector(DRAWN, state="attached", timeout=GENEROUS)
    page.wait_for_function(
        "() => (document.querySelector('#listing h2') !== null) && document.querySelector('#sentence').textContent",
        timeout=GENEROUS,
    )
    quiet(page)


def quiet(page: Page) -> None:
    """Wait until no question to the server has been open for a moment, and the browser has drawn once more."""
    page.wait_for_function(QUIET, arg=page.evaluate("performance.now()"), timeout=GENEROUS)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")


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
    pairs = rows.evaluate_all(
        "rows => rows.map(r => [r.querySelector('.facet-name').textContent, r.querySelector('.facet-count').textContent])"
    )
    return {name: int(count) for name, count in pairs}


def listed(page: Page) -> list[str]:
    """The events of the list, in its order."""
    found: list[str] = page.locator("#list [data-event]").evaluate_all("rows => rows.map(r => r.dataset.event)")
    return found


def drawn(page: Page) -> set[str]:
    """The events that the chart holds, from what plotly drew."""
    found: Iterable[str] = page.evaluate(
        "() => document.querySelector('#chart .js-plotly-plot')._fullLayout.meta.marks.event"
    )
    return set(found)


def window_of(page: Page) -> tuple[float, float]:
    """The window of the chart in milliseconds since 1970, read from plotly."""
    lo, hi = page.evaluate(
        "() => { const a = document.querySelector('#chart .js-plotly-plot')._fullLayout.xaxis; return a.range.map(r => a.r2l(r)); }"
    )
    return float(lo), float(hi)


def same_window(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two windows agree to a hundredth of their width."""
    room = (one[1] - one[0]) / 100
    return abs(one[0] - other[0]) <= room and abs(one[1] - other[1]) <= room


def focused(page: Page) -> str:
    """A short description of what has the focus."""
    said: Any = page.evaluate(
        "() => { const e = document.activeElement; return [e.tagName.toLowerCase(), e.id, e.className && e.className.baseVal === undefined ? e.className : '', e.getAttribute('aria-label') || ''].join('|'); }"
    )
    return str(said)
