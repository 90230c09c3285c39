"""Which mentions and events a query selects, and why the others are left out.

Comes in: a Dataset and a Query. Leaves: a Selection. Must not know addresses, charts or pages.

A mention matches when all conditions hold for that same mention; an event is selected when one
of its mentions matches. Every event of the dataset is counted once: shown, undated, outside or filtered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from timeline.query.arrays import engine_for
from timeline.query.query import Query
from timeline.table.dataset import Dataset


@dataclass(frozen=True)
class Selection:
    """What a query selects.

    `shown`: dated events that match; `undated`: how many undated ones do; with a range of dates on, those that match
    everything else, since they can neither lie inside nor outside. `outside`: dated events that match all but the
    dates; `filtered`: the rest. The four add up to `total`. `rows`: the mentions that match, with who takes part in
    them; `mentions`: their frame; `events`: the events that match, by number. All are fetched when first asked for.
    """

    total: int
    shown: int
    undated: int
    outside: int
    filtered: int
    query: Query
    fetch_rows: Callable[[], Dataset]
    fetch_events: Callable[[], pd.DataFrame]

    @cached_property
    def rows(self) -> Dataset:
        return self.fetch_rows()

    @property
    def mentions(self) -> pd.DataFrame:
        return self.rows.mentions

    @cached_property
    def events(self) -> pd.DataFrame:
        return self.fetch_events()


def select(dataset: Dataset, query: Query) -> Selection:
    """How many events match, with an account of all others, and the way to the rows."""
    engine = engine_for(dataset)
    account = engine.account(query)
    return Selection(
        account.total,
        account.shown,
        account.undated,
        account.outside,
        account.filtered,
        query,
        lambda: engine.rows(query),
        lambda: engine.events(query),
    )


def excerpt(dataset: Dataset, numbers: np.ndarray) -> Dataset:
    """The events of these numbers, in their order, with all their mentions, as a dataset of their own."""
    return engine_for(dataset).excerpt(numbers)
