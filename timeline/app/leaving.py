"""What leaves the page as a file that the server makes: any format of `export`, with what its notes say in a header.

Comes in: a Dataset, the name of a format, what an address says. Leaves: a Flask answer. Must not know how a format is
made.

A PDF takes a browser of the server's machine, of which one runs at a time; who comes meanwhile waits a little, then is
told.
"""

from collections.abc import Mapping
from threading import Lock
from urllib.parse import quote

from flask import Response, abort

from timeline.app.steering import chosen_paper
from timeline.export.formats import FORMATS, offered
from timeline.export.writing import CannotExport, Look
from timeline.query import from_search, select, view_days, view_text, without_view
from timeline.table import Dataset

NOTES = "X-Export-Notes"
"""The header with the notes of a format, one a line, percent-encoded."""
SECONDS = 20
"""So long a visitor waits for the server's browser."""
PRINTED = 1_000
"""Of more events than this no chronology is printed for a visitor, who would not wait so long."""
_printing = Lock()
_names = {form.name for form in FORMATS}


def leave(dataset: Dataset, name: str, asked: Mapping[str, str], search: str) -> Response:
    """The file, or an answer with one sentence: 404 for no format, 413 for more than it holds, 501 where no picture can
    be made, 503 while another is."""
    form = offered().get(name)
    if form is None:
        if name not in _names:
            abort(404)
        abort(501, "Pictures and PDFs need Chrome or Chromium on the server, where there is none.")
    query, _ = from_search(without_view(f"?{search}"), dataset)
    theme = "dark" if asked.get("ground") == "dark" and name == "pdf" else "light"
    look = chosen_paper(asked, Look(theme=theme, view=view_days(view_text(f"?{search}"))))
    selection = select(dataset, query)
    if name == "chronology-pdf" and selection.shown + selection.undated > PRINTED:
        abort(413, f"More than {PRINTED:,} events are printed by `timeline export` only; Word and HTML hold them.")
    if form.browser and not _printing.acquire(timeout=SECONDS):
        abort(503, "A PDF is being made for somebody else: try again in a minute.")
    try:
        made = form.writer(dataset, selection, look)
    except CannotExport as error:  # more than the format holds
        abort(413, str(error))
    finally:
        if form.browser:
            _printing.release()
    answer = Response(made.content, mimetype=form.media)
    stem = "events" if form.name in ("csv", "json") else "timeline"
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}{form.ends[0]}"'
    if made.notes:
        answer.headers[NOTES] = quote("\n".join(made.notes)[:2000])
    return answer
