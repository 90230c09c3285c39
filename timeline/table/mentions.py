"""The `mentions` frame: one row for each record that is drawn or undated, with a number for every moment.

In: the events Table, and what the rules made of it. Out: the frame. Must not know: how rows were judged.

Columns: mention (int64, the index), line (int64), id, event, date (as written), edtf, title, summary,
category, status, speaker, document, source, locator, passage, url, start and end (float64, days since
1970-01-01, end exclusive, NaN when undated, -inf or inf when open), earliest and latest (ISO days or ""),
precision ("" when undated), approximate, uncertain, open_start, open_end (bool), words, search (folded), and
`extra:NAME` for every further column of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

import pandas as pd

from timeline.table.dating import Dates
from timeline.table.names import fold_search
from timeline.table.tables import Table

COLUMNS = (
    "mention", "line", "id", "event", "date", "edtf", "title", "summary", "category", "status", "speaker",
    "document", "source", "locator", "passage", "url", "start", "end", "earliest", "latest", "precision",
    "approximate", "uncertain", "open_start", "open_end", "words", "search",
)  # fmt: skip
UNDATED_WORDS = "undated"
_Item = TypeVar("_Item")


class Meaning(Protocol):
    """What the rules made of the rows of a table, in parallel with them."""

    ids: list[str]
    events: list[str]
    speakers: list[str]
    documents: list[str]
    sources: list[str]


def mentions_frame(
    table: Table, meaning: Meaning, cast: Sequence[Sequence[str]], documents: pd.DataFrame, dates: Dates
) -> pd.DataFrame:
    """The frame of all rows that have not failed, in the order of the file."""
    kept = [row for row in range(len(table.rows)) if row not in table.failed]
    addresses = dict(zip(documents["id"], documents["url"], strict=True))
    links = table.column("url")
    whens = [dates.whens[row] for row in kept]
    text: dict[str, list[str]] = {
        name: _pick(table.column(name), kept) for name in ("title", "summary", "category", "status")
    }
    text |= {
        "id": _pick(meaning.ids, kept),
        "event": _pick(meaning.events, kept),
        "date": _pick(dates.written, kept),
        "speaker": _pick(meaning.speakers, kept),
        "document": _pick(meaning.documents, kept),
        "source": _pick(meaning.sources, kept),
        "locator": _pick(table.column("locator"), kept),
        "passage": _pick(table.column("passage"), kept),
        "url": [links[row] or addresses.get(meaning.documents[row], "") for row in kept],
        "edtf": [when.edtf if when else "" for when in whens],
        "earliest": [when.earliest or "" if when else "" for when in whens],
        "latest": [when.latest or "" if when else "" for when in whens],
        "precision": [when.precision if when else "" for when in whens],
        "words": [when.words if when else UNDATED_WORDS for when in whens],
    }
    text["search"] = [
        fold_search("\n".join((title, summary, *cast[row], speaker)))
        for row, title, summary, speaker in zip(kept, text["title"], text["summary"], text["speaker"], strict=True)
    ]
    series: dict[str, pd.Series] = {
        "mention": pd.Series(range(len(kept)), dtype="int64"),
        "line": pd.Series(_pick(table.lines, kept), dtype="int64"),
        **{name: pd.Series(cells, dtype="str") for name, cells in text.items()},
        "start": pd.Series([when.start if when else float("nan") for when in whens], dtype="float64"),
        "end": pd.Series([when.end if when else float("nan") for when in whens], dtype="float64"),
    }
    for name in ("approximate", "uncertain", "open_start", "open_end"):
        series[name] = pd.Series([bool(when and getattr(when, name)) for when in whens], dtype="bool")
    columns = {name: series[name] for name in COLUMNS}
    for index, name in table.layout.extras:
        cells = [table.rows[row][index] for row in kept]
        nameless = name == f"column {index + 1}"
        if any(cells) or not nameless:  # a trailing comma on every line makes a column of nothing
            columns[f"extra:{name}"] = pd.Series(cells, dtype="str")
    return pd.DataFrame(columns)


def _pick(cells: Sequence[_Item], kept: Sequence[int]) -> list[_Item]:
    return list(cells) if len(kept) == len(cells) else [cells[row] for row in kept]
