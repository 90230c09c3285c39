"""The curator's desk in a browser: by keyboard alone, across restarts, with others at the same table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.desk_world import COURIER, Program, arrive, focused, heard, open_courier, rows_of, write_desk
from tests.browser.test_accessible import accept
from tests.browser.visiting import GENEROUS, Watch, look, settle
from timeline.app.desk_access import Access
from timeline.app.desk_serving import make_desk
from timeline.curating.desk import Desk
from timeline.curating.opened import Opened
from timeline.documents import Library

Sit = Callable[..., Page]
SENT = "() => !Object.keys(localStorage).some((key) => key.startsWith('desk-drafts'))"
"""No draft waits in the browser."""
CUT = """() => [...document.querySelectorAll("h1, h2, .tool, .para p, #desk :is(input, select, textarea)")]
.filter((e) => {
  const r = e.getBoundingClientRect(), pane = (e.closest(".pane") || document.body).getBoundingClientRect();
  if (!r.width || getComputedStyle(e).visibility === "hidden" || e.closest(".away")) return false;
  return r.left < pane.left - 1 || r.right > pane.right + 1;
}).map((e) => `${e.tagName} ${e.id} ${e.textContent.slice(0, 30)}`)"""
"""Visible controls and headings that stick out of the window sideways, or are cut off by their pane."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table to be curated, and beside it the documents."""
    return write_desk(tmp_path)


@pytest.fixture
def program(table: Path) -> Iterator[Program]:
    """The desk in a process of its own, not yet started."""
    made = Program(table)
    yield made
    made.stop()


@pytest.fixture
def sit(new_visitor: Callable[..., BrowserContext]) -> Iterator[Sit]:
    """Sit down at a desk in a browser of one's own, which is closed before the desk is."""
    contexts: list[BrowserContext] = []

    def arrives(url: str, **how: Any) -> Page:
        contexts.append(new_visitor(**how))
        return arrive(contexts[-1].new_page(), url)

    yield arrives
    for context in contexts:
        context.close()


@pytest.fixture
def desk_of(table: Path, serve: Any) -> Iterator[Callable[[str], str]]:
    """The address of a desk of somebody, served from this process; all sit at the one table."""
    made = []

    def begin(who: str) -> str:
        made.append(make_desk(Desk(Opened(table), Library(table.parent / "texts")), Access(who)))
        return f"{serve(made[-1]).url}/curate/"

    yield begin
    for each in made:
        each.close()


@pytest.fixture
def desk(desk_of: Callable[[str], str]) -> str:
    """The address of a desk."""
    return desk_of("Ira")


def test_a_row_by_keyboard_alone_a_restart_and_the_way_back(table: Path, program: Program, sit: Sit) -> None:
    original = table.read_bytes()
    page = sit(program.start())
    open_courier(page)

    # Accepting what is not finished leads to what is missing.
    page.keyboard.press("a")
    heard(page, "Not saved: title")
    assert focused(page) == "f-title"
    page.keyboard.type("Dockers of Port Lio go on strike")
    expect(page.locator("#h-title")).to_have_text("32 / 90")
    page.keyboard.press("Tab")
    page.keyboard.type("The Courier reports that the dockers stopped work.")
    page.keyboard.press("Tab")
    page.keyboard.type("Dock")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=actors] .chip", has_text="Dockers")).to_be_visible()
    page.keyboard.press("Tab")
    while focused(page) != "f-category":
        page.keyboard.press("Tab")
    page.keyboard.type("protest")
    page.keyboard.press("Control+Enter")
    heard(page, re.compile(r"Row dockers-\S+ saved\. 4 candidates left\."))
    assert focused(page) == "desk-text", "the next candidate is at hand"

    # Another one is skipped, and of a third there is a draft.
    page.keyboard.press("s")
    heard(page, "Skipped “20 February 2014”. 3 candidates left.")
    page.keyboard.press("e")
    expect(page.locator("#f-title")).to_be_focused()
    page.keyboard.type("A letter of Ada Kern")
    page.keyboard.press("Escape")
    heard(page, "the draft is kept")
    page.wait_for_function(SENT)

    page.close()
    program.stop()
    rows = rows_of(table)
    saved = next(id for id in rows if id.startswith("dockers-"))
    assert rows[saved]["date"] == "2014-02-23" and rows[saved]["actors"] == "Port Lio;Dockers"
    assert rows[saved]["locator"] == "para. 1" and rows[saved]["category"] == "protest"
    assert table.read_bytes().startswith(original), "the rows before stay as they are"

    url = program.start()
    page = sit(url)
    page.keyboard.press("Enter")
    heard(page, "3 open candidates")
    expect(page.locator("#f-title")).to_have_value("A letter of Ada Kern", timeout=GENEROUS)
    expect(page.locator("#form-hint")).to_contain_text("Draft")
    expect(page.locator(f"#desk-text mark[data-row={saved}]").first).to_be_visible()
    timeline = page.context.new_page()
    timeline.goto(url.removesuffix("curate/"))
    settle(timeline)
    scripts = "document.querySelectorAll('script[src*=assets]')"
    for shown, own in ((timeline, False), (page, True)):
        paths: list[str] = shown.evaluate(f"[...{scripts}].map((script) => script.src)")
        assert paths and all(("/desk/" in path) == own for path in paths), "each page loads its own scripts"
    expect(timeline.locator("#list")).to_contain_text("Dockers of Port Lio go on strike")
    timeline.close()

    page.keyboard.press("u")
    heard(page, re.compile("Undone.*4 candidates left"))
    page.keyboard.press("Control+z")
    heard(page, re.compile("Undone.*5 candidates left"))
    assert table.read_bytes() == original
    page.keyboard.press("Shift+U")
    heard(page, re.compile("Done again.*4 candidates left"))
    assert saved in rows_of(table)


