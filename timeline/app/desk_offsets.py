"""Places in a text as browsers count them: JavaScript counts units of UTF-16, and an emoji is two of them.

Comes in: paragraphs, places in characters or in units. Leaves: the other. Must not know what stands there.
"""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any


def to_units(text: str, offset: int) -> int:
    """The place of a character, in units."""
    return offset if text.isascii() else offset + sum(character > "\uffff" for character in text[:offset])


def to_characters(text: str, units: int) -> int:
    """The place of a unit, in characters; half a character is rounded up."""
    if text.isascii():
        return units
    return bisect_left(range(len(text) + 1), units, key=lambda offset: to_units(text, offset))


def in_units(document: dict[str, Any]) -> dict[str, Any]:
    """A document as the API tells it, its places counted in units."""
    texts: Mapping[int, str] = {each["n"]: each["text"] for each in document["paragraphs"]}
    if all(max(text, default="") <= "\uffff" for text in texts.values()):
        return document
    for paragraph in document["paragraphs"]:
        for mark in paragraph["marks"]:
            _stretch(mark, paragraph["text"])
    for candidate in document["candidates"]:
        _stretch(candidate, texts[candidate["n"]])
    for row in document["rows"]:
        for end in ("from", "to"):
            if row[end]:
                row[end]["offset"] = to_units(texts[row[end]["n"]], row[end]["offset"])
    return document


def _stretch(one: dict[str, Any], text: str) -> None:
    one["start"], one["end"] = to_units(text, one["start"]), to_units(text, one["end"])
