"""A seat: one curator at the desk, and everything that the curator changes.

In: a Desk, a name, what is asked. Out: plain data; the table, its journal and the tables beside it are changed. It must
not know the page or the wire, nor how bytes are written.

A row is saved only while the checks find no error in it. Each change is one step that can be undone, also tomorrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from timeline.curating import answers, plainly
from timeline.curating.adding import actor_problems, document_problems
from timeline.curating.desk import Desk
from timeline.curating.grouping import joined, named, row_of
from timeline.curating.journal import Decision, Journal, Step
from timeline.curating.offers import ACCEPTED
from timeline.curating.presence import Presence
from timeline.curating.refusals import DeskRefusal, Row
from timeline.curating.snapshot import EVENTS, Snapshot
from timeline.table.problems import Problem, clip
from timeline.table.saving import CannotSave, Change, Conflict, Put, Remove, Saved, save

DECISIONS = {"skipped": "Skip", "rejected": "Reject", "open": "Open"}
_DRAFTS = 500
_LABEL = 50


class Seat:
    """One curator. Safe to share between threads: the Desk's lock holds all of it. Questions are `answers`' own."""

    def __init__(self, desk: Desk, who: str) -> None:
        self.desk, self.who = desk, who
        self.journal = Journal(desk.opened.path, who)
        self.presence = Presence(desk.opened.path, who)

    def state(self) -> dict[str, Any]:
        """What the desk tells everybody, and what concerns this curator; waits a moment for documents to be read."""
        answers.read_documents(self.desk)
        return self._state()

    def _state(self) -> dict[str, Any]:
        with self.desk.lock:
            told = answers.state(self.desk, self.journal)
            undo, redo = self.journal.undo(), self.journal.redo()
            notices = [*self.journal.notices, *self.presence.notices]
            return told | {
                "who": self.who,
                "others": [{"who": other.who, "since": other.since} for other in self.presence.others()],
                "undo": {"label": undo.label} if undo else None,
                "redo": {"label": redo.label} if redo else None,
                "notices": told["notices"] + [{"text": text, "kept": ""} for text in notices],
            }

    def accept(self, row: Row, candidate: str | None, same_as: Sequence[str]) -> dict[str, Any]:
        """Save a new row, as the same event as the rows `same_as`. Raises DeskRefusal."""
        with self.desk.lock:
            now = self.desk.now()
            cells = self.desk.filled(now, row, None)
            grouped: list[Change] = []
            if same_as:
                cells["event"], grouped = joined(now, same_as, cells["event"], cells["title"])
            self._refuse(self.desk.seen(now, cells, None).errors, "The row was not saved: ")
            decisions: list[Decision] = []
            if candidate is not None:
                self.desk.offer(cells["document"], candidate, self.journal)
                decisions.append((cells["document"], candidate, f"{ACCEPTED}{cells['id']}"))
            told = self._save(now, [Put(cells["id"], cells), *grouped], f"Add {_short(cells['title'])}", decisions)
            if candidate is not None:
                self.journal.draft(candidate, None)
            return {"saved": cells["id"], **told}

    def edit(self, id: str, row: Row, before: Row) -> dict[str, Any]:
        """Save other cells for a row that reads as `before`. Raises DeskRefusal."""
        with self.desk.lock:
            now = self.desk.now()
            cells = self.desk.filled(now, row, id)
            self._refuse(self.desk.seen(now, cells, id).errors, "The row was not saved: ")
            was = {name: cell for name, cell in before.items() if name in now.columns}
            told = self._save(now, [Put(id, cells, was)], f"Change {_short(cells['title'])}")
            self.journal.draft(f"row:{id}", None)
            return {"saved": cells["id"], **told}

    def remove(self, id: str, before: Row | None = None) -> dict[str, Any]:
        """Take a row out of the table; with `before`, only while it reads so. Raises DeskRefusal."""
        with self.desk.lock:
            now = self.desk.now()
            was = row_of(now, id) | {name: cell for name, cell in (before or {}).items() if name in now.columns}
            return {"saved": id, **self._save(now, [Remove(id, was)], f"Remove {_short(was['title'])}")}

    def group(self, ids: Sequence[str], event: str | None) -> dict[str, Any]:
        """Give rows one event: `event`, with None one that is theirs or named after them; "" takes them out of any.
        Raises DeskRefusal."""
        with self.desk.lock:
            now = self.desk.now()
            if not ids or (event is None and len(ids) < 2):
                raise DeskRefusal("wrong", "Choose at least two rows to make them one event.")
            if event is None:
                event, changes = joined(now, ids)
            else:
                changes = named(now, ids, event)
            for change in changes:
                row = row_of(now, change.id) | {"event": event}
                errors = [one for one in self.desk.seen(now, row, change.id).errors if one.column == "event"]
                self._refuse(errors, "The rows were not grouped: ")
            rows = f"{len(ids)} row{'' if len(ids) == 1 else 's'}"
            label = f"Make {rows} one event" if event else f"Take {rows} out of an event"
            told = self._save(now, changes, label) if changes else {"state": self._state()}
            return {"saved": ids[0], "event": event, **told}

    def decide(self, document: str, candidate: str, decision: str) -> dict[str, Any]:
        """Skip a candidate, reject it, or open it again. Raises DeskRefusal."""
        with self.desk.lock:
            if decision not in DECISIONS:
                raise DeskRefusal("wrong", f"A decision is one of {', '.join(DECISIONS)}.")
            quote = self.desk.offer(document, candidate, self.journal).candidate.quote
            self.journal.decide(document, candidate, decision, f"{DECISIONS[decision]} {_short(quote)}")
            return {"state": self._state()}

    def undo(self) -> dict[str, Any]:
        """Take back the last step of this curator. Raises DeskRefusal."""
        return self._take(self.journal.undo, "There is nothing to undo.")

    def redo(self) -> dict[str, Any]:
        """Do again what was taken back last. Raises DeskRefusal."""
        return self._take(self.journal.redo, "There is nothing to redo.")

    def draft(self, key: str, row: Row | None) -> dict[str, Any]:
        """Keep a form that is not finished; None forgets it. Raises DeskRefusal."""
        with self.desk.lock:
            unknown = [name for name in row or () if name not in self.desk.now().columns]
            if unknown:
                raise DeskRefusal("wrong", f"The table has no column {clip(unknown[0])!r}.")
            kept = self.journal.drafts()
            if row is not None and key not in kept and len(kept) >= _DRAFTS:
                raise DeskRefusal("cannot", f"{_DRAFTS} drafts are kept; save or drop some first.")
            self.journal.draft(key, row)
            return {}

    def add_document(self, cells: Row) -> dict[str, Any]:
        """Add a row to documents.csv, so that rows can cite it. Raises DeskRefusal."""
        with self.desk.lock:
            self._refuse(document_problems(self.desk.now(), cells), "The document was not added: ")
            return self._save_beside(self.desk.opened.documents, Put(cells.get("id", ""), dict(cells)))

    def add_actor(self, cells: Row) -> dict[str, Any]:
        """Add a row to actors.csv, so that rows can name the actor. Raises DeskRefusal."""
        with self.desk.lock:
            self._refuse(actor_problems(self.desk.now(), cells), "The actor was not added: ")
            return self._save_beside(self.desk.opened.actors, Put(cells.get("name", ""), dict(cells)))

    def _take(self, next_step: Callable[[], Step | None], nothing: str) -> dict[str, Any]:
        with self.desk.lock:
            now = self.desk.now()
            step = next_step()
            if step is None:
                raise DeskRefusal("wrong", nothing)
            if step.changes:
                self._guarded(lambda: self.journal.take(step, seen=now.sha256(EVENTS)))
                self.desk.opened.again()
            else:
                self.journal.settle(step)
            row = next(iter(step.ids), "")
            then = self.desk.now()
            cited = (then.row(row) or now.row(row) or {}).get("document", "")
            document = step.decisions[0][0] if step.decisions else cited
            told = {"label": step.label, "document": document, "row": row if row in then.place else ""}
            return told | {"state": self._state()}

    def _save(
        self, now: Snapshot, changes: Sequence[Change], label: str, decisions: Sequence[Decision] = ()
    ) -> dict[str, Any]:
        seen = now.sha256(EVENTS)
        saved = self._guarded(lambda: self.journal.carry_out(changes, label, seen=seen, decisions=decisions))
        self.desk.opened.again()
        return {"others_changed": saved.others, "state": self._state()}

    def _save_beside(self, path: Path, put: Put) -> dict[str, Any]:
        self._guarded(lambda: save(path, [put]))
        self.desk.opened.again()
        return {"saved": put.id, "state": self._state()}

    def _guarded(self, work: Callable[[], Saved]) -> Saved:
        try:
            return work()
        except Conflict as conflict:
            self.desk.opened.again()
            mine, theirs = (None if row is None else dict(row) for row in (conflict.mine, conflict.theirs))
            kept = conflict.kept.name if conflict.kept else ""
            raise DeskRefusal("clash", str(conflict), {"mine": mine, "theirs": theirs, "kept": kept}) from None
        except CannotSave as error:
            raise DeskRefusal("cannot", str(error)) from None

    def _refuse(self, problems: Iterable[Problem], opening: str) -> None:
        """Raise DeskRefusal (invalid) where there is an error among the problems."""
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors:
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            lines = [plainly.problem_line(problem) for problem in errors]
            raise DeskRefusal("invalid", f"{opening}{errors[0].reason.rstrip('.')}{more}.", {"problems": lines})


def _short(text: str) -> str:
    return f"“{clip(' '.join(text.split()), _LABEL)}”"
