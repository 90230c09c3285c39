"""One table after reading: its cells by column name, and a place to say what is wrong with a row.

In: a Sheet and its Layout. Out: `Table`. Must not know: what the rules about a column are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline.table.cells import clean_cells
from timeline.table.dating import date_columns
from timeline.table.layout import Layout
from timeline.table.problems import Problem, Severity, make
from timeline.table.reading import Sheet


@dataclass(slots=True)
class Table:
    """`lines`, `rows` and `ids` run in parallel, one entry a record of the right width; `ids` are as written
    and only for findings. `failed` are the rows that cannot be drawn, `unreadable` the (row, index) of cells
    not to be trusted."""

    file: str
    layout: Layout
    lines: list[int]
    rows: list[list[str]]
    ids: list[str]
    unreadable: set[tuple[int, int]]
    problems: list[Problem] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)

    def has(self, name: str) -> bool:
        """Whether the table has a column of ours."""
        return name in self.layout.places

    def column(self, name: str) -> list[str]:
        """The cells of a column of ours, "" for each row when the table has none."""
        index = self.layout.places.get(name)
        return [""] * len(self.rows) if index is None else [row[index] for row in self.rows]

    def label(self, name: str) -> str:
        """What the file calls a column of ours."""
        index = self.layout.places.get(name)
        return name if index is None else self.layout.labels[index]

    def trusted(self, row: int, name: str) -> bool:
        """Whether a cell could be read (an unreadable one is told of already; no rule is applied to it)."""
        return not self.unreadable or (row, self.layout.places.get(name, -1)) not in self.unreadable

    def tell(
        self,
        code: str,
        row: int,
        name: str,
        reason: str,
        fix: str = "",
        *,
        value: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Note a finding about the cell of a row in a column of ours."""
        self.problems.append(
            make(
                code,
                self.file,
                self.lines[row],
                reason,
                fix,
                column=self.label(name),
                id=self.ids[row],
                value=value,
                severity=severity,
            )
        )


def table_of(sheet: Sheet, layout: Layout, key: str) -> Table:
    """Clean the cells of a sheet. `key` is the column that names a row in findings ('id', or 'name' of an
    actor)."""
    place = layout.places.get(key)
    cells = clean_cells(sheet, layout.labels, place, date_columns(layout))
    ids = [row[place] for row in cells.rows] if place is not None else [""] * len(cells.rows)
    problems = [*sheet.problems, *layout.problems, *cells.problems]
    return Table(sheet.file, layout, cells.lines, cells.rows, ids, cells.unreadable, problems)


def empty_table(file: str, problems: list[Problem]) -> Table:
    """A table that could not be read: no rows, only findings."""
    return Table(file, Layout(()), [], [], [], set(), problems)
