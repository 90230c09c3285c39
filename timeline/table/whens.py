"""Many dates read at once: what read_date says of each, as columns.

In: distinct texts. Out: `Whens`. Must not know: rows, or what people type: `2014`, `2014-02`, `2014-02-22` and
intervals of these are worked out here with numpy, and every other text is left to read_date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.table.days import iso_day
from timeline.table.limits import SPAN_YEARS
from timeline.table.mentions import UNDATED_WORDS
from timeline.table.moment import MONTHS, year_words
from timeline.table.when import NotADate, is_undated, read_date

_Objects = npt.NDArray[np.object_]
_Days = npt.NDArray[np.int64]
_LENGTHS = (4, 7, 10)  # characters of a year, a month, a day
_SIZES = frozenset((*_LENGTHS, *(left + 1 + right for left in _LENGTHS for right in _LENGTHS)))
_NAMES = np.array(["", *MONTHS], dtype=object)
_NUMBERS = np.array(["", *map(str, range(1, 32))], dtype=object)
_PRECISIONS = np.array(["year", "month", "day"], dtype=object)
FLAGS = ("approximate", "uncertain", "open_start", "open_end")
TEXTS = ("edtf", "earliest", "latest", "precision", "words")


@dataclass(frozen=True, slots=True)
class Whens:
    """In parallel with the texts: `odd` are those that cannot be read or of which there is something to tell;
    `bounds` holds start and end, `flags` and `texts` the attributes of a When named in FLAGS and TEXTS, with those
    of an undated row where there is no date."""

    odd: npt.NDArray[np.bool_]
    bounds: dict[str, npt.NDArray[np.float64]]
    flags: dict[str, npt.NDArray[np.bool_]]
    texts: dict[str, _Objects]


@dataclass(frozen=True, slots=True)
class _Ends:
    """One end of each of several dates: numbers of year, month and day (0 where there is none), the first day and
    the day after the last one, since 1970-01-01, and which of them are on the calendar."""

    year: _Days
    month: _Days
    day: _Days
    lo: _Days
    hi: _Days
    real: npt.NDArray[np.bool_]


def read_dates(texts: Sequence[str]) -> Whens:
    """Read distinct texts: the same as read_date one by one, and is_undated before it."""
    count = len(texts)
    whens = Whens(
        np.zeros(count, dtype=bool),
        {name: np.full(count, np.nan) for name in ("start", "end")},
        {name: np.zeros(count, dtype=bool) for name in FLAGS},
        {name: np.full(count, UNDATED_WORDS if name == "words" else "", dtype=object) for name in TEXTS},
    )
    whens.texts["edtf"][:] = texts
    likely = [place for place, text in enumerate(texts) if text.isascii() and len(text) in _SIZES]
    ready = _read_plain(whens, texts, np.array(likely, dtype=np.int64))
    for place in np.flatnonzero(~ready).tolist():
        _read_one(whens, place, texts[place])
    widths = whens.bounds["end"] - whens.bounds["start"]
    whens.odd[widths > SPAN_YEARS * 365.25] |= np.isfinite(widths[widths > SPAN_YEARS * 365.25])
    return whens


def _read_one(whens: Whens, place: int, text: str) -> None:
    """One date by the reader of single dates."""
    when = None if is_undated(text) else read_date(text)
    if when is None:
        whens.texts["edtf"][place] = ""
        return
    if isinstance(when, NotADate) or when.notes:
        whens.odd[place] = True
        return
    whens.bounds["start"][place], whens.bounds["end"][place] = when.start, when.end
    for name in FLAGS:
        whens.flags[name][place] = getattr(when, name)
    for name in TEXTS:
        whens.texts[name][place] = getattr(when, name) or ""


def _read_plain(whens: Whens, texts: Sequence[str], likely: _Days) -> npt.NDArray[np.bool_]:
    """Fill in what can be read here; True for each text that could."""
    ready = np.zeros(len(texts), dtype=bool)
    if not len(likely):
        return ready
    written = [texts[place] for place in likely]
    signs = np.array(written, dtype=f"S{max(_SIZES)}").view(np.uint8).reshape(len(written), -1)
    lengths = np.array([len(text) for text in written])
    for left in _LENGTHS:
        alone = np.flatnonzero(lengths == left)
        _fill(whens, likely, alone, _ends(signs[alone], 0, left), None, ready)
        for right in _LENGTHS:
            pair = np.flatnonzero((lengths == left + 1 + right) & (signs[:, left] == ord("/")))
            first, last = _ends(signs[pair], 0, left), _ends(signs[pair], left + 1, right)
            _fill(whens, likely, pair, first, last, ready)
    return ready


def _ends(signs: npt.NDArray[np.uint8], at: int, length: int) -> _Ends:
    """The dates of one length that stand in a column of texts."""
    digits = signs[:, at : at + length].astype(np.int64) - ord("0")
    dashes = [place for place in (4, 7) if place < length]
    real = np.all(signs[:, [at + place for place in dashes]] == ord("-"), axis=1)
    figures = digits[:, [place for place in range(length) if place not in dashes]]
    real &= ((figures >= 0) & (figures <= 9)).all(axis=1)
    year = figures[:, :4] @ np.array([1000, 100, 10, 1])
    none = np.zeros(len(signs), dtype=np.int64)
    month = figures[:, 4:6] @ np.array([10, 1]) if length > 4 else none
    day = figures[:, 6:8] @ np.array([10, 1]) if length > 7 else none
    if length > 4:
        real &= (month >= 1) & (month <= 12)
    first = month if length > 4 else none + 1
    lo = _to_days(year, first)
    hi = _to_days(year + (first == 12), first % 12 + 1) if length > 4 else _to_days(year + 1, first)
    if length > 7:
        real &= (day >= 1) & (lo + day <= hi)
        lo = lo + day - 1
        hi = lo + 1
    return _Ends(year, month, day, lo, hi, real)


def _to_days(year: _Days, month: _Days) -> _Days:
    """As days.to_days for the first of a month, years from 0 on."""
    shifted = year - (month <= 2)
    era, year_of_era = np.divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5
    days: _Days = era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468
    return days


def _fill(
    whens: Whens, likely: _Days, chosen: _Days, first: _Ends, last: _Ends | None, ready: npt.NDArray[np.bool_]
) -> None:
    """Write down the dates that are real (and no interval that ends before it starts) at the places of theirs."""
    good = first.real if last is None else first.real & last.real & (first.lo < last.hi)
    if not good.any():
        return
    first = _chosen(first, good)
    last = None if last is None else _chosen(last, good)
    places = likely[chosen[good]]
    ready[places] = True
    end = first.hi if last is None else last.hi
    whens.bounds["start"][places], whens.bounds["end"][places] = first.lo, end
    whens.texts["earliest"][places] = _mapped(first.lo, iso_day)
    whens.texts["latest"][places] = _mapped(end - 1, iso_day)
    if last is None:
        length = int(first.month[0] > 0) + int(first.day[0] > 0)
        whens.texts["precision"][places] = _PRECISIONS[length]
        whens.texts["words"][places] = _name(first) if length == 2 else "some time in " + _name(first)
    else:
        whens.texts["precision"][places] = "interval"
        whens.texts["words"][places] = _interval(first, last)


def _chosen(ends: _Ends, good: npt.NDArray[np.bool_]) -> _Ends:
    return _Ends(ends.year[good], ends.month[good], ends.day[good], ends.lo[good], ends.hi[good], ends.real[good])


def _mapped(numbers: _Days, name: Any) -> _Objects:
    """`name` of each number, called once for each that is there: its texts are shared."""
    distinct, codes = np.unique(numbers, return_inverse=True)
    names = np.empty(len(distinct), dtype=object)
    names[:] = [name(number) for number in distinct.tolist()]
    return names[codes]


def _month_day(ends: _Ends) -> _Objects:
    """'22 February ', 'February ' or '', before the year."""
    text: Any = _NAMES[ends.month] + " " if ends.month[0] else np.full(len(ends.year), "", dtype=object)
    return _NUMBERS[ends.day] + " " + text if ends.day[0] else text  # type: ignore[no-any-return]


def _name(ends: _Ends) -> _Objects:
    """As naming.name_of."""
    return _month_day(ends) + _mapped(ends.year, year_words)  # type: ignore[no-any-return]


def _interval(first: _Ends, last: _Ends) -> _Objects:
    """As words.in_words: what both ends share is said once."""
    opening, closing = _name(first), _name(last)
    alike = bool(first.month[0]) == bool(last.month[0]) and bool(first.day[0]) == bool(last.day[0])
    if alike and first.month[0]:
        same_year = first.year == last.year
        same_month = same_year & (first.month == last.month)
        month = _NAMES[first.month]
        if first.day[0]:
            day = _NUMBERS[first.day]
            opening = np.where(same_month, day, np.where(same_year, day + " " + month, opening))
        else:
            opening = np.where(same_year, month, opening)
    words = "from " + opening + " to " + closing
    if alike:
        same = (first.lo == last.lo) & (first.hi == last.hi)
        words[same] = "the whole of " + closing[same]
    return words  # type: ignore[no-any-return]
