"""From bytes to frames, in two ways with the same answers: row by row, for any table, and in columns, for a large
curated one.

In: the bytes of the tables. Out: `Made`, what they hold and what is wrong with single rows and names. Must not know:
files, events, what only all rows together show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from timeline.table import headers, schema
from timeline.table.actors import Directory, bridge
from timeline.table.columns import read_columns, release
from timeline.table.gathering import Others, gather
from timeline.table.judging import judge
from timeline.table.meaning import curated_meaning, known_of, loose_meaning
from timeline.table.mentions import mentions_frame
from timeline.table.opening import Raw, check_mapping, layout_of, sheet_of
from timeline.table.problems import Problem, make
from timeline.table.reading import Sheet, take_records
from timeline.table.scanning import Declined
from timeline.table.tables import Table, empty_table, table_of


@dataclass(frozen=True, slots=True)
class Made:
    """The frames, and the report: `sheet` and `table` hold the rows that were judged one by one, `rows` counts all,
    `beside` are the problems of the other tables, `digest` is the SHA-256 object of all bytes."""

    curated: bool
    mentions: pd.DataFrame
    cast: pd.DataFrame
    documents: pd.DataFrame
    directory: Directory
    sheet: Sheet
    table: Table
    beside: list[Problem]
    rows: int
    digest: Any


def row_by_row(
    events: Raw,
    documents: Raw | None,
    actors: Raw | None,
    mapping: dict[str, str] | None = None,
    encoding: str | None = None,
    path: Path | None = None,
) -> Made:
    """Any table. Raises CannotRead for a mapping that does not fit the header."""
    sheet = sheet_of(events, schema.EVENTS, encoding)
    curated = documents is not None and (not sheet.readable or headers.looks_curated(sheet.header))
    if sheet.readable and mapping:
        check_mapping(sheet, mapping, path)
    layout = layout_of(sheet, curated, mapping)
    table = table_of(sheet, layout, "id") if sheet.readable else empty_table(sheet.file, sheet.problems)
    known = known_of(documents if curated else None, actors, encoding)
    if layout.missing:
        table.failed.update(range(len(table.rows)))
    if curated:
        shelf = known.shelf
        meaning, cast, dates = curated_meaning(table, shelf, known.readable, known.directory, known.listed)
    else:
        meaning, cast, shelf, dates = loose_meaning(table, known.directory)
        if documents is not None and sheet.readable:
            reason = f"{documents.name} is not used: this table does not have the columns of a curated one"
            table.problems.append(make("table-unused", table.file, None, reason))
    frame = mentions_frame(table, meaning, cast, shelf, dates)
    names = bridge([cast[row] for row in range(len(table.rows)) if row not in table.failed])
    digest = hashlib.sha256(events.content or b"")
    return Made(curated, frame, names, shelf, known.directory, sheet, table, known.problems, sheet.rows, digest)


def in_columns(pieces: Iterable[bytes], name: str, documents: Raw, actors: Raw | None) -> Made:
    """A large curated table, its bytes in turn: only rows that are out of the ordinary are judged one by one. Raises
    Declined, and makes nothing, where that is too much, or the file as a whole is not as most are."""
    read = read_columns(pieces, name)
    sheet = read.header
    layout = layout_of(sheet, curated=True, mapping=None)
    if set(schema.names(schema.EVENTS)) - set(layout.places):
        raise Declined
    known = known_of(documents, actors, None)
    judged = judge(read, layout, set(known.shelf["id"]) if known.readable else None, known.directory, known.listed)
    rows = np.flatnonzero(judged.odd)
    records = read.records(rows)
    take_records(sheet, records)
    table = table_of(sheet, layout, "id")
    meaning, cast, dates = curated_meaning(table, known.shelf, known.readable, known.directory, known.listed)
    kept = [row for row in range(len(table.rows)) if row not in table.failed]
    place = dict(zip((line for line, _ in records), rows.tolist(), strict=True))
    drawn = np.array([place[table.lines[row]] for row in kept], dtype=np.int64)
    few = mentions_frame(table, meaning, cast, known.shelf, dates)
    total = read.starts[-1] - len(rows) + sheet.rows
    others = Others(rows, drawn, few, [cast[row] for row in kept])
    frame, names = gather(read, layout, judged, others, known.shelf)
    del judged
    release()
    return Made(True, frame, names, known.shelf, known.directory, sheet, table, known.problems, total, read.digest)
