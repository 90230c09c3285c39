"""Russian: its words, fragments, rules and signs of tense.

In: nothing. Out: RUSSIAN, a Language. It must not know texts or calendars. How patterns are written, `grammar` says.
Every form of a word that can stand in a date is written out, for a date is told in many cases.
"""

from __future__ import annotations

from timeline.documents.languages.grammar import Language, Shape, Tense, Words, listed

_MONTHS = (
    "январь января январе январю январём январем янв янв.",
    "февраль февраля феврале февралю февралём февралем февр февр. фев.",
    "март марта марте марту мартом мар.",
    "апрель апреля апреле апрелю апрелем апр апр.",
    "май мая мае маю маем",
    "июнь июня июне июню июнем",
    "июль июля июле июлю июлем",
    "август августа августе августу августом авг авг.",
    "сентябрь сентября сентябре сентябрю сентябрём сентябрем сент сент. сен.",
    "октябрь октября октябре октябрю октябрём октябрем окт окт.",
    "ноябрь ноября ноябре ноябрю ноябрём ноябрем нояб нояб. ноя.",
    "декабрь декабря декабре декабрю декабрём декабрем дек дек.",
)
_WEEKDAYS = (
    "понедельник понедельника понедельнику понедельником",
    "вторник вторника вторнику вторником",
    "среда среду среды средой",
    "четверг четверга четвергу четвергом",
    "пятница пятницу пятницы пятнице пятницей",
    "суббота субботу субботы субботе субботой",
    "воскресенье воскресенья воскресенью воскресеньем",
)
_SEASONS = {
    21: "весна весны весной весну весне",
    22: "лето лета летом",
    23: "осень осени осенью",
    24: "зима зимы зимой зиму зиме",
}
_COUNTS = (
    "",
    "один одну одна одного одно",
    "два две двух пару",
    "три трёх трех",
    "четыре четырёх четырех",
    "пять пяти",
    "шесть шести",
    "семь семи",
    "восемь восьми",
    "девять девяти",
    "десять десяти",
    "одиннадцать одиннадцати",
    "двенадцать двенадцати",
)
_NTH = {
    1: "первый первого первом первое первая первой I",
    2: "второй второго втором второе вторая II",
    3: "третий третьего третьем III",
    4: "четвёртый четвёртого четвёртом четвертый четвертого четвертом IV",
}
_DECADES = (
    "двадцатых двадцатые",
    "тридцатых тридцатые",
    "сороковых сороковые",
    "пятидесятых пятидесятые",
    "шестидесятых шестидесятые",
    "семидесятых семидесятые",
    "восьмидесятых восьмидесятые",
    "девяностых девяностые",
)
_UNITS = {
    "day": "день дня дней дни дню",
    "week": "неделю неделя неделе недели недель неделей",
    "weekend": "выходные выходных",
    "month": "месяц месяца месяце месяцев месяцем",
    "quarter": "квартал квартала квартале кварталов",
    "year": "год года году лет годом",
    "decade": "десятилетие десятилетия десятилетии десятилетий",
    "century": "век века веке веков столетие столетия столетии",
}
_STEPS = {
    -1: "прошлый прошлого прошлом прошлая прошлую прошлой прошлые прошлых прошлое прошлым минувший минувшего минувшем"
    " минувшую минувшей минувшие минувших предыдущий предыдущего предыдущем предыдущей",
    0: "этот этого этом эта эту этой эти этих это нынешний нынешнего нынешнем текущий текущего текущем текущей",
    1: "следующий следующего следующем следующая следующую следующей следующие следующих следующее будущий будущего"
    " будущем будущей ближайший ближайшего ближайшую ближайшие",
}
_THAT = {
    0: "тот того том ту той те тех тот_же того_же том_же ту_же той_же",
    1: "следующий следующего следующую следующее",
}


def _forms(words: dict[int, str]) -> Words:
    return {form.replace("_", " "): number for number, forms in words.items() for form in forms.split()}


_ROMAN = listed("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI")

