"""The formats of exports by suffix, and how a file is written: whole or not at all.

In: a Dataset, a Query and a path. Out: a file, or CannotExport with one sentence. It must not know the
command line or the page; the formats themselves are made by the other modules of this room.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from timeline.export.rows import to_csv, to_json
from timeline.query.matching import Selection, select
from timeline.query.query import Query
from timeline.table.dataset import Dataset


class CannotExport(Exception):
    """The export cannot be made or written; the text is one sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is drawn (`width` in CSS pixels, `theme` light or dark), and whether CSV is unguarded
    (`raw`).
    """

    width: int = 1200
    theme: str = "light"
    raw: bool = False


Writer = Callable[[Dataset, Selection, Look], bytes]


def _csv(dataset: Dataset, selection: Selection, look: Look) -> bytes:
    return to_csv(dataset, selection, raw=look.raw)


def _json(dataset: Dataset, selection: Selection, look: Look) -> bytes:
    return to_json(dataset, selection)


def _html(dataset: Dataset, selection: Selection, look: Look) -> bytes:
    from timeline.chart.figure import draw
    from timeline.export.html import to_html

    return to_html(dataset, selection, draw(dataset, selection.query, width=look.width, theme=look.theme))


def _image(suffix: str) -> Writer:
    def write_image(dataset: Dataset, selection: Selection, look: Look) -> bytes:
        from timeline.chart.figure import draw
        from timeline.export.images import NoImage, to_image

        figure = draw(dataset, selection.query, width=look.width, theme=look.theme)
        try:
            return to_image(figure, suffix, epoch=source_date())
        except NoImage as error:
            raise CannotExport(str(error)) from error

    return write_image


FORMATS: dict[str, tuple[str, Writer]] = {
    ".csv": ("rows, with the columns of events.csv", _csv),
    ".json": ("rows, with dates and documents in full", _json),
    ".html": ("the chart and its citations as one page that works offline", _html),
    ".svg": ("the chart as a vector picture", _image("svg")),
    ".png": ("the chart as a picture", _image("png")),
    ".pdf": ("the chart for print", _image("pdf")),
}


def write(dataset: Dataset, query: Query, path: Path, *, force: bool = False, look: Look | None = None) -> Selection:
    """Export what `query` selects to `path`, in the format of its suffix; what was selected is returned.

    Raises CannotExport when the suffix is unknown, when something stands at `path` that may not be replaced,
    or when writing fails; a file that stood there is then as it was.
    """
    writer = FORMATS[check_path(dataset, path, force)][1]
    selection = select(dataset, query)
    put(path, writer(dataset, selection, look or Look()))
    return selection


def check_path(dataset: Dataset | None, path: Path, force: bool) -> str:
    """The suffix that tells the format, once nothing speaks against writing to `path`; else raises
    CannotExport.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        raise CannotExport(f"{path} is a folder: name a file in it.")
    if suffix not in FORMATS:
        known = ", ".join(f"{name} ({what})" for name, (what, _) in FORMATS.items())
        said = f"'{suffix}' is no format of an export" if suffix else "its name has no suffix"
        raise CannotExport(f"{path}: {said}. There are {known}.")
    if not path.parent.is_dir():
        raise CannotExport(f"{path}: there is no folder {path.parent}.")
    if os.path.lexists(path):
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise CannotExport(f"{path} is not a regular file.")
        if dataset is not None and _is_input(dataset, path):
            raise CannotExport(f"{path} is one of the tables that are exported: choose another name.")
        if not force:
            raise CannotExport(f"{path} exists: choose another name, or replace it with --force.")
    return suffix


def _is_input(dataset: Dataset, path: Path) -> bool:
    """Whether `path` is, by whatever name, one of the tables that `dataset` was read from."""
    if dataset.path is None or not path.exists():
        return False
    tables = (dataset.path, *(dataset.path.parent / name for name in ("documents.csv", "actors.csv")))
    return any(table.exists() and path.samefile(table) for table in tables)


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


def source_date() -> int | None:
    """SOURCE_DATE_EPOCH in seconds since 1970, or None when it is not set or no number."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
