"""`timeline serve`: the page. In: a table and where to listen. Out: a server, until it is stopped."""

from __future__ import annotations

import re
from pathlib import Path

import click

from timeline.commands.engines import engine_option, open_with
from timeline.commands.shared import (
    CannotRun,
    count,
    documents_option,
    open_library,
    table_options,
    tell,
)

_SEGMENTS = re.compile(r"(?:[A-Za-z0-9._~-]+/)*")


def _prefix(_: click.Context, __: click.Parameter, value: str) -> str:
    """A path with a slash at both ends, which people leave out."""
    inside = f"{value.strip('/')}/".lstrip("/")
    if not _SEGMENTS.fullmatch(inside) or {".", ".."} & set(inside.split("/")):
        raise click.BadParameter(f"'{value}' is no path. Write letters, digits and slashes, as in /timeline/.")
    return f"/{inside}"


@click.command()
@table_options
@documents_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Where to listen. Anything but 127.0.0.1 opens the page to others, without a login.",
)  # fmt: skip
@click.option("--port", default=8050, show_default=True, type=click.IntRange(0, 65535), metavar="N")
@click.option(
    "--allow-host", "allow_hosts", multiple=True, metavar="NAME",
    help="A name under which the page may be asked for, as behind a proxy. Repeatable.",
)  # fmt: skip
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), metavar="N",
    help="Processes that answer, one for each core; they share the table's memory. More than one not on Windows.",
)  # fmt: skip
@click.option(
    "--prefix", default="/", show_default=True, metavar="PATH", callback=_prefix,
    help="The path under which the page lies, as /timeline/ behind a proxy.",
)  # fmt: skip
@click.option(
    "--proxied", "proxies", default=0, show_default=True, type=click.IntRange(0, 9), metavar="N",
    help="How many proxies stand in front and are believed what they say in X-Forwarded-For, -Host and -Proto.",
)  # fmt: skip
@engine_option
@click.option("--debug", is_flag=True, help="Show errors in the page; on this machine only.")
def serve(
    events: Path | None,
    documents: Path | None,
    mapping: dict[str, str],
    encoding: str | None,
    host: str,
    port: int,
    allow_hosts: tuple[str, ...],
    workers: int,
    prefix: str,
    proxies: int,
    engine: str,
    debug: bool,
) -> None:
    """Serve the timeline of a table; without one, of the shipped tables.

    \b
    timeline serve events.csv --documents texts/ --port 8060
    """
    if workers > 1 and engine not in ("arrays", "pandas", "duckdb"):
        raise CannotRun("a Spark session is one process's own.", "Leave --workers out.")
    dataset = open_with(events, mapping, encoding, engine)
    library = open_library(documents)
    if dataset.errors:
        tell(
            f"{dataset.name}: {count(len(dataset.errors), 'error')}; {dataset.drawn + dataset.undated:,} of "
            f"{count(dataset.rows, 'row')} can be shown. `timeline check` tells what is wrong."
        )

    from timeline.app.listening import CannotServe
    from timeline.app.server import serve as run

    try:
        run(
            dataset, library, host=host, port=port, allow_hosts=allow_hosts, workers=workers, prefix=prefix,
            proxies=proxies, debug=debug,
        )  # fmt: skip
    except CannotServe as error:
        raise CannotRun(str(error)) from error
