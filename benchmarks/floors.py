"""The floors: what no page of this kind can be under, measured in the same browser in the same run.

Comes in: a browser, rounds. Leaves: Figures of an idle page and of a Dash page with nothing in it. Must not know rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from benchmarks.scripts import EMPTY_CALLBACK, EMPTY_REDRAW
from benchmarks.serving import served
from benchmarks.sides import IDLE
from benchmarks.visiting import Task

POINTS = 600
"""As many as our chart draws of many events."""

DASH = replace(
    IDLE,
    complete="document.querySelector('#press') && document.querySelector('#chart .js-plotly-plot .main-svg')",
    extra=(
        ("callback", EMPTY_CALLBACK),
        ("redraw", EMPTY_REDRAW.replace("POINTS", "0")),
        ("redraw of points", EMPTY_REDRAW.replace("POINTS", str(POINTS))),
    ),
)
SIDES = {"idle": IDLE, "dash": DASH}


@contextmanager
def tasks(patience: float) -> Iterator[dict[str, Task]]:
    """The visits by the name of the page, while their servers run."""
    with ExitStack() as stack:
        kinds = {"idle": "idle", "dash": "empty"}
        hosts = {name: stack.enter_context(served(kind)) for name, kind in kinds.items()}
        yield {name: Task(side, hosts[name], "", patience) for name, side in SIDES.items()}
