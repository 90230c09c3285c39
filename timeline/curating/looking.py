"""Looking: everything that `timeline check` would say of one row, before it is saved.

In: a Snapshot, a Library, the cells of a row. Out: the problems of that row, and what became of its citation. It must
not know the disk, the page, or any rule of its own: the row is checked by the rules of the table and of citations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from timeline.curating.shelf import Shelved
from timeline.curating.snapshot import Snapshot
from timeline.documents.bearing import Bearing
from timeline.documents.passages import Citation
from timeline.documents.proving import prove
from timeline.documents.texts import Library
from timeline.table.actors import bridge
from timeline.table.checking import is_slug
from timeline.table.consistency import check_agreement, check_published
from timeline.table.dataset import Dataset
from timeline.table.meaning import curated_meaning
from timeline.table.mentions import mentions_frame
from timeline.table.problems import Problem
from timeline.table.reading import Sheet
from timeline.table.tables import table_of
from timeline.table.when import NotADate, read_date

_MOST_SIBLINGS = 50


@dataclass(frozen=True)
class Look:
    """What is wrong with a row; its citation and how its passage bears its date, None where nothing could be
    compared; `mentions` and `actors` are the row as the table would read it, empty when it cannot be drawn."""

    problems: tuple[Problem, ...]
    citation: Citation | None
    bearing: Bearing | None
    mentions: pd.DataFrame
    actors: tuple[str, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those with which a row is not saved."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def look(
    snapshot: Snapshot, library: Library, row: Mapping[str, str], own: str | None, cited: Shelved | None = None
) -> Look:
    """Check a row (cells by column) as the one with the id `own`, or as a new one when that is None. `cited` is its
    document, which documents.csv need not list yet."""
    line = _line(snapshot, own)
    problems, frame, cast = _judged(snapshot, row, own, line)
    mine = frame[frame["line"] == line].reset_index(drop=True)
    problems += check_agreement(frame, snapshot.dataset.name) if len(mine) else []
    problems += check_published(mine, snapshot.known.shelf, snapshot.dataset.name)
    if not len(mine):
        # What cannot be drawn yet, for it has no title, can be compared all the same.
        _, frame, cast = _judged(snapshot, {**row, **_stand_ins(row)}, own, line)
        mine = frame[frame["line"] == line].reset_index(drop=True)
    if not len(mine):
        return Look(tuple(problems), None, None, mine, tuple(cast))
    proof = prove(_alone(snapshot, mine, cast, cited), library)
    problems += [one for one in proof.problems if library.directory is not None or one.code != "no-text"]
    return Look(tuple(problems), proof.citations.citations[0], proof.bearings[0], mine, tuple(cast))


def _judged(
    snapshot: Snapshot, row: Mapping[str, str], own: str | None, line: int
) -> tuple[list[Problem], pd.DataFrame, list[str]]:
    """The row and those that it could clash with, put through the rules of the table: its problems, the frame of all
    that can be drawn, and its actors."""
    dataset, known = snapshot.dataset, snapshot.known
    sheet = Sheet(dataset.name, list(snapshot.header), readable=True)
    sheet.records.append((line, [row.get(name, "") for name in snapshot.columns]))
    near = _neighbours(snapshot, row, own)
    for position, cells in zip(near, snapshot.rows(near), strict=True):
        sheet.records.append((int(dataset.mentions["line"].iloc[position]), list(cells.values())))
    table = table_of(sheet, replace(snapshot.layout, problems=[]), "id")
    meaning, cast, dates = curated_meaning(table, known.shelf, known.readable, known.directory, known.listed)
    frame = mentions_frame(table, meaning, cast, known.shelf, dates)
    return [problem for problem in table.problems if problem.line == line], frame, cast[0] if cast else []


def _stand_ins(row: Mapping[str, str]) -> dict[str, str]:
    """Cells without which a row cannot be drawn, where they are missing or cannot be read."""
    stand_ins = {}
    if not row.get("title", "").strip():
        stand_ins["title"] = "-"
    if not is_slug(row.get("id", "")):
        stand_ins["id"] = "row-at-hand"
    if isinstance(read_date(row.get("date", "")), NotADate):
        stand_ins["date"] = ""
    return stand_ins


def _line(snapshot: Snapshot, own: str | None) -> int:
    """The line of the row, or the one on which a new row would stand."""
    lines = snapshot.dataset.mentions["line"]
    if own is not None and own in snapshot.place:
        return int(lines.iloc[snapshot.place[own]])
    return max(int(lines.max()) if len(lines) else 1, snapshot.dataset.rows + 1) + 1


def _neighbours(snapshot: Snapshot, row: Mapping[str, str], own: str | None) -> list[int]:
    """The rows that this one could clash with: one of the same id, and those of the same event."""
    found: dict[int, None] = {}
    if row.get("id", "") in snapshot.place and row["id"] != own:
        found[snapshot.place[row["id"]]] = None
    event = row.get("event", "")
    if event:
        same = (snapshot.dataset.mentions["event"] == event).to_numpy().nonzero()[0].tolist()
        found |= dict.fromkeys(same[:_MOST_SIBLINGS])
    if own is not None:
        found.pop(snapshot.place.get(own, -1), None)
    return sorted(found)


def _alone(snapshot: Snapshot, mine: pd.DataFrame, cast: list[str], cited: Shelved | None) -> Dataset:
    """A dataset of one row and the document that it cites."""
    dataset = snapshot.dataset
    shelf: Any = dataset.documents[dataset.documents["id"] == mine["document"].iloc[0]].reset_index(drop=True)
    if not len(shelf) and cited is not None and cited.id == mine["document"].iloc[0]:
        told = {name: [getattr(cited, name, "")] for name in shelf.columns}
        shelf = pd.DataFrame(told | {"published_words": [""], "published_start": [float("nan")], "sha256": [""]})
    extras = tuple(str(name).removeprefix("extra:") for name in mine.columns if str(name).startswith("extra:"))
    undated = int(mine["start"].isna().sum())
    return Dataset(
        name=dataset.name, path=None, curated=True, mentions=mine, mention_actors=bridge([cast]), documents=shelf,
        actors=dataset.actors, extras=extras, problems=(), rows=1, drawn=1 - undated, undated=undated, skipped=0,
        in_error=0, fingerprint=hashlib.sha256(repr(mine.iloc[0].to_dict()).encode()).hexdigest()[:12],
    )  # fmt: skip
