"""Who else has a table open: a small file for each desk, refreshed while it runs.

In: the path of a table, who works on it. Out: the others. Must not know: Dash, pages, what they do.

A desk that ended in whatever way is not told of for long: on the same machine its process is asked for, and a file that
nobody has refreshed for a while does not count. Names are as people typed them; whoever shows them escapes them.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from timeline.table.saving import desk_folder, make_folder

STALE = 90.0  # seconds; a page in a hidden tab asks only once a minute
_OLD = 86_400.0  # seconds after which a stale file is cleared away
_EVERY = 2.0  # seconds between two refreshings at least
_LONGEST = 4_096  # bytes
_LIBRE = ".~lock.{name}#"


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else, and since when (ISO, UTC, to the second)."""

    who: str
    since: str


class Presence:
    """That `who` has the table at `path` open. `refresh` or `others` has to be called now and then."""

    def __init__(self, path: Path, who: str) -> None:
        self.who, self.since = who, datetime.now(UTC).isoformat(timespec="seconds")
        folder = desk_folder(path)
        self._table = Path(os.path.realpath(path))
        self._folder = folder / "open"
        self._own = self._folder / f"{uuid.uuid4().hex}.json"
        self._last = 0.0
        self._failed = False
        self.refresh()

    @property
    def notices(self) -> list[str]:
        """That others cannot see us, where it is so."""
        told = "Others cannot see that you have this table open: the folder beside it cannot be written."
        return [told] if self._failed else []

    def refresh(self) -> None:
        """Say that we are still there."""
        if self._last and time.monotonic() - self._last < _EVERY:
            return
        self._last = time.monotonic()
        told = {"v": 1, "who": self.who, "since": self.since, "host": platform.node(), "pid": os.getpid()}
        try:
            make_folder(self._folder.parent)
            make_folder(self._folder)
            part = self._own.with_suffix(".part")
            part.write_text(json.dumps(told), encoding="utf-8")
            part.replace(self._own)
            self._failed = False
        except OSError:
            self._failed = True

    def others(self) -> list[Other]:
        """Who else has the table open, the longest first."""
        self.refresh()
        found = []
        now = self._now()
        for file in self._folder.glob("*.json") if self._folder.is_dir() else ():
            if file == self._own:
                continue
            with contextlib.suppress(OSError):
                age = now - file.stat().st_mtime
                told = _read(file)
                if told and age < STALE and _runs(told):
                    found.append(Other(str(told["who"])[:80], str(told["since"])[:40]))
                elif age > _OLD or (told and not _runs(told)):
                    file.unlink()
        return [*sorted(found, key=lambda other: other.since), *self._in_office()]

    def close(self) -> None:
        """Say that we are gone."""
        with contextlib.suppress(OSError):
            self._own.unlink()

    def _now(self) -> float:
        """The time as the disk has it, which may be another machine's."""
        try:
            return self._own.stat().st_mtime + time.monotonic() - self._last
        except OSError:
            return time.time()

    def _in_office(self) -> list[Other]:
        """LibreOffice leaves a file beside a table that it has open; it would overwrite what is saved meanwhile."""
        lock = self._table.with_name(_LIBRE.format(name=self._table.name))
        try:
            cells = lock.read_text(encoding="utf-8", errors="replace")[:_LONGEST].split(",")
            since = datetime.fromtimestamp(lock.stat().st_mtime, UTC).isoformat(timespec="seconds")
        except OSError:
            return []
        who = cells[0].strip() or (cells[1].strip() if len(cells) > 1 else "")
        return [Other(f"{who[:80]} (in LibreOffice)".strip(), since)]


def _read(file: Path) -> dict[str, Any] | None:
    with file.open("rb") as opened:
        content = opened.read(_LONGEST)
    try:
        told = json.loads(content)
        return told if isinstance(told["who"], str) and isinstance(told["since"], str) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _runs(told: dict[str, Any]) -> bool:
    """Whether the process of a desk runs still, as far as that can be known here."""
    pid = told.get("pid")
    if told.get("host") != platform.node() or not isinstance(pid, int) or pid <= 0 or os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