def test_selected_text_makes_a_row(table: Path, desk: str, sit: Sit) -> None:
    page = sit(desk)
    open_courier(page)
    page.keyboard.press("m")
    heard(page, "Selected: “The dockers of Port Lio went on strike")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    heard(page, "Selected: “said in a letter of 21 February 2014 that the quay would stay open")
    page.keyboard.press("Enter")
    expect(page.locator("#form-title")).to_have_text("New row", timeout=GENEROUS)
    expect(page.locator("#f-date")).to_have_value("2014-02-21")
    expect(page.locator("#f-locator")).to_have_value("para. 2")
    expect(page.locator("#h-passage")).to_contain_text("exact")
    expect(page.locator("#f-title")).to_be_focused()

    # And with a mouse.
    page.keyboard.press("Escape")
    words = page.locator(".para[data-n='3'] p").bounding_box()
    assert words is not None
    page.mouse.move(words["x"] + 1, words["y"] + 12)
    page.mouse.down()
    page.mouse.move(words["x"] + words["width"] - 2, words["y"] + words["height"] - 8, steps=4)
    page.mouse.up()
    page.locator("#desk-make").click()
    expect(page.locator("#f-locator")).to_have_value("para. 3", timeout=GENEROUS)
    assert page.locator("#f-passage").input_value().startswith("The weather was mild")
    page.locator("#f-title").fill("A mild day in Port Lio")
    page.locator("#f-summary").fill("The Courier tells of the weather.")
    page.locator("#f-category").select_option("other")
    page.locator("#f-actors").fill("Port Lio")
    page.locator("#f-date").fill("last Friday")
    expect(page.locator("#h-date")).to_contain_text("21 February 2014", timeout=GENEROUS)
    page.keyboard.press("Control+Enter")
    heard(page, re.compile(r"Row a-mild-day\S* saved"))
    row = next(row for id, row in rows_of(table).items() if id.startswith("a-mild-day"))
    assert row["date"] == "2014-02-21" and row["document"] == "courier"


def test_what_is_typed_is_text_and_dates_are_understood(table: Path, desk: str, sit: Sit) -> None:
    original = table.read_bytes()
    page = sit(desk)
    open_courier(page)
    page.keyboard.press("Enter")
    expect(page.locator("#f-title")).to_be_focused()
    page.keyboard.type("jkaesxugmlo?]")
    assert page.locator("#f-title").input_value() == "jkaesxugmlo?]"
    expect(page.locator("#form-title")).to_have_text("Candidate 1 of 5")
    expect(page.locator("#desk-keys")).not_to_be_visible()
    date, told = page.locator("#f-date"), page.locator("#h-date")
    date.fill("spring of 2014")
    expect(told).to_contain_text("spring of 2014 · season. Saved as 2014-21", timeout=GENEROUS)
    date.fill("last Friday")
    expect(told).to_contain_text("21 February 2014 · day. Saved as 2014-02-21", timeout=GENEROUS)
    date.fill("31 February 2014")
    expect(told).to_contain_text("Not understood", timeout=GENEROUS)
    date.fill("")
    expect(told).to_have_text("Undated.")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    heard(page, "Rejected “Sunday, 23 February 2014”. 4 candidates left.")
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_be_visible()
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    expect(page.locator("#desk-keys")).not_to_be_visible()
    heard(page, "Rejected")
    assert table.read_bytes() == original


