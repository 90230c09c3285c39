"""`timeline export`: what a query selects, as a file.

In: a table, filters as in the address of the page, and the name of a file. Out: that file; on standard error
what was written, what could not be drawn, and filters that the table does not know.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.commands.shared import CannotRun, count, open_table, sentence, table_options, tell

if TYPE_CHECKING:
    from timeline.query.query import Query
    from timeline.table.dataset import Dataset

PRESETS = ("screen", "slide", "a4", "a4-landscape", "letter", "letter-landscape", "square")
_LISTS = {
    "actors": ("--actor", "NAME", "Events with this actor."),
    "sources": ("--source", "NAME", "Mentions by this source."),
    "documents": ("--document", "ID", "Mentions in this document."),
    "categories": ("--category", "NAME", "Mentions of this category."),
    "statuses": ("--status", "NAME", "Mentions of this status."),
}


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filters of the page, by the names that they have in its address."""
    options = [
        click.option(name, f"query_{field}", multiple=True, metavar=metavar, help=f"{help} Repeatable.")
        for field, (name, metavar, help) in _LISTS.items()
    ]
    options += [
        click.option("--actors", "match", type=click.Choice(["any", "all"]), help="Any of them, or all."),
        click.option("--members", is_flag=True, help="An actor counts for all that it is part of."),
        click.option("--from", "start", metavar="DATE", help="From this date on."),
        click.option("--to", "end", metavar="DATE", help="Up to this date, the whole of it included."),
        click.option("--q", "words", metavar="WORDS", help="Words in title, summary, actors and speaker."),
        click.option("--lanes", metavar="COLUMN", help="Actor, source, document, category, status, none."),
        click.option("--order", type=click.Choice(["size", "name", "date"]), help="Order of the lanes."),
        click.option(
            "--extra", "extras", multiple=True, metavar="COLUMN=VALUE",
            help="A value of a further column of the table. Repeatable.",
        ),
        click.option("--url", metavar="ADDRESS", help="All filters at once: the page's address, copied."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@table_options
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path),
              help="The file to write; the end of its name tells the format.")  # fmt: skip
@click.option("--format", metavar="NAME", help="The format, whatever the name of the file.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--raw", is_flag=True, help="CSV for machines: cells like formulas are not guarded.")
@click.option("--preset", type=click.Choice(PRESETS), help="The size of a chart, by name.")
@click.option("--width", type=click.IntRange(320, 8000), metavar="PIXELS", help="Of a chart; else 1200.")
@click.option("--height", type=click.IntRange(240, 8000), metavar="PIXELS",
              help="Of a chart; else as high as its lanes need.")  # fmt: skip
@click.option("--scale", default=2, show_default=True, type=click.IntRange(1, 4), metavar="1..4",
              help="Pixels of a PNG to one of its size.")  # fmt: skip
@click.option("--footnotes", is_flag=True, help="Put the numbers of the chronology's footnotes on a chart's labels.")
@click.option("--theme", default="light", show_default=True, type=click.Choice(["light", "dark"]))
@filter_options
def export(
    events: Path | None,
    mapping: dict[str, str],
    encoding: str | None,
    output: Path,
    format: str | None,
    force: bool,
    raw: bool,
    preset: str | None,
    width: int | None,
    height: int | None,
    scale: int,
    footnotes: bool,
    theme: str,
    url: str | None,
    **filters: Any,
) -> None:
    """Write the chart, the rows or a chronology of what the filters select; the suffix tells the format.

    \b
    timeline export events.csv -o minsk.svg --q Minsk --source OSCE --from 2014
    """
    from timeline.export.formats import FORMATS, check_path, write
    from timeline.export.writing import SIZES, CannotExport, Look
    from timeline.query.wording import sentence as words

    try:
        form = next((each for each in FORMATS if each.name == format), None)
        if format and form is None:
            raise CannotExport(f"--format {format}: there are {', '.join(each.name for each in FORMATS)}.")
        check_path(None, output, force, form)  # before the table is read: a wrong name should not cost a minute
        dataset = open_table(events, mapping, encoding)
        query = chosen(dataset, url, **filters)
        for note in unknown_values(dataset, query):
            tell(note)
        named = SIZES[preset] if preset else (1200, None)
        with _progress(output) as progress:
            size = width or named[0], height or named[1]
            look = Look(*size, scale, theme, _view(url), raw, footnotes, progress=progress)
            selection, notes = write(dataset, query, output, form=form, force=force, look=look)
    except CannotExport as error:
        raise CannotRun(str(error)) from error
    if dataset.in_error:
        tell(
            f"{dataset.name}: {count(dataset.in_error, 'row')} of {dataset.rows:,} could not be read and "
            f"{'is' if dataset.in_error == 1 else 'are'} left out; `timeline check` tells why."
        )
    for note in notes:
        tell(note)
    tell(f"{output}: {sentence(words(selection, query))}")


