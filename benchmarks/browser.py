"""In the browser: our page beside a naive Dash page of the same table, headless Chromium, taking turns.

Comes in: how many rounds. Leaves: rows of the report, or why there are none. Must not know how pages are drawn.

Every visit is a fresh context (an empty cache) against servers that have answered before. Nothing but this machine is
asked for anything.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import naive
from benchmarks.made import make_events
from benchmarks.measuring import Row, middle, spread_of
from benchmarks.scripts import OURS, PEER, WATCHING, Side
from benchmarks.serving import served

PART, MANY = "browser", "many"
VIEWPORT = {"width": 1280, "height": 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
STEPS = (0.6, 0.6, 1 / 0.6, 1 / 0.6)
CODE = frozenset({"Document", "Script", "Stylesheet", "Font", "Image"})
_PAGES = (
    "the peer is a Dash page of the same table with px.timeline and px.scatter, colour by source, made anew at each "
    "change of a dropdown; it has no list, labels, facets or citations, draws only what pandas reads as dates "
    "({drawn} of {dated} dated rows), each in one lane, and Dash serves it uncompressed by default"
)
_FLOOR = "changes end two animation frames after their result, which alone take the floor's time"


class NoBrowser(Exception):
    """There is no browser to measure in; the message says why."""


@dataclass
class Figures:
    """What the visits to one page gave: name of the figure -> values."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, value: float) -> None:
        self.values[name].append(float(value))

    def median(self, name: str) -> float | None:
        return middle(self.values.get(name, []))


def measure_many(rounds: int, size: int) -> list[Row]:
    """The same for a made table of `size` rows. Raises NoBrowser."""
    with TemporaryDirectory() as folder:
        return measure(rounds, make_events(Path(folder), size), f"{MANY}, {size:,} rows")


def measure(rounds: int, path: Path | None = None, part: str = PART) -> list[Row]:
    """The rows of the browser part, for the shipped table or that in `path`. Raises NoBrowser where none can be
    started."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise NoBrowser("playwright is not installed (pip install 'cited-timeline[test]')") from error
    from timeline.app.server import make_app
    from timeline.documents import Library
    from timeline.table import load, shipped

    with ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
            browser = playwright.chromium.launch(executable_path=_executable(), args=_arguments())
        except Error as error:
            raise NoBrowser(str(error).strip().splitlines()[0]) from error
        stack.callback(browser.close)
        events = shipped() if path is None else path
        dataset = load(events)
        sources = list(dataset.documents["source"].drop_duplicates())
        pages = (
            (OURS, stack.enter_context(served(make_app(dataset, Library(None)))), Figures()),
            (PEER, stack.enter_context(served(naive.page(events))), Figures()),
        )
        for side, url, _ in pages:
            _visit(browser, side, url, sources[0], Figures())  # the servers' first answers are not counted
        for turn in range(rounds):
            for side, url, figures in pages if turn % 2 == 0 else pages[::-1]:
                _visit(browser, side, url, sources[turn % len(sources)], figures)
    drawn = len(naive.read(events).dropna(subset=["start", "finish"]))
    return _rows(pages[0][2], pages[1][2], _PAGES.format(drawn=drawn, dated=dataset.drawn), part)


def _executable() -> str | None:
    """The system's Chromium; None for the one that Playwright downloaded."""
    return os.environ.get("TIMELINE_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _arguments() -> list[str]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])]


def _visit(browser: Any, side: Side, url: str, source: str, figures: Figures) -> None:
    """One reader with an empty cache: first picture, weight, a filter on and off, some steps of zoom."""
    context = browser.new_context(viewport=VIEWPORT)
    try:
        context.add_init_script(WATCHING.replace("COMPLETE", side.complete))
        page = context.new_page()
        wire = Wire(context.new_cdp_session(page))
        page.goto(url)
        page.wait_for_function("() => window.__bench.done !== null", timeout=60_000)
        figures.add("first", page.evaluate("() => window.__bench.done"))
        page.wait_for_load_state("networkidle")
        wire.tell(figures)
        figures.add("floor", page.evaluate("() => window.__bench.frames()"))
        figures.add("heap", wire.heap() / 1e6)
        figures.add("nodes", page.evaluate("() => document.querySelectorAll('*').length"))
        for name, script in (("on", side.filter_on), ("off", side.filter_off)):
            times = page.evaluate(f"(source) => {script.strip()}", source)
            figures.add(name, times[0])
            figures.add(f"{name}, list", times[-1])
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300)
        before = page.evaluate("() => window.__bench.posts")
        for factor in STEPS:
            figures.add("zoom", page.evaluate(f"(factor) => {side.zoom.strip()}", factor)[0])
            page.wait_for_timeout(300)  # the page writes the window into the address once it rests
        figures.add("posts", (page.evaluate("() => window.__bench.posts") - before) / len(STEPS))
    finally:
        context.close()


class Wire:
    """What comes over the wire, by Chromium's own count: headers and bodies as they were sent, and bodies unpacked."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._kinds: dict[str, str] = {}
        self._sent: dict[str, float] = defaultdict(float)
        self._unpacked: dict[str, float] = defaultdict(float)
        session.on("Network.responseReceived", lambda e: self._kinds.__setitem__(e["requestId"], e["type"]))
        session.on("Network.dataReceived", self._arrived)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _arrived(self, event: dict[str, Any]) -> None:
        self._unpacked[event["requestId"]] += event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        self._sent[event["requestId"]] = event["encodedDataLength"]

    def tell(self, figures: Figures) -> None:
        """Code is the document, scripts, styles and the like; data is what the page asked for by itself."""
        for name, found in (("sent", self._sent), ("unpacked", self._unpacked)):
            code = sum(size for request, size in found.items() if self._kinds.get(request) in CODE)
            figures.add(f"code {name}", code / 1000)
            figures.add(f"data {name}", (sum(found.values()) - code) / 1000)

    def heap(self) -> float:
        """Bytes that the page's scripts hold, after the rubbish was collected."""
        self._session.send("HeapProfiler.collectGarbage")
        return float(self._session.send("Runtime.getHeapUsage")["usedSize"])


def _rows(ours: Figures, peer: Figures, note: str, part: str) -> list[Row]:
    both = (
        ("first", "navigation to first complete picture", "ms"),
        ("on", "filter on to redraw", "ms"),
        ("off", "filter off to redraw", "ms"),
        ("zoom", "one zoom step", "ms"),
        ("code sent", "first load, code over the wire", "kB"),
        ("data sent", "first load, data over the wire", "kB"),
        ("code unpacked", "first load, code unpacked", "kB"),
        ("data unpacked", "first load, data unpacked", "kB"),
        ("heap", "heap", "MB"),
        ("nodes", "DOM nodes", "elements"),
        ("posts", "POSTs for one zoom step", "requests"),
        ("floor", "two animation frames, the floor", "ms"),
    )
    rows = [
        Row(part, what, unit, ours.median(name), peer.median(name), note=note,
            spread=spread_of(ours.values[name], peer.values[name]) if unit == "ms" else None)
        for name, what, unit in both
    ]  # fmt: skip
    alone = [Row(part, f"filter {name}, list as well", "ms", ours.median(f"{name}, list")) for name in ("on", "off")]
    floor = Row(part, *both[-1][1:], ours.median("floor"), peer.median("floor"), note=_FLOOR)
    return [*rows[:3], *alone, *rows[3:-1], floor]
