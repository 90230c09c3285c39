"""The desk's API: questions and changes as JSON, under `<prefix>api/`.

Comes in: a Flask application, the seats of the curators. Leaves: the same with its routes. Must not know how rows are
checked or saved.

GET state, document?id=, chart?document=&theme=&width=&date=; POST form, understood, look, accept, edit, remove, group,
decide, undo, redo, draft, document, actor. A refusal is a 4xx with {"error": one sentence} and what else is known.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, request

from timeline.app import desk_asked as asked_for
from timeline.app.desk_offsets import in_units, to_characters
from timeline.chart.beside import Hollow, beside
from timeline.curating import answers
from timeline.curating.refusals import DeskRefusal
from timeline.curating.seat import Seat
from timeline.documents.texts import Text

CODES = {"unknown": 404, "wrong": 400, "invalid": 422, "clash": 409, "cannot": 423}
GETS = ("state", "document", "chart")
POSTS = ("form", "understood", "look", "accept", "edit", "remove", "group", "decide", "undo", "redo", "draft",
         "document", "actor")  # fmt: skip
Asked = Mapping[str, Any]
Answer = Callable[[Seat, Asked], Any]


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    body = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return Response(body, status, {"Cache-Control": "no-store"}, mimetype="application/json")


def refused(error: DeskRefusal) -> Response:
    """A refusal as the page takes it."""
    return answer({"error": error.sentence, **error.more}, CODES[error.kind])


def add_routes(server: Flask, prefix: str, seat: Callable[[], Seat]) -> None:
    """Put the API on a Flask application; `seat` gives that of the curator whose request is being answered."""
    for name, work in {"state": _state, "document": _document, "chart": _chart}.items():
        server.add_url_rule(
            f"{prefix}api/{name}", f"get_{name}", _told(work, seat, lambda: request.args), methods=["GET"]
        )
    for name in POSTS:
        work = globals()[f"_post_{name}"]
        tell = _told(work, seat, lambda: asked_for.body_of(request))
        server.add_url_rule(f"{prefix}api/{name}", f"post_{name}", tell, methods=["POST"])


def _told(work: Answer, seat: Callable[[], Seat], asked: Callable[[], Asked]) -> Callable[[], Response]:
    def tell() -> Response:
        try:
            return answer(work(seat(), asked()))
        except DeskRefusal as error:
            return refused(error)

    return tell


def _state(seat: Seat, _: Asked) -> Any:
    return seat.state()


def _document(seat: Seat, asked: Asked) -> Any:
    return in_units(answers.document(seat.desk, asked_for.text(asked, "id"), seat.journal))


def _chart(seat: Seat, asked: Asked) -> Any:
    document, date = asked_for.text(asked, "document"), asked.get("date", "")[:200]
    width = asked.get("width", "")
    wide = min(max(int(width), 200), 4_000) if width.isascii() and width.isdecimal() and len(width) < 6 else 720
    theme = "dark" if asked.get("theme") == "dark" else "light"
    told = answers.lines(seat.desk, document, date, seat.journal)
    hollow = [Hollow(*each) for each in told.candidates]
    return {"figure": _led(seat, beside(told.mentions, hollow, told.events, told.at_hand, width=wide, theme=theme))}


def _led(seat: Seat, figure: dict[str, Any]) -> dict[str, Any]:
    """With the document of each row: a click may lead to one that the page has not read."""
    with seat.desk.lock:
        now = seat.desk.opened.now()
    for mark in (each for trace in figure["data"] for each in trace.get("customdata", ())):
        if mark.get("row") in now.place:
            mark["document"] = str(now.dataset.mentions["document"].iloc[now.place[mark["row"]]])
    return figure


def _post_form(seat: Seat, asked: Asked) -> Any:
    document, candidate = asked_for.text(asked, "document"), asked_for.maybe_text(asked, "candidate")
    if candidate is not None:
        return answers.form(seat.desk, document, candidate, None, seat.journal)
    first, last = (_place(seat, document, asked_for.place(asked, name)) for name in ("from", "to"))
    return answers.form(seat.desk, document, None, (first, last), seat.journal)


def _place(seat: Seat, document: str, place: tuple[int, int]) -> tuple[int, int]:
    """A place of the browser in characters."""
    text = seat.desk.text(document)
    n, units = place
    if not isinstance(text, Text) or not 1 <= n <= len(text.paragraphs):
        return place
    return n, to_characters(text.paragraphs[n - 1], units)


def _post_understood(seat: Seat, asked: Asked) -> Any:
    document = asked_for.maybe_text(asked, "document") or ""
    return answers.understood(seat.desk, asked_for.text(asked, "text", asked_for.CELL), document)


def _post_look(seat: Seat, asked: Asked) -> Any:
    return answers.look(seat.desk, asked_for.cells(asked, "row"), asked_for.maybe_text(asked, "id"))


def _post_accept(seat: Seat, asked: Asked) -> Any:
    candidate = asked_for.maybe_text(asked, "candidate")
    return seat.accept(asked_for.cells(asked, "row"), candidate, asked_for.texts(asked, "same_as"))


def _post_edit(seat: Seat, asked: Asked) -> Any:
    return seat.edit(asked_for.text(asked, "id"), asked_for.cells(asked, "row"), asked_for.cells(asked, "before"))


def _post_remove(seat: Seat, asked: Asked) -> Any:
    return seat.remove(asked_for.text(asked, "id"), asked_for.maybe_cells(asked, "before"))


def _post_group(seat: Seat, asked: Asked) -> Any:
    return seat.group(asked_for.texts(asked, "ids"), asked_for.maybe_text(asked, "event"))


def _post_decide(seat: Seat, asked: Asked) -> Any:
    document, candidate = asked_for.text(asked, "document"), asked_for.text(asked, "candidate")
    return seat.decide(document, candidate, asked_for.text(asked, "decision"))


def _post_undo(seat: Seat, _: Asked) -> Any:
    return seat.undo()


def _post_redo(seat: Seat, _: Asked) -> Any:
    return seat.redo()


def _post_draft(seat: Seat, asked: Asked) -> Any:
    return seat.draft(asked_for.text(asked, "key"), asked_for.maybe_cells(asked, "row"))


def _post_document(seat: Seat, asked: Asked) -> Any:
    return seat.add_document(asked_for.cells(asked, "row"))


def _post_actor(seat: Seat, asked: Asked) -> Any:
    return seat.add_actor(asked_for.cells(asked, "row"))
