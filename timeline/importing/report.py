"""The report of an import: what was not carried, what was kept otherwise, what was left out, and why.

In: findings of the readers. Out: sentences, and whether the data has errors. Must not know: formats.
"""

from __future__ import annotations

from collections import Counter

from timeline.table.problems import printable, quote

SHOWN = 5  # places of one kind that are named; the rest is counted
THINGS = 20  # kinds of things that are named


class Report:
    """Filled while a file is read. Things are counted by their name in the singular; `many` gives a plural that is
    not just an `s` more."""

    def __init__(self) -> None:
        self._lost: Counter[str] = Counter()
        self._plurals: dict[str, str] = {}
        self._out: list[tuple[str, str]] = []
        self._dates: list[tuple[str, str]] = []
        self._notes: dict[str, None] = {}
        self._counted: dict[str, tuple[int, str, str]] = {}

    def lose(self, thing: str, count: int = 1, many: str = "") -> None:
        """`count` things that our tables have no place for."""
        if count:
            self._lost[thing] += count
            self._plurals.setdefault(thing, many or f"{thing}s")

    def leave_out(self, place: str, reason: str) -> None:
        """A row that is not in the table, and where it stood."""
        self._out.append((place, reason))

    def unread_date(self, place: str, text: str, reason: str) -> None:
        """A date that no calendar has or nobody understands."""
        shown = quote(text)  # most reasons begin with the text itself
        self._dates.append((place, reason if reason.startswith(shown) else f"{shown}: {reason}"))

    def note(self, sentence: str) -> None:
        """Anything else that a user should know, said once."""
        self._notes.setdefault(sentence)

    def count(self, key: str, one: str, many: str, number: int = 1) -> None:
        """The same where it is counted, under a `key`: `one` is the sentence for one case, `many` that for more, with
        `{}` for their number. The first sentences of a key stand for all."""
        if number:
            before, single, several = self._counted.get(key, (0, one, many))
            self._counted[key] = (before + number, single, several)

    def midnights(self, number: int) -> None:
        """Instants that became days."""
        self.count(
            "midnights",
            "The one time in the file is midnight, so that it was read as a day.",
            "All {} times in the file are midnights, so that they were read as days.",
            number,
        )

    @property
    def lost(self) -> dict[str, int]:
        """What was not carried, and how often."""
        return dict(self._lost)

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The rows that are not in the table: place and reason."""
        return tuple(self._out)

    @property
    def unread_dates(self) -> int:
        """How many dates could not be read."""
        return len(self._dates)

    @property
    def has_errors(self) -> bool:
        """Whether rows were left out or dates could not be read."""
        return bool(self._out or self._dates)

    def lines(self) -> tuple[str, ...]:
        """The report in sentences, the gravest first."""
        lines = []
        if self._out:
            rows = "row was" if len(self._out) == 1 else "rows were"
            lines.append(f"{len(self._out):,} {rows} left out: {_places(self._out)}.")
        if self._dates:
            one = len(self._dates) == 1
            what = "1 date cannot be read and is" if one else f"{len(self._dates):,} dates cannot be read and are"
            lines.append(f"{what} kept as written; `timeline check` shows {'it' if one else 'them'}: "
                         f"{_places(self._dates)}.")  # fmt: skip
        if self._lost:
            lines.append(f"Not carried: {listed([self._say(thing) for thing in self._lost])}.")
        for number, single, several in self._counted.values():
            lines.append(single if number == 1 else several.replace("{}", f"{number:,}", 1))
        return tuple(printable(line) for line in (*lines, *self._notes))

    def _say(self, thing: str) -> str:
        number = self._lost[thing]
        return f"{number:,} {thing if number == 1 else self._plurals[thing]}"


def listed(things: list[str]) -> str:
    """Things side by side, and how many more there are."""
    more = f" and {len(things) - THINGS:,} more" if len(things) > THINGS else ""
    return ", ".join(things[:THINGS]) + more


def _places(found: list[tuple[str, str]]) -> str:
    shown = "; ".join(f"{place}: {reason}" for place, reason in found[:SHOWN])
    return shown + (f"; and {len(found) - SHOWN:,} more" if len(found) > SHOWN else "")
