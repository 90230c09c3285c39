"""`timeline check`: prove the tables and every citation.

In: a table and, if there are, the documents' texts. Out: the problems, the counts and the classes of
citations, as text or as one JSON object; exit code 1 when there are errors. It must not judge anything
itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.commands.shared import (
    CannotRun,
    colour,
    count,
    documents_option,
    open_library,
    open_table,
    print_json,
    table_options,
)

if TYPE_CHECKING:
    from timeline.table.problems import Problem

SHOWN = 100
_RANK = {"error": 0, "warning": 1, "note": 2}
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command()
@table_options
@documents_option
@click.option("--coverage", is_flag=True, help="List the dates in the documents that no row's passage contains.")
@click.option("--dates", is_flag=True, help="List how the passage of each row bears its date.")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.pass_context
def check(
    ctx: click.Context,
    events: Path | None,
    documents: Path | None,
    mapping: dict[str, str],
    encoding: str | None,
    coverage: bool,
    dates: bool,
    as_json: bool,
) -> None:
    """Prove the tables, every citation, and every date: exit code 1 if there are errors.

    \b
    timeline check events.csv --documents texts/
    timeline check events.csv --documents texts/ --coverage
    """
    from timeline.commands import proof
    from timeline.documents.citing import summary
    from timeline.documents.proving import prove

    if (coverage or dates) and documents is None:
        option = "--coverage" if coverage else "--dates"
        raise click.UsageError(f"{option} compares with the documents' texts: give their folder, --documents DIR")
    try:
        dataset = open_table(events, mapping, encoding)
        library = open_library(documents)
    except CannotRun as error:
        if as_json:
            print_json(_nothing(error))
        raise
    with _progress() as progress:
        proved = prove(dataset, library, progress)
    problems = merged(dataset.name, [*dataset.problems, *proved.problems])
    if as_json:
        print_json(
            {
                "problems": [problem.as_dict() for problem in problems],
                "rows": dataset.rows,
                "drawn": dataset.drawn,
                "undated": dataset.undated,
                "skipped": dataset.skipped,
                "in_error": dataset.in_error,
                "citations": proved.citations.counts,
                **({"dates": proved.dates, "bearings": proof.bearings(dataset, proved)} if dates else {}),
                **({"coverage": proof.coverage(dataset, proved)} if coverage else {}),
            }
        )
    else:
        _print(problems)
        click.echo(
            f"{count(dataset.rows, 'row')}: {dataset.drawn:,} drawn, {dataset.undated:,} undated, "
            f"{dataset.skipped:,} skipped, {dataset.in_error:,} in error"
        )
        click.echo(summary(proved.citations.counts))
        lines = [
            *proof.date_lines(dataset, proved, each=dates),
            *(proof.coverage_lines(dataset, proved) if coverage else ()),
        ]
        for line in lines:
            click.echo(line)
        click.echo(verdict(dataset.name, problems))
    ctx.exit(1 if any(problem.severity == "error" for problem in problems) else 0)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """On a terminal, the name of the document that is read: a long PDF takes its time."""
    if not sys.stderr.isatty():
        yield None
        return

    from timeline.table.problems import printable

    def tell(file: str, done: int, of: int) -> None:
        line = printable(f"Reading {file[:50]} ({done + 1} of {of})")[:79] if file else ""
        click.echo(f"\r{line:<79}\r", nl=False, err=True)

    yield tell


def merged(name: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of the rows and of their citations, as an editor meets them going down the files."""
    from timeline.table.problems import in_order
    from timeline.table.schema import EVENTS

    return in_order(problems, (name, "documents.csv", "actors.csv"), tuple(column.name for column in EVENTS))


def _print(problems: Sequence[Problem]) -> None:
    """The gravest hundred, in file order, and how many more there are."""
    places = sorted(range(len(problems)), key=lambda i: (_RANK[problems[i].severity], i))[:SHOWN]
    for place in sorted(places):
        problem = problems[place]
        severity = click.style(f"{problem.severity:<7}", fg=_COLOURS[problem.severity])
        click.echo(f"{severity} {problem.sentence()}", color=colour())
    if len(problems) > SHOWN:
        click.echo(f"and {len(problems) - SHOWN:,} more (see --json)")


def verdict(name: str, problems: Sequence[Problem]) -> str:
    """`events.csv: 2 errors, 1 warning`, or that nothing is wrong."""
    found = {severity: sum(problem.severity == severity for problem in problems) for severity in _RANK}
    said = ", ".join(count(number, severity) for severity, number in found.items() if number)
    return f"{name}: {said or 'no problems'}"


def _nothing(error: CannotRun) -> dict[str, Any]:
    """The object of a check that could not run, with the reason as its only problem."""
    from timeline.documents.citing import KINDS
    from timeline.table.problems import make

    problem = make("cannot-read", error.path, None, error.reason, error.fix)
    return {
        "problems": [problem.as_dict()],
        "rows": 0, "drawn": 0, "undated": 0, "skipped": 0, "in_error": 0,
        "citations": dict.fromkeys(KINDS, 0),
    }  # fmt: skip
