"""Acting: who is named in a sentence: actors that the table knows, and new names that it might want to know.

In: the actors of a table, sentences. Out: names, with where they stand. It must not know rows, files or the page. It
proposes; whoever is merely named is no actor yet, and that a person decides.

- A known name or alias counts as a whole word, the longest first; "Arland's" is Arland. Capitals are compared as people
  use them: an abbreviation must be written as it is listed ("US" is not "us"), any other name at least capitalised.
- Of a person whose surname nobody else bears the surname is enough.
- A new name is a run of capitalised words, joined by "of", "of the" and their like; not what begins a sentence, nor
  months, weekdays and titles.

Time is linear in the text: names lie in a tree of words, and none is longer than its longest branch.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from timeline.table.names import fold_search

MOST_NEW = 8
"""New names that are proposed for one sentence."""
_LONGEST = 12  # words of a listed name; a longer one is a sentence
_HEADLINE = 7  # words
_READ = 20_000  # characters of a sentence that are looked at
_WORD = re.compile(r"[^\W_]+(?:[’'](?=[^\W\d_]{2})[^\W_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)[’']s$|(?<=s)[’']$", re.IGNORECASE)
_JOINS = frozenset({"of", "for", "de", "du", "des", "la", "von", "van", "der", "al", "ibn", "bin", "di", "da", "do"})
_AFTER_JOIN = frozenset({"the"})
_CAPITALISED = (
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun i "
    "a an the this that these those it its he she they we you his her their our my your who what which when where why "
    "how and or but nor so yet if as at by for from in into of off on onto out over per than to up via with without "
    "within yes no not only also even just still then there here now today yesterday tomorrow later earlier after "
    "before during since until till while because although though however moreover meanwhile according one two three "
    "four five six seven eight nine ten first second third last next both all some many most few each every another "
    "other such mr mrs ms dr prof sir dame lord lady rev hon st nos no vol para paras pp ch fig annex article section "
    "chapter para am pm ad bc bce ce gmt utc est cet"
)
_NO_NAMES = frozenset(_CAPITALISED.split())
_RANKS = (
    "president minister premier chancellor secretary ambassador general colonel major captain lieutenant sergeant "
    "king queen prince princess emperor senator governor mayor judge chairman chairwoman spokesman spokeswoman "
    "foreign prime defence defense deputy former acting vice"
)
_TITLES = frozenset(_RANKS.split())


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence: [start, end) as it stands there, and the actor's own name."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class _Branch:
    """Where a name may go on, by its next word; `ends` are (name, its words as listed) of names that end here."""

    onward: dict[str, _Branch] = field(default_factory=dict)
    ends: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class Cast:
    """The actors of a table, ready to be found in sentences. Safe to share between threads: it never changes."""

    def __init__(self, actors: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        """`actors` are (name, kind, aliases); where two claim the same words, the first has them."""
        listed = [(name, kind, [*aliases]) for name, kind, aliases in actors if name]
        self._root = _Branch()
        self.words: set[str] = set()
        for name, _, aliases in listed:
            for known in (name, *aliases):
                self._add(known, name)
        for surname, name in _surnames(listed):
            self._add(surname, name)

    def _add(self, known: str, name: str) -> None:
        words = tuple(word for word, _, _ in _words(known))
        for way in (words, tuple(words[0]) if len(words) == 1 and _abbreviated(words[0]) else ()):
            if not way or len(way) > _LONGEST or (len(way) == 1 and len(way[0]) < 2):
                continue
            branch = self._root
            for word in way:
                self.words.add(fold_search(word))
                branch = branch.onward.setdefault(fold_search(word), _Branch())
            if all(listed != way for _, listed in branch.ends):
                branch.ends.append((name, way))

    def found_in(self, sentence: str) -> list[Named]:
        """The known actors in the order in which they stand, each place once; bounded time."""
        words = list(_words(sentence[:_READ]))
        found, at = [], 0
        while at < len(words):
            name, length = self._longest(sentence, words, at)
            if name:
                found.append(Named(name, words[at][1], words[at + length - 1][2]))
            at += max(length, 1)
        return found

    def _longest(self, sentence: str, words: Sequence[tuple[str, int, int]], at: int) -> tuple[str, int]:
        branch, best = self._root, ("", 0)
        for length, (word, start, end) in enumerate(words[at : at + _LONGEST], 1):
            if length > 1 and not _close(sentence[words[at + length - 2][2] : start]):
                break
            onward = branch.onward.get(fold_search(word))
            if onward is None:
                break
            branch = onward
            written = [one for one, _, _ in words[at : at + length]]
            name = next((name for name, listed in branch.ends if _alike(written, listed)), "")
            if name and not _compound(sentence, words[at][1], end):
                best = (name, length)
        return best


def cast_of(names: Mapping[str, tuple[str, str, str]]) -> Cast:
    """The cast of a directory of actors: name -> (kind, part_of, aliases separated by `;`)."""
    return Cast(
        (name, kind, [alias.strip() for alias in aliases.split(";") if alias.strip()])
        for name, (kind, _, aliases) in names.items()
    )


def actors_in(sentence: str, cast: Cast) -> list[str]:
    """The actors of the table that a sentence names, each once, in their order there."""
    return list(dict.fromkeys(one.name for one in cast.found_in(sentence)))


def new_names(sentence: str, cast: Cast, dates: Collection[tuple[int, int]] = ()) -> list[str]:
    """Capitalised names in a sentence that the table does not know, each once, at most MOST_NEW. What lies in one of
    `dates`, [start, end) of the sentence, is no name."""
    taken = [*dates, *((one.start, one.end) for one in cast.found_in(sentence))]
    words = list(_words(sentence[:_READ]))
    capitals = sum(word[:1].isupper() for word, _, _ in words)
    if len(words) > _HEADLINE and capitals * 5 > len(words) * 4:
        return []  # a headline in capitals says nothing about what is a name
    found: dict[str, None] = {}
    for run in _runs(sentence, words, taken):
        name = " ".join(sentence[run[0][1] : run[-1][2]].split())
        if len(name) > 2 or (len(name) == 2 and name.isupper()):
            found.setdefault(name, None)
        if len(found) == MOST_NEW:
            break
    return list(found)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """(word, start, end) without a possessive ending."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        yield word, match.start(), match.start() + len(word)


