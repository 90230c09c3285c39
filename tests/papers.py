"""Documents of our own invention in formats that are not text: what tests of reading start from."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any

PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


def make_pdf(
    pages: Sequence[str | bytes], *, pack: bool = False, tail: bytes = b"", picture: bool = False, filters: str = ""
) -> bytes:
    """A PDF whose pages show these lines; `bytes` are a page's content stream as it stands. `pack` compresses."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(PICTURE + b"\nstream\n\x00\nendstream")
    things = b"/Font << /F1 3 0 R >>" + (b" /XObject << /P1 4 0 R >>" if picture else b"")
    kids = []
    for page in pages:
        content = page if isinstance(page, bytes) else _shown(page)
        if picture and not page:
            content = b"q 500 0 0 700 50 50 cm /P1 Do Q"
        packed = zlib.compress(content) if pack else content
        how = b" /Filter /FlateDecode" if pack else filters.encode()
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(packed), how, packed))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %d 0 R >>"
            % (things, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n%s" % (len(objects) + 1, start, tail)


def _shown(page: str) -> bytes:
    lines = []
    for line in page.split("\n"):
        text = line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        lines.append(b"(%s) Tj T*" % text)
    return b"BT /F1 12 Tf 14 TL 72 780 Td\n" + b"\n".join(lines) + b"\nET"


def encrypt(pdf: bytes, password: str, algorithm: str = "AES-256") -> bytes:
    """The PDF with a password for opening it; "" leaves it open to all, as many publishers do."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(user_password=password, owner_password="of the owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_docx(fill: Callable[[Any], None]) -> bytes:
    """A DOCX, filled by a function that is given a python-docx Document."""
    from docx import Document

    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines_docx(*lines: str) -> bytes:
    """A DOCX with these paragraphs."""

    def fill(document: Any) -> None:
        for line in lines:
            document.add_paragraph(line)

    return make_docx(fill)


def change_docx(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The DOCX with one of its parts changed (or added, when it is not there)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return out.getvalue()
