"""Labels of a printed figure: which marks get words, and where.

Comes in: a Picture and a window. Leaves: label positions. Must not know plotly. The page places its labels in the
browser by the same rules (assets/20-labels.js), with the fonts that it really has.

Greedy by importance, row by row: above a bar that is wide enough, else to the right of the mark, else to the left,
else nowhere; so no label ever meets another, a mark or the edge.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from timeline.chart.picture import Picture
from timeline.chart.text import text_width
from timeline.chart.theme import LABEL_SIZE

GAP = 5
EDGE = 3
ABOVE = 13


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the mark's position in the frame, the text, its left edge, width and middle height in pixels.

    `flush` is the side that touches the mark: text set there keeps its distance whatever the font.
    """

    mark: int
    text: str
    x: float
    y: float
    width: float
    flush: Literal["left", "right"]


def covered(x: np.ndarray, y: np.ndarray, radius: np.ndarray, order: np.ndarray) -> tuple[set[int], dict[int, int]]:
    """Marks that lie under a more important one of their row, and how many each of those hides."""
    under: set[int] = set()
    count: dict[int, int] = {}
    rows: dict[float, list[int]] = {}
    for i in map(int, order):
        seen = rows.setdefault(float(y[i]), [])
        over = next((top for top in seen if abs(x[top] - x[i]) < (radius[i] + radius[top]) * 0.7), None)
        if over is None:
            seen.append(i)
        else:
            under.add(i)
            count[over] = count.get(over, 0) + 1
    return under, count


def place(picture: Picture, window: tuple[float, float], width: float) -> tuple[Label, ...]:
    """Labels for a plot `width` pixels wide that shows `window` (days since 1970-01-01)."""
    marks = picture.marks
    scale = width / (window[1] - window[0])
    at = (marks["at"].to_numpy(float) - window[0]) * scale
    radius = marks["size"].to_numpy(float) / 2 + 1.5
    left = np.minimum(at - radius, (marks["start"].to_numpy(float) - window[0]) * scale)
    right = np.maximum(at + radius, (marks["end"].to_numpy(float) - window[0]) * scale)
    heights = marks["y"].to_numpy(float)

    taken: dict[float, list[tuple[float, float, int]]] = {}
    for i in np.flatnonzero((right > -400) & (left < width + 400)):
        taken.setdefault(heights[i], []).append((left[i], right[i], int(i)))

    placed = []
    order = np.argsort(marks["importance"].to_numpy(), kind="stable")
    near = order[(at[order] > -20) & (at[order] < width + 20)]
    under, count = covered(at, heights, radius - 1.5, near)
    for i in order:
        if right[i] < 0 or left[i] > width or int(i) in under:
            continue
        hides = count.get(int(i), 0)
        text = marks["label"].iloc[i] + (f" +{hides}" if hides else "")
        wide = text_width(text, LABEL_SIZE)
        seen_left, seen_right = max(left[i], EDGE), min(right[i], width - EDGE)
        inside = seen_right - seen_left >= wide + 2 * EDGE
        choices: list[tuple[float, float, Literal["left", "right"]]] = []
        if inside:
            choices.append((seen_left + 1, ABOVE, "left"))
        choices += [(right[i] + GAP, 0, "left"), (left[i] - GAP - wide, 0, "right")]
        row = taken[heights[i]]
        for x, lift, flush in choices:
            clear = all(
                b <= x - EDGE or a >= x + wide + EDGE for a, b, owner in row if owner != i
            )  # a label may cross its own bar only
            if x < EDGE or x + wide > width - EDGE or not clear:
                continue
            row.append((x - EDGE, x + wide + EDGE, -1))
            placed.append(Label(int(i), text, x, heights[i] - lift, wide, flush))
            break
    return tuple(placed)
