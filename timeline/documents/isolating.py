"""Isolating: a reader of foreign files runs in a process of its own, which may not take for ever nor all the memory.

In: the name of a reader (a module beside this one with `read(bytes) -> list of str, or one sentence`), and bytes. Out:
what the reader said, or a sentence. It must not know what a reader reads.

A library that a hostile file has led into an endless loop cannot be stopped from within; a process can. It is started
from this very file, knows the library and the reader and nothing else of ours, and gets the bytes through a pipe. It
may compute for `allowed` seconds, and is killed when it has not ended in twice that time, for others may be computing
too. Where the system cannot bound computing and memory (Windows), only the latter counts.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

SECONDS, A_MEGABYTE, MOST = 60.0, 10.0, 600.0  # of computing: for any file, more for each of its megabytes, at most
MEMORY = 2_000_000_000  # bytes of address space; Python and the libraries take some 200 MB of it
_AT_ONCE = threading.BoundedSemaphore(2)  # processes; whoever comes while they run waits
_HERE = Path(__file__).resolve()
_REFUSED = "it may be broken, or made to do harm"


def read_apart(reader: str, data: bytes, *, seconds: float | None = None) -> list[str] | str:
    """What the module `reader` beside this one reads from `data`, or one sentence why it could not; never raises."""
    limit = allowed(len(data)) if seconds is None else seconds
    late = f"The document takes longer than {limit:g} seconds to read: {_REFUSED}."
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable or "python3", "-P", "-X", "utf8", str(_HERE), reader, str(limit)]
    try:
        with _AT_ONCE:
            done = subprocess.run(
                command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=2 * limit,
                env=environment, check=False,
            )  # fmt: skip
        if done.returncode == 0:
            answer = json.loads(done.stdout)
            return answer if isinstance(answer, str) else [str(text) for text in answer]
        if done.returncode == -getattr(signal, "SIGXCPU", 0):
            return late
    except subprocess.TimeoutExpired:
        return late
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or "it gave no answer"
        return f"The process that reads the document failed: {detail}."
    return f"The document takes too much memory to read: {_REFUSED}."


def allowed(size: int) -> float:
    """For how many seconds a file of so many bytes may be computed on."""
    return min(MOST, SECONDS + A_MEGABYTE * round(size / 1_000_000))


def _main(reader: str, seconds: float) -> None:
    _bound(seconds)
    logging.disable(logging.CRITICAL)  # what a library says of a file is no sentence for people
    warnings.simplefilter("ignore")
    # By its path: the rest of the package takes longer to import than most documents to read.
    spec: Any = importlib.util.spec_from_file_location(reader, _HERE.with_name(f"{reader}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    json.dump(module.read(sys.stdin.buffer.read()), sys.stdout)


def _bound(seconds: float) -> None:
    try:
        import resource
    except ImportError:  # Windows: there only the time is bounded, by whoever waits
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, max(1, round(seconds)))):
        _, highest = resource.getrlimit(what)
        allowed = most if highest == resource.RLIM_INFINITY else min(most, highest)
        resource.setrlimit(what, (allowed, highest))


if __name__ == "__main__":
    _main(sys.argv[1], float(sys.argv[2]))
