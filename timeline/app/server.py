"""The server: one Dash app for one dataset, guarded, and how it is run.

Comes in: a Dataset, a Library, where to listen. Leaves: a Dash app, or a running server. Must not know how the tables
were read.
"""

import logging
import os
import sys
from collections.abc import Iterable

from dash import Dash
from flask import Response, request
from plotly.io.json import to_json_plotly
from werkzeug.middleware.proxy_fix import ProxyFix

from timeline.app.caching import say_how_long
from timeline.app.callbacks import register
from timeline.app.compressing import compressing_server, keep_files
from timeline.app.frugal import spare_memory
from timeline.app.index import INDEX, LeanDash
from timeline.app.layout import page
from timeline.app.leaving import leave
from timeline.app.listening import CannotServe, listen, take
from timeline.app.opening import opening
from timeline.app.remembering import Answers
from timeline.app.report import report_page
from timeline.app.security import LOOPBACK, content_security_policy, guard
from timeline.app.warming import warm
from timeline.chart.evidence import title_of
from timeline.documents import Library
from timeline.table import Dataset, assets_path


def make_app(
    dataset: Dataset, library: Library, *, allow_hosts: Iterable[str] = (), prefix: str = "/", proxies: int = 0
) -> Dash:
    """A guarded Dash app; `app.server` is its WSGI application. `allow_hosts` are names without ports; all paths begin
    with `prefix`; so many `proxies` are believed what they say of the host, the scheme and the visitor."""
    title = title_of(dataset)
    server, answers = compressing_server("timeline"), Answers(prefix)
    answers.keep_from(server)
    app = LeanDash(
        "timeline",
        server=server,
        use_async=False,  # Left alone, Dash turns asynchronous wherever asgiref happens to be installed.
        title=title,
        update_title="",
        routes_pathname_prefix=prefix,
        requests_pathname_prefix=prefix,
        assets_folder=str(assets_path()),
        assets_ignore=r"problems\.css|opening\.js|offline\.(css|js)",
        assets_path_ignore=[r"^desk$"],
        index_string=INDEX.replace("OPENING", _opening_script(prefix)),
        serve_locally=True,
        suppress_callback_exceptions=False,
        health_endpoint="healthz",
        compress=True,
        add_log_handler=False,
    )
    app.layout = page(dataset, title)
    register(app, dataset, library)
    _routes(app, dataset, prefix)
    guard(server, allow_hosts, content_security_policy(app.csp_hashes()), prefix)
    answers.give_to(server)
    say_how_long(server, prefix)
    keep_files(server, prefix)
    if proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app


def _opening_script(prefix: str) -> str:
    """The address of the script that runs first, with its version."""
    changed = (assets_path() / "opening.js").stat().st_mtime
    return f"{prefix}assets/opening.js?m={changed}"


def _routes(app: Dash, dataset: Dataset, prefix: str) -> None:
    @app.server.get(f"{prefix}opening")
    def first_answer() -> Response:
        told = opening(dataset, request.args)
        return Response(to_json_plotly(told), mimetype="application/json", headers={"Cache-Control": "no-store"})

    @app.server.get(f"{prefix}export.<name>")
    def exported(name: str) -> Response:
        return leave(dataset, name, request.args, request.query_string.decode("utf-8", "replace"))

    @app.server.get(f"{prefix}problems")
    def problems() -> Response:
        return Response(report_page(dataset), mimetype="text/html")


def serve(dataset: Dataset, library: Library, *, host: str = "127.0.0.1", port: int = 8050,
          allow_hosts: Iterable[str] = (), workers: int = 1, prefix: str = "/", proxies: int = 0,
          debug: bool = False) -> None:  # fmt: skip
    """Serve until stopped. Raises CannotServe when the place is taken, when this system cannot do what is asked, or
    when debugging would be open to others."""
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.INFO)
    for name in ("werkzeug", "waitress"):
        logging.getLogger(name).setLevel(logging.ERROR)
    near = host in ("127.0.0.1", "localhost", "::1")
    if debug and not near:
        raise CannotServe("--debug runs code that a visitor types, so it only listens on 127.0.0.1.")
    if debug and workers > 1:
        raise CannotServe("--debug keeps what it shows in one process. Leave --workers out.")
    if workers > 1 and not hasattr(os, "fork"):
        raise CannotServe("More than one worker needs a system that can fork processes. Leave --workers out.")
    spare_memory()
    door = take(host, port)
    port = door.getsockname()[1]
    hosts = [*allow_hosts] if near or host in ("0.0.0.0", "::") else [*allow_hosts, host]
    app = make_app(dataset, library, allow_hosts=hosts, prefix=prefix, proxies=proxies)
    if not debug:
        warm(app, dataset, prefix)
        listen(door)
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Timeline of {dataset.name}: http://{shown}:{port}{prefix}  (stop with Ctrl-C)\n")
    sys.stdout.flush()
    if not near:
        sys.stderr.write(
            f"Anyone who reaches {host} can read this; there is no login. Names other than "
            f"{', '.join(LOOPBACK)} must be allowed with --allow-host.\n"
        )
    if debug:
        door.close()
        app.run(host=host, port=port, debug=True, use_reloader=False, dev_tools_hot_reload=False)
    elif workers > 1:
        from timeline.app.workers import run_workers

        run_workers(app.server, door, workers, believe=proxies > 0)
    else:
        from timeline.app.answering import run_here

        run_here(app.server, door, believe=proxies > 0)
