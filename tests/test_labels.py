"""Labels of a printed figure never meet each other, a mark or the edge; widths are estimated on the safe side."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables import arland, make_dataset
from tests.test_matching import datasets
from timeline.chart.labels import place
from timeline.chart.picture import Picture, compose
from timeline.chart.text import break_lines, clip, escape, text_width, wrap
from timeline.chart.theme import LABEL_SIZE
from timeline.query import Query
from timeline.table import Dataset
from timeline.table.days import to_days

lines = st.text(st.characters(codec="utf-8"), max_size=200)


def crowd(count: int) -> Dataset:
    """Many events within a year, some of them stretches."""
    rows = [
        {
            "id": f"r{n}",
            "date": f"2014-{n % 12 + 1:02}-{n * 7 % 28 + 1:02}"
            if n % 4
            else f"2014-{n % 9 + 1:02}-01/2014-{n % 9 + 3:02}-01",
            "title": f"Assembly {n} of the harbour " * (n % 3 + 1),
            "actors": ("Arland", "Belmark", "Port Lio")[n % 3],
        }
        for n in range(count)
    ]
    return make_dataset(rows)


def apart(picture: Picture, window: tuple[float, float], width: float) -> int:
    """Assert that the labels of a picture are apart from all; returns how many there are."""
    labels = place(picture, window, width)
    marks = picture.marks
    scale = width / (window[1] - window[0])
    boxes = [(label.x, label.x + label.width, label.y, label.mark) for label in labels]
    assert len({mark for *_, mark in boxes}) == len(boxes), "no mark has two"
    for i, (left, right, y, own) in enumerate(boxes):
        assert left >= 0 and right <= width
        for other_left, other_right, other_y, _ in boxes[i + 1 :]:
            assert abs(y - other_y) > 12 or right <= other_left or other_right <= left
        for n, mark in marks.iterrows():
            if n == own or abs(mark["y"] - y) > 12:
                continue
            at, radius = (mark["at"] - window[0]) * scale, mark["size"] / 2
            start = min(at - radius, (mark["start"] - window[0]) * scale)
            end = max(at + radius, (mark["end"] - window[0]) * scale)
            assert right <= start or end <= left, (n, own)
    return len(boxes)


@settings(deadline=None, max_examples=40)
@given(datasets, st.sampled_from([320, 900, 2000]), st.sampled_from(["actor", "none", "source"]))
def test_labels_are_apart_in_any_dataset(dataset: Dataset, width: int, lanes: str) -> None:
    picture = compose(dataset, Query(lanes=lanes), width=width)
    apart(picture, picture.home, width)


def test_labels_are_apart_in_a_crowd_at_any_zoom() -> None:
    picture = compose(crowd(150), Query(), width=900)
    whole = apart(picture, picture.home, 900)
    near = apart(picture, (to_days(2014, 3), to_days(2014, 4)), 900)
    assert whole > 3 and near > 3
    apart(picture, (to_days(1800), to_days(2100)), 900)


def test_the_important_is_named_first() -> None:
    rows = [
        {"id": f"r{n}", "date": "2014-02-01", "title": "Seldom told, and long enough", "actors": "A"} for n in range(40)
    ]
    rows += [{"id": f"m{n}", "event": "often", "date": "2014-02-01", "document": f"d{n}", "title": "Often told",
              "actors": "A"} for n in range(4)]  # fmt: skip
    picture = compose(make_dataset(rows), Query(), width=500)
    named = [picture.marks["event"].iloc[label.mark] for label in place(picture, picture.home, 500)]
    assert named[0] == "often"


def test_what_lies_under_another_is_counted() -> None:
    rows = [{"id": f"r{n}", "date": "2014-02-01", "title": "Told", "actors": "A"} for n in range(60)]
    picture = compose(make_dataset(rows), Query(), width=900)
    texts = [label.text for label in place(picture, picture.home, 900)]
    hidden = sum(int(text.rpartition("+")[2]) for text in texts if " +" in text)
    assert hidden + len(texts) == 60, "named or counted, none is lost"


def test_a_long_bar_carries_its_label_in_view() -> None:
    rows = [{"id": "long", "date": "2010-01-01/2019-12-31", "title": "A decade of works", "actors": "A"}]
    picture = compose(make_dataset(rows), Query(), width=900)
    window = (to_days(2014, 3), to_days(2014, 4))
    (label,) = place(picture, window, 900)
    assert 0 <= label.x < 20
    assert label.y < picture.marks["y"].iloc[0], "above its bar"


def test_nothing_outside_the_window_is_named() -> None:
    picture = compose(arland(), Query(), width=900)
    assert place(picture, (to_days(1950), to_days(1960)), 900) == ()


@given(lines, st.integers(2, 80))
def test_clipping_keeps_one_line_within_its_length(text: str, length: int) -> None:
    cut = clip(text, length)
    assert len(cut) <= length
    assert "\n" not in cut
    whole = " ".join(text.split())
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1].rstrip()))


@given(lines)
def test_escaped_text_has_no_markup_and_no_formula(text: str) -> None:
    safe = escape(text)
    assert not {"<", ">", "$"} & set(safe)
    import html

    assert html.unescape(safe) == " ".join(text.split())


@given(lines, st.integers(10, 60))
def test_wrapped_text_has_no_markup_but_breaks(text: str, width: int) -> None:
    parts = wrap(text, width).split("<br>")
    assert len(parts) <= 6
    assert not [part for part in parts if {"<", ">", "$"} & set(part)]


@given(lines, st.floats(30, 600))
def test_broken_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    parts = break_lines(text, width, LABEL_SIZE)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(text_width(part, LABEL_SIZE) <= width or len(part) == 1 for part in parts)


@given(lines, lines)
def test_width_grows_with_the_text(one: str, other: str) -> None:
    assert abs(text_width(one + other, 12) - text_width(one, 12) - text_width(other, 12)) < 1e-6
    assert text_width(one, 24) == 2 * text_width(one, 12)
