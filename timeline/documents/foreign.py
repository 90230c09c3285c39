"""Foreign: dates with a named month in a document that is not in English.

In: a language tag. Out: the pattern and reader of one rule of `proposing`'s kind, or none. It must not know
texts or tables.

The shape is ours (a day, a word, a year of four digits); which month the word is, dateparser knows for some two
hundred languages. It is asked for one plain date a word, which it reads well, and never to search.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from timeline.documents.setting import Reader, Reading, Setting
from timeline.table.days import iso_day, month_length, to_days

_DATE = re.compile(
    r"(?<![\w.,-])(?:(?P<d>0?[1-9]|[12][0-9]|3[01])\.?(?:er|º|ª)?\s{1,3}(?:de\s{1,3}|of\s{1,3})?)?"
    r"(?P<m>[^\W\d_]{3,15})\.?\s{1,3}(?:del?\s{1,3})?(?P<y>(?:1[0-9]|20|21)[0-9]{2})(?![0-9]|[.,][0-9])"
)


def foreign_rule(language: str) -> tuple[re.Pattern[str], Reader] | None:
    """The rule for dates in the language of a document (a BCP 47 tag); None for English, for none, and for one
    that dateparser does not know."""
    tongue = re.split(r"[-_]", language.strip().casefold())[0]
    if tongue in ("", "en") or _parser(tongue) is None:
        return None

    def read(match: re.Match[str], setting: Setting) -> Reading | None:
        month, year = _month(match["m"].casefold(), tongue), int(match["y"])
        if month is None:
            return None
        if not match["d"]:
            return Reading(f"{year}-{month:02d}")
        day = int(match["d"])
        return Reading(iso_day(to_days(year, month, day))) if day <= month_length(year, month) else None

    return _DATE, read


@cache
def _parser(tongue: str) -> Any:
    from dateparser.data.languages_info import language_order  # type: ignore[import-untyped, unused-ignore]
    from dateparser.date import DateDataParser  # type: ignore[import-untyped, unused-ignore]

    if tongue not in language_order:
        return None
    return DateDataParser(languages=[tongue], settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"})


@lru_cache(maxsize=10_000)
def _month(word: str, tongue: str) -> int | None:
    found = _parser(tongue).get_date_data(f"15 {word} 2014").date_obj
    return found.month if found is not None and (found.year, found.day) == (2014, 15) else None
