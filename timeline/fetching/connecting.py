"""Connecting: HTTP connections that go where `addresses` lets them, and end when their time is over.

In: an address of http or https. Out: a pool of urllib3 for it, under a Watch. It must not know what is asked, nor what
becomes of an answer.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util import Timeout, Url

from timeline.fetching import addresses


class Watch:
    """Ends the connections of one document when its time is over; used with `with`."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = self._start(seconds)

    def _start(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(max(0.0, seconds), self._ring)
        timer.daemon = True
        timer.start()
        return timer

    def extend(self, seconds: float) -> None:
        """Waiting out of politeness is not the server's time."""
        self._timer.cancel()
        self._end += seconds
        self._timer = self._start(self._end - time.monotonic())

    def hold(self, sock: socket.socket) -> None:
        """Watch over a connection too. A second handle of it is kept: TLS takes the first one away."""
        with self._lock:
            self._sockets.append(sock.dup())
        if self.over:
            self._ring()

    def _ring(self) -> None:
        self.over = True
        with self._lock:
            for sock in self._sockets:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for sock in self._sockets:
                sock.close()
            self._sockets.clear()


def pool(parts: Url, wait: float, watch: Watch) -> HTTPConnectionPool:
    """A pool for the host of an address, which gives the server `wait` seconds each time it is waited for."""
    make = _SecurePool if parts.scheme == "https" else _PlainPool
    return make(str(parts.host), parts.port, timeout=Timeout(wait, wait), retries=False, watch=watch)


def _connect(connection: HTTPConnection, watch: Watch) -> socket.socket:
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else None
    try:
        sock = addresses.connect(str(connection._dns_host), int(connection.port or 0), timeout or 20.0)
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "no answer") from error
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error
    watch.hold(sock)
    return sock


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, watch: Watch, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watch = watch

    def _new_conn(self) -> socket.socket:
        return _connect(self, self._watch)


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, watch: Watch, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watch = watch

    def _new_conn(self) -> socket.socket:
        return _connect(self, self._watch)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure
