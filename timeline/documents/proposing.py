"""Proposing: which words of a text may tell a date, each with the reader that says which.

In: one paragraph, and a grammar (with a rule for another language beside it). Out: matches in the order of the text,
the longest where they overlap. It must not know calendars, documents or tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from timeline.documents import dated, parts, relative
from timeline.documents.foreign import foreign_rule
from timeline.documents.languages import LANGUAGES, Grammar, grammar
from timeline.documents.setting import Reader

READERS: dict[str, Reader] = {
    name: reader
    for room in (dated, parts, relative)
    for name, reader in vars(room).items()
    if name.startswith("read_") and callable(reader) and name != "read_date"
}
ENGLISH = "en"


class Proposal(NamedTuple):
    """A match, the rule's name, reader and rank, and the stretch [start, end) that is the mention."""

    start: int
    end: int
    match: re.Match[str]
    rule: str
    read: Reader
    rank: int


@dataclass(frozen=True, slots=True)
class Tongue:
    """How dates are told in a document: a grammar, and a rule beside it for a language that has none of its own."""

    grammar: Grammar
    foreign: tuple[re.Pattern[str], Reader] | None = None


def tongue(language: str) -> Tongue:
    """The rules for a document in this language (a BCP 47 tag, "" for English): its own, or those of English beside
    dates with a month named in it."""
    tag = re.split(r"[-_]", language.strip().casefold())[0]
    if tag in LANGUAGES:
        return Tongue(grammar(LANGUAGES[tag]))
    return Tongue(grammar(LANGUAGES[ENGLISH]), foreign_rule(language))


def propose(plain: str, by: Tongue) -> list[Proposal]:
    """What the rules propose, in order, the longest first where they overlap."""
    proposed = [
        Proposal(*match.span(rule.found), match, rule.name, READERS[rule.reader], rule.rank)
        for match, rule in by.grammar.matches(plain)
    ]
    if by.foreign is not None:
        pattern, read = by.foreign
        proposed += [Proposal(*match.span(), match, "foreign", read, -1) for match in pattern.finditer(plain)]
    proposed.sort(key=lambda one: (one.start - one.end, one.start, one.rank))
    taken = bytearray(len(plain))
    kept = []
    for one in proposed:
        # Longest first: whatever overlaps covers at least one end of the shorter.
        if not taken[one.start] and not taken[one.end - 1]:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)

