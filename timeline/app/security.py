"""What the server refuses, and the headers it sends.

Comes in: a Flask application. Leaves: the same, guarded. Must not know the timeline.

- A foreign `Host` is answered 400, since a page elsewhere can make its name point here (DNS rebinding).
- A request that would change something and comes from another site is answered 403, judged by `Sec-Fetch-Site`, else
  by `Origin` against `Host`; tokens are not needed, as the page keeps no session (the method is Filippo Valsorda's,
  "Cross-Site Request Forgery", 2025).
- Paths that are none of ours are answered 404 instead of the page.
"""

import logging
import re
from collections.abc import Iterable

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from timeline.export.formats import FORMATS

log = logging.getLogger("timeline")

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_PAGES = frozenset({"", "opening", "healthz", "problems", "_favicon.ico", "favicon.ico"}) | {
    f"export.{form.name}" for form in FORMATS
}
_DASH = frozenset({"_dash-layout", "_dash-dependencies", "_dash-update-component"})
_TREES = ("_dash-component-suites/", "assets/")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY = 2_000_000


def content_security_policy(script_hashes: Iterable[str]) -> str:
    """The policy: everything from here, scripts by file or by hash, no inline script; styles of the component
    libraries are written at run time and need `unsafe-inline`."""
    scripts = " ".join(["'self'", *(f"'{h.strip(chr(39))}'" for h in script_hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; "
        "form-action 'self'"
    )


def _host_name(host: str) -> str:
    match = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]*)(?::\d{1,5})?", host)
    return match.group(1).lower().rstrip(".") if match else ""


def _cross_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and origin.split("://", 1)[-1] != request.host


def _foreign_origin() -> bool:
    """Whether a browser says that the request was made by a page of another place; also where it names its site."""
    origin = request.headers.get("Origin")
    return origin is not None and origin.split("://", 1)[-1] != request.host


def _known(path: str, prefix: str, pages: frozenset[str]) -> bool:
    """Whether a path is one of ours; whether its file is there, is for the route to say."""
    name = path.removeprefix(prefix)
    inside = name.startswith(_TREES) and not name.endswith("/") and "//" not in name
    return path.startswith(prefix) and (name in pages or name in _DASH or inside)


def shown_path(path: str) -> str:
    """A path as one line of a log, whatever it holds."""
    return path.encode("unicode_escape").decode("ascii")[:160]


def guard(
    server: Flask, hosts: Iterable[str], policy: str, prefix: str = "/", *, pages: frozenset[str] = _PAGES,
    writes: str = "",
) -> None:  # fmt: skip
    """Refuse what is foreign and forged, and put the headers on every answer. `hosts` are names without ports; `*`
    allows every name (behind a proxy that checks it). All our paths begin with `prefix`, and `pages` are those beside
    Dash's own. Under `writes`, where files are changed, a request must be JSON and of no foreign origin, whatever else
    it says of itself."""
    allowed = {host.lower() for host in (*LOOPBACK, *hosts)}
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY

    @server.before_request
    def refuse() -> None:
        if "*" not in allowed and _host_name(request.environ.get("HTTP_HOST", "")) not in allowed:
            abort(400, "This name is not served here; start with --allow-host NAME to allow it.")
        if request.method not in _SAFE and _cross_site():
            abort(403, "Requests from other sites are refused.")
        if not _known(request.path, prefix, pages):
            abort(404)
        if writes and request.method not in _SAFE and request.path.startswith(writes):
            if _foreign_origin():
                abort(403, "Requests from other sites are refused.")
            if request.mimetype != "application/json":
                abort(415, "The body must be application/json.")

    @server.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Response:
        log.warning("%s %s: %s", request.method, shown_path(request.path), error.code)
        return Response(f"{error.code} {error.name}. {error.description}\n", error.code, mimetype="text/plain")

    @server.errorhandler(Exception)
    def forged(error: Exception) -> Response:
        # The page only sends what its callbacks take, so what breaks one of them was written by hand.
        code, words = 500, "Internal Server Error. The log names the error."
        if request.path.startswith(f"{prefix}_dash-"):
            code, words = 400, "Bad Request. The request could not be understood."
        log.warning("%s %s: %d (%s)", request.method, shown_path(request.path), code, type(error).__name__)
        return Response(f"{code} {words}\n", code, mimetype="text/plain")

    @server.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response
