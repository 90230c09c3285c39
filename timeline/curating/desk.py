"""The desk: one table and one folder of documents, as they are now, and everything that is asked about them.

In: an opened table, a Library, a Journal. Out: plain data: the state, a document with its candidates and rows, a form,
what is understood of a date, what is wrong with a row. It must not know the page or the wire. Saving is `writing`'s.

One lock holds everything, so that an answer never mixes two states, and two threads never read one file twice.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from timeline.curating import telling
from timeline.curating.forms import Stretch, fill, first_dated, form_key, row_id, selected, sentence_of
from timeline.curating.forms import NoSuchPlace as _NoSuchPlace
from timeline.curating.looking import Look, look
from timeline.curating.offers import Cited, Offer, marks, offers
from timeline.curating.opened import Opened
from timeline.curating.reader import Reader
from timeline.curating.refusals import Refused
from timeline.curating.shelf import Shelved
from timeline.curating.similar import Alike, Span, Told
from timeline.curating.snapshot import Snapshot
from timeline.documents.acting import Cast, cast_of
from timeline.documents.anchoring import read_beside
from timeline.documents.texts import Library, Text, Unavailable
from timeline.table.schema import EVENTS
from timeline.table.when import When, read_date

if TYPE_CHECKING:
    from timeline.curating.journal import Journal

Row = Mapping[str, str]
_PATIENCE = 1.0
"""Seconds that `state` spends on reading documents that were not read yet."""


class Desk:
    """Safe to share between threads."""

    def __init__(self, opened: Opened, library: Library) -> None:
        self.opened = opened
        self.reader = Reader(library)
        self.lock = threading.RLock()
        self._alike: tuple[str, Alike] | None = None
        self._cast: tuple[str, Cast] | None = None

    @property
    def library(self) -> Library:
        """The texts."""
        return self.reader.library

    def state(self, journal: Journal) -> dict[str, Any]:
        """The table, its documents with how many candidates are open, the actors and the words that rows may use."""
        with self.lock:
            now = self.opened.now()
            dataset = now.dataset
            shelf = self.reader.shelf(now)
            until = time.monotonic() + _PATIENCE
            lines = [self._line(now, one, journal, time.monotonic() < until) for one in shelf.values()]
            return {
                "table": {"name": dataset.name, "rows": dataset.rows, "events": len(dataset.events)},
                "version": now.version,
                "documents": lines,
                "reading": sum(line["open"] is None for line in lines),
                "actors": [
                    {"name": name, "kind": kind, "aliases": [each.strip() for each in aliases.split(";") if each.strip()]}
                    for name, (kind, _, aliases) in now.known.directory.names.items()
                ],
                **telling.vocabularies(),
                "columns": telling.column_lines(now.columns, EVENTS),
                "notices": [{"text": self.opened.trouble, "kept": ""}] if self.opened.trouble else [],
            }

    def document(self, id: str, journal: Journal) -> dict[str, Any]:
        """One document: its paragraphs with marks, its candidates, its rows and drafts. Raises Refused (unknown)."""
        with self.lock:
            now, one = self._at(id)
            text = self.reader.text(one)
            cited = self.reader.cited(now, one)
            paragraphs = text.paragraphs if isinstance(text, Text) else ()
            offered = self._offers(one, cited, journal)
            marked = marks(offered, cited, [len(each) for each in paragraphs])
            unit = "p." if isinstance(text, Text) and text.pages else "para."
            cast = self.cast(now)
            when = one.appeared
            words = now.dataset.mentions["words"]
            rows = now.rows([now.place[each.id] for each in cited])
            found = self.reader.found(one)
            keys = {offer.id for offer in offered} | {f"row:{each.id}" for each in cited}
            drafts = {
                key: row for key, row in journal.drafts().items() if key in keys or row.get("document") == one.id
            }
            return {
                "id": one.id,
                "title": one.title or found.opening or one.file,
                "source": one.source,
                "published": one.published,
                "published_words": when.words if when else "",
                "url": one.url,
                "listed": one.listed,
                "proposed": None if one.listed else self.proposed(one),
                "reason": found.reason,
                "unit": unit,
                "paragraphs": [
                    {"n": n, "locator": f"{unit} {n}", "text": paragraph, "marks": marked.get(n, [])}
                    for n, paragraph in enumerate(paragraphs, 1)
                ],
                "candidates": [self._candidate(offer, text, cast) for offer in offered if isinstance(text, Text)],
                "rows": [
                    telling.row_line(cells, each, str(words.iloc[now.place[each.id]]))
                    for cells, each in zip(rows, cited, strict=True)
                ],
                "drafts": drafts,
            }

    def form(
        self,
        document: str,
        candidate: str | None,
        ends: tuple[tuple[int, int], tuple[int, int]] | None,
        journal: Journal,
    ) -> dict[str, Any]:
        """A row filled in from a candidate, or from a selection between two places (paragraph, offset)."""
        with self.lock:
            now, one = self._at(document)
            text = self.reader.text(one)
            if not isinstance(text, Text):
                raise Refused("unknown", text.reason)
            found = self.reader.found(one)
            if candidate is not None:
                offered = self._offers(one, self.reader.cited(now, one), journal)
                offer = next((each for each in offered if each.id == candidate), None)
                if offer is None:
                    raise Refused("unknown", "The document has no such candidate any more. Open it again.")
                told, key, stretch = offer.candidate, offer.id, sentence_of(text, offer.candidate)
            else:
                assert ends is not None
                stretch = self._selected(text, *ends)
                told, key = first_dated(found.candidates, stretch), form_key(one.id, stretch)
            form = fill(now.columns, one, text, stretch, told, self.cast(now), now.place)
            row = form.row | {name: cell for name, cell in journal.drafts().get(key, {}).items() if name in form.row}
            return {
                "key": key,
                "row": row,
                "new_actors": list(form.new_actors),
                "quote": form.quote,
                "anchor": form.anchor,
                "listed": one.listed,
                "understood": self.understood(row["date"], document) if row["date"] else None,
                "look": self.look(row, None),
            }

    def lines(self, document: str, date: str, journal: Journal) -> tuple[Any, list[tuple[str, str, When]], Any, When | None]:
        """For a chart: the mentions of a document, its open candidates (id, words, date), the events of the table, and
        the date at hand. Raises Refused (unknown)."""
        with self.lock:
            now, one = self._at(document)
            cited = self.reader.cited(now, one)
            open_ones = []
            for offer in self._offers(one, cited, journal):
                when = read_date(offer.candidate.value) if offer.candidate.value else None
                if offer.state == "open" and isinstance(when, When):
                    open_ones.append((offer.id, offer.candidate.quote, when))
            rows = now.dataset.mentions.iloc[[now.place[each.id] for each in cited]]
            at_hand = read_date(date) if date else None
            return rows, open_ones, now.dataset.events, at_hand if isinstance(at_hand, When) else None

    def text(self, document: str) -> Text | Unavailable:
        """The text of a document. Raises Refused (unknown)."""
        with self.lock:
            return self.reader.text(self._at(document)[1])

    def understood(self, text: str, document: str) -> dict[str, Any]:
        """What a typed date means, counted from the document's day where it is relative."""
        with self.lock:
            one = self.reader.shelf(self.opened.now()).get(document)
        return telling.understood_line(text, *read_beside(text, one.appeared if one else None))

    def look(self, row: Row, own: str | None) -> dict[str, Any]:
        """The problems of a row, what became of its citation, and the rows that are like it."""
        with self.lock:
            now = self.opened.now()
            filled = self.filled(now, row, own)
            seen = self.seen(now, filled, own)
            shelf = self.reader.shelf(now)
            titles = {each.id: each.title or each.file for each in shelf.values()}
            date = filled.get("date", "")
            return {
                **telling.look_line(seen, filled.get("locator", "")),
                "understood": self.understood(date, filled.get("document", "")) if date else None,
                "similar": telling.similar_lines(self._similar(now, filled, seen, own), now, titles),
                "suggested_id": filled["id"] if not row.get("id", "").strip() else "",
            }

    def filled(self, now: Snapshot, row: Row, own: str | None) -> dict[str, str]:
        """The row with every column of the table, and with an id of its title where it has none."""
        unknown = [name for name in row if name not in now.columns]
        if unknown:
            raise Refused("wrong", f"The table has no column {unknown[0][:60]!r}.")
        cells = {name: row.get(name, "") for name in now.columns}
        if not cells["id"].strip():
            taken = [id for id in now.place if id != own]
            cells["id"] = row_id(cells["document"], cells["locator"], taken, cells["title"], cells["date"])
        return cells

    def seen(self, now: Snapshot, row: Row, own: str | None) -> Look:
        """The checks of one row."""
        return look(now, self.library, row, own, self.reader.shelf(now).get(row.get("document", "")))

    def cast(self, now: Snapshot) -> Cast:
        """The actors of the table, ready to be found in sentences."""
        version = now.version
        if self._cast is None or self._cast[0] != version:
            self._cast = version, cast_of(now.known.directory.names)
        return self._cast[1]

    def offers_of(self, document: str, journal: Journal) -> tuple[Shelved, list[Offer]]:
        """A document and its candidates with their states. Raises Refused (unknown)."""
        now, one = self._at(document)
        return one, self._offers(one, self.reader.cited(now, one), journal)

    def proposed(self, one: Shelved) -> dict[str, str]:
        """The row of documents.csv that a file in the folder would get; its source a person has to name."""
        text = self.reader.text(one)
        sha256 = text.sha256 if isinstance(text, Text) else ""
        return {
            "id": one.id, "title": self.reader.found(one).opening or one.file, "source": "", "author": "",
            "published": one.published, "kind": "", "language": "", "url": "", "file": one.file, "sha256": sha256,
        }  # fmt: skip

    def _at(self, document: str) -> tuple[Snapshot, Shelved]:
        now = self.opened.now()
        one = self.reader.shelf(now).get(document)
        if one is None:
            raise Refused("unknown", "There is no such document in documents.csv or in the folder of documents.")
        return now, one

    def _line(self, now: Snapshot, one: Shelved, journal: Journal, may_read: bool) -> dict[str, Any]:
        rows = len(now.by_document.get(one.id, ()))
        if not may_read and not self.reader.is_read(one):
            return telling.document_line(one, "", "", rows, None)
        found = self.reader.found(one)
        offered = self._offers(one, self.reader.cited(now, one), journal)
        counts = Counter(offer.state for offer in offered)
        return telling.document_line(one, found.opening, found.reason, rows, {state: counts[state] for state in telling.STATES})

    def _offers(self, one: Shelved, cited: list[Cited], journal: Journal) -> list[Offer]:
        return offers(one.id, self.reader.found(one).candidates, cited, journal.decisions(one.id))

    def _candidate(self, offer: Offer, text: Text, cast: Cast) -> dict[str, Any]:
        stretch = sentence_of(text, offer.candidate)
        span = telling.dates_of(offer.candidate, stretch.start)
        return telling.candidate_line(offer, stretch.words(text), [span], cast)

    def _selected(self, text: Text, first: tuple[int, int], last: tuple[int, int]) -> Stretch:
        try:
            return selected(text, first, last)
        except _NoSuchPlace as error:
            raise Refused("wrong", str(error)) from None

    def _similar(self, now: Snapshot, row: Row, seen: Look, own: str | None) -> list[Any]:
        version = now.version
        if self._alike is None or self._alike[0] != version:
            self._alike = version, Alike(now.dataset, self._alike[1] if self._alike else None)
        mine, citation = seen.mentions, seen.citation
        start, end = (float(mine[name].iloc[0]) if len(mine) else np.nan for name in ("start", "end"))
        shelved = self.reader.shelf(now).get(row.get("document", ""))
        spans: dict[int, Span] = {}
        if shelved is not None:
            for each in self.reader.cited(now, shelved):
                a, b = each.citation.paragraph, each.citation.end_paragraph
                if a is not None and b is not None:
                    spans[now.place[each.id]] = ((a, each.citation.start), (b, each.citation.end))
        span: Span | None = None
        if citation is not None and citation.paragraph is not None and citation.end_paragraph is not None:
            span = ((citation.paragraph, citation.start), (citation.end_paragraph, citation.end))
        told = Told(
            start, end, seen.actors, row.get("title", ""), row.get("summary", ""), row.get("document", ""), span,
            (row.get("locator", ""), row.get("passage", "")),
        )  # fmt: skip
        return self._alike[1].similar(told, now.place.get(own) if own else None, spans)
