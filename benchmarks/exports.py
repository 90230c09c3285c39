"""What leaves: rows in every format, and pictures by one browser, beside what pandas and plotly do alone.

Comes in: how many rows and rounds. Leaves: rows of the report. Must not know the page.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from benchmarks import naive, targets
from benchmarks.made import make_events
from benchmarks.measuring import Row, middle, seconds, side_by_side
from timeline.chart.figure import draw
from timeline.export.formats import FORMATS, Format, make
from timeline.export.images import NoImage, to_images
from timeline.export.writing import Look
from timeline.query import Query
from timeline.table import Dataset, load, shipped

PART = "exports"
FURTHER = 3
"""So many pictures are made after the first."""
_PEER = "the peer is pandas' own writer of the table as it was read, without documents, guard or citations"
_PICTURES = "the peer is plotly's own `to_image`, one at a time; the figure is that of the shipped table"


def measure(rounds: int, rows: int = 10_000) -> list[Row]:
    """Every format that needs no browser with `rows` rows, and pictures where there is a browser."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_events(Path(folder), rows)
        dataset, frame = load(path), naive.read(path)
        found = [_format(form, dataset, frame, rows, rounds) for form in FORMATS if not form.browser]
    return found + _pictures(rounds)


def _format(form: Format, dataset: Dataset, frame: pd.DataFrame, rows: int, rounds: int) -> Row:
    ours = partial(make, dataset, Query(), form, Look())
    what, target = f"{rows:,} rows as {form.name}", targets.exporting(form.name, rows)
    peer = _peer(form.name, frame)
    if peer is None:
        mine = middle([seconds(ours) for _ in range(rounds)])
        return Row(PART, what, "s", mine, target=target)
    mine, theirs = side_by_side(ours, peer, rounds)
    return Row(PART, what, "s", mine, theirs, note=_PEER, target=target)


def _peer(name: str, frame: pd.DataFrame) -> Callable[[], object] | None:
    text = frame.astype("str")
    peers: dict[str, Callable[[], object]] = {
        "csv": text.to_csv,
        "json": partial(text.to_json, orient="records"),
        "xlsx": lambda: text.to_excel(io.BytesIO(), engine="xlsxwriter"),
        "parquet": lambda: text.to_parquet(io.BytesIO()),
    }
    return peers.get(name)


def _pictures(rounds: int) -> list[Row]:
    """The first picture, browser and all, and each of those that follow."""
    figure = draw(load(shipped()), width=1200, height=800)
    try:
        first, peer = side_by_side(lambda: to_images([figure], "png"), lambda: figure.to_image("png", scale=2), rounds)
        several = middle([seconds(lambda: to_images([figure] * (1 + FURTHER), "png")) for _ in range(rounds)])
    except NoImage as error:
        return [Row(PART, "first picture", "s", "no browser", note=str(error))]
    further = None if several is None else max(several - first, 0.0) / FURTHER
    return [
        Row(PART, "first picture", "s", first, peer, note=_PICTURES, target=targets.exporting("first")),
        Row(PART, "each further one", "s", further, peer, note=_PICTURES, target=targets.exporting("further")),
    ]
