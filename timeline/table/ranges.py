"""Two dates in one phrase: where it is split, what the first end takes from the second, and EDTF made of
EDTF.

In: cleaned text of both ends, or EDTF text. Out: completed texts, or EDTF text. Must not know: what the
phrases mean.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from timeline.table.calendar_date import ERA, MONTH
from timeline.table.days import from_days, iso_day, iso_year
from timeline.table.edtf import read_edtf
from timeline.table.moment import Refused

_TO = re.compile(r" (?:to|until|till|til|through|thru|-) ?|- ")
_YEAR_END = re.compile(rf"(?:(?:ad|bc) )?[0-9]{{1,4}} ?{ERA}$|(?:ad|bc) [0-9]{{1,4}}$|(?<![0-9])[0-9]{{4}}$")
_ANY_YEAR = re.compile(rf"(?<![0-9])[0-9]{{4}}(?![0-9])|[0-9] ?{ERA}|\b(?:ad|bc)\b")
_MONTH = re.compile(rf"\b{MONTH}")


def splits(text: str) -> Iterator[tuple[str, str]]:
    """The two ends of a range: at "to" and its like, at a dash between spaces, else at a hyphen in the
    middle."""
    found = list(_TO.finditer(text))
    if len(found) == 1:
        if found[0].start() > 0 and found[0].end() < len(text):
            yield text[: found[0].start()], text[found[0].end() :]
        return
    hyphens = [place for place, letter in enumerate(text) if letter == "-" and 0 < place < len(text) - 1]
    if not found and len(hyphens) == 1 and not text.endswith("-"):
        yield text[: hyphens[0]], text[hyphens[0] + 1 :]


def complete(first: str, last: str) -> tuple[str, str]:
    """Give the first end the month, year, era or unit that only the last one names: ("23", "27 september
    2022")."""
    for word in ("from ", "in ", "on "):
        first, last = first.removeprefix(word), last.removeprefix(word)
    if re.fullmatch(r"[0-9]{4}", first) and re.fullmatch(r"'?[0-9]{1,2}", last):
        digits = last.strip("'").zfill(2)
        century = int(first[:2]) + (int(digits) <= int(first[2:]))
        raise Refused("date-unreadable", "years have four digits", f"Write {first}/{century:02d}{digits}")
    months = _MONTH.search(first), _MONTH.search(last)
    if (
        months[0]
        and not months[1]
        and re.match(r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?\b(?!:)", last)
        and not _ANY_YEAR.search(first)
    ):
        last = f"{months[0][0]} {last}"  # March 11-15, 2020
        months = months[0], _MONTH.search(last)
    if "century" in last and "century" not in first and re.search(r"[0-9](?:st|nd|rd|th)$", first):
        first = f"{first} century"
    if _ANY_YEAR.search(first) and not (re.search(rf"{ERA}$", last) and re.fullmatch(r"[0-9]{1,4}", first)):
        return first, last
    if "century" in first:
        era = re.search(rf" {ERA}$", last)
        return first + (era[0] if era else ""), last
    year = _YEAR_END.search(last)
    if year is None:
        era = re.search(rf" {ERA}$", last)
        return first + (era[0] if era and re.search(r"[0-9]'?s$", first) else ""), last
    if re.fullmatch(r"[0-9]{1,4}", first) and not months[1]:
        era = re.search(rf" ?{ERA}$|^(?:ad|bc) ", year[0])
        return (f"{first} {era[0].strip()}" if era else first), last
    if not months[0] and months[1] and re.fullmatch(r"(?:[a-z]+,? )?(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?", first):
        first = f"{first} {months[1][0]}"
    return f"{first} {year[0]}", last


def qualify(edtf: str, mark: str) -> str:
    """The EDTF text with `~` or `?` on each of its dates; `~` and `?` together are `%`."""
    if "/" in edtf:
        return "/".join(qualify(end, mark) for end in edtf.split("/"))
    if edtf[:1] in ("[", "{"):
        return edtf[0] + ",".join(qualify(member, mark) for member in edtf[1:-1].split(",")) + edtf[-1]
    if edtf in ("", ".."):
        return edtf
    if ".." in edtf:
        return "..".join(qualify(end, mark) for end in edtf.split(".."))
    if "T" in edtf:
        raise Refused("date-unreadable", "a time takes no mark", f"Write {edtf.partition('T')[0]}{mark} for the day")
    if edtf[-1] in "?~%":
        return edtf[:-1] + (mark if edtf[-1] == mark else "%")
    return edtf + mark


def left_end(edtf: str) -> str:
    """The date with which a range starts: itself, or the first of an interval or of one range in a set."""
    return _one_end(edtf, 0)


def right_end(edtf: str) -> str:
    """The date with which a range ends."""
    return _one_end(edtf, -1)


def just_before(edtf: str) -> str:
    """All time before a date, as a set: `2014` -> `[..2013]`, `2014-03-01` -> `[..2014-02-28]`."""
    expression, mark = read_edtf(edtf), _mark(edtf)
    if expression is None or expression.lo == -math.inf:
        raise Refused("date-unreadable", "nothing lies before an open start", "Write the date without 'before'")
    _no_time(edtf)
    return f"[..{_day(int(expression.lo) - 1, expression.precision, start=False)}{mark}]"


def just_after(edtf: str) -> str:
    """All time after a date, as a set: `2014` -> `[2015..]`."""
    expression, mark = read_edtf(edtf), _mark(edtf)
    if expression is None or expression.hi == math.inf:
        raise Refused("date-unreadable", "nothing lies after an open end", "Write the date without 'after'")
    _no_time(edtf)
    return f"[{_day(int(expression.hi), expression.precision, start=True)}{mark}..]"


def _one_end(edtf: str, which: int) -> str:
    end = edtf.split("/")[which]
    if end[:1] in ("[", "{"):
        end = end[1:-1].split(",")[which].split("..")[which]
    if end in ("", ".."):
        raise Refused("date-unreadable", "an open end cannot end a range", "Write one range, such as 2013/2014")
    return end


def _no_time(edtf: str) -> None:
    if "T" in edtf:
        raise Refused(
            "date-unreadable",
            "before and after are read with days",
            f"Write the day {edtf.partition('T')[0]}",
        )


def _mark(edtf: str) -> str:
    """The mark of the date, kept on the bound."""
    expression = read_edtf(edtf)
    moments = expression.moments if expression else ()
    about = any(moment.approximate for moment in moments)
    unsure = any(moment.uncertain for moment in moments)
    return "%" if about and unsure else "~" if about else "?" if unsure else ""


def _day(day: int, precision: str, *, start: bool) -> str:
    """The bound in the coarsest unit that says it exactly; a date given to the day stays a day."""
    year, month, _ = from_days(day)
    if precision == "day":
        return iso_day(day)
    edge = from_days(day - 1) if start else from_days(day + 1)
    if edge[0] != year:
        return iso_year(year)
    return f"{iso_year(year)}-{month:02d}" if edge[1] != month else iso_day(day)
