"""The parts of a chronology: sections of entries with accounts, notes, and the documents cited.

In: plain text, each in one line. Out: what every format of the chronology writes down, and nothing else. It must not
know tables, formats or how the text came together.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline.export.plain import stop


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the document and the place in it, the `passage` as stored ("" if none), how this mention dates the
    event if not as the entry does, a `link` to the original, or the `address` that cannot become one."""

    number: int
    reference: str
    passage: str
    dated: str
    link: str | None
    address: str

    @property
    def stop(self) -> str:
        """What ends document and passage: a full stop, unless the last of the two brings its own."""
        return stop(self.passage or self.reference)


@dataclass(frozen=True, slots=True)
class Account:
    """What one mention says: `lead` names who says it where several do, `aside` the speaker, and what differs."""

    lead: str
    text: str
    aside: str
    note: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, `event` its slug. `dates` is a sentence where the documents disagree or the date is not one of those
    listed, else ""."""

    when: str
    title: str
    dates: str
    accounts: tuple[Account, ...]
    facts: tuple[tuple[str, str], ...]
    event: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Events under one heading: a year, all, or the undated ones."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A document of the bibliography."""

    reference: str
    link: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Chronology:
    """All that a format writes down, in this order. `left_out` are sentences about what no format says."""

    title: str
    about: tuple[tuple[str, str], ...]
    accounting: tuple[str, ...]
    remark: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    documents: tuple[Cited, ...]
    empty: str
    left_out: tuple[str, ...]
