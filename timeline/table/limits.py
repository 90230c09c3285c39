"""The limits of the tables, in one place: the command, the page, the docs and the tests all read them here.

In: nothing. Out: `LIMITS` (name -> Limit) and the constants below. Must not know: any other module.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its value, the unit it is counted in, and why it is there."""

    name: str
    value: int
    unit: str
    help: str


LIMITS: dict[str, Limit] = {
    limit.name: limit
    for limit in (
        Limit("file", 512_000_000, "bytes", "a larger table is refused by its size, before it is read"),
        Limit("cell", 100_000, "characters", "a longer cell is an error; the row is drawn with the cell cut"),
        Limit("columns", 1_000, "columns", "a wider header is refused: it is not a table of events"),
        Limit("id", 80, "characters", "ids stand in links"),
        Limit("title", 90, "characters", "a longer title is a warning; labels cut it"),
        Limit("passage", 8, "words", "at most so many words from each end of a passage"),
        Limit("passage-least", 3, "words", "a shorter passage proves nothing"),
        Limit("url", 2_000, "characters", "a longer address is a warning"),
        Limit("value", 60, "characters", "so much of a value is shown in a problem"),
        Limit("span", 400, "years", "a longer date is probably a slip: a warning"),
        Limit(
            "resyncs",
            20,
            "passes",
            "open quotes may cost so many readings of a file; then its rest is given up",
        ),
        Limit("facet", 40, "values", "an extra column with more distinct values is no filter"),
    )
}

FILE_BYTES = LIMITS["file"].value
CELL_CHARACTERS = LIMITS["cell"].value
COLUMNS = LIMITS["columns"].value
ID_CHARACTERS = LIMITS["id"].value
TITLE_CHARACTERS = LIMITS["title"].value
PASSAGE_WORDS = LIMITS["passage"].value
PASSAGE_LEAST_WORDS = LIMITS["passage-least"].value
URL_CHARACTERS = LIMITS["url"].value
VALUE_CHARACTERS = LIMITS["value"].value
SPAN_YEARS = LIMITS["span"].value
RESYNCS = LIMITS["resyncs"].value
