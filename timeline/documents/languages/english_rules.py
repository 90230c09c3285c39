"""The rules of English: which words may tell a date, and which reader says which.

In: nothing. Out: SHAPES, for `english`. It must not know texts or calendars. How patterns are written, `grammar` says.
"""

from __future__ import annotations

from timeline.documents.languages.grammar import Shape

_IN = r"\b[Ii]n_|\b[Oo]f_|\b[Ss]ince_|\b[Bb]y_|\b[Uu]ntil_|\b[Tt]ill_|\b[Dd]uring_|\b[Ff]rom_|\b[Bb]efore_|\b[Aa]fter_"
_IN += r"|\b[Tt]hrough_|\b[Tt]hroughout_|\b[Ff]or_|\b[Tt]o_|\b[Aa]nd_|\b[Oo]r_|\b[Tt]his_|\b[Tt]he_|\b[Aa]_|\b[Bb]etween_"
_NOT_IN_A_NAME = (
    r"(?<!Good\s)(?<!Black\s)(?<!Bloody\s)(?<!Ash\s)(?<!Super\s)(?<!Palm\s)(?<!every\s)(?<!Every\s)(?<!each\s)"
)
_NO_NAME = r"(?!_(?:Times|Telegraph|Mirror|Mail|Express|Post|Herald|Independent|Night_L|Night_Football|School|service))"
_YEAR_OF = r"(?:,?_(?:of_)?(?P<r>last|this|next)_year|_of_the_(?P<t>same|following|previous)_year)"
_AGO = r"(?:ago|earlier|later|(?:before|afterwards|after)(?=[.,;:)”\"]|$|_(?:that|and|when|,)\b))"

_DAYS = (
    Shape(
        "iso",
        "number",
        "read_iso",
        r"(?<![\w-])(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?:T[0-9:]{2,8}Z?)?(?![\w-])",
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
        r"BETWEEN(?P<it>(?P<m>MONTH)\s{0,3}(?P<d>DAY)TAIL?AND(?P<n>MONTH)\s{0,3}(?P<e>DAY)(?:\s{0,2},?\s{0,3}(?P<z>YEAR))?)",
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
        rf"\bWDAY\(?(?P<m>MONTH)\s{{0,3}}(?:the_)?(?P<d>DAY)(?:TAIL|,?\s{{0,2}}(?P<s>SHORT)|{_YEAR_OF})?",
    ),
    Shape(
        "day-month",
        "month",
        "read_dated",
        rf"(?<![\w.,$£€-])WDAY(?:the_)?(?P<d>DAY)(?:_(?:of_)?|-)(?P<m>MONTH)(?:[\s,-]TAIL|{_YEAR_OF})?",
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
        "attacks",
        "month",
        "read_attacks",
        r"\b(?:Sept\.|September|Sep\.)_11(?=(?:,?_2001)?,?_(?:terror|attack|hijack|suicide|commission|victims))",
    ),
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
        r"\b(?:(?P<r>[Ll]ast|[Tt]his|[Nn]ext)_)?(?P<h>HOLIDAY)(?:[’']s)?(?:,?_(?:of_)?(?P<y>YEAR))?(?!_(?:Island|Bunny|eggs?|party|Party|tree))",
    ),
)

