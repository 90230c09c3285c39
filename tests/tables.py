"""Small datasets of our own invention, built straight from rows: what tests of the later rooms start from.

Nothing here reads a file, so a test of the query fails for reasons of the query. `load_text` is the other
way in: it writes a table into a folder and reads it as the program does.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd

from timeline.table.dataset import Dataset
from timeline.table.names import fold_search
from timeline.table.when import When, read_date

Row = Mapping[str, Any]

TEXT = (
    "id", "event", "date", "edtf", "title", "summary", "category", "status", "speaker", "document", "source",
    "locator", "passage", "url", "earliest", "latest", "precision", "words", "search",
)  # fmt: skip
EVENT_TEXT = ("event", "id", "title", "category", "status", "earliest", "latest", "precision", "words")

ARLAND: tuple[Row, ...] = (
    {
        "id": "truce",
        "date": "2014-09-05",
        "actors": "Arland;Belmark",
        "document": "gazette-1",
        "category": "agreement",
    },
    {"id": "truce-2", "event": "truce", "date": "2014-09", "actors": "Arland", "document": "lio-1"},
    {"id": "bridge", "date": "2015-02-12", "actors": "Ministry of Arland", "document": "gazette-1"},
    {"id": "storm", "date": "2015", "actors": "Belmark", "document": "lio-1", "status": "contested"},
    {
        "id": "treaty",
        "date": "1812-05-28",
        "actors": "Belmark;Ada Kern",
        "document": "lio-2",
        "category": "agreement",
    },
    {
        "id": "letter",
        "actors": "Ada Kern",
        "document": "lio-2",
        "title": "A letter about gas",
        "category": "statement",
    },
    {
        "id": "fair",
        "date": "2014-08/2014-10",
        "document": "gazette-1",
        "title": "Fair in Port Lio",
        "actors": "",
    },
)
ARLAND_DOCUMENTS: tuple[Row, ...] = (
    {
        "id": "gazette-1",
        "title": "The gazette of the year",
        "source": "Arland Gazette",
        "published": "2015-03-01",
    },
    {"id": "lio-1", "title": "Notes from Port Lio", "source": "Lio Post", "published": "2015-05"},
    {"id": "lio-2", "title": "Old papers", "source": "Lio Post", "published": "2016"},
)
ARLAND_ACTORS: tuple[Row, ...] = (
    {"name": "Arland", "kind": "state", "aliases": "Republic of Arland;AR"},
    {"name": "Ministry of Arland", "kind": "organisation", "part_of": "Arland"},
    {"name": "Ada Kern", "kind": "person", "part_of": "Ministry of Arland", "aliases": "A. Kern"},
    {"name": "Belmark", "kind": "state"},
)


@cache
def arland() -> Dataset:
    """Seven mentions of six events: two sources that date one event differently, an outlier, an undated
    letter.
    """
    return make_dataset(ARLAND, documents=ARLAND_DOCUMENTS, actors=ARLAND_ACTORS)


def make_dataset(
    rows: Iterable[Row],
    *,
    documents: Iterable[Row] = (),
    actors: Iterable[Row] = (),
    name: str = "events.csv",
) -> Dataset:
    """A dataset of `rows`: mentions as dicts, with whatever cells matter to the test.

    `actors` of a row is text with `;` or a list; `source` comes from `documents` when it is not in the row;
    keys `extra:NAME` become a stranger's columns. Missing ids are m1, m2, ...; a date that is none is
    undated.
    """
    sources = {str(d["id"]): str(d.get("source", "")) for d in documents}
    made = [_mention(number, row, sources) for number, row in enumerate(rows)]
    extras = tuple(dict.fromkeys(key for mention in made for key in mention if key.startswith("extra:")))
    mentions = _frame(made, (*TEXT, *extras))
    links = [(number, actor) for number, mention in enumerate(made) for actor in mention["_actors"]]
    named = list(dict.fromkeys([str(a["name"]) for a in actors] + [actor for _, actor in links]))
    given = {str(a["name"]): a for a in actors}
    dataset = Dataset(
        name=name,
        path=None,
        curated=bool(sources),
        mentions=mentions,
        mention_actors=pd.DataFrame(
            {
                "mention": pd.Series([number for number, _ in links], dtype="int64"),
                "actor": pd.Series([actor for _, actor in links], dtype="str"),
            }
        ),
        documents=_documents(documents, mentions),
        actors=_frame(
            [{"name": n, **given.get(n, {})} for n in named],
            ("name", "kind", "part_of", "aliases"),
            whole=True,
        ),
        extras=tuple(extra.removeprefix("extra:") for extra in extras),
        problems=(),
        rows=len(mentions),
        drawn=int((mentions["precision"] != "").sum()),
        undated=int((mentions["precision"] == "").sum()),
        skipped=0,
        in_error=0,
        fingerprint="0" * 12,
    )
    vars(dataset)["events"] = _events(mentions)  # told apart from how the table room makes them
    return dataset


def load_text(
    csv_text: str, tmp_path: Path, *, documents: str | None = None, actors: str | None = None, **options: Any
) -> Dataset:
    """The dataset of CSV texts, written into `tmp_path` and read as the program reads them."""
    from timeline.table.dataset import load

    for name, text in (("events", csv_text), ("documents", documents), ("actors", actors)):
        if text is not None:
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return load(tmp_path / "events.csv", **options)


def _mention(number: int, row: Row, sources: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {key: str(row.get(key, "")) for key in TEXT}
    made.update({key: str(value) for key, value in row.items() if key.startswith("extra:")})
    actors = row.get("actors", ())
    names = [a.strip() for a in actors.split(";")] if isinstance(actors, str) else list(actors)
    made["_actors"] = [a for a in dict.fromkeys(names) if a]
    made["id"] = made["id"] or f"m{number + 1}"
    made["event"] = made["event"] or made["id"]
    made["title"] = made["title"] or f"What happened: {made['id']}"
    made["status"] = made["status"] or "reported"
    made["category"] = made["category"] or "other"
    made["source"] = made["source"] or sources.get(made["document"], "")
    made["mention"], made["line"] = number, number + 2
    found = read_date(made["date"]) if made["date"] else None
    when = found if isinstance(found, When) else None
    made["start"], made["end"] = (when.start, when.end) if when else (nan, nan)
    made["precision"], made["edtf"] = (when.precision, when.edtf) if when else ("", "")
    made["words"] = when.words if when else "undated"
    made["earliest"], made["latest"] = (when.earliest or "", when.latest or "") if when else ("", "")
    for key in ("approximate", "uncertain", "open_start", "open_end"):
        made[key] = bool(when) and getattr(when, key)
    made["search"] = fold_search(" ".join([made["title"], made["summary"], *made["_actors"], made["speaker"]]))
    return made


def _frame(rows: Sequence[Row], text: Sequence[str], *, whole: bool = False) -> pd.DataFrame:
    """Text columns as plain str; unless these are the whole, the numbers and flags of a mention as well."""
    columns = {c: pd.Series([str(r.get(c, "")) for r in rows], dtype="str") for c in text}
    if whole:
        return pd.DataFrame(columns)
    kinds = {"mention": "int64", "line": "int64", "start": "float64", "end": "float64"}
    kinds |= dict.fromkeys(("approximate", "uncertain", "open_start", "open_end"), "bool")
    others = {c: pd.Series([r[c] for r in rows], dtype=kind) for c, kind in kinds.items()}
    return pd.DataFrame(others | columns)


def _events(mentions: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for slug, told in mentions.groupby("event", sort=False):
        dated = told[told["precision"] != ""]
        lengths = (dated["end"] - dated["start"]).to_numpy()
        best = dated.iloc[int(lengths.argmin())] if len(dated) else told.iloc[0]
        apart = len(dated) > 1 and bool(dated["start"].max() >= dated["end"].min())
        statuses = set(told["status"])
        status = "contested" if "contested" in statuses else "planned" if statuses == {"planned"} else "reported"
        rows.append(
            {key: best[key] for key in ("id", "title", "category", "earliest", "latest", "precision", "words")}
            | {key: bool(best[key]) for key in ("approximate", "uncertain", "open_start", "open_end")}
            | {
                "event": slug,
                "status": status,
                "start": dated["start"].min() if apart else best["start"],
                "end": dated["end"].max() if apart else best["end"],
                "dated": bool(len(dated)),
                "mentions": len(told),
                "documents": told.loc[told["document"] != "", "document"].nunique(),
                "sources": told.loc[told["source"] != "", "source"].nunique(),
                "disagree": apart,
                "first": int(told["mention"].iloc[0]),
            }
        )
    rows.sort(key=lambda r: (not r["dated"], r["start"] if r["dated"] else 0.0, r["first"]))
    ranked = sorted(range(len(rows)), key=lambda i: (-rows[i]["documents"], -rows[i]["mentions"], i))
    importance = {i: place for place, i in enumerate(ranked)}
    columns: dict[str, pd.Series] = {c: pd.Series([str(r[c]) for r in rows], dtype="str") for c in EVENT_TEXT}
    for kind, names in (
        ("float64", ("start", "end")),
        ("bool", ("approximate", "uncertain", "open_start", "open_end", "dated", "disagree")),
        ("int64", ("mentions", "documents", "sources")),
    ):
        columns |= {c: pd.Series([r[c] for r in rows], dtype=kind) for c in names}
    columns["importance"] = pd.Series([importance[i] for i in range(len(rows))], dtype="int64")
    return pd.DataFrame(columns)


def _documents(documents: Iterable[Row], mentions: pd.DataFrame) -> pd.DataFrame:
    given = {str(d["id"]): dict(d) for d in documents}
    for document, source in zip(mentions["document"], mentions["source"], strict=True):
        if document and document not in given:
            given[document] = {"id": document, "source": source}
    text = (
        "id",
        "title",
        "source",
        "author",
        "published",
        "published_words",
        "kind",
        "language",
        "url",
        "file",
        "sha256",
    )
    frame = _frame(list(given.values()), text, whole=True)
    whens = [read_date(p) if p else None for p in frame["published"]]
    starts = [w.start if isinstance(w, When) else nan for w in whens]
    frame["published_start"] = pd.Series(starts, dtype="float64")
    return frame
