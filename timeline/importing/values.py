"""Values of JSON made into cells: text without control characters, numbers as they are written.

In: any value that `parsing` read. Out: text that a table can hold, and whole numbers. Must not know: formats, tables.
"""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

from timeline.table.limits import CELL_CHARACTERS
from timeline.table.records import BLANK

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}(?:\.0*)?")


class Written(str):
    """A number that Python has no good number for (NaN, 1e999, a thousand digits), as it was written."""

    __slots__ = ()


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: null, an empty text, an empty list or object."""
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip(BLANK))


def text_of(value: Any) -> str:
    """Any value as the text of a cell: lists of plain values joined by `; `, what is nested deeper as JSON."""
    if isinstance(value, str):
        return str(value).replace("\r\n", "\n").replace("\r", "\n").strip(BLANK)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return "; ".join(filter(None, map(text_of, value)))
    return json.dumps(value, ensure_ascii=False)


def line_of(value: Any) -> str:
    """The same on one line."""
    if value is None:
        return ""
    return " ".join(text_of(value).split())


def whole(value: Any) -> int | None:
    """The whole number that a value is, or says (`1990`, `"1990"`, `1990.0`); None for all else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if isfinite(value) and value.is_integer() else None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value.strip().partition(".")[0])
    return None


def clean(cell: str) -> tuple[str, int, int]:
    """A cell that every table can hold, how many characters of it no table can (controls, halves of pairs), and how
    many were cut off because a cell is no longer than that."""
    bad = 0
    if _CONTROL.search(cell):
        cell, halves = _SURROGATE.subn("\ufffd", cell)
        cell, controls = _CONTROL.subn("", cell)
        bad = halves + controls
        cell = cell.strip(BLANK)
    cut = max(0, len(cell) - CELL_CHARACTERS)
    return (cell[:CELL_CHARACTERS].rstrip(BLANK) if cut else cell), bad, cut
