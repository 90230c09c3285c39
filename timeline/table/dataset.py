"""The dataset: the three tables, checked, with their report.

In: a path (`load`), or the bytes of the tables (`build`). Out: `Dataset`, immutable, whatever the data are
like. Only `load`, `shipped` and `assets_path` touch the disk. Must not know: documents' texts, queries,
charts.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from timeline.table import columns, schema
from timeline.table.actors import actors_frame
from timeline.table.consistency import check_agreement, check_published
from timeline.table.events import events_of
from timeline.table.files import CannotRead, assets_path, check_encoding, is_large, read_bytes, read_pieces, shipped
from timeline.table.making import Made, in_columns, row_by_row
from timeline.table.opening import Raw
from timeline.table.problems import Problem, in_order, make
from timeline.table.scanning import Declined

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

    @cached_property
    def events(self) -> pd.DataFrame:
        """The mentions put together, made when first asked for: a check of the tables never asks."""
        return events_of(self.mentions)

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
    large = is_large(events, columns.LARGE)
    raw = Raw(events.name, None if large else read_bytes(events))
    beside: list[Raw | None] = []
    for given, name in ((documents, "documents.csv"), (actors, "actors.csv")):
        at = Path(given) if given is not None else events.parent / name
        there = given is not None or (at.exists() and not (at.exists() and events.exists() and at.samefile(events)))
        beside.append(Raw(at.name, read_bytes(at)) if there else None)
    shelf, roster = beside
    with uninterrupted():
        if large:
            if not mapping and encoding is None:
                made = _made_in_columns(read_pieces(events, columns.PIECE), raw.name, shelf, roster)
                if made:
                    return _dataset(made, (raw, shelf, roster), events)
            raw = Raw(events.name, read_bytes(events))
        made = row_by_row(raw, shelf, roster, mapping, encoding, events)
        return _dataset(made, (raw, shelf, roster), events)


@contextmanager
def uninterrupted() -> Iterator[None]:
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
    made = None
    if len(content) >= columns.LARGE and not mapping and encoding is None:
        pieces = (content[at : at + columns.PIECE] for at in range(0, len(content), columns.PIECE))
        made = _made_in_columns(pieces, events.name, documents, actors)
    made = made or row_by_row(events, documents, actors, mapping, encoding, path)
    return _dataset(made, (events, documents, actors), path)


def _made_in_columns(pieces: Iterable[bytes], name: str, documents: Raw | None, actors: Raw | None) -> Made | None:
    """The quick way; None where it does not lead through, and nothing has happened then."""
    try:
        return in_columns(pieces, name, documents, actors) if documents else None
    except Declined:
        return None


def _dataset(made: Made, raws: tuple[Raw, Raw | None, Raw | None], path: Path | None) -> Dataset:
    """Frames and report put together, and what only all rows together show."""
    sheet, table, mentions = made.sheet, made.table, made.mentions
    if made.curated and raws[2] is None:
        reason = "there is no actors.csv: actors are taken from the rows as they stand, and not checked"
        table.problems.append(make("missing-table", table.file, None, reason, "Write one: name,kind,part_of,aliases"))
    rest = [*made.beside, *check_agreement(mentions, table.file)]
    rest += check_published(mentions, made.documents, table.file)
    order = (*table.layout.labels, *schema.names(schema.DOCUMENTS), *schema.names(schema.ACTORS))
    files = (table.file, *(raw.name for raw in raws[1:] if raw))
    undated = int(np.isnan(mentions["start"].to_numpy()).sum())
    columns.release()
    for raw in raws[1:]:
        made.digest.update(raw.content or b"" if raw else b"")
    return Dataset(
        name=raws[0].name,
        path=path,
        curated=made.curated,
        mentions=mentions,
        mention_actors=made.cast,
        documents=made.documents,
        actors=actors_frame(made.directory, made.cast["actor"].unique().tolist()),
        extras=tuple(name.removeprefix("extra:") for name in mentions.columns if name.startswith("extra:")),
        problems=in_order([*table.problems, *rest], files, order),
        rows=made.rows,
        drawn=len(mentions) - undated,
        undated=undated,
        skipped=sheet.skipped,
        in_error=sheet.broken + len(table.failed),
        fingerprint=made.digest.hexdigest()[:12],
    )
