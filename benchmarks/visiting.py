"""One visit to one page: what a reader with an empty cache meets, step by step.

Comes in: a browser, a Side, its address. Leaves: Figures. Must not know what the pages are, or who is compared.

A figure counts only when the page shows what it should: the number of events in the picture is checked before and after
each change, marks must be drawn, a drag must have moved the window, and nothing may have failed meanwhile.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from benchmarks.measuring import middle
from benchmarks.scripts import FRAMES, WATCHING
from benchmarks.serving import Host
from benchmarks.sides import Side
from benchmarks.wire import Complaints, Wire, renderer_memory

VIEWPORT = {"width": 1400, "height": 900}
STEPS = (0.6, 0.6, 1 / 0.6, 1 / 0.6)
MOVES, MOVE_PIXELS = 20, 12
EXTRA_TIMES = 3


class TooSlow(Exception):
    """A page was given up; the message says at what."""


class NotShown(Exception):
    """A page does not show what it should, or complained; the message says what."""


@dataclass
class Figures:
    """What the visits to one page gave: name of the figure -> values; or why it has none."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    slow: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    visits: int = 0

    def add(self, name: str, value: float | None) -> None:
        if value is not None:
            self.values[name].append(float(value))

    def take(self, other: Figures) -> None:
        """Add another visit's figures."""
        for name, values in other.values.items():
            self.values[name] += values
        self.slow |= other.slow
        self.wrong += other.wrong
        self.visits += 1

    def told(self, name: str, patience: float) -> float | str | None:
        """The median; or that it was not within the patience, or that the page failed."""
        if self.wrong:
            return "failed"
        if name in self.slow:
            return f"> {patience:,.0f} s"
        return middle(self.values.get(name, []))


@dataclass(frozen=True, slots=True)
class Task:
    """What a visit does: where, which source it chooses, how long it waits, whether it only looks at the first
    picture."""

    side: Side
    host: Host
    source: str
    patience: float
    briefly: bool = False


def visit(browser: Any, task: Task) -> Figures:
    """One reader with an empty cache: first picture, weight, a filter on and off, some steps of zoom, a drag."""
    from playwright.sync_api import Error

    figures = Figures()
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.set_default_timeout(task.patience * 1000)
    page.add_init_script(WATCHING.replace("COMPLETE", task.side.complete))
    complaints, wire = Complaints(page), Wire(context.new_cdp_session(page))
    try:
        _Visit(browser, page, wire, task, figures).run()
        figures.wrong += dict.fromkeys(complaints.said)
        context.close()
    except TooSlow as error:
        # A page that is busy does not close; who started the browser ends it.
        figures.slow.add(str(error))
        figures.wrong += dict.fromkeys(complaints.said)
    except NotShown as error:
        figures.wrong += [str(error), *dict.fromkeys(complaints.said)]
        context.close()
    except Error as error:
        figures.wrong.append(str(error).strip().splitlines()[0])  # the page, or the browser, is no more
    return figures


