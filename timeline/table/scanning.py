"""The bytes of a large table looked at all at once: is every quotation mark where RFC 4180 has it, where do the
records end, and which of them hold a character that wants a closer look.

In: blocks of bytes. Out: `Block`s of whole records, or `Declined`: the careful reader takes the table then. Must
not know: headers, columns, cells.

`csv` in strict mode and a reader in C agree on a text in which every opening quotation mark follows a comma, a line
end or a quotation mark, and every closing one is followed by one; so that is proved first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from timeline.table.limits import CELL_CHARACTERS

_QUOTE, _LINE, _ODD, _LEAD = 1, 2, 3, 4
_LONGEST = 64_000_000  # bytes of one record; none that is meant is longer, and the search for its end is given up


def _kinds() -> bytes:
    """What each byte may be: a quotation mark, a line end, a control character, or the first byte of a character
    that cells.py suspects (invisible ones, and pairs that look wrongly decoded)."""
    kinds = bytearray(256)
    for byte in (*range(0x20), 0x7F):
        kinds[byte] = _ODD
    for byte in (0xC2, 0xC3, 0xE2, 0xEF):
        kinds[byte] = _LEAD
    kinds[ord("\t")] = 0
    kinds[ord("\n")], kinds[ord('"')] = _LINE, _QUOTE
    return bytes(kinds)


_KINDS = _kinds()
_BESIDE = np.zeros(256, dtype=bool)
_BESIDE[[ord(","), ord("\n"), ord('"')]] = True


class Declined(Exception):
    """Something about the table is not as it is in most tables: it is left to the careful reader."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records. `lines` are those on which the records start (1-based), `odd` tells which of them hold a
    suspect character or are over-long, `spaced` whether any has a tab, two spaces or a line end inside."""

    content: bytes
    lines: npt.NDArray[np.int64]
    odd: npt.NDArray[np.bool_]
    newlines: bool
    spaced: bool


def blocks_of(pieces: Iterable[bytes]) -> Iterator[Block]:
    """The records of a table, block by block, its header among them; `pieces` are its bytes in turn."""
    rest, line = b"", 1
    for piece, last in _with_last(pieces):
        content = rest + piece
        if last and content and not content.endswith((b"\n", b"\r")):
            content += b"\n"
        held = content.endswith(b"\r")
        if held and last:
            raise Declined
        if b"\r" in content:
            content = content.removesuffix(b"\r").replace(b"\r\n", b"\n")
            if b"\r" in content:
                raise Declined
        block, count = _scan(content, line)
        rest = content[len(block.content) if block else 0 :] + (b"\r" if held else b"")
        if block:
            line += count
            yield block
        elif len(rest) > _LONGEST:
            raise Declined
    if rest:
        raise Declined  # a quotation mark is open to the end


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    before: bytes | None = None
    for piece in pieces:
        if before is not None:
            yield before, False
        before = piece
    if before is not None:
        yield before, True


def _scan(content: bytes, line: int) -> tuple[Block | None, int]:
    """The whole records at the start of some bytes, and how many line ends they hold."""
    kinds = np.frombuffer(content.translate(_KINDS), dtype=np.uint8)
    at = np.flatnonzero(kinds)
    kinds = kinds[at]
    data = np.frombuffer(content, dtype=np.uint8)
    quotes, newlines = at[kinds == _QUOTE], at[kinds == _LINE]
    whole = np.searchsorted(quotes, newlines) % 2 == 0  # an even number of quotation marks before it: no cell is open
    ends = newlines[whole]
    if not len(ends):
        return None, 0
    length = int(ends[-1]) + 1
    quotes = quotes[: np.searchsorted(quotes, length)]
    before, after = data[quotes[::2] - 1], data[quotes[1::2] + 1]
    if quotes[:1].tolist() == [0]:
        before[0] = ord("\n")
    if not (_BESIDE[before].all() and _BESIDE[after].all()):
        raise Declined
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.flatnonzero(whole) + 1))  # line ends before each record
    odd = np.diff(ends, prepend=-1) > CELL_CHARACTERS
    suspects = _suspects(data, at[kinds == _LEAD], at[kinds == _ODD])
    odd[np.searchsorted(ends, suspects[suspects < length])] = True
    inside = int(starts[-1]) != len(ends)
    content = content[:length]
    spaced = inside or b"  " in content or b"\t" in content
    return Block(content, line + starts[:-1], odd, inside, spaced), int(starts[-1])


def _suspects(
    data: npt.NDArray[np.uint8], leads: npt.NDArray[np.int64], odd: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Where the characters stand that `cells` looks for, and perhaps a few more."""
    last = len(data) - 1
    first, second, third = data[leads], data[np.minimum(leads + 1, last)], data[np.minimum(leads + 2, last)]
    found = (first == 0xC2) & (second < 0xA0)
    found |= (first == 0xC3) & np.isin(second, (0x82, 0x83, 0x90, 0x91, 0xA2)) & (third >= 0xC2) & (third <= 0xE2)
    found |= (first == 0xE2) & (second == 0x80) & ((third == 0x8B) | ((third >= 0xAA) & (third <= 0xAE)))
    found |= (first == 0xE2) & (second == 0x81) & (third >= 0xA0) & (third <= 0xA9)
    found |= (first == 0xEF) & (((second == 0xBB) & (third == 0xBF)) | ((second == 0xBF) & (third >= 0xB9)))
    return np.concatenate((odd, leads[found]))
