"""The card without a browser: what it says of a mention, which links it offers, and that all text stays text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st

from tests.browser.world import BITES, ROWS, cited, open_table, write_curated, write_hostile
from tests.tables import arland, make_dataset
from timeline.app.card import card, citation_text, date_words, find_mention
from timeline.app.viewing import dates_read, go_to
from timeline.documents import Bearing, Library
from timeline.query import Query, from_search, view_days, view_text, without_view
from timeline.table import Dataset

NOTHING = Library(None)


def walk(part: Any) -> Iterator[Component]:
    """Every component of a tree."""
    if isinstance(part, list | tuple):
        for each in part:
            yield from walk(each)
    elif isinstance(part, Component):
        yield part
        yield from walk(getattr(part, "children", None))


def words(part: Any) -> str:
    """All text of a tree, in order."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return " ".join(filter(None, map(words, part)))
    return words(getattr(part, "children", None)) if isinstance(part, Component) else str(part)


def of_type(tree: Any, name: str) -> list[Component]:
    """The components of one kind."""
    return [each for each in walk(tree) if type(each).__name__ == name]


def marked(tree: Any) -> str:
    """The highlighted text."""
    return "".join(words(each) for each in of_type(tree, "Mark"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Library]:
    """The curated world of the browser tests, with its texts."""
    folder = write_curated(tmp_path_factory.mktemp("card"))
    return open_table(folder / "events.csv"), Library(folder / "texts")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_passage_is_marked_exactly(world: tuple[Dataset, Library], row: Any) -> None:
    tree = card(*world, Query(), row.id)
    assert marked(tree) == cited(row).rstrip(".")
    assert words(of_type(tree, "H2")) == row.title
    assert "as they are cited" in words(tree)
    for actor in row.actors.split(";"):
        assert actor in words(tree)


def test_without_texts_first_and_last_words_stand(world: tuple[Dataset, Library]) -> None:
    tree = card(world[0], NOTHING, Query(), "bridge")
    assert marked(tree) == ""
    assert "Old bridge is mended stands … the page for bridge" in words(of_type(tree, "Blockquote"))
    assert "First and last words" in words(tree)


def test_a_mention_is_found_by_id_else_by_its_event(world: tuple[Dataset, Library]) -> None:
    dataset = world[0]
    for wanted, found in (("truce-post", "truce-post"), ("truce", "truce-gazette"), ("bridge", "bridge")):
        mention = find_mention(dataset, wanted)
        assert mention is not None and mention["id"] == found
    assert find_mention(dataset, "") is None
    assert find_mention(dataset, "nowhere") is None


def test_an_unknown_event_is_one_sentence(world: tuple[Dataset, Library]) -> None:
    tree = card(*world, Query(), "<b>nowhere</b>" + "x" * 500)
    assert "No such event" in words(tree)
    assert "<b>nowhere</b>" in words(tree) and len(words(tree)) < 300
    assert of_type(tree, "Button"), "it can be closed"


def test_other_mentions_with_their_dates(world: tuple[Dataset, Library]) -> None:
    tree = card(*world, Query(), "truce-post")
    assert "2 other mentions of this event" in words(tree)
    others = {each.to_plotly_json()["props"].get("data-id") for each in of_type(tree, "Button")}
    assert {"truce-gazette", "truce-diary"} <= others and "truce-post" not in others
    assert "Lio Archive" in words(tree)
    assert "other mention" not in words(card(*world, Query(), "bridge"))


def test_neighbours_are_those_of_the_filter(world: tuple[Dataset, Library]) -> None:
    def neighbours(wanted: str, **query: Any) -> list[str | None]:
        nav = of_type(card(*world, Query(**query), wanted), "Nav")[-1]
        return [each.to_plotly_json()["props"].get("data-id") for each in of_type(nav, "Button")]

    assert neighbours("old-charter") == [None, "flood"]
    assert neighbours("ferry", actors=("Belmark",))[0] is None
    assert neighbours("strike", actors=("Dockers",)) == [None, "strike-end"]
    assert neighbours("song-undated") == [None, None]
    assert neighbours("bridge", actors=("Dockers",)) == [None, None], "not among those that are shown"


def test_an_actor_links_to_its_events_and_keeps_the_card(world: tuple[Dataset, Library]) -> None:
    links = of_type(card(*world, Query(sources=("Lio Post",)), "strike"), "Link")
    assert {words(link) for link in links} == {"Dockers", "Port Lio"}
    query, ignored = from_search(links[0].href, world[0])
    assert not ignored
    assert query.actors == (words(links[0]),) and query.event == "strike" and query.sources == ("Lio Post",)


def test_the_way_to_the_original(world: tuple[Dataset, Library]) -> None:
    (link,) = [each for each in of_type(card(*world, Query(), "bridge"), "A") if words(each) == "Open the original"]
    assert link.href.startswith("https://lio.example/gazette#:~:text=")
    assert set(link.rel.split()) == {"noopener", "noreferrer"} and link.target == "_blank"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "", "x y"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    dataset = make_dataset([{"id": "a", "date": "2014", "url": url, "document": "d"}])
    assert not of_type(card(dataset, NOTHING, Query(), "a"), "A")


def test_a_citation_in_one_line(world: tuple[Dataset, Library]) -> None:
    mention = find_mention(world[0], "clash")
    assert mention is not None
    documents = world[0].documents.set_index("id", drop=False)
    line = citation_text(mention, {str(key): str(value) for key, value in documents.loc["post"].items()})
    assert line.startswith("Ira Sund, “Notes from Port Lio”, Lio Post, September 2015, para. ")
    assert line.endswith(". https://lio.example/post")
    assert "\n" not in line
    bare = citation_text(find_mention(make_dataset([{"id": "a", "date": "2014"}]), "a"), {})  # type: ignore[arg-type]
    assert bare.strip()


def test_status_and_speaker_are_said(world: tuple[Dataset, Library]) -> None:
    contested, planned = card(*world, Query(), "clash"), card(*world, Query(), "pledge")
    assert "Contested:" in words(contested) and "Stated by" in words(contested) and "Ada Kern" in words(contested)
    assert "Planned:" in words(planned) and "Stated by" not in words(planned)


def test_the_date_as_understood_and_as_written(world: tuple[Dataset, Library]) -> None:
    tree = card(*world, Query(), "letters")
    assert "About 2014" in words(tree) and words(of_type(tree, "Code")) == "2014~"
    undated = card(*world, Query(), "song-undated")
    assert "Undated" in words(undated) and not of_type(undated, "Code")


def test_unknown_columns_are_shown() -> None:
    dataset = make_dataset([{"id": "a", "date": "2014", "extra:Mood": "angry", "extra:Empty": ""}])
    text = words(card(dataset, NOTHING, Query(), "a"))
    assert "Mood" in text and "angry" in text and "Empty" not in text


def test_what_bites_stays_text(tmp_path: Path) -> None:
    dataset = open_table(write_hostile(tmp_path / "stranger.csv"))
    kinds = set()
    for wanted in dataset.mentions["id"]:
        tree = card(dataset, NOTHING, Query(), wanted)
        kinds |= {type(each).__name__ for each in walk(tree)}
        for each in walk(tree):
            named = each.to_plotly_json()["props"]
            assert not named.get("dangerously_allow_html") and not [
                name for name in named if name.lower().startswith("on")
            ]
            href = named.get("href")
            assert href is None or href.startswith(("?", "https://lio.example/"))
    assert not kinds & {"Markdown", "Iframe", "Script", "Img", "DangerouslySetInnerHTML"}
    assert BITES[0] in words(card(dataset, NOTHING, Query(), "row-0"))


@pytest.mark.parametrize("wanted", list(arland().mentions["id"]))
def test_a_card_for_every_mention_without_documents_texts(wanted: str) -> None:
    assert words(card(arland(), NOTHING, Query(), wanted))


def test_the_window_of_an_address() -> None:
    search = "?actor=a&view=2014-01-01T00:00..2015-01-01T12:30&q=b"
    assert view_text(search) == ["2014-01-01T00:00", "2015-01-01T12:30"]
    assert without_view(search) == "actor=a&q=b"
    lo, hi = view_days(view_text(search)) or (0, 0)
    assert hi - lo == pytest.approx(365 + 12.5 / 24)
    for wrong in (
        "",
        "?view=",
        "?view=1..2",
        "?view=2015-01-01..2014-01-01",
        "?view=2014-13-01..2015-01-01",
        "?view=a" * 9,
    ):
        assert view_text(wrong) is None
    assert view_text("?" + "a=1&" * 700 + "view=2014-01-01..2015-01-01") in (None, ["2014-01-01", "2015-01-01"])


@given(st.text(max_size=80) | st.lists(st.text(max_size=20), max_size=3) | st.none() | st.integers())
def test_nonsense_is_no_window_and_no_date(value: Any) -> None:
    view_days(value)
    place, said = go_to(value)
    assert place is None or set(place) == {"from", "to", "text"}
    assert isinstance(said, str)
    assert isinstance(dates_read(value, value), str)


def test_going_to_a_date_covers_what_was_written() -> None:
    place, said = go_to("Feb 2014")
    assert place["from"].startswith("2014-02-01") and place["to"].startswith("2014-03-01")
    assert "February 2014" in said
    place, said = go_to("03/04/2014")
    assert place is None and "3 April" in said and "4 March" in said
    place, _ = go_to("2014/..")
    assert place["from"] < place["to"]


@pytest.mark.parametrize(
    ("bearing", "said"),
    [
        (None, ""),
        (Bearing("same", "in May 2014", "2014-05", "para. 3"), "The passage dates it: “in May 2014”."),
        (
            Bearing("relative", "last Friday", "2022-02-04", "para. 3"),
            "The passage dates it: “last Friday”, which means 4 February 2022.",
        ),
        (
            Bearing("coarser", "3 May 2014", "2014-05-03", "para. 3"),
            "The passage is more precise than the date of this row: “3 May 2014”.",
        ),
        (
            Bearing("inherited", "yesterday", "2014-05-03", "para. 2"),
            "The passage itself does not date it; para. 2 nearby does: “yesterday”, which means 3 May 2014.",
        ),
        (
            Bearing("inherited", "the document's own date", "2014-05-03"),
            "The passage itself does not date it; the day the document appeared does.",
        ),
        (Bearing("differs"), "Neither the passage nor what stands nearby tells this date."),
    ],
)
def test_the_card_says_how_the_date_is_known(bearing: Bearing | None, said: str) -> None:
    assert date_words(bearing) == said


def test_the_words_of_the_date_stand_in_the_card(world: tuple[Dataset, Library]) -> None:
    dataset, library = world
    for wanted in dataset.mentions["id"][dataset.mentions["precision"] != ""]:
        assert "date it" in words(card(dataset, library, Query(), wanted)) or "tells this date" in words(
            card(dataset, library, Query(), wanted)
        )
