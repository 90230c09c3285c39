"""The differences of two tables as a picture or a page.

In: Differences, the two Datasets, a path, a Look. Out: a file, or CannotExport with one sentence. It must not know how
differences are found, or the command line.
"""

from __future__ import annotations

import os
import stat
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs

from timeline.chart.difference import Side, draw_differences
from timeline.chart.theme import THEMES
from timeline.curating.comparing import KINDS, Differences
from timeline.curating.telling import details, heading, name, summary
from timeline.export.html import POLICY, safe_json
from timeline.export.images import NoImage, to_image
from timeline.export.pictures import Evidence, about, bound, with_words
from timeline.export.writing import CannotExport, Look, put
from timeline.table.dataset import Dataset

_ENDS = {".svg": "svg", ".png": "png", ".pdf": "pdf", ".html": "html", ".htm": "html"}
LISTED = 2_000
"""Rows of a kind that a page lists at most."""
_STYLE = (
    "body{{margin:0 auto;padding:16px;max-width:1232px;font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,"
    "'Helvetica Neue','DejaVu Sans',Arial,sans-serif;color:{ink};background:{ground};overflow-wrap:break-word}}"
    "#chart{{overflow-x:auto}}h1{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}"
    "h2{{font-size:17px;margin:24px 0 4px}}"
    "ul{{margin:0;padding-left:1.2em}}li{{margin:0 0 6px}}.detail{{color:{muted};font-size:14px}}"
)


def check_output(path: Path, force: bool, tables: Sequence[Path]) -> str:
    """The format of `path`, once nothing speaks against writing there; else raises CannotExport."""
    kind = _ENDS.get(path.suffix.lower())
    if path.is_dir():
        raise CannotExport(f"{path} is a folder: name a file in it.")
    if kind is None:
        said = f"'{path.suffix}' is no format of a picture" if path.suffix else "its name has no suffix"
        raise CannotExport(f"{path}: {said}; there are {', '.join(_ENDS)}.")
    if not path.parent.is_dir():
        raise CannotExport(f"{path}: there is no folder {path.parent}.")
    if os.path.lexists(path):
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise CannotExport(f"{path} is not a regular file.")
        if path.exists() and any(table.exists() and path.samefile(table) for table in tables):
            raise CannotExport(f"{path} is one of the tables that are compared: choose another name.")
        if not force:
            raise CannotExport(f"{path} exists: choose another name, or replace it with --force.")
    return kind


def draw_to(path: Path, found: Differences, tables: tuple[Dataset, Dataset], look: Look) -> tuple[str, ...]:
    """Write the differences of the tables (old, new) to `path`, in the format of its name; notes on what was left out.
    Raises CannotExport."""
    kind = _ENDS[path.suffix.lower()]
    old, new = (Side(dataset.name, dataset.fingerprint) for dataset in tables)
    figure = draw_differences(
        found, old, new, width=look.width, height=look.height, theme=look.theme, made=look.made
    )  # fmt: skip
    notes: tuple[str, ...] = ()
    title = str(figure.layout.meta)
    if kind == "html":
        content, notes = _page(found, title, to_json_plotly(figure), look)
    else:
        told = Evidence(
            title, summary(found), f"{look.made:%Y-%m-%d}", f"{old.fingerprint}..{new.fingerprint}",
            (old.name, new.name),
        )  # fmt: skip
        try:
            content = to_image(figure, kind, scale=look.scale)
        except NoImage as error:
            raise CannotExport(str(error)) from error
        if kind == "svg":
            content = with_words(content, about(told))
        elif kind == "pdf":
            content = bound([content], told, look)
    put(path, content)
    if look.height is not None and figure.layout.height > look.height:
        notes += (f"The picture is {figure.layout.height:,} pixels high, not {look.height:,}: its rows need the room.",)
    return notes


def _page(found: Differences, title: str, figure: str, look: Look) -> tuple[bytes, tuple[str, ...]]:
    """A page of its own: the chart, which can be zoomed, and every difference in words."""
    theme = THEMES[look.theme]
    data = f"window.differences = {safe_json(figure)};"
    draw = (
        "const f = window.differences; Plotly.newPlot('plot', f.data, f.layout, "
        "{displaylogo: false, scrollZoom: true, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d']});"
    )
    scripts = (get_plotlyjs(), data, draw)
    hashes = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)
    style = _STYLE.format(ink=theme.ink, ground=theme.ground, muted=theme.muted)
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(scripts=hashes)}">',
        f'<meta name="referrer" content="no-referrer">\n<title>{escape(title)}</title>',
        f"<style>{style}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n<p>{escape(summary(found))}</p>",
        '<div id="chart" role="img" aria-label="The differences on the line; the lists below say the same">',
        '<div id="plot"></div></div>\n<main>',
    ]
    cut = 0
    for kind in KINDS:
        rows = found.of(kind)
        if not rows:
            continue
        cut += max(0, len(rows) - LISTED)
        parts.append(f"<h2>{escape(heading(kind))} ({len(rows):,})</h2>\n<ul>")
        for row in rows[:LISTED]:
            said = "".join(f'<div class="detail" dir="auto">{escape(line)}</div>' for line in details(kind, row))
            parts.append(f'<li><bdi dir="auto">{escape(name(row))}</bdi>{said}</li>')
        parts.append("</ul>")
    left = f"{cut:,} more rows are in the text that `timeline diff` prints." if cut else ""
    parts += [f"<p>{left}</p>" if left else "", "</main>", *(f"<script>{text}</script>" for text in scripts)]
    page = "\n".join([*parts, "</body>\n</html>\n"])
    return page.encode("utf-8", "replace"), (left,) if left else ()
