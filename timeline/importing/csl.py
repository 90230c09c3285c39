"""CSL-JSON, as Zotero and others write it: a list of bibliographic items, which become documents.

In: the JSON value. Out: drafts of documents, and in the report what they do not hold. Must not know: files.

Decided: the source, which a document must have, is the container of an article or a page and the publisher of all else,
then whatever of the two there is, the archive, the authors, the host of the address, or `unknown source`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from timeline.importing.dates import joined, of_parts
from timeline.importing.parsing import CannotImport
from timeline.importing.plain import plain
from timeline.importing.report import Report
from timeline.importing.rows import UNTITLED
from timeline.importing.sheets import Draft
from timeline.importing.values import is_blank, line_of, text_of, whole

NO_SOURCE = "unknown source"
KINDS = {
    "interview": "interview",
    "speech": "speech",
    "report": "report",
    **dict.fromkeys(
        ("article", "article-journal", "article-magazine", "article-newspaper", "post", "post-weblog", "webpage",
         "review", "review-book", "entry", "entry-dictionary", "entry-encyclopedia"),
        "article",
    ),
}  # fmt: skip
_CONTAINED = frozenset(name for name, kind in KINDS.items() if kind == "article") | {"broadcast", "motion_picture"}
_READ = frozenset(("id", "type", "title", "author", "issued", "language", "URL"))
_NAME = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_TYPES = frozenset(KINDS) | frozenset(
    ("bill", "book", "broadcast", "chapter", "classic", "collection", "dataset", "document", "event", "figure",
     "graphic", "hearing", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score",
     "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication", "regulation",
     "software", "song", "standard", "thesis", "treaty")
)  # fmt: skip


def is_csl(item: Any) -> bool:
    """Whether a value is a bibliographic item: its type is one of CSL's."""
    kind = item.get("type") if isinstance(item, dict) and "start" not in item else None
    return isinstance(kind, str) and kind in _TYPES


def read_csl(value: Any, report: Report) -> list[Draft]:
    """The documents in the order of the items."""
    items = value
    if isinstance(value, dict) and "items" in value:
        items = value["items"]
        for name, held in value.items():
            if name != "items" and not is_blank(held):
                report.lose(f"field '{name[:60]}' beside the items")
    if isinstance(items, dict):
        items = [items]
    if not isinstance(items, list):
        raise CannotImport("CSL-JSON is a list of items", "Export it again as CSL JSON")
    drafts = []
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            drafts.append(_draft(item, f"item {number}", report))
        else:
            report.leave_out(f"item {number}", "it is no object")
    return drafts


def _draft(item: dict[str, Any], place: str, report: Report) -> Draft:
    draft = Draft(place, {"id": line_of(item.get("id"))})
    title = plain(text_of(item.get("title"))).text
    if not title:
        title = line_of(item.get("URL")) or draft.cells["id"] or UNTITLED
        report.count("untitled", "1 document has no title; its address or id stands for it.",
                     "{} documents have no title; their address or id stands for it.")  # fmt: skip
    author = _people(item.get("author"))
    url = line_of(item.get("URL"))
    doi = line_of(item.get("DOI"))
    if not url and doi:
        url = doi if doi.startswith(("http://", "https://")) else f"https://doi.org/{doi.removeprefix('doi:').strip()}"
    source, field = _source(item, author, url)
    if field == "":
        report.count("sources", f"1 document names nobody who issued it; its source is '{source}'.",
                     "{} documents name nobody who issued them; their source is the host of their address, or "
                     f"'{NO_SOURCE}'.")  # fmt: skip
    kind = line_of(item.get("type"))
    draft.cells |= {
        "title": title, "source": source, "author": author, "published": _issued(item.get("issued"), report),
        "kind": KINDS.get(kind, "other"), "language": line_of(item.get("language")), "url": url,
    }  # fmt: skip
    if kind and KINDS.get(kind) != kind:
        draft.extras["type"] = kind
    for name, held in item.items():
        if name in _READ or name == field or is_blank(held):
            continue
        draft.extras.setdefault(name, _cell(held, report))
    return draft


def _source(item: dict[str, Any], author: str, url: str) -> tuple[str, str]:
    """Who issued an item, and the field that says so: "" where none does."""
    places = ["publisher", "container-title", "authority", "archive"]
    if line_of(item.get("type")) in _CONTAINED:
        places[:2] = ["container-title", "publisher"]
    for name in places:
        found = plain(text_of(item.get(name))).text
        if found:
            return found, name
    if author:
        return author, "author"
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or NO_SOURCE, ""


def _people(value: Any) -> str:
    """Names as people write them, separated by `; `."""
    people = value if isinstance(value, list) else [value]
    return "; ".join(filter(None, map(_person, people)))


def _person(value: Any) -> str:
    if not isinstance(value, dict):
        return line_of(value)
    return line_of(value.get("literal")) or " ".join(filter(None, (line_of(value.get(part)) for part in _NAME)))


def _cell(held: Any, report: Report) -> str:
    """A field without a column of ours: names and dates as such, all else as text."""
    if isinstance(held, list) and held and all(map(_person, held)) and all(isinstance(one, dict) for one in held):
        return _people(held)
    if isinstance(held, dict) and "date-parts" in held:
        return _issued(held, report)
    return text_of(held)


def _issued(held: Any, report: Report) -> str:
    """A date of CSL: its parts, with `circa` and `season`; else its text as it is."""
    if is_blank(held):
        return ""
    if not isinstance(held, dict):
        return line_of(held)
    parts = held.get("date-parts")
    if not isinstance(parts, list) or is_blank(parts):
        return line_of(next((held[name] for name in ("edtf", "raw", "literal") if not is_blank(held.get(name))), held))
    ends = [_end(one, held, report) for one in parts[:2]]
    report.lose("date beyond the two ends of a range", len(parts) - 2 if len(parts) > 2 else 0,
                "dates beyond the two ends of a range")  # fmt: skip
    return joined(ends[0], ends[1]) if len(ends) == 2 else ends[0]


def _end(parts: Any, held: dict[str, Any], report: Report) -> str:
    given = [part for part in parts if not is_blank(part)] if isinstance(parts, list) else [parts]
    date = of_parts(given[:3])
    season = whole(held.get("season"))
    if not is_blank(held.get("season")):
        if len(given) == 1 and season is not None and 1 <= season <= 4 and date[:1] != "Y":
            date = f"{date}-{20 + season}"
        else:
            report.lose("season of a date", many="seasons of dates")
    about = held.get("circa") and line_of(held.get("circa")).casefold() not in ("0", "false", "no")
    return f"{date}~" if about and date else date
