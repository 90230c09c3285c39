"""The first answer: what an address shows, by component and property, before the page has asked."""

from __future__ import annotations

import json

import pytest
from plotly.io.json import to_json_plotly

from tests.browser.world import write_curated
from timeline.app.opening import ANSWERS, LIST, opening
from timeline.table import Dataset, load

WINDOW = {"width": "800", "narrow": "", "theme": "light"}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return load(write_curated(tmp_path_factory.mktemp("opening")) / "events.csv")


def test_it_holds_figure_facets_and_list(dataset: Dataset) -> None:
    told = json.loads(to_json_plotly(opening(dataset, WINDOW)))
    assert set(told) <= {".".join(place) for place in (*ANSWERS.values(), LIST)}
    assert {row["event"] for row in told["rows.data"]["dated"]} == set(told["figure.data"]["meta"]["marks"]["event"])
    assert told["facets.data"]["actor"]["values"]
    assert "lanes.value" not in told and "event.data" not in told, "what stands as it opens is left alone"


def test_it_follows_the_address(dataset: Dataset) -> None:
    search = "?actor=Belmark&lanes=source&event=storm&view=2014-01-01T00:00..2016-01-01T00:00&colour=blue"
    told = opening(dataset, WINDOW | {"search": search})
    assert told["query.data"]["actors"] == ["Belmark"]
    assert told["lanes.value"] == "source" and told["event.data"] == "storm"
    assert told["figure.data"]["layout"]["xaxis"]["range"] == ["2014-01-01T00:00:00", "2016-01-01T00:00:00"]
    assert "colour" in str(told["sentence.children"])


@pytest.mark.parametrize("width", ["", "wide", "-3", "1e9", "99999999999999999999"])
def test_any_width_is_answered(dataset: Dataset, width: str) -> None:
    assert opening(dataset, WINDOW | {"width": width})["figure.data"]["data"]

