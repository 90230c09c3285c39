"""How long a browser may keep what it was sent.

Comes in: a Flask application. Leaves: the same, with `Cache-Control` and `ETag` on every answer. Must not know what is
served.

- A file whose address names its version is kept for a year and never asked for again.
- Other files, and what stands beside the page, are asked for again each time and answered 304 while they are the same.
- The page is asked for again: Dash puts a name of its own for each visit into it, so it is never the same.
- Answers about the data, and refusals, are not kept.
"""

from flask import Flask, Response, request

_FOR_EVER = "public, max-age=31536000, immutable"


def say_how_long(server: Flask, prefix: str) -> None:
    """Put the headers on every answer of `server`, whose paths begin with `prefix`."""
    libraries, assets = f"{prefix}_dash-component-suites/", f"{prefix}assets/"
    beside = {f"{prefix}problems", f"{prefix}_dash-layout", f"{prefix}_dash-dependencies"}
    icon = f"{prefix}_favicon.ico"

    @server.after_request
    def keep(response: Response) -> Response:
        path = request.path
        if request.method not in ("GET", "HEAD") or response.status_code not in (200, 304):
            response.headers["Cache-Control"] = "no-store"
        elif path.startswith(libraries):
            # Dash gives an age to what has a fingerprint in its name.
            versioned = response.cache_control.max_age is not None
            response.headers["Cache-Control"] = _FOR_EVER if versioned else "no-cache"
        elif path.startswith(assets) or path == icon:
            versioned = bool(request.args.get("m") or request.args.get("v"))
            response.headers["Cache-Control"] = _FOR_EVER if versioned else "no-cache"
        elif path == prefix:
            response.headers["Cache-Control"] = "no-cache"
        elif path in beside:
            response.headers["Cache-Control"] = "no-cache"
            response.add_etag()
            response.make_conditional(request)
        else:
            response.headers["Cache-Control"] = "no-store"
        return response
