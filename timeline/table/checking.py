"""The rules of a curated events table, row by row: identity, required cells, vocabularies, citations' shape.

In: the events Table, what documents.csv and actors.csv hold. Out: findings in the Table, rows that fail, and
the actors and speaker of each row under their canonical names. Must not know: files, frames, documents'
texts.

A row fails (is not drawn) when its id is empty or malformed, or its title empty, or one of both unreadable;
dates are judged by `dating`. A duplicated id can be read, so both rows are errors and both are drawn: the
later under `id-2`, that links and events do not mix two rows up. Everything else is drawn and marked.
"""

from __future__ import annotations

import re

from timeline.table import schema
from timeline.table.actors import Directory, split_names, twins
from timeline.table.limits import TITLE_CHARACTERS
from timeline.table.names import Hints, did_you_mean, slug, unique
from timeline.table.passages import locator_fault, passage_fault
from timeline.table.problems import quote
from timeline.table.tables import Table

_SLUG = re.compile(schema.SLUG)


def is_slug(text: str) -> bool:
    """Whether a text may be an id or the name of an event."""
    return _SLUG.fullmatch(text) is not None


def check_ids(table: Table, name: str = "id") -> list[str]:
    """The ids of the rows, made unique. Errors for empty, malformed and repeated ones (each names the other
    lines)."""
    written = table.column(name)
    if not table.has(name):
        return _made_ids(table)
    if not table.unreadable and len(set(written)) == len(written) and all(map(_SLUG.fullmatch, written)):
        return list(written)
    lines: dict[str, list[int]] = {}
    for row, own in enumerate(written):
        if not table.trusted(row, name):
            table.failed.add(row)
        elif not own:
            table.tell("empty", row, name, f"the {name} is empty", f"Write a short {name}: a-z, 0-9 and -", value="")
            table.failed.add(row)
        elif not _SLUG.fullmatch(own):
            reason = f"{quote(own)} is no id: " + _slug_fault(own)
            table.tell("malformed-id", row, name, reason, f"Write {slug(own)}", value=own)
            table.failed.add(row)
        if own:
            lines.setdefault(own, []).append(table.lines[row])
    for row, own in enumerate(written):
        others = [line for line in lines.get(own, ()) if line != table.lines[row]]
        if others:
            shown = ", ".join(map(str, others[:5])) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
            reason = f"{quote(own)} is also the id of line{'s' if len(others) > 1 else ''} {shown}"
            table.tell("duplicate-id", row, name, reason, "Give each row an id of its own", value=own)
    for group in twins_of_ids(lines):
        first, *rest = group
        for other in rest:
            row = table.lines.index(lines[other][0])
            reason = f"{quote(other)} and {quote(first)} (line {lines[first][0]}) differ only in look"
            table.tell("near-twin", row, name, reason, "Make them one, or clearly two", value=other)
    taken: set[str] = set()
    return [unique(own, taken) if row not in table.failed else own for row, own in enumerate(written)]


def check_titles(table: Table) -> None:
    """A title that is empty or unreadable fails its row; one that is too long is a warning."""
    for row, title in enumerate(table.column("title")):
        if not table.trusted(row, "title"):
            table.failed.add(row)
        elif not title:
            table.tell("empty", row, "title", "the title is empty", "Write what happened in a few words", value="")
            table.failed.add(row)
        elif len(title) > TITLE_CHARACTERS:
            reason = f"the title has {len(title)} characters; labels show at most {TITLE_CHARACTERS}"
            table.tell("title-long", row, "title", reason, "Shorten it; the summary has room", value=title)


def check_rows(table: Table, documents: set[str] | None) -> None:
    """Required cells, vocabularies, documents, locators and passages. `documents` None: documents.csv is
    unreadable."""
    near = Hints(documents or ())
    for column in schema.EVENTS:
        if not table.has(column.name) or column.name in ("id", "title", "date", "actors", "speaker"):
            continue
        words = frozenset(column.vocabulary)
        cells = table.column(column.name)
        if not table.unreadable and _all_well(column, cells, documents):
            continue
        for row, cell in enumerate(cells):
            if cell in words or not table.trusted(row, column.name):
                continue
            if not cell:
                if column.must:
                    reason = f"the {column.name} is empty"
                    table.tell("empty", row, column.name, reason, f"Fill it: {column.description}", value="")
            elif column.vocabulary:
                _unknown(table, row, column.name, cell, column.vocabulary)
            elif column.name == "event" and not _SLUG.fullmatch(cell):
                reason = f"{quote(cell)} is no name of an event: {_slug_fault(cell)}"
                table.tell("malformed-event", row, "event", reason, f"Write {slug(cell)}", value=cell)
            elif column.name == "document" and documents is not None and cell not in documents:
                hint = near(cell, "Add it to documents.csv")
                table.tell(
                    "unknown-document",
                    row,
                    "document",
                    f"documents.csv has no {quote(cell)}",
                    hint,
                    value=cell,
                )
            elif column.name in ("locator", "passage"):
                fault = (locator_fault if column.name == "locator" else passage_fault)(cell)
                if fault:
                    code, reason, fix = fault
                    table.tell(code, row, column.name, reason, fix, value=cell)


