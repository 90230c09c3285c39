"""Shelving: an answer of the web becomes a file in the folder of documents; what was there before is kept.

In: a folder, a document's row, an Answer. Out: Kept, which says what was done, or Refused. It must not know how the
answer came, nor documents.csv.

The folder `archive` in the folder of documents holds earlier versions, and the log of all that was retrieved
(`fetched.jsonl`, one JSON object a line). Nothing is overwritten: a file that changes is copied there first.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from timeline.documents.collecting import RETRIEVALS
from timeline.documents.confining import OutsideError, contained, refusal
from timeline.documents.kinds import NAMES, SUFFIXES, Kind, suffix
from timeline.documents.reading import Text, read_text
from timeline.documents.texts import limit_of
from timeline.fetching.addresses import Refused
from timeline.fetching.asking import Answer
from timeline.fetching.sorting import as_utf8, fits, kind_of_answer, name_for
from timeline.table.replacing import replace_file

ARCHIVE = "archive"
Result = Literal["saved", "unchanged", "changed"]
_LOG_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an answer: the file's name in the folder, its sha256 (of the file as it lies there) and size, and
    `note`, a sentence where there is more to say."""

    result: Result
    file: str
    sha256: str
    size: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of documents with its archive."""

    folder: Path

    def keep(self, id: str, file: str, answer: Answer, now: datetime, taken: Container[str] = ()) -> Kept:
        """Save an answer as `file`, or under a name made of the id when there is none, which is none of those that are
        `taken`. Raises Refused, OSError."""
        if file:
            _judge(file)
        kind = kind_of_answer(answer)
        if file and not fits(kind, SUFFIXES.get(suffix(file))):
            wanted = SUFFIXES.get(suffix(file))
            called = NAMES[wanted] if wanted else "no document"
            raise Refused(f"'{file}' is by its name {called}, but the address answers with {NAMES[kind]}; "
                          "name another file in the table, or none")
        name = file or name_for(id, kind, taken)
        content, note = as_utf8(kind, answer)
        if len(content) > limit_of(name):
            raise Refused(f"it is larger than the {limit_of(name) // 1_000_000} MB that are read of {NAMES[kind]}")
        if not content.strip():
            raise Refused("the server sends nothing")
        path = self._place(name)
        sha256 = _sha256(content)
        old = _bytes_of(path) if path.exists() else None
        if old is None:
            result: Result = "saved"
        elif old == content or _same_text(old, content, name, kind):
            if old != content:
                note = "the page is written anew, its text is the same"
            return self._log(id, answer, now, Kept("unchanged", name, _sha256(old), len(old), note))
        else:
            result, note = "changed", f"the earlier one is {ARCHIVE}/{self._archive(path, old, now).name}"
        replace_file(path, content)
        return self._log(id, answer, now, Kept(result, name, sha256, len(content), note))

    def untouched(self, id: str, file: str, answer: Answer, now: datetime) -> Kept:
        """What the server says is not modified; the file is as it was when it was last retrieved."""
        content = _bytes_of(self._place(file))
        kept = Kept("unchanged", file, _sha256(content), len(content))
        return self._log(id, answer, now, kept)

    def holds(self, file: str) -> bool:
        """Whether there is such a file inside the folder. Raises Refused for a name that no document may have."""
        _judge(file)
        try:
            return os.path.lexists(contained(self.folder, file))
        except OutsideError as outside:
            raise Refused(_begun(str(outside))) from outside
        except (FileNotFoundError, NotADirectoryError):
            return False

    def known(self, url: str, file: str) -> tuple[str, dict[str, str]]:
        """The file that this address became (`file`, when it is told), and headers for a conditional question: the
        validators of the last answer. ("", {}) unless that file is as it was then."""
        none: dict[str, Any] = {}
        last = next((one for one in reversed(self._logged()) if one.get("url") == url), none)
        name = str(last.get("file", ""))
        if not name or file not in ("", name):
            return "", {}
        with suppress(OSError, Refused):
            if self.holds(name) and _sha256(_bytes_of(self._place(name))) == last.get("sha256"):
                pairs = (("If-None-Match", last.get("etag")), ("If-Modified-Since", last.get("modified")))
                return name, {header: str(value) for header, value in pairs if _may_be_sent(value)}
        return "", {}

    def _place(self, name: str) -> Path:
        """Where a file lies, links followed; the folders on the way are made. Raises Refused when it leads out."""
        parents, own = os.path.split(name)
        try:
            here = Path(contained(self.folder, ".")) if not parents else self._folder(parents)
            with suppress(FileNotFoundError):
                return Path(contained(self.folder, name))
        except OutsideError as outside:
            raise Refused(_begun(str(outside))) from outside
        return here / own

    def _folder(self, name: str) -> Path:
        done = ""
        for part in name.split("/"):
            done = f"{done}/{part}" if done else part
            with suppress(FileExistsError):
                os.mkdir(os.path.join(contained(self.folder, os.path.dirname(done) or "."), part))  # noqa: PTH102
        return Path(contained(self.folder, name))

    def _archive(self, path: Path, old: bytes, now: datetime) -> Path:
        stem, end = os.path.splitext(path.name)
        copy = self._place(f"{ARCHIVE}/{stem}.{now:%Y%m%dT%H%M%SZ}.{_sha256(old)[:8]}{end}")
        replace_file(copy, old)
        return copy

    def _log(self, id: str, answer: Answer, now: datetime, kept: Kept) -> Kept:
        entry: dict[str, Any] = {
            "id": id, "url": answer.asked, "address": answer.address, "retrieved": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "status": answer.status, "type": answer.type, "result": kept.result, "file": kept.file,
            "bytes": kept.size, "sha256": kept.sha256, "etag": answer.etag, "modified": answer.modified,
            "note": kept.note,
        }  # fmt: skip
        with self._place(f"{ARCHIVE}/{RETRIEVALS}").open("a", encoding="utf-8", newline="\n") as log:
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")
        return kept

    def _logged(self) -> list[dict[str, Any]]:
        """The entries of the log; a line that is none is passed over, for anybody may have written in it."""
        entries = []
        try:
            path = Path(contained(self.folder, f"{ARCHIVE}/{RETRIEVALS}"))
            if path.stat().st_size > _LOG_BYTES:
                return []
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except (OSError, OutsideError):
            return []
        for line in lines:
            with suppress(ValueError):
                entry = json.loads(line)
                entries += [entry] if isinstance(entry, dict) else []
        return entries


def _judge(file: str) -> None:
    """Raise Refused for a name that no document may have: out of the folder, hidden, or that of the archive."""
    if why := refusal(file):
        raise Refused(_begun(why))
    parts = file.split("/")
    if suffix(file) not in SUFFIXES or any(part.startswith(".") for part in parts) or parts[0].casefold() == ARCHIVE:
        ends = ", ".join(SUFFIXES)
        raise Refused(f"'{file}' is no name of a document: one ends with {ends}, is not hidden and not in {ARCHIVE}/")


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(f"'{path.name}' is there and is no regular file")
    return path.read_bytes()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _may_be_sent(value: object) -> bool:
    """Whether a validator out of the log, in which anybody may have written, can stand in a header."""
    return isinstance(value, str) and bool(value) and value.isascii() and value.isprintable()


def now() -> datetime:
    """The moment, in UTC and to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _same_text(old: bytes, content: bytes, name: str, kind: Kind) -> bool:
    """Whether a page was written anew around the same text: pages change at every visit, and their text does not."""
    if kind != "html":
        return False
    before, after = read_text(old, name), read_text(content, name)
    return isinstance(before, Text) and isinstance(after, Text) and before.paragraphs == after.paragraphs


def _begun(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].removesuffix(".")
