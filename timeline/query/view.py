"""The window of the chart in an address: `view=START..END`, which filters nothing.

Comes in: text. Leaves: days since 1970-01-01, or None. Must not know the dataset.
"""

import re
from typing import Any
from urllib.parse import unquote_plus

from timeline.table.days import to_days

_INSTANT = re.compile(r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}))?")


def _instant(text: Any) -> float | None:
    match = _INSTANT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return to_days(year, month, 1) + day - 1 + hour / 24 + minute / 1440


def view_days(view: Any) -> tuple[float, float] | None:
    """The window as the browser stores it, two ISO instants, in days; None when it is not one."""
    if not isinstance(view, list | tuple) or len(view) != 2:
        return None
    lo, hi = _instant(view[0]), _instant(view[1])
    return (lo, hi) if lo is not None and hi is not None and lo < hi else None


def view_text(search: Any) -> list[str] | None:
    """The window out of an address: `view=START..END`."""
    fields = search.lstrip("?")[:8192].split("&") if isinstance(search, str) else []
    found = [unquote_plus(field[5:]) for field in fields if field.startswith("view=")]
    parts = found[-1].split("..") if found else []
    return parts if view_days(parts) else None


def without_view(search: str) -> str:
    """The search string less the window, which is the browser's own and filters nothing."""
    parts = search.lstrip("?").split("&")
    return "&".join(part for part in parts if not part.startswith("view="))
