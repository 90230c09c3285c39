"""What `--engine` means: who holds the rows of a table and answers for them.

In: a table and the name of an engine. Out: a Dataset that the engine answers for, or the sentence with which a command
stops.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.commands.shared import CannotRun, open_table, sentence, tell

if TYPE_CHECKING:
    from timeline.table.dataset import Dataset


def _known(_: click.Context, __: click.Parameter, name: str) -> str:
    from timeline.query.backends import ENGINES, is_engine

    if not is_engine(name):
        raise click.BadParameter(f"'{name}' is none. There are {', '.join(ENGINES)}.")
    return name


engine_option = click.option(
    "--engine",
    default="arrays",
    show_default=True,
    metavar="NAME",
    callback=_known,
    help="Who holds the rows: arrays, pandas (both in memory), duckdb (a table larger than memory), or a Spark "
    "master as in spark://host:7077.",
)


def open_with(events: Path | None, mapping: dict[str, str], encoding: str | None, engine: str) -> Dataset:
    """The table at `events`, or the shipped one, answered for by `engine`."""
    from timeline.query.backends import NoEngine, with_pandas
    from timeline.query.backends import open_with as open_away
    from timeline.query.engine import answer_with
    from timeline.table.dataset import CannotRead

    if engine in ("arrays", "pandas"):
        dataset = open_table(events, mapping, encoding)
        if engine == "pandas":
            answer_with(dataset, with_pandas(dataset))
        return dataset
    try:
        return open_away(_as_parquet(events, mapping, encoding), engine)
    except CannotRead as error:
        raise CannotRun(sentence(error.reason), sentence(error.fix), str(error.path)) from error
    except NoEngine as error:
        raise CannotRun(str(error)) from error


def _as_parquet(events: Path | None, mapping: dict[str, str], encoding: str | None) -> Path:
    """The table itself when it is Parquet, else a copy that lives as long as this process."""
    from timeline.table.converting import convert
    from timeline.table.dataset import shipped
    from timeline.table.parquet import is_parquet

    source = shipped() if events is None else events
    if is_parquet(source):
        return source
    folder = Path(tempfile.mkdtemp(prefix="timeline-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    work = folder / "work"
    work.mkdir()
    tell(f"{source}: read into Parquet first; `timeline convert` does it once for all.")
    convert(source, folder / "events.parquet", work, mapping=mapping or None, encoding=encoding)
    shutil.rmtree(work, ignore_errors=True)
    return folder / "events.parquet"