@dataclass
class _Visit:
    browser: Any
    page: Any
    wire: Wire
    task: Task
    figures: Figures

    def run(self) -> None:
        side, add = self.task.side, self.figures.add
        self.page.goto(self.task.host.url, wait_until="commit")
        self._wait("first", "() => window.__bench.done !== null")
        add("first", self.page.evaluate("() => window.__bench.done"))
        self._rest()
        for name, weight in self.wire.weights().items():
            add(name, weight)
        add("frame", self._do("first", FRAMES)[0])
        add("heap", self.wire.heap())
        add("memory", renderer_memory(self.browser))
        add("nodes", self.page.evaluate("() => document.querySelectorAll('*').length"))
        add("marks", self._check(None))
        if self.task.briefly:
            return
        if side.press:
            for name, source in (("on", self.task.source), ("off", None)):
                times, sent = self._change(name, side.press, f"const source = {json.dumps(source)};")
                add(name, times[0])
                add(f"{name}, list", times[-1])
                add(f"{name}, sent", sent)
                self._check(source)
            for factor in STEPS:
                before = self._view()
                times, sent = self._change("zoom", side.zoom, f"const factor = {factor};")
                add("zoom", times[0])
                add("refined", times[-1])
                add("zoom, sent", sent)
                if self._view() == before:
                    raise NotShown("a step of zoom did not move the window")
        for name, script in side.extra * EXTRA_TIMES:
            times, sent = self._change(name, script, "")
            add(name, times[0])
            add(f"{name}, sent", sent)
        self._drag()

    def _drag(self) -> None:
        """Frames while the mouse pulls the chart and lets it go."""
        box = self.page.locator(self.task.side.handle).first.bounding_box()
        if box is None:
            raise NotShown("there is nothing to drag")
        x = box["x"] + box["width"] * 0.6
        y = min(box["y"] + box["height"] / 2, VIEWPORT["height"] - 100)
        inside = "([handle, x, y]) => document.elementFromPoint(x, y)?.closest(handle) != null"
        if not self.page.evaluate(inside, [self.task.side.handle, x, y]):
            raise NotShown("something else lies where the chart is to be dragged")
        before, begun, mouse = self._view(), time.monotonic(), self.page.mouse
        mouse.move(x, y)
        self.page.evaluate("() => window.__bench.record()")
        mouse.down()
        for move in range(1, MOVES + 1):
            mouse.move(x - move * MOVE_PIXELS, y)
            if time.monotonic() - begun > self.task.patience:
                raise TooSlow("drag")
        mouse.up()
        gaps = self._do("drag", "window.__bench.stop()")
        self._rest()
        if self._view() == before:
            raise NotShown("a drag did not move the window")
        self.figures.add("drag", median(gaps))
        self.figures.add("drag p95", quantiles(gaps, n=20, method="inclusive")[-1])
        self.figures.add("drag max", max(gaps))

    def _change(self, name: str, script: str, given: str) -> tuple[list[float], float]:
        """Milliseconds of a change, and kilobytes that came over the wire for it, until the page rested."""
        before = self.wire.weights()
        times = self._do(name, f"(() => {{ {given} return {script.strip()}; }})()")
        self._rest()
        return times, sum(value - before[key] for key, value in self.wire.weights().items() if key.endswith("sent"))

    def _do(self, name: str, script: str) -> Any:
        self.page.evaluate(f"() => window.__bench.start(() => {script.strip()})")
        self._wait(name, "() => window.__bench.ticket.value !== undefined || window.__bench.ticket.error !== undefined")
        ticket = self.page.evaluate("() => window.__bench.ticket")
        if "error" in ticket:
            raise NotShown(ticket["error"])
        return ticket["value"]

    def _wait(self, name: str, holds: str) -> None:
        from playwright.sync_api import TimeoutError as Impatient

        try:
            self.page.wait_for_function(holds, timeout=self.task.patience * 1000, polling=20)
        except Impatient as error:
            raise TooSlow(name) from error

    def _rest(self) -> None:
        """Until nothing has been asked for or come for a while, so that what the page does a little later is done."""
        begun, quiet = time.monotonic(), 0
        while quiet < 4 and time.monotonic() - begun < self.task.patience:
            self.page.wait_for_timeout(100)
            quiet = quiet + 1 if self.wire.quiet else 0

    def _view(self) -> str:
        return str(self.page.evaluate(f"() => {self.task.side.view}"))

    def _check(self, source: str | None) -> int:
        """How many marks are drawn; raises NotShown where the picture is of more or fewer events than it should."""
        events, marks = self.page.evaluate(f"() => [{self.task.side.events}, {self.task.side.marks}]")
        expected = self.task.host.expected
        due = expected.get(source or "", 0)
        if expected and (events != due or not marks):
            chosen = "all" if source is None else source
            raise NotShown(f"{chosen}: {marks} marks of {events} events, where {due} are due")
        return int(marks)
