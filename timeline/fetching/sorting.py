"""Sorting: what an answer of the web is, and what its file may be called.

In: an Answer. Out: its kind, its content as it is saved, a name; or Refused. It must not know folders.
"""

from __future__ import annotations

import re
from collections.abc import Container
from contextlib import suppress
from urllib.parse import urlsplit

from timeline.documents.confining import refusal
from timeline.documents.kinds import NAMES, SUFFIXES, Kind, looks_like, suffix
from timeline.fetching.addresses import Refused
from timeline.fetching.asking import Answer

_TYPES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "plain",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
}
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download"})
_ENDS: dict[Kind, str] = {"html": ".html", "plain": ".txt", "markdown": ".md", "pdf": ".pdf", "word": ".docx"}
_META = re.compile(rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)


def kind_of_answer(answer: Answer) -> Kind:
    """What an answer is: by its first bytes where they tell, else by its media type."""
    head = answer.content[:1024]
    told = _TYPES.get(answer.type)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK") and (told == "word" or b"word/" in answer.content):
        return "word"
    like = looks_like(answer.content)
    if told in ("pdf", "word"):
        raise Refused(f"the server calls it {NAMES[told]}, but sends {like or 'something else'}")
    if told == "plain" and SUFFIXES.get(suffix(urlsplit(answer.address).path)) == "markdown":
        return "markdown"
    if told is not None:
        return told
    if answer.type in _UNTOLD and like in ("a web page", "plain text"):
        return "html" if like == "a web page" else "plain"
    raise Refused(f"it is no document that can be read ({answer.type or like or 'of unknown kind'})")


def fits(kind: Kind, wanted: Kind | None) -> bool:
    """Whether content of a kind may lie under a name of another."""
    return kind == wanted or (kind == "plain" and wanted == "markdown")


def name_for(id: str, kind: Kind, taken: Container[str]) -> str:
    """A file name made of a document's id, and none of those that are taken."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", id).strip(".-")[:80] or "document"
    plain = f"document-{plain}" if refusal(f"{plain}.txt") else plain
    names = (f"{plain}{more}{_ENDS[kind]}" for more in ("", *(f"-{number}" for number in range(2, 1000))))
    return next((name for name in names if name not in taken), f"{plain}-1000{_ENDS[kind]}")


def as_utf8(kind: Kind, answer: Answer) -> tuple[bytes, str]:
    """Texts in the encoding that the server or the page declares become UTF-8, which is what is read."""
    if kind in ("pdf", "word"):
        return answer.content, ""
    with suppress(UnicodeDecodeError):
        answer.content.decode("utf-8")
        return answer.content, ""
    declared = answer.charset
    if not declared and kind == "html":
        found = _META.search(answer.content[:4096])
        declared = found[1].decode("ascii").lower() if found else ""
    try:
        text = answer.content.decode(declared or "utf-8")
        return text.encode("utf-8"), f"it came as {declared}, and is saved as UTF-8"
    except (UnicodeDecodeError, LookupError) as error:
        said = f"'{declared}' as it declares" if declared else "UTF-8, and declares no encoding"
        raise Refused(f"its text is not {said}") from error
