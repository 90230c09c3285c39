"""The rows of a table as they lie in its file, found again by id: what a change is held against.

In: the bytes of a table. Out: `Rows`, or CannotSave where they cannot be read. Must not know: how rows are written,
the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from timeline.table import headers, layout, schema
from timeline.table.changes import CannotSave
from timeline.table.guard import unguard
from timeline.table.names import slug, unique
from timeline.table.opening import Raw, layout_of, sheet_of
from timeline.table.problems import quote
from timeline.table.reading import Sheet
from timeline.table.records import BLANK
from timeline.table.tables import table_of

ID = "id"
_SOMETHING: list[str] = []


class Rows:
    """The records of the right width, by number: `lines[number]` is the line (from 1) on which one starts,
    `names[column]` what a column is called in changes, `key` the one that holds the id (in actors.csv the name). Rows
    in error are not among them. `put` gives a row other cells (None: it is gone), `append` adds one; `raw` stays as
    the file has it."""

    def __init__(self, content: bytes, mapping: Mapping[str, str] | None = None) -> None:
        self.sheet = sheet_of(Raw("the table", content), schema.EVENTS, None)
        if not self.sheet.readable:
            _refuse(self.sheet)
        self.curated = headers.looks_curated(self.sheet.header)
        beside = _beside(self.sheet)
        self._layout = beside or layout_of(self.sheet, self.curated, dict(mapping) if mapping else None)
        self.key = ID if ID in self._layout.places or not beside else "name"
        self.places = self._layout.places
        self.names = _names(self._layout, len(self.sheet.header))
        self.columns = {name: column for column, name in enumerate(self.names)}
        self.lines = [line for line, _ in self.sheet.records]
        self.raw = [cells for _, cells in self.sheet.records]
        self._cells: dict[int, list[str] | None] = {}
        self.count = len(self.raw)

    def cells(self, number: int) -> list[str] | None:
        """The cells of a row as the program reads them: trimmed, guards taken off."""
        if number not in self._cells:
            self._cells[number] = self.read(number)
        return self._cells[number]

    def read(self, number: int) -> list[str]:
        """The cells of a row as the file has them, read."""
        one = Sheet(self.sheet.file, self.sheet.header, records=[self.sheet.records[number]])
        return list(table_of(one, self._layout, self.key).rows[0])

    def row(self, number: int) -> dict[str, str]:
        """A row as a change has it: name of column -> cell."""
        return dict(zip(self.names, self.cells(number) or [], strict=True))

    def is_there(self, number: int) -> bool:
        """Whether a row has not been removed."""
        return self._cells.get(number, _SOMETHING) is not None

    def put(self, number: int, cells: list[str] | None) -> None:
        """Give a row other cells; None removes it."""
        known = self._by_written
        old = self._written(number)
        self._cells[number] = cells
        new = self._written(number)
        if old and new != old:
            known[old].remove(number)
        if new and new != old:
            known.setdefault(new, []).append(number)

    def append(self, cells: list[str]) -> int:
        """Add a row; its number."""
        number = self.count
        self._cells[number] = None
        self.count += 1
        self.put(number, cells)
        return number

    def __iter__(self) -> Iterator[dict[str, str]]:
        return (self.row(number) for number in range(self.count) if self.is_there(number))

    def _written(self, number: int) -> str:
        """The id of a row as it is written now."""
        return self._cell(number, self.key)

    def _cell(self, number: int, name: str) -> str:
        column = self.columns.get(name)
        if column is None or not self.is_there(number):
            return ""
        cells = self._cells.get(number)
        return cells[column] if cells else unguard(self.raw[number][column].strip(BLANK)).strip(BLANK)

    @cached_property
    def _by_written(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in range(self.count):
            if name := self._written(number):
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def _by_shown(self) -> dict[str, int]:
        """What the program calls the rows: repeated ids are told apart by a number, a stranger's are slugs."""
        taken: set[str] = set()
        return {unique(self._base(number), taken): number for number in range(len(self.raw))}

    def _base(self, number: int) -> str:
        written = self._written(number)
        named = self.key in self.places and (self.curated or self.key != ID)
        return written if named else slug(written or self._cell(number, "title"))

    def find(self, id: str, before: Mapping[str, str]) -> int | None:
        """The row that a change means: that of the id as it is written or shown, among several the one that reads as
        `before`; the nearest where none does, None where no row has the id. Raises CannotSave where it cannot be told
        which of several is meant."""
        shown = self._by_shown.get(id)
        named = list(self._by_written.get(id, ()))
        if shown is not None and shown not in named:
            named.insert(0, shown)
        named = [number for number in named if self.is_there(number)]
        fitting = [number for number in named if not self.differences(number, before)]
        if not fitting:
            alike = self._alike(id)
            fitting = [number for number in alike if not self.differences(number, before)] if before else []
        if len(fitting) == 1:
            return fitting[0]
        if shown in fitting:
            return shown
        if fitting:
            lines = ", ".join(str(self.lines[number]) for number in fitting if number < len(self.raw))
            reason = f"{len(fitting)} rows have the id {quote(id)} and the same cells (lines {lines})"
            raise CannotSave(None, reason, "Give each an id of its own in the file")
        return shown if shown in named else named[0] if named else None

    def _alike(self, id: str) -> list[int]:
        """Rows that may be called so once others are left out of account."""
        stem, dash, number = id.rpartition("-")
        bases = {id, stem} if dash and number.isdigit() else {id}
        return [n for n in range(len(self.raw)) if self.is_there(n) and self._base(n) in bases]

    def differences(self, number: int, before: Mapping[str, str]) -> list[str]:
        """The columns in which a row does not read as `before`; columns that the table does not have, and the id
        where the table writes it another way, are no difference."""
        cells = self.cells(number) or []
        return [
            name
            for name, cell in before.items()
            if name in self.columns and cells[self.columns[name]] != cell and name != self.key
        ]

    def has_id(self, id: str) -> int | None:
        """A row whose id is written so."""
        numbers = [number for number in self._by_written.get(id, ()) if self.is_there(number)]
        return numbers[0] if numbers else None


def _beside(sheet: Sheet) -> layout.Layout | None:
    """The layout of a documents.csv or an actors.csv, None where the table is neither."""
    header = {layout.normal(name) for name in sheet.header}
    known = ((schema.DOCUMENTS, ("id", "title", "source", "file")), (schema.ACTORS, ("name", "part of")))
    for columns, telling in known:
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
