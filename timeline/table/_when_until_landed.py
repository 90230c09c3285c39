"""Stand-in for timeline.table.when while it is being written; removed as soon as that module is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline.table.days import from_days, iso_day, month_length, to_days


@dataclass(frozen=True, slots=True)
class Note:
    code: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class NotADate:
    text: str
    code: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class When:
    text: str
    edtf: str
    earliest: str | None
    latest: str | None
    start: float
    end: float
    precision: str
    approximate: bool
    uncertain: bool
    open_start: bool
    open_end: bool
    words: str
    read_by: str
    notes: tuple[Note, ...]


def is_undated(text: str) -> bool:
    return text.strip().casefold() in ("", "-", "?", "n.d.", "unknown", "undated", "n/a")


def read_date(text: str) -> When | NotADate:
    if "/" in text and text.count("/") == 1:
        a, b = text.split("/")
        x, y = read_date(a), read_date(b)
        if isinstance(x, When) and isinstance(y, When):
            if y.end < x.start:
                return NotADate(text, "date-reversed", f"'{text}' ends before it starts", "Swap them")
            return When(
                text,
                text,
                x.earliest,
                y.latest,
                x.start,
                y.end,
                "interval",
                False,
                False,
                False,
                False,
                text,
                "edtf",
                (),
            )
    m = re.fullmatch(r"(-?[0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(~)?", text)
    if not m:
        return NotADate(text, "date-unreadable", f"'{text}' is not a date", "Write 2014-02-28")
    y = int(m[1])
    mo, d = (int(m[2]) if m[2] else None), (int(m[3]) if m[3] else None)
    if (mo is not None and not 1 <= mo <= 12) or (
        d is not None and mo is not None and not 1 <= d <= month_length(y, mo)
    ):
        return NotADate(text, "date-impossible", f"'{text}' is not a date: no such day", "Write 2014-02-28")
    s = to_days(y, mo or 1, d or 1)
    e = to_days(y, mo or 12, d or month_length(y, mo or 12)) + 1
    p = "day" if d else "month" if mo else "year"
    return When(
        text,
        text,
        iso_day(s),
        iso_day(e - 1),
        float(s),
        float(e),
        p,
        bool(m[4]),
        False,
        False,
        False,
        text,
        "edtf",
        (),
    )


def describe(text: str) -> dict[str, object]:
    return {"text": text, "from": from_days(0)}
