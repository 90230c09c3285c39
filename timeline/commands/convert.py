"""`timeline convert`: a table of events as Parquet, sorted and already read, and back as CSV.

In: a CSV or the Parquet of an earlier conversion. Out: the other; on standard error what was written and what was left
out. It must not know how either is laid out.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.commands.shared import CannotRun, count, sentence, table_options, tell

if TYPE_CHECKING:
    from timeline.table.dataset import Dataset


@click.command()
@table_options
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path),
              help="What to write: a .parquet or a .csv.")  # fmt: skip
@click.option("--by-year", is_flag=True, help="A folder of Parquet files cut by year, for a cluster.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def convert(
    events: Path | None,
    mapping: dict[str, str],
    encoding: str | None,
    output: Path,
    by_year: bool,
    force: bool,
) -> None:
    """Write a table of events as Parquet, sorted by time and already read, or such a Parquet as CSV again.

    \b
    timeline convert events.csv -o events.parquet
    timeline convert events.parquet -o events.csv
    """
    from timeline.table.dataset import CannotRead, shipped
    from timeline.table.parquet import is_parquet

    source = shipped() if events is None else events
    back = is_parquet(source)
    _check(source, output, back, by_year, force)
    try:
        with _replacing(output) as made:
            if back:
                written = _to_csv(source, made)
                tell(f"{output}: {count(written, 'row')}.")
            else:
                _report(output, _to_parquet(source, made, mapping, encoding, by_year))
    except CannotRead as error:
        raise CannotRun(sentence(error.reason), sentence(error.fix), str(error.path)) from error


def _check(source: Path, output: Path, back: bool, by_year: bool, force: bool) -> None:
    """Whether this can be written at all; before the table is read, which may take minutes."""
    wanted, suffix = (".csv",) if back else (".parquet", ".pq"), output.suffix.lower()
    if back and by_year:
        raise click.UsageError("--by-year cuts Parquet; a CSV is one file.")
    if suffix not in wanted and not by_year:
        kind = ".parquet" if back else ".csv"
        raise CannotRun(f"a {kind} becomes a {wanted[0]}.", "Choose that suffix.", str(output))
    if not output.absolute().parent.is_dir():
        raise CannotRun(f"there is no folder {output.parent}.", path=str(output))
    if os.path.lexists(output):
        if source.exists() and output.exists() and output.samefile(source):
            raise CannotRun("this is the table that is converted.", "Choose another name.", str(output))
        if output.is_dir() and not _is_ours(output):
            raise CannotRun("this is a folder, and no table that was converted.", "Choose another name.", str(output))
        if not output.is_dir() and not output.is_file():
            raise CannotRun("this is not a regular file.", path=str(output))
        if not force:
            raise CannotRun("it exists.", "Choose another name, or replace it with --force.", str(output))


def _is_ours(folder: Path) -> bool:
    from timeline.table.parquet import FACTS_FILE

    return (folder / FACTS_FILE).is_file()


@contextmanager
def _replacing(output: Path) -> Iterator[Path]:
    """A place beside `output` to write to, which takes its place once all is well: never half a file."""
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name[:40]}.", suffix=".part", dir=output.absolute().parent))
    try:
        made = folder / output.name
        yield made
        if output.is_dir():
            output.replace(folder / "old")
        made.replace(output)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _to_parquet(
    source: Path, made: Path, mapping: dict[str, str], encoding: str | None, by_year: bool
) -> Dataset:
    from timeline.table.converting import convert as to_parquet

    work = made.parent / "work"
    work.mkdir()
    with _progress(source) as tell_bytes:
        return to_parquet(
            source, made, work, by_year=by_year, mapping=mapping or None, encoding=encoding, progress=tell_bytes
        )


@contextmanager
def _progress(source: Path) -> Iterator[Callable[[int], None]]:
    """A line that tells how much is read, on a terminal."""
    size = 0
    with contextlib.suppress(OSError):
        size = source.stat().st_size
    if not sys.stderr.isatty() or not size:
        yield lambda read: None
        return
    with click.progressbar(length=size, label=f"Reading {source.name}", file=sys.stderr) as bar:

        def update(read: int) -> None:
            bar.update(read - bar.pos)

        yield update


def _report(output: Path, dataset: Dataset) -> None:
    held = dataset.drawn + dataset.undated
    tell(f"{output}: {count(held, 'row')}{f' of {dataset.rows:,}' if held < dataset.rows else ''}.")
    if dataset.in_error:
        tell(
            f"{dataset.name}: {count(dataset.in_error, 'row')} could not be read and "
            f"{'is' if dataset.in_error == 1 else 'are'} left out; `timeline check` tells why."
        )


def _to_csv(source: Path, made: Path) -> int:
    from timeline.export.back import write_back

    work = made.parent / "work"
    work.mkdir()
    with made.open("wb") as file:
        return write_back(source, file, work)
