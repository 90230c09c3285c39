"""`python -m benchmarks.hosting KIND [PATH [MODULES]]`: serve one page until standard input ends.

Comes in: a kind, the path of events.csv, the folder of the packages from npm. Leaves: one line of JSON on standard
output, as `serving.Host` has it, then answers. Must not know what is measured.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import naive, pages

Told = dict[str, Any]


def ours(path: Path) -> tuple[Any, Told]:
    """Our page. What it must show is counted without our queries, so that they are checked and remember no answer."""
    from timeline.app.server import make_app
    from timeline.documents import Library
    from timeline.table import load

    dataset = load(path)
    dated = dataset.events.loc[dataset.events["dated"], "event"]
    told = dataset.mentions[["event", "source"]].drop_duplicates()
    expected = {**_counts(told.loc[told["event"].isin(dated), "source"]), "": len(dated)}
    return make_app(dataset, Library(None)), {"expected": expected, "rows": dataset.rows}


def naive_dash(path: Path) -> tuple[Any, Told]:
    """The naive Dash page."""
    return naive.page(path), {"expected": _counts(_drawn(path)["source"])}


def empty_dash() -> tuple[Any, Told]:
    """A Dash page with a button whose callback says how often it was pressed, and an empty graph."""
    from dash import Dash, Input, Output, dcc, html

    app = Dash("empty", use_async=False, include_assets_files=False, add_log_handler=False)
    app.layout = html.Div(
        [html.Button("Press", id="press"), html.Output(id="answer"), dcc.Graph(id="chart", figure={"data": []})]
    )

    @app.callback(Output("answer", "children"), Input("press", "n_clicks"))  # type: ignore[untyped-decorator]
    def answer(clicks: int | None) -> str:
        return str(clicks)

    return app, {}


def _from_npm(page: str) -> Callable[[Path, Path], tuple[Any, Told]]:
    def made(path: Path, modules: Path) -> tuple[Any, Told]:
        drawn = _drawn(path)
        return pages.application(page, pages.events_json(drawn), modules), {"expected": _counts(drawn["source"])}

    return made


def _drawn(path: Path) -> pd.DataFrame:
    return naive.read(path).dropna(subset=["start", "finish"])


def _counts(sources: pd.Series) -> dict[str, int]:
    return {**{str(source): int(n) for source, n in sources.value_counts().items()}, "": len(sources)}


KINDS: dict[str, Callable[..., tuple[Any, Told]]] = {
    "ours": ours,
    "naive": naive_dash,
    "vis": _from_npm("vis"),
    "timelinejs": _from_npm("timelinejs"),
    "idle": lambda: (pages.application("idle"), {}),
    "empty": empty_dash,
}


def main(kind: str, *arguments: str) -> None:
    """Serve as `timeline serve` does, until whoever started it closes standard input or is no more."""
    import waitress

    logging.getLogger("waitress").setLevel(logging.ERROR)
    app, told = KINDS[kind](*map(Path, arguments))
    server = waitress.create_server(getattr(app, "server", app), host="127.0.0.1", port=0, threads=8, ident=None)
    print(json.dumps({"url": f"http://127.0.0.1:{server.effective_port}/", **told}), flush=True)
    threading.Thread(target=_end_with_input, daemon=True).start()
    server.run()


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
