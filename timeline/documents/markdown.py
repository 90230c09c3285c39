"""Markdown: CommonMark with tables, as HTML.

In: the text of a Markdown file. Out: its HTML, whose blocks are then those of any HTML. It must not know folders or
citations; and it imports nothing of ours, for `isolating` runs it in a process of its own when the text is long.

What CommonMark drops is kept where it is text: a footnote `[^1]: So.` is a paragraph, not the target of a link. The
lines between `---` at the very start (front matter) are no part of the text.
"""

from __future__ import annotations

import re
from typing import Any

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(?:(?!---|\.\.\.)[^\n]*\n){0,500}(?:---|\.\.\.)[ \t]*(?:\n|\Z)")

_NOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:")


def read(data: bytes) -> list[str] | str:
    """For `isolating`: one element, the HTML of these bytes of UTF-8."""
    return [to_html(data.decode("utf-8-sig"))]


def to_html(text: str) -> str:
    """The HTML of a Markdown text; HTML inside stays HTML. Never raises."""
    from markdown_it import MarkdownIt

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(lines)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    link_targets: Any = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "reference")

    def is_note(state: Any, line: int) -> bool:
        return bool(_NOTE.match(state.src, state.bMarks[line] + state.tShift[line]))

    def reference(state: Any, start: int, end: int, silent: bool) -> bool:
        return not is_note(state, start) and link_targets(state, start, end, silent)

    def note(state: Any, start: int, end: int, silent: bool) -> bool:
        return silent and is_note(state, start)  # it ends the paragraph before it, and is one itself

    parser.block.ruler.at("reference", reference)
    parser.block.ruler.before("paragraph", "note", note, {"alt": ["paragraph", "reference"]})
    return str(parser.render(lines[front.end() :] if front else lines))
