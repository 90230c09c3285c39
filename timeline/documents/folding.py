"""Folding: a text as a reader sees it, with a map back to every character as it was written.

In: any string. Out: Folded, the string with typographic accidents taken away, and for each of its characters
the stretch of the original it came from. Two texts that fold to the same string differ only by the kind of
quotes, dashes and spaces, by invisible characters, by ligatures and width, or by composition (NFC). Letters,
case and accents stay: a different word never folds to the same one. It must not know what a document, a
passage or a citation is.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

_SINGLE_QUOTES = "‘’‚‛‹›′ʹʻʼʽ´＇"
_DOUBLE_QUOTES = "“”„‟«»″〝〞＂"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
# Everything that str.isspace() calls a space, less the two line ends, which the joining of hyphenated lines
# still needs.
_SPACES = "\t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
_SPACES += "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
# Soft hyphen, combining grapheme joiner, zero-width characters, direction marks, word joiner, variation
# selectors, BOM.
_UNSEEN = "\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f"
_UNSEEN += "\\ufe00-\\ufe0f\\ufeff"

# One character for one character: str.translate does these at once, and no offset moves.
_SAME_LENGTH = {
    **{ord(mark): "'" for mark in _SINGLE_QUOTES},
    **{ord(mark): '"' for mark in _DOUBLE_QUOTES},
    **{ord(mark): "-" for mark in _DASHES},
    **{ord(mark): " " for mark in _SPACES},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in (0xFF02, 0xFF07, 0xFF0D)},
}
# However they are composed: A with a ring is a capital as A is.
_CAPITALS = "".join(chr(code) for code in range(0x41, 0x2C00) if chr(code).isupper())
_EXPANDED = {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

# What changes the length. Every repeat is over one class and is consumed where it matches, so the scan is
# linear.
_CHANGES = re.compile(
    rf"(?P<joined>(?<=[^\W\d_])[-\u00ad] ?(?:\r\n|\r|\n) ?(?![{_CAPITALS}])(?=[^\W\d_]))"
    rf"|(?P<space> *[\r\n{_UNSEEN}][ \r\n{_UNSEEN}]*| {{2,}})"
    rf"|(?P<dashes>-(?:[{_UNSEEN}]*-)+)"
    rf"|(?P<expanded>[{''.join(_EXPANDED)}])"
)
_SPACE = re.compile(r"[ \r\n]")
_BEYOND_LATIN = re.compile("[\u0300-\U0010ffff]")
# Unicode's stream-safe limit (UAX 15): sorting an endless run of marks would take quadratic time.
_MARKS_AT_ONCE = 30


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A folded text; character i of `text` comes from `starts[i]` up to, not including, `ends[i]` of the
    original."""

    text: str
    starts: array[int]
    ends: array[int]

    @property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """The stretch of the original, [start, end), of each folded character; both ends never go back."""
        return tuple(zip(self.starts, self.ends, strict=True))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original behind the folded characters [start, end); empty stretches stay
        empty."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold quotes, dashes, spaces, invisible characters, ellipses, ligatures, full-width forms and
    composition (NFC).

    Runs of spaces, tabs and line ends become one space; a word hyphenated at a line end is joined. Takes any
    string, never raises, in time linear in its length.
    """
    pieces: list[str] = []
    starts, ends = array("Q"), array("Q")
    plain = text.translate(_SAME_LENGTH)
    done = 0

    def keep(upto: int) -> None:
        if upto > done:
            pieces.append(plain[done:upto])
            starts.extend(range(done, upto))
            ends.extend(range(done + 1, upto + 1))

    for change in _CHANGES.finditer(plain):
        start, end = change.span()
        keep(start)
        done = end
        if change.lastgroup == "joined":
            continue
        if change.lastgroup == "space":
            new = " " if _SPACE.search(change.group()) else ""
        else:
            new = "-" if change.lastgroup == "dashes" else _EXPANDED[change.group()]
        pieces.append(new)
        starts.extend([start] * len(new))
        ends.extend([end] * len(new))
    keep(len(plain))
    return _compose(Folded("".join(pieces), starts, ends))


def _compose(folded: Folded) -> Folded:
    """NFC, cluster by cluster, so that each composed character knows the whole cluster it came from."""
    # Nothing below U+0300 composes or changes under NFC: most texts end here.
    if not _BEYOND_LATIN.search(folded.text):
        return folded
    pieces: list[str] = []
    starts, ends = array("Q"), array("Q")
    done = 0
    for cluster in _clusters().finditer(folded.text):
        old = cluster.group()
        new = unicodedata.normalize("NFC", old)
        if new == old:
            continue
        start, end = cluster.span()
        pieces += folded.text[done:start], new
        starts.extend(folded.starts[done:start])
        ends.extend(folded.ends[done:start])
        starts.extend([folded.starts[start]] * len(new))
        ends.extend([folded.ends[end - 1]] * len(new))
        done = end
    if not done:
        return folded
    pieces.append(folded.text[done:])
    starts.extend(folded.starts[done:])
    ends.extend(folded.ends[done:])
    return Folded("".join(pieces), starts, ends)


@lru_cache(maxsize=1)
def _clusters() -> re.Pattern[str]:
    """The stretches that NFC may change: a character with its marks, or one that changes by itself.

    The classes come from this Python's own Unicode tables; made once, and only for a text that needs them.
    """
    marks, alone = [], []
    for code in (*range(0x300, 0xD800), *range(0xF900, 0x20000), *range(0x2F800, 0x2FA20)):
        character = chr(code)
        # Hangul vowels and finals are letters, yet they compose with what stands before them.
        if unicodedata.category(character)[0] == "M" or 0x1161 <= code <= 0x1175 or 0x11A8 <= code <= 0x11C2:
            marks.append(character)
        elif not unicodedata.is_normalized("NFC", character):
            alone.append(character)
    mark, changed = _one_of(marks), _one_of(alone)
    return re.compile(f".?{mark}{{1,{_MARKS_AT_ONCE}}}|{changed}", re.DOTALL)


def _one_of(characters: list[str]) -> str:
    """A pattern for one of these. Those beyond U+FFFF stand apart: with them, re looks through a class one by
    one."""
    near = "".join(re.escape(character) for character in characters if character <= "\uffff")
    far = "".join(character for character in characters if character > "\uffff")
    return f"(?:[{near}]|(?=[\U00010000-\U0010ffff])[{far}])" if far else f"[{near}]"
