"""The selected events as items and groups for vis-timeline.

In: a Dataset and a Selection. Out: UTF-8 JSON with notes. It must not know the page that shows it.

`content` and `title` of an item are HTML there, so text is escaped; `citations` and the other fields are plain text. A
single day is a box, everything longer a range over all of it: a month is never its first day. `className` says how
exact a date is (`precision-month approximate open-end`), for a style sheet to show.
"""

from __future__ import annotations

import math
from html import escape
from typing import Any

from timeline.export.bounds import ends_of_event
from timeline.export.encoding import encoded
from timeline.export.notes import counted, left_out, nothing
from timeline.export.telling import Event, happenings_of, shown, summary_of
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset
from timeline.table.days import iso_instant


def vis_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """`{"about": ..., "groups": [...], "items": [...]}`: a group for each first actor, else category."""
    events = happenings_of(dataset, selection)
    items = [item for event in events if (item := _item(event))]
    groups = [{"id": name, "content": _html(name)} for name in dict.fromkeys(item["group"] for item in items)]
    about = {
        "table": shown(dataset.name),
        "fingerprint": dataset.fingerprint,
        "summary": summary_of(dataset, selection) if events else "No event matches.",
    }
    undated = sum(not event.dated for event in events)
    halves = sum(event.dated and None in ends_of_event(event) for event in events)
    notes = (
        *nothing(len(events)),
        *left_out(undated, "undated event(s)", "vis-timeline has no place for them."),
        *((f"{counted(halves, 'event(s)')} with an open end: only the other end is there.",) if halves else ()),
    )
    return Exported(encoded({"about": about, "groups": groups, "items": items}), notes)


def _item(event: Event) -> dict[str, Any] | None:
    first, last = ends_of_event(event)
    known = first or last
    if known is None:
        return None
    lo, hi = (event.start, event.end) if first and last else (known.lo, known.hi)
    marks = (
        (event.disagree, "disagree"), (event.approximate, "approximate"), (event.uncertain, "uncertain"),
        (first is None, "open-start"), (last is None, "open-end"),
        (bool(event.status), f"status-{_word(event.status)}"),
    )  # fmt: skip
    made: dict[str, Any] = {
        "id": event.id,
        "group": next(iter(event.actors), "") or event.category or "other",
        "content": _html(event.title),
        "title": "<br>".join(_html(line) for line in _lines(event)),
        "start": _instant(lo),
    }
    made |= {"type": "box"} if hi - lo <= 1 else {"type": "range", "end": _instant(hi)}
    made["className"] = " ".join([f"precision-{event.precision}", *(name for holds, name in marks if holds)])
    made |= {"words": event.words, "actors": list(event.actors), "category": event.category, "status": event.status}
    made["citations"] = [mention.citation for mention in event.mentions]
    return made


def _instant(days: float) -> str:
    """A day as `2014-05-09`, a moment as `2014-05-09T10:30:00`, years before 1 with six digits (-000043-03-15)."""
    text = iso_instant(days) if days != math.floor(days) else iso_instant(days)[:-9]
    return f"-00{text[1:]}" if text.startswith("-") else text if len(text.split("-")[0]) == 4 else f"+0{text}"


def _lines(event: Event) -> list[str]:
    said = [event.words, event.main.summary, *(event.said(mention) for mention in event.mentions)]
    return [line for line in said if line]


def _word(text: str) -> str:
    """A word that can be the name of a class."""
    kept = "".join(sign if sign.isalnum() else "-" for sign in shown(text).casefold())
    return kept.strip("-")[:40] or "other"


def _html(text: str) -> str:
    return escape(shown(text))
