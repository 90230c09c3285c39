"""`python -m benchmarks [browser|many|load|tables|dates] [--rounds N] [--json] [--documents DIR]`

Comes in: what was typed. Leaves: a table (or JSON) on standard output. Without a browser it says so and does the rest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import browser, dates, load, tables
from benchmarks.measuring import Row, machine, machine_line, table

PARTS = (browser.PART, browser.MANY, load.PART, tables.PART, dates.PART)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser("python -m benchmarks", description="What is fast, measured beside peers.")
    parser.add_argument("part", nargs="?", choices=PARTS, help="only this part (default: all)")
    parser.add_argument("--rounds", type=_some, default=5, metavar="N", help="how often each is measured (default: 5)")
    parser.add_argument("--rows", type=_some, default=10_000, metavar="N", help="rows of the made table, and dates")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="folder of the texts that are cited")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    given = parser.parse_args(arguments)
    if given.documents is not None and not given.documents.is_dir():
        parser.error(f"{given.documents} is not a folder")
    facts = machine()
    rows: list[Row] = []
    for part in [given.part] if given.part else PARTS:
        rows += _measure(part, given.rounds, given.rows, given.documents)
    if given.json:
        print(json.dumps({"machine": facts, "rows": [row.as_dict() for row in rows]}, ensure_ascii=False, indent=1))
    else:
        print(f"{table(rows)}\n\n{machine_line(facts)}")
    return 0


def _measure(part: str, rounds: int, size: int, documents: Path | None) -> list[Row]:
    if part == tables.PART:
        return tables.measure(rounds, size, documents)
    if part == dates.PART:
        return dates.measure(rounds, size)
    if part == load.PART:
        return load.measure(rounds, size)
    try:
        return browser.measure_many(rounds, size) if part == browser.MANY else browser.measure(rounds)
    except browser.NoBrowser as error:
        print(f"browser: not measured, {error}", file=sys.stderr)
        return []


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
