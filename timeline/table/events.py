"""Mentions to events: rows with the same `event` value are what different documents say of one happening.

In: the `mentions` frame. Out: the `events` frame. Must not know: files, checks, queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

DTYPES: dict[str, str] = {
    "event": "str", "id": "str", "title": "str", "category": "str", "status": "str",
    "start": "float64", "end": "float64", "earliest": "str", "latest": "str", "precision": "str",
    "approximate": "bool", "uncertain": "bool", "open_start": "bool", "open_end": "bool",
    "words": "str", "dated": "bool", "mentions": "int64", "documents": "int64", "sources": "int64",
    "disagree": "bool", "importance": "int64",
}  # fmt: skip
_COPIED = (
    "start",
    "end",
    "earliest",
    "latest",
    "precision",
    "approximate",
    "uncertain",
    "open_start",
    "open_end",
    "words",
)
_SHOWN_DATES = 4


def events_of(mentions: pd.DataFrame) -> pd.DataFrame:
    """One row per event, sorted by start (days since 1970-01-01), then by first mention; undated ones last.

    The representative of an event is its mention with the most precise date (the shortest stretch of time;
    among equals one without `~` or `?`, then one that is not only planned, then the first). Mentions disagree
    when no moment belongs to all their dates (for intervals on a line that is the same as: two of them do not
    overlap); such an event spans the hull of its dates. `importance` ranks all events, 0 first: more documents,
    more mentions, dated, more precise, earlier in the table.
    """
    shared = shared_rows(mentions)
    rows = np.flatnonzero(~shared)
    several = _together(mentions, np.flatnonzero(shared))
    # where each event stands in the columns of `mentions` with those of `several` below, by first mention
    source = np.concatenate((rows, len(mentions) + np.arange(len(several))))
    source = source[np.argsort(np.concatenate((rows, several.index.to_numpy(dtype=np.int64))))]
    numbers = {name: _numbers(mentions, several, name)[source] for name, kind in DTYPES.items() if kind != "str"}
    start, dated = numbers["start"], numbers["dated"]
    width = np.where(dated, numbers["end"] - start, np.inf)
    ranked = np.lexsort((width, ~dated, -numbers["mentions"], -numbers["documents"]))
    numbers["importance"][ranked] = np.arange(len(source))
    order = np.lexsort((np.where(dated, start, np.inf), ~dated))
    source = source[order]
    made: dict[str, pd.Series] = {}
    for name, kind in DTYPES.items():
        if name == "id" and not len(several) and (mentions["id"] == mentions["event"]).all():
            made[name] = made["event"]
        elif kind == "str":
            made[name] = _texts(mentions[name], several[name]).take(source).reset_index(drop=True)
        else:
            made[name] = pd.Series(_slim(numbers.pop(name)[order]), copy=False)
    return pd.DataFrame(made, copy=False)


def _slim(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A column of one number in all rows (one mention to each event, say) as one number."""
    alike = len(column) > 0 and bool((column == column[0]).all())
    return np.broadcast_to(column[:1], len(column)) if alike else column


