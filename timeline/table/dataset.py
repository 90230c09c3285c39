"""The dataset: the three tables, checked, with their report.

In: a path (`load`), or the bytes of the tables (`build`). Out: `Dataset`, immutable, whatever the data are
like. Only `load`, `shipped` and `assets_path` touch the disk. Must not know: documents' texts, queries,
charts.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from timeline.table import bibliography, checking, headers, loose, schema
from timeline.table.actors import Directory, actors_frame, bridge
from timeline.table.consistency import check_agreement, check_published
from timeline.table.dating import Dates, date_rows
from timeline.table.events import events_of
from timeline.table.files import CannotRead, assets_path, check_encoding, read_bytes, shipped
from timeline.table.mentions import mentions_frame
from timeline.table.opening import Raw, check_mapping, layout_of, own_table, sheet_of
from timeline.table.problems import Problem, in_order, make
from timeline.table.roster import directory_of, twins_in_rows
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
    raw = Raw(events.name, read_bytes(events))
    beside = []
    for given, name in ((documents, "documents.csv"), (actors, "actors.csv")):
        at = Path(given) if given is not None else events.parent / name
        there = given is not None or (at.exists() and not (at.exists() and events.exists() and at.samefile(events)))
        beside.append(Raw(at.name, read_bytes(at)) if there else None)
    with _uninterrupted():
        return build(raw, beside[0], beside[1], mapping=mapping, encoding=encoding, path=events)


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
    sheet = sheet_of(events, schema.EVENTS, encoding)
    curated = documents is not None and (not sheet.readable or headers.looks_curated(sheet.header))
    if sheet.readable and mapping:
        check_mapping(sheet, mapping, path)
    layout = layout_of(sheet, curated, mapping)
    table = table_of(sheet, layout, "id") if sheet.readable else empty_table(sheet.file, sheet.problems)
    roster = own_table(actors, schema.ACTORS, ("name",), encoding)
    directory = directory_of(roster) if roster else Directory()
    listed = bool(roster and roster.has("name"))
    if layout.missing:
        table.failed.update(range(len(table.rows)))
    others: list[Table] = [roster] if roster else []
    if curated:
        shelf = own_table(documents, schema.DOCUMENTS, ("id", "title", "source"), encoding)
        others.insert(0, shelf) if shelf else None
        mentions, cast, shelf_frame, dates = _curated(table, shelf, directory, listed)
        if actors is None:
            reason = "there is no actors.csv: actors are taken from the rows as they stand, and not checked"
            table.problems.append(
                make("missing-table", table.file, None, reason, "Write one: name,kind,part_of,aliases")
            )
    else:
        mentions, cast, shelf_frame, dates = _loose(table, directory)
        if documents is not None and sheet.readable:
            reason = f"{documents.name} is not used: this table does not have the columns of a curated one"
            table.problems.append(make("table-unused", table.file, None, reason))
    frame = mentions_frame(table, mentions, cast, shelf_frame, dates)
    kept = [row for row in range(len(table.rows)) if row not in table.failed]
    names = [cast[row] for row in kept]
    undated = int((frame["precision"] == "").sum())
    rest = [problem for other in others for problem in other.problems]
    rest += check_agreement(frame, table.file)
    rest += check_published(frame, shelf_frame, table.file)
    columns = (*layout.labels, *schema.names(schema.DOCUMENTS), *schema.names(schema.ACTORS))
    files = (table.file, *(raw.name for raw in (documents, actors) if raw))
    return Dataset(
        name=events.name,
        path=path,
        curated=curated,
        mentions=frame,
        mention_actors=bridge(names),
        events=events_of(frame),
        documents=shelf_frame,
        actors=actors_frame(directory, (name for row in names for name in row)),
        extras=tuple(name.removeprefix("extra:") for name in frame.columns if name.startswith("extra:")),
        problems=in_order([*table.problems, *rest], files, columns),
        rows=sheet.rows,
        drawn=len(frame) - undated,
        undated=undated,
        skipped=sheet.skipped,
        in_error=sheet.broken + len(table.failed),
        fingerprint=_fingerprint(events, documents, actors),
    )


@dataclass(slots=True)
class Meaning:
    """What the rules made of the rows, in parallel: ids, events, speakers, document ids, sources."""

    ids: list[str]
    events: list[str]
    speakers: list[str]
    documents: list[str]
    sources: list[str]


def _curated(
    table: Table, shelf: Table | None, directory: Directory, listed: bool
) -> tuple[Meaning, list[list[str]], pd.DataFrame, Dates]:
    frame = bibliography.curated_documents(shelf) if shelf else bibliography.empty_documents()
    readable = shelf is not None and shelf.has("id")
    ids = checking.check_ids(table)
    checking.check_titles(table) if table.has("title") else None
    dates = _dates(table)
    checking.check_rows(table, set(frame["id"]) if readable else None)
    cast = checking.check_actors(table, directory, listed)
    speakers = checking.check_speakers(table, directory, listed)
    documents = table.column("document")
    sources = dict(zip(frame["id"], frame["source"], strict=True))
    events = checking.event_names(table, ids)
    return (
        Meaning(ids, events, speakers, documents, [sources.get(own, "") for own in documents]),
        cast,
        frame,
        dates,
    )


def _loose(table: Table, directory: Directory) -> tuple[Meaning, list[list[str]], pd.DataFrame, Dates]:
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


def _fingerprint(*tables: Raw | None) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the tables' bytes, one after the other."""
    digest = hashlib.sha256()
    for raw in tables:
        digest.update(raw.content or b"" if raw else b"")
    return digest.hexdigest()[:12]
