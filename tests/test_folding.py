"""Folding: what is taken away, what never is, and the way back to the original."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.documents.folding import fold

HARD = st.sampled_from(
    [
        *"aeB 7.-\"'“”„«»‘’‚‹›′″‐‑–—―−…ﬁﬃ\u00a0\u2009\u3000\t\n\r\u00ad\u200b\u200d\ufeff\u2060",
        *"\u0301\u0323\u0327éÅ\u212b\u2126\u0958가\u1100\u1161\u11a8Ａ\U0001d15e",
    ]
)
TEXTS = st.one_of(st.text(HARD, max_size=60), st.text(max_size=60))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("“Lio” ‘Lio’ «Lio» „Lio‟ ‹Lio›", '"Lio" \'Lio\' "Lio" "Lio" \'Lio\''),
        ("the council’s", "the council's"),
        ("5′ 3″", "5' 3\""),
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("a -- b --- c", "a - b - c"),
        ("in\u00a0March\u2009 \t 2031\r\n\nand", "in March 2031 and"),
        ("co\u00adop\u200ber\u200cat\u200de\ufeff\u2060s", "cooperates"),
        ("wait… what", "wait... what"),
        ("ﬁsh, aﬄuent, ﬂag", "fish, affluent, flag"),
        ("Ｌｉｏ　２０３１", "Lio 2031"),
        ("cafe\u0301", "café"),
        ("\u212bngstrom", "Ångstrom"),
        ("\u1100\u1161\u11a8", "각"),
        ("e\u00ad\u0301", "é"),  # composition only becomes possible when the soft hyphen is gone
        ("inter-\nnational minis\u00ad\nter", "international minister"),
        ("Arland-\nLio 3-\n4", "Arland- Lio 3- 4"),  # a name or number that breaks at its own hyphen keeps it
        ("a \u00ad b", "a b"),
        ("", ""),
    ],
)
def test_what_is_folded(written: str, folded: str) -> None:
    assert fold(written).text == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lio", "lio"),
        ("resume", "résumé"),
        ("x2", "x²"),
        ("Lio", "Lío"),
        ("1", "l"),
        ("a.b", "a b"),
        ("А", "A"),
        ("ß", "ss"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


@given(TEXTS)
def test_the_map_covers_and_never_goes_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    last_start = last_end = 0
    for start, end in folded.offsets:
        assert 0 <= start < end <= len(text)
        assert start >= last_start and end >= last_end
        last_start, last_end = start, end


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(TEXTS)
def test_composition_does_not_matter(text: str) -> None:
    # NFD of some characters meets marks from both sides of an invisible one: those are no honest text.
    if not any(character in text for character in "\u00ad\u200b\u200c\u200d\u2060\ufeff\u034f"):
        assert fold(unicodedata.normalize("NFD", text)).text == fold(unicodedata.normalize("NFC", text)).text


@given(TEXTS)
def test_each_character_comes_from_what_folds_to_it(text: str) -> None:
    folded = fold(text)
    for index, character in enumerate(folded.text):
        start, end = folded.original(index, index + 1)
        assert character in fold(text[start:end]).text


def test_the_way_back_is_exact() -> None:
    text = "He said: “Cafe\u0301\u00a0Lio…  o\u00adpen”."
    folded = fold(text)
    start = folded.text.index("Caf")
    assert folded.original(start, start + 4) == (10, 15)  # the accent belongs to its letter
    dots = folded.text.index("...")
    assert [folded.original(dots + i, dots + i + 1) for i in range(3)] == [(19, 20)] * 3
    word = folded.text.index("open")
    assert text[slice(*folded.original(word, word + 4))] == "o\u00adpen"
    assert folded.original(3, 3) == (3, 3)
    assert fold("").original(0, 0) == (0, 0)


PIECES = [
    "a",
    " ",
    "ﬁ",
    "\u00ad ",
    "e\u0301",
    "\u0301\u0323",
    "-\n",
    "a-\nb",
    "가",
    "… ",
    "“a” — ",
    "\u00a0\n",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_takes_linear_time(piece: str) -> None:
    started = time.perf_counter()
    fold(piece * (300_000 // len(piece)))
    assert time.perf_counter() - started < 3
