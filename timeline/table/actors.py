"""Actors: the table of names, the tree that `part_of` makes, and who is in which row.

In: rows of actors.csv, cells of the actors column. Out: the `actors` frame, ancestors, the bridge of mentions
and actors. Must not know: dates, documents, files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from timeline.table.names import fold_search, skeleton
from timeline.table.records import BLANK

__all__ = ["Directory", "actors_frame", "ancestors", "bridge", "fold_search", "split_names", "twins"]

COLUMNS = ("name", "kind", "part_of", "aliases")


@dataclass(slots=True)
class Directory:
    """Who is known by which name: `names` maps name -> (kind, part_of, aliases); `by_alias` alias -> name."""

    names: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    by_alias: dict[str, str] = field(default_factory=dict)

    def canonical(self, name: str) -> str | None:
        """The name under which an actor is listed, or None when neither a name nor an alias."""
        return name if name in self.names else self.by_alias.get(name)


def split_names(cell: str, separator: str = ";") -> list[str]:
    """The parts of a cell, trimmed, empty ones kept (so that they can be told of): 'A; B' -> ['A', 'B']."""
    return [part.strip(BLANK) for part in cell.split(separator)] if cell else []


def actors_frame(directory: Directory, used: Iterable[str] = ()) -> pd.DataFrame:
    """The `actors` frame: the listed ones in their order, then those that only the rows name (kind "")."""
    listed = [(name, *rest) for name, rest in directory.names.items()]
    seen = set(directory.names)
    listed += [(name, "", "", "") for name in dict.fromkeys(used) if name not in seen]
    columns = list(zip(*listed, strict=True)) or [()] * len(COLUMNS)
    return pd.DataFrame(
        {name: pd.Series(list(cells), dtype="str") for name, cells in zip(COLUMNS, columns, strict=True)}
    )


def bridge(mentions: Sequence[Sequence[str]]) -> pd.DataFrame:
    """The frame (mention, actor): one row for each actor of each mention, in written order."""
    pairs = [(number, name) for number, names in enumerate(mentions) for name in names]
    return pd.DataFrame(
        {
            "mention": pd.Series([number for number, _ in pairs], dtype="int64"),
            "actor": pd.Series([name for _, name in pairs], dtype="str"),
        }
    )


def ancestors(actors: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Name -> the actors it is part of, nearest first. A circle ends where it would begin again; a parent
    that is not listed still counts, for the rows may name it."""
    parents = dict(zip(actors["name"], actors["part_of"], strict=True))
    found: dict[str, tuple[str, ...]] = {}
    for name in parents:
        chain: list[str] = []
        seen = {name}
        parent = parents.get(name, "")
        while parent and parent not in seen:
            chain.append(parent)
            seen.add(parent)
            parent = parents.get(parent, "")
        found[name] = tuple(chain)
    return found


def circles(parents: dict[str, str]) -> list[tuple[str, ...]]:
    """Every circle of `part_of` once, starting at its first name in the table's order."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for name in parents:
        path: dict[str, None] = {}
        at = name
        while at in parents and at not in done and at not in path:
            path[at] = None
            at = parents[at]
        if at in path:
            steps = list(path)
            found.append(tuple(steps[steps.index(at) :]))
        done.update(path)
    return found


def twins(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Groups of different names with one skeleton: case, accents, punctuation or look-alike letters apart."""
    groups: dict[str, dict[str, None]] = {}
    for name in names:
        key = skeleton(name)
        if key:
            groups.setdefault(key, {})[name] = None
    return [tuple(group) for group in groups.values() if len(group) > 1]
