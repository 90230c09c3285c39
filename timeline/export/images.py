"""The chart as SVG, PNG or PDF, by kaleido and a Chromium of the machine.

In: a plotly Figure. Out: bytes, the same for the same figure. NoImage says in one sentence what is missing.
It must not know datasets, queries or files.
"""

from __future__ import annotations

import re
import time
import warnings

import plotly.graph_objects as go

_SCALE = 2  # of a PNG: sharp in print at the size it has on a screen
_WITHOUT = "HTML, CSV and JSON need neither."


class NoImage(Exception):
    """No picture can be made here; the text is one sentence that says why and what works without."""


def to_image(figure: go.Figure, suffix: str, *, epoch: int | None = None) -> bytes:
    """The figure as `svg`, `png` or `pdf`, at its own width and height in CSS pixels (PNG: two pixels each).

    `epoch` is the time that a PDF says it was made, in seconds since 1970; without one it says none. Raises
    NoImage.
    """
    try:
        import kaleido
    except ImportError as error:
        raise NoImage(f"Pictures need kaleido: pip install 'cited-timeline[images]'. {_WITHOUT}") from error
    figure = go.Figure(figure)
    for number, trace in enumerate(figure.data):
        trace.uid = f"trace{number}"  # else plotly.js takes a random one into the picture
    width, height = figure.layout.width or 1200, figure.layout.height or 600
    scale = _SCALE if suffix == "png" else 1
    options = {"format": suffix, "width": width, "height": height, "scale": scale}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # kaleido's own, of its server and its loop
            image = bytes(kaleido.calc_fig_sync(figure, opts=options))
    except Exception as error:  # kaleido raises many kinds, from RuntimeError to those of its browser's protocol
        text = " ".join(str(error).split())
        if "chrome" in text.lower() or "browser" in text.lower():
            reason = "Pictures need Chrome or Chromium, and none was found or it did not start"
        else:
            reason = f"The picture could not be made ({type(error).__name__}: {text[:120]})"
        raise NoImage(f"{reason}. {_WITHOUT}") from error
    if suffix == "svg":
        return steady_svg(image)
    return steady_pdf(image, epoch) if suffix == "pdf" else image


def steady_svg(image: bytes) -> bytes:
    """The picture with the random part of plotly's ids replaced, so that the same figure gives the same
    bytes.
    """
    found = re.search(rb'id="(?:top)?defs-([0-9a-f]{6})"', image)
    return image.replace(found.group(1), b"figure") if found else image


def steady_pdf(image: bytes, epoch: int | None) -> bytes:
    """The picture with the times of its making set to `epoch`, or blank. No byte moves: a PDF counts them."""
    stamp = b"" if epoch is None else time.strftime("D:%Y%m%d%H%M%S+00'00'", time.gmtime(epoch)).encode()

    def put(match: re.Match[bytes]) -> bytes:
        room = len(match.group(2))
        return match.group(1) + (stamp if len(stamp) == room else b" " * room) + b")"

    return re.sub(rb"(/(?:CreationDate|ModDate)\s*\()(D:[0-9+'Z]*)\)", put, image)
