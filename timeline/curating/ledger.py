"""A file of JSON objects, one a line, that only ever grows: each line is on the disk before the next thing happens.

In: a path and objects. Out: the objects of all programs that write there, in order; what could not be read or written
as notices. Must not know: what the objects say.

A line that was cut short, and lines that are no JSON object or of a later version, are left out and stay in the file.
"""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from timeline.table.locking import Held, locked
from timeline.table.problems import printable
from timeline.table.replacing import replace_file, sync_folder
from timeline.table.saving import make_folder

VERSION = 1
_HEAD = 64  # bytes, by which a file is known: its first line has an id of its own
Entry = tuple[int, dict[str, Any]]
"""The line of an object (0: it is in no file), and the object."""


class Ledger:
    """`new()` gives the objects that were added since it was last asked, by whomever; `add` adds one. Where the file
    cannot be written, objects are kept in memory and `notices` say so."""

    def __init__(self, path: Path, lost: str) -> None:
        self.path, self._lost = path, lost
        self._at = 0
        self._line = 0
        self._head = b""
        self._waiting: list[dict[str, Any]] = []
        self._unreadable: list[int] = []
        self._later = False
        self._failure = ""

    @property
    def notices(self) -> list[str]:
        """What was lost or left out, each in a sentence."""
        told = []
        name = printable(self.path.name)
        if self._failure:
            told.append(f"{printable(str(self.path))} cannot be written ({self._failure}): {self._lost}.")
        if self._unreadable:
            count = len(self._unreadable)
            lines = "a line" if count == 1 else f"{count} lines"
            told.append(f"{lines[0].upper()}{lines[1:]} of {name} cannot be read and {'is' if count == 1 else 'are'} "
                        f"left out (the first is line {self._unreadable[0]}).")  # fmt: skip
        if self._later:
            told.append(f"{name} holds entries of a later version of this program, which are left out.")
        return told

    def add(self, value: dict[str, Any]) -> None:
        """Write an object at the end of the file, on to the disk."""
        try:
            self._append(_line(value))
        except (OSError, Held) as error:
            self._failure = getattr(error, "strerror", None) or "another program holds its lock"
            self._waiting.append(value)

    def _append(self, line: bytes) -> None:
        make_folder(self.path.parent)
        with locked(self.path.with_suffix(".lock")):
            there = self.path.exists()
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            with os.fdopen(handle, "r+b", buffering=0) as file:
                size = file.seek(0, os.SEEK_END)
                if not size:
                    self._share(file.fileno())
                    line = _line({"begun": uuid.uuid4().hex}) + line
                else:
                    file.seek(size - 1)
                    torn = file.read(1) != b"\n"
                    line = b"\n" + line if torn else line  # so that a line cut short does not spoil this one
                file.write(line)
                os.fsync(file.fileno())
        if not there:
            sync_folder(self.path.parent)

    def _share(self, handle: int) -> None:
        """Let whoever may write into the folder write into the new file."""
        if hasattr(os, "fchmod"):
            with contextlib.suppress(OSError):
                os.fchmod(handle, self.path.parent.stat().st_mode & 0o666)

    def compact(self, keep: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
        """Leave in the file only what `keep` gives of its objects; whoever else has it open reads it anew. Nothing
        happens where it cannot be written, or holds lines that cannot be read."""
        try:
            with locked(self.path.with_suffix(".lock")):
                content = self.path.read_bytes()
                whole = Ledger(self.path, self._lost)
                _, entries = whole.new()
                if whole.notices or not content.endswith(b"\n"):
                    return
                kept = [_line({"begun": uuid.uuid4().hex}), *map(_line, keep([value for _, value in entries]))]
                replace_file(self.path, b"".join(kept))
        except (OSError, Held):
            return

    def new(self) -> tuple[bool, list[Entry]]:
        """The objects that are new with their lines, and whether the file is another one than before, so that they
        are all there are."""
        again = False
        waiting, self._waiting = [(0, value) for value in self._waiting], []
        try:
            with self.path.open("rb") as file:
                head = file.read(_HEAD)
                if self._at and head[: len(self._head)] != self._head:
                    again, self._at, self._line, self._unreadable = True, 0, 0, []
                self._head = head
                file.seek(self._at)
                content = file.read()
        except OSError as error:
            if not isinstance(error, FileNotFoundError):
                self._failure = error.strerror or str(error)
            return False, waiting
        whole = content[: content.rfind(b"\n") + 1]
        self._at += len(whole)
        return again, [*self._objects(whole), *waiting]

    def _objects(self, content: bytes) -> list[Entry]:
        found = []
        for line in content.split(b"\n")[:-1]:
            self._line += 1
            if not line.strip():
                continue
            try:
                value = json.loads(line)
                version = value["v"]
                assert isinstance(version, int)
            except (ValueError, KeyError, TypeError, AssertionError, RecursionError):
                self._unreadable.append(self._line)
                continue
            if version > VERSION:
                self._later = True
            elif "begun" not in value:
                found.append((self._line, value))
        return found

    def leave_out(self, line: int) -> None:
        """Note that the object of a line could not be understood."""
        self._unreadable.append(line)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps({"v": VERSION, **value}, separators=(",", ":")).encode() + b"\n"
