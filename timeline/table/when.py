"""A date made computable: any text a curator writes becomes a When, or a NotADate that says why and what to
write.

In: text. Out: When, NotADate, and the JSON object of `timeline date`. Must not know: rows, files, the page.

The order of readers: plain EDTF, all EDTF, the draft of 2012, our rules for what people type, dateparser
for a single calendar date with a named month. Nothing here raises on any text; the answers are cached, for
tables repeat their dates.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from timeline.table.days import FIRST_YEAR, LAST_YEAR, iso_day, month_length, to_days
from timeline.table.draft import respell
from timeline.table.edtf import Expression, read_edtf
from timeline.table.moment import MONTHS, Refused, year_words
from timeline.table.problems import quote
from timeline.table.typed import read_typed
from timeline.table.words import in_words

LONGEST = 200  # characters; the longest date people write has some sixty
LONGEST_SET = 2_000  # a set of EDTF may list many days
KEYS = (
    "text", "edtf", "earliest", "latest", "precision", "approximate", "uncertain",
    "open_start", "open_end", "words", "read_by", "error",
)  # fmt: skip

# `NA` and `None` are not among them: they are text like any other, and no dates
_UNDATED = frozenset(
    ("", "-", "--", "---", "–", "—", "?", "??", "???", "…", "n.d.", "n.d", "nd", "n. d.", "[n.d.]", "(n.d.)",
     "no date", "s.d.", "s.d", "sine dato", "undated", "not dated", "unknown", "date unknown", "unknown date",
     "not known", "unspecified", "n/a", "tbd", "tba", "tbc", "to be confirmed")
)  # fmt: skip
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_LOWEST, _HIGHEST = to_days(FIRST_YEAR), to_days(LAST_YEAR + 1)

ReadBy = Literal["edtf", "rules", "dateparser"]


@dataclass(frozen=True, slots=True)
class Note:
    """How a date was understood, where the reader should know: a code of `problems.CODES`, a reason and a
    fix."""

    code: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class When:
    """A date with strict bounds. `earliest` and `latest` are ISO days, None at an open or unknown end;
    `start` and `end` are days since 1970-01-01, `end` exclusive, infinite when open; `edtf` is the
    spelling of 2019."""

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
    read_by: ReadBy
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class NotADate:
    """A text that is no date: the code of the problem, a reason that names the text, and what to write
    instead."""

    text: str
    code: str
    reason: str
    fix: str


def read_date(text: str) -> When | NotADate:
    """Read a date; never raises. The empty text is a NotADate too: ask `is_undated` first where that is
    allowed."""
    longest = LONGEST_SET if text[:1] in ("[", "{") else LONGEST
    if len(text) > longest:
        size = f"it has {len(text):,} characters, {longest:,} are the most"
        reason = f"{quote(text)} is too long to be a date: {size}"
        return NotADate(text, "date-too-long", reason, "Move the text to the summary and keep the date")
    return _read(text)


@lru_cache(maxsize=100_000)
def _read(text: str) -> When | NotADate:
    try:
        plain = _PLAIN.fullmatch(text)
        if plain is not None:
            found = _plain(text, *plain.groups())
            if found is not None:
                return found
        return _understand(text)
    except Refused as refused:
        return NotADate(text, refused.code, f"{quote(text)} is not a date: {refused.reason}", refused.fix)


def is_undated(text: str) -> bool:
    """Whether a table's cell says that there is no date: empty, `n.d.`, `unknown`, `-` and their like."""
    return len(text) <= 40 and " ".join(text.split()).casefold() in _UNDATED


def describe(text: str) -> dict[str, Any]:
    """The JSON object of `timeline date --json`: keys as in KEYS; on an error only `text` and `error` are
    filled."""
    found = read_date(text)
    if isinstance(found, NotADate):
        fix = found.fix[:1].lower() + found.fix[1:]
        return dict.fromkeys(KEYS) | {
            "text": text,
            "error": f"{found.reason}; {fix}" if fix else found.reason,
        }
    return {key: getattr(found, key, None) for key in KEYS}


