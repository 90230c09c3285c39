"""Romanising: whether two names may be one name, brought into Latin letters by different rules.

In: names. Out: groups of them. Must not know: tables.

`Зеленский`, `Zelensky`, `Zelenskyy` and `Zelenskiy`; `Kharkov` and `Kharkiv`; `Lugansk` and `Luhansk`: every
name is brought into ASCII, and the spellings that the usual romanisations of Russian and Ukrainian (BGN/PCGN,
ISO 9, the German and the passport forms) have for one letter are made one. It is a reason to look, no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii

from timeline.table.names import skeleton

LEAST = 4  # letters: of shorter names ("Lee", "Li") too little is left to compare
_NUMBER = re.compile(r"[0-9ivx]+")  # Nicholas I and Nicholas II are two
_WORD = re.compile(r"[a-z0-9]+")
_SPELLINGS = tuple(
    (re.compile(pattern), one)
    for pattern, one in (
        (r"shch|sch|tsch|tch", lambda match: "ch" if match.group() in ("tsch", "tch") else "sh"),
        (r"kh|gh", "h"),
        (r"(?<=.)g", "h"),  # Russian g is Ukrainian h; at the start of a word they tell names apart
        (r"tz", "ts"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ph", "f"),
        (r"ck", "k"),
        (r"(?:[iyj]e|[iyj][iyj])(?=[^aeiouyj])", "i"),  # Kiev, Kyiv
        (r"[iyj]{1,3}$|e[iyj]$", "i"),  # -y, -iy, -yy, -ij; Sergei, Sergey
        (r"[yj]", "i"),
        (r"(?<=..)[oi]v$", "v"),  # Kharkov, Kharkiv
        (r"([a-z])\1+", r"\1"),
    )
)


def romanised(name: str) -> str:
    """The name in ASCII, with one spelling for what different romanisations write differently; "" for a name
    that is too short."""
    words = _WORD.findall(anyascii(name).casefold().replace("'", ""))
    if sum(map(len, words)) < LEAST:
        return ""
    made = []
    for word in words:
        for pattern, one in () if _NUMBER.fullmatch(word) else _SPELLINGS:
            word = pattern.sub(one, word)
        made.append(word)
    return "".join(made)


def romanised_twins(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Groups of names that differ in their romanisation only, one name for each skeleton (names with one
    skeleton are twins already)."""
    groups: dict[str, dict[str, str]] = {}
    for name in names:
        key = romanised(name)
        if key:
            groups.setdefault(key, {}).setdefault(skeleton(name), name)
    return [tuple(group.values()) for group in groups.values() if len(group) > 1]
