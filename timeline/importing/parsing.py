"""Bytes to values: text in UTF-8, JSON, JSON by lines, CSV; or one sentence that says where it stops.

In: the bytes of a file. Out: `Parsed`: one JSON value, or records with the lines they stand on. Must not know: what the
values mean, or the disk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from json import JSONDecodeError
from math import isfinite
from typing import Any, Literal

from timeline.importing.values import Written
from timeline.table.decoding import describe_bytes, recognise
from timeline.table.guard import unguard
from timeline.table.layout import is_known
from timeline.table.problems import printable
from timeline.table.reading import read_sheet

Shape = Literal["json", "lines", "csv"]


class CannotImport(Exception):
    """The file cannot be imported: a `reason` and a `fix`, with the line and column (of JSON) where it stops."""

    def __init__(self, reason: str, fix: str = "", line: int | None = None, column: int | None = None) -> None:
        self.reason, self.fix, self.line, self.column = printable(reason), fix, line, column
        super().__init__(" ".join(part for part in (reason, fix) if part))


@dataclass(slots=True)
class Parsed:
    """What a file holds. `shape` tells which is filled: `value`, or `records` of (line, object). `header` is that of a
    CSV. `broken` are lines that could not be read, with the reason; `repeated` counts keys that stand twice in one
    object, of which the last counts."""

    shape: Shape
    value: Any = None
    records: list[tuple[int, Any]] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)
    repeated: int = 0


def parse(content: bytes) -> Parsed:
    """Read a file. Raises CannotImport, and nothing else, whatever the bytes are."""
    text = _decode(content)
    start = text.lstrip()[:1]
    if not start:
        raise CannotImport("the file is empty", "Export it again")
    if start not in "[{":
        return _csv(text)
    reader = _Reader()
    first, _, rest = text.lstrip().partition("\n")
    if start == "{" and rest.strip():
        alone = reader.tried(first)
        if isinstance(alone, dict) and not {"events", "items"} & alone.keys():
            return _lines(text)
    try:
        return Parsed("json", reader.read(text), repeated=reader.repeated)
    except JSONDecodeError as error:
        raise _no_json(text, error) from error


def _decode(content: bytes) -> str:
    what = recognise(content.removeprefix(b"\xef\xbb\xbf"))
    if what:
        raise CannotImport(f"this is {what}, not a timeline", "Name the JSON or CSV that the other tool wrote")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        line = content.count(b"\n", 0, at) + 1
        raise CannotImport(
            f"the file is not UTF-8 (in '{describe_bytes(content, at)}')", "Save it as UTF-8", line
        ) from error


class _Reader:
    """Reads JSON, counts keys that stand twice, and keeps numbers that Python would not hold as they are written."""

    def __init__(self) -> None:
        self.repeated = 0
        self._decoder = json.JSONDecoder(
            parse_int=_int, parse_float=_float, parse_constant=Written, object_pairs_hook=self._object
        )

    def read(self, text: str) -> Any:
        try:
            return self._decoder.decode(text)
        except RecursionError as error:
            raise CannotImport("its lists and objects are nested too deeply to be read", "Is it a timeline?") from error

    def tried(self, text: str) -> Any:
        try:
            return self.read(text)
        except JSONDecodeError:
            return None
        finally:
            self.repeated = 0

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        self.repeated += len(pairs) - len(made)
        return made


def _int(text: str) -> int | Written:
    return int(text) if len(text) < 19 else Written(text)


def _float(text: str) -> float | Written:
    number = float(text)
    return number if isfinite(number) else Written(text)


def _no_json(text: str, error: JSONDecodeError) -> CannotImport:
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        reason, fix = "the JSON ends in the middle of a value", "Is the file cut short? Export it again"
    else:
        reason, fix = f"the JSON cannot be read: {error.msg[:1].lower()}{error.msg[1:]}", "Mend it there"
    return CannotImport(reason, fix, error.lineno, error.colno)


def _lines(text: str) -> Parsed:
    """JSON by lines: one that cannot be read is told, and the others are read."""
    reader = _Reader()
    parsed = Parsed("lines")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            parsed.records.append((number, reader.read(line)))
        except JSONDecodeError as error:
            stop = _no_json(line, error)
            parsed.broken.append((number, f"{stop.reason} (column {error.colno})"))
        except CannotImport as error:
            parsed.broken.append((number, error.reason))
    parsed.repeated = reader.repeated
    return parsed


def _csv(text: str) -> Parsed:
    """A CSV by the rules of our own tables. Its records are objects, like those of JSON; a second column of the same
    name gets a number."""
    sheet = read_sheet(text.encode("utf-8"), "", header_hint="", known=lambda name: _known(name) or is_known(name))
    if not sheet.readable:
        problem = next(problem for problem in sheet.problems if problem.severity == "error")
        raise CannotImport(problem.reason, problem.fix, problem.line)
    header: list[str] = []
    for index, cell in enumerate(sheet.header):
        name = wanted = cell or f"column {index + 1}"
        number = 1
        while name in header:
            number += 1
            name = f"{wanted} ({number})"
        header.append(name)
    records = [
        (line, dict(zip(header, (unguard(cell) for cell in cells), strict=True))) for line, cells in sheet.records
    ]
    broken = [
        (problem.line or 1, problem.reason)
        for problem in sheet.problems
        if problem.code in ("row-too-long", "row-too-short", "unclosed-quote", "stray-quote")
    ]
    return Parsed("csv", None, list(records), header, broken)


def _known(name: str) -> bool:
    return name.strip().casefold() in ("message", "datetime", "timestamp", "timestamp_desc", "tag")
