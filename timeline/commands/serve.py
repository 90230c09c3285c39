"""`timeline serve`: the page. In: a table and where to listen. Out: a server, until it is stopped."""

from __future__ import annotations

from pathlib import Path

import click

from timeline.commands.shared import (
    CannotRun,
    count,
    documents_option,
    open_library,
    open_table,
    table_options,
    tell,
)


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
@click.option("--debug", is_flag=True, help="Show errors in the page; on this machine only.")
def serve(
    events: Path | None,
    documents: Path | None,
    mapping: dict[str, str],
    encoding: str | None,
    host: str,
    port: int,
    allow_hosts: tuple[str, ...],
    debug: bool,
) -> None:
    """Serve the timeline of a table; without one, of the shipped tables.

    \b
    timeline serve events.csv --documents texts/ --port 8060
    """
    dataset = open_table(events, mapping, encoding)
    library = open_library(documents)
    if dataset.errors:
        tell(
            f"{dataset.name}: {count(len(dataset.errors), 'error')}; {dataset.drawn + dataset.undated:,} of "
            f"{count(dataset.rows, 'row')} can be shown. `timeline check` tells what is wrong."
        )

    from timeline.app.server import CannotServe
    from timeline.app.server import serve as run

    try:
        run(dataset, library, host=host, port=port, allow_hosts=allow_hosts, debug=debug)
    except CannotServe as error:
        raise CannotRun(str(error)) from error
