"""Drafts to events.csv, documents.csv and actors.csv.

In: drafts of rows that a reader of a format made. Out: the bytes of our tables. Must not know: formats.

The events are a stranger's table: they cite no passage, so that the columns of a curated one would stay empty. What
documents there are follows from the columns document, source and url.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.importing.dates import fault
from timeline.importing.report import Report
from timeline.importing.sheets import Draft, clean_drafts, make_ids, write_sheet
from timeline.importing.values import clean
from timeline.table.headers import loose_layout
from timeline.table.layout import normal
from timeline.table.limits import TITLE_CHARACTERS
from timeline.table.names import fold_search
from timeline.table.schema import ACTORS, DOCUMENTS, EVENTS, LOOSE, names

UNTITLED = "Untitled"
_ALWAYS = ("id", "date", "title", "summary")
_COLUMNS = (*names(EVENTS), *(name for name in names(LOOSE) if name != "end"))


def events_csv(drafts: Sequence[Draft], report: Report) -> tuple[bytes, list[str]]:
    """events.csv and its header. Every draft becomes one row; a date that cannot be read stays as it is."""
    clean_drafts(drafts, report)
    full = [_entitle(draft, report) for draft in drafts]
    ids = make_ids([(draft.cells.get("id", ""), text) for draft, text in zip(drafts, full, strict=True)], report)
    for draft, id in zip(drafts, ids, strict=True):
        draft.cells["id"] = id
        date = draft.cells.get("date", "")
        reason = fault(date)
        if reason:
            report.unread_date(draft.place, date, reason)
    _keep_apart(drafts, full)
    _join_actors(drafts, report)
    filled = {name for draft in drafts for name in draft.cells}
    ours = [name for name in _COLUMNS if name in _ALWAYS or name in filled]

    def misread(header: list[str]) -> set[int]:
        places = loose_layout(header, "", 1).places
        return {index for index in places.values() if index >= len(ours)}

    return write_sheet(ours, drafts, report, misread)


def documents_csv(drafts: Sequence[Draft], report: Report) -> tuple[bytes, list[str]]:
    """documents.csv and its header."""
    clean_drafts(drafts, report)
    ids = make_ids([(draft.cells.get("id", ""), draft.cells["title"]) for draft in drafts], report)
    for draft, id in zip(drafts, ids, strict=True):
        draft.cells["id"] = id
        published = draft.cells.get("published", "")
        reason = fault(published)
        if reason:
            report.unread_date(draft.place, published, reason)
    ours = list(names(DOCUMENTS))
    known = {normal(name) for name in ours}

    def misread(header: list[str]) -> set[int]:
        return {index for index, name in enumerate(header) if index >= len(ours) and normal(name) in known}

    return write_sheet(ours, drafts, report, misread)


def actors_csv(drafts: Sequence[Draft], report: Report) -> bytes:
    """actors.csv of drafts that hold a `name`, and perhaps the name that it is `part_of`."""
    return write_sheet(names(ACTORS), drafts, report, lambda header: set())[0]


def actor_name(text: str, report: Report) -> str:
    """A name that a list of actors can hold, on one line: a semicolon would end it."""
    text, controls, _ = clean(text)
    report.lose("control character", controls)
    if ";" in text:
        report.count(
            "semicolons",
            "1 name of an actor holds a semicolon, which became a comma.",
            "{} names of actors hold a semicolon, which became a comma.",
        )
    return " ".join(text.replace(";", ",").split()).strip(" ,")


def _entitle(draft: Draft, report: Report) -> str:
    """Give the draft a title; returned is the whole text of it. A long one is cut where the summary can hold it."""
    cells = draft.cells
    title = " ".join(cells.get("title", "").split())
    if not title and cells.get("summary"):
        title = cells["summary"]
        if len(title) <= TITLE_CHARACTERS:
            del cells["summary"]
        else:
            cells["title"] = _short(title)
            return title
    if not title:
        title = UNTITLED
        many = f"{{}} rows have no text and are called '{UNTITLED}'."
        report.count("untitled", f"1 row has no text and is called '{UNTITLED}'.", many)
    if len(title) > TITLE_CHARACTERS and "summary" not in cells:
        cells["summary"] = title
        cells["title"] = _short(title)
    else:
        cells["title"] = title
    return title


def _short(text: str) -> str:
    cut = text[: TITLE_CHARACTERS - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > TITLE_CHARACTERS // 2 else cut).rstrip(" ,;:.-") + "…"


def _keep_apart(drafts: Sequence[Draft], full: Sequence[str]) -> None:
    """Rows alike in date and title are read as one event. Where only the cutting made them alike, each is its own."""
    looks: dict[tuple[str, str], set[str]] = {}
    keys = []
    for draft, text in zip(drafts, full, strict=True):
        keys.append((draft.cells.get("date", ""), fold_search(draft.cells["title"])))
        looks.setdefault(keys[-1], set()).add(text)
    for draft, key in zip(drafts, keys, strict=True):
        if len(looks[key]) > 1 and draft.cells["title"].endswith("…"):
            draft.cells.setdefault("event", draft.cells["id"])


def _join_actors(drafts: Sequence[Draft], report: Report) -> None:
    """Names joined by `;`. A lone name with a comma keeps a `;` when no cell has one, or it would be split there."""
    for draft in drafts:
        cast = dict.fromkeys(filter(None, (actor_name(name, report) for name in draft.actors)))
        if cast:
            draft.cells["actors"] = ";".join(cast)
    cells = [draft.cells for draft in drafts if draft.cells.get("actors")]
    if not any(";" in cell["actors"] for cell in cells):
        lone = next((cell for cell in cells if "," in cell["actors"]), None)
        if lone is not None:
            lone["actors"] += ";"
