"""Text for the chart: widths, wrapping and the escaping that plotly needs.

Comes in: strings. Leaves: strings and widths in pixels. Must not know data.
"""

import html
import textwrap
import unicodedata
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,:;'|!()[]{}-/ ")
_WIDE = frozenset("mwMW@%—…")


@lru_cache(maxsize=50_000)
def text_width(text: str, size: float) -> float:
    """An upper estimate of a string's width in pixels at a font size, for places without a browser to ask.

    Class averages of common sans-serif fonts with a margin of some 5 %; East Asian wide characters count one em.
    """
    total = 0.0
    for char in text:
        if char in _NARROW:
            total += 0.36
        elif char in _WIDE:
            total += 0.95
        elif unicodedata.east_asian_width(char) in "WF":
            total += 1.05
        elif char.isupper() or char.isdigit():
            total += 0.68
        else:
            total += 0.58
    return total * size


def clip(text: str, length: int) -> str:
    """One line of at most `length` characters, cut at a word where that loses little, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length * 0.6 else cut).rstrip(" ,;:") + "…"


def escape(text: str) -> str:
    """Text that plotly shows literally: its figure text is markup, and two dollar signs are a formula to it."""
    return html.escape(" ".join(text.split()), quote=False).replace("$", "&#36;")


@lru_cache(maxsize=50_000)
def wrap(text: str, width: int, *, lines: int = 6) -> str:
    """Escaped text in lines of at most `width` characters, joined by `<br>`."""
    wrapped = textwrap.wrap(" ".join(text.split()), width, max_lines=lines, placeholder=" …") or [""]
    return "<br>".join(escape(line) for line in wrapped)


def break_lines(text: str, width: float, size: float) -> list[str]:
    """Text in lines that fit `width` pixels by the estimate of `text_width`; a word that is too long is broken."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size) > width:
            lines.append(line)
            longer = word
        while text_width(longer, size) > width and len(longer) > 1:
            cut = next(n for n in range(len(longer), 0, -1) if n == 1 or text_width(longer[:n], size) <= width)
            lines.append(longer[:cut])
            longer = longer[cut:]
        line = longer
    return [*lines, line] if line else lines
