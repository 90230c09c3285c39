"""English: the rules for years, parts of years, and what is told by way of another date.

In: nothing. Out: YEARS and RELATIVE, for `english`. It must not know texts or calendars. How patterns are written,
`grammar` says.
"""

from __future__ import annotations

from timeline.documents.languages.grammar import Shape

YEARS = (
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
    Shape(
        "century",
        "number",
        "read_century",
        r"\b(?:the_EARLY|EARLYISH)(?P<c>[12]?[0-9])(?:st|nd|rd|th)[\s-]centur(?:y|ies)\b",
    ),
    Shape("century-words", "ordinal", "read_century", r"\b(?:the_EARLY|EARLYISH)(?P<o>ORDINAL)[\s-]centur(?:y|ies)\b"),
    Shape(
        "season",
        "season",
        "read_season",
        r"\bEARLY(?P<s>SEASON)_(?:of_|,_)?(?:(?P<y>YEAR)(?:[-–/](?:[0-9]{2}){1,2}(?![0-9]))?|(?P<r>last|this|next)_year"
        r"|(?P<t>that|the_(?:same|following|previous))_year)",
    ),
    Shape("season-of-year", "season", "read_season", r"\b(?P<it>(?P<y>YEAR)_(?P<s>SEASON))\b(?!_[A-Z])"),
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
        r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring|[Bb]efore|[Aa]fter|[Tt]hrough|[Ff]or|[Oo]f)_(?P<it>"
        r"(?:the_)?EARLY(?P<s>SEASON))"
        r"(?![\w-])(?!_(?:of|from|training|in|to|semester|line|collection|camp)\b)",
    ),
    Shape(
        "season-that",
        "season",
        "read_season",
        r"\b(?P<t>[Tt]hat|[Tt]he_(?:following|previous|same))_(?P<s>SEASON)(?![\w-])",
    ),
    Shape("season-part", "season", "read_season", r"\b(?P<it>(?:[Ll]ate|[Ee]arly|[Mm]id)[\s-](?P<s>SEASON))(?![\w-])"),
    Shape(
        "quarter",
        "unit",
        "read_quarter",
        r"\b(?:(?i:the)_)?(?P<q>(?i:NTH))[\s-](?i:quarter)(?:_(?:of_)?(?:(?i:fiscal)_)?(?:(?:the_)?"
        r"(?P<y>YEAR)|(?P<r>last|this|next)_year))?\b",
    ),
    Shape(
        "quarter-of-year",
        "unit",
        "read_quarter",
        r"\b(?:(?P<y>YEAR)|(?P<r>(?i:last|this|next))_year)(?:[’']s)?_(?P<q>(?i:NTH))[\s-](?i:quarter)\b",
    ),
    Shape("quarter-short", "number", "read_quarter", r"\bQ(?P<q>[1-4])[\s,/-]{0,2}(?:of_)?(?P<y>YEAR)"),
    Shape(
        "half",
        "halves",
        "read_half",
        r"\b(?:(?i:the)_)?(?P<h>(?i:HALF))[\s-](?i:half)_(?:of_)?(?:(?:the_)?(?P<y>YEAR)|(?P<r>last|this"
        r"|next)_year|the_(?P<b>year))\b",
    ),
    Shape(
        "year",
        "number",
        "read_year",
        r"(?:(?<=[A-Za-z,;:(\"“”’'.—–][\s])|(?<=[(\[])|(?<=mid-)|(?<=pre-)|(?<=post-)|^)"
        r"(?<!Windows\s)(?<!Office\s)(?<!Route\s)(?<!Flight\s)(?<!flight\s)(?<!No\.\s)(?<!Room\s)(?<!room\s)(?<!Unit\s)"
        r"(?<!Section\s)(?<!page\s)(?<!Highway\s)(?<!Agent\s)(?<!than\s)(?<!some\s)(?<!nearly\s)(?<!about\s)"
        r"(?<!almost\s)"
        r"(?<!least\s)(?<!over\s)(?<!model\s)(?<!Model\s)(?<!Boeing\s)(?<!Suite\s)(?<!number\s)(?<!Area\s)"
        r"EARLY(?:(?:fiscal|calendar|year)_)?(?P<y>(?:19|20)[0-9]{2})(?![\w%°-]|[.,:/][0-9])COUNTED",
    ),
    Shape(
        "year-hyphen",
        "number",
        "read_year",
        r"(?<=[a-z]\s)(?P<y>(?:19|20)[0-9]{2})(?=-[a-z])(?!-(?:people|man|member|mile|foot|page|strong|ton"
        r"|year|pound|acre))",
    ),
    Shape(
        "year-old",
        "number",
        "read_year",
        r"(?:(?:INTO)|(?<!\w)\()(?P<it>(?:the_)?(?:year_)?EARLY(?P<y>1[0-8][0-9]{2}))"
        r"(?![\w%-]|[.,:][0-9])COUNTED",
    ),
    Shape("year-short", "number", "read_year", r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Bb]y|[Uu]ntil)_(?P<it>(?P<s>SHORT))"),
)

