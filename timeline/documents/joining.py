"""Joining: a page of a PDF as one line of running text.

In: the texts of pages, with the line ends of their layout. Out: each page on one line, and the places where more than
white space was changed. It must not know files or citations.

White space becomes one space, soft hyphens go, letters are composed (NFC). A word that was divided at a line end is
put together: without its hyphen, unless the document has the word with its hyphen elsewhere, and not without. That is
a guess, and composition is a change: a citation over such a place is `folded`, never `exact`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WHITE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|[\n\r\f\v\x85\u2028\u2029])[ \t\n\r\f\v]*")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIVIDED = re.compile(r"([^\W_]+(?:[-‐‑][^\W_]+)*)([-‐‑–]|\u00ad)$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(r"[^\W_]+")
_SOFT = "\u00ad"
_ALONE = re.compile(rf"(?<!\S){_SOFT}+(?!\S)")


def join(pages: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """The pages, each on one line, and for each the places of characters at which something was mended (rising
    offsets in the page). In time linear in the text."""
    clean = [_SURROGATE.sub("\ufffd", _ALONE.sub("", _NO_TEXT.sub("", page))) for page in pages]
    known = _known(clean)
    joined = [_page(page, known) for page in clean]
    return tuple(text for text, _ in joined), tuple(places for _, places in joined)


def _known(pages: Sequence[str]) -> set[str]:
    """The words of the document, and those with a hyphen that stand within a line, in small letters."""
    found: set[str] = set()
    for page in pages:
        for line in _LINE_END.split(page):
            found.update(word.lower() for word in _WORD.findall(line))
            found.update(word.lower().translate(_PLAIN) for word in _COMPOUND.findall(line))
    return found


_PLAIN = {ord("‐"): "-", ord("‑"): "-"}


def _page(page: str, known: set[str]) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    places: list[int] = []
    length = 0
    held = ""  # the last line, which may be the first part of a word
    mended = False  # whether `held` begins in the midst of a mended word
    for line in [*_LINE_END.split(page), ""]:
        line = _WHITE.sub(" ", line).strip(" ")
        if held and not line:
            kept, glue = held, " "
        elif held:
            kept, glue = _divided(held, line, known)
        else:
            held = line
            continue
        text, own = _composed(kept)
        places += [length] if mended else []
        places += [length + place for place in own]
        pieces += text, glue
        length += len(text) + len(glue)
        held, mended = line, not glue
    return "".join(pieces).strip(" "), tuple(dict.fromkeys(places))


def _divided(line: str, following: str, known: set[str]) -> tuple[str, str]:
    """What is kept of a line, and what stands between it and the following one: a space, or nothing."""
    division = _DIVIDED.search(line[-200:])
    rest = _FIRST.match(following)
    if not division or not rest:
        return line, " "
    left, mark, right = division[1], division[2], rest[0]
    if mark == _SOFT:
        return line[:-1], ""
    if "/" in line[line.rfind(" ") + 1 :]:  # an address, whose hyphen is its own
        return line, ""
    if mark == "–" or left[-1].isdigit() or right[0].isdigit():  # 2014-2015, COVID-19; else a dash between words
        return line, "" if mark != "–" or (left[-1].isdigit() and right[0].isdigit()) else " "
    tail = _WORD.findall(left)
    whole = ((tail[-1] if tail else left) + right).lower()
    compound = f"{left}-{right}".lower().translate(_PLAIN)
    if right[0].isupper():  # Anglo-Saxon, unless MINIS-TER is told by MINISTER
        joined = whole in known and compound not in known
    else:
        joined = whole in known or compound not in known
    return (line[:-1] if joined else line), ""


def _composed(line: str) -> tuple[str, list[int]]:
    """The line without soft hyphens and in NFC, and where words were changed by that."""
    if _SOFT not in line and (line.isascii() or unicodedata.is_normalized("NFC", line)):
        return line, []
    words, places, length = [], [], 0
    for word in line.split(" "):
        new = unicodedata.normalize("NFC", word.replace(_SOFT, ""))
        if new != word:
            places.append(length)
        words.append(new)
        length += len(new) + 1
    return " ".join(words), places
