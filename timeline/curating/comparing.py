"""Two versions of a table compared: rows added, removed, moved in time, cited from elsewhere, renamed, edited.

In: the Datasets of the older and the newer table. Out: `Differences`. Must not know: files, how differences are told or
drawn.

Rows are matched by id; of those that are left, a row with the same citation and title is the same under another id. A
row may differ in several ways and is then in several kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from timeline.curating.moving import moved
from timeline.table.dataset import Dataset
from timeline.table.parquet import joined_actors

ADDED, REMOVED, MOVED, RECITED, RENAMED, EDITED = KINDS = (
    "added", "removed", "moved", "re-cited", "renamed", "edited",
)  # fmt: skip
CITATION = ("document", "locator", "passage")
_EDITABLE = ("event", "title", "summary", "actors", "category", "status", "speaker")
_LOOSE = ("source", "url")
_TIME = (
    "edtf", "words", "start", "end", "precision", "approximate", "uncertain", "open_start", "open_end", "earliest",
    "latest",
)  # fmt: skip
_EXTRA = "extra:"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not the same in both tables. `before` and `after` are its cells and what its date means (columns
    as in the `mentions` frame, and `actors`), None where it is not there; `columns` are those that differ, but for the
    id; `said` is how its date moved, in words."""

    kinds: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    columns: tuple[str, ...] = ()
    said: str = ""

    @property
    def row(self) -> Mapping[str, Any]:
        """The row as it is now, or as it was last."""
        return self.after or self.before or {}

    @property
    def id(self) -> str:
        return str(self.row["id"])


@dataclass(frozen=True)
class Differences:
    """`rows` are those that differ, in the order of time, undated ones last; `same` counts the others. `new_columns`
    and `old_columns` are further columns that only one table has."""

    rows: tuple[Difference, ...]
    same: int
    new_columns: tuple[str, ...] = ()
    old_columns: tuple[str, ...] = ()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind, in the order of KINDS."""
        found = Counter(kind for row in self.rows for kind in row.kinds)
        return {kind: found[kind] for kind in KINDS}

    def of(self, kind: str) -> list[Difference]:
        """The rows of a kind, in the order of time."""
        return [row for row in self.rows if kind in row.kinds]


def compare(old: Dataset, new: Dataset) -> Differences:
    """What is different in `new`. Rows that could not be read are in neither table."""
    first, second = _frame(old), _frame(new)
    kept = [[str(name) for name in frame if str(name).startswith(_EXTRA)] for frame in (first, second)]
    before, after = _matched(first, second)
    names = [*_EDITABLE[0 if old.curated and new.curated else 1 :], *(name for name in kept[1] if name in kept[0])]
    names += _LOOSE if not (old.curated or new.curated) else ()
    differs = {
        name: _differ(first, second, before, after, name) for name in ("id", "date", "edtf", *CITATION, *names)
    }
    differs["date"] &= ~differs["edtf"]  # spelt otherwise, and the same day
    odd = np.flatnonzero(np.logical_or.reduce(list(differs.values())))
    pairs = zip(odd.tolist(), _records(first, before[odd]), _records(second, after[odd]), strict=True)
    rows = [_changed(one, other, {name: bool(on[at]) for name, on in differs.items()}) for at, one, other in pairs]
    gone = np.setdiff1d(np.arange(len(first)), before)
    come = np.setdiff1d(np.arange(len(second)), after)
    rows += [Difference((REMOVED,), row, None) for row in _records(first, gone)]
    rows += [Difference((ADDED,), None, row) for row in _records(second, come)]
    rows.sort(key=_when)
    only = [tuple(name.removeprefix(_EXTRA) for name in kept[i] if name not in kept[1 - i]) for i in (0, 1)]
    return Differences(tuple(rows), len(before) - len(odd), only[1], only[0])


def _frame(dataset: Dataset) -> pd.DataFrame:
    mentions = dataset.mentions.drop(columns=["search", "mention", "line"])
    own = mentions["event"].to_numpy(dtype=object) == mentions["id"].to_numpy(dtype=object)
    events = np.where(own, "", mentions["event"].to_numpy(dtype=object))
    return mentions.assign(event=events, actors=joined_actors(dataset).to_numpy(dtype=object)).reset_index(drop=True)


_Rows = npt.NDArray[np.int64]


def _matched(old: pd.DataFrame, new: pd.DataFrame) -> tuple[_Rows, _Rows]:
    """Which row of the one is which of the other, in parallel, in the order of the new table."""
    places = pd.Index(_numbered(old["id"])).get_indexer(pd.Index(_numbered(new["id"])))
    left = np.setdiff1d(np.arange(len(old)), places[places >= 0])
    if len(left) and (places < 0).any():
        waiting: dict[tuple[str, ...], list[int]] = {}
        for at, key in zip(left.tolist(), _keys(old, left), strict=True):
            waiting.setdefault(key, []).append(at)
        come = np.flatnonzero(places < 0)
        for at, key in zip(come.tolist(), _keys(new, come), strict=True):
            same = waiting.get(key)
            if same and any(key[1:]):
                places[at] = same.pop(0)
    after = np.flatnonzero(places >= 0)
    return places[after], after


def _keys(frame: pd.DataFrame, rows: _Rows) -> list[tuple[str, ...]]:
    """Title and citation."""
    return list(zip(*(frame[name].iloc[rows].tolist() for name in ("title", *CITATION)), strict=True))


def _numbered(ids: pd.Series) -> pd.Series:
    """Ids, with a number where one stands twice (in Parquet it may)."""
    if ids.is_unique:
        return ids
    return ids.str.cat(ids.groupby(ids).cumcount().astype("str"), sep="\n")


def _differ(old: pd.DataFrame, new: pd.DataFrame, before: _Rows, after: _Rows, name: str) -> npt.NDArray[np.bool_]:
    one, other = (frame[name].to_numpy(dtype=object) for frame in (old, new))
    found: npt.NDArray[np.bool_] = one[before] != other[after]
    return found.astype(bool)


def _records(frame: pd.DataFrame, rows: _Rows) -> list[dict[str, Any]]:
    names = [str(name) for name in frame]
    cells = (frame[name].iloc[rows].tolist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def _changed(before: Mapping[str, Any], after: Mapping[str, Any], differs: Mapping[str, bool]) -> Difference:
    kinds = {
        MOVED: differs["edtf"],
        RECITED: any(differs[name] for name in CITATION),
        RENAMED: differs["id"],
        EDITED: any(on for name, on in differs.items() if name not in ("id", "edtf", *CITATION)),
    }
    columns = tuple("date" if name == "edtf" else name for name, on in differs.items() if on and name != "id")
    said = moved(before, after) if differs["edtf"] else ""
    return Difference(tuple(kind for kind, on in kinds.items() if on), before, after, columns, said)


def _when(difference: Difference) -> tuple[bool, float, str]:
    row = difference.row
    start, end = float(row["start"]), float(row["end"])
    undated = start != start
    return undated, 0.0 if undated else end if np.isinf(start) else start, difference.id

