"""Many readers at once: our server beside a naive Dash page of the same table, one after the other under the same load.

Comes in: how long, how many rows. Leaves: rows of the report. Must not know how pages are drawn.

Both are served by the same server with as many processes as there are cores, on this machine, which the readers share.
A reader opens the page and then filters (six steps in ten) or zooms, about a second after the last answer, and sends
what a browser sends for it. Filters are chosen as in life, few often and most seldom. The peer only filters by source,
and zooms without asking.
"""

from __future__ import annotations

import json
import logging
import os
import random
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.made import make_events
from benchmarks.measuring import Row
from benchmarks.readers import Answers, Step, share, visit
from timeline.query import EVERY, Query, as_dict, facets, home_of, select
from timeline.query.view import view_days
from timeline.table import Dataset, load
from timeline.table.days import iso_instant

PART = "load"
ROOT = Path(__file__).resolve().parents[1]
READERS = 50
SECONDS = 4
"""How long the readers go on, for each round."""
WIDTHS = (808, 808, 1256, 1040, 640)
_NOTE = (
    "{readers} readers at once, {rows:,} rows, {workers} workers, all on this machine; the peer is a Dash page of the "
    "same table, made anew at each change of a dropdown, served by the same server with as many workers; its answer is "
    "the whole figure"
)


def measure(rounds: int, size: int, readers: int = READERS, seconds: float | None = None) -> list[Row]:
    """The rows of this part, for a made table of `size` rows."""
    workers = min(os.cpu_count() or 1, 8) if hasattr(os, "fork") else 1
    seconds = SECONDS * rounds if seconds is None else seconds
    with TemporaryDirectory() as folder:
        path = make_events(Path(folder), size)
        dataset = load(path)
        plans = [plan(dataset, random.Random(number), int(2 * seconds) + 3) for number in range(readers)]
        with _serving("timeline", "serve", str(path), "--port", "0", "--workers", str(workers)) as url:
            asking = Asking(url)
            ours = _visit(url, [[asking.step(dataset, *each) for each in steps] for steps in plans], seconds)
        with _serving("benchmarks.load", str(path), str(workers)) as url:
            peer = _visit(url, [[_peer_step(*each) for each in steps] for steps in plans], seconds)
    return _rows(ours, peer, _NOTE.format(readers=readers, rows=size, workers=workers))


def _visit(url: str, readers: Sequence[Sequence[Step]], seconds: float) -> Answers:
    """As `visit`, once a few others have been there: what a process makes at its first answer is not counted."""
    visit(url, [[Step(0, each.asks) for each in steps[:2]] for steps in readers[:6]], seconds)
    return visit(url, readers, seconds)


Plan = tuple[float, str, Query, Query, Any, int]
"""Seconds of thought, "open", "filter" or "zoom", the query before and after, the window, the width of the chart."""


def plan(dataset: Dataset, chance: random.Random, count: int) -> list[Plan]:
    """What one reader does in so many steps."""
    offered = facets(dataset, Query())
    query, width = Query(), chance.choice(WIDTHS)
    home = home_of(dataset)
    steps: list[Plan] = [(chance.uniform(0, 2), "open", query, query, None, width)]
    while len(steps) < count:
        think, before = chance.uniform(0.5, 1.5), query
        if chance.random() < 0.6:
            query = _filtered(query, offered, chance)
            steps.append((think, "filter", before, query, _window(home), width))
        else:
            middle, half = chance.uniform(*home), (home[1] - home[0]) * chance.choice((0.3, 0.18, 0.108))
            steps.append((think, "zoom", query, query, _window((middle - half, middle + half)), width))
    return steps


def _filtered(query: Query, offered: dict[str, Any], chance: random.Random) -> Query:
    """One more value, another one, or none."""
    fields = as_dict(query)
    if fields["actors"] and fields["sources"]:
        return Query()
    key, field = chance.choice((("actor", "actors"), ("source", "sources"), ("category", "categories")))
    values = [one.value for one in offered[key]]
    weights = [1 / (place + 1) for place in range(len(values))]
    fields[field] = [] if fields[field] and chance.random() < 0.5 else chance.choices(values, weights)
    return Query(**{**fields, "extras": ()})


def _window(days: tuple[float, float]) -> list[str]:
    view = [iso_instant(day)[:16] for day in days]
    return view if view_days(view) else ["1990-01-01T00:00", "2024-12-31T00:00"]


