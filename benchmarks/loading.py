"""Loading a table, each time in a fresh process: how long it takes and how much memory the process then holds.

Comes in: a table's path and size. Leaves: rows of the report. Must not know queries or the browser.

`python -m benchmarks.loading KIND SIDE PATH` is that process: it prints one JSON object. A further kind of table is a
further entry of `KINDS`.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pandas as pd

from benchmarks import naive, targets
from benchmarks.made import as_parquet
from benchmarks.measuring import Row, resident, seconds
from timeline.table import load
from timeline.table.parquet import read

ROOT = Path(__file__).resolve().parents[1]
MOST_ROUNDS = 3
OURS, PEER, NOTHING = "ours", "pandas", "nothing"
_FIGURES = (("seconds", "s"), ("memory", "MB"), ("peak", "MB"))
_WORDS = {"seconds": "load {}", "memory": "memory after loading {}", "peak": "most memory while loading {}"}
_NOTE = (
    "loading is in a fresh process each; the floor is a process that has only imported; pandas is read_csv and "
    "to_datetime, or read_parquet of the same file, checks nothing and builds nothing to query by"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: how the file is made of an events.csv, and how each side reads it."""

    prepare: Callable[[Path], Path]
    ours: Callable[[Path], object]
    pandas: Callable[[Path], object]


KINDS = {
    "CSV": Kind(prepare=lambda path: path, ours=load, pandas=naive.read),
    "Parquet": Kind(prepare=as_parquet, ours=read, pandas=pd.read_parquet),
}


def measure(part: str, path: Path, size: int, rounds: int) -> list[Row]:
    """The rows of loading a table of `size` rows, in each kind."""
    rows = []
    for name, kind in KINDS.items():
        file = kind.prepare(path)
        found: dict[str, list[dict[str, float | None]]] = {OURS: [], PEER: [], NOTHING: []}
        for turn in range(min(rounds, MOST_ROUNDS)):
            for side in sorted(found, reverse=turn % 2 == 1):
                found[side].append(_in_fresh_process(name, side, file))
        rows += [
            Row(
                part, _WORDS[figure].format(name), unit, _middle(found[OURS], figure),
                peers={"naive pandas": _middle(found[PEER], figure)}, target=targets.loading(name, figure, size),
                floor=_middle(found[NOTHING], figure) if figure != "seconds" else None, note=_NOTE,
            )
            for figure, unit in _FIGURES
        ]  # fmt: skip
    return rows


def _in_fresh_process(kind: str, side: str, path: Path) -> dict[str, float | None]:
    command = [sys.executable, "-m", "benchmarks.loading", kind, side, str(path.resolve())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{side} cannot load {path.name}: {done.stderr.strip().splitlines()[-1]}")
    found: dict[str, float | None] = json.loads(done.stdout)
    return found


def _middle(found: list[dict[str, float | None]], figure: str) -> float | None:
    values = [value for each in found if (value := each[figure]) is not None]
    return median(values) if values else None


def tell(kind: str, side: str, path: Path) -> dict[str, float | None]:
    """Load the table in this process: seconds, and megabytes of the process after it and at most."""
    held: list[object] = []
    how = {OURS: KINDS[kind].ours, PEER: KINDS[kind].pandas, NOTHING: lambda path: None}[side]
    took = seconds(lambda: held.append(how(path)))
    gc.collect()
    return {"seconds": took, "memory": resident("self"), "peak": resident("self", "VmHWM")}


if __name__ == "__main__":
    print(json.dumps(tell(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
