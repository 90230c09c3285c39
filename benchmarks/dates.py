"""Dates: ours beside the two libraries that read them, edtf and dateparser.

Comes in: how many dates and rounds. Leaves: rows of the report. Must not know tables.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from benchmarks.measuring import Row, middle, seconds
from timeline.table import read_date, when

PART = "dates"
FIRST = date(1850, 1, 1)
_SAMPLE = "the peers read a sample of {sample:,} of the {count:,}; no date is read twice"


def measure(rounds: int, count: int = 10_000, sample: int = 200) -> list[Row]:
    """Microseconds a date: `count` different plain days, the same written out, and EDTF with doubts and ranges."""
    import dateparser  # type: ignore[import-untyped]
    from edtf import parse_edtf

    def words(text: str) -> object:
        return dateparser.parse(text, languages=["en"], settings={"STRICT_PARSING": True})

    note = _SAMPLE.format(sample=min(sample, count), count=count)
    kinds = (
        ("plain days, beside edtf", _plain, parse_edtf),
        ("plain days, beside dateparser", _plain, words),
        ("days in words, beside dateparser", _written, words),
        ("EDTF with doubts and ranges, beside edtf", _doubtful, parse_edtf),
    )
    return [
        Row(PART, name, "µs each", *_each(list(texts(count * rounds, seed)), rounds, peer, sample), note=note)
        for seed, (name, texts, peer) in enumerate(kinds)
    ]


def forget_dates() -> None:
    """Empty what `read_date` remembers of earlier texts."""
    for thing in vars(when).values():
        clear = getattr(thing, "cache_clear", None)
        if clear is not None:
            clear()


def _each(
    texts: Sequence[str], rounds: int, peer: Callable[[str], object], sample: int
) -> tuple[float | None, float | None]:
    ours, others = [], []
    size = len(texts) // rounds
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser warns of what the next Python will say about days without years
        for reader in (read_date, peer):
            reader(texts[0])  # tables and grammars are made at the first call
        forget_dates()
        for turn in range(rounds):
            some = texts[turn * size : (turn + 1) * size]
            few = some[:: max(1, size // sample)][:sample]
            ours.append(seconds(partial(_read, read_date, some)) / len(some) * 1e6)
            others.append(seconds(partial(_read, peer, few)) / len(few) * 1e6)
    return middle(ours), middle(others)


def _read(reader: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        reader(text)


def _days(count: int, seed: int) -> Iterator[date]:
    days = list(range(count))
    random.Random(seed).shuffle(days)
    return (FIRST + timedelta(days=day) for day in days)


def _plain(count: int, seed: int) -> Iterator[str]:
    return (day.isoformat() for day in _days(count, seed))


def _written(count: int, seed: int) -> Iterator[str]:
    return (f"{day.day} {day:%B} {day.year}" for day in _days(count, seed))


def _doubtful(count: int, seed: int) -> Iterator[str]:
    """Approximate and uncertain days, ranges and open ends, in turn."""
    for n, day in enumerate(_days(count, seed)):
        text = day.isoformat()
        yield (f"{text}~", f"{text}?", f"{text}/{day + timedelta(days=40)}", f"{text}/..")[n % 4]
