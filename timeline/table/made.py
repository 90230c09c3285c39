"""A table of our own making: as many events as wanted, the same ones for the same seed, for trying and measuring.

In: a folder, a number of rows and a seed. Out: three CSV files. Must not know what they are made for.

Actors are chosen as in life, few often and most seldom (Zipf); dates are days, months, years, ranges, open ranges and
doubtful ones, with some undated rows. Places and people are invented. Rows are made in blocks, each with a seed of its
own, so that a longer table begins as a shorter one does.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from timeline.table.schema import ACTORS, CATEGORIES, DOCUMENTS, EVENTS, names

PLACES = ("Arland", "Belmark", "Corvia", "Dunmere", "Estholm", "Farrow", "Galt", "Harrowby", "Isenvale", "Jorvik Bay")
BODIES = ("Council", "Harbour Board", "Dockers", "Gazette", "Ministry of Roads")
WORDS = ("truce", "strike", "bridge", "ferry", "storm", "vote", "harvest", "charter", "lamp", "border", "census")
DEEDS = ("is signed", "begins", "ends", "is discussed", "is denied", "reaches the coast", "is put off", "is announced")
SOURCES, DOCUMENTS_EACH = 20, 3
FIRST, LAST = date(1990, 1, 1), date(2024, 12, 31)
BLOCK = 20_000
_DAYS = (LAST - FIRST).days
_ISO = [(FIRST + timedelta(days=day)).isoformat() for day in range(_DAYS + 402)]


def make_events(
    folder: Path, rows: int = 10_000, seed: int = 7, progress: Callable[[int], None] = lambda rows: None
) -> Path:
    """Write events.csv, documents.csv and actors.csv into `folder`; the path of the first. `progress` is told how many
    rows are written. Raises OSError."""
    chance = np.random.default_rng(seed)
    actors = [*PLACES, *(f"{place} {body}" for place in PLACES for body in BODIES)]
    actors = [actors[i] for i in chance.permutation(len(actors))]
    documents = [f"doc-{source:02}-{n}" for source in range(SOURCES) for n in range(DOCUMENTS_EACH)]
    _write(folder / "documents.csv", names(DOCUMENTS), (_document(name) for name in documents))
    known = [(name, "place" if name in PLACES else "organisation", _whole(name), "") for name in actors]
    _write(folder / "actors.csv", names(ACTORS), known)

    def lines() -> Iterator[tuple[str, ...]]:
        for first in range(0, rows, BLOCK):
            block = np.random.default_rng((seed, first))
            yield from list(_block(block, first, actors, documents))[: rows - first]
            progress(min(first + BLOCK, rows))

    _write(folder / "events.csv", names(EVENTS), lines())
    return folder / "events.csv"


def _block(
    chance: np.random.Generator, first: int, actors: Sequence[str], documents: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    weights = 1 / np.arange(1, len(actors) + 1)
    cast = chance.choice(len(actors), (BLOCK, 3), p=weights / weights.sum()).tolist()
    size = chance.choice((1, 1, 2, 3), BLOCK).tolist()
    dates = _dates(chance)
    contested = (chance.random(BLOCK) < 0.2).tolist()
    picks = (chance.integers(len(of), size=BLOCK).tolist() for of in (WORDS, PLACES, DEEDS, CATEGORIES, documents))
    for i, (word, place, deed, category, document) in enumerate(zip(*picks, strict=True)):
        title = f"The {WORDS[word]} of {PLACES[place]} {DEEDS[deed]}"
        status = ("contested" if contested[i] else "reported") if dates[i] else "planned"
        yield (
            f"e{first + i:06}", "", dates[i], title, f"The paper says that the{title[3:]}, row {first + i}.",
            ";".join(dict.fromkeys(actors[n] for n in cast[i][: size[i]])), CATEGORIES[category], status, "",
            documents[document], f"para. {1 + (first + i) % 60}", "At noon the cranes … until the evening",
        )  # fmt: skip


def _dates(chance: np.random.Generator) -> list[str]:
    days, kinds = chance.integers(_DAYS, size=BLOCK).tolist(), chance.random(BLOCK).tolist()
    lengths, marks = chance.integers(1, 401, size=BLOCK).tolist(), chance.integers(2, size=BLOCK).tolist()
    return [
        _date(_ISO[day], kind, day + length, "~?"[mark])
        for day, kind, length, mark in zip(days, kinds, lengths, marks, strict=True)
    ]


def _date(day: str, kind: float, end: int, mark: str) -> str:
    if kind < 0.55:
        return day
    if kind < 0.70:
        return day[:7]
    if kind < 0.78:
        return day[:4]
    if kind < 0.90:
        return f"{day}/{_ISO[end]}"
    if kind < 0.93:
        return f"{day[:7]}/.."
    return f"{day[:7]}{mark}" if kind < 0.98 else ""


def _document(name: str) -> tuple[str, ...]:
    source = int(name.split("-")[1])
    facts = {"id": name, "title": f"Report {name}", "source": f"Source {source:02}", "published": "2025-01-31",
             "kind": "report", "language": "en"}  # fmt: skip
    return tuple(facts.get(column, "") for column in names(DOCUMENTS))


def _whole(name: str) -> str:
    place = next(place for place in PLACES if name.startswith(place))
    return "" if name == place else place


def _write(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
