"""The differences of two tables in words, and as plain values for machines.

In: Differences. Out: lines of text; a value that JSON can hold. Must not know: files, terminals, how differences were
found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from timeline.curating.comparing import (
    ADDED,
    CITATION,
    EDITED,
    KINDS,
    MOVED,
    RECITED,
    REMOVED,
    RENAMED,
    Difference,
    Differences,
)
from timeline.table.problems import printable

_HEADS = {
    ADDED: "Added",
    REMOVED: "Removed",
    MOVED: "Moved in time",
    RECITED: "Cited from elsewhere",
    RENAMED: "Another id",
    EDITED: "Edited otherwise",
}
_COUNTED = {
    ADDED: "added",
    REMOVED: "removed",
    MOVED: "moved in time",
    RECITED: "re-cited",
    RENAMED: "under another id",
    EDITED: "edited otherwise",
}
_LONGEST = 160
"""Characters of a cell that are shown."""
_FACTS = ("id", "date", "edtf", "words", "title", "document", "locator", "passage")


def heading(kind: str) -> str:
    """What a group of rows is called: `Moved in time`."""
    return _HEADS[kind]


def summary(found: Differences) -> str:
    """`2 rows added, 1 moved in time; 70 are the same.`"""
    told = [f"{number:,} {_COUNTED[kind]}" for kind, number in found.counts.items() if number]
    if told:
        told[0] = told[0].replace(" ", " rows " if not told[0].startswith("1 ") else " row ", 1)
    columns = [
        f"{'a column' if len(names) == 1 else f'{len(names)} columns'} {what}: {', '.join(map(printable, names))}"
        for names, what in ((found.new_columns, "added"), (found.old_columns, "gone"))
        if names
    ]
    if not (told or columns):
        return "No differences."
    same = "1 row is" if found.same == 1 else f"{found.same:,} rows are"
    return "; ".join([*([", ".join(told)] if told else []), *columns, f"{same} the same."])


def lines(found: Differences) -> Iterator[str]:
    """The counts, then each kind with its rows in the order of time."""
    yield summary(found)
    for kind in KINDS:
        rows = found.of(kind)
        if rows:
            yield ""
            yield f"{_HEADS[kind]} ({len(rows):,})"
        for row in rows:
            for number, line in enumerate(_told(kind, row)):
                yield ("  " if not number else "      ") + printable(line)


def details(kind: str, row: Difference) -> list[str]:
    """What there is to say of a row of a kind, below its name."""
    before, after = row.before or {}, row.after or {}
    if kind == MOVED:
        said = f" ({row.said})" if row.said else " (spelt otherwise)"
        return [f"{_date(before)} → {_date(after)}{said}"]
    if kind == RENAMED:
        return [f"{before['id']} → {after['id']}"]
    if kind in (RECITED, EDITED):
        names = [name for name in row.columns if (name in CITATION) == (kind == RECITED)]
        names = [name for name in names if not (name == "date" and MOVED in row.kinds)]
        return [f"{name.removeprefix('extra:')}: {_cell(before[name])} → {_cell(after[name])}" for name in names]
    cited = ", ".join(part for part in (str(row.row["document"]), str(row.row["locator"])) if part)
    return [cited] if cited else []


def name(row: Difference) -> str:
    """`22 February 2014: Dockers stop (lio-strike-1)`."""
    return f"{row.row['words']}: {row.row['title']} ({row.id})"


def _told(kind: str, row: Difference) -> list[str]:
    first = f"{row.row['title']} ({row.id})" if kind == MOVED else name(row)
    return [first, *details(kind, row)]


def _date(row: Any) -> str:
    """A date in words, and as it is written where the words do not say all."""
    return str(row["words"])


def _cell(text: Any) -> str:
    said = " ".join(str(text).split())
    return f"“{said if len(said) <= _LONGEST else said[: _LONGEST - 1] + '…'}”" if said else "(empty)"


def as_json(found: Differences) -> dict[str, Any]:
    """All of it for machines; `changed` has every column that differs, `from` and `to`."""
    return {
        "same": found.same,
        "counts": found.counts,
        "columns": {"added": list(found.new_columns), "removed": list(found.old_columns)},
        "rows": [_row_json(row) for row in found.rows],
    }


def _row_json(row: Difference) -> dict[str, Any]:
    sides = {
        side: None if cells is None else {key: cells[key] for key in _FACTS}
        for side, cells in (("before", row.before), ("after", row.after))
    }
    changed = {}
    if row.before and row.after:
        changed = {
            column.removeprefix("extra:"): {"from": row.before[column], "to": row.after[column]}
            for column in (*(("id",) if RENAMED in row.kinds else ()), *row.columns)
        }
    return {"id": row.id, "kinds": list(row.kinds), **sides, "changed": changed, "moved": row.said or None}
