"""Spans have no trace of plotly's: the page itself says what they are, and opens them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import look, quiet

SPOT = """event => {
  const { meta, view } = window.timeline.chart.state, { marks } = meta, i = marks.event.indexOf(event);
  const box = document.querySelector("#chart-plot").getBoundingClientRect();
  const px = (ms) => ((ms - view[0]) / (view[1] - view[0])) * box.width;
  return [box.x + px(marks.x0[i]) * 0.25 + px(marks.x1[i]) * 0.75, box.y + marks.y[i]];
}"""


def near(page: Page, event: str) -> tuple[float, float]:
    """A place on the span of an event, away from its point, after zooming until there is one."""
    page.evaluate(
        """event => {
          const { marks } = window.timeline.chart.state.meta, i = marks.event.indexOf(event);
          const long = marks.x1[i] - marks.x0[i];
          window.timeline.chart.setView(marks.x0[i] - long, marks.x1[i] + long);
        }""",
        event,
    )
    quiet(page)
    x, y = page.evaluate(SPOT, event)
    return float(x), float(y)


@pytest.mark.parametrize(("event", "words"), [("patrol", "Patrols along the coast"), ("ferry", "Ferry line opens")])
def test_a_span_says_what_it_is_and_opens(visit: Visit, curated_url: str, event: str, words: str) -> None:
    page = visit(curated_url)
    x, y = near(page, event)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    tip = page.locator("#chart-tip")
    expect(tip).to_contain_text(words)
    expect(tip).to_contain_text("1 document")
    page.mouse.click(x, y)
    expect(page.locator("#card h2")).to_have_text(words)
    page.mouse.move(x, y - 60)
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_moving_in_time_moves_the_marks_with_the_axis(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    for key in ("+", "ArrowRight", "ArrowRight", "-", "ArrowLeft"):
        page.locator("#chart-scroll").focus()
        page.keyboard.press(key)
        look(page, "painted")
        look(page, "painted")
        off = page.evaluate(
            """() => {
              const box = document.querySelector("#chart-plot").getBoundingClientRect();
              const shown = [...document.querySelectorAll("#chart-back .point")].map((each) => {
                const r = each.getBoundingClientRect();
                return Math.round((r.left + r.right) / 2 - box.left);
              }).filter((x) => x > 0 && x < box.width).sort((a, b) => a - b);
              const axis = document.querySelector("#chart .js-plotly-plot")._fullLayout.xaxis;
              const { marks } = window.timeline.chart.state.meta;
              const meant = marks.at.map((at) => axis.l2p(at)).sort((a, b) => a - b);
              return Math.max(...shown.map((x) => Math.min(...meant.map((other) => Math.abs(other - x)))));
            }"""
        )
        assert off <= 2, key
