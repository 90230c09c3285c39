"""The reader: texts, dates and places of passages, each found once and kept until its file or its table changes.

In: a Library, Snapshots. Out: the shelf, and of each document its text, candidates and cited rows. It must not know the
page, decisions, or how anything is saved.

A folder may hold hundreds of files, and one of them may take a minute to read: that is done in `prepare`, which holds
nobody up, and in a thread beside everything else (`read_all`). Who only wants to know how things stand asks `is_read`.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from timeline.curating.offers import Cited
from timeline.curating.shelf import Shelved, shelf, version_of
from timeline.curating.snapshot import Snapshot
from timeline.documents.finding import Candidate, find
from timeline.documents.passages import Citation, resolve
from timeline.documents.texts import Library, Text, Unavailable
from timeline.table.when import When, read_date

_CITATIONS = 200_000
_TITLE = 120
_MOMENT = 1.0  # second
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a document's file holds: its dates, the beginning of its text, why there is none ("" when there is one)."""

    candidates: tuple[Candidate, ...]
    opening: str
    reason: str


class Reader:
    """`prepare` and `read_all` may be called by any thread; for all else the Desk has a lock."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._found: dict[str, tuple[_Key, Found]] = {}
        self._citations: OrderedDict[_Key, Citation] = OrderedDict()
        self._cited: tuple[str, dict[str, tuple[_Key, list[Cited]]]] = ("", {})
        self._shelf: tuple[str, float, dict[str, Shelved]] = ("", 0.0, {})
        self._turns: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._work: threading.Thread | None = None

    def shelf(self, snapshot: Snapshot, fresh: bool = False) -> dict[str, Shelved]:
        """All documents, those of the table and those that only lie in the folder, which is looked through again after
        a moment, or when it is to be `fresh`."""
        version, since, found = self._shelf
        if fresh or version != snapshot.version or time.monotonic() - since > _MOMENT:
            found = shelf(snapshot.dataset.documents, self.library.directory)
            self._shelf = snapshot.version, time.monotonic(), found
        return found

    def text(self, document: Shelved) -> Text | Unavailable:
        """The text of a document, or why there is none."""
        if not document.file:
            return Unavailable("documents.csv names no file for this document.", "no-folder")
        return self.library.text(document.file)

    def is_read(self, document: Shelved) -> bool:
        """Whether `found` would answer at once."""
        kept = self._found.get(document.id)
        return kept is not None and kept[0] == self._key(document)

    def prepare(self, document: Shelved) -> None:
        """Read a document now, so that `found` and `text` answer at once."""
        with self._guard:
            turn = self._turns.setdefault(document.id, threading.Lock())
        with turn:
            self.found(document)
            self.text(document)

    def read_all(self, documents: Iterable[Shelved], seconds: float) -> None:
        """Read those that are not read yet beside everything else, and wait so many seconds for it at most."""
        waiting = [one for one in documents if not self.is_read(one)]
        with self._guard:
            if waiting and (self._work is None or not self._work.is_alive()):
                self._work = threading.Thread(target=self._read_each, args=(waiting,), daemon=True)
                self._work.start()
            work = self._work
        if waiting and work is not None:
            work.join(max(seconds, 0))

    def found(self, document: Shelved) -> Found:
        """The dates of a document; takes as long as reading its file, unless it is read."""
        key = self._key(document)
        kept = self._found.get(document.id)
        if kept is None or kept[0] != key:
            kept = self._found[document.id] = key, self._find(document)
        return kept[1]

    def cited(self, snapshot: Snapshot, document: Shelved) -> list[Cited]:
        """The rows of a document with the places of their passages, in the order of the table."""
        if self._cited[0] != snapshot.version:
            self._cited = (snapshot.version, {})
        key = self._key(document)
        kept = self._cited[1].get(document.id)
        if kept is None or kept[0] != key:
            kept = self._cited[1][document.id] = key, self._resolve(snapshot, document, key)
        return kept[1]

    def _read_each(self, documents: list[Shelved]) -> None:
        for document in documents:
            with suppress(Exception):  # nobody waits here to be told; whoever opens the document is
                self.prepare(document)

    def _key(self, document: Shelved) -> _Key:
        version = version_of(self.library.directory, document.file) if document.file else None
        return document.file, version, document.published, document.language

    def _find(self, document: Shelved) -> Found:
        text = self.text(document)
        if isinstance(text, Unavailable):
            return Found((), "", text.reason)
        dates = find(text.paragraphs, document.appeared, pages=text.pages, language=document.language)
        opening = " ".join(next(iter(text.paragraphs), "").split())
        return Found(tuple(dates), opening[:_TITLE], "" if text.paragraphs else "The document's file holds no text.")

    def _resolve(self, snapshot: Snapshot, document: Shelved, key: _Key) -> list[Cited]:
        mentions, positions = snapshot.dataset.mentions, snapshot.by_document.get(document.id, [])
        columns = ("id", "edtf", "locator", "passage")
        cells = (mentions[name].iloc[positions].tolist() for name in columns)
        # The text is asked for only where something is new: of many documents not all are kept in memory.
        text: Text | Unavailable | None = None
        found = []
        for id, edtf, locator, passage in zip(*cells, strict=True):
            place = (*key, locator, passage)
            if place not in self._citations:
                text = text or self.text(document)
                self._citations[place] = resolve(text, locator, passage)
                while len(self._citations) > _CITATIONS:
                    self._citations.popitem(last=False)
            when = read_date(edtf) if edtf else None
            found.append(Cited(id, when if isinstance(when, When) else None, self._citations[place]))
        return found
