"""A dataset that is hard on other tools: hostile text, years before 1, months, decades, open and uncertain dates."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.tables import make_dataset
from timeline.export.formats import FORMATS
from timeline.export.writing import Exported, Look, source_date
from timeline.query.matching import select
from timeline.query.query import Query
from timeline.table.dataset import Dataset

HOSTILE = "</script><img src=x onerror=alert(1)>\n=1+1 \u202eabc\u202c & {\\x} \x07 100% _a_ #1 $5 ~ ^"
DATES = {
    "day": "2014-05-09",
    "month": "2014-05",
    "year": "2014",
    "decade": "199X",
    "century": "18XX",
    "season": "2014-24",
    "about": "2014~",
    "doubt": "2014-05?",
    "span": "2014-05-09/2014-06",
    "leap": "2016-02",
    "minute": "2014-05-09T10:30",
    "zone": "2014-05-09T10:30:00+03:00",
    "from": "2014-05/..",
    "to": "../2014-05-09",
    "bc": "-0043-03-15",
    "bce": "-0043",
    "old": "0079-08-24",
    "last": "9999-12-31",
    "early": "1899-12-31",
    "set": "[2014-01-03, 2014-05]",
    "none": "",
}
NOBODY = Query(words="no such word anywhere")


@cache
def hard() -> Dataset:
    """An event for each date, all with the same hostile text, and one that two documents date differently."""
    hostile = dict.fromkeys(("title", "summary", "speaker", "category"), HOSTILE)
    place = {"document": "d1", "locator": "para. 3", "passage": "At noon the cranes … until the evening"}
    rows: list[dict[str, Any]] = [
        {
            **hostile,
            **place,
            "id": name,
            "date": date.replace(", ", ","),
            "actors": [HOSTILE, "Lio"],
            "url": "https://lio.example/a?b=1&c=%20x#top",
        }
        for name, date in DATES.items()
    ]
    rows += [
        {"id": "two", "date": "2014-01-02", "document": "d1", "url": "javascript:alert(1)", "actors": "Lio"},
        {
            "id": "two-b",
            "event": "two",
            "date": "2015",
            "document": "d2",
            "locator": "p. 4",
            "passage": "Three short words",
            "url": "https://lio.example/b.pdf",
        },
    ]
    documents = [
        {
            "id": "d1",
            "title": HOSTILE,
            "source": "The Lio Post & Co",
            "author": "Ann Moor; {B} Kern",
            "published": "2014-05",
            "kind": "article",
            "language": "en",
            "url": "https://lio.example/a?b=1&c=%20x#top",
        },
        {
            "id": "d2",
            "title": "A speech",
            "source": "Lio",
            "published": "-0043~",
            "kind": "speech",
            "url": "javascript:1",
        },
    ]
    return make_dataset(
        rows,
        documents=documents,
        actors=[{"name": "Lio", "kind": "place", "part_of": "Arland"}],
        name="half \ud800 <b>pair</b>.csv",
    )


def made(dataset: Dataset, name: str, query: Query | None = None, **look: Any) -> Exported:
    """An export by the name of its format; the moment of its making is that of SOURCE_DATE_EPOCH, else 2020."""
    from datetime import UTC, datetime

    form = next(form for form in FORMATS if form.name == name)
    moment = source_date() or datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    return form.writer(dataset, select(dataset, query or Query()), Look(**{"made": moment} | look))
