"""Texts: the documents' files, read only inside the folder of documents, each kept until its file changes.

In: a folder, and file names as documents.csv gives them (so: anything at all). Out: Text, or Unavailable with
one sentence that can stand in a card. It must not know the tables, citations or the page, and it never asks
the network.

A name that leads out of the folder is refused before anything outside is looked at, so that the answer is the
same whether or not there is a file: first the name alone is judged, then every link on its way, step by step.
"""

from __future__ import annotations

import os
import stat
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from timeline.documents.confining import OutsideError, contained, refusal
from timeline.documents.kinds import kind_of
from timeline.documents.reading import Text, Unavailable, Why, read_text

__all__ = ["Library", "Text", "Unavailable", "Why", "limit_of", "read_text"]

DOCUMENT_BYTES = 20_000_000  # a larger file is not read: some 3,000 printed pages fit in
MARKUP_BYTES = 5_000_000  # of HTML and Markdown
PACKED_BYTES = 100_000_000  # of a PDF or a Word document, most of which may be pictures
_TEXTS_KEPT = 64
_CHARACTERS_KEPT = 64_000_000


class Library:
    """The texts in one folder of documents, each kept until its file changes. Safe to share between
    threads."""

    def __init__(self, directory: Path | None) -> None:
        self.directory = None if directory is None else Path(os.path.abspath(directory))
        self._kept: OrderedDict[str, tuple[tuple[int, int, int], Text | Unavailable]] = OrderedDict()
        self._lock = threading.Lock()
        self._reading: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._holding = 0

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
            limit = limit_of(file)
            too_large = Unavailable(
                f"The document's file is larger than {limit // 1_000_000} MB and was not read.", "too-large"
            )
            if status.st_size > limit:
                return too_large
            version = (status.st_mtime_ns, status.st_size, status.st_ino)
            with self._lock:
                reading = self._reading[file]
            with reading:  # who asks for it meanwhile waits, instead of reading a long PDF once more
                kept = self._recall(file, version)
                if kept is None:
                    data = handle.read(limit + 1)  # a growing file must not outgrow the limit either
                    if len(data) > limit:
                        return too_large
                    kept = read_text(data, file)
                    self._keep(file, version, kept)
                return kept

    def _recall(self, file: str, version: tuple[int, int, int]) -> Text | Unavailable | None:
        with self._lock:
            kept = self._kept.get(file)
            if kept is None or kept[0] != version:
                return None
            self._kept.move_to_end(file)
            return kept[1]

    def _keep(self, file: str, version: tuple[int, int, int], text: Text | Unavailable) -> None:
        with self._lock:
            self._kept[file] = (version, text)
            self._kept.move_to_end(file)
            self._trim()

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Meanwhile no text is dropped: for work that goes through all documents more than once."""
        with self._lock:
            self._holding += 1
        try:
            yield
        finally:
            with self._lock:
                self._holding -= 1
                self._trim()

    def _trim(self) -> None:
        while not self._holding and len(self._kept) > 1 and (
            len(self._kept) > _TEXTS_KEPT or sum(_weight(text) for _, text in self._kept.values()) > _CHARACTERS_KEPT
        ):
            dropped, _ = self._kept.popitem(last=False)
            self._reading.pop(dropped, None)


def limit_of(file: str) -> int:
    """How many bytes a file of this name may have to be read."""
    kind = kind_of(file)
    if kind in ("pdf", "word"):
        return PACKED_BYTES
    return MARKUP_BYTES if kind in ("html", "markdown") else DOCUMENT_BYTES


def _weight(text: Text | Unavailable) -> int:
    return sum(map(len, text.paragraphs)) if isinstance(text, Text) else 0
