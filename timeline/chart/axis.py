"""Ticks of a printed time axis, from centuries to hours, with the years before Christ in words.

Comes in: a window in days since 1970-01-01 and a width in pixels. Leaves: settings for plotly's axis. Must not know
marks. The page draws its own ticks by the same steps (assets/10-time.js).
"""

from dataclasses import dataclass
from math import floor

from timeline.table.days import from_days, iso_instant, to_days

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_ROOM = 64


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick: its place in days, its words, and the words of the coarser unit where that begins ("")."""

    at: float
    words: str
    context: str


def year_words(year: int) -> str:
    """An astronomical year as people write it: 2014, 44 BC."""
    return str(year) if year > 0 else f"{1 - year} BC"


def _years(lo: float, hi: float, step: int) -> list[Tick]:
    first, last = from_days(floor(lo))[0], from_days(floor(hi))[0]
    # Round as people count: 200 BC, 100 BC, 1, 100, 200; the year 100 BC is -99.
    before = (1 - count for count in range(-(-(1 - first) // step) * step, 0, -step)) if first <= 0 else ()
    after = (count or 1 for count in range(max(first // step, 0) * step, last + 1, step))
    years = [*before, *(year for year in after if year > 0)]
    if step == 1:
        years = list(range(first, last + 1))
    return [Tick(float(to_days(y)), year_words(y), "") for y in years if -9999 <= y <= min(last, 9999)]


def _months(lo: float, hi: float, step: int) -> list[Tick]:
    year, month, _ = from_days(floor(lo))
    month = (month - 1) // step * step
    ticks = []
    while (at := float(to_days(year + month // 12, month % 12 + 1))) <= hi:
        ticks.append(Tick(at, _MONTHS[month % 12], year_words(year + month // 12)))
        month += step
    return ticks


def _days(lo: float, hi: float, step: int) -> list[Tick]:
    ticks = []
    for at in range(floor(lo), floor(hi) + 1):
        year, month, day = from_days(at)
        if step == 1 or ((day - 1) % step == 0 and (step != 7 or day <= 22)):
            ticks.append(Tick(float(at), str(day), f"{_MONTHS[month - 1]} {year_words(year)}"))
    return ticks


def _hours(lo: float, hi: float, step: int) -> list[Tick]:
    ticks = []
    for hour in range(floor(lo * 24 / step) * step, floor(hi * 24) + 1, step):
        year, month, day = from_days(hour // 24)
        ticks.append(Tick(hour / 24, f"{hour % 24:02d}:00", f"{day} {_MONTHS[month - 1]} {year_words(year)}"))
    return ticks


def ticks(lo: float, hi: float, width: float) -> tuple[Tick, ...]:
    """Ticks inside [lo, hi], about `_ROOM` pixels apart or more; a context stands only where it changes."""
    per_pixel = (hi - lo) / max(width, 1)
    room, tight = _ROOM * per_pixel, _ROOM * 0.6 * per_pixel
    if room <= 0.5:
        step = next(n for n in (1, 3, 6, 12) if n / 24 >= room or n == 12)
        found = _hours(lo, hi, step)
    elif tight <= 7:
        found = _days(lo, hi, next(n for n in (1, 2, 7) if n >= tight))
    elif tight <= 182:
        found = _months(lo, hi, next(n for n in (1, 3, 6) if n * 30.4 >= tight or n == 6))
    else:
        found = _years(lo, hi, next((n for n in _YEARS if n * 365.2425 >= room * 0.75), _YEARS[-1]))
    kept, last = [], ""
    for tick in found:
        if lo <= tick.at <= hi:
            kept.append(Tick(tick.at, tick.words, tick.context if tick.context != last else ""))
            last = tick.context
    return tuple(kept)


def axis(lo: float, hi: float, width: float) -> dict[str, list[str]]:
    """`tickvals` and `ticktext` for plotly's date axis, the context on a second line."""
    found = ticks(lo, hi, width)
    return {
        "tickvals": [iso_instant(tick.at) for tick in found],
        "ticktext": [f"{tick.words}<br>{tick.context}" if tick.context else tick.words for tick in found],
    }
