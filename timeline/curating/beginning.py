"""Beginning: the three tables of somebody who has none yet, each a header line; beside a table that has rows already,
actors.csv lists the names in them.

In: the path of an events table. Out: files that were made. It must not know the page.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

from timeline.table import schema
from timeline.table.dataset import CannotRead, load
from timeline.table.guard import guard
from timeline.table.saving import CannotSave


def begin_tables(path: Path, *, make: bool) -> list[str]:
    """Write what is missing of the table and of documents.csv and actors.csv beside it; the names of what was made.
    Nothing that is there is touched. Raises CannotSave where something is missing and `make` does not say so, or where
    it cannot be written."""
    wanted = {path: schema.EVENTS, path.parent / "documents.csv": schema.DOCUMENTS}
    missing = [file for file in wanted if not os.path.lexists(file)]
    if missing and not make:
        what = "there is no such file" if path in missing else "there is no documents.csv beside it for rows to cite"
        raise CannotSave(path, what, "Check the path, or begin one with --new")
    if make and not os.path.lexists(path.parent / "actors.csv"):
        missing.append(path.parent / "actors.csv")
    for file in missing:
        columns = wanted.get(file, schema.ACTORS)
        names = _named(path) if columns is schema.ACTORS and path not in missing else []
        try:
            with file.open("x", encoding="utf-8", newline="") as new:
                rows = [[guard(name), *[""] * (len(columns) - 1)] for name in names]
                csv.writer(new, lineterminator="\n").writerows([schema.names(columns), *rows])
        except FileExistsError:
            continue
        except OSError as error:
            raise CannotSave(file, f"it cannot be made ({error.strerror})", "Choose another folder") from None
    return [file.name for file in missing]


def _named(path: Path) -> list[str]:
    """Who takes part or speaks in the rows of a table."""
    try:
        dataset = load(path)
    except CannotRead:
        return []
    return list(dict.fromkeys(name for name in (*dataset.actors["name"], *dataset.mentions["speaker"]) if name))


def why_not_writable(path: Path) -> str:
    """Why a table cannot be changed, "" when it can: neither it nor its folder may be read-only, and what belongs to
    an installed program is not the curator's."""
    if path.resolve().parent == Path(__file__).resolve().parents[1] / "_data":
        return "it is part of the installed program, whose next version would replace it"
    if not os.access(path.parent, os.W_OK):
        return "its folder is read-only"
    return "" if os.access(path, os.W_OK) else "the file is read-only"
