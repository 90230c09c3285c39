"""The disk, as far as tables are concerned: one file read once and whole, and where the shipped ones are.

In: paths. Out: bytes, or CannotRead. Must not know: what is in a file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from timeline.table.limits import FILE_BYTES
from timeline.table.problems import printable

_ROOT = Path(__file__).resolve().parents[2]
_DATA = Path(__file__).resolve().parents[1] / "_data"


class CannotRead(Exception):
    """A table that cannot be read at all, for a reason that is not in its data: the command exits with 2.

    Carries `path`, `reason` and `fix`; its text is one sentence with all three."""

    def __init__(self, path: Path, reason: str, fix: str = "") -> None:
        self.path, self.reason, self.fix = path, reason, fix
        super().__init__(f"{printable(str(path))}: {reason}." + (f" {fix}." if fix else ""))


def read_bytes(path: Path) -> bytes | None:
    """The bytes of a regular file, or None when it is larger than the limit (its size is asked before it is
    read).

    The file is opened once and then asked what it is, without waiting for a writer (a FIFO would never
    answer).
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISDIR(status.st_mode):
                raise CannotRead(path, "this is a folder, not a table", "Name the CSV file in it")
            if not stat.S_ISREG(status.st_mode):
                raise CannotRead(path, "this is not a regular file", "Save the table in a file first")
            if status.st_size > FILE_BYTES:
                return None
            content = file.read(FILE_BYTES + 1)
            return content if len(content) <= FILE_BYTES else None
    except FileNotFoundError:
        raise CannotRead(path, "there is no such file", "Check the path") from None
    except IsADirectoryError:
        raise CannotRead(path, "this is a folder, not a table", "Name the CSV file in it") from None
    except PermissionError:
        raise CannotRead(path, "reading it is not permitted", "Ask its owner, or copy it") from None
    except ValueError:
        raise CannotRead(path, "this is no path of a file", "Check the path") from None
    except OSError as error:
        raise CannotRead(path, f"it cannot be read ({error.strerror or error})", "Check the path") from None


def read_pieces(path: Path, length: int) -> Iterator[bytes]:
    """The bytes of a file, so many at a time; nothing of one that `read_bytes` would refuse."""
    try:
        with path.open("rb") as file:
            while piece := file.read(length):
                yield piece
    except OSError:
        return


def is_large(path: Path, least: int) -> bool:
    """Whether a path is a regular file of at least so many bytes, and within the limit."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode) and least <= status.st_size <= FILE_BYTES


def check_encoding(encoding: str | None) -> None:
    """Raise CannotRead when Python has no text encoding of that name."""
    if encoding is None:
        return
    try:
        b"a".decode(encoding)  # of no bytes at all Python does not even ask for the codec
    except UnicodeError:
        return  # it exists, and wants more than one byte
    except (LookupError, ValueError):
        raise CannotRead(Path(encoding), "there is no encoding of that name", "Try utf-8, cp1252 or utf-16") from None


def shipped() -> Path:
    """The events.csv that comes with the tool: at the top of a checkout, else inside the installed
    package."""
    return _ROOT / "events.csv" if _in_checkout() else _DATA / "events.csv"


def assets_path() -> Path:
    """The folder of styles and browser scripts: at the top of a checkout, else inside the installed
    package."""
    return _ROOT / "assets" if _in_checkout() else _DATA / "assets"


def _in_checkout() -> bool:
    return (_ROOT / "pyproject.toml").is_file() and (_ROOT / "assets").is_dir()
