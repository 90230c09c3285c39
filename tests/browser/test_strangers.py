"""A stranger's table that bites, and one with bad rows: shown literally, told plainly, never run."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_downloads import save
from tests.browser.visiting import drawn, listed, look, quiet, settle
from tests.browser.world import BITES


def unharmed(page: Page) -> None:
    """Nothing of the table has run, and no element of it has come to life."""
    assert look(page, "alive") == []


def test_everything_is_shown_literally(visit: Visit, hostile_url: str, tmp_path: Path) -> None:
    page = visit(hostile_url)
    unharmed(page)
    assert len(listed(page)) >= len(BITES) - 1
    titles = page.locator("#list .row-title").all_text_contents()
    for bite in (BITES[0], BITES[1], BITES[4], BITES[5], BITES[7], BITES[8], BITES[11], BITES[12]):
        assert bite in titles
    names = page.locator("#filters .facet-name").all_inner_texts()
    assert BITES[1] in names and BITES[11] in names
    labels = " ".join(page.locator("#chart-front text.label").all_text_contents())
    assert "window.PWN" in labels
    # Hover and card of a few, by the keyboard's way through all events.
    page.locator("#chart-scroll").focus()
    for _ in BITES:
        page.keyboard.press("n")
        quiet(page)
        unharmed(page)
        assert page.locator("#card h2").inner_text().strip()
    page.locator("#undated summary").click()
    page.locator("#undated button").click()
    quiet(page)
    expect(page.locator("#card h2")).to_have_text(BITES[0])
    unharmed(page)


def test_hover_and_picture_of_what_bites(visit: Visit, hostile_url: str, tmp_path: Path) -> None:
    page = visit(hostile_url)
    hovered = look(page, "hovers")
    words = hovered["words"]
    assert hovered["alive"] == 0
    for bite in ("<script>window.PWN=1</script>", "%{x}", "$a$", "&amp;", "__proto__"):
        assert bite in words, bite
    path = save(page, "Chart as SVG", tmp_path)
    root = ElementTree.fromstring(path.read_bytes())
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert not tags & {"script", "img", "image", "a", "foreignObject"}
    assert not [name for node in root.iter() for name in node.attrib if name.lower().startswith("on")]
    unharmed(page)


def test_filters_and_lanes_of_what_bites(visit: Visit, hostile_url: str) -> None:
    page = visit(hostile_url)
    page.locator(".facet-value", has_text="__proto__").first.locator(".facet-name").click()
    quiet(page)
    assert len(drawn(page)) == 1
    expect(page.locator("#chips")).to_contain_text("__proto__")
    page.locator("#reset").click()
    quiet(page)
    for lanes in ("source", "category", "status"):
        page.goto(f"{hostile_url}/?lanes={lanes}")
        settle(page)
        names = page.locator("#chart-names .lane-name").all_text_contents()
        assert any("<img src=x onerror=window.PWN=2>" in name for name in names)
        unharmed(page)


def test_bad_rows_are_counted_with_a_way_to_the_list(visit: Visit, bad_url: str) -> None:
    page = visit(bad_url)
    assert len(listed(page)) == 2
    link = page.get_by_role("link", name="rows drawn")
    expect(link).to_contain_text("2 of 4 rows drawn")
    link.click()
    expect(page.locator("h1")).to_contain_text("Problems in bad.csv")
    expect(page.locator("table")).to_contain_text("31 February 2014")
    expect(page.locator("table")).to_contain_text("bad.csv:3")
    expect(page.locator("table")).to_contain_text("03/04/2014")
    page.get_by_role("link", name="Back to the timeline").click()
    settle(page)
    assert len(listed(page)) == 2
