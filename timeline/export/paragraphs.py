"""Paragraphs of a DOCX, written straight into its XML: python-docx takes seconds for a thousand of them.

In: a python-docx Document and pieces of text. Out: paragraphs in it, and its bytes. It must not know what a chronology
is, or any table.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from timeline.export.plain import right_to_left

LINK_CHARACTERS = 2_000  # word processors take a file with a longer link for broken
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?|[0-9a-f:.]+")
_P, _PPR, _STYLE, _BIDI = qn("w:p"), qn("w:pPr"), qn("w:pStyle"), qn("w:bidi")
_R, _RPR, _T, _VAL, _ID = qn("w:r"), qn("w:rPr"), qn("w:t"), qn("w:val"), qn("w:id")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, with a `link` to an address; or, without text, the number of the `note` at the page's foot."""

    text: str
    link: str | None = None
    bold: bool = False
    italic: bool = False
    note: int = 0


class Body:
    """The body of a document, to which paragraphs are added at the end, and the notes at the foot of its pages."""

    def __init__(self, document: Any) -> None:
        styles = {style.name: style.style_id for style in document.styles}
        last = document.element.body.sectPr
        self._body = _Writer(document.part, styles, lambda: last.makeelement(_P), last.addprevious)
        self._document, self._styles = document, styles
        self._notes: Any = None

    def add(self, style: str, pieces: Iterable[Piece]) -> None:
        """A paragraph; its direction is that of its first letters."""
        self._body.add(style, pieces)

    def annotate(self, number: int, pieces: Iterable[Piece]) -> None:
        """The note with this number, which some piece of the text names; a word processor counts from 1 by itself."""
        if self._notes is None:
            self._notes = notes_part(self._document)
        note = _under(self._notes.element, qn("w:footnote"))
        note.set(_ID, str(number))
        add = _Writer(self._notes, self._styles, lambda: note.makeelement(_P), note.append, self._body.links)
        add.add("Note", (Piece("", note=-1), Piece(" "), *pieces))


class _Writer:
    """Paragraphs of one part of a document; `links` counts those of all parts, whose ids may then be alike nowhere."""

    def __init__(
        self,
        part: Any,
        styles: dict[str, str],
        make: Callable[[], Any],
        put: Callable[[Any], Any],
        links: dict[tuple[int, str], str] | None = None,
    ) -> None:
        self._part, self._styles, self._make, self._put = part, styles, make, put
        self.links: dict[tuple[int, str], str] = {} if links is None else links

    def add(self, style: str, pieces: Iterable[Piece]) -> None:
        paragraph = self._make()
        about = _under(paragraph, _PPR)
        _under(about, _STYLE, self._styles[style])
        pieces = [piece for piece in pieces if piece.text or piece.note]
        if right_to_left("".join(piece.text for piece in pieces)):
            _under(about, _BIDI)
        for piece in pieces:
            self._write(paragraph, piece)
        self._put(paragraph)

    def _write(self, paragraph: Any, piece: Piece) -> None:
        address = writable(piece.link) if piece.link else None
        inside = paragraph
        if address:
            inside = _under(paragraph, qn("w:hyperlink"))
            inside.set(qn("r:id"), self._related(address))
            inside.set(qn("w:history"), "1")
        run = _under(inside, _R)
        _write_look(run, piece, linked=inside is not paragraph)
        if piece.note:
            if piece.note < 0:
                _under(run, qn("w:footnoteRef"))
            else:
                _under(run, qn("w:footnoteReference")).set(_ID, str(piece.note))
            return
        text = _under(run, _T)
        text.text = piece.text
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _related(self, address: str) -> str:
        """The id of a link; asked of python-docx, each one would look through all others."""
        key = (id(self._part), address)
        if key not in self.links:
            self.links[key] = f"rIdLink{len(self.links) + 1}"
            self._part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, self.links[key], True)
        return self.links[key]


def notes_part(document: Any) -> Any:
    """The part for the notes at the foot of the pages (ISO/IEC 29500-1, 17.11), which python-docx does not make; it has
    the lines that separate them from the text."""
    root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
    for number, kind in enumerate(("separator", "continuationSeparator"), -1):
        note = _under(root, qn("w:footnote"))
        note.set(qn("w:type"), kind)
        note.set(_ID, str(number))
        _under(_under(_under(note, _P), _R), qn(f"w:{kind}"))
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def _write_look(run: Any, piece: Piece, *, linked: bool) -> None:
    """The properties of a run, in the order that the schema wants."""
    wanted = (
        (piece.bold, "w:b", None),
        (piece.italic, "w:i", None),
        (linked, "w:color", "0B5394"),
        (linked, "w:u", "single"),
        (bool(piece.note), "w:vertAlign", "superscript"),
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
