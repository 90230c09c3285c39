"""Weighing: what rows have in common, words or names, the rarer the heavier.

In: of each row the values that it has, with their weights. Out: how alike each row is to one with given values, as a
cosine from 0 to 1. It must not know tables, dates, or what likeness means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from timeline.table.names import fold_search

_TITLE = 2.0  # a word of a title counts as so many of a summary
_WORD = re.compile(r"[^\W_]{2,}")
_ENDING = re.compile(r"(?<=[a-z]{4})(?:ings?|ed|es|s|e)$")
_COMMON_WORDS = (
    "the and for that with from are was were has have had been being its his her their which who whom this these "
    "those into over under between against about after before during until since than then there also but not all any "
    "some more most other such only one two says said say states report reports according will would shall should "
    "could may might can does did done that they them what when where while both each per new"
)
_STOP = frozenset(_COMMON_WORDS.split())
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Links:
    """Which row has which value, one entry a link, with the weight of the link; `rarity` weighs the values."""

    row: Ints
    code: Ints
    weight: Floats
    number: Mapping[str, int]
    rarity: Floats
    length: Floats

    def cosines(self, own: Mapping[str, float]) -> Floats:
        """How alike each row is to one with these values (value -> weight), 0 to 1."""
        wanted = np.zeros(len(self.rarity) + 1)
        for value, weight in own.items():
            code = self.number.get(value)
            if code is not None:
                wanted[code] = weight * self.rarity[code]
        # Values that no row has speak against all rows alike.
        unknown = sum(weight**2 for value, weight in own.items() if value not in self.number)
        top = float(self.rarity.max(initial=1.0))
        norm = float(np.sqrt((wanted**2).sum() + unknown * top**2))
        if not norm or not len(self.row):
            return np.zeros(len(self.length))
        shares = wanted[self.code] * self.weight * self.rarity[self.code]
        dots = np.bincount(self.row, weights=shares, minlength=len(self.length))
        return np.divide(dots, self.length * norm, out=np.zeros_like(dots), where=self.length > 0)


def links_of(told: Sequence[Mapping[str, float]], rows: int) -> Links:
    counts = Counter(value for values in told for value in values)
    number = {value: code for code, value in enumerate(counts)}
    lengths = [len(values) for values in told]
    row = np.repeat(np.arange(rows, dtype=np.int64), lengths)
    code = np.fromiter((number[value] for values in told for value in values), dtype=np.int64, count=sum(lengths))
    weight = np.fromiter((w for values in told for w in values.values()), dtype=float, count=sum(lengths))
    times = np.fromiter(counts.values(), dtype=float, count=len(counts))
    rarity = np.log((rows + 1) / times) if len(times) else times
    squares = np.bincount(row, weights=(weight * rarity[code]) ** 2, minlength=rows) if len(row) else np.zeros(rows)
    return Links(row, code, weight, number, rarity, np.sqrt(squares))


def weighed_words(title: str, summary: str) -> dict[str, float]:
    """The words of a row without their endings, those of the title at more weight."""
    found = dict.fromkeys(map(_stem, _WORD.findall(fold_search(summary))), 1.0)
    found.update(dict.fromkeys(map(_stem, _WORD.findall(fold_search(title))), _TITLE))
    found.pop("", None)
    return found


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """A word without its ending, "" for one that tells nothing."""
    if word in _STOP:
        return ""
    return _ENDING.sub("", word) if word.isascii() else word
