"""The bytes of a table with some of its rows added, changed or removed, and every other byte where it was.

In: bytes and changes. Out: bytes, and what brings the old ones back; Conflict or CannotSave. Must not know: the disk,
who asks.

The new text is read again before it leaves: whatever a file's quotation marks are like, no row of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.table import schema
from timeline.table.changes import Back, CannotSave, Change, Clash, Conflict, Put, Remove
from timeline.table.dataset import uninterrupted
from timeline.table.guard import guard
from timeline.table.limits import CELL_CHARACTERS
from timeline.table.problems import quote
from timeline.table.records import BLANK
from timeline.table.rows import Rows
from timeline.table.spans import Spans
from timeline.table.splicing import Edit, splice

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_OURS = frozenset(schema.names(schema.EVENTS))
_LINE_END = re.compile("\r+\n")
_HEADER, _END = -1, -2  # where rows are put, beside the rows themselves


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The new bytes; `undo` are the changes that make the rows what they were, `back` brings the very bytes back.
    `ids` are those of the rows that were put, as the table now has them."""

    content: bytes
    undo: tuple[Change, ...]
    back: Back
    ids: tuple[str, ...]


def rewritten(content: bytes, changes: Sequence[Change], mapping: Mapping[str, str] | None = None) -> bytes:
    """The table with the changes made, all or none. `mapping` is as in `dataset.load`. Raises Conflict where a row is
    not as a change has it in `before`, CannotSave where the table or a cell cannot be written."""
    return rewrite(content, changes, mapping).content


def rewrite(content: bytes, changes: Sequence[Change], mapping: Mapping[str, str] | None = None) -> Rewritten:
    """As `rewritten`, with the way back."""
    with uninterrupted():
        return _rewrite(content, changes, mapping)


def _rewrite(content: bytes, changes: Sequence[Change], mapping: Mapping[str, str] | None) -> Rewritten:
    rows = Rows(content, mapping)
    spans = Spans(content, rows.sheet)
    work = _Work(rows, spans)
    for change in changes:
        work.take(change)
    if work.clashes:
        raise Conflict(tuple(work.clashes))
    broken = next((p for p in rows.sheet.problems if p.code in ("unclosed-quote", "stray-quote")), None)
    for at_end in (False, True) if broken else (True, False):
        made = work.written(at_end)
        if work.reads_back(made):
            break
    else:
        where = f" on line {broken.line}" if broken else ""
        reason = f"the quotation marks{where} are such that the rows would be read differently afterwards"
        raise CannotSave(None, reason, "Repair them in the file first")
    new, back = made
    return Rewritten(new, tuple(reversed(work.undo)), back, tuple(work.ids))


