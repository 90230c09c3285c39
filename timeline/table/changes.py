"""What may be done to the rows of a table, and what may go wrong with it.

In: ids and cells. Out: `Put`, `Remove`, `Back`, the exceptions `Conflict` and `CannotSave`. Must not know: files,
how rows are found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.table.problems import printable, quote


@dataclass(frozen=True, slots=True)
class Put:
    """Add a row (`before` None), or change the row `id` that reads as `before`. `cells` map column names to cells:
    ours, or a further column's own; columns that are not named stay (or are empty, in a new row). `after` is the id
    of the row below which a new one goes ("": below the header; None: at the end of the table)."""

    id: str
    cells: Mapping[str, str]
    before: Mapping[str, str] | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove the row `id` that reads as `before`."""

    id: str
    before: Mapping[str, str]


Change = Put | Remove


@dataclass(frozen=True, slots=True)
class Back:
    """How the very bytes of an earlier table come back: where a table has the fingerprint `sha256`, each of `splices`
    (place and length in its bytes, the bytes that stood there) is put in."""

    sha256: str
    splices: tuple[tuple[int, int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A change that does not fit the row as it is now: `mine` is the row as it was to become (None: gone), `theirs`
    as the table has it (None: gone)."""

    id: str
    mine: Mapping[str, str] | None
    theirs: Mapping[str, str] | None
    reason: str


class Conflict(Exception):
    """Rows were changed by somebody else in the meantime, so nothing was written into the table.

    `clashes` has them all, `id`, `mine`, `theirs` and `reason` are those of the first; `kept` is the file beside the
    table that holds our version (None where there is nothing to keep, or it could not be written). The text is one
    sentence."""

    def __init__(self, clashes: tuple[Clash, ...], kept: Path | None = None) -> None:
        self.clashes, self.kept = clashes, kept
        first = clashes[0]
        self.id, self.mine, self.theirs, self.reason = first.id, first.mine, first.theirs, first.reason
        more = f" (and {len(clashes) - 1} more)" if len(clashes) > 1 else ""
        where = f" Your version is in {printable(kept.name)}." if kept else ""
        super().__init__(f"The row {quote(first.id)}{more} was not saved: {first.reason}.{where}")


class CannotSave(Exception):
    """The table cannot be written; it is as it was. `path` is None where no file is concerned; the text is one
    sentence with all three."""

    def __init__(self, path: Path | None, reason: str, fix: str = "") -> None:
        self.path, self.reason, self.fix = path, reason, fix
        at = f"{printable(str(path))}: " if path else ""
        super().__init__(f"{at}{reason}." + (f" {fix}." if fix else ""))


def to_json(change: Change) -> dict[str, Any]:
    """A change as JSON holds it."""
    before = None if change.before is None else dict(change.before)
    if isinstance(change, Remove):
        return {"remove": change.id, "before": before}
    after = {} if change.after is None else {"after": change.after}
    return {"put": change.id, "cells": dict(change.cells), "before": before, **after}


def from_json(value: dict[str, Any]) -> Change:
    """A change out of JSON. Raises KeyError, TypeError or ValueError where it is none."""
    before = value["before"]
    before = None if before is None else _texts(before)
    if "remove" in value:
        return Remove(str(value["remove"]), before or {})
    after = value.get("after")
    return Put(str(value["put"]), _texts(value["cells"]), before, None if after is None else str(after))


def _texts(cells: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(cell) for name, cell in cells.items()}
