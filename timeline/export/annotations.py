"""The selected mentions as Web Annotations (W3C, JSON-LD): each says something of a passage in a document.

In: a Dataset, a Selection and a Look. Out: UTF-8 JSON with notes. It must not know where annotations are kept.

The passage of a row is its first and last words. They become a RangeSelector, from the first words to the end of the
last: a range ends before what its `endSelector` selects, so that is refined to the place after its last character.
Where the address can name the place itself (the page of a PDF, words of a web page) a FragmentSelector stands beside.
A document without an address is named by a URN.
"""

from __future__ import annotations

from typing import Any

from timeline.documents.wording import split
from timeline.export.encoding import encoded
from timeline.export.notes import left_out, nothing
from timeline.export.telling import Mention, link_of, mentions_of, summary_of, urn
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset

_PDF, _WORDS = "http://tools.ietf.org/rfc/rfc3778", "https://wicg.github.io/scroll-to-text-fragment/"


def annotations_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """An AnnotationCollection with all annotations on its first page."""
    mentions = mentions_of(dataset, selection)
    told = [mention for mention in mentions if mention.document or link_of(mention.url)]
    said = summary_of(dataset, selection) if mentions else "No event matches."
    own = urn(dataset.name, dataset.fingerprint, said)
    made: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"dcterms": "http://purl.org/dc/terms/"}],
        "id": own,
        "type": "AnnotationCollection",
        "label": f"Timeline of {dataset.name}: {said} {NOTE}",
        "total": len(told),
        "first": {
            "id": urn(own, "1"),
            "type": "AnnotationPage",
            "partOf": own,
            "startIndex": 0,
            "items": [_annotation(dataset, mention, look) for mention in told],
        },
    }
    if told:
        made["last"] = urn(own, "1")
    notes = (
        *nothing(len(mentions), "mention"),
        *left_out(len(mentions) - len(told), "mention(s) without a document or an address", "nothing is annotated."),
    )
    return Exported(encoded(made, inside=True), notes)


def _annotation(dataset: Dataset, mention: Mention, look: Look) -> dict[str, Any]:
    said = mention.title + (f"\n{mention.summary}" if mention.summary else "")
    tags = dict.fromkeys([*mention.actors, mention.category, mention.status])
    made: dict[str, Any] = {
        "id": urn(dataset.name, "mention", mention.id),
        "type": "Annotation",
        "motivation": "describing",
        "generated": look.made.isoformat().replace("+00:00", "Z"),
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": said},
            *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags if tag),
        ],
        "target": _target(dataset, mention),
        "dcterms:identifier": mention.id,
        "dcterms:bibliographicCitation": mention.cited,
    }
    if mention.dated:
        made |= {"dcterms:temporal": mention.edtf, "dcterms:coverage": mention.words}
    if mention.speaker:
        made["dcterms:contributor"] = mention.speaker
    return made


def _target(dataset: Dataset, mention: Mention) -> dict[str, Any]:
    document = mention.document or {}
    address = link_of(mention.url) or link_of(document.get("url", ""))
    source: dict[str, Any] = {
        "id": address.partition("#")[0] or urn(dataset.name, "document", document.get("id", "")),
        "type": "Text",
        "language": document.get("language", ""),
        "dcterms:identifier": document.get("id", ""),
        "dcterms:title": document.get("title", ""),
        "dcterms:publisher": mention.source,
        "dcterms:creator": document.get("author", ""),
        "dcterms:issued": document.get("published", ""),
    }
    selectors = _selectors(mention)
    made = {"type": "SpecificResource", "source": {name: value for name, value in source.items() if value}}
    return made | ({"selector": selectors} if selectors else {})


def _selectors(mention: Mention) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    parts = split(mention.passage)
    if len(parts) == 1:
        made.append(_quote(parts[0]))
    elif parts:
        place = len(parts[-1])
        after = {"type": "TextPositionSelector", "start": place, "end": place}
        ends = _quote(parts[-1]) | {"refinedBy": after}
        made.append({"type": "RangeSelector", "startSelector": _quote(parts[0]), "endSelector": ends})
    fragment = mention.link.partition("#")[2]
    if fragment.startswith("page="):
        made.append({"type": "FragmentSelector", "conformsTo": _PDF, "value": fragment})
    elif ":~:" in fragment:
        made.append({"type": "FragmentSelector", "conformsTo": _WORDS, "value": fragment})
    return made


def _quote(words: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": words}
