"""Collecting: which files of a folder are documents.

In: a folder. Out: the names of the files that can be read, and of what was passed over. It must not know what is in
them, nor follow a link that leads out: a linked folder is not entered, a linked file is for the Library to judge.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from timeline.documents.kinds import SUFFIXES, suffix

RETRIEVALS = "fetched.jsonl"  # a folder that holds this log is an archive of earlier versions


@dataclass(frozen=True, slots=True)
class Collected:
    """Names relative to the folder, `/` between their parts, in order: `files` are documents; `others` have an end
    that says something else; `closed` are folders that were not entered (a link, or no permission)."""

    files: tuple[str, ...]
    others: tuple[str, ...]
    closed: tuple[str, ...]


def collect(folder: Path) -> Collected:
    """The documents in a folder and in the folders inside it; hidden ones and archives are left out. Raises OSError
    when the folder itself cannot be read."""
    files: list[str] = []
    others: list[str] = []
    closed: list[str] = []

    def name_of(path: str) -> str:
        return os.path.relpath(path, folder).replace(os.sep, "/")

    def shut(error: OSError) -> None:
        closed.append(name_of(str(error.filename)))

    os.scandir(folder).close()
    for here, folders, names in os.walk(folder, onerror=shut):
        if RETRIEVALS in names and Path(here) != folder:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        closed += [name_of(os.path.join(here, name)) for name in folders if Path(here, name).is_symlink()]
        for name in names:
            if not name.startswith("."):
                (files if suffix(name) in SUFFIXES else others).append(name_of(os.path.join(here, name)))
    return Collected(tuple(sorted(files)), tuple(sorted(others)), tuple(sorted(closed)))
