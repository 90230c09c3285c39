"""Anchoring: a date that somebody types, read beside a document: "last Friday" counts from the day it appeared.

In: a typed text, and when the document was published. Out: a When or a NotADate, and what a relative date was counted
from. It must not know tables, files or the page.

A date that stands by itself is read by `table.when`. What is relative is read by our finder, and what that does not
know by dateparser, with the document's day for its "now"; it never makes a day of a month.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

from timeline.documents.finding import find
from timeline.table.days import from_days
from timeline.table.when import LONGEST, NotADate, When, read_date

_FRAME = re.compile(r"(?i)^(?:on|in|at|by|since|during|from|the)\s{1,3}|\s{0,3}[.,;]$")
_COUNTED = re.compile(
    r"(?i)\b(?:ago|yesterday|today|tomorrow|last|next|this|previous|following|in\s{1,3}\S{1,12}\s{1,3}(?:day|week|month"
    r"|year)s?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)


def read_beside(text: str, published: When | None) -> tuple[When | NotADate, str]:
    """The date that `text` tells beside a document published then, and its anchor ("" when it needs none).

    The anchor reads `published 2014-02-23`; without a published date a relative text is no date, and the reason says
    so.
    """
    plain = read_date(text)
    if isinstance(plain, When) or len(text) > LONGEST or not text.strip():
        return plain, ""
    typed = " ".join(text.split())
    for one in find([typed], published):
        if one.kind != "relative" or _FRAME.sub("", typed[: one.start] + typed[one.end :]).strip():
            continue
        if not one.value:
            break
        when = read_date(one.value)
        if isinstance(when, When):
            return when, one.anchor
    if not _COUNTED.search(typed):
        return plain, ""
    if published is None or published.precision not in ("day", "hour", "minute", "second"):
        reason = f"{plain.reason.split(':')[0]} by itself, and the day on which the document appeared is not known"
        return NotADate(text, "date-relative", reason, "Write the date, or the document's in documents.csv"), ""
    value = _parsed(typed, int(published.start))
    when = read_date(value) if value else plain
    return (when, f"published {published.edtf}") if isinstance(when, When) else (plain, "")


def _parsed(text: str, day: int) -> str:
    """What dateparser makes of a relative date, no more precise than it says itself; "" when it makes nothing."""
    year, month, of_month = from_days(day)
    if not 1 <= year <= 9999:
        return ""
    found = _parser(datetime(year, month, of_month, 12)).get_date_data(text)  # noqa: DTZ001 - a day, no moment
    if found.date_obj is None:
        return ""
    moment = found.date_obj
    if found.period == "year":
        return f"{moment.year:04d}"
    if found.period == "month":
        return f"{moment.year:04d}-{moment.month:02d}"
    about = "~" if found.period == "week" else ""
    return f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}{about}"


@cache
def _parser(now: datetime) -> Any:
    from dateparser.date import DateDataParser  # type: ignore[import-untyped, unused-ignore]

    settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": False}
    return DateDataParser(languages=["en"], settings=settings)
