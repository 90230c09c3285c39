"""Where the server listens: one socket, taken before anything that takes long.

Comes in: an address and a port. Leaves: a bound socket, later open, or CannotServe with one sentence. Must not know
what is served.
"""

import os
import socket

_WAITING = 1024


class CannotServe(Exception):
    """The server cannot start; the message says why and what to do."""


def take(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port` (0: one that is free). Whoever asks it before `listen` is refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere this would take a port from another program that listens on it
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise _taken(host, port, error) from error
    except OverflowError as error:
        door.close()
        raise CannotServe(f"Cannot listen on port {port}: ports go from 0 to 65535.") from error
    return door


def listen(door: socket.socket) -> None:
    """Open it; who knocks from now on waits for an answer."""
    host, port = door.getsockname()[:2]
    try:
        door.listen(_WAITING)
    except OSError as error:  # two programs can have bound the same port, and the other was quicker
        door.close()
        raise _taken(host, port, error) from error


def _taken(host: str, port: int, error: OSError) -> CannotServe:
    why = error.strerror or str(error)
    return CannotServe(f"Cannot listen on {host}:{port}: {why}. Choose another with --port.")
