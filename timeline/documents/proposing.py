"""Proposing: the patterns of words that may tell a date, each with the reader that says which.

In: nothing. Out: RULES, a table of (pattern, reader) by the name of the rule. It must not know texts or
calendars.

White space between the parts is any, for documents hold no-break spaces. Every repeat is bounded, so that a
hostile text costs no more than an honest one.
"""

from __future__ import annotations

import re

from timeline.documents import dated, relative
from timeline.documents.dated import Rule

_S = r"\s{1,3}"
_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_D = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])"
_Y = r"(?:1[0-9]|20|21)[0-9]{2}(?![0-9]|[.,][0-9])"
_W = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TO = r"(?:\s{0,2}[-‐–—]\s{0,2}|\s{1,3}(?:to|till|until|through)\s{1,3})"
_BETWEEN = r"\b[Bb]etween\s{1,3}"
_AND = r"\s{1,3}and\s{1,3}"
_N = r"(?:[0-9]{1,3}|(?:a\s{1,3})?couple\s{1,3}of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_PART = r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Tt]he\s(?:beginning|start|middle|end)\sof)[\s-]{1,2})?"
_RELATIVE = r"(?:last|this|next|the\s(?:previous|following|same))"
_COUNTED = (
    r"(?!\s{1,3}(?:people|persons|troops|soldiers|men|women|tons|tonnes"
    r"|killed|dead|wounded|rounds|km|metres|miles))"
)


def _rule(pattern: str, read: Rule, ignore_case: bool = False) -> tuple[re.Pattern[str], Rule]:
    return re.compile(pattern, re.IGNORECASE if ignore_case else 0), read


