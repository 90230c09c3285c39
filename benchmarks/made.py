"""The made tables that are measured: `timeline make-events` makes the same.

Comes in: a folder. Leaves: tables in it. Must not know what is measured.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from timeline.table.converting import convert
from timeline.table.made import FIRST, LAST, make_events

__all__ = ["FIRST", "LAST", "Made", "as_parquet", "make_events"]


def as_parquet(path: Path) -> Path:
    """The table as `timeline convert` writes it, beside it, made once."""
    target = path.with_suffix(".parquet")
    if not target.exists():
        with TemporaryDirectory() as work:
            convert(path, target, Path(work))
    return target


class Made:
    """Made tables in `folder`, each size made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, rows: int) -> Path:
        """The events.csv of so many rows."""
        place = self._folder / str(rows)
        if not place.exists():
            place.mkdir(parents=True)
            make_events(place, rows)
        return place / "events.csv"
