"""Neighbours: who is like whom in a table that keeps changing.

In: Snapshots. Out: an Alike with the Snapshot that it was made of. It must not know the page or what a row means.

A small table is compared as it is. For a large one an Alike takes seconds, so it is made beside everything else, and
meanwhile the last one answers: it lacks what was saved in these seconds, and nothing else.
"""

from __future__ import annotations

import threading

from timeline.curating.similar import Alike
from timeline.curating.snapshot import Snapshot

LARGE = 10_000
"""Rows from which an Alike is made in a thread of its own."""


class Neighbours:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._made: tuple[Snapshot, Alike] | None = None
        self._lock = threading.Lock()
        self._work: threading.Thread | None = None

    def of(self, now: Snapshot) -> tuple[Snapshot, Alike] | None:
        """An Alike, and the table that it knows: `now` or an earlier one. None while the first of a large table is
        being made."""
        with self._lock:
            made = self._made
            if made is not None and made[0].version == now.version:
                return made
            if len(now.dataset.mentions) >= LARGE:
                if self._work is None or not self._work.is_alive():
                    self._work = threading.Thread(target=self._make, args=(now,), daemon=True)
                    self._work.start()
                return made
        return self._make(now)

    def wait(self) -> None:
        """Until nothing is being made."""
        with self._lock:
            work = self._work
        if work is not None:
            work.join()

    def _make(self, now: Snapshot) -> tuple[Snapshot, Alike]:
        before = self._made
        made = now, Alike(now.dataset, before[1] if before else None)
        with self._lock:
            self._made = made
        return made
