"""`timeline find --jsonl`: the dated passages of texts that a program hands over, a line each.

In: lines of JSON, `{"name", "dct", "text"}`. Out: as many lines, `[[start, end, value], ...]`: offsets count
characters (code points) of `text` as it was given, `value` is EDTF, "" where the words need a date that is not known. A
bad line gets `[]` and a sentence on standard error, so that the lines stay in step; a bad `dct` gets the sentence only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from timeline.commands.shared import sentence, tell

if TYPE_CHECKING:
    from timeline.table.when import When

_STAMP = re.compile(r"(?P<y>[0-9]{4})-?(?P<m>[0-9]{2})-?(?P<d>[0-9]{2})(?:[T ][0-9:.,+-]{2,30}Z?)?")


def find_lines(lines: Iterable[bytes], out: TextIO) -> int:
    """Answer line by line, as they come. Leaves the exit code: 1 when a line was bad."""
    from timeline.documents.finding import find_in

    failed = 0
    for number, line in enumerate(lines, 1):
        mentions: list[tuple[int, int, str]] = []
        try:
            text, dct, language = _item(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            published = _date(dct)
            if isinstance(published, str):
                failed, published = _bad(number, published), None
            mentions = find_in(text, published, language=language)
        except UnicodeDecodeError:
            failed = _bad(number, "it is not UTF-8: save the lines as UTF-8.")
        except (ValueError, RecursionError) as error:
            failed = _bad(number, str(error))
        # A lone surrogate half in a text is no reason to stop; the answer holds numbers and EDTF only.
        out.write(json.dumps(mentions, ensure_ascii=True) + "\n")
        out.flush()
    return failed


def _bad(number: int, reason: str) -> int:
    tell(f"standard input: line {number}: {reason}")
    return 1


def _item(line: str) -> tuple[str, object, str]:
    """The text, what stands for the document's date, and its language; ValueError with a sentence for a bad line."""
    try:
        item: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f'this is not JSON ({error.msg}): write {{"name", "dct", "text"}}.') from None
    except RecursionError:
        raise ValueError('it is nested too deeply: write {"name", "dct", "text"}.') from None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise ValueError('there is no "text": write {"name", "dct", "text"}.')
    language = item.get("language") or ""
    if not isinstance(language, str):
        raise ValueError('"language" is no text: write a tag such as "ru", or leave it out.')
    return item["text"], item.get("dct"), language


def _date(dct: object) -> When | str | None:
    """The document's date, in any usual spelling of a day; None when there is none, a sentence when it cannot be read
    (then only what needs no date is found)."""
    from timeline.table.when import NotADate, read_date

    text = "" if dct is None else str(dct).strip()
    if not text:
        return None
    stamp = _STAMP.fullmatch(text)
    when = read_date(f"{stamp['y']}-{stamp['m']}-{stamp['d']}" if stamp else text)
    if isinstance(when, NotADate):
        return f"its \"dct\" is not used: {sentence(when.reason)} Write a day as 2014-02-22."
    return when
