"""The chronology as one HTML page: no script, nothing from outside, fit for A4.

In: a Dataset, a Selection and a Look. Out: bytes, UTF-8. It must not know files, or how a chronology is put together.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from timeline.export.chronology import chronology_of
from timeline.export.parts import Account, Chronology, Cited, Entry, Note
from timeline.export.plain import stop
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset

# The style stands inside the page; the browser refuses all else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (
    "body{margin:0 auto;padding:24px 16px;max-width:44em;font:16px/1.5 Georgia,'Times New Roman',serif;"
    "color:#1d1d1b;background:#fff;overflow-wrap:break-word}"
    "h1{font-size:28px;line-height:1.2;margin:0 0 16px}h2{font-size:20px;margin:32px 0 8px;"
    "border-bottom:1px solid #d5d5d2}h3{font-size:16px;margin:16px 0 4px}p,ul,ol,dl{margin:0 0 8px}"
    "dl{display:grid;grid-template-columns:auto 1fr;gap:0 16px}dd{margin:0}dt,.facts,.aside,.remark{color:#595957}"
    ".facts,.notes,.documents,dl{font-size:14px}.when{font-weight:normal;color:#595957;"
    "font-variant-numeric:tabular-nums}.lead{font-weight:bold}.notes,.documents{padding-left:2.5em}li{margin:0 0 4px}"
    "sup{line-height:0;font-size:75%}sup a{padding:0 2px}a{color:#0b5394}.notes :target{background:#fff3bf}"
    "@page{size:A4;margin:18mm 20mm 20mm}"
    "@media print{body{padding:0;max-width:none;font-size:10.5pt}h1{font-size:20pt}h2{font-size:14pt}"
    "h3{font-size:10.5pt}.facts,.notes,.documents,dl{font-size:9pt}h2,h3{break-after:avoid}article,li{break-inside:avoid}"
    "p{orphans:2;widows:2}a{color:inherit}}"
)


def page_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """The format chronology-html."""
    chronology = chronology_of(dataset, selection, look)
    return Exported(to_page(chronology), chronology.left_out)


def to_page(chronology: Chronology) -> bytes:
    """The page; notes and the places that they belong to are linked both ways."""
    title = escape(chronology.title)
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    ) + "\n".join((f'<header>\n<h1 dir="auto">{title}</h1>', *_parts(chronology), "</body>\n</html>\n"))
    return page.encode("utf-8", "replace")


def _parts(chronology: Chronology) -> Iterator[str]:
    yield "<dl>"
    for name, text in chronology.about:
        yield f'<dt>{name}</dt><dd dir="auto">{escape(text)}</dd>'
    yield f"</dl>\n<p>{escape(' '.join(chronology.accounting))}</p>"
    yield f'<p class="remark">{escape(chronology.remark)}</p>\n</header>\n<main>'
    if chronology.empty:
        yield f"<p>{escape(chronology.empty)}</p>"
    for number, section in enumerate(chronology.sections, 1):
        yield f'<section aria-labelledby="part-{number}">\n<h2 id="part-{number}">{escape(section.heading)}</h2>'
        yield from map(_entry, section.entries)
        yield "</section>"
    yield "</main>"
    if chronology.notes:
        yield '<section role="doc-endnotes" aria-labelledby="notes">\n<h2 id="notes">Notes</h2>\n<ol class="notes">'
        yield from map(_note, chronology.notes)
        yield "</ol>\n</section>"
    if chronology.documents:
        yield '<section role="doc-bibliography" aria-labelledby="documents">\n<h2 id="documents">Documents</h2>'
        yield '<ul class="documents">'
        yield from map(_cited, chronology.documents)
        yield "</ul>\n</section>"


def _entry(entry: Entry) -> str:
    lines = [f'<article>\n<h3><span class="when">{escape(entry.when)}:</span> {_foreign(entry.title)}</h3>']
    if entry.dates:
        lines.append(f"<p>{_foreign(entry.dates)}</p>")
    lines += map(_account, entry.accounts)
    if entry.facts:
        lines.append(f'<p class="facts">{" · ".join(f"{name}: {_foreign(text)}" for name, text in entry.facts)}</p>')
    return "\n".join((*lines, "</article>"))


def _account(account: Account) -> str:
    lead = f'<span class="lead">{_foreign(account.lead)}:</span> ' if account.lead else ""
    aside = f' <bdi class="aside" dir="auto">({escape(account.aside)})</bdi>' if account.aside else ""
    number = account.note
    label = f'id="ref-{number}" role="doc-noteref" aria-label="Note {number}"'
    mark = f'<sup><a {label} href="#note-{number}">{number}</a></sup>'
    return f'<p dir="auto">{lead}{escape(account.text)}{aside}{mark}</p>'


def _note(note: Note) -> str:
    said = [_foreign(note.reference)] if note.reference else []
    said += [f"“{_foreign(note.passage)}”"] if note.passage else []
    parts = [": ".join(said) + note.stop] if said else []
    parts += [escape(note.dated)] if note.dated else []
    parts += [_link("Original", note.link)] if note.link else []
    parts += [_foreign(note.address)] if note.address else []
    back = (
        f'<a href="#ref-{note.number}" role="doc-backlink" aria-label="Back to the event of note {note.number}">↑</a>'
    )
    return f'<li id="note-{note.number}">{" ".join(parts)}&nbsp;{back}</li>'


def _cited(document: Cited) -> str:
    parts = [_foreign(document.reference) + stop(document.reference)] if document.reference else []
    if document.link:
        parts.append(_link(document.link, document.link))
    elif document.address:
        parts.append(_foreign(document.address))
    return f"<li>{' '.join(parts)}</li>"


def _foreign(text: str) -> str:
    """Text of the table, as text, in a direction of its own."""
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def _link(words: str, address: str) -> str:
    return f'<a rel="noopener noreferrer" href="{escape(address)}">{escape(words)}</a>'
