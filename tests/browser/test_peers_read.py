"""Exports for TimelineJS and vis-timeline, read and drawn by these themselves. Skipped where their packages are not:
they come from npm (`python -m benchmarks.npm`), which no test asks."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from benchmarks.npm import FOLDER, PACKAGES, version_of
from tests.browser.world import write_curated
from timeline.export.formats import FORMATS, make
from timeline.query import Query
from timeline.table import Dataset, load
from timeline.table.days import to_days

MODULES = FOLDER / "node_modules"
HERE = all(version_of(MODULES, name) == version for name, version in PACKAGES.items())
pytestmark = pytest.mark.skipif(not HERE, reason="vis-timeline and TimelineJS3 are not installed")
HOME = "http://127.0.0.1:9/"
VIS = """<!doctype html><meta charset="utf-8"><div id="chart"></div>
<script src="vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>"""
TIMELINEJS = """<!doctype html><meta charset="utf-8"><div id="chart" style="height:800px"></div>
<link rel="stylesheet" href="@knight-lab/timelinejs/dist/css/timeline.css">
<script src="@knight-lab/timelinejs/dist/js/timeline.js"></script>"""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = write_curated(tmp_path_factory.mktemp("peers"))
    table = folder / "events.csv"
    header = table.read_text("utf-8").splitlines()[0].split(",")
    ides = dict.fromkeys(header, "") | {
        "id": "ides", "date": "-0043-03-15", "title": "Ides <b>of</b> March", "document": "post", "locator": "para. 2",
        "status": "reported",
    }  # fmt: skip
    table.write_text(table.read_text("utf-8") + ",".join(ides[name] for name in header) + "\n", "utf-8")
    return load(table)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose files are those of the packages; anything else that is asked for fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, timezone_id="UTC")
    opened, wrong = context.new_page(), list[str]()

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(HOME).partition("?")[0]
        if name in ("vis.html", "timelinejs.html"):
            route.fulfill(body=VIS if name == "vis.html" else TIMELINEJS, content_type="text/html")
        elif (MODULES / name).is_file():
            route.fulfill(body=(MODULES / name).read_bytes(), content_type=mimetypes.guess_type(name)[0])
        else:
            if not name.startswith("favicon"):
                wrong.append(route.request.url)
            route.abort()

    opened.route("**/*", answer)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def exported(dataset: Dataset, name: str) -> Any:
    form = next(form for form in FORMATS if form.name == name)
    return json.loads(make(dataset, Query(), form)[0].content)


def dated(dataset: Dataset) -> set[str]:
    return set(dataset.events.loc[dataset.events["dated"], "event"])


def test_vis_timeline_draws_every_dated_event(page: Page, dataset: Dataset) -> None:
    told = exported(dataset, "vis")
    page.goto(f"{HOME}vis.html")
    page.evaluate(
        """({ items, groups }) => new Promise((done) => {
          const { Timeline, DataSet } = window.vis;
          window.line = new Timeline(document.getElementById("chart"), new DataSet(items), new DataSet(groups),
            { height: 850, onInitialDrawComplete: () => done() });
        })""",
        told,
    )
    drawn = page.evaluate(
        "Object.values(window.line.itemSet.items).map(({ id, data }) => [id, +data.start, +(data.end || 0)])"
    )
    spans = {id: (start / 86_400_000, end / 86_400_000) for id, start, end in drawn}
    assert set(spans) == dated(dataset)
    assert spans["ferry"] == (to_days(2013, 6, 1), to_days(2013, 7, 1)), "a month is all of it"
    assert spans["ides"][0] == to_days(-43, 3, 15)
    assert page.locator("#chart .vis-item").count() > 0
    assert page.locator("#chart .vis-item b").count() == 0, "text stays text"
    names = page.locator("#chart .vis-labelset .vis-label").all_inner_texts()
    assert "Belmark" in [name.strip() for name in names]


def test_timelinejs_shows_every_dated_event(page: Page, dataset: Dataset) -> None:
    told = exported(dataset, "timelinejs")
    page.goto(f"{HOME}timelinejs.html")
    page.evaluate(
        """(told) => new Promise((done) => {
          const path = new URL("@knight-lab/timelinejs/dist/js/", location.href).href;
          window.line = new TL.Timeline("chart", told, { font: "", script_path: path });
          window.line.on("ready", () => done());
        })""",
        told,
    )
    assert page.locator(".tl-timemarker").count() == len(dated(dataset))
    shown = page.evaluate("""() => window.line.config.events.map(({ unique_id, start_date }) =>
      [unique_id, start_date.data.date_obj.getFullYear(), start_date.data.month || null])""")
    dates = {id: (year, month) for id, year, month in shown}
    assert set(dates) == dated(dataset)
    assert (dates["ferry"][0], dates["ides"][0]) == (2013, -44)
    page.evaluate("() => { window.line.goToId('ferry'); }")
    slide = page.locator(".tl-slide", has_text="Ferry line opens").first
    assert "June 2013" in slide.inner_text()
    assert page.locator(".tl-text-headline b").count() == 0, "text stays text"
