"""The one table of colours, symbols and sizes; figure, page and legend all read it.

Comes in: the name of a theme ("light" or "dark"). Leaves: colours as hex strings, sizes in CSS pixels.
Must not know data. The eight hues keep apart for protanopia, deuteranopia and tritanopia in the order given (after
Okabe and Ito, "Color Universal Design", 2008), darkened or lightened until each has 3:1 against its ground.
"""

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif"
LABEL_SIZE = 12
SMALL_SIZE = 11

ROW = 28
LANE_PADDING = 7
LANE_HEADER = 20
NAME_LINE = 15
NAMES_WIDTH = 168
NAMES_GAP = 12
SPAN_WIDTH = 7
SOFT_WIDTH = 12
MARK_SIZES = (9, 12, 14, 16)
"""Diameter of a mark that one, two, three, four or more documents mention."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme; `hues` go in step with `SYMBOLS`."""

    name: ThemeName
    ground: str
    ink: str
    muted: str
    grid: str
    band: str
    hues: tuple[str, ...]
    several: str
    other: str


LIGHT = Theme(
    name="light",
    ground="#ffffff",
    ink="#1c2024",
    muted="#5b6470",
    grid="#dfe3e8",
    band="#f6f7f9",
    hues=("#0063a6", "#b8520a", "#00795a", "#a53385", "#7a6400", "#c0223b", "#3d7ea6"),
    several="#1c2024",
    other="#6b7280",
)
DARK = Theme(
    name="dark",
    ground="#16181b",
    ink="#e8eaed",
    muted="#a7afb9",
    grid="#31363d",
    band="#1c1f23",
    hues=("#5eb1f2", "#f2914a", "#3cc495", "#e58bcb", "#d6bd45", "#ff7b86", "#9fd0ea"),
    several="#f4f5f7",
    other="#98a2ae",
)
THEMES: dict[str, Theme] = {"light": LIGHT, "dark": DARK}

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "hexagon", "triangle-down", "pentagon")
SEVERAL_SYMBOL = "star"
OTHER_SYMBOL = "cross"


def rgba(colour: str, alpha: float) -> str:
    """`#rrggbb` with an opacity between 0 and 1, as plotly writes it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"
