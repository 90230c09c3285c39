"""What a selection tells, as plain objects: mentions with all that they cite, and the events that they tell together.

In: a Dataset and a Selection. Out: `Mention` and `Event`, and the documents and actors that they need. It must not
know any format.

An event is here what the selected mentions tell of it, so that no date or word stands in a file without its citation.
Text is what UTF-8 can hold: half a surrogate pair becomes a question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from timeline.documents.links import original, safe
from timeline.export.rows import actors_of
from timeline.query.matching import Selection
from timeline.query.query import is_filtered
from timeline.query.wording import describe, sentence
from timeline.table.dataset import Dataset
from timeline.table.events import events_of

DOCUMENT = ("id", "title", "source", "author", "published", "published_words", "kind", "language", "url")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_TEXT = (
    "id", "event", "date", "edtf", "words", "precision", "title", "summary", "category", "status", "speaker", "source",
    "locator", "passage", "url", "earliest", "latest",
)  # fmt: skip
_NUMBERS = ("mention", "line", "start", "end", "approximate", "uncertain")


@dataclass(frozen=True, slots=True)
class Mention:
    """A row of the table. `start` and `end` are days since 1970-01-01 (NaN when undated, infinite when open), `url` is
    as it is written, `link` the address at the passage, "" unless it may be a link; `document` is None when none is
    cited."""

    number: int
    line: int
    id: str
    event: str
    date: str
    edtf: str
    words: str
    precision: str
    title: str
    summary: str
    category: str
    status: str
    speaker: str
    source: str
    locator: str
    passage: str
    url: str
    earliest: str
    latest: str
    start: float
    end: float
    approximate: bool
    uncertain: bool
    link: str
    actors: tuple[str, ...]
    document: dict[str, str] | None

    @property
    def dated(self) -> bool:
        return self.start == self.start

    @property
    def cited(self) -> str:
        """The citation in one line: title, source, locator, passage; "" when nothing is cited."""
        title = self.document["title"] if self.document else ""
        parts = [title, self.source if self.source != title else "", self.locator]
        said = ", ".join(part for part in parts if part)
        return said + (f"{': ' if said else ''}“{self.passage}”" if self.passage else "")

    @property
    def citation(self) -> dict[str, str]:
        """The citation in its parts, those that are there; `url` is there only when it may be a link."""
        cited = self.document or {}
        parts = {
            "mention": self.id, "date": self.edtf, "speaker": self.speaker, "document": cited.get("id", ""),
            "title": cited.get("title", ""), "source": self.source, "published": cited.get("published", ""),
            "locator": self.locator, "passage": self.passage, "url": self.link,
        }  # fmt: skip
        return {name: part for name, part in parts.items() if part}


@dataclass(frozen=True, slots=True)
class Event:
    """What the selected mentions tell of one happening: `first` and `last` are the mentions that give its start and
    its end, `main` the one that gives title and summary; `disagree` when no moment belongs to all their dates."""

    id: str
    title: str
    category: str
    status: str
    words: str
    precision: str
    start: float
    end: float
    approximate: bool
    uncertain: bool
    disagree: bool
    main: Mention
    first: Mention
    last: Mention
    mentions: tuple[Mention, ...]

    @property
    def dated(self) -> bool:
        return self.start == self.start

    @property
    def doubtful(self) -> bool:
        """Whether its date is about or perhaps, or its documents differ on it."""
        return self.approximate or self.uncertain or self.disagree

    @property
    def actors(self) -> tuple[str, ...]:
        """All who take part, in written order."""
        return tuple(dict.fromkeys(actor for mention in self.mentions for actor in mention.actors))

    def said(self, mention: Mention) -> str:
        """What a mention adds, in a line: its date where dates differ, who speaks, the citation, its own summary."""
        parts = [f"{mention.words}:" if self.disagree else "", f"{mention.speaker}:" if mention.speaker else ""]
        parts += [mention.cited, mention.summary if mention is not self.main else ""]
        return " ".join(part for part in parts if part)


def mentions_of(dataset: Dataset, selection: Selection) -> list[Mention]:
    """The selected mentions, in the order of the file."""
    known = {str(row["id"]): row for row in dataset.documents.to_dict("records")}
    facts = {id: {name: plain(row[name]) for name in DOCUMENT} for id, row in known.items()}
    cast = actors_of(selection.rows)
    return [_mention(row, facts, cast) for row in _rows(selection.mentions)]


def _rows(mentions: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The cells that are needed, row by row; texts that many rows share are kept once."""
    columns = [(name, mentions[name].tolist()) for name in (*_TEXT, "document", *_NUMBERS)]
    kept: dict[str, str] = {}
    shared = {name for name in _TEXT if name not in ("id", "event", "title", "summary", "passage")}
    for place in range(len(mentions)):
        row = {name: cells[place] for name, cells in columns}
        yield row | {name: kept.setdefault(row[name], row[name]) for name in shared}


