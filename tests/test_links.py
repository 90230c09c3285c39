"""Links to the original: exact words, and nothing that is not plain http or https."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from timeline.documents.links import original

PAGE = "https://courier.example/truce"


@pytest.mark.parametrize(
    ("url", "locator", "passage", "link"),
    [
        (PAGE, "para. 2", "One two … three", f"{PAGE}#:~:text=One%20two,three"),
        (PAGE, "", "One two three", f"{PAGE}#:~:text=One%20two%20three"),
        (PAGE, "", "", PAGE),
        (PAGE, "", "U.S.-led, A & B", f"{PAGE}#:~:text=U.S.%2Dled%2C%20A%20%26%20B"),
        (PAGE, "", "“Lio” is", f"{PAGE}#:~:text=%E2%80%9CLio%E2%80%9D%20is"),
        (PAGE, "", "100 % #1", f"{PAGE}#:~:text=100%20%25%20%231"),
        (f"{PAGE}#sec", "", "One two", f"{PAGE}#sec:~:text=One%20two"),
        (f"{PAGE}#", "", "One two", f"{PAGE}#:~:text=One%20two"),
        (f"{PAGE}#sec", "", "", f"{PAGE}#sec"),
        (f"{PAGE}#sec:~:text=old", "", "One two", f"{PAGE}#sec:~:text=One%20two"),
        (f"{PAGE}?a=1&b=2", "", "One two", f"{PAGE}?a=1&b=2#:~:text=One%20two"),
        ("HTTPS://Courier.example/", "", "One", "HTTPS://Courier.example/#:~:text=One"),
        (f" {PAGE} ", "", "", PAGE),
        ("https://c.example/a.pdf", "p. 3", "One … two", "https://c.example/a.pdf#page=3"),
        ("https://c.example/A.PDF?x=1#page=9", "p. 3", "One", "https://c.example/A.PDF?x=1#page=3"),
        ("https://c.example/a.pdf", "para. 3", "One", "https://c.example/a.pdf"),
        ("https://c.example/é/ü", "", "", "https://c.example/é/ü"),
        ("http://[2001:db8::1]:8080/a", "", "", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_links(url: str, locator: str, passage: str, link: str) -> None:
    assert original(url, locator, passage) == link


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "javascript:alert(1)",
        "JaVa\nScript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "/a",
        "a.html",
        "http:evil.example",
        "http:/evil.example",
        "https://",
        "https:///a",
        "https://user@evil.example/",
        "https://bank.example:pw@evil.example/",
        "https://evil.example\\@bank.example",
        "https://a b.example/",
        "https://a.example/\n",
        "https://a.example/\u202ex",
        'https://a.example/"onclick=',
        "https://a.example/<b>",
        "https://a.example:99999/",
        "https://a.example:x/",
        "https://[::1",
        "http://\u200b",
        "ftp://a.example/",
        "https://a.example/" + "x" * 5000,
        "https://a.example/" + "é" * 2600,
        "https://a.example/\ud800",
    ],
)
def test_what_becomes_no_link(url: str) -> None:
    assert original(url, "para. 1", "One two three") is None


def test_the_words_come_back_from_the_fragment() -> None:
    link = original(PAGE, "", "a-b, c & d’s … “e”—f\u00a0g")
    assert link is not None and link.isascii()
    start, end = link.split(":~:text=")[1].split(",")
    assert "-" not in start + end and "&" not in start + end
    assert (unquote(start), unquote(end)) == ("a-b, c & d’s", "“e”—f\u00a0g")


def test_a_broken_character_in_the_passage_does_not_raise() -> None:
    assert original(PAGE, "", "One \ud800 two") is not None
