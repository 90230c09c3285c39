"""A lock between processes: whoever saves a table holds it, and it is gone when its process is, however that ended.

In: the path of a lock file. Out: the lock, held; Held when others keep it too long. Must not know: what is locked.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 10.0  # seconds
_PAUSE = 0.01  # seconds


class Held(Exception):
    """Somebody else has held the lock all the time."""


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock at `path`; its folder is there. Raises Held after so many seconds, OSError where there can be no
    lock. The file stays: another process may be waiting for this very one."""
    until = time.monotonic() + patience
    while True:
        handle = _open(path)
        try:
            while not _take(handle):
                if time.monotonic() > until:
                    raise Held
                time.sleep(_PAUSE)
            if not _is_at(handle, path):
                continue  # it was deleted while we waited: the lock is another file now
            yield
            return
        finally:
            os.close(handle)  # and with it the lock goes


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except PermissionError:  # another person's: to lock it is enough to read it
        return os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
