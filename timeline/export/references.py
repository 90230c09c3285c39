"""The documents that the selection cites, as CSL-JSON and as BibTeX.

In: a Dataset and a Selection. Out: UTF-8 with notes. It must not know a style of citation.

An item is a document; where in it a mention stands belongs to the citation, so an item's note lists the places that
are cited. Names are kept as they are written: nobody knows which part of a stranger's name is the family's.
"""

from __future__ import annotations

import re
from typing import Any

from timeline.export.bounds import End, ends_of_date
from timeline.export.encoding import encoded
from timeline.export.notes import counted
from timeline.export.telling import Mention, documents_of, link_of, mentions_of, shown, urn
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset
from timeline.table.when import When, read_date

_TYPES = {"interview": "interview", "speech": "speech", "report": "report", "article": "article-newspaper"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "$&#_%"},
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}~^$&#_%]")


def csl_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """A list of CSL items, one a document."""
    mentions = mentions_of(dataset, selection)
    cited = documents_of(mentions)
    return Exported(encoded([_item(cited[id], _places(mentions, id)) for id in cited]), _notes(mentions, len(cited)))


def bibtex_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """An entry for each document; dates as BibTeX (`year`, `month`) and as BibLaTeX (`date`, EDTF)."""
    mentions = mentions_of(dataset, selection)
    cited = documents_of(mentions)
    entries = [_entry(cited[id], _places(mentions, id)) for id in cited]
    text = "\n".join(entries) if entries else "% No document is cited.\n"
    return Exported(text.encode("utf-8", "replace"), _notes(mentions, len(cited)))


def _notes(mentions: list[Mention], documents: int) -> tuple[str, ...]:
    without = sum(mention.document is None for mention in mentions)
    cite = "cites" if without == 1 else "cite"
    told = (f"{counted(without, 'mention(s)')} {cite} no document.",) if without else ()
    return (() if documents else ("No document is cited: the file is empty.",)) + told


def _places(mentions: list[Mention], id: str) -> str:
    """ "Cited at para. 1; para. 12." """
    places = dict.fromkeys(m.locator for m in mentions if m.document and m.document["id"] == id and m.locator)
    return f"Cited at {'; '.join(places)}." if places else ""


def _item(document: dict[str, str], places: str) -> dict[str, Any]:
    kind = _TYPES.get(document["kind"], "document")
    made: dict[str, Any] = {
        "id": document["id"],
        "type": kind,
        "title": _line(document["title"]),
        "author": [{"literal": _line(name)} for name in _names(document["author"])],
        "issued": _issued(document),
        "container-title" if kind == "article-newspaper" else "publisher": _line(document["source"]),
        "language": document["language"],
        "URL": link_of(document["url"]),
        "note": places,
    }
    return {name: value for name, value in made.items() if value or name in ("id", "type")}


def _names(author: str) -> list[str]:
    return [name for part in author.split(";") if (name := part.strip())]


def _issued(document: dict[str, str]) -> dict[str, Any]:
    """The date as CSL has it, in the parts that are known; in words where it has no parts, {} when there is none.
    CSL has one word for "about" and "perhaps": circa."""
    when = _published(document)
    if when is None:
        return {}
    first, last = ends_of_date(when.edtf, when.start, when.end)
    if first is None or last is None or when.precision not in ("day", "month", "year", "interval"):
        return {"literal": document["published_words"] or when.words}
    parts = [_parts(first)] if _parts(first) == _parts(last) else [_parts(first), _parts(last)]
    return {"date-parts": parts} | ({"circa": True} if when.approximate or when.uncertain else {})


def _parts(end: End) -> list[int]:
    return [end.common, *(part for part in (end.month, end.day) if part is not None)]


def _published(document: dict[str, str]) -> When | None:
    found = read_date(document["published"]) if document["published"] else None
    return found if isinstance(found, When) else None


def _entry(document: dict[str, str], places: str) -> str:
    kind = document["kind"]
    own = {"article": "journal", "report": "institution"}.get(kind, "howpublished")
    when = _published(document)
    first = ends_of_date(when.edtf, when.start, when.end)[0] if when else None
    single = when is not None and when.precision in ("day", "month", "year") and first is not None
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in _names(document["author"])),
        "title": f"{{{_tex(document['title'])}}}" if document["title"] else "",
        own: _tex(document["source"]),
        "date": when.edtf if when else "",
        "year": str(first.year) if single and first and first.year > 0 else "",
        "langid": _tex(document["language"]),
        "url": link_of(document["url"]).replace("{", "%7B").replace("}", "%7D"),
        "note": _tex(places),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if single and first and first.month and first.year > 0:
        lines.append(f"  month = {_MONTHS[first.month - 1]},\n")
    type = {"article": "article", "report": "techreport"}.get(kind, "misc")
    return f"@{type}{{{_key(document['id'])},\n{''.join(lines)}}}\n"


def _key(id: str) -> str:
    """A key that BibTeX takes; an id that is none gets a name of its own."""
    return id if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.:-]*", id) else f"d-{urn(id)[9:]}"


def _tex(text: str) -> str:
    """Text in one line in which TeX finds nothing to do."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], _line(text))


def _line(text: str) -> str:
    return " ".join(shown(text).split())
