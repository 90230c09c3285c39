"""The frames of a large table: its ordinary rows made as whole columns, the others put in at their places.

In: Columns, which of their rows were judged one by one, and what became of these. Out: the frames `mentions` and
`mention_actors`, as `mentions` and `actors` describe them. Must not know: how rows were judged.

A column of few distinct texts is kept as references to these (8 bytes a row, however long they are), one of many
as Arrow keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from timeline.table.columns import Columns, release
from timeline.table.judging import Judged
from timeline.table.layout import Layout
from timeline.table.mentions import COLUMNS
from timeline.table.names import fold_search
from timeline.table.whens import FLAGS, TEXTS

_FEW = 4  # rows to a distinct text, at least, for a column of references
_SHARED = pd.StringDtype("python", na_value=np.nan)
_LARGE = pa.large_string()
_Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Others:
    """The rows that were judged one by one: `rows` are all of them, `kept` those that were drawn or are undated;
    `frame` and `casts` hold the latter as the careful way makes them."""

    rows: npt.NDArray[np.int64]
    kept: npt.NDArray[np.int64]
    frame: pd.DataFrame
    casts: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Work:
    columns: Columns
    layout: Layout
    judged: Judged
    others: Others
    failed: npt.NDArray[np.int64]

    def codes(self, index: int) -> _Codes:
        """The numbers of a coded column, those of the other rows counted on after its distinct cells."""
        coded = self.columns.coded[index]
        if not len(self.others.rows):
            return coded.codes
        codes = coded.codes.copy()
        codes[self.others.kept] = np.arange(len(coded.values), len(coded.values) + len(self.others.kept))
        return np.delete(codes, self.failed)

    def values(self, usual: Sequence[str] | npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
        """What the numbers stand for in a column of the frame; `usual` runs in parallel with the distinct cells."""
        others = self.others.frame[name]
        if isinstance(usual, np.ndarray) and usual.dtype != object:
            return np.concatenate((usual, others.to_numpy(dtype=usual.dtype)))
        made = np.empty(len(usual) + len(others), dtype=object)
        made[: len(usual)] = usual
        made[len(usual) :] = others.tolist()
        return made

    def spliced(self, arrays: Iterable[Any], others: pd.Series) -> Iterator[Any]:
        """Arrays, one a block, with the texts of the other rows put in and those of failed rows left out."""
        start = 0
        for array in arrays:
            stop = start + len(array)
            first, last = np.searchsorted(self.others.kept, (start, stop)).tolist()
            if last > first:
                mask = np.zeros(len(array), dtype=bool)
                mask[self.others.kept[first:last] - start] = True
                texts = pa.array(others.iloc[first:last].tolist(), type=_LARGE)
                array = pc.replace_with_mask(array, pa.array(mask), texts)
            gone = self.failed[slice(*np.searchsorted(self.failed, (start, stop)))] - start
            if len(gone):
                array = array.take(pa.array(np.delete(np.arange(len(array)), gone)))
            yield array
            start = stop


def gather(
    columns: Columns, layout: Layout, judged: Judged, others: Others, documents: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `mentions` and `mention_actors` of all rows that have not failed. `columns` is used up."""
    work = _Work(columns, layout, judged, others, np.setdiff1d(others.rows, others.kept))
    release()
    bridge = _bridge(work)
    searches = pa.chunked_array(list(work.spliced(_searches(work), work.others.frame["search"])), type=_LARGE)
    # In pieces, for it is searched as a whole: to join the longest column takes as much memory again.
    series: dict[str, pd.Series] = {"search": pd.Series(pd.array(searches, dtype="str"), copy=False)}
    del columns.coded[layout.places["actors"]]
    # The long texts early, while there is room to join the pieces of each.
    for name in ("summary", "title"):
        series[name] = _written(work, layout.places[name], name)
        release()
    series |= _identities(work)
    series |= _dates(work)
    del columns.coded[layout.places["date"]]
    release()
    series |= _by_document(work, documents)
    for name in ("category", "status", "locator"):
        index = layout.places[name]
        series[name] = _texts(work, index, columns.coded[index].values, name)
    series["speaker"] = _texts(work, layout.places["speaker"], judged.speakers, "speaker")
    series["passage"] = _written(work, layout.places["passage"], "passage")
    lines = np.concatenate(columns.lines)
    columns.lines.clear()
    lines = np.delete(lines, work.failed) if len(work.failed) else lines
    series["mention"] = pd.Series(np.arange(len(lines), dtype=np.int64))
    series["line"] = pd.Series(lines)
    made = {name: series[name] for name in COLUMNS}
    for index, name in layout.extras:
        if (column := _extra(work, index, name)) is not None:
            made[f"extra:{name}"] = column
    columns.coded.clear()
    return pd.DataFrame(made, copy=False), bridge


def _texts(work: _Work, index: int, usual: Sequence[str], name: str) -> pd.Series:
    return spread(work.codes(index), work.values(usual, name))


def spread(codes: _Codes, values: npt.NDArray[Any]) -> pd.Series:
    """A column of texts from their numbers."""
    if _FEW * len(values) > len(codes) and len(values) > 1:
        return _arrow([pa.array(values, type=_LARGE).take(pa.array(codes))])
    if len(values) == 1:  # one text for all rows, and one reference to it
        return pd.Series(np.broadcast_to(values, len(codes)), dtype=_SHARED, copy=False)
    return pd.Series(values[codes], dtype=_SHARED, copy=False)


