"""Which span opens, what lies outside it, and how thick the events lie along it.

Comes in: an events frame (start and end in days since 1970-01-01, end exclusive, infinite when open).
Leaves: pairs of days, counts, arrays. Must not know pixels, the clock or what is chosen.
"""

import heapq
from collections.abc import Mapping
from math import ceil, floor, inf
from typing import Any

import numpy as np
import pandas as pd

from timeline.table.days import from_days, to_days

Spans = Mapping[str, Any] | pd.DataFrame
"""Columns start and end, in days."""
FIRST, LAST = float(to_days(-9999)), float(to_days(10000))
"""The drawable days: from the start of the year -9999 to the end of 9999."""
MOST = 0.88
"""The share of dated events that the opening span must hold."""
_AT_MOST = 0.5
_NEIGHBOURHOOD = 0.25
_FEW, _AT_MOST_OF_FEW = 9, 0.2
_MARGIN = 0.03
_ONE_DAY, _FORTNIGHT = 1.0, 14.0
ENOUGH = 20_000
"""An opening view needs no more precision than so many events give."""
NO_EVENTS = (float(to_days(2000)), float(to_days(2026)))
_CLOCK = frozenset({"hour", "minute", "second"})
_YEAR = 365.2425
_STEPS = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
_SHARE_OF_SPAN = 24
_YEARS_FROM = 8


def home(events: pd.DataFrame, whole: tuple[float, float] | None = None) -> tuple[float, float]:
    """The span that opens, in days: the shortest that holds `MOST` of the dated events, if that is at most
    half of the whole span, else the whole; with margins, snapped to months or years, never shorter than can
    be read. Events just beside the span are taken in, a quarter of its length at most.

    An open end does not stretch it: such an event counts where its known end is. Of many events some do; `whole` then
    are the earliest and latest days of all.
    """
    start, end = _finite(events)
    if not len(start):
        return NO_EVENTS
    lo, hi = whole or (float(start.min()), float(end.max()))
    few = len(start) < _FEW
    # Of a handful, MOST would be all: one may then stand apart, if it does so by far.
    count = max(len(start) - 1, 3) if few else ceil(MOST * len(start))
    if len(start) >= count:
        most = (_AT_MOST_OF_FEW if few else _AT_MOST) * (hi - lo)
        near = _shortest(start, end, count)
        wider = near if few else _with_neighbours(start, end, near)
        if near[1] - near[0] <= most:
            lo, hi = wider if wider[1] - wider[0] <= most else near
    return readable(lo, hi, events)


def full(events: pd.DataFrame) -> tuple[float, float]:
    """The span of all dated events, in days, with the margins of `home`."""
    start, end = _finite(events)
    if not len(start):
        return NO_EVENTS
    return readable(float(start.min()), float(end.max()), events)


def outliers(events: Spans, lo: float, hi: float) -> tuple[int, int]:
    """How many dated events lie wholly before `lo`, and wholly after `hi`."""
    start, end = np.asarray(events["start"], dtype=float), np.asarray(events["end"], dtype=float)
    with np.errstate(invalid="ignore"):
        before, after = (end <= lo) & (start < lo), start >= hi
    return int(before.sum()), int((after & ~before).sum())


def density(events: Spans, lo: float, hi: float, bins: int) -> np.ndarray:
    """How many events lie in each of `bins` equal parts of [lo, hi), as floats.

    An event weighs 1 and spreads evenly over its [start, end), so a decade is no spike; a point, or an event
    shorter than a bin, is 1 at its place. What lies outside the span is not there. An open end fades: its
    weight falls evenly from the known end to the edge of the span. An event open at both ends spreads over
    the whole span.
    """
    if bins < 1 or not hi > lo:
        return np.zeros(max(bins, 0))
    start, end = np.asarray(events["start"], dtype=float), np.asarray(events["end"], dtype=float)
    dated = ~(np.isnan(start) | np.isnan(end))
    # In units of bins, from the left edge: the arithmetic below then knows neither days nor offsets.
    with np.errstate(invalid="ignore"):
        left, right = (start[dated] - lo) / (hi - lo) * bins, (end[dated] - lo) / (hi - lo) * bins
    opens, lasts = np.isneginf(left), np.isposinf(right)
    left[opens & lasts], right[opens & lasts] = 0.0, float(bins)
    closed = np.isfinite(left) & np.isfinite(right)
    heights = _spread(left[closed], right[closed], bins)
    heights += _fade(left[lasts & ~opens], bins)
    heights += _fade(bins - right[opens & ~lasts], bins)[::-1]
    return heights


