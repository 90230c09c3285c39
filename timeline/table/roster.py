"""actors.csv checked: who is known by which name, and who belongs to whom.

In: the actors Table. Out: a Directory, and findings. Must not know: the rows of events.csv.
"""

from __future__ import annotations

from timeline.table import schema
from timeline.table.actors import Directory, circles, split_names, twins
from timeline.table.names import Hints
from timeline.table.problems import quote
from timeline.table.romanising import romanised_twins
from timeline.table.tables import Table


def directory_of(table: Table) -> Directory:
    """The names of actors.csv. A repeated name keeps its first row; a circle of part_of is an error and is
    kept, for whoever walks the tree stops where a circle would begin again."""
    directory = Directory()
    names, kinds = table.column("name"), table.column("kind")
    parents, aliases = table.column("part_of"), table.column("aliases")
    rows: dict[str, int] = {}
    for row, name in enumerate(names):
        if not table.trusted(row, "name"):
            continue
        if not name:
            table.tell("empty", row, "name", "the name is empty", "Write the actor's name", value="")
        elif name in rows:
            reason = f"{quote(name)} is also on line {table.lines[rows[name]]}"
            table.tell("duplicate-id", row, "name", reason, "Keep one row for each actor", value=name)
            first = rows[name]
            table.tell(
                "duplicate-id",
                first,
                "name",
                f"{quote(name)} is also on line {table.lines[row]}",
                "Keep one row for each actor",
                value=name,
            )
        else:
            rows[name] = row
            if ";" in name:
                reason = "a name cannot hold a semicolon, which separates names"
                table.tell("malformed-id", row, "name", reason, "Write the name without it", value=name)
            if kinds[row] and kinds[row] not in schema.ACTOR_KINDS:
                reason = f"{quote(kinds[row])} is no kind of actor; there are {', '.join(schema.ACTOR_KINDS)}"
                table.tell("unknown-kind", row, "kind", reason, "Choose one of them", value=kinds[row])
    _read_aliases(table, directory, rows, aliases)
    near = Hints(rows)
    for name, row in rows.items():
        parent = parents[row]
        if parent and parent not in rows:
            parent = directory.by_alias.get(parent, parent)
            if parent not in rows:
                hint = near(parent, "Add a row for it")
                reason = f"{quote(name)} is part of {quote(parent)}, which has no row"
                table.tell("unknown-part-of", row, "part_of", reason, hint, value=parents[row])
        own = "; ".join(filter(None, split_names(aliases[row])))
        directory.names[name] = (kinds[row], parent, own)
    for circle in circles({name: parent for name, (_, parent, _) in directory.names.items() if parent}):
        chain = " → ".join((*circle, circle[0]))
        reason = f"part_of runs in a circle: {chain}"
        table.tell(
            "part-of-cycle",
            rows[circle[0]],
            "part_of",
            reason,
            "Empty one of them",
            value=parents[rows[circle[0]]],
        )
    owners = {**directory.by_alias, **{name: name for name in rows}}
    for look, groups in (("look", twins(owners)), ("transliteration", romanised_twins(owners))):
        for group in groups:
            main, *rest = dict.fromkeys(owners[name] for name in group)
            for other in rest:
                mine, its = (next(name for name in group if owners[name] == one) for one in (other, main))
                reason = (
                    f"{_called(mine, other)} and {_called(its, main)} (line {table.lines[rows[main]]}) differ only in "
                )
                fix = "Make one an alias of the other, if they are one"
                table.tell("near-twin", rows[other], "name", reason + look, fix, value=other)
    return directory


def _read_aliases(table: Table, directory: Directory, rows: dict[str, int], aliases: list[str]) -> None:
    for name, row in rows.items():
        for alias in filter(None, split_names(aliases[row])):
            owner = alias if alias in rows and alias != name else directory.by_alias.get(alias)
            if owner is not None and owner != name:
                reason = f"{quote(alias)} is an alias of {quote(name)} and also a name of {quote(owner)}"
                table.tell("alias-clash", row, "aliases", reason, "An alias belongs to one actor", value=alias)
            elif alias != name:
                directory.by_alias[alias] = name


def twins_in_rows(table: Table, cast: list[list[str]]) -> None:
    """Warn of actors that only the look or the romanisation of their names tells apart, in a table that has no
    actors.csv; both spellings and their counts are told, nothing is merged."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for row, names in enumerate(cast):
        for name in names:
            counts[name] = counts.get(name, 0) + 1
            first.setdefault(name, row)
    for look, groups in (("look", twins(counts)), ("transliteration", romanised_twins(counts))):
        for group in groups:
            main, *rest = group
            for other in rest:
                those = f"{quote(other)} (in {counts[other]:,}) and {quote(main)} (in {counts[main]:,} rows)"
                reason = f"{those} differ only in {look}"
                fix = "Write them alike if they are one"
                table.tell("near-twin", first[other], "actors", reason, fix, value=other)


def _called(name: str, owner: str) -> str:
    return quote(name) if name == owner else f"{quote(name)}, an alias of {quote(owner)},"
