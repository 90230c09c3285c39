"""The three files of a table, read again whenever one of them changes.

In: the path of an events table. Out: Snapshots. It is one of the two places of this room that touch the disk, and must
not know documents' texts, the page, or how a table is saved.

A file that cannot be read, or that somebody is just writing, does not take the table away: the last good Snapshot
stays, and `trouble` says since when and why.
"""

from __future__ import annotations

import time
from pathlib import Path

from timeline.curating.snapshot import Snapshot, take, why_not_curated
from timeline.table.dataset import CannotRead
from timeline.table.files import read_bytes

_Stamp = tuple[int, int, int] | None


class Opened:
    """A table on the disk. Not safe to share between threads: the Desk has a lock."""

    def __init__(self, path: Path) -> None:
        """Raises CannotRead when there is no table that the desk could edit."""
        self.path = path
        self.documents, self.actors = path.parent / "documents.csv", path.parent / "actors.csv"
        self.trouble = ""
        self._since = ""
        self._stamps: tuple[_Stamp, ...] = ()
        self._snapshot: Snapshot | None = None
        self._snapshot = self._read()
        why = why_not_curated(self._snapshot)
        if why:
            raise CannotRead(path, why.removesuffix("."))

    def now(self) -> Snapshot:
        """The table as it is; the same object as before when nothing has changed."""
        if self._snapshot is None or self._stamped() != self._stamps:
            return self.again()
        return self._snapshot

    def again(self) -> Snapshot:
        """Read it now, whatever the files' times say: two saves may follow each other within one tick of a clock."""
        try:
            fresh = self._read()
            why = why_not_curated(fresh)
        except CannotRead as error:
            why = str(error)
        else:
            if not why:
                self._snapshot, self.trouble, self._since = fresh, "", ""
                return fresh
        self._since = self._since or time.strftime("%H:%M")
        self.trouble = f"{self.path.name} cannot be used since {self._since}; what you see is as it was before. {why}"
        assert self._snapshot is not None  # or there would be no Opened
        return self._snapshot

    def _stamped(self) -> tuple[_Stamp, ...]:
        return tuple(_stamp(path) for path in (self.path, self.documents, self.actors))

    def _read(self) -> Snapshot:
        for _ in range(3):
            stamps = self._stamped()
            events = read_bytes(self.path)
            beside = [read_bytes(path) if path.exists() else None for path in (self.documents, self.actors)]
            if self._stamped() == stamps:
                break
        if events is None:
            raise CannotRead(self.path, "the file is too large for the desk", "Split it")
        self._stamps = stamps
        before = self._snapshot
        if before is not None and [raw.content if raw else None for raw in before.raws.values()] == [events, *beside]:
            return before  # touched, and nothing else
        return take(self.path, events, *beside)


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
