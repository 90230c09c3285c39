"""Ledger: documents.csv as far as fetching needs it: which documents have an address, and two cells written back.

In: the bytes of documents.csv, and what was fetched. Out: its Documents; the cells in the table, or why not. It must
not know the web, nor the folder of documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from timeline.table import schema
from timeline.table.opening import Raw, own_table
from timeline.table.saving import CannotSave, Conflict, Put, save


@dataclass(frozen=True, slots=True)
class Document:
    """A row of documents.csv: its id, address, file's name and sha256, as written ("" where empty)."""

    id: str
    url: str
    file: str
    sha256: str


def documents_in(content: bytes, name: str) -> tuple[tuple[Document, ...], str]:
    """The documents of a table, in its order, a repeated id once; and why it cannot be read, "" when it can."""
    table = own_table(Raw(name, content), schema.DOCUMENTS, ("id",), None)
    assert table is not None
    if not table.has("id") or not table.has("url"):
        errors = [problem.sentence() for problem in table.problems if problem.severity == "error"]
        return (), errors[0] if errors else f"{name} has no column url"
    columns = (table.column(column) for column in ("id", "url", "file", "sha256"))
    found: dict[str, Document] = {}
    for id, url, file, sha256 in zip(*columns, strict=True):
        if id:
            found.setdefault(id, Document(id, url.strip(), file.strip(), sha256.strip().lower()))
    return tuple(found.values()), ""


def write_back(table: Path, cells: Mapping[Document, Mapping[str, str]]) -> list[str]:
    """Write cells into the rows of documents.csv as it is now, every other byte of which stays; sentences about what
    could not be written, as when somebody has changed such a cell in the meantime."""
    said = []
    for document, wanted in cells.items():
        held = {"file": document.file, "sha256": document.sha256}
        try:
            save(table, [Put(document.id, wanted, {name: held[name] for name in wanted})])
        except (Conflict, CannotSave) as error:
            said.append(str(error))
    return list(dict.fromkeys(said))
