"""The page under a path of its own behind nginx, as the README sets it up: every link and every address holds.

nginx is started by us, with its own files in a folder of the test, on this machine only; without it the tests skip.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import listed, quiet, settle, tick

ROOT = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
GENEROUS = 60
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    include {types};
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
{location}
    }}
}}
"""


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _opens(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + GENEROUS
    while time.monotonic() < end:
        assert process.poll() is None, "it ended at once"
        with socket.socket() as door:
            if not door.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise AssertionError("it never listened")


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, curated_folder: Path) -> Iterator[str]:
    """The curated world at the address that nginx has for it."""
    if NGINX is None:
        pytest.skip("there is no nginx: `.ci/nginx` installs it")
    folder = tmp_path_factory.mktemp("nginx")
    port, place = _free(), _free()
    table, texts = str(curated_folder / "events.csv"), str(curated_folder / "texts")
    command = ["serve", table, "--documents", texts, "--port", str(port), "--prefix", "/timeline/"]
    if hasattr(os, "fork"):
        command += ["--workers", "2"]
    server = subprocess.Popen(
        [sys.executable, "-m", "timeline", *command, "--proxied", "1", "--allow-host", "example.org"],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    block = re.search(r"```nginx\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    location = block.group(1).replace("127.0.0.1:8050", f"127.0.0.1:{port}")
    types = folder / "mime.types"
    types.write_text("types { }\n")
    config = folder / "nginx.conf"
    config.write_text(AROUND.format(folder=folder, types=types, port=place, location=location))
    proxy = None
    try:
        _opens(port, server)
        proxy = subprocess.Popen([NGINX, "-c", str(config), "-p", str(folder)], stderr=subprocess.DEVNULL)
        _opens(place, proxy)
        yield f"http://127.0.0.1:{place}/timeline/"
    finally:
        for process in (proxy, server):
            if process is not None:
                process.terminate()
                process.wait(timeout=GENEROUS)


@pytest.fixture
def page(visit: Visit, behind: str) -> Page:
    return visit(behind)


def test_everything_lies_under_the_prefix(page: Page, behind: str) -> None:
    asked: list[str] = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(behind)] == []
    assert page.locator("link[rel~=icon]").get_attribute("href").startswith("data:image/")  # type: ignore[union-attr]
    assert page.request.get(f"{behind}healthz").status == 200


def test_filters_steps_back_and_links_stay_under_the_prefix(page: Page, behind: str, visit: Visit) -> None:
    every = len(listed(page))
    tick(page, "Actors", "Dockers")
    some = len(listed(page))
    assert 0 < some < every
    assert page.url.startswith(f"{behind}?")
    address = page.url
    page.go_back()
    quiet(page)
    expect(page.locator("#list [data-event]")).to_have_count(every)
    assert page.url.partition("?")[0] == behind
    assert len(listed(visit(address))) == some


def test_a_chip_is_taken_off_and_a_reset_is_a_step(page: Page, behind: str) -> None:
    every = len(listed(page))
    tick(page, "Actors", "Dockers")
    page.locator("#chips .chip.reset").click()
    quiet(page)
    assert page.url.partition("?")[0] == behind
    assert len(listed(page)) == every


def test_rows_are_downloaded_as_filtered(page: Page, behind: str) -> None:
    tick(page, "Actors", "Dockers")
    for name in ("csv", "json"):
        page.locator("#export-button").click()
        with page.expect_request("**/export.*") as asked, page.expect_download() as waiting:
            page.locator(f"#export-{name}").click()
        assert asked.value.url.startswith(f"{behind}export.{name}?actor=Dockers")
        assert waiting.value.suggested_filename == f"events.{name}"


def test_the_list_of_problems_has_its_style_and_leads_back(page: Page, behind: str) -> None:
    page.goto(f"{behind}problems")
    width = page.locator("body").evaluate("node => getComputedStyle(node).maxWidth")
    assert width != "none"
    page.get_by_text("Back to the timeline").click()
    page.wait_for_url(behind)
    settle(page)


def test_a_card_opens_by_its_address(visit: Visit, page: Page, behind: str) -> None:
    event = listed(page)[0]
    other = visit(f"{behind}?event={event}")
    expect(other.locator("#card h2")).to_be_visible()


def test_the_names_are_checked_behind_the_proxy(behind: str, page: Page) -> None:
    """The proxy passes the name on that it was asked by; a forged one of the visitor's own does not count."""
    assert page.request.get(behind, headers={"X-Forwarded-Host": "evil.example"}).status == 200
    assert page.request.get(behind, headers={"Host": "example.org"}).status == 200
    assert page.request.get(behind, headers={"Host": "evil.example"}).status == 400


def test_what_is_kept_is_not_sent_again(page: Page, behind: str) -> None:
    page.goto(behind)
    settle(page)
    told = page.evaluate(
        """() => performance.getEntriesByType('resource').filter(e => e.initiatorType !== 'fetch')
            .map(e => [e.name, e.transferSize, e.encodedBodySize])"""
    )
    again = {name.split("/timeline/")[1]: sent for name, sent, size in told if sent > size > 0}
    assert again == {}, "files came again although the browser had them"
