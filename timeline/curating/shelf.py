"""The shelf: the documents of the table, and the files that lie in the folder of documents and are not listed yet.

In: the documents frame, a folder. Out: Shelved documents. It must not know rows, dates or the page. Files are looked
for by name alone; whether one can be read is for the Library to say.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from timeline.documents.collecting import collect
from timeline.documents.confining import OutsideError, contained, refusal
from timeline.table.names import slug, unique
from timeline.table.when import When, read_date

MOST = 2_000
"""Unlisted files that are offered; more are no folder of documents."""
_DATE = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")


@dataclass(frozen=True, slots=True)
class Shelved:
    """One document. `listed` says whether documents.csv has it; `published` is its date where that can be read."""

    id: str
    title: str
    source: str
    published: str
    language: str
    url: str
    file: str
    listed: bool
    kind: str = ""
    author: str = ""

    @property
    def appeared(self) -> When | None:
        """When it was published, None when that is not known."""
        when = read_date(self.published) if self.published else None
        return when if isinstance(when, When) else None


def shelf(documents: pd.DataFrame, folder: Path | None) -> dict[str, Shelved]:
    """All documents by id: those of the frame first, in its order, then the files that none of them names."""
    columns = ("id", "title", "source", "published", "language", "url", "file", "kind", "author")
    found: dict[str, Shelved] = {}
    for id, title, source, published, language, url, file, kind, author in zip(
        *(documents[name].tolist() for name in columns), strict=True
    ):
        found.setdefault(id, Shelved(id, title, source, published, language, url, file, True, kind, author))
    if folder is None:
        return found
    named = {one.file.removeprefix("./") for one in found.values()}
    taken = set(found)
    for file in files_in(folder):
        if file not in named:
            id = unique(slug(os.path.splitext(file)[0], "document"), taken)
            date = _DATE.search(file)
            found[id] = Shelved(id, "", "", date.group() if date else "", "", "", file, False)
    return found


def files_in(folder: Path) -> list[str]:
    """The files under a folder that may be documents, at most MOST, by name; links, hidden ones and those that programs
    keep while a document is open are left out."""
    try:
        files = collect(folder).files
    except OSError:
        return []
    plain = (name for name in files if not os.path.basename(name).startswith("~") and not refusal(name))
    return [name for name in plain if not (folder / name).is_symlink()][:MOST]


def version_of(folder: Path | None, file: str) -> tuple[int, int, int] | None:
    """What changes when a file does; None when there is none inside the folder."""
    if folder is None or refusal(file):
        return None
    try:
        status = Path(contained(folder, file)).stat()
    except (OSError, ValueError, OutsideError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
