"""Markdown, PDF and DOCX: what is numbered, and one sentence for each that is hostile or broken."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.papers import change_docx, encrypt, lines_docx, make_docx, make_pdf
from timeline.documents import isolating, pdf, texts, word
from timeline.documents.collecting import collect
from timeline.documents.isolating import read_apart
from timeline.documents.joining import join
from timeline.documents.passages import context, resolve
from timeline.documents.reading import read_text
from timeline.documents.texts import Library, Text, Unavailable

TWO_PAGES = make_pdf(
    ["A speech in Port Lio\nThe ministry of Arland agreed to a truce.", "On 3 May 1999 the minis-\nter signed it."]
)


def text_of(data: bytes, file: str) -> Text:
    text = read_text(data, file)
    assert isinstance(text, Text), text
    return text


def reason_of(data: bytes, file: str) -> str:
    text = read_text(data, file)
    assert isinstance(text, Unavailable), text
    assert text.reason.count(". ") == 0 and text.reason.endswith("."), "one sentence"
    return text.reason


class TestMarkdown:
    def test_headings_paragraphs_items_and_cells_are_blocks(self) -> None:
        lines = """---
title: front matter is no text
---
Head
====

First *paragraph* of
two lines with a [link](http://arland.example).

- item one
- item two

  and more of it
  1. inner

> quoted

| who | when |
|-----|------|
| Arland | 1999 |

    code
<div>markup &amp; <script>none()</script></div>"""
        assert text_of(lines.encode(), "a.md").paragraphs == (
            "Head", "First paragraph of two lines with a link.", "item one", "item two", "and more of it", "inner",
            "quoted", "who", "when", "Arland", "1999", "code", "markup &",
        )  # fmt: skip

    def test_no_words_are_lost_in_footnotes(self) -> None:
        lines = b"It ended.[^1]\n\n[^1]: So.\n[^2]: Said here.\nGoing on.\n\n[a]: http://a.example\n"
        text = text_of(lines, "a.MARKDOWN")
        assert text.paragraphs == ("It ended.[^1]", "[^1]: So.", "[^2]: Said here. Going on.")

    def test_line_ends_and_a_mark_at_the_start_change_nothing(self) -> None:
        assert text_of("\ufeff# A\r\n\r\nB".encode(), "a.md").paragraphs == ("A", "B")

    def test_a_long_one_is_read_apart_and_alike(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = b"# Head\n\nOne\n\n- two\n"
        at_once = text_of(data, "a.md")
        monkeypatch.setattr("timeline.documents.reading._AT_ONCE", 3)
        assert text_of(data, "a.md").paragraphs == at_once.paragraphs == ("Head", "One", "two")

    def test_what_is_no_utf8_is_named(self) -> None:
        assert "UTF-8" in reason_of("café".encode("cp1252"), "a.md")


class TestPdf:
    def test_a_page_is_one_line_and_its_number_its_locator(self) -> None:
        text = text_of(TWO_PAGES, "a.pdf")
        assert text.pages
        assert text.paragraphs == (
            "A speech in Port Lio The ministry of Arland agreed to a truce.",
            "On 3 May 1999 the minister signed it.",
        )
        assert resolve(text, "p. 2", "the minister signed it").kind == "folded"  # over a word that was put together
        assert resolve(text, "p. 2", "On 3 May 1999").kind == "exact"
        assert resolve(text, "p. 1", "in Port Lio The ministry").kind == "exact"  # a line end is layout
        moved = resolve(text, "p. 1", "On 3 May 1999")
        assert moved.elsewhere and "p. 2" in moved.note
        assert "pages" in resolve(text, "para. 1", "On 3 May 1999").note

    def test_compressed_streams_are_read(self) -> None:
        assert text_of(make_pdf(["One page."], pack=True), "a.PDF").paragraphs == ("One page.",)

    def test_a_page_without_text_keeps_its_number(self) -> None:
        text = text_of(make_pdf(["First words here.", "", "Third words here."], picture=True), "a.pdf")
        assert text.paragraphs == ("First words here.", "", "Third words here.")
        assert resolve(text, "p. 3", "Third words here.").kind == "exact"
        unread = resolve(text, "p. 2", "words that nobody reads")
        assert unread.kind == "no text" and "Page 2" in unread.note
        assert resolve(text, "p. 3", "words that nobody reads").kind == "missing"
        assert [piece.paragraph for piece in context(text, resolve(text, "p. 1", "First words here."))] == [1]

    def test_a_password_of_the_owner_alone_does_not_keep_it_closed(self) -> None:
        for algorithm in ("AES-256", "RC4-128"):
            assert "minister" in text_of(encrypt(TWO_PAGES, "", algorithm), "a.pdf").paragraphs[1]

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (encrypt(TWO_PAGES, "secret"), "password"),
            (make_pdf(["", ""], picture=True), "run OCR"),
            (make_pdf([b""]), "no text"),
            (TWO_PAGES[: len(TWO_PAGES) // 2], "broken or cut off"),
            (b"%PDF-1.7\n" + bytes(range(256)) * 20, "broken or cut off"),
            (TWO_PAGES.replace(b"/Kids [6 0 R 8 0 R]", b"/Kids [2 0 R 2 0 R]"), "."),
            (make_pdf([b"[" * 100_000]), "."),
            (make_pdf([b"BT /F1 12 Tf (\x01\x02\x03) Tj ET"]), "."),
            (b"", "empty"),
            (b"<!doctype html><html>Please sign in", "looks like a web page"),
            (b"\x00\x01\x02", "beginning is lost"),
        ],
        ids=["encrypted", "scan", "blank", "cut", "garbage", "circle", "nested", "signs", "empty", "page", "bytes"],
    )
    def test_one_sentence_for_each_bad_one(self, data: bytes, said: str) -> None:
        assert said in reason_of(data, "a.pdf")

    def test_streams_that_unpack_to_gigabytes(self) -> None:
        assert "unpacks" in reason_of(make_pdf([b"0 " * 50_000_000], pack=True), "a.pdf")

    def test_more_pages_and_characters_than_are_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "PAGES", 1)
        assert "2 pages" in str(pdf.read(TWO_PAGES))
        monkeypatch.undo()
        monkeypatch.setattr(pdf, "CHARACTERS", 50)
        assert "characters" in str(pdf.read(TWO_PAGES))

    def test_signs_without_letters_are_no_text(self) -> None:
        assert pdf._LOST.search("\ue001") and not pdf._LOST.search("A line\nof text\t")


class TestJoining:
    @pytest.mark.parametrize(
        ("page", "line"),
        [
            ("the minis-\nter said", "the minister said"),
            ("the minis\u00ad\nter said", "the minister said"),
            ("the minis\u00adter said", "the minister said"),
            ("a well-\nknown man, well-known indeed", "a well-known man, well-known indeed"),
            ("a truce of 2014-\n2015", "a truce of 2014-2015"),
            ("a truce of 2014–\n2015", "a truce of 2014–2015"),
            ("the Arland-\nBelmark talks", "the Arland-Belmark talks"),
            ("THE MINIS-\nTER, a minister", "THE MINISTER, a minister"),
            ("see http://a.example/of-port-\nlio.html", "see http://a.example/of-port-lio.html"),
            ("he left –\nshe stayed", "he left – she stayed"),
            ("he left -\nshe stayed", "he left - she stayed"),
            ("\n  One \t two\r\nthree\f\n", "One two three"),
            ("cafe\u0301", "café"),
            ("a\x00b\ud800", "ab\ufffd"),
        ],
    )
    def test_lines(self, page: str, line: str) -> None:
        (joined,), _ = join([page])
        assert joined == line

    def test_every_mended_word_is_told_and_no_other(self) -> None:
        page = "on the pier the minis-\nter of Arland met a no\u00adble\nman in a cafe\u0301 of the town"
        (joined,), (places,) = join([page])
        text = Text((joined,), pages=True, mended=places)
        for passage in ("pier the minister of", "met a noble man", "in a café of"):
            assert resolve(text, "p. 1", passage).kind == "folded", passage
        for passage in ("on the pier the", "of Arland met a", "man in a", "of the town"):
            assert resolve(text, "p. 1", passage).kind == "exact", passage

    def test_other_pages_tell_how_a_word_is_written(self) -> None:
        (_, second), _ = join(["It is well-known.", "A well-\nknown man"])
        assert second == "A well-known man"

    @given(st.lists(st.text("ab-\u00ad\u2013 \n\tA1/e\u0301\u00a0", max_size=40), max_size=3))
    def test_places_rise_and_lie_inside_and_no_letter_is_lost(self, pages: list[str]) -> None:
        joined, places = join(pages)
        assert len(joined) == len(places) == len(pages)
        for page, line, own in zip(pages, joined, places, strict=True):
            assert list(own) == sorted(set(own)) and all(0 <= place <= len(line) for place in own)
            assert "\n" not in line and "  " not in line and unicodedata.is_normalized("NFC", line)
            letters = re.sub(r"[\s\u00ad-]", "", unicodedata.normalize("NFC", page.replace("\u00ad", "")))
            assert re.sub(r"[\s-]", "", line) == letters or "\u0301" in page  # which may compose over a line end
            written = re.sub(r"(?<!\S)\u00ad+(?!\S)", "", page)  # one that stands alone is nothing
            assert own or re.sub(r"\s", "", line) == re.sub(r"\s", "", written)

    def test_it_takes_linear_time(self) -> None:
        for piece in ("a-\n", "\u00ad\n", "-", "a\u0301", "\n", " \n"):
            join([piece * 30_000])  # it would take hours


class TestWord:
    def test_paragraphs_and_cells_in_order(self) -> None:
        def fill(document: Any) -> None:
            document.add_heading("Head", 1)
            document.add_paragraph("One")
            document.add_paragraph(" ")
            document.add_paragraph("Item", style="List Bullet")
            table = document.add_table(2, 2)
            table.cell(0, 0).text, table.cell(0, 1).text = "A1", "B1"
            table.cell(1, 0).merge(table.cell(1, 1)).text = "both"
            paragraph = document.add_paragraph("after ")
            paragraph.add_run("the\ttable").bold = True
            paragraph.add_run("\nand on")

        data = make_docx(fill)
        text = text_of(data, "a.DOCX")
        assert text.paragraphs == ("Head", "One", "Item", "A1", "B1", "both", "after the table and on")
        assert not text.pages
        assert resolve(text, "para. 7", "after the table").kind == "exact"

    def test_controls_and_revisions(self) -> None:
        addition = (
            b'<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r><w:ins w:id="1" w:author="a"><w:r>'
            b'<w:t xml:space="preserve"> inserted</w:t></w:r></w:ins><w:del w:id="2" w:author="a"><w:r>'
            b"<w:delText>gone</w:delText></w:r></w:del><w:r><w:noBreakHyphen/><w:t>x</w:t></w:r></w:p>"
            b"</w:sdtContent></w:sdt></w:body>"
        )
        data = change_docx(lines_docx("One"), "word/document.xml", lambda xml: xml.replace(b"</w:body>", addition))
        assert text_of(data, "a.docx").paragraphs == ("One", "In a control inserted-x")

    def test_text_boxes_once_and_formulas(self) -> None:
        box = (
            b'<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.'
            b'openxmlformats.org/officeDocument/2006/math"><w:r><w:t>Beside a box</w:t><mc:AlternateContent><mc:Choice>'
            b"<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback>"
            b"<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
            b"</mc:AlternateContent></w:r><m:oMath><m:r><m:t>, 2+2</m:t></m:r></m:oMath></w:p></w:body>"
        )
        data = change_docx(lines_docx("One"), "word/document.xml", lambda xml: xml.replace(b"</w:body>", box))
        assert text_of(data, "a.docx").paragraphs == ("One", "Beside a box, 2+2", "In the box")

    def test_strict_open_xml_is_named(self) -> None:
        def change(xml: bytes) -> bytes:
            usual = b"schemas.openxmlformats.org/officeDocument/2006/"
            return xml.replace(usual, b"purl.oclc.org/ooxml/officeDocument/")

        assert "Strict" in reason_of(change_docx(self.GOOD, "_rels/.rels", change), "a.docx")

    def test_notes_stand_at_the_end(self) -> None:
        space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        note = b"<w:footnote w:id='1'><w:p><w:r><w:t>See there.</w:t></w:r></w:p></w:footnote>"
        relation = (
            b'<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
            b'2006/relationships/footnotes"/></Relationships>'
        )
        part = b"<w:footnotes %s>%s</w:footnotes>" % (space, note)
        data = change_docx(lines_docx("One"), "word/footnotes.xml", lambda _: part)
        rels = "word/_rels/document.xml.rels"
        data = change_docx(data, rels, lambda xml: xml.replace(b"</Relationships>", relation))
        assert text_of(data, "a.docx").paragraphs == ("One", "See there.")

    GOOD = lines_docx("One two three")

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (GOOD[: len(GOOD) // 2], "broken or cut off"),
            (lines_docx(), "no text"),
            (b"", "empty"),
            (b"plain words", "looks like plain text"),
            (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
            (b"\xd0\xcf\x11\xe0", "old Word document"),
            (change_docx(GOOD, "word/document.xml", lambda _: b"<w:p"), "broken"),
        ],
        ids=["cut", "blank", "empty", "text", "encrypted", "doc", "xml"],
    )
    def test_one_sentence_for_each_bad_one(self, data: bytes, said: str) -> None:
        assert said in reason_of(data, "a.docx")

    def test_another_archive_is_no_word_document(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "x")
        assert "ZIP" in reason_of(out.getvalue(), "a.docx")

    @pytest.mark.parametrize("name", ["word/media/bomb.bin", "word/document.xml"])
    def test_a_bomb_is_not_unpacked(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word, "UNPACKED", 5_000_000)
        bomb = change_docx(self.GOOD, name, lambda _: bytes(5_000_000))
        monkeypatch.setattr(word, "_blocks", None)  # it is not even opened
        assert len(bomb) < 100_000 and "unpacks to more than 5 MB" in str(word.read(bomb))

    @pytest.mark.parametrize("entity", ["SYSTEM 'file:///etc/hosts'", "'twice'"])
    def test_entities_are_refused(self, entity: str) -> None:
        def change(xml: bytes) -> bytes:
            head, rest = xml.split(b"?>", 1)
            return head + f"?><!DOCTYPE a [<!ENTITY x {entity}>]>".encode() + rest.replace(b"One", b"&x;")

        assert "entities" in reason_of(change_docx(self.GOOD, "word/document.xml", change), "a.docx")

    def test_entities_that_multiply_end_soon(self) -> None:
        many = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))

        def change(xml: bytes) -> bytes:
            head, rest = xml.split(b"?>", 1)
            return head + f"?><!DOCTYPE a [<!ENTITY l0 'ha'>{many}]>".encode() + rest.replace(b"One", b"&l11;")

        assert "Word document" in reason_of(change_docx(self.GOOD, "word/document.xml", change), "a.docx")


class TestIsolating:
    """A reader that never ends, eats memory or dies is a sentence; nothing of it stays."""

    @pytest.fixture
    def reader(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
        source = Path(isolating.__file__).read_text(encoding="utf-8")
        (tmp_path / "isolating.py").write_text(source, encoding="utf-8")
        monkeypatch.setattr(isolating, "_HERE", tmp_path / "isolating.py")

        def write(body: str) -> str:
            (tmp_path / "reader.py").write_text(f"def read(data):\n    {body}\n", encoding="utf-8")
            return "reader"

        return write

    @pytest.mark.parametrize("body", ["while True: pass", "import time; time.sleep(60)"])
    def test_one_that_never_ends(self, reader: Callable[[str], str], body: str) -> None:
        assert "longer than 0.5 seconds" in str(read_apart(reader(body), b"", seconds=0.5))

    def test_longer_files_may_take_longer(self) -> None:
        assert [isolating.allowed(size) for size in (0, 5_000_000, 10**9)] == [60, 110, 600]

    def test_one_that_eats_memory(self, reader: Callable[[str], str]) -> None:
        pytest.importorskip("resource")
        assert "memory" in str(read_apart(reader("return ['a' * (isolated := 10 ** 11)]"), b""))

    @pytest.mark.parametrize("body", ["import os; os._exit(3)", "import os; os.kill(os.getpid(), 11)", "1 / 0"])
    def test_one_that_dies(self, reader: Callable[[str], str], body: str, capfd: pytest.CaptureFixture[str]) -> None:
        assert str(read_apart(reader(body), b"")).endswith(".")
        assert capfd.readouterr() == ("", "")

    def test_what_it_says_comes_whole(self, reader: Callable[[str], str]) -> None:
        assert read_apart(reader("return [data.decode(), 'ü\\ud800']"), b"x" * 200_000) == ["x" * 200_000, "ü\ud800"]


class TestLibrary:
    def test_limits_by_bytes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(texts, "PACKED_BYTES", 10)
        monkeypatch.setattr(texts, "MARKUP_BYTES", 10)
        for name in ("a.pdf", "a.docx", "a.md", "a.html"):
            (tmp_path / name).write_bytes(b"x" * 11)
            text = Library(tmp_path).text(name)
            assert isinstance(text, Unavailable) and text.why == "too-large", name

    def test_a_pdf_is_read_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a.pdf").write_bytes(TWO_PAGES)
        library = Library(tmp_path)
        first = library.text("a.pdf")
        monkeypatch.setattr("timeline.documents.reading.read_apart", None)
        assert library.text("a.pdf") is first and isinstance(first, Text)


class TestCollecting:
    def test_documents_in_order_and_nothing_hidden(self, tmp_path: Path) -> None:
        for name in ("b.TXT", "a/c.pdf", "a/d.md", "picture.jpg", ".hidden.txt", ".git/e.txt", "archive/old.txt", "x"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("x")
        (tmp_path / "archive" / "fetched.jsonl").write_text("")
        (tmp_path / "away").symlink_to("/")
        found = collect(tmp_path)
        assert found.files == ("a/c.pdf", "a/d.md", "b.TXT")
        assert found.others == ("picture.jpg", "x")
        assert found.closed == ("away",)
