"""The timeline as one HTML file that needs no server: chart, filters, list and cards with their citations.

In: a Dataset, a Selection, a Look. Out: bytes. It must not know files or where the page is shown.

Inside are the scripts and the style of the page itself, and plotly; what they would ask of the server is answered by
`assets/offline.js` from what stands in the file. The list is there without scripts too.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html import escape
from typing import Any

import pandas as pd
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs

from timeline.chart.coding import coded_column, coding
from timeline.chart.evidence import small_print, title_of
from timeline.chart.picture import compose
from timeline.chart.screen import CONFIG, screen
from timeline.chart.theme import THEMES
from timeline.documents.links import original
from timeline.export.rows import actors_of
from timeline.export.writing import Exported, Look
from timeline.query import home_of
from timeline.query.matching import Selection
from timeline.query.wording import NOTE, describe, sentence
from timeline.table.dataset import Dataset
from timeline.table.files import assets_path

SCRIPTS = (
    "10-time", "20-labels", "25-paint", "26-symbols", "27-marks", "30-chart", "35-detail", "40-overview", "offline",
)  # fmt: skip
"""The scripts of the page that work without a server, in their order, and what answers them."""
WIDE, NARROW = 830, 340
"""The widths in pixels for which the chart is laid out: beside the filters, and on a phone."""
LARGE = 6_000_000

# Everything stands inside the file, its scripts are named by their hashes; the browser refuses anything else.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; base-uri 'none'; form-action 'none'"
)
_CHART = (
    '<section id="chart-section" aria-label="Timeline"><div id="chart-frame">'
    '<div id="chart-scroll" tabindex="0" role="group" aria-label="Timeline by lanes" aria-describedby="chart-help">'
    '<div id="chart-names" aria-hidden="true"></div><div id="chart-plot"><div id="back-holder"></div>'
    '<div id="chart"><div id="plot"></div></div><div id="front-holder"></div></div></div>'
    '<div id="axis-holder"></div><button id="chart-more" type="button" class="more" hidden></button></div>'
    '<p id="chart-help" class="away">Arrow keys move, plus and minus zoom, n and p step through the events; the list '
    'below holds the same events.</p><div id="overview-holder"></div></section>'
)
_TOOLS = (
    '<div class="toolbar"><div class="tool-group" role="group" aria-label="Zoom">'
    '<button type="button" class="tool" data-do="in" aria-label="Zoom in">+</button>'
    '<button type="button" class="tool" data-do="out" aria-label="Zoom out">−</button>'
    '<button type="button" class="tool" data-do="fit">Fit</button>'
    '<button type="button" class="tool" data-do="all">All</button></div></div>'
)


def page_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """The page; a note tells when it is large."""
    content = to_html(dataset, selection, look)
    large = f"The page has {len(content) / 1e6:.1f} MB: it may open slowly. A filter makes it smaller."
    return Exported(content, (large,) if len(content) > LARGE else ())


def to_html(dataset: Dataset, selection: Selection, look: Look) -> bytes:
    """The page: filters, chart, what is shown and left out, and every selected mention with its citation."""
    query = selection.query
    figures = {name: _figure(dataset, selection, look, name == "narrow") for name in ("wide", "narrow")}
    mentions = selection.mentions.sort_values(["start", "mention"], na_position="last", kind="stable")
    cast = actors_of(selection.rows)
    actors = [cast.get(mention, []) for mention in mentions["mention"].tolist()]
    data = {
        "figures": figures,
        "config": CONFIG,
        "sentence": sentence(selection, query),
        "most": "Not every event has a mark.",
        "actors": actors,
        "sources": mentions["source"].tolist(),
    }
    texts = [(assets_path() / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
    scripts = (get_plotlyjs(), f"window.timelineData = {safe_json(to_json_plotly(data))};", "\n".join(texts))
    hashes = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)
    style = "\n".join((assets_path() / name).read_text("utf-8") for name in ("00-style.css", "offline.css"))
    title = escape(title_of(dataset))
    evidence = " ".join(small_print(dataset, query, selection, look.view or home_of(dataset), look.made))
    filters = describe(query, dataset)
    head = f"<p>Filtered by {escape(filters)}.</p>" if filters else ""
    nothing = "" if len(mentions) else "<p>No event matches.</p>"
    page = [
        f'<!doctype html>\n<html lang="en" data-mantine-color-scheme="{escape(look.theme)}">\n<head>',
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(scripts=hashes)}">',
        f'<meta name="referrer" content="no-referrer">\n<title>{title}</title>',
        f"<style>{style}</style>\n</head>\n<body>",
        f'<header class="off-head"><h1>{title}</h1>{head}</header>\n<div class="off-body">',
        _filters(actors, mentions["source"].tolist()),
        f'<main id="main">\n<p id="sentence" class="state" role="status">{escape(sentence(selection, query))}</p>',
        f'{_TOOLS}{_legend(dataset, selection, look)}<p id="detail" class="hint"></p>',
        f"{_CHART}\n<h2>What the documents say</h2>",
        f'<p id="nothing" hidden>No event matches these filters.</p>{nothing}\n{_list(dataset, mentions, cast)}',
        f'<p class="note">{escape(evidence)} {NOTE}</p>\n</main>',
        '<aside id="card" aria-label="Event" hidden>',
        '<button type="button" class="tool" id="card-close">Close</button><div id="card-text"></div></aside>\n</div>',
        *(f"<script>{text}</script>" for text in scripts),
        "</body>\n</html>\n",
    ]
    return "\n".join(page).encode("utf-8", "replace")


def _figure(dataset: Dataset, selection: Selection, look: Look, narrow: bool) -> dict[str, Any]:
    """The page's own figure, laid out for one of two widths."""
    query = selection.query
    picture = compose(
        dataset, query, width=NARROW if narrow else WIDE, theme=look.theme, headers=narrow, selection=selection,
        view=look.view,
    )  # fmt: skip
    return screen(dataset, picture, query.lanes, look.view)


