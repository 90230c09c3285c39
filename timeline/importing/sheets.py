"""Rows to the bytes of a table: cells that every table can hold, further columns under names that are none of ours.

In: rows of cells by column name, with further cells. Out: CSV, and what became of cells in the report. Must not know:
formats, ids, what a row is about.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from timeline.importing.report import Report, listed
from timeline.importing.values import clean
from timeline.table.guard import guard
from timeline.table.layout import normal
from timeline.table.limits import COLUMNS
from timeline.table.names import slug
from timeline.table.problems import clip
from timeline.table.schema import SLUG

EXTRAS = 200  # further columns; a table with more is none that a person reads
_NAME_CHARACTERS = 60
_SEPARATORS = re.compile('[\\s,;|"\x00-\x1f\x7f-\x9f\ud800-\udfff]+')
_SLUG = re.compile(SLUG)
assert EXTRAS < COLUMNS


@dataclass(slots=True)
class Draft:
    """One row to be: where it stood (`event 3`, `line 12`), its cells by our column names, its actors, and the cells
    of further columns."""

    place: str
    cells: dict[str, str]
    actors: list[str] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)


def clean_drafts(drafts: Iterable[Draft], report: Report) -> None:
    """Make every cell one that a table can hold; empty ones go."""
    bad = 0
    for draft in drafts:
        for cells in (draft.cells, draft.extras):
            for name, cell in list(cells.items()):
                cells[name], controls, cut = clean(cell)
                bad += controls
                report.lose("character at the end of a cell that was too long", cut,
                            "characters at the end of cells that were too long")  # fmt: skip
                if not cells[name]:
                    del cells[name]
    report.lose("control character", bad)


def write_sheet(
    ours: Sequence[str],
    drafts: Sequence[Draft],
    report: Report,
    misread: Callable[[list[str]], set[int]],
) -> tuple[bytes, list[str]]:
    """The bytes and the header of a table. `misread(header)` tells which columns of a header would be taken for one
    of ours that they are not; these get another name."""
    counts: dict[str, int] = {}
    for draft in drafts:
        for name in draft.extras:
            counts[name] = counts.get(name, 0) + 1
    kept = list(counts)[:EXTRAS]
    report.lose(f"cell of further columns beyond {EXTRAS}", sum(counts[name] for name in list(counts)[EXTRAS:]),
                f"cells of further columns beyond {EXTRAS}")  # fmt: skip
    header = [*ours, *_names(ours, kept, misread)]
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([guard(name) for name in header])
    for draft in drafts:
        cells = [draft.cells.get(name, "") for name in ours]
        cells += [draft.extras.get(name, "") for name in kept]
        writer.writerow([guard(cell) for cell in cells])
    _tell_extras(kept, header[len(ours) :], counts, report)
    return sheet.getvalue().encode("utf-8"), header


def make_ids(wanted: Sequence[tuple[str, str]], report: Report) -> list[str]:
    """An id for each pair of (own id, what else names the row). A valid own id is kept by the first row that has it;
    the others are made, distinct, and the same whenever the same file is imported."""
    made: list[str] = [""] * len(wanted)
    taken: set[str] = set()
    twice = 0
    for row, (own, _) in enumerate(wanted):
        if _SLUG.fullmatch(own):
            twice += own in taken
            made[row] = "" if own in taken else own
            taken.add(own)
    numbers: dict[str, int] = {}
    changed: list[tuple[str, str]] = []
    for row, (own, name) in enumerate(wanted):
        if made[row]:
            continue
        made[row] = _free(slug(own or name), taken, numbers)
        if own and not _SLUG.fullmatch(own):
            changed.append((own, made[row]))
    if changed:
        example = f"'{clip(changed[0][0])}' became '{changed[0][1]}'"
        report.count(
            "ids changed",
            f"1 id was changed, for ids hold a-z, 0-9 and -: {example}.",
            f"{{}} ids were changed, for ids hold a-z, 0-9 and -: {example} and so on.",
            len(changed),
        )
    one, many = "1 id stood twice; the later row got a number.", "{} ids stood twice; the later rows got a number."
    report.count("ids twice", one, many, twice)
    return made


def _free(wanted: str, taken: set[str], numbers: dict[str, int]) -> str:
    """`wanted`, or with the next number that is free: as `names.unique`, in constant time for many of one name."""
    name = wanted
    while name in taken:
        numbers[wanted] = numbers.get(wanted, 1) + 1
        tail = f"-{numbers[wanted]}"
        name = wanted[: 80 - len(tail)].rstrip("-") + tail
    taken.add(name)
    return name


def _names(ours: Sequence[str], extras: Sequence[str], misread: Callable[[list[str]], set[int]]) -> list[str]:
    """The headers of further columns: on one line, without separators, each once, none that is read as ours."""
    names = [_SEPARATORS.sub(" ", name).strip()[:_NAME_CHARACTERS].strip() or "unnamed" for name in extras]
    for _ in range(3):
        wrong = misread([*ours, *names])
        if not wrong:
            break
        names = [f"{name} field" if len(ours) + place in wrong else name for place, name in enumerate(names)]
    taken = {normal(name) for name in ours}
    for place, name in enumerate(names):
        number, single = 1, name
        while normal(single) in taken:
            number += 1
            single = f"{name} ({number})"
        taken.add(normal(single))
        names[place] = single
    return names


def _tell_extras(kept: Sequence[str], headers: Sequence[str], counts: dict[str, int], report: Report) -> None:
    if not kept:
        return
    told = []
    for name, header in zip(kept, headers, strict=True):
        renamed = "" if header == name else f" as '{clip(header)}'"
        told.append(f"{clip(name)}{renamed} ({counts[name]:,})")
    report.note(f"Kept in further columns, with the number of rows: {listed(told)}.")
