"""Fixtures of the browser tests: the worlds, served, and visitors whose pages are watched.

Every test fails when a page complains on its console, throws, gets an error from the server or asks for anything
beyond this machine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.visiting import LOOKING, Watch, settle
from tests.browser.world import open_table, write_bad, write_crowd, write_curated, write_hostile, write_many
from timeline.app.server import make_app
from timeline.documents import Library

HERE = Path(__file__).parent
Visit = Callable[..., Page]
Scheme = Literal["light", "dark"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need the browser. Flask-Compress leaves the file of an asset to the garbage collector,
    which is no fault of the page's."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@pytest.fixture(scope="session")
def curated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curated world's folder: three tables, and `texts/`."""
    return write_curated(tmp_path_factory.mktemp("curated"))


@pytest.fixture(scope="session")
def curated_url(serve: Any, curated_folder: Path) -> str:
    """The curated world, served with its texts."""
    dataset = open_table(curated_folder / "events.csv")
    return str(serve(make_app(dataset, Library(curated_folder / "texts"))).url)


@pytest.fixture(scope="session")
def shipped_url(serve: Any, shipped: Any) -> str:
    """The shipped tables, served without texts."""
    return str(serve(make_app(shipped, Library(None))).url)


@pytest.fixture(scope="session")
def many_url(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """More events than can be drawn, served."""
    path = write_many(tmp_path_factory.mktemp("many") / "many.csv")
    return str(serve(make_app(open_table(path), Library(None))).url)


@pytest.fixture(scope="session")
def hostile_url(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The table that bites, served."""
    path = write_hostile(tmp_path_factory.mktemp("hostile") / "stranger.csv")
    return str(serve(make_app(open_table(path), Library(None))).url)


@pytest.fixture(scope="session")
def crowd_url(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The crowded table, served."""
    path = write_crowd(tmp_path_factory.mktemp("crowd") / "crowd.csv")
    return str(serve(make_app(open_table(path), Library(None))).url)


@pytest.fixture(scope="session")
def bad_url(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The table with rows that cannot be read, served."""
    path = write_bad(tmp_path_factory.mktemp("bad") / "bad.csv")
    return str(serve(make_app(open_table(path), Library(None))).url)


@pytest.fixture(scope="session")
def watch() -> Watch:
    """What all visited pages complain of."""
    return Watch()


@pytest.fixture(autouse=True)
def no_complaints(watch: Watch) -> Iterator[None]:
    """No console error, no page error, no failed and no outside request in any test."""
    watch.verdict()
    yield
    assert watch.verdict() == []


@pytest.fixture(scope="session")
def new_visitor(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Make a fresh browser context that is watched: another reader with an empty cache."""
    made: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 800, scheme: Scheme = "light", **more: Any) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", **more
        )  # fmt: skip
        context.add_init_script(LOOKING)
        watch.follow(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture(scope="session")
def _visitors() -> dict[tuple[int, int, str], BrowserContext]:
    return {}


@pytest.fixture
def visit(new_visitor: Callable[..., BrowserContext], _visitors: dict[tuple[int, int, str], BrowserContext]
          ) -> Iterator[Visit]:  # fmt: skip
    """Open an address in a window of a given size and wait until it has settled. Scripts and styles stay in the
    visitor's cache from test to test; what the page itself stores does not."""
    pages: list[Page] = []

    def go(url: str, width: int = 1280, height: int = 800, scheme: Scheme = "light") -> Page:
        key = (width, height, scheme)
        if key not in _visitors:
            _visitors[key] = new_visitor(width, height, scheme)
        page = _visitors[key].new_page()
        pages.append(page)
        page.goto(url)
        settle(page)
        return page

    yield go
    for page in pages:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.close()
