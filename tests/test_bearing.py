"""Whether a passage bears the date of its row."""

from __future__ import annotations

import pytest

from timeline.documents.bearing import BEFORE, bear, explained
from timeline.documents.finding import find
from timeline.documents.passages import Citation, resolve
from timeline.documents.texts import Text
from timeline.table.when import When, read_date


def when(text: str) -> When:
    found = read_date(text)
    assert isinstance(found, When)
    return found


PUBLISHED = when("2031-03-04")  # a Tuesday


def verdict(date: str, sentence: str, *others: str, after: tuple[str, ...] = ()) -> tuple[str, str]:
    """The verdict on a row with this date that cites `sentence`, with paragraphs before and after it."""
    paragraphs = (*others, sentence, *after)
    citation = resolve(Text(paragraphs), f"para. {len(others) + 1}", sentence)
    found = bear(when(date), citation, find(paragraphs, PUBLISHED), PUBLISHED)
    assert found is not None
    return found.verdict, found.quote


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2030-02-03", "The council met on 3 February 2030 in Lio."),
        ("2030-02", "The council met in February 2030 in Lio."),
        ("2030", "The council met in 2030 in Lio."),
        ("2030~", "The council met in 2030 in Lio."),
        ("199X", "In the 1990s the council met in Lio."),
        ("2030-02-03/2030-02-05", "From February 3 to 5, 2030 the council met."),
        ("2029/2030-02", "The strike that began in 2029 was over by February 2030 in Lio."),
        ("2029/..", "Since 2029 the council has met in Lio."),
        ("2030/..", "After 2029 the council met in Lio."),
        ("../2030-02", "By February 2030 the council had met."),
        ("[..2029]", "Before 2030 the council had met."),
        ("2030-33", "In early 2030 the council met in Lio."),
        ("2030-10/2030-12", "In late 2030 the council met in Lio."),
        ("{2029,2030}", "The council met in 2029 and in 2030 again."),
    ],
)
def test_the_passage_tells_the_date(date, sentence):
    assert verdict(date, sentence)[0] == "same"


@pytest.mark.parametrize(
    ("date", "sentence", "quote"),
    [
        ("2031-03-03", "The council met yesterday in Lio.", "yesterday"),
        ("2031-02-28", "The council met last Friday in Lio.", "last Friday"),
        ("2031-02-27", "The council met on 27 February in Lio.", "27 February"),
        ("2030", "The council met last year in Lio.", "last year"),
        ("2032-40", "They will meet in the first half of next year.", "the first half of next year"),
        ("2031-02~", "The council met a couple of weeks ago in Lio.", "a couple of weeks ago"),
    ],
)
def test_the_passage_tells_it_by_way_of_another_day(date, sentence, quote):
    assert verdict(date, sentence) == ("relative", quote)


def test_a_row_that_could_be_more_precise_is_coarser():
    assert verdict("2030", "The council met on 3 February 2030 in Lio.") == ("coarser", "3 February 2030")
    assert verdict("2030-02-01/2030-02-28", "It met on 3 February 2030.")[0] == "coarser"


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2030-02-03", "The council met in February 2030 in Lio."),  # more precise than the words
        ("2030-02-04", "The council met on 3 February 2030 in Lio."),
        ("2029", "The council met in 2030 in Lio."),
        ("2028/..", "Since 2029 the council has met in Lio."),
        ("../2028", "By 2030 the council had met in Lio."),
        ("2030-33", "In 2030 the council met in Lio."),
        ("2030", "The council met after the storm in Lio."),
    ],
)
def test_the_passage_does_not_bear_it(date, sentence):
    assert verdict(date, sentence)[0] == "differs"


def test_a_range_of_which_one_end_is_told_is_coarser():
    assert verdict("2029/2030-06", "The council met in 2029 in Lio.") == ("coarser", "2029")


class TestInherited:
    SENTENCE = "Then the mayor closed the harbour."

    def test_a_paragraph_nearby_tells_it(self):
        assert verdict("2030-02-03", self.SENTENCE, "It was 3 February 2030.") == ("inherited", "3 February 2030")
        assert verdict("2030-02-03", self.SENTENCE, after=("It was 3 February 2030.",))[0] == "inherited"

    def test_another_sentence_of_its_paragraph_tells_it(self):
        paragraph = f"It was 3 February 2030. {self.SENTENCE}"
        citation = resolve(Text((paragraph,)), "para. 1", self.SENTENCE)
        found = bear(when("2030-02-03"), citation, find([paragraph], None), None)
        assert (found.verdict, found.locator) == ("inherited", "para. 1")

    def test_a_paragraph_far_away_does_not(self):
        far = ("It was 3 February 2030.", *["Nothing happened."] * BEFORE)
        assert verdict("2030-02-03", self.SENTENCE, *far)[0] == "differs"
        assert verdict("2030-02-03", self.SENTENCE, *far[:-1])[0] == "inherited"

    def test_words_nearby_do_not_stand_for_a_part_of_their_time(self):
        assert verdict("2030-01-05", self.SENTENCE, "In early 2030 it rained.")[0] == "differs"

    def test_the_document_s_own_date_is_enough(self):
        assert verdict("2031-03-04", self.SENTENCE) == ("inherited", "the document's own date")


def test_only_the_words_of_the_passage_count_as_its_own():
    paragraph = "In 2028 it rained. The council met in 2030 in Lio. In 2032 it will snow."
    citation = resolve(Text((paragraph,)), "para. 1", "The council met in 2030 in Lio.")
    candidates = find([paragraph], None)
    assert bear(when("2030"), citation, candidates, None).verdict == "same"
    assert bear(when("2028"), citation, candidates, None).verdict == "inherited"
    assert bear(when("2028/2032"), citation, candidates, None).verdict == "coarser"


def test_what_was_not_found_is_not_judged():
    for kind in ("missing", "no text", "ambiguous"):
        assert bear(when("2030"), Citation(kind, paragraph=None), [], None) is None
    assert bear(when("2030"), Citation("ambiguous", None, 2, 1, 0, 5, 1), [], None) is None


@pytest.mark.parametrize(
    ("summary", "note", "said"),
    [
        ("The Courier says that the harbour closed.", "", False),
        ("The Courier says that the harbour closed.", "The chairman named the day the week after.", True),
        ("The Courier says that the harbour closed; the report dates it February 2030.", "", True),
        ("The Courier says so; para. 12 gives the day.", "", True),
        ("The Courier says so and gives no date.", "", True),
        ("The Courier says so of an undated meeting.", "", True),
        ("The Courier says so of the strike of 2024.", "", False),
    ],
)
def test_a_row_may_say_why(summary, note, said):
    assert explained(when("2030-02-03"), summary, note, PUBLISHED) is said
