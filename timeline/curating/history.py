"""What the entries of a journal add up to: the steps that each curator can undo and redo, and the decisions of all.

In: entries, in order. Out: `History`. Must not know: files, who asks, how a step is saved.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from timeline.table.changes import from_json, to_json
from timeline.table.saving import Back, Change, Put, Remove, Saved

OPEN = "open"
Decision = tuple[str, str, str]
"""Document, candidate, and "skipped", "rejected", "open" or "accepted:<row id>"."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a curator did. `changes` (with `back`) are what has to be saved to undo it, or to redo it where
    it is `undone`; `ids` are the rows that it is about, `decisions` what it decided."""

    number: str
    label: str
    changes: tuple[Change, ...]
    back: Back | None
    undone: bool
    ids: tuple[str, ...]
    decisions: tuple[Decision, ...]


@dataclass(slots=True)
class _Kept:
    who: str
    label: str
    ids: tuple[str, ...]
    way: tuple[Change, ...]
    back: Back | None
    decisions: tuple[Decision, ...]
    was: list[str] = field(default_factory=list)


@dataclass(slots=True)
class History:
    """`decisions` are by document and candidate; those that are open are left out."""

    decisions: dict[str, dict[str, str]] = field(default_factory=dict)
    _steps: dict[str, _Kept] = field(default_factory=dict)
    _done: dict[str, list[str]] = field(default_factory=dict)
    _undone: dict[str, list[str]] = field(default_factory=dict)

    def undoable(self, who: str) -> Step | None:
        """The last step of a curator that is not undone."""
        return self._step(self._done.get(who), False)

    def redoable(self, who: str) -> Step | None:
        """The last step of a curator that is undone, with nothing new done since."""
        return self._step(self._undone.get(who), True)

    def _step(self, numbers: list[str] | None, undone: bool) -> Step | None:
        if not numbers:
            return None
        kept = self._steps[numbers[-1]]
        return Step(numbers[-1], kept.label, kept.way, kept.back, undone, kept.ids, kept.decisions)

    def take(self, entry: Mapping[str, Any]) -> None:
        """Add an entry. Raises KeyError, TypeError or ValueError where it says nothing that is known."""
        kind = entry["kind"]
        if kind == "decided":
            self._decide(str(entry["document"]), str(entry["candidate"]), str(entry["decision"]))
        elif kind == "step":
            self._begin(entry)
        elif kind in ("saved", "failed", "undone", "redone"):
            kept = self._steps.get(entry["n"])
            if kept:  # else its step could not be read
                self._settle(kind, str(entry["n"]), kept, entry)
        else:
            raise ValueError(kind)

    def _begin(self, entry: Mapping[str, Any]) -> None:
        number, who = str(entry["n"]), str(entry["who"])
        changes = [from_json(change) for change in entry["changes"]]
        decisions = tuple((str(d), str(c), str(now)) for d, c, now in entry["decisions"])
        kept = _Kept(who, str(entry["label"]), _ids(changes), inverses(changes), None, decisions)
        self._steps[number] = kept
        kept.was = [self._decide(*decision) for decision in decisions]
        self._done.setdefault(who, []).append(number)
        for old in self._undone.pop(who, []):
            del self._steps[old]

    def _settle(self, kind: str, number: str, kept: _Kept, entry: Mapping[str, Any]) -> None:
        done, undone = self._done.setdefault(kept.who, []), self._undone.setdefault(kept.who, [])
        way = [from_json(change) for change in entry.get("undo", ())]
        back = _back(entry["back"]) if "back" in entry else None
        if kind == "undone" and number in done:
            done.remove(number)
            undone.append(number)
            self._revert(kept)
        elif kind == "redone" and number in undone:
            undone.remove(number)
            done.append(number)
            kept.was = [self._decide(*decision) for decision in kept.decisions]
        elif kind == "failed" and number in done:
            done.remove(number)
            self._revert(kept)
            del self._steps[number]
            return
        elif kind != "saved":
            return  # said twice
        kept.way, kept.back = (tuple(way), back) if "undo" in entry else (inverses(kept.way), None)

    def _revert(self, kept: _Kept) -> None:
        """Give back what was decided before, unless somebody else has decided since."""
        for (document, candidate, now), was in zip(kept.decisions, kept.was, strict=True):
            if self.decisions.get(document, {}).get(candidate, OPEN) == now:
                self._decide(document, candidate, was)

    def _decide(self, document: str, candidate: str, decision: str) -> str:
        """Keep a decision; the one before."""
        decided = self.decisions.setdefault(document, {})
        before = decided.pop(candidate, OPEN)
        if decision != OPEN:
            decided[candidate] = decision
        return before


def inverses(changes: Sequence[Change]) -> tuple[Change, ...]:
    """What takes changes back, as far as they say themselves what was before."""
    made: list[Change] = []
    for change in reversed(changes):
        if isinstance(change, Remove):
            made.append(Put(change.id, change.before))
        elif change.before is None:
            made.append(Remove(change.id, change.cells))
        else:
            was = {name: change.before.get(name, "") for name in change.cells}
            made.append(Put(change.cells.get("id") or change.id, was, {**change.before, **change.cells}))
    return tuple(made)


def way(saved: Saved) -> dict[str, Any]:
    """How what was saved is taken back, as JSON holds it."""
    splices = [[start, length, base64.b64encode(old).decode()] for start, length, old in saved.back.splices]
    back = {"sha256": saved.back.sha256, "splices": splices}
    return {"undo": [to_json(change) for change in saved.undo], "back": back}


def _back(value: dict[str, Any]) -> Back:
    splices = tuple((int(start), int(length), base64.b64decode(old)) for start, length, old in value["splices"])
    return Back(str(value["sha256"]), splices)


def _ids(changes: Sequence[Change]) -> tuple[str, ...]:
    new = (change.cells.get("id") if isinstance(change, Put) else None for change in changes)
    return tuple(dict.fromkeys(name or change.id for name, change in zip(new, changes, strict=True)))
