"""Which column of a file is which of ours: exactly in a curated table, by synonyms and `--map` in a
stranger's.

In: the header cells of a sheet. Out: `Layout`, with findings. Must not know: rows.
"""

from __future__ import annotations

import re

from timeline.table import schema
from timeline.table.layout import Layout, find_header, is_known, mappable, normal
from timeline.table.names import did_you_mean, skeleton
from timeline.table.problems import Problem, make, quote
from timeline.table.schema import Column

__all__ = ["Layout", "curated_layout", "is_known", "looks_curated", "loose_layout", "mappable", "normal"]

_YEAR = re.compile(r"-?[0-9]{4}\b")
_SURROGATE = re.compile("[\ud800-\udfff]")


def looks_curated(header: list[str]) -> bool:
    """Whether a header is that of a curated events table: at least half of the required columns, under our
    names.

    A table that lost a column is still curated, and is told so; a stranger's table that happens to lie beside
    our documents.csv is not, however its `title` and `category` are called.
    """
    ours = {normal(name) for name in header}
    wanted = schema.required(schema.EVENTS)
    return 2 * sum(name in ours for name in wanted) >= len(wanted)


def curated_layout(
    header: list[str],
    file: str,
    line: int,
    columns: tuple[Column, ...],
    needed: tuple[str, ...],
    drawn_by: tuple[str, ...],
    mapping: dict[str, str] | None = None,
) -> Layout:
    """The columns of one of our own tables, by name; case and spaces are repaired with a note, all that is
    missing is told in one finding. `needed` columns must be there; without those of `drawn_by` no row can be
    drawn."""
    layout = Layout(_labels(header))
    known = {normal(column.name): column.name for column in columns}
    _place_mapping(layout, header, mapping)
    for index, cell in enumerate(header):
        name = known.get(normal(cell))
        if name is None or index in layout.places.values():
            continue
        if name in layout.places:
            _duplicate(layout, file, line, cell, name, header[layout.places[name]])
        else:
            layout.places[name] = index
            if cell != name:
                reason = f"the column {quote(cell)} was read as {name}"
                layout.problems.append(make("header-repaired", file, line, reason, f"Write {name}", column=cell))
    absent = [name for name in needed if name not in layout.places]
    unused = [header[index] for index in _unused(layout, header)]
    if absent:
        one = len(absent) == 1
        reason = f"{'a column is' if one else f'{len(absent)} columns are'} missing: {', '.join(absent)}"
        hints = [f"{name}: {hint}" for name in absent if (hint := did_you_mean(name, unused))]
        fix = " ".join(hints) or f"The header should be: {schema.header_line(columns)}"
        layout.problems.append(make("missing-column", file, line, reason, fix, value=", ".join(absent)))
    layout.missing = tuple(name for name in drawn_by if name in absent)
    for index in _unused(layout, header):
        cell = header[index]
        if normal(cell) in known and cell:
            continue  # a repeated column, told above
        if columns is schema.EVENTS and cell == schema.NOTE:
            continue
        hint = did_you_mean(cell, absent) or did_you_mean(cell, known.values())
        named = f"no column {quote(cell)}" if cell else f"no name for {layout.labels[index]}"
        reason = f"the schema has {named}; it is kept and shown"
        layout.problems.append(
            make("unknown-column", file, line, reason, hint or "Leave it, or delete it", column=cell)
        )
    _keep_extras(layout, header)
    return layout


def loose_layout(header: list[str], file: str, line: int, mapping: dict[str, str] | None = None) -> Layout:
    """The columns of a stranger's table. Only a date and a title must be found; all else is kept as extra
    columns."""
    layout = Layout(_labels(header))
    _place_mapping(layout, header, mapping)
    normals = [normal(cell) for cell in header]
    title_elsewhere = any(name in normals for name in ("title", "headline", "event title", "event name", "heading"))
    for columns in (schema.EVENTS, schema.LOOSE):  # our own names first, then what strangers call them
        for column in columns:
            if column.name == "published" or (column.name == "event" and not title_elsewhere):
                continue  # without a title `Event` is what happened, no key; `Published` may be all the date
            _place(layout, normals, column.name, (column.name,))
    _place_parts(layout, normals)
    for column in (*_first(schema.EVENTS, "date", "title"), *schema.LOOSE, *schema.EVENTS):
        if column.name != "date" or "year" not in layout.places:
            _place(layout, normals, column.name, (column.name, *column.synonyms))
    if "title" not in layout.places and "summary" in layout.places and "summary" not in (mapping or {}):
        layout.places["title"] = layout.places.pop("summary")  # the only text there is
    has_date = any(name in layout.places for name in ("date", "end", "year"))
    layout.missing = (() if has_date else ("date",)) + (() if "title" in layout.places else ("title",))
    if layout.missing:
        layout.problems.append(_not_found(layout, header, file, line))
    _tell_repeats(layout, header, normals, file, line)
    read = [
        f"{quote(header[index])} as {name}"
        for name, index in sorted(layout.places.items(), key=lambda p: p[1])
        if header[index] != name
    ]
    if read:
        fix = "Use --map COLUMN=HEADER where this is wrong"
        layout.problems.append(make("header-mapped", file, line, f"columns were read: {', '.join(read)}", fix))
    _keep_extras(layout, header)
    if layout.extras:
        reason = f"further columns are kept: {', '.join(quote(name) for _, name in layout.extras[:20])}"
        layout.problems.append(
            make("extra-columns", file, line, reason, "Use --map COLUMN=HEADER to give one a meaning")
        )
    return layout


