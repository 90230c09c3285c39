"""Which rows of a large curated table are as most rows are: nothing to repair, to tell or to refuse.

In: Columns, what documents.csv and actors.csv hold. Out: `Judged`: the rows that are out of the ordinary, and what
the distinct cells of the others mean. Must not know: what is wrong with a row that is not ordinary; the rules that
say it (`cells`, `checking`, `dating`) are asked once for each distinct cell, and the few that are put here a second
time, for columns of many different cells, only ever find too many.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from timeline.table import checking
from timeline.table.actors import Directory
from timeline.table.cells import is_unusual
from timeline.table.columns import Coded, Columns
from timeline.table.guard import unguard
from timeline.table.layout import Layout
from timeline.table.limits import ID_CHARACTERS, TITLE_CHARACTERS
from timeline.table.names import skeleton
from timeline.table.passages import passage_fault
from timeline.table.records import BLANK
from timeline.table.scanning import Declined
from timeline.table.tables import Table
from timeline.table.whens import Whens, read_dates

MOST = 0.25  # of all rows; where more are out of the ordinary, all are judged one by one
_ROUNDS = 20
_EDGE = np.zeros(256, dtype=bool)  # bytes with which a cell may begin or end that is trimmed, or is like a formula
_EDGE[[*b" \t\n\v\f\r'=+-@", 0xC2, 0xE1, 0xE2, 0xE3, 0xEF]] = True
_FINAL = np.zeros(256, dtype=bool)
_FINAL[[*b" \t\n\v\f\r", *range(0x80, 0xC0)]] = True
_BLANKS = "".join(f"\\x{{{ord(character):x}}}" for character in BLANK)
_AT_EDGE = rf"^[{_BLANKS}'=+\-@＝＋－＠]|[{_BLANKS}]$"
_LETTERS = "0-9A-Za-z_À-ÖØ-öø-ɏΑ-ΡΣ-ώЀ-ҁ"  # some of the letters of Python's \\w, which Arrow does not have
_WORD = rf"[^{_BLANKS}\x{{1c}}-\x{{1f}}\x{{85}}…\[\]]*[{_LETTERS}][^{_BLANKS}\x{{1c}}-\x{{1f}}\x{{85}}…\[\]]*"
_PASSAGE = rf"^{_WORD}(?: {_WORD}){{1,7}} … {_WORD}(?: {_WORD}){{0,7}}$"  # as passages._WELL_MADE
_SLUG_BYTES = b"abcdefghijklmnopqrstuvwxyz0123456789-"

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """`odd` tells which rows are out of the ordinary; `whens`, `casts` and `speakers` say what the distinct cells of
    the columns of dates, actors and speakers mean, for all rows that are not."""

    odd: _Mask
    whens: Whens
    casts: list[list[str]]
    speakers: list[str]


def judge(columns: Columns, layout: Layout, documents: set[str] | None, directory: Directory, listed: bool) -> Judged:
    """Tell the ordinary rows from the others. `documents` and `listed` are as in `checking`. Raises Declined when
    there are too many others."""
    odd = np.concatenate(columns.odd)
    starts = columns.starts
    dates = layout.places["date"]
    for index, coded in columns.coded.items():
        bad = _edges(coded.distinct)
        for code in np.flatnonzero(bad).tolist():
            bad[code] = is_unusual(coded.values[code], dated=index == dates)
        if bad.any():
            odd |= bad[coded.codes]
    titles, summaries, passages = (layout.places[name] for name in ("title", "summary", "passage"))
    for index, arrays in columns.texts.items():
        for start, column in zip(starts, arrays, strict=False):
            here = odd[start : start + len(column)]
            here |= _edges(column)
            if index in (titles, summaries):
                here |= _lengths(column) == 0
            if index == titles:
                here |= pc.utf8_length(column).to_numpy() > TITLE_CHARACTERS
            if index == passages:
                here |= _bad_passages(column)
    whens = read_dates(columns.coded[dates].values)
    odd |= whens.odd[columns.coded[dates].codes]
    for name in ("event", "category", "status", "document", "locator", "passage"):
        if layout.places[name] in columns.coded:
            _refuse(odd, columns.coded[layout.places[name]], name, lambda table: checking.check_rows(table, documents))
    actors, speakers = (columns.coded[layout.places[name]] for name in ("actors", "speaker"))
    casts = _refuse(odd, actors, "actors", lambda table: checking.check_actors(table, directory, listed))
    said = _refuse(odd, speakers, "speaker", lambda table: checking.check_speakers(table, directory, listed))
    _entangle(odd, columns.texts[layout.places["id"]])
    if odd.mean() > MOST:
        raise Declined
    return Judged(odd, whens, casts, said)


def _refuse(odd: _Mask, coded: Coded, name: str, rule: Callable[[Table], Any]) -> Any:
    """Let a rule of `checking` judge a table of the distinct cells of one column; mark the rows of those of which it
    has something to tell. Returns what the rule returns."""
    rows = [[cell] for cell in coded.values]
    table = Table("", Layout((name,), {name: 0}), list(range(len(rows))), rows, [""] * len(rows), set())
    said = rule(table)
    bad = np.zeros(len(rows), dtype=bool)
    bad[[problem.line for problem in table.problems if problem.line is not None]] = True
    if bad.any():
        odd |= bad[coded.codes]
    return said


def _lengths(column: Any) -> npt.NDArray[np.int64]:
    """How many bytes each cell has."""
    return np.diff(_offsets(column))


def _offsets(column: Any) -> npt.NDArray[np.int64]:
    return np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column) + 1]


def _edges(column: Any) -> _Mask:
    """Cells that `clean_cells` may trim or take for a formula."""
    offsets = _offsets(column)
    filled = np.flatnonzero(np.diff(offsets))
    odd = np.zeros(len(column), dtype=bool)
    if len(filled):
        data = np.frombuffer(column.buffers()[2], dtype=np.uint8)
        at = filled[_EDGE[data[offsets[filled]]] | _FINAL[data[offsets[filled + 1] - 1]]]
        odd[at] = pc.match_substring_regex(column.take(pa.array(at)), _AT_EDGE).to_numpy(zero_copy_only=False)
    return odd


def _bad_passages(column: Any) -> _Mask:
    """Passages in which the rule of `checking` finds a fault."""
    well = pc.match_substring_regex(column, _PASSAGE).to_numpy(zero_copy_only=False)
    well &= (_lengths(column) < 400) & ~pc.match_substring(column, "...").to_numpy(zero_copy_only=False)
    rest = np.flatnonzero(~well)
    bad = np.zeros(len(column), dtype=bool)
    bad[rest] = [not cell or passage_fault(cell) is not None for cell in column.take(pa.array(rest)).to_pylist()]
    return bad


def _entangle(odd: _Mask, arrays: Sequence[Any]) -> None:
    """Mark the rows whose id is malformed or stands twice, and all whose ids have to do with those of marked rows."""
    start = 0
    for column in arrays:
        lengths = _lengths(column)
        here = odd[start : start + len(column)]
        here |= (lengths == 0) | (lengths > ID_CHARACTERS)
        offsets = _offsets(column)
        if bytes(column.buffers()[2])[offsets[0] : offsets[-1]].translate(None, _SLUG_BYTES):
            here |= ~pc.match_substring_regex(column, "^[a-z0-9-]+$").to_numpy(zero_copy_only=False)
        start += len(column)
    ids = pa.chunked_array(arrays)
    counts = pc.value_counts(ids)
    twice = counts.field(0).filter(pc.greater(counts.field(1), 1))
    del counts
    if len(twice):
        odd |= _among(ids, twice)
    if not odd.any():
        return
    _bind(odd, ids, twice)


def _bind(odd: _Mask, ids: Any, twice: Any) -> None:
    """A second `a` is called `a-2`: so the rows that are called so already are judged with it, and those that differ
    from an id that has to be trimmed or is malformed in nothing else or in look only."""
    written = (unguard(one.strip(BLANK)).strip(BLANK) for one in ids.filter(pa.array(odd)).to_pylist())
    trimmed = {one for one in written if one}
    malformed = {one for one in trimmed if not checking.is_slug(one)}
    looks = sorted({skeleton(one) for one in malformed} - {""})
    if looks:
        odd |= _among(pc.replace_substring(ids, "-", ""), looks)
    renamed = set(twice.to_pylist()) | trimmed - malformed
    odd |= _among(ids, sorted(renamed))
    for _ in range(_ROUNDS):
        if not renamed:
            return
        if any(len(one) > ID_CHARACTERS - 8 for one in renamed):
            break  # its further names are cut, and may be anything
        stems = pc.replace_substring_regex(ids, "-[0-9]+$", "")
        found = _among(stems, sorted(renamed)) & pc.not_equal(stems, ids).to_numpy()
        renamed = set(ids.filter(pa.array(found & ~odd)).to_pylist())
        odd |= found
    raise Declined


def _among(column: Any, values: Collection[str]) -> _Mask:
    found: _Mask = pc.is_in(column, value_set=pa.array(values, type=pa.large_string())).to_numpy()
    return found
