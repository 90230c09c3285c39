"""What a picture says of itself, so that it can be checked wherever it goes: its title and its small print.

Comes in: a Dataset, a Query, what it selects, a window. Leaves: plain text (whoever draws it escapes it). Must not know
plotly.
"""

from datetime import datetime
from pathlib import PurePath

from timeline.query import Query, Selection, describe, engine_for, outlier_sentence, sentence
from timeline.table import Dataset
from timeline.table.moment import MONTHS


def title_of(dataset: Dataset) -> str:
    """A table's own name as a title; the plain name `events` says nothing and becomes "Event timeline"."""
    name = PurePath(dataset.name).stem.replace("_", " ").replace("-", " ").strip()
    return "Event timeline" if name.lower() in ("", "events") else name[:1].upper() + name[1:]


def small_print(
    dataset: Dataset, query: Query, selection: Selection, window: tuple[float, float], made: datetime | None = None
) -> list[str]:
    """What a picture says of itself: counts, what lies outside its window, active filters, sources, data, and when it
    was made if that is told."""
    lines = [sentence(selection, query) + "."]
    engine = engine_for(dataset)
    outside = outlier_sentence(*engine.beyond(query, *window), *window)
    if outside:
        lines[0] += f" {outside}."
    filters = describe(query, dataset)
    if filters:
        lines.append(f"Filtered by {filters}.")
    sources = sorted(source for source, count in engine.counts(query, "source", None).items() if count)
    if sources:
        lines.append(f"Sources: {', '.join(sources)}.")
    when = f" Made on {made.day} {MONTHS[made.month - 1]} {made.year}." if made else ""
    lines.append(f"Each mark stands for what a document says. Data {dataset.fingerprint}.{when}")
    return lines
