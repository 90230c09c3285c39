"""Proving: all that the documents' texts can say about a table, in one pass.

In: a Dataset and a Library. Out: a Proof: what became of every citation, whether every passage bears its row's
date, which dates no row cites, what was copied, and the Problems. It must not know how a problem is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.documents.bearing import VERDICTS, Bearing, bear, explained
from timeline.documents.citing import CitationReport, check
from timeline.documents.copying import RUN, copied
from timeline.documents.coverage import uncovered
from timeline.documents.finding import Candidate, find
from timeline.documents.texts import Library, Text
from timeline.table.problems import Problem, Severity, make, quote
from timeline.table.schema import NOTE
from timeline.table.when import When, read_date

if TYPE_CHECKING:
    from timeline.table.dataset import Dataset

_WRITTEN = ("title", "summary")


@dataclass(frozen=True)
class Proof:
    """`bearings` run in parallel with the mentions, None where nothing could be compared (undated, or the
    passage was not found); `uncovered` are the dates that no row cites, by the id of each document that could be
    read; `problems` include those of the citations."""

    citations: CitationReport
    bearings: tuple[Bearing | None, ...]
    uncovered: dict[str, tuple[Candidate, ...]]
    problems: tuple[Problem, ...]

    @property
    def dates(self) -> dict[str, int]:
        """How many rows' dates have which verdict, all verdicts."""
        counts = Counter(one.verdict for one in self.bearings if one is not None)
        return {verdict: counts.get(verdict, 0) for verdict in VERDICTS}


@dataclass(frozen=True, slots=True)
class _Opened:
    text: Text
    published: When | None
    candidates: tuple[Candidate, ...]


@lru_cache(maxsize=64)
def dates_in(text: Text, published: When | None, language: str) -> tuple[Candidate, ...]:
    """The dates of a document, found once: a Text is the same as long as its file is."""
    return tuple(find(text.paragraphs, published, pages=text.pages, language=language))


def prove(dataset: Dataset, library: Library, progress: Callable[[str, int, int], None] | None = None) -> Proof:
    """Compare every row with its document's text. Without texts there is nothing but the report of
    citations. Time grows with the length of the texts and the number of rows. `progress` is told the name of each
    file before it is read, how many were read, and of how many."""
    with library.holding():
        if progress is not None and library.directory is not None:
            files = [file for file in dict.fromkeys(dataset.documents["file"].tolist()) if file]
            for number, file in enumerate(files):
                progress(file, number, len(files))
                library.text(file)
            progress("", len(files), len(files))
        return _prove(dataset, library)


def _prove(dataset: Dataset, library: Library) -> Proof:
    citations = check(dataset, library)
    opened = _opened(dataset, library)
    mentions = dataset.mentions
    bearings: list[Bearing | None] = [None] * len(mentions)
    mine: dict[str, list[int]] = {id: [] for id in opened}
    dated = zip(mentions["edtf"].tolist(), mentions["document"].tolist(), strict=True) if opened else ()
    for row, (edtf, document) in enumerate(dated):
        cited = opened.get(document)
        if cited is None:
            continue
        mine[document].append(row)
        when = read_date(edtf) if edtf else None
        if isinstance(when, When):
            citation, pages = citations.citations[row], cited.text.pages
            bearings[row] = bear(when, citation, cited.candidates, cited.published, pages=pages)
    missed = {
        id: tuple(uncovered(one.candidates, (citations.citations[row] for row in mine[id])))
        for id, one in opened.items()
    }
    problems = (*citations.problems, *_differing(dataset, bearings, opened), *_copied(dataset, opened))
    return Proof(citations, tuple(bearings), missed, problems)


def _opened(dataset: Dataset, library: Library) -> dict[str, _Opened]:
    found: dict[str, _Opened] = {}
    columns = ("id", "file", "published", "language")
    for id, file, published, language in zip(*(dataset.documents[name].tolist() for name in columns), strict=True):
        text = library.text(file) if file and library.directory is not None else None
        if isinstance(text, Text) and id not in found:
            when = read_date(published) if published else None
            appeared = when if isinstance(when, When) else None
            found[id] = _Opened(text, appeared, dates_in(text, appeared, language))
    return found


def _differing(dataset: Dataset, bearings: list[Bearing | None], opened: Mapping[str, _Opened]) -> list[Problem]:
    """A warning (in a stranger's table a note) for each date that its passage does not bear and its row does not
    explain."""
    if not opened:
        return []
    mentions = dataset.mentions
    notes = mentions[f"extra:{NOTE}"].tolist() if NOTE in dataset.extras else [""] * len(mentions)
    columns = ("line", "id", "edtf", "summary", "document", "words")
    rows = zip(*(mentions[name].tolist() for name in columns), notes, bearings, strict=True)
    weight: Severity | None = None if dataset.curated else "note"
    problems = []
    for line, own, edtf, summary, document, words, note, bearing in rows:
        if bearing is None or bearing.verdict != "differs":
            continue
        when = read_date(edtf)
        if isinstance(when, When) and explained(when, summary, note, opened[document].published):
            continue
        tells = f"tells {quote(bearing.quote)} ({bearing.value})" if bearing.quote else "tells no date"
        reason = f"the date is {words}, but the passage {tells}, and nothing near it tells the row's date"
        fix = "Correct the date, cite the words that tell it, or say in a note why it is right"
        make_one = make(
            "date-differs", dataset.name, line, reason, fix, column="date", id=own, value=edtf, severity=weight
        )
        problems.append(make_one)
    return problems


def _copied(dataset: Dataset, opened: Mapping[str, _Opened]) -> list[Problem]:
    """A warning for each title, summary or note of a curated table that holds a document's words in a row."""
    if not dataset.curated or not opened:
        return []
    mentions = dataset.mentions
    columns = [*_WRITTEN, *([f"extra:{NOTE}"] if NOTE in dataset.extras else [])]
    cells = [(row, name, cell) for name in columns for row, cell in enumerate(mentions[name].tolist())]
    texts = {id: one.text.paragraphs for id, one in opened.items()}
    lines, ids = mentions["line"].tolist(), mentions["id"].tolist()
    problems = []
    for one in copied((cell for *_, cell in cells), texts, dataset.documents["title"].tolist()):
        row, name, cell = cells[one.cell]
        unit = "p." if opened[one.document].text.pages else "para."
        where = f"{quote(one.document)}, {unit} {one.paragraph}"
        reason = f"{RUN} words in a row are those of {where}: {quote(one.words, 120)}"
        fix = "Say it in words of your own; the passage cites the document"
        column = name.removeprefix("extra:")
        problems.append(
            make("copied-words", dataset.name, lines[row], reason, fix, column=column, id=ids[row], value=cell)
        )
    return problems
