"""Labels as the browser draws them: none overlaps another, a mark, a lane's name or the edge, at any width or zoom.

Measured from the boxes in the page, not from the arithmetic that placed them.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.visiting import quiet

# A label's box has the font's full ascent and descent, a mark's box the outline that parts it from its neighbours;
# two pixels of height and one of width are air, not ink.
FAULTS = """
() => {
  const AIR_X = 1, AIR_Y = 2;
  const plot = document.querySelector('#chart-plot').getBoundingClientRect();
  const box = (node) => { const r = node.getBoundingClientRect(); return {l: r.left, r: r.right, t: r.top, b: r.bottom, n: node}; };
  const all = (css) => [...document.querySelectorAll(css)].map(box);
  const meet = (a, b, x, y) => a.l + x < b.r && b.l + x < a.r && a.t + y < b.b && b.t + y < a.b;
  const labels = all('#chart-front text.label');
  const faults = [];
  const say = (kind, a, b) => faults.push(`${kind}: "${a.n.textContent}"` + (b ? ` and ${b.n.textContent || b.n.getAttribute('d') || b.n.outerHTML.slice(0, 90)}` : ''));
  labels.forEach((a, i) => {
    labels.slice(i + 1).forEach((b) => { if (meet(a, b, 0, AIR_Y)) say('label and label', a, b); });
    if (a.l < plot.left - 0.5 || a.r > plot.right + 0.5) say('label cut at the side', a);
    if (a.b > plot.bottom + 0.5 || a.t < plot.top - 0.5) say('label cut at top or bottom', a);
  });
  const points = all('#chart .scatterlayer .point');
  // Bars that only listen are transparent; what is painted for them lies behind.
  const bars = all('#chart .barlayer .point path').filter((b) => Number(b.n.style.fillOpacity || getComputedStyle(b.n).fillOpacity) > 0.1);
  const spans = all('#chart-back rect[fill^=url]');
  // In a narrow window the names stand above the rows of their lanes, in the plot.
  const narrow = Boolean(document.body.dataset.narrow), names = all('#chart-names .lane-name > span');
  if (narrow) for (const a of names) for (const b of points) if (meet(a, b, AIR_X, AIR_Y)) say('lane name and point', a, b);
  for (const a of labels) {
    for (const b of points) if (meet(a, b, AIR_X, AIR_Y)) say('label and point', a, b);
    for (const b of [...bars, ...spans]) if (meet(a, b, AIR_X, AIR_Y)) say('label and bar', a, b);
    if (narrow) for (const b of names) if (meet(a, b, AIR_X, AIR_Y)) say('label and lane name', a, b);
    if (parseFloat(getComputedStyle(a.n).fontSize) < 11) say('label too small', a);
  }
  return {labels: labels.length, points: points.length, bars: bars.length + spans.length, faults};
}
"""
NAMES = """
() => {
  const faults = [];
  const inside = (r, box, words) => {
    if (r.left < box.left - 0.5 || r.right > box.right + 0.5 || r.top < box.top - 0.5 || r.bottom > box.bottom + 0.5) faults.push(words);
  };
  const names = document.querySelectorAll('#chart-names .lane-name');
  const column = document.querySelector('#chart-names').getBoundingClientRect();
  for (const name of names) {
    const box = name.getBoundingClientRect();
    for (const part of name.children) {
      const range = document.createRange(); range.selectNodeContents(part);
      for (const line of range.getClientRects()) inside(line, {left: column.left, right: column.right, top: box.top, bottom: box.bottom}, part.textContent);
    }
  }
  const shown = [...names].filter((n) => n.getBoundingClientRect().width > 0 && getComputedStyle(n).visibility === 'visible');
  return {names: shown.length, faults};
}
"""
SIZES = ((360, 740), (1280, 800), (2560, 1440))
AXIS = """
() => {
  const svg = document.querySelector('#chart-axis').getBoundingClientRect();
  const rows = new Map(), faults = [];
  for (const t of document.querySelectorAll('#chart-axis text')) {
    const r = t.getBoundingClientRect(), y = t.getAttribute('y');
    if (r.left < svg.left - 1 || r.right > svg.right + 1) faults.push(`cut: ${t.textContent}`);
    if (!rows.has(y)) rows.set(y, []);
    rows.get(y).push([r.left, r.right, t.textContent]);
  }
  for (const row of rows.values()) {
    row.sort((a, b) => a[0] - b[0]);
    row.slice(1).forEach((t, i) => { if (t[0] < row[i][1]) faults.push(`${row[i][2]} and ${t[2]}`); });
  }
  return {words: document.querySelectorAll('#chart-axis text').length, faults};
}
"""


def look(page: Page, zoom: str, least: int) -> None:
    """Measure the page as it stands, at one zoom."""
    found: dict[str, Any] = page.evaluate(FAULTS)
    assert found["faults"] == [], zoom
    assert found["labels"] >= least, f"{zoom}: {found}"
    assert found["points"] > 0
    names = page.evaluate(NAMES)
    assert names["faults"] == [], zoom
    assert names["names"] > 0
    axis = page.evaluate(AXIS)
    assert axis["faults"] == [], zoom
    assert axis["words"] >= 2, zoom


def press(page: Page, *keys: str) -> None:
    """Press keys in the chart and wait until the axis has followed."""
    page.locator("#chart-frame").focus()
    for key in keys:
        page.keyboard.press(key)
    quiet(page)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_nothing_overlaps_in_the_shipped_tables(visit: Visit, shipped_url: str, size: tuple[int, int]) -> None:
    page = visit(shipped_url, *size)
    look(page, "home", 10 if size[0] < 400 else 40)
    press(page, "+", "+", "+", "+")
    look(page, "near", 3)
    press(page, "0", "a")
    look(page, "all", 3)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_nothing_overlaps_in_a_crowd(visit: Visit, crowd_url: str, size: tuple[int, int]) -> None:
    page = visit(crowd_url, *size)
    look(page, "home", 0 if size[0] < 400 else 1)
    press(page, "+", "+", "+")
    look(page, "near", 0 if size[0] < 400 else 3)
    press(page, "0", "-", "-")
    look(page, "far", 0)


def test_lanes_of_long_names(visit: Visit, shipped_url: str) -> None:
    page = visit(f"{shipped_url}/?lanes=document")
    look(page, "documents", 20)
    assert page.evaluate("() => document.querySelectorAll('#chart-names .lane-name').length") == 10


def test_a_long_span_keeps_its_label_in_view(visit: Visit, curated_url: str) -> None:
    page = visit(f"{curated_url}/?view=2015-06-20T00:00..2015-07-20T00:00&actor=Arland")
    label = page.locator("#chart-front text.label", has_text="Patrols along the coast")
    assert label.count() == 1, "it begins before and ends after the window"
    look(page, "inside a span", 1)


def test_more_is_named_when_there_is_more_room(visit: Visit, crowd_url: str) -> None:
    share = """() => {
      const plot = document.querySelector('#chart-plot').getBoundingClientRect();
      const seen = [...document.querySelectorAll('#chart .scatterlayer .point')].map((p) => p.getBoundingClientRect())
        .filter((r) => r.left >= plot.left && r.right <= plot.right).length;
      return [...document.querySelectorAll('#chart-front text.label')].filter((t) => !/^\\+\\d+$/.test(t.textContent)).length / seen;
    }"""
    page = visit(crowd_url)
    before = page.evaluate(share)
    press(page, "+", "+", "+", "+", "+")
    assert page.evaluate(share) > before * 3
    posts = page.evaluate("window.__posts")
    press(page, "-", "+", "ArrowLeft", "ArrowRight", "0", "a")
    assert page.evaluate("window.__posts") == posts, "labels are placed again without asking the server"
