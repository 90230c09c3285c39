"""The selected mentions as Parquet, in the layout of `timeline convert`: it opens again without loss.

In: a Dataset and a Selection. Out: the bytes of a .parquet. It must not know files or how a table is converted.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from timeline.export.notes import nothing
from timeline.export.telling import cast_rows, cited_rows
from timeline.export.writing import Exported, Look
from timeline.query.address import to_search
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset
from timeline.table.parquet import KEY, arrow_of, facts_json, joined_actors, with_events

GROUP = 64 * 1024


def parquet_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """One row a mention, in the order of the events, with the documents and actors of the selection in its metadata."""
    chosen = _chosen(dataset, selection)
    frame = with_events(chosen.mentions.assign(actors=joined_actors(selection.rows).to_numpy()))
    frame = frame.assign(mention=np.arange(len(frame), dtype=np.int64))
    events = int(frame["number"].max()) + 1 if len(frame) else 0
    facts = facts_json(chosen, events, int(frame["many"].sum()), len(frame))
    table = _alike(arrow_of(frame)).replace_schema_metadata({KEY: facts.encode("utf-8", "replace")})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=GROUP)
    return Exported(sink.getvalue().to_pybytes(), nothing(len(frame)))


def _alike(table: pa.Table) -> pa.Table:
    """The table with one type for all texts, whoever held them."""
    text = pa.large_string()
    fields = [field.with_type(text) if pa.types.is_string(field.type) else field for field in table.schema]
    return table.cast(pa.schema(fields))


def _chosen(dataset: Dataset, selection: Selection) -> Dataset:
    """The selection as a dataset of its own; the whole table stays itself, down to its fingerprint and its report."""
    mentions = selection.mentions.reset_index(drop=True)
    if len(mentions) == dataset.drawn + dataset.undated:
        return replace(dataset, mentions=mentions)
    undated = int((mentions["precision"] == "").sum())
    lines = set(mentions["line"].tolist())
    mark = f"{dataset.fingerprint}{to_search(selection.query)}"
    return replace(
        dataset,
        mentions=mentions,
        documents=cited_rows(dataset, selection),
        actors=cast_rows(dataset, selection),
        problems=tuple(p for p in dataset.problems if p.line in lines and p.file == dataset.name),
        rows=len(mentions),
        drawn=len(mentions) - undated,
        undated=undated,
        skipped=0,
        in_error=0,
        fingerprint=sha256(mark.encode("utf-8", "replace")).hexdigest()[:12],
    )
