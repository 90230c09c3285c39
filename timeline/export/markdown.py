"""The chronology as Markdown (CommonMark), with the footnotes that most of its readers know (`[^1]`).

In: a Dataset, a Selection and a Look. Out: bytes, UTF-8. It must not know files, or how a chronology is put together.

Every sign of a text of the table that could mean something is written with a backslash, so the text stays text: no
markup, no link, no HTML. (GitHub alone makes links of mail addresses, whatever stands before their `@`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.export.chronology import chronology_of
from timeline.export.parts import Chronology, Cited, Entry, Note
from timeline.export.plain import stop
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset

# Signs with a meaning in CommonMark, in its extensions (tables, footnotes, mathematics, links without brackets) or in
# templates; and those that have one only in some places: at the beginning, doubled, or amid what looks like an address.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&@=$^]|^[-+:%]|(?<=\w)\.(?=\w)|:(?=\S)|--+|\+\++)")
_NUMBER = re.compile(r"^(\d+)([.)])")


def markdown_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """The format chronology-md."""
    chronology = chronology_of(dataset, selection, look)
    return Exported(to_markdown(chronology), chronology.left_out)


def to_markdown(chronology: Chronology) -> bytes:
    """The chronology as one text; an entry is a heading with paragraphs, the notes stand at the end."""
    return ("\n\n".join(_blocks(chronology)) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """`text` as Markdown that shows it as it is, also at the beginning of a line."""
    made = _SIGNS.sub(lambda found: "".join(f"\\{sign}" for sign in found.group()), text)
    return _NUMBER.sub(r"\1\\\2", made)


def _blocks(chronology: Chronology) -> Iterator[str]:
    yield f"# {escaped(chronology.title)}"
    yield "\n".join(f"- {name}: {escaped(text)}" for name, text in chronology.about)
    yield escaped(" ".join(chronology.accounting))
    yield f"*{escaped(chronology.remark)}*"
    if chronology.empty:
        yield escaped(chronology.empty)
    for section in chronology.sections:
        yield f"## {escaped(section.heading)}"
        for entry in section.entries:
            yield from _entry(entry)
    if chronology.documents:
        yield "## Documents"
        yield "\n".join(f"- {_cited(document)}" for document in chronology.documents)
    if chronology.notes:
        yield "## Notes"
        yield "\n".join(f"[^{note.number}]: {_note(note)}" for note in chronology.notes)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"### {escaped(f'{entry.when}: {entry.title}')}"
    if entry.dates:
        yield escaped(entry.dates)
    for account in entry.accounts:
        lead = f"**{escaped(account.lead)}:** " if account.lead else ""
        aside = f" ({escaped(account.aside)})" if account.aside else ""
        yield f"{lead}{escaped(account.text)}{aside}[^{account.note}]"
    if entry.facts:
        yield " · ".join(f"{name}: {escaped(text)}" for name, text in entry.facts)


def _note(note: Note) -> str:
    said = [escaped(note.reference)] * bool(note.reference) + [f"“{escaped(note.passage)}”"] * bool(note.passage)
    parts = [
        ": ".join(said) + note.stop if said else "",
        escaped(note.dated),
        _link("original", note.link),
        escaped(note.address),
    ]
    return " ".join(part for part in parts if part)


def _cited(document: Cited) -> str:
    said = f"{escaped(document.reference)}{stop(document.reference)}" if document.reference else ""
    link = _link(escaped(document.link), document.link) if document.link else escaped(document.address)
    return " ".join(part for part in (said, link) if part)


def _link(words: str, address: str | None) -> str:
    """A link: `links.safe` lets no address pass with spaces, quotes, angles or backslashes in it."""
    return f"[{words}](<{address.replace('&', '&amp;')}>)" if address else ""