def _all_well(column: schema.Column, cells: list[str], documents: set[str] | None) -> bool:
    """Whether no cell of a column can be wrong: what holds for most tables is seen by their distinct cells."""
    if column.must and not all(cells):
        return False
    distinct = set(cells)
    distinct.discard("")
    if column.vocabulary:
        return distinct <= set(column.vocabulary)
    if column.name == "event":
        return all(map(_SLUG.fullmatch, distinct))
    if column.name == "document":
        return documents is None or distinct <= documents
    if column.name in ("locator", "passage"):
        return not any(map(locator_fault if column.name == "locator" else passage_fault, distinct))
    return True


def check_actors(table: Table, directory: Directory, listed: bool) -> list[list[str]]:
    """The actors of each row, canonical and without repeats. `listed`: actors.csv is there, so all must be in
    it."""
    cast: list[list[str]] = []
    near = Hints(directory.names)
    plain: dict[str, list[str]] = {}  # cells that were read before, and of which there was nothing to tell
    for row, cell in enumerate(table.column("actors")):
        if cell in plain and table.trusted(row, "actors"):
            cast.append(plain[cell])
            continue
        told = len(table.problems)
        parts = cell.split(";")
        if table.trusted(row, "actors") and len(own := set(parts)) == len(parts) and own <= directory.names.keys():
            plain[cell] = parts
            cast.append(parts)
            continue
        parts = split_names(cell)
        names = [part for part in parts if part]
        if table.has("actors") and table.trusted(row, "actors"):
            if not names:
                table.tell(
                    "empty",
                    row,
                    "actors",
                    "the actors are empty",
                    "Name at least one, from actors.csv",
                    value=cell,
                )
            elif len(names) < len(parts):
                table.tell(
                    "empty-part",
                    row,
                    "actors",
                    "the list of actors has an empty part",
                    "Delete a ;",
                    value=cell,
                )
            names = [
                _actor(table, row, "actors", "unknown-actor", name, directory, near if listed else None)
                for name in names
            ]
            if len(set(names)) < len(names):
                twice = next(name for name in names if names.count(name) > 1)
                table.tell("repeated-actor", row, "actors", f"{quote(twice)} stands twice", "Keep one", value=cell)
        cast.append(list(dict.fromkeys(names)))
        if len(table.problems) == told and table.trusted(row, "actors"):
            plain[cell] = cast[-1]
    return cast


def check_speakers(table: Table, directory: Directory, listed: bool) -> list[str]:
    """The speaker of each row under the canonical name, or ""."""
    near = Hints(directory.names) if listed else None
    return [
        _actor(table, row, "speaker", "unknown-speaker", cell, directory, near)
        if cell and table.trusted(row, "speaker")
        else cell
        for row, cell in enumerate(table.column("speaker"))
    ]


def event_names(table: Table, ids: list[str]) -> list[str]:
    """The event of each row: its `event` cell (a malformed one as a slug), else its own id."""
    return [
        ids[row] if not cell else cell if _SLUG.fullmatch(cell) else slug(cell, "event")
        for row, cell in enumerate(table.column("event"))
    ]


def _actor(table: Table, row: int, column: str, code: str, name: str, directory: Directory, near: Hints | None) -> str:
    known = directory.canonical(name)
    if known is None:
        if near is not None:
            hint = near(name, "Add it to actors.csv")
            table.tell(code, row, column, f"actors.csv has no {quote(name)}", hint, value=name)
        return name
    if known != name:
        table.tell(
            "alias-used",
            row,
            column,
            f"{quote(name)} is an alias of {quote(known)}",
            f"Write {known}",
            value=name,
        )
    return known


def _unknown(table: Table, row: int, column: str, cell: str, vocabulary: tuple[str, ...]) -> None:
    reason = f"{quote(cell)} is no {column}; there are {', '.join(vocabulary)}"
    table.tell(f"unknown-{column}", row, column, reason, did_you_mean(cell, vocabulary), value=cell)


def _slug_fault(id: str) -> str:
    if len(id) > 80:
        return f"it has {len(id)} characters, at most 80 are allowed"
    odd = "".join(dict.fromkeys(c for c in id if not re.fullmatch("[a-z0-9-]", c)))
    return f"it may hold a-z, 0-9 and -, but not {quote(odd, 20)}"


def twins_of_ids(ids: dict[str, list[int]]) -> list[tuple[str, ...]]:
    """Ids that differ only in case, accents or look-alike letters. Slugs proper are told apart by every
    character: `2014-1-12` and `2014-11-2` are no twins."""
    odd = {one for one in ids if not _SLUG.fullmatch(one)}
    return [group for group in twins(ids) if odd & set(group)] if odd else []


def _made_ids(table: Table) -> list[str]:
    taken: set[str] = set()
    return [unique(slug(title), taken) for title in table.column("title")]