def safe_json(code: str) -> str:
    """JSON for a script; `<`, `>` and `&` are spelled out, so that no text can end it."""
    for sign in "<>&\u2028\u2029":
        code = code.replace(sign, f"\\u{ord(sign):04x}")
    return code.encode("utf-8", "replace").decode()


def _filters(actors: list[list[str]], sources: list[str]) -> str:
    """Words, actors and sources, those of most mentions first; the page counts their events."""
    facets = (("actor", "Actors", [name for each in actors for name in each]), ("source", "Sources", sources))
    parts = ['<label id="words-label" for="words">Words</label><input id="words" type="search" autocomplete="off">']
    for key, words, names in facets:
        counted = Counter(name for name in names if name)
        boxes = "".join(
            f'<label class="facet-value"><input type="checkbox" data-facet="{key}" value="{escape(name)}">'
            f'<span class="facet-name" dir="auto">{escape(name)}</span><span class="facet-count"></span></label>'
            for name, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        if boxes:
            scroll = f'<div class="facet-scroll" tabindex="0" role="group" aria-label="{words}">{boxes}</div>'
            parts.append(f"<fieldset><legend>{words}</legend>{scroll}</fieldset>")
    parts.append('<button type="button" class="tool wide" id="clear" disabled>Clear filters</button>')
    inside = "".join(parts)
    return f'<nav aria-label="Filters"><details id="filters" open><summary>Filters</summary>{inside}</details></nav>'


def _legend(dataset: Dataset, selection: Selection, look: Look) -> str:
    column = coded_column(selection.query.lanes)
    items = "".join(
        f'<li><span class="symbol {code.symbol}" style="background-color:{code.colour}" aria-hidden="true"></span>'
        f'<span dir="auto">{escape(code.label)}</span></li>'
        for code in coding(dataset, column, THEMES[look.theme])
    )
    return f'<div class="legend"><ul class="codes" aria-label="Symbol and colour: {escape(column)}">{items}</ul></div>'


def _list(dataset: Dataset, mentions: pd.DataFrame, cast: dict[int, list[str]]) -> str:
    """The mentions by date, undated ones last; text of the table is text, never markup."""
    titles = dict(zip(dataset.documents["id"], dataset.documents["title"], strict=True))
    items = []
    for row in mentions.to_dict("records"):
        document = str(titles.get(row["document"], ""))
        parts = [row["source"], document if document != row["source"] else "", row["locator"]]
        cited = ", ".join(escape(str(part)) for part in parts if part)
        link = original(row["url"], row["locator"], row["passage"])
        if link:
            cited = f'<a rel="noopener noreferrer" href="{escape(link)}">{cited or escape(str(row["url"]))}</a>'
        who = escape("; ".join(cast.get(int(row["mention"]), [])))
        speaker = f"<span data-searched>{escape(row['speaker'])}</span>: " if row["speaker"] else ""
        quoted = f" <q>{escape(row['passage'])}</q>" if row["passage"] else ""
        told = f" · <span data-searched>{who}</span>" if who else ""
        items.append(
            f'<li dir="auto" data-id="{escape(row["id"])}" data-event="{escape(row["event"])}">'
            f'<time>{escape(row["words"])}</time>: <button type="button" data-searched>{escape(row["title"])}</button> '
            f"({escape(row['status'])}). <span data-searched>{escape(row['summary'])}</span>"
            f'<div class="cited">{speaker}{cited}{quoted}{told}</div></li>'
        )
    return '<ol id="list">\n' + "\n".join(items) + "\n</ol>"
