"""The chart as one HTML file that works offline: plotly inside, the events and their citations as a list
below.

In: a plotly Figure, a Dataset and a Selection. Out: bytes. It must not know files or where the page is shown.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from timeline.chart.figure import draw
from timeline.documents.links import original
from timeline.export.rows import actors_of
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.query.wording import sentence
from timeline.table.dataset import Dataset

CONFIG = {
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": True,
    "showSendToCloud": False,
}
NOTE = "The timeline shows what its documents say and who says it there; it does not say that it is true."

# Everything stands inside the file, its scripts are named by their hashes; the browser refuses anything else.
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; base-uri 'none'; form-action 'none'"
)
_STYLE = (
    "body{margin:0 auto;padding:16px;max-width:1280px;font:15px/1.5 system-ui,sans-serif}"
    "body{color:#1d1d1b;background:#fff}"
    "h1,h1+p{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    "h2{font-size:17px}p,figure{margin:0 0 8px}small,.cited{color:#595957;font-size:13px}"
    "ol{padding-left:2.5em}li{margin:0 0 8px}time{font-variant-numeric:tabular-nums}a{color:#0b5394}"
    "@media print{.js-plotly-plot .modebar{display:none}}"
)


def page_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    figure = draw(
        dataset, selection.query, width=look.width, height=look.height, theme=look.theme, view=look.view, made=look.made
    )
    return Exported(to_html(dataset, selection, figure))


def to_html(dataset: Dataset, selection: Selection, figure: go.Figure) -> bytes:
    """The page: figure, what is shown and left out, and every selected mention with its citation."""
    scripts = (get_plotlyjs(), _drawing(figure))
    hashes = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)
    library, drawing = (f"<script>{text}</script>" for text in scripts)
    name = escape(f"Timeline of {dataset.name}")
    said = escape(sentence(selection, selection.query))
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(scripts=hashes)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n{library}\n</head>\n<body>\n"
        f"<h1>{name}</h1>\n<p>{said}</p>\n"
        f'<figure role="group" aria-label="{said}"><div id="timeline"></div></figure>\n{drawing}\n'
        f"<h2>What the documents say</h2>\n{_list(dataset, selection)}\n"
        f"<p><small>{NOTE} Data {escape(dataset.fingerprint)}.</small></p>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def _drawing(figure: go.Figure) -> str:
    """The script that draws the figure; `<`, `>` and `&` are spelled out, so that no text can end it."""
    made = (
        f"const figure = {figure.to_json()};\n"
        f"Plotly.newPlot('timeline', figure.data, figure.layout, {json.dumps(CONFIG)});"
    )
    for sign in "<>&\u2028\u2029":
        made = made.replace(sign, f"\\u{ord(sign):04x}")
    return made.encode("utf-8", "replace").decode()


def _list(dataset: Dataset, selection: Selection) -> str:
    """The mentions by date, undated ones last; text of the table is text, never markup."""
    cast = actors_of(selection.rows)
    titles = dict(zip(dataset.documents["id"], dataset.documents["title"], strict=True))
    mentions = selection.mentions.sort_values(["start", "mention"], na_position="last", kind="stable")
    items = []
    for row in mentions.to_dict("records"):
        document = str(titles.get(row["document"], ""))
        parts = [row["source"], document if document != row["source"] else "", row["locator"]]
        cited = ", ".join(escape(str(part)) for part in parts if part)
        link = original(row["url"], row["locator"], row["passage"])
        if link:
            cited = f'<a rel="noopener noreferrer" href="{escape(link)}">{cited or escape(str(row["url"]))}</a>'
        who = escape("; ".join(cast.get(int(row["mention"]), [])))
        speaker = f"{escape(row['speaker'])}: " if row["speaker"] else ""
        quoted = f" <q>{escape(row['passage'])}</q>" if row["passage"] else ""
        items.append(
            f'<li dir="auto"><time>{escape(row["words"])}</time>: <b>{escape(row["title"])}</b>'
            f" ({escape(row['status'])}). {escape(row['summary'])}"
            f'<div class="cited">{speaker}{cited}{quoted}{f" · {who}" if who else ""}</div></li>'
        )
    return "<ol>\n" + "\n".join(items) + "\n</ol>" if items else "<p>No event matches.</p>"
