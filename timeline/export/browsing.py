"""The machine's browser, asked for pictures and pages: in a thread of its own, and why it cannot be had.

In: a coroutine, an error. Out: its result, a reason. It must not know what is drawn.
"""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

_Made = TypeVar("_Made")


@cache
def has_browser() -> bool:
    """Whether pictures can be made on this machine: the extra `images` and a Chrome or Chromium. Asked once."""
    try:
        import kaleido  # noqa: F401
        import pypdf  # noqa: F401
        from choreographer.browsers.chromium import Chromium
    except ImportError:
        return False
    return bool(os.environ.get("BROWSER_PATH") or Chromium.find_browser(skip_local=False))


class Stop:
    """Ends what is done with a browser, never its opening or closing, after which it would stay behind."""

    def __init__(self) -> None:
        self._asked = False
        self._inside: tuple[asyncio.AbstractEventLoop, asyncio.Future[Any]] | None = None

    async def inside(self, work: Coroutine[Any, Any, _Made]) -> _Made:
        """What `work` gives, to be awaited while the browser is open; asyncio.CancelledError once it is stopped."""
        task = asyncio.ensure_future(work)
        self._inside = asyncio.get_running_loop(), task
        if self._asked:
            task.cancel()
        return await task

    def ask(self) -> None:
        """From any thread: stop now, or as soon as the browser is open."""
        self._asked = True
        if self._inside is not None:
            loop, task = self._inside
            loop.call_soon_threadsafe(task.cancel)


def run_apart(make: Callable[[Stop], Coroutine[Any, Any, _Made]]) -> _Made:
    """What a coroutine gives, run in a thread with a loop of its own, since a notebook has one in this thread. Ctrl-C
    stops it."""
    stop = Stop()

    async def quietly() -> _Made:
        # What fails in the libraries' own tasks fails for us too; once we are gone they tell it to the terminal.
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        return await make(stop)

    with warnings.catch_warnings(), ThreadPoolExecutor(1) as thread:
        warnings.simplefilter("ignore")  # kaleido's of its loop, and the browser's of its folder
        coming = thread.submit(lambda: asyncio.run(quietly()))
        try:
            return coming.result()
        except KeyboardInterrupt:
            stop.ask()
            raise


def why_not(error: Exception, what: str) -> str:
    """Why `what` ("Pictures", "A PDF") cannot be made, without a full stop; kaleido and the browser raise many kinds of
    errors."""
    text = " ".join(str(error).split())
    needs = "need" if what.endswith("s") else "needs"
    if "chrome" in text.lower() or "browser" in text.lower():
        return f"{what} {needs} Chrome or Chromium, and none was found or it did not start"
    return f"{what} could not be made ({type(error).__name__}: {text[:120] or 'no answer in time'})"
