"""The order of reading: beginnings first, an open beginning by its end, the undated last."""

from tests.tables import make_dataset
from timeline.query import by_date


def test_an_open_beginning_stands_where_it_ends() -> None:
    dataset = make_dataset(
        [
            {"id": "letter"},
            {"id": "late", "date": "2020"},
            {"id": "until", "date": "../2015-06"},
            {"id": "early", "date": "2014-05"},
            {"id": "since", "date": "2016/.."},
        ]
    )
    assert list(by_date(dataset.events)["event"]) == ["early", "until", "since", "late", "letter"]