def _understand(text: str) -> When:
    stripped = text.strip().strip("\ufeff\u200b").strip()
    if not stripped or is_undated(stripped):
        raise Refused(
            "date-unreadable",
            "it says that there is none",
            "Write a date such as 2014-02-22, 2014-02 or 2014",
        )
    expression = read_edtf(stripped)
    if expression is not None:
        return _when(text, expression, "edtf", _two_years(stripped))
    spelled, changes = respell(stripped)
    expression = read_edtf(spelled) if changes else None
    if expression is not None:
        notes = tuple(Note(code, f"{quote(stripped)} {reason}", f"Write {spelled}") for code, reason in changes)
        return _when(text, expression, "edtf", notes)
    if len(stripped) > LONGEST:  # a long text in brackets that is no set
        raise Refused("date-too-long", f"more than {LONGEST} characters are no date", "Keep the date only")
    typed = read_typed(stripped)
    expression = read_edtf(typed.edtf)
    if expression is None:  # a rule that writes no EDTF would be our fault; the reader gets an answer all the same
        raise Refused("date-unreadable", "it cannot be read", "Write a date such as 2014-02-22, 2014-02 or 2014")
    notes = tuple(Note(code, f"{quote(stripped)} {reason}", f"Write {typed.edtf}") for code, reason in typed.notes)
    return _when(text, expression, typed.read_by, notes)


def _plain(text: str, year: str, month: str | None, day: str | None) -> When | None:
    """The fast path for `2014`, `2014-02` and `2014-02-22`: the same answer as the whole way, some five
    times sooner. None when the month has no such day."""
    y, m, d = int(year), int(month or 1), int(day or 1)
    name = year_words(y)
    if day:
        if d > month_length(y, m):
            return None
        start = to_days(y, m, d)
        end, precision, words = start + 1, "day", f"{d} {MONTHS[m - 1]} {name}"
    elif month:
        start = to_days(y, m)
        end, precision, words = start + month_length(y, m), "month", f"some time in {MONTHS[m - 1]} {name}"
    else:
        start, end, precision, words = to_days(y), to_days(y + 1), "year", f"some time in {name}"
    first, last = f"{year}-{m:02d}-{d:02d}", text if day else iso_day(end - 1)
    return When(
        text,
        text,
        first,
        last,
        float(start),
        float(end),
        precision,
        False,
        False,
        False,
        False,
        words,
        "edtf",
    )


def _two_years(text: str) -> tuple[Note, ...]:
    """A note on `1921-22`: in EDTF the summer of 1921, in many texts the years 1921 and 1922."""
    if len(text) != 7 or not text[:4].isdecimal() or not text[5:].isdecimal() or int(text[5:]) < 21:
        return ()
    if int(text[5:]) != (int(text[:4]) + 1) % 100:
        return ()
    reason = f"{quote(text)} is read as EDTF, where {text[5:]} is a season or part of the year {text[:4]}"
    return (Note("date-note", reason, f"Write {text[:4]}/{int(text[:4]) + 1:04d} for the two years"),)


def _when(text: str, expression: Expression, read_by: ReadBy, notes: tuple[Note, ...]) -> When:
    lo, hi = expression.lo, expression.hi
    if (lo != -math.inf and lo < _LOWEST) or (hi != math.inf and hi > _HIGHEST):
        fix = "Leave the date empty and say the age in the summary"
        raise Refused(
            "date-out-of-range",
            f"it cannot be drawn: the axis runs from the year {FIRST_YEAR} to {LAST_YEAR}",
            fix,
        )
    if lo == -math.inf and hi == math.inf:
        raise Refused("date-unreadable", "it is open at both ends", "Give at least one end, or leave the date empty")
    moments = expression.moments
    return When(
        text=text,
        edtf=expression.edtf,
        earliest=None if lo == -math.inf else iso_day(math.floor(lo)),
        latest=None if hi == math.inf else iso_day(math.ceil(hi) - 1),
        start=float(lo),
        end=float(hi),
        precision=expression.precision,
        approximate=any(moment.approximate for moment in moments),
        uncertain=any(moment.uncertain for moment in moments),
        open_start=lo == -math.inf,
        open_end=hi == math.inf,
        words=in_words(expression),
        read_by=read_by,
        notes=notes,
    )
