"""The rules of a stranger's table: made by people who know nothing of this tool, so read kindly and told
exactly.

In: the events Table of a file without documents.csv. Out: ids made into slugs, rows grouped into events,
actors split; notes on all of it. Must not know: frames.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.table.actors import Directory, split_names
from timeline.table.names import fold_search, slug, unique
from timeline.table.problems import make, quote
from timeline.table.tables import Table
from timeline.table.when import When


def loose_ids(table: Table) -> list[str]:
    """Slugs for all rows, unique; from the id column, else from the titles. One note says that ids were
    changed."""
    written = table.column("id")
    titles = table.column("title")
    taken: set[str] = set()
    made: list[str] = []
    changed: list[int] = []
    seen: set[str] = set()
    for row, own in enumerate(written):
        if row in table.failed:
            made.append("")
            continue
        made.append(unique(slug(own or titles[row]), taken))
        if own and made[-1] != own and own not in seen:
            changed.append(row)
        seen.add(own)
    if changed:
        row = changed[0]
        count = f" ({len(changed):,} ids; this is the first)" if len(changed) > 1 else ""
        reason = f"the id {quote(written[row])} became {made[row]}{count}"
        table.tell(
            "id-made",
            row,
            "id",
            reason,
            "Ids hold a-z, 0-9 and -; leave them or write them so",
            value=written[row],
        )
    return made


def loose_events(table: Table, ids: Sequence[str], whens: Sequence[When | None]) -> list[str]:
    """The event of each row: its `event` cell as a slug; else that of an earlier row with the same id, or
    alike in date and title (without regard to case, accents and spaces); else an event of its own."""
    keys, written, titles = table.column("event"), table.column("id"), table.column("title")
    by_id: dict[str, tuple[str, int]] = {}
    by_look: dict[tuple[str, str], tuple[str, int]] = {}
    events: list[str] = []
    taken = set(ids)
    named = {name: unique(name, taken) for name in dict.fromkeys(slug(key, "event") for key in keys if key)}
    for row, own in enumerate(ids):
        if row in table.failed:
            events.append("")
            continue
        when = whens[row]
        look = (when.edtf if when else "", fold_search(titles[row]))
        same_id, same_look = by_id.get(written[row]), by_look.get(look)
        if keys[row]:
            events.append(named[slug(keys[row], "event")])
        elif same_id or same_look:
            event, first = same_id or same_look or ("", 0)
            what = "the same id" if same_id else "the same date and title"
            reason = f"the row has {what} as line {table.lines[first]}: both are mentions of one event"
            table.tell(
                "same-event",
                row,
                "id" if same_id else "title",
                reason,
                "Change the one that is another event",
                value=written[row] if same_id else titles[row],
            )
            events.append(event)
        else:
            events.append(own)
        if written[row]:
            by_id.setdefault(written[row], (events[-1], row))
        by_look.setdefault(look, (events[-1], row))
    return events


def loose_actors(table: Table, directory: Directory) -> list[list[str]]:
    """The actors of each row: split at `;`, or at commas when no cell of the column has a `;`. A note says
    which."""
    cells = table.column("actors")
    separator = ";" if any(";" in cell for cell in cells) else ","
    cast: list[list[str]] = []
    first = None
    for row, cell in enumerate(cells):
        parts = split_names(cell, separator)
        names = [directory.canonical(part) or part for part in parts if part]
        if len(parts) > 1 and first is None:
            first = row
        cast.append(list(dict.fromkeys(names)))
    if first is not None:
        sign = "semicolons" if separator == ";" else "commas, for the column has no semicolon"
        fix = "" if separator == ";" else "Separate the names with ; where a name holds a comma"
        table.problems.append(
            make(
                "actors-split",
                table.file,
                table.lines[first],
                f"the actors were split at {sign}",
                fix,
                column=table.label("actors"),
                id=table.ids[first],
                value=cells[first],
            )
        )
    return cast
