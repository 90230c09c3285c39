"""`timeline diff`: what is different in a newer version of a table, as text and drawn on the line.

In: two tables. Out: the differences on standard output, as text or one JSON object, and with `-o` as a picture or page.
Exit code 0 whether there are differences or not; 1 when a table holds nothing that can be compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from timeline.commands.shared import CannotRun, count, print_json, reading_options, sentence, tell

if TYPE_CHECKING:
    from timeline.table.dataset import Dataset

PRESETS = ("screen", "slide", "a4", "a4-landscape", "letter", "letter-landscape", "square")
_BESIDE = ("documents", "actors")


@click.command()
@click.argument("old", metavar="OLD.csv", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW.csv", type=click.Path(path_type=Path))
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path),
              help="Draw them too: .svg, .png, .pdf or .html.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--preset", type=click.Choice(PRESETS), help="The size of the picture, by name.")
@click.option("--width", type=click.IntRange(320, 8000), metavar="PIXELS", help="Of the picture; else 1200.")
@click.option("--scale", default=2, show_default=True, type=click.IntRange(1, 4), metavar="1..4",
              help="Pixels of a PNG to one of its size.")  # fmt: skip
@click.option("--theme", default="light", show_default=True, type=click.Choice(["light", "dark"]))
@click.pass_context
def diff(
    ctx: click.Context,
    old: Path,
    new: Path,
    mapping: dict[str, str],
    encoding: str | None,
    as_json: bool,
    output: Path | None,
    force: bool,
    preset: str | None,
    width: int | None,
    scale: int,
    theme: str,
) -> None:
    """Compare two versions of a table: rows added, removed, moved in time, cited from elsewhere, edited.

    \b
    git show HEAD~1:events.csv > old.csv
    timeline diff old.csv events.csv -o changes.svg
    """
    from timeline.curating.comparing import compare
    from timeline.curating.telling import as_json as for_machines
    from timeline.curating.telling import lines
    from timeline.export.differences import check_output, draw_to
    from timeline.export.writing import SIZES, CannotExport, Look

    try:
        if output:
            check_output(output, force, (old, new))
        first, second = _opened(old, new, mapping, encoding)
        for dataset in (first, second):
            _tell_unread(dataset)
        if any(not len(dataset.mentions) and dataset.errors for dataset in (first, second)):
            ctx.exit(1)
        found = compare(first, second)
        if as_json:
            sides = {side: {"name": each.name, "rows": each.rows, "fingerprint": each.fingerprint}
                     for side, each in (("old", first), ("new", second))}  # fmt: skip
            print_json({**sides, **for_machines(found)})
        else:
            for line in lines(found):
                click.echo(line)
        if output:
            size = SIZES[preset] if preset else (1200, None)
            look = Look(width or size[0], size[1], scale, theme)
            for note in draw_to(output, found, (first, second), look):
                tell(note)
            tell(f"{output}: written.")
    except CannotExport as error:
        raise CannotRun(str(error)) from error


def _opened(old: Path, new: Path, mapping: dict[str, str], encoding: str | None) -> tuple[Dataset, Dataset]:
    """Both tables. One that lies alone, as an old version mostly does, is read with the documents.csv and actors.csv
    of the other, so that the same row means the same."""
    from timeline.table.dataset import CannotRead, load
    from timeline.table.parquet import is_parquet, read

    made = []
    try:
        for path, other in ((old, new), (new, old)):
            if is_parquet(path):
                made.append(read(path))
                continue
            beside = {}
            for name in _BESIDE:
                lent = other.parent / f"{name}.csv"
                if not (path.parent / lent.name).exists() and lent.is_file() and not _is_one(lent, (old, new)):
                    beside[name] = lent
            made.append(load(path, mapping=mapping or None, encoding=encoding, **beside))
    except CannotRead as error:
        raise CannotRun(sentence(error.reason), sentence(error.fix), str(error.path)) from error
    return made[0], made[1]


def _is_one(path: Path, tables: tuple[Path, ...]) -> bool:
    return any(table.exists() and path.samefile(table) for table in tables)


def _tell_unread(dataset: Dataset) -> None:
    """What of a table is not compared."""
    if not len(dataset.mentions) and dataset.errors:
        tell(dataset.errors[0].sentence())
    elif dataset.in_error:
        tell(
            f"{dataset.name}: {count(dataset.in_error, 'row')} of {dataset.rows:,} could not be read and "
            f"{'is' if dataset.in_error == 1 else 'are'} not compared; `timeline check` tells why."
        )
