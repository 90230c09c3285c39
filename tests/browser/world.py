"""The worlds that the browser tests visit: a small curated one with texts, and a stranger's table that bites.

Everything is invented. Port Lio is a harbour in Arland; its gazette, its post and a diary tell of the same events.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import NamedTuple

from timeline.table import Dataset
from timeline.table.dataset import load


class Told(NamedTuple):
    """One row of the invented events table, less what follows from the others."""

    id: str
    event: str
    date: str
    title: str
    actors: str
    category: str
    document: str
    status: str = "reported"
    speaker: str = ""


ROWS: tuple[Told, ...] = (
    Told("old-charter", "", "1812-05-28", "Charter of the harbour is signed", "Arland", "agreement", "diary"),
    Told("truce-gazette", "truce", "2014-09-05", "Truce of the quay", "Arland;Belmark", "agreement", "gazette"),
    Told("truce-post", "truce", "2014-09", "The quay agrees on a truce", "Arland;Belmark", "agreement", "post"),
    Told(
        "truce-diary",
        "truce",
        "2014-09-05",
        "A truce at last, Kern says",
        "Arland",
        "statement",
        "diary",
        "contested",
        "Ada Kern",
    ),
    Told("bridge", "", "2015-02-12", "Old bridge is mended", "Harbour Board", "law", "gazette"),
    Told("storm", "", "2015", "Year of storms in Belmark", "Belmark", "other", "post", "contested"),
    Told("fair", "", "2014-08/2014-10", "Fair in Port Lio", "Port Lio", "other", "gazette"),
    Told("strike", "", "2014-02-23", "Dockers go on strike", "Dockers;Port Lio", "protest", "post"),
    Told(
        "strike-end",
        "",
        "2014-03-02/2014-03-09",
        "Talks end the strike",
        "Dockers;Harbour Board",
        "negotiation",
        "post",
    ),
    Told("vote", "", "2014-05-25", "Port Lio votes for a council", "Port Lio", "election", "gazette"),
    Told("embargo", "", "2014-07/..", "Belmark closes its border", "Belmark", "law", "gazette"),
    Told("letters", "", "2014~", "Letters between the boards", "Harbour Board;Belmark", "negotiation", "diary"),
    Told("lamp", "", "2013-11-30", "Lamp of the pier is lit", "Harbour Board", "other", "post"),
    Told("census", "", "2013?", "Census of the islands", "Arland", "other", "post"),
    Told("ferry", "", "2013-06", "Ferry line opens", "Port Lio;Belmark", "agreement", "post"),
    Told("flood", "", "2012-21", "Spring flood", "Port Lio", "other", "diary"),
    Told("aid", "", "2015-03", "Grain is sent to Belmark", "Arland;Belmark", "aid", "gazette"),
    Told("patrol", "", "2015-05-01/2015-08-31", "Patrols along the coast", "Arland", "military", "gazette"),
    Told(
        "clash",
        "",
        "2015-06-14",
        "Clash near the lighthouse",
        "Arland;Belmark",
        "military",
        "post",
        "contested",
        "Ada Kern",
    ),
    Told("inquiry", "", "2015-07-01", "Inquiry into the clash", "Harbour Board", "law", "post"),
    Told(
        "pledge",
        "",
        "2016-01",
        "Pledge to rebuild the pier",
        "Harbour Board;Dockers",
        "agreement",
        "gazette",
        "planned",
    ),
    Told("letter-undated", "", "", "A letter about the lamp", "Ada Kern", "statement", "diary"),
    Told("song-undated", "", "", "Song of the dockers", "Dockers", "other", "diary"),
)

DOCUMENTS = {
    "gazette": ("The gazette of the harbour", "Arland Gazette", "Press Office", "2016-02-01", "report"),
    "post": ("Notes from Port Lio", "Lio Post", "Ira Sund", "2015-09", "article"),
    "diary": ("Diary of a board member", "Lio Archive", "Ada Kern", "2016", "other"),
}
ACTORS = (
    ("Arland", "state", "", "Republic of Arland"),
    ("Harbour Board", "organisation", "Arland", ""),
    ("Ada Kern", "person", "Harbour Board", "A. Kern"),
    ("Port Lio", "place", "", ""),
    ("Dockers", "group", "", ""),
    ("Belmark", "state", "", ""),
)
SOURCE = {document: facts[1] for document, facts in DOCUMENTS.items()}


def cited(row: Told) -> str:
    """The sentence of the document that a row cites."""
    return f"{row.title} stands in the book of the harbour, and two clerks signed the page for {row.id}."


def _passage(row: Told) -> str:
    words = cited(row).rstrip(".").split()
    return f"{' '.join(words[:5])} … {' '.join(words[-4:])}"


def text_of(document: str) -> str:
    """The document's text: a paragraph for each row, the cited sentence between two others."""
    told = [row for row in ROWS if row.document == document]
    lines = [f"Entry {n}. The weather was mild. {cited(row)} Nobody objected." for n, row in enumerate(told, 1)]
    return "\n\n".join(["Found in a chest on the pier.", *lines, "Here the pages end."]) + "\n"


def _locator(row: Told) -> str:
    told = [other.id for other in ROWS if other.document == row.document]
    return f"para. {told.index(row.id) + 2}"


