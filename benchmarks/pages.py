"""The pages of the peers that need no server of their own: one HTML file, the events as JSON, a library from npm.

Comes in: the name of a page, the events, a folder of packages. Leaves: WSGI applications. Must not know what is
measured. All is sent compressed, and compressed once, as a web server before a public page does.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

PAGES = Path(__file__).parent / "pages"
Start = Callable[[str, list[tuple[str, str]]], Any]


def events_json(drawn: pd.DataFrame) -> bytes:
    """The rows as a first page would ask for them: title, start, finish, lane (the first actor), source."""
    days = {name: drawn[name].dt.strftime("%Y-%m-%d") for name in ("start", "finish")}
    lane = drawn["actors"].str.split(";").str[0]
    told = pd.DataFrame({"title": drawn["title"], **days, "lane": lane, "source": drawn["source"]})
    return json.dumps(told.to_dict("records"), ensure_ascii=False).encode()


def application(page: str, events: bytes = b"[]", modules: Path | None = None) -> Callable[..., Iterable[bytes]]:
    """The page `pages/PAGE.html` at /, the events at /events.json, the packages in `modules` under /lib/."""
    fixed = {"/": ("text/html", (PAGES / f"{page}.html").read_bytes()), "/events.json": ("application/json", events)}
    root = modules.resolve() if modules is not None else None

    @cache
    def found(path: str) -> tuple[str, bytes] | None:
        if path in fixed:
            kind, body = fixed[path]
        else:
            file = (root / path.removeprefix("/lib/")).resolve() if root and path.startswith("/lib/") else None
            if file is None or root not in file.parents or not file.is_file():
                return None
            kind, body = mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes()
        return f"{kind}; charset=utf-8", gzip.compress(body)

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        page = found(environ["PATH_INFO"])
        if page is None:
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"There is nothing here."]
        kind, body = page
        length = str(len(body))
        start("200 OK", [("Content-Type", kind), ("Content-Encoding", "gzip"), ("Content-Length", length)])
        return [body]

    return answer
