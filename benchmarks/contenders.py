"""Who takes part: our page and its peers, each served with the same table.

Comes in: the path of events.csv. Leaves: contenders with addresses, ours first. Must not know the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import npm
from benchmarks.serving import Host, served
from benchmarks.sides import NAIVE, OURS, TIMELINEJS, VIS, Side
from benchmarks.visiting import Figures

FROM_NPM = ((VIS, "vis"), (TIMELINEJS, "timelinejs"))


@dataclass
class Contender:
    """One page: where it is served, what was measured, whether it is visited no more."""

    side: Side
    host: Host
    figures: Figures = field(default_factory=Figures)
    retired: bool = False


@contextmanager
def contenders(path: Path) -> Iterator[tuple[int, list[Contender], list[str]]]:
    """The rows of the table, who takes part in it, and why others do not, while their servers run."""
    with ExitStack() as stack:
        sides = [Contender(OURS, stack.enter_context(served("ours", path)))]
        size = sides[0].host.rows
        why_not = [
            f"{side.name} is given {side.most:,} events at most"
            for side in (NAIVE, VIS, TIMELINEJS)
            if not _for(side, size)
        ]
        if _for(NAIVE, size):
            sides.append(Contender(NAIVE, stack.enter_context(served("naive", path))))
        if small := [(side, kind) for side, kind in FROM_NPM if _for(side, size)]:
            try:
                modules = npm.packages()
            except npm.NoPeers as error:
                why_not.append(f"{' and '.join(side.name for side, _ in small)} not measured, {error}")
            else:
                sides += [Contender(side, stack.enter_context(served(kind, path, modules))) for side, kind in small]
        yield size, sides, why_not


def _for(side: Side, size: int) -> bool:
    return side.most is None or size <= side.most
