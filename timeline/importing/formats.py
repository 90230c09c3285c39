"""The formats of other tools, by name and by their content, and the way from their bytes to our tables.

In: the bytes of a file, and its format where somebody said it. Out: `Imported`, or CannotImport with a sentence. Must
not know: the disk, the command line; what a format means is for its own module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timeline.importing.csl import is_csl, read_csl
from timeline.importing.parsing import CannotImport, Parsed, parse
from timeline.importing.report import Report
from timeline.importing.rows import actors_csv, documents_csv, events_csv
from timeline.importing.sheets import Draft, clean_drafts
from timeline.importing.timelinejs import read_timelinejs
from timeline.importing.timesketch import is_timesketch, read_timesketch
from timeline.importing.vis import read_vis


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its `name` (`--format`), what it is called, and whether it holds `events` or `documents`."""

    name: str
    what: str
    holds: str = "events"


FORMATS: tuple[Format, ...] = (
    Format("timelinejs", "TimelineJS JSON"),
    Format("timesketch", "Timesketch CSV or JSONL"),
    Format("vis", "vis-timeline JSON"),
    Format("csl", "CSL-JSON", "documents"),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """`tables` maps the name of a table (`events.csv`) to its bytes; the first is the one that was asked for, and
    `header` and `rows` are its own."""

    form: Format
    tables: Mapping[str, bytes]
    header: list[str]
    rows: int
    report: Report


def convert(content: bytes, name: str | None = None) -> Imported:
    """Our tables from the bytes of a file. Raises CannotImport, and nothing else."""
    form = format_named(name) if name is not None else None
    try:
        parsed = parse(content)
        form = form or told(parsed)
        return _convert(parsed, form)
    except RecursionError as error:
        raise CannotImport("its lists and objects are nested too deeply to be read", "Is it a timeline?") from error


def format_named(name: str) -> Format:
    """The format of that name."""
    found = next((form for form in FORMATS if form.name == name.lower()), None)
    if found is None:
        raise CannotImport(f"there is no format '{name}'", f"There are {', '.join(form.name for form in FORMATS)}")
    return found


def told(parsed: Parsed) -> Format:
    """The format that a file's content tells; CannotImport when it is none of ours."""
    name = _of_json(parsed.value) if parsed.shape == "json" else _of_rows(parsed)
    if name is None:
        raise CannotImport(f"this is none of the formats that can be imported: {_seen(parsed)}", _KNOWN)
    return format_named(name)


_KNOWN = (
    "There are TimelineJS JSON (an object with 'events'), Timesketch CSV and JSONL ('message', 'datetime', "
    "'timestamp_desc'), vis-timeline JSON (items with 'start') and CSL-JSON (items with a 'type' of CSL); "
    "--format says which it is"
)


def _of_rows(parsed: Parsed) -> str | None:
    if parsed.shape == "csv":
        return "timesketch" if is_timesketch(parsed.header) else None
    found = any(isinstance(record, dict) and is_timesketch(record) for _, record in parsed.records)
    return "timesketch" if found else None


def _of_json(value: Any) -> str | None:
    items = value
    if isinstance(value, dict):
        if is_timesketch(value):
            return "timesketch"
        if isinstance(value.get("events"), list):
            return "timelinejs"
        items = value.get("items")
        if items is None and is_csl(value):
            return "csl"
    if not isinstance(items, list):
        return None
    objects = [item for item in items if isinstance(item, dict)]
    if any(map(is_csl, objects)):
        return "csl"
    return "vis" if any("start" in item for item in objects) or (items is not value and not items) else None


def _seen(parsed: Parsed) -> str:
    """What a file is instead, in a few words."""
    if parsed.shape == "csv":
        shown = ", ".join(f"'{name[:40]}'" for name in parsed.header[:6])
        return f"a CSV with the header {shown}" + (" ..." if len(parsed.header) > 6 else "")
    if parsed.shape == "lines":
        return "JSON by lines, whose objects have no 'message' with a 'datetime'"
    if isinstance(parsed.value, list):
        return "an empty list" if not parsed.value else "a list whose items have no 'start' and no 'type' of CSL"
    if isinstance(parsed.value, dict):
        keys = ", ".join(f"'{name[:40]}'" for name in list(parsed.value)[:6])
        return f"an object with {keys}" if keys else "an empty object"
    return "a single value"


def _convert(parsed: Parsed, form: Format) -> Imported:
    report = Report()
    report.lose("value of a key that stands twice in an object", parsed.repeated,
                "values of keys that stand twice in an object")  # fmt: skip
    if form.name != "timesketch" and parsed.shape != "json":
        what = "a CSV" if parsed.shape == "csv" else "JSON by lines"
        raise CannotImport(f"{form.what} is one JSON value, and this is {what}", "Choose another --format")
    if form.holds == "documents":
        drafts = read_csl(parsed.value, report)
        content, header = documents_csv(drafts, report)
        return Imported(form, {"documents.csv": content}, header, len(drafts), report)
    actors: list[Draft] = []
    if form.name == "timelinejs":
        drafts = read_timelinejs(parsed.value, report)
    elif form.name == "vis":
        drafts, actors = read_vis(parsed.value, report)
    else:
        drafts = read_timesketch(parsed, report)
    content, header = events_csv(drafts, report)
    tables = {"events.csv": content}
    if actors:
        clean_drafts(actors, report)
        tables["actors.csv"] = actors_csv(actors, report)
    return Imported(form, tables, header, len(drafts), report)
