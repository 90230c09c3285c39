"""More events than can be drawn: which become marks, what is counted, what the picture says of it."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables import make_dataset
from timeline.app.listing import MOST, PAGE, listing
from timeline.app.steering import number_of, refined
from timeline.chart.crowd import rows_for
from timeline.chart.figure import draw
from timeline.chart.picture import compose
from timeline.chart.screen import screen
from timeline.chart.shading import drawn_sentence, heights
from timeline.query import EVERY, MARKS, Query, detail, engine_for, lane_pairs, lanes_of, select
from timeline.query.window import density, lane_density
from timeline.table import Dataset
from timeline.table.days import to_days

NAMES = ("Arland", "Belmark", "Corvia", "Dunmere", "Estholm")


@cache
def many(count: int = 3_000, seed: int = 3) -> Dataset:
    """Events over a century: days, months, years, ranges, open ends; some in several documents, some undated."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        year, month, day = chance.randint(1900, 1999), chance.randint(1, 12), chance.randint(1, 28)
        date = chance.choice(
            (f"{year}-{month:02}-{day:02}", f"{year}-{month:02}", f"{year}", f"{year}/{year + 2}", f"{year}/..", "")
            if number % 3
            else (f"{year}-{month:02}-{day:02}",)
        )
        row = {
            "id": f"e{number}",
            "date": date,
            "title": f"Event {number}",
            "actors": ";".join(chance.sample(NAMES, chance.randint(1, 3))),
            "document": f"d{number % 7}",
        }
        rows.append(row)
        if number % 50 == 0:
            rows.append(row | {"id": f"e{number}-again", "event": f"e{number}", "document": f"d{(number + 1) % 7}"})
    return make_dataset(rows)


def window(first: int, last: int) -> tuple[float, float]:
    return float(to_days(first)), float(to_days(last))


class TestLaneDensity:
    @given(
        st.lists(st.tuples(st.floats(-50, 150), st.floats(0.01, 80), st.integers(0, 2)), min_size=0, max_size=40),
        st.integers(1, 30),
    )
    @settings(max_examples=150, deadline=None)
    def test_each_lane_is_as_the_naive_count(self, events, bins):
        start = np.array([a for a, _, _ in events])
        end = np.array([a + length for a, length, _ in events])
        lane = np.array([number for _, _, number in events], dtype=np.int64)
        weights, touching = lane_density(start, end, lane, 3, 0.0, 100.0, bins)
        assert weights.shape == touching.shape == (3, bins)
        step = 100.0 / bins
        for number in range(3):
            for bin in range(bins):
                lo, hi = bin * step, (bin + 1) * step
                inside = [(a, b) for a, b, own in zip(start, end, lane, strict=True) if own == number]
                share = sum(max(0.0, min(b, hi) - max(a, lo)) / (b - a) for a, b in inside)
                assert weights[number, bin] == pytest.approx(share, abs=1e-6)
                sure = sum(a < hi - 1e-9 and b > lo + 1e-9 for a, b in inside)
                perhaps = sum(a < hi + 1e-9 and b > lo - 1e-9 for a, b in inside)
                assert sure <= touching[number, bin] <= perhaps

    def test_one_lane_weighs_as_the_density_of_all(self):
        events = many().events
        closed = events[np.isfinite(events["start"]) & np.isfinite(events["end"])]
        start, end = closed["start"].to_numpy(float), closed["end"].to_numpy(float)
        lo, hi = window(1920, 1960)
        weights, _ = lane_density(start, end, np.zeros(len(start), dtype=np.int64), 1, lo, hi, 77)
        assert weights[0] == pytest.approx(density(closed, lo, hi, 77))

    def test_nothing_and_no_room(self):
        empty = np.zeros(0)
        weights, touching = lane_density(empty, empty, empty.astype(np.int64), 2, 0, 1, 4)
        assert weights.sum() == touching.sum() == 0
        assert lane_density(empty, empty, empty.astype(np.int64), 2, 1, 1, 4)[0].shape == (2, 4)


