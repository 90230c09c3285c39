"""`timeline curate`: the desk. In: a table, its documents, where to listen and who may come. Out: a server, until it is
stopped.
"""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from timeline.commands.shared import CannotRun, documents_option, open_library, sentence, tell

_NEAR = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command()
@click.argument("events", required=False, metavar="[EVENTS.csv]", type=click.Path(path_type=Path))
@documents_option
@click.option("--new", "begin", is_flag=True, help="Begin a table: write the header lines that are missing.")
@click.option("--as", "who", metavar="NAME", help="Who curates, for others to see; else the name of this account.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Where to listen. Anything but 127.0.0.1 needs --token, or --proxied and --sign-in-header.",
)  # fmt: skip
@click.option("--port", default=8060, show_default=True, type=click.IntRange(0, 65535), metavar="N")
@click.option(
    "--token", envvar="TIMELINE_TOKEN", metavar="TOKEN",
    help="What others must know to come in. In the list of processes all can read it; in the environment they cannot. "
    "[env: TIMELINE_TOKEN]",
)  # fmt: skip
@click.option(
    "--allow-host", "allow_hosts", multiple=True, metavar="NAME",
    help="A name under which the desk may be asked for, as behind a proxy. Repeatable.",
)  # fmt: skip
@click.option(
    "--proxied", "proxies", default=0, show_default=True, type=click.IntRange(0, 9), metavar="N",
    help="How many proxies stand in front and are believed what they say in X-Forwarded-For, -Host and -Proto.",
)  # fmt: skip
@click.option(
    "--sign-in-header", "header", metavar="NAME",
    help="The header in which a proxy tells whom it has signed in, as X-Forwarded-User; every request must have it.",
)  # fmt: skip
def curate(
    events: Path | None,
    documents: Path | None,
    begin: bool,
    who: str | None,
    host: str,
    port: int,
    token: str | None,
    allow_hosts: tuple[str, ...],
    proxies: int,
    header: str | None,
) -> None:
    """Curate a table at the desk: documents, dated passages and rows side by side.

    \b
    timeline curate events.csv --documents texts/
    timeline curate mine/events.csv --documents texts/ --new
    """
    _check_doors(host, token, allow_hosts, proxies, header)
    library = open_library(documents)
    path = _table(events, begin)

    from timeline.app.desk_access import Access
    from timeline.app.desk_serving import serve_desk
    from timeline.app.listening import CannotServe
    from timeline.curating.desk import Desk
    from timeline.curating.opened import Opened
    from timeline.table.dataset import CannotRead

    try:
        opened = Opened(path)
    except CannotRead as error:
        raise CannotRun(sentence(error.reason), sentence(error.fix), str(error.path)) from error
    if library.directory is None:
        tell("Without --documents DIR there are no texts: rows can be changed, and new ones are written by hand.")
    access = Access(_name(who), token or "", header or "")
    try:
        serve_desk(Desk(opened, library), access, host=host, port=port, hosts=allow_hosts, proxies=proxies)
    except CannotServe as error:
        raise CannotRun(str(error)) from error


def _check_doors(
    host: str, token: str | None, allow_hosts: tuple[str, ...], proxies: int, header: str | None
) -> None:
    """Whoever reaches the desk can change the table, so others need a key. Raises CannotRun, UsageError."""
    if token is not None and not token.strip():
        raise click.UsageError("--token is empty: give others something to know.")
    if header is not None and not proxies:
        raise click.UsageError("--sign-in-header is believed behind a proxy alone: say how many, --proxied N.")
    if header is not None and not header.replace("-", "").isalnum():
        raise click.UsageError(f"--sign-in-header '{header}' is no name of a header, as X-Forwarded-User is.")
    if token or (proxies and header):
        return
    named = [name for name in allow_hosts if name not in _NEAR]
    far = f"--host {host}" if host not in _NEAR else "--proxied" if proxies else ""
    far = far or (f"--allow-host {named[0]}" if named else "")
    if far:
        raise CannotRun(
            f"{far} opens the desk to others, and whoever reaches it can change the table.",
            "Give a --token (or TIMELINE_TOKEN), or --proxied N with the --sign-in-header of a proxy.",
        )


def _table(events: Path | None, begin: bool) -> Path:
    """The table to be curated; with `begin`, made where it is missing. Raises CannotRun."""
    from timeline.curating.beginning import begin_tables, why_not_writable
    from timeline.table.files import shipped
    from timeline.table.saving import CannotSave

    path = shipped() if events is None else events
    if events is None and (why := why_not_writable(path)):
        fix = "Name a table of your own, with --new to begin one."
        raise CannotRun(f"the shipped table cannot be changed here ({why}).", fix)
    try:
        made = begin_tables(path, make=begin)
    except CannotSave as error:
        raise CannotRun(str(error)) from error
    if made:
        tell(f"Begun: {', '.join(made)}.")
    return path


def _name(who: str | None) -> str:
    if who is not None and who.strip():
        return " ".join(who.split())[:80]
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "curator"
