"""The formula guard: an apostrophe before cells that a spreadsheet program would compute, and its way back.

In: cells and headers as they are. Out: the same, safe to open in a spreadsheet; and the originals again. Must
not know tables or files. The method is that of OWASP ("CSV injection"); what is ours is that nothing is lost:
a cell that already begins with an apostrophe and a formula gets one more, so that taking one off always
restores the cell.
"""

from __future__ import annotations

import re

# Full-width signs count: spreadsheet programs in East Asian locales read them as the plain ones. White space
# before a sign is no protection, for many programs trim.
_FORMULA = re.compile("'*[\\s\u200b\ufeff]*[=+@\\-\0\t\r\n＝＋－＠]")
_GUARDED = re.compile("'" + _FORMULA.pattern)

# Signs that begin no formula: the lone dash of an empty cell, negative numbers, and years before 1 (EDTF),
# with the ranges made of them. `-1+2` and `-2014-1` are neither.
_NUMBER = r"-[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]{1,3})?\s?%?"
_DAY = r"-?[0-9]{2,4}X{0,2}(?:-[0-9X]{2}){0,2}[~?%]?"
_HARMLESS = re.compile(rf"-|{_NUMBER}|(?=-[0-9]{{2,4}}X{{0,2}}(?![0-9])){_DAY}(?:/(?:\.\.|{_DAY})?)?")


def guard(cell: str) -> str:
    """`cell` with an apostrophe in front when a spreadsheet program could take it for a formula."""
    if not _FORMULA.match(cell) or _HARMLESS.fullmatch(cell):
        return cell
    return f"'{cell}"


def unguard(cell: str) -> str:
    """The cell that `guard` was given: `unguard(guard(cell)) == cell` for every text."""
    return cell[1:] if _GUARDED.match(cell) else cell
