"""Beginning: the three tables of somebody who has none yet, each a header line and nothing else.

In: the path of an events table. Out: files that were made. It must not know the page or what rows hold.
"""

from __future__ import annotations

import os
from pathlib import Path

from timeline.table import schema
from timeline.table.saving import CannotSave


def begin_tables(path: Path, *, make: bool) -> list[str]:
    """Write what is missing of the table and of documents.csv and actors.csv beside it; the names of what was made.
    Nothing that is there is touched. Raises CannotSave where something is missing and `make` does not say so, or where
    it cannot be written."""
    wanted = {path: schema.EVENTS, path.parent / "documents.csv": schema.DOCUMENTS}
    missing = [file for file in wanted if not os.path.lexists(file)]
    if missing and not make:
        what = "there is no such file" if path in missing else "there is no documents.csv beside it for rows to cite"
        raise CannotSave(path, what, "Check the path, or begin one with --new")
    if make and not os.path.lexists(path.parent / "actors.csv"):
        missing.append(path.parent / "actors.csv")
    for file in missing:
        columns = wanted.get(file, schema.ACTORS)
        try:
            with file.open("x", encoding="utf-8", newline="") as new:
                new.write(schema.header_line(columns) + "\n")
        except FileExistsError:
            continue
        except OSError as error:
            raise CannotSave(file, f"it cannot be made ({error.strerror})", "Choose another folder") from None
    return [file.name for file in missing]


def why_not_writable(path: Path) -> str:
    """Why a table cannot be changed, "" when it can: neither it nor its folder may be read-only."""
    if not os.access(path.parent, os.W_OK):
        return "its folder is read-only"
    return "" if os.access(path, os.W_OK) else "the file is read-only"
