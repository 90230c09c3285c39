"""`python -m benchmarks [PART ...] [--rounds N] [--sizes N,N] [--rows N] [--cap S] [--json] [--documents DIR]`

Comes in: what was typed. Leaves: a table for each part (or JSON) on standard output. Without a browser it says so and
does the rest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import answers, browser, dates, exports, load, tables
from benchmarks.made import Made
from benchmarks.measuring import Row, machine, machine_line, table
from timeline.table import shipped

PARTS = (browser.PART, browser.MANY, load.PART, tables.PART, answers.PART, exports.PART, dates.PART)
SIZES = {browser.MANY: (500, 10_000), answers.PART: (10_000, 100_000)}
"""What is measured unless more was asked for: a few minutes in all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser("python -m benchmarks", description="What is fast, measured beside peers.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these parts: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=_some, default=5, metavar="N", help="how often each is measured (default: 5)")
    parser.add_argument("--sizes", type=_sizes, metavar="N,N", help="events of the made tables of `many` and `answers`")
    parser.add_argument("--rows", type=_some, default=10_000, metavar="N", help="rows for `tables`, `exports`, `dates`")
    parser.add_argument("--cap", type=_some, default=60, metavar="S", help="seconds until a page is given up (60)")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="folder of the texts that are cited")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    given = parser.parse_args(arguments)
    if given.documents is not None and not given.documents.is_dir():
        parser.error(f"{given.documents} is not a folder")
    if unknown := [part for part in given.parts if part not in PARTS]:
        parser.error(f"there is no part {unknown[0]}: choose from {', '.join(PARTS)}")
    facts = machine()
    with TemporaryDirectory() as folder:
        rows = _measure(given.parts or PARTS, given, Made(Path(folder)))
    if given.json:
        print(json.dumps({"machine": facts, "rows": [row.as_dict() for row in rows]}, ensure_ascii=False, indent=1))
    else:
        print(f"{table(rows)}\n\n{machine_line(facts)}")
    return 0


def _measure(parts: Sequence[str], given: argparse.Namespace, made: Made) -> list[Row]:
    rows: list[Row] = []
    pages = {browser.PART: shipped()} if browser.PART in parts else {}
    if browser.MANY in parts:
        sizes = given.sizes or SIZES[browser.MANY]
        pages |= {f"{browser.MANY}, {size:,} rows": made(size) for size in sizes}
    try:
        rows += browser.measure(pages, given.rounds, given.cap) if pages else []
    except browser.NoBrowser as error:
        print(f"browser: not measured, {error}", file=sys.stderr)
    if load.PART in parts:
        rows += load.measure(given.rounds, given.rows)
    if tables.PART in parts:
        rows += tables.measure(given.rounds, given.rows, given.documents)
    if answers.PART in parts:
        rows += answers.measure({size: made(size) for size in given.sizes or SIZES[answers.PART]}, given.rounds)
    if exports.PART in parts:
        rows += exports.measure(given.rounds, given.rows)
    if dates.PART in parts:
        rows += dates.measure(given.rounds, given.rows)
    return rows


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted({_some(each.replace("_", "")) for each in text.split(",")}))


if __name__ == "__main__":
    sys.exit(main())
