"""Texts for the tests of dates: EDTF of every kind we read, phrases as people type them, and near misses
of both."""

from __future__ import annotations

from hypothesis import strategies as st

from timeline.table.days import iso_day, iso_year, to_days

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

year_numbers = st.integers(-9999, 9998)
years = year_numbers.map(iso_year)
days = st.integers(to_days(-9999), to_days(9998, 12, 31)).map(iso_day)
months = st.tuples(years, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02d}")
seasons = st.tuples(years, st.integers(21, 41)).map(lambda pair: f"{pair[0]}-{pair[1]}")
masks = st.one_of(
    st.integers(0, 999).map(lambda n: f"{n:03d}X"),
    st.integers(0, 99).map(lambda n: f"{n:02d}XX"),
    st.integers(1, 99).map(lambda n: f"-{n:02d}XX"),
    months.map(lambda text: f"{text}-XX"),
    years.map(lambda text: f"{text}-XX"),
    years.map(lambda text: f"{text}-XX-XX"),
    st.text("0123456789X", min_size=4, max_size=4),
    st.tuples(st.text("019X", min_size=4, max_size=4), st.sampled_from(["0X", "1X", "XX", "X2"])).map("-".join),
)
marks = st.sampled_from(["", "", "", "?", "~", "%"])
singles = st.tuples(st.one_of(years, months, days, seasons, masks), marks).map("".join)


@st.composite
def part_marked(draw: st.DrawFn) -> str:
    """`?2004-06-~11` and the like."""
    sign_year, month, day = draw(days).rsplit("-", 2)
    before, after = draw(marks), draw(marks)
    return f"{before}{sign_year}{after}-{draw(marks)}{month}-{draw(marks)}{day}"


clocks = st.tuples(
    days,
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["", "Z", "+03:00", "-05:30", "+14:00"]),
).map(lambda parts: f"{parts[0]}T{parts[1]:02d}:{parts[2]:02d}:{parts[3]:02d}{parts[4]}")
ends = st.one_of(singles, singles, st.sampled_from(["", ".."]))
intervals = st.tuples(ends, ends).map("/".join)
members = st.one_of(singles, st.tuples(years, years).map("..".join))
sets = st.tuples(st.sampled_from(["[]", "{}"]), st.lists(members, min_size=1, max_size=4)).map(
    lambda pair: f"{pair[0][0]}{','.join(pair[1])}{pair[0][1]}"
)
edtf_texts = st.one_of(singles, part_marked(), clocks, intervals, sets)

_ADS = st.integers(1000, 2100)
_NAMED = st.tuples(st.integers(1, 28), st.sampled_from(MONTH_NAMES), _ADS)
points = st.one_of(
    _NAMED.map(lambda d: f"{d[0]} {d[1]} {d[2]}"),
    _NAMED.map(lambda d: f"{d[1]} {d[0]}, {d[2]}"),
    _NAMED.map(lambda d: f"{d[1][:3]} {d[2]}"),
    _NAMED.map(lambda d: f"{d[1]} {d[0]} BC"),
    _ADS.map(str),
    _ADS.map(lambda y: f"{y // 10 * 10}s"),
    st.integers(1, 21).map(lambda n: f"{n}th century"),
    st.tuples(st.sampled_from(["spring", "summer", "autumn", "winter"]), _ADS).map(lambda p: f"{p[0]} of {p[1]}"),
    st.tuples(st.integers(1, 4), _ADS).map(lambda p: f"Q{p[0]} {p[1]}"),
    st.tuples(st.integers(1, 300), st.sampled_from(["BC", "BCE", "AD"])).map(lambda p: f"{p[0]} {p[1]}"),
)
prefixes = st.sampled_from(
    [
        "",
        "",
        "c. ",
        "about ",
        "before ",
        "after ",
        "since ",
        "until ",
        "early ",
        "mid-",
        "late ",
        "in ",
        "by ",
        "the ",
        "possibly ",
    ]
)
phrases = st.one_of(
    st.tuples(prefixes, points, st.sampled_from(["", "?", " (?)", " onwards", ", uncertain"])).map("".join),
    st.tuples(st.sampled_from(["from ", ""]), points, st.sampled_from([" to ", " - ", "–", " until "]), points).map(
        "".join
    ),
    st.tuples(st.just("between "), points, st.just(" and "), points).map("".join),
    st.tuples(points, st.sampled_from([" or ", " and "]), points).map("".join),
)
_WORDS = [
    "2014",
    "14",
    "3",
    "03",
    "31",
    "99",
    "1e5",
    "X",
    "u",
    "?",
    "~",
    "%",
    "/",
    "-",
    "–",
    "..",
    ".",
    ",",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "'",
    "T",
    "Z",
    ":",
    "10:30",
    "+03:00",
    "am",
    "pm",
    "bc",
    "ad",
    "c.",
    "circa",
    "about",
    "before",
    "after",
    "since",
    "until",
    "from",
    "to",
    "between",
    "and",
    "or",
    "early",
    "mid",
    "late",
    "first",
    "second",
    "quarter",
    "half",
    "century",
    "1990s",
    "the",
    "of",
    "in",
    "on",
    "May",
    "Feb",
    "march",
    "Monday",
    "spring",
    "winter",
    "Q1",
    "now",
    "today",
    "last",
    "next",
    "week",
    "ago",
    "unknown",
    "open",
]
soups = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9).flatmap(
    lambda words: st.sampled_from([" ", ""]).map(lambda joint: joint.join(words))
)
