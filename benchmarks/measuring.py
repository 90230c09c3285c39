"""How things are measured and said: medians, rows with peers and a ratio, the machine.

Comes in: functions to time, or lists of times. Leaves: `Row`s and text. Must not know what is measured.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from textwrap import fill
from typing import Any

PACKAGES = ("cited-timeline", "dash", "plotly", "pandas", "numpy", "narwhals", "edtf", "dateparser", "playwright")
Value = float | str | None
"""A figure; or, in a few words, why there is none; or None."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours beside those of peers: medians, in `unit`. `peer` is the only one where there is one, `peers`
    are several by their names. `better` is "less", "more" or "" where neither is; `note` says what the peers are where
    it is not plain. `spread` is the least and the greatest ratio of the single rounds, where they were kept: when 1
    lies between them, the run does not tell who is ahead. `target` is what we set ourselves, `floor` what nothing can
    be under here."""

    part: str
    what: str
    unit: str
    ours: Value
    peer: Value = None
    better: str = "less"
    note: str = ""
    spread: tuple[float, float] | None = None
    peers: Mapping[str, Value] = field(default_factory=dict)
    target: float | None = None
    floor: Value = None

    @property
    def others(self) -> dict[str, Value]:
        """All peers by their names."""
        return {**({} if self.peer is None else {"peer": self.peer}), **self.peers}

    @property
    def best(self) -> str | None:
        """The name of the peer with the best figure."""
        known = {name: value for name, value in self.others.items() if isinstance(value, int | float)}
        if not known or not self.better:
            return None
        return (min if self.better == "less" else max)(known, key=lambda name: known[name])

    @property
    def ratio(self) -> float | None:
        """How many times better ours is than the best peer: above 1 we are ahead, below 1 it is. None without two
        figures."""
        return ratio_of(self.ours, self.others[self.best], self.better) if self.best is not None else None

    @property
    def met(self) -> bool | None:
        """Whether ours keeps to the target, which nothing does that has no figure for a reason; None without one."""
        if self.target is None or self.ours is None:
            return None
        return not isinstance(self.ours, str) and self.ours <= self.target

    def as_dict(self) -> dict[str, Any]:
        """The row as `--json` prints it."""
        ratio = None if self.ratio is None else round(self.ratio, 3)
        return asdict(self) | {"ratio": ratio, "best": self.best, "met": self.met}


def ratio_of(ours: Value, peer: Value, better: str = "less") -> float | None:
    """How many times better `ours` is than `peer`; None where one is missing or nought."""
    if not isinstance(ours, int | float) or not isinstance(peer, int | float) or not ours or not peer:
        return None
    return peer / ours if better == "less" else ours / peer


def spread_of(ours: Sequence[float], peer: Sequence[float]) -> tuple[float, float] | None:
    """The least and the greatest ratio of rounds in which less is better; None when there are not two rounds of
    both."""
    ratios = [found for pair in zip(ours, peer, strict=False) if (found := ratio_of(*pair)) is not None]
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
    """The rows as aligned text: a table for each part, with the columns that have something in them, and its notes."""
    parts = dict.fromkeys(row.part for row in rows)
    return "\n\n".join(_table_of(part, [row for row in rows if row.part == part]) for part in parts)


def _table_of(part: str, rows: Sequence[Row]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row.others))
    alone = not names and all(row.ours is None for row in rows)
    columns = [
        [part, *(f"{row.what}, {row.unit}" for row in rows)],
        ["target", *("" if row.target is None else _target(row) for row in rows)],
        ["ours", *("" if alone else number(row.ours) for row in rows)],
        *([name, *(number(row.others[name]) if name in row.others else "" for row in rows)] for name in names),
        ["ratio", *(_ratio(row) for row in rows)],
        ["floor", *("" if row.floor is None else number(row.floor) for row in rows)],
    ]
    columns = [columns[0], *(column for column in columns[1:] if any(column[1:]))]
    widths = [max(map(len, column)) for column in columns]
    lines = [_line(cells, widths) for cells in zip(*columns, strict=True)]
    lines.insert(1, "  ".join("-" * width for width in widths))
    notes = dict.fromkeys(note for row in rows for note in row.note.splitlines())
    return "\n".join([*lines, *(fill(note, 120, initial_indent="  ", subsequent_indent="    ") for note in notes)])


def _target(row: Row) -> str:
    return f"<= {number(row.target)}{'' if row.met is None else ' met' if row.met else ' MISSED'}"


def _ratio(row: Row) -> str:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f} x"
    if ratio and row.spread is not None:
        ratio = f"({row.spread[0]:.2f} to {row.spread[1]:.2f})  {ratio}"
    return ratio


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    figures = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "  ".join([cells[0].ljust(widths[0]), *figures]).rstrip()


def number(value: Value) -> str:
    """Three significant digits, thousands with commas; a dash for what was not measured, words as they are."""
    if value is None or isinstance(value, str):
        return value or "-"
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
        "Medians; a ratio above 1 means that ours is ahead of the best peer, in brackets those of single rounds."
    )


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    except OSError:
        pass
    return platform.processor() or platform.machine()


def resident(process: int | str, field: str = "VmRSS") -> float | None:
    """Resident megabytes of a process, by number or "self"; `VmHWM` for the most it had. None where not told."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{field}:")), None)
