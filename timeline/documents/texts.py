"""Texts: the paragraphs of a document's file, read only inside the folder of documents, or why there are
none.

In: a folder, and file names as documents.csv gives them (so: anything at all). Out: Text, or Unavailable with
one sentence that can stand in a card. It must not know the tables, citations or the page, and it never asks
the network.

A name that leads out of the folder is refused before anything outside is looked at, so that the answer is the
same whether or not there is a file: first the name alone is judged, then every link on its way, step by step.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from timeline.documents.confining import OutsideError, contained, refusal
from timeline.documents.folding import Folded, fold
from timeline.documents.markup import blocks

DOCUMENT_BYTES = 20_000_000  # a larger file is not read: some 3,000 printed pages fit in
MARKUP_BYTES = 5_000_000
_TEXTS_KEPT = 64
_BYTES_KEPT = 64_000_000

_LINE_END = re.compile(r"\r\n|\r|\n")
# What shows nothing on a line: white space is str.isspace(); these are the other invisible ones.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_MARKUP = frozenset({".html", ".htm", ".xhtml"})
_LATER = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".doc": "an old Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF text",
    ".epub": "an e-book",
}
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (Word, Excel and OpenDocument files are such)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_MARKS_OF_ORDER = (  # UTF-32 first: its mark begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, eq=False)
class Text:
    """A document's text: its paragraphs as written, numbered from 1 (pages, when `pages`), and its file's
    sha256."""

    paragraphs: tuple[str, ...]
    sha256: str = ""
    pages: bool = False

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


class Library:
    """The texts in one folder of documents, each kept until its file changes. Safe to share between
    threads."""

    def __init__(self, directory: Path | None) -> None:
        self.directory = None if directory is None else Path(os.path.abspath(directory))
        self._kept: OrderedDict[str, tuple[tuple[int, int, int], Text | Unavailable]] = OrderedDict()
        self._lock = threading.Lock()

    def text(self, file: str) -> Text | Unavailable:
        """The text of `file`, a path relative to the folder with `/` between its parts. Never raises on bad
        input."""
        if self.directory is None:
            return Unavailable("No folder of documents was given, so the text cannot be shown.", "no-folder")
        refused = refusal(file)
        if refused:
            return Unavailable(refused, "refused")
        try:
            path = contained(self.directory, file)
            return self._read(file, path)
        except OutsideError as outside:
            return Unavailable(str(outside), "refused")
        except (FileNotFoundError, NotADirectoryError):
            return Unavailable("The document's file is not in the folder of documents.", "missing")
        except PermissionError:
            return Unavailable("The document's file may not be read: permission is denied.")
        except (OSError, ValueError) as error:
            detail = getattr(error, "strerror", None) or "the system refuses its name"
            return Unavailable(f"The document's file cannot be read: {detail}.")

    def _read(self, file: str, path: str) -> Text | Unavailable:
        # Opened once, without following a link put there since and without waiting on a pipe; all else asks
        # the open file, so that nobody can exchange it between the question and the reading.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        if not stat.S_ISREG(os.lstat(path).st_mode):  # a device must not even be opened: that may act on it
            return Unavailable("The document's file is not a regular file.")
        with os.fdopen(os.open(path, flags), "rb") as handle:
            status = os.fstat(handle.fileno())
            if not stat.S_ISREG(status.st_mode):
                return Unavailable("The document's file is not a regular file.")
            limit = MARKUP_BYTES if _suffix(file) in _MARKUP else DOCUMENT_BYTES
            too_large = Unavailable(
                f"The document's file is larger than {limit // 1_000_000} MB and was not read.", "too-large"
            )
            if status.st_size > limit:
                return too_large
            version = (status.st_mtime_ns, status.st_size, status.st_ino)
            with self._lock:
                kept = self._kept.get(file)
                if kept and kept[0] == version:
                    self._kept.move_to_end(file)
                    return kept[1]
            data = handle.read(limit + 1)  # a growing file must not outgrow the limit either
        if len(data) > limit:
            return too_large
        text = read_text(data, file)
        with self._lock:
            self._kept[file] = (version, text)
            self._kept.move_to_end(file)
            while len(self._kept) > 1 and (
                len(self._kept) > _TEXTS_KEPT or sum(kept[0][1] for kept in self._kept.values()) > _BYTES_KEPT
            ):
                self._kept.popitem(last=False)
        return text


def read_text(data: bytes, file: str) -> Text | Unavailable:
    """The paragraphs of these bytes: lines that are not blank, or the blocks of HTML, by the suffix of
    `file`.

    UTF-8 only, with or without its mark; anything else is named, never guessed at.
    """
    suffix = _suffix(file)
    if suffix in _LATER:
        return Unavailable(f"The document is {_LATER[suffix]}; only plain text and HTML can be read so far.")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return Unavailable(f"The document's file is {name}, not plain text.")
    for mark, name in _MARKS_OF_ORDER:
        if data.startswith(mark):
            return Unavailable(f"The document's file is {name}, not UTF-8; save it as UTF-8.")
    if b"\0" in data:
        wide = data[:4000].count(0) * 3 > len(data[:4000])
        guess = "looks like UTF-16" if wide else "holds NUL bytes, as no text does"
        return Unavailable(f"The document's file {guess}, so it was not read; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
        return Unavailable(
            f"The document's file is not UTF-8 (byte 0x{data[error.start]:02x} on line {line}; it looks like "
            "Windows-1252 or another 8-bit encoding); save it as UTF-8."
        )
    paragraphs = blocks(text) if suffix in _MARKUP else _LINE_END.split(text)
    shown = tuple(line for line in paragraphs if line.translate(_UNSEEN).strip())
    return Text(shown, hashlib.sha256(data).hexdigest())


def _suffix(file: str) -> str:
    return os.path.splitext(file)[1].lower()
