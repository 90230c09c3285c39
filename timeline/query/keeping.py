"""What was found of the last queries, kept, since the page asks the same of a query several times over.

Comes in: queries and what is made of them. Leaves: what was made. Must not know what that is.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar

from timeline.query.query import Query

_Made = TypeVar("_Made")
KEPT = 32
"""So many answers of each kind are kept."""


class Kept:
    """Shelves of answers, one for each kind. Safe from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shelves: dict[Hashable, OrderedDict[Hashable, Any]] = {}

    def __call__(
        self, kind: Hashable, query: Query, most: int, make: Callable[[], _Made], about: Hashable = None
    ) -> _Made:
        """What `make` makes of a query's filters, and of what else it is `about`; the last `most` answers of a kind are
        kept."""
        key = replace(query, lanes="actor", order="size", event=""), about
        with self._lock:
            shelf: OrderedDict[Hashable, _Made] = self._shelves.setdefault(kind, OrderedDict())
            if key in shelf:
                shelf.move_to_end(key)
                return shelf[key]
        made = make()
        with self._lock:
            shelf[key] = made
            while len(shelf) > most:
                shelf.popitem(last=False)
        return made
