"""Servers of the pages, each in a process of its own on a port of this machine that the system gives.

Comes in: the kind of a page (`hosting.KINDS`), its arguments. Leaves: its address and what it must show. Must not know
what is measured. Everything stops with the block.

In one process Dash would send every page the code of all component libraries that any of them imports.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Host:
    """A running server. `expected` is how many events each source has on its page, and "" all of them; `rows` is how
    many its table has."""

    url: str
    expected: dict[str, int] = field(default_factory=dict)
    rows: int = 0


@contextmanager
def served(kind: str, *arguments: str | Path) -> Iterator[Host]:
    """A page, served until the block ends."""
    command = [sys.executable, "-m", "benchmarks.hosting", kind, *(str(Path(each).resolve()) for each in arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            if not said:
                raise RuntimeError(f"the {kind} page cannot be served")
            yield Host(**json.loads(said))
        finally:
            if process.stdin:
                process.stdin.close()  # which ends it
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
