"""The chronology: the selected events in the order of their dates, with a numbered footnote for every mention.

In: a Dataset, a Selection and a Look. Out: a Chronology of plain text, in which every text of the table is one line
that any format can hold. It must not know formats, files or browsers: they only write down what stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from timeline.documents.links import original, safe
from timeline.documents.reference import listing, reference
from timeline.export.accounting import about, accounting, left_out
from timeline.export.parts import Account, Chronology, Cited, Entry, Note, Section
from timeline.export.plain import line, listed, stop
from timeline.export.rows import actors_of
from timeline.export.writing import CannotExport, Look
from timeline.query.matching import Selection, excerpt
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset
from timeline.table.days import from_days
from timeline.table.moment import year_words
from timeline.table.names import fold_search

MANY = 20
"""With more dated events than this, each year has a heading."""
_NEEDED = ["mention", "id", "event", "title", "summary", "status", "speaker", "document", "source", "locator",
           "passage", "url", "line", "start", "words", "precision"]  # fmt: skip
_TEXTS = ("title", "summary", "status", "speaker", "source")
_Row = Mapping[Any, Any]


def chronology_of(dataset: Dataset, selection: Selection, look: Look, most: int | None = None) -> Chronology:
    """The chronology of a selection. Raises CannotExport when it has more than `most` events."""
    if most is not None and len(selection.events) > most:
        raise CannotExport(
            f"A chronology of {len(selection.events):,} events is too long for this format (at most {most:,}): "
            "choose fewer events, or the format csv, which has no end."
        )
    told = _Telling(dataset, selection)
    sections = tuple(told.sections())
    with_years = told.dated > MANY
    return Chronology(
        title=line(f"Chronology of {dataset.name}"),
        about=about(dataset, selection, look),
        accounting=accounting(dataset, selection, told.undated, with_years),
        remark=NOTE,
        sections=sections,
        notes=tuple(told.notes),
        documents=told.documents(),
        empty="" if sections else "No event matches." if selection.total else "The table has no events.",
        left_out=left_out(dataset),
    )


def numbers_of(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """The numbers of each event's footnotes in a chronology of the same selection ("3", "69–77"), for the labels of a
    chart."""
    numbers = {}
    for section in _Telling(dataset, selection).sections():
        for entry in section.entries:
            ends = dict.fromkeys(str(account.note) for account in (*entry.accounts[:1], *entry.accounts[-1:]))
            numbers[entry.event] = "–".join(ends)
    return numbers


class _Telling:
    """The making of one chronology: the notes are numbered as the events come along."""

    def __init__(self, dataset: Dataset, selection: Selection) -> None:
        self.shelf: dict[str, dict[str, str]] = {
            str(row["id"]): {str(key): str(value) if key == "url" else line(str(value)) for key, value in row.items()}
            for row in dataset.documents.to_dict("records")
        }
        self.cast = actors_of(selection.rows)
        self.told = _by_event(selection.mentions[_NEEDED].to_dict("records"))
        self.events = selection.events
        self.dated = int(self.events["dated"].sum())
        self.undated = len(self.events) - self.dated
        self.notes: list[Note] = []
        self.cited: dict[str, None] = {}
        apart = self.events.index[self.events["disagree"].to_numpy(dtype=bool)].to_numpy()
        everyone = excerpt(dataset, apart).mentions[_NEEDED].to_dict("records") if len(apart) else []
        self.disagreeing = _by_event(everyone)

    def sections(self) -> Iterator[Section]:
        """By year where there are many, the undated ones last. The day of an open beginning is its last."""
        events = self.events
        start, end = events["start"].to_numpy(dtype=float), events["end"].to_numpy(dtype=float)
        day = np.where(np.isneginf(start), end - 1, start)
        undated = ~events["dated"].to_numpy(dtype=bool)
        order = np.lexsort((np.arange(len(day)), np.where(undated, 0, day), undated))
        columns = ["event", "title", "status", "category", "words", "dated", "disagree"]
        rows = events[columns].iloc[order].to_dict("records")
        heading, entries = "", list[Entry]()
        for row, at in zip(rows, day[order].tolist(), strict=True):
            own = "Undated" if not row["dated"] else "Events"
            if row["dated"] and self.dated > MANY:
                own = year_words(from_days(int(np.floor(at)))[0])
            if entries and own != heading:
                yield Section(heading, tuple(entries))
                entries = []
            heading = own
            entries.append(self.entry(row))
        if entries:
            yield Section(heading, tuple(entries))

    def entry(self, event: _Row) -> Entry:
        rows = self.told.get(event["event"], [])
        actors = dict.fromkeys(actor for row in rows for actor in self.cast.get(int(row["mention"]), ()))
        facts = (("Status", event["status"]), ("Category", event["category"]), ("Actors", "; ".join(map(line, actors))))
        words = str(event["words"])
        return Entry(
            when="Dates differ" if event["disagree"] else line(words[:1].upper() + words[1:]),
            title=line(event["title"]),
            dates=self.dates(event, rows),
            accounts=tuple(self.account(event, row, len(rows) > 1) for row in rows),
            facts=tuple((name, line(text)) for name, text in facts if text),
            event=str(event["event"]),
        )

    def dates(self, event: _Row, rows: list[_Row]) -> str:
        """Which date is whose, where they differ: of all documents, also those that the filters leave out."""
        if not event["disagree"]:
            ours = not event["dated"] or any(row["words"] == event["words"] for row in rows)
            return "" if ours else "This date is told by a mention that the filters leave out."
        chosen = {row["id"] for row in rows}  # an engine may number the mentions anew
        groups: dict[str, list[_Row]] = {}
        for row in sorted(self.disagreeing[event["event"]], key=lambda row: (not row["precision"], row["start"])):
            groups.setdefault(row["words"], []).append(row)
        names = [{self.who(row) for row in group} for group in groups.values()]
        exact = len(set().union(*names)) < sum(map(len, names))  # one source is on two sides: name the documents
        parts = []
        for words, group in groups.items():
            whose = list(dict.fromkeys(self.who(row, exact) for row in group))
            hidden = "" if any(row["id"] in chosen for row in group) else ", left out by the filters"
            parts.append(f"{words} ({listed(whose)}{hidden})")
        return line(f"Dated {'; '.join(parts)}.")

    def account(self, event: _Row, row: _Row, several: bool) -> Account:
        self.notes.append(self.note(event, row))
        title = f"{row['title']}{stop(row['title'])} " if row["title"] != line(event["title"]) else ""
        asides = [f"stated by {row['speaker']}"] if row["speaker"] else []
        asides += [f"status: {row['status']}"] if row["status"] != line(event["status"]) else []
        text = title + (row["summary"] or ("" if title else "The row has no summary."))
        return Account(
            line(self.who(row)) if several else "", line(text), line("; ".join(asides)), len(self.notes)
        )  # fmt: skip

    def note(self, event: _Row, row: _Row) -> Note:
        document, name = self.shelf.get(row["document"], {}), row["document"]
        if name:
            self.cited[name] = None
        known = document or {"source": row["source"]}
        url = row["url"] or document.get("url", "")
        link = original(url, row["locator"], row["passage"])
        dated = ""
        if event["disagree"] or row["words"] != event["words"]:
            dated = f"Dates it: {row['words']}." if row["precision"] else "Gives no date."
        said = reference(known, name, row["locator"])
        nameless = "" if url else f"Line {row['line']} of the table names no document"
        return Note(
            len(self.notes) + 1,
            line(said or nameless), line(row["passage"]), line(dated), link, "" if link else line(url),
        )  # fmt: skip

    def who(self, row: _Row, exact: bool = False) -> str:
        """Who says it: the source, else the document, else the line of the table; if need be, exactly."""
        document = self.shelf.get(row["document"], {})
        title = document.get("title") or row["document"]
        source = document.get("source") or row["source"]
        if exact and title:
            return reference(document, row["document"], row["locator"])
        return source or title or f"line {row['line']}"

    def documents(self) -> tuple[Cited, ...]:
        made = []
        for name in self.cited:
            document = self.shelf.get(name, {})
            url = document.get("url", "")
            said, link = line(listing(document, name)), safe(url)
            made.append((fold_search(said or url), Cited(said, link, "" if link else line(url))))
        return tuple(cited for _, cited in sorted(made, key=lambda pair: (pair[0], pair[1].link or "")))


def _by_event(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    """The rows of each event. Each text is made fit before it is joined with others, which it could turn."""
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row["event"], []).append({**row, **{name: line(row[name]) for name in _TEXTS}})
    return found
