"""Adding: a row for documents.csv or actors.csv, judged before it is written.

In: a Snapshot, the cells of a new row. Out: its Problems. It must not know the disk, the page, or any rule of its own:
the rules are those of the tables.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from timeline.curating.refusals import DeskRefusal
from timeline.curating.snapshot import ACTORS, DOCUMENTS, Snapshot
from timeline.table import schema
from timeline.table.bibliography import curated_documents
from timeline.table.opening import Raw, own_table
from timeline.table.problems import Problem, clip, make, quote
from timeline.table.roster import directory_of


def document_problems(snapshot: Snapshot, cells: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a new row of documents.csv. Raises DeskRefusal for a column that it does not have, and for a
    row of nothing."""
    _known(cells, schema.DOCUMENTS)
    if snapshot.raws[DOCUMENTS] is None:
        raise DeskRefusal("cannot", "There is no documents.csv beside the table. Start with --new to make one.")
    table = own_table(_alone(DOCUMENTS, cells, schema.DOCUMENTS), schema.DOCUMENTS, ("id", "title", "source"), None)
    if table is None:
        return []
    curated_documents(table)
    problems = list(table.problems)
    id, file = cells.get("id", ""), cells.get("file", "")
    for row in snapshot.dataset.documents[["id", "file"]].itertuples(index=False):
        if row.id == id:
            problems.append(_twice("duplicate-id", "id", id))
        elif file and row.file == file:
            problems.append(_twice("duplicate-id", "file", file))
    return problems


def actor_problems(snapshot: Snapshot, cells: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a new row of actors.csv. Raises DeskRefusal for a column that it does not have."""
    _known(cells, schema.ACTORS)
    if snapshot.raws[ACTORS] is None:
        raise DeskRefusal("cannot", "There is no actors.csv beside the table. Start with --new to make one.")
    listed = snapshot.known.directory.names
    rows = [dict(zip(schema.names(schema.ACTORS), (name, *rest), strict=True)) for name, rest in listed.items()]
    table = own_table(_alone(ACTORS, cells, schema.ACTORS, rows), schema.ACTORS, ("name",), None)
    if table is None:
        return []
    directory_of(table)
    own = len(rows) + 2
    return [problem for problem in table.problems if problem.line == own]


def _known(cells: Mapping[str, str], columns: tuple[schema.Column, ...]) -> None:
    if not any(cell.strip() for cell in cells.values()):
        raise DeskRefusal("wrong", "The row is empty.")
    unknown = [name for name in cells if name not in schema.names(columns)]
    if unknown:
        raise DeskRefusal("wrong", f"There is no column {clip(unknown[0])!r}.")


def _alone(
    name: str, cells: Mapping[str, str], columns: tuple[schema.Column, ...], others: Sequence[Mapping[str, str]] = ()
) -> Raw:
    """A table of the row, below `others`."""
    out = io.StringIO()
    names = schema.names(columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in (*others, cells):
        writer.writerow([row.get(each, "") for each in names])
    return Raw(f"{name}.csv", out.getvalue().encode("utf-8", "replace"))


def _twice(code: str, column: str, value: str) -> Problem:
    reason = f"documents.csv has a row with the {column} {quote(value)} already"
    return make(code, "documents.csv", None, reason, "Choose another, or use that row", column=column, value=value)
