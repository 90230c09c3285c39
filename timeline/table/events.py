"""Mentions to events: rows with the same `event` value are what different documents say of one happening.

In: the `mentions` frame. Out: the `events` frame. Must not know: files, checks, queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
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
    codes, _ = pd.factorize(mentions["event"])
    alone = np.bincount(codes, minlength=1)[codes] == 1 if len(codes) else np.zeros(0, dtype=bool)
    made = pd.concat([_alone(mentions[alone]), _together(mentions[~alone])])
    made = made.sort_index()  # by first mention
    start, width = made["start"].to_numpy(), (made["end"] - made["start"]).to_numpy()
    dated = made["dated"].to_numpy()
    ranked = np.lexsort(
        (np.where(dated, width, np.inf), ~dated, -made["mentions"].to_numpy(), -made["documents"].to_numpy())
    )
    importance = np.empty(len(made), dtype=np.int64)
    importance[ranked] = np.arange(len(made))
    made["importance"] = importance
    return made.iloc[np.lexsort((np.where(dated, start, np.inf), ~dated))].reset_index(drop=True)[list(DTYPES)]


def _alone(mentions: pd.DataFrame) -> pd.DataFrame:
    """The events that one mention tells, indexed by its row: most of most tables, so they are made as whole
    columns."""
    made = mentions[[*_COPIED, "event", "id", "title", "category", "status"]].copy()
    made["dated"] = (mentions["precision"] != "").astype(bool)
    made["mentions"] = np.ones(len(mentions), dtype=np.int64)
    for count, column in (("documents", "document"), ("sources", "source")):
        made[count] = (mentions[column] != "").astype("int64")
    made["disagree"] = False
    made["importance"] = 0
    return made.astype(DTYPES)


def _together(mentions: pd.DataFrame) -> pd.DataFrame:
    """The events that several mentions tell, indexed by the row of the first."""
    needed = [*_COPIED, "event", "id", "title", "category", "status", "document", "source"]
    columns: dict[str, list[Any]] = {name: mentions[name].tolist() for name in needed}
    members: dict[str, list[int]] = {}
    for row, event in enumerate(columns["event"]):
        members.setdefault(event, []).append(row)
    made = [_event(event, rows, columns) for event, rows in members.items()]
    first = mentions.index[[rows[0] for rows in members.values()]]
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
