"""What a row is: the columns of the three tables, once. Header, template, Table Schema, help and docs come
from here.

In: nothing. Out: `EVENTS`, `DOCUMENTS`, `ACTORS`, the further columns a stranger's table may have (`LOOSE`),
the vocabularies, and `datapackage()`. Must not know: files, frames, or how a cell is checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from timeline.table.limits import ID_CHARACTERS
from timeline.table.synonyms import SYNONYMS

CATEGORIES = (
    "agreement",
    "negotiation",
    "military",
    "politics",
    "election",
    "law",
    "statement",
    "aid",
    "protest",
    "other",
)
STATUSES = ("reported", "contested", "planned")
DOCUMENT_KINDS = ("interview", "speech", "statement", "report", "article", "other")
ACTOR_KINDS = ("person", "state", "organisation", "group", "place")

SLUG = f"[a-z0-9-]{{1,{ID_CHARACTERS}}}"
LOCATOR = r"(?:para|p)\. [1-9][0-9]{0,6}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `must` says that its cells may not be empty in a curated table; `kind` is one of slug,
    text, date, actors, word (of `vocabulary`), locator, passage, url, file, sha256.
    """

    name: str
    must: bool
    kind: str
    description: str
    example: str
    vocabulary: tuple[str, ...] = ()
    pattern: str | None = None

    @property
    def synonyms(self) -> tuple[str, ...]:
        """What strangers call this column, the likeliest first."""
        return SYNONYMS.get(self.name, ())


EVENTS: tuple[Column, ...] = (
    Column("id", True, "slug", "stable name of the row; links point to it", "lio-strike-1", pattern=SLUG),
    Column("event", False, "slug", "shared by the mentions of one event; or empty", "lio-strike",
           pattern=SLUG),
    Column("date", False, "date", "EDTF (ISO 8601-2:2019); empty: undated", "2014-02~"),
    Column("title", True, "text", "at most 90 characters, neutral, fit for a label",
           "Dockers in Port Lio stop work"),
    Column("summary", True, "text", "one to three sentences: what the passage says, attributed",
           "The Courier: some 300 dockers stopped work at noon."),
    Column("actors", True, "actors", "names from actors.csv, separated by ;", "Dockers' Union; Port Lio"),
    Column("category", True, "word", "what sort of event it is", "protest", CATEGORIES),
    Column("status", True, "word", "reported (the document states it happened), contested (an "
           "accusation, a motive, a casualty figure, or denied elsewhere), or planned (still ahead when the "
           "document was written)",
           "reported", STATUSES),
    Column("speaker", False, "text", "who makes the statement in the document: an actor's name", "Ada Moor"),
    Column("document", True, "slug", "id in documents.csv", "courier-2014-02-23", pattern=SLUG),
    Column("locator", True, "locator", "where the passage begins: para. N or p. N", "para. 4",
           pattern=LOCATOR),
    Column("passage", True, "passage", "first words … last words, at most 8 words each, verbatim",
           "At noon the cranes … until the evening"),
)  # fmt: skip

DOCUMENTS: tuple[Column, ...] = (
    Column("id", True, "slug", "name of the document in events.csv", "courier-2014-02-23", pattern=SLUG),
    Column("title", True, "text", "title of the document", "Dockers walk out"),
    Column("source", True, "text", "who issued it: an outlet, body or publisher", "The Lio Courier"),
    Column("author", False, "text", "who wrote or spoke it", "Ben Carrow"),
    Column("published", False, "date", "EDTF", "2014-02-23"),
    Column("kind", False, "word", "what sort of text it is", "article", DOCUMENT_KINDS),
    Column("language", False, "text", "language tag of BCP 47", "en"),
    Column("url", False, "url", "where the original stands", "https://courier.example/dockers"),
    Column("file", False, "file", "name of the text inside the folder of documents", "courier-2014-02-23.txt"),
    Column(
        "sha256",
        False,
        "sha256",
        "fingerprint of that file, 64 hexadecimal digits",
        "",
        pattern="[0-9a-fA-F]{64}",
    ),
)

ACTORS: tuple[Column, ...] = (
    Column("name", True, "text", "the one name used in events.csv", "Dockers' Union"),
    Column("kind", False, "word", "what sort of actor it is", "organisation", ACTOR_KINDS),
    Column("part_of", False, "text", "the actor it belongs to: its name", "Port Lio"),
    Column("aliases", False, "text", "other names, separated by ;", "Union of Dockers; DU"),
)

# What a stranger's single table may hold beside the columns of EVENTS: the end of a range, its parts, its
# document.
LOOSE: tuple[Column, ...] = (
    Column("end", False, "date", "where a range ends", "2014-02-25"),
    Column("source", False, "text", "who issued the document", "The Lio Courier"),
    Column("url", False, "url", "where the original stands", "https://courier.example/dockers"),
    Column("author", False, "text", "who wrote the document", "Ben Carrow"),
    Column("published", False, "date", "when the document appeared", "2014-02-23"),
    Column("language", False, "text", "language of the document", "en"),
)

# A column that a curated table may add; it is kept and shown like any further one, and known to the checks.
NOTE = "note"

# The parts in which some spreadsheets keep a date; with them a `year` column is no date by itself.
DATE_PARTS = ("year", "month", "day")

TABLES = {"events.csv": EVENTS, "documents.csv": DOCUMENTS, "actors.csv": ACTORS}


def names(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The header names of a table, in order."""
    return tuple(column.name for column in columns)


def required(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns whose cells a curated table must fill."""
    return tuple(column.name for column in columns if column.must)


def header_line(columns: tuple[Column, ...] = EVENTS) -> str:
    """The header to paste into an empty table."""
    return ",".join(names(columns))


def template_row(columns: tuple[Column, ...] = EVENTS) -> dict[str, str]:
    """One filled row that passes every check of shape: header name -> example."""
    return {column.name: column.example for column in columns}


def table_schema(columns: tuple[Column, ...]) -> dict[str, Any]:
    """The Frictionless Table Schema of one table; EDTF is no type of its own there, so a date is a string."""
    fields = []
    for column in columns:
        constraints: dict[str, Any] = {}
        if column.must:
            constraints["required"] = True
        if column.vocabulary:
            constraints["enum"] = list(column.vocabulary)
        if column.pattern:
            constraints["pattern"] = f"^(?:{column.pattern})$"
        if column.name == columns[0].name:
            constraints["unique"] = True
        field: dict[str, Any] = {"name": column.name, "type": "string", "description": column.description}
        if column.kind == "url":
            field["format"] = "uri"
        if column.example:
            field["example"] = column.example
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    return {"fields": fields, "primaryKey": [columns[0].name], "missingValues": [""]}


def datapackage() -> dict[str, Any]:
    """The three tables as a Frictionless Data Package descriptor, with the keys that tie them together."""
    resources = []
    for path, columns in TABLES.items():
        schema = table_schema(columns)
        if columns is EVENTS:
            schema["foreignKeys"] = [_key("document", "documents", "id"), _key("speaker", "actors", "name")]
        if columns is ACTORS:
            schema["foreignKeys"] = [_key("part_of", "", "name")]
        resources.append(
            {
                "name": path.removesuffix(".csv"),
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
                "schema": schema,
            }
        )
    return {
        "profile": "tabular-data-package",
        "name": "cited-timeline",
        "title": "A timeline in which every mark can be checked",
        "resources": resources,
    }


def _key(field: str, resource: str, target: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": resource, "fields": [target]}}
