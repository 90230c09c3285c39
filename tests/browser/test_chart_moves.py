"""Moving in time: keys, buttons, overview, typed dates. Nothing of it asks the server for a drawing."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visiting import look, posts, quiet, same_window, window_of
from timeline.table.days import to_days

DAY = 864e5


def test_keys_and_buttons_zoom_and_pan_without_the_server(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    home = window_of(page)
    span = home[1] - home[0]
    asked = posts(page)
    page.locator("#chart-scroll").focus()
    page.keyboard.press("+")
    near = window_of(page)
    assert 0.4 * span < near[1] - near[0] < 0.8 * span
    assert abs(sum(near) - sum(home)) < 0.02 * span, "round the middle"
    page.keyboard.press("-")
    assert same_window(home, window_of(page))
    page.keyboard.press("ArrowRight")
    right = window_of(page)
    assert right[0] > home[0] + 0.1 * span
    assert abs((right[1] - right[0]) - span) < 0.01 * span
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("0")
    assert same_window(home, window_of(page))
    page.get_by_role("button", name="Zoom in").click()
    assert window_of(page)[1] - window_of(page)[0] < 0.8 * span
    page.get_by_role("button", name="Zoom out").click()
    page.get_by_role("button", name="The whole span", exact=True).click()
    assert window_of(page)[0] < to_days(1813) * DAY
    page.get_by_role("button", name="The span that holds most events").click()
    quiet(page)
    assert same_window(home, window_of(page))
    assert posts(page) == asked, "zooming asks the server nothing"


def test_wheel_double_click_and_drag(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    home = window_of(page)
    asked = posts(page)
    box = page.locator("#chart-plot").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.9, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y, steps=4)
    page.mouse.up()
    page.wait_for_function("() => new URLSearchParams(location.search).has('view')")
    dragged = window_of(page)
    held = page.evaluate("location.search")
    assert dragged[0] > home[0] + DAY * 10
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(
        "span => { const [lo, hi] = window.look.window(); return hi - lo < span * 0.95; }",
        arg=home[1] - home[0],
    )
    page.wait_for_function("held => location.search !== held", arg=held)  # plotly ends a turn of the wheel late
    page.mouse.dblclick(x, y)
    page.wait_for_function("() => !new URLSearchParams(location.search).has('view')")
    quiet(page)
    assert same_window(home, window_of(page))
    assert posts(page) == asked


def test_overview_by_keyboard(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    home = window_of(page)
    start = page.get_by_role("slider", name="Start of the window")
    end = page.get_by_role("slider", name="End of the window")
    expect(start).to_have_attribute("aria-valuetext", re.compile(r"^\d+ \w+ 201\d$"))
    said = start.get_attribute("aria-valuetext")
    start.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    moved = window_of(page)
    assert moved[0] > home[0] + DAY and abs(moved[1] - home[1]) < DAY
    quiet(page)
    assert start.get_attribute("aria-valuetext") != said
    assert float(start.get_attribute("aria-valuemin") or "nan") < float(start.get_attribute("aria-valuenow") or "nan")
    end.focus()
    page.keyboard.press("ArrowLeft")
    assert window_of(page)[1] < moved[1] - DAY
    page.keyboard.press("End")
    assert window_of(page)[1] >= home[1]
    start.focus()
    page.keyboard.press("Home")
    assert window_of(page)[0] <= to_days(1812, 6) * DAY


def test_overview_by_mouse(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?view=1900-01-01T00:00..1950-01-01T00:00")
    home = window_of(page)
    brush = page.locator("#overview .brush").bounding_box()
    strip = page.locator("#overview").bounding_box()
    assert brush is not None and strip is not None
    y = strip["y"] + 20

    def drag(x: float, by: float) -> tuple[float, float]:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + by, y, steps=4)
        page.mouse.up()
        return window_of(page)

    # The body moves the window, a press on empty ground starts another, a handle stretches it.
    moved = drag(brush["x"] + brush["width"] / 2, -100)
    assert moved[0] < home[0] - 3000 * DAY
    assert abs((moved[1] - moved[0]) - (home[1] - home[0])) < 0.02 * (home[1] - home[0])
    fresh = drag(strip["x"] + strip["width"] * 0.6, strip["width"] * 0.2)
    share = 0.2 * (to_days(2017) - to_days(1812)) * DAY
    assert 0.7 * share < fresh[1] - fresh[0] < 1.4 * share
    handle = page.get_by_role("slider", name="End of the window").bounding_box()
    assert handle is not None
    after = drag(handle["x"] + handle["width"] / 2, -40)
    assert after[1] < fresh[1] - 300 * DAY and abs(after[0] - fresh[0]) < 40 * DAY


def test_a_narrow_brush_can_be_moved(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    home = window_of(page)
    brush = page.locator("#overview .brush").bounding_box()
    assert brush is not None and brush["width"] < 30, "two centuries, and a window of some years"
    x, y = brush["x"] + brush["width"] / 2, brush["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y, steps=4)
    page.mouse.up()
    moved = window_of(page)
    assert moved[0] < home[0] - 3000 * DAY
    assert abs((moved[1] - moved[0]) - (home[1] - home[0])) < 0.02 * (home[1] - home[0])


def test_go_to_a_typed_date(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    box = page.get_by_label("Go to a date")
    box.fill("summer of 1814")
    box.press("Enter")
    expect(page.locator("#go-to-read")).to_contain_text("the summer of 1814")
    page.wait_for_function(
        "day => { const [lo, hi] = window.look.window(); return lo < day && day < hi; }",
        arg=to_days(1814, 7, 15) * DAY,
    )
    before = window_of(page)
    box.fill("the day before never")
    box.press("Enter")
    quiet(page)
    expect(page.locator("#go-to-read")).not_to_contain_text("Understood")
    assert len(page.locator("#go-to-read").inner_text()) > 20
    assert same_window(before, window_of(page)), "nonsense moves nothing"


def test_lanes_and_their_order(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    assert look(page, "laneNames")[0] in ("Arland", "Belmark")
    page.get_by_label("Lanes by").click()
    page.get_by_role("option", name="Lanes: sources").click()
    quiet(page)
    assert sorted(look(page, "laneNames")) == ["Arland Gazette", "Lio Archive", "Lio Post"]
    assert "lanes=source" in page.url
    page.get_by_label("Order of the lanes").click()
    page.get_by_role("option", name="by name").click()
    quiet(page)
    assert look(page, "laneNames") == ["Arland Gazette", "Lio Archive", "Lio Post"]
    page.get_by_label("Lanes by").click()
    page.get_by_role("option", name="One lane").click()
    quiet(page)
    assert len(look(page, "laneNames")) == 1


def test_hidden_lanes_are_counted_and_reached(visit: Visit, shipped_url: str) -> None:
    page = visit(shipped_url)
    more = page.locator("#chart-more")
    expect(more).to_have_text(re.compile(r"and \d+ more actors below"))
    count = int(re.sub(r"\D", "", more.inner_text()))
    more.click()
    expect(more).not_to_have_text(re.compile(rf"\b{count}\b"))
    quiet(page)
    assert int(re.sub(r"\D", "", more.inner_text())) < count
