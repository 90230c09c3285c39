"""What is wrong with the data, as data: one Problem a finding, one table of codes for the whole project.

In: where and what (file, line, column, id, value, reason, fix). Out: Problems, and their sentence for people
and dictionary for machines. Must not know: who finds problems, or how they are shown.

A code never changes once released. `CODES` gives each code its severity, so that the same finding weighs the
same everywhere; the few findings that weigh less in a stranger's table pass `severity` to `make`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from timeline.table.limits import VALUE_CHARACTERS

Severity = Literal["error", "warning", "note"]

CODES: dict[str, tuple[Severity, str]] = {
    # the file
    "cannot-read": ("error", "the file cannot be read at all: not there, a folder, not permitted"),
    "file-too-large": ("error", "the file is larger than the limit and was not read"),
    "not-csv": (
        "error",
        "the file is a spreadsheet, an archive, a PDF, a web page ... under the name of a table",
    ),
    "not-utf8": ("error", "the bytes are not UTF-8; the encoding they look like is named, never guessed"),
    "wrong-encoding": ("error", "the bytes are not in the encoding that was asked for"),
    "bom": ("note", "a byte order mark at the start was left out"),
    "read-as": ("note", "the file was read in the encoding that was asked for"),
    "separator": ("note", "the cells are separated by something else than a comma"),
    "line-ends": ("note", "the lines end with CR alone, as on old Macs"),
    "no-header": ("error", "the file is empty or holds no header"),
    "no-rows": ("note", "there is a header and no row"),
    "too-many-columns": ("error", "the header has more columns than the limit"),
    "missing-table": ("warning", "actors.csv is missing beside a curated table"),
    "table-unused": (
        "note",
        "a documents.csv beside the table is not used, for the table lacks the columns to cite it",
    ),
    # the header
    "missing-column": ("error", "columns that must be there are not; all are named at once"),
    "unknown-column": ("warning", "a column that the schema does not know; it is kept and shown"),
    "extra-columns": ("note", "columns beyond those that were understood are kept and shown"),
    "duplicate-column": ("error", "two columns have the same name; the first is read"),
    "header-repaired": ("note", "a column's name was read in spite of its case or spaces"),
    "header-mapped": ("note", "columns were understood by other names than ours"),
    # the row
    "row-too-long": ("error", "a row has more cells than the header"),
    "row-too-short": ("error", "a row has fewer cells than the header"),
    "unclosed-quote": ("error", "a quotation mark opens a cell and none closes it"),
    "stray-quote": ("error", "a quotation mark stands inside a quoted cell and is not doubled"),
    "empty-row": ("note", "empty rows were skipped"),
    # any cell
    "cell-too-long": ("error", "a cell is longer than the limit"),
    "nul": ("error", "a cell holds a NUL character"),
    "empty": ("error", "a cell that must be filled is empty"),
    "control-character": (
        "warning",
        "a cell holds invisible control characters or changes the direction of text",
    ),
    "mojibake": ("warning", "a cell was decoded wrongly before it came here, or lost a character"),
    "trimmed": ("note", "spaces at the ends of cells were left out"),
    "unguarded": ("note", "an apostrophe that guards a cell against formulas was taken off"),
    "formula-like": ("note", "a spreadsheet program would take the cell for a formula"),
    # ids, titles, words from a list
    "duplicate-id": ("error", "an id is used by more than one row"),
    "malformed-id": ("error", "an id is no slug (a-z, 0-9 and -, at most 80)"),
    "malformed-event": ("error", "an event's name is no slug (a-z, 0-9 and -, at most 80)"),
    "id-made": ("note", "ids were made into slugs"),
    "same-event": ("note", "rows with the same id, or alike in date and title, are mentions of one event"),
    "near-twin": (
        "warning",
        "two names differ only in case, accents, punctuation, look-alike letters or transliteration",
    ),
    "title-long": ("warning", "a title is longer than 90 characters"),
    "unknown-document": ("error", "a document that documents.csv does not hold"),
    "unknown-actor": ("error", "an actor that actors.csv does not hold"),
    "unknown-speaker": ("error", "a speaker that actors.csv does not hold"),
    "unknown-category": ("error", "a category that is not in the vocabulary"),
    "unknown-status": ("error", "a status that is not in the vocabulary"),
    "unknown-kind": ("warning", "a kind of document or actor that is not in the vocabulary"),
    "empty-part": ("warning", "a list of actors has an empty part"),
    "repeated-actor": ("warning", "an actor stands twice in one cell"),
    "alias-used": ("note", "an actor was found by an alias"),
    "actors-split": ("note", "how the cells of actors were split"),
    "unknown-part-of": ("error", "an actor is part of one that actors.csv does not hold"),
    "part-of-cycle": ("error", "actors are part of each other in a circle"),
    "alias-clash": ("error", "an alias is another actor's name or alias"),
    "url": ("warning", "an address that cannot be a link: only http and https become links"),
    "malformed-sha256": ("warning", "a sha256 is not 64 hexadecimal digits"),
    # dates
    "date-impossible": ("error", "a day, month or time that no calendar has"),
    "date-ambiguous": ("error", "a date that can be read in two ways"),
    "date-reversed": ("error", "a range that ends before it starts"),
    "date-relative": ("error", "a date that depends on the day of writing"),
    "date-out-of-range": ("error", "a date outside the years -9999 to 9999"),
    "date-excel-serial": ("error", "a spreadsheet's day number in the place of a date"),
    "date-unreadable": ("error", "a date that cannot be read"),
    "date-too-long": ("error", "a text too long to be a date"),
    "date-digits": ("error", "digits of another script in a date"),
    "date-2012": ("note", "a spelling of the EDTF draft of 2012; the one of 2019 is given"),
    "date-order": ("note", "day and month could be told apart, so the date was read"),
    "date-note": ("note", "how a date was understood"),
    "date-span": ("warning", "a date that spans centuries"),
    "disagreement": ("note", "mentions of one event give dates that have no moment in common"),
    "planned-past": ("warning", "a row is planned, and its date lies before its document appeared"),
    "reported-ahead": ("warning", "a row is reported or contested, and its date lies after its document appeared"),
    "date-differs": (
        "warning",
        "neither the passage nor what stands nearby tells the row's date, and no note says why",
    ),
    # citations
    "locator-unreadable": ("error", "a locator is neither 'para. N' nor 'p. N'"),
    "passage-shape": ("error", "a passage is not 'first words … last words'"),
    "passage-ellipsis": ("note", "three dots or brackets were read as the ellipsis of a passage"),
    "passage-too-short": ("error", "a passage of under 3 words proves nothing"),
    "passage-too-long": ("error", "a passage quotes more than 8 words at an end"),
    "passage-missing": ("error", "a passage does not stand in its document"),
    "passage-ambiguous": ("error", "a passage stands in several places of its document"),
    "passage-fuzzy": ("warning", "a passage stands in its document in a similar form only"),
    "passage-elsewhere": ("warning", "a passage stands in another place than its locator says"),
    "copied-words": ("warning", "nine or more words in a row are those of a document"),
    "no-text": ("note", "citations could not be checked, for the document's text is not there"),
    "document-missing": ("warning", "a document's file is not in the folder of documents"),
    "document-changed": ("warning", "a document's text is not the one that was cited: its sha256 differs"),
    "document-path": ("error", "a document's file lies outside the folder of documents"),
    "document-unreadable": ("warning", "a document's file cannot be read as text"),
    "document-too-large": ("warning", "a document's file is larger than the limit"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `line` is the 1-based line on which the record starts, as an editor counts; None for a
    whole file."""

    severity: Severity
    code: str
    file: str
    line: int | None
    column: str | None
    id: str | None
    value: str | None
    reason: str
    fix: str

    def sentence(self) -> str:
        """The finding in one line for people: where, what, why, what to do, and the code."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        whose = " ".join(clip(part, 80) for part in (self.id, self.column) if part)
        text = f"{place}{' ' + whose if whose else ''}: {one_line(self.reason)}"
        text += "" if text.endswith((".", "?", "!")) else "."
        fix = one_line(self.fix)
        if fix:
            text += f" {fix}" + ("" if fix.endswith((".", "?", "!")) else ".")
        return f"{text} [{self.code}]"

    def as_dict(self) -> dict[str, Any]:
        """The finding for machines, with the keys and their order of `timeline check --json`."""
        return asdict(self)


def make(
    code: str,
    file: str,
    line: int | None,
    reason: str,
    fix: str = "",
    *,
    column: str | None = None,
    id: str | None = None,
    value: str | None = None,
    severity: Severity | None = None,
) -> Problem:
    """A Problem whose severity comes from `CODES`, with value and id clipped and their controls made
    visible."""
    return Problem(
        severity or CODES[code][0],
        code,
        printable(file),
        line,
        None if column is None else clip(column, 80),
        None if not id else clip(id, 80),
        None if value is None else clip(value),
        printable(reason),
        printable(fix),
    )


def clip(value: str, length: int = VALUE_CHARACTERS) -> str:
    """At most `length` characters of `value`, with an ellipsis when cut and controls shown (`␀`,
    `\\u202e`)."""
    cut = value if len(value) <= length else value[: length - 1] + "…"
    return printable(cut)


def quote(value: str, length: int = VALUE_CHARACTERS) -> str:
    """The clipped value in single quotation marks, for use inside a reason."""
    return f"'{clip(value, length)}'"


def printable(text: str) -> str:
    """`text` on which no terminal, log or JSON writer stumbles: controls and surrogates are spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def one_line(text: str) -> str:
    """`text` with every run of white space made one space."""
    return " ".join(text.split())


def in_order(problems: Iterable[Problem], files: tuple[str, ...], columns: tuple[str, ...]) -> tuple[Problem, ...]:
    """The problems as an editor meets them: by file, line, then column of the header; those of a whole file
    first."""
    rank = {name: number for number, name in enumerate(files)}
    place: dict[str, int] = {}
    for number, name in enumerate(columns):
        place.setdefault(name, number)
    return tuple(
        sorted(
            problems,
            key=lambda p: (rank.get(p.file, len(rank)), p.line or 0, place.get(p.column or "", -1)),
        )
    )


def _visible(character: str) -> str:
    number = ord(character)
    if number < 0x20:
        return chr(0x2400 + number)
    if number == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or number & 0xFFFE == 0xFFFE:
        # the joiners and variation of emoji are part of what people write; spelling them out would break them
        return character if character in "\u200c\u200d\u00ad" else f"\\u{number:04x}"
    return character
