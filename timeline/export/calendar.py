"""The selected events as an iCalendar file (RFC 5545), each over the whole days on which it may have been.

In: a Dataset, a Selection and a Look. Out: the bytes of an .ics with notes. It must not know who imports it.

A month is an all-day entry over the month; `DTEND` is the day after the last one. iCalendar knows neither times that
are uncertain nor years before 1 nor open ends: such things stand in the description, or are left out and counted.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from timeline.export.notes import counted, left_out, nothing, only_words
from timeline.export.telling import Event, happenings_of, link_of, shown, summary_of, urn
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset
from timeline.table.days import to_days

_FIRST, _LAST = to_days(1), to_days(9999, 12, 31)
_EPOCH = date(1970, 1, 1).toordinal()


def calendar_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """A calendar of all-day entries; without any, a journal entry that says so, for an empty calendar is not valid."""
    from icalendar import Calendar, Journal

    events = happenings_of(dataset, selection)
    dated = [event for event in events if event.dated]
    closed = [event for event in dated if math.isfinite(event.start) and math.isfinite(event.end)]
    told = [event for event in closed if event.start >= _FIRST]
    calendar = Calendar()
    calendar.add("prodid", "-//cited-timeline//timeline export//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _text(f"Timeline of {dataset.name}"))
    calendar.add("x-wr-caldesc", _text(f"{summary_of(dataset, selection)} {NOTE} Data {dataset.fingerprint}."))
    for event in told:
        calendar.add_component(_entry(dataset, event, look))
    if not told:
        entry = Journal()
        entry.add("uid", urn(dataset.name, "nothing"))
        entry.add("dtstamp", look.made)
        entry.add("summary", "No event matches." if not events else "No event has a date that a calendar can hold.")
        calendar.add_component(entry)
    timed = sum(any(moment != math.floor(moment) for moment in (event.start, event.end)) for event in told)
    is_, stands = ("is", "its time stands") if timed == 1 else ("are", "their times stand")
    notes = (
        *nothing(len(events)),
        *left_out(len(events) - len(dated), "undated event(s)", "iCalendar has no place for them."),
        *left_out(len(dated) - len(closed), "event(s) with an open end", "an entry of iCalendar has two ends."),
        *left_out(len(closed) - len(told), "event(s) before the year 1", "iCalendar has no such years."),
        *only_words(sum(event.doubtful for event in told)),
        *((f"{counted(timed, 'event(s)')} {is_} given as whole days; {stands} in the description.",) if timed else ()),
    )
    return Exported(calendar.to_ical(), notes)


def _entry(dataset: Dataset, event: Event, look: Look) -> Any:
    from icalendar import Event as Entry

    first, after = math.floor(event.start), math.ceil(event.end)
    entry = Entry()
    entry.add("uid", urn(dataset.name, event.id))
    entry.add("dtstamp", look.made)
    entry.add("dtstart", date.fromordinal(first + _EPOCH))
    if first < _LAST:  # without an end an entry is a day long, and no day comes after the last one
        entry.add("dtend", date.fromordinal(min(after, _LAST) + _EPOCH))
    entry.add("summary", _text(event.title))
    entry.add("description", _text("\n".join(_lines(event))))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [_text(name) for name in (event.category, event.status) if name] or ["event"])
    if event.status == "planned":
        entry.add("status", "TENTATIVE")
    address = link_of(event.main.url)
    if address:
        entry.add("url", address)
    return entry


def _lines(event: Event) -> list[str]:
    said = [event.words, event.main.summary, "; ".join(event.actors)]
    said += [f"{event.said(mention)} {mention.link}".strip() for mention in event.mentions]
    return [line for line in said if line]


def _text(text: str) -> str:
    return shown(text).replace("\r", "")
