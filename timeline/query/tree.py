"""Who is part of whom.

Comes in: the `actors` frame. Leaves: parents, lines and families of names. Must not know rows or queries.
"""

from collections.abc import Sequence

import pandas as pd


def parents_of(actors: pd.DataFrame) -> dict[str, str]:
    """Whom each actor is part of, without parents that are no actors and without the links of a ring."""
    named = dict(zip(actors["name"], actors["part_of"], strict=True))
    parents: dict[str, str] = {}
    for name, parent in named.items():
        seen, above = {name}, parent
        while above in named and above not in seen:
            seen.add(above)
            above = named[above]
        if parent in named and above != name:
            parents[str(name)] = str(parent)
    return parents


def ancestry(name: str, parents: dict[str, str]) -> list[str]:
    """An actor and all that it is part of, from the near to the far."""
    line = [name]
    while line[-1] in parents and parents[line[-1]] not in line:
        line.append(parents[line[-1]])
    return line


def families(parents: dict[str, str], named: Sequence[str]) -> dict[str, frozenset[str]]:
    family: dict[str, set[str]] = {}
    for name in (*named, *parents):
        for above in ancestry(name, parents):
            family.setdefault(above, set()).add(name)
    return {name: frozenset(members) for name, members in family.items()}
