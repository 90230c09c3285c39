"""What several commands have in common: the table and its options, how it is opened, how things are printed.

In: what was typed. Out: a Dataset and a Library, or the sentence with which a command stops. It must not know
what a command does with them.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from timeline.documents.texts import Library
    from timeline.table.dataset import Dataset

P = ParamSpec("P")
R = TypeVar("R")


class CannotRun(click.ClickException):
    """The command could not run (exit code 2): `path` is what stood in the way, with the reason and what to
    do.
    """

    exit_code = 2

    def __init__(self, reason: str, fix: str = "", path: str = "") -> None:
        super().__init__(" ".join(part for part in (f"{path}:" if path else "", reason, fix) if part))
        self.reason, self.fix, self.path = reason, fix, path


def table_options(command: Callable[P, R]) -> Callable[P, R]:
    """The argument EVENTS.csv and the options that say how it is read; the shipped tables are the default."""
    events = click.argument("events", required=False, metavar="[EVENTS.csv]", type=click.Path(path_type=Path))
    return events(reading_options(command))


def reading_options(command: Callable[P, R]) -> Callable[P, R]:
    """The options that say how a table is read."""

    @click.option(
        "--map", "mapping", multiple=True, metavar="COLUMN=HEADER", callback=_mapping,
        help="Which header of the table stands for a column, as in --map title=Headline. Repeatable.",
    )  # fmt: skip
    @click.option("--encoding", metavar="NAME", help="Encoding, when it is not UTF-8: cp1252.")
    @functools.wraps(command)
    def with_options(*args: P.args, **kwargs: P.kwargs) -> R:
        return command(*args, **kwargs)

    return with_options


def _mapping(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    from timeline.table.headers import mappable

    mapping: dict[str, str] = {}
    for value in values:
        column, equals, header = (part.strip() for part in value.partition("="))
        if not (column and equals and header):
            raise click.BadParameter(f"'{value}' is not COLUMN=HEADER, as in title=Headline.")
        if column not in mappable():
            raise click.BadParameter(f"there is no column '{column}'; the columns are {', '.join(mappable())}.")
        if column in mapping:
            raise click.BadParameter(f"the column '{column}' is given twice.")
        mapping[column] = header
    return mapping


def _folder(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    if value is not None and not value.strip():
        raise click.BadParameter("the name of the folder is empty.")
    return None if value is None else Path(value)


documents_option = click.option(
    "--documents",
    metavar="DIR",
    envvar="TIMELINE_DOCUMENTS",
    callback=_folder,
    help="Folder with the documents' texts, against which passages are checked. [env: TIMELINE_DOCUMENTS]",
)


def open_table(events: Path | None, mapping: dict[str, str], encoding: str | None) -> Dataset:
    """The table at `events`, or the shipped ones; CannotRun when there is nothing that can be read."""
    from timeline.table.dataset import CannotRead, load, shipped
    from timeline.table.parquet import is_parquet, read

    path = shipped() if events is None else events
    try:
        return read(path) if is_parquet(path) else load(path, mapping=mapping or None, encoding=encoding)
    except CannotRead as error:
        raise CannotRun(sentence(error.reason), sentence(error.fix), str(error.path)) from error


def open_library(documents: Path | None) -> Library:
    """The texts in the folder `documents`; an empty Library without one, CannotRun when it is no folder."""
    from timeline.documents.texts import Library

    if documents is None:
        return Library(None)
    try:
        entries = os.scandir(documents)
    except FileNotFoundError:
        why = "there is no such folder"
    except NotADirectoryError:
        why = "this is a file, not a folder"
    except OSError as error:
        why = f"the folder cannot be read ({error.strerror})"
    else:
        entries.close()
        return Library(documents)
    raise CannotRun(sentence(why), "Give --documents the folder of texts.", str(documents))


def sentence(text: str) -> str:
    """`text` on one line and with a full stop; nothing stays nothing."""
    line = " ".join(text.split())
    return line if not line or line.endswith((".", "?", "!")) else f"{line}."


def print_json(value: Any, indent: int | None = None) -> None:
    """One JSON value on standard output; beyond ASCII only where the terminal can show it."""
    unicode = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") in ("utf8", "utf8sig")
    click.echo(json.dumps(value, ensure_ascii=not unicode, indent=indent, allow_nan=False))


def colour() -> bool | None:
    """False where colour is not wanted (NO_COLOR, a dumb terminal), else click decides by looking at the
    terminal.
    """
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def count(number: int, singular: str, plural: str = "") -> str:
    """`1 event`, `1,200 events`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def tell(text: str) -> None:
    """A line on standard error: what people should know and machines that read the output should not."""
    click.echo(text, err=True)
