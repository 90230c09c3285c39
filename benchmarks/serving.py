"""Servers of the pages, in threads of this process, on ports that the system gives.

Comes in: Dash apps, or any WSGI applications. Leaves: addresses. Must not know what is measured. Everything stops with
the block.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of a running `app`, served as `timeline serve` does it, until the block ends."""
    import waitress
    from waitress import wasyncore

    logging.getLogger("waitress").setLevel(logging.ERROR)
    channels: dict[int, Any] = {}
    application = getattr(app, "server", app)
    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=8, ident=None, map=channels)
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        # The loop ends by itself once nothing is left to listen to.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(channels, ignore_all=True))
        loop.join(timeout=5)
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
