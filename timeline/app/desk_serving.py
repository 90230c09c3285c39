"""The desk and the timeline of one table, served together: the timeline at `/`, the desk at `/curate/`.

Comes in: a Desk, who may sit at it, where to listen. Leaves: a WSGI application, or a running server. Must not know how
rows are checked or saved.

The page of the timeline is made anew when the table has changed; its files come from the first one, which keeps them
compressed. Everything passes the same gate before it.
"""

import logging
import re
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, abort, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Request as PlainRequest

from timeline.app.answering import run_here
from timeline.app.caching import say_how_long
from timeline.app.compressing import compressing_server, keep_files
from timeline.app.desk_access import Access, gate_page
from timeline.app.desk_page import desk_app
from timeline.app.desk_routes import GETS, POSTS, add_routes, answer
from timeline.app.frugal import spare_memory
from timeline.app.listening import listen, take
from timeline.app.security import LOOPBACK, content_security_policy, guard, shown_path
from timeline.app.server import make_app
from timeline.curating.desk import Desk
from timeline.curating.seat import Seat

PREFIX = "/curate/"
_FILES = re.compile(r"/(?:_dash-component-suites|assets)/.|/_favicon\.ico$")
_PAGES = frozenset({"", "_favicon.ico"}) | {f"api/{name}" for name in (*GETS, *POSTS)}
_SEATS = 200
log = logging.getLogger("timeline")
Start = Callable[..., Any]


