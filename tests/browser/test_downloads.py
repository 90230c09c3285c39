"""What leaves the page as a file, opened and looked into."""

from __future__ import annotations

import csv
import io
import json
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import Watch
from tests.browser.world import ROWS, SOURCE

ADDRESS = "/?actor=Belmark&source=Lio+Post"
CHOSEN = {row.id for row in ROWS if "Belmark" in row.actors.split(";") and SOURCE[row.document] == "Lio Post"}


def save(page: Page, item: str, folder: Path) -> Path:
    """Press an item of the export menu and keep what comes."""
    page.locator("#export-button").click()
    with page.expect_download(timeout=45_000) as coming:
        page.locator("#export").get_by_text(item, exact=True).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def colours(png: bytes) -> tuple[int, int, int]:
    """Width, height and the number of different pixels of an 8-bit PNG without interlacing."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, kind, *_, interlace = struct.unpack(">IIBBBBB", png[16:29])
    assert (depth, interlace) == (8, 0)
    step = {2: 3, 6: 4}[kind]
    at, data = 8, b""
    while at < len(png):
        (length,), name = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        if name == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, line = zlib.decompress(data), width * step + 1
    # Filtered lines differ where the picture does: enough to tell a drawing from a blank sheet.
    starts = (i for y in range(0, height, 4) for i in range(y * line + 1, (y + 1) * line, step))
    return width, height, len({raw[i : i + step] for i in starts})


def test_png(visit: Visit, curated_url: str, tmp_path: Path) -> None:
    path = save(visit(curated_url + ADDRESS), "Chart as PNG", tmp_path)
    assert path.suffix == ".png"
    content = path.read_bytes()
    assert len(content) > 20_000
    width, height, different = colours(content)
    assert width == 2400 and height > 500
    assert different > 100, "not blank"


def test_a_picture_has_the_size_that_was_chosen(visit: Visit, curated_url: str, tmp_path: Path) -> None:
    page = visit(curated_url + ADDRESS)
    page.locator("#export-button").click()
    page.locator("[data-paper=size]").select_option("square")
    page.locator("[data-paper=scale]").select_option("1")
    with page.expect_download(timeout=45_000) as coming:
        page.locator("#export-png").click()
    path = tmp_path / "square.png"
    coming.value.save_as(path)
    assert colours(path.read_bytes())[:2] == (1080, 1080)
    path = save(page, "Chart as SVG", tmp_path)
    root = ElementTree.fromstring(path.read_bytes())
    assert (root.get("width"), root.get("height")) == ("1080", "1080")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_svg_stands_alone(visit: Visit, curated_url: str, tmp_path: Path, scheme: str) -> None:
    page = visit(curated_url + ADDRESS, scheme=scheme)
    sentence = page.locator("#sentence").inner_text()
    path = save(page, "Chart as SVG", tmp_path)
    root = ElementTree.fromstring(path.read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join("".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Event timeline" in words
    assert sentence in words, "the counts as the page says them"
    assert "actor: Belmark" in words and "source: Lio Post" in words
    assert "Sources: Lio Post" in words
    assert "Clash near the lighthouse" in words, "labels"
    points = [n for n in root.iter("{http://www.w3.org/2000/svg}path") if "point" in n.get("class", "").split()]
    assert len(points) >= len(CHOSEN)
    told = path.read_text("utf-8").replace("http://www.w3.org/", "").replace("http://purl.org/dc/", "")
    assert "http://" not in told
    described = root.find("{http://www.w3.org/2000/svg}desc")
    assert described is not None and sentence in str(described.text) and "Made on" in str(described.text)


def test_rows_as_csv_and_json(visit: Visit, curated_url: str, tmp_path: Path) -> None:
    page = visit(curated_url + ADDRESS)
    path = save(page, "Rows as CSV", tmp_path)
    assert path.name == "events.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert {row["id"] for row in rows} == CHOSEN and len(rows) == len(CHOSEN)
    assert {row["document"] for row in rows} == {"post"}
    path = save(page, "Rows as JSON", tmp_path)
    data = json.loads(path.read_text("utf-8"))
    assert {row["id"] for row in (data if isinstance(data, list) else data["mentions"])} == CHOSEN
    expect(page.locator("#sentence")).to_be_visible()
    assert page.url.endswith(ADDRESS), "a download leaves the page where it is"


def test_an_open_card_does_not_lie_over_the_menu(visit: Visit, curated_url: str) -> None:
    page = visit(curated_url)
    page.locator("#list [data-event=ferry]").click()
    page.locator("#card h2").wait_for()
    page.locator("#export-button").click()
    with page.expect_download(timeout=10_000) as download:
        page.locator("#export-csv").click(timeout=5_000)
    assert download.value.suggested_filename == "events.csv"


def test_a_pdf_of_what_is_seen_with_footnote_numbers(visit: Visit, curated_url: str, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    page = visit(curated_url + ADDRESS)
    page.locator("#export-button").click()
    page.locator("[data-paper=size]").select_option("a4-landscape")
    page.locator("[data-paper=footnotes]").select_option("on")
    page.keyboard.press("Escape")
    path = save(page, "Chart as PDF", tmp_path)
    (sheet,) = pypdf.PdfReader(path).pages
    assert sheet.mediabox.width > sheet.mediabox.height
    words = " ".join(sheet.extract_text().split())
    assert "actor: Belmark" in words and "Clash near the lighthouse [" in words


def test_what_a_format_leaves_out_is_told(visit: Visit, curated_url: str, watch: Watch, tmp_path: Path) -> None:
    page = visit(curated_url)
    assert not page.locator("#exported").is_visible()
    save(page, "Calendar", tmp_path)
    expect(page.locator("#exported")).to_contain_text("iCalendar")
    page.locator("#exported").get_by_text("Close").click()
    expect(page.locator("#exported")).to_be_hidden()
    page.route("**/export.*", lambda route: route.fulfill(status=413, body="413 Content Too Large. Too many rows.\n"))
    page.locator("#export-button").click()
    page.locator("#export-xlsx").click()
    expect(page.locator("#exported-words")).to_have_text("Too many rows.")
    assert page.url.rstrip("/") == curated_url
    assert all("413" in said for said in watch.verdict()), "the refusal that was asked for, and nothing else"
