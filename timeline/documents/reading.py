"""Reading: the numbered paragraphs of a document's bytes, or why there are none.

In: bytes, and the name of their file. Out: Text, or Unavailable with one sentence that can stand in a card. It must not
know folders, tables, citations or the page.

What is numbered: the lines of a plain text that are not blank; the blocks of HTML, and of Markdown made HTML (a
heading, a paragraph, a list item, a cell of a table); the paragraphs of a Word document, those in cells at their place;
the pages of a PDF, each one line. Formats that need large libraries are read in a process of its own (`isolating`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from timeline.documents.folding import Folded, fold
from timeline.documents.isolating import read_apart
from timeline.documents.joining import join
from timeline.documents.kinds import NAMES, READABLE, kind_of, looks_like, magic, unreadable
from timeline.documents.markdown import to_html
from timeline.documents.markup import blocks

_AT_ONCE = 100_000  # bytes of Markdown that are read without a process of their own: two seconds at the worst
_LINE_END = re.compile(r"\r\n|\r|\n")
# What shows nothing on a line: white space is str.isspace(); these are the other invisible ones.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_MARKS_OF_ORDER = (  # UTF-32 first: its mark begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, eq=False)
class Text:
    """A document's text: its paragraphs as written, numbered from 1 (pages, when `pages`: then "" is a page without
    text), and its file's sha256. `mended`: rising places in `whole` at which reading changed more than white space."""

    paragraphs: tuple[str, ...]
    sha256: str = ""
    pages: bool = False
    mended: tuple[int, ...] = ()

    @cached_property
    def whole(self) -> str:
        """All paragraphs, joined by a paragraph separator: folding makes it a space, and joins no hyphen over
        it."""
        return "\u2029".join(self.paragraphs)

    @cached_property
    def folded(self) -> Folded:
        """`whole`, folded: one string over which a passage may run on from a paragraph to the next."""
        return fold(self.whole)

    @cached_property
    def begins(self) -> tuple[int, ...]:
        """Where each paragraph begins in `whole`."""
        places, place = [], 0
        for paragraph in self.paragraphs:
            places.append(place)
            place += len(paragraph) + 1
        return tuple(places)


Why = Literal["no-folder", "refused", "missing", "too-large", "unreadable"]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why there is no text: one sentence for people, and the kind of reason for the report."""

    reason: str
    why: Why = "unreadable"


def read_text(data: bytes, file: str) -> Text | Unavailable:
    """The paragraphs of these bytes, read as the suffix of `file` says; as plain text when it says nothing.

    Texts in UTF-8 only, with or without its mark; anything else is named, never guessed at.
    """
    kind = kind_of(file)
    if kind is None:
        return Unavailable(f"The document is {unreadable(file)}, which cannot be read; save it as {READABLE}.")
    sha256 = hashlib.sha256(data).hexdigest()
    if kind in ("pdf", "word"):
        return _read_apart(kind, data, sha256)
    text = _decoded(data)
    if isinstance(text, Unavailable):
        return text
    if kind == "plain":
        paragraphs = _LINE_END.split(text)
    elif kind == "html":
        paragraphs = blocks(text)
    else:
        made = [to_html(text)] if len(data) <= _AT_ONCE else read_apart("markdown", data)
        if isinstance(made, str):
            return Unavailable(made)
        paragraphs = blocks(made[0])
    return Text(_shown(paragraphs), sha256)


def _read_apart(kind: Literal["pdf", "word"], data: bytes, sha256: str) -> Text | Unavailable:
    if not data:
        return Unavailable("The document's file is empty.")
    signature = b"%PDF-" if kind == "pdf" else b"PK"
    if signature not in data[:1024] and not data.startswith(b"\xd0\xcf\x11\xe0"):
        like = looks_like(data)
        return Unavailable(
            f"The document's file is not {NAMES[kind]}, as its name says"
            + (f"; it looks like {like}." if like else ", or its beginning is lost.")
        )
    read = read_apart(kind, data)
    if isinstance(read, str):
        return Unavailable(read)
    if kind == "word":
        return Text(_shown(read), sha256)
    pages, mended = join(read)
    begins, begin = [], 0
    for page in pages:
        begins.append(begin)
        begin += len(page) + 1
    places = tuple(start + place for start, own in zip(begins, mended, strict=True) for place in own)
    return Text(tuple(page if _shown([page]) else "" for page in pages), sha256, True, places)


def _shown(paragraphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in paragraphs if line.translate(_UNSEEN).strip())


def _decoded(data: bytes) -> str | Unavailable:
    if name := magic(data):
        called = "; give it the suffix .pdf" if name == NAMES["pdf"] else ""
        return Unavailable(f"The document's file is {name}, not plain text{called}.")
    for mark, name in _MARKS_OF_ORDER:
        if data.startswith(mark):
            return Unavailable(f"The document's file is {name}, not UTF-8; save it as UTF-8.")
    if b"\0" in data:
        wide = data[:4000].count(0) * 3 > len(data[:4000])
        guess = "looks like UTF-16" if wide else "holds NUL bytes, as no text does"
        return Unavailable(f"The document's file {guess}, so it was not read; save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
        return Unavailable(
            f"The document's file is not UTF-8 (byte 0x{data[error.start]:02x} on line {line}; it looks like "
            "Windows-1252 or another 8-bit encoding); save it as UTF-8."
        )