def _arrow(arrays: Iterable[Any]) -> pd.Series:
    """A column in one piece: rows are taken out of many pieces a hundred times slower."""
    column = pa.chunked_array(list(arrays), type=_LARGE).combine_chunks()
    return pd.Series(pd.array(column, dtype="str"), copy=False)


def _written(work: _Work, index: int, name: str) -> pd.Series:
    if index in work.columns.texts:
        return _arrow(work.spliced(work.columns.texts.pop(index), work.others.frame[name]))
    return _texts(work, index, work.columns.coded[index].values, name)


def _extra(work: _Work, index: int, name: str) -> pd.Series | None:
    """A further column; none when it is a nameless one of empty cells."""
    column = f"extra:{name}"
    if column not in work.others.frame:
        work.others.frame[column] = ""
    made = _written(work, index, column)
    nameless = name == f"column {index + 1}"
    return None if nameless and not (made != "").any() else made


def _dates(work: _Work) -> dict[str, pd.Series]:
    index, whens = work.layout.places["date"], work.judged.whens
    values = work.columns.coded[index].values
    codes = work.codes(index)
    made = {name: spread(codes, work.values(whens.texts[name], name)) for name in TEXTS}
    for name in ("start", "end"):
        made[name] = pd.Series(work.values(whens.bounds[name], name)[codes])
    for name in FLAGS:
        made[name] = pd.Series(work.values(whens.flags[name], name)[codes])
    written, read = work.values(values, "date"), work.values(whens.texts["edtf"], "edtf")
    made["date"] = made["edtf"] if (written == read).all() else spread(codes, written)
    return made


def _by_document(work: _Work, documents: pd.DataFrame) -> dict[str, pd.Series]:
    index = work.layout.places["document"]
    cells = work.columns.coded[index].values
    sources, addresses = (dict(zip(documents["id"], documents[name], strict=True)) for name in ("source", "url"))
    codes = work.codes(index)
    usual = {
        "document": cells,
        "source": [sources.get(own, "") for own in cells],
        "url": [addresses.get(own, "") for own in cells],
    }
    return {name: spread(codes, work.values(texts, name)) for name, texts in usual.items()}


def _identities(work: _Work) -> dict[str, pd.Series]:
    """Ids and events; a row without an event is one by itself."""
    arrays = work.columns.texts.pop(work.layout.places["id"])
    coded = work.columns.coded[work.layout.places["event"]]
    ids = _arrow(work.spliced(arrays, work.others.frame["id"]))
    if coded.values == [""] and work.others.frame["event"].equals(work.others.frame["id"]):
        return {"id": ids, "event": ids}
    shared = pa.array(coded.values, type=_LARGE)
    starts = work.columns.starts
    events = []
    for array, start in zip(arrays, starts, strict=False):
        cells = shared.take(pa.array(coded.codes[start : start + len(array)]))
        events.append(pc.if_else(pc.equal(cells, ""), array, cells))
    return {"id": ids, "event": _arrow(work.spliced(events, work.others.frame["event"]))}


def _searches(work: _Work) -> Iterator[Any]:
    """Title, summary, actors and speaker, folded as names.fold_search does it: an array for each block."""
    columns, places = work.columns, work.layout.places
    actors, speakers = columns.coded[places["actors"]], columns.coded[places["speaker"]]
    casts = pa.array([" ".join(cast) for cast in work.judged.casts], type=_LARGE)
    spoken = pa.array([name or None for name in work.judged.speakers], type=_LARGE)
    plain = all(" ".join(text.split()) == text for text in (*casts.to_pylist(), *work.judged.speakers))
    for number, start in enumerate(columns.starts[:-1]):
        title, summary = (columns.texts[places[name]][number] for name in ("title", "summary"))
        rows = slice(start, start + len(title))
        cast, speaker = casts.take(pa.array(actors.codes[rows])), spoken.take(pa.array(speakers.codes[rows]))
        joined = pc.binary_join_element_wise(
            title, summary, cast, speaker, pa.scalar(" ", _LARGE), null_handling="skip"
        )
        unlike = pc.invert(pc.string_is_ascii(joined))
        if columns.spaced[number] or not plain:
            unlike = pc.or_(unlike, pc.match_substring_regex(joined, r"[ \t\n\v\f\r]{2}|[\t\n\v\f\r]| $"))
        folded = pc.ascii_lower(joined)
        if pc.any(unlike).as_py():
            texts = [fold_search(text) for text in joined.filter(unlike).to_pylist()]
            folded = pc.replace_with_mask(folded, unlike, pa.array(texts, type=_LARGE))
        yield folded


def _bridge(work: _Work) -> pd.DataFrame:
    """One row for each actor of each mention, in written order."""
    codes = work.codes(work.layout.places["actors"])
    number: dict[str, int] = {}
    named = (*work.judged.casts, *work.others.casts)
    casts = [[number.setdefault(name, len(number)) for name in cast] for cast in named]
    lengths = np.array([len(cast) for cast in casts], dtype=np.int64)
    flat = np.array([name for cast in casts for name in cast], dtype=np.int32)
    repeats = lengths[codes]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    within += np.repeat((np.cumsum(lengths) - lengths)[codes], repeats)
    names = np.array([*number, ""], dtype=object)
    return pd.DataFrame(
        {
            "mention": pd.Series(np.repeat(np.arange(len(codes), dtype=np.int64), repeats)),
            "actor": spread(flat[within], names),
        },
        copy=False,
    )
