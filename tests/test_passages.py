"""Passages: each citation becomes exactly one of six things, and its place is exact to the character."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.documents.passages import Citation, context, resolve
from timeline.documents.texts import Text, Unavailable
from timeline.documents.wording import Locator, read_locator, readings, split
from timeline.table.passages import passage_fault

LIO = Text(
    (
        "Port Lio, 3 March 2031",
        ("The council of Arland agreed to the truce. The war—she said—was over.  “Peace” is here, and the war's end."),
        "Second, the boats go home. The council of Arland met in 2031-2032 and heard 3,500 fishers.",
        "Then there was…",
        "The fishers of Lio returned 300 boats to the northern harbour, and the harbour was open.",
        "A last word\u00a0from the mayor: co\u00adoperation is “our way”.",
        "The harbour was open on Monday. The harbour was open on Friday.",
        "Nobody knew.",
        "Nobody asked.",
        "Nobody cared, in the end.",
        "The war-torn north shall wait.",
    )
)


def cited(citation: Citation, text: Text = LIO) -> str:
    return "\n".join(piece.text for piece in context(text, citation, 0, 0) if piece.cited)


def whole(citation: Citation, text: Text = LIO) -> tuple[str, int | None, bool]:
    return citation.kind, citation.paragraph, citation.elsewhere


@pytest.mark.parametrize(
    ("locator", "passage", "kind", "paragraph", "words"),
    [
        ("para. 2", "The council of Arland agreed", "exact", 2, "The council of Arland agreed"),
        ("para. 2", "The council of Arland … was over", "exact", 2, LIO.paragraphs[1][:68]),
        ("para. 2", "The council of Arland...was over", "exact", 2, LIO.paragraphs[1][:68]),
        ("para. 2", "The council of Arland […] was over", "exact", 2, LIO.paragraphs[1][:68]),
        ("para. 2", "The council of Arland [...] was over.", "exact", 2, LIO.paragraphs[1][:69]),
        ("para. 2", '"Peace" is here', "folded", 2, "“Peace” is here"),
        ("para. 2", "was over. “Peace” is", "folded", 2, "was over.  “Peace” is"),
        ("para. 2", "The war-she said", "folded", 2, "The war—she said"),
        ("para. 2", "the war's end", "exact", 2, "the war's end"),
        ("para. 2", "the war’s end", "folded", 2, "the war's end"),
        ("para. 6", "A last word from … is “our way”", "folded", 6, LIO.paragraphs[5][:-1]),
        ("para. 6", "cooperation is “our way”", "folded", 6, "co\u00adoperation is “our way”"),
        ("para. 4", "Then there was…", "exact", 4, "Then there was…"),
        ("para. 4", "Then there was...", "folded", 4, "Then there was…"),
        ("para. 8", "Nobody knew.\nNobody asked", "exact", 8, "Nobody knew.\nNobody asked"),
        ("para. 8", "Nobody knew. Nobody asked", "exact", 8, "Nobody knew.\nNobody asked"),
        (
            "para. 8",
            "Nobody knew. … in the end",
            "exact",
            8,
            "Nobody knew.\nNobody asked.\nNobody cared, in the end",
        ),
        ("", "Nobody knew", "exact", 8, "Nobody knew"),
        (
            "para. 3",
            "The council of Arland",
            "exact",
            3,
            "The council of Arland",
        ),  # it stands in para. 2 as well
        ("para. 5", "the harbour was open", "exact", 5, "the harbour was open"),
    ],
)
def test_found_where_the_locator_says(locator: str, passage: str, kind: str, paragraph: int, words: str) -> None:
    citation = resolve(LIO, locator, passage)
    assert whole(citation) == (kind, paragraph, False)
    assert cited(citation) == words
    assert citation.places == 1 and citation.score is None and not citation.note


@pytest.mark.parametrize(
    ("locator", "passage", "places"),
    [
        ("para. 7", "The harbour was open", 2),
        ("para. 7", "The harbour … on Friday", 2),
        ("", "The council of Arland", 2),
        ("para. 1", "The council of Arland", 2),
        ("para. 99", "The council of Arland", 2),
    ],
)
def test_several_places_are_ambiguous(locator: str, passage: str, places: int) -> None:
    citation = resolve(LIO, locator, passage)
    assert (citation.kind, citation.places) == ("ambiguous", places)
    assert str(places) in citation.note


@pytest.mark.parametrize(
    ("locator", "named"),
    [
        ("para. 2", "para. 2"),
        ("para. 99", "11 paragraphs"),
        ("para. 0", "para. 0"),
        ("p. 8", "counted in paragraphs"),
    ],
)
def test_found_elsewhere_names_the_place(locator: str, named: str) -> None:
    citation = resolve(LIO, locator, "Nobody knew")
    assert whole(citation) == ("exact", 8, True)
    assert "para. 8" in citation.note and named in citation.note


@pytest.mark.parametrize(
    ("locator", "passage"),
    [
        ("para. 2", "These words stand nowhere at all"),
        ("para. 2", "The council of Arland … stand nowhere at all"),
        ("para. 2", "The council of … Arland agreed to"),  # the ellipsis stands for no word
        ("para. 2", "was over … The council of Arland agreed"),  # the wrong way round
        ("para. 1", "Port Lio, 3 March … Nobody cared, in the end."),  # too far on
        ("para. 2", "The council of Arland not agreed to the truce"),
        ("para. 5", "The fishers of Lio returned 200 boats to the northern harbour"),
        ("para. 2", "…"),
        ("para. 2", "— “”"),
    ],
)
def test_missing(locator: str, passage: str) -> None:
    citation = resolve(LIO, locator, passage)
    assert (citation.kind, citation.paragraph) == ("missing", None)
    assert citation.note
    assert context(LIO, citation) == ()


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("the war", "the warning"),
        ("the war", "the war's end"),
        ("the war", "the war’s end"),
        ("the war", "the war-torn"),
        ("he war is", "the war is"),
        ("could", "couldn't"),
        ("in 201", "in 2014"),
        ("in 14", "in 14,500"),
        ("in 14", "in 14.5"),
        ("500 men", "3,500 men"),
        ("torn land", "war-torn land"),
        ("lio", "Lio"),
        ("cafe", "café"),
        ("q bar", "q\u0307 bar"),
        ("x q", "x q\u0307"),
    ],
)
def test_words_and_numbers_match_whole(part: str, text: str) -> None:
    # One word after the other; what is merely similar may be told as such, but never as exact or folded.
    assert resolve(Text((text,)), "para. 1", part).kind in ("missing", "fuzzy")


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("the war", "(the war)"),
        ("the war", "“the war”, he said"),
        ("the war", "'the war' ended"),
        ("the war", "the war—he said"),
        ("the war", "peace–the war"),
        ("the war", "end.the war"),
        ("in 2014", "in 2014, and"),
        ("in 2014", "in 2014."),
        ("U.S.-led talks", "U.S.-led talks."),
        ("at 16:00 hours", "at 16:00 hours"),
        ("the war.", "the war.”"),
    ],
)
def test_punctuation_divides_words(part: str, text: str) -> None:
    citation = resolve(Text((text,)), "para. 1", part)
    assert citation.kind == "exact"
    assert cited(citation, Text((text,))) == part


def test_a_similar_passage_has_its_score() -> None:
    citation = resolve(LIO, "para. 5", "The fishers of Lio returned 300 boats … and the harbor was open")
    assert citation.kind == "fuzzy" and not citation.elsewhere
    assert citation.score is not None and 0.85 <= citation.score < 1
    assert cited(citation) == LIO.paragraphs[4][:-1]
    assert "similar" in citation.note


def test_a_similar_passage_elsewhere_is_both() -> None:
    citation = resolve(LIO, "para. 2", "The fishermen of Lio returned 300 boats to the northern harbour")
    assert whole(citation) == ("fuzzy", 5, True)
    assert "para. 5" in citation.note and "para. 2" in citation.note


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("the envoys have agreed to the treaty of Lio", "the envoys have not agreed to the treaty of Lio"),
        (
            "the council declared the election lawful today",
            "the council declared the election unlawful today",
        ),
        ("the mayor could be reached by the fishers", "the mayor couldn't be reached by the fishers"),
        ("with the consent of the whole council of Lio", "without the consent of the whole council of Lio"),
        ("some 300 soldiers crossed the northern border", "some 3,000 soldiers crossed the northern border"),
    ],
)
def test_a_negation_or_a_number_is_no_likeness(passage: str, text: str) -> None:
    for one, other in ((passage, text), (text, passage)):
        citation = resolve(Text((other,)), "para. 1", one)
        assert citation.kind == "missing"
        assert "but" in citation.note


def test_a_wrong_word_is_never_exact() -> None:
    citation = resolve(LIO, "para. 5", "The farmers of Lio returned 300 boats to the northern harbour")
    assert citation.kind in ("fuzzy", "missing")


def test_the_exact_one_of_two_forms_is_meant() -> None:
    text = Text(("He said 'peace now' and then ‘peace now’ again.",))
    citation = resolve(text, "para. 1", "‘peace now’")
    assert citation.kind == "exact" and cited(citation, text) == "‘peace now’"
    assert resolve(text, "para. 1", "“peace now”").kind == "missing"


def test_the_documents_own_ellipsis() -> None:
    text = Text(("He wrote “… we are at war with Lio …”, which was a lie, and left.",))
    for passage, words in [
        ("“… we are at war", "“… we are at war"),
        ("He wrote “… we … was a lie", "He wrote “… we are at war with Lio …”, which was a lie"),
        ("He wrote … with Lio …”, which", "He wrote “… we are at war with Lio …”, which"),
    ]:
        citation = resolve(text, "para. 1", passage)
        assert (citation.kind, cited(citation, text)) == ("exact", words)


def test_the_nearest_end_is_taken() -> None:
    text = Text(("One two three. The end came. And again the end came.",))
    assert cited(resolve(text, "para. 1", "One two … end came"), text) == "One two three. The end came"


def test_pages() -> None:
    text = Text(("First page, with an inter-\nnational treaty.", "Second page."), pages=True)
    citation = resolve(text, "p. 1", "an international treaty")
    assert whole(citation) == ("folded", 1, False)
    assert cited(citation, text) == "an inter-\nnational treaty"
    away = resolve(text, "p. 2", "an international treaty")
    assert away.elsewhere and "p. 1, not in p. 2" in away.note
    assert "counted in pages" in resolve(text, "para. 1", "an international treaty").note


def test_no_text() -> None:
    assert resolve(Unavailable("It is a picture."), "para. 1", "One two three") == Citation(
        "no text", note="It is a picture."
    )
    assert resolve(None, "para. 1", "One two three").kind == "no text"
    assert resolve(LIO, "para. 1", " \u00a0").kind == "no text"
    assert resolve(Text(()), "para. 1", "One two three").kind == "missing"


def test_the_pieces_are_the_paragraphs() -> None:
    citation = resolve(LIO, "para. 8", "knew. … cared")
    pieces = context(LIO, citation, 1, 1)
    for number in range(7, 12):
        said = "".join(piece.text for piece in pieces if piece.paragraph == number)
        assert said == LIO.paragraphs[number - 1]
    assert [piece.text for piece in pieces if piece.cited] == ["knew.", "Nobody asked.", "Nobody cared"]
    ends = context(LIO, resolve(LIO, "para. 1", "Port Lio"), 5, 0)
    assert [piece.paragraph for piece in ends] == [1, 1]


def test_long_paragraphs_are_cut_in_the_context() -> None:
    text = Text(("word " * 50_000 + "the one sentence " + "word " * 50_000, "word " * 50_000))
    pieces = context(text, resolve(text, "para. 1", "the one sentence"))
    assert sum(len(piece.text) for piece in pieces) < 12_000
    assert [piece.text for piece in pieces if piece.cited] == ["the one sentence"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("para. 12", Locator("para", 12)),
        ("para 12", Locator("para", 12)),
        ("Paragraph 3", Locator("para", 3)),
        ("¶ 4", Locator("para", 4)),
        ("p. 3", Locator("page", 3)),
        ("pp. 3–5", Locator("page", 3)),
        ("page 7", Locator("page", 7)),
        (" para.\u00a05 ", Locator("para", 5)),
        ("para. x", None),
        ("12", None),
        ("", None),
        ("para. -1", None),
        ("para. ١٢", None),
        ("p. 3, line 4", None),
        ("para. " + "9" * 5000, None),
    ],
)
def test_locators(written: str, read: Locator | None) -> None:
    assert read_locator(written) == read


@pytest.mark.parametrize(
    ("passage", "parts"),
    [
        ("One two … three four", ("One two", "three four")),
        ("One two...three four", ("One two", "three four")),
        ("One two… … three four", ("One two…", "three four")),
        ("One two [...] three …four", ("One two", "three …four")),
        ("One two three…", ("One two three…",)),
        ("One two three", ("One two three",)),
        ("", ()),
    ],
)
def test_a_passage_taken_apart(passage: str, parts: tuple[str, ...]) -> None:
    assert split(passage) == parts


@given(st.text(alphabet="ab ….[]()“\n", max_size=60))
def test_reading_a_passage_never_fails(passage: str) -> None:
    for parts in (*readings(passage), split(passage)):
        assert all(part == part.strip() and part for part in parts)


@given(st.lists(st.text(alphabet="ab “”\"'-–\u00a0\u00ad\u0301.…", max_size=30), max_size=6), st.data())
def test_every_quoted_stretch_is_found_and_shown(paragraphs: list[str], data: st.DataObject) -> None:
    """Whole words quoted to the letter never go missing, and what is shown holds what was quoted."""
    shown = tuple(paragraph for paragraph in paragraphs if paragraph.strip())
    text = Text(shown)
    words = [
        (number, word) for number, paragraph in enumerate(shown, 1) for word in paragraph.split(" ") if "a" in word
    ]
    if not words:
        return
    number, word = data.draw(st.sampled_from(words))
    citation = resolve(text, f"para. {number}", word)
    if word.strip("….") == word:
        assert citation.kind in ("exact", "ambiguous", "folded")
    for piece in context(text, citation):
        assert piece.text


@pytest.mark.parametrize("unit", ["war ", "a", "war-", "war war\n", "war… "])
@pytest.mark.parametrize(
    "passage",
    ["war war war", "war war … peace", "war … war", "war warr war", "aa aa aa", "war wax … wax war wax war"],
)
def test_a_hostile_text_takes_bounded_time(unit: str, passage: str) -> None:
    text = Text(tuple((unit * (500_000 // len(unit))).split("\n")))
    started = time.perf_counter()
    for locator in ("para. 1", "para. 3", ""):
        resolve(text, locator, passage)
    assert time.perf_counter() - started < 6


@pytest.mark.parametrize("space", ["\u00a0", "[", "\u2003"])
def test_the_shape_of_a_passage_is_judged_at_once(space: str) -> None:
    """Words of many letters, and a near miss at the very end: once it took seconds for one cell."""
    passage = "Interpretation, Deteriorating: situations … of Representations"
    passage += f" notwithstanding{space}circumstances" * 3
    started = time.perf_counter()
    passage_fault(passage)
    passage_fault(("representations " * 8 + "… " + "notwithstanding " * 8).strip() + space)
    assert time.perf_counter() - started < 0.2
