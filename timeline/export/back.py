"""A Parquet of `timeline convert` as the CSV that it came from, piece by piece, in the order of its lines.

In: the path of the Parquet, a file to write to, an empty folder for what comes in between. Out: rows. It must not know
queries' answers or the command line.

A curated table comes back cell by cell; a stranger's with the columns of an export, whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from timeline.export.rows import to_csv
from timeline.query.matching import select
from timeline.query.query import Query
from timeline.table.dataset import Dataset
from timeline.table.parquet import read_facts, with_rows
from timeline.table.schema import EVENTS, names

LINES = 300_000
"""So many lines of the CSV are put in order at a time."""


def write_back(source: Path, file: BinaryIO, work: Path) -> int:
    """Write the CSV and return how many rows it has. Raises CannotRead and OSError."""
    dataset = read_facts(source).dataset
    rows = ds.dataset(source, format="parquet", partitioning=None)
    if not dataset.curated:
        whole = with_rows(dataset, rows.to_table().sort_by("line").to_pandas())
        file.write(to_csv(whole, select(whole, Query()), raw=True))
        return len(whole.mentions)
    header = [*names(EVENTS), *dataset.extras]
    file.write(_csv([header]))
    count = 0
    for piece in _pieces(rows, work):
        file.write(_csv(_lines(dataset, piece)))
        count += len(piece)
    return count


def _pieces(rows: ds.Dataset, work: Path) -> Iterator[pa.Table]:
    """The rows in stretches of lines, each in their order."""
    files: dict[int, list[Path]] = {}
    for number, batch in enumerate(rows.to_batches()):
        stretch = batch.column("line").to_numpy() // LINES
        for own in np.unique(stretch):
            at = work / f"{own}-{number}.parquet"
            pq.write_table(pa.Table.from_batches([batch]).filter(pa.array(stretch == own)), at)
            files.setdefault(int(own), []).append(at)
    for own in sorted(files):
        yield pa.concat_tables([pq.read_table(at) for at in files[own]]).sort_by("line")


def _lines(dataset: Dataset, piece: pa.Table) -> list[tuple[str, ...]]:
    columns = [piece.column(name).to_pylist() for name in names(EVENTS)]
    at = {name: place for place, name in enumerate(names(EVENTS))}
    told = zip(columns[at["event"]], columns[at["id"]], piece.column("many").to_pylist(), strict=True)
    columns[at["event"]] = ["" if event == id and not many else event for event, id, many in told]
    columns += [piece.column(f"extra:{name}").to_pylist() for name in dataset.extras]
    return list(zip(*columns, strict=True))


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\n").writerows(lines)
    return sheet.getvalue().encode("utf-8", "replace")
