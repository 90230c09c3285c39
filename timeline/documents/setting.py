"""Setting: what surrounds the words that may tell a date, and what a reader says of them.

In: the sentence before and after the words, the day the document was published, and what was told before. Out:
whether the sentence speaks of what lies ahead, and the year of a day or month that is written without one. It must
not know passages, tables or files, nor any language: its words lie in `languages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from timeline.documents.languages import Grammar
from timeline.table.days import from_days, month_length, to_days

NEAR_BEFORE, NEAR_AFTER = 60, 20
"""A year that stands within so many characters before or after a month is the month's."""
BACK, ON, ON_UNKNOWN = 31, 75, 120
"""Days: of what lies ahead, a day so long past may be meant; of what lies behind or is not known, one so far ahead, for
a day of another year is seldom told without it."""
MONTH_ON = 60
"""Days: where nothing says that a month lies behind, it may begin so far ahead."""
_YEARS = re.compile(r"(?<![\d.,/$-])(?:1[5-9]|20)[0-9]{2}(?![\d,/%]|\.\d)")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a match. `published` is the document's day, None when unknown. `told` are the day (since
    1970), the month (since year 0) and the year told last before it, the quarter (since year 0) that its own
    sentence told, as "report" the one that this or the last sentence told, as "period" the one told last."""

    grammar: Grammar
    before: str
    after: str
    published: int | None
    told: Mapping[str, int] = field(default_factory=dict)

    def means(self, kind: str, text: str | None) -> int:
        """The number that these words mean, 0 when they are missing or mean none."""
        meaning = self.grammar.means(kind, text)
        return meaning if isinstance(meaning, int) else 0

    @property
    def year(self) -> int | None:
        """The year of publication."""
        return None if self.published is None else from_days(self.published)[0]

    @property
    def month(self) -> int | None:
        """The month of publication, counted since year 0."""
        if self.published is None:
            return None
        year, month, _ = from_days(self.published)
        return year * 12 + month - 1

    @property
    def tense(self) -> str:
        """What the verb next to the words says, "ahead", "behind" or "": the last before them, else the first after."""
        told = self.grammar.tense(self.before)
        if not self.grammar.bounded(self.before):
            return told or self.grammar.tense(self.after, first=True)
        return "" if told == "behind" else told or self.grammar.tense(self.after, first=True) or "ahead"

    @property
    def named(self) -> int | None:
        """The one year that stands near by."""
        years = {int(year) for year in _YEARS.findall(self.before[-NEAR_BEFORE:] + " " + self.after[:NEAR_AFTER])}
        return years.pop() if len(years) == 1 else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule reads: an EDTF value ("" when it cannot be told) and what it is relative to: "", "published",
    or the "day", "month", "period" or "report" (quarters) or "year" told before."""

    value: str
    anchor: str = ""


Reader = Callable[[re.Match[str], Setting], Reading | None]


def group(match: re.Match[str], name: str) -> str | None:
    """A group of a match; None also when the pattern has none of this name."""
    return match[name] if name in match.re.groupindex else None


def year_near(setting: Setting, month: int, day: int | None = None) -> int | None:
    """The year of a month or day written without one: the year that stands near by, or that of the same month told
    just before; else the first ahead, or the latest behind, as the sentence speaks. None without a day of
    publication."""
    tense, named, published = setting.tense, setting.named, setting.published
    wrong = setting.year is not None and named is not None and (
        (tense == "ahead" and named < setting.year) or (tense == "behind" and named > setting.year)
    )
    if named is not None and not wrong:
        return named
    if published is None or setting.year is None:
        return None
    told = setting.told.get("month")
    if told is not None and told % 12 == month - 1 and tense != "ahead":
        return told // 12
    years = range(setting.year - 1, setting.year + 2)
    if day is None:
        begun = to_days(setting.year, from_days(published)[1])
        on = published + (MONTH_ON if tense == "" else 0)
        return _chosen({year: to_days(year, month) for year in years}, tense, begun, on)
    days = {year: to_days(year, month, min(day, month_length(year, month))) for year in years}
    return _chosen(days, tense, published - BACK, published + (ON_UNKNOWN if tense == "" else ON))


def _chosen(days: Mapping[int, int], tense: str, back: int, on: int) -> int:
    if tense == "ahead":
        return min(year for year, day in days.items() if day >= back)
    return max((year for year, day in days.items() if day <= on), default=min(days))
