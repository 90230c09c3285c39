"""Why a text is no date, when no reader took it: relative dates, missing years, or nothing that looks like a
date.

In: cleaned text. Out: the Refused with the most helpful reason and fix. Must not know: the readers.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from timeline.table.calendar_date import CANNOT_BE_DRAWN, MONTH, WEEKDAY
from timeline.table.moment import MONTHS, Refused

_UNITS = "second|minute|hour|day|night|week|weekend|fortnight|month|quarter|season|year|decade|century"
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|now|nowadays|recently|currently|lately|ago|earlier|previously|presently|ongoing|"
    r"soon|shortly|then|meanwhile|present)\b"
    rf"|\b(?:last|next|this|past|coming|previous|following|same|that)(?: \w{{1,12}})? (?:{_UNITS}|"
    rf"spring|summer|autumn|fall|winter|morning|evening|{MONTH}|{WEEKDAY})"
    rf"|\b(?:{_UNITS})s? (?:ago|before|later|after|earlier)\b|\bin (?:[0-9]+|a|two|three) (?:{_UNITS})s?\b"
)
_ALONE = re.compile(rf"(?:on |every |by |since |until )?(?:the )?{WEEKDAY}")
_EXAMPLE = "Write a date such as 2014-02-22, 2014-02 or 2014"


def look_relative(text: str) -> None:
    """Raise Refused when the text is a date that depends on the day of writing."""
    if _RELATIVE.search(text) or _ALONE.fullmatch(text):
        reason = "it depends on the day on which it was written"
        raise Refused("date-relative", reason, "Write the day itself, counted from the document's own date")


def unreadable(text: str) -> Refused:
    """The refusal of a text that no reader took."""
    try:
        look_relative(text)
    except Refused as refused:
        return refused
    if re.match(r"-?[0-9]{5,9}-[0-9]{2}(?![0-9])", text):
        fix = "Leave the date empty and say the age in the summary"
        return Refused("date-out-of-range", CANNOT_BE_DRAWN, fix)
    if text in ("", "n.d", "nd"):
        return Refused("date-unreadable", "it says that there is none", _EXAMPLE)
    if re.search(r"(?<![0-9])'[0-9]{2}(?![0-9])", text):
        return Refused("date-ambiguous", "the year has no century", "Write the year with four digits")
    if re.search(rf"\b{MONTH}", text) and not re.search(r"[0-9]{4}", text):
        return Refused("date-unreadable", "it has no year of four digits", "Write the year too, such as February 2014")
    if re.fullmatch(r"t?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[a-z]+)?", text):
        return Refused("date-unreadable", "it has a time and no day", "Write the day too, as in 2014-02-22T14:30")
    if match := re.fullmatch(r"(?:[0-9]{1,2}\.? )?([^\W0-9]{3,12})\.? [0-9]{4}", text):
        near = get_close_matches(match[1], [name.lower() for name in MONTHS], 1)
        fix = f"Write {near[0].capitalize()} if that is meant" if near else _EXAMPLE
        return Refused("date-unreadable", f"'{match[1]}' is no month in English", fix)
    if not re.search(r"[0-9]", text):
        return Refused("date-unreadable", "it holds no year", _EXAMPLE)
    return Refused("date-unreadable", "it cannot be read", _EXAMPLE)
