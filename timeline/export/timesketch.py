"""The selected mentions as JSON Lines for Timesketch: an object a line, each a moment.

In: a Dataset and a Selection. Out: UTF-8 with notes. It must not know where Timesketch runs.

Timesketch knows moments alone. A single day is one line at its midnight, and says so (`timestamp_desc`); everything
longer is two lines, its earliest and its latest moment. `edtf`, `precision` and `words` say what is known. A zone that
was written is kept; a time without one stands as UTC.
"""

from __future__ import annotations

import math
import re

from timeline.export.bounds import End, ends_of
from timeline.export.encoding import encoded
from timeline.export.notes import counted, left_out, nothing
from timeline.export.telling import Mention, mentions_of
from timeline.export.writing import Exported, Look
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset
from timeline.table.days import SECONDS, iso_instant, to_days

_FIRST = to_days(1)
_ZONE = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})?")
_MOMENTS = ("second", "minute", "hour")


def timesketch_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """A line or two for each dated mention from the year 1 on."""
    mentions = mentions_of(dataset, selection)
    dated = [mention for mention in mentions if mention.dated]
    told = [mention for mention in dated if min(_finite(mention)) >= _FIRST]
    lines = [encoded(line, indent=None) for mention in told for line in _lines(mention, dataset)]
    zoneless = sum(mention.precision in _MOMENTS and not any(end.zone for end in _ends(mention)) for mention in told)
    halves = sum(len(_ends(mention)) == 1 for mention in told)
    gives = "gives" if zoneless == 1 else "give"
    notes = (
        *nothing(len(mentions), "mention"),
        *left_out(len(mentions) - len(dated), "undated mention(s)", "a line needs a moment."),
        *left_out(len(dated) - len(told), "mention(s) before the year 1", "Timesketch has no place for them."),
        *((f"{counted(halves, 'mention(s)')} with an open end: only the other end is there.",) if halves else ()),
        *((f"{counted(zoneless, 'mention(s)')} {gives} a time without a zone: it stands as UTC.",) if zoneless else ()),
    )
    return Exported(b"".join(lines), notes)


def _finite(mention: Mention) -> tuple[float, ...]:
    return tuple(moment for moment in (mention.start, mention.end) if math.isfinite(moment))


def _ends(mention: Mention) -> tuple[End, ...]:
    return tuple(end for end in ends_of(mention) if end)


def _lines(mention: Mention, dataset: Dataset) -> list[dict[str, object]]:
    start, end = ends_of(mention)
    if start and end and mention.precision in _MOMENTS:
        return [_line(mention, dataset, mention.start, start.zone, f"moment, to the {mention.precision}")]
    if start and end and mention.precision == "day":
        return [_line(mention, dataset, mention.start, "", "day, time unknown")]
    made = []
    if start:
        made.append(_line(mention, dataset, mention.start, start.zone, "earliest"))
    if end:
        made.append(_line(mention, dataset, mention.end - 1 / SECONDS, end.zone, "latest"))
    return made


def _line(mention: Mention, dataset: Dataset, moment: float, zone: str, kind: str) -> dict[str, object]:
    cited = mention.citation
    seconds = round(moment * SECONDS)
    said = f": {mention.summary}" if mention.summary else ""
    return {
        "message": f"{mention.title}{said}",
        "datetime": iso_instant(seconds / SECONDS) + (_zone(zone) or "+00:00"),
        "timestamp": (seconds - _offset(zone)) * 1_000_000,
        "timestamp_desc": kind,
        "event": mention.event,
        "edtf": mention.edtf,
        "words": mention.words,
        "precision": mention.precision,
        "approximate": mention.approximate,
        "uncertain": mention.uncertain,
        "actors": "; ".join(mention.actors),
        "category": mention.category,
        "status": mention.status,
        "cited": mention.cited,
        **{name: part for name, part in cited.items() if name not in ("date", "title")},
        "document_title": cited.get("title", ""),
        "table": f"{dataset.name} {dataset.fingerprint}",
    }


def _zone(zone: str) -> str:
    """A zone as `+03:00`."""
    found = _ZONE.fullmatch(zone)
    return f"{found[1]}{found[2]}:{found[3] or '00'}" if found else ""


def _offset(zone: str) -> int:
    """Seconds east of Greenwich."""
    found = _ZONE.fullmatch(zone)
    if not found:
        return 0
    seconds = int(found[2]) * 3600 + int(found[3] or 0) * 60
    return -seconds if found[1] == "-" else seconds
