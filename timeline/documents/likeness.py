"""Likeness: the words of a text that are most like a passage which does not stand in it.

In: a Text and the folded parts of a passage. Out: the most similar stretch, its score, and what speaks
against it. It must not know locators, tables or the page. Similarity is the normalised Indel similarity of
rapidfuzz, over windows of as many words as the part has, one more or one fewer.

A look-alike is not the passage. Where a negation or a number differs, the words say something else however
alike they look, and the match is refused ("agreed" and "not agreed", "lawful" and "unlawful", 300 and 3,000).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from rapidfuzz.distance import Indel

from timeline.documents.texts import Text

THRESHOLD = 0.85
_WORTH_TELLING = 0.55  # below that "the most similar words" help nobody
_STARTS = 20_000  # so many windows are compared at most, for one part of one citation
_COMMON = 400  # a word that stands more often than that leads to no place
_TRIED = 6

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NUMBER = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*")
_NEGATIONS = frozenset(
    (
        "no",
        "not",
        "never",
        "nor",
        "neither",
        "none",
        "nothing",
        "nobody",
        "nowhere",
        "without",
        "cannot",
        "hardly",
    )
)
_REVERSING = ("un", "in", "im", "il", "ir", "dis", "non", "anti", "mis")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The most similar stretch [start, end) of the folded text; `differs` says why it is refused in spite of
    that."""

    start: int
    end: int
    score: float
    places: int
    differs: str

    @property
    def accepted(self) -> bool:
        """Whether this may pass for the passage, with its score told."""
        return self.score >= THRESHOLD and not self.differs


@dataclass(frozen=True, slots=True)
class _Window:
    start: int
    end: int
    score: float
    differs: str


class _Words:
    """The words of a folded text, and where each stands."""

    def __init__(self, folded: str) -> None:
        self.spans = [token.span() for token in _TOKEN.finditer(folded)]
        self.starts = [start for start, _ in self.spans]
        self.where: defaultdict[str, list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(self.spans):
            self.where[_key(folded[start:end])].append(number)


_KNOWN: WeakKeyDictionary[Text, _Words] = WeakKeyDictionary()


def most_alike(
    text: Text, parts: tuple[str, ...], within: tuple[int, int] | None, limits: list[int], run_on: int
) -> Likeness | None:
    """The stretch most like `parts` in order, beginning `within` (folded offsets) or, for None, anywhere.

    `limits[i]` is where paragraph i+1 ends in the folded text; a stretch ends at most `run_on` paragraphs on.
    None when nothing is worth telling. Its score is that of its worst part.
    """
    folded = text.folded.text
    words = _KNOWN.get(text)
    if words is None:
        words = _KNOWN[text] = _Words(folded)
    if within is None:
        firsts: Iterable[int] = _leads(words, parts[0])
    else:
        low, high = bisect_left(words.starts, within[0]), bisect_left(words.starts, within[1])
        firsts = range(low, high) if high - low <= _STARTS else _leads(words, parts[0], low, high)
    found: list[Likeness] = []
    for first in _windows(folded, words, parts[0], firsts)[:_TRIED]:
        # The first windows come best first: the whole can be no better than its first part.
        if found and first.score < found[0].score - 0.1:
            break
        paragraph = bisect_left(limits, first.start + 1)
        limit = limits[min(paragraph + run_on, len(limits) - 1)]
        whole = _followed(folded, words, parts, first, limit)
        if whole:
            found.append(whole)
            found.sort(key=lambda likeness: (not likeness.accepted, -likeness.score))
    if not found:
        return None
    best = found[0]
    twins = sum(one.accepted == best.accepted and abs(one.score - best.score) < 0.002 for one in found)
    return Likeness(best.start, best.end, best.score, twins, best.differs)


def _followed(folded: str, words: _Words, parts: tuple[str, ...], first: _Window, limit: int) -> Likeness | None:
    """The first window with the best window of each further part after it, at least one word between."""
    score, differs, end = first.score, first.differs, first.end
    for part in parts[1:]:
        low = bisect_left(words.starts, end) + 1
        high = min(bisect_left(words.starts, limit), low + _STARTS)
        following = _windows(folded, words, part, range(low, high), limit)
        if not following:
            return None
        best = following[0]
        end, score, differs = best.end, min(score, best.score), differs or best.differs
    return Likeness(first.start, end, score, 1, differs)


def _windows(folded: str, words: _Words, part: str, firsts: Iterable[int], limit: int | None = None) -> list[_Window]:
    """The windows that are like `part` and begin at these words, the best first, none over another."""
    length = len(_TOKEN.findall(part))
    last = len(words.spans)
    head, tail = part[0].isalnum(), part[-1].isalnum()
    # A single word has no context that could vouch for it: it must be the same.
    least = _WORTH_TELLING if length > 1 else 1.0
    scored: list[tuple[float, int, int]] = []
    for first in firsts:
        for size in {max(1, length - 1), length, length + 1} if length > 1 else {1}:
            if first >= 0 and first + size <= last:
                start, end = words.starts[first], words.spans[first + size - 1][1]
                if limit is not None and end > limit:
                    continue
                # Marks around the words are no part of the passage unless it has some there itself.
                while tail and end > start + 1 and not folded[end - 1].isalnum():
                    end -= 1
                while head and start < end - 1 and not folded[start].isalnum():
                    start += 1
                score = Indel.normalized_similarity(part, folded[start:end], score_cutoff=least)
                if score:
                    scored.append((score, start, end))
    scored.sort(key=lambda one: (-one[0], one[1]))
    found: list[_Window] = []
    for score, start, end in scored[: 50 * _TRIED]:
        if len(found) < _TRIED and not any(start < other.end and other.start < end for other in found):
            found.append(_Window(start, end, score, _difference(part, folded[start:end])))
    return found


def _leads(words: _Words, part: str, low: int = 0, high: int | None = None) -> list[int]:
    """Where a window could begin, judged by the rarest words of the part."""
    keys = [_key(token) for token in _TOKEN.findall(part)]
    placed = [(len(words.where.get(key, ())), offset, key) for offset, key in enumerate(keys)]
    starts: set[int] = set()
    for count, offset, key in sorted(placed)[:8]:
        if 0 < count <= _COMMON:
            for number in words.where[key]:
                starts.update(range(number - offset - 1, number - offset + 2))
    high = len(words.spans) if high is None else high
    return sorted(start for start in starts if low <= start < high)


def _key(token: str) -> str:
    return token.strip("\"'.,;:!?()[]-").casefold()


def _difference(part: str, window: str) -> str:
    """What makes the two say different things, in words; "" when nothing is seen."""
    ours, theirs = _counted(part), _counted(window)
    more, fewer = ours - theirs, theirs - ours
    for word in (*more, *fewer):
        if word in _NEGATIONS or word.endswith("n't"):
            return f"a negation differs ('{word}')"
    for one in more:
        for other in fewer:
            if any(one == prefix + other or other == prefix + one for prefix in _REVERSING):
                return f"'{one}' and '{other}' are opposites"
    numbers = Counter(_NUMBER.findall(part)), Counter(_NUMBER.findall(window))
    if numbers[0] != numbers[1]:
        return "a number differs"
    return ""


def _counted(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(text))
