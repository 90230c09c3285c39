"""A seat: one curator at the desk, and everything that the curator changes.

In: a Desk, a name, what is asked. Out: plain data; the table, its journal and the tables beside it are changed. It must not
know the page or the wire, nor how bytes are written.

A row is saved only while the checks find no error in it. Each change is one step that can be undone, also tomorrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from timeline.curating import telling
from timeline.curating.adding import actor_problems, document_problems
from timeline.curating.desk import Desk
from timeline.curating.journal import Decision, Journal, Step
from timeline.curating.offers import ACCEPTED
from timeline.curating.presence import Presence
from timeline.curating.refusals import Refused
from timeline.curating.snapshot import EVENTS, Snapshot
from timeline.table.names import slug, unique
from timeline.table.problems import clip
from timeline.table.saving import CannotSave, Change, Conflict, Put, Remove, Saved, save

Row = Mapping[str, str]
DECISIONS = ("skipped", "rejected", "open")
_DRAFTS = 500
_MOST = 200  # rows that are changed in one step


class Seat:
    """One curator. Safe to share between threads: the Desk's lock holds all of it."""

    def __init__(self, desk: Desk, who: str) -> None:
        self.desk, self.who = desk, who
        self.journal = Journal(desk.opened.path, who)
        self.presence = Presence(desk.opened.path, who)

    def state(self) -> dict[str, Any]:
        """What the desk tells everybody, and what concerns this curator."""
        with self.desk.lock:
            told = self.desk.state(self.journal)
            undo, redo = self.journal.undo(), self.journal.redo()
            notices = [*self.journal.notices, *self.presence.notices]
            return told | {
                "who": self.who,
                "others": [{"who": other.who, "since": other.since} for other in self.presence.others()],
                "undo": {"label": undo.label} if undo else None,
                "redo": {"label": redo.label} if redo else None,
                "notices": told["notices"] + [{"text": text, "kept": ""} for text in notices],
            }

    def document(self, id: str) -> dict[str, Any]:
        """As `Desk.document`."""
        return self.desk.document(id, self.journal)

    def form(
        self, document: str, candidate: str | None, ends: tuple[tuple[int, int], tuple[int, int]] | None
    ) -> dict[str, Any]:
        """As `Desk.form`."""
        return self.desk.form(document, candidate, ends, self.journal)

    def accept(self, row: Row, candidate: str | None, same_as: Sequence[str]) -> dict[str, Any]:
        """Save a new row, as the same event as the rows `same_as`. Raises Refused."""
        with self.desk.lock:
            now = self.desk.opened.now()
            cells = self.desk.filled(now, row, None)
            grouped: list[Change] = []
            if same_as:
                event, grouped = self._one_event(now, same_as, cells["event"], cells["title"])
                cells["event"] = event
            self._checked(now, cells, None)
            decisions: list[Decision] = []
            if candidate is not None:
                self._offer(cells["document"], candidate)
                decisions.append((cells["document"], candidate, f"{ACCEPTED}{cells['id']}"))
            label = f"Add “{clip(cells['title'], 50)}”"
            told = self._save(now, [Put(cells["id"], cells), *grouped], label, decisions)
            if candidate is not None:
                self.journal.draft(candidate, None)
            return {"saved": cells["id"], **told}

    def edit(self, id: str, row: Row, before: Row) -> dict[str, Any]:
        """Save other cells for a row that reads as `before`. Raises Refused."""
        with self.desk.lock:
            now = self.desk.opened.now()
            cells = self.desk.filled(now, row, id)
            self._checked(now, cells, id)
            was = {name: cell for name, cell in before.items() if name in now.columns}
            label = f"Change “{clip(cells['title'], 50)}”"
            told = self._save(now, [Put(id, cells, was)], label)
            self.journal.draft(f"row:{id}", None)
            return {"saved": cells["id"], **told}

    def remove(self, id: str, before: Row | None = None) -> dict[str, Any]:
        """Take a row out of the table. Raises Refused."""
        with self.desk.lock:
            now = self.desk.opened.now()
            was = self._row(now, id)
            if before is not None:
                was |= {name: cell for name, cell in before.items() if name in now.columns}
            return {"saved": id, **self._save(now, [Remove(id, was)], f"Remove “{clip(was['title'], 50)}”")}

    def group(self, ids: Sequence[str], event: str | None) -> dict[str, Any]:
        """Give rows one event: `event`, or with None one that they or a title of theirs name; "" takes them out of
        any. Raises Refused."""
        with self.desk.lock:
            now = self.desk.opened.now()
            if not ids or (event is None and len(ids) < 2):
                raise Refused("wrong", "Choose at least two rows to make them one event.")
            if event:
                changes = [one for id in ids if (one := self._put_event(now, id, event)) is not None]
            elif event == "":
                changes = [one for id in ids if (one := self._put_event(now, id, "")) is not None]
            else:
                event, changes = self._one_event(now, ids, "", "")
            label = f"Make {len(ids)} rows one event" if event else f"Take {len(ids)} row{'s' * (len(ids) > 1)} out of an event"
            told = self._save(now, changes, label) if changes else {"state": self.state()}
            return {"saved": ids[0], "event": event, **told}

    def decide(self, document: str, candidate: str, decision: str) -> dict[str, Any]:
        """Skip a candidate, reject it, or open it again. Raises Refused."""
        with self.desk.lock:
            if decision not in DECISIONS:
                raise Refused("wrong", f"A candidate is {', '.join(DECISIONS)}, or accepted with a row.")
            quote = self._offer(document, candidate)
            verb = {"skipped": "Skip", "rejected": "Reject", "open": "Open"}[decision]
            self.journal.decide(document, candidate, decision, f"{verb} “{clip(quote, 50)}”")
            return {"state": self.state()}

    def undo(self) -> dict[str, Any]:
        """Take back the last step of this curator. Raises Refused."""
        return self._take(self.journal.undo, "There is nothing to undo.")

    def redo(self) -> dict[str, Any]:
        """Do again what was taken back last. Raises Refused."""
        return self._take(self.journal.redo, "There is nothing to redo.")

    def draft(self, key: str, row: Row | None) -> dict[str, Any]:
        """Keep a form that is not finished; None forgets it. Raises Refused."""
        with self.desk.lock:
            if row is not None:
                unknown = [name for name in row if name not in self.desk.opened.now().columns]
                if unknown:
                    raise Refused("wrong", f"The table has no column {clip(unknown[0])!r}.")
                if len(self.journal.drafts()) >= _DRAFTS and key not in self.journal.drafts():
                    raise Refused("cannot", f"{_DRAFTS} drafts are kept; save or drop some first.")
            self.journal.draft(key, row)
            return {}

    def add_document(self, cells: Row) -> dict[str, Any]:
        """Add a row to documents.csv, so that rows can cite it. Raises Refused."""
        with self.desk.lock:
            now = self.desk.opened.now()
            self._refuse(document_problems(now, cells), "The document was not added: ")
            self._save_beside(self.desk.opened.documents, Put(cells["id"], dict(cells)))
            return {"saved": cells["id"], "state": self.state()}

    def add_actor(self, cells: Row) -> dict[str, Any]:
        """Add a row to actors.csv, so that rows can name the actor. Raises Refused."""
        with self.desk.lock:
            now = self.desk.opened.now()
            self._refuse(actor_problems(now, cells), "The actor was not added: ")
            self._save_beside(self.desk.opened.actors, Put(cells["name"], dict(cells)))
            return {"saved": cells["name"], "state": self.state()}

    def _take(self, next_step: Callable[[], Step | None], nothing: str) -> dict[str, Any]:
        with self.desk.lock:
            now = self.desk.opened.now()
            step = next_step()
            if step is None:
                raise Refused("wrong", nothing)
            row = next(iter(step.ids), "")
            position = now.place.get(row)
            if step.changes:
                self._guarded(lambda: self.journal.take(step, seen=now.sha256(EVENTS)))
                now = self.desk.opened.again()
            else:
                self.journal.settle(step)
            document = step.decisions[0][0] if step.decisions else ""
            if not document:
                after = now.row(row) or {}
                was = self.desk.opened.now().dataset.mentions["document"]
                document = after.get("document", "") or (str(was.iloc[position]) if position is not None and position < len(was) else "")
            return {"label": step.label, "document": document, "row": row if row in now.place else "", "state": self.state()}

    def _save(
        self, now: Snapshot, changes: Sequence[Change], label: str, decisions: Sequence[Decision] = ()
    ) -> dict[str, Any]:
        saved = self._guarded(
            lambda: self.journal.carry_out(changes, label, seen=now.sha256(EVENTS), decisions=decisions)
        )
        self.desk.opened.again()
        return {"others_changed": saved.others, "state": self.state()}

    def _save_beside(self, path: Any, put: Put) -> None:
        self._guarded(lambda: save(path, [put]))
        self.desk.opened.again()

    def _guarded(self, work: Callable[[], Saved]) -> Saved:
        try:
            return work()
        except Conflict as conflict:
            self.desk.opened.again()
            kept = conflict.kept.name if conflict.kept else ""
            more = {"mine": _plain(conflict.mine), "theirs": _plain(conflict.theirs), "kept": kept}
            raise Refused("clash", str(conflict), more) from None
        except CannotSave as error:
            raise Refused("cannot", str(error)) from None

    def _checked(self, now: Snapshot, cells: Row, own: str | None) -> None:
        """Refuse a row that has errors."""
        self._refuse(self.desk.seen(now, cells, own).errors, "The row was not saved: ")

    def _refuse(self, problems: Iterable[Any], opening: str) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors:
            first = errors[0].reason.rstrip(".")
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            lines = [telling.problem_line(problem) for problem in errors]
            raise Refused("invalid", f"{opening}{first}{more}.", {"problems": lines})

    def _offer(self, document: str, candidate: str) -> str:
        """The words of a candidate. Raises Refused where the document has no such."""
        _, offered = self.desk.offers_of(document, self.journal)
        found = next((offer for offer in offered if offer.id == candidate), None)
        if found is None:
            raise Refused("unknown", "The document has no such candidate any more. Open it again.")
        return found.candidate.quote

    def _row(self, now: Snapshot, id: str) -> dict[str, str]:
        row = now.row(id)
        if row is None:
            raise Refused("unknown", f"The table has no row {clip(id)!r} any more.")
        return row

    def _put_event(self, now: Snapshot, id: str, event: str) -> Put | None:
        row = self._row(now, id)
        return None if row["event"] == event else Put(id, {"event": event}, row)

    def _one_event(self, now: Snapshot, ids: Sequence[str], wanted: str, title: str) -> tuple[str, list[Change]]:
        """One event for rows and for all that were one event with any of them, and the changes that make it so."""
        mentions = now.dataset.mentions
        rows = {id: self._row(now, id) for id in ids}
        events = Counter({str(mentions["event"].iloc[now.place[id]]): 0 for id in rows})
        members = mentions["id"][mentions["event"].isin(list(events))].tolist()
        if len(members) > _MOST:
            raise Refused("wrong", f"These events have {len(members):,} rows; at most {_MOST} are changed in one step.")
        events.update(mentions["event"][mentions["event"].isin(list(events))].tolist())
        shared = [event for event, count in events.most_common() if count > 1]
        named = [row["event"] for row in rows.values() if row["event"]]
        event = wanted or next(iter([*shared, *named]), "")
        if not event:
            first = next(iter(rows.values()))
            taken = {*mentions["id"], *mentions["event"]}
            event = unique(slug(first["title"] or title, "event")[:70].strip("-"), taken)
        puts = (self._put_event(now, id, event) for id in members)
        return event, [put for put in puts if put is not None]


def _plain(cells: Row | None) -> dict[str, str] | None:
    return None if cells is None else dict(cells)
