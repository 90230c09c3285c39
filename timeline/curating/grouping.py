"""Grouping: rows of several documents made one event.

In: a Snapshot, ids of rows. Out: the event's name, and the changes that give it to all of them. It must not know the
disk or the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from timeline.curating.refusals import DeskRefusal
from timeline.curating.snapshot import Snapshot
from timeline.table.changes import Change, Put
from timeline.table.names import slug, unique
from timeline.table.problems import clip

_MOST = 200
"""Rows that are changed in one step."""
_LONGEST = 70


def row_of(now: Snapshot, id: str) -> dict[str, str]:
    """A row that must be there. Raises DeskRefusal (unknown)."""
    row = now.row(id)
    if row is None:
        raise DeskRefusal("unknown", f"The table has no row {clip(id)!r} any more.")
    return row


def named(now: Snapshot, ids: Sequence[str], event: str) -> list[Change]:
    """The changes that give rows the event of that name, or none with "". Raises DeskRefusal."""
    rows = {id: row_of(now, id) for id in ids}
    return [Put(id, {"event": event}, row) for id, row in rows.items() if row["event"] != event]


def joined(now: Snapshot, ids: Sequence[str], wanted: str = "", title: str = "") -> tuple[str, list[Change]]:
    """One event for rows, and for all that are one event with any of them: the name `wanted`, else that of the event of
    most rows, else one of a title. Raises DeskRefusal."""
    mentions = now.dataset.mentions
    rows = {id: row_of(now, id) for id in ids}
    of_these = {str(mentions["event"].iloc[now.place[id]]) for id in rows}
    together = mentions["event"].isin(list(of_these))
    members = mentions["id"][together].tolist()
    if len(members) > _MOST:
        raise DeskRefusal("wrong", f"These events have {len(members):,} rows; at most {_MOST} are changed in one step.")
    shared = [event for event, count in Counter(mentions["event"][together].tolist()).most_common() if count > 1]
    written = [row["event"] for row in rows.values() if row["event"]]
    event = wanted or next(iter([*shared, *written]), "")
    if not event:
        first = next(iter(rows.values()))
        event = unique(
            slug(first["title"] or title, "event")[:_LONGEST].strip("-"), {*mentions["id"], *mentions["event"]}
        )
    return event, named(now, members, event)
