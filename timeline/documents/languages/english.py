"""English: its words, fragments and signs of tense.

In: nothing. Out: ENGLISH, a Language whose rules are those of `english_days`, `english_spans` and
`english_relative`. It must not know texts or calendars.
"""

from __future__ import annotations

from timeline.documents.languages.english_days import DAYS, MONTHS
from timeline.documents.languages.english_relative import RELATIVE
from timeline.documents.languages.english_spans import YEARS
from timeline.documents.languages.grammar import Language, Tense, Words, listed

_MONTHS = (
    "January Jan Jan.",
    "February Feb Feb.",
    "March Mar Mar.",
    "April Apr Apr.",
    "May",
    "June Jun Jun.",
    "July Jul Jul.",
    "August Aug Aug.",
    "September Sept Sept. Sep Sep.",
    "October Oct Oct.",
    "November Nov Nov.",
    "December Dec Dec.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COUNTS = listed("zero one two three four five six seven eight nine ten eleven twelve")
_ORDINALS = listed("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
_TEENS = listed("thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
_DECADES = listed("twenties thirties forties fifties sixties seventies eighties nineties")
_UNITS = {unit: unit for unit in listed("day week weekend month quarter year decade")}

WORDS: dict[str, Words] = {
    "month": {form: number for number, forms in enumerate(_MONTHS, 1) for form in forms.split()},
    "longmonth": {forms.split()[0]: number for number, forms in enumerate(_MONTHS, 1)},
    "weekday": {name: number for number, name in enumerate(_DAYS)},
    "season": {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24},
    "count": {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "twenty": 20, "thirty": 30}
    | {word: number for number, word in enumerate(_COUNTS)},
    "ordinal": {word: number for number, word in enumerate((*_ORDINALS, *_TEENS), 1)} | {"twenty-first": 21},
    "nth": {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
    | {"final": 4},
    "half": {"first": 1, "1st": 1, "second": 2, "2nd": 2},
    "decade": {name: number for number, name in enumerate(_DECADES, 192)},
    "near": {
        "the day before yesterday": -2,
        "yesterday": -1,
        "last night": -1,
        "today": 0,
        "tonight": 0,
        "this morning": 0,
        "this afternoon": 0,
        "this evening": 0,
        "tomorrow": 1,
        "the day after tomorrow": 2,
    },
    "holiday": {
        "New Year's Day": "01-01",
        "New Year's Eve": "12-31",
        "Valentine's Day": "02-14",
        "Independence Day": "07-04",
        "Fourth of July": "07-04",
        "July Fourth": "07-04",
        "Halloween": "10-31",
        "St. Patrick's Day": "03-17",
        "Earth Day": "04-22",
        "May Day": "05-01",
        "Bastille Day": "07-14",
        "Remembrance Day": "11-11",
        "Mother's Day": "05-sun2",
        "Father's Day": "06-sun3",
        "Ash Wednesday": "easter-46",
        "Palm Sunday": "easter-7",
        "Veterans Day": "11-11",
        "Christmas": "12-25",
        "Christmas Day": "12-25",
        "Christmas Eve": "12-24",
        "Boxing Day": "12-26",
        "Martin Luther King Day": "01-mon3",
        "Presidents Day": "02-mon3",
        "Memorial Day": "05-mon5",
        "Labor Day": "09-mon1",
        "Columbus Day": "10-mon2",
        "Thanksgiving": "11-thu4",
        "Thanksgiving Day": "11-thu4",
        "Good Friday": "easter-2",
        "Easter": "easter",
        "Easter Sunday": "easter",
        "Easter Monday": "easter+1",
    },
    "step": {
        "last": -1,
        "this past": -1,
        "past": -1,
        "this last": -1,
        "previous": -1,
        "prior": -1,
        "this": 0,
        "the current": 0,
        "current": 0,
        "this coming": 1,
        "next": 1,
        "coming": 1,
        "latest": -1,
        "full": 0,
    },
    "that": {
        "the previous": -1,
        "before": -1,
        "the same": 0,
        "that": 0,
        "that same": 0,
        "that very": 0,
        "the following": 1,
        "the next": 1,
        "after": 1,
    },
    "coming": {"this coming": 0, "coming": 0},
    "halves": {"half": 0},
    # after these, a number such as 1998 is a year, also before a noun in the plural
    "lead": dict.fromkeys(
        listed(
            "in of since by the a an from until till to and or for before after during through between early "
            "late mid this that its his her their our my your year as with fiscal calendar"
        ),
        1,
    ),
    "unit": {
        **_UNITS,
        **{f"{word}s": kind for word, kind in _UNITS.items()},
        "century": "century",
        "period": "quarter",
        "centuries": "century",
    },
    "hour": dict.fromkeys(listed("noon midday midnight dawn dusk daybreak sunrise sunset nightfall"), 0),
    "part": {"morning": 0, "afternoon": 0, "evening": 0, "night": 0},
    "then": {"ago": "ago", "earlier": "back", "before": "back", "later": "on", "afterwards": "on", "after": "on"},
}

# "the end of the year" and the like: words before a date that name a part of it
_PARTS = (
    r"(?i:(?:earl(?:y|ier)|later?|mid|middle)(?:_(?:in|on))?(?:_the)?[\s-]{1,2}"
    r"|(?:the_)?(?:very_)?(?:beginning|start|middle|end|close|last_days|first_days|early_days|eve)_of_(?:the_)?)"
)
_TIMES = (
    r"(?:(?:HOUR|[0-9]{1,2}(?:[:.][0-5][0-9])?\s{0,2}(?:[aApP]\.?[mM]\.?)?(?:_(?:GMT|EST|EDT|CST|CDT|PST|PDT|ET|CET|UTC))?)"
    r"(?:,|_on)?_)?"
)
FRAGMENTS = {
    "INTO": (
        r"(?:\b(?:[Ii]n|[Oo]f|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom|[Bb]efore|[Aa]fter|[Tt]hrough"
        r"|[Tt]hroughout|[Ff]or|[Tt]o|[Aa]nd|[Oo]r|[Tt]his|[Tt]he|[Aa]|[Bb]etween)_)"
    ),
    "PLAINDAY": (
        r"(?<!Good\s)(?<!Black\s)(?<!Bloody\s)(?<!Ash\s)(?<!Super\s)(?<!Palm\s)(?<!every\s)(?<!Every\s)(?<!each\s)"
    ),
    "NOPAPER": (
        r"(?!_(?:Times|Telegraph|Mirror|Mail|Express|Post|Herald|Independent|School|Night_(?:Lights|Live|Football)))"
    ),
    "OFYEAR": r"(?:,?_(?:of_)?(?P<r>last|this|next)_year|_of_(?P<t>that|the_(?:same|following|previous))_year)",
    "AGO": r"(?:ago|earlier|later|(?:before|afterwards|after)(?=[.,;:)”\"]|$|_(?:that|and|when|,)\b))",
    "EARLY": rf"(?:{_PARTS})?",
    "EARLYISH": _PARTS,
    "DAY": r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9]|,[0-9]{3}(?![0-9])|[:.][0-9]|%)",
    "TILL": r"(?:\s{0,2}DASH\s{0,2}|_(?:to|till|until|through)_)",
    "AND": r"_and_",
    "BETWEEN": r"\b[Bb]etween_",
    "NUMBER": r"(?:NUMERAL|COUNT)",
    "TAIL": r"(?:\s{0,2},?\s{0,3}(?P<y>YEAR))",
    "STAMP": _TIMES,
    "ZONE": r"(?:GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CET|UTC|BST|local_time)",
    "WDAY": r"(?:(?:WEEKDAY|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?)(?:_PART)?,?\s{1,3})?",
    "COUNTED": (
        r"(?!(?:_|-)(?:people|persons|troops|soldiers|men|women|children|tons|tonnes|killed|dead|wounded"
        r"|rounds|km|kilometers|kilometres|metres|meters|miles|feet|pounds|dollars|euros|points|votes|shares|jobs"
        r"|workers|employees|barrels|acres|hours|hrs|GMT|UTC|rpm|calories|members|times|percent|per_cent|square|cubic"
        r"|other|more|new|homes|houses|families|refugees|students|civilians|police|officers|pages|copies|units"
        r"|cars|guests|megawatts|volts|watts|miles|yards|seats)\b)"
    ),
}
TENSE = Tense(
    ahead=frozenset(
        listed(
            "will shall would must should might could payable won't slated due scheduled expected planned upcoming "
            "forthcoming begins starts opens meets expires resumes debuts airs poised supposed expects "
            "expect expecting predicts forecasts meet leaves arrives convenes "
            "plays hosts faces visits travels departs returns votes kicks reopens resume steps"
        )
    ),
    ahead_to=frozenset(
        listed(
            "is are was were be going set about likely plan plans planning schedules expects expect expecting "
            "intends intend hopes hope hoping vowed vows pledged pledges promised promises agreed agrees "
            "ready preparing prepares aims wants urged invited ordered bound projected predicted forecast "
            "postponed delayed extended"
        )
    ),
    to=frozenset(("to", "for", "until", "till", "through")),
    behind=frozenset(
        listed(
            "said says told was were had did came went took made began won lost met fell rose left held found "
            "gave got saw led sent struck hit ran broke became grew shot cut quit put brought bought sold "
            "paid kept spoke wrote drew drove flew knew showed stood thought beat since"
        )
    ),
    ahead_beside=frozenset(
        ("is", "are", "starting", "beginning", "effective", "until", "till", "as early as", "as soon as")
    ),
    behind_beside=frozenset(("set",)),
    bounds=frozenset(("by",)),
    prepositions=frozenset(("on", "in", "at")),
    auxiliaries=frozenset(("be", "been", "get", "have", "to", "not", "for")),
    comparing=frozenset(("as", "than")),
    passing=frozenset(("also",)),
    over=frozenset((("had", "been"),)),
    ahead_pairs=frozenset((("to", "be"),)),
    adverbs=("ly",),
    ahead_ends=("'ll",),
    behind_ends=("ed",),
)

ENGLISH = Language(
    "en",
    WORDS,
    FRAGMENTS,
    (*DAYS, *MONTHS, *YEARS, *RELATIVE),
    ("month", "weekday", "season", "unit", "near", "holiday", "decade", "ordinal", "part", "halves", "hour"),
    TENSE,
    frozenset({"month", "longmonth", "weekday", "holiday"}),
)
