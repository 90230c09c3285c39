"""A table and its documents on the disk, as a curator has them, all of our own invention."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from timeline.app.desk_access import Access
from timeline.app.desk_serving import make_desk
from timeline.curating.desk import Desk
from timeline.curating.opened import Opened
from timeline.curating.seat import Seat
from timeline.documents import Library

_ROWS = (
    ("strike", "dock-strike", "2014-02-20", "Dockers stop work in Port Lio",
     "The Courier: some 300 dockers stopped work at noon.", "Dockers' Union;Port Lio", "protest", "reported", "",
     "courier", "para. 2", "On 20 February 2014 … work at noon.", ""),
    ("ferry", "", "2014-02", "Ferries stay away", "The Courier: no ferry came in February.", "Port Lio", "other",
     "reported", "", "courier", "para. 3", "No ferry came … all February 2014.", "seen on paper"),
    ("strike-gazette", "dock-strike", "2014-02-20", "Dockers stop work in Port Lio",
     "The Gazette dates the strike 20 February 2014.", "Dockers' Union", "protest", "reported", "", "gazette",
     "para. 1", "The dockers of Port … 20 February 2014.", ""),
)  # fmt: skip
_HEADER = "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage,note"
EVENTS = "\n".join([_HEADER, *(",".join(row) for row in _ROWS), ""])
DOCUMENTS = """id,title,source,author,published,kind,language,url,file,sha256
courier,Dockers walk out,The Lio Courier,Ben Carrow,2014-02-23,article,en,https://courier.example/dockers,courier.txt,
gazette,A week of strikes,Arland Gazette,,2014-03-01,article,en,,gazette.txt,
lost,Gone,Arland Gazette,,2014,article,en,,lost.txt,
"""
ACTORS = """name,kind,part_of,aliases
Arland,state,,Republic of Arland;AR
Ministry of Arland,organisation,Arland,
Ada Kern,person,Ministry of Arland,Minister Kern
Port Lio,place,Arland,
Dockers' Union,organisation,Port Lio,DU
"""
COURIER = """Dockers walk out

On 20 February 2014 some 300 dockers of the Dockers' Union stopped work at noon.
No ferry came into Port Lio in all February 2014.
Last Friday Ada Kern of the Ministry of Arland met the dockers. She spoke with Olga Hart of the Free Quay Movement.
On 3 May 2014 the union will vote, \U0001f6a2 and on 4 May 2014 the Republic of Arland's answer is due.
"""
GAZETTE = """The dockers of Port Lio struck on 20 February 2014.
On 21 February 2014 the minister Kern met the dockers of the union for talks about the strike.
"""
UNLISTED = "The harbour board met on 1 April 2014.\n"
ACCEPTED = {
    "title": "Minister meets the dockers", "summary": "The Courier: the minister met the dockers.",
    "category": "negotiation",
}  # fmt: skip


def lay_out(folder: Path) -> Path:
    """Write the tables and the texts into a folder; the path of the events."""
    for name, text in (("events", EVENTS), ("documents", DOCUMENTS), ("actors", ACTORS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    texts = folder / "texts"
    texts.mkdir()
    files = {"courier.txt": COURIER, "gazette.txt": GAZETTE, "2014-04-02 board.txt": UNLISTED}
    for name, text in files.items():
        (texts / name).write_text(text, encoding="utf-8")
    return folder / "events.csv"


def open_seat(folder: Path, who: str = "Ada", *, laid_out: bool = False) -> Seat:
    """A curator at the desk of such a table."""
    path = folder / "events.csv" if laid_out else lay_out(folder)
    return Seat(Desk(Opened(path), Library(folder / "texts")), who)


def serve_desk_of(folder: Path, access: Access | None = None, **options: Any) -> Any:
    """The WSGI application of the desk of such a table, which must be laid out."""
    desk = Desk(Opened(folder / "events.csv"), Library(folder / "texts"))
    return make_desk(desk, access or Access("Ada"), **options)
