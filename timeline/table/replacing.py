"""A file replaced whole or not at all: whenever the power goes, the old one is there or the new one.

In: a path and bytes. Out: the file, or OSError. Must not know: what is in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

_SUFFIX = ".saving"


def replace_file(target: Path, content: bytes) -> None:
    """Write `content` to a file beside `target`, on to the disk, and put it in the place of `target`, with its mode,
    owner and further attributes where that is permitted; as a new file where there is none. `target` is no link.
    Raises OSError."""
    before = target.stat() if target.exists() else None
    handle, name = tempfile.mkstemp(prefix=_prefix(target), suffix=_SUFFIX, dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if before is not None:
                _dress(file.fileno(), target, before)
            elif hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), 0o666 & ~_mask())
            os.fsync(file.fileno())
        os.replace(temporary, target)  # noqa: PTH105  # tests make it fail by this name
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)


def clear(target: Path) -> None:
    """Delete what savings that were cut short have left beside `target`; only for whoever holds its lock."""
    with contextlib.suppress(OSError):
        for left in list(target.parent.glob(f"{_escaped(_prefix(target))}*{_SUFFIX}")):
            left.unlink()


def create_file(path: Path, content: bytes) -> bool:
    """Write a new file on to the disk; False, and nothing done, where there is one already. Raises OSError."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except FileExistsError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder on to the disk, where the system knows that."""
    with contextlib.suppress(OSError):  # Windows opens no folders, and some disks cannot sync one
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mask() -> int:
    """The bits that new files do not get; to ask for them is to set them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _prefix(target: Path) -> str:
    """How the names of files begin that are to become `target`, and no other file."""
    own = hashlib.sha256(target.name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f".{target.name[:40]}.{own}-"


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _dress(handle: int, target: Path, before: os.stat_result) -> None:
    """Give a new file what the old one has beside its bytes."""
    if hasattr(os, "fchown"):
        with contextlib.suppress(OSError):
            os.fchown(handle, before.st_uid, before.st_gid)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(handle, name, os.getxattr(target, name))
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(before.st_mode))
