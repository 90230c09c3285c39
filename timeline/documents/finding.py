"""Finding: the dated passages of a document, ready for a person to curate.

In: paragraphs, and when the document was published. Out: Candidates in the order of the text, each with the
sentence it stands in as a passage; and a table of them. It proposes and shows its reasons; it never writes
events by itself. It must not know files or the page. The rules are those of `proposing` and `dated`.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from timeline.documents.dated import Rule, Setting
from timeline.documents.foreign import foreign_rule
from timeline.documents.proposing import RULES
from timeline.table.days import FIRST_YEAR, LAST_YEAR, from_days, to_days
from timeline.table.guard import guard
from timeline.table.schema import EVENTS
from timeline.table.when import When, read_date

PASSAGE_WORDS = 8
PARAGRAPH_CHARACTERS = 200_000  # of a longer paragraph only so much is searched: it is no prose
SENTENCE_CHARACTERS = 300
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s{1,9}(?=[\"'“‘(\[]{0,2}[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|ca|cf|approx|Gen|Lt|Col|Sgt|Rep|Sen|Gov|[A-Z]"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Za-z]\.[A-Za-z])\.$"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}")
EXTRA_COLUMNS = ("quote", "kind", "rule", "anchor")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dated passage: [start, end) of paragraph `paragraph` (from 1) tells the date `value`.

    `value` is EDTF, "" when it cannot be told without the document's date. `anchor` says what a relative date
    was counted from: the published date, or an earlier mention. `passage` quotes at most 8 words of each end
    of the sentence.
    """

    paragraph: int
    start: int
    end: int
    quote: str
    value: str
    precision: str
    kind: Literal["absolute", "relative"]
    anchor: str
    rule: str
    locator: str
    passage: str


def find(
    paragraphs: Sequence[str], published: When | None = None, *, pages: bool = False, language: str = ""
) -> list[Candidate]:
    """The dated passages of these paragraphs (pages, when `pages`), in order; the longest match wins where
    rules overlap.

    Relative dates ("yesterday", "last Friday", "27 March" without a year) are resolved against `published`;
    "two days later" against the date told before it. In another `language` (a BCP 47 tag) than English also
    dates with a month named in it are found.
    """
    found: list[Candidate] = []
    today = _day_of(published)
    told: tuple[int, str] | None = None
    year_told: tuple[int, str] | None = None
    foreign = foreign_rule(language)
    rules = RULES if foreign is None else {**RULES, "foreign": foreign}
    for number, paragraph in enumerate(paragraphs, 1):
        plain = _ADDRESS.sub(lambda address: " " * len(address.group()), paragraph[:PARAGRAPH_CHARACTERS])
        bounds = _sentences(plain)
        passages: dict[int, str] = {}
        for match, rule in _matches(plain, rules):
            place = bisect_right(bounds, match.start()) - 1
            # Of a long "sentence" (a list, or no prose at all) a window tells as much, and keeps the time
            # linear.
            first = max(bounds[place], match.start() - SENTENCE_CHARACTERS)
            last = min(bounds[place + 1], match.end() + SENTENCE_CHARACTERS)
            sentence = plain[first:last]
            setting = Setting(sentence, today, told[0] if told else None, year_told[0] if year_told else None)
            reading = rules[rule][1](match, setting)
            when = read_date(reading.value) if reading is not None and reading.value else None
            if reading is None or (reading.value and not isinstance(when, When)):
                continue
            anchor = ""
            if reading.anchor == "published":
                anchor = f"published {published.edtf}" if published else "published: not known"
            elif reading.anchor:
                earlier = year_told if reading.anchor == "year" else told
                anchor = earlier[1] if earlier else "an earlier date: none found"
            locator = f"{'p.' if pages else 'para.'} {number}"
            quote = " ".join(match.group().split())
            value, precision = (when.edtf, when.precision) if isinstance(when, When) else ("", "")
            kind: Literal["absolute", "relative"] = "relative" if reading.anchor else "absolute"
            if place not in passages:
                passages[place] = quoted(paragraph[bounds[place] : bounds[place + 1]])
            passage = passages[place]
            found.append(
                Candidate(
                    number,
                    match.start(),
                    match.end(),
                    quote,
                    value,
                    precision,
                    kind,
                    anchor,
                    rule,
                    locator,
                    passage,
                )
            )
            if isinstance(when, When) and precision in ("day", "month", "year"):
                this = f"{quote} ({value}), {locator}"
                told = (int(when.start), this) if precision == "day" else told
                year_told = from_days(int(when.start))[0], this
    return found


def quoted(sentence: str) -> str:
    """The first and last words of a sentence, at most 8 each, around an ellipsis; a short sentence whole."""
    words = [word.span() for word in re.finditer(r"\S+", sentence)]
    if not words:
        return ""
    if len(words) <= PASSAGE_WORDS:
        return sentence[words[0][0] : words[-1][1]]
    each = min(PASSAGE_WORDS, (len(words) - 1) // 2)
    # Cut out, not joined anew: no-break and double spaces stay, and the passage is exact.
    return f"{sentence[words[0][0] : words[each - 1][1]]} … {sentence[words[-each][0] : words[-1][1]]}"


def candidates_csv(candidates: Iterable[Candidate], document: str = "") -> str:
    """A table with the columns of events.csv, then `quote`, `kind`, `rule` and `anchor`; formulas are
    guarded.

    Title, summary, actors and category stay empty: they are the curator's.
    """
    names = [column.name for column in EVENTS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*names, *EXTRA_COLUMNS])
    stem = re.sub(r"[^a-z0-9]+", "-", document.lower()).strip("-")[:70] or "candidate"
    for number, candidate in enumerate(candidates, 1):
        cells = {
            "id": f"{stem}-{number:03d}",
            "date": candidate.value,
            "document": document,
            "locator": candidate.locator,
            "passage": candidate.passage,
        }
        extra = (candidate.quote, candidate.kind, candidate.rule, candidate.anchor)
        writer.writerow([guard(cell) for cell in (*(cells.get(name, "") for name in names), *extra)])
    return out.getvalue()


def _matches(plain: str, rules: Mapping[str, tuple[re.Pattern[str], Rule]]) -> list[tuple[re.Match[str], str]]:
    """What the rules propose, in order, the longest first where they overlap."""
    proposed = [(match, rule) for rule, (pattern, _) in rules.items() for match in pattern.finditer(plain)]
    proposed.sort(key=lambda one: (-(one[0].end() - one[0].start()), one[0].start()))
    taken = bytearray(len(plain))
    kept = []
    for match, rule in proposed:
        start, end = match.span()
        # Longest first: whatever overlaps covers at least one end of the shorter.
        if not taken[start] and not taken[end - 1]:
            taken[start:end] = b"\1" * (end - start)
            kept.append((match, rule))
    return sorted(kept, key=lambda one: one[0].start())


def _sentences(plain: str) -> list[int]:
    """Where the sentences of a paragraph begin; last, its end."""
    bounds = [0]
    for end in _SENTENCE_END.finditer(plain):
        if not _ABBREVIATED.search(plain, max(bounds[-1], end.start() - 12), end.start() + 1):
            bounds.append(end.end())
    return [*bounds, len(plain) + 1]


def _day_of(published: When | None) -> int | None:
    """The document's day; of a less precise date none, for "yesterday" would be invented."""
    if published is None or published.precision not in ("day", "hour", "minute", "second"):
        return None
    inside = to_days(FIRST_YEAR + 2) <= published.start <= to_days(LAST_YEAR - 2)
    return int(published.start // 1) if inside else None
