"""Where the records and cells of a table lie in its text, so that some can be rewritten and all others stay.

In: the bytes of a table and the Sheet that was read from them. Out: `Spans`: stretches of the text, raw cells, and the
manner in which the file writes a cell. Must not know: what columns mean, what is changed.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cached_property
from itertools import accumulate

from timeline.table.guard import guard
from timeline.table.reading import Sheet
from timeline.table.records import Broken, parse

_CR_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')


class Spans:
    """The text of a readable table as its file has it. Bytes that are no UTF-8 stand in `text` as lone surrogates
    (PEP 383), so that `encoded` gives every byte back. Lines are counted from 0."""

    def __init__(self, content: bytes, sheet: Sheet) -> None:
        self.mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        self.text = content[len(self.mark) :].decode("utf-8", "surrogateescape")
        self.separator, self.ends_in_cr, self._stand_in = sheet.separator, sheet.ends_in_cr, sheet.lone_cr
        self.header_line = sheet.header_line - 1
        if sheet.ends_in_cr:
            self.lines = _CR_LINES.findall(self.text)
        else:
            self.lines = [f"{line}\n" for line in self.text.split("\n")]
            last = self.lines.pop().removesuffix("\n")
            self.lines += [last] if last else []
        self.starts = [0, *accumulate(map(len, self.lines))]

    @cached_property
    def _plain(self) -> list[str]:
        """The lines as the reader has them."""
        return [self._read(line) for line in self.lines]

    def _read(self, line: str) -> str:
        bare = line.removesuffix(self.end_of(line))
        return (bare.replace("\r", self._stand_in) if self._stand_in else bare) + "\n"

    def end_of(self, line: str) -> str:
        """The line end of a line, "" when it has none."""
        if line.endswith("\r\n"):
            return "\r\n"
        if line.endswith("\n") or (self.ends_in_cr and line.endswith("\r")):
            return line[-1]
        return ""

    @cached_property
    def line_end(self) -> str:
        """The line end that most lines have, the last of them among equals."""
        ends = Counter(self.end_of(line) for line in reversed(self.lines))
        ends.pop("", None)
        return max(ends, key=lambda end: ends[end]) if ends else "\n"

    @property
    def closed(self) -> bool:
        """Whether the last line has a line end."""
        return not self.lines or self.end_of(self.lines[-1]) != ""

    def span(self, line: int) -> tuple[int, int, int]:
        """The record that starts on a line: where it starts, where its line end starts, where that ends."""
        got = next(parse(self._plain, line, self.separator))
        assert not isinstance(got, Broken)
        stop = self.starts[got[1]]
        return self.starts[line], stop - len(self.end_of(self.lines[got[1] - 1])), stop

    def raw_cells(self, start: int, stop: int) -> list[str]:
        """The cells of the record between two places, as they are written, quotation marks and all."""
        record, at = self.text[start:stop], 0
        cells = []
        while True:
            quoted = _QUOTED.match(record, at)
            end = quoted.end() if quoted else record.find(self.separator, at)
            end = len(record) if end < 0 else end
            cells.append(record[at:end])
            if end >= len(record):
                return cells
            at = end + 1

    @cached_property
    def quotes_all(self) -> bool:
        """Whether the file puts every cell in quotation marks: its header does."""
        start, stop, _ = self.span(self.header_line)
        return all(cell.startswith('"') for cell in self.raw_cells(start, stop))

    def write_cell(self, value: str, quoted: bool) -> str:
        """A cell that reads back as `value` (trimmed, line ends LF): guarded against formulas, in quotation marks
        where it needs them or others have them."""
        told = guard(value)
        return '"' + told.replace('"', '""') + '"' if quoted or self.needs_quotes(told) else told

    def needs_quotes(self, told: str) -> bool:
        """Whether a cell cannot be written without quotation marks."""
        return any(character in told for character in (self.separator, '"', "\n", "\r"))

    def encoded(self, text: str) -> bytes:
        """The bytes of a part of the text."""
        return text.encode("utf-8", "surrogateescape")
