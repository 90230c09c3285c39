"""HTML made plain text, and the addresses that it links to.

In: a text that may hold HTML. Out: `Plain`. Must not know: formats, tables.

The blocks of text are those of `documents.markup`, which takes linear time on broken markup where the standard
library's parser does not; links are looked for inside single tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from timeline.documents.links import safe
from timeline.documents.markup import blocks
from timeline.table.bibliography import url_fault

_LINK = re.compile(r"""<a\s[^<>]*?\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE)
_SOURCE = re.compile(
    r"""<(?:iframe|img|video|audio|source|embed)\s[^<>]*?\bsrc\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Plain:
    """The text on one line; `links` are the addresses with http or https, each once, `refused` counts the others;
    `pictures` counts what is shown and no text."""

    text: str
    links: tuple[str, ...] = ()
    refused: int = 0
    pictures: int = 0


_NOTHING = Plain("")


def plain(html: str) -> Plain:
    """The plain text of HTML. A text without markup is itself."""
    if "<" not in html and "&" not in html:
        return Plain(" ".join(html.split())) if html else _NOTHING
    found = [address(next(filter(None, groups), "")) for groups in _LINK.findall(html)]
    links = tuple(dict.fromkeys(one for one in found if one))
    return Plain(
        " ".join(" ".join(blocks(html)).split()), links, found.count(None), sum(1 for _ in _SOURCE.finditer(html))
    )


@lru_cache(maxsize=1_000)
def address(url: str) -> str | None:
    """The address if it may become a link in our tables."""
    found = safe(unescape(url).strip())
    return None if found is None or url_fault(found) else found


def embedded(html: str) -> str | None:
    """The address of what a piece of HTML embeds or links to: an iframe, a picture, a quoted post."""
    for pattern in (_SOURCE, _LINK):
        for groups in pattern.findall(html):
            found = address(next(filter(None, groups), ""))
            if found:
                return found
    return None