_IN = (
    r"(?<![A-Za-z])"
    r"(?:[Ii]n|[Oo]f|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom|[Bb]efore|[Aa]fter)\s{1,3}"
)
RULES: dict[str, tuple[re.Pattern[str], Rule]] = {
    "iso": _rule(r"(?<![\w-])(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?![\w-])", dated.read_iso),
    "days-between": _rule(
        rf"\b(?P<m>{_M})\s{{0,3}}(?P<d>{_D})(?:\s{{0,2}},?\s{{0,3}}(?P<y>{_Y}))?{_TO}"
        rf"(?P<n>{_M})\s{{0,3}}(?P<e>{_D})(?:\s{{0,2}},?\s{{0,3}}(?P<z>{_Y}))?",
        dated.read_days_between,
    ),
    "days-between-and": _rule(
        rf"{_BETWEEN}(?P<m>{_M})\s{{0,3}}(?P<d>{_D})(?:\s{{0,2}},?\s{{0,3}}(?P<y>{_Y}))?{_AND}"
        rf"(?P<n>{_M})\s{{0,3}}(?P<e>{_D})(?:\s{{0,2}},?\s{{0,3}}(?P<z>{_Y}))?",
        dated.read_days_between,
    ),
    "days-and-month": _rule(
        rf"{_BETWEEN}(?P<d>{_D}){_AND}(?P<e>{_D})"
        rf"{_S}(?:of{_S})?(?P<m>{_M})(?:\s{{0,2}},?\s{{1,3}}(?P<y>{_Y}))?",
        dated.read_days_of_month,
    ),
    "years-and": _rule(rf"{_BETWEEN}(?P<y>{_Y}){_AND}(?P<z>{_Y})", dated.read_years),
    "days-month-first": _rule(
        rf"\b(?P<m>{_M})\s{{0,3}}(?P<d>{_D}){_TO}(?P<e>{_D})(?:\s{{0,2}},?\s{{0,3}}(?P<y>{_Y}))?",
        dated.read_days_of_month,
    ),
    "days-month-last": _rule(
        rf"(?<![\w.,-])(?P<d>{_D}){_TO}(?P<e>{_D})"
        rf"{_S}(?:of{_S})?(?P<m>{_M})(?:\s{{0,2}},?\s{{1,3}}(?P<y>{_Y}))?",
        dated.read_days_of_month,
    ),
    "month-day": _rule(
        rf"\b(?:{_W},?{_S})?(?P<m>{_M})\s{{0,3}}(?:the{_S})?(?P<d>{_D})(?:\s{{0,2}},?\s{{0,3}}(?P<y>{_Y}))?",
        dated.read_dated,
    ),
    "day-month": _rule(
        rf"(?<![\w.,-])(?:{_W},?{_S})?(?:the{_S})?(?P<d>{_D})"
        rf"{_S}(?:of{_S})?(?P<m>{_M})(?:\s{{0,2}},?\s{{1,3}}(?P<y>{_Y}))?",
        dated.read_dated,
    ),
    "month-year": _rule(rf"\b{_PART}(?P<m>{_M})\s{{0,2}},?\s{{1,3}}(?:of{_S})?(?P<y>{_Y})", dated.read_month_of_year),
    "month-relative": _rule(rf"\b(?P<r>[Ll]ast|[Tt]his|[Nn]ext){_S}(?P<m>{_M})", dated.read_bare_month),
    "month": _rule(
        rf"(?:{_IN}{_PART}|\b(?:[Ee]arly|[Ll]ate|[Mm]id)[\s-]{{1,2}})(?P<r>(?!))?(?P<m>{_M})(?!\w)",
        dated.read_bare_month,
    ),
    "years": _rule(rf"(?<![\w.,/-])(?P<y>{_Y}){_TO}(?P<z>{_Y}|[0-9]{{2}}(?![\w.]))", dated.read_years),
    "decade": _rule(rf"\b(?:the{_S})?{_PART}(?:(?P<y>[12][0-9]{{2}})0s|['’](?P<s>[1-9])0s)\b", dated.read_decade),
    "century": _rule(
        rf"\b(?:the{_S})?{_PART}(?P<c>[12]?[0-9])(?:st|nd|rd|th){_S}centur(?:y|ies)\b", dated.read_century
    ),
    "season": _rule(rf"\b(?P<s>{_SEASON}){_S}(?:of{_S}|,{_S})?(?P<y>{_Y})", dated.read_season),
    "season-relative": _rule(rf"\b(?P<r>[Ll]ast|[Tt]his|[Nn]ext){_S}(?P<s>{_SEASON})(?P<y>(?!))?\b", dated.read_season),
    "quarter": _rule(
        rf"\b(?:the{_S})?(?P<q>first|second|third|fourth|[1-4](?:st|nd|rd|th))"
        rf"{_S}quarter{_S}(?:of{_S})?(?P<y>{_Y})",
        dated.read_quarter,
        True,
    ),
    "quarter-short": _rule(rf"\bQ(?P<q>[1-4])[\s,/-]{{0,2}}(?P<y>{_Y})", dated.read_quarter),
    "half": _rule(rf"\b(?:the{_S})?(?P<h>first|second){_S}half{_S}(?:of{_S})?(?P<y>{_Y})", dated.read_half, True),
    "half-relative": _rule(
        rf"\b(?:the{_S})?(?P<h>first|second){_S}half{_S}of{_S}(?P<r>last|this|next){_S}year\b",
        dated.read_half_relative,
        True,
    ),
    "numbers": _rule(
        r"(?<![\w./-])(?:0?[1-9]|[12][0-9]|3[01])(?P<s>[./])(?:0?[1-9]|[12][0-9]|3[01])(?P=s)(?:1[0-9]|20|21)[0-9]{2}"
        r"(?![\w/-]|\.[0-9])",
        dated.read_numbers,
    ),
    "year": _rule(
        rf"(?:(?<=[A-Za-z,;:(\"“][\s])|(?<=[(\[]))(?:{_PART})(?P<y>(?:19|20)[0-9]{{2}})(?![\w%°-]|[.,][0-9]){_COUNTED}",
        dated.read_year,
    ),
    "year-old": _rule(
        rf"(?:{_IN}(?:the{_S}year{_S})?|\()(?P<y>1[0-8][0-9]{{2}})(?![\w%-]|[.,][0-9]){_COUNTED}",
        dated.read_year,
    ),
    "weekday": _rule(rf"\b(?:(?P<r>[Ll]ast|[Nn]ext|[Tt]his|[Oo]n){_S})?(?P<w>{_W})\b", relative.read_weekday),
    "near-day": _rule(
        rf"\b(?:the{_S}day{_S}(?:before{_S}yesterday|after{_S}tomorrow)"
        rf"|yesterday|today|tomorrow|tonight)\b(?![’']s)",
        relative.read_near_day,
        True,
    ),
    "unit": _rule(
        rf"\b(?:(?:earlier|later|the{_S}(?:beginning|middle|end){_S}of|early|late){_S})?"
        rf"(?P<r>{_RELATIVE}){_S}(?P<u>week|weekend|month|year)\b",
        relative.read_unit,
        True,
    ),
    "part-of-year": _rule(
        rf"\b(?:the{_S})?(?P<r>beginning|start|middle|end){_S}of{_S}the{_S}(?P<u>year)\b", relative.read_unit, True
    ),
    "ago": _rule(
        rf"\b(?P<n>{_N}){_S}(?P<u>days?|weeks?|months?|years?){_S}(?P<a>ago|earlier|later|before)\b",
        relative.read_ago,
        True,
    ),
    "beside": _rule(
        rf"\b(?:the{_S}(?:next|following|previous){_S}day"
        rf"|the{_S}day{_S}(?:before|after))\b(?!{_S}(?:yesterday|tomorrow))",
        relative.read_beside,
        True,
    ),
}
