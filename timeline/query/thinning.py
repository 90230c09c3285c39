"""Places within groups, by rank: what thinning marks comes down to.

Comes in: integer arrays. Leaves: integer arrays. Must not know what they stand for.
"""

import numpy as np


def place_within(group: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """The place of each item within its group, by rank, from 0."""
    order = np.lexsort((rank, group))
    sorted_groups = group[order]
    begins = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]]) if len(order) else order
    within = np.arange(len(order)) - np.repeat(begins, np.diff(np.r_[begins, len(order)]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = within
    return place
