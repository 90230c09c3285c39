"""The spans of a dataset: the one that opens, the whole, and how thick the events lie along it.

Comes in: a Dataset. Leaves: pairs of days and arrays. Must not know pixels or what holds the rows.
"""

import numpy as np

from timeline.query import extent
from timeline.query.arrays import engine_for
from timeline.query.engine import remembered
from timeline.query.query import Query
from timeline.table.dataset import Dataset


def home_of(dataset: Dataset) -> tuple[float, float]:
    """The span that opens, in days since 1970-01-01."""
    return extent.home_of(dataset, engine_for(dataset))


def full_of(dataset: Dataset) -> tuple[float, float]:
    """The whole span, in days since 1970-01-01."""
    return extent.full_of(dataset, engine_for(dataset))


def overview_of(dataset: Dataset, query: Query, bins: int) -> np.ndarray:
    """How thick the events that match lie along the whole span."""
    return engine_for(dataset).overview(query, *full_of(dataset), bins)


def overview_of_all(dataset: Dataset, bins: int) -> np.ndarray:
    """How thick all events lie along the whole span; found once."""
    return remembered(dataset, ("overview", bins), lambda: overview_of(dataset, Query(), bins))
