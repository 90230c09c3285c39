"""`timeline find`: the dated passages of documents, ready to curate.

In: text files. Out: a table with the columns of events.csv whose titles, summaries and actors are for a
person to write. It proposes; it changes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.commands.find_lines import find_lines
from timeline.commands.shared import CannotRun, count, open_table, sentence, tell

if TYPE_CHECKING:
    from timeline.table.when import When


@click.command()
@click.argument("documents", nargs=-1, metavar="DOCUMENT...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE.csv",
    type=click.Path(path_type=Path),
    help="The table to write; without it, standard output.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option(
    "--published",
    metavar="DATE",
    help="When the documents appeared, to read 'yesterday'; else documents.csv tells.",
)
@click.option(
    "--tables",
    metavar="EVENTS.csv",
    type=click.Path(path_type=Path),
    help="The table beside which that documents.csv lies; without it, the shipped one.",
)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Instead: read {"name", "dct", "text"} a line from standard input, write [[start, end, EDTF], ...] a line.',
)
@click.pass_context
def find(
    ctx: click.Context,
    documents: tuple[Path, ...],
    output: Path | None,
    force: bool,
    published: str | None,
    tables: Path | None,
    jsonl: bool,
) -> None:
    """Find the dated passages of texts and write them as rows to curate.

    \b
    timeline find texts/report.txt -o candidates.csv --published 2014-02-23
    """
    from timeline.documents.finding import candidates_csv
    from timeline.documents.finding import find as find_in
    from timeline.documents.texts import Library, Unavailable
    from timeline.export.formats import check_path
    from timeline.export.writing import CannotExport, put

    if jsonl:
        if documents or output or published or tables:
            raise click.UsageError("--jsonl reads texts and dates from standard input: give nothing else.")
        ctx.exit(find_lines(sys.stdin.buffer, sys.stdout))
    if not documents:
        raise click.UsageError("Missing argument 'DOCUMENT...'.")
    told = _published(published)
    _check_documents(documents)
    try:
        if output is not None:
            if output.suffix.lower() != ".csv":
                raise CannotExport(f"{output}: candidates are a .csv.")
            check_path(None, output, force)
        known = _bibliography(tables)
        parts: list[str] = []
        found, failed = 0, False
        for path in documents:
            text = Library(path.parent).text(path.name)
            if isinstance(text, Unavailable):
                tell(f"{path}: {text.reason}")
                failed = True
                continue
            document, date, language = known.get(path.name, (path.stem, None, ""))
            candidates = find_in(text.paragraphs, told or date, pages=text.pages, language=language)
            table = candidates_csv(candidates, document)
            parts.append(table if not parts else table.split("\n", 1)[1])
            found += len(candidates)
        content = "".join(parts) or candidates_csv([])
        if output is None:
            click.echo(content, nl=False)
        else:
            put(output, content.encode("utf-8", "replace"))
            tell(f"{output}: {count(found, 'dated passage')} of {count(len(documents), 'document')}.")
    except CannotExport as error:
        raise CannotRun(str(error)) from error
    ctx.exit(1 if failed else 0)


def _published(text: str | None) -> When | None:
    from timeline.table.when import NotADate, read_date

    if text is None:
        return None
    when = read_date(text)
    if isinstance(when, NotADate):
        raise click.UsageError(f"--published '{text}': {sentence(when.reason)}")
    return when


def _check_documents(documents: Sequence[Path]) -> None:
    for path in documents:
        if not path.exists():
            raise CannotRun("there is no such file.", path=str(path))
        if not path.is_file():
            raise CannotRun("this is not a regular file.", path=str(path))


def _bibliography(tables: Path | None) -> dict[str, tuple[str, When | None, str]]:
    """File name -> id, date of publication and language, from the documents.csv beside a table of events."""
    from timeline.table.when import When, read_date

    known: dict[str, tuple[str, When | None, str]] = {}
    frame = open_table(tables, {}, None).documents
    columns = ("id", "file", "published", "language")
    for id, file, published, language in zip(*(frame[name] for name in columns), strict=True):
        when = read_date(published) if published else None
        known[file] = (id, when if isinstance(when, When) else None, language)
    return known
