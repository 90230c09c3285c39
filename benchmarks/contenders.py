"""Who takes part: our page and its peers, each served with the same table, and how many events each must show.

Comes in: the path of events.csv. Leaves: contenders with addresses, ours first. Must not know the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from benchmarks import naive, npm, pages
from benchmarks.serving import served
from benchmarks.sides import NAIVE, OURS, TIMELINEJS, VIS, Side
from benchmarks.visiting import Figures
from timeline.table import Dataset, load

FROM_NPM = ((VIS, "vis"), (TIMELINEJS, "timelinejs"))


@dataclass
class Contender:
    """One page: where it is, how many events each source has there (None: all of them), what was measured."""

    side: Side
    url: str
    expected: Mapping[str | None, int]
    figures: Figures = field(default_factory=Figures)
    retired: bool = False


@contextmanager
def contenders(path: Path) -> Iterator[tuple[int, list[Contender], list[str]]]:
    """The rows of the table, who takes part in it, and why others do not, while their servers run."""
    from timeline.app.server import make_app
    from timeline.documents import Library

    dataset = load(path)
    size = dataset.rows
    why_not = [
        f"{side.name} is given {side.most:,} events at most"
        for side in (NAIVE, VIS, TIMELINEJS)
        if not _for(side, size)
    ]
    with ExitStack() as stack:
        sides = [Contender(OURS, stack.enter_context(served(make_app(dataset, Library(None)))), _ours(dataset))]
        if _for(NAIVE, size):
            drawn = naive.read(path).dropna(subset=["start", "finish"])
            rows = _counts(drawn["source"])
            sides.append(Contender(NAIVE, stack.enter_context(served(naive.page(path))), rows))
        if small := [(side, page) for side, page in FROM_NPM if _for(side, size)]:
            try:
                modules = npm.packages()
            except npm.NoPeers as error:
                why_not.append(f"{' and '.join(side.name for side, _ in small)} not measured, {error}")
            else:
                told = pages.events_json(drawn)
                for side, page in small:
                    url = stack.enter_context(served(pages.application(page, told, modules)))
                    sides.append(Contender(side, url, rows))
        yield size, sides, why_not


def _for(side: Side, size: int) -> bool:
    return side.most is None or size <= side.most


def _ours(dataset: Dataset) -> dict[str | None, int]:
    """Counted without our queries, so that they are checked and remember no answer."""
    dated = dataset.events.loc[dataset.events["dated"], "event"]
    told = dataset.mentions[["event", "source"]].drop_duplicates()
    return {**_counts(told.loc[told["event"].isin(dated), "source"]), None: len(dated)}


def _counts(sources: pd.Series) -> dict[str | None, int]:
    return {**{str(source): int(n) for source, n in sources.value_counts().items()}, None: len(sources)}
