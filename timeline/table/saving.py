"""Saving rows into a table on disk so that nothing is ever lost, also where two programs save at once.

In: a path and changes. Out: `Saved`; `Conflict` with both versions kept; `CannotSave` with one sentence. Must not know:
who saves, why, what rows mean.

The table is locked, read again, rewritten (`rewriting`) and replaced whole. The lock lies in a hidden folder beside
the table, `.events.csv.desk`. Symbolic links stay: what they point to is replaced.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import io
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from timeline.table.changes import Back, CannotSave, Change, Clash, Conflict, Put, Remove
from timeline.table.files import CannotRead, read_bytes
from timeline.table.guard import guard
from timeline.table.locking import Held, locked
from timeline.table.parquet import is_parquet
from timeline.table.replacing import clear, create_file, replace_file
from timeline.table.rewriting import rewrite, rewritten
from timeline.table.splicing import put_back

__all__ = [
    "Back", "CannotSave", "Change", "Clash", "Conflict", "Put", "Remove", "Saved", "desk_folder", "rewritten", "save",
]  # fmt: skip

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Saved:
    """The table as it is now. `others`: it had been changed since `seen`, and our rows did not clash. `undo` are the
    changes that take ours back, `back` brings back the very bytes as long as nothing else has changed. `changed` is
    False where the table said so already."""

    sha256: str
    content: bytes
    others: bool
    undo: tuple[Change, ...]
    back: Back
    changed: bool = True


def desk_folder(path: Path) -> Path:
    """The hidden folder beside a table in which its lock, journal and the like lie; for a link, beside its target."""
    target = _target(path)
    return target.parent / f".{target.name}.desk"


def save(
    path: Path,
    changes: Sequence[Change],
    *,
    seen: str = "",
    back: Back | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Saved:
    """Make changes to the table at `path`, all or none. `seen` is the SHA-256 of the table for which they were made;
    with `back`, the very bytes of before come back where the table is that for which it was made, and else the
    changes are made. Raises Conflict, CannotSave."""
    target = _target(path)
    if is_parquet(target):
        fix = "Curate the CSV it was made from, and make the Parquet again with timeline convert"
        raise CannotSave(path, "a table in Parquet is not written row by row", fix)
    with _locked(path, target):
        clear(target)
        for _ in range(_ROUNDS):
            stamp = _stamp(target, path)
            content = _read(target, path)
            saved = _made(path, target, content, changes, seen, back, mapping)
            if not saved.changed:
                return saved
            if _stamp(target, path) == stamp:  # a program that knows nothing of our lock may have written meanwhile
                _replace(target, path, saved.content)
                return saved
    reason = "the table is being changed all the time by another program"
    raise CannotSave(path, reason, "Close it there, and try again")


def _made(
    path: Path,
    target: Path,
    content: bytes,
    changes: Sequence[Change],
    seen: str,
    back: Back | None,
    mapping: Mapping[str, str] | None,
) -> Saved:
    """What the table becomes."""
    try:
        made = rewrite(content, changes, mapping)
    except Conflict as conflict:
        raise Conflict(conflict.clashes, _keep(target, conflict.clashes)) from None
    except CannotSave as error:
        raise CannotSave(path, error.reason, error.fix) from None
    new, way_back = made.content, made.back
    if back and (earlier := put_back(content, back)):
        new, way_back = earlier
    others = bool(seen) and hashlib.sha256(content).hexdigest() != seen
    return Saved(hashlib.sha256(new).hexdigest(), new, others, made.undo, way_back, new != content)


def _target(path: Path) -> Path:
    return Path(os.path.realpath(path))


@contextlib.contextmanager
def _locked(path: Path, target: Path) -> Iterator[None]:
    """Hold the table's lock. Raises CannotSave before anything is done where the table cannot be written anyway."""
    _check_writable(target, path)
    folder = desk_folder(target)
    with contextlib.ExitStack() as stack:
        try:
            make_folder(folder)
            stack.enter_context(locked(folder / "lock"))
        except Held:
            reason = "another program has been saving it for 10 seconds"
            raise CannotSave(path, reason, "Try again, or end that program") from None
        except OSError as error:
            reason = f"the lock beside it cannot be taken ({error.strerror or error})"
            raise CannotSave(path, reason, f"Let this folder be written to: {folder}") from error
        yield


def make_folder(folder: Path) -> None:
    """Make the hidden folder, for whoever may write into the one around it. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):
            folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode) & 0o2777)


def _check_writable(target: Path, path: Path) -> None:
    """A file that its owner made read-only is not replaced, though the system would let us."""
    for place, what in ((target, "the file"), (target.parent, "its folder")):
        try:
            mode = place.stat().st_mode
        except OSError:
            continue  # reading it will say what is wrong
        if not mode & 0o222 or not os.access(place, os.W_OK):
            raise CannotSave(path, f"{what} is read-only", f"Let it be written to, or work on a copy: {place}")


def _stamp(target: Path, path: Path) -> tuple[int, ...]:
    try:
        status = target.stat()
    except OSError as error:
        raise CannotSave(path, error.strerror or str(error), "Check the path") from None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _read(target: Path, path: Path) -> bytes:
    try:
        content = read_bytes(target)
    except CannotRead as error:
        raise CannotSave(path, error.reason, error.fix) from None
    if content is None:
        raise CannotSave(path, "the file is too large to be written row by row", "Split it")
    return content


def _replace(target: Path, path: Path, content: bytes) -> None:
    try:
        replace_file(target, content)
    except OSError as error:
        room = f"; {len(content):,} bytes are needed" if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        busy = error.errno in (errno.EBUSY, errno.EXDEV)
        fix = "Share the folder rather than the single file" if busy else "Nothing of it was changed"
        raise CannotSave(path, f"it could not be written ({error.strerror or error}{room})", fix) from error


def _keep(target: Path, clashes: Sequence[Clash]) -> Path | None:
    """Put our version of the rows beside the table, under its own header; None where there are none, or it cannot be
    written."""
    rows = [clash.mine for clash in clashes if clash.mine is not None]
    if not rows:
        return None
    names = list(dict.fromkeys(name for row in (*(c.theirs or {} for c in clashes), *rows) for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([{name: guard(cell) for name, cell in row.items()} for row in rows])
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    for number in range(1, 1000):
        tail = f"-{number}" if number > 1 else ""
        kept = target.with_name(f"{target.stem}.conflict-{now}{tail}{target.suffix}")
        try:
            if create_file(kept, out.getvalue().encode("utf-8", "replace")):
                return kept
        except OSError:
            return None
    return None
