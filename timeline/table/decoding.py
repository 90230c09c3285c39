"""Bytes to text, or the reason why not. An encoding is recognised and named, never guessed and used.

In: the bytes of one table and, if its owner named one, their encoding. Out: text, findings, and where single
bytes were no UTF-8. Must not know: what a table is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from timeline.table.problems import Problem, make

_SAVE = "Save the table as 'CSV UTF-8'"

# Signatures of what people rename to .csv. Nothing is ever unpacked.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Office file (.xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|head|body|table)\b", re.IGNORECASE)
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF32_LE, "UTF-32 LE", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32 BE", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16 LE", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16 BE", "utf-16"),
)


@dataclass(slots=True)
class Text:
    """`text` is None when nothing can be read. `bad` maps a line (1-based) to the byte offset in the file and
    the value of the first byte on it that is not UTF-8; such bytes stand in `text` as lone surrogates (PEP
    383)."""

    text: str | None
    problems: list[Problem] = field(default_factory=list)
    bad: dict[int, tuple[int, int]] = field(default_factory=dict)


def decode(content: bytes, file: str, encoding: str | None = None) -> Text:
    """The text of a table. `encoding` is what the owner asked for (a name of Python's codecs, known to
    exist).

    Bytes that are not UTF-8 do not stop the reading: no such byte can be a comma, a quotation mark or a line
    end, so the rows around them are certain, and only the cells that hold them are unreadable (byte value >=
    0x80).
    """
    what = recognise(content.removeprefix(codecs.BOM_UTF8))
    if what:
        reason = f"the file is {what}, not a CSV table"
        return Text(None, [make("not-csv", file, None, reason, f"Open it in its own program. {_SAVE}")])
    if encoding is not None and codecs.lookup(encoding).name not in ("utf-8", "utf-8-sig"):
        return _decode_as(content, file, encoding)
    looks, name = _wide(content)
    if looks:
        reason = f"the file is not UTF-8: it looks like {looks} (Excel's 'Unicode text')"
        fix = f"{_SAVE}, or give --encoding {name} if that is what it is"
        return Text(None, [make("not-utf8", file, 1, reason, fix)])
    result = Text(None)
    start = 0
    if content.startswith(codecs.BOM_UTF8):
        start = len(codecs.BOM_UTF8)
        reason = "the file starts with a byte order mark, which was left out"
        result.problems.append(make("bom", file, 1, reason, "Save as UTF-8 without BOM, or leave it"))
    body = content[start:]
    try:
        result.text = body.decode("utf-8")
    except UnicodeDecodeError:
        result.text = body.decode("utf-8", "surrogateescape")
        result.bad = _bad_bytes(body, start)
    return result


def recognise(content: bytes) -> str | None:
    """What the bytes are, by their signature, when they are no text: 'an Excel file (.xlsx)', 'a PDF
    document' ..."""
    for signature, what in _MAGIC:
        if content.startswith(signature):
            if signature == b"PK\x03\x04":
                return _zipped(content)
            return what
    return "a web page or XML" if _MARKUP.match(content[:200]) else None


def describe_bytes(content: bytes, offset: int) -> str:
    """The text around a byte that is not UTF-8, with the byte itself as <E9>: at most 20 characters of its
    line on each side."""
    left = re.split(rb"[\r\n]", content[max(0, offset - 20) : offset])[-1].decode("ascii", "replace")
    right = re.split(rb"[\r\n]", content[offset + 1 : offset + 20])[0].decode("ascii", "replace")
    return f"{left}<{content[offset]:02X}>{right}"


def _zipped(content: bytes) -> str:
    names = content[:4000] + content[-4000:]
    if b"xl/" in names:
        return "an Excel file (.xlsx)"
    if b"word/" in names:
        return "a Word document (.docx)"
    if b"opendocument.spreadsheet" in names:
        return "a LibreOffice spreadsheet (.ods)"
    return "a ZIP archive or an Excel file" if b"[Content_Types].xml" in names else "a ZIP archive"


def _wide(content: bytes) -> tuple[str | None, str]:
    """UTF-16 and UTF-32 by their mark, or by where their NULs stand when there is none."""
    for mark, name, codec in _MARKS:
        if content.startswith(mark):
            return name, codec
    head = content[:4000]
    if len(head) >= 8 and head.count(0) >= len(head) // 10:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if odd > 4 * even:
            return "UTF-16 LE without a mark", "utf-16-le"
        if even > 4 * odd:
            return "UTF-16 BE without a mark", "utf-16-be"
        if head.count(0) >= len(head) // 4:
            return "UTF-32 or binary data", "utf-32"
    return None, ""


def _decode_as(content: bytes, file: str, encoding: str) -> Text:
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        offset = getattr(error, "start", 0)
        reason = f"the bytes are not {encoding}: byte offset {offset} cannot be read"
        fix = "Leave --encoding away, or name the encoding in which the table was saved"
        return Text(None, [make("wrong-encoding", file, content.count(b"\n", 0, offset) + 1, reason, fix)])
    note = make("read-as", file, None, f"the file was read as {encoding}, as asked", f"{_SAVE} to make that last")
    return Text(text.removeprefix("\ufeff"), [note])


def _bad_bytes(body: bytes, start: int) -> dict[int, tuple[int, int]]:
    """Line -> (offset in the file, byte), the first of each line."""
    ends = b"\n" if b"\n" in body else b"\r"
    bad: dict[int, tuple[int, int]] = {}
    offset = 0
    for number, line in enumerate(body.split(ends), start=1):
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                bad[number] = (start + offset + error.start, line[error.start])
        offset += len(line) + len(ends)
    return bad
