"""What is chosen, shown and left out, in words for people.

Comes in: queries, selections, counts. Leaves: sentences and clauses in plain text (whoever shows them
escapes them). Must not know the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor

from timeline.query.address import to_search
from timeline.query.facets import labels_of
from timeline.query.matching import Selection, select
from timeline.query.query import MANY, Query, bounds, cleared, is_filtered, shown, without
from timeline.table.dataset import Dataset
from timeline.table.days import from_days, to_days

NOTE = "The table records what each document says and who says it there; it does not say that it is true."
_TRIED = 8
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: `key` and `value` as in the address, `words`, and the address without this
    filter.
    """

    key: str
    value: str
    words: str
    search_without: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way out of an empty page: what to do in `words`, the address it leads to, and how many events it
    gives.
    """

    words: str
    search: str
    count: int
    query: Query


def sentence(selection: Selection, query: Query | None = None) -> str:
    """What is shown and what is left out: "42 of 310 events: 250 outside the dates, 12 filtered, 6 undated".

    Parts that are nought are left out. `query` is the one of the selection and changes nothing.
    """
    total = selection.total
    if not total:
        return "No events"
    parts = (
        (selection.outside, "outside the dates"),
        (selection.filtered, "filtered"),
        (selection.undated, "undated"),
    )
    left_out = ", ".join(f"{count:,} {why}" for count, why in parts if count)
    if not left_out:
        return f"All {total:,} events" if total > 1 else "1 event"
    return f"{selection.shown:,} of {total:,} {'event' if total == 1 else 'events'}: {left_out}"


def outlier_sentence(before: int, after: int, lo: float, hi: float) -> str:
    """What the opening span [lo, hi) leaves out: "6 events lie before 1990 and 2 after 2025"; empty if
    nothing.
    """
    if not before and not after:
        return ""
    verb = "lies" if (before or after) == 1 else "lie"
    noun = "event" if (before or after) == 1 else "events"
    early = f"{before:,} {noun} {verb} before {_boundary(lo, hi, False)}" if before else ""
    if not after:
        return early
    late = f"after {_boundary(lo, hi, True)}"
    return f"{early} and {after:,} {late}" if before else f"{after:,} {noun} {verb} {late}"


def _boundary(lo: float, hi: float, at_end: bool) -> str:
    """The edge of a span in words, as coarse as is true: a year where the edge is a New Year, else month or
    day.
    """
    day = ceil(hi) - 1 if at_end else floor(lo)
    year, month, number = from_days(day)
    nothing_cut = day + 1 if at_end else day
    called = f"{year}" if year > 0 else f"{1 - year} BC"
    if nothing_cut == to_days(*((year + 1, 1, 1) if at_end else (year, 1, 1))):
        return called
    first = (year + month // 12, month % 12 + 1, 1) if at_end else (year, month, 1)
    if nothing_cut == to_days(*first):
        return f"{_MONTHS[month - 1]} {called}"
    return f"{number} {_MONTHS[month - 1]} {called}"


def chips(query: Query, dataset: Dataset | None = None) -> tuple[Chip, ...]:
    """A clause for each filter that is on, in the order of the address; documents by title when a dataset is
    given.
    """
    return tuple(
        Chip(key, value, words, to_search(without(query, key, value))) for key, value, words in _clauses(query, dataset)
    )


def _clauses(query: Query, dataset: Dataset | None) -> Iterator[tuple[str, str, str]]:
    for key, field in MANY.items():
        values = getattr(query, field)
        for value, label in zip(values, _labels(dataset, key, values), strict=True):
            yield key, value, f"{key}: {shown(label)}"
        if key == "actor" and len(values) > 1 and query.match == "all":
            yield "actors", "all", "actors: all of them"
        if key == "actor" and values and query.members:
            yield "members", "1", "actors: with all that are part of them"
    for name, value in query.extras:
        yield f"x.{name}", value, f"{shown(name)}: {shown(value)}"
    if query.start:
        yield "from", query.start, f"from {shown(query.start)}"
    if query.end:
        yield "to", query.end, f"to {shown(query.end)}"
    if query.words:
        yield "q", query.words, f"words: “{shown(query.words)}”"


def _labels(dataset: Dataset | None, key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return labels_of(dataset, key, values) if dataset is not None and key == "document" else values


def describe(query: Query, dataset: Dataset | None = None) -> str:
    """The active filters in one line, for the small print of a picture; empty when there are none.

    "actor: Arland and Port Lio; source: Lio Post; from 2014 to 2015; words: “gas”"
    """
    joined: list[str] = []
    for key, field in MANY.items():
        values = getattr(query, field)
        if values:
            word = "and" if key == "actor" and query.match == "all" else "or"
            label = "actor, members included" if key == "actor" and query.members else key
            joined.append(f"{label}: {_listed(_labels(dataset, key, values), word)}")
    joined += [
        f"{shown(name)}: {_listed(tuple(v for n, v in query.extras if n == name), 'or')}"
        for name in dict.fromkeys(name for name, _ in query.extras)
    ]
    dates = [f"from {shown(query.start)}"] * bool(query.start) + [f"to {shown(query.end)}"] * bool(query.end)
    joined += [" ".join(dates)] * bool(dates)
    joined += [f"words: “{shown(query.words)}”"] * bool(query.words)
    return "; ".join(joined)


def _listed(values: tuple[str, ...], word: str) -> str:
    names = [shown(value) for value in values]
    return f" {word} ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def loosen(dataset: Dataset, query: Query) -> tuple[Suggestion, ...]:
    """How to find something when nothing is found: each loosening that gives events, most events first.

    Tried are: one filter less, one of several actors less or any of them instead of all, an actor's members
    too, and dates that are upside down the other way round. When none helps alone, all filters go.
    """
    here = _count(dataset, query)
    tried = [Suggestion(words, to_search(q), _count(dataset, q), q) for words, q in _looser(query, dataset)]
    better = [suggestion for suggestion in tried if suggestion.count > here]
    better.sort(key=lambda suggestion: -suggestion.count)
    if not better and is_filtered(query):
        plain = cleared(query)
        better = [Suggestion("clear all filters", to_search(plain), _count(dataset, plain), plain)]
    return tuple({s.search: s for s in reversed(better)}.values())[::-1]


def _looser(query: Query, dataset: Dataset) -> Iterator[tuple[str, Query]]:
    lo, hi = bounds(query)
    if lo >= hi:
        yield f"from {query.end} to {query.start}", replace(query, start=query.end, end=query.start)
    if query.match == "all" and len(query.actors) > 1:
        yield "any of the actors instead of all", replace(query, match="any")
        for name in query.actors[:_TRIED]:
            yield f"without actor: {shown(name)}", without(query, "actor", name)
    if query.actors and not query.members:
        yield "with all that are part of the actors", replace(query, members=True)
    for key, field in MANY.items():
        if values := getattr(query, field):
            listed = _listed(_labels(dataset, key, values), "or") if len(values) < 4 else f"any of {len(values)}"
            yield f"without {key}: {listed}", without(query, key)
    for name in dict.fromkeys(name for name, _ in query.extras):
        yield f"without {shown(name)}", without(query, f"x.{name}")
    if query.start:
        yield f"without from {shown(query.start)}", without(query, "from")
    if query.end:
        yield f"without to {shown(query.end)}", without(query, "to")
    if query.start and query.end:
        yield "at any date", replace(query, start="", end="")
    if query.words:
        yield f"without words: “{shown(query.words)}”", without(query, "q")


def _count(dataset: Dataset, query: Query) -> int:
    selection = select(dataset, query)
    return selection.shown + selection.undated
