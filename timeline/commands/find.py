"""`timeline find`: the dated passages of documents, ready to curate.

In: files of text, and folders of them. Out: a table with the columns of events.csv whose titles, summaries and
actors are for a person to write. It proposes; it changes nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.commands.find_lines import find_lines
from timeline.commands.shared import CannotRun, count, open_table, sentence, tell

if TYPE_CHECKING:
    from timeline.documents.acting import Cast
    from timeline.documents.texts import Library, Text
    from timeline.table.dataset import Dataset
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
    help="The table beside which documents.csv and actors.csv lie; without it, the shipped one.",
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

    A DOCUMENT is a file (plain text, Markdown, HTML, PDF or DOCX) or a folder of such files and folders.

    \b
    timeline find texts/report.txt -o candidates.csv --published 2014-02-23
    timeline find texts/ -o candidates.csv
    """
    from timeline.documents.finding import candidates_csv
    from timeline.documents.finding import find as find_in
    from timeline.documents.mentioned import mentioned
    from timeline.documents.texts import Unavailable
    from timeline.export.formats import check_path
    from timeline.export.writing import CannotExport, put

    if jsonl:
        if documents or output or published or tables:
            raise click.UsageError("--jsonl reads texts and dates from standard input: give nothing else.")
        ctx.exit(find_lines(sys.stdin.buffer, sys.stdout))
    if not documents:
        raise click.UsageError("Missing argument 'DOCUMENT...'.")
    told = _published(published)
    try:
        if output is not None:
            if output.suffix.lower() != ".csv":
                raise CannotExport(f"{output}: candidates are a .csv.")
            check_path(None, output, force)
        beside = open_table(tables, {}, None)
        known, cast = _bibliography(beside), _cast(beside)
        parts: list[str] = []
        bad: list[str] = []
        used: set[str] = set()
        found = 0
        sources, notes = _sources(documents)
        shown = bool(len(sources) > 1 and sys.stderr.isatty())
        bar = click.progressbar(
            sources, label="Reading", file=sys.stderr, hidden=not shown,
            item_show_func=lambda source: source.name if source else "",
        )  # fmt: skip
        with bar:
            for source in bar:
                text = source.library.text(source.name)
                if isinstance(text, Unavailable):
                    bad.append(f"{source.path}: {text.reason}")
                    continue
                if not any(text.paragraphs):
                    bad.append(f"{source.path}: The file holds no text.")
                    continue
                notes += _without_text(source, text)
                listed = known.get(source.name) or known.get(source.path.name)
                document, date, language = listed or (source.id, None, "")
                if document == source.id and document in used:  # report.pdf beside report.txt
                    document = f"{source.id}-{source.path.suffix.lower().lstrip('.')}"
                used.add(document)
                candidates = find_in(text.paragraphs, told or date, pages=text.pages, language=language)
                named = [(one.actors, one.new) for one in mentioned(text, candidates, cast)]
                table = candidates_csv(candidates, document, named)
                parts.append(table if not parts else table.split("\n", 1)[1])
                found += len(candidates)
        for line in (*notes, *bad):
            tell(line)
        content = "".join(parts) or candidates_csv([])
        if output is None:
            click.echo(content, nl=False)
        else:
            put(output, content.encode("utf-8", "replace"))
            tell(f"{output}: {count(found, 'dated passage')} of {count(len(sources) - len(bad), 'document')}.")
    except CannotExport as error:
        raise CannotRun(str(error)) from error
    ctx.exit(1 if bad else 0)


def _published(text: str | None) -> When | None:
    from timeline.table.when import NotADate, read_date

    if text is None:
        return None
    when = read_date(text)
    if isinstance(when, NotADate):
        raise click.UsageError(f"--published '{text}': {sentence(when.reason)}")
    return when


@dataclass(frozen=True, slots=True)
class _Source:
    """One file to read: where it is, and its name in the folder that `library` reads."""

    path: Path
    library: Library
    name: str

    @property
    def id(self) -> str:
        return os.path.splitext(self.name)[0].replace("/", "-")


def _sources(documents: Sequence[Path]) -> tuple[list[_Source], list[str]]:
    """The files that were named, and those in the folders that were; and sentences about what was passed over."""
    from timeline.documents.collecting import collect
    from timeline.documents.texts import Library

    sources: list[_Source] = []
    notes: list[str] = []
    for path in documents:
        if not path.exists():
            raise CannotRun("there is no such file.", path=str(path))
        if not path.is_dir() and not path.is_file():
            raise CannotRun("this is not a regular file.", path=str(path))
        if path.is_file():
            sources.append(_Source(path, Library(path.parent), path.name))
            continue
        inside, library = collect(path), Library(path)
        sources += [_Source(path / name, library, name) for name in inside.files]
        if inside.others:
            ends = sorted({os.path.splitext(name)[1].lower() or "no end" for name in inside.others})
            which = ", ".join(ends[:8]) + (", ..." if len(ends) > 8 else "")
            notes.append(f"{path}: {count(len(inside.others), 'file')} of other kinds passed over ({which}).")
        if inside.closed:
            which = ", ".join(inside.closed[:5]) + (", ..." if len(inside.closed) > 5 else "")
            notes.append(f"{path}: {count(len(inside.closed), 'folder')} not entered, being links or closed: {which}.")
        if not inside.files:
            notes.append(f"{path}: no document in this folder.")
    return sources, notes


def _without_text(source: _Source, text: Text) -> list[str]:
    empty = [number for number, page in enumerate(text.paragraphs, 1) if not page] if text.pages else []
    if not empty:
        return []
    which = ", ".join(map(str, empty[:10])) + (", ..." if len(empty) > 10 else "")
    some = f"{len(empty)} of {count(len(text.paragraphs), 'page')} hold no text (p. {which})"
    return [f"{source.path}: {some}; if they are scans, run OCR over them."]


def _cast(dataset: Dataset) -> Cast:
    """The actors.csv beside a table of events, to be looked for in sentences."""
    from timeline.documents.acting import Cast

    frame = dataset.actors
    rows = zip(*(frame[name] for name in ("name", "kind", "aliases")), strict=True)
    return Cast((name, kind, [alias for alias in aliases.split(";") if alias]) for name, kind, aliases in rows)


def _bibliography(dataset: Dataset) -> dict[str, tuple[str, When | None, str]]:
    """File name -> id, date of publication and language, from the documents.csv beside a table of events."""
    from timeline.table.when import When, read_date

    known: dict[str, tuple[str, When | None, str]] = {}
    frame = dataset.documents
    columns = ("id", "file", "published", "language")
    for id, file, published, language in zip(*(frame[name] for name in columns), strict=True):
        when = read_date(published) if published else None
        known[file] = (id, when if isinstance(when, When) else None, language)
    return known
