"""What curators have done to a table, so that it can be undone tomorrow: steps, decisions on candidates, drafts.

In: the path of a table, who works, changes and what came of saving them. Out: `Step`s to undo and redo, decisions,
drafts. Must not know: Dash, pages, how a candidate is found, what a row means.

It lies in `.events.csv.desk` beside the table. Decisions are everybody's; steps and drafts are each curator's own, so
that undo takes back what the same curator did, whatever others have done since. The usual way:

    saved = journal.carry_out([Put(...)], "Add lio-strike-1", seen=sha256, decisions=[(document, candidate, "skipped")])
    step = journal.undo()                    # the step that would be undone, or None
    saved = journal.take(step, seen=sha256)  # does it; a Conflict leaves the step where it is
"""

from __future__ import annotations

import getpass
import threading
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from timeline.curating.history import Decision, History, Step, way
from timeline.curating.ledger import Ledger
from timeline.table.changes import to_json
from timeline.table.saving import CannotSave, Change, Conflict, Saved, desk_folder, save

__all__ = ["Decision", "Journal", "Step"]

_LOST = "undo and decisions are lost when the desk stops"
_DRAFTS_LOST = "drafts are lost when the desk stops"
_MANY_DRAFTS = 1_000  # lines, beyond which those that were overwritten are cleared away at the next start


class Journal:
    """The journal of the table at `path`, for the curator `who`. All methods may be called from several threads, and
    several programs may have the same journal."""

    def __init__(self, path: Path, who: str = "") -> None:
        self.path, self.who = path, who or _user()
        folder = desk_folder(path)
        self._ledger = Ledger(folder / "journal.jsonl", _LOST)
        self._draft_ledger = Ledger(folder / "drafts.jsonl", _DRAFTS_LOST)
        self._guard = threading.RLock()
        self._history = History()
        self._drafts: dict[str, dict[str, str]] = {}
        self._lines = 0
        self._read_drafts()
        if self._lines > _MANY_DRAFTS:
            self._draft_ledger.compact(_last_drafts)
            self._read_drafts()

    @property
    def notices(self) -> list[str]:
        """What cannot be kept or read, each in a sentence."""
        with self._guard:
            return [*self._ledger.notices, *self._draft_ledger.notices]

    def carry_out(
        self,
        changes: Sequence[Change],
        label: str,
        *,
        seen: str = "",
        decisions: Sequence[Decision] = (),
        mapping: Mapping[str, str] | None = None,
    ) -> Saved:
        """Save changes and record them as a step; the intention is written first, so that a step can be undone even
        if the program ends in between. Raises what `save` raises; there is no step then, nor where the table says
        so already and nothing is decided."""
        number = self._begin(changes, label, decisions)
        try:
            saved = save(self.path, changes, seen=seen, mapping=mapping)
        except (Conflict, CannotSave):
            self._add({"kind": "failed", "n": number})
            raise
        nothing = not (saved.changed or decisions)
        self._add({"kind": "failed", "n": number} if nothing else {"kind": "saved", "n": number, **way(saved)})
        return saved

    def record(
        self,
        changes: Sequence[Change],
        label: str,
        saved: Saved | None = None,
        decisions: Sequence[Decision] = (),
    ) -> None:
        """Record changes that were saved elsewhere; without `saved` they are undone by what they say of themselves."""
        number = self._begin(changes, label, decisions)
        if saved:
            self._add({"kind": "saved", "n": number, **way(saved)})

    def undo(self) -> Step | None:
        """The own step that would be undone next; nothing is changed."""
        with self._guard:
            self._refresh()
            return self._history.undoable(self.who)

    def redo(self) -> Step | None:
        """The own step that would be redone next; nothing is changed."""
        with self._guard:
            self._refresh()
            return self._history.redoable(self.who)

    def take(self, step: Step, *, seen: str = "", mapping: Mapping[str, str] | None = None) -> Saved:
        """Undo or redo a step that `undo` or `redo` gave. Raises what `save` raises; the step stays where it is
        then."""
        saved = save(self.path, step.changes, seen=seen, back=step.back, mapping=mapping)
        self.settle(step, saved)
        return saved

    def settle(self, step: Step, saved: Saved | None = None) -> None:
        """Note that a step is undone or redone, where its changes were saved elsewhere."""
        self._add({"kind": "redone" if step.undone else "undone", "n": step.number, **(way(saved) if saved else {})})

    def decide(self, document: str, candidate: str, decision: str, label: str = "") -> None:
        """Keep what was decided on a candidate; with a `label` it is a step that can be undone."""
        if label:
            self._begin((), label, [(document, candidate, decision)])
        else:
            self._add({"kind": "decided", "document": document, "candidate": candidate, "decision": decision})

    def decisions(self, document: str) -> dict[str, str]:
        """Candidate -> what was last decided on it, by whomever; candidates that are open are not in it."""
        with self._guard:
            self._refresh()
            return dict(self._history.decisions.get(document, {}))

    def draft(self, key: str, row: Mapping[str, str] | None) -> None:
        """Keep a form that is not finished; None forgets it."""
        with self._guard:
            kept = None if row is None else {str(name): str(cell) for name, cell in row.items()}
            if kept == self._drafts.get(key):
                return
            self._draft_ledger.add({"who": self.who, "key": key, "row": kept, "at": _now()})
            self._read_drafts()

    def drafts(self) -> dict[str, dict[str, str]]:
        """The own drafts: key -> cells."""
        with self._guard:
            self._read_drafts()
            return {key: dict(row) for key, row in self._drafts.items()}

    def _begin(self, changes: Sequence[Change], label: str, decisions: Sequence[Decision]) -> str:
        number = uuid.uuid4().hex
        told = [to_json(change) for change in changes]
        self._add({"kind": "step", "n": number, "label": label, "changes": told, "decisions": [*map(list, decisions)]})
        return number

    def _add(self, entry: dict[str, Any]) -> None:
        with self._guard:
            self._ledger.add({**entry, "who": self.who, "at": _now()})
            self._refresh()

    def _refresh(self) -> None:
        """Take in what this and other programs have added."""
        again, entries = self._ledger.new()
        if again:
            self._history = History()
        for line, entry in entries:
            try:
                self._history.take(entry)
            except (KeyError, TypeError, ValueError):
                self._ledger.leave_out(line)

    def _read_drafts(self) -> None:
        again, entries = self._draft_ledger.new()
        if again:
            self._drafts, self._lines = {}, 0
        self._lines += len(entries)
        for _, entry in entries:
            key, row = entry.get("key"), entry.get("row")
            if entry.get("who") != self.who or not isinstance(key, str):
                continue
            if isinstance(row, dict):
                self._drafts[key] = {str(name): str(cell) for name, cell in row.items()}
            else:
                self._drafts.pop(key, None)


def _last_drafts(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each draft of each curator the last version, if it was not forgotten."""
    last = {(str(entry.get("who")), str(entry.get("key"))): entry for entry in entries}
    return [entry for entry in last.values() if entry.get("row") is not None]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "curator"
