"""The chronology as a DOCX (ISO/IEC 29500): real headings, real links, real footnotes.

In: a Dataset, a Selection and a Look. Out: bytes, the same for the same input. It must not know files, or how a
chronology is put together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from timeline.export.chronology import chronology_of
from timeline.export.paragraphs import Body, Piece, page_number, steady_zip
from timeline.export.parts import Account, Chronology, Cited, Entry, Note
from timeline.export.plain import stop
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset

MOST = 50_000
"""More events than this would take gigabytes of memory to put together, and no word processor opens them."""


def word_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """The format chronology-docx."""
    chronology = chronology_of(dataset, selection, look, MOST)
    return Exported(to_word(chronology, look), chronology.left_out)


def to_word(chronology: Chronology, look: Look) -> bytes:
    """The document, with `look.made` as the time of everything in it."""
    document = Document()
    _dress(document)
    _name(document, chronology, look)
    body = Body(document)
    body.add("Title", [Piece(chronology.title)])
    for name, text in chronology.about:
        body.add("Small", [Piece(f"{name}: "), Piece(text)])
    body.add("Normal", [Piece(" ".join(chronology.accounting))])
    body.add("Normal", [Piece(chronology.remark, italic=True)])
    if chronology.empty:
        body.add("Normal", [Piece(chronology.empty)])
    for section in chronology.sections:
        body.add("Heading 1", [Piece(section.heading)])
        for entry in section.entries:
            _entry(body, entry)
    for note in chronology.notes:
        body.annotate(note.number, _note(note))
    if chronology.documents:
        body.add("Heading 1", [Piece("Documents")])
        for cited in chronology.documents:
            body.add("List Bullet", _cited(cited))
    return steady_zip(document, look.made)


def _dress(document: Any) -> None:
    """A4, a page number at the foot, and the two styles that the template has not."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    page_number(section)
    for name in ("Note", "Small"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(9)
        style.paragraph_format.space_after = Pt(2)


def _name(document: Any, chronology: Chronology, look: Look) -> None:
    facts = document.core_properties
    facts.title, facts.comments = chronology.title[:255], chronology.remark[:255]
    facts.author = facts.last_modified_by = facts.keywords = ""
    facts.language, facts.revision = "en", 1
    facts.created = facts.modified = look.made


def _entry(body: Body, entry: Entry) -> None:
    body.add("Heading 2", [Piece(f"{entry.when}: "), Piece(entry.title)])
    if entry.dates:
        body.add("Normal", [Piece(entry.dates)])
    for account in entry.accounts:
        body.add("Normal", _account(account))
    if entry.facts:
        pieces = [Piece(f"{' · ' if number else ''}{name}: {text}") for number, (name, text) in enumerate(entry.facts)]
        body.add("Small", pieces)


def _account(account: Account) -> Iterable[Piece]:
    if account.lead:
        yield Piece(f"{account.lead}: ", bold=True)
    yield Piece(account.text)
    if account.aside:
        yield Piece(f" ({account.aside})")
    yield Piece("", note=account.note)


def _note(note: Note) -> Iterable[Piece]:
    yield Piece(note.reference)
    if note.passage:
        yield Piece(f"{': ' if note.reference else ''}“{note.passage}”")
    if note.passage or note.reference:
        yield Piece(note.stop)
    if note.dated:
        yield Piece(f" {note.dated}")
    if note.link:
        yield Piece(" ")
        yield Piece("Original", link=note.link)
    elif note.address:
        yield Piece(f" {note.address}")


def _cited(document: Cited) -> Iterable[Piece]:
    yield Piece(document.reference and f"{document.reference}{stop(document.reference)} ")
    yield Piece(document.link or document.address, link=document.link)
