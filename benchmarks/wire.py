"""What a page costs beyond time: bytes over the wire, heap, memory, and what went wrong in it.

Comes in: a Playwright page. Leaves: numbers, and complaints. Must not know which page it is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from benchmarks.measuring import resident

CODE = frozenset({"Document", "Script", "Stylesheet", "Font", "Image"})


class Wire:
    """What comes over the wire, by Chromium's own count: headers and bodies as they were sent, and bodies unpacked."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._kinds: dict[str, str] = {}
        self._sent: dict[str, float] = defaultdict(float)
        self._unpacked: dict[str, float] = defaultdict(float)
        self._open: set[str] = set()
        session.on("Network.requestWillBeSent", lambda e: self._open.add(e["requestId"]))
        session.on("Network.loadingFailed", lambda e: self._open.discard(e["requestId"]))
        session.on("Network.responseReceived", lambda e: self._kinds.__setitem__(e["requestId"], e["type"]))
        session.on("Network.dataReceived", self._arrived)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _arrived(self, event: dict[str, Any]) -> None:
        self._unpacked[event["requestId"]] += event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        self._sent[event["requestId"]] = event["encodedDataLength"]
        self._open.discard(event["requestId"])

    @property
    def quiet(self) -> bool:
        """Whether nothing that was asked for is still to come."""
        return not self._open

    def weights(self) -> dict[str, float]:
        """Kilobytes so far. Code is the document, scripts, styles and the like; data is what the page asked for."""
        found = {}
        for name, sizes in (("sent", self._sent), ("unpacked", self._unpacked)):
            code = sum(size for request, size in sizes.items() if self._kinds.get(request) in CODE)
            found[f"code {name}"] = code / 1000
            found[f"data {name}"] = (sum(sizes.values()) - code) / 1000
        return found

    def heap(self) -> float:
        """Megabytes that the page's scripts hold, after the rubbish was collected."""
        self._session.send("HeapProfiler.collectGarbage")
        return float(self._session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


class Complaints:
    """What a page says is wrong: its console's errors, what it threw, what it asked for and did not get."""

    def __init__(self, page: Any) -> None:
        self.said: list[str] = []
        page.on("console", lambda message: self._say(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._say(str(error)))
        page.on("requestfailed", lambda request: self._say(f"{_path(request.url)}: {request.failure}"))
        page.on("response", self._answered)

    def _answered(self, answer: Any) -> None:
        if answer.status >= 400:
            self._say(f"{_path(answer.url)}: {answer.status}")

    def _say(self, text: str) -> None:
        self.said.append(text.strip().splitlines()[0] if text.strip() else "an error without words")


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[-1]


def renderer_memory(browser: Any) -> float | None:
    """Resident megabytes of the largest process that draws a page; None where the system does not tell."""
    session = browser.new_browser_cdp_session()
    try:
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    finally:
        session.detach()
    sizes = [size for each in processes if each["type"] == "renderer" and (size := resident(each["id"])) is not None]
    return max(sizes, default=None)