_MONTHS = (
    Shape(
        "month-year",
        "month",
        "read_month",
        r"\bEARLY(?P<m>MONTH)\s{0,2},?\s{1,3}(?:of_)?(?:(?P<y>YEAR)|(?P<s>SHORT))",
    ),
    Shape("month-of-year", "month", "read_month", rf"\bEARLY(?P<m>LONGMONTH){_YEAR_OF}"),
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
        rf"(?:{_IN}|\b)(?P<it>EARLYISH(?P<m>LONGMONTH))(?!_[A-Z][a-z])",
    ),
    Shape(
        "month-bare",
        "month",
        "read_month",
        r"(?<![-\w])(?<!Black\s)(?P<m>January|February|July|September|October|November|December)(?:[’']s\b)?"
        r"(?![\w-]{0,3}\s{0,3}[0-9]{1,2}(?![0-9]))(?!_[Rr]evolution)",
    ),
    Shape(
        "month-named",
        "month",
        "read_month",
        rf"(?:{_IN})(?P<it>(?P<m>March|April|May|June|August|Mar\.|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)(?:[’']s\b)?)"
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

_YEARS = (
    Shape("years", "number", "read_years", r"(?<![\w.,/-])(?P<y>YEAR)(?:TILL|/)(?P<z>YEAR|[0-9]{2}(?![\w.]))"),
    Shape("years-and", "number", "read_years", r"BETWEEN(?P<it>(?P<y>YEAR)AND(?P<z>YEAR))"),
    Shape(
        "decade",
        "number",
        "read_decade",
        r"(?:\b(?:the_)?EARLY)(?<![\w$])(?:(?P<y>[12][0-9]{2})0[’']?s|['’‘`](?P<s>[1-9])0[’']?s)\b",
    ),
    Shape("decade-short", "number", "read_decade", r"\b(?:the_)EARLY(?<![\w$])['’‘`]?(?P<s>[1-9])0[’']?s\b"),
    Shape(
        "decade-words",
        "decade",
        "read_decade",
        r"\b(?:[Ii]n|[Oo]f|[Dd]uring|[Ss]ince|[Tt]hroughout)_(?P<it>the_EARLY(?P<w>DECADE))",
    ),
    Shape("century", "number", "read_century", r"\b(?:the_)?EARLY(?P<c>[12]?[0-9])(?:st|nd|rd|th)[\s-]centur(?:y|ies)\b"),
    Shape("century-words", "ordinal", "read_century", r"\b(?:the_)?EARLY(?P<o>ORDINAL)[\s-]centur(?:y|ies)\b"),
    Shape(
        "season",
        "season",
        "read_season",
        r"\bEARLY(?P<s>SEASON)_(?:of_|,_)?(?:(?P<y>YEAR)|(?P<r>last|this|next)_year)",
    ),
    Shape("season-of-year", "season", "read_season", r"\b(?P<it>(?P<y>YEAR)_(?P<s>SEASON))\b"),
    Shape(
        "season-relative",
        "season",
        "read_season",
        r"\b(?:EARLY)(?P<r>[Ll]ast|[Tt]his_past|[Tt]his_coming|[Tt]his|[Nn]ext|[Pp]ast|[Cc]oming)_(?P<s>SEASON)\b",
    ),
    Shape(
        "season-bare",
        "season",
        "read_season",
        r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring|[Bb]efore|[Aa]fter|[Tt]hrough)_(?P<it>(?:the_)?EARLY(?P<s>SEASON))"
        r"(?![\w-])(?!_(?:of|from|training|in|to|semester|line|collection|camp)\b)",
    ),
    Shape("season-part", "season", "read_season", r"\b(?P<it>(?:[Ll]ate|[Ee]arly|[Mm]id)[\s-](?P<s>SEASON))(?![\w-])"),
    Shape(
        "quarter",
        "unit",
        "read_quarter",
        r"\b(?:(?i:the)_)?(?P<q>(?i:NTH))[\s-](?i:quarter)(?:_(?:of_)?(?:(?i:fiscal)_)?(?:(?:the_)?(?P<y>YEAR)|(?P<r>last|this|next)_year))?\b",
    ),
    Shape("quarter-of-year", "unit", "read_quarter", r"\b(?P<y>YEAR)[’']?s?_(?P<q>(?i:NTH))[\s-](?i:quarter)\b"),
    Shape("quarter-short", "number", "read_quarter", r"\bQ(?P<q>[1-4])[\s,/-]{0,2}(?:of_)?(?P<y>YEAR)"),
    Shape(
        "half",
        "halves",
        "read_half",
        r"\b(?:(?i:the)_)?(?P<h>(?i:HALF))[\s-](?i:half)_(?:of_)?(?:(?:the_)?(?P<y>YEAR)|(?P<r>last|this|next)_year|the_(?P<b>year))\b",
    ),
    Shape(
        "year",
        "number",
        "read_year",
        r"(?:(?<=[A-Za-z,;:(\"“”’'.—–][\s])|(?<=[(\[])|(?<=mid-)|(?<=pre-)|(?<=post-)|^)"
        r"(?<!Windows\s)(?<!Office\s)(?<!Route\s)(?<!Flight\s)(?<!flight\s)(?<!No\.\s)(?<!Room\s)(?<!room\s)(?<!Unit\s)"
        r"(?<!Section\s)(?<!page\s)(?<!Highway\s)(?<!Agent\s)(?<!than\s)(?<!some\s)(?<!nearly\s)(?<!about\s)(?<!almost\s)"
        r"(?<!least\s)(?<!over\s)(?<!model\s)(?<!Model\s)(?<!Boeing\s)(?<!Suite\s)(?<!number\s)(?<!Area\s)"
        r"EARLY(?:(?:fiscal|calendar|year)_)?(?P<y>(?:19|20)[0-9]{2})(?:[’']s)?(?![\w%°-]|[.,:/][0-9])COUNTED",
    ),
    Shape(
        "year-hyphen",
        "number",
        "read_year",
        r"(?<=[a-z]\s)(?P<y>(?:19|20)[0-9]{2})(?=-[a-z])(?!-(?:people|man|member|mile|foot|page|strong|ton|year|pound|acre))",
    ),
    Shape(
        "year-old",
        "number",
        "read_year",
        rf"(?:(?:{_IN})|\()(?P<it>(?:the_)?(?:year_)?EARLY(?P<y>1[0-8][0-9]{{2}}))"
        r"(?![\w%-]|[.,:][0-9])COUNTED",
    ),
    Shape("year-short", "number", "read_year", r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Bb]y|[Uu]ntil)_(?P<it>(?P<s>SHORT))"),
)

