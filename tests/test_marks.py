"""Marks tell the truth about their dates; codes stay with their values; traces carry what plotly is to draw."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from tests.tables import arland, make_dataset
from tests.test_matching import datasets, queries
from timeline.chart.coding import OTHER, SEVERAL, coded_column, coding, keys_of
from timeline.chart.marks import extents, label_text
from timeline.chart.picture import MAX_LANES, Picture, compose
from timeline.chart.screen import meta, screen, to_ms
from timeline.chart.theme import LIGHT, MARK_SIZES, SEVERAL_SYMBOL, SYMBOLS, THEMES
from timeline.chart.traces import DAY_MS, is_soft, point_trace, span_traces
from timeline.query import Query, select
from timeline.table import Dataset
from timeline.table.days import to_days

DATES = {
    "day": "2014-02-22",
    "month": "2014-02",
    "year": "2014",
    "about": "2014~",
    "perhaps": "2014-02-22?",
    "stretch": "2014-03-01/2014-05-31",
    "open-end": "2014-07-01/..",
    "open-start": "../2013-03-01",
    "moment": "2014-02-22T10:30",
    "ancient": "-0043-03-15",
    "none": "",
}


def picture_of(dataset: Dataset, **query: Any) -> Picture:
    """The picture of a query, 900 pixels wide."""
    return compose(dataset, Query(**query), width=900)


@pytest.fixture(scope="module")
def dated() -> Picture:
    """One event for each kind of date, in one lane."""
    rows = [{"id": name, "date": date, "actors": "Arland"} for name, date in DATES.items()]
    return picture_of(make_dataset(rows), lanes="none")


def mark(picture: Picture, event: str) -> pd.Series:
    """The one mark of an event."""
    rows = picture.marks[picture.marks["event"] == event]
    assert len(rows) == 1
    return rows.iloc[0]


def soft(picture: Picture) -> set[str]:
    """The events that are drawn with soft edges."""
    return set(picture.marks[is_soft(picture.marks)]["event"])


def test_an_event_without_a_date_has_no_mark(dated: Picture) -> None:
    assert set(dated.marks["event"]) == set(DATES) - {"none"}


def test_a_day_is_a_filled_point_within_its_day(dated: Picture) -> None:
    day = mark(dated, "day")
    assert day["filled"] and not day["solid"] and not day["doubtful"]
    assert to_days(2014, 2, 22) <= day["at"] < to_days(2014, 2, 23)
    moment = mark(dated, "moment")
    assert moment["filled"]
    assert math.isclose(moment["at"], to_days(2014, 2, 22) + 10.5 / 24, abs_tol=1 / 1440)


@pytest.mark.parametrize(("event", "lo", "hi"), [("month", (2014, 2), (2014, 3)), ("year", (2014, 1), (2015, 1))])
def test_some_time_in_is_an_open_point_on_a_soft_span(
    dated: Picture, event: str, lo: tuple[int, int], hi: tuple[int, int]
) -> None:
    found = mark(dated, event)
    assert not found["filled"] and not found["solid"]
    assert (found["start"], found["end"]) == (to_days(*lo), to_days(*hi))
    assert found["at"] == (found["start"] + found["end"]) / 2, "in its middle, never on the first at midnight"
    assert event in soft(dated)


def test_a_duration_is_a_solid_bar_with_its_point_at_the_start(dated: Picture) -> None:
    found = mark(dated, "stretch")
    assert found["solid"] and found["filled"]
    assert (found["start"], found["end"]) == (to_days(2014, 3, 1), to_days(2014, 6, 1))
    assert found["at"] == found["start"]
    assert "stretch" not in soft(dated)


def test_an_open_end_fades_and_its_point_sits_on_the_known_end(dated: Picture) -> None:
    after, before = mark(dated, "open-end"), mark(dated, "open-start")
    assert after["fade_right"] and not after["fade_left"]
    assert after["at"] == after["start"] == to_days(2014, 7, 1)
    assert before["fade_left"] and not before["fade_right"]
    assert before["at"] == before["end"] == to_days(2013, 3, 2)
    assert np.isfinite([after["end"], before["start"]]).all() and after["end"] > after["start"]
    assert {"open-end", "open-start"} <= soft(dated)


@pytest.mark.parametrize("event", ["about", "perhaps"])
def test_what_is_doubtful_is_never_filled(dated: Picture, event: str) -> None:
    found = mark(dated, event)
    assert found["doubtful"] and not found["filled"]
    trace = point_trace(dated)
    assert trace["marker"]["symbol"][trace["customdata"].index(event)].endswith("-open-dot")


def test_mentions_that_disagree_make_a_doubtful_span_and_no_bar() -> None:
    rows = [
        {"id": "a", "event": "e", "date": "2014-02-01/2014-02-03"},
        {"id": "b", "event": "e", "date": "2014-05-01/2014-05-02"},
    ]
    found = mark(picture_of(make_dataset(rows), lanes="none"), "e")
    assert found["doubtful"] and not found["solid"] and not found["filled"]
    assert (found["start"], found["end"]) == (to_days(2014, 2, 1), to_days(2014, 5, 3))


def test_size_tells_how_many_documents_mention_the_event() -> None:
    rows = [
        {"id": f"r{many}-{n}", "event": f"e{many}", "date": "2014-02-22", "document": f"d{n}"}
        for many in range(1, 7)
        for n in range(many)
    ]
    picture = picture_of(make_dataset(rows), lanes="none")
    sizes = [int(mark(picture, f"e{many}")["size"]) for many in range(1, 7)]
    assert sizes == [*MARK_SIZES, MARK_SIZES[-1], MARK_SIZES[-1]]
    assert sizes == sorted(sizes)


def test_labels_carry_the_signs_of_doubt() -> None:
    assert label_text("Fair", False, False) == "Fair"
    assert label_text("Fair", True, False) == "c. Fair"
    assert label_text("Fair", False, True) == "Fair (?)"
    assert label_text("Fair", True, True) == "c. Fair (?)"
    long = label_text("A very long title of an event " * 4, False, False)
    assert len(long) <= 60 and long.endswith("…")
    assert label_text("two\nlines\tand  spaces", False, False) == "two lines and spaces"


@settings(deadline=None, max_examples=60)
@given(datasets, queries)
def test_one_mark_for_each_drawn_event_and_lane(dataset: Dataset, query: Query) -> None:
    picture = compose(dataset, query, width=700)
    drawn = select(dataset, query).events
    drawn = drawn[drawn["dated"]]
    marks = picture.marks
    assert not marks.duplicated(["event", "lane"]).any()
    if not picture.left_out:
        assert set(marks["event"]) == set(drawn["event"])
    numbers = marks[["start", "end", "at", "y"]].to_numpy(float)
    assert np.isfinite(numbers).all()
    assert (marks["start"] <= marks["at"]).all() and (marks["at"] <= marks["end"]).all()
    assert marks["lane"].between(0, max(len(picture.lanes) - 1, 0)).all()
    for lane, band in enumerate(picture.bands):
        assert marks[marks["lane"] == lane]["y"].between(band.top, band.bottom).all()
    boxes = extents(marks, picture.scale)
    assert (boxes["left"] < boxes["right"]).all() and (boxes["label"] >= 0).all()


def test_lanes_beyond_the_limit_are_counted() -> None:
    rows = [{"id": f"r{n}", "date": "2014-02-22", "actors": f"Actor {n:03}"} for n in range(MAX_LANES + 7)]
    picture = picture_of(make_dataset(rows))
    assert len(picture.lanes) == MAX_LANES and picture.left_out == 7
    assert meta(make_dataset(rows), picture, "actor")["leftOut"] == 7


def test_the_opening_span_does_not_depend_on_the_filter() -> None:
    whole, part = picture_of(arland()), picture_of(arland(), actors=("Belmark",), start="2015")
    assert whole.home == part.home
    assert to_days(1900) < whole.home[0] < to_days(2014, 9, 5) < whole.home[1]


def test_a_value_keeps_its_code_whatever_is_chosen() -> None:
    whole, part = picture_of(arland()), picture_of(arland(), sources=("Lio Post",))
    assert whole.codes == part.codes
    labels = [code.label for code in whole.codes]
    assert labels == ["Lio Post", "Arland Gazette", "Several sources"]
    assert [code.symbol for code in whole.codes] == [SYMBOLS[0], SYMBOLS[1], SEVERAL_SYMBOL]
    assert mark(picture_of(arland(), lanes="none"), "truce")["code"] == SEVERAL


def test_lanes_by_source_are_coded_by_status() -> None:
    assert [coded_column(lanes) for lanes in ("actor", "none", "category", "x:Place")] == ["source"] * 4
    assert [coded_column(lanes) for lanes in ("source", "document")] == ["status"] * 2


def test_more_values_than_symbols_share_one_code() -> None:
    rows = [{"id": f"r{n}", "date": "2014", "source": f"S{n}"} for n in range(len(SYMBOLS) + 3)]
    rows.append({"id": "more", "date": "2014", "source": "S9"})
    dataset = make_dataset(rows)
    codes = coding(dataset, "source", LIGHT)
    keys = keys_of(dataset, "source", codes)
    assert len(codes) == len(SYMBOLS) + 1 and codes[-1].label == "Other sources"
    assert codes[0].label == "S9", "the most frequent first"
    assert (keys == OTHER).sum() == 3
    assert len({(code.symbol, code.colour) for code in codes}) == len(codes)


def test_values_named_like_the_shared_codes_stay_apart() -> None:
    rows = [{"id": f"r{n}", "date": "2014", "source": name} for n, name in enumerate(["several", "other", ""])]
    codes = coding(make_dataset(rows), "source", LIGHT)
    assert [code.label for code in codes] == ["other", "several", "No source named"]
    assert len({code.key for code in codes}) == 3


def test_bars_of_plain_durations_have_exact_ends(dated: Picture) -> None:
    bars = span_traces(dated)[0]
    assert bars["name"] == "durations"
    at = bars["customdata"].index("stretch")
    assert bars["base"][at].startswith("2014-03-01")
    assert bars["x"][at] == 92 * DAY_MS


def test_soft_spans_never_leave_their_bounds(dated: Picture) -> None:
    marks = dated.marks.set_index("id")
    for trace in span_traces(dated)[1:]:
        for event, length in zip(trace["customdata"], trace["x"], strict=True):
            assert -1e-6 <= length <= (marks["end"] - marks["start"])[event] * DAY_MS + 1e-6


def test_the_most_important_point_lies_on_top(dated: Picture) -> None:
    trace = point_trace(dated)
    rank = dated.marks.set_index("id")["importance"]
    assert list(rank[trace["customdata"]]) == sorted(rank, reverse=True)
    assert trace["x"][trace["customdata"].index("ancient")].startswith("-0043-03-15")


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_is_told_all_it_draws_by_itself(theme: str) -> None:
    picture = compose(arland(), Query(), width=900, theme=theme)
    figure = screen(arland(), picture, "actor", None)
    json.dumps(figure, allow_nan=False)
    (points,), told = figure["data"], figure["meta"]
    marks = told["marks"]
    assert {len(column) for column in (*marks.values(), points["customdata"])} == {len(picture.marks)}
    event_of = dict(zip(picture.marks["id"], picture.marks["event"], strict=True))
    assert [event_of[each] for each in points["customdata"]] == marks["event"], "both in one order"
    assert set(marks["span"]) == {"solid", "soft"}
    assert told["full"][0] <= to_ms(to_days(1812, 5, 28)) < told["home"][0] < told["home"][1] <= told["full"][1]
    assert [lane["label"] for lane in told["lanes"]] == [lane.label for lane in picture.lanes]
    assert sum(told["overview"]["all"]) > 0
    colours = {code.colour for code in picture.codes}
    assert set(points["marker"]["color"]) <= colours
    assert figure["layout"]["yaxis"]["range"] == [picture.height, 0]


def test_milliseconds_are_whole_and_symmetrical() -> None:
    assert to_ms(0) == 0
    assert to_ms(-1) == -86_400_000
    assert to_ms(to_days(1969, 12, 31) + 0.5) == -43_200_000
    assert isinstance(to_ms(0.1), int)
