"""Dates that the reader types: "go to", and what was understood.

Comes in: text from the page. Leaves: days since 1970-01-01 and sentences. Must not know the dataset.
"""

import math
from typing import Any

from timeline.query import why_not_a_bound
from timeline.table import NotADate, read_date
from timeline.table.days import iso_instant


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
