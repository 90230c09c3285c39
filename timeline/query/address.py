"""A Query as the search part of an address, and back.

Comes in: a Query, or whatever stands behind the `?` of an address somebody typed, cut or forged. Leaves: the
string, or the Query and the names of what was ignored, as plain text (whoever shows it escapes it). Must not
know tables.

The round trip is exact: `from_search(to_search(query)) == (query, ())` for every Query.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from timeline.query.query import (
    MANY,
    MATCHES,
    MAX_ADDRESS,
    MAX_LENGTH,
    MAX_VALUES,
    ONE,
    ORDERS,
    Query,
    in_address,
    shown,
    why_not_a_bound,
)
from timeline.query.settling import settle
from timeline.table.dataset import Dataset

_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
_MAX_PARTS = 1000
_NO_ROOM = f"an address has room for {MAX_VALUES} values and some 8,000 characters"
_MAX_IGNORED = 20


def to_search(query: Query) -> str:
    """The address of a query: `?actor=…&from=2014`, in a fixed order, defaults left out; empty for the whole
    view.
    """
    parts = [in_address(key, value) for key, value in _pairs(query)]
    return "?" + "&".join(parts) if parts else ""


def _pairs(query: Query) -> Iterator[tuple[str, str]]:
    default = Query()
    for key in ("actor", "actors", "members", "source", "document", "category", "status"):
        if key in MANY:
            yield from ((key, value) for value in getattr(query, MANY[key]))
        elif key == "actors" and query.match == "all":
            yield key, "all"
        elif key == "members" and query.members:
            yield key, "1"
    yield from ((f"x.{name}", value) for name, value in query.extras)
    for key in ("from", "to", "q", "lanes", "order", "event"):
        value = getattr(query, ONE[key])
        if value != getattr(default, ONE[key]):
            yield key, value


def from_search(text: str | None, dataset: Dataset | None = None) -> tuple[Query, tuple[str, ...]]:
    """The query in the search part of an address, and what in it was ignored, each with its reason.

    Never raises. With a dataset, names are settled in it: `actor=russia` finds Russia, and columns or events
    it does not have are ignored; values it does not have stay chosen, so that the reader sees them and an
    empty result.
    """
    if not isinstance(text, str):
        return Query(), ()
    given: dict[str, Any] = {}
    ignored: list[str] = []
    for key, value in _split(text.strip(), ignored):
        _read(key, value, given, ignored)
    query = Query(**given)
    _name_what_fell_away(given, query, ignored)
    if dataset is not None:
        query, unknown = settle(query, dataset)
        ignored.extend(unknown)
    distinct = list(dict.fromkeys(ignored))
    if len(distinct) > _MAX_IGNORED:
        distinct[_MAX_IGNORED:] = [f"and {len(distinct) - _MAX_IGNORED} more"]
    return query, tuple(distinct)


def _split(text: str, ignored: list[str]) -> Iterator[tuple[str, str]]:
    text = text.removeprefix("?")
    if len(text) > MAX_ADDRESS:
        ignored.append(f"everything beyond {MAX_ADDRESS:,} characters")
        # The last part may be cut in the middle of a value: half a name is not what anybody chose.
        text = text[: MAX_ADDRESS + 1].rpartition("&")[0]
    parts = [part for part in text.split("&") if part]
    if len(parts) > _MAX_PARTS:
        ignored.append(f"everything beyond {_MAX_PARTS:,} parts")
    for part in parts[:_MAX_PARTS]:
        key, _, value = part.partition("=")
        yield unquote_plus(key).strip(), unquote_plus(value).strip()


def _read(key: str, value: str, given: dict[str, Any], ignored: list[str]) -> None:
    """Put one part where it belongs, or name it. An empty value chooses nothing: forms send them."""
    column = key[2:].strip() if key.startswith("x.") else ""
    if key not in MANY and key not in ONE and not column:
        ignored.append(f"{shown(key) or '='}: not a filter of this page")
    elif not value:
        return
    elif key in MANY:
        given.setdefault(MANY[key], []).append(value)
    elif column:
        given.setdefault("extras", []).append((column, value))
    elif ONE[key] in given:
        ignored.append(f"{key}={shown(value)}: given twice")
    elif reason := _why_not(key, value):
        ignored.append(f"{key}={shown(value)}: {reason}")
    else:
        given[ONE[key]] = value.casefold() in _TRUE if key == "members" else value


def _why_not(key: str, value: str) -> str:
    if len(value) > MAX_LENGTH:
        return f"longer than {MAX_LENGTH} characters"
    if key in ("from", "to"):
        return why_not_a_bound(value)
    if key == "actors" and value not in MATCHES:
        return "neither any nor all"
    if key == "order" and value not in ORDERS:
        return "not one of " + ", ".join(ORDERS)
    if key == "lanes" and Query(lanes=value).lanes != value:
        return "no such lanes"
    if key == "members" and value.casefold() not in _TRUE | _FALSE:
        return "neither 1 nor 0"
    return ""


def _name_what_fell_away(given: dict[str, Any], query: Query, ignored: list[str]) -> None:
    """Values that passed one by one and yet have no room together."""
    keys = {field: key for key, field in MANY.items()}
    for field in (*MANY.values(), "extras"):
        kept = set(getattr(query, field))
        for value in given.get(field, ()):
            if value not in kept:
                name, text = value if isinstance(value, tuple) else (keys[field], value)
                long = len(text) > MAX_LENGTH or len(name) > MAX_LENGTH
                reason = f"longer than {MAX_LENGTH} characters" if long else _NO_ROOM
                ignored.append(f"{shown(name)}={shown(text)}: {reason}")
    for field, key in (("words", "q"), ("event", "event")):
        if given.get(field) and not getattr(query, field):
            ignored.append(f"{key}={shown(given[field])}: {_NO_ROOM}")
