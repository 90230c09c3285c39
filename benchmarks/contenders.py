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
    """The dated events of the table, who takes part in it, and why others do not, while their servers run."""
    from timeline.app.server import make_app
    from timeline.documents import Library

    dataset, events = load(path), naive.read(path)
    drawn = events.dropna(subset=["start", "finish"])
    rows = dict(_counts(drawn["source"]))
    why_not = [
        f"{side.name} is given {side.most:,} events at most"
        for side in (NAIVE, VIS, TIMELINEJS)
        if side.most is not None and len(events) > side.most
    ]
    with ExitStack() as stack:
        sides = [Contender(OURS, stack.enter_context(served(make_app(dataset, Library(None)))), _ours(dataset))]
        if len(events) <= (NAIVE.most or 0):
            sides.append(Contender(NAIVE, stack.enter_context(served(naive.page(path))), rows))
        small = [(side, page) for side, page in FROM_NPM if len(events) <= (side.most or 0)]
        try:
            modules = npm.packages() if small else None
        except npm.NoPeers as error:
            why_not.append(f"{' and '.join(side.name for side, _ in small)} not measured, {error}")
        else:
            told = pages.events_json(drawn)
            for side, page in small:
                sides.append(Contender(side, stack.enter_context(served(pages.application(page, told, modules))), rows))
        yield len(events), sides, why_not


def _ours(dataset: Dataset) -> dict[str | None, int]:
    """Counted without our queries, so that they are checked and remember no answer."""
    dated = dataset.events.loc[dataset.events["dated"], "event"]
    told = dataset.mentions[["event", "source"]].drop_duplicates()
    return {**_counts(told.loc[told["event"].isin(dated), "source"]), None: len(dated)}


def _counts(sources: pd.Series) -> dict[str | None, int]:
    return {**{str(source): int(n) for source, n in sources.value_counts().items()}, None: len(sources)}
