"""The rules applied to the rows of a table, those of a curated one or those of a stranger's.

In: the events Table, what is known of documents and actors. Out: what the rows mean, in parallel with them, and
findings in the Table. Must not know: frames of rows, files.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from timeline.table import bibliography, checking, loose, schema
from timeline.table.actors import Directory
from timeline.table.dating import Dates, date_rows
from timeline.table.opening import Raw, own_table
from timeline.table.problems import Problem
from timeline.table.roster import directory_of, twins_in_rows
from timeline.table.tables import Table


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables beside that of events say: the `documents` frame and whether documents.csv could be read,
    who is known by which name and whether actors.csv lists them, and what is wrong with the two."""

    shelf: pd.DataFrame
    readable: bool
    directory: Directory
    listed: bool
    problems: list[Problem]


def known_of(documents: Raw | None, actors: Raw | None, encoding: str | None) -> Known:
    """Read documents.csv (None: it is not there, or not asked) and actors.csv."""
    roster = own_table(actors, schema.ACTORS, ("name",), encoding)
    directory = directory_of(roster) if roster else Directory()
    shelf = own_table(documents, schema.DOCUMENTS, ("id", "title", "source"), encoding)
    frame = bibliography.curated_documents(shelf) if shelf else bibliography.empty_documents()
    problems = [*(shelf.problems if shelf else ()), *(roster.problems if roster else ())]
    readable = shelf is not None and shelf.has("id")
    return Known(frame, readable, directory, bool(roster and roster.has("name")), problems)


@dataclass(slots=True)
class Meaning:
    """What the rules made of the rows, in parallel: ids, events, speakers, document ids, sources."""

    ids: list[str]
    events: list[str]
    speakers: list[str]
    documents: list[str]
    sources: list[str]


def curated_meaning(
    table: Table, documents: pd.DataFrame, readable: bool, directory: Directory, listed: bool
) -> tuple[Meaning, list[list[str]], Dates]:
    """`documents` is the frame of documents.csv, `readable` whether it could be read; `listed`: actors.csv is
    there."""
    ids = checking.check_ids(table)
    checking.check_titles(table) if table.has("title") else None
    dates = _dates(table)
    checking.check_rows(table, set(documents["id"]) if readable else None)
    cast = checking.check_actors(table, directory, listed)
    speakers = checking.check_speakers(table, directory, listed)
    cited = table.column("document")
    sources = dict(zip(documents["id"], documents["source"], strict=True))
    events = checking.event_names(table, ids)
    return Meaning(ids, events, speakers, cited, [sources.get(own, "") for own in cited]), cast, dates


def loose_meaning(table: Table, directory: Directory) -> tuple[Meaning, list[list[str]], pd.DataFrame, Dates]:
    """As `curated_meaning`, with the frame of the documents that the rows name."""
    checking.check_titles(table) if table.has("title") else None
    dates = _dates(table)
    table.failed.update(row for row in range(len(table.rows)) if not table.trusted(row, "id"))
    ids = loose.loose_ids(table)
    events = loose.loose_events(table, ids, dates.whens)
    cast = loose.loose_actors(table, directory)
    if not directory.names:
        twins_in_rows(table, cast)
    derived = bibliography.derived_documents(table)
    speakers = [directory.canonical(name) or name for name in table.column("speaker")]
    return Meaning(ids, events, speakers, derived.documents, derived.sources), cast, derived.frame, dates


def _dates(table: Table) -> Dates:
    """The dates of all rows; rows without a readable one fail. Without a date column all have failed
    already."""
    if "date" in table.layout.missing:
        return Dates([None] * len(table.rows), [""] * len(table.rows))
    dates = date_rows(table.file, table.lines, table.rows, table.ids, table.layout, table.unreadable)
    table.failed |= dates.failed
    table.problems += dates.problems
    return dates
