"""The selected events as a list in the words of schema.org (JSON-LD), each with the works that tell of it.

In: a Dataset and a Selection. Out: UTF-8 JSON with notes. It must not know the page in which it is put.

A date has the parts that are known: `2014-05` is a month. What schema.org has no word for (about, perhaps) stands in
words in `disambiguatingDescription`. `subjectOf` names a work and, in its description, the place in it.
"""

from __future__ import annotations

import re
from typing import Any

from timeline.export.bounds import ends_of_event
from timeline.export.encoding import encoded
from timeline.export.notes import counted, nothing, only_words
from timeline.export.telling import Event, Mention, happenings_of, link_of, summary_of, urn
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset

_KINDS = {"person": "Person", "state": "Country", "organisation": "Organization", "group": "Organization",
          "place": "Place"}  # fmt: skip
_DATE = re.compile(r"-?[0-9]{4}(-[0-9]{2}){0,2}")


def schemaorg_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """An ItemList of Events; undated ones have no startDate."""
    events = happenings_of(dataset, selection)
    kinds = {str(name): _KINDS.get(str(kind), "Thing")
             for name, kind in zip(dataset.actors["name"], dataset.actors["kind"], strict=True)}  # fmt: skip
    said = summary_of(dataset, selection) if events else "No event matches."
    made = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": f"Timeline of {dataset.name}",
        "description": f"{said} {NOTE}",
        "identifier": dataset.fingerprint,
        "numberOfItems": len(events),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "item": _event(dataset, event, kinds)}
            for place, event in enumerate(events, 1)
        ],
    }
    undated = sum(not event.dated for event in events)
    has = "has" if undated == 1 else "have"
    notes = (
        *nothing(len(events)),
        *((f"{counted(undated, 'undated event(s)')} {has} no startDate.",) if undated else ()),
        *only_words(sum(event.doubtful for event in events)),
    )
    return Exported(encoded(made, inside=True), notes)


def _event(dataset: Dataset, event: Event, kinds: dict[str, str]) -> dict[str, Any]:
    first, last = ends_of_event(event)
    made: dict[str, Any] = {
        "@type": "Event",
        "@id": urn(dataset.name, event.id),
        "identifier": event.id,
        "name": event.title,
        "description": event.main.summary,
        "startDate": first.iso if first else "",
        "endDate": last.iso if last and (first is None or last.iso != first.iso) else "",
        "disambiguatingDescription": event.words,
        "eventStatus": "https://schema.org/EventScheduled" if event.status == "planned" else "",
        "keywords": [word for word in (event.category, event.status) if word],
        "about": [{"@type": kinds.get(name, "Thing"), "name": name} for name in event.actors],
        "subjectOf": [work for mention in event.mentions if (work := _work(mention))],
    }
    return {name: value for name, value in made.items() if value}


def _work(mention: Mention) -> dict[str, Any]:
    """The document that a mention cites, with the place in it; empty when it cites nothing."""
    document = mention.document or {}
    published = document.get("published", "")
    place = ": ".join(part for part in (mention.locator, mention.passage) if part)
    place += f" (said by {mention.speaker})" if mention.speaker else ""
    made: dict[str, Any] = {
        "name": document.get("title", ""),
        "publisher": {"@type": "Organization", "name": mention.source} if mention.source else None,
        "author": [name for part in document.get("author", "").split(";") if (name := part.strip())],
        "datePublished": published if _DATE.fullmatch(published) else "",
        "inLanguage": document.get("language", ""),
        "url": mention.link or link_of(document.get("url", "")),
        "description": place,
    }
    work = {name: value for name, value in made.items() if value}
    return {"@type": "CreativeWork", **work} if work else {}
