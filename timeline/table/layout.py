"""What a header cell says: names compared kindly, and the Layout that says which column is which.

In: header cells. Out: their normal form, whether they are known, `Layout`. Must not know: how a header is
understood as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from timeline.table import schema
from timeline.table.problems import Problem

_GAPS = re.compile(r"[\s_\-./:]+")


@dataclass(slots=True)
class Layout:
    """`places` maps our column names (and, in a stranger's table, `end`, `source`, `url` ... and the date
    parts `year`, `month`, `day`) to indices in the header; `extras` are (index, name) of the columns kept
    beyond them. `missing` are the columns without which no row can be drawn."""

    labels: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict)
    extras: tuple[tuple[int, str], ...] = ()
    missing: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def normal(header: str) -> str:
    """A header without case, outer space, and with one space for any of `_ - . / :` and white space."""
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", header).casefold()).strip(" *\u200b\ufeff")


_KNOWN = frozenset(
    normal(name)
    for columns in (schema.EVENTS, schema.LOOSE, schema.DOCUMENTS, schema.ACTORS)
    for column in columns
    for name in (column.name, *column.synonyms)
)


def is_known(header: str) -> bool:
    """Whether a header cell is a name or synonym of any column: how the separator of a file is found."""
    return normal(header) in _KNOWN


def find_header(header: list[str], wanted: str) -> int | None:
    """The index of a header cell: as written, else without regard to case and spaces."""
    if wanted.strip() in header:
        return header.index(wanted.strip())
    normals = [normal(cell) for cell in header]
    return normals.index(normal(wanted)) if normal(wanted) in normals else None


def mappable() -> tuple[str, ...]:
    """The column names that `--map` may give a header to."""
    return tuple(dict.fromkeys((*schema.names(schema.EVENTS), *schema.names(schema.LOOSE), *schema.DATE_PARTS)))
