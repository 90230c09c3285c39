"""Grammar: a language's words and patterns, made into regular expressions.

In: a Language, which is data. Out: its Grammar: compiled rules, what their words mean, and where in a text it is
worth while to try them. It must not know calendars, texts or any language in particular.

How patterns are written: a name in capitals stands for a fragment (`MONTH` for any form of any month), `_` for white
space of any kind, for documents hold no-break spaces and wrapped lines. Every repeat is bounded, so that a hostile
text costs no more than an honest one. A group `it` is what is found where the pattern must see more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

SPACE = r"\s{1,3}"
REACH = 80
"""Characters before and after an anchor in which a rule may match."""
_TOKEN = 40
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SHARED = {
    "YEAR": r"(?:1[0-9]|20|21)[0-9]{2}(?![0-9]|[.,][0-9])",
    "SHORT": r"['’‘`][0-9]{2}(?![0-9\w])",
    "NUMERAL": r"[0-9]{1,3}",
    "LETTER": r"[^\W\d_]",
    "DASH": r"[-‐-–—]",
}
NUMBER = "number"
Words = Mapping[str, int | str]
"""Forms of words, each with what it means."""
_PIECE = re.compile(
    r"(?P<number>(?<![0-9])[12][0-9]{3}(?![0-9])|(?<![0-9])[0-9]{1,2}(?:[./:][0-9]|st|nd|rd|th|-|\s?[ap]\.?m)|['’‘`][0-9]{2})"
    r"|[^\W\d_]+"
)


def listed(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule as data: its name, the kind of word without which it cannot match, the name of its reader, and its
    pattern."""

    name: str
    anchor: str
    reader: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Tense:
    """The words (small) that say what lies ahead, and what behind.

    `ahead` and `behind` do alone, `ahead_to` before one of `to`, `ahead_beside` and `behind_beside` right before a
    date (the first also with one of `prepositions` between them); words that do may end in `ahead_ends` and
    `behind_ends`. `bounds` ("by") right before a date look ahead when no verb says anything, and weaken what looks
    back. `auxiliaries`, and words that end in `adverbs`, stand between a verb that looks ahead and its participle;
    after one of `comparing` a verb says nothing ("as expected"), and after a pair of `over` what lay ahead is behind
    ("had been expected"); `passing` words are not heard ("also said"). A pair of
    `ahead_pairs` looks ahead after what is no verb ("guidelines to be published").
    """

    ahead: frozenset[str]
    behind: frozenset[str]
    ahead_to: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    ahead_beside: frozenset[str] = frozenset()
    behind_beside: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    comparing: frozenset[str] = frozenset()
    passing: frozenset[str] = frozenset()
    over: frozenset[tuple[str, str]] = frozenset()
    ahead_pairs: frozenset[tuple[str, str]] = frozenset()
    adverbs: tuple[str, ...] = ()
    ahead_ends: tuple[str, ...] = ()
    behind_ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Words by kind, each form with what it means (a number, or a name that a reader knows), fragments, rules, and
    how to tell what lies ahead from what lies behind.

    The kinds in `cased` are met only as written or in capitals. `anchors` name the kinds that a rule may hang on;
    numbers are always one.
    """

    tag: str
    words: Mapping[str, Words]
    fragments: Mapping[str, str]
    shapes: tuple[Shape, ...]
    anchors: tuple[str, ...]
    tense: Tense
    cased: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape, compiled. `found` is the group that is the mention: 0, or `it`; of two rules that find the same words
    the one of lower `rank` reads them."""

    name: str
    reader: str
    pattern: re.Pattern[str]
    found: int
    rank: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language, compiled."""

    language: Language
    rules: Mapping[str, list[Rule]]
    meanings: Mapping[str, Words]
    anchors: Mapping[str, tuple[str, ...]]

    def tense(self, text: str, first: bool = False) -> str:
        """What the last verb of these words (or the first) says: "ahead", "behind", or "". A participle goes with its
        auxiliary ("will be closed")."""
        return _tense(self.language.tense, text, first)

    def bounded(self, text: str) -> bool:
        """Whether the last word sets a bound ("by")."""
        words = _WORD.findall(text[-20:].lower())
        return bool(words) and words[-1] in self.language.tense.bounds

    def means(self, kind: str, text: str | None) -> int | str | None:
        """What these words mean, of this kind; None when they are none of it."""
        return None if text is None else self.meanings.get(kind, {}).get(_plain(text))

    def windows(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """By kind of anchor, the stretches of `text` about its words, merged: only there a rule can match."""
        found: dict[str, list[tuple[int, int]]] = {}
        for piece in _PIECE.finditer(text):
            kinds = (NUMBER,) if piece["number"] else self.anchors.get(piece.group().casefold())
            if kinds is None:
                continue
            start, end = max(0, piece.start() - REACH), piece.end() + REACH
            for kind in kinds:
                spans = found.setdefault(kind, [])
                if spans and start <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
        return {kind: [(start, _whole(text, end)) for start, end in spans] for kind, spans in found.items()}

    def matches(self, text: str) -> Iterator[tuple[re.Match[str], Rule]]:
        """All that the rules propose, by the anchors that the text has; they overlap."""
        for anchor, windows in self.windows(text).items():
            for rule in self.rules[anchor]:
                for start, end in windows:
                    for match in rule.pattern.finditer(text, start, end):
                        yield match, rule


@lru_cache(maxsize=10_000)
def _tense(by: Tense, text: str, first: bool) -> str:
    heard = _WORD.findall(text.lower().replace("’", "'"))
    words = ["", *(word for word in heard if word not in by.passing), ""]
    found, governed = "", False
    for earlier, before, word, after in zip(["", *words][:-3], words[:-2], words[1:-1], words[2:], strict=True):
        if word in by.ahead or (word in by.ahead_to and after in by.to) or word.endswith(by.ahead_ends):
            if before not in by.comparing:
                found, governed = ("behind", False) if (earlier, before) in by.over else ("ahead", True)
        elif (before, word) in by.ahead_pairs and earlier not in by.behind and not earlier.endswith(by.behind_ends):
            found, governed = "ahead", True
        elif word in by.behind:
            found = found if before in by.auxiliaries else "behind"
        elif len(word) > 3 and word.endswith(by.behind_ends) and not governed:
            found = "behind"
        elif word not in by.auxiliaries and not word.endswith(by.adverbs):
            governed = False
        if found and first:
            return found
    if first or len(words) < 3:
        return found
    place = -2 if words[-2] not in by.prepositions else -3
    if words[place] in by.ahead_beside or " ".join(words[-4:-1]) in by.ahead_beside:
        lasted = found == "behind" and words[place - 1 :][0].endswith(by.behind_ends)  # "lasted until"
        return "behind" if lasted else "ahead"
    return "behind" if words[-2] in by.behind_beside else found


@cache
def grammar(language: Language) -> Grammar:
    """The language, compiled once."""
    fragments = dict(SHARED)
    for kind, forms in language.words.items():
        fragments[kind.upper()] = _any(forms, kind in language.cased)
    for name, fragment in language.fragments.items():
        fragments[name] = expanded(fragment, fragments)
    rules: dict[str, list[Rule]] = {anchor: [] for anchor in (*language.anchors, NUMBER)}
    for rank, shape in enumerate(language.shapes):
        pattern = re.compile(expanded(shape.pattern, fragments))
        rules[shape.anchor].append(Rule(shape.name, shape.reader, pattern, pattern.groupindex.get("it", 0), rank))
    anchors: dict[str, tuple[str, ...]] = {}
    for kind in language.anchors:
        # The longest word of a form tells that it may stand here.
        for word in {max(_LETTERS.findall(form.casefold()), key=len) for form in language.words[kind]}:
            anchors[word] = (*anchors.get(word, ()), kind)
    meanings = {kind: {_plain(form): value for form, value in forms.items()} for kind, forms in language.words.items()}
    return Grammar(language, rules, meanings, anchors)


def expanded(pattern: str, fragments: Mapping[str, str]) -> str:
    """A pattern with its names and its blanks written out."""
    names = re.sub(r"[A-Z][A-Z]{2,}", lambda name: fragments.get(name.group(), name.group()), pattern)
    return re.sub(r"(?<!\\d)_", lambda _: SPACE, names)


def _any(forms: Words, cased: bool) -> str:
    """Any of these forms, the longest first, and not the beginning of a longer word."""
    written = {*forms, *(form.upper() for form in forms)} if cased else set(forms)
    longest = sorted(written, key=lambda form: (-len(form), form))
    options = "|".join(re.escape(form).replace(r"\ ", SPACE).replace("'", "['’]") for form in longest)
    return rf"(?{'' if cased else 'i'}:{options})(?![^\W\d_])"


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).rstrip(".")


def _whole(text: str, end: int) -> int:
    """`end`, moved on to the end of its token, for what is looked ahead for must be seen."""
    space = re.compile(r"\s").search(text, min(end, len(text)), min(end + _TOKEN, len(text)))
    return space.end() if space else min(end + _TOKEN, len(text))
