"""EDTF in other spellings: the draft of 2012 (`199u`, `2014/open`), lower case, stray spaces, ISO times of
machines.

In: text. Out: the spelling of 2019 and what was changed, each as (code, reason). Must not know: what the date
means.

Nothing is read here: a text that is no EDTF in any spelling comes back with or without changes, and the
reader refuses it.
"""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[-0-9uxXyYeEsStTzZ?~%:+.,/\[\]{}()]{3,200}")
_WORD_END = re.compile(r"(?:open|unknown)(?=/)|(?<=/)(?:open|unknown)", re.IGNORECASE)
_GROUP = re.compile(r"\(([-0-9uxX]{2,11})\)(\?~|~\?|[?~%])")
_SPACE = re.compile(r" ?([/,\[\]{}]|\.\.) ?")
_CLOCK = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})([Tt])([0-9:]{4,8})([.,][0-9]{1,12})?([Zz]|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})?"
)
_DASHES = str.maketrans({"−": "-", "‐": "-", "‑": "-", "–": "-", "—": "-"})


def respell(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text in the spelling of 2019, and what was changed: a list of (code, reason), empty when nothing
    was."""
    changes: list[tuple[str, str]] = []

    def change(old: str, new: str, code: str, reason: str) -> str:
        if new != old:
            changes.append((code, reason))
        return new

    dashed = text.translate(_DASHES)
    # a dash between two years is a range, not a month: only whole days and minus signs are mended
    if re.fullmatch(r"-[0-9X]{4}.{0,40}|[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,40}", dashed) and dashed.isascii():
        text = change(text, dashed, "date-note", "has a dash where EDTF has a hyphen")
    text = change(text, _SPACE.sub(r"\1", text), "date-note", "has spaces, and EDTF has none")
    text = change(
        text,
        _WORD_END.sub(lambda word: ".." if word[0].lower() == "open" else "", text),
        "date-2012",
        "is spelt as in the EDTF draft of 2012: an open end is '..', an unknown one is empty",
    )
    if not _LETTERS.fullmatch(text):
        return text, changes
    text = change(
        text,
        _GROUP.sub(_ungroup, text),
        "date-2012",
        "is spelt as in the EDTF draft of 2012: it has brackets",
    )
    text = change(
        text,
        text.replace("?~", "%").replace("~?", "%"),
        "date-2012",
        "is spelt as in the EDTF draft of 2012: uncertain and approximate is '%'",
    )
    text = change(
        text,
        text.replace("u", "X").replace("x", "X"),
        "date-2012",
        "is spelt as in the EDTF draft of 2012: an unspecified digit is 'X'",
    )
    text = change(
        text,
        re.sub(r"(?<=-)\?\?(?=-|$)", "XX", text),
        "date-note",
        "has question marks for digits, and EDTF has 'XX'",
    )
    text = change(
        text, re.sub(r"(?<![0-9])y(?=-?[0-9])", "Y", text), "date-2012", "has a small y, and EDTF a capital Y"
    )
    text = change(
        text,
        re.sub(r"(?<=[0-9])[es](?=[0-9])", lambda letter: letter[0].upper(), text),
        "date-note",
        "has a small letter, and EDTF a capital",
    )
    text = change(
        text,
        re.sub(r"(?<![0-9])Y(-?[0-9]{4})(?![0-9E])", r"\1", text),
        "date-note",
        "has a Y, which only years of more than four digits need",
    )
    return _CLOCK.sub(lambda match: _clock(match, changes), text), changes


def _clock(match: re.Match[str], changes: list[tuple[str, str]]) -> str:
    """The time as EDTF spells it: capital T and Z, a colon in the zone, no fraction of a second."""
    day, letter, time, fraction, zone = (part or "" for part in match.groups())
    if fraction:
        changes.append(("date-note", "has a fraction of a second, which is left out"))
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
        changes.append(("date-note", "has a zone without its colon"))
    if letter + zone != (letter + zone).upper():
        changes.append(("date-note", "has a small letter, and EDTF a capital"))
    return f"{day}T{time}{zone.upper()}"


def _ungroup(match: re.Match[str]) -> str:
    """`(06-11)~` -> `~06-~11`: every part in the brackets gets the mark."""
    mark = "%" if len(match[2]) == 2 else match[2]
    sign = "-" if match[1].startswith("-") else ""
    return mark + sign + f"-{mark}".join(match[1].removeprefix("-").split("-"))
