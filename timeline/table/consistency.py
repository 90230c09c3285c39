"""Whether the rows agree with each other, with their documents' dates, and with the lists beside them.

In: the frames of a dataset. Out: Problems, and the actors that nobody needs. Must not know: cells, files,
documents' texts.

None of this is an error: sources do disagree, and a row may be right that looks odd. Where a row has a `note`,
the curator has said why, and the warnings about its dates are not given.
"""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd

from timeline.table import schema
from timeline.table.events import shared_rows
from timeline.table.problems import Problem, make, quote
from timeline.table.when import When, read_date

_AHEAD = ("reported-ahead", "after", "planned")
_DATED = ("event", "line", "id", "words", "start", "end")


def check_agreement(mentions: pd.DataFrame, file: str) -> list[Problem]:
    """One note for each event whose mentions' dates have no moment in common, at its first dated row."""
    dated = np.flatnonzero(shared_rows(mentions) & ~np.isnan(mentions["start"].to_numpy()))
    groups: dict[str, list[tuple[int, str, str, float, float]]] = {}
    for event, *row in zip(*(mentions[name].iloc[dated].tolist() for name in _DATED), strict=True):
        groups.setdefault(event, []).append((row[0], row[1], row[2], row[3], row[4]))
    problems = []
    for event, rows in groups.items():
        early, late = min(rows, key=lambda row: row[4]), max(rows, key=lambda row: row[3])
        if late[3] < early[4]:
            continue
        reason = (
            f"the {len(rows):,} dated mentions of {quote(event)} disagree: line {early[0]} says {early[2]}, "
            f"line {late[0]} says {late[2]}"
        )
        fix = "Let it stand if the documents differ; else correct a date, or give the rows events of their own"
        problems.append(make("disagreement", file, rows[0][0], reason, fix, column="date", id=rows[0][1], value=event))
    return problems


def check_published(mentions: pd.DataFrame, documents: pd.DataFrame, file: str) -> list[Problem]:
    """Warnings for a planned row whose date is over when its document appears, and for a reported or contested
    one whose date only begins after that."""
    appeared = {
        id: when
        for id, published in zip(documents["id"], documents["published"], strict=True)
        if published and isinstance(when := read_date(published), When)
    }
    start, end = (mentions[name].to_numpy() for name in ("start", "end"))
    cited, documents_of = pd.factorize(mentions["document"])
    bounds = [(appeared[id].start, appeared[id].end) if id in appeared else (np.nan, np.nan) for id in documents_of]
    first, last = np.array([*bounds, (np.nan, np.nan)]).T
    said, statuses = pd.factorize(mentions["status"])
    planned = np.array([status == "planned" for status in statuses] + [False])
    told = np.array([status in ("reported", "contested") for status in statuses] + [False])
    over = planned[said] & (end <= first[cited])
    ahead = told[said] & (start >= last[cited])
    if f"extra:{schema.NOTE}" in mentions:
        noted = (mentions[f"extra:{schema.NOTE}"] != "").to_numpy(dtype=bool)
        over, ahead = over & ~noted, ahead & ~noted
    problems = []
    odd = np.flatnonzero(over | ahead)
    columns = ("line", "id", "status", "document", "words", "edtf")
    for line, own, status, document, words, edtf in zip(
        *(mentions[name].iloc[odd].tolist() for name in columns), strict=True
    ):
        code, lies, fix = ("planned-past", "before", "reported") if status == "planned" else _AHEAD
        date, day = f"its date ({words})", appeared[document].words
        reason = f"the row is {status}, but {date} lies {lies} its document appeared ({day})"
        fix = f"Write {fix}, or correct the date, or say why in a note"
        problems.append(make(code, file, line, reason, fix, column="status", id=own, value=edtf))
    return problems


def unused_actors(mentions: pd.DataFrame, cast: pd.DataFrame, actors: pd.DataFrame) -> list[str]:
    """The actors that take part in no row, speak in none, and have no members: what is left over of
    actors.csv."""
    used = set(chain(cast["actor"], mentions["speaker"], actors["part_of"]))
    return [name for name in actors["name"] if name not in used]
