"""A table of events cut into pieces of whole records, so that one larger than memory can be read piece by piece.

In: a path and how large a piece may be. Out: pieces (bytes that begin with the header, and the line on which their
first record starts). Must not know what is in a record.

A record ends at a line end outside quotation marks, which is where an even number of them lies behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 48_000_000
"""Bytes of a piece: some 200,000 records."""
_MOST = 512_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """`content` has the header before its records; a record that is found on line n of it stands on line
    n + `offset` of the file. `read` counts the bytes of the file up to its end; the first `head` of `content` are those
    of the header."""

    content: bytes
    head: int
    offset: int
    read: int

    @property
    def own(self) -> bytes:
        """What stands in no other piece: its records, and with the first of them the header."""
        return self.content[self.head :] if self.offset else self.content


def pieces(path: Path, size: int = PIECE) -> Iterator[Piece]:
    """The pieces of a file in their order, at least one. Raises OSError."""
    with path.open("rb") as file:
        head = file.readline()
        while head.count(b'"') % 2 and len(head) < _MOST and (line := file.readline()):
            head += line
        offset, left, read = 0, b"", len(head)
        while block := file.read(size):
            read += len(block)
            left += block
            end = _last_end(left) + 1
            if not end and len(left) >= _MOST:  # a quotation mark that nothing closes must not take all memory
                end = len(left)
            if end:
                yield Piece(head + left[:end], len(head), offset, read - len(left) + end)
                offset += left.count(b"\n", 0, end)
                left = left[end:]
        if left or not offset:
            yield Piece(head + left, len(head), offset, read)


def _last_end(content: bytes) -> int:
    """The place of the last line end outside quotation marks, -1 when there is none."""
    end = content.rfind(b"\n")
    quotes = content.count(b'"', 0, end) if end >= 0 else 0
    while end >= 0 and quotes % 2:
        before = content.rfind(b"\n", 0, end)
        quotes -= content.count(b'"', max(before, 0), end)
        end = before
    return end
