"""`timeline make-events`: a made table of any size, for trying the tool out and for measuring it.

In: how many rows, and where. Out: events.csv, documents.csv and actors.csv in a folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from timeline.commands.shared import CannotRun, count, tell

FILES = ("events.csv", "documents.csv", "actors.csv")


@click.command("make-events")
@click.argument("rows", metavar="N", type=click.IntRange(0, 10**10))
@click.option("-o", "--output", required=True, metavar="FOLDER", type=click.Path(path_type=Path),
              help="The folder to write to; it is made when it is not there.")  # fmt: skip
@click.option("--seed", default=7, show_default=True, type=click.IntRange(0, 2**32 - 1), metavar="N",
              help="The same seed makes the same table.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace tables that are there.")
def make_events(rows: int, output: Path, seed: int, force: bool) -> None:
    """Write a table of N invented events, with its documents and actors.

    \b
    timeline make-events 100000 -o made/
    timeline serve made/events.csv
    """
    from timeline.table.made import make_events as make

    if output.exists() and not output.is_dir():
        raise CannotRun("this is a file, not a folder.", "Name a folder.", str(output))
    there = [name for name in FILES if (output / name).exists()]
    if there and not force:
        raise CannotRun(f"{there[0]} is there.", "Choose another folder, or replace it with --force.", str(output))
    output.mkdir(parents=True, exist_ok=True)
    if sys.stderr.isatty():
        with click.progressbar(length=rows, label="Making events", file=sys.stderr) as bar:
            made = make(output, rows, seed, lambda done: bar.update(done - bar.pos))
    else:
        made = make(output, rows, seed)
    tell(f"{made}: {count(rows, 'row')}.")
