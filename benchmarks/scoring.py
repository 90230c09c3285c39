"""`python -m benchmarks.scoring [GOLD.jsonl] [--misses] [--part NAME]`: how well dates are found and told.

Comes in: gold, a line each: {"name", "dct", "text", "mentions": [[start, end, EDTF], ...]}, EDTF "" for what is no
dated mention (durations, "now"): it is ignored both ways. Leaves: precision, recall and F1. Must not know the rules.

Strict: the same span. Relaxed: spans that overlap, each counted once. Value: overlapping and equal up to the day.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from timeline.documents.finding import find_in
from timeline.table.when import When, read_date

Mention = tuple[int, int, str]
Find = Callable[[str, When | None], Sequence[Mention]]
KINDS = ("strict", "relaxed", "value")
NEWS = Path(__file__).parents[1] / "tests" / "news.jsonl"


@dataclass
class Score:
    """How many mentions the gold has, how many were found, and of both how many agree, by kind; and what did not."""

    gold: int = 0
    found: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    misses: list[str] = field(default_factory=list)

    def rates(self, kind: str) -> tuple[float, float, float]:
        """Precision, recall and F1 in percent."""
        right = 100 * self.right[kind]
        precision, recall = right / max(1, self.found), right / max(1, self.gold)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def score(items: Iterable[dict[str, Any]], find: Find = find_in) -> Score:
    """Score a finder on gold."""
    total = Score()
    for item in items:
        when = read_date(item["dct"])
        gold = [(start, end, value) for start, end, value in item["mentions"]]
        found = list(find(item["text"], when if isinstance(when, When) else None))
        _add(total, item, gold, found)
    return total


def _add(total: Score, item: dict[str, Any], gold: Sequence[Mention], found: Sequence[Mention]) -> None:
    text, dated = item["text"], [one for one in gold if one[2]]
    ignored = [one for one in gold if not one[2]]
    counted = [one for one in found if _pair(one, dated) or not _pair(one, ignored)]
    total.gold += len(dated)
    total.found += len(counted)
    left = list(counted)
    for one in dated:
        other = _pair(one, left)
        if other is None:
            total.misses.append(f"{item['name']}: missed '{_at(text, one)}' {one[2]}")
            continue
        left.remove(other)
        total.right["relaxed"] += 1
        total.right["strict"] += other[:2] == one[:2]
        if told(other[2]) == told(one[2]):
            total.right["value"] += 1
        else:
            total.misses.append(f"{item['name']}: '{_at(text, other)}' is {one[2]}, told {other[2] or 'nothing'}")
    total.misses += [f"{item['name']}: false '{_at(text, one)}' {one[2]}" for one in left]


def _pair(one: Mention, others: Iterable[Mention]) -> Mention | None:
    """The other that has most in common with one, None when none overlaps."""
    overlaps = [(min(one[1], other[1]) - max(one[0], other[0]), other) for other in others]
    best = max(overlaps, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] > 0 else None


def told(value: str) -> str:
    """A value up to the day, without qualifiers."""
    return re.sub(r"T[0-9:]+Z?|[~?%]", "", value)


def _at(text: str, one: Mention) -> str:
    return " ".join(text[max(0, one[0] - 30) : one[0]].split()) + " [" + " ".join(text[one[0] : one[1]].split()) + "]"


def read(path: Path, part: str = "") -> list[dict[str, Any]]:
    """The gold of a file, or only its `part`."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [item for item in items if part in ("", item.get("part"))]


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.scoring")
    parser.add_argument("gold", nargs="?", type=Path, default=NEWS)
    parser.add_argument("--part", default="", help="only the items of this part")
    parser.add_argument("--misses", action="store_true", help="list what is not right")
    given = parser.parse_args()
    found = score(read(given.gold, given.part))
    print(f"{found.gold} dated mentions, {found.found} found")
    for kind in KINDS:
        print("{:8} P {:5.1f}  R {:5.1f}  F1 {:5.1f}".format(kind, *found.rates(kind)))
    if given.misses:
        print("\n".join(found.misses))


if __name__ == "__main__":
    main()
