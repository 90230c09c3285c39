"""A table of events to Parquet, piece by piece: sorted by time, in one file or in a folder cut by year.

In: the path of a CSV and where to write. Out: Parquet, and what became of the rows. Must not know queries or commands.

A curated table is read in pieces, so that it can be larger than memory; a stranger's needs one look at the whole, since
whole columns decide how it is read. Each piece goes to a temporary file, year by year; then the years are sorted one
after the other. Only events that several rows tell are gathered in memory, for their rows may lie anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from timeline.table.cutting import PIECE, Piece, pieces
from timeline.table.dataset import Dataset, Raw, build, load
from timeline.table.files import CannotRead, read_bytes
from timeline.table.parquet import arrow_of, facts_json, joined_actors, with_events
from timeline.table.problems import Problem
from timeline.table.sinks import FileSink, FolderSink

_Place = tuple[Path, int]
"""A file of a piece, and the number of a batch in it."""
_LAST = 10**6  # the bucket of the undated
_FIRST = -(10**6)  # the bucket of events with an open start


@dataclass
class _Gathered:
    """What the pieces add up to: the counts and the tables beside, and a hash of each row's event and id."""

    whole: Dataset | None = None
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    events: list[np.ndarray] = field(default_factory=list)
    buckets: dict[int, list[_Place]] = field(default_factory=dict)
    actors: list[pd.DataFrame] = field(default_factory=list)


def convert(
    path: Path,
    target: Path,
    work: Path,
    *,
    by_year: bool = False,
    mapping: dict[str, str] | None = None,
    encoding: str | None = None,
    size: int = PIECE,
    progress: Callable[[int], None] = lambda read: None,
) -> Dataset:
    """Write the rows of the CSV at `path` to the Parquet file `target`, or with `by_year` into the folder `target`.

    `work` is an empty folder for what comes in between; `progress` is told how many bytes of the file are read. What is
    returned has the counts and problems, and no rows: those in error are not in the Parquet. Raises CannotRead,
    OSError.
    """
    gathered = _Gathered()
    for dataset, read in _datasets(path, mapping, encoding, size):
        _take(gathered, dataset, work)
        progress(read)
    assert gathered.whole is not None
    names = pd.concat(gathered.actors).drop_duplicates("name", ignore_index=True)
    counts: dict[str, Any] = dict(gathered.counts)
    whole = replace(
        gathered.whole, **counts, problems=tuple(gathered.problems), actors=names, fingerprint=dataset.fingerprint
    )
    _write(whole, gathered, target, by_year)
    return whole


def _datasets(
    path: Path, mapping: dict[str, str] | None, encoding: str | None, size: int
) -> Iterator[tuple[Dataset, int]]:
    """The table as Datasets of one piece each, with the bytes of the file that are read by then; the last has the
    fingerprint of all."""
    try:
        small = path.stat().st_size <= size
    except OSError:
        small = True  # `load` says why it cannot be read
    first = next(pieces(path, 65_536)) if not small and path.is_file() else None
    beside = [path.parent / name for name in ("documents.csv", "actors.csv")]
    raws = [Raw(at.name, read_bytes(at)) if first and at.exists() else None for at in beside]
    pieced = first is not None and encoding is None
    if first is None or not pieced or not build(Raw(path.name, first.content), *raws, mapping=mapping).curated:
        dataset = load(path, mapping=mapping, encoding=encoding)
        if any(problem.code == "file-too-large" for problem in dataset.problems):
            raise CannotRead(path, "a table that is not curated is read whole, and this one is too large", "Split it")
        yield dataset, path.stat().st_size
        return
    digest = hashlib.sha256()
    for piece in pieces(path, size):
        digest.update(piece.own)
        whole = digest.copy()
        for raw in raws:
            whole.update(raw.content or b"" if raw else b"")
        dataset = build(Raw(path.name, piece.content), *raws, mapping=mapping, path=path)
        yield replace(_moved(dataset, piece), fingerprint=whole.hexdigest()[:12]), piece.read


def _moved(dataset: Dataset, piece: Piece) -> Dataset:
    """The dataset of a piece, with the lines of the whole file."""
    problems = tuple(
        replace(problem, line=problem.line + piece.offset) if problem.line is not None else problem
        for problem in dataset.problems
    )
    mentions = dataset.mentions.assign(line=dataset.mentions["line"] + piece.offset)
    return replace(dataset, mentions=mentions, problems=problems)