def lane_density(
    start: np.ndarray, end: np.ndarray, lane: np.ndarray, lanes: int, lo: float, hi: float, bins: int
) -> tuple[np.ndarray, np.ndarray]:
    """How many events lie in each of `bins` equal parts of [lo, hi), lane by lane: two arrays of (lanes, bins).

    The first weighs as `density` does, so a decade is no spike in its first year; the second counts every event that
    touches the part. `start` and `end` are finite; `lane` numbers each event's lane.
    """
    if bins < 1 or not hi > lo:
        return np.zeros((lanes, max(bins, 0))), np.zeros((lanes, max(bins, 0)), dtype=np.int64)
    left, right = (start - lo) / (hi - lo) * bins, (end - lo) / (hi - lo) * bins
    there = (right > 0) & (left < bins)
    left, right, offset = left[there], right[there], lane[there].astype(np.int64) * bins
    weights = _spread(left, right, bins, offset, lanes)
    first = np.clip(np.floor(left), 0, bins - 1).astype(np.int64)
    last = np.clip(np.ceil(right), first + 1, bins).astype(np.int64)
    # One running sum over all lanes: what opens in a lane closes in it, at the latest with its last bin.
    size = lanes * bins + 1
    steps = np.bincount(offset + first, minlength=size) - np.bincount(offset + last, minlength=size)
    return weights.reshape(lanes, bins), np.cumsum(steps)[: lanes * bins].reshape(lanes, bins)


def _spread(
    left: np.ndarray, right: np.ndarray, bins: int, offset: "np.ndarray | int" = 0, lanes: int = 1
) -> np.ndarray:
    """Even weights: part of the first bin, part of the last, and one running sum for all bins between. Each event's
    bins are counted from its `offset` in one long row of `lanes` times `bins`."""
    size = lanes * bins
    base = np.broadcast_to(np.asarray(offset, dtype=np.int64), left.shape)
    right = np.maximum(right, left)
    length = right - left
    point = length <= 0
    rate = np.divide(1.0, length, out=np.zeros_like(length), where=~point)
    inside = point & (left >= 0) & (left < bins)
    heights = np.bincount(base[inside] + left[inside].astype(np.int64), minlength=size).astype(float)[:size]
    there = ~point & (right > 0) & (left < bins)
    a, b, rate, base = np.clip(left[there], 0, bins), np.clip(right[there], 0, bins), rate[there], base[there]
    first = np.minimum(a.astype(np.int64), bins - 1)
    last = np.minimum(b.astype(np.int64), bins - 1)
    same = first == last
    heights += np.bincount(base + first, np.where(same, b - a, first + 1 - a) * rate, size)
    heights += np.bincount(base + last, np.where(same, 0.0, b - last) * rate, size)
    steps = np.bincount(base + first + 1, np.where(same, 0.0, rate), size + 2) - np.bincount(
        base + last, np.where(same, 0.0, rate), size + 2
    )
    return heights + np.maximum(np.cumsum(steps)[:size], 0.0)


def _fade(left: np.ndarray, bins: int) -> np.ndarray:
    """Weights that fall evenly from `left` to nought at the right edge, 1 in all.

    Up to x, an event has gathered 1 - ((bins - x) / (bins - left))²; sums over events make it one formula
    for all.
    """
    left = np.sort(np.maximum(left[left < bins], 0.0))
    begun = np.searchsorted(left, np.arange(bins + 1, dtype=float), side="right")
    inverse = np.concatenate([[0.0], np.cumsum(1.0 / (bins - left) ** 2)])
    return fade(begun, inverse[begun], bins)