class Asking:
    """What the page at an address sends, made of the callbacks that it names."""

    def __init__(self, url: str) -> None:
        with urllib.request.urlopen(f"{url}_dash-dependencies") as answer:
            named = json.load(answer)
        self._known = {each["output"].split("@")[0].lstrip("."): each for each in named[::-1]}
        self._zooms = False

    def _body(self, output: str, changed: str, values: dict[str, Any]) -> bytes:
        known = next(each for name, each in self._known.items() if name.startswith(output))
        parts = known["output"].strip(".").split("...") if known["output"].startswith("..") else [known["output"]]
        places = [{"id": part.rpartition(".")[0], "property": part.rpartition(".")[2]} for part in parts]
        given = [[{**one, "value": values.get(one["id"])} for one in known[kind]] for kind in ("inputs", "state")]
        return json.dumps({
            "output": known["output"], "outputs": places if len(places) > 1 else places[0], "inputs": given[0],
            "changedPropIds": [changed], "parsedChangedPropsIds": [changed], "state": given[1],
        }).encode()  # fmt: skip

    def step(
        self, dataset: Dataset, think: float, kind: str, before: Query, after: Query, window: Any, width: int
    ) -> Step:
        viewport = {"width": width, "narrow": False, "theme": "light"}
        if kind == "zoom":
            # Of fewer events the browser has them all, and asks nothing.
            if select(dataset, after).shown <= EVERY:
                return Step(think, ())
            asked = {"view": window, "event": None, "seek": False, "serial": 3}
            values = {"window": asked, "query": as_dict(after), "viewport": viewport}
            return Step(think, (("zoom", self._body("figure.data", "window.data", values)),))
        controls = {"match": "any", "members": False, "from": "", "to": "", "words": "", "lanes": "actor",
                    "order": "size", "place": {"search": "", "at": 1}, "viewport": viewport}  # fmt: skip
        changed = "place.data"
        if kind == "filter":
            fields = as_dict(after)
            keys = {"actor": "actors", "source": "sources", "document": "documents", "category": "categories",
                    "status": "statuses"}  # fmt: skip
            changed = "chosen.data"
            controls |= {"chosen": {key: fields[name] for key, name in keys.items()}, "query": as_dict(before),
                         "view": window}  # fmt: skip
        rows = self._body("rows.data", "query.data", {"query": as_dict(after), "view": controls.get("view")})
        return Step(think, ((kind, self._body("address.data", changed, controls)), ("list", rows)))


def _peer_step(think: float, kind: str, _: Query, after: Query, __: Any, ___: int) -> Step:
    if kind == "zoom":
        return Step(think, ())
    body = {"output": "chart.figure", "outputs": {"id": "chart", "property": "figure"},
            "inputs": [{"id": "source", "property": "value", "value": list(after.sources) or None}],
            "changedPropIds": ["source.value"], "state": []}  # fmt: skip
    return Step(think, ((kind, json.dumps(body).encode()),))


@contextmanager
def _serving(*module: str) -> Iterator[str]:
    """Run a module that serves, and wait for the address that it prints."""
    process = subprocess.Popen([sys.executable, "-m", *module], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield next(word for word in process.stdout.readline().split() if word.startswith("http://"))
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _serve_peer(path: Path, workers: int) -> None:
    """The naive page by our server."""
    from benchmarks import naive
    from timeline.app.listening import listen, take

    logging.getLogger("waitress").setLevel(logging.ERROR)

    app = naive.page(path)
    app.server.test_client().get("/")  # Dash names its callbacks at the first request
    door = take("127.0.0.1", 0)
    listen(door)
    print(f"http://127.0.0.1:{door.getsockname()[1]}/", flush=True)
    if workers > 1:
        from timeline.app.workers import run_workers

        run_workers(app.server, door, workers)
    else:
        from timeline.app.answering import run_here

        run_here(app.server, door)


def _rows(ours: Answers, peer: Answers, note: str) -> list[Row]:
    def beside(what: str, kinds: Sequence[str], part: float) -> Row:
        found = [share([t for kind in kinds for t in side.times.get(kind, [])], part) for side in (ours, peer)]
        return Row(PART, what, "ms", *found, note=note)

    def alone(what: str, kind: str, part: float) -> Row:
        return Row(PART, what, "ms", share(ours.times.get(kind, []), part))

    asked = [len(side.every()) / side.took for side in (ours, peer)]
    return [
        beside("page opened, 95 in 100 within", ["open"], 0.95),
        beside("filter answered, half within", ["filter"], 0.5),
        beside("filter answered, 95 in 100 within", ["filter"], 0.95),
        alone("list after it, 95 in 100 within", "list", 0.95),
        alone("zoom answered, 95 in 100 within", "zoom", 0.95),
        Row(PART, "any answer, half within", "ms", share(ours.every(), 0.5), share(peer.every(), 0.5)),
        Row(PART, "any answer, 95 in 100 within", "ms", share(ours.every(), 0.95), share(peer.every(), 0.95)),
        Row(PART, "any answer, slowest", "ms", share(ours.every(), 1), share(peer.every(), 1)),
        Row(PART, "answers", "a second", *asked, better="more"),
        Row(PART, "mean answer over the wire", "kB", *(s.bytes / 1000 / max(len(s.every()), 1) for s in (ours, peer))),
        Row(PART, "errors", "requests", len(ours.errors), len(peer.errors)),
    ]


if __name__ == "__main__":
    _serve_peer(Path(sys.argv[1]), int(sys.argv[2]))
