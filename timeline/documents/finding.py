"""Finding: the dated passages of a document, ready for a person to curate.

In: paragraphs, and when the document was published. Out: Candidates in the order of the text, each with the
sentence it stands in as a passage; and a table of them. It proposes and shows its reasons; it never writes
events by itself. It must not know files or the page. The words and patterns are those of `languages`.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from timeline.documents.proposing import propose, tongue
from timeline.documents.setting import Setting
from timeline.table.days import FIRST_YEAR, LAST_YEAR, from_days, to_days
from timeline.table.guard import guard
from timeline.table.schema import EVENTS
from timeline.table.when import When, read_date

PASSAGE_WORDS = 8
PARAGRAPH_CHARACTERS = 200_000  # of a longer paragraph only so much is searched: it is no prose
BEFORE_CHARACTERS, AFTER_CHARACTERS = 200, 60
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\];]{0,3}\s{1,9}(?=[\"'“‘„«(\[]{0,2}[A-Z0-9À-ÞЀ-Я])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|ca|cf|approx|Gen|Lt|Col|Sgt|Rep|Sen|Gov|[A-Z]"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Za-z]\.[A-Za-z])\.$"
)
CLOCK = "clock"  # so the names of the rules for times of day begin
_TOLD = ("day", "month", "year")
_GAP = re.compile(r"\n[^\S\n]{0,200}\n\s{0,200}")
_BESIDE = re.compile(r",?\s{1,3}(?:(?:on|at|by|в|на)\s{1,3})?")  # between a time of day and its day
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}")
EXTRA_COLUMNS = ("quote", "kind", "rule", "anchor", "new_actors")


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
    paragraphs: Sequence[str],
    published: When | None = None,
    *,
    pages: bool = False,
    language: str = "",
    clocks: bool = False,
) -> list[Candidate]:
    """The dated passages of these paragraphs (pages, when `pages`), in order; the longest match wins where
    rules overlap.

    Relative dates ("yesterday", "last Friday", "27 March" without a year) are resolved against `published`;
    "two days later" against the date told before it. `language` is a BCP 47 tag: in one that `languages` has, its own
    rules find; in another, those of English and dates with a named month. Times of day are found when `clocks`.
    """
    found: list[Candidate] = []
    today = _day_of(published)
    told: dict[str, int] = {}
    sources: dict[str, str] = {}
    lasts = 0
    by = tongue(language)
    for number, paragraph in enumerate(paragraphs, 1):
        plain = _ADDRESS.sub(lambda address: " " * len(address.group()), paragraph[:PARAGRAPH_CHARACTERS])
        bounds = _sentences(plain)
        passages: dict[int, str] = {}
        locator = f"{'p.' if pages else 'para.'} {number}"
        for start, end, match, rule, read, _ in propose(plain, by):
            if rule.startswith(CLOCK) and not clocks:
                continue
            place = bisect_right(bounds, start) - 1
            if place not in passages:
                told.pop("quarter", None)  # what one sentence says of a quarter, the next does not
                lasts -= 1
                if not lasts:
                    told.pop("report", None)
                passages[place] = quoted(paragraph[bounds[place] : bounds[place + 1]])
            # Of a long "sentence" (a list, or no prose at all) a window tells as much, and keeps the time linear.
            before = plain[max(bounds[place], start - BEFORE_CHARACTERS) : start]
            after = plain[end : min(bounds[place + 1], end + AFTER_CHARACTERS)]
            reading = read(match, Setting(by.grammar, before, after, today, told))
            when = read_date(reading.value) if reading is not None and reading.value else None
            if reading is None or (reading.value and not isinstance(when, When)):
                continue
            anchor = ""
            if reading.anchor == "published":
                anchor = f"published {published.edtf}" if published else "published: not known"
            elif reading.anchor:
                anchor = sources.get(reading.anchor, "an earlier date: none found")
            quote = " ".join(plain[start:end].split())
            value, precision = (when.edtf, when.precision) if isinstance(when, When) else ("", "")
            kind: Literal["absolute", "relative"] = "relative" if reading.anchor else "absolute"
            passage = passages[place]
            found.append(
                Candidate(number, start, end, quote, value, precision, kind, anchor, rule, locator, passage)
            )
            if reading.anchor == "report":  # what a report compares with is told by the way
                continue
            if isinstance(when, When) and not (when.open_start or when.open_end):
                # Of a range, only the year in which it ends is something to count from.
                finest = _TOLD.index(precision) if precision in _TOLD else 2
                day = int(when.start if precision in _TOLD else when.end - 1)
                year, month, _ = from_days(day)
                counts = list(zip(_TOLD, (day, year * 12 + month - 1, year), strict=True))[finest:]
                if precision == "quarter":
                    lasts = 2  # this sentence and the next
                    counts += [(key, year * 4 + (month - 1) // 3) for key in ("quarter", "report", "period")]
                for kept, count in counts:
                    told[kept], sources[kept] = count, f"{quote} ({value}), {locator}"
    return found


def find_in(text: str, published: When | None = None, *, language: str = "") -> list[tuple[int, int, str]]:
    """The dated passages, and times of day ("9 a.m."), of a whole text whose paragraphs blank lines part: where each
    begins and ends in it, and its EDTF value, "" when that cannot be told. A date may be wrapped over two lines."""
    starts = [0]
    for end in (*(gap.end() for gap in _GAP.finditer(text)), len(text)):
        while end - starts[-1] > PARAGRAPH_CHARACTERS:  # of a paragraph that goes on and on nothing is left out
            space = text.rfind("\n", starts[-1] + 1, starts[-1] + PARAGRAPH_CHARACTERS)
            starts.append(space if space > 0 else starts[-1] + PARAGRAPH_CHARACTERS)
        starts.append(end)
    starts.pop()
    paragraphs = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    found: list[tuple[int, int, str]] = []
    last = ""
    for one in find(paragraphs, published, language=language, clocks=True):
        start, end, value = starts[one.paragraph - 1] + one.start, starts[one.paragraph - 1] + one.end, one.value
        last_value = found[-1][2] if found else ""
        beside = bool(found and _BESIDE.fullmatch(text, found[-1][1], start))
        if beside and last.startswith(CLOCK) and one.precision == "day":
            start = found.pop()[0]  # "5 p.m., Nov. 6" is one
        elif beside and one.rule.startswith(CLOCK) and "/" not in last_value and len(last_value) == len("2031-03-27"):
            value = last_value  # "Nov. 6 at 5 p.m." are two, of one day
        found.append((start, end, value))
        last = one.rule
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


def candidates_csv(
    candidates: Sequence[Candidate],
    document: str = "",
    named: Sequence[tuple[Sequence[str], Sequence[str]]] = (),
) -> str:
    """A table with the columns of events.csv, then `quote`, `kind`, `rule`, `anchor` and `new_actors`; formulas are
    guarded. `named` has for each candidate the actors that its sentence names, and names in it that may be new ones.

    Title, summary and category stay empty: they are the curator's.
    """
    names = [column.name for column in EVENTS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*names, *EXTRA_COLUMNS])
    stem = re.sub(r"[^a-z0-9]+", "-", document.lower()).strip("-")[:70] or "candidate"
    for number, candidate in enumerate(candidates, 1):
        actors, new = named[number - 1] if named else ((), ())
        cells = {
            "id": f"{stem}-{number:03d}",
            "date": candidate.value,
            "actors": ";".join(actors),
            "document": document,
            "locator": candidate.locator,
            "passage": candidate.passage,
        }
        extra = (candidate.quote, candidate.kind, candidate.rule, candidate.anchor, ";".join(new))
        writer.writerow([guard(cell) for cell in (*(cells.get(name, "") for name in names), *extra)])
    return out.getvalue()


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
