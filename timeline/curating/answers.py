"""Answers: what the desk is asked, as plain data.

In: a Desk, a Journal, questions. Out: the state, a document with its candidates and rows, a form, what is understood of
a date, what is wrong with a row. Nothing is changed. It must not know the page or the wire.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from timeline.curating import plainly
from timeline.curating.desk import Desk
from timeline.curating.forms import NoSuchPlace, Stretch, fill, first_dated, form_key, selected, sentence_of
from timeline.curating.journal import Journal
from timeline.curating.offers import Offer, marks
from timeline.curating.refusals import DeskRefusal, Row
from timeline.curating.shelf import Shelved
from timeline.curating.snapshot import Snapshot
from timeline.documents.acting import Cast
from timeline.documents.anchoring import read_beside
from timeline.documents.finding import Candidate
from timeline.documents.mentioned import mentioned
from timeline.documents.texts import Text
from timeline.table.when import When, read_date

Place = tuple[int, int]
"""A paragraph, from 1, and an offset in it."""
_PATIENCE = 1.0
"""Seconds for which `state` waits for documents that were not read yet."""


def read_documents(desk: Desk) -> None:
    """Let all documents be read, and wait a moment for it; to be called without the lock."""
    with desk.lock:
        shelf = desk.reader.shelf(desk.now())
    desk.reader.read_all(shelf.values(), _PATIENCE)


def state(desk: Desk, journal: Journal) -> dict[str, Any]:
    """The table, its documents with how many candidates are open (None while one is not read yet), the actors and the
    words that rows may use."""
    with desk.lock:
        now = desk.now()
        lines = [_line(desk, now, one, journal) for one in desk.reader.shelf(now).values()]
        return {
            "table": {"name": now.dataset.name, "rows": now.dataset.rows, "events": len(now.dataset.events)},
            "version": now.version,
            "documents": lines,
            "reading": sum(line["open"] is None for line in lines),
            "actors": plainly.actor_lines(now.known.directory.names),
            **plainly.vocabularies(),
            "columns": plainly.column_lines(now.columns),
            "notices": [{"text": desk.opened.trouble, "kept": ""}] if desk.opened.trouble else [],
        }


def document(desk: Desk, id: str, journal: Journal) -> dict[str, Any]:
    """One document: its paragraphs with marks, its candidates, its rows and drafts. Raises DeskRefusal (unknown)."""
    desk.prepare(id)
    with desk.lock:
        now, one = desk.at(id)
        text = desk.reader.text(one)
        cited = desk.reader.cited(now, one)
        paragraphs = text.paragraphs if isinstance(text, Text) else ()
        offered = desk.offers(one, cited, journal)
        marked = marks(offered, cited, [len(each) for each in paragraphs])
        unit = "p." if isinstance(text, Text) and text.pages else "para."
        cast, found = desk.cast(now), desk.reader.found(one)
        words = now.dataset.mentions["words"]
        rows = now.rows([now.place[each.id] for each in cited])
        keys = {offer.id for offer in offered} | {f"row:{each.id}" for each in cited}
        drafts = {key: row for key, row in journal.drafts().items() if key in keys or row.get("document") == one.id}
        when = one.appeared
        return {
            "id": one.id,
            "title": one.title or found.opening or one.file,
            "source": one.source,
            "published": one.published,
            "published_words": when.words if when else "",
            "url": one.url,
            "listed": one.listed,
            "proposed": None if one.listed else desk.proposed(one),
            "reason": found.reason,
            "unit": unit,
            "paragraphs": [
                {"n": n, "locator": f"{unit} {n}", "text": paragraph, "marks": marked.get(n, [])}
                for n, paragraph in enumerate(paragraphs, 1)
            ],
            "candidates": _candidates(desk, one.id, offered, text, cast) if isinstance(text, Text) else [],
            "rows": [
                plainly.row_line(cells, each, str(words.iloc[now.place[each.id]]))
                for cells, each in zip(rows, cited, strict=True)
            ],
            "drafts": drafts,
        }


def form(
    desk: Desk, document: str, candidate: str | None, ends: tuple[Place, Place] | None, journal: Journal
) -> dict[str, Any]:
    """A row filled in from a candidate, or else from a selection between two places. Raises DeskRefusal."""
    desk.prepare(document)
    with desk.lock:
        now, one = desk.at(document)
        text = desk.reader.text(one)
        if not isinstance(text, Text):
            raise DeskRefusal("unknown", text.reason)
        told: Candidate | None
        if candidate is not None:
            told = desk.offer(document, candidate, journal).candidate
            key, stretch = candidate, sentence_of(text, told)
        elif ends is not None:
            stretch = _selected(text, *ends)
            told, key = first_dated(desk.reader.found(one).candidates, stretch), form_key(one.id, stretch)
        else:
            raise DeskRefusal("wrong", "A form is made from a candidate or from a selection.")
        made = fill(now.columns, one, text, stretch, told, desk.cast(now), now.place)
        row = made.row | {name: cell for name, cell in journal.drafts().get(key, {}).items() if name in made.row}
        return {
            "key": key,
            "row": row,
            "new_actors": list(made.new_actors),
            "quote": made.quote,
            "anchor": made.anchor,
            "listed": one.listed,
            "understood": understood(desk, row["date"], document) if row["date"] else None,
            "look": look(desk, row, None),
        }


def understood(desk: Desk, text: str, document: str) -> dict[str, Any]:
    """What a typed date means, counted from the document's day where it is relative."""
    with desk.lock:
        one = desk.reader.shelf(desk.now()).get(document)
    return plainly.understood_line(text, *read_beside(text, one.appeared if one else None))


