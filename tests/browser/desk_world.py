"""The desk that the browser tests sit at: the curated world, one more document that nobody has read yet, and a server
in a process of its own that can be stopped and started again.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.visiting import GENEROUS
from tests.browser.world import write_curated

ROOT = Path(__file__).resolve().parents[2]
COURIER = (
    "The dockers of Port Lio went on strike on Sunday, 23 February 2014. The Harbour Board met on 20 February 2014.",
    "Ada Kern said in a letter of 21 February 2014 that the quay would stay open. Two days later it was closed.",
    "The weather was mild, and nobody counted the ships.",
    "In March 2014 talks are to begin between the dockers and the board, as Ira Sund of the Lio Courier was told.",
)
"""Paragraphs of the document that has no rows."""
LATER = tuple(
    f"Entry {n}. The clerk wrote into the book of the harbour what the masters of ships had told, and went home early."
    for n in range(5, 60)
)


def write_desk(folder: Path) -> Path:
    """Write the curated world with the courier's article; returns the events table."""
    write_curated(folder)
    (folder / "texts" / "courier.txt").write_text("\n\n".join((*COURIER, *LATER)) + "\n", encoding="utf-8")
    with (folder / "documents.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            ["courier", "Strike in Port Lio", "Lio Courier", "Ira Sund", "2014-02-23", "article", "en", "",
             "courier.txt", ""]
        )  # fmt: skip
    return folder / "events.csv"


def rows_of(table: Path) -> dict[str, dict[str, str]]:
    """The rows of an events table by id."""
    with table.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


class Program:
    """`timeline curate` in a process of its own; `url` is the desk's address."""

    def __init__(self, table: Path, who: str = "Ira", port: int = 0) -> None:
        self._command = [sys.executable, "-m", "timeline", "curate", str(table), "--documents",
                         str(table.parent / "texts"), "--as", who]  # fmt: skip
        self.port, self.url = port, ""

    def start(self) -> str:
        """Start it, again under the same address, and wait until it answers."""
        there = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            [*self._command, "--port", str(self.port)], cwd=ROOT, env=there, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/curate/", self._process.stdout.readline())
        assert found, "the desk does not say where it is"
        self.port, self.url = int(found.group(1)), found.group(0)
        return self.url

    def stop(self) -> None:
        """End the process, and wait until it has ended."""
        self._process.terminate()
        self._process.wait(timeout=20)
        assert self._process.stdout is not None
        self._process.stdout.close()


def arrive(page: Page, url: str) -> Page:
    """Open the desk, and wait until it is ready."""
    page.goto(url)
    page.wait_for_selector("body.desk-ready", timeout=GENEROUS)
    return page


def heard(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the live region says this."""
    expect(page.locator("#desk-said")).to_contain_text(words, timeout=GENEROUS)


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def open_courier(page: Page) -> None:
    """From the list into the document that has open candidates, by keyboard."""
    expect(page.locator(".desk-document[data-document=courier]")).to_be_focused()
    page.keyboard.press("Enter")
    heard(page, "Strike in Port Lio: 5 open candidates.")
    expect(page.locator("#form-title")).to_have_text("Candidate 1 of 5", timeout=GENEROUS)