def write_curated(folder: Path) -> Path:
    """Write the three tables and the texts (in `texts/`); returns the folder."""
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    for document in DOCUMENTS:
        (texts / f"{document}.txt").write_text(text_of(document), encoding="utf-8")
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(
            [
                "id",
                "event",
                "date",
                "title",
                "summary",
                "actors",
                "category",
                "status",
                "speaker",
                "document",
                "locator",
                "passage",
            ]
        )
        for row in ROWS:
            summary = f"The entry tells how it came about: {row.title.lower()}."
            out.writerow(
                [
                    row.id,
                    row.event,
                    row.date,
                    row.title,
                    summary,
                    row.actors,
                    row.category,
                    row.status,
                    row.speaker,
                    row.document,
                    _locator(row),
                    _passage(row),
                ]
            )
    with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "title", "source", "author", "published", "kind", "language", "url", "file", "sha256"])
        for document, (title, source, author, published, kind) in DOCUMENTS.items():
            digest = hashlib.sha256(text_of(document).encode()).hexdigest()
            url = f"https://lio.example/{document}"
            out.writerow([document, title, source, author, published, kind, "en", url, f"{document}.txt", digest])
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "kind", "part_of", "aliases"])
        out.writerows(ACTORS)
    return folder


def events_with(*, actor: str = "", source: str = "", dated: bool = True) -> set[str]:
    """Events of which one mention has the actor and comes from the source, counted from the rows above."""
    return {
        row.event or row.id
        for row in ROWS
        if (not actor or actor in row.actors.split(";"))
        and (not source or SOURCE[row.document] == source)
        and (not dated or row.date)
    }


BITES = (
    "<script>window.PWN=1</script>",
    "<img src=x onerror=window.PWN=2>",
    "<a href=https://evil.example/>click</a>",
    "<b>bold</b><br><br>",
    "%{x} %{customdata} {{x}}",
    "$a$ $$b$$ \\(c\\)",
    "javascript:window.PWN=3",
    "&amp; &lt;i&gt; &#106;",
    "مرحبا بالعالم",
    "\u202egnp.exe",
    "👩‍👩‍👧‍👦 🇦🇺 é́",
    "__proto__",
    "constructor",
    "\"quoted\" 'single' `tick`",
    "</script><script>window.PWN=4</script>",
    "' onmouseover=window.PWN=5 x='",
)


def write_hostile(path: Path) -> Path:
    """One stranger's table with something that bites in every column, dated rows and one without a date."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(
            [
                "id",
                "date",
                "title",
                "summary",
                "actors",
                "category",
                "status",
                "speaker",
                "source",
                "locator",
                "passage",
                "link",
                "<img src=x onerror=window.PWN=6>",
            ]
        )
        for n, bite in enumerate(BITES):
            link = (
                "javascript:window.PWN=7",
                "https://lio.example/ok",
                "data:text/html,<script>1</script>",
                "//evil.example/x",
                "JaVa\nScript:window.PWN=8",
            )[n % 5]
            day = f"2014-{n % 12 + 1:02d}-{n % 27 + 1:02d}"
            out.writerow(
                [f"row-{n}", day, bite, f"Summary {bite}", bite, bite, bite, bite, bite, bite, bite, link, bite]
            )
        out.writerow(["row-none", "n.d.", BITES[0], *[BITES[1]] * 10])
    return path


def write_bad(path: Path) -> Path:
    """A table of which some rows cannot be read."""
    rows = [
        "date,title,who",
        "2014-02-03,Lamp is lit,Arland",
        "31 February 2014,Nowhere day,Arland",
        "03/04/2014,Two readings,Arland",
        "2014-05-06,Fair,Port Lio",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def write_crowd(path: Path) -> Path:
    """Hundreds of rows in few months, with long names of actors: what labels and lanes must bear."""
    who = (
        "Union of the Harbour Workers of Port Lio and the Outer Islands",
        "Arland",
        "B",
        "Standing Commission for Lighthouses, Buoys and Navigation Marks",
        "Belmark",
    )
    lines = ["date,title,who,source"]
    for n in range(240):
        month, day = n % 9 + 1, n * 7 % 28 + 1
        date = (
            f"2014-{month:02d}-{day:02d}",
            f"2014-{month:02d}",
            f"2014-{month:02d}-{day:02d}/2014-{month + 1:02d}",
            "2014~",
        )[0 if n % 5 else n % 4]
        title = f"Assembly number {n} of the harbour, and what it wrote"
        lines.append(f'{date},"{title}",{who[(n * 7 + n // 5) % 5]},Post {n % 9}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_many(path: Path) -> Path:
    """Six thousand rows over sixty years: more than can be drawn at once."""
    who = ("Arland", "Belmark", "Corvia", "Dunmere")
    lines = ["date,title,who,source"]
    for n in range(6_000):
        year, month, day = 1950 + n // 100, n % 12 + 1, n * 7 % 28 + 1
        date = (f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}", f"{year}", f"{year}/{year + 1}")[
            3 if n % 97 == 0 else min(n % 5, 2)
        ]
        lines.append(f"{date},Assembly number {n},{who[n % 4]},Post {n % 7}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def open_table(path: Path) -> Dataset:
    """The dataset of a table, as the program reads it."""
    return load(path)