class TestChoosing:
    def found(self, view, lanes="actor", **more):
        dataset = many()
        query = Query(lanes=lanes)
        pairs = lane_pairs(dataset, query, lanes_of(dataset, query))
        return dataset, pairs, detail(dataset, query, pairs.lanes, view, **({"cells": 60, "each": 3} | more))

    def test_counts_are_exact_whatever_is_drawn(self):
        view = window(1930, 1940)
        dataset, pairs, found = self.found(view)
        start, end = engine_for(dataset).bounded()
        touching = (start[pairs.event] < view[1]) & (end[pairs.event] > view[0])
        assert found.pairs == touching.sum()
        assert found.inside == len(set(pairs.event[touching].tolist()))
        near = (start[pairs.event] < found.hi) & (end[pairs.event] > found.lo)
        assert len(found.event) <= near.sum()

    def test_more_documents_first_then_the_longer_then_the_earlier(self):
        dataset = many()
        place = np.argsort(np.argsort(engine_for(dataset).rank))
        events = dataset.events
        assert sorted(place.tolist()) == list(range(len(events)))
        start, end = engine_for(dataset).bounded()
        closed = (events["precision"] == "interval") & ~events["open_end"] & ~events["open_start"] & ~events["disagree"]
        length = np.floor(np.where(closed, np.nan_to_num(end - start), 0))
        keys = [(-int(events["documents"].iloc[i]), -length[i], i) for i in np.argsort(place)]
        assert keys == sorted(keys)

    def test_every_cell_gives_its_first_before_any_gives_its_second(self):
        view = window(1900, 2000)
        dataset, _, found = self.found(view, lanes="none", each=5)
        start, end = engine_for(dataset).bounded()
        number = found.shown.events.index.to_numpy()[found.event]
        middle = (start[number] + end[number]) / 2
        cell = ((middle - found.lo) / (found.hi - found.lo) * 120).astype(int)
        seen: dict[int, int] = {}
        turns = []
        for one in cell.tolist():
            turns.append(seen.get(one, 0))
            seen[one] = turns[-1] + 1
        assert turns == sorted(turns)
        assert max(seen.values()) <= 5

    def test_the_same_question_has_the_same_answer(self):
        one, other = self.found(window(1930, 1940))[2], self.found(window(1930, 1940))[2]
        assert np.array_equal(one.event, other.event) and np.array_equal(one.lane, other.lane)

    def test_the_event_to_keep_comes_first_in_all_its_lanes(self):
        view = window(1930, 1931)
        dataset, pairs, _ = self.found(view)
        start, end = engine_for(dataset).bounded()
        near = pairs.event[(start[pairs.event] < view[1]) & (end[pairs.event] > view[0])]
        hidden = max(near.tolist(), key=lambda event: engine_for(dataset).rank[event])
        _, _, found = self.found(view, keep=hidden, each=1)
        lanes = pairs.lane[pairs.event == hidden]
        number = found.shown.events.index.to_numpy()[found.event]
        assert number[: len(lanes)].tolist() == [hidden] * len(lanes)

    def test_a_window_where_nothing_is(self):
        _, _, found = self.found(window(1700, 1710))
        assert found.inside == found.pairs == len(found.event) == 0


