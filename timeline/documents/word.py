"""Word: the blocks of a DOCX file.

In: the bytes of a DOCX. Out: the text of each paragraph in reading order, those in the cells of tables row by row at
their place, notes at the end; or one sentence that says why there is none. It must not know folders or citations; and
it imports nothing of ours, for `isolating` runs it in a process of its own.

Text that a revision has deleted is left out, inserted text is in. What a paragraph's text is, Word's own format says
(ISO/IEC 29500); python-docx opens the package and finds its parts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

UNPACKED = 200_000_000  # bytes
PARTS = 10_000
CHARACTERS = 20_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same once more, for old Words
_TEXT = (f"{_W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK))
_SIGNS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " "}
_WHITE = re.compile(r"[ \t\n\r\f]+")  # as in HTML: a no-break space is none
_NOTES = ("footnotes", "endnotes")
_BROKEN = "The Word document is broken or cut off and cannot be read; fetch it again, or save it anew."

_STRICT = "The Word document is of the kind 'Strict Open XML', which cannot be read; save it as an ordinary .docx."


def read(data: bytes) -> list[str] | str:
    """The blocks that are not blank, in order, or a sentence. Takes as long as the file makes it take."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "The Word document is encrypted and opens with a password only; save a copy without one."
        return "The document's file is an old Word document, though its name says .docx; save it as .docx."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except Exception:
        return _BROKEN if data.startswith(b"PK") else "The document's file is no DOCX, though its name says so."
    if "[Content_Types].xml" not in (member.filename for member in members):
        return "The document's file is a ZIP archive, no Word document, though its name says .docx."
    if len(members) > PARTS or sum(member.file_size for member in members) > UNPACKED:
        return f"The Word document unpacks to more than {UNPACKED // 1_000_000} MB and was not read; save it anew."
    if any(member.flag_bits & 1 for member in members):
        return "The Word document is encrypted; save a copy without a password."
    try:
        return _blocks(data)
    except MemoryError:
        raise
    except ValueError as error:
        if "not a Word file" in str(error):
            return "The document's file is no Word document, though its name says .docx."
        return _BROKEN
    except Exception:  # whatever a broken file makes of the libraries
        return _STRICT if _is_strict(data) else _BROKEN


def _is_strict(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"purl.oclc.org/ooxml/" in archive.read("_rels/.rels")[:100_000]
    except Exception:  # broken in any way
        return False


def _blocks(data: bytes) -> list[str] | str:
    import docx
    from docx.oxml.parser import parse_xml

    main = docx.Document(io.BytesIO(data)).part
    own = [relation for relation in main.rels.values() if not relation.is_external]
    notes = [one.target_part.blob for one in own if one.reltype.rsplit("/", 1)[-1] in _NOTES]
    roots = [main.element, *map(parse_xml, notes)]
    if any(root.getroottree().docinfo.doctype for root in roots):
        return "The Word document declares entities, which no word processor does, and was not read."
    blocks = [text for root in roots for paragraph in _paragraphs(root) if (text := _text(paragraph))]
    if sum(map(len, blocks)) > CHARACTERS:
        return f"The Word document holds more than {CHARACTERS // 1_000_000} million characters; cut it into parts."
    if blocks:
        return blocks
    pictures = next(main.element.iter("{*}blip", "{*}imagedata"), None) is not None
    return f"The Word document holds {'pictures only, no text; run OCR over it' if pictures else 'no text'}."


def _paragraphs(root: Any) -> Iterator[Any]:
    """All paragraphs in the order of the file; one in a text box follows the one that the box hangs on."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}p":
            yield element
        waiting += [child for child in reversed(element) if child.tag not in _GONE]


def _text(paragraph: Any) -> str:
    pieces = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _TEXT:
            pieces.append(element.text or "")
        elif element.tag in _SIGNS:
            pieces.append(_SIGNS[element.tag])
        elif element.tag != f"{_W}p":  # that of a text box is a block of its own
            waiting += [child for child in reversed(element) if child.tag not in _GONE]
    return _WHITE.sub(" ", "".join(pieces)).strip(" ")
