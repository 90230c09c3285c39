"""Several processes that answer: gunicorn starts them, watches them and replaces one that died.

Comes in: a WSGI application that is ready to answer, an open socket, how many. Leaves: answers, until Ctrl-C or
SIGTERM. Must not know what is asked. Only where there is `os.fork`.

The processes are forked from one that has read the table and made its index, so that they share that memory; each
answers exactly as the one process does, by the same loop. Nothing that a worker keeps is needed by another.
"""

import gc
import os
import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from timeline.app.answering import Answering

_SILENT = 120
"""Seconds after which a worker that shows no sign of life is replaced."""


class _Log(Logger):  # type: ignore[misc]
    error_fmt = "%(message)s"


class _Worker(Worker):  # type: ignore[misc]
    """One process: our loop under gunicorn's eyes."""

    answering: Answering | None = None

    def run(self) -> None:
        self.answering = Answering(self.wsgi, self.sockets[0].sock, believe=self.app.believe)
        if self.alive:
            self.answering.run(self._beat)

    def _beat(self) -> None:
        self.notify()
        if self.answering is not None and os.getppid() != self.ppid:
            self.answering.stop()  # who watched over this process is gone

    def handle_exit(self, sig: Any, frame: Any) -> None:
        """SIGTERM."""
        super().handle_exit(sig, frame)
        if self.answering is not None:
            self.answering.stop()


class _Application(BaseApplication):  # type: ignore[misc]
    def __init__(self, application: Any, options: dict[str, Any], believe: bool) -> None:
        self.application, self.options, self.believe = application, options, believe
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self.application


def run_workers(application: Any, door: socket.socket, count: int, *, believe: bool = False) -> None:
    """Answer by `count` processes; ends with SystemExit."""
    options = {
        "bind": f"fd://{door.detach()}",
        "workers": count,
        "worker_class": _Worker,
        "preload_app": True,
        "timeout": _SILENT,
        "graceful_timeout": 15,
        "control_socket_disable": True,
        "loglevel": "error",
        "logger_class": _Log,
        "proc_name": "timeline",
    }
    # What lives now lives as long as the server: a collector that never looks at it never writes to it, and what is not
    # written to stays shared.
    gc.collect()
    gc.freeze()
    Arbiter(_Application(application, options, believe)).run()
