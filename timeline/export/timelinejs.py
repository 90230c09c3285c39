"""The selected events as JSON for TimelineJS: a slide for each, its citations in the text.

In: a Dataset and a Selection. Out: UTF-8 JSON with notes. It must not know the page that shows it.

TimelineJS takes text for HTML, so all of it is escaped, and the only markup is ours. A date has the parts that are
known: a month has no day. Its words are ours (`display_date`). Years before 1 are counted as people count them (-44 is
44 BC), for so TimelineJS names them.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from timeline.export.bounds import End, ends_of_event
from timeline.export.encoding import encoded
from timeline.export.notes import counted, left_out, nothing, only_words
from timeline.export.telling import Event, Mention, happenings_of, shown, summary_of
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset
from timeline.table.names import slug
from timeline.table.schema import SLUG


def timelinejs_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """`{"title": ..., "events": [...]}`; undated events have no place in it."""
    events = happenings_of(dataset, selection)
    slides = [slide for event in events if (slide := _slide(event))]
    said = summary_of(dataset, selection) if events else "No event matches."
    text = f"<p>{_html(said)}</p><p>{_html(NOTE)} Data {_html(dataset.fingerprint)}.</p>"
    made = {
        "title": {"text": {"headline": _html(f"Timeline of {dataset.name}"), "text": text}},
        "events": slides,
    }
    undated = sum(not event.dated for event in events)
    halves = [event for event in events if event.dated and None in ends_of_event(event)]
    notes = (
        *nothing(len(events)),
        *left_out(undated, "undated event(s)", "TimelineJS has no place for them."),
        *only_words(sum(event.doubtful for event in events if event.dated)),
        *((f"{counted(len(halves), 'event(s)')} with an open end: only the other end is there.",) if halves else ()),
    )
    return Exported(encoded(made), notes)


def _slide(event: Event) -> dict[str, Any] | None:
    first, last = ends_of_event(event)
    start = first or last
    if start is None:
        return None
    made: dict[str, Any] = {
        "unique_id": event.id if re.fullmatch(SLUG, event.id) else slug(event.id),
        "display_date": _html(event.words),
        "start_date": _date(start),
        # One group is all a slide has, and an event has one category and many actors; imports read it so, too.
        "group": _html(event.category),
        "text": {"headline": _html(event.title), "text": _text(event)},
    }
    if first and last and _date(last) != _date(first):
        made["end_date"] = _date(last)
    return made


def _date(end: End) -> dict[str, int]:
    made = {"year": end.common}
    made |= {name: part for name, part in (("month", end.month), ("day", end.day)) if part is not None}
    clock = [int(part) for part in end.time.split(":") if part]
    return made | dict(zip(("hour", "minute", "second"), clock, strict=False))


def _text(event: Event) -> str:
    """The summary, then each mention with its citation and a link to the original."""
    facts = "; ".join(part for part in (event.category, event.status) if part)
    who = "; ".join(event.actors)
    parts = [f"<p>{_html(event.main.summary)}</p>"] if event.main.summary else []
    parts += [f"<p><small>{_html(' · '.join(part for part in (facts, who) if part))}</small></p>"]
    parts += [f"<p><small>{_citation(mention, event)}</small></p>" for mention in event.mentions]
    return "".join(parts)


def _citation(mention: Mention, event: Event) -> str:
    cited = _html(mention.cited)
    if mention.link:
        cited = f'<a rel="noopener noreferrer" href="{escape(mention.link)}">{cited or _html(mention.url)}</a>'
    said = f"{_html(mention.speaker)}: " if mention.speaker else ""
    own = _html(f"{mention.words}: ") if event.disagree else ""
    more = f" {_html(mention.summary)}" if mention is not event.main and mention.summary else ""
    return f"{own}{said}{cited}{more}"


def _html(text: str) -> str:
    return escape(shown(text))
