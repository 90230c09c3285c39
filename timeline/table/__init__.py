"""The table room: what a row is, from bytes to checked frames. Imports no other room.

In: paths or bytes of CSV tables. Out: `Dataset`, `Problem`s, `When`s. Must not know: documents' texts,
queries, charts.
"""

from __future__ import annotations

from timeline.table.actors import ancestors
from timeline.table.dataset import CannotRead, Dataset, Raw, assets_path, build, load, shipped
from timeline.table.names import fold_search
from timeline.table.problems import CODES, Problem
from timeline.table.schema import datapackage
from timeline.table.when import NotADate, Note, When, describe, is_undated, read_date

__all__ = [
    "CODES",
    "CannotRead",
    "Dataset",
    "NotADate",
    "Note",
    "Problem",
    "Raw",
    "When",
    "ancestors",
    "assets_path",
    "build",
    "datapackage",
    "describe",
    "fold_search",
    "is_undated",
    "load",
    "read_date",
    "shipped",
]
