"""Languages: what their words and patterns find, and that they hold together."""

from __future__ import annotations

import re
import time

import pytest

from timeline.documents.finding import find, find_in
from timeline.documents.languages import LANGUAGES, Language, grammar
from timeline.documents.languages.grammar import SHARED
from timeline.documents.proposing import READERS
from timeline.table.when import When, read_date

ZONES = {"GMT", "EST", "EDT", "CST", "CDT", "PST", "PDT", "CET", "UTC", "BST", "MST", "MDT"}
DAY = read_date("2024-07-09")  # a Tuesday


def russian(text: str) -> list[tuple[str, str]]:
    assert isinstance(DAY, When)
    return [(candidate.quote, candidate.value) for candidate in find([text], DAY, language="ru")]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
class TestEveryLanguage:
    def test_its_rules_name_readers_and_anchors_that_there_are(self, language: Language) -> None:
        for shape in language.shapes:
            assert shape.reader in READERS, shape.name
            assert shape.anchor in (*language.anchors, "number"), shape.name
        names = [shape.name for shape in language.shapes]
        assert len(set(names)) == len(names)

    def test_every_name_in_a_pattern_is_that_of_a_fragment(self, language: Language) -> None:
        known = {*SHARED, *(kind.upper() for kind in language.words), *language.fragments, *ZONES}
        patterns = {shape.name: shape.pattern for shape in language.shapes} | language.fragments
        for name, pattern in patterns.items():
            assert set(re.findall(r"[A-Z]{3,}", pattern)) <= known, name

    def test_no_rule_matches_nothing(self, language: Language) -> None:
        for rules in grammar(language).rules.values():
            for rule in rules:
                assert rule.pattern.search("") is None, rule.name

    def test_its_words_are_small_or_as_written(self, language: Language) -> None:
        for kind, forms in language.words.items():
            for form in forms:
                assert form == " ".join(form.split()), (kind, form)


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("Это было 24 февраля 2022 года.", "24 февраля 2022 года", "2022-02-24"),
        ("Это было 3-го марта 2031 г.", "3-го марта 2031 г.", "2031-03-03"),
        ("Это было с 3 по 5 мая 2014 года.", "3 по 5 мая 2014 года", "2014-05-03/2014-05-05"),
        ("Это было 3–5 мая 2014 года.", "3–5 мая 2014 года", "2014-05-03/2014-05-05"),
        (
            "Это было с 24 февраля по 3 марта 2022 года.",
            "24 февраля по 3 марта 2022 года",
            "2022-02-24/2022-03-03",
        ),
        ("Это было в январе 2024 года.", "январе 2024 года", "2024-01"),
        ("Это было в начале января 2024 года.", "начале января 2024 года", "2024-01"),
        ("Это было в 1941–1945 годах.", "1941–1945 годах", "1941/1945"),
        ("Это было между 2014 и 2016 годами.", "2014 и 2016 годами", "2014/2016"),
        ("Это было с 2014 по 2016 год.", "2014 по 2016 год", "2014/2016"),
        ("Это было в 2014 году.", "2014 году", "2014"),
        ("Протокол 2014 года забыт.", "2014 года", "2014"),
        ("Это было в 1990-х годах.", "1990-х годах", "199X"),
        ("Это было в 90-е годы.", "90-е годы", "199X"),
        ("Это было в конце девяностых.", "конце девяностых", "199X"),
        ("Это было в XIX веке.", "XIX веке", "18XX"),
        ("Это было в начале 20-го века.", "начале 20-го века", "19XX"),
        ("Это было весной 2020 года.", "весной 2020 года", "2020-21"),
        ("Это было в III квартале 2021 года.", "III квартале 2021 года", "2021-35"),
        ("Это было в первом квартале 2021 года.", "первом квартале 2021 года", "2021-33"),
        ("Это было во втором полугодии 2021 года.", "втором полугодии 2021 года", "2021-41"),
        ("Это было 24.02.2022.", "24.02.2022", "2022-02-24"),
    ],
)
def test_russian_dates(text: str, quote: str, value: str) -> None:
    assert russian(text) == [(quote, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Они встретились вчера.", "2024-07-08"),
        ("Они встретились позавчера вечером.", "2024-07-07"),
        ("Они встречаются сегодня.", "2024-07-09"),
        ("Они встретятся послезавтра.", "2024-07-11"),
        ("Они встретились в пятницу.", "2024-07-05"),
        ("Они встретятся в пятницу.", "2024-07-12"),
        ("В пятницу они встретятся.", "2024-07-12"),
        ("Они встретились в прошлый вторник.", "2024-07-02"),
        ("Они встретились на прошлой неделе.", "2024-07-01/2024-07-07"),
        ("Они встретятся на следующей неделе.", "2024-07-15/2024-07-21"),
        ("Они встретились в прошлом месяце.", "2024-06"),
        ("Они встретились в прошлом году.", "2023"),
        ("Они встретятся в конце этого года.", "2024"),
        ("Они встретились три дня назад.", "2024-07-06"),
        ("Они встретились два года назад.", "2022"),
        ("Они встретились неделю назад.", "2024-07-01/2024-07-07"),
        ("Они встретятся через две недели.", "2024-07-22/2024-07-28"),
        ("Они встретятся через год.", "2025"),
        ("Они встретились 10 февраля.", "2024-02-10"),
        ("Встреча состоится 10 января.", "2025-01-10"),
        ("Они встретились в мае.", "2024-05"),
        ("Они встретились в конце декабря прошлого года.", "2023-12"),
        ("Они встретились прошлой зимой.", "2023-24"),
        ("Они встретились летом прошлого года.", "2023-22"),
    ],
)
def test_russian_dates_that_hang_on_another(text: str, value: str) -> None:
    assert isinstance(DAY, When)
    (candidate,) = find([text], DAY, language="ru-RU")
    assert (candidate.value, candidate.kind, candidate.anchor) == (value, "relative", "published 2024-07-09")


def test_russian_is_counted_from_what_was_told_before() -> None:
    text = "3 марта 2031 года они встретились. На следующий день шёл дождь. Два дня спустя уехали. В том же году жили."
    assert [value for _, value in russian(text)] == ["2031-03-03", "2031-03-04", "2031-03-06", "2031"]


@pytest.mark.parametrize(
    "text",
    ["Мая Иванова идёт.", "Там было 2000 человек и 1500 тонн.", "В среде учёных спорят.", "Резолюция 2202, С-300."],
)
def test_what_is_no_date_in_russian(text: str) -> None:
    assert russian(text) == []


def test_a_sentence_in_russian_is_its_own_passage() -> None:
    (candidate,) = find(["Шёл дождь. Они встретились вчера. Ушли."], None, language="ru")
    assert candidate.passage == "Они встретились вчера."


def test_english_is_not_read_as_russian_nor_the_other_way_round() -> None:
    assert russian("It was on 3 March 2031.") == []
    assert find_in("Это было 24 февраля.", None) == []


@pytest.mark.parametrize("piece", ["1 января ", "в прошлом ", "мая ", "год "])
def test_hostile_russian_takes_linear_time(piece: str) -> None:
    few, many = (piece * (size // len(piece)) for size in (10_000, 40_000))
    find([few, many], None, language="ru")
    assert min(_seconds(many) for _ in range(3)) < 9 * min(_seconds(few) for _ in range(5)) + 0.02


def _seconds(text: str) -> float:
    started = time.process_time()
    find([text], None, language="ru")
    return time.process_time() - started
