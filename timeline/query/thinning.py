"""How the pairs of event and lane around a window are thinned, once they are at hand.

Comes in: arrays, one entry a pair. Leaves: a Near. Must not know where they come from.
"""

import numpy as np

from timeline.query.engine import Near, Stretch
from timeline.query.window import lane_density


def thinned(
    number: np.ndarray,
    lane: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    rank: np.ndarray,
    lanes: int,
    stretch: Stretch,
) -> Near:
    """What is left of pairs that all touch the stretch; `start` and `end` are finite, in days."""
    lo, hi, (first, last) = stretch.lo, stretch.hi, stretch.window
    seen = (start < last) & (end > first)
    rank = np.where(number == stretch.keep, -1, rank)
    cell = np.clip(np.floor(((start + end) / 2 - lo) / (hi - lo) * (2 * stretch.cells)), 0, 2 * stretch.cells - 1)
    turn = place_within(lane * (2 * stretch.cells) + cell.astype(np.int64), rank)
    thin = (turn < stretch.each) | (rank < 0) if len(number) > stretch.few else np.ones(len(number), dtype=bool)
    weights, touching = lane_density(start, end, lane, lanes, lo, hi, stretch.bins)
    told = np.zeros(int(number.max(initial=0)) + 1, dtype=bool)
    told[number[seen]] = True
    inside, pairs = int(told.sum()), int(seen.sum())
    return Near(number[thin], lane[thin], rank[thin], turn[thin], weights, touching, inside, pairs)


def place_within(group: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """The place of each item within its group, by rank, from 0; no two of a group have the same rank."""
    # Numbers sort in a fraction of the time that a sort by one key and then by another takes.
    ranked = np.argsort(rank)
    order = ranked[np.argsort(group[ranked] * len(ranked) + np.arange(len(ranked)))]
    sorted_groups = group[order]
    begins = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]]) if len(order) else order
    within = np.arange(len(order)) - np.repeat(begins, np.diff(np.r_[begins, len(order)]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = within
    return place
