"""The chronology as a PDF: the page of `pages`, printed by a Chromium of the machine.

In: a Dataset, a Selection and a Look. Out: bytes, the same for the same input; CannotExport says in one sentence what
is missing. It must not know files, or how a chronology is put together.

The browser gets the page through a pipe, runs no script and may load nothing.
"""

from __future__ import annotations

import asyncio
import base64
import re
import time
from typing import Any

from timeline.export.browsing import Stop, run_apart, why_not
from timeline.export.chronology import chronology_of
from timeline.export.pages import to_page
from timeline.export.writing import CannotExport, Exported, Look
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset

MOST = 10_000
"""More events than this take a browser minutes."""
SECONDS = 600
_WITHOUT = "The chronology as HTML, Markdown or DOCX needs neither."
_FOOT = (
    '<div style="width:100%;text-align:center;font:8pt Georgia,serif;color:#595957">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)
_PRINT = {
    "displayHeaderFooter": True,
    "headerTemplate": "<span></span>",
    "footerTemplate": _FOOT,
    "preferCSSPageSize": True,
    "generateDocumentOutline": True,
    "generateTaggedPDF": True,
    "transferMode": "ReturnAsStream",
}


def print_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """The format chronology-pdf."""
    chronology = chronology_of(dataset, selection, look, MOST)
    return Exported(to_pdf(to_page(chronology), int(look.made.timestamp())), chronology.left_out)


def to_pdf(page: bytes, epoch: int) -> bytes:
    """A page on paper, made at `epoch` (seconds since 1970). Raises CannotExport."""
    try:
        import choreographer
    except ImportError as error:
        raise CannotExport(f"A PDF needs kaleido: pip install 'cited-timeline[images]'. {_WITHOUT}") from error
    try:
        printed = run_apart(lambda stop: _printed(stop, choreographer.Browser, page.decode()))
    except Exception as error:
        raise CannotExport(f"{why_not(error, 'A PDF')}. {_WITHOUT}") from error
    return steady_pdf(printed, epoch)


async def _printed(stop: Stop, browser: Any, page: str) -> bytes:
    async with browser(headless=True) as chromium:
        return await stop.inside(asyncio.wait_for(_print(chromium, page), SECONDS))


async def _print(chromium: Any, page: str) -> bytes:
    tab = await chromium.create_tab("about:blank")
    await _ask(tab, "Emulation.setScriptExecutionDisabled", value=True)
    tree = await _ask(tab, "Page.getFrameTree")
    await _ask(tab, "Page.setDocumentContent", frameId=tree["frameTree"]["frame"]["id"], html=page)
    stream = (await _ask(tab, "Page.printToPDF", **_PRINT))["stream"]
    parts = []
    while True:
        part = await _ask(tab, "IO.read", handle=stream, size=1 << 20)
        parts.append(base64.b64decode(part["data"]) if part.get("base64Encoded") else part["data"].encode())
        if part["eof"]:
            return b"".join(parts)


async def _ask(tab: Any, command: str, **parameters: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await tab.send_command(command, parameters)
    if "error" in answer:
        raise RuntimeError(f"{command}: {answer['error'].get('message', '')}")
    result: dict[str, Any] = answer["result"]
    return result


def steady_pdf(image: bytes, epoch: int | None) -> bytes:
    """The picture with the times of its making set to `epoch`, or blank. No byte moves: a PDF counts them."""
    stamp = b"" if epoch is None else time.strftime("D:%Y%m%d%H%M%S+00'00'", time.gmtime(epoch)).encode()

    def put(match: re.Match[bytes]) -> bytes:
        room = len(match.group(2))
        return match.group(1) + (stamp if len(stamp) == room else b" " * room) + b")"

    return re.sub(rb"(/(?:CreationDate|ModDate)\s*\()(D:[0-9+'Z]*)\)", put, image)