@contextmanager
def _progress(output: Path) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for what is made in parts, drawn from the second part on."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def tell(done: int, of: int) -> None:
            if of > 1 and not bars:
                bars.append(stack.enter_context(click.progressbar(length=of, label=output.name, file=sys.stderr)))
            for bar in bars:
                bar.update(done - bar.pos)

        yield tell


def chosen(dataset: Dataset, url: str | None, **filters: Any) -> Query:
    """The query of a copied address and of the options; an option goes before the same thing in the address.

    What the address holds and nothing understands is told; an option that cannot be understood is wrong
    usage.
    """
    from timeline.query.address import from_search
    from timeline.query.query import Query
    from timeline.query.settling import settle
    from timeline.query.view import without_view

    query, ignored = Query(), tuple[str, ...]()
    if url is not None:
        query, ignored = from_search(without_view(_search(url)))
    given: dict[str, Any] = {
        field: (*getattr(query, field), *filters[f"query_{field}"]) for field in _LISTS if filters[f"query_{field}"]
    }
    given |= {name: filters[name] for name in ("words", "order", "match") if filters[name] is not None}
    given |= {name: _bound(option, filters[name]) for option, name in (("--from", "start"), ("--to", "end"))
              if filters[name] is not None}  # fmt: skip
    if filters["members"]:
        given["members"] = True
    if filters["extras"]:
        given["extras"] = (*query.extras, *map(_pair, filters["extras"]))
    if filters["lanes"] is not None:
        given["lanes"] = _lanes(filters["lanes"])
    query, unknown = settle(replace(query, **given), dataset)
    for part in (*ignored, *unknown):
        tell(f"Ignored: {part}.")
    return query


def _view(url: str | None) -> tuple[float, float] | None:
    """The window of a copied address, in days."""
    from timeline.query.view import view_days, view_text

    return view_days(view_text(_search(url))) if url else None


def _search(url: str) -> str:
    """What stands behind the `?` of an address."""
    before, mark, after = url.partition("?")
    return (after if mark else "" if "://" in before else before).partition("#")[0]


def _bound(option: str, text: str) -> str:
    from timeline.query.query import why_not_a_bound

    reason = why_not_a_bound(text)
    if reason:
        raise click.UsageError(f"{option} '{text}': {sentence(reason)}")
    return text


def _pair(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not (column.strip() and equals and value.strip()):
        raise click.UsageError(f"--extra '{text}' is not COLUMN=VALUE.")
    return column.strip(), value.strip()


def _lanes(text: str) -> str:
    from timeline.query.query import LANES, Query

    if Query(lanes=text).lanes != text:
        raise click.UsageError(f"--lanes '{text}': there are {', '.join(LANES)}, and x:COLUMN.")
    return text


def unknown_values(dataset: Dataset, query: Query) -> list[str]:
    """A sentence for each value that the table does not have, with the nearest one that it has."""
    from timeline.query.facets import facets
    from timeline.query.query import MANY, Query
    from timeline.table.names import did_you_mean

    notes = []
    known = {
        key: [value.value for value in values] for key, values in facets(dataset, Query(members=query.members)).items()
    }
    for key, field in MANY.items():
        for value in getattr(query, field):
            if value not in known.get(key, ()):
                hint = did_you_mean(value, known.get(key, ()))
                notes.append(f"No {key} '{value}' in {dataset.name}." + (f" {sentence(hint)}" if hint else ""))
    return notes
