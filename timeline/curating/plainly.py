"""What the desk knows, as plain data for whoever shows it.

In: Offers, rows, Looks, documents. Out: dictionaries and lists of texts and numbers. It must not know how they are
shown, nor over which wire they go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from timeline.curating.looking import Look
from timeline.curating.offers import Cited, Offer
from timeline.curating.shelf import Shelved
from timeline.curating.similar import Similar
from timeline.curating.snapshot import Snapshot
from timeline.documents.mentioned import Mentioned
from timeline.documents.passages import Citation
from timeline.table.actors import split_names
from timeline.table.problems import Problem
from timeline.table.schema import CATEGORIES, EVENTS, STATUSES
from timeline.table.when import KEYS, NotADate, When, read_date

STATES = ("open", "accepted", "skipped", "rejected")


def document_line(
    document: Shelved, title: str, reason: str, rows: int, counts: Mapping[str, int] | None
) -> dict[str, Any]:
    """A document in the list of all; without `counts` it has not been read yet, and its numbers are None."""
    when = document.appeared
    return {
        "id": document.id,
        "title": document.title or title or document.file,
        "source": document.source,
        "published": document.published,
        "published_words": when.words if when else "",
        "file": document.file,
        "listed": document.listed,
        "has_text": not reason,
        "reason": reason,
        "rows": rows,
        **{state: None if counts is None else counts.get(state, 0) for state in STATES},
    }


def candidate_line(offer: Offer, named: Mentioned) -> dict[str, Any]:
    """A candidate, with who is named in its sentence."""
    one = offer.candidate
    when = read_date(one.value) if one.value else None
    return {
        "id": offer.id,
        "n": one.paragraph,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "value": one.value,
        "words": when.words if isinstance(when, When) else "",
        "precision": one.precision,
        "kind": one.kind,
        "anchor": one.anchor,
        "rule": one.rule,
        "locator": one.locator,
        "passage": one.passage,
        "actors": list(named.actors),
        "new_actors": list(named.new),
        "state": offer.state,
        "row": offer.row,
    }


def row_line(cells: Mapping[str, str], cited: Cited, words: str) -> dict[str, Any]:
    """A row: its cells flat, and what follows from them; `cells` again for columns with one of these names."""
    one = cited.citation
    found = one.paragraph is not None and one.end_paragraph is not None
    return {
        **cells,
        "id": cited.id,
        "cells": {**cells},
        "words": words,
        "citation": citation_line(one, cells.get("locator", "")),
        "from": {"n": one.paragraph, "offset": one.start} if found else None,
        "to": {"n": one.end_paragraph, "offset": one.end} if found else None,
    }


def citation_line(citation: Citation | None, locator: str) -> dict[str, Any]:
    """What became of a citation, and where the passage really stands."""
    if citation is None:
        return {"verdict": "no text", "locator": "", "note": "", "score": None}
    unit = "p." if locator.startswith("p.") else "para."
    where = f"{unit} {citation.paragraph}" if citation.paragraph is not None else ""
    return {"verdict": citation.kind, "locator": where, "note": citation.note, "score": citation.score}


def problem_line(problem: Problem) -> dict[str, Any]:
    """A problem of the row at hand."""
    return {
        "column": problem.column or "",
        "severity": problem.severity,
        "code": problem.code,
        "reason": problem.reason,
        "fix": problem.fix,
        "value": problem.value or "",
    }


def similar_lines(found: Sequence[Similar], snapshot: Snapshot, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows that are like the one at hand."""
    told = []
    columns = ("id", "event", "title", "edtf", "words", "document", "source", "locator")
    frame = snapshot.dataset.mentions
    for one in found:
        row = {name: str(frame[name].iloc[one.position]) for name in columns}
        shared = row["event"] if row["event"] != row["id"] else ""
        told.append(
            {
                "id": row["id"],
                "event": shared,
                "title": row["title"],
                "date": row["edtf"],
                "words": row["words"],
                "document": row["document"],
                "document_title": titles.get(row["document"], ""),
                "source": row["source"],
                "locator": row["locator"],
                "kind": one.kind,
                "why": list(one.why),
                "score": one.score,
            }
        )
    return told


def look_line(seen: Look, locator: str) -> dict[str, Any]:
    """What `look` found, without similar rows."""
    bearing = seen.bearing
    return {
        "problems": [problem_line(problem) for problem in seen.problems],
        "citation": citation_line(seen.citation, locator)
        | {"dates": "" if bearing is None else bearing.verdict, "dated_by": "" if bearing is None else bearing.quote},
    }


def understood_line(text: str, found: When | NotADate, anchor: str) -> dict[str, Any]:
    """A date as `timeline date --json` tells it, and what it was counted from."""
    told: dict[str, Any] = dict.fromkeys(KEYS) | {"text": text, "error": None, "anchor": anchor}
    if isinstance(found, NotADate):
        fix = found.fix[:1].lower() + found.fix[1:]
        return told | {"error": f"{found.reason}; {fix}" if fix else found.reason}
    told |= {key: getattr(found, key) for key in KEYS if hasattr(found, key)}
    return told | {"text": text, "error": None}


def actor_lines(names: Mapping[str, tuple[str, str, str]]) -> list[dict[str, Any]]:
    """The actors of a directory: name -> (kind, part_of, aliases)."""
    return [
        {"name": name, "kind": kind, "aliases": [each for each in split_names(aliases) if each]}
        for name, (kind, _, aliases) in names.items()
    ]


def column_lines(columns: Sequence[str]) -> list[dict[str, Any]]:
    """The columns of a table of events, in the order of its file."""
    by_name = {column.name: column for column in EVENTS}
    return [
        {
            "name": name,
            "label": name.replace("_", " ").capitalize(),
            "must": bool(name in by_name and by_name[name].must),
            "description": by_name[name].description if name in by_name else "",
        }
        for name in columns
    ]


def vocabularies() -> dict[str, list[str]]:
    """The words that a curated table may use."""
    return {"categories": list(CATEGORIES), "statuses": list(STATUSES)}
