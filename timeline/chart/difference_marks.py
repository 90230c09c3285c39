"""The marks of the differences of two tables: one for each row and kind, and one for the old place of each that moved.

Comes in: Differences. Leaves: frames of marks. Must not know pixels, plotly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from timeline.chart.marks import make_marks
from timeline.chart.text import clip
from timeline.curating.comparing import CITATION, EDITED, KINDS, MOVED, RECITED, Difference, Differences
from timeline.curating.telling import details, heading

_TITLE, _LABEL = 44, 68  # characters


WAS = "was"
"""The code of a mark at a place where its row was and is no more."""


@dataclass(frozen=True)
class Drawn:
    """`lanes` are the kinds that have a row with a date, and how many. `marks` has the columns of `make_marks`, one row
    for each row and kind that is drawn, and `hover` (lines of text); `old` has the old places of those that moved,
    with the same `event`. `start` and `end` (days, finite) and `lane` are of all, drawn or not."""

    lanes: dict[str, int]
    marks: pd.DataFrame
    old: pd.DataFrame
    start: np.ndarray
    end: np.ndarray
    lane: np.ndarray

    @property
    def hidden(self) -> int:
        """How many rows and kinds with a date are not drawn."""
        return len(self.start) - len(self.marks)


def drawn_of(found: Differences, *, fade: float, most: int, longest: int = _LABEL) -> Drawn:
    """Choose at most `most` rows and kinds, evenly over time in each kind, and make their marks. `fade` is as in
    `make_marks`; labels have at most `longest` characters."""
    by_kind = {kind: [row for row in found.of(kind) if _place(row)] for kind in KINDS}
    by_kind = {kind: rows for kind, rows in by_kind.items() if rows}
    places = [(number, _place(row) or {}) for number, rows in enumerate(by_kind.values()) for row in rows]
    shares = _shares([len(rows) for rows in by_kind.values()], most)
    chosen = [
        (kind, rows[at])
        for (kind, rows), share in zip(by_kind.items(), shares, strict=True)
        for at in np.unique(np.linspace(0, len(rows) - 1, share).round().astype(int)).tolist()
    ]
    lanes = {kind: number for number, kind in enumerate(by_kind)}
    now = [(kind, _place(row) or {}) for kind, row in chosen]
    marks = _marks(now, lanes, fade)
    own = [chosen[int(event)] for event in marks["event"]]
    marks["label"] = [_label(text, kind, row, longest) for text, (kind, row) in zip(marks["label"], own, strict=True)]
    marks["code"] = [WAS if kind == MOVED and not _dated(row.after) else kind for kind, row in own]
    marks["filled"] |= marks["code"] == WAS  # its symbol is hollow by itself
    marks["hover"] = [_hover(kind, row) for kind, row in own]
    moved = [kind == MOVED and _dated(row.before) and _dated(row.after) for kind, row in chosen]
    old = _marks([(kind, row.before or {}) for kind, row in chosen], lanes, fade)
    old = old[np.array([moved[int(event)] for event in old["event"]], dtype=bool)]
    start, end = (np.array([float(place[name]) for _, place in places]) for name in ("start", "end"))
    lane = np.array([number for number, _ in places], dtype=np.int64)
    start, end = np.where(np.isfinite(start), start, end - fade), np.where(np.isfinite(end), end, start + fade)
    known = np.isfinite(start) & np.isfinite(end)  # a date open at both ends lies nowhere
    counts = {kind: len(rows) for kind, rows in by_kind.items()}
    return Drawn(counts, marks, old, start[known], end[known], lane[known])


def _dated(row: Mapping[str, Any] | None) -> bool:
    return row is not None and bool(row) and float(row["start"]) == float(row["start"])


def _place(row: Difference) -> Mapping[str, Any] | None:
    """The row by which a difference has its place: as it is now, else as it was."""
    return row.after if _dated(row.after) else row.before if _dated(row.before) else None


def _shares(counts: Sequence[int], most: int) -> list[int]:
    """How many of each kind are drawn: all, or as many as of the others."""
    shares = list(counts)
    left, waiting = most, sorted(range(len(counts)), key=lambda i: counts[i])
    for place, i in enumerate(waiting):
        shares[i] = min(counts[i], left // (len(waiting) - place))
        left -= shares[i]
    return shares


def _marks(rows: Sequence[tuple[str, Mapping[str, Any]]], lanes: dict[str, int], fade: float) -> pd.DataFrame:
    """Marks in the lanes of their kinds; the event of a mark is the number of its row."""
    numbers = [str(number) for number in range(len(rows))]
    events = pd.DataFrame(
        {
            "event": pd.Series(numbers, dtype="str"),
            "id": pd.Series([str(row.get("id", "")) for _, row in rows], dtype="str"),
            "title": pd.Series([clip(str(row.get("title", "")), _TITLE) for _, row in rows], dtype="str"),
            "words": pd.Series([str(row.get("words", "")) for _, row in rows], dtype="str"),
            "precision": pd.Series([str(row.get("precision", "")) for _, row in rows], dtype="str"),
            **{
                name: pd.Series([float(row.get(name, np.nan)) for _, row in rows], dtype="float64")
                for name in ("start", "end")
            },
            **{
                name: pd.Series([bool(row.get(name)) for _, row in rows], dtype="bool")
                for name in ("approximate", "uncertain")
            },
            "disagree": False,
            "documents": 1,
            "importance": np.arange(len(rows)),
            "dated": pd.Series([_dated(row) for _, row in rows], dtype="bool"),
        }
    )
    lane_of = pd.DataFrame({"event": numbers, "lane": [kind for kind, _ in rows]}).astype({"event": "str"})
    codes = pd.Series([kind for kind, _ in rows], index=numbers, dtype="object")
    return make_marks(events, lane_of, lanes, codes, fade)


def _label(text: str, kind: str, row: Difference, longest: int) -> str:
    """The title, and in a few words what is different."""
    told = ""
    if kind == MOVED:
        told = row.said if len(text) + len(row.said) + 2 <= longest else row.said.split(", ")[0]
    elif kind in (RECITED, EDITED):
        names = [name for name in row.columns if (name in CITATION) == (kind == RECITED)]
        told = ", ".join(name.removeprefix("extra:") for name in names if not (name == "date" and MOVED in row.kinds))
    if not told or len(told) > longest - 8:
        return clip(text, longest)
    return f"{clip(text, longest - len(told) - 2)}: {told}"


def _hover(kind: str, row: Difference) -> list[str]:
    return [heading(kind), str(row.row["title"]), str(row.row["words"]), *details(kind, row)[:6]]
