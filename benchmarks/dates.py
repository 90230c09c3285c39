"""Dates: reading beside edtf and dateparser, finding beside dateparser's `search_dates`, and what hostile text costs.

Comes in: how many dates and rounds. Leaves: rows of the report. Must not know tables.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from benchmarks import scoring
from benchmarks.measuring import Row, middle, seconds
from timeline.documents.finding import find_in
from timeline.table import read_date, when

PART = "dates"
FIRST = date(1850, 1, 1)
HOSTILE = (" ", "1,", "a ", "Mon ", "Monday ", "May ", "1 January ", "1 January\n\n", "in May 3 ", "2014-")
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
    read = [
        Row(PART, name, "µs each", *_each(list(texts(count * rounds, seed)), rounds, peer, sample), note=note)
        for seed, (name, texts, peer) in enumerate(kinds)
    ]
    return [*read, _found(rounds), _hostile(rounds, 50 * count)]


def _found(rounds: int) -> Row:
    """Characters a second of the finder, on news of our own making, beside `search_dates`."""
    from dateparser.search import search_dates  # type: ignore[import-untyped]

    news = [item["text"] for item in scoring.read(scoring.NEWS)]
    size = sum(map(len, news))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for finder in (_find, search_dates):
            finder(news[0])
        ours = middle([size / seconds(lambda: [_find(text) for text in news]) for _ in range(rounds)])
        peer = middle([size / seconds(lambda: [search_dates(text, ["en"]) for text in news]) for _ in range(rounds)])
    note = "the peer finds other things: how many are right, `python -m benchmarks.scoring` tells"
    return Row(PART, "finding dates in news", "characters/s", ours, peer, "more", note)


def _hostile(rounds: int, size: int) -> Row:
    """Seconds for the worst of several texts of `size` characters that repeat one thing."""
    worst = max(
        (middle([seconds(partial(_find, piece * (size // len(piece)))) for _ in range(rounds)]) or 0.0, piece)
        for piece in HOSTILE
    )
    return Row(PART, f"{size:,} hostile characters, the worst: {worst[1]!r}", "s", worst[0])


def _find(text: str) -> object:
    return find_in(text, read_date("2014-02-22"))


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
