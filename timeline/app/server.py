"""The server: one Dash app for one dataset, guarded, and how it is run.

Comes in: a Dataset, a Library, where to listen. Leaves: a Dash app, or a running server. Must not know how the tables
were read.
"""

import logging
import socket
import sys
from collections.abc import Iterable
from typing import Any

from dash import Dash
from flask import Response, request

from timeline.app.callbacks import register
from timeline.app.compressing import compressing_server
from timeline.app.layout import page
from timeline.app.report import report_page
from timeline.app.security import LOOPBACK, content_security_policy, guard
from timeline.app.viewing import without_view
from timeline.chart.figure import title_of
from timeline.documents import Library
from timeline.export.rows import to_csv, to_json
from timeline.query import from_search, select
from timeline.table import Dataset, assets_path

_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
<link rel="preload" as="script" href="_dash-component-suites/plotly/package_data/plotly.min.js">
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


class CannotServe(Exception):
    """The server cannot start; the message says why and what to do."""


def make_app(dataset: Dataset, library: Library, *, allow_hosts: Iterable[str] = ()) -> Dash:
    """A guarded Dash app; `app.server` is its WSGI application. `allow_hosts` are names without ports."""
    title = title_of(dataset)
    app = Dash(
        "timeline",
        server=compressing_server("timeline"),
        title=title,
        update_title="",
        assets_folder=str(assets_path()),
        assets_ignore=r"problems\.css",
        index_string=_INDEX,
        serve_locally=True,
        suppress_callback_exceptions=False,
        health_endpoint="healthz",
        compress=True,
        add_log_handler=False,
    )
    app.layout = page(dataset, title)
    register(app, dataset, library)
    _routes(app, dataset)
    guard(app.server, allow_hosts, content_security_policy(app.csp_hashes()))
    return app


def _routes(app: Dash, dataset: Dataset) -> None:
    def chosen() -> Any:
        query, _ = from_search("?" + without_view(request.query_string.decode("utf-8", "replace")), dataset)
        return select(dataset, query)

    def attachment(body: bytes, kind: str, name: str) -> Response:
        answer = Response(body, mimetype=kind)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    @app.server.get("/export.csv")
    def rows_csv() -> Response:
        return attachment(to_csv(dataset, chosen()), "text/csv; charset=utf-8", "events.csv")

    @app.server.get("/export.json")
    def rows_json() -> Response:
        return attachment(to_json(dataset, chosen()), "application/json", "events.json")

    @app.server.get("/problems")
    def problems() -> Response:
        return Response(report_page(dataset), mimetype="text/html")


def serve(dataset: Dataset, library: Library, *, host: str = "127.0.0.1", port: int = 8050,
          allow_hosts: Iterable[str] = (), debug: bool = False) -> None:  # fmt: skip
    """Serve until stopped. Raises CannotServe when the place is taken or debugging would be open to others."""
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.INFO)
    for name in ("werkzeug", "waitress"):
        logging.getLogger(name).setLevel(logging.ERROR)
    near = host in ("127.0.0.1", "localhost", "::1")
    if debug and not near:
        raise CannotServe("--debug runs code that a visitor types, so it only listens on 127.0.0.1.")
    _ask_for(host, port)
    hosts = [*allow_hosts] if near or host in ("0.0.0.0", "::") else [*allow_hosts, host]
    app = make_app(dataset, library, allow_hosts=hosts)
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Timeline of {dataset.name}: http://{shown}:{port}/  (stop with Ctrl-C)\n")
    sys.stdout.flush()
    if not near:
        sys.stderr.write(
            f"Anyone who reaches {host} can read this; there is no login. Names other than "
            f"{', '.join(LOOPBACK)} must be allowed with --allow-host.\n"
        )
    if debug:
        app.run(host=host, port=port, debug=True, use_reloader=False, dev_tools_hot_reload=False)
        return
    import waitress

    waitress.serve(app.server, host=host, port=port, threads=8, ident=None, clear_untrusted_proxy_headers=True)


def _ask_for(host: str, port: int) -> None:
    """Bind once beforehand, so that a taken port is one sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotServe(f"Cannot listen on {host}:{port}: {why}. Choose another with --port.") from error
    except OverflowError as error:
        raise CannotServe(f"Cannot listen on port {port}: ports go from 0 to 65535.") from error