class Seats:
    """The curators that were here, by name; those not seen for longest are forgotten when there are too many."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seats: OrderedDict[str, Seat] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, who: str) -> Seat:
        """The seat of a curator."""
        with self._lock:
            if who not in self._seats:
                self._seats[who] = Seat(self._desk, who)
            self._seats.move_to_end(who)
            while len(self._seats) > _SEATS:
                self._seats.popitem(last=False)[1].presence.close()
            return self._seats[who]

    def close(self) -> None:
        """Say that all are gone."""
        with self._lock:
            for seat in self._seats.values():
                seat.presence.close()


class Timeline:
    """The page of the timeline as a WSGI application that follows the table."""

    def __init__(self, desk: Desk, hosts: Iterable[str]) -> None:
        self._desk, self._hosts = desk, tuple(hosts)
        self._lock = threading.Lock()
        self._version, self._app = self._make()
        self._files = self._app
        # Dash knows which files it may serve once it has written its page.
        self._files.server.test_client().get("/", headers={"Host": LOOPBACK[0]})

    def _make(self) -> tuple[str, Any]:
        with self._desk.lock:
            now = self._desk.opened.now()
        return now.version, make_app(now.dataset, self._desk.library, allow_hosts=self._hosts)

    def __call__(self, environ: dict[str, Any], start: Start) -> Any:
        if _FILES.match(environ.get("PATH_INFO", "")):
            return self._files.server.wsgi_app(environ, start)
        with self._desk.lock:
            version = self._desk.opened.now().version
        with self._lock:
            if version != self._version:
                self._version, self._app = self._make()
            app = self._app
        return app.server.wsgi_app(environ, start)


def desk_server(desk: Desk, seats: Seats, access: Access, hosts: Iterable[str] = ()) -> Flask:
    """The desk alone: its page, its files and its API, guarded."""
    server = compressing_server("timeline-desk")
    app = desk_app(server, desk.opened.path.name, PREFIX, "../")
    guard(server, hosts, content_security_policy(app.csp_hashes()), PREFIX, pages=_PAGES, writes=f"{PREFIX}api/")

    @server.before_request
    def who_is_there() -> None:
        if request.path.startswith(f"{PREFIX}api/"):
            name = request.path.removeprefix(f"{PREFIX}api/")
            if name not in (POSTS if request.method == "POST" else GETS if request.method in ("GET", "HEAD") else ()):
                abort(405)  # Dash would answer with its page
        g.seat = request.environ.get("timeline.who", access.who)

    @server.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Response:
        log.warning("%s %s: %s", request.method, shown_path(request.path), error.code)
        return answer({"error": f"{error.description or error.name}"}, error.code or 500)

    @server.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        # The page asks Dash for nothing, so what breaks there was written by hand.
        code, words = 500, "The desk could not answer this. The log names the error."
        if request.path.startswith(f"{PREFIX}_dash-"):
            code, words = 400, "The request could not be understood."
        log.warning("%s %s: %d (%s)", request.method, shown_path(request.path), code, type(error).__name__)
        return answer({"error": words}, code)

    add_routes(server, PREFIX, lambda: seats.of(g.seat))
    say_how_long(server, PREFIX)
    keep_files(server, PREFIX)
    return server


def make_desk(desk: Desk, access: Access, *, hosts: Iterable[str] = (), proxies: int = 0) -> Any:
    """The WSGI application of desk and timeline; `hosts` are further names under which they may be asked for. It has
    `close`, which says that the curators are gone."""
    return _Both(desk, access, tuple(hosts), proxies)


class _Both:
    """The gate, and behind it the two applications."""

    def __init__(self, desk: Desk, access: Access, hosts: tuple[str, ...], proxies: int) -> None:
        self.seats = Seats(desk)
        self.access = access
        self.desk = desk_server(desk, self.seats, access, hosts)
        self.timeline = Timeline(desk, hosts)
        whole: Any = self._answer
        if proxies:
            whole = ProxyFix(whole, x_for=proxies, x_proto=proxies, x_host=proxies)
        self._whole = whole

    def close(self) -> None:
        self.seats.close()

    def __call__(self, environ: dict[str, Any], start: Start) -> Any:
        return self._whole(environ, start)

    def _answer(self, environ: dict[str, Any], start: Start) -> Any:
        asked = PlainRequest(environ)
        if asked.path == PREFIX.rstrip("/"):
            return Response("", 308, {"Location": PREFIX})(environ, start)
        inside = asked.path.startswith(PREFIX)
        if asked.path != "/healthz":
            if asked.method == "GET" and self.access.lets_in(asked):
                return self._closed(self.access.welcome(asked))(environ, start)
            who = self.access.name_of(asked)
            if who is None:
                return self._closed(self._refusal(asked))(environ, start)
            environ["timeline.who"] = who
        return (self.desk.wsgi_app if inside else self.timeline)(environ, start)

    def _refusal(self, asked: PlainRequest) -> Response:
        sentence = self.access.refusal(asked)
        log.warning("%s %s: 401", asked.method, shown_path(asked.path))
        if asked.path.startswith(f"{PREFIX}api/"):
            return answer({"error": sentence}, 401)
        path = asked.path if asked.path in ("/", PREFIX) else PREFIX
        return Response(gate_page(sentence, path), 401, mimetype="text/html")

    def _closed(self, response: Response) -> Response:
        """With the headers that all answers have."""
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response


def serve_desk(
    desk: Desk, access: Access, *, host: str = "127.0.0.1", port: int = 8060, hosts: Iterable[str] = (),
    proxies: int = 0,
) -> None:  # fmt: skip
    """Serve until stopped. Raises CannotServe when the place is taken."""
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.INFO)
    for name in ("werkzeug", "waitress"):
        logging.getLogger(name).setLevel(logging.ERROR)
    spare_memory()
    door = take(host, port)
    port = door.getsockname()[1]
    near = host in ("127.0.0.1", "localhost", "::1")
    names = [*hosts] if near or host in ("0.0.0.0", "::") else [*hosts, host]
    both = make_desk(desk, access, hosts=names, proxies=proxies)
    listen(door)
    shown = f"[{host}]" if ":" in host else host
    token = "?token=..." if access.token else ""
    sys.stdout.write(
        f"Desk of {desk.opened.path.name}: http://{shown}:{port}{PREFIX}{token}  (stop with Ctrl-C)\n"
        f"Its timeline: http://{shown}:{port}/\n"
    )
    sys.stdout.flush()
    if not near:
        sys.stderr.write(
            f"Names other than {', '.join(LOOPBACK)} must be allowed with --allow-host. What is sent can be read on "
            "its way unless a proxy speaks TLS.\n"
        )
    try:
        run_here(both, door, believe=proxies > 0)
    finally:
        both.close()
