"""Memory that was used for an answer is given back.

Comes in: nothing. Leaves: a process whose allocators keep little for later. Must not know what is served.

Each thread would otherwise keep room of its own for what it once needed: several hundred megabytes after 80 answers
about 100,000 rows.
"""

import ctypes
import sys
from contextlib import suppress

_ARENA_MAX = -8
"""The name of the setting in glibc's malloc.h."""


def spare_memory() -> None:
    """Two arenas for all threads where malloc is glibc's, and none of Arrow's own where Arrow is installed."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # other C libraries have no such function
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)
    with suppress(ImportError):
        import pyarrow

        pyarrow.set_memory_pool(pyarrow.system_memory_pool())