RELATIVE = (
    Shape(
        "weekday",
        "weekday",
        "read_weekday",
        r"\b(?:PLAINDAY)STAMP(?:(?:[Ee]arly|[Ll]ate|[Ll]ater)_(?:on_)?)?(?:(?P<r>[Ll]ast|[Nn]ext|[Tt]his_past"
        r"|[Tt]his_coming"
        r"|[Tt]his|[Tt]he_following|[Tt]he_previous|[Tt]hat|[Pp]ast)_)?(?:PART_(?:on_)?)?"
        r"(?P<w>WEEKDAY)NOPAPER(?:[\s-]PART\b)?",
    ),
    Shape(
        "near-day",
        "near",
        "read_near_day",
        r"\b(?:[Ee]arly_|[Ll]ate_|[Ll]ater_|[Ee]arlier_)?(?:(?<![A-Z]\s)|(?=[a-z]))(?P<w>NEAR)(?:[\s-]PART\b)?(?![’']s_[A-Z]|[’']"
        r"(?!s))",
    ),
    Shape(
        "unit",
        "unit",
        "read_unit",
        r"\bEARLY(?:(?<!the\s)|(?=[Ll]ast_))(?!This_Week\b)(?P<r>(?i:STEP))_(?:(?i:fiscal|calendar)_)?"
        r"(?P<u>(?i:week|weekend|month|year|decade|century|quarter))"
        r"(?![\w-]|[’'](?!s\b))",
    ),
    Shape(
        "unit-the",
        "unit",
        "read_unit",
        r"\bEARLY(?i:the)_(?P<r>(?i:current|coming|past(?=_weekend)|prior|last(?=_(?:quarter|weekend))|latest"
        r"(?=_(?:quarter|period))|full(?=_year)))_(?:(?i:fiscal)_)?"
        r"(?P<u>(?i:week|weekend|month|year|decade|century|quarter|period))(?![\w-])",
    ),
    Shape(
        "part-of-year",
        "unit",
        "read_unit",
        r"\b(?:(?i:the)_)?(?:(?i:beginning|start|middle|end|close|rest|remainder))_of_(?i:the)_(?P<u>(?i:year"
        r"|month|week|decade|century))\b(?!_(?:of|in)_[0-9])",
    ),
    Shape(
        "unit-in",
        "unit",
        "read_unit",
        r"\b(?i:earlier|later|late|early)_in_(?i:the)_(?P<u>(?i:year|month|week|decade))\b(?!_of)",
    ),
    Shape(
        "weekend",
        "unit",
        "read_unit",
        r"\b(?:[Oo]ver|[Dd]uring|[Tt]hrough|[Ff]or|[OoAa][nt])_(?P<it>the_(?P<u>weekend))\b(?!_(?:of|before"
        r"|after))",
    ),
    Shape("year-end", "unit", "read_unit", r"\b(?P<it>(?P<u>year|month)(?:-|_|[’']s[\s-])end)\b(?!_(?:of|19|20))"),
    Shape(
        "ago",
        "unit",
        "read_ago",
        r"\b(?P<n>(?i:NUMBER))(?:_and_a_half)?(?:_(?:full|whole|calendar))?_(?P<u>(?i:UNIT))(?:_or_(?:so|two))?"
        r"_(?P<a>(?i:AGO))(?![\w-])",
    ),
    Shape(
        "year-ago",
        "unit",
        "read_year_ago",
        r"\b(?:the_|a_)?(?i:year)(?:-|_)(?P<a>(?i:earlier|ago))(?=_(?:period|quarter|level|figure"
        r"|profit|loss|result|earnings|month))",
    ),
    Shape(
        "beside",
        "unit",
        "read_beside",
        r"\b(?P<r>(?i:the_(?:next|following|previous|same)|that(?:_same|_very)?))_(?P<u>(?i:day|morning"
        r"|afternoon|evening|night|week|weekend|month|year|quarter))\b(?![-’'])",
    ),
    Shape(
        "beside-part",
        "part",
        "read_beside",
        r"\b(?P<r>(?i:the_(?:next|following|previous|same)|that))_(?P<u>(?i:morning|afternoon|evening"
        r"|night))\b",
    ),
    Shape(
        "beside-after",
        "unit",
        "read_beside",
        r"\b(?i:the)_(?P<u>(?i:day|week|month|year))_(?P<r>(?i:before|after))(?![\w’'-])"
        r"(?!_(?:(?:yesterday|tomorrow|the|an?|his|her|its|their|our|my|your|this|that|th[eo]se|he|she|it|they|we|I)\b"
        r"|[A-Z0-9]))",
    ),
    Shape(
        "beside-night",
        "part",
        "read_beside",
        r"\b(?i:the)_(?P<u>(?i:morning|evening|night))_(?P<r>(?i:before|after))(?=[.,;:)”\"]|$)",
    ),
    Shape(
        "clock",
        "number",
        "read_clock",
        r"(?<![\w.:$-])(?:(?i:about|around|shortly_before|shortly_after|just_before|just_after)_)?"
        r"(?:(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?\s{0,2}[aApP]\.?[mM]\b\.?|(?:[01]?[0-9]|2[0-3])[:.]?[0-5][0-9]_(?:GMT|UTC|hours))"
        r"(?:_ZONE)?(?![\w-])",
    ),
)