def _take(gathered: _Gathered, dataset: Dataset, work: Path) -> None:
    """Write the rows of a piece to the files of their years, and add up what is known of all."""
    if gathered.whole is None:
        nothing = dataset.mentions.iloc[:0]
        gathered.whole = replace(dataset, mentions=nothing, mention_actors=dataset.mention_actors.iloc[:0])
    for name in ("rows", "drawn", "undated", "skipped", "in_error"):
        gathered.counts[name] = gathered.counts.get(name, 0) + getattr(dataset, name)
    known = set(gathered.problems)
    gathered.problems += [problem for problem in dataset.problems if problem.line is not None or problem not in known]
    gathered.actors.append(dataset.actors)
    frame = with_events(dataset.mentions.assign(actors=joined_actors(dataset)))
    gathered.events.append(_hashes(frame["event"]))
    table, bucket = arrow_of(frame), _bucket(frame["event_start"].to_numpy(float))
    at = work / f"{len(gathered.events)}.arrow"
    # The rows stand in the order of time, so each year is one stretch of them: one batch of the file.
    with pa.ipc.new_file(at, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as file:
        edges = np.flatnonzero(np.r_[True, bucket[1:] != bucket[:-1], True]) if len(bucket) else np.zeros(1, np.int64)
        for number, (first, last) in enumerate(pairwise(edges.tolist())):
            file.write_table(table.slice(first, last - first).combine_chunks())
            gathered.buckets.setdefault(int(bucket[first]), []).append((at, number))


def _hashes(cells: pd.Series) -> np.ndarray:
    return pd.util.hash_pandas_object(cells, index=False).to_numpy()


def _bucket(start: np.ndarray) -> np.ndarray:
    """The file that a row goes to: that of its year, beyond the modern ones that of its century; in the order of
    time."""
    year = np.floor(np.nan_to_num(start, nan=0.0, posinf=0.0, neginf=0.0) / 365.2425).astype(np.int64) + 1970
    bucket = np.where((year >= 1800) & (year < 2100), year, year // 100 * 100)
    return np.where(np.isnan(start), _LAST, np.where(np.isneginf(start), _FIRST, bucket))


def _write(whole: Dataset, gathered: _Gathered, target: Path, by_year: bool) -> None:
    """Sort year after year, number events and rows, and write them."""
    hashes = np.concatenate(gathered.events)
    values, counts = np.unique(hashes, return_counts=True)
    shared = values[counts > 1]
    together = _together(gathered, shared)
    events = mentions = many = 0
    sink = FolderSink(target) if by_year else FileSink(target)
    try:
        of_together = _bucket(together["event_start"].to_numpy(float))
        for bucket in sorted({*gathered.buckets, *map(int, np.unique(of_together))}):
            frame = _rows(gathered.buckets.get(bucket, []), shared)
            own = together[of_together == bucket]
            frame = pd.concat([frame, own]) if frame is not None and len(own) else own if frame is None else frame
            if not len(frame):
                continue
            frame = _numbered(frame, events, mentions)
            events, mentions = int(frame["number"].iloc[-1]) + 1, mentions + len(frame)
            many += int(frame["many"].sum())
            sink.write(arrow_of(frame))
        sink.close(facts_json(whole, events, many, mentions), arrow_of(together.iloc[:0]))
    finally:
        sink.stop()


def _read(places: list[_Place]) -> pd.DataFrame:
    """The rows at these places, without their year."""
    batches = []
    for path, number in places:
        with pa.memory_map(str(path)) as file:
            batches.append(pa.ipc.open_file(file).get_batch(number))
    frame: pd.DataFrame = pa.Table.from_batches(batches).drop_columns("year").to_pandas()
    return frame


def _rows(places: list[_Place], shared: np.ndarray) -> pd.DataFrame | None:
    """The rows at these places whose event they tell alone."""
    if not places:
        return None
    frame = _read(places)
    return frame[~np.isin(_hashes(frame["event"]), shared)] if len(shared) else frame


def _together(gathered: _Gathered, shared: np.ndarray) -> pd.DataFrame:
    """The rows of all pieces whose event others tell too, with what is known of the event as a whole."""
    parts = []
    for places in gathered.buckets.values() if len(shared) else ():
        frame = _read(places)
        parts.append(frame[np.isin(_hashes(frame["event"]), shared)])
    assert gathered.whole is not None
    if not parts:
        return with_events(gathered.whole.mentions.assign(actors=pd.Series(dtype="str")))
    frame = pd.concat(parts).sort_values("line", kind="stable").reset_index(drop=True)
    own = ["number", "leads", "many", "dated", "event_start", "event_end", "rank"]
    return with_events(frame.drop(columns=own))


def _numbered(frame: pd.DataFrame, events: int, mentions: int) -> pd.DataFrame:
    """The rows of one stretch of time in the order of their events, these numbered from `events` on."""
    start = np.nan_to_num(frame["event_start"].to_numpy(float), nan=np.inf)
    line = frame["line"].to_numpy(np.int64)
    first = frame.groupby("event", sort=False)["line"].transform("min").to_numpy(np.int64)
    frame = frame.iloc[np.lexsort((line, first, start))]
    event = pd.factorize(frame["event"])[0]
    number = events + event.astype(np.int64)
    rank = (frame["rank"].to_numpy(np.int64) >> 32 << 32) | number
    return frame.assign(number=number, rank=rank, mention=np.arange(mentions, mentions + len(frame), dtype=np.int64))
