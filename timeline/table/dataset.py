"""The dataset: the three tables, checked, with their report.

In: a path (`load`), or the bytes of the tables (`build`). Out: `Dataset`, immutable, whatever the data are
like. Only `load`, `shipped` and `assets_path` touch the disk. Must not know: documents' texts, queries,
charts.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from timeline.table import columns, headers, schema
from timeline.table.actors import Directory, actors_frame, bridge
from timeline.table.columns import Columns
from timeline.table.consistency import check_agreement, check_published
from timeline.table.events import events_of
from timeline.table.files import CannotRead, assets_path, check_encoding, is_large, read_bytes, read_pieces, shipped
from timeline.table.gathering import Others, gather
from timeline.table.judging import judge
from timeline.table.meaning import curated_meaning, known_of, loose_meaning
from timeline.table.mentions import mentions_frame
from timeline.table.opening import Raw, check_mapping, layout_of, sheet_of
from timeline.table.problems import Problem, in_order, make
from timeline.table.reading import Sheet, take_records
from timeline.table.scanning import Declined
from timeline.table.tables import Table, empty_table, table_of

__all__ = ["CannotRead", "Dataset", "Raw", "assets_path", "build", "load", "shipped"]


@dataclass(frozen=True)
class Dataset:
    """The tables and their report. Counts are of records in the events file, and always rows == drawn +
    undated + skipped + in_error. Frames are as the modules `mentions`, `events`, `bibliography` and `actors`
    describe them; text columns hold str, "" when empty."""

    name: str
    path: Path | None
    curated: bool
    mentions: pd.DataFrame
    mention_actors: pd.DataFrame
    events: pd.DataFrame
    documents: pd.DataFrame
    actors: pd.DataFrame
    extras: tuple[str, ...]
    problems: tuple[Problem, ...]
    rows: int
    drawn: int
    undated: int
    skipped: int
    in_error: int
    fingerprint: str

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make `timeline check` exit with 1."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load(
    path: str | Path,
    *,
    documents: str | Path | None = None,
    actors: str | Path | None = None,
    mapping: dict[str, str] | None = None,
    encoding: str | None = None,
) -> Dataset:
    """Read a table of events, with the documents.csv and actors.csv beside it when they are there.

    `mapping` gives headers of the file to columns of ours ({'title': 'Headline'}); `encoding` is a codec's
    name for all three tables. Raises only CannotRead (no such file, not a regular file, no permission, a
    mapping or an encoding that does not exist): everything about the data is in the report.
    """
    check_encoding(encoding)
    events = Path(path)
    beside = []
    for given, name in ((documents, "documents.csv"), (actors, "actors.csv")):
        at = Path(given) if given is not None else events.parent / name
        there = given is not None or (at.exists() and not (at.exists() and events.exists() and at.samefile(events)))
        beside.append((at, there))
    with _uninterrupted():
        if beside[0][1] and not mapping and encoding is None and is_large(events, columns.LARGE):
            tables = [Raw(at.name, read_bytes(at)) if there else None for at, there in beside]
            with suppress(Declined):
                read = columns.read_columns(read_pieces(events, columns.PIECE), events.name)
                return _in_columns(read, tables[0], tables[1], events)
        raw = Raw(events.name, read_bytes(events))
        tables = [Raw(at.name, read_bytes(at)) if there else None for at, there in beside]
        return _one_by_one(raw, tables[0], tables[1], mapping, encoding, events)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Without the search for cyclic rubbish: among millions of new cells it finds none, and takes a third of the
    time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def build(
    events: Raw,
    documents: Raw | None = None,
    actors: Raw | None = None,
    *,
    mapping: dict[str, str] | None = None,
    encoding: str | None = None,
    path: Path | None = None,
) -> Dataset:
    """The dataset of the bytes of its tables: pure. Raises CannotRead only for a mapping that does not fit
    the header."""
    content = events.content or b""
    if documents is not None and not mapping and encoding is None and len(content) >= columns.LARGE:
        pieces = (content[at : at + columns.PIECE] for at in range(0, len(content), columns.PIECE))
        with suppress(Declined):
            return _in_columns(columns.read_columns(pieces, events.name), documents, actors, path)
    return _one_by_one(events, documents, actors, mapping, encoding, path)


def _one_by_one(
    events: Raw,
    documents: Raw | None,
    actors: Raw | None,
    mapping: dict[str, str] | None,
    encoding: str | None,
    path: Path | None,
) -> Dataset:
    """Every row is judged by itself: any table."""
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
    kept = [row for row in range(len(table.rows)) if row not in table.failed]
    names = [cast[row] for row in kept]
    raws = (events, documents, actors)
    report = _Report(sheet, table, known.problems, sheet.rows, _fingerprint(hashlib.sha256(), *raws))
    return _dataset(report, raws, path, curated, frame, bridge(names), shelf, known.directory)


def _in_columns(read: Columns, documents: Raw | None, actors: Raw | None, path: Path | None) -> Dataset:
    """Only what is out of the ordinary is judged by itself: a large curated table. Raises Declined where that
    is too much."""
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
    frame, cast_frame = gather(read, layout, judged, Others(rows, drawn, few, [cast[row] for row in kept]), known.shelf)
    raws = (Raw(sheet.file, None), documents, actors)
    report = _Report(sheet, table, known.problems, total, _fingerprint(read.digest, *raws))
    return _dataset(report, raws, path, True, frame, cast_frame, known.shelf, known.directory)


@dataclass(slots=True)
class _Report:
    """What is said of the rows that were judged by themselves, of the tables beside, and how many rows there are."""

    sheet: Sheet
    table: Table
    beside: list[Problem]
    rows: int
    fingerprint: str


def _dataset(
    report: _Report,
    raws: tuple[Raw, Raw | None, Raw | None],
    path: Path | None,
    curated: bool,
    mentions: pd.DataFrame,
    cast: pd.DataFrame,
    documents: pd.DataFrame,
    directory: Directory,
) -> Dataset:
    """Frames and report put together, and what only all rows together show."""
    sheet, table = report.sheet, report.table
    if curated and raws[2] is None:
        reason = "there is no actors.csv: actors are taken from the rows as they stand, and not checked"
        table.problems.append(make("missing-table", table.file, None, reason, "Write one: name,kind,part_of,aliases"))
    rest = [*report.beside, *check_agreement(mentions, table.file), *check_published(mentions, documents, table.file)]
    order = (*table.layout.labels, *schema.names(schema.DOCUMENTS), *schema.names(schema.ACTORS))
    files = (table.file, *(raw.name for raw in raws[1:] if raw))
    undated = int((mentions["precision"] == "").sum())
    return Dataset(
        name=raws[0].name,
        path=path,
        curated=curated,
        mentions=mentions,
        mention_actors=cast,
        events=events_of(mentions),
        documents=documents,
        actors=actors_frame(directory, cast["actor"].unique().tolist()),
        extras=tuple(name.removeprefix("extra:") for name in mentions.columns if name.startswith("extra:")),
        problems=in_order([*table.problems, *rest], files, order),
        rows=report.rows,
        drawn=len(mentions) - undated,
        undated=undated,
        skipped=sheet.skipped,
        in_error=sheet.broken + len(table.failed),
        fingerprint=report.fingerprint,
    )


def _fingerprint(digest: Any, *tables: Raw | None) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the tables' bytes, one after the other; `digest` has taken
    in those whose content is not here."""
    for raw in tables:
        digest.update(raw.content or b"" if raw else b"")
    return str(digest.hexdigest()[:12])
