"""The shape of a citation: `para. 12`, and `first words … last words`.

In: the text of a locator or a passage. Out: its parts, or what is wrong with it. Must not know: documents'
texts.
"""

from __future__ import annotations

import re

from timeline.table.limits import PASSAGE_LEAST_WORDS, PASSAGE_WORDS
from timeline.table.schema import LOCATOR

# The ellipsis of a passage stands between spaces; one that touches a word is the document's own.
_ELLIPSIS = re.compile(r"(?:^|(?<=\s))(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\)|\. \. \.)(?=\s|$)")
_LOCATOR = re.compile(LOCATOR)
_WORD = re.compile(r"\w")


# Only one way to read a word, and no way back into it: else a passage that is not of this shape takes seconds.
_WORDS = r"[^\w\s…\[\]]*+\w[^\s…\[\]]*+"
_LEAST, _MOST = PASSAGE_LEAST_WORDS - 2, PASSAGE_WORDS - 1
_WELL_MADE = re.compile(rf"{_WORDS}(?: {_WORDS}){{{_LEAST},{_MOST}}} … {_WORDS}(?: {_WORDS}){{0,{_MOST}}}")
"""The usual shape, which needs no closer look: enough words and not too many, the ellipsis between them."""


def ends_of(passage: str) -> tuple[str, ...]:
    """The parts of a passage around its ellipsis: one part when it has none, two when it is well made."""
    return tuple(part.strip() for part in _ELLIPSIS.split(passage))


def words_in(text: str) -> int:
    """How many words a text has: stretches between white space that hold a letter or digit."""
    return sum(1 for word in text.split() if _WORD.search(word))


def locator_fault(locator: str) -> tuple[str, str, str] | None:
    """(code, reason, fix) when a locator is neither `para. N` nor `p. N` with N from 1."""
    if _LOCATOR.fullmatch(locator):
        return None
    number = re.search(r"[0-9]+", locator)
    found = re.fullmatch(r"(?i)\s*(p(?:ar(?:a(?:graph)?)?)?|p(?:g|age)?|§|¶)?\.?\s*0*([1-9][0-9]{0,6})\s*", locator)
    if found and found.group(1):
        unit = "p." if re.fullmatch(r"(?i)p(?:g|age)?", found.group(1)) else "para."
        fix = f"Write '{unit} {found.group(2)}'"
    else:
        fix = f"Write 'para. {number.group() if number and int(number.group()) else 12}', or 'p. 3' for a page"
    return "locator-unreadable", "the locator is neither 'para. N' nor 'p. N'", fix


def passage_fault(passage: str) -> tuple[str, str, str] | None:
    """(code, reason, fix) for the first thing wrong with the shape of a passage, or a note about its
    ellipsis."""
    if len(passage) < 400 and "..." not in passage and _WELL_MADE.fullmatch(passage):
        return None
    parts = ends_of(passage)
    if len(parts) > 2:
        reason = f"the passage has {len(parts) - 1} ellipses; one stands between its first and its last words"
        return "passage-shape", reason, "Keep the first words … the last words"
    if not all(parts):
        side = "after" if parts[0] else "before"
        return (
            "passage-shape",
            f"the passage has no words {side} its ellipsis",
            "Write: first words … last words",
        )
    counts = [words_in(part) for part in parts]
    if sum(counts) < PASSAGE_LEAST_WORDS:
        words = "1 word" if sum(counts) == 1 else f"{sum(counts)} words"
        reason = f"the passage has {words}; fewer than {PASSAGE_LEAST_WORDS} prove nothing"
        return "passage-too-short", reason, "Cite more of it"
    if max(counts) > PASSAGE_WORDS:
        which = "the passage" if len(parts) == 1 else "its beginning" if counts[0] > PASSAGE_WORDS else "its end"
        reason = f"{which} quotes {max(counts)} words; at most {PASSAGE_WORDS} at each end are quoted"
        return "passage-too-long", reason, "Keep the first words … the last words"
    if len(parts) == 2 and " … " not in " ".join(passage.split()):
        return (
            "passage-ellipsis",
            "dots or brackets were read as the ellipsis",
            "Write ' … ' (U+2026 between spaces)",
        )
    return None
