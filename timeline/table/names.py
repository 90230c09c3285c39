"""Names compared and made: slugs, search keys, look-alikes, the nearest of many.

In: strings. Out: strings. Must not know: tables.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Iterable

from timeline.table.limits import ID_CHARACTERS

# Cyrillic and Greek letters that look like Latin ones, lower case (after casefolding). Source: Unicode
# confusables.
_LOOK_ALIKES = str.maketrans("аеоорсухіјѕһԁԛԝɡαονρτυικ", "aeoopcyxijshdqwgaovptuik")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Everything that combines (accents, vowel points) and what is invisible inside words.
_MARKS = re.compile(
    "[\u00ad\u200b\ufeff" + "".join(chr(n) for n in range(0x300, 0x10000) if unicodedata.combining(chr(n))) + "]"
)
_NOT_WORD = re.compile(r"[\W_]+")


def slug(text: str, fallback: str = "row") -> str:
    """`text` as an id: a-z, 0-9 and '-', at most 80 characters. What has no Latin letter or digit gets a
    short fingerprint (`row-1a2b3c4d`), so that the id stays the same when rows move."""
    made = _NOT_SLUG.sub("-", _plain(text)).strip("-")[:ID_CHARACTERS].strip("-")
    if made:
        return made
    return f"{fallback}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def unique(wanted: str, taken: set[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` ...: the first that is not taken, at most 80 characters; it is
    taken then."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        tail = f"-{number}"
        name = wanted[: ID_CHARACTERS - len(tail)].rstrip("-") + tail
    taken.add(name)
    return name


def fold_search(text: str) -> str:
    """`text` as the search compares it: case folded, accents stripped, compatibility forms and white space
    made plain. Written once for the rows and once for what the reader types."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(_plain(text).split())


def skeleton(name: str) -> str:
    """What is left of a name without case, accents, punctuation and look-alike letters: twins have one
    skeleton."""
    return _NOT_WORD.sub("", _plain(name).translate(_LOOK_ALIKES))


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names nearest to `name`, best first: same skeleton, then by difflib's ratio (at least
    0.6)."""
    pool = list(known)
    key = skeleton(name)
    same = [other for other in pool if key and skeleton(other) == key]
    by_fold: dict[str, str] = {}
    for other in pool[:5000]:
        by_fold.setdefault(other.casefold(), other)
    close = difflib.get_close_matches(name.casefold()[:200], by_fold, n=count, cutoff=0.6)
    return tuple(dict.fromkeys([*same, *(by_fold[match] for match in close)]))[:count]


class Hints:
    """'Did you mean ...?' over one list of known names, remembered, and given up after many different misses:
    a table of 50,000 rows with a wrong column must not spend minutes on suggestions."""

    def __init__(self, known: Iterable[str], budget: int = 200) -> None:
        self._known = list(known)
        self._budget = budget
        self._memo: dict[str, str] = {}

    def __call__(self, name: str, otherwise: str = "") -> str:
        if name not in self._memo:
            if len(self._memo) >= self._budget:
                return otherwise
            self._memo[name] = did_you_mean(name, self._known)
        return self._memo[name] or otherwise


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """'Did you mean 'a' or 'b'?', or nothing when no known name is near."""
    near = nearest(name, known)
    return f"Did you mean {' or '.join(repr(other) for other in near)}?" if near else ""


def _plain(text: str) -> str:
    if text.isascii():
        return text.casefold()
    split = unicodedata.normalize("NFKD", text)
    return _MARKS.sub("", split).casefold()
