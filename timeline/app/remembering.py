"""Answers that were given before are given again, and never many are made at a time.

Comes in: a Flask application whose answers depend on nothing but the question. Leaves: the same, quicker. Must not know
what is asked.

The page that opens, and the first filters that a reader tries, are the same for most readers, and each costs a good
part of a second for a large table. Answers are kept as they were sent, compressed, up to a limit; those not asked for
longest go first. Cards are not kept: they show texts that may be changed while the server runs.
"""

import threading
from collections import OrderedDict, deque
from hashlib import sha256

from flask import Flask, Response, g, request

MOST = 32_000_000
"""Bytes of answers that a process keeps."""
AT_ONCE = 2
"""Answers that a process makes at a time: more would not be ready sooner, as Python takes turns, and need room."""
_CHANGING = ("card.", "..card.")


class Turns:
    """So many at a time, in the order in which they came: a semaphore would let one that just came go first."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    def take(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()

    def give_back(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


class Answers:
    """What is kept, and whose turn it is."""

    def __init__(self, prefix: str) -> None:
        self._answer, self._opening = f"{prefix}_dash-update-component", f"{prefix}opening"
        self._kept: OrderedDict[bytes, tuple[bytes, list[tuple[str, str]]]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._turns = Turns(AT_ONCE)

    def keep_from(self, server: Flask) -> None:
        """Call before anything else that works on answers: what is registered first sees them as they are sent."""

        @server.after_request
        def keep(response: Response) -> Response:
            key = g.pop("question", None)
            if key is not None and response.status_code == 200:
                self._keep(key, response.get_data(), list(response.headers.items()))
            return response

    def give_to(self, server: Flask) -> None:
        """Call after everything that refuses requests."""

        @server.before_request
        def give() -> Response | None:
            question = self._question()
            if question is None:
                return None
            if question:
                coding = request.headers.get("Accept-Encoding", "")
                key = sha256(f"{coding}\n".encode() + question).digest()
                found = self._find(key)
                if found is not None:
                    return Response(found[0], headers=found[1])
                g.question = key
            self._turns.take()
            g.turn = True
            return None

        @server.teardown_request
        def next_turn(_: BaseException | None) -> None:
            if g.pop("turn", False):
                self._turns.give_back()

    def _question(self) -> bytes | None:
        """What tells a question from others; empty when its answer may change, None when nothing is asked."""
        if request.method == "GET" and request.path == self._opening:
            return b"?" + request.query_string
        if request.method != "POST" or request.path != self._answer:
            return None
        asked = request.get_json(silent=True)
        lasting = isinstance(asked, dict) and not str(asked.get("output")).startswith(_CHANGING)
        return request.get_data() if lasting else b""

    def _find(self, key: bytes) -> tuple[bytes, list[tuple[str, str]]] | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: bytes, body: bytes, headers: list[tuple[str, str]]) -> None:
        with self._lock:
            if key in self._kept or len(body) > MOST // 8:
                return
            self._kept[key] = body, headers
            self._size += len(body)
            while self._size > MOST:
                self._size -= len(self._kept.popitem(last=False)[1][0])
