"""How things are measured and said: medians, rows with a peer and a ratio, the machine.

Comes in: functions to time, or lists of times. Leaves: `Row`s and text. Must not know what is measured.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

PACKAGES = ("cited-timeline", "dash", "plotly", "pandas", "numpy", "narwhals", "edtf", "dateparser", "playwright")
HEADINGS = ("what", "ours", "peer", "ratio")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours beside a peer's: medians, in `unit`. `better` is "less" or "more"; `note` says what the peer
    is where it is not plain. `spread` is the least and the greatest ratio of the single rounds, where they were kept:
    when 1 lies between them, the run does not tell who is ahead."""

    part: str
    what: str
    unit: str
    ours: float | None
    peer: float | None = None
    better: str = "less"
    note: str = ""
    spread: tuple[float, float] | None = None

    @property
    def ratio(self) -> float | None:
        """How many times better ours is: above 1 we are ahead, below 1 the peer is. None without two figures."""
        return ratio_of(self.ours, self.peer, self.better)

    def as_dict(self) -> dict[str, Any]:
        """The row as `--json` prints it."""
        return asdict(self) | {"ratio": None if self.ratio is None else round(self.ratio, 3)}


def ratio_of(ours: float | None, peer: float | None, better: str = "less") -> float | None:
    """How many times better `ours` is than `peer`; None where one is missing or nought."""
    if not ours or not peer:
        return None
    return peer / ours if better == "less" else ours / peer


def spread_of(ours: Sequence[float], peer: Sequence[float]) -> tuple[float, float] | None:
    """The least and the greatest ratio of rounds in which less is better; None when there are not two rounds."""
    ratios = [found for pair in zip(ours, peer, strict=True) if (found := ratio_of(*pair)) is not None]
    return (min(ratios), max(ratios)) if len(ratios) > 1 else None


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def side_by_side(ours: Callable[[], object], peer: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians in seconds of two actions that take turns, so that a busy moment of the machine meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        for side in (0, 1) if turn % 2 == 0 else (1, 0):
            times[side].append(seconds((ours, peer)[side]))
    return median(times[0]), median(times[1])


def middle(values: Sequence[float]) -> float | None:
    """The median; None of nothing."""
    return median(values) if values else None


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text, a blank line between parts, notes below."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines, part = [_line(HEADINGS, widths), "  ".join("-" * width for width in widths)], ""
    for row, line in zip(rows, cells[1:], strict=True):
        if part and row.part != part:
            lines.append("")
        part = row.part
        lines.append(_line(line, widths))
    notes = dict.fromkeys(f"{row.part}: {row.note}" for row in rows if row.note)
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _cells(row: Row) -> tuple[str, str, str, str]:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f} x"
    if ratio and row.spread is not None:
        ratio = f"({row.spread[0]:.2f} to {row.spread[1]:.2f})  {ratio}"
    return f"{row.part}: {row.what}, {row.unit}", number(row.ours), number(row.peer), ratio


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    figures = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "  ".join([cells[0].ljust(widths[0]), *figures]).rstrip()


def number(value: float | None) -> str:
    """Three significant digits, thousands with commas; a dash for what was not measured."""
    if value is None:
        return "-"
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def machine() -> dict[str, Any]:
    """Where it was measured: processor, cores, load, versions."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": None if load is None else round(load, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": versions,
    }


def machine_line(facts: dict[str, Any]) -> str:
    """The machine in one line."""
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    load = "" if facts["load"] is None else f", load {facts['load']}"
    return (
        f"{facts['processor']}, {facts['cores']} cores{load}, {facts['system']}, Python {facts['python']}, {versions}. "
        "Medians; a ratio above 1 means that ours is ahead, "
        "in brackets those of single rounds."
    )


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    except OSError:
        pass
    return platform.processor() or platform.machine()
