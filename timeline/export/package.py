"""The selection as a Frictionless data package: its tables and their description in one zip.

In: a Dataset, a Selection and a Look. Out: the bytes of a .zip with notes. It must not know where they go.

A curated selection has its three tables, and opens again when they lie in a folder. A stranger's table stays the one
table that it is, documents and actors in its columns, for with others beside it would be read in another way.
"""

from __future__ import annotations

import csv
import io
import zipfile
from hashlib import sha256
from typing import Any

import pandas as pd

from timeline.export.encoding import encoded
from timeline.export.notes import nothing
from timeline.export.rows import to_csv
from timeline.export.telling import cast_rows, cited_rows, link_of, summary_of
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset
from timeline.table.guard import guard
from timeline.table.schema import ACTORS, DOCUMENTS, EVENTS, LOOSE, datapackage, names


def package_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """datapackage.json and the tables that it names, with the time of making on each."""
    tables = {"events.csv": to_csv(dataset, selection, raw=look.raw)}
    if dataset.curated:
        tables["documents.csv"] = _csv(cited_rows(dataset, selection), names(DOCUMENTS), look.raw)
        tables["actors.csv"] = _csv(cast_rows(dataset, selection), names(ACTORS), look.raw)
    described = encoded(_descriptor(dataset, selection, look, tables), indent=2)
    file = io.BytesIO()
    moment = max(look.made.timetuple()[:6], (1980, 1, 1, 0, 0, 0))  # a zip begins in 1980
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in {"datapackage.json": described, **tables}.items():
            member = zipfile.ZipInfo(name, moment)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            folder.writestr(member, content)
    few = (
        ()
        if dataset.curated
        else ("Documents and actors stand in the columns of events.csv: the table has no others.",)
    )
    return Exported(file.getvalue(), (*nothing(len(selection.mentions)), *few))


def _csv(frame: pd.DataFrame, columns: tuple[str, ...], raw: bool) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(columns)
    for row in frame[list(columns)].to_numpy().tolist():
        writer.writerow([str(cell) if raw else guard(str(cell)) for cell in row])
    return sheet.getvalue().encode("utf-8", "replace")


def _descriptor(dataset: Dataset, selection: Selection, look: Look, tables: dict[str, bytes]) -> dict[str, Any]:
    """The description of `timeline schema`, with what was chosen, and the size and hash of each table."""
    made = datapackage()
    resources = [resource for resource in made["resources"] if resource["path"] in tables]
    for resource in resources:
        content = tables[resource["path"]]
        resource["bytes"], resource["hash"] = len(content), f"sha256:{sha256(content).hexdigest()}"
        header = next(csv.reader(io.StringIO(content.decode())))
        resource["schema"] = _schema(resource["schema"], header, dataset.curated)
    empty = not len(selection.mentions)
    said = "No event matches." if empty else summary_of(dataset, selection)
    sources = [
        {"title": row["title"] or row["id"], **({"path": url} if (url := link_of(row["url"])) else {})}
        for row in cited_rows(dataset, selection).to_dict("records")
    ]
    return made | {
        "title": f"Timeline of {dataset.name}",
        "description": f"{said} {NOTE} Data {dataset.fingerprint}.",
        "created": look.made.isoformat().replace("+00:00", "Z"),
        **({"sources": sources} if sources else {}),
        "resources": resources,
    }


def _schema(schema: dict[str, Any], header: list[str], curated: bool) -> dict[str, Any]:
    """The schema of a table with this header. A stranger's cells have no rules of ours; further columns are text."""
    known = {field["name"]: field for field in schema["fields"]}
    loose = {column.name: column.description for column in (*EVENTS, *LOOSE)}
    fields = []
    for name in header:
        field = known.get(name, {"name": name, "type": "string"})
        if not curated and name in loose:
            field = {"name": name, "type": "string", "description": loose[name]}
        fields.append(field)
    return schema | {"fields": fields} if curated else {"fields": fields, "missingValues": [""]}
