"""What a request to the desk's API may hold: a JSON object whose values have the right types and sizes.

Comes in: whatever somebody sent. Leaves: values of the right type, or DeskRefusal with one sentence. Must not know what
they are for.
"""

from collections.abc import Mapping
from typing import Any, TypeGuard

from flask import Request

from timeline.curating.refusals import DeskRefusal

CELL, KEY, MANY = 100_000, 200, 500
_COLUMNS = 1_000


def body_of(request: Request) -> Mapping[str, Any]:
    """The JSON object of a request. Raises DeskRefusal."""
    try:
        asked = request.get_json(silent=True)
    except RecursionError:  # brackets in brackets, thousands of them
        asked = None
    if not isinstance(asked, dict):
        raise DeskRefusal("wrong", "The body is no JSON object.")
    return asked


def text(asked: Mapping[str, Any], name: str, longest: int = KEY) -> str:
    """A text that must be there."""
    value = asked.get(name)
    if not isinstance(value, str):
        raise DeskRefusal("wrong", f"{name} is missing, or is no text.")
    return _proper(name, value, longest)


def maybe_text(asked: Mapping[str, Any], name: str, longest: int = KEY) -> str | None:
    """A text, or None where it is null or not there."""
    return None if asked.get(name) is None else text(asked, name, longest)


def texts(asked: Mapping[str, Any], name: str) -> list[str]:
    """A list of distinct texts; an empty one where it is null or not there."""
    value = asked.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MANY or not all(isinstance(one, str) for one in value):
        raise DeskRefusal("wrong", f"{name} is no list of at most {MANY} texts.")
    return list(dict.fromkeys(_proper(name, one, KEY) for one in value))


def cells(asked: Mapping[str, Any], name: str) -> dict[str, str]:
    """A row: names of columns and texts; further values that the API itself adds to rows are left out."""
    value = asked.get(name)
    if not isinstance(value, dict) or len(value) > _COLUMNS:
        raise DeskRefusal("wrong", f"{name} is missing, or is no row of cells.")
    row = {}
    for column, cell in value.items():
        if column in _ADDED:
            continue
        if not isinstance(cell, str):
            raise DeskRefusal("wrong", f"The cell {str(column)[:60]} of {name} is no text.")
        row[_proper(name, column, KEY)] = _proper(name, cell, CELL)
    return row


_ADDED = frozenset({"words", "citation", "from", "to", "cells"})


def maybe_cells(asked: Mapping[str, Any], name: str) -> dict[str, str] | None:
    """A row, or None where it is null or not there."""
    return None if asked.get(name) is None else cells(asked, name)


def place(asked: Mapping[str, Any], name: str) -> tuple[int, int]:
    """A place in a document: {"n": paragraph, "offset": units of UTF-16}."""
    value = asked.get(name)
    n, offset = (value.get("n"), value.get("offset")) if isinstance(value, dict) else (None, None)
    if not (_counts(n) and _counts(offset)):
        raise DeskRefusal("wrong", f"{name} is no place in a document.")
    return n, offset


def _counts(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _proper(name: str, value: str, longest: int) -> str:
    if len(value) > longest:
        raise DeskRefusal("wrong", f"{name} has {len(value):,} characters; at most {longest:,} are taken.")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in value):
        raise DeskRefusal("wrong", f"{name} holds half a character.")
    return value
