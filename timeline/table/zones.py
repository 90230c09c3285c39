"""Offsets from UTC, as ISO 8601 writes them.

In: text such as `+03:00`, `Z` or nothing. Out: whether it is an offset that anybody keeps. Must not know: dates.
"""

from __future__ import annotations


def is_no_zone(zone: str) -> bool:
    """Whether a zone such as `+03:00` is none: more than 14 hours, 60 minutes or more, or -00:00."""
    if zone in ("", "Z"):
        return False
    hours, minutes = int(zone[1:3]), int(zone[4:6] or 0)
    return hours * 60 + minutes > 14 * 60 or minutes > 59 or (zone[0] == "-" and hours == minutes == 0)
