"""The selected mentions as rows: CSV that opens again without loss, and JSON with everything that is known of
them.

In: a Dataset and a Selection. Out: bytes, UTF-8. It must not know files, charts or where the bytes go.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from timeline.export.writing import Exported, Look
from timeline.query.address import to_search
from timeline.query.matching import Selection
from timeline.query.wording import sentence
from timeline.table.dataset import Dataset
from timeline.table.guard import guard
from timeline.table.names import fold_search
from timeline.table.schema import EVENTS, LOOSE, names

_WHEN_TEXT = ("edtf", "earliest", "latest", "precision", "words")
_WHEN_FLAGS = ("approximate", "uncertain", "open_start", "open_end")
_PLAIN = ("title", "summary", "category", "status", "speaker", "locator", "passage", "url")
_DOCUMENT = ("id", "title", "source", "author", "published", "published_words", "kind", "language", "url")


def csv_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    return Exported(to_csv(dataset, selection, raw=look.raw))


def json_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    return Exported(to_json(dataset, selection))


def to_csv(dataset: Dataset, selection: Selection, *, raw: bool = False) -> bytes:
    """The selected mentions with the columns of events.csv, in file order, CRLF-free (RFC 4180 else).

    A stranger's table keeps its source, address and further columns, these under their own headers. Cells
    that a spreadsheet would compute are guarded, unless `raw`.
    """
    mentions = selection.mentions
    columns = columns_of(selection.rows, mentions)
    safe = (lambda cell: cell) if raw else guard
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([safe(header) for header in distinct(columns)])
    for row in zip(*columns.values(), strict=True):
        writer.writerow([safe(cell) for cell in row])
    return sheet.getvalue().encode("utf-8", "replace")


def columns_of(dataset: Dataset, mentions: pd.DataFrame) -> dict[str, list[str]]:
    """Header -> cells. Columns that only a stranger's table has stand after ours, when any cell of them is
    filled.
    """
    ours: dict[str, list[str]] = {}
    for name in names(EVENTS):
        if name == "actors":
            ours[name] = _actor_cells(dataset, mentions)
        elif name == "event":
            ours[name] = _event_cells(mentions)
        elif name == "document" and not dataset.curated:
            ours[name] = _looked_up(dataset, mentions["document"], "title")
        else:
            ours[name] = mentions[name].tolist()
    if not dataset.curated:
        for name in names(LOOSE):
            if name in mentions.columns and name not in ("end", "start"):
                cells = mentions[name].tolist()
            elif name in dataset.documents.columns:
                cells = _looked_up(dataset, mentions["document"], name)
            else:
                continue
            if any(cells):
                ours[name] = cells
    extras = {f"extra:{name}": mentions[f"extra:{name}"].tolist() for name in dataset.extras}
    return ours | extras


def distinct(columns: Iterable[str]) -> list[str]:
    """Headers of the file; an extra column named like one of ours gets a number, or it could not be told
    apart.
    """
    headers: list[str] = []
    for column in columns:
        header = name = column.removeprefix("extra:")
        number = 2
        while header in headers:
            header = f"{name} ({number})"
            number += 1
        headers.append(header)
    return headers


def _looked_up(dataset: Dataset, documents: pd.Series, field: str) -> list[str]:
    known = dict(zip(dataset.documents["id"], dataset.documents[field], strict=True))
    return [str(known.get(document, "")) for document in documents]


def _actor_cells(dataset: Dataset, mentions: pd.DataFrame) -> list[str]:
    """Names joined by `;`. A lone name with a comma keeps a `;` when no cell has one, or it would be split
    there.
    """
    cast = actors_of(dataset)
    cells = [";".join(cast.get(mention, ())) for mention in mentions["mention"]]
    if not any(";" in cell for cell in cells):
        lone = next((i for i, cell in enumerate(cells) if "," in cell), None)
        if lone is not None:
            cells[lone] += ";"
    return cells


def actors_of(dataset: Dataset) -> dict[int, list[str]]:
    """The actors of each mention, in written order."""
    cast: dict[int, list[str]] = {}
    bridge = dataset.mention_actors
    for mention, actor in zip(bridge["mention"].tolist(), bridge["actor"].tolist(), strict=True):
        cast.setdefault(mention, []).append(actor)
    return cast


def _event_cells(mentions: pd.DataFrame) -> list[str]:
    """The event of each row, empty for an event of its own; kept where a reader could take two rows for one
    event.
    """
    looks = [(edtf, fold_search(title)) for edtf, title in zip(mentions["edtf"], mentions["title"], strict=True)]
    often = Counter(looks)
    pairs = zip(mentions["event"].tolist(), mentions["id"].tolist(), looks, strict=True)
    return ["" if event == id and often[look] == 1 else event for event, id, look in pairs]


def to_json(dataset: Dataset, selection: Selection) -> bytes:
    """One object: what was chosen and what it leaves out, then the mentions, each with its date, actors and
    document.
    """
    facts = {str(row["id"]): row for row in dataset.documents.to_dict("records")}
    cast = actors_of(selection.rows)
    records = selection.mentions.to_dict("records")
    document = {
        "table": dataset.name,
        "fingerprint": dataset.fingerprint,
        "query": to_search(selection.query),
        "summary": sentence(selection, selection.query),
        "events": {
            "total": selection.total,
            "shown": selection.shown,
            "undated": selection.undated,
            "outside": selection.outside,
            "filtered": selection.filtered,
        },
        "mentions": [_record(dataset, record, cast, facts) for record in records],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8", "replace")


def _record(
    dataset: Dataset, record: dict[Any, Any], cast: dict[int, list[str]], facts: dict[str, dict[Any, Any]]
) -> dict[str, Any]:
    dated = bool(record["precision"])
    when = {name: str(record[name]) or None for name in _WHEN_TEXT} | {name: bool(record[name]) for name in _WHEN_FLAGS}
    cited = facts.get(record["document"])
    made: dict[str, Any] = {
        "id": record["id"],
        "event": record["event"],
        "line": int(record["line"]),
        "date": {"written": record["date"], **when} if dated else None,
        "actors": cast.get(int(record["mention"]), []),
        **{name: record[name] for name in _PLAIN},
        "source": record["source"],
        "document": {name: str(cited[name]) for name in _DOCUMENT} if cited else None,
    }
    if dataset.extras:
        made["extra"] = {name: record[f"extra:{name}"] for name in dataset.extras}
    return made
