"""The dataset as Parquet: one row a mention, everything already read, in the order of the events.

In: a Dataset, or a path. Out: Arrow tables with the columns below, and a Dataset again. Must not know: engines,
queries, how a table is cut into pieces (`converting`).

The columns are those of the `mentions` frame (`mention` numbers the rows of the file, which stand in the order of the
events), `actors` (names joined by `;`) and what engines need to know of the event that a mention tells, so that no
query has to gather its mentions first: `number` (int64, the event's place in the order of time, undated ones last),
`leads` (one mention of each event does), `many` (does another mention tell it too?), `dated`, `event_start` and
`event_end` (as `start` and `end`, of the event), `rank` (int64, the order in which events are chosen to be drawn, the
smallest first), `year` (int32, of `event_start`; none when undated or open). What is known of the table as a whole
(`Facts`) stands in the file's own metadata.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from timeline.table.choosing import rank_of
from timeline.table.columns import release
from timeline.table.dataset import Dataset, build
from timeline.table.events import events_of
from timeline.table.files import CannotRead
from timeline.table.gathering import spread
from timeline.table.opening import Raw
from timeline.table.problems import Problem

SUFFIXES = (".parquet", ".pq")
KEY = b"timeline"
FACTS_FILE = "_timeline.json"
"""In a folder of Parquet files the facts stand in a file of their own, which engines pass over."""
PROBLEMS = 1_000
"""So many problems travel with the file."""
_VERSION = 1
_COUNTS = ("rows", "drawn", "undated", "skipped", "in_error")


@dataclass(frozen=True)
class Facts:
    """What is known of a table besides its rows: a Dataset whose frames of rows are empty, and how many `events` there
    are, how many of their mentions share an event with another (`many`)."""

    dataset: Dataset
    events: int
    many: int
    mentions: int


def is_parquet(path: Path) -> bool:
    """Whether a path names a Parquet file, or a folder of them that `timeline convert` wrote."""
    return path.suffix.lower() in SUFFIXES or (path.is_dir() and (path / FACTS_FILE).is_file())


def year_of(days: np.ndarray) -> np.ndarray:
    """The (astronomical) year of days since 1970-01-01, as float64; NaN where it is not finite."""
    found = np.full(len(days), np.nan)
    known = np.isfinite(days)
    found[known] = np.floor(days[known]).astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
    return found


def with_events(mentions: pd.DataFrame) -> pd.DataFrame:
    """The `mentions` frame with the columns that tell of their events (`number` counts from 0), sorted by event, then
    as before."""
    events = events_of(mentions)
    number = pd.Index(events["event"]).get_indexer(pd.Index(mentions["event"])).astype(np.int64)
    rank = rank_of(events)
    start, end = events["start"].to_numpy(float), events["end"].to_numpy(float)
    represents = pd.Series(mentions["id"].to_numpy() == events["id"].to_numpy()[number]).to_numpy(bool)
    leads = np.zeros(len(mentions), dtype=bool)
    at = np.flatnonzero(represents)
    leads[at[np.unique(number[at], return_index=True)[1]]] = True  # ids can repeat; one mention leads all the same
    made = mentions.assign(
        number=number,
        leads=leads,
        many=events["mentions"].to_numpy(np.int64)[number] > 1,
        dated=events["dated"].to_numpy(bool)[number],
        event_start=start[number],
        event_end=end[number],
        rank=rank[number],
    )
    return made.iloc[np.argsort(number, kind="stable")]


def arrow_of(frame: pd.DataFrame) -> pa.Table:
    """An Arrow table of a frame of `with_events`, with the column `year`."""
    year = pa.array(year_of(frame["event_start"].to_numpy(float)), from_pandas=True).cast(pa.int32())
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    return table.append_column("year", year)


def joined_actors(dataset: Dataset) -> pd.Series:
    """The actors of each mention, joined by `;`."""
    bridge = dataset.mention_actors
    cells: dict[int, str] = {}
    for mention, actor in zip(bridge["mention"].tolist(), bridge["actor"].tolist(), strict=True):
        cells[mention] = f"{cells[mention]};{actor}" if mention in cells else actor
    return pd.Series([cells.get(mention, "") for mention in dataset.mentions["mention"].tolist()], dtype="str")


def facts_json(dataset: Dataset, events: int, many: int, mentions: int) -> str:
    """The facts as one JSON object."""
    frames = {name: _told(getattr(dataset, name)) for name in ("documents", "actors")}
    plain = {name: getattr(dataset, name) for name in ("name", "curated", "extras", "fingerprint", *_COUNTS)}
    problems = [asdict(problem) for problem in dataset.problems[:PROBLEMS]]
    made = {"version": _VERSION, **plain, **frames, "problems": problems}
    return json.dumps(made | {"events": events, "many": many, "mentions": mentions}, ensure_ascii=False)


def _told(frame: pd.DataFrame) -> dict[str, tuple[str, list[Any]]]:
    """The type and the cells of each column, a missing number as None."""
    return {
        str(name): (str(column.dtype), [None if cell != cell else cell for cell in column.tolist()])
        for name, column in frame.items()
    }


def read_facts(path: Path) -> Facts:
    """The facts of a Parquet file, or of a folder of them. Raises CannotRead when there are none."""
    try:
        if path.is_dir():
            text: str | bytes | None = (path / FACTS_FILE).read_bytes() if (path / FACTS_FILE).is_file() else None
        else:
            text = (pq.read_metadata(path).metadata or {}).get(KEY)
    except FileNotFoundError:
        raise CannotRead(path, "there is no such file", "Check the path") from None
    except PermissionError:
        raise CannotRead(path, "reading it is not permitted", "Ask its owner, or copy it") from None
    except (OSError, pa.ArrowException) as error:
        raise CannotRead(path, f"this is no Parquet file ({_first_line(error)})", "Check the path") from None
    if text is None:
        raise CannotRead(
            path, "this Parquet was not written by `timeline convert`", "Save its rows as CSV and convert them"
        )
    return _facts(json.loads(text), path)


def _facts(told: dict[str, Any], path: Path) -> Facts:
    if told.get("version") != _VERSION:
        raise CannotRead(path, "it was written by another version of `timeline convert`", "Convert the CSV again")
    frames = {
        name: pd.DataFrame({column: pd.Series(cells, dtype=kind) for column, (kind, cells) in told[name].items()})
        for name in ("documents", "actors")
    }
    known = {field.name for field in fields(Problem)}
    problems = tuple(Problem(**{key: value for key, value in p.items() if key in known}) for p in told["problems"])
    counts: dict[str, Any] = {name: told[name] for name in _COUNTS}
    dataset = Dataset(
        path=path, mentions=_no_rows(told["extras"]), documents=frames["documents"], actors=frames["actors"],
        mention_actors=_bridge(pa.array([], pa.large_string())),
        problems=problems, extras=tuple(told["extras"]), name=told["name"], curated=told["curated"],
        fingerprint=told["fingerprint"], **counts,
    )  # fmt: skip
    return Facts(dataset, told["events"], told["many"], told["mentions"])


def _no_rows(extras: list[str]) -> pd.DataFrame:
    frame = build(Raw("", b"")).mentions
    return frame.assign(**{f"extra:{name}": pd.Series(dtype="str") for name in extras})


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].strip(" .")


def read(path: Path) -> Dataset:
    """The Dataset of a Parquet file or folder, all of it in memory; its rows are in the order of their events."""
    facts = read_facts(path)
    kinds = facts.dataset.mentions.dtypes
    columns: dict[str, pd.Series] = {}
    try:
        order = np.argsort(_column(path, "mention").to_numpy(), kind="stable") if path.is_dir() else None
        bridge = _bridge(_cells(_column(path, "actors", order)))
        for name, kind in kinds.items():
            column = _column(path, str(name), order)
            columns[str(name)] = _shared(column if is_text(column) else column.astype(kind), columns)
    except (OSError, pa.ArrowException) as error:
        raise CannotRead(path, f"it cannot be read ({_first_line(error)})", "Convert the CSV again") from None
    return replace(facts.dataset, mentions=pd.DataFrame(columns, copy=False), mention_actors=bridge)


def is_text(column: pd.Series) -> bool:
    """Whether a column holds str, however it keeps them."""
    return isinstance(column.dtype, pd.StringDtype)


def _column(path: Path, name: str, order: np.ndarray | None = None) -> pd.Series:
    """One column: read alone, so that what reading needs beside it is given back before the next."""
    coded = [] if name in _DISTINCT else [name]
    read = pq.read_table(path, partitioning=None, columns=[name], read_dictionary=coded, pre_buffer=False).column(0)
    if pa.types.is_dictionary(read.type):
        whole = read.unify_dictionaries().combine_chunks()
        column = spread(whole.indices.to_numpy(), np.asarray(whole.dictionary.to_pylist(), dtype=object))
        column.name = name
    else:
        column = pd.Series((read if name == "search" else read.combine_chunks()).to_pandas(), name=name)
    del read
    release()
    return column if order is None else column.iloc[order].reset_index(drop=True)


_DISTINCT = frozenset({"id", "event", "title", "summary", "search"})
"""Texts of which most rows have one of their own."""
_ALIKE = {"event": "id", "edtf": "date"}


def _shared(column: pd.Series, columns: dict[str, pd.Series]) -> pd.Series:
    """The column, or the one before it that is the same in most tables and need not be kept twice."""
    before = columns.get(_ALIKE.get(str(column.name), ""))
    return before if before is not None and before.equals(column) else column


def with_rows(dataset: Dataset, rows: pd.DataFrame) -> Dataset:
    """The dataset with these rows (those of `arrow_of`, in the order of `mention`, not all that there are)."""
    kinds = dataset.mentions.dtypes.to_dict()
    mentions = rows[[*kinds]].astype(kinds).assign(mention=np.arange(len(rows), dtype=np.int64))
    return replace(dataset, mentions=mentions.reset_index(drop=True), mention_actors=_bridge(_cells(rows["actors"])))


def _cells(column: pd.Series) -> pa.Array:
    cells = pa.array(column, pa.large_string())
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


def _bridge(cells: pa.Array) -> pd.DataFrame:
    """The frame (mention, actor) of cells that join their names by `;`."""
    parts = pc.split_pattern(cells, ";")
    names, mention = pc.list_flatten(parts), pc.list_parent_indices(parts)
    named = pc.not_equal(names, "")
    return pd.DataFrame(
        {
            "mention": mention.filter(named).to_numpy(zero_copy_only=False).astype(np.int64),
            "actor": pd.Series(names.filter(named).to_pandas(), dtype="str"),
        }
    )
