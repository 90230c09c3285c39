"""A table of our own making: as many events as wanted, the same ones for the same seed.

Comes in: a number of rows and a seed. Leaves: three CSV files in a folder. Must not know what is measured.

Actors are chosen as in life, few often and most seldom (Zipf); dates are days, months, years, ranges, open ranges and
doubtful ones, with some undated rows. Places and people are invented.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from timeline.table.schema import ACTORS, CATEGORIES, DOCUMENTS, EVENTS, names

PLACES = ("Arland", "Belmark", "Corvia", "Dunmere", "Estholm", "Farrow", "Galt", "Harrowby", "Isenvale", "Jorvik Bay")
BODIES = ("Council", "Harbour Board", "Dockers", "Gazette", "Ministry of Roads")
WORDS = ("truce", "strike", "bridge", "ferry", "storm", "vote", "harvest", "charter", "lamp", "border", "census")
DEEDS = ("is signed", "begins", "ends", "is discussed", "is denied", "reaches the coast", "is put off", "is announced")
SOURCES, DOCUMENTS_EACH = 20, 3
FIRST, LAST = date(1990, 1, 1), date(2024, 12, 31)


def make_events(folder: Path, rows: int = 10_000, seed: int = 7) -> Path:
    """Write events.csv, documents.csv and actors.csv into `folder`; the path of the first."""
    chance = random.Random(seed)
    actors = [*PLACES, *(f"{place} {body}" for place in PLACES for body in BODIES)]
    chance.shuffle(actors)
    weights = [1 / (place + 1) for place in range(len(actors))]
    documents = [f"doc-{source:02}-{n}" for source in range(SOURCES) for n in range(DOCUMENTS_EACH)]
    events = []
    for n in range(rows):
        cast = dict.fromkeys(chance.choices(actors, weights, k=chance.choice((1, 1, 2, 3))))
        when = _date(chance)
        status = chance.choices(("reported", "contested"), (8, 2))[0] if when else "planned"
        title = f"The {chance.choice(WORDS)} of {chance.choice(PLACES)} {chance.choice(DEEDS)}"
        events.append(
            (
                f"e{n:06}", "", when, title, f"The paper says that {title[0].lower()}{title[1:]}, row {n}.",
                ";".join(cast), chance.choice(CATEGORIES), status, "",
                chance.choice(documents), f"para. {chance.randint(1, 60)}", "At noon the cranes … until the evening",
            )
        )  # fmt: skip
    _write(folder / "events.csv", names(EVENTS), events)
    _write(folder / "documents.csv", names(DOCUMENTS), (_document(name) for name in documents))
    known = [(name, "place" if name in PLACES else "organisation", _whole(name), "") for name in actors]
    _write(folder / "actors.csv", names(ACTORS), known)
    return folder / "events.csv"


class Made:
    """Made tables in `folder`, each size made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, rows: int) -> Path:
        """The events.csv of so many rows."""
        place = self._folder / str(rows)
        if not place.exists():
            place.mkdir(parents=True)
            make_events(place, rows)
        return place / "events.csv"


def _date(chance: random.Random) -> str:
    day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    kind = chance.random()
    if kind < 0.55:
        return day.isoformat()
    if kind < 0.70:
        return f"{day:%Y-%m}"
    if kind < 0.78:
        return f"{day:%Y}"
    if kind < 0.90:
        return f"{day.isoformat()}/{(day + timedelta(days=chance.randint(1, 400))).isoformat()}"
    if kind < 0.93:
        return f"{day:%Y-%m}/.."
    if kind < 0.98:
        return f"{day:%Y-%m}{chance.choice('~?')}"
    return ""


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