class _Work:
    def __init__(self, rows: Rows, spans: Spans) -> None:
        self.rows, self.spans = rows, spans
        self.touched: set[int] = set()
        self.order = [_HEADER, *range(rows.count), _END]
        self.clashes: list[Clash] = []
        self.undo: list[Change] = []
        self.ids: list[str] = []
        self.only_ascii = bool(rows.sheet.bad)

    def take(self, change: Change) -> None:
        if isinstance(change, Put) and change.before is None:
            self._add(change)
        elif (number := self.rows.find(change.id, change.before or {})) is None:
            if isinstance(change, Put):
                mine = {**(change.before or {}), **change.cells}
                self.clashes.append(Clash(change.id, mine, None, "somebody else has removed it"))
        elif isinstance(change, Put):
            self._change(number, change)
        else:
            self._remove(number, change)

    def _add(self, put: Put) -> None:
        cells = self._fitted({self.rows.key: put.id, **put.cells}, None)
        row = [""] * len(self.rows.names)
        for name, cell in cells.items():
            row[self.rows.columns[name]] = cell
        there = self.rows.has_id(put.id) if self.rows.key in self.rows.places else None
        if there is not None:
            if self.rows.cells(there) != row:
                mine = dict(zip(self.rows.names, row, strict=True))
                self.clashes.append(Clash(put.id, mine, self.rows.row(there), "a row with this id is there already"))
            self.ids.append(put.id)
            return
        number = self.rows.append(row)
        self.order.insert(self._place(put.after), number)
        self.undo.append(Remove(put.id, self.rows.row(number)))
        self.ids.append(put.id)

    def _place(self, after: str | None) -> int:
        """Where in the order of rows a new one goes."""
        number = _HEADER if after == "" else self.rows.has_id(after) if after else None
        return len(self.order) if number is None else self.order.index(number) + 1

    def _change(self, number: int, put: Put) -> None:
        wanted = self._fitted(put.cells, put.before)
        old = self.rows.row(number)
        new = {**old, **wanted}
        if new == old:
            self.ids.append(new.get(self.rows.key, put.id))
            return
        different = self.rows.differences(number, put.before or {})
        if different:
            reason = f"somebody else has changed {', '.join(map(quote, different[:4]))} of it"
            self.clashes.append(Clash(put.id, new, old, reason))
            return
        key = self.rows.key
        if new.get(key) != old.get(key) and self.rows.has_id(new[key]) is not None:
            reason = f"a row with the {key} {quote(new[key])} is there already"
            self.clashes.append(Clash(put.id, new, old, reason))
            return
        self.rows.put(number, [new[name] for name in self.rows.names])
        self.touched.add(number)
        self.undo.append(Put(new.get(key) or put.id, old, new))
        self.ids.append(new.get(key) or put.id)

    def _remove(self, number: int, change: Remove) -> None:
        old = self.rows.row(number)
        different = self.rows.differences(number, change.before)
        if different:
            reason = f"somebody else has changed {', '.join(map(quote, different[:4]))} of it"
            self.clashes.append(Clash(change.id, None, old, reason))
            return
        above = next((n for n in range(number - 1, -1, -1) if self.rows.is_there(n)), None)
        after = self.rows.row(above).get(self.rows.key) or None if above is not None else ""
        self.rows.put(number, None)
        self.touched.add(number)
        self.undo.append(Put(old.get(self.rows.key) or change.id, old, None, after))

    def _fitted(self, cells: Mapping[str, str], before: Mapping[str, str] | None) -> dict[str, str]:
        """The cells that are really put, by column, as they will read."""
        fitted = {}
        for name, cell in cells.items():
            if before is not None and before.get(name) == cell:
                continue
            value = _LINE_END.sub("\n", cell).strip(BLANK)
            if self.spans.ends_in_cr:
                value = value.replace("\r", "\n")
            if name not in self.rows.columns:
                if value and not (name == self.rows.key and before is None):
                    fix = f"Add {name} to its header, with one more cell in each row"
                    raise CannotSave(None, f"the table has no column for {quote(name)}", fix)
                continue
            self._check(name, value)
            fitted[name] = value
        return fitted

    def _check(self, name: str, value: str) -> None:
        if len(value) > CELL_CHARACTERS:
            reason = f"the {name} has {len(value):,} characters; a cell has at most {CELL_CHARACTERS:,}"
            raise CannotSave(None, reason, "Shorten it")
        if hit := _UNWRITABLE.search(value):
            reason = f"the {name} holds the character U+{ord(hit[0]):04X}, which no table can hold"
            raise CannotSave(None, reason, "Delete it")
        if self.only_ascii and not value.isascii():
            line = next(iter(self.rows.sheet.bad))
            reason = f"line {line} holds bytes that are not UTF-8, and the {name} has letters beyond ASCII"
            raise CannotSave(None, reason, "Save the table as 'CSV UTF-8' first")

    def written(self, at_end: bool) -> tuple[bytes, Back]:
        """The new bytes. `at_end`: new rows come after all lines, else right after the last row that can be read."""
        return splice(self.spans, self._edits(at_end))

    def _edits(self, at_end: bool) -> list[Edit]:
        spans, rows = self.spans, self.rows
        edits: list[Edit] = []
        for number in sorted(self.touched):
            if number >= len(rows.raw):
                continue
            start, stop, end = spans.span(rows.lines[number] - 1)
            cells = rows.cells(number)
            edits.append((start, end, "") if cells is None else (start, stop, self._changed(number, start, stop)))
        place = _HEADER
        for number in self.order:
            if number < len(rows.raw):
                place = number
            elif (cells := rows.cells(number)) is not None:
                text = spans.separator.join(spans.write_cell(cell, spans.quotes_all) for cell in cells)
                at = self._where(place, at_end)
                edits.append((at, at, text + spans.line_end))
        return sorted(edits, key=lambda edit: edit[:2])

    def _where(self, place: int, at_end: bool) -> int:
        """The place in the text below a row, the header or all lines."""
        if place == _END:
            if at_end:
                return len(self.spans.text)
            place = len(self.rows.raw) - 1
        return self.spans.span(self.rows.lines[place] - 1 if place >= 0 else self.spans.header_line)[2]

    def _changed(self, number: int, start: int, stop: int) -> str:
        """The text of a changed record: cells that stay as they are keep their own writing."""
        raw = self.spans.raw_cells(start, stop)
        before, cells = self.rows.read(number), self.rows.cells(number) or []
        if len(raw) != len(cells):
            raw, before = [""] * len(cells), []
        written = []
        for column, cell in enumerate(cells):
            if before and before[column] == cell:
                written.append(raw[column])
                continue
            chosen = raw[column].startswith('"') and not self.spans.needs_quotes(guard(before[column]))
            written.append(self.spans.write_cell(cell, chosen or self.spans.quotes_all))
        return self.spans.separator.join(written)

    def reads_back(self, made: tuple[bytes, Back]) -> bool:
        """Whether the new bytes read as the rows that were to be, and nothing else of the table reads otherwise."""
        again = Rows(made[0])
        was, now = self.rows.sheet, again.sheet
        if (was.header, was.broken, was.skipped) != (now.header, now.broken, now.skipped):
            return False
        order = [number for number in self.order if number >= 0 and self.rows.is_there(number)]
        if len(order) != len(again.raw):
            return False
        return all(
            again.read(place) == self.rows.cells(number)
            if number in self.touched or number >= len(self.rows.raw)
            else again.raw[place] == self.rows.raw[number]
            for place, number in enumerate(order)
        )
