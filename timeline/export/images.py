"""The chart as SVG, PNG or PDF, by kaleido and a Chromium of the machine.

In: plotly Figures. Out: bytes, the same for the same figure but for the dates in a PDF. NoImage says in one sentence
what is missing. It must not know datasets, queries or files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from timeline.export.browsing import Stop, run_apart, why_not

_WITHOUT = "HTML, CSV and JSON need neither."


class NoImage(Exception):
    """No picture can be made here; the text is one sentence that says why and what works without."""


def to_image(figure: go.Figure, kind: str, *, scale: int = 2) -> bytes:
    """The figure as `svg`, `png` or `pdf`, at its own width and height in CSS pixels (of a PNG each is `scale` pixels).
    Raises NoImage.
    """
    return to_images([figure], kind, scale=scale)[0]


def to_images(
    figures: Sequence[go.Figure],
    kind: str,
    *,
    scale: int = 2,
    progress: Callable[[int], None] | None = None,
) -> list[bytes]:
    """Several figures by one browser, whose start takes longer than all the rest; `progress` is called with the number
    of those that are made."""
    try:
        import kaleido
    except ImportError as error:
        raise NoImage(f"Pictures need kaleido: pip install 'cited-timeline[images]'. {_WITHOUT}") from error

    async def draw(browser: Any) -> list[bytes]:
        made: list[bytes] = []
        for number, figure in enumerate(map(_steady, figures), 1):
            width, height = figure.layout.width or 1200, figure.layout.height or 600
            options = {"format": kind, "width": width, "height": height, "scale": scale if kind == "png" else 1}
            made.append(bytes(await browser.calc_fig(figure, opts=options)))
            if progress is not None:
                progress(number)
        return made

    async def make(stop: Stop) -> list[bytes]:
        async with kaleido.Kaleido(n=1) as browser:
            return await stop.inside(draw(browser))

    try:
        images = run_apart(make)
    except Exception as error:
        raise NoImage(f"{why_not(error, 'Pictures')}. {_WITHOUT}") from error
    return [steady_svg(image) for image in images] if kind == "svg" else images


def _steady(figure: go.Figure) -> go.Figure:
    """The figure without what plotly.js would choose at random."""
    figure = go.Figure(figure)
    for number, trace in enumerate(figure.data):
        trace.uid = f"trace{number}"
    return figure


def steady_svg(image: bytes) -> bytes:
    """The picture with the random part of plotly's ids replaced, so that the same figure gives the same
    bytes.
    """
    found = re.search(rb'id="(?:top)?defs-([0-9a-f]{6})"', image)
    return image.replace(found.group(1), b"figure") if found else image
