"""Edits of a text made so that every byte outside them stays, and the way back to the very bytes.

In: the text of a table and edits. Out: bytes and a `Back`; the bytes that a `Back` brings back. Must not know: what is
edited, and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from timeline.table.changes import Back
from timeline.table.spans import Spans

Edit = tuple[int, int, str]
"""Start and end in the text, and what comes there."""


def put_back(content: bytes, back: Back) -> tuple[bytes, Back] | None:
    """The earlier bytes and the way back from them, or None where the table is not the one that `back` is for."""
    if hashlib.sha256(content).hexdigest() != back.sha256:
        return None
    pieces: list[bytes] = []
    splices = []
    at = length = 0
    for start, size, old in back.splices:
        pieces += [content[at:start], old]
        length += start - at
        splices.append((length, len(old), content[start : start + size]))
        length += len(old)
        at = start + size
    earlier = b"".join([*pieces, content[at:]])
    return earlier, Back(hashlib.sha256(earlier).hexdigest(), tuple(splices))


def splice(spans: Spans, edits: Sequence[Edit]) -> tuple[bytes, Back]:
    """The text with its edits made (in order, none in another), as bytes, and the way back. A table whose last line
    has no line end has none afterwards."""
    edits = _closed(spans, list(edits))
    pieces: list[bytes] = [spans.mark]
    splices: list[tuple[int, int, bytes]] = []
    at, length = 0, len(spans.mark)
    for start, end, text in edits:
        kept, new = spans.encoded(spans.text[at:start]), spans.encoded(text)
        length += len(kept)
        splices.append((length, len(new), spans.encoded(spans.text[start:end])))
        length += len(new)
        pieces += [kept, new]
        at = end
    pieces.append(spans.encoded(spans.text[at:]))
    content = b"".join(pieces)
    return content, Back(hashlib.sha256(content).hexdigest(), tuple(splices))


def _closed(spans: Spans, edits: list[Edit]) -> list[Edit]:
    """The edits of a table without a line end after its last line: what they do there is made one edit without one."""
    size = len(spans.text)
    tail: list[Edit] = []
    start = size
    while edits and edits[-1][1] == start and (edits[-1][2].endswith(("\n", "\r")) or edits[-1][2] == ""):
        start = edits[-1][0]
        tail.insert(0, edits.pop())
    if spans.closed or not tail:
        return [*edits, *tail]
    new = "".join(text for *_, text in tail)
    if start == size:  # rows are added below the last line
        new = spans.line_end + new
    if new:
        return [*edits, (start, size, new.removesuffix(spans.line_end))]
    line = spans.lines[max(line for line in range(len(spans.lines)) if spans.starts[line] < start)]
    end = spans.end_of(line)
    return [*edits, (start - (len(end) if line != end else 0), size, "")]  # without its line end an empty line is none
