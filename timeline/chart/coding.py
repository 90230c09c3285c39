"""Which symbol and colour stands for which value: the coding of the marks and its legend.

Comes in: a Dataset and the column that is coded. Leaves: codes in the order of the legend and one code per event.
Must not know the filter: a value keeps its colour whatever else is chosen.
"""

from dataclasses import dataclass

import pandas as pd

from timeline.chart.theme import OTHER_SYMBOL, SEVERAL_SYMBOL, SYMBOLS, Theme
from timeline.query import engine_for, remembered
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


def coding(dataset: Dataset, column: str, theme: Theme) -> tuple[Code, ...]:
    """Codes for the legend: the most frequent values of `column` get a symbol and hue of their own."""
    several, other, none = _LABELS[column]
    tones = remembered(dataset, ("tones", column), lambda: engine_for(dataset).tones(column, len(SYMBOLS)))
    codes = [Code(f"={value}", value, SYMBOLS[i], theme.hues[i]) for i, value in enumerate(tones.own)]
    if tones.several:
        codes.append(Code(SEVERAL, several, SEVERAL_SYMBOL, theme.several))
    if tones.others:
        codes.append(Code(OTHER, other if tones.more else none, OTHER_SYMBOL, theme.other))
    return tuple(codes)


def keys_of(shown: Dataset, column: str, codes: tuple[Code, ...]) -> pd.Series:
    """The key of the code of each event of `shown`, indexed by event.

    An event whose mentions bear more than one value is `several`, since that is what a reader who compares sources
    looks for first.
    """
    own = {code.key for code in codes}
    pairs = shown.mentions[["event", column]].drop_duplicates()
    pairs = pairs[pairs[column] != ""]
    distinct = pairs.groupby("event", sort=False)[column].agg(["first", "size"])
    key = "=" + distinct["first"].astype("str")
    key = key.where(key.isin(own), OTHER).where(distinct["size"] == 1, SEVERAL)
    return key.reindex(shown.events["event"]).fillna(OTHER)
