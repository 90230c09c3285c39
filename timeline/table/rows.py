"""The rows of a table as they lie in its file, found again by id: what a change is held against.

In: the bytes of a table. Out: `Rows`, or CannotSave where they cannot be read. Must not know: how rows are written,
the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from timeline.table import headers, layout, schema
from timeline.table.changes import CannotSave
from timeline.table.names import slug, unique
from timeline.table.opening import Raw, layout_of, sheet_of
from timeline.table.problems import quote
from timeline.table.reading import Sheet
from timeline.table.tables import table_of

ID = "id"


class Rows:
    """`cells[row]` are the cells as the program reads them (trimmed, guards taken off), `names[column]` what the
    columns are called in changes, `lines[row]` the line (from 1) on which the row starts. Rows in error are not among
    them. Rows are changed in place, None for those that are removed; new ones come last."""

    def __init__(self, content: bytes, mapping: Mapping[str, str] | None = None) -> None:
        self.sheet = sheet_of(Raw("the table", content), schema.EVENTS, None)
        if not self.sheet.readable:
            _refuse(self.sheet)
        self.curated = headers.looks_curated(self.sheet.header)
        own = _beside(self.sheet) or layout_of(self.sheet, self.curated, dict(mapping) if mapping else None)
        table = table_of(self.sheet, own, ID)
        self.places = own.places
        self.names = _names(own, len(self.sheet.header))
        self.columns = {name: column for column, name in enumerate(self.names)}
        self.lines = table.lines
        self.cells: list[list[str] | None] = list(table.rows)

    @property
    def original(self) -> int:
        """How many of the rows are in the file."""
        return len(self.lines)

    def row(self, number: int) -> dict[str, str]:
        """A row as a change has it: name of column -> cell."""
        return dict(zip(self.names, self.cells[number] or [], strict=True))

    def __iter__(self) -> Iterator[dict[str, str]]:
        return (self.row(number) for number, cells in enumerate(self.cells) if cells is not None)

    def _written(self, number: int) -> str:
        cells = self.cells[number]
        return cells[self.places[ID]] if cells and ID in self.places else ""

    @cached_property
    def _by_written(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in range(len(self.cells)):
            if name := self._written(number):
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def _by_shown(self) -> dict[str, int]:
        """What the program calls the rows: repeated ids are told apart by a number, a stranger's are slugs."""
        taken: set[str] = set()
        shown = {}
        for number in range(self.original):
            name = self._base(number)
            shown[unique(name, taken)] = number
        return shown

    def _base(self, number: int) -> str:
        written = self._written(number)
        if self.curated and ID in self.places:
            return written
        title = self.columns.get("title")
        return slug(written or ((self.cells[number] or [])[title] if title is not None else ""))

    def moved(self, number: int, before: str) -> None:
        """Note that a row has another id now."""
        if before in self._by_written:
            self._by_written[before] = [one for one in self._by_written[before] if one != number]
        if name := self._written(number):
            self._by_written.setdefault(name, []).append(number)

    def find(self, id: str, before: Mapping[str, str]) -> int | None:
        """The row that a change means: that of the id as it is written or shown, among several the one that reads as
        `before`; the nearest where none does, None where no row has the id. Raises CannotSave where it cannot be told
        which of several is meant."""
        shown = self._by_shown.get(id)
        named = list(self._by_written.get(id, ()))
        if shown is not None and shown not in named:
            named.insert(0, shown)
        named = [number for number in named if self.cells[number] is not None]
        fitting = [number for number in named if not self.differences(number, before)]
        if not fitting:
            alike = self._alike(id)
            fitting = [number for number in alike if not self.differences(number, before)] if before else []
        if len(fitting) == 1:
            return fitting[0]
        if shown in fitting:
            return shown
        if fitting:
            lines = ", ".join(str(self.lines[number]) for number in fitting if number < self.original)
            reason = f"{len(fitting)} rows have the id {quote(id)} and the same cells (lines {lines})"
            raise CannotSave(None, reason, "Give each an id of its own in the file")
        return shown if shown in named else named[0] if named else None

    def _alike(self, id: str) -> list[int]:
        """Rows that may be called so once others are left out of account."""
        stem, dash, number = id.rpartition("-")
        bases = {id, stem} if dash and number.isdigit() else {id}
        return [n for n in range(self.original) if self.cells[n] is not None and self._base(n) in bases]

    def differences(self, number: int, before: Mapping[str, str]) -> list[str]:
        """The columns in which a row does not read as `before`; columns that the table does not have, and the id
        where the table writes it another way, are no difference."""
        cells = self.cells[number] or []
        return [
            name
            for name, cell in before.items()
            if name in self.columns and cells[self.columns[name]] != cell and name != ID
        ]

    def has_id(self, id: str) -> int | None:
        """A row whose id is written so."""
        numbers = [number for number in self._by_written.get(id, ()) if self.cells[number] is not None]
        return numbers[0] if numbers else None


def _beside(sheet: Sheet) -> layout.Layout | None:
    """The layout of a documents.csv or an actors.csv, None where the table is neither."""
    header = {layout.normal(name) for name in sheet.header}
    kinds = ((schema.DOCUMENTS, ("id", "title", "source", "file")), (schema.ACTORS, ("name", "part of")))
    for columns, telling in kinds:
        if header >= set(telling) and not header >= {"passage"}:
            key = columns[0].name
            return headers.curated_layout(sheet.header, sheet.file, sheet.header_line, columns, (key,), (key,))
    return None


def _names(own: layout.Layout, width: int) -> list[str]:
    """One name for each column, and no name twice."""
    names = [""] * width
    for name, column in own.places.items():
        names[column] = name
    taken = set(own.places)
    for column, label in own.extras:
        name, number = label, 1
        while name in taken:
            number += 1
            name = f"{label} ({number})"
        taken.add(name)
        names[column] = name
    return names


def _refuse(sheet: Sheet) -> None:
    problem = next(problem for problem in sheet.problems if problem.severity == "error")
    raise CannotSave(None, problem.reason, problem.fix)
