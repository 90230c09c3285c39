"""The floors: what no page of this kind can be under, measured in the same browser in the same run.

Comes in: a browser, rounds. Leaves: Figures of an idle page and of a Dash page with nothing in it. Must not know rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from benchmarks import pages
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
        apps = {"idle": pages.application("idle"), "dash": empty_page()}
        addresses = {name: stack.enter_context(served(app)) for name, app in apps.items()}
        yield {name: Task(side, addresses[name], "", {}, patience) for name, side in SIDES.items()}


def empty_page() -> Any:
    """A Dash page with a button whose callback says how often it was pressed, and an empty graph."""
    from dash import Dash, Input, Output, dcc, html

    app = Dash("empty", add_log_handler=False)
    app.layout = html.Div(
        [html.Button("Press", id="press"), html.Output(id="answer"), dcc.Graph(id="chart", figure={"data": []})]
    )

    @app.callback(Output("answer", "children"), Input("press", "n_clicks"))  # type: ignore[untyped-decorator]
    def answer(clicks: int | None) -> str:
        return str(clicks)

    return app
