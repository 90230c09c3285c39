"""Periods as people name them: decades, centuries, seasons, quarters, halves; early, mid and late; parts of a
century.

In: cleaned lower-case text, and the reader of whole phrases for what a part is a part of. Out: EDTF text,
None when the text is no such period, or Refused. Must not know: ranges, qualifiers.

Decided: the 1990s are `199X` (the century of "the 1900s" cannot be told from its first decade: refused);
the 19th century is `18XX`, 1800 to 1899; decades BC, which EDTF's digits cannot give, are "one of" their
years. Winter belongs to two years: "winter 2014" is `2014-24`, 1 December 2014 to 28 February 2015, and
says so in a note; "summer 2014-15" is a southern one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from timeline.table.calendar_date import ERA, year_of
from timeline.table.days import iso_year
from timeline.table.moment import Refused
from timeline.table.thirds import fraction, third

Notes = list[tuple[str, str]]
Phrase = Callable[[str, Notes], str]

_NUMBERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": 0,
    "1": 1,
    "2": 2,
}
_NTH = "(first|second|third|fourth|last|1st|2nd|3rd|4th)"
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SEASON = "(spring|summer|autumn|fall|winter)"
_NINETIES = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_YEAR = rf"((?:ad )?[0-9]{{1,4}}(?: ?{ERA})?)"

_DECADE = re.compile(rf"(?:the )?(?:decade of the )?'?([0-9]{{0,3}}0)'?s(?: ({ERA}))?")
_CENTURY = re.compile(rf"(?:the )?([0-9]{{1,3}})(?:st|nd|rd|th)[ -](?:century|centuries|cent|c)\b\.?(?:,? ({ERA}))?")
_SEASON_YEAR = re.compile(rf"(?:the )?(mid|early|late)?[ -]?{_SEASON}(?: of| in|,)?(?: the year)? {_YEAR}")
_YEAR_SEASON = re.compile(rf"{_YEAR},? {_SEASON}")
_SEASON_YEARS = re.compile(rf"(?:the )?{_SEASON}(?: of| in|,)? ([0-9]{{4}}) ?[-/] ?([0-9]{{2,4}})")
_QUARTER = re.compile(rf"(?:the )?(?:q ?([1-4])|([1-4])q)(?: of| in|,|/|-)? ?{_YEAR}|{_YEAR}[ ,/-]*q ?([1-4])")
_HALF = re.compile(rf"(?:the )?(?:h ?([12])|([12])h)(?: of| in|,|/|-)? ?{_YEAR}|{_YEAR}[ ,/-]*h ?([12])")
_FRACTION = re.compile(rf"(?:the )?{_NTH}[ -](half|quarter|third)(?: of| in)? (.+)")
_THIRD = re.compile(
    r"(?:the |in the |at the )?"
    r"(early|beginning of|start of|opening of|mid|middle of|midst of|late|end of|close of)"
    r"(?:[ -](?:in )?|(?=[0-9]))(.+)"
)


def read_period(text: str, notes: Notes, phrase: Phrase) -> str | None:
    """The EDTF of a named period. `phrase` reads what a part is a part of ("early" + "the 1990s")."""
    if match := _DECADE.fullmatch(text):
        return _decade(match[1], match[2] or "")
    if match := _CENTURY.fullmatch(text):
        return _century(int(match[1]), match[2] or "")
    if re.fullmatch(rf"(?:the )?(?:{_NINETIES})", text):
        raise Refused("date-ambiguous", "the decade has no century", "Write the decade with four digits, as in 1990s")
    season = _season(text, notes)
    if season is not None:
        return season
    for pattern, first in ((_QUARTER, 33), (_HALF, 40)):
        if match := pattern.fullmatch(text):
            number = int(match[1] or match[2] or match[5])
            return f"{_year(match[3] or match[4])}-{first + number - 1}"
    if re.search(r" (?:to|until|till|and|or|-) ", text):
        return None  # "early to mid 2014": the ends are read one by one
    if match := _FRACTION.fullmatch(text):
        return _part(match[1], match[2], phrase(match[3], notes))
    if match := _THIRD.fullmatch(text):
        return _third(match[1], phrase(match[2], notes))
    return None


def _decade(digits: str, era: str) -> str:
    if len(digits) < 4 and not era:
        raise Refused("date-ambiguous", "the decade has no century", f"Write 19{digits[-2:]}s or 18{digits[-2:]}s")
    year = int(digits)
    if digits.endswith("00") and year:
        bc = era.startswith("bc")
        reason = "it can be a decade or a century"
        mask = digits.zfill(4)
        fix = f"Write {mask[:3]}X for the decade or {mask[:2]}XX for the century"
        if bc:
            fix = f"Write from {year + 9} to {year} BC, or the century by its number"
        raise Refused("date-ambiguous", reason, fix)
    if era.startswith("bc"):
        return f"[{iso_year(1 - year - 9)}..{iso_year(min(1 - year, 0))}]"
    return f"{digits.zfill(4)[:3]}X"


def _century(number: int, era: str) -> str:
    if not 1 <= number <= 100:
        raise Refused(
            "date-out-of-range",
            "the axis has the centuries from the 100th BC to the 100th",
            "Write the years",
        )
    return f"{'-' if era.startswith('bc') else ''}{number - 1:02d}XX"


def _season(text: str, notes: Notes) -> str | None:
    if match := _SEASON_YEARS.fullmatch(text):
        name, first, second = match.groups()
        after = iso_year(int(first) + 1)
        if not after.endswith(second) or len(second) == 3:
            raise Refused("date-unreadable", f"no {name} lasts from {first} to {second}", f"Write {name} {first}")
        if name not in ("winter", "summer"):
            raise Refused(
                "date-unreadable",
                f"{name} does not belong to two years",
                f"Write {name} {first} or {name} {after}",
            )
        return f"{first}-{24 if name == 'winter' else 30}"
    if match := _SEASON_YEAR.fullmatch(text):
        part, name, year = match.groups()
    elif match := _YEAR_SEASON.fullmatch(text):
        part, year, name = "", match[1], match[2]
    else:
        return None
    edtf = f"{_year(year)}-{_SEASONS[name]}"
    if part:
        notes.append(("date-note", f"is read as about the {name}: '{part}' is kept as approximate"))
        edtf += "~"
    if name == "winter":
        before = f"{iso_year(int(_year(year)) - 1)}-24"
        note = f"is the winter that begins in December {year.upper()}; the one before it is {before}"
        notes.append(("date-note", note))
    return edtf


def _year(text: str) -> str:
    match = re.fullmatch(rf"(?:(ad) )?([0-9]{{1,4}})(?: ?({ERA}))?", text)
    assert match is not None
    era = match[3] or match[1] or ""
    if not era and len(match[2]) < 4:
        raise Refused(
            "date-ambiguous",
            "years have four digits",
            f"Write 20{match[2].zfill(2)[-2:]}, or as AD {int(match[2])}",
        )
    return iso_year(year_of(match[2], era))


def _part(nth: str, unit: str, period: str) -> str:
    of = {"half": 2, "third": 3, "quarter": 4}[unit]
    number = _NUMBERS[nth] or of
    if number > of:
        raise Refused("date-impossible", f"there is no {nth} {unit}", "Write the months or years that are meant")
    edtf = fraction(period, number - 1, of) if of != 3 else None
    if of == 3 and re.fullmatch(r"-?[0-9]{4}", period):
        edtf = f"{period}-{36 + number}"
    if edtf is None:
        raise Refused(
            "date-unreadable",
            f"a {unit} of that period is not read",
            "Write the first and the last month or year",
        )
    return edtf


def _third(word: str, period: str) -> str:
    which = 0 if word.startswith(("early", "beginning", "start", "opening")) else 1 if word.startswith("mid") else 2
    edtf = third(period, which)
    if edtf is None and re.fullmatch(r"-?[0-9]{4}-(2[1-9]|3[0-9]|4[01])", period):
        edtf = f"{period}~"
    if edtf is None:
        reason = f"'{word}' is read before a month, year, decade or century"
        raise Refused("date-unreadable", reason, "Write such as early February 2014")
    return edtf
