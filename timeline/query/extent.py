"""The span that opens and the whole one, of a table of any size.

Comes in: a Dataset and its engine. Leaves: pairs of days since 1970-01-01, found once. Must not know what holds the
rows.
"""

from timeline.query.engine import Engine, remembered
from timeline.query.window import ENOUGH, FIRST, LAST, NO_EVENTS, home, readable
from timeline.table.dataset import Dataset


def home_of(dataset: Dataset, engine: Engine) -> tuple[float, float]:
    """The span that opens, as `home` finds it from an even sample of the events; found once."""

    def found() -> tuple[float, float]:
        low, high = engine.extremes()
        whole = (max(low, FIRST), min(max(low, high), LAST)) if low == low else None
        return home(engine.sample(ENOUGH), whole)

    return remembered(dataset, "home", found)


def full_of(dataset: Dataset, engine: Engine) -> tuple[float, float]:
    """The whole span, as `full` finds it; found once."""

    def found() -> tuple[float, float]:
        low, high = engine.extremes()
        if low != low:
            return NO_EVENTS
        low, high = max(low, FIRST), min(max(low, high), LAST)
        return readable(low, high, engine.sample(ENOUGH))

    return remembered(dataset, "full", found)