def _labels(header: list[str]) -> tuple[str, ...]:
    return tuple(cell or f"column {index + 1}" for index, cell in enumerate(header))


def _unused(layout: Layout, header: list[str]) -> list[int]:
    used = set(layout.places.values())
    return [index for index in range(len(header)) if index not in used]


def _place_mapping(layout: Layout, header: list[str], mapping: dict[str, str] | None) -> None:
    """What the reader said goes before all guesses; `check_mapping` has made sure that the headers are
    there."""
    for name, wanted in (mapping or {}).items():
        index = find_header(header, wanted)
        if index is not None:
            layout.places[name] = index


def _place(layout: Layout, normals: list[str], name: str, wanted: tuple[str, ...]) -> None:
    if name in layout.places:
        return
    used = set(layout.places.values())
    for candidate in wanted:
        for index, cell in enumerate(normals):
            if cell == candidate and index not in used:
                layout.places[name] = index
                return


def _place_parts(layout: Layout, normals: list[str]) -> None:
    """`Year, Month, Day` in columns of their own (as in the spreadsheets of TimelineJS), with or without an
    end."""
    if "date" in layout.places or "year" not in normals or "month" not in normals:
        return
    for prefix in ("", "end "):
        for part in schema.DATE_PARTS:
            _place(layout, normals, (prefix + part).replace(" ", "_"), (prefix + part,))


def _first(columns: tuple[Column, ...], *wanted: str) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.name in wanted)


def _not_found(layout: Layout, header: list[str], file: str, line: int) -> Problem:
    found = ", ".join(quote(cell) for cell in header if cell) or "no names at all"
    what = " and ".join(layout.missing)
    near = next((cell for name in layout.missing for cell in header if cell and skeleton(cell)[:3] == name[:3]), None)
    example = near or next((cell for cell in header if cell), "Headline")
    fix = f"Name the column: --map {layout.missing[0]}={quote(example) if ' ' in example else example}"
    hints = [f"For the {name}: {hint}" for name in layout.missing if (hint := did_you_mean(name, filter(None, header)))]
    if any(_YEAR.match(cell) for cell in header):
        hints, fix = [], "Is the first line a row? Put a header above it: date,title"
    reason = f"no column for the {what} was found; the header has {found}"
    return make("missing-column", file, line, reason, " ".join([*hints, fix]), value=", ".join(layout.missing))


def _duplicate(layout: Layout, file: str, line: int, cell: str, name: str, first: str) -> None:
    reason = f"the column {name} stands twice ({quote(first)} and {quote(cell)}); the first is read"
    layout.problems.append(make("duplicate-column", file, line, reason, "Delete or rename one", column=cell))


def _tell_repeats(layout: Layout, header: list[str], normals: list[str], file: str, line: int) -> None:
    places = {index: name for name, index in layout.places.items()}
    for index, cell in enumerate(normals):
        first = normals.index(cell)
        if not cell or first == index:
            continue
        if first in places and index not in places:
            _duplicate(layout, file, line, header[index], places[first], header[first])
        elif first not in places:
            reason = f"two columns are called {quote(header[index])}; both are kept"
            fix = "Rename one"
            layout.problems.append(
                make("duplicate-column", file, line, reason, fix, column=header[index], severity="warning")
            )


def _keep_extras(layout: Layout, header: list[str]) -> None:
    """Every column that is not ours, under its own name, repeated names told apart by a number; a byte that is no
    UTF-8 is no part of a name that frames can hold."""
    extras: list[tuple[int, str]] = []
    taken: set[str] = set()
    for index in _unused(layout, header):
        label = _SURROGATE.sub("\ufffd", layout.labels[index])
        name, number = label, 1
        while name in taken:
            number += 1
            name = f"{label} ({number})"
        taken.add(name)
        extras.append((index, name))
    layout.extras = tuple(extras)
