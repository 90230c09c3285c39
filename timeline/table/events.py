"""Mentions to events: rows with the same `event` value are what different documents say of one happening.

In: the `mentions` frame. Out: the `events` frame. Must not know: files, checks, queries.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

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
    among equals one without `~` or `?`, then the first). Mentions disagree when no moment belongs to all
    their dates (for intervals on a line that is the same as: two of them do not overlap); such an event spans
    the hull of its dates. `importance` ranks all events, 0 first: more documents, more mentions, dated, more
    precise, earlier in the table.
    """
    needed = [*_COPIED, "event", "id", "title", "category", "status", "document", "source"]
    columns: dict[str, list[Any]] = {name: mentions[name].tolist() for name in needed}
    members: dict[str, list[int]] = {}
    for row, event in enumerate(columns["event"]):
        members.setdefault(event, []).append(row)
    made = [_event(event, rows, columns) for event, rows in members.items()]
    ranked = sorted(
        range(len(made)),
        key=lambda i: (-made[i]["documents"], -made[i]["mentions"], not made[i]["dated"], _width(made[i]), i),
    )
    for rank, index in enumerate(ranked):
        made[index]["importance"] = rank
    made.sort(key=lambda event: event["start"] if event["dated"] else math.inf)  # stable: first mentions first
    made.sort(key=lambda event: not event["dated"])
    return pd.DataFrame({name: pd.Series([event[name] for event in made], dtype=kind) for name, kind in DTYPES.items()})


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


def _precision(row: int, columns: dict[str, list[Any]]) -> tuple[float, bool]:
    return columns["end"][row] - columns["start"][row], columns["approximate"][row] or columns["uncertain"][row]


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


def _width(event: dict[str, Any]) -> float:
    return event["end"] - event["start"] if event["dated"] else math.inf
