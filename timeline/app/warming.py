"""What a first visitor would wait for, done before anybody can ask.

Comes in: the finished application and its Dataset. Leaves: nothing; indexes are made, the libraries' files compressed,
and Dash knows which files it may serve, all of which forked workers share. Must not know how any of it is kept.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dash import Dash

from timeline.app.listing import listing
from timeline.app.steering import shown
from timeline.query import Query, select
from timeline.table import Dataset

_FILES = re.compile(r'(?:src|href)="([^"]+\.(?:js|css)(?:\?[^"]*)?)"')
_CODINGS = ("zstd", "br", "gzip")
_HOST = {"Host": "127.0.0.1"}


def warm(app: Dash, dataset: Dataset, prefix: str) -> None:
    """Ask what every page asks first: itself, its files in every coding, the opening view and its list."""
    client = app.server.test_client()
    page = client.get(prefix, headers=_HOST).get_data(as_text=True)
    # Compressing leaves Python alone meanwhile, so that the index is made beside it.
    with ThreadPoolExecutor(1) as beside:
        files = beside.submit(_fetch, app, prefix, _FILES.findall(page))
        shown(dataset, Query(), None, {"width": 1000}, None, ())
        listing(dataset, select(dataset, Query()))
        files.result()


def _fetch(app: Dash, prefix: str, addresses: list[str]) -> None:
    client: Any = app.server.test_client()
    for address in addresses:
        path = address if address.startswith("/") else prefix + address
        for coding in _CODINGS:
            client.get(path, headers=_HOST | {"Accept-Encoding": coding}).close()
