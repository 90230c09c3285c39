"""A large table as columns: read by Arrow, block by block, few-valued columns as numbers of their distinct cells.

In: the bytes of a table in pieces. Out: `Columns`, or `Declined` when anything about the file as a whole is
unusual (encoding, separator, quotation marks, a row of another length): the careful reader takes it then, and its
answers hold for both. Must not know: which cells are right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from timeline.table import layout, schema
from timeline.table.headers import looks_curated
from timeline.table.reading import Sheet, read_sheet
from timeline.table.scanning import Block, Declined, blocks_of

LARGE = 4_000_000  # bytes; below, the careful reader is as quick
PIECE = 4_000_000  # bytes that are in memory at a time
WRITTEN = ("id", "title", "summary")  # columns in which nearly every cell is another one
_KINDS = pa.dictionary(pa.int32(), pa.large_string())
# Arrow's own pools keep what is freed for later: over a whole table that adds up to hundreds of megabytes.
pa.set_memory_pool(pa.system_memory_pool())


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as numbers: row r holds `values[codes[r]]`; `distinct` are the same values as an Arrow array."""

    codes: npt.NDArray[np.int32]
    values: list[str]
    distinct: Any


@dataclass(slots=True)
class Columns:
    """The records below the header. `texts[index]` holds the Arrow arrays of a column, one a block, for columns of
    many different cells; `coded[index]` all others. `digest` is the SHA-256 object that has taken in all bytes,
    `pieces` what `coded` is made of. `lines` and `odd` are as in scanning.Block, one array a block,
    and so is `spaced`."""

    header: Sheet
    digest: Any
    texts: dict[int, list[Any]] = field(default_factory=dict)
    coded: dict[int, Coded] = field(default_factory=dict)
    pieces: dict[int, list[Any]] = field(default_factory=dict)
    lines: list[npt.NDArray[np.int64]] = field(default_factory=list)
    odd: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    spaced: list[bool] = field(default_factory=list)

    @property
    def starts(self) -> list[int]:
        """The number of the first row of each block, and that of all rows."""
        return [0, *np.cumsum([len(block) for block in self.lines]).tolist()]

    def records(self, rows: npt.NDArray[np.int64]) -> list[tuple[int, list[str]]]:
        """Some rows as the careful reader has them: line and cells."""
        cells = []
        for index in range(len(self.header.header)):
            if index in self.texts:
                cells.append(pa.chunked_array(self.texts[index]).take(pa.array(rows)).to_pylist())
            else:
                coded = self.coded[index]
                cells.append([coded.values[code] for code in coded.codes[rows].tolist()])
        lines = np.concatenate(self.lines)[rows].tolist()
        return [(line, list(row)) for line, *row in zip(lines, *cells, strict=True)]


def read_columns(pieces: Iterable[bytes], name: str) -> Columns:
    """Read a curated table of events. Raises Declined, and nothing else, on whatever data."""
    digest = hashlib.sha256()
    columns: Columns | None = None
    ahead: tuple[Block, Future[Any]] | None = None
    with ThreadPoolExecutor(1) as reader:  # Arrow reads one block while the next one is looked at
        for block in blocks_of(_digested(pieces, digest)):
            if columns is None:
                columns, block = _open(block, name, digest)
            if ahead:
                _append(columns, ahead[0], ahead[1].result())
            ahead = (block, reader.submit(_parse, block, columns)) if len(block.lines) else None
        if columns and ahead:
            _append(columns, ahead[0], ahead[1].result())
    if columns is None or not columns.lines:
        raise Declined
    for index in list(columns.pieces):
        whole = pa.chunked_array(columns.pieces.pop(index)).unify_dictionaries().combine_chunks()
        codes = whole.indices.to_numpy()
        columns.coded[index] = Coded(codes, whole.dictionary.to_pylist(), whole.dictionary)
    release()
    return columns


def release() -> None:
    """Give the memory that is free by now back to the system, that of Python and numpy too."""
    pa.system_memory_pool().release_unused()


def _digested(pieces: Iterable[bytes], digest: Any) -> Iterator[bytes]:
    for piece in pieces:
        if b"\0" in piece:
            raise Declined
        digest.update(piece)
        yield piece


def _open(block: Block, name: str, digest: Any) -> tuple[Columns, Block]:
    """The header, read by the careful reader, and the records below it."""
    rows = len(block.lines)
    size = _first_record(block)
    hint = schema.header_line(schema.EVENTS)
    sheet = read_sheet(block.content[:size], name, header_hint=hint, known=layout.is_known)
    usual = sheet.readable and sheet.header_line == 1 and {p.code for p in sheet.problems} <= {"no-rows"}
    if not usual or not looks_curated(sheet.header) or block.odd[0]:
        raise Declined
    sheet.problems.clear()
    below = Block(block.content[size:], block.lines[1:], block.odd[1:], block.newlines, block.spaced)
    columns = Columns(sheet, digest)
    labels = [layout.normal(cell) for cell in sheet.header]
    for index, label in enumerate(labels):
        if label in WRITTEN:
            columns.texts[index] = []
        else:
            columns.pieces[index] = []
    return columns, below if rows > 1 else Block(b"", block.lines[:0], block.odd[:0], False, False)


def _first_record(block: Block) -> int:
    """The length of the header in bytes, its line end included."""
    if len(block.lines) == 1:
        return len(block.content)
    at = -1
    for _ in range(int(block.lines[1] - block.lines[0])):
        at = block.content.index(b"\n", at + 1)
    return at + 1


def _append(columns: Columns, block: Block, table: Any) -> None:
    if table.num_rows != len(block.lines):
        raise Declined
    for index in list(columns.pieces):
        column = table.column(index).combine_chunks()
        if not columns.lines and 2 * len(column.dictionary) > table.num_rows and _is_free(columns.header.header[index]):
            del columns.pieces[index]
            columns.texts[index] = [column.dictionary.take(column.indices)]
        else:
            columns.pieces[index].append(column)
    for index, arrays in columns.texts.items():
        if len(arrays) == len(columns.lines):
            arrays.append(table.column(index).combine_chunks())
    columns.lines.append(block.lines)
    columns.odd.append(block.odd)
    columns.spaced.append(block.spaced)


def _is_free(header: str) -> bool:
    """Whether a column may be kept as it stands: what it says is judged, if at all, without knowing its distinct
    cells."""
    name = layout.normal(header)
    return name == "passage" or name not in schema.names(schema.EVENTS)


def _parse(block: Block, columns: Columns) -> Any:
    names = [str(index) for index in range(len(columns.header.header))]
    types = {name: pa.large_string() if index in columns.texts else _KINDS for index, name in enumerate(names)}
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(block.content),
            read_options=arrow_csv.ReadOptions(
                column_names=names, block_size=len(block.content) + 1, use_threads=False
            ),
            parse_options=arrow_csv.ParseOptions(
                newlines_in_values=block.newlines, ignore_empty_lines=False, escape_char=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types, null_values=[], strings_can_be_null=False, quoted_strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:  # a row of another length, or bytes that are no UTF-8
        raise Declined from None
