"""Timesketch CSV and JSONL: rows of `message`, `datetime`, `timestamp_desc`, and whatever else there is.

In: records with their lines. Out: drafts of events, and in the report what they do not hold. Must not know: files.

Decided: the message is the title, or the summary where it is long. Columns with a name of ours (source, url, actors,
category ...) are those; all others stay further columns, `timestamp_desc` among them. Two rows alike but for their
time, of which one is the `start` (`earliest`) and one the `end` (`latest`), are one range, if there are no more than
these two. A column `edtf` is the date where the row's time is its beginning or its end: so our own exports come back.
"""

from __future__ import annotations

from typing import Any

from timeline.importing.dates import as_said, fault, joined, of_instant, ranges
from timeline.importing.parsing import CannotImport, Parsed
from timeline.importing.plain import address
from timeline.importing.report import Report
from timeline.importing.sheets import Draft
from timeline.importing.values import is_blank, line_of, text_of, whole
from timeline.table.checking import is_slug

REQUIRED = ("message", "datetime", "timestamp_desc")
_OURS = ("id", "event", "summary", "category", "status", "speaker", "document", "locator", "passage", "source",
         "author", "published", "language")  # fmt: skip
_TIMES = ("datetime", "timestamp", "timestamp_desc")
_EDTF = ("edtf", "date")
_ENDS = {"start": "end", "earliest": "latest"}
Record = dict[str, Any]


def is_timesketch(record: Any) -> bool:
    """Whether a record, or the header of a CSV, has what all rows of Timesketch have."""
    return "message" in record and "timestamp_desc" in record and ("datetime" in record or "timestamp" in record)


def read_timesketch(parsed: Parsed, report: Report) -> list[Draft]:
    """The rows in their order."""
    records = [(1, parsed.value)] if isinstance(parsed.value, dict) else parsed.records
    if parsed.shape == "json" and not isinstance(parsed.value, dict):
        raise CannotImport("JSONL has an object on each line, not a list", "Write each row on a line of its own")
    if parsed.shape == "csv" and not is_timesketch(parsed.header):
        missing = ", ".join(name for name in REQUIRED if name not in parsed.header)
        reason = f"a CSV of Timesketch has the columns {', '.join(REQUIRED)}; missing: {missing}"
        raise CannotImport(reason, "Name them so", 1)
    for line, reason in parsed.broken:
        report.leave_out(f"line {line}", reason)
    rows: list[tuple[int, Record]] = []
    for line, record in records:
        if isinstance(record, dict):
            rows.append((line, record))
        else:
            report.leave_out(f"line {line}", "it is no object")
    ends = _pairs([record for _, record in rows])
    second = set(ends.values())
    drafts: list[Draft] = []
    dates: list[tuple[str, str]] = []
    for row, (line, record) in enumerate(rows):
        if row in second:
            continue
        end = ends.get(row)
        place = f"line {line}" if end is None else f"lines {line} and {rows[end][0]}"
        draft = _draft(record, place, report, single=end is None)
        start, until = _instant(record, draft, report), "" if end is None else _instant(rows[end][1], draft, report)
        exact = _exact(record, draft, joined(start, until))
        drafts.append(draft)
        dates.append((exact, "") if exact else (start, until))
    report.count(
        "pairs",
        "2 rows, a start and an end, were put together to a range.",
        "{} pairs of rows, a start and an end, were put together to ranges.",
        len(ends),
    )
    settled, days = ranges(dates)
    report.midnights(days)
    for draft, date in zip(drafts, settled, strict=True):
        draft.cells["date"] = date
    return drafts


def _pairs(records: list[Record]) -> dict[int, int]:
    """Row of a start -> row of its end, where the two are alike in all else and no third row is."""
    found: dict[tuple[str, str], dict[str, list[int]]] = {}
    for row, record in enumerate(records):
        kind = line_of(record.get("timestamp_desc")).casefold()
        first = kind if kind in _ENDS else next((name for name, last in _ENDS.items() if last == kind), None)
        if first is not None and line_of(record.get("message")):
            rest = repr(sorted((name, text_of(held)) for name, held in record.items() if name not in _TIMES))
            found.setdefault((first, rest), {}).setdefault(kind, []).append(row)
    pairs = {}
    for (first, _), kinds in found.items():
        if len(kinds) == 2 and all(len(rows) == 1 for rows in kinds.values()):
            start, end = kinds[first][0], kinds[_ENDS[first]][0]
            dates = [_moment(records[row])[0] for row in (start, end)]
            if all(dates) and not any(map(fault, (*dates, joined(*dates)))):
                pairs[start] = end
    return pairs


def _draft(record: Record, place: str, report: Report, *, single: bool) -> Draft:
    draft = Draft(place, {"title": line_of(record.get("message"))})
    if is_blank(record.get("id")) and is_slug(line_of(record.get("mention"))):
        record = {("id" if name == "mention" else name): held for name, held in record.items() if name != "id"}
    for name, held in record.items():
        if is_blank(held) or name in ("message", "datetime", "timestamp") or (name == "timestamp_desc" and not single):
            continue
        if name in _OURS:
            draft.cells[name] = line_of(held)
        elif name == "actors":
            draft.actors += [text_of(one) for one in (held if isinstance(held, list) else text_of(held).split(";"))]
        elif name == "url" and address(line_of(held)):
            draft.cells["url"] = line_of(held)
        else:
            draft.extras[name] = text_of(held)
    return draft


def _moment(record: Record) -> tuple[str, bool]:
    """The instant of a row: its datetime, else its timestamp in millionths of a second."""
    if not is_blank(record.get("datetime")):
        return of_instant(record["datetime"])
    stamp = whole(record.get("timestamp"))
    return of_instant(record.get("timestamp") if stamp is None else stamp, per_second=1_000_000)


def _instant(record: Record, draft: Draft, report: Report) -> str:
    """The same for good: what the date cannot hold stays in a further column."""
    made, cut = _moment(record)
    stamp = whole(record.get("timestamp"))
    if is_blank(record.get("datetime")):
        written = record.get("timestamp")
    else:
        written = record["datetime"]
        if not is_blank(record.get("timestamp")):
            told = of_instant(record["timestamp"] if stamp is None else stamp, per_second=1_000_000)[0]
            if told.removesuffix("Z") == made.removesuffix("Z"):
                report.lose("timestamp that says the same as its datetime",
                            many="timestamps that say the same as their datetime")  # fmt: skip
            else:
                draft.extras["timestamp"] = text_of(record["timestamp"])
    if cut:
        name = "datetime" if written is record.get("datetime") else "timestamp"
        draft.extras[name] = " – ".join(filter(None, (draft.extras.get(name), line_of(written))))
        report.count(
            "fractions",
            "1 time is more exact than a second; a further column has all of it.",
            "{} times are more exact than a second; a further column has all of them.",
        )
    return made


def _exact(record: Record, draft: Draft, date: str) -> str:
    """The date that a column `edtf` or `date` of the row gives, if the row's time is where it begins or ends."""
    for name in _EDTF:
        said = as_said(date, line_of(record.get(name)))
        if said is not None:
            draft.extras.pop(name, None)
            return said
    return ""
