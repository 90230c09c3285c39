"""What the reader has chosen, as one value.

Comes in: plain arguments, or a dict out of a browser's store. Leaves: a Query in normal form. Must not know
tables, so that a query is understood without its dataset (`settling.py` brings the two together).

A Query holds only what can be executed. Whatever does not fit (a date that is none, a word outside a
vocabulary, the 201st value) falls away when it is made, so no other room has to ask. `address.from_search`
names what fell away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Literal
from urllib.parse import quote

from timeline.table.when import NotADate, read_date

Match = Literal["any", "all"]

LANES = ("actor", "source", "document", "category", "status", "none")
ORDERS = ("size", "name", "date")
MATCHES = ("any", "all")

MAX_ADDRESS = 8192
"""Characters of a search string that are read; servers refuse longer request lines."""
MAX_VALUES = 200
MAX_LENGTH = 500
"""Characters of one value."""
_BUDGET = 8000
_SHOWN_LENGTH = 80

MANY = {
    "actor": "actors",
    "source": "sources",
    "document": "documents",
    "category": "categories",
    "status": "statuses",
}
"""Keys of the address that may repeat, and their fields."""
ONE = {"actors": "match", "members": "members", "from": "start", "to": "end", "q": "words", "lanes": "lanes",
        "order": "order", "event": "event"}  # fmt: skip
"""Keys of the address that stand once, and their fields."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is chosen: empty means everything.

    `match` says whether any or all of `actors` must take part; with `members` an actor stands for all that
    are part of it. `start` and `end` are dates as typed (`from` and `to` in the address). `extras` are
    (column, value) pairs of a stranger's columns. `lanes`, `order` and `event` (the open card) choose the
    view and filter nothing.
    """

    actors: tuple[str, ...] = ()
    match: Match = "any"
    members: bool = False
    sources: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    words: str = ""
    lanes: str = "actor"
    order: str = "size"
    event: str = ""
    extras: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        budget = _Budget()
        put = object.__setattr__
        put(self, "match", "all" if self.match == "all" else "any")
        put(self, "members", self.members is True)
        put(self, "order", self.order if self.order in ORDERS else "size")
        put(self, "lanes", budget.take("lanes", _lanes(self.lanes)) or "actor")
        put(self, "event", budget.take("event", _plain(self.event)))
        put(self, "start", budget.take("from", _date(self.start)))
        put(self, "end", budget.take("to", _date(self.end)))
        put(self, "words", budget.take("q", _words(self.words)))
        for key, field in MANY.items():
            put(self, field, tuple(budget.take_all((key, value) for value in _values(getattr(self, field)))))
        pairs = list(dict.fromkeys(_pairs(self.extras)))
        put(self, "extras", tuple((n, v) for n, v in pairs if budget.take(f"x.{n}", v, counted=True)))


class _Budget:
    """Keeps every query short enough for an address, so that whatever is chosen can be shared as a link."""

    def __init__(self) -> None:
        self.length, self.values = 60, 0  # room for the keys whose values are single words

    def take(self, key: str, value: str, counted: bool = False) -> str:
        """The value if there is room for it, else an empty string."""
        if not value or (counted and self.values >= MAX_VALUES):
            return ""
        length = len(in_address(key, value)) + 1
        if self.length + length > _BUDGET:
            return ""
        self.length += length
        self.values += counted
        return value

    def take_all(self, values: Iterable[tuple[str, str]]) -> list[str]:
        return [value for key, value in values if self.take(key, value, counted=True)]


def _plain(text: object) -> str:
    """Text that can be written as UTF-8, at most `MAX_LENGTH` characters; anything else is empty."""
    if not isinstance(text, str):
        return ""
    clean = text.encode("utf-8", "replace").decode("utf-8").strip()
    return clean if len(clean) <= MAX_LENGTH else ""


def _values(values: object) -> list[str]:
    """Distinct values, in the order in which they were chosen. One string counts as one value, not as
    letters.
    """
    if isinstance(values, str):
        values = (values,)
    if not isinstance(values, list | tuple | set | frozenset):
        return []
    return [value for value in dict.fromkeys(map(_plain, values)) if value]


def _pairs(pairs: object) -> Iterable[tuple[str, str]]:
    for pair in pairs if isinstance(pairs, list | tuple) else ():
        if isinstance(pair, list | tuple) and len(pair) == 2:
            name, value = _plain(pair[0]), _plain(pair[1])
            if name and value:
                yield name, value


def _words(text: object) -> str:
    return " ".join(_plain(text).split())


def _date(text: object) -> str:
    typed = _words(text)
    return "" if not typed or why_not_a_bound(typed) else typed


def _lanes(text: object) -> str:
    lanes = _plain(text)
    return lanes if lanes in LANES or (lanes.startswith("x:") and len(lanes) > 2) else ""


def why_not_a_bound(text: str) -> str:
    """Why `text` cannot bound a range of dates, as a sentence; empty when it can (an empty text bounds
    nothing).
    """
    if not text.strip():
        return ""
    date = read_date(" ".join(text.split()))
    return date.reason if isinstance(date, NotADate) else ""


def bounds(query: Query) -> tuple[float, float]:
    """The chosen range in days since 1970-01-01, end exclusive; -inf or +inf where nothing bounds it.

    `to` takes in the whole of its precision: to 2014 reaches the end of 31 December 2014.
    """
    start = read_date(query.start) if query.start else None
    end = read_date(query.end) if query.end else None
    return (
        float("-inf") if start is None or isinstance(start, NotADate) else start.start,
        float("inf") if end is None or isinstance(end, NotADate) else end.end,
    )


def is_filtered(query: Query) -> bool:
    """Whether the query leaves anything out, as far as the query itself can say."""
    lists = any(getattr(query, field) for field in MANY.values())
    return lists or bool(query.start or query.end or query.words or query.extras)


def cleared(query: Query) -> Query:
    """The same view without any filter: what the reset button leads to."""
    return Query(lanes=query.lanes, order=query.order, event=query.event)


def without(query: Query, key: str, value: str = "") -> Query:
    """The query less one filter: `key` as in the address (`actor`, `from`, `x.NAME`), `value` or the whole
    key.
    """
    if key in MANY:
        kept = tuple(v for v in getattr(query, MANY[key]) if value and v != value)
        changed: dict[str, Any] = {MANY[key]: kept}
        return replace(query, **changed)
    if key.startswith("x."):
        name = key[2:]
        return replace(query, extras=tuple((n, v) for n, v in query.extras if n != name or (value and v != value)))
    default: dict[str, Any] = {ONE[key]: getattr(Query(), ONE[key])} if key in ONE else {}
    return replace(query, **default)


def as_dict(query: Query) -> dict[str, Any]:
    """A JSON-ready dict for a store in the browser, by field name."""
    return {
        field.name: [list(v) if isinstance(v, tuple) else v for v in value] if isinstance(value, tuple) else value
        for field in fields(query)
        for value in (getattr(query, field.name),)
    }


def from_dict(stored: object) -> Query:
    """The query in a dict of `as_dict`; keys or values of a wrong type are as if they were absent. Never
    raises.
    """
    if not isinstance(stored, dict):
        return Query()
    return Query(**{field.name: stored[field.name] for field in fields(Query) if field.name in stored})


def shown(text: str) -> str:
    """Text of a stranger, fit for one line: cut, and what is invisible spelled out."""
    cut = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def in_address(key: str, value: str) -> str:
    """One `key=value` of an address, percent-encoded so that links survive Markdown, mail and chat."""
    return f"{quote(key, safe='')}={quote(value, safe=':,/')}"