def fade(begun: np.ndarray, inverse: np.ndarray, bins: int) -> np.ndarray:
    """The weights of `begun` events up to each edge of the bins, and the sum of their 1 / (bins - left)²."""
    edges = np.arange(bins + 1, dtype=float)
    weights: np.ndarray = np.diff(begun - (bins - edges) ** 2 * inverse)
    return weights


def _finite(events: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Starts and ends of the dated events, an open end replaced by the known one, clamped to what can be
    drawn.
    """
    start, end = events["start"].to_numpy(dtype=float), events["end"].to_numpy(dtype=float)
    known = ~(np.isnan(start) | np.isnan(end)) & (np.isfinite(start) | np.isfinite(end))
    start, end = start[known], end[known]
    low, high = np.where(np.isfinite(start), start, end), np.where(np.isfinite(end), end, start)
    return np.clip(low, FIRST, LAST), np.clip(np.maximum(low, high), FIRST, LAST)


def _shortest(start: np.ndarray, end: np.ndarray, count: int) -> tuple[float, float]:
    """The shortest span that holds `count` of the events whole.

    From the last start to the first, a heap keeps the `count` smallest ends: the largest of them closes the
    span.
    """
    order = np.argsort(start, kind="stable")[::-1]
    ends: list[float] = []
    best, span = (-inf, inf), inf
    for a, b in zip(start[order].tolist(), end[order].tolist(), strict=True):
        if len(ends) < count:
            heapq.heappush(ends, -b)
        elif b < -ends[0]:
            heapq.heapreplace(ends, -b)
        if len(ends) == count and -ends[0] - a <= span:
            best, span = (a, -ends[0]), -ends[0] - a
    return best


def _with_neighbours(start: np.ndarray, end: np.ndarray, near: tuple[float, float]) -> tuple[float, float]:
    """The span with the events next to it: what goes on at the same pace is no outlier."""
    reach = (near[1] - near[0]) * _NEIGHBOURHOOD
    beside = (start >= near[0] - reach) & (end <= near[1] + reach)
    return float(start[beside].min()), float(end[beside].max())


def readable(lo: float, hi: float, events: pd.DataFrame) -> tuple[float, float]:
    """Margins, a least width, edges at boundaries that ticks can name, and the ends of time."""
    by_the_clock = bool(events["precision"].isin(_CLOCK).any()) and hi > lo and hi - lo < _ONE_DAY
    least = _ONE_DAY if by_the_clock else _FORTNIGHT
    margin = max((hi - lo) * _MARGIN, (least - (hi - lo)) / 2)
    lo, hi = _snap(lo - margin, hi + margin)
    return max(lo, FIRST), min(hi, LAST)


def _snap(lo: float, hi: float) -> tuple[float, float]:
    """The nearest round edges outside [lo, hi]; the round unit is small beside the span."""
    unit = (hi - lo) / _SHARE_OF_SPAN
    years = next((step for step in _STEPS if step * _YEAR <= unit), int(hi - lo >= _YEARS_FROM * _YEAR))
    lo, hi = max(lo, FIRST), min(hi, LAST)
    if years:
        first, last = from_days(floor(lo))[0], from_days(ceil(hi) - 1)[0] + 1
        low, high = floor(first / years) * years, ceil(last / years) * years
        return (float(to_days(low)) if low >= -9999 else FIRST), (float(to_days(high)) if high < 10000 else LAST)
    if unit >= 28:
        year, month, _ = from_days(floor(lo))
        y, m, d = from_days(ceil(hi))
        return float(to_days(year, month)), float(to_days(y, m) if d == 1 else to_days(y + m // 12, m % 12 + 1))
    return float(floor(lo)), float(ceil(hi))
