"""Citing: every citation of a dataset, proved or not.

In: a Dataset and a Library. Out: a CitationReport: one Citation for each mention, the Problems, and the
counts. It must not know the page, nor how a problem is shown.

In a curated table a passage that is missing or ambiguous is an error. In a stranger's table it is a warning:
its author never promised that the words are verbatim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.documents.kinds import kind_of
from timeline.documents.passages import Citation, resolve
from timeline.documents.texts import Library, Text, Unavailable
from timeline.table.problems import Problem, Severity, make, quote

if TYPE_CHECKING:
    from timeline.table.dataset import Dataset

KINDS = ("exact", "folded", "fuzzy", "ambiguous", "missing", "no text")
_DOCUMENTS = "documents.csv"
_READABLE = "Save it as plain text in UTF-8"
_COPY = "Put a copy there that can be read, or its plain text in UTF-8"
_CODE_OF_WHY = {"missing": "document-missing", "refused": "document-path", "too-large": "document-too-large"}


@dataclass(frozen=True)
class CitationReport:
    """What became of the citations: one for each mention, in the order of the mentions; counts by kind, all
    kinds."""

    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    file: str
    sha256: str
    text: Text | Unavailable
    changed: bool


def check(dataset: Dataset, library: Library) -> CitationReport:
    """Resolve every citation. Without a folder of documents all are `no text`, and one note says so."""
    documents = _documents(dataset, library)
    citations: list[Citation] = []
    problems: list[Problem] = []
    untold: Counter[str] = Counter()
    columns = ("line", "id", "document", "locator", "passage")
    for line, name, document, locator, passage in zip(
        *(dataset.mentions[column].tolist() for column in columns), strict=True
    ):
        cited = documents.get(document)
        if cited is None:
            citation = Citation("no text", note="The row cites no document of the table.")
        else:
            citation = resolve(cited.text, locator, passage)
        citations.append(citation)
        place = (dataset.name, int(line), str(name))
        if citation.kind == "no text":
            if cited is None or isinstance(cited.text, Text) or not cited.file:
                untold[citation.note] += 1
        elif cited is not None:
            problems += _findings(citation, cited, place, locator, passage, dataset.curated)
    rows = Counter(dataset.mentions["document"].tolist())
    problems += _of_documents(documents, rows)
    problems += _untold(dataset, library, untold, len(citations))
    counts: Counter[str] = Counter(citation.kind for citation in citations)
    return CitationReport(tuple(citations), tuple(problems), {kind: counts.get(kind, 0) for kind in KINDS})


def summary(counts: Mapping[str, int]) -> str:
    """`74 citations: 71 exact, 3 folded`; kinds that do not occur are left out."""
    total = sum(counts.values())
    kinds = ", ".join(f"{counts[kind]:,} {kind}" for kind in KINDS if counts.get(kind))
    return f"{total:,} citation{'' if total == 1 else 's'}" + (f": {kinds}" if kinds else "")


def _documents(dataset: Dataset, library: Library) -> dict[str, _Document]:
    found: dict[str, _Document] = {}
    columns = ("id", "file", "sha256")
    for name, file, sha256 in zip(*(dataset.documents[column].tolist() for column in columns), strict=True):
        if not file:
            text: Text | Unavailable = Unavailable("documents.csv names no file for this document.", "no-folder")
        else:
            text = library.text(file)
        wanted = sha256.strip().casefold()
        changed = bool(wanted) and isinstance(text, Text) and text.sha256 != wanted
        found.setdefault(name, _Document(name, file, wanted, text, changed))
    return found


def _of_documents(documents: Mapping[str, _Document], rows: Mapping[str, int]) -> list[Problem]:
    """What is wrong with the documents' files: said once for each document, with the number of rows that cite
    it."""
    problems = []
    for document in documents.values():
        number = rows.get(document.id, 0)
        cite = "1 row cites it" if number == 1 else f"{number:,} rows cite it"
        if document.changed:
            problems.append(
                make(
                    "document-changed",
                    _DOCUMENTS,
                    None,
                    f"the text of {quote(document.id)} is not the one cited: its sha256 differs; {cite}",
                    "Look at its citations again, then write the new sha256",
                    column="sha256",
                    id=document.id,
                    value=document.sha256,
                )
            )
        if isinstance(document.text, Text) or document.text.why == "no-folder":
            continue
        fixes = {
            "missing": "Put the file there, or correct its name",
            "refused": "Write a name relative to the folder of documents, such as 'report.txt'",
        }
        reason = document.text.reason.removesuffix(".")
        problems.append(
            make(
                _CODE_OF_WHY.get(document.text.why, "document-unreadable"),
                _DOCUMENTS,
                None,
                f"{quote(document.file)}: {reason[0].lower()}{reason[1:]}; {cite}",
                fixes.get(document.text.why, _READABLE if kind_of(document.file) == "plain" else _COPY),
                column="file",
                id=document.id,
                value=document.file,
            )
        )
    return problems


def _findings(
    citation: Citation,
    document: _Document,
    place: tuple[str, int, str],
    locator: str,
    passage: str,
    curated: bool,
) -> list[Problem]:
    """What is to be said of one citation whose text is there; nothing when it is as it should be."""
    file, line, name = place
    note = citation.note.removesuffix(".")
    note = f"{note[:1].lower()}{note[1:]}"
    words, whose = quote(passage), quote(document.id)
    changed = f"; the text of {whose} has changed since it was cited" if document.changed else ""

    def finding(code: str, reason: str, fix: str, column: str, value: str, weight: Severity | None) -> Problem:
        return make(code, file, line, reason, fix, column=column, id=name, value=value, severity=weight)

    weight: Severity | None = None if curated else "warning"
    if citation.kind == "missing":
        reason = f"{words} does not stand in {whose}{changed}; {note}"
        fix = "Copy the words from the document, or correct the document's id"
        return [finding("passage-missing", reason, fix, "passage", passage, weight)]
    if citation.kind == "ambiguous":
        reason = f"{words} does not tell one place of {whose} from another{changed}; {note}"
        fix = "Quote more words" if locator else "Add a locator, or quote more words"
        return [finding("passage-ambiguous", reason, fix, "passage", passage, weight)]
    found = []
    if citation.kind == "fuzzy":
        score = f"{citation.score:.2f}" if citation.score is not None else "?"
        reason = f"{words} stands in {whose} in a similar form only (score {score}){changed}; {note}"
        fix = "Copy the words from the document"
        found.append(finding("passage-fuzzy", reason, fix, "passage", passage, None))
    if citation.elsewhere:
        pages = isinstance(document.text, Text) and document.text.pages
        here = f"{'p.' if pages else 'para.'} {citation.paragraph}"
        found.append(finding("passage-elsewhere", note, f"Write '{here}'", "locator", locator, None))
    return found


def _untold(dataset: Dataset, library: Library, untold: Mapping[str, int], rows: int) -> list[Problem]:
    """Rows that could not be compared, in one note for each reason; one note in all when there is no
    folder."""
    if not rows:
        return []
    if library.directory is None:
        cited = sum(1 for passage in dataset.mentions["passage"].tolist() if passage)
        if not cited and not dataset.curated:  # a stranger's table without passages has nothing to prove
            return []
        reason = f"{rows:,} citation{' was' if rows == 1 else 's were'} not compared with the documents' texts"
        return [make("no-text", dataset.name, None, reason, "Give their folder: --documents DIR")]
    reasons = [
        f"{number:,} row{'' if number == 1 else 's'} not compared: {why[0].lower()}{why[1:]}"
        for why, number in untold.items()
    ]
    return [make("no-text", dataset.name, None, reason) for reason in reasons]
