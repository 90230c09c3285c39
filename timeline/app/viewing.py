"""Dates that the reader types or moves to: the window of the chart, "go to", and what was understood.

Comes in: text from the page. Leaves: days since 1970-01-01 and sentences. Must not know the dataset.
"""

import math
import re
from typing import Any
from urllib.parse import unquote_plus

from timeline.query import why_not_a_bound
from timeline.table import NotADate, read_date
from timeline.table.days import iso_instant, to_days

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


def go_to(text: Any) -> tuple[Any, str]:
    """Where "go to" leads: the stretch as ISO instants, and a sentence of what was understood."""
    if not isinstance(text, str) or not text.strip():
        return None, ""
    date = read_date(text.strip()[:200])
    if isinstance(date, NotADate):
        return None, f"{date.reason} {date.fix}".strip()
    lo = date.start if math.isfinite(date.start) else date.end - 1
    hi = date.end if math.isfinite(date.end) else date.start + 1
    return {"from": iso_instant(lo), "to": iso_instant(hi), "text": text}, f"Understood as {date.words}."


def dates_read(start: Any, end: Any) -> str:
    """What the two bounds of the date filter were understood as, or why not."""
    parts = []
    for words, text in (("from", start), ("to", end)):
        if not isinstance(text, str) or not text.strip():
            continue
        wrong = why_not_a_bound(text)
        if wrong:
            parts.append(f"{words.capitalize()}: {wrong}")
            continue
        date = read_date(" ".join(text.split()))
        if not isinstance(date, NotADate) and date.words != text:
            parts.append(f"{words} {date.words}")
    line = "; ".join(parts)
    return line[:1].upper() + line[1:]
