"""What a chronology says of itself: what was chosen, what that leaves out, when and from what it was made.

In: a Dataset, a Selection and a Look. Out: plain sentences, each in one line. It must not know formats or files.
"""

from __future__ import annotations

from timeline.export.plain import line
from timeline.export.writing import Look
from timeline.query import wording
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset
from timeline.table.moment import MONTHS

_SHOWN = 8


def about(dataset: Dataset, selection: Selection, look: Look) -> tuple[tuple[str, str], ...]:
    """Terms and what stands for them: the table, the filters in words, the day, the fingerprint of the data."""
    made = look.made
    return (
        ("Table", line(dataset.name)),
        ("Filters", line(wording.describe(selection.query, dataset)) or "none"),
        ("Made", f"{made.day} {MONTHS[made.month - 1]} {made.year}, {made:%H:%M} UTC"),
        ("Data", line(dataset.fingerprint)),
    )


def accounting(dataset: Dataset, selection: Selection, undated: int, years: bool) -> tuple[str, ...]:
    """How many events of the table are here, and where the others are. `undated`: so many undated ones are listed;
    `years`: the years are headings."""
    said = [f"{wording.sentence(selection, selection.query)}."]
    if undated:
        said.append("The undated event stands at the end." if undated == 1 else "Undated events stand at the end.")
    elif selection.undated:
        said.append("Undated events are not listed here, for nobody knows whether they lie within the dates.")
    if years:
        said.append(
            "An event stands under the first year that its date allows; if its beginning is open, under the last."
        )
    if dataset.in_error:
        rows = "row" if dataset.in_error == 1 else "rows"
        said.append(f"{dataset.in_error:,} {rows} of the table could not be read and cannot be here.")
    return tuple(said)


def left_out(dataset: Dataset) -> tuple[str, ...]:
    """What of the table a chronology does not say."""
    if not dataset.extras:
        return ()
    names = ", ".join(dataset.extras[:_SHOWN]) + (", ..." if len(dataset.extras) > _SHOWN else "")
    return (line(f"A chronology has no place for the further columns of the table: {names}."),)
