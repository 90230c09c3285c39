"""One process that answers: waitress, from a socket that is open already, until it is told to stop.

Comes in: a WSGI application and a socket. Leaves: answers. Must not know what is asked, nor how many such processes
there are. Waitress reads requests outside its threads, so that slow and silent visitors keep none of them busy.
"""

import signal
import socket
import time
from collections.abc import Callable
from typing import Any

import waitress
from waitress import wasyncore

from timeline.app.security import MAX_BODY

THREADS = 16
"""Of which two make answers at a time (`remembering.py`), and the others give what is there, or wait."""
_VISITORS = 900
"""Connections held open at once: below the 1,024 files that a process may usually have open."""
_IDLE = 75
"""Seconds until a silent connection is closed: more than the 60 for which nginx keeps one and may still use it."""
_PATIENCE = 10.0
"""Seconds that answers under way are given when the server is told to stop."""


class Answering:
    """The loop of one process. `believe` lets the headers of proxies through to the application."""

    def __init__(self, application: Any, door: socket.socket, *, believe: bool = False) -> None:
        self._going = True
        self._channels: dict[int, Any] = {}
        self._server: Any = waitress.create_server(
            application, sockets=[door], map=self._channels, threads=THREADS, ident=None, connection_limit=_VISITORS,
            channel_timeout=_IDLE, max_request_body_size=2 * MAX_BODY, clear_untrusted_proxy_headers=not believe,
        )  # fmt: skip

    def stop(self, *_: Any) -> None:
        """Answer what was asked, then end `run`. Takes what a signal gives, and may be called by one."""
        self._going = False
        self._server.pull_trigger()

    def run(self, beat: Callable[[], None] = lambda: None) -> None:
        """Answer until `stop`; `beat` is called at least once a second."""
        while self._going:
            self._turn(1.0)
            beat()
        self._server.del_channel()  # no new visitors; the others keep the loop that sends their answers
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and any(c.requests or c.total_outbufs_len for c in self._visitors()):
            self._turn(0.05)
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._channels, ignore_all=True)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._channels, count=1)

    def _visitors(self) -> list[Any]:
        return list(self._server.active_channels.values())


def run_here(application: Any, door: socket.socket, *, believe: bool = False) -> None:
    """Answer in this process until Ctrl-C or SIGTERM; a second one does not wait for what is under way."""
    answering = Answering(application, door, believe=believe)

    def end(*_: Any) -> None:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        answering.stop()

    before = {kind: signal.signal(kind, end) for kind in (signal.SIGINT, signal.SIGTERM)}
    answering.run()
