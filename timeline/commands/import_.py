"""`timeline import`: the timeline or bibliography of another tool, as tables of ours.

In: a file, and where its table is to be written. Out: the table, on standard error what it could not hold; exit code 1
when rows were left out or dates could not be read. It must not know formats.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.commands.shared import CannotRun, count, sentence, tell

if TYPE_CHECKING:
    from timeline.importing import Imported


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, metavar="FILE.csv", type=click.Path(path_type=Path),
              help="The table to write: events.csv, or documents.csv for a bibliography.")  # fmt: skip
@click.option("--format", "name", metavar="NAME",
              help="timelinejs, timesketch, vis or csl; without it, the content tells.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace tables that are there.")
@click.pass_context
def import_(ctx: click.Context, file: Path, output: Path, name: str | None, force: bool) -> None:
    """Make tables of what another tool wrote: TimelineJS, Timesketch, vis-timeline, CSL-JSON.

    \b
    timeline import timeline.json -o events.csv
    timeline import library.json -o documents.csv
    """
    from timeline.export.writing import CannotExport
    from timeline.importing import CannotImport, convert
    from timeline.importing.formats import format_named
    from timeline.table.files import CannotRead, read_bytes
    from timeline.table.limits import FILE_BYTES

    try:
        if name is not None:
            format_named(name)
        _check(file, output, force)
        content = read_bytes(file)
        if content is None:
            raise CannotRun(f"the file is larger than {FILE_BYTES:,} bytes.", "Split it.", str(file))
        made = convert(content, name)
        places = _places(made, file, output, force)
        _write(places)
    except CannotRead as error:
        reason = error.reason.replace(", not a table", "")
        raise CannotRun(sentence(reason), "Name a file that the other tool wrote.", str(file)) from error
    except CannotImport as error:
        where = ":".join(str(part) for part in (file, error.line, error.column) if part is not None)
        raise CannotRun(sentence(error.reason), sentence(error.fix), where) from error
    except CannotExport as error:
        raise CannotRun(str(error)) from error
    for line in made.report.lines():
        tell(line)
    for path in list(places)[1:]:
        tell(f"{path}: the actors.")
    what = "document" if made.form.holds == "documents" else "row"
    tell(f"{output}: {count(made.rows, what)}, from {made.form.what}.")
    _tell_neighbours(made, output, places)
    ctx.exit(1 if made.report.has_errors else 0)


def _check(file: Path, output: Path, force: bool) -> None:
    """Whether a table can be written there at all, before the file is read."""
    from timeline.export.formats import check_path
    from timeline.export.writing import CannotExport

    if output.suffix.lower() != ".csv":
        raise CannotExport(f"{output}: tables are a .csv.")
    if output.exists() and file.exists() and output.samefile(file):
        raise CannotExport(f"{output} is the file that is imported: choose another name.")
    check_path(None, output, force)


def _places(made: Imported, file: Path, output: Path, force: bool) -> dict[Path, bytes]:
    """Where each table goes, once nothing speaks against it: the first as it was said, the others beside it."""
    from timeline.export.writing import CannotExport
    from timeline.table.headers import looks_curated

    first, *others = made.tables
    lower = output.name.lower()
    if made.form.holds == "documents" and lower != "documents.csv":
        raise CannotExport(f"{file} holds documents, not events, and our tables look for them in documents.csv alone: "
                           f"name {output.with_name('documents.csv')}.")  # fmt: skip
    if made.form.holds == "events" and lower in ("documents.csv", "actors.csv"):
        raise CannotExport(f"{file} holds events, and {output.name} is the name of another table: name events.csv.")
    beside = output.with_name("documents.csv")
    if made.form.holds == "events" and beside.exists() and looks_curated(made.header):
        raise CannotExport(
            f"{beside} is there, so that the new table would be read as one that cites passages of it: "
            "name another folder."
        )
    for name in others:
        _check(file, output.with_name(name), force)
    return {output: made.tables[first], **{output.with_name(name): made.tables[name] for name in others}}


def _write(places: dict[Path, bytes]) -> None:
    """All of the tables or none: what was written is put back when a later one fails."""
    from timeline.export.writing import CannotExport, put

    before: list[tuple[Path, bytes | None]] = []
    try:
        for path, content in reversed(places.items()):
            before.append((path, path.read_bytes() if path.exists() else None))
            put(path, content)
    except CannotExport:
        for path, content_before in before[:-1]:
            if content_before is None:
                path.unlink(missing_ok=True)
            else:
                put(path, content_before)
        raise


def _tell_neighbours(made: Imported, output: Path, places: dict[Path, bytes]) -> None:
    """How the new table will be read, and what beside it will be read with it."""
    if made.form.holds == "documents":
        return
    tell("No row cites a passage: the table is read as a stranger's, with its documents and sources as they stand.")
    actors = output.with_name("actors.csv")
    if actors.exists() and actors not in places:
        tell(f"{actors} was there and is read with it.")
