"""The reader: texts, dates and places of passages, each found once and kept until its file or its table changes.

In: a Library, Snapshots. Out: the shelf, and of each document its text, candidates and cited rows. It must not know the
page, decisions, or how anything is saved.

A folder may hold hundreds of files, and each takes its time to read: who only wants to know how things stand asks
`is_read` first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Found:
    """What a document's file holds: its dates, the beginning of its text, why there is none ("" when there is one)."""

    candidates: tuple[Candidate, ...]
    opening: str
    reason: str


class Reader:
    """Not safe to share between threads: the Desk has a lock."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._found: dict[str, tuple[object, Found]] = {}
        self._citations: OrderedDict[tuple[str, str, str], Citation] = OrderedDict()
        self._cited: tuple[str, dict[str, tuple[str, list[Cited]]]] = ("", {})

    def shelf(self, snapshot: Snapshot) -> dict[str, Shelved]:
        """All documents, those of the table and those that only lie in the folder."""
        return shelf(snapshot.dataset.documents, self.library.directory)

    def text(self, document: Shelved) -> Text | Unavailable:
        """The text of a document, or why there is none."""
        if not document.file:
            return Unavailable("documents.csv names no file for this document.", "no-folder")
        return self.library.text(document.file)

    def is_read(self, document: Shelved) -> bool:
        """Whether `found` would answer at once."""
        kept = self._found.get(document.id)
        return kept is not None and kept[0] == self._key(document)

    def found(self, document: Shelved) -> Found:
        """The dates of a document; takes as long as reading its file."""
        key = self._key(document)
        kept = self._found.get(document.id)
        if kept is None or kept[0] != key:
            kept = self._found[document.id] = key, self._find(document)
        return kept[1]

    def cited(self, snapshot: Snapshot, document: Shelved) -> list[Cited]:
        """The rows of a document with the places of their passages, in the order of the table."""
        if self._cited[0] != snapshot.version:
            self._cited = (snapshot.version, {})
        text = self.text(document)
        sha256 = text.sha256 if isinstance(text, Text) else ""
        kept = self._cited[1].get(document.id)
        if kept is None or kept[0] != sha256:
            rows = self._resolve(snapshot, snapshot.by_document.get(document.id, []), text, sha256)
            kept = self._cited[1][document.id] = sha256, rows
        return kept[1]

    def _key(self, document: Shelved) -> object:
        version = version_of(self.library.directory, document.file) if document.file else None
        return document.file, version, document.published, document.language

    def _find(self, document: Shelved) -> Found:
        text = self.text(document)
        if isinstance(text, Unavailable):
            return Found((), "", text.reason)
        dates = find(text.paragraphs, document.appeared, pages=text.pages, language=document.language)
        opening = " ".join(next(iter(text.paragraphs), "").split())
        return Found(tuple(dates), opening[:_TITLE], "" if text.paragraphs else "The document's file holds no text.")

    def _resolve(
        self, snapshot: Snapshot, positions: Sequence[int], text: Text | Unavailable, sha256: str
    ) -> list[Cited]:
        mentions = snapshot.dataset.mentions
        columns = ("id", "edtf", "locator", "passage")
        found = []
        cells = (mentions[name].iloc[list(positions)].tolist() for name in columns)
        for id, edtf, locator, passage in zip(*cells, strict=True):
            when = read_date(edtf) if edtf else None
            citation = self._citation(text, sha256, locator, passage)
            found.append(Cited(id, when if isinstance(when, When) else None, citation))
        return found

    def _citation(self, text: Text | Unavailable, sha256: str, locator: str, passage: str) -> Citation:
        key = (sha256, locator, passage)
        if not sha256 or key not in self._citations:
            found = resolve(text, locator, passage)
            if not sha256:
                return found
            self._citations[key] = found
            while len(self._citations) > _CITATIONS:
                self._citations.popitem(last=False)
        return self._citations[key]