_RELATIVE = (
    Shape(
        "weekday",
        "weekday",
        "read_weekday",
        rf"\b{_NOT_IN_A_NAME}STAMP(?:(?:[Ee]arly|[Ll]ate|[Ll]ater)_(?:on_)?)?(?:(?P<r>[Ll]ast|[Nn]ext|[Tt]his_past|[Tt]his_coming"
        rf"|[Tt]his|[Tt]he_following|[Tt]he_previous|[Tt]hat|[Pp]ast)_)?(?:PART_(?:on_)?)?(?P<w>WEEKDAY)(?:[\s-]PART\b)?(?:[’']s\b)?{_NO_NAME}",
    ),
    Shape("near-day", "near", "read_near_day", r"\b(?:[Ee]arly_|[Ll]ate_|[Ll]ater_|[Ee]arlier_)?(?P<w>NEAR)(?:[\s-]PART\b)?(?:[’']s\b(?!_[A-Z]))?(?![’'])"),
    Shape(
        "unit",
        "unit",
        "read_unit",
        r"\bEARLY(?:(?<!the\s)|(?=[Ll]ast_))(?P<r>(?i:STEP))_(?:(?i:fiscal|calendar)_)?(?P<u>(?i:week|weekend|month|year|decade|century|quarter))"
        r"(?:[’']s)?(?![\w-]|[’']\w)",
    ),
    Shape(
        "unit-the",
        "unit",
        "read_unit",
        r"\bEARLY(?i:the)_(?P<r>(?i:current|coming|past(?=_weekend)|previous|prior|last(?=_(?:quarter|weekend))|latest(?=_quarter)))_(?:(?i:fiscal)_)?"
        r"(?P<u>(?i:week|weekend|month|year|decade|century|quarter))(?![\w-])",
    ),
    Shape(
        "part-of-year",
        "unit",
        "read_unit",
        r"\b(?:(?i:the)_)?(?:(?i:beginning|start|middle|end|close|rest|remainder))_of_(?i:the)_(?P<u>(?i:year|month|week|decade|century))\b(?!_(?:of|in)_[0-9])",
    ),
    Shape(
        "unit-in",
        "unit",
        "read_unit",
        r"\b(?i:earlier|later|late|early)_in_(?i:the)_(?P<u>(?i:year|month|week|decade))\b(?!_of)",
    ),
    Shape("weekend", "unit", "read_unit", r"\b(?:[Oo]ver|[Dd]uring|[Tt]hrough|[Ff]or|[Oo]n)_(?P<it>the_(?P<u>weekend))\b(?!_(?:of|before|after))"),
    Shape("year-end", "unit", "read_unit", r"\b(?P<it>(?P<u>year|month)(?:-|_|[’']s[\s-])end)\b(?!_(?:of|19|20))"),
    Shape(
        "ago",
        "unit",
        "read_ago",
        rf"\b(?P<n>(?i:NUMBER))(?:_(?:full|whole|calendar))?_(?P<u>(?i:UNIT))_(?P<a>(?i:{_AGO}))(?![\w-])",
    ),
    Shape("year-ago", "unit", "read_year_ago", r"\b(?:the_|a_)?(?i:year)(?:-|_)(?P<a>(?i:earlier|ago))(?=_(?:period|quarter|level|figure|profit|loss|result|earnings|month))"),
    Shape(
        "beside",
        "unit",
        "read_beside",
        r"\b(?P<r>(?i:the_(?:next|following|previous|same)|that(?:_same|_very)?))_(?P<u>(?i:day|morning|afternoon|evening|night|week|weekend|month|year|quarter))\b(?![-’'])",
    ),
    Shape("beside-part", "part", "read_beside", r"\b(?P<r>(?i:the_(?:next|following|previous|same)|that))_(?P<u>(?i:morning|afternoon|evening|night))\b"),
    Shape(
        "beside-after",
        "unit",
        "read_beside",
        r"\b(?i:the)_(?P<u>(?i:day|week|month|year))_(?P<r>(?i:before|after))(?![\w’'-])"
        r"(?!_(?:yesterday|tomorrow|the|an?|his|her|its|their|our|my|your|this|that|th[eo]se|he|she|it|they|we|I|[A-Z0-9]))",
    ),
    Shape("beside-night", "part", "read_beside", r"\b(?i:the)_(?P<u>(?i:morning|evening|night))_(?P<r>(?i:before|after))(?=[.,;:)”\"]|$)"),
)

SHAPES = (*_DAYS, *_MONTHS, *_YEARS, *_RELATIVE)