def look(desk: Desk, row: Row, own: str | None) -> dict[str, Any]:
    """The problems of a row, what became of its citation, and the rows that are like it. Raises DeskRefusal."""
    with desk.lock:
        now = desk.now()
        filled = desk.filled(now, row, own)
        seen = desk.seen(now, filled, own)
        titles = {each.id: each.title or each.file for each in desk.reader.shelf(now).values()}
        known, alike = desk.similar(now, filled, seen, own)
        return {
            **plainly.look_line(seen, filled["locator"]),
            "understood": understood(desk, filled["date"], filled["document"]) if filled["date"] else None,
            "similar": plainly.similar_lines(alike, known, titles),
            "suggested_id": filled["id"] if not row.get("id", "").strip() else "",
        }


@dataclass(frozen=True, slots=True)
class Lines:
    """What a chart of a document shows: its mentions, its open candidates (id, words, date), the events of the table,
    and the date at hand."""

    mentions: pd.DataFrame
    candidates: tuple[tuple[str, str, When], ...]
    events: pd.DataFrame
    at_hand: When | None


def lines(desk: Desk, document: str, date: str, journal: Journal) -> Lines:
    """For a chart; `date` is what stands in the form. Raises DeskRefusal (unknown)."""
    desk.prepare(document)
    with desk.lock:
        now, one = desk.at(document)
        cited = desk.reader.cited(now, one)
        dated = [
            (offer.id, offer.candidate.quote, read_date(offer.candidate.value))
            for offer in desk.offers(one, cited, journal)
            if offer.state == "open" and offer.candidate.value
        ]
        mentions = now.dataset.mentions.iloc[[now.place[each.id] for each in cited]]
        events = now.dataset.events
    open_ones = tuple((id, words, when) for id, words, when in dated if isinstance(when, When))
    at_hand = read_beside(date, one.appeared)[0] if date.strip() else None
    return Lines(mentions, open_ones, events, at_hand if isinstance(at_hand, When) else None)


def _line(desk: Desk, now: Snapshot, one: Shelved, journal: Journal) -> dict[str, Any]:
    rows = len(now.by_document.get(one.id, ()))
    if not desk.reader.is_read(one):
        return plainly.document_line(one, "", "", rows, None)
    found = desk.reader.found(one)
    cited = desk.reader.cited(now, one) if found.candidates else []
    counts = Counter[str](offer.state for offer in desk.offers(one, cited, journal))
    return plainly.document_line(one, found.opening, found.reason, rows, counts)


def _candidates(desk: Desk, document: str, offered: list[Offer], text: Text, cast: Cast) -> list[dict[str, Any]]:
    """The candidates of a document. Who is named in their sentences is sought once, while text and actors stay."""
    key = document, text.sha256, cast
    if desk.told is None or desk.told[0] != key:
        desk.told = key, {}
    told = desk.told[1]
    new = [offer for offer in offered if offer.id not in told]
    for offer, named in zip(new, mentioned(text, (offer.candidate for offer in new), cast), strict=True):
        told[offer.id] = plainly.candidate_line(offer, named)
    return [{**told[offer.id], "state": offer.state, "row": offer.row} for offer in offered]


def _selected(text: Text, first: Place, last: Place) -> Stretch:
    try:
        return selected(text, first, last)
    except NoSuchPlace as error:
        raise DeskRefusal("wrong", str(error)) from None
