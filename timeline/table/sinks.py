"""Where sorted rows are written: one Parquet file, or a folder of them cut by year.

In: Arrow tables, one after the other, and at the end the facts. Out: files. Must not know what a row is.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from timeline.table.parquet import FACTS_FILE, KEY

ROW_GROUP = 64 * 1024


class FileSink:
    """One Parquet file, written group by group."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer: Any = None

    def write(self, table: pa.Table) -> None:
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self.writer.write_table(table, row_group_size=ROW_GROUP)

    def close(self, facts: str, nothing: pa.Table) -> None:
        if self.writer is None:
            self.write(nothing)
        self.writer.add_key_value_metadata({KEY.decode(): facts})
        self.writer.close()

    def stop(self) -> None:
        if self.writer is not None and self.writer.is_open:
            self.writer.close()


class FolderSink:
    """A folder of Parquet files, one or more a year, in the layout that Spark, DuckDB and Arrow know (`year=2014/`)."""

    def __init__(self, path: Path) -> None:
        self.path, self.parts = path, 0
        path.mkdir(exist_ok=True)

    def write(self, table: pa.Table) -> None:
        years = table.column("year")
        for year in years.unique().to_pylist():
            rows = table.filter(pc.is_null(years) if year is None else pc.equal(years, year))
            folder = self.path / f"year={'__HIVE_DEFAULT_PARTITION__' if year is None else year}"
            folder.mkdir(exist_ok=True)
            at = folder / f"part-{self.parts:05}.parquet"
            pq.write_table(rows.drop_columns("year"), at, compression="zstd", row_group_size=ROW_GROUP)
            self.parts += 1

    def close(self, facts: str, nothing: pa.Table) -> None:
        if not self.parts:
            pq.write_table(nothing.drop_columns("year"), self.path / "part-00000.parquet")
        (self.path / FACTS_FILE).write_text(facts, encoding="utf-8")

    def stop(self) -> None:
        with suppress(OSError):
            self.path.rmdir()  # only when nothing was written
