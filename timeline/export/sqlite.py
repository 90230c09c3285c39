"""The selection as a SQLite database, ready for Datasette: tables with keys, and a full-text index.

In: a Dataset, a Selection and a Look. Out: the bytes of a .sqlite with notes. It must not know files; the database is
made in memory.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from timeline.export.notes import nothing
from timeline.export.telling import Event, Mention, cast_rows, documents_of, happenings_of, link_of, plain, summary_of
from timeline.export.writing import CannotExport, Exported, Look
from timeline.query.matching import Selection
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset

_SCHEMA = """
CREATE TABLE about (what TEXT PRIMARY KEY, "is" TEXT NOT NULL);
CREATE TABLE documents (
  id TEXT PRIMARY KEY, title TEXT, source TEXT, author TEXT, published TEXT, kind TEXT, language TEXT, url TEXT
);
CREATE TABLE actors (name TEXT PRIMARY KEY, kind TEXT, part_of TEXT REFERENCES actors (name), aliases TEXT);
CREATE TABLE events (
  id TEXT PRIMARY KEY, title TEXT, category TEXT, status TEXT, words TEXT, precision TEXT, earliest TEXT, latest TEXT,
  start_day REAL, end_day REAL, approximate INTEGER, uncertain INTEGER, disagree INTEGER, mentions INTEGER,
  documents INTEGER
);
CREATE TABLE mentions (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, event TEXT NOT NULL REFERENCES events (id), line INTEGER, date TEXT,
  edtf TEXT, earliest TEXT, latest TEXT, words TEXT, title TEXT, summary TEXT, actors TEXT, category TEXT, status TEXT,
  speaker TEXT, document TEXT REFERENCES documents (id), source TEXT, locator TEXT, passage TEXT, url TEXT{extras}
);
CREATE TABLE mention_actors (
  mention INTEGER NOT NULL REFERENCES mentions (number), actor TEXT NOT NULL REFERENCES actors (name),
  position INTEGER NOT NULL, PRIMARY KEY (mention, actor)
) WITHOUT ROWID;
"""
_AFTER = """
CREATE INDEX mentions_event ON mentions (event);
CREATE INDEX mentions_document ON mentions (document);
CREATE INDEX mentions_id ON mentions (id);
CREATE INDEX mention_actors_actor ON mention_actors (actor);
CREATE INDEX events_start ON events (start_day);
CREATE VIRTUAL TABLE mentions_fts USING fts5(
  title, summary, actors, speaker, content="mentions", content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO mentions_fts (mentions_fts) VALUES ('rebuild');
INSERT INTO mentions_fts (mentions_fts) VALUES ('optimize');
"""


def sqlite_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """The tables events, mentions, mention_actors, documents, actors and about, and `mentions_fts`."""
    events = happenings_of(dataset, selection)
    mentions = sorted((m for event in events for m in event.mentions), key=lambda mention: mention.number)
    extras = _extras(dataset)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        try:
            columns = "".join(f", {_quoted(name)} TEXT" for name in extras.values())
            base.executescript(_SCHEMA.replace("{extras}", columns))
            base.execute("BEGIN")
            _insert(base, "about", _about(dataset, selection, look, len(mentions)))
            _insert(base, "documents", (_document(facts) for facts in documents_of(mentions).values()))
            _insert(base, "actors", _actors(dataset, selection, mentions))
            _insert(base, "events", (_event(event) for event in events))
            cells = {name: selection.mentions[f"extra:{name}"].tolist() for name in extras}
            more = [[plain(cell) or None for cell in row] for row in zip(*cells.values(), strict=True)]
            _insert(base, "mentions", _mentions(mentions, more))
            _insert(base, "mention_actors", _cast(mentions))
            base.execute("COMMIT")
            base.executescript(_AFTER)
            base.execute("VACUUM")
            content = base.serialize()
        except sqlite3.Error as error:
            raise CannotExport(f"SQLite cannot hold this: {error}.") from error
    return Exported(content, nothing(len(mentions), "mention"))


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _extras(dataset: Dataset) -> dict[str, str]:
    """Further columns of the table -> their names in SQLite, which makes no difference of case."""
    ours = {
        name.strip().split(" ")[0] for name in _SCHEMA.partition("TABLE mentions (")[2].partition(");")[0].split(",")
    }
    taken, made = {name.casefold() for name in ours}, {}
    for extra in dataset.extras:
        base = name = plain(extra).replace("\0", "") or "column"
        number = 2
        while name.casefold() in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(name.casefold())
        made[extra] = name
    return made


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _about(dataset: Dataset, selection: Selection, look: Look, mentions: int) -> list[tuple[str, str]]:
    return [
        ("table", plain(dataset.name)),
        ("fingerprint", dataset.fingerprint),
        ("shown", summary_of(dataset, selection) if mentions else "No event matches."),
        ("made", look.made.isoformat()),
        ("note", NOTE),
    ]


def _document(facts: dict[str, str]) -> tuple[str | None, ...]:
    fields = ("title", "source", "author", "published", "kind", "language")
    return (facts["id"], *(facts[name] or None for name in fields), link_of(facts["url"]) or None)


def _actors(dataset: Dataset, selection: Selection, mentions: list[Mention]) -> list[tuple[str | None, ...]]:
    """All who take part or speak and what they are part of; a name that no list holds has nothing but itself."""
    rows = {plain(row["name"]): row for row in cast_rows(dataset, selection).to_dict("records")}
    named = [actor for mention in mentions for actor in mention.actors]
    named += [plain(row["part_of"]) for row in rows.values() if row["part_of"]]
    made: list[tuple[str | None, ...]] = [
        (name, *(plain(row[field]) or None for field in ("kind", "part_of", "aliases"))) for name, row in rows.items()
    ]
    return made + [(name, None, None, None) for name in dict.fromkeys(named) if name not in rows]


def _event(event: Event) -> tuple[Any, ...]:
    spread = [_finite(event.start), _finite(event.end)]
    return (
        event.id, event.title, event.category or None, event.status or None, event.words, event.precision or None,
        event.first.earliest or None, event.last.latest or None, *spread, event.approximate, event.uncertain,
        event.disagree, len(event.mentions), len(documents_of(list(event.mentions))),
    )  # fmt: skip


def _cast(mentions: list[Mention]) -> Iterable[tuple[Any, ...]]:
    for number, mention in enumerate(mentions, 1):
        yield from ((number, name, place) for place, name in enumerate(dict.fromkeys(mention.actors), 1))


def _finite(days: float) -> float | None:
    return days if math.isfinite(days) else None


def _mentions(mentions: list[Mention], more: list[list[str | None]]) -> Iterable[tuple[Any, ...]]:
    for number, m in enumerate(mentions, 1):
        texts = (
            m.category,
            m.status,
            m.speaker,
            m.document["id"] if m.document else "",
            m.source,
            m.locator,
            m.passage,
        )
        yield (
            number, m.id, m.event, m.line, m.date or None, m.edtf or None, m.earliest or None, m.latest or None,
            m.words, m.title, m.summary or None, "; ".join(m.actors) or None, *(text or None for text in texts),
            link_of(m.url) or None, *(more[number - 1] if more else ()),
        )  # fmt: skip
