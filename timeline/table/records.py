"""Records out of lines, by RFC 4180, and where to go on after one that cannot be read.

In: the lines of a table, each with its LF, and a separator. Out: records with the lines they span, or
`Broken`. Must not know: headers, findings.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from timeline.table.limits import FILE_BYTES

_LOOK_AHEAD = 20  # lines after a broken quote that are tried as the start of a record
_LONGEST = 50  # lines that such a record may have
# csv refuses longer cells by an exception in the middle of a file; our own limit is a finding about one cell.
csv.field_size_limit(2 * FILE_BYTES)

# Every kind of white space, no-break and zero-width ones included: a cell of nothing else is empty.
BLANK = (
    " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that csv refuses: it starts on `start` and was found broken on `end` (0-based indices of
    lines)."""

    start: int
    end: int
    unclosed: bool


def is_blank(cells: list[str]) -> bool:
    """Whether a record holds nothing but white space (no-break and zero-width spaces included)."""
    if cells and cells[0][:1] not in BLANK:
        return False
    return not any(cell.strip(BLANK) for cell in cells)


def parse(
    lines: list[str], at: int, separator: str, stop: int | None = None
) -> Iterator[tuple[int, int, list[str]] | Broken]:
    """Records from line index `at` (before `stop`): (start, index after the end, cells); a broken one is the
    last."""
    rest = map(lines.__getitem__, range(at, min(stop or len(lines), len(lines))))
    reader = csv.reader(rest, delimiter=separator, strict=True)
    start = at
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(start, at + reader.line_num - 1, "unexpected end of data" in str(error))
            return
        end = at + reader.line_num
        yield start, end, cells
        start = end


def resume_after(lines: list[str], broken: Broken, separator: str, width: int) -> int | None:
    """The index of the line at which whole records start again, or None.

    A quotation mark that breaks a record of one line breaks only that line. An opening quote that nobody
    closed swallows lines that are records of their own, so the search begins at the line after the record's
    first. A line counts as a start only when the record on it has the header's width (or is broken itself,
    with cells enough): boundaries are taken as certain, never hoped for.
    """
    first = broken.start + 1
    if broken.end == broken.start and not broken.unclosed:
        return first if first < len(lines) else None
    for index in range(first, min(first + _LOOK_AHEAD, len(lines))):
        got = next(parse(lines, index, separator, index + _LONGEST), None)
        if isinstance(got, Broken):
            fits = lines[index].count(separator) >= width - 1
        else:
            fits = got is not None and (len(got[2]) == width or is_blank(got[2]))
        if fits:
            return index
    return None
