"""Texts: paragraphs, encodings, and above all what may not be read."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from pathlib import Path

import pytest

from timeline.documents import texts
from timeline.documents.markup import blocks
from timeline.documents.texts import Library, Text, Unavailable


def read(folder: Path, data: bytes, name: str = "a.txt") -> Text | Unavailable:
    (folder / name).write_bytes(data)
    return Library(folder).text(name)


def paragraphs(folder: Path, data: bytes, name: str = "a.txt") -> tuple[str, ...]:
    text = read(folder, data, name)
    assert isinstance(text, Text), text
    return text.paragraphs


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_that_are_not_blank_are_paragraphs(tmp_path: Path, end: bytes) -> None:
    data = end.join([b"", b"One.", b"", b"  \t", b"Two. ", b"Three."])
    assert paragraphs(tmp_path, data) == ("One.", "Two. ", "Three.")


def test_mixed_line_ends(tmp_path: Path) -> None:
    assert paragraphs(tmp_path, b"a\r\n\r\nb\rc\n\rd") == ("a", "b", "c", "d")


def test_lines_of_unseen_characters_only_are_blank(tmp_path: Path) -> None:
    data = "One\n\u00a0\u00a0\n\u2003\n\u200b\n\f\nTwo".encode()
    assert paragraphs(tmp_path, data) == ("One", "Two")


def test_other_separators_end_no_paragraph(tmp_path: Path) -> None:
    data = "One\u2028one\x0bone\x85one\x0cone".encode()
    assert len(paragraphs(tmp_path, data)) == 1


def test_mark_at_the_start_is_left_out_and_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfOne"
    text = read(tmp_path, data)
    assert isinstance(text, Text)
    assert text.paragraphs == ("One",)
    assert text.sha256 == hashlib.sha256(data).hexdigest()


def test_an_empty_file_is_a_text_without_paragraphs(tmp_path: Path) -> None:
    assert paragraphs(tmp_path, b"") == ()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("Port Lio".encode("utf-16"), "UTF-16"),
        ("Port Lio".encode("utf-16-le"), "UTF-16"),
        ("Port Lio".encode("utf-32"), "UTF-32"),
        ("one\ncafé".encode("cp1252"), "line 2"),
        (b"a text with a \0 in it, which no text has, so it is binary", "NUL"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04...", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_what_is_no_utf8_text_is_named(tmp_path: Path, data: bytes, named: str) -> None:
    text = read(tmp_path, data)
    assert isinstance(text, Unavailable) and text.why == "unreadable"
    assert named in text.reason


@pytest.mark.parametrize(
    ("name", "called"), [("a.doc", "old Word"), ("a.ODT", "OpenDocument"), ("a.rtf", "RTF"), ("a.epub", "e-book")]
)
def test_formats_that_are_not_read_are_named(tmp_path: Path, name: str, called: str) -> None:
    text = read(tmp_path, b"x", name)
    assert isinstance(text, Unavailable) and called in text.reason and "save it as" in text.reason


REFUSED = [
    "",
    " ",
    ".",
    "./",
    "..",
    "../a.txt",
    "sub/../../a.txt",
    "sub/..",
    "/etc/passwd",
    "//host/share",
    "~",
    "~/a.txt",
    "~root/a.txt",
    "C:\\a.txt",
    "c:a.txt",
    "C:/a.txt",
    "sub\\a.txt",
    "..\\a.txt",
    "%2e%2e/a.txt",
    "%2E%2e%2fa",
    "a%5cb",
    "a\0.txt",
    "a\n.txt",
    "sub//a.txt",
    "a.txt/",
    "a.txt.",
    "a.txt ",
    "sub /a.txt",
    "nul",
    "CON.txt",
    "file:///etc/passwd",
    "http://arland.example/a.txt",
    "javascript:alert(1)",
    "x" * 1001,
]


@pytest.mark.parametrize("name", REFUSED)
def test_names_that_lead_out_are_refused_unseen(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(tmp_path)

    def touched(*args: object, **kwargs: object) -> None:
        raise AssertionError("the disk was asked")

    for asked in ("stat", "lstat", "open", "readlink"):
        monkeypatch.setattr(os, asked, touched)
    text = library.text(name)
    monkeypatch.undo()
    assert isinstance(text, Unavailable) and text.why == "refused"


@pytest.mark.parametrize("name", ["10 % of it.txt", "draft~.txt", "Who: a talk.txt", "…é.txt", "sub/a.b/c", "./a.txt"])
def test_odd_but_harmless_names_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    assert paragraphs(tmp_path, b"One", name) == ("One",)


def test_the_answer_does_not_tell_whether_an_outside_file_exists(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "there.txt").write_text("secret")
    for name in ("there", "not-there"):
        (folder / f"{name}.txt").symlink_to(f"../{name}.txt")
        (folder / f"{name}-2.txt").symlink_to(tmp_path / f"{name}.txt")
    library = Library(folder)
    assert library.text("../there.txt") == library.text("../not-there.txt")
    assert library.text("there.txt") == library.text("not-there.txt")
    assert library.text("there-2.txt") == library.text("not-there-2.txt")
    assert "secret" not in str(library.text("there.txt"))


def test_links_that_stay_inside_are_followed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("One")
    (tmp_path / "relative.txt").symlink_to("sub/a.txt")
    (tmp_path / "absolute.txt").symlink_to(tmp_path / "sub" / "a.txt")
    (tmp_path / "folder").symlink_to("sub")
    (tmp_path / "sub" / "up.txt").symlink_to("../relative.txt")
    library = Library(tmp_path)
    for name in ("relative.txt", "absolute.txt", "folder/a.txt", "folder/up.txt"):
        text = library.text(name)
        assert isinstance(text, Text) and text.paragraphs == ("One",), name


def test_a_linked_folder_that_leads_out_and_a_circle_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "documents-2").mkdir()  # its name begins like the folder's
    (tmp_path / "documents-2" / "a.txt").write_text("secret")
    (folder / "out").symlink_to(tmp_path / "documents-2")
    (folder / "around").symlink_to("around")
    (folder / "self").symlink_to(".")
    library = Library(folder)
    for name in ("out/a.txt", "around", "/".join(["self"] * 100 + ["a.txt"])):
        text = library.text(name)
        assert isinstance(text, Unavailable) and text.why == "refused", name


def test_only_regular_files_and_no_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    library = Library(tmp_path)
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(library.text("pipe.txt")), daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive(), "it waits on the pipe"
    for text in (*answers, library.text("folder.txt")):
        assert isinstance(text, Unavailable) and "regular" in text.reason


def test_missing_file_and_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One")
    for name in ("b.txt", "a.txt/b.txt", "sub/a.txt", "x" * 300):
        text = Library(tmp_path).text(name)
        assert isinstance(text, Unavailable), name
        assert text.why in ("missing", "unreadable") and str(tmp_path) not in text.reason
    assert isinstance(Library(tmp_path / "none").text("a.txt"), Unavailable)
    nothing = Library(None).text("../x")
    assert isinstance(nothing, Unavailable) and nothing.why == "no-folder"


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "DOCUMENT_BYTES", 10)
    text = read(tmp_path, b"x" * 11)
    assert isinstance(text, Unavailable) and text.why == "too-large"
    assert paragraphs(tmp_path, b"x" * 10) == ("x" * 10,)


def test_a_text_is_kept_until_its_file_changes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One")
    library = Library(tmp_path)
    first = library.text("a.txt")
    assert library.text("a.txt") is first
    (tmp_path / "b.txt").write_text("Two")
    os.replace(tmp_path / "b.txt", tmp_path / "a.txt")
    second = library.text("a.txt")
    assert isinstance(second, Text) and second.paragraphs == ("Two",)
    os.remove(tmp_path / "a.txt")
    assert isinstance(library.text("a.txt"), Unavailable)


def test_the_texts_kept_are_bounded(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text("One")
    library = Library(tmp_path)
    for number in range(100):
        library.text(f"{number}.txt")
    assert len(library._kept) <= 64


def test_blocks_of_html(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><title>No</title><style>p{}</style><body><h1>Head</h1>
    <p>One <b>two</b><br>three &amp;&nbsp;four<p>Five<script>if (a<b) "<p>no"</script>
    <!-- <p>no --><ul><li>A<li title="a > b">B</ul>tail 1 < 2 <template><p>no</template></html>"""
    expected = ("Head", "One two three &\u00a0four", "Five", "A", "B", "tail 1 < 2")
    assert paragraphs(tmp_path, page.encode(), "a.HTML") == expected


HOSTILE = [
    "<",
    "<a ",
    "<!--",
    "<a b='",
    "<a b=\"'",
    "&#",
    "<![CDATA[",
    "</",
    "<!",
    "<script>",
    "<p>x",
    "<a b='>'",
    "<?",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_html_takes_linear_time(piece: str) -> None:
    started = time.perf_counter()
    blocks(piece * 50_000)
    assert time.perf_counter() - started < 2
