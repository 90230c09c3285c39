"""Kinds: what sort of file a document is, by the end of its name and by its first bytes.

In: a file's name, or its first bytes. Out: a kind, or what people call such a file. It must not know how a kind is
read, nor folders.
"""

from __future__ import annotations

import os
from typing import Literal

Kind = Literal["plain", "markdown", "html", "pdf", "word"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "word",
}
READABLE = "plain text, Markdown, HTML, PDF or DOCX"
NAMES: dict[Kind, str] = {
    "plain": "plain text", "markdown": "Markdown", "html": "HTML", "pdf": "a PDF", "word": "a Word document (.docx)",
}  # fmt: skip
_UNREADABLE = {
    ".doc": "an old Word document",
    ".docm": "a Word document with macros",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF text",
    ".epub": "an e-book",
    ".xlsx": "an Excel sheet",
    ".pptx": "a PowerPoint presentation",
}
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (Word, Excel and OpenDocument files are such)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def suffix(file: str) -> str:
    """The end of a file's name, in small letters, with its dot; "" without one."""
    return os.path.splitext(file)[1].lower()


def kind_of(file: str) -> Kind | None:
    """How a file of this name is read: as plain text where the name says nothing else; None for what cannot be."""
    end = suffix(file)
    return SUFFIXES.get(end) or (None if end in _UNREADABLE else "plain")


def unreadable(file: str) -> str:
    """What a file that cannot be read is called, by its name: `an e-book`."""
    return _UNREADABLE.get(suffix(file), "no text")


def magic(data: bytes) -> str:
    """What these bytes are, by their beginning; "" when they may be text."""
    return next((name for start, name in _MAGIC if data.startswith(start)), "")


def looks_like(data: bytes) -> str:
    """What bytes that are not what their name says look like: `a picture`, `a web page`, `plain text`; "": unknown."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head or magic(data):
        return magic(data)
    if head[:1] == b"<" and (b"<html" in head.lower() or b"<!doctype html" in head.lower()):
        return "a web page"
    return "" if b"\0" in data[:2000] else "plain text"