def shared_rows(mentions: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which mentions tell an event that others tell too. Ids are unique, and a mention whose event is its own id
    is alone unless another names that: so only the events of the others have to be counted."""
    named = (mentions["event"] != mentions["id"]).to_numpy(dtype=bool)
    shared = np.zeros(len(mentions), dtype=bool)
    if named.any():
        maybe = mentions["event"].isin(mentions["event"][named].unique()).to_numpy(dtype=bool)
        shared[maybe] = mentions["event"][maybe].duplicated(keep=False).to_numpy(dtype=bool)
    return shared


def _texts(alone: pd.Series, several: pd.Series) -> pd.Series:
    return pd.concat([alone, several.astype(alone.dtype)]) if len(several) else alone


def _numbers(mentions: pd.DataFrame, several: pd.DataFrame, name: str) -> npt.NDArray[Any]:
    """A column of numbers for all mentions, as if each were an event, with the events of several below."""
    if name in mentions:
        alone = mentions[name].to_numpy()
    elif name == "dated":
        alone = ~np.isnan(mentions["start"].to_numpy())
    elif name in ("documents", "sources"):
        alone = (mentions[name.removesuffix("s")] != "").to_numpy(dtype=np.int64)
    elif name == "mentions":
        alone = np.ones(len(mentions), dtype=np.int64)
    else:
        alone = np.zeros(len(mentions), dtype=DTYPES[name])
    return np.concatenate((alone, several[name].to_numpy())) if len(several) else alone


def _together(mentions: pd.DataFrame, shared: npt.NDArray[np.int64]) -> pd.DataFrame:
    """The events that several mentions tell, those of the rows `shared`, indexed by the row of the first."""
    needed = [*_COPIED, "event", "id", "title", "category", "status", "document", "source"]
    columns: dict[str, list[Any]] = {name: mentions[name].iloc[shared].tolist() for name in needed}
    members: dict[str, list[int]] = {}
    for row, event in enumerate(columns["event"]):
        members.setdefault(event, []).append(row)
    made = [_event(event, rows, columns) for event, rows in members.items()]
    first = shared[[rows[0] for rows in members.values()]]
    return pd.DataFrame(
        {name: pd.Series([event[name] for event in made], dtype=kind, index=first) for name, kind in DTYPES.items()}
    )


def _event(event: str, rows: Sequence[int], columns: dict[str, list[Any]]) -> dict[str, Any]:
    dated = [row for row in rows if columns["precision"][row]]
    best = min(dated, key=lambda row: _precision(row, columns)) if len(dated) > 1 else (dated or rows)[0]
    made: dict[str, Any] = {name: columns[name][best] for name in _COPIED}
    made |= {
        "event": event,
        "id": columns["id"][best],
        "title": columns["title"][best],
        "category": columns["category"][best] or next((c for r in rows if (c := columns["category"][r])), ""),
        "status": _status([columns["status"][row] for row in rows], columns["status"][best]),
        "dated": bool(dated),
        "mentions": len(rows),
        "documents": len({columns["document"][row] for row in rows} - {""}),
        "sources": len({columns["source"][row] for row in rows} - {""}),
        "disagree": False,
        "importance": 0,
    }
    if len(dated) > 1:
        _widen(made, dated, columns)
    return made


def _precision(row: int, columns: dict[str, list[Any]]) -> tuple[float, bool, bool]:
    doubtful = columns["approximate"][row] or columns["uncertain"][row]
    return columns["end"][row] - columns["start"][row], doubtful, columns["status"][row] == "planned"


def _status(statuses: list[str], own: str) -> str:
    """One contested mention contests the event; an event is planned only while nobody reports it. Words of a
    stranger's own vocabulary stay as they are."""
    if "contested" in statuses:
        return "contested"
    if all(status == "planned" for status in statuses):
        return "planned"
    return "reported" if "reported" in statuses else own


def _widen(made: dict[str, Any], dated: list[int], columns: dict[str, list[Any]]) -> None:
    """Replace the representative's date by the hull of all dates when they have no moment in common."""
    first = min(dated, key=lambda row: columns["start"][row])
    last = max(dated, key=lambda row: columns["end"][row])
    if max(columns["start"][row] for row in dated) < min(columns["end"][row] for row in dated):
        return
    words = list(dict.fromkeys(columns["words"][row] for row in sorted(dated, key=lambda row: columns["start"][row])))
    shown = "; ".join(words[:_SHOWN_DATES])
    more = f"; and {len(words) - _SHOWN_DATES} more" if len(words) > _SHOWN_DATES else ""
    made |= {
        "disagree": True,
        "start": columns["start"][first],
        "end": columns["end"][last],
        "earliest": columns["earliest"][first],
        "latest": columns["latest"][last],
        "open_start": columns["open_start"][first],
        "open_end": columns["open_end"][last],
        "approximate": any(columns["approximate"][row] for row in dated),
        "uncertain": any(columns["uncertain"][row] for row in dated),
        "precision": "interval",
        "words": f"dates differ: {shown}{more}",
    }
