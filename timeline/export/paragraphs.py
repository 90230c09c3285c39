"""Paragraphs of a DOCX, written straight into its XML: python-docx takes seconds for a thousand of them.

In: a python-docx Document and pieces of text. Out: paragraphs in it, and its bytes. It must not know what a chronology
is, or any table.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from timeline.export.plain import right_to_left

LINK_CHARACTERS = 2_000  # word processors take a file with a longer link for broken
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?|[0-9a-f:.]+")
_P, _PPR, _STYLE, _BIDI = qn("w:p"), qn("w:pPr"), qn("w:pStyle"), qn("w:bidi")
_R, _RPR, _T, _VAL, _ID = qn("w:r"), qn("w:rPr"), qn("w:t"), qn("w:val"), qn("w:id")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: with a `link` to an address or an `anchor` to a bookmark, itself bookmarked as `name`."""

    text: str
    link: str | None = None
    anchor: str = ""
    name: str = ""
    bold: bool = False
    italic: bool = False
    raised: bool = False


class Body:
    """The body of a document, to which paragraphs are added at the end."""

    def __init__(self, document: Any) -> None:
        self._last = document.element.body.sectPr
        self._relations = document.part.rels
        self._styles = {style.name: style.style_id for style in document.styles}
        self._links: dict[str, str] = {}
        self._bookmarks = 0

    def add(self, style: str, pieces: Iterable[Piece]) -> None:
        """A paragraph; its direction is that of its first letters."""
        paragraph = self._last.makeelement(_P)
        about = _under(paragraph, _PPR)
        _under(about, _STYLE, self._styles[style])
        pieces = [piece for piece in pieces if piece.text]
        if right_to_left("".join(piece.text for piece in pieces)):
            _under(about, _BIDI)
        for piece in pieces:
            self._write(paragraph, piece)
        self._last.addprevious(paragraph)

    def _write(self, paragraph: Any, piece: Piece) -> None:
        if piece.name:
            self._bookmarks += 1
            mark = _under(paragraph, qn("w:bookmarkStart"))
            mark.set(_ID, str(self._bookmarks))
            mark.set(qn("w:name"), piece.name)
        address = writable(piece.link) if piece.link else None
        inside = paragraph
        if address or piece.anchor:
            inside = _under(paragraph, qn("w:hyperlink"))
            inside.set(*(qn("r:id"), self._related(address)) if address else (qn("w:anchor"), piece.anchor))
            inside.set(qn("w:history"), "1")
        run = _under(inside, _R)
        _write_look(run, piece, linked=inside is not paragraph)
        text = _under(run, _T)
        text.text = piece.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if piece.name:
            _under(paragraph, qn("w:bookmarkEnd")).set(_ID, str(self._bookmarks))

    def _related(self, address: str) -> str:
        """The id of a link; asked of python-docx, each one would look through all others."""
        if address not in self._links:
            self._links[address] = f"rIdLink{len(self._links) + 1}"
            self._relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, self._links[address], True)
        return self._links[address]


def _write_look(run: Any, piece: Piece, *, linked: bool) -> None:
    """The properties of a run, in the order that the schema wants."""
    wanted = (
        (piece.bold, "w:b", None),
        (piece.italic, "w:i", None),
        (linked, "w:color", "0B5394"),
        (linked and not piece.anchor, "w:u", "single"),
        (piece.raised, "w:vertAlign", "superscript"),
        (right_to_left(piece.text), "w:rtl", None),
    )
    if any(is_so for is_so, _, _ in wanted):
        look = _under(run, _RPR)
        for is_so, tag, value in wanted:
            if is_so:
                _under(look, qn(tag), value)


def _under(parent: Any, tag: str, value: str | None = None) -> Any:
    made = etree.SubElement(parent, tag)
    if value is not None:
        made.set(_VAL, value)
    return made


def writable(address: str) -> str | None:
    """An address that a word processor takes: without the words to scroll to, or None, where it would be too long."""
    if not _HOST.fullmatch(urlsplit(address).hostname or ""):
        return None
    made = "".join(sign if sign not in "{}|^'" else quote(sign, safe="") for sign in address)
    if len(made) > LINK_CHARACTERS:
        made = made.partition("#")[0]
    return made if len(made) <= LINK_CHARACTERS else None


def page_number(section: Any) -> None:
    """The number of the page, in the middle of its foot."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1
    field = _under(paragraph._p, qn("w:fldSimple"))
    field.set(qn("w:instr"), "PAGE")
    _under(_under(field, _R), _T).text = "1"


def steady_zip(document: Any, made: datetime) -> bytes:
    """The document's bytes, with one time for all that is packed in it: a ZIP knows the years 1980 to 2107."""
    packed, steady = io.BytesIO(), io.BytesIO()
    document.save(packed)
    stamp = (min(max(made.year, 1980), 2107), made.month, made.day, made.hour, made.minute, made.second)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(steady, "w") as target:
        for each in source.infolist():
            entry = zipfile.ZipInfo(each.filename, stamp)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(each))
    return steady.getvalue()
