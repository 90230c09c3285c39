"""Offers: what of a document could become a row, and what is one already.

In: a document's text, its dates as the finder found them, its rows. Out: Offers with ids that are the same after every
restart, and where each row's passage stands. It must not know files, the page, or who decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from timeline.documents.finding import Candidate
from timeline.documents.passages import Citation
from timeline.table.when import When, read_date

State = Literal["open", "accepted", "skipped", "rejected"]
ACCEPTED = "accepted:"


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate, what became of it, and the id of the row that it became ("" when none)."""

    id: str
    candidate: Candidate
    state: State
    row: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A row of the document: its id, its date, and where its passage stands."""

    id: str
    when: When | None
    citation: Citation

    @property
    def span(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """(paragraph, offset) of the beginning and of the end of the passage, None when it was not found."""
        first, last = self.citation.paragraph, self.citation.end_paragraph
        return None if first is None or last is None else ((first, self.citation.start), (last, self.citation.end))


def offer_id(document: str, candidate: Candidate) -> str:
    """A name for a candidate that depends on nothing but its document, its place and its words."""
    parts = (document, str(candidate.paragraph), str(candidate.start), str(candidate.end), candidate.quote)
    return "c" + hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:15]


def offers(
    document: str, candidates: Sequence[Candidate], rows: Sequence[Cited], decisions: Mapping[str, str]
) -> list[Offer]:
    """All candidates of a document with their states.

    What was accepted stays so while its row is there; else what was skipped or rejected stays so; else a candidate is
    accepted when it stands in a row's passage and is the date there that tells the row's date best.
    """
    by_row = _told_by_rows(candidates, rows)
    ids = {row.id for row in rows}
    found = []
    for number, candidate in enumerate(candidates):
        id = offer_id(document, candidate)
        decided = decisions.get(id, "open")
        row = decided.removeprefix(ACCEPTED) if decided.startswith(ACCEPTED) else ""
        state: State
        if row and row in ids:
            state = "accepted"
        elif decided in ("skipped", "rejected"):
            state, row = ("skipped" if decided == "skipped" else "rejected"), ""
        else:
            row = by_row.get(number, "")
            state = "accepted" if row else "open"
        found.append(Offer(id, candidate, state, row))
    return found


def marks(offered: Sequence[Offer], rows: Sequence[Cited], lengths: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """By paragraph (from 1): the stretches to be marked, cited passages first; they may overlap. `lengths` are those
    of the paragraphs."""
    found: dict[int, list[dict[str, Any]]] = {}

    def mark(paragraph: int, start: int, end: int, kind: str, id: str, state: str) -> None:
        one = {"start": start, "end": end, "kind": kind, "id": id, "state": state}
        found.setdefault(paragraph, []).append(one)

    for row in rows:
        first, last = row.citation.paragraph, row.citation.end_paragraph
        if first is None or last is None:
            continue
        for paragraph in range(first, min(last, len(lengths)) + 1):
            start = row.citation.start if paragraph == first else 0
            end = row.citation.end if paragraph == last else lengths[paragraph - 1]
            mark(paragraph, start, end, "cited", row.id, row.citation.kind)
    for offer in offered:
        one = offer.candidate
        mark(one.paragraph, one.start, one.end, "candidate", offer.id, offer.state)
    return found


def _told_by_rows(candidates: Sequence[Candidate], rows: Sequence[Cited]) -> dict[int, str]:
    """Number of a candidate -> the row whose date it tells, of all candidates in the row's passage the best."""
    found: dict[int, str] = {}
    spans = [(one.paragraph, one.start, one.end) for one in candidates]
    bounds = [_bounds(one.value) for one in candidates]
    for row in rows:
        if row.when is None or row.span is None or row.citation.kind == "ambiguous":
            continue
        begin, stop = row.span
        agreeing = []
        for number, (paragraph, start, end) in enumerate(spans):
            if not (begin < (paragraph, end) and (paragraph, start) < stop):
                continue
            told = bounds[number]
            degree = _agreement(row.when, told) if told else 0
            if degree:
                agreeing.append((degree, number))
        best = max((degree for degree, _ in agreeing), default=0)
        for degree, number in agreeing:
            if degree == best:
                found.setdefault(number, row.id)
    return found


def _bounds(value: str) -> tuple[float, float] | None:
    when = read_date(value) if value else None
    return (when.start, when.end) if isinstance(when, When) else None


def _agreement(when: When, told: tuple[float, float]) -> int:
    """3: the same date; 2: an end of the row's date, or inside it; 1: the row is more precise; 0: another date."""
    start, end = told
    if (when.start, when.end) == told:
        return 3
    if when.start <= start and end <= when.end:
        return 2
    if when.open_start or when.open_end:
        return 2 if (when.start, when.end)[when.open_start] in told else 0
    return 1 if start <= when.start and when.end <= end else 0