def _mention(row: dict[Any, Any], facts: dict[str, dict[str, str]], cast: dict[int, list[str]]) -> Mention:
    text = {name: plain(row[name]) for name in _TEXT}
    document = str(row["document"])
    nameless = dict.fromkeys(DOCUMENT, "") | {"id": plain(document), "title": plain(document), "source": text["source"]}
    number = int(row["mention"])
    return Mention(
        number=number, line=int(row["line"]), start=float(row["start"]), end=float(row["end"]),
        approximate=bool(row["approximate"]), uncertain=bool(row["uncertain"]),
        link=original(text["url"], text["locator"], text["passage"]) or "",
        actors=tuple(plain(name) for name in cast.get(number, ())),
        document=facts.get(document, nameless) if document else None,
        **text,
    )  # fmt: skip


def happenings_of(dataset: Dataset, selection: Selection) -> list[Event]:
    """The events that the selected mentions tell, by date, undated ones last."""
    told: dict[str, list[Mention]] = {}
    for mention in mentions_of(dataset, selection):
        told.setdefault(mention.event, []).append(mention)
    return [_event(row, told[plain(row["event"])]) for row in events_of(selection.mentions).to_dict("records")]


def _event(row: dict[Any, Any], mentions: list[Mention]) -> Event:
    main = next((mention for mention in mentions if mention.id == plain(row["id"])), mentions[0])
    dated = [mention for mention in mentions if mention.dated]
    spread = bool(row["disagree"]) and dated
    return Event(
        id=mentions[0].event, title=plain(row["title"]), category=plain(row["category"]), status=plain(row["status"]),
        words=plain(row["words"]), precision=plain(row["precision"]), start=float(row["start"]), end=float(row["end"]),
        approximate=bool(row["approximate"]), uncertain=bool(row["uncertain"]), disagree=bool(row["disagree"]),
        main=main, mentions=tuple(mentions),
        first=min(dated, key=lambda mention: mention.start) if spread else main,
        last=max(dated, key=lambda mention: mention.end) if spread else main,
    )  # fmt: skip


def documents_of(mentions: list[Mention]) -> dict[str, dict[str, str]]:
    """The documents that the mentions cite, by id, in the order in which they are cited."""
    return {mention.document["id"]: mention.document for mention in mentions if mention.document}


def cited_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of the `documents` frame that the selection cites."""
    cited = selection.mentions["document"].unique()
    return dataset.documents[dataset.documents["id"].isin(cited)].reset_index(drop=True)


def cast_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of the `actors` frame for all who take part or speak, and whatever these are part of."""
    parents = dict(zip(dataset.actors["name"], dataset.actors["part_of"], strict=True))
    bridge = selection.rows.mention_actors
    taking = bridge[bridge["mention"].isin(selection.mentions["mention"])]["actor"]
    waiting = [*taking.unique(), *selection.mentions["speaker"].unique()]
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [parents[name]] if parents.get(name) else []
    return dataset.actors[dataset.actors["name"].isin(needed)].reset_index(drop=True)


def plain(cell: object) -> str:
    """Text that UTF-8 can hold."""
    text = str(cell)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def shown(text: str) -> str:
    """Text in which a format without room for them finds no control characters but line breaks and tabs."""
    return _CONTROL.sub("", plain(text))


def link_of(url: str) -> str:
    """An address that may become a link, else ""."""
    return safe(url) or ""


def urn(*parts: str) -> str:
    """A name for something that has no address: the same for the same parts."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, chr(10).join(plain(part) for part in parts))}"


def summary_of(dataset: Dataset, selection: Selection) -> str:
    """What was chosen and what it leaves out, in one line."""
    chosen = describe(selection.query, dataset) if is_filtered(selection.query) else ""
    return plain(sentence(selection, selection.query) + (f" ({chosen})" if chosen else "") + ".")
