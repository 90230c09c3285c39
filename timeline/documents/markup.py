"""Markup: the blocks of text of an HTML page.

In: HTML, however broken. Out: the text of each block in reading order (`p`, `li`, `h2`, `td` ...), plain, its
white space collapsed as a browser does. Scripts, styles and the head are left out. It must not know files or
citations.

The standard library's html.parser is not used: on `<a <a <a ...` it takes quadratic time (CVE-2025-6069 and
kin), and documents come from strangers. This scanner passes over every character a bounded number of times.
"""

from __future__ import annotations

import re
from html import unescape

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
        "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul",
    )
)  # fmt: skip
# Their content is text to HTML, whatever it looks like, up to the end tag of the same name; none of it is
# shown.
_RAW = frozenset(
    (
        "script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp",
    )
)  # fmt: skip
_HIDDEN = frozenset(
    (
        "head", "template", "noscript", "svg", "math", "object",
    )
)  # fmt: skip
_TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9:-]*)")
_WHITE = re.compile(r"[ \t\n\r\f]+")  # HTML's white space: a no-break space is none
_STOP = re.compile(r"""[>"']""")


def blocks(markup: str) -> list[str]:
    """The text of each block of an HTML page, in order; empty blocks are left out. Never raises, in linear
    time."""
    found: list[str] = []
    pieces: list[str] = []
    hidden = ""
    depth = 0

    def flush() -> None:
        block = _WHITE.sub(" ", unescape("".join(pieces))).strip(" ")
        pieces.clear()
        if block:
            found.append(block)

    for kind, value in _tokens(markup):
        name = value.removeprefix("/")
        if kind == "text":
            if not hidden:
                pieces.append(value)
        elif hidden:
            if name == "body" and hidden == "head":  # a head that nobody closed
                hidden = ""
            elif name == hidden:
                depth += -1 if value.startswith("/") else 1
                hidden = hidden if depth else ""
        elif name in _HIDDEN and not value.startswith("/"):
            hidden, depth = name, 1
        elif name in _BLOCKS:
            flush()
        elif name == "br":
            pieces.append(" ")
    flush()
    return found


def _tokens(markup: str) -> list[tuple[str, str]]:
    """("text", its characters) and ("tag", name or /name); comments, declarations and raw content are passed
    over."""
    tokens: list[tuple[str, str]] = []
    ends = _Ends(markup)
    place = 0
    while True:
        opening = markup.find("<", place)
        if opening < 0:
            tokens.append(("text", markup[place:]))
            return tokens
        tokens.append(("text", markup[place:opening]))
        tag = _TAG.match(markup, opening + 1)
        if tag:
            place = ends.of_tag(tag.end())
            if place < 0:
                tokens.append(("text", markup[opening:]))
                return tokens
            name = tag[2].lower()
            if name in _RAW and not tag[1]:
                closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(markup, place)
                if not closing:
                    return tokens
                place = closing.start()
                continue
            # A self-closed <svg/> has no content to hide; for HTML's own elements the slash means nothing.
            if not (name in _HIDDEN and markup[place - 2] == "/"):
                tokens.append(("tag", tag[1] + name))
        elif markup.startswith("<!--", opening):
            closed = markup.find("-->", opening + 2)
            if closed < 0:
                return tokens
            place = closed + 3
        elif markup.startswith(("<!", "<?", "</"), opening):
            closed = markup.find(">", opening)
            if closed < 0:
                return tokens
            place = closed + 1
        else:
            tokens.append(("text", "<"))
            place = opening + 1


class _Ends:
    """Finds where tags end; remembers what is not to be found, so that a broken page is not searched again
    and again."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._quotes = True

    def of_tag(self, place: int) -> int:
        """The place after the `>` of a tag whose name ended at `place`; a quoted value may hold a `>`. -1:
        none."""
        here = place
        while self._quotes:
            stop = _STOP.search(self._markup, here)
            if not stop:
                return -1
            if stop.group() == ">":
                return stop.end()
            # A quote counts only as the opening of a value.
            if not self._markup[max(place, stop.start() - 8) : stop.start()].rstrip().endswith("="):
                here = stop.end()
                continue
            closing = self._markup.find(stop.group(), stop.end())
            if closing < 0:  # nobody closes it: from here on quotes mean nothing
                self._quotes = False
                break
            here = closing + 1
        return self._markup.find(">", place) + 1 or -1
