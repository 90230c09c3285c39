"""English: the rules for years and parts of years.

In: nothing. Out: YEARS, for `english`. It must not know texts or calendars. How patterns are written, `grammar` says.
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
    Shape(
        "quarter-same",
        "unit",
        "read_quarter_again",
        r"\b(?i:the)_(?i:same|corresponding|comparable|equivalent)_(?i:quarter|period)(?:_(?:of|in))?"
        r"_(?:(?P<y>YEAR)|(?P<r>last|this)_year|(?:the_|a_)(?P<b>previous|prior|year)"
        r"(?:(?<!year)_year|_(?:before|earlier|ago)))\b",
    ),
    Shape(
        "quarter-the",
        "unit",
        "read_quarter_again",
        r"\b(?:[Ii]n|[Ff]or|[Dd]uring|[Oo]f|[Tt]hrough)_(?P<it>the_quarter)(?![\w-])(?!_(?:of|that|which|to|from|through)\b)",
    ),
    Shape(
        "quarter-left-out",
        "unit",
        "read_quarter_beside",
        r"\bquarter\b[^.;:!?]{0,60}?\b(?:in|from|than|to|of)_(?P<it>the_(?P<q>first|second|third|fourth))"
        r"(?=[.,;:)]|$|_(?:and|but|to|from|when|as)\b)",
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
        r"EARLY(?:(?:fiscal|calendar|year|FY)_)?(?P<y>(?:19|20)[0-9]{2})(?![\w%°-]|[.,:/][0-9])COUNTED",
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
        r"(?:(?:INTO)|(?<!\w)\()(?P<it>(?:the_)?(?:year_)?EARLY(?P<y>(?:1[0-8]|21)[0-9]{2}))"
        r"(?![\w%-]|[.,:][0-9])COUNTED",
    ),
    Shape("year-short", "number", "read_year", r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Bb]y|[Uu]ntil)_(?P<it>(?P<s>SHORT))"),
)
