"""Labels of a printed figure: which marks get words, and where.

Comes in: a Picture and a window. Leaves: label positions. Must not know plotly. The page places its labels in the
browser by the same rules (assets/20-labels.js), with the fonts that it really has.

Greedy by importance, row by row: above a bar that is wide enough, else to the right of the mark, else to the left,
else nowhere; so no label ever meets another, a mark or the edge.
"""

from dataclasses import dataclass

import numpy as np

from timeline.chart.picture import Picture
from timeline.chart.text import text_width
from timeline.chart.theme import LABEL_SIZE

GAP = 5
EDGE = 3
ABOVE = 13


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the mark's position in the frame, the text, its left edge and middle height in pixels."""

    mark: int
    text: str
    x: float
    y: float
    width: float


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
    for i in np.argsort(marks["importance"].to_numpy(), kind="stable"):
        if right[i] < 0 or left[i] > width:
            continue
        text = marks["label"].iloc[i]
        wide = text_width(text, LABEL_SIZE)
        seen_left, seen_right = max(left[i], EDGE), min(right[i], width - EDGE)
        choices = [(seen_left + 1, True)] if seen_right - seen_left >= wide + 2 * EDGE else []
        choices += [(right[i] + GAP, False), (left[i] - GAP - wide, False)]
        row = taken[heights[i]]
        for x, above in choices:
            clear = all(
                b <= x - EDGE or a >= x + wide + EDGE for a, b, owner in row if owner != i
            )  # a label may cross its own bar only
            if x < EDGE or x + wide > width - EDGE or not clear:
                continue
            row.append((x - EDGE, x + wide + EDGE, -1))
            placed.append(Label(int(i), text, x, heights[i] - (ABOVE if above else 0), wide))
            break
    return tuple(placed)
