"""A picture cut into sheets of a given height, lane by lane, as for print.

Comes in: a Picture. Leaves: Pictures, each with some of its lanes. Must not know plotly.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from timeline.chart.picture import Picture


def sheets(picture: Picture, room: float) -> tuple[Picture, ...]:
    """The picture in pieces that are at most `room` pixels high; a lane is never cut, so that one which is higher
    stands alone and is. There is always one at least."""
    cuts = list(_cuts(picture, room))
    return tuple(_part(picture, first, last) for first, last in pairwise(cuts))


def _cuts(picture: Picture, room: float) -> Iterator[int]:
    """The numbers of the first lanes of the sheets, and one beyond the last lane."""
    top = 0.0
    yield 0
    for number, band in enumerate(picture.bands):
        if band.bottom - top > room and band.top > top:
            top = band.top
            yield number
    yield len(picture.bands)


def _part(picture: Picture, first: int, last: int) -> Picture:
    if (first, last) == (0, len(picture.bands)):
        return picture
    top = picture.bands[first].top
    bands = tuple(
        replace(band, lane=number, top=band.top - top, bottom=band.bottom - top)
        for number, band in enumerate(picture.bands[first:last])
    )
    lanes = picture.marks["lane"].to_numpy()
    marks = picture.marks[(lanes >= first) & (lanes < last)].reset_index(drop=True)
    marks = marks.assign(lane=marks["lane"] - first, y=marks["y"] - top)
    found = picture.detail
    if found is not None:
        here = (found.lane >= first) & (found.lane < last)
        weights, touching = found.weights[first:last], found.touching[first:last]
        event, lane = found.event[here], found.lane[here] - first
        found = replace(found, event=event, lane=lane, weights=weights, touching=touching)
    return replace(picture, marks=marks, bands=bands, lanes=picture.lanes[first:last], detail=found)
