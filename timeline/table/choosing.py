"""The order in which events are chosen to be drawn, where not all can be.

In: the `events` frame. Out: an array of ranks. Must not know what is drawn.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

_LONGEST, _MOST_DOCUMENTS = 2**23 - 1, 2**8 - 1


def rank_of(events: pd.DataFrame) -> np.ndarray:
    """The order in which events are chosen to be drawn, as int64: those in more documents first, then the longer (in
    whole days, where both ends are known), then the earlier in the frame."""
    start, end = events["start"].to_numpy(float), events["end"].to_numpy(float)
    lasting = (events["precision"] == "interval").to_numpy(bool) & ~events["disagree"].to_numpy(bool)
    lasting &= np.isfinite(start) & np.isfinite(end)
    with np.errstate(invalid="ignore"):
        days = np.where(lasting, np.clip(np.nan_to_num(end - start), 0, _LONGEST), 0).astype(np.int64)
    documents = np.minimum(events["documents"].to_numpy(np.int64), _MOST_DOCUMENTS)
    weight = documents * (_LONGEST + 1) + days
    rank: np.ndarray = ((2**31 - 1 - weight) << 32) | np.arange(len(events), dtype=np.int64)
    return rank
