"""Which symbol and colour stands for which value: the coding of the marks and its legend.

Comes in: a Dataset and the column that is coded. Leaves: codes in the order of the legend and one code per event.
Must not know the filter: a value keeps its colour whatever else is chosen.
"""

from dataclasses import dataclass

import pandas as pd

from timeline.chart.theme import OTHER_SYMBOL, SEVERAL_SYMBOL, SYMBOLS, Theme
from timeline.query import remembered
from timeline.table import Dataset

SEVERAL = "several"
OTHER = "other"
_LABELS = {
    "source": ("Several sources", "Other sources", "No source named"),
    "status": ("Differs between mentions", "Other", "No status"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the legend: `key` is unique, `label` is what people read."""

    key: str
    label: str
    symbol: str
    colour: str


def coded_column(lanes: str) -> str:
    """The column that symbol and colour carry: the source, or the status where lanes already tell the source."""
    return "status" if lanes in ("source", "document") else "source"


def coding(dataset: Dataset, column: str, theme: Theme) -> tuple[tuple[Code, ...], pd.Series]:
    """Codes for the legend, and a Series of code keys indexed by event.

    The most frequent values of `column` get a symbol and hue of their own; an event whose mentions bear more than
    one value is `several`, since that is what a reader who compares sources looks for first.
    """
    return remembered(dataset, ("coding", column, theme.name), lambda: _coding(dataset, column, theme))


def _coding(dataset: Dataset, column: str, theme: Theme) -> tuple[tuple[Code, ...], pd.Series]:
    several, other, none = _LABELS[column]
    pairs = dataset.mentions[["event", column]].drop_duplicates()
    pairs = pairs[pairs[column] != ""]
    counts = pairs[column].value_counts(sort=False)
    ranked = sorted(counts.items(), key=lambda item: (-int(item[1]), str(item[0])))
    own = [str(value) for value, _ in ranked[: len(SYMBOLS)]]
    codes = [Code(f"={value}", value, SYMBOLS[i], theme.hues[i]) for i, value in enumerate(own)]

    distinct = pairs.groupby("event", sort=False)[column].agg(["first", "size"])
    key = ("=" + distinct["first"]).where(distinct["first"].isin(own), OTHER)
    key = key.where(distinct["size"] == 1, SEVERAL)
    keys = key.reindex(dataset.events["event"]).fillna(OTHER)

    present = set(keys)
    if SEVERAL in present:
        codes.append(Code(SEVERAL, several, SEVERAL_SYMBOL, theme.several))
    if OTHER in present:
        codes.append(Code(OTHER, other if len(ranked) > len(SYMBOLS) else none, OTHER_SYMBOL, theme.other))
    return tuple(code for code in codes if code.key in present), keys
