"""English: the rules for days and months.

In: nothing. Out: DAYS and MONTHS, for `english`. It must not know texts or calendars. How patterns are written,
`grammar` says.
"""

from __future__ import annotations

from timeline.documents.languages.grammar import Shape

DAYS = (
    Shape(
        "iso",
        "number",
        "read_iso",
        r"(?<![\w-])(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?:T[0-9:]{2,8}Z?)?(?![\w-])",
    ),
    Shape(
        "attacks",
        "month",
        "read_attacks",
        r"\b(?:Sept\.|September|Sep\.)_11(?=(?:,?_2001)?,?_(?:terror|attack|hijack|suicide|commission|victims))",
    ),
    Shape(
        "days-between",
        "month",
        "read_days_between",
        r"\b(?P<m>MONTH)\s{0,3}(?P<d>DAY)TAIL?TILL(?P<n>MONTH)\s{0,3}(?P<e>DAY)(?:\s{0,2},?\s{0,3}(?P<z>YEAR))?",
    ),
    Shape(
        "days-between-and",
        "month",
        "read_days_between",
        r"BETWEEN(?P<it>(?P<m>MONTH)\s{0,3}(?P<d>DAY)TAIL?AND(?P<n>MONTH)\s{0,3}(?P<e>DAY)(?:\s{0,2},?\s{0,3}"
        r"(?P<z>YEAR))?)",
    ),
    Shape(
        "days-and-month",
        "month",
        "read_days_of_month",
        r"BETWEEN(?P<it>(?P<d>DAY)AND(?P<e>DAY)_(?:of_)?(?P<m>MONTH)TAIL?)",
    ),
    Shape(
        "days-month-first",
        "month",
        "read_days_of_month",
        r"\b(?P<m>MONTH)\s{0,3}(?P<d>DAY)TILL(?P<e>DAY)TAIL?",
    ),
    Shape(
        "days-month-last",
        "month",
        "read_days_of_month",
        r"(?<![\w.,-])(?P<d>DAY)TILL(?P<e>DAY)_(?:of_)?(?P<m>MONTH)TAIL?",
    ),
    Shape(
        "month-day",
        "month",
        "read_dated",
        r"\bWDAY\(?(?P<m>MONTH)\s{0,3}(?:the_)?(?P<d>DAY)(?:TAIL|,?\s{0,2}(?P<s>SHORT)|OFYEAR)?",
    ),
    Shape(
        "day-month",
        "month",
        "read_dated",
        r"(?<![\w.,$£€-])WDAY(?:the_)?(?P<d>DAY)(?:_(?:of_)?|-)(?P<m>MONTH)(?:[\s,-]TAIL|OFYEAR)?",
    ),
    Shape(
        "second-day",
        "month",
        "read_dated",
        r"\b(?P<m>MONTH)\s{0,3}DAY(?:,_DAY){0,3},?(?:_and|_or|,)_(?P<it>(?P<d>DAY)TAIL?)"
        r"(?=[.,;:)—]|$|_(?:in|at|and|to|for|with|by|when|as|after|before)\b)",
    ),
    Shape(
        "first-day",
        "month",
        "read_dated",
        r"(?<![\w.,$-])(?P<it>(?:the_)?(?P<d>DAY))_(?:and|or)_(?:the_)?DAY_(?:of_)?(?P<m>MONTH)TAIL?",
    ),
    Shape(
        "numbers",
        "number",
        "read_numbers",
        r"(?<![\w./$-])[0-9]{1,2}(?P<x>[./])[0-9]{1,2}(?P=x)(?:(?:1[0-9]|20|21)[0-9]{2}|[0-9]{2})(?![\w/-]|\.[0-9]|%)",
    ),
    Shape("nine-eleven", "number", "read_attacks", r"(?<![\w/.-])9/11(?![\w/]|\.[0-9])"),
    Shape(
        "nth",
        "number",
        "read_day_of_month",
        r"\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom|[Bb]efore)_(?P<it>the_(?P<d>[0-9]{1,2}(?:st|nd|rd|th))"
        r"(?:_of_(?P<r>this|last|next)_month|(?=[.,;)])))",
    ),
    Shape(
        "holiday",
        "holiday",
        "read_holiday",
        r"\b(?:(?P<r>[Ll]ast|[Tt]his|[Nn]ext)_)?(?P<h>HOLIDAY)(?:,?_(?:of_)?(?P<y>YEAR))?(?!_(?:Island|Bunny"
        r"|eggs?|party|Party|tree))",
    ),
)

MONTHS = (
    Shape(
        "month-year",
        "month",
        "read_month",
        r"\bEARLY(?P<m>MONTH)\s{0,2},?\s{1,3}(?:of_)?(?:(?P<y>YEAR)|(?P<s>SHORT))",
    ),
    Shape("month-of-year", "month", "read_month", r"\bEARLY(?P<m>LONGMONTH)OFYEAR"),
    Shape(
        "month-relative",
        "month",
        "read_month",
        r"\b(?P<r>[Ll]ast|[Tt]his_past|[Tt]his_coming|[Tt]his|[Nn]ext)_(?P<m>LONGMONTH)",
    ),
    Shape("month-that", "month", "read_month", r"\b(?P<t>[Tt]hat|[Tt]he_(?:following|previous|same))_(?P<m>LONGMONTH)"),
    Shape(
        "month-before-dated",
        "month",
        "read_month",
        r"\b(?P<it>(?P<m>MONTH))(?:_(?:and|to|or|through|until)_|TILL)MONTH\s{0,2},?\s{1,3}(?P<y>YEAR)",
    ),
    Shape(
        "month",
        "month",
        "read_month",
        r"(?:INTO|\b)(?P<it>EARLYISH(?P<m>LONGMONTH))(?!_[A-Z][a-z])",
    ),
    Shape(
        "month-bare",
        "month",
        "read_month",
        r"(?<![-\w])(?<!Black\s)(?<!each\s)(?<!every\s)(?<!Every\s)(?P<m>January|February|July|September|October|November|December)"
        r"(?![\w-]{0,3}\s{0,3}[0-9]{1,2}(?![0-9]))(?!_[Rr]evolution)",
    ),
    Shape(
        "month-named",
        "month",
        "read_month",
        r"(?:INTO)(?P<it>(?P<m>March|April|May|June|August|Mar\.|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.))"
        r"(?![\w-]|\s{0,3}[0-9]{1,2}(?![0-9]))(?!_[A-Z][a-z])(?!_(?:on|of)\b)",
    ),
    Shape(
        "month-after-month",
        "month",
        "read_month",
        r"\bLONGMONTH(?:,|,?_(?:and|or|to|through|until))_(?P<it>(?P<m>LONGMONTH))(?!\s{0,3}[0-9])",
    ),
    Shape(
        "month-before-month",
        "month",
        "read_month",
        r"(?<=[a-z,]\s)(?P<it>(?P<m>LONGMONTH))(?:,|_(?:and|or|to|through|until))_LONGMONTH\b",
    ),
)
