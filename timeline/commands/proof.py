"""What `timeline check` says of a Proof: how the passages bear the dates, and which dates no row cites.

In: a Dataset and its Proof. Out: lines of text, and plain lists for JSON. It must not judge anything itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from timeline.commands.shared import count
from timeline.table.consistency import unused_actors
from timeline.table.problems import printable

if TYPE_CHECKING:
    from timeline.documents.proving import Proof
    from timeline.table.dataset import Dataset


def bearings(dataset: Dataset, proved: Proof) -> list[dict[str, Any]]:
    """One entry for each row that could be compared: `verdict`, and the words, their value and locator."""
    columns = ("id", "line", "edtf")
    rows = zip(*(dataset.mentions[name].tolist() for name in columns), proved.bearings, strict=True)
    return [
        {
            "id": own,
            "line": line,
            "date": edtf,
            "verdict": one.verdict,
            "quote": one.quote,
            "value": one.value,
            "locator": one.locator,
        }
        for own, line, edtf, one in rows
        if one is not None
    ]


def coverage(dataset: Dataset, proved: Proof) -> list[dict[str, Any]]:
    """One entry for each date in a document that no row's passage contains, in the order of the documents."""
    return [
        {
            "document": document,
            "locator": one.locator,
            "quote": one.quote,
            "date": one.value,
            "kind": one.kind,
            "rule": one.rule,
            "passage": one.passage,
        }
        for document, candidates in proved.uncovered.items()
        for one in candidates
    ]


def date_lines(dataset: Dataset, proved: Proof, *, each: bool) -> Iterator[str]:
    """`253 dates: 85 same, 3 coarser, ...`; with `each` one line a row before it."""
    if each:
        for one in bearings(dataset, proved):
            words = f"  '{one['quote']}' ({one['value']}) {one['locator']}".rstrip() if one["quote"] else ""
            yield printable(f"{dataset.name}:{one['line']} {one['id']}: {one['date']} {one['verdict']}{words}")
    compared = sum(proved.dates.values())
    if compared:
        kinds = ", ".join(f"{number:,} {verdict}" for verdict, number in proved.dates.items() if number)
        yield f"{count(compared, 'date')} compared with the passages: {kinds}"


def coverage_lines(dataset: Dataset, proved: Proof) -> Iterator[str]:
    """The dates that no row cites, one a line, and what else is left over: documents without a row, actors
    that no row needs."""
    missed = coverage(dataset, proved)
    for one in missed:
        value = f"{one['date']}, {one['kind']}" if one["date"] else "no date by itself"
        yield printable(f"{one['document']} {one['locator']}: '{one['quote']}' ({value}) in '{one['passage']}'")
    cited = set(dataset.mentions["document"])
    for document in proved.uncovered:
        if document not in cited:
            yield printable(f"{document}: no row cites this document")
    idle = unused_actors(dataset.mentions, dataset.mention_actors, dataset.actors)
    if idle:
        yield printable(f"actors.csv: no row needs {', '.join(idle)}")
    number = count(len(missed), "date expression")
    yield f"{number} in {count(len(proved.uncovered), 'document')} stand in no row's passage"
