"""`timeline fetch`: the originals of documents, saved from their addresses.

In: documents.csv and the folder of documents. Out: files in it, a line about each, and the cells `file` and `sha256`
of documents.csv where they were empty. It is the only command that asks the network.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.commands.shared import CannotRun, count, documents_option, sentence, tell

if TYPE_CHECKING:
    from timeline.fetching.ledger import Document
    from timeline.fetching.retrieving import Retrieved


@click.command()
@click.argument("table", metavar="DOCUMENTS.csv", type=click.Path(path_type=Path))
@documents_option
@click.option("--only", multiple=True, metavar="ID", help="Only the document with this id. Repeatable.")
@click.option("--missing", is_flag=True, help="Only documents whose file is not there.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked for, and ask nothing.")
@click.pass_context
def fetch(
    ctx: click.Context, table: Path, documents: Path | None, only: tuple[str, ...], missing: bool, dry_run: bool
) -> None:
    """Save the originals of documents into the folder of documents (made if need be).

    Nothing is overwritten: of a file that changes, the earlier version goes to the folder archive in it.

    \b
    timeline fetch documents.csv --documents texts/
    timeline fetch documents.csv --documents texts/ --only gazette-1
    """
    from timeline.fetching.asking import Client
    from timeline.fetching.retrieving import retrieve
    from timeline.fetching.shelving import Shelf
    from timeline.table.problems import printable

    if documents is None:
        raise click.UsageError("give the folder to save into: --documents DIR")
    known = _read(table)
    wanted = _wanted(table, known, only)
    if dry_run:
        for document in wanted:
            click.echo(printable(f"{document.id}: {document.url} -> {document.file or 'a name made of the id'}"))
        return
    try:
        documents.mkdir(exist_ok=True)
    except FileExistsError:
        raise CannotRun("this is a file, not a folder.", path=str(documents)) from None
    taken = [document.file for document in known if document.file]
    counts: dict[str, int] = {}
    cells: dict[Document, dict[str, str]] = {}
    try:
        for number, done in enumerate(retrieve(wanted, Client(), Shelf(documents), missing=missing, taken=taken), 1):
            what = "failed" if done.failure else "left" if done.kept is None else done.kept.result
            counts[what] = counts.get(what, 0) + 1
            _tell_one(f"[{number}/{len(wanted)}] {done.document.id}: ", done)
            if done.cells:
                cells[done.document] = dict(done.cells)
    finally:  # also when stopped with Ctrl-C: what was saved is known to the table
        written = _write_back(table, cells)
    said = ", ".join(f"{number} {what}" for what, number in counts.items())
    tell(f"{documents}: {count(len(wanted), 'document')}{f': {said}' if said else ''}.")
    ctx.exit(0 if written and "failed" not in counts else 1)


def _read(table: Path) -> tuple[Document, ...]:
    from timeline.fetching.ledger import documents_in
    from timeline.table.files import CannotRead, read_bytes

    try:
        content = read_bytes(table)
    except CannotRead as error:
        raise CannotRun(sentence(error.reason), sentence(error.fix), str(error.path)) from error
    if content is None:
        raise CannotRun("the table is too large to be read.", path=str(table))
    found, why = documents_in(content, table.name)
    if why:
        raise CannotRun(sentence(why), "Give a documents.csv.")
    return found


def _wanted(table: Path, known: tuple[Document, ...], only: tuple[str, ...]) -> list[Document]:
    ids = {document.id for document in known}
    for id in only:
        if id not in ids:
            raise CannotRun(f"there is no document '{id}'.", path=str(table))
    chosen = [document for document in known if not only or document.id in only]
    without = [document.id for document in chosen if not document.url]
    if without:
        which = ", ".join(without[:5]) + (", ..." if len(without) > 5 else "")
        tell(f"{table}: {count(len(without), 'document')} without an address: {which}.")
    return [document for document in chosen if document.url]


def _tell_one(head: str, done: Retrieved) -> None:
    from timeline.table.problems import printable

    if done.failure:  # whose words may be those of a server
        tell(printable(f"{head}{done.document.url[:200]}: {done.failure}"))
    elif done.kept is None:
        click.echo(printable(f"{head}{done.document.file} is there."))
    else:
        kept = done.kept
        note = f"; {kept.note}" if kept.note else ""
        click.echo(printable(f"{head}{kept.result}: {kept.file}, {kept.size:,} bytes{note}."))
        if done.document.sha256 not in ("", kept.sha256):
            tell(
                f"{head}{kept.file} is not the text that the table cites: its sha256 differs. Look at the citations "
                "(`timeline check`); then empty the cell sha256, and the next fetch writes the new one."
            )


def _write_back(table: Path, cells: dict[Document, dict[str, str]]) -> bool:
    """Write the cells into the table as it is now; whether that was done. What cannot be written is told."""
    from timeline.fetching.ledger import write_back
    from timeline.fetching.shelving import ARCHIVE

    said = write_back(table, cells)
    for line in said:
        tell(f"{line} {ARCHIVE}/fetched.jsonl has what was not written.")
    return not said
