"""The dates of other tools as EDTF: parts, instants, ranges; never more precise than they were given.

In: years, months and days as numbers; instants as text or milliseconds. Out: EDTF, or the date as it was written where
there is none, which `timeline check` then shows. Must not know: formats, rows.

Decided: TimelineJS and CSL count 44 BC as -44, EDTF as -0043. A day without its month is `1990-XX-05`. A zone stays as
written. Where all instants of a file stand at midnight, they are days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from timeline.importing.values import Written, line_of, whole
from timeline.table.days import FIRST_YEAR, LAST_YEAR, iso_instant, iso_year
from timeline.table.edtf import read_edtf
from timeline.table.moment import Refused
from timeline.table.problems import quote
from timeline.table.when import NotADate, When, is_undated, read_date

PARTS = ("year", "month", "day", "hour", "minute", "second")
_INSTANT = re.compile(
    r"([+-][0-9]{6}|-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:[T ]([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]+))?)?)?\s?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
)
_MILLISECONDS = re.compile(r"/Date\((-?[0-9]{1,16})(?:[+-][0-9]{4})?\)/")
_MIDNIGHT = re.compile(r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T00(?::00(?::00)?)?(?:Z|[+-][0-9:]+)?")
_LAST = re.compile(r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T23:59:59(?:Z|[+-][0-9:]+)?")
_TIMED = re.compile(r"[0-9]T[0-9]")
_EDTF = re.compile(r"-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:]+(?:Z|[+-][0-9:]+)?)?)?)?")
_OUR_WORDS = re.compile(r"(.{1,100}), (?:start|end) (open|unknown)|some time from (.{1,100}) to (.{1,100})")
_MOMENT = 1e-6  # of a day: less than a second
_QUALIFIED = frozenset(("decade", "century", "season", "quarter", "half", "set", "interval"))


def year_of(number: int, *, historical: bool) -> str:
    """A year in EDTF. `historical`: there is no year 0, and -44 is 44 BC."""
    year = number + 1 if historical and number < 0 else number
    return iso_year(year) if FIRST_YEAR <= year <= LAST_YEAR else f"Y{number}"


def of_parts(parts: Sequence[Any]) -> str:
    """Year, month, day, hour, minute and second, as many as there are, as EDTF; "" when there is none. Parts that
    are no numbers of a calendar are written side by side, in words that are no date."""
    given = [None if part is None or line_of(part) == "" else part for part in parts]
    if not any(part is not None for part in given):
        return ""
    numbers = [None if part is None else whole(part) for part in given]
    wrong = any(number is None and part is not None for number, part in zip(numbers, given, strict=True))
    year, month, day, hour, minute, second = (numbers + [None] * 6)[:6]
    wrong = wrong or year is None or abs(year) >= 10**12
    wrong = wrong or not 1 <= (month or (1 if month is None else 0)) <= 12
    wrong = wrong or not 1 <= (day or (1 if day is None else 0)) <= 31
    wrong = wrong or any(number is not None and not 0 <= number <= 99 for number in (hour, minute, second))
    if wrong or year is None:
        named = zip(PARTS, given, strict=False)
        return ", ".join(f"{name} {line_of(part)}" for name, part in named if part is not None)
    text = year_of(year, historical=True)
    if text.startswith("Y") or (month is None and day is None):
        return text
    text += f"-{'XX' if month is None else f'{month:02d}'}"
    if day is None:
        return text
    text += f"-{day:02d}"
    if hour is None or month is None:
        return text
    clock = [hour, *([minute, *([second] if second is not None else [])] if minute is not None else [])]
    return f"{text}T{':'.join(f'{number:02d}' for number in clock)}"


def of_instant(value: Any, *, per_second: int = 1000) -> tuple[str, bool]:
    """A text in the manner of ISO 8601, or a number of milliseconds since 1970, as EDTF; and whether a part of a
    second was left out, for EDTF has none. Other texts are left as they are written."""
    if isinstance(value, bool | list | dict) or value is None:
        return line_of(value), False
    if isinstance(value, int | float):
        return _of_number(value, per_second) or (line_of(value), False)
    text = line_of(value)
    if isinstance(value, Written):
        return text, False
    if match := _MILLISECONDS.fullmatch(text):
        return _of_number(int(match[1]), per_second) or (text, False)
    match = _INSTANT.fullmatch(text)
    if match is None or text[:6] in ("-0000", "-0000-"):
        return text, False
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    made = year_of(int(year), historical=False) if len(year) == 7 else year
    made += "".join(f"-{part}" for part in (month, day) if part)
    if hour:
        made += "T" + ":".join(part for part in (hour, minute, second) if part) + _zone(zone or "")
    return made, bool(fraction and fraction.strip("0"))


def _of_number(number: float, per_second: int) -> tuple[str, bool] | None:
    days = number / (per_second * 86_400)
    if not -4_371_900 < days < 2_932_800:  # outside the years that can be drawn, or no number at all
        return None
    seconds = number // per_second
    return f"{iso_instant(seconds / 86_400)}Z", number % per_second != 0


def _zone(zone: str) -> str:
    if zone in ("", "Z", "+00", "+0000", "+00:00"):
        return "Z" if zone else ""
    return zone if len(zone) != 5 else f"{zone[:3]}:{zone[3:]}"


def ranges(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], int]:
    """The dates of all rows of a file from their starts and ends, and how many instants became days: all, if the
    starts stand at midnight and the ends too, or a second before; else none."""
    starts = {start for start, _ in pairs if _TIMED.search(start)}
    ends = {end for _, end in pairs if _TIMED.search(end)}
    first = {date: match[1] for date in starts if (match := _MIDNIGHT.fullmatch(date))}
    last = {date: match[1] for date in ends if (match := _MIDNIGHT.fullmatch(date) or _LAST.fullmatch(date))}
    if len(first) < len(starts) or len(last) < len(ends):
        return [joined(start, end) for start, end in pairs], 0
    count = sum((start in first) + (end in last) for start, end in pairs)
    return [joined(first.get(start, start), last.get(end, end)) for start, end in pairs], count


def joined(start: str, end: str) -> str:
    """The range from one date to another; what is no date stays as it is written."""
    if not end or start == end:
        return start
    left, right = (_one(text) for text in (start, end))
    return f"{left}/{right}" if "/" not in left + right else f"{start} – {end}"


def _one(text: str) -> str:
    """A date as EDTF, where it is one: whether a date of that shape ever was is seen when the range is read."""
    found = read_date(text) if text and not _EDTF.fullmatch(text) else None
    return found.edtf if isinstance(found, When) else text


def _in_words(words: str) -> When | NotADate:
    """A date in words, also in those that `When.words` has and nobody types: 'from 1812 on, end open'."""
    match = _OUR_WORDS.fullmatch(words)
    if match is None:
        return read_date(words)
    if match[3]:
        found = read_date(f"between {match[3]} and {match[4]}")
    else:
        found = read_date(match[1])
        if match[2] == "unknown" and isinstance(found, When):
            found = read_date(found.edtf.replace("..", ""))
    return found if isinstance(found, When) and found.words == words else read_date(words)


def as_said(date: str, said: str) -> str | None:
    """The EDTF of `said`, another telling of the same time, if the date lies in it and begins or ends with it."""
    if not date or not said or is_undated(said):
        return None
    when, other = read_date(date), read_date(said)
    if isinstance(when, NotADate) or isinstance(other, NotADate):
        return None
    begins, ends = abs(when.start - other.start) < _MOMENT, abs(when.end - other.end) < _MOMENT
    within = other.start - _MOMENT < when.start and when.end < other.end + _MOMENT
    return other.edtf if within and (begins or ends) else None


def as_drawn(start: str, end: str, said: str) -> str | None:
    """The EDTF of `said` if it is what is drawn from `start` up to the beginning of `end`, or open at an end."""
    if not start or not said or is_undated(said):
        return None
    first, last, other = read_date(start), read_date(end or start), _in_words(said)
    if isinstance(first, NotADate) or isinstance(last, NotADate) or isinstance(other, NotADate):
        return None
    drawn_end = last.start if end else first.end
    begins, ends = abs(first.start - other.start) < _MOMENT, abs(drawn_end - other.end) < _MOMENT
    return other.edtf if (begins or other.open_start) and (ends or other.open_end) and (begins or ends) else None


def fault(date: str) -> str | None:
    """Why a cell is no date, in a few words; None when it is one, or says that there is none."""
    if not date or is_undated(date) or _is_edtf(date):
        return None
    found = read_date(date)
    if not isinstance(found, NotADate):
        return None
    return found.reason.removeprefix(f"{quote(date)} is not a date: ")


def _is_edtf(date: str) -> bool:
    """Whether a date is EDTF as it stands: the quick answer for the dates that are made here."""
    if not all(map(_EDTF.fullmatch, date.split("/"))):
        return False
    try:
        return read_edtf(date) is not None
    except Refused:
        return False


def says_the_same(date: str, words: str) -> bool:
    """Whether words are the same date and nothing more."""
    found, said = read_date(date), _in_words(words)
    return isinstance(found, When) and isinstance(said, When) and found.edtf == said.edtf


def sharper_words(date: str, words: str) -> str | None:
    """The EDTF of a date in words ("c. 1520", `2014~`, "1990s") that says of `date` what parts cannot say: that it is
    about then, uncertain, a season or a decade. None when the words say another date, or nothing more."""
    said = _in_words(words) if words and not is_undated(words) else None
    if not isinstance(said, When) or said.read_by == "dateparser" or said.notes:
        return None
    if not (said.approximate or said.uncertain or said.open_start or said.open_end or said.precision in _QUALIFIED):
        return None
    if not date:
        return said.edtf
    when = read_date(date)
    if isinstance(when, NotADate) or not (said.start <= when.start and when.end <= said.end):
        return None
    return said.edtf
