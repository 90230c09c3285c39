"""What an export is made of beside the table, and how its file is written: whole or not at all.

In: bytes and a path. Out: a file, or CannotExport with one sentence. It must not know formats, the command line or the
page.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


class CannotExport(Exception):
    """The export cannot be made or written; the text is one sentence that says why and what to do."""


def source_date() -> datetime | None:
    """The moment of SOURCE_DATE_EPOCH (seconds since 1970, UTC), or None when it is not set or no number."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    return datetime.fromtimestamp(int(text), UTC) if text.isascii() and text.isdigit() and len(text) < 12 else None


def now() -> datetime:
    """When an export says it was made: SOURCE_DATE_EPOCH, else now; in UTC, to the second."""
    return source_date() or datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader chooses beside the filters: a chart's `width` and `height` in CSS pixels (None: as high as its
    lanes need), the `scale` of a PNG in pixels to a CSS pixel, the `theme` (light or dark), the window (`view`) in days
    since 1970-01-01 (None: the span that opens); `raw` leaves cells like formulas unguarded; `footnotes`
    puts the numbers of the chronology's footnotes on a chart's labels. `made` is the moment that
    the export gives for its making; `progress` is told how many parts of how many are done, where it takes long."""

    width: int = 1200
    height: int | None = None
    scale: int = 2
    theme: str = "light"
    view: tuple[float, float] | None = None
    raw: bool = False
    footnotes: bool = False
    made: datetime = field(default_factory=now)
    progress: Callable[[int, int], None] | None = None


SIZES: dict[str, tuple[int, int]] = {
    "screen": (1600, 900),
    "slide": (1920, 1080),
    "a4": (794, 1123),
    "a4-landscape": (1123, 794),
    "letter": (816, 1056),
    "letter-landscape": (1056, 816),
    "square": (1080, 1080),
}
"""Widths and heights by name, in CSS pixels, of which an inch has 96."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The content of a file, and `notes`: sentences about what the format could not say and what was left out."""

    content: bytes
    notes: tuple[str, ...] = ()


def put(path: Path, content: bytes) -> None:
    """Write `content` to `path` through a file beside it: a reader sees the old file or the new one, never
    half of one.
    """
    target = Path(os.path.realpath(path))  # a link stays a link; what it points to is replaced
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        os.replace(temporary, target)  # noqa: PTH105  # tests make it fail by this name
        temporary = None
    except OSError as error:
        room = f"; it needs {len(content):,} bytes" if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        raise CannotExport(f"{path} could not be written: {error.strerror or error}{room}.") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, or that of any new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
