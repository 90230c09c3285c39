"""Text of a table made fit for one line of a written page: no line ends, no controls, nothing that turns what follows.

In: any text. Out: text that XML 1.0 can hold, with the same words. It must not know formats:
each escapes what it has to.
"""

from __future__ import annotations

import re
import unicodedata

LOST = "\ufffd"  # stands for what no file can hold: half a surrogate pair, a control
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_EMBEDDED, _ISOLATED, _POP, _RELEASE = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068", "\u202c", "\u2069"


def line(text: str) -> str:
    """`text` in one line; what XML forbids becomes U+FFFD, and directions that it leaves open are closed."""
    if text.isascii() and text.isprintable():
        return text.strip(" ")
    return _closed(_FORBIDDEN.sub(LOST, _BREAKS.sub(" ", text))).strip(" ")


def _closed(text: str) -> str:
    """`text` with the marks that end what its direction marks (UAX #9) began; marks that end nothing are dropped."""
    if not _TURNS.search(text):
        return text
    open_: list[str] = []
    kept: list[str] = []
    for sign in text:
        if sign in _EMBEDDED:
            open_.append(_POP)
        elif sign in _ISOLATED:
            open_.append(_RELEASE)
        elif sign in (_POP, _RELEASE):
            if sign not in open_:
                continue
            while open_.pop() != sign:
                kept.append(_POP if sign == _RELEASE else _RELEASE)
        kept.append(sign)
    return "".join(kept + open_[::-1])


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def stop(text: str) -> str:
    """The full stop that `text` wants at its end: none where it has one."""
    return "" if text.endswith((".", "!", "?", "…")) else "."


def listed(values: list[str] | tuple[str, ...]) -> str:
    """Values in a row, for people: "a", "a and b", "a, b and c"."""
    return " and ".join(values) if len(values) < 3 else f"{', '.join(values[:-1])} and {values[-1]}"
