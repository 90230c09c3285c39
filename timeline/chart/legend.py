"""The legend of a printed figure, and the text notes that all its parts are made of.

Comes in: codes, a width. Leaves: plotly annotations. Must not know data.
"""

from typing import Any

from timeline.chart.coding import Code
from timeline.chart.text import escape, text_width
from timeline.chart.theme import LABEL_SIZE, Theme

_LINE = 20
_GLYPHS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "hexagon": "⬢",
    "triangle-down": "▼",
    "pentagon": "⬟",
    "star": "★",
    "cross": "✚",
    "x": "✖",
    "circle-open": "○",
}


def annotation(text: str, x: float, y: float, size: float, colour: str, **more: Any) -> dict[str, Any]:
    """Text at a place, as plotly takes it; `more` overrides the rest."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "showarrow": False,
        "font": {"size": size, "color": colour},
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
    } | more


def legend_notes(
    codes: tuple[Code, ...], width: float, theme: Theme, *, left: float, top: float
) -> tuple[list[dict[str, Any]], float]:
    """Symbols and words in lines of at most `width` pixels, and the height of them all.

    The lines begin `left` pixels beside and `top` pixels above the plot's upper left corner.
    """
    notes: list[dict[str, Any]] = []
    x, line = 0.0, 0
    for code in codes:
        wide = 40 + text_width(code.label, LABEL_SIZE)
        if x and x + wide > width:
            x, line = 0.0, line + 1
        place = {"xref": "paper", "yref": "paper", "yshift": top - _LINE * (line + 0.5)}
        glyph = _GLYPHS[code.symbol]
        notes.append(annotation(glyph, 0, 1, 13, code.colour, xshift=left + x + 8, xanchor="center", **place))
        notes.append(annotation(escape(code.label), 0, 1, LABEL_SIZE, theme.ink, xshift=left + x + 20, **place))
        x += wide
    return notes, (line + 1) * _LINE if codes else 0.0
