"""Sentences for notes: what a format could not say and what was left out, with counts.

In: numbers and words. Out: sentences. It must not know any format or table.
"""

from __future__ import annotations


def nothing(items: int, what: str = "event") -> tuple[str, ...]:
    """The note of an export that holds nothing."""
    return () if items else (f"No {what} matches: the file is empty.",)


def left_out(number: int, what: str, why: str) -> tuple[str, ...]:
    """A note such as "3 undated events are left out: iCalendar has no place for them."; none when it is nought.

    `what` has its plural in brackets: "undated event(s)"."""
    return (f"{counted(number, what)} {'is' if number == 1 else 'are'} left out: {why}",) if number else ()


def only_words(uncertain: int) -> tuple[str, ...]:
    """The note of a format that has no sign for about and perhaps."""
    is_ = "is" if uncertain == 1 else "are"
    return (f"{counted(uncertain, 'date(s)')} {is_} uncertain: only the words say so.",) if uncertain else ()


def counted(number: int, what: str) -> str:
    """ "1 undated event", "3 undated events" of "undated event(s)"."""
    return f"{number:,} {what.replace('(s)', '' if number == 1 else 's')}"
