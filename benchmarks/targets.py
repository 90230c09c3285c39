"""What we set ourselves, for a machine of two cores without a graphics card.

Comes in: the name of a figure, how many events. Leaves: the bound, None where none is set. Must not know how anything
is measured.
"""

from __future__ import annotations

OPENING = 1_000.0
"""Milliseconds to the first complete picture of 10,000 events."""
GROWTH = 1.2
"""So many times as long may a million take."""
_PAGE = {
    "on": 110.0,
    "off": 110.0,
    "refined": 160.0,
    "drag p95": 33.0,
    "on, sent": 110.0,
    "off, sent": 110.0,
    "zoom, sent": 110.0,
    "heap": 15.0,
    "nodes": 2_000.0,
}
ANSWER = 15.0
"""Milliseconds of the server for one filter of a million events."""
_LOADING = {("CSV", "seconds"): 5.0, ("Parquet", "seconds"): 1.0}
MEMORY = 700.0
"""Megabytes of a process that holds a million events."""
MILLION = 1_000_000


def page(figure: str, events: int, opening: float | None = None) -> float | None:
    """The bound of a page's figure; `opening` is what 10,000 events took in this run."""
    if figure != "first":
        return _PAGE.get(figure)
    return OPENING if events <= 10_000 else GROWTH * (OPENING if opening is None else opening)


def loading(kind: str, figure: str, events: int) -> float | None:
    """The bound of loading a table, which is set for a million rows alone."""
    if events != MILLION:
        return None
    return MEMORY if figure == "memory" else _LOADING.get((kind, figure))


def exporting(what: str, rows: int = 0) -> float | None:
    """The bound of an export in seconds: of the `first` and each `further` picture, and of rows in any format, which is
    set for 10,000 of them."""
    if what in ("first", "further"):
        return 3.0 if what == "first" else 0.5
    return 2.0 if rows == 10_000 else None