class TestPicture:
    def test_few_events_are_all_drawn_as_ever(self):
        picture = compose(many(300), Query(), width=900)
        assert picture.detail is None
        assert drawn_sentence(picture) == ""
        assert len(picture.marks) == sum(lane.count for lane in picture.lanes)

    @pytest.mark.parametrize("lanes", ["actor", "document", "none"])
    def test_many_are_reduced_and_no_mark_covers_another(self, lanes):
        picture = compose(many(), Query(lanes=lanes), width=900, view=window(1930, 1950))
        assert sum(lane.count for lane in picture.lanes) > EVERY
        assert 0 < len(picture.marks) <= MARKS
        scale = 900 / (window(1930, 1950)[1] - window(1930, 1950)[0])
        for _, row in picture.marks.groupby("y"):
            at, r = row["at"].to_numpy() * scale, row["size"].to_numpy() / 2
            left, right = np.minimum(row["start"] * scale, at - r), np.maximum(row["end"] * scale, at + r)
            order = np.argsort(left.to_numpy())
            assert (left.to_numpy()[order][1:] >= right.to_numpy()[order][:-1] - 1e-6).all()

    def test_lanes_do_not_jump_when_the_window_moves(self):
        pictures = [compose(many(), Query(), width=900, view=view) for view in (None, window(1930, 1931), window(1, 2))]
        assert len({picture.bands for picture in pictures}) == 1
        assert pictures[0].lanes == pictures[2].lanes

    def test_far_in_every_event_is_a_mark_and_nothing_is_said(self):
        sparse = [{"id": f"e{n}", "date": f"{1000 + n // 3}-{n % 12 + 1:02}-11", "title": "T"} for n in range(2_700)]
        dataset = make_dataset(sparse)
        far = compose(dataset, Query(lanes="none"), width=900)
        assert "of the 2,700 events" in drawn_sentence(far)
        near = compose(dataset, Query(lanes="none"), width=900, view=window(1500, 1503))
        assert near.detail.inside == near.detail.pairs == 9
        assert drawn_sentence(near) == ""

    def test_the_sentence_counts_events_and_says_by_which_rule(self):
        picture = compose(many(), Query(), width=900)
        said = drawn_sentence(picture)
        assert f"of the {picture.detail.inside:,} events in this window are drawn" in said
        assert "most documents first" in said
        assert picture.detail.inside == select(many(), Query()).shown

    def test_heights_are_between_nought_and_one(self):
        picture = compose(many(), Query(), width=900)
        tall = heights(picture.detail)
        assert tall.min() >= 0 and tall.max() == 1

    def test_fewer_rows_for_more_lanes(self):
        assert [rows_for(lanes) for lanes in (1, 2, 5, 12, 60)] == sorted((16, 8, 5, 3, 2), reverse=True)

    def test_the_page_gets_the_density_and_the_words(self):
        picture = compose(many(), Query(), width=900)
        told = screen(many(), picture, "actor", None)["meta"]["detail"]
        assert len(told["heights"]) == len(told["touching"]) == len(picture.lanes)
        assert told["words"] == drawn_sentence(picture)
        assert told["inside"] == picture.detail.inside
        assert told["hidden"] == picture.detail.pairs - len(picture.marks[picture.marks["end"] > picture.home[0]])

    def test_the_printed_picture_shades_and_says_it(self):
        figure = draw(many(), Query(), width=900)
        assert figure.data[0].name == "all events"
        assert any("The shading counts them all" in note.text for note in figure.layout.annotations)
        assert len(figure.to_json()) < 1_500_000


VIEWPORT = {"width": 900, "narrow": False, "theme": "light"}


class TestPage:
    def test_a_window_is_refined_and_the_question_echoed(self):
        dataset, view = many(), window(1930, 1940)
        asked = {"serial": 7, "seek": False, "event": None}
        figure, shown = refined(dataset, Query(), select(dataset, Query()), VIEWPORT, view, asked)
        assert shown == view
        assert figure["meta"]["asked"] == {"serial": 7, "seek": False}
        assert figure["layout"]["xaxis"]["range"] == ["1930-01-01T00:00:00", "1940-01-01T00:00:00"]

    def test_seeking_moves_the_window_to_the_event_and_draws_it(self):
        dataset, view = many(), window(1930, 1931)
        events = dataset.events
        row = next(i for i in range(len(events)) if events["start"].iloc[i] > to_days(1980))
        asked = {"serial": 1, "seek": True, "event": events["id"].iloc[row]}
        figure, shown = refined(dataset, Query(), select(dataset, Query()), VIEWPORT, view, asked)
        assert shown[0] < events["start"].iloc[row] < shown[1]
        assert shown[1] - shown[0] == pytest.approx(view[1] - view[0])
        assert events["id"].iloc[row] in figure["data"][0]["customdata"]

    def test_an_event_is_found_by_a_mention_or_its_name(self):
        dataset = many()
        row = number_of(dataset, "e0-again")
        assert dataset.events["event"].iloc[row] == "e0"
        assert number_of(dataset, "e0") == row
        assert number_of(dataset, "nobody") == number_of(dataset, "") == -1

    def test_the_list_of_many_is_that_of_the_window_page_by_page(self):
        dataset, view = many(), window(1930, 1950)
        selection = select(dataset, Query())
        assert selection.shown > MOST
        told = listing(dataset, selection, view)
        start, end = dataset.events["start"], dataset.events["end"]
        touching = int(((start < view[1]) & (end > view[0])).sum())
        assert told["inside"] == touching
        assert len(told["dated"]) == min(PAGE, touching)
        assert len(told["dated"]) + told["more"] == touching
        longer = listing(dataset, selection, view, 2 * PAGE)
        assert longer["dated"][:PAGE] == told["dated"]
        begun = [row["from"] >= view[0] * 864e5 for row in longer["dated"]]
        assert begun == sorted(begun, reverse=True), "what begins in the window stands first"

    def test_the_list_of_few_is_whole(self):
        dataset = many(300)
        told = listing(dataset, select(dataset, Query()), window(1930, 1931))
        assert told["inside"] is None
        assert told["more"] == 0
        assert len(told["dated"]) == select(dataset, Query()).shown