def test_two_curators_are_told_of_each_other(
    table: Path, desk_of: Callable[[str], str], sit: Sit, watch: Watch
) -> None:
    one, other = (sit(f"{desk_of(who)}?document=post&row=lamp") for who in ("Ira", "Ada"))
    for page, title in ((one, "Lamp of the pier is lit at last"), (other, "The lamp burns")):
        expect(page.locator("#form-title")).to_have_text("Row lamp", timeout=GENEROUS)
        page.keyboard.press("e")
        expect(page.locator("#f-title")).to_be_focused()
        page.locator("#f-title").fill(title)
    one.keyboard.press("Control+Enter")
    heard(one, "Row lamp saved")
    other.evaluate("window.dispatchEvent(new Event('focus'))")  # it asks at once when one comes back to it
    expect(other.locator("#desk-banner")).to_contain_text("changed elsewhere", timeout=GENEROUS)
    expect(other.locator("#desk-others")).to_contain_text("Also here: Ira")
    assert other.locator("#f-title").input_value() == "The lamp burns", "the form is untouched"
    other.keyboard.press("Control+Enter")
    versions = other.locator("#form-notice table")
    expect(versions).to_contain_text("The lamp burns", timeout=GENEROUS)
    expect(versions).to_contain_text("Lamp of the pier is lit at last")
    assert rows_of(table)["lamp"]["title"] == "Lamp of the pier is lit at last", "nothing is overwritten unasked"
    assert [each for each in watch.verdict() if "409" not in each] == []
    other.locator("[data-do=conflict-mine]").click()
    heard(other, "Row lamp saved")
    assert rows_of(table)["lamp"]["title"] == "The lamp burns"


def test_nothing_is_lost_while_the_program_is_away(desk: str, sit: Sit, watch: Watch) -> None:
    page = sit(desk)
    open_courier(page)
    page.context.set_offline(True)
    page.keyboard.press("e")
    expect(page.locator("#f-title")).to_be_focused()
    page.keyboard.type("Typed into the void")
    expect(page.locator("#desk-banner")).to_contain_text("does not answer", timeout=GENEROUS)
    page.keyboard.press("Control+Enter")
    heard(page, "Not saved: the program does not answer")
    page.context.set_offline(False)
    heard(page, "The program answers again.")
    expect(page.locator("#desk-banner")).to_be_empty()
    assert [each for each in watch.verdict() if "ERR_INTERNET_DISCONNECTED" not in each] == []
    page.wait_for_function(SENT)
    arrive(page, page.url)
    expect(page.locator("#f-title")).to_have_value("Typed into the void", timeout=GENEROUS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_and_sizes(desk: str, sit: Sit, scheme: str) -> None:
    page = sit(desk, scheme=scheme)
    accept(page, "list of documents")
    open_courier(page)
    page.keyboard.press("a")
    heard(page, "Not saved")
    page.locator("#f-actors").fill("Nobody Known")
    page.keyboard.press("Escape")
    expect(page.locator("[data-new-actor]")).to_be_visible(timeout=GENEROUS)
    accept(page, "form with problems")
    page.keyboard.press("?")
    accept(page, "keys")
    page.keyboard.press("Escape")
    for width, height in ((360, 740), (2560, 1440)):
        page.set_viewport_size({"width": width, "height": height})
        for name in ("text", "chart", "form"):
            if width < 1000:
                page.locator(f"#desk-tab-{name}").click()
            look(page, "painted")
            assert look(page, "sideways") <= 0, f"{width} {name}"
            assert page.evaluate(CUT) == [], f"{width} {name}"
        accept(page, f"{width} wide")


def test_the_text_follows_the_hand(desk: str, sit: Sit) -> None:
    """The candidate at hand is in sight, marks differ by more than colour, and a long text stays where it was."""
    page = sit(f"{desk}?document=courier", height=620)
    expect(page.locator("#form-title")).to_have_text("Candidate 1 of 5", timeout=GENEROUS)
    page.evaluate("document.querySelector('#desk-text').scrollTop = 1e6")
    for _ in range(4):
        page.keyboard.press("j")
    heard(page, "Candidate 5 of 5: “March 2014”, para. 4")
    expect(page.locator("#desk-text .at")).to_be_in_viewport()
    assert page.locator("#desk-text .at").inner_text() == "March 2014"
    style = "e => getComputedStyle(e).textDecorationStyle"
    assert page.locator("#desk-text .candidate").first.evaluate(style) == "dotted"
    assert len(COURIER) < page.locator("#desk-text .para").count()


def test_a_document_that_bites_stays_text(table: Path, desk: str, sit: Sit) -> None:
    bite = "<img src=x onerror=window.PWN=1>"
    (table.parent / "texts" / "bites.txt").write_text(
        f"{bite} <b>A sheet</b>\n\nOn 3 May 2014 {bite} met <script>window.PWN=2</script> $a$ at Port Lio.\n",
        encoding="utf-8",
    )
    page = sit(f"{desk}?document=bites")
    expect(page.locator("#form-title")).to_have_text("Candidate 1 of 1", timeout=GENEROUS)
    expect(page.locator("#desk-listing")).to_contain_text("documents.csv does not list this file")
    page.locator("#f-title").fill(bite)
    page.locator("#f-actors").fill(f"{bite};")
    expect(page.locator("[data-field=actors] .chip").last).to_contain_text(bite)
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(page.locator("#desk-documents")).to_contain_text("<b>A sheet</b>")
    assert page.locator("#desk :is(img, script, b), #desk-said *").count() == 0
    assert page.evaluate("window.PWN") is None