def _runs(
    sentence: str, words: Sequence[tuple[str, int, int]], taken: Collection[tuple[int, int]]
) -> Iterator[list[tuple[str, int, int]]]:
    """Runs of capitalised words that touch nothing that is taken."""
    run: list[tuple[str, int, int]] = []
    waiting: list[tuple[str, int, int]] = []
    before = 0
    for number, one in enumerate(words):
        word, start, end = one
        gap = sentence[before:start]
        before = end
        free = not _compound(sentence, start, end) and not any(a < end and start < b for a, b in taken)
        opens = number == 0 or re.search(r"[.!?:…]\W*$", gap) is not None
        low = word.casefold()
        if run and free and _close(gap) and (low in _JOINS or (waiting and low in _AFTER_JOIN)):
            waiting.append(one)
            continue
        names = free and word[:1].isupper() and low not in _NO_NAMES and not (opens and not _goes_on(words, number))
        if not names or (run and not _close(gap)):
            yield from _told(run)
            run, waiting = [], []
        if names:
            run += [*waiting, one] if run else [one]
        waiting = []
    yield from _told(run)


def _told(run: list[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    """A run without the titles before it; a run of titles alone names nobody."""
    while run and run[0][0].casefold() in _TITLES:
        run = run[1:]
    if run:
        yield run


def _goes_on(words: Sequence[tuple[str, int, int]], number: int) -> bool:
    """Whether a capitalised word stands right after, so that the first word of a sentence may be part of a name."""
    after = words[number + 1] if number + 1 < len(words) else ("", 0, 0)
    return after[0][:1].isupper() and after[0].casefold() not in _NO_NAMES and after[1] - words[number][2] == 1


def _close(gap: str) -> bool:
    """Whether two words stand so close that a name may hold both: spaces, a hyphen, the full stop of an initial."""
    return len(gap) <= 3 and not gap.strip(" .-‐‑&\u00a0\u202f\n\t’'") and "\u2029" not in gap and gap != ". " * 2


def _compound(sentence: str, start: int, end: int) -> bool:
    """Whether the words are part of a compound, as in "Arland-made" or "anti-Arland"."""
    after = sentence[end : end + 2]
    before = sentence[max(0, start - 2) : start]
    return (len(after) == 2 and after[0] in "-‐‑" and after[1].islower()) or (
        len(before) == 2 and before[1] in "-‐‑" and before[0].islower()
    )


def _abbreviated(word: str) -> bool:
    return 2 <= len(word) <= 6 and word.isupper()


def _alike(written: Sequence[str], listed: Sequence[str]) -> bool:
    """Whether words are written as a name is listed: an abbreviation as it stands, others at least as capitalised."""
    for ours, theirs in zip(written, listed, strict=True):
        if (_abbreviated(theirs) or len(theirs) == 1) and ours != theirs:
            return False
        if theirs[:1].isupper() and not ours[:1].isupper():
            return False
    return True


def _surnames(listed: Sequence[tuple[str, str, Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """(surname, name) of the persons whose last word is nobody else's name, nor part of one."""
    bearers: dict[str, set[str]] = {}
    for name, _, aliases in listed:
        for known in (name, *aliases):
            for word, _, _ in _words(known):
                bearers.setdefault(fold_search(word), set()).add(name)
    for name, kind, _ in listed:
        words = [word for word, _, _ in _words(name)]
        if kind == "person" and len(words) > 1 and len(words[-1]) > 3 and bearers[fold_search(words[-1])] == {name}:
            yield words[-1], name
