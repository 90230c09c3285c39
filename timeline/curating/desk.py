"""The desk: one table and one folder of documents, as they are now, and what is kept of them between two questions.

In: an opened table, a Library. Out: Snapshots, documents with their candidates, the checks of one row, rows alike. It
must not know the page or the wire; `answers` makes plain data of it, and `seat` changes the table.

One lock holds everything, so that an answer never mixes two states, and two threads never read one file twice.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from timeline.curating.forms import row_id
from timeline.curating.looking import Look, look
from timeline.curating.neighbours import Neighbours
from timeline.curating.offers import Cited, Offer, offers
from timeline.curating.opened import Opened
from timeline.curating.reader import Reader
from timeline.curating.refusals import DeskRefusal, Row
from timeline.curating.shelf import Shelved
from timeline.curating.similar import Similar, Span, Told
from timeline.curating.snapshot import Snapshot
from timeline.documents.acting import Cast, cast_of
from timeline.documents.texts import Library, Text, Unavailable
from timeline.table.problems import clip

if TYPE_CHECKING:
    from timeline.curating.journal import Journal


class Desk:
    """Safe to share between threads, which hold `lock` while they use more than one answer."""

    def __init__(self, opened: Opened, library: Library) -> None:
        self.opened = opened
        self.reader = Reader(library)
        self.lock = threading.RLock()
        self.neighbours = Neighbours()
        self.told: tuple[tuple[str, str, Cast], dict[str, dict[str, Any]]] | None = None
        self._cast: tuple[Any, Cast] | None = None

    @property
    def library(self) -> Library:
        """The texts."""
        return self.reader.library

    def now(self) -> Snapshot:
        """The table as it is."""
        with self.lock:
            return self.opened.now()

    def at(self, document: str) -> tuple[Snapshot, Shelved]:
        """The table and one of its documents. Raises DeskRefusal (unknown)."""
        with self.lock:
            now = self.opened.now()
            one = self.reader.shelf(now).get(document) or self.reader.shelf(now, fresh=True).get(document)
        if one is None:
            raise DeskRefusal("unknown", "There is no such document in documents.csv or in the folder of documents.")
        return now, one

    def prepare(self, document: str) -> None:
        """Read a document while nobody is held up; to be called without the lock. Raises DeskRefusal (unknown)."""
        self.reader.prepare(self.at(document)[1])

    def text(self, document: str) -> Text | Unavailable:
        """The text of a document. Raises DeskRefusal (unknown)."""
        with self.lock:
            return self.reader.text(self.at(document)[1])

    def offers(self, one: Shelved, cited: list[Cited], journal: Journal) -> list[Offer]:
        """The candidates of a document with their states."""
        return offers(one.id, self.reader.found(one).candidates, cited, journal.decisions(one.id))

    def offer(self, document: str, candidate: str, journal: Journal) -> Offer:
        """One candidate. Raises DeskRefusal (unknown)."""
        with self.lock:
            now, one = self.at(document)
            offered = self.offers(one, self.reader.cited(now, one), journal)
        found = next((offer for offer in offered if offer.id == candidate), None)
        if found is None:
            raise DeskRefusal("unknown", "The document has no such candidate any more. Open it again.")
        return found

    def cast(self, now: Snapshot) -> Cast:
        """The actors of the table, ready to be found in sentences."""
        names = now.known.directory.names  # events change with each row that is saved, actors seldom
        if self._cast is None or self._cast[0] != names:
            self._cast = names, cast_of(names)
        return self._cast[1]

    def filled(self, now: Snapshot, row: Row, own: str | None) -> dict[str, str]:
        """The row with every column of the table, and with an id of its title where it has none. Raises DeskRefusal."""
        unknown = [name for name in row if name not in now.columns]
        if unknown:
            raise DeskRefusal("wrong", f"The table has no column {clip(unknown[0])!r}.")
        cells = {name: row.get(name, "") for name in now.columns}
        if not cells["id"].strip():
            taken = [id for id in now.place if id != own]
            cells["id"] = row_id(cells["document"], cells["locator"], taken, cells["title"], cells["date"])
        return cells

    def seen(self, now: Snapshot, row: Row, own: str | None) -> Look:
        """The checks of one row with every column."""
        return look(now, self.library, row, own, self.reader.shelf(now).get(row["document"]))

    def similar(self, now: Snapshot, row: Row, seen: Look, own: str | None) -> tuple[Snapshot, list[Similar]]:
        """The rows that are like one whose checks are `seen`, and the table in which they have their positions."""
        made = self.neighbours.of(now)
        if made is None:
            return now, []
        known, alike = made
        mine = seen.mentions
        start, end = (float(mine[name].iloc[0]) if len(mine) else np.nan for name in ("start", "end"))
        spans: dict[int, Span] = {}
        one = self.reader.shelf(now).get(row["document"])
        for each in self.reader.cited(now, one) if one else ():
            if (span := each.span) is not None and each.id in known.place:
                spans[known.place[each.id]] = span
        span = None if seen.citation is None else Cited("", None, seen.citation).span
        cited = (row["locator"], row["passage"])
        told = Told(start, end, seen.actors, row["title"], row["summary"], row["document"], span, cited)
        return known, alike.similar(told, known.place.get(own) if own else None, spans)

    def proposed(self, one: Shelved) -> dict[str, str]:
        """The row of documents.csv that a file in the folder would get; its source a person has to name."""
        text = self.reader.text(one)
        sha256 = text.sha256 if isinstance(text, Text) else ""
        return {
            "id": one.id, "title": self.reader.found(one).opening or one.file, "source": "", "author": "",
            "published": one.published, "kind": "", "language": "", "url": "", "file": one.file, "sha256": sha256,
        }  # fmt: skip
