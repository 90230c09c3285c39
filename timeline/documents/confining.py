"""Confining: a file's name, as documents.csv gives it, and the folder that it may not leave.

In: a name that anybody may have written, and a folder. Out: the path inside, or why not. It must not know
what is in the file.

A name that leads out is refused before anything outside is looked at, so that the answer is the same whether
or not there is a file: first the name alone is judged, then every link on its way, step by step.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

_LINKS_FOLLOWED = 16
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


class OutsideError(Exception):
    """A link on the way leads out of the folder."""


def refusal(file: str) -> str:
    """Why this name can be no file inside a folder, judged by the name alone; "" when it can."""
    parts = file.split("/")
    if not file.strip():
        return "The document has no file name."
    if any(ord(character) < 32 or ord(character) == 127 for character in file):
        return "The file name holds a control character."
    if re.match(r"(?i)[a-z][a-z0-9+.-]+:/|(javascript|data|mailto|file):", file):
        return "The file is an address, not a name inside the folder of documents."
    if "\\" in file or re.match(r"[A-Za-z]:", file) or file.startswith(("/", "~")):
        return "The file name is not relative to the folder of documents, with / between folders."
    if re.search(r"(?i)%(2e|2f|5c|00)", file):
        return "The file name holds an encoded dot or slash."
    if ".." in parts or "" in parts or set(parts) == {"."}:
        return "The file name leads out of the folder of documents, or names no file."
    if any(part != "." and (part.endswith((".", " ")) or _DEVICE.match(part)) for part in parts):
        return "The file name holds a part that some systems read as another name."
    if len(file) > 1000:
        return "The file name is longer than 1,000 characters."
    return ""


def contained(directory: Path, file: str) -> str:
    """The real path of `file` under `directory`. Each link is judged before anything behind it is looked at.

    Raises OutsideError when a link leads out or in circles, OSError when something on the way is not there.
    """
    root = os.path.realpath(directory)
    waiting = [part for part in reversed(file.split("/")) if part != "."]
    here = root
    links = 0
    while waiting:
        part = waiting.pop()
        if part == "..":  # out of a link's own target only; never above the root, as checked below
            here = os.path.dirname(here)
        elif not stat.S_ISLNK(os.lstat(step := os.path.join(here, part)).st_mode):
            here = step
        else:
            links += 1
            target = os.readlink(step)
            if links > _LINKS_FOLLOWED:
                raise OutsideError("The file is a link that leads in circles.")
            if target.startswith(os.sep):
                # Written with the folder's real name or with the one we were given; anything else is outside.
                named = [name for name in (root, str(directory)) if _inside(os.path.normpath(target), name)]
                if not named:
                    raise OutsideError("The file is a link that leads out of the folder of documents.")
                target, here = os.path.relpath(os.path.normpath(target), named[0]), root
            waiting += [piece for piece in reversed(target.replace(os.sep, "/").split("/")) if piece not in ("", ".")]
        if not _inside(here, root):
            raise OutsideError("The file is a link that leads out of the folder of documents.")
    return here


def _inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
