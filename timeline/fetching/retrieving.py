"""Retrieving: document after document is asked for and shelved; what became of each is told as it happens.

In: Documents, a Client and a Shelf. Out: a Retrieved for each, with the cells to write back. It must not know the
command line, nor how anything is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from timeline.documents.links import safe
from timeline.fetching.addresses import Refused
from timeline.fetching.asking import Client
from timeline.fetching.ledger import Document
from timeline.fetching.shelving import Kept, Shelf, now


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What became of a document: `kept`, or a sentence why nothing was. `there`: it was there, and was not asked for.
    `cells` are those of documents.csv to write."""

    document: Document
    kept: Kept | None = None
    failure: str = ""
    there: bool = False
    cells: tuple[tuple[str, str], ...] = ()


def retrieve(
    documents: Sequence[Document], client: Client, shelf: Shelf, *, missing: bool = False, taken: Iterable[str] = ()
) -> Iterator[Retrieved]:
    """Ask for each document in turn; with `missing` only for those whose file is not there. `taken` are the names of
    other documents' files. Never raises for what a server, an address or a file's name does; an OSError from the disk
    becomes a failure of the one document."""
    saved: dict[str, str] = {}
    others = set(taken)
    for document in documents:
        try:
            if document.file in saved:
                raise Refused(f"its file is that of '{saved[document.file]}', which was just retrieved")
            done = _one(document, client, shelf, missing, others | set(saved))
        except Refused as refused:
            done = Retrieved(document, failure=f"{refused}.")
        except OSError as error:
            done = Retrieved(document, failure=f"it cannot be saved: {error.strerror or error}.")
        if done.kept is not None:
            saved.setdefault(done.kept.file, document.id)
        yield done


def _one(document: Document, client: Client, shelf: Shelf, missing: bool, taken: set[str]) -> Retrieved:
    if safe(document.url) is None:
        raise Refused("only plain http and https addresses are asked, without a user's name or spaces in them")
    if document.file and shelf.holds(document.file) and missing:
        return Retrieved(document, there=True)
    name, headers = shelf.known(document.url, document.file)
    answer = client.get(document.url, headers)
    moment = now()
    if answer.status == HTTPStatus.NOT_MODIFIED and name:
        kept = shelf.untouched(document.id, name, answer, moment)
    else:
        kept = shelf.keep(document.id, document.file or name, answer, moment, taken)
    cells = {"file": kept.file} if not document.file else {}
    if not document.sha256:
        cells["sha256"] = kept.sha256
    return Retrieved(document, kept, cells=tuple(cells.items()))
