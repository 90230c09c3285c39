"""The text of a typed date made plain: lower case, one kind of hyphen and space, eras without dots, ordinals
in digits.

In: text as typed. Out: ASCII as far as the text has it, in lower case. Must not know: what a date is.
Refused only for digits of other scripts, which look like a date and would be read by some readers and not
by others.
"""

from __future__ import annotations

import re
import unicodedata

from timeline.table.moment import Refused

_DASHES = "‐‑‒–—―−"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
_ERAS = (
    (re.compile(r"\bb\. ?c\. ?e\b\.?"), "bce"),
    (re.compile(r"\bb\. ?c\b\.?"), "bc"),
    (re.compile(r"\ba\. ?d\b\.?"), "ad"),
    (re.compile(r"\bc\. ?e\b\.?"), "ce"),
    (re.compile(r"\b([ap])\. ?m\b\.?"), r"\1m"),
    (re.compile(r"\b(?:before christ|before the common era)\b"), "bc"),
    (re.compile(r"\banno domini\b"), "ad"),
    (re.compile(r"\b(ad|bc)(?=[0-9])"), r"\1 "),
    (re.compile(r"(?<=[0-9])(bce|bc|ad|ce)\b"), r" \1"),
)
_UNITS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
_WORDS = {
    word: number
    for number, word in enumerate(
        f"{_UNITS} fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1
    )
}
_WORDS |= {f"twenty-{word}": 20 + number for word, number in list(_WORDS.items())[:9]}
_WORDS |= {"thirtieth": 30, "thirty-first": 31}
_SINGLE = "|".join(word for word in _WORDS if "-" not in word)
_ORDINAL = re.compile(rf"\b(twenty|thirty)? ?-?\b({_SINGLE})\b(?! (?:half|quarter|third))(?!-(?:half|quarter))")
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}


def clean(text: str) -> str:
    """The plain form of a typed date. Raises Refused for digits that are not 0-9."""
    if any(character.isdigit() and not character.isascii() for character in text):
        plain = all(character.isdecimal() for character in text if character.isdigit())
        digits = "".join(str(unicodedata.decimal(character, character)) for character in text)
        fix = f"Write {digits}" if plain else "Write a date such as 2014-02-22"
        raise Refused("date-digits", "it has digits that are not 0 to 9", fix)
    text = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    # a dash (no hyphen) between words or years is a range, so it stands apart; in an ISO day it is a slip
    text = re.sub(rf"[{_DASHES}]", "–", text)
    text = re.sub(r"\b([0-9]{4})–([0-9]{1,2})–([0-9]{1,2})\b", r"\1-\2-\3", text)
    text = re.sub(r"\b([0-9]{1,2})–([0-9]{1,2})–([0-9]{4})\b", r"\1-\2-\3", text)
    text = re.sub(r"\b(mid|early|late)–", r"\1-", text).replace("–", " - ")
    text = " ".join(text.split())
    if text[:1] + text[-1:] in ('""', "()", "''"):
        text = text[1:-1].strip()
    for pattern, era in _ERAS:
        text = pattern.sub(era, text)
    text = re.sub(r"\bcenturies\b", "century", text)
    return _ORDINAL.sub(_in_digits, text).rstrip(".,;: ").lstrip(",;: ")


def _in_digits(match: re.Match[str]) -> str:
    number = _WORDS[match[2]] + {"twenty": 20, "thirty": 30}.get(match[1] or "", 0)
    suffix = "th" if number % 100 in (11, 12, 13) else _SUFFIX.get(number % 10, "th")
    return f"{match[0][: len(match[0]) - len(match[0].lstrip())]}{number}{suffix}"