WORDS: dict[str, Words] = {
    "month": _forms(dict(enumerate(_MONTHS, 1))),
    "weekday": _forms(dict(enumerate(_WEEKDAYS))),
    "season": _forms(_SEASONS),
    "count": _forms(dict(enumerate(_COUNTS))),
    "nth": _forms(_NTH),
    "half": _forms({1: _NTH[1], 2: _NTH[2]}),
    "ordinal": {roman: number for number, roman in enumerate(_ROMAN, 1)},
    "unit": {form: unit for unit, forms in _UNITS.items() for form in forms.split()},
    "step": _forms(_STEPS),
    "that": _forms(_THAT),
    "near": {"позавчера": -2, "вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2}
    | {"накануне вечером": -1, "вчерашний": -1, "вчерашнего": -1, "вчерашнем": -1},
    "then": {"назад": "ago", "тому назад": "ago", "спустя": "on", "через": "ahead"},
    "halves": dict.fromkeys(listed("полугодие полугодия полугодии половина половины половине половину"), 0),
    "decade": _forms(dict(enumerate(_DECADES, 192))),
}

FRAGMENTS = {
    "EARLY": r"(?:(?i:начал[оаеу]|середин[аыеу]|кон(?:ец|ца|це|цу)|первы[ех]_дн(?:и|ей|ях)_?|рубеже?)_)?",
    "DAY": r"(?:0?[1-9]|[12][0-9]|3[01])(?:-?(?:го|е|ого|ому|му|м))?(?![0-9]|[.,:][0-9]|%)",
    "TILL": r"(?:\s{0,2}DASH\s{0,2}|_(?:по|до)_)",
    "YEARWORD": r"(?:\s{0,2}(?:г\.|гг\.|год(?:а|у|ом|ы|ов|ах|ами)?(?![^\W\d_])))",
    "TAIL": r"(?:_(?P<y>YEAR)YEARWORD?|_(?P<r>STEP)_год[ау]?(?![^\W\d_]))",
    "NUMBER": r"(?:NUMERAL|COUNT)",
    "INTO": r"(?<![^\W\d_])(?:[Вв]о?|[Сс]о?|[Дд]о|[Кк]о?|[Пп]о|[Нн]а|[Пп]осле|[Оо]т|[Ии]з|[Зз]а|[Мм]ежду)_",
}

_SHAPES = (
    Shape("iso", "number", "read_iso", r"(?<![\w-])(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?![\w-])"),
    Shape(
        "days-between",
        "month",
        "read_days_between",
        r"(?<![\w.,-])(?P<d>DAY)_(?P<m>MONTH)(?:_(?P<y>YEAR)YEARWORD?)?TILL(?P<e>DAY)_(?P<n>MONTH)(?:_"
        r"(?P<z>YEAR)YEARWORD?)?",
    ),
    Shape("days-of-month", "month", "read_days_of_month", r"(?<![\w.,-])(?P<d>DAY)TILL(?P<e>DAY)_(?P<m>MONTH)TAIL?"),
    Shape("day-month", "month", "read_dated", r"(?<![\w.,-])(?P<d>DAY)_(?P<m>MONTH)TAIL?"),
    Shape("first-day", "month", "read_dated", r"(?<![\w.,-])(?P<it>(?P<d>DAY))(?:_и_|,_)DAY_(?P<m>MONTH)TAIL?"),
    Shape("month-year", "month", "read_month", r"(?<!\w)EARLY(?P<m>MONTH)TAIL"),
    Shape("month-relative", "month", "read_month", r"(?<!\w)(?P<r>STEP)_(?P<m>MONTH)"),
    Shape("month", "month", "read_month", r"(?:INTO(?P<it>EARLY(?P<m>MONTH)))"),
    Shape("years", "number", "read_years", r"(?<![\w.,/-])(?P<y>YEAR)(?:TILL|/)(?P<z>YEAR|[0-9]{2}(?![\w.]))YEARWORD?"),
    Shape("years-and", "number", "read_years", r"[Мм]ежду_(?P<it>(?P<y>YEAR)_и_(?P<z>YEAR)YEARWORD?)"),
    Shape(
        "decade",
        "number",
        "read_decade",
        r"(?<!\w)EARLY(?:(?P<y>[12][0-9]{2})0|(?P<s>[1-9])0)-?(?:е|х|ые|ых)(?!\w)(?:_годы|_годов|_годах|_гг\.|_годам)?",
    ),
    Shape("decade-words", "decade", "read_decade", r"(?<!\w)EARLY(?P<w>DECADE)(?:_год(?:ы|ов|ах|ам))?"),
    Shape(
        "century",
        "unit",
        "read_century",
        r"(?<!\w)EARLY(?:(?P<c>[12]?[0-9])-?(?:й|го|м|ый)|(?P<o>ORDINAL))_(?:век[аеу]?|столети[еяи])"
        r"(?!\w)",
    ),
    Shape("season", "season", "read_season", r"(?<!\w)EARLY(?P<s>SEASON)_(?:(?P<y>YEAR)YEARWORD?|(?P<r>STEP)_года)"),
    Shape("season-relative", "season", "read_season", r"(?<!\w)(?P<r>STEP)_(?P<s>SEASON)"),
    Shape("season-bare", "season", "read_season", r"(?<!\w)(?P<s>(?i:весной|летом|осенью|зимой))(?!\w)"),
    Shape(
        "quarter",
        "unit",
        "read_quarter",
        r"(?<!\w)(?P<q>NTH|[1-4](?=-|_))(?:-?(?:й|го|м))?_квартал[ае]?(?:_(?:(?P<y>YEAR)YEARWORD?|"
        r"(?P<r>STEP)_года))?(?!\w)",
    ),
    Shape(
        "half",
        "halves",
        "read_half",
        r"(?<!\w)(?P<h>HALF)_(?:полугоди[еяи]|половин[аыеу])_(?:(?P<y>YEAR)YEARWORD?|(?P<r>STEP)_года)",
    ),
    Shape(
        "numbers",
        "number",
        "read_numbers",
        r"(?<![\w./-])[0-9]{1,2}(?P<x>[./])[0-9]{1,2}(?P=x)(?:1[0-9]|20|21)[0-9]{2}(?![\w/-]|\.[0-9])",
    ),
    Shape("year", "number", "read_year", r"(?<![\w.,/-])EARLY(?P<y>YEAR)YEARWORD"),
    Shape("year-bare", "number", "read_year", r"INTO(?P<it>(?P<y>(?:19|20)[0-9]{2}))(?![\w%-]|[.,:][0-9]|_LETTER)"),
    Shape(
        "weekday",
        "weekday",
        "read_weekday",
        r"(?<!\w)(?:(?:[Вв]о?|[Кк]о?|[Дд]о|[Сс]о?)_)?(?P<it>(?:(?P<r>STEP)_)?(?P<w>WEEKDAY))",
    ),
    Shape("near-day", "near", "read_near_day", r"(?<!\w)(?P<w>NEAR)(?:_(?:утром|днём|днем|вечером|ночью))?"),
    Shape(
        "unit",
        "unit",
        "read_unit",
        r"(?<!\w)EARLY(?P<r>STEP)_(?P<u>недел[юеия]|выходны[ех]|месяц[ае]?|квартал[ае]?|год[ау]?"
        r"|десятилети[еяи]|век[ае]?|столети[еяи])(?!\w)",
    ),
    Shape(
        "part-of-year",
        "unit",
        "read_unit",
        r"(?<!\w)(?i:начал[оаеу]|середин[аыеу]|кон(?:ец|ца|це|цу))_(?P<u>года|месяца|недели|века)(?!\w)"
        r"(?!_[0-9])",
    ),
    Shape("ago", "unit", "read_ago", r"(?<!\w)(?:(?P<n>NUMBER)_)?(?P<u>UNIT)_(?P<a>(?:тому_)?назад|спустя)(?!\w)"),
    Shape(
        "through",
        "unit",
        "read_ago",
        r"(?<!\w)(?P<a>(?i:через|спустя))_(?:(?P<n>NUMBER)_)?(?P<u>UNIT)(?!\w|_после)",
    ),
    Shape("beside-day", "unit", "read_beside", r"(?<!\w)[Нн]а_(?P<it>(?P<r>следующий)_(?P<u>день))(?!\w)"),
    Shape(
        "beside",
        "unit",
        "read_beside",
        r"(?<!\w)(?:[Вв]|[Нн]а)_(?P<it>(?P<r>тот_же|тот|том_же|том|ту_же|той_же|той)_(?P<u>день"
        r"|год[уа]?|месяц[е]?|неделю|неделе))(?!\w)",
    ),
)

TENSE = Tense(
    ahead=frozenset(
        listed(
            "будет будут будем буду предстоит предстоят состоится состоятся пройдёт пройдет пройдут начнётся "
            "начнется начнутся откроется завершится закончится намечен намечена намечено намечены назначен "
            "назначена назначено назначены запланирован запланирована запланировано запланированы планирует "
            "планируют планируется намерен намерены намерена ожидается ожидаются встретится встретятся "
            "приедет вернётся вернется истекает вступит должен должна должны соберётся соберется соберутся "
            "выступит прибудет получит примет проведёт проведет поедет начинается начинаются"
        )
    ),
    ahead_to=frozenset(),
    to=frozenset(),
    behind=frozenset(listed("был была было были стал стала стало стали")),
    behind_ends=listed(
        "ил ила или ило ал ала али ало ел ела ели ело лся лась лись лось ял яла яли ёл шла шли шло нут нута нуты"
    ),
)

RUSSIAN = Language(
    "ru",
    WORDS,
    FRAGMENTS,
    _SHAPES,
    ("month", "weekday", "season", "unit", "near", "halves", "decade"),
    TENSE,
)
