"""The engines that hold the rows: pandas, DuckDB and Spark over the Parquet that `timeline convert` writes.

Comes in: the path of a table and the name of an engine. Leaves: the Dataset, with the engine that answers for it set.
Must not know what is asked of it.

The bridge of mentions and actors is made once, when a table is opened; rows never come here but as short answers.
"""

import atexit
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from timeline.query.engine import answer_with
from timeline.query.nearby import Nearby
from timeline.query.tables import ENTRY, Frames
from timeline.table.dataset import Dataset
from timeline.table.parquet import Facts, read_facts, with_events

ENGINES = ("arrays", "pandas", "duckdb", "spark://HOST:PORT")
"""What `--engine` takes: column arrays and narwhals over pandas in memory; DuckDB; a Spark master (also `local[N]`)."""
_SPLIT = ";"
_GLOB = re.compile(r"[*?[]")
"""What DuckDB takes for a pattern in the name of a file, unless it stands in brackets."""


class NoEngine(Exception):
    """The engine cannot be had; the text is one sentence that says why and what to do."""


def is_engine(name: str) -> bool:
    """Whether `--engine` can be this."""
    return name in ENGINES[:3] or name.startswith(("spark://", "local[")) or name == "local"


def open_with(path: Path, engine: str) -> Dataset:
    """The table at `path` (Parquet), answered for by DuckDB or Spark. Raises CannotRead and NoEngine."""
    facts = read_facts(path)
    made = _duckdb(path) if engine == "duckdb" else _spark(path, engine)
    answer_with(facts.dataset, _engine(facts, made))
    return facts.dataset


def with_pandas(dataset: Dataset) -> Nearby:
    """The queries in narwhals over the frames of a dataset in memory."""
    from timeline.table.parquet import joined_actors

    rows = with_events(dataset.mentions.assign(actors=joined_actors(dataset)))
    bridge = dataset.mention_actors.merge(rows[["mention", *ENTRY]], on="mention")
    frames = Frames(nw.from_native(rows, eager_only=True), nw.from_native(bridge, eager_only=True), nw.from_native)
    return Nearby(dataset, len(dataset.events), len(rows), int(rows["many"].sum()), lambda: frames)


def _engine(facts: Facts, frames: Callable[[], Frames]) -> Nearby:
    return Nearby(facts.dataset, facts.events, facts.mentions, facts.many, frames)


def _duckdb(path: Path) -> Callable[[], Frames]:
    """Frames over a Parquet file. Each process and thread has a connection of its own: they cannot be shared."""
    try:
        import duckdb
    except ImportError:
        raise NoEngine("DuckDB is not installed: pip install 'cited-timeline[duckdb]'.") from None
    folder = Path(tempfile.mkdtemp(prefix="timeline-"))
    _delete_at_exit(folder)
    base = folder / "bridge.duckdb"
    plain = _GLOB.sub(r"[\g<0>]", str(path))
    rows = _quoted(f"{plain}/**/*.parquet" if path.is_dir() else plain)
    source = f"read_parquet({rows}, hive_partitioning=false)"
    try:
        with duckdb.connect(str(base)) as made:
            made.execute(f"SET temp_directory={_quoted(str(folder))}")
            # A copy of its own: DuckDB scans it several times as quickly as Parquet, and each filter scans it often.
            made.execute(f"CREATE TABLE mentions AS SELECT * FROM {source}")
            made.execute(
                f"CREATE TABLE actors AS SELECT mention, unnest(string_split(actors, '{_SPLIT}')) AS actor, "
                f"{', '.join(ENTRY)} FROM mentions WHERE actors != ''"
            )
    except duckdb.Error as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoEngine(f"DuckDB cannot read {path}: {str(error).splitlines()[0]}.") from error
    roots: dict[int, Any] = {}
    lock, local = threading.Lock(), threading.local()

    def frames() -> Frames:
        here = os.getpid()
        if getattr(local, "process", None) != here:
            with lock:
                if here not in roots:
                    # A name of its own: DuckDB would hand a forked process the database of its parent, whose
                    # threads it has not.
                    own = folder / f"{here}.duckdb"
                    os.link(base, own)
                    roots[here] = duckdb.connect(str(own), read_only=True)
                local.process, local.cursor = here, roots[here].cursor()
        cursor = local.cursor

        def small(frame: pd.DataFrame) -> Any:
            return nw.from_native(cursor.from_df(frame))

        return Frames(nw.from_native(cursor.table("mentions")), nw.from_native(cursor.table("actors")), small)

    return frames


def _spark(path: Path, master: str) -> Callable[[], Frames]:
    """Frames over Parquet that a Spark cluster can reach under the same path."""
    try:
        from pyspark.sql import SparkSession
        from pyspark.sql.functions import col, explode, split
    except ImportError:
        raise NoEngine("PySpark is not installed: pip install 'cited-timeline[spark]'.") from None
    try:
        session = (
            SparkSession.builder.master(master)
            .appName("timeline")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "16")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        files = str(path / "*" / "*.parquet") if path.is_dir() else str(path)
        rows = session.read.parquet(files)
        cells = rows.filter(col("actors") != "").select("mention", "actors", *ENTRY)
        bridge = cells.withColumn("actor", explode(split(col("actors"), _SPLIT))).drop("actors")
        rows, bridge = rows.cache(), bridge.cache()
    except Exception as error:  # py4j and pyspark raise what they like
        raise NoEngine(f"Spark at {master} cannot read {path}: {str(error).splitlines()[0]}.") from error

    def small(frame: pd.DataFrame) -> Any:
        kinds = ", ".join(f"{name} {'bigint' if kind == 'int64' else 'string'}" for name, kind in frame.dtypes.items())
        return nw.from_native(session.createDataFrame(list(frame.itertuples(index=False, name=None)), kinds))

    made = Frames(nw.from_native(rows), nw.from_native(bridge), small)
    return lambda: made


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _delete_at_exit(folder: Path) -> None:
    owner = os.getpid()

    def delete() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(delete)
