"""More events than can be drawn: what is shaded, what is said, and that no window is ever empty for long."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import GENEROUS, posts, quiet, row_of, same_window, window_of


def drawn(page: Page) -> int:
    return int(page.evaluate("window.timeline.chart.state.meta.marks.id.length"))


def lanes(page: Page) -> list[list[float]]:
    found: list[list[float]] = page.evaluate(
        "window.timeline.chart.state.meta.lanes.map((lane) => [lane.top, lane.bottom])"
    )
    return found


def test_it_says_what_it_draws_and_counts_all(visit: Visit, many_url: str) -> None:
    page = visit(many_url)
    expect(page.locator("#sentence")).to_contain_text("6,000 events")
    expect(page.locator("#detail")).to_contain_text("of the 6,000 events in this window are drawn as marks")
    assert 0 < drawn(page) <= 600
    assert page.locator("#chart-back .shading path").count() == 4
    expect(page.locator("#list-in-view")).to_have_text("6,000 in the window")
    assert page.evaluate("document.querySelectorAll('*').length") < 2_000


def test_zooming_refines_and_lanes_stay_where_they_are(visit: Visit, many_url: str) -> None:
    page = visit(many_url)
    before = lanes(page)
    page.locator("#chart-scroll").focus()
    for _ in range(9):
        page.keyboard.press("+")
    quiet(page)
    near = window_of(page)
    inside = page.evaluate("window.timeline.chart.state.meta.detail.inside")
    assert 0 < inside < 500
    expect(page.locator("#list-in-view")).to_have_text(f"{inside:,} in the window")
    assert lanes(page) == before
    assert same_window(near, window_of(page)), "the answer does not move the window"
    assert page.evaluate("window.timeline.lists.rows().length") >= min(inside, 300)
    page.keyboard.press("0")
    quiet(page)
    expect(page.locator("#list-in-view")).to_have_text("6,000 in the window")


def test_a_click_on_the_shading_zooms_into_it(visit: Visit, many_url: str) -> None:
    page = visit(many_url)
    home = window_of(page)
    spot = page.evaluate(
        """() => {
          const { meta, view } = window.timeline.chart.state;
          const box = document.querySelector('#chart-plot').getBoundingClientRect();
          const px = (ms) => ((ms - view[0]) / (view[1] - view[0])) * box.width, lane = meta.lanes[1];
          for (let y = lane.top + 6; y < lane.bottom - 4; y += 2) for (let x = 60; x < box.width - 60; x += 3) {
            const near = meta.marks.at.some((at, i) => Math.abs(meta.marks.y[i] - y) < 18 &&
              px(meta.marks.x0[i]) - 22 < x && px(meta.marks.x1[i]) + 22 > x);
            if (!near) return [box.x + x, box.y + y];
          }
          return null;
        }"""
    )
    assert spot is not None
    page.mouse.move(*spot)
    expect(page.locator("#chart-tip")).to_contain_text("click to zoom in")
    page.mouse.click(*spot)
    page.wait_for_function(
        "span => { const v = window.timeline.chart.state.view; return v[1] - v[0] < span / 3; }",
        arg=home[1] - home[0],
        timeout=GENEROUS,
    )
    quiet(page)
    assert page.evaluate("window.timeline.chart.state.meta.detail.inside") < 6_000


def test_an_event_that_is_not_drawn_is_fetched_when_chosen(visit: Visit, many_url: str) -> None:
    page = visit(many_url)
    hidden = page.evaluate(
        """() => { const drawn = new Set(window.timeline.chart.state.meta.marks.id);
          const ids = window.timeline.lists.rows().map((row) => row.id);
          return ids.find((id) => !drawn.has(id)); }"""
    )
    assert hidden
    row_of(page, hidden).click()
    quiet(page)
    assert hidden in page.evaluate("window.timeline.chart.state.meta.marks.id")
    expect(page.locator("#card h2")).to_be_visible()
    assert page.locator("#chart-front .ring").count() >= 1


def test_the_list_grows_page_by_page(visit: Visit, many_url: str) -> None:
    page = visit(many_url)
    page.locator("#list button").first.focus()
    page.keyboard.press("End")
    expect(page.locator("#list li").last).to_have_text("Show 300 of 5,700 more in this window")
    last = page.evaluate("document.activeElement.dataset.id")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.timeline.lists.rows().length === 600", timeout=GENEROUS)
    expect(page.locator(f'#list [data-id="{last}"]')).to_be_visible()


def test_a_filter_keeps_the_window_and_counts_exactly(visit: Visit, many_url: str) -> None:
    page = visit(f"{many_url}?view=1970-01-01T00:00..1980-01-01T00:00")
    near = window_of(page)
    page.locator('[data-facet="actor"][value="Corvia"]').check()
    quiet(page)
    expect(page.locator("#sentence")).to_contain_text("1,500 of 6,000 events")
    assert same_window(near, window_of(page))


def test_few_events_ask_nothing_when_the_window_moves(visit: Visit, many_url: str) -> None:
    page = visit(f"{many_url}?from=1960&to=1961")
    assert page.evaluate("window.timeline.chart.state.meta.detail") is None
    expect(page.locator("#detail")).to_be_hidden()
    asked = posts(page)
    page.locator("#chart-scroll").focus()
    page.keyboard.press("+")
    quiet(page)
    assert posts(page) == asked


def test_a_long_facet_shows_more_when_asked(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    values = [{"value": f"v{n}", "label": f"Value {n}", "count": n, "chosen": n == 55, "depth": 0} for n in range(60)]
    page.evaluate("values => window.timeline.facets.draw({ actor: { values, more: 0, found: false } })", values)
    rows = page.locator('[data-facet-holder="actor"] .facet-value')
    expect(rows).to_have_count(41)
    expect(page.locator('[data-facet="actor"][value="v55"]')).to_be_checked()
    page.get_by_role("button", name="Show 19 more").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(60)
    assert page.evaluate("document.activeElement.value") == "v40"
