"""What all tests stand on: no network beyond this machine, an odd time zone, the shipped tables, a browser, a
server.

The guards are always on. A test that needs the texts of the documents is skipped where they are not at hand.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# Thirteen hours ahead of UTC, and without a 30 December 2011: a date that is shifted by the machine's zone
# shows here.
os.environ["TZ"] = "Pacific/Apia"
if hasattr(time, "tzset"):
    time.tzset()
for name in ("HOST", "PORT", "DASH_DEBUG", "NO_COLOR", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)
_GIVEN = os.environ.pop("TIMELINE_DOCUMENTS", "")


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket of this machine's file system
    host = str(address[0])
    return host in ("localhost", "::1", "", "0.0.0.0", "::") or host.startswith("127.")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that would leave the machine, and every name that would be asked for."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(address: Any) -> None:
        if not _is_here(address):
            raise AssertionError(f"a test asked for {address}: nothing here may use the network")

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def connect_here(self: socket.socket, address: Any) -> Any:
            refuse(address)
            return real(self, address)

        return connect_here

    def lookup_here(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse((host.decode() if isinstance(host, bytes) else host or "",))
        return lookup(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded(connect))
    patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
    patch.setattr(socket, "getaddrinfo", lookup_here)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def documents_dir() -> Path:
    """The folder with the texts of the shipped documents; they are not part of the project."""
    folder = Path(_GIVEN) if _GIVEN else ROOT.parent / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip("the documents' texts are not at hand (TIMELINE_DOCUMENTS names their folder)")
    return folder


@pytest.fixture(scope="session")
def shipped() -> Any:
    """The shipped tables as a Dataset."""
    from timeline.table import dataset

    return dataset.load(dataset.shipped())


def _system_browser() -> str | None:
    named = os.environ.get("TIMELINE_BROWSER")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, else the one that Playwright downloaded."""
    own = {"executable_path": _system_browser()} if _system_browser() else {}
    return {**browser_type_launch_args, **own, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(autouse=True)
def _needs_browser(request: pytest.FixtureRequest) -> None:
    """Without a browser its tests are skipped, except in CI, where a proof that does not run is a failure."""
    if request.node.get_closest_marker("browser") is None or _system_browser():
        return
    kind = request.getfixturevalue("browser_type")
    if not Path(kind.executable_path).is_file():
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("there is no Chromium: `make browser` installs one")


class Served:
    """A running app: `url` without a slash at the end, and the `app` itself."""

    def __init__(self, url: str, app: Any) -> None:
        self.url, self.app = url, app


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Any], Served]]:
    """Start a Dash app (or any WSGI application) on a free port of this machine; all are stopped at the end."""
    from werkzeug.serving import make_server

    running = []

    def start(app: Any) -> Served:
        server = make_server("127.0.0.1", 0, getattr(app, "server", app), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running.append((server, thread))
        return Served(f"http://127.0.0.1:{server.server_port}", app)

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@pytest.fixture(scope="session")
def server(serve: Callable[[Any], Served], shipped: Any, request: pytest.FixtureRequest) -> Served:
    """The shipped timeline, served; with the documents' texts where they are at hand."""
    from timeline.app.server import make_app
    from timeline.documents import Library

    folder = Path(_GIVEN) if _GIVEN else ROOT.parent / "shared" / "documents"
    return serve(make_app(shipped, Library(folder if folder.is_dir() else None)))
