"""What was measured in the browser, as rows of the report.

Comes in: Figures of the pages and of the floors. Leaves: rows. Must not know how anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from benchmarks import npm, targets
from benchmarks.contenders import Contender
from benchmarks.measuring import Row, spread_of
from benchmarks.sides import OURS
from benchmarks.visiting import Figures

FLOORS = "floors"
_MILLISECONDS = "ms"
_ROWS = (
    # figure, what it is, unit, the floor: which page, which figure
    ("first", "navigation to first complete picture", _MILLISECONDS, ("idle", "first")),
    ("on", "filter on to painted frame", _MILLISECONDS, ("dash", "callback")),
    ("off", "filter off to painted frame", _MILLISECONDS, ("dash", "callback")),
    ("zoom", "zoom step to painted frame", _MILLISECONDS, ("dash", "redraw of points")),
    ("refined", "zoom step to refined view", _MILLISECONDS, ("dash", "redraw of points")),
    ("drag", "frames of a drag, median", _MILLISECONDS, ("idle", "drag")),
    ("drag p95", "frames of a drag, p95", _MILLISECONDS, ("idle", "drag p95")),
    ("drag max", "frames of a drag, longest", _MILLISECONDS, ("idle", "drag max")),
    ("code sent", "first load, code over the wire", "kB", ("idle", "code sent")),
    ("code unpacked", "first load, code unpacked", "kB", ("idle", "code unpacked")),
    ("data sent", "first load, data over the wire", "kB", None),
    ("on, sent", "filter on, over the wire", "kB", ("dash", "callback, sent")),
    ("off, sent", "filter off, over the wire", "kB", ("dash", "callback, sent")),
    ("zoom, sent", "zoom step, over the wire", "kB", None),
    ("heap", "heap", "MB", ("idle", "heap")),
    ("memory", "memory of the renderer", "MB", ("idle", "memory")),
    ("nodes", "DOM nodes", "elements", ("idle", "nodes")),
    ("marks", "marks drawn", "elements", None),
)
_ALONE = (("on, list", "filter on, list as well"), ("off, list", "filter off, list as well"))
_PEERS = (
    "naive Dash is px.timeline and px.scatter, colour by source, made anew at each change, served uncompressed as Dash "
    f"does; vis-timeline {npm.PACKAGES['vis-timeline']} stacks one group per first actor in 850 px and filters by a "
    f"DataView; TimelineJS3 {npm.PACKAGES['@knight-lab/timelinejs']} has no filter and no animation here, so a filter "
    "is a rebuild. Peers draw what pandas reads as dates, each event in one lane; none has facets with counts, "
    "citations or a list"
)
_DUE = (
    "changes end two animation frames after their result; the view is refined at once where all events are drawn; "
    "the floor of a filter is a Dash callback that does nothing, of a zoom step plotly's redraw of 600 points, "
    "of the rest an idle page"
)


def rows_of(
    part: str,
    events: int,
    sides: Sequence[Contender],
    floor: Mapping[str, Figures],
    patience: float,
    opening: float | str | None,
    why_not: Sequence[str],
) -> list[Row]:
    """The rows of one table; `sides` begins with ours, `opening` is our figure of 10,000 events in this run."""
    ours, *peers = sides
    begun = opening if isinstance(opening, float) else None
    rows = []
    for name, what, unit, under in _ROWS:
        told = {peer.side.name: _told(peer, name, patience) for peer in peers}
        row = Row(
            part, what, unit, _told(ours, name, patience), peers=told, better="" if name == "marks" else "less",
            target=targets.page(name, events, begun),
            floor=floor[under[0]].told(under[1], patience) if under else None,
        )  # fmt: skip
        best = next((peer for peer in peers if peer.side.name == row.best), None)
        spread = spread_of(ours.figures.values.get(name, []), best.figures.values.get(name, [])) if best else None
        rows.append(replace(row, spread=spread if unit == _MILLISECONDS else None))
        if name == "off":
            rows += [Row(part, what, unit, _told(ours, each, patience)) for each, what in _ALONE]
    notes = [_PEERS, _DUE, *why_not, *_complaints(sides, patience)]
    return [*rows[:-1], replace(rows[-1], note="\n".join(notes))]


def _told(side: Contender, name: str, patience: float) -> float | str | None:
    if side.side is not OURS and name == "refined":
        name = "zoom"  # what is painted stays
    return side.figures.told(name, patience)


def _complaints(sides: Sequence[Contender], patience: float) -> list[str]:
    """What failed, what was given up, who was visited once."""
    said = []
    for each in sides:
        figures = each.figures
        if figures.wrong:
            said.append(f"{each.side.name} FAILED: {'; '.join(dict.fromkeys(figures.wrong))}")
        elif figures.slow:
            said.append(f"{each.side.name} was given up after {patience:,.0f} s")
        elif each.retired:
            often = "once" if figures.visits == 1 else f"{figures.visits} times"
            said.append(f"{each.side.name} took over {patience:,.0f} s a visit and was visited {often}")
    return said


def floor_rows(floor: Mapping[str, Figures], patience: float, note: str) -> list[Row]:
    """What nothing can be under, on this machine at this time."""
    idle, dash = floor["idle"], floor["dash"]
    rows = (
        ("idle page, navigation to its frame", _MILLISECONDS, idle, "first"),
        ("one animation frame", _MILLISECONDS, idle, "drag"),
        ("the two frames that end every change", _MILLISECONDS, idle, "frame"),
        ("Dash page with an empty graph, navigation to its frame", _MILLISECONDS, dash, "first"),
        ("Dash callback that does nothing, click to painted frame", _MILLISECONDS, dash, "callback"),
        ("plotly redraw of nothing, to painted frame", _MILLISECONDS, dash, "redraw"),
        ("plotly redraw of 600 points, to painted frame", _MILLISECONDS, dash, "redraw of points"),
        ("Dash page with an empty graph, heap", "MB", dash, "heap"),
        ("Dash page with an empty graph, memory of the renderer", "MB", dash, "memory"),
        ("Dash page with an empty graph, DOM nodes", "elements", dash, "nodes"),
    )
    notes = [note, *(f"the {name} page FAILED: {'; '.join(each.wrong)}" for name, each in floor.items() if each.wrong)]
    found = [Row(FLOORS, what, unit, None, floor=page.told(name, patience)) for what, unit, page, name in rows]
    return [*found[:-1], replace(found[-1], note="\n".join(notes))]
