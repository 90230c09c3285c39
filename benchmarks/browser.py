"""In the browser: our page beside its peers with the same table, headless Chromium, taking turns.

Comes in: tables, rounds, patience. Leaves: rows of the report, or why there are none. Must not know how pages are
drawn.

Every visit is a fresh context (an empty cache) against servers that have answered before. Nothing but this machine is
asked for anything.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks import floors
from benchmarks.contenders import Contender, contenders
from benchmarks.measuring import Row
from benchmarks.page_rows import floor_rows, rows_of
from benchmarks.visiting import Figures, Task, visit

PART, MANY = "browser", "many"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoBrowser(Exception):
    """There is no browser to measure in; the message says why."""


def measure(parts: Mapping[str, Path], rounds: int, patience: float) -> list[Row]:
    """The rows of each part, by the path of its events.csv, after those of the floors. Raises NoBrowser where none can
    be started."""
    with _session() as session:
        floor = _floors(session, rounds, patience)
        rows, opening = floor_rows(floor, patience, f"headless Chromium {session.browser.version}"), None
        for part, path in parts.items():
            with contenders(path) as (events, sides, why_not):
                _take_turns(session, sides, rounds, patience)
                rows += rows_of(part, events, sides, floor, patience, opening, why_not)
            if events == 10_000:
                opening = sides[0].figures.told("first", patience)
    return rows


def _floors(session: Session, rounds: int, patience: float) -> dict[str, Figures]:
    figures = {name: Figures() for name in floors.SIDES}
    with floors.tasks(patience) as tasks:
        for turn in range(-1, rounds):
            for name, task in tasks.items():
                found = session.visit(replace(task, briefly=turn < 0))
                if turn >= 0:
                    figures[name].take(found)
    return figures


def _take_turns(session: Session, sides: Sequence[Contender], rounds: int, patience: float) -> None:
    """The servers' first answers are not counted. Who is slow is visited once, who fails not again."""
    told = [side.host.expected for side in sides]
    common = [source for source in told[0] if source and all(each.get(source) for each in told)] or [""]
    for turn in range(-1, rounds):
        for side in sides if turn % 2 == 0 else sides[::-1]:
            if side.retired:
                continue
            source, begun = common[turn % len(common)], time.monotonic()
            found = session.visit(Task(side.side, side.host, source, patience, briefly=turn < 0))
            side.retired = bool(found.slow or found.wrong) or (turn >= 0 and time.monotonic() - begun > patience)
            if turn >= 0 or side.retired:
                side.figures.take(found)


@dataclass
class Session:
    """A running browser; another one after a page that failed, or could not be stopped otherwise."""

    chromium: Any
    browser: Any = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.browser = self.chromium.launch(executable_path=_executable(), args=_arguments())

    def visit(self, task: Task) -> Figures:
        found = visit(self.browser, task)
        if found.slow or found.wrong:
            self.browser.close()
            self.start()
        return found


@contextmanager
def _session() -> Iterator[Session]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise NoBrowser("playwright is not installed (pip install 'cited-timeline[test]')") from error
    with ExitStack() as stack:
        try:
            session = Session(stack.enter_context(sync_playwright()).chromium)
        except Error as error:
            raise NoBrowser(str(error).strip().splitlines()[0]) from error
        stack.callback(lambda: session.browser.close())
        yield session


def _executable() -> str | None:
    """The system's Chromium; None for the one that Playwright downloaded."""
    return os.environ.get("TIMELINE_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _arguments() -> list[str]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])]
