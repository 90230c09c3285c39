"""References: a document named in one line, as a footnote and a bibliography name it.

In: a row of the documents table, as a mapping. Out: plain text; whoever shows it escapes it. It must not know what a
reader chose, formats or the page.
"""

from __future__ import annotations

from collections.abc import Mapping


def reference(document: Mapping[str, str], name: str = "", locator: str = "") -> str:
    """Author, “title”, source, when it appeared, locator; what is not known is left out.

    `name` stands for the title when there is none.
    """
    return _joined(document.get("author", ""), _title(document, name), document.get("source", ""),
                   document.get("published_words", ""), locator)  # fmt: skip


def listing(document: Mapping[str, str], name: str = "") -> str:
    """The same for a list sorted by who wrote or issued the documents: that name comes first."""
    author, source = document.get("author", ""), document.get("source", "")
    rest = source if author else ""
    return _joined(author or source, _title(document, name), rest, document.get("published_words", ""))


def _title(document: Mapping[str, str], name: str) -> str:
    """The title in quotes; a stranger's document may have its source or address for one, and is not named twice."""
    title = document.get("title", "")
    if title and title in (document.get("source"), document.get("url")):
        return ""
    return f"“{title}”" if title else name


def _joined(*parts: str) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))
