"""The time of day in a typed date: "11 March 2020 14:30", "2.30 pm on 11 March 2020", "2014-02-22 10:00
UTC+3".

In: cleaned text. Out: the text without the time, and the time as EDTF has it ("14:30+03:00"), "" when
there is none. Must not know: the date.
"""

from __future__ import annotations

import re

from timeline.table.moment import Refused

_TIME = r"(?P<h>[0-9]{1,2})(?::(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,][0-9]{1,9})?)?)(?: ?(?P<half>am|pm)\b)?"
_HOUR = r"(?P<h>[0-9]{1,2})(?:\.(?P<m>[0-9]{2}))? ?(?P<half>am|pm)\b"
_NOON = r"(?P<noon>noon|midday|midnight)"
_OFFSET = r"(?: ?(?P<zone>[+-][0-9]{1,2}(?::?[0-9]{2})?))?"
_ZONE = rf"(?: ?\(?(?P<name>utc|gmt|z)?{_OFFSET}\)?)(?: ?\(?(?P<other>[a-z]{{2,5}})\)?)?"
_LAST = tuple(
    re.compile(rf"(?P<rest>.*?[^ ,])(?:,? at |, |t| )(?:the )?(?:{time}){_ZONE}") for time in (_TIME, _HOUR, _NOON)
)
# in front of the day a zone needs its name: "10:00-12:30 on 3 May" are two times
_FIRST = tuple(
    re.compile(
        rf"(?:at )?(?:{time})(?: ?\(?(?P<name>utc|gmt|z){_OFFSET}\)?)?(?:,? on |, | )"
        r"(?P<rest>.+?)(?: \((?P<tail>utc(?:[+-][0-9]{1,2}(?::[0-9]{2})?)?)\))?"
    )
    for time in (_TIME, _HOUR, _NOON)
)
_CLOCK = r"[0-9]{1,2}(?::[0-9]{2}){1,2}(?: ?[ap]m)?|[0-9]{1,2} ?[ap]m"
_TWO = (
    re.compile(rf"(?:from |between )?(?P<a>{_CLOCK}) ?(?:-|to|until|and) ?(?P<b>{_CLOCK}),? (?:on )?(?P<day>.+)"),
    re.compile(rf"(?P<day>.+?),? (?:at |from |between )?(?P<a>{_CLOCK})(?: - | to | until | and |-)(?P<b>{_CLOCK})"),
)
_ISO_DAY = re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}")


def two_clocks(text: str) -> tuple[str, str] | None:
    """The two ends of "10:00 to 12:30 on 3 May 2014", each with the day; None when the text has not two
    times.

    After a day in ISO form `10:00-12:30` is a time with a zone, and no range."""
    for pattern in _TWO:
        match = pattern.fullmatch(text)
        if match is not None:
            if (
                pattern is _TWO[1]
                and _ISO_DAY.fullmatch(match["day"])
                and re.search(r"[0-9]-[0-9]", text[match.start("a") :])
            ):
                return None
            return f"{match['day']} {match['a']}", f"{match['day']} {match['b']}"
    return None


def split_clock(text: str, notes: list[tuple[str, str]]) -> tuple[str, str]:
    """The rest of the text, and the time in EDTF. Raises Refused for a time that is read in no way."""
    for pattern in (*_LAST, *_FIRST):
        match = pattern.fullmatch(text)
        if match is not None:
            parts = match.groupdict()
            if parts.get("other"):
                if not re.fullmatch(r"[a-z]{1,4}t|h|hrs?|msk|utc|gmt", parts["other"]):
                    continue
                raise Refused(
                    "date-unreadable",
                    f"the zone {parts['other'].upper()} is not read",
                    "Write it as an offset, such as +03:00",
                )
            tail = (parts.get("tail") or "").removeprefix("utc")
            zone = parts.get("zone") or tail
            name = parts.get("name") or ("utc" if parts.get("tail") else "")
            return match["rest"], _time(parts, notes) + _offset(name, zone)
    return text, ""


def _time(parts: dict[str, str | None], notes: list[tuple[str, str]]) -> str:
    noon = parts.get("noon")
    if noon == "midnight":
        raise Refused(
            "date-ambiguous", "midnight ends one day and begins another", "Write 00:00 on the day that begins"
        )
    if noon:
        return "12:00"
    hour, minute, second = int(parts["h"] or 0), parts.get("m"), parts.get("s")
    half = parts.get("half")
    if half:
        if not 1 <= hour <= 12:
            raise Refused(
                "date-impossible",
                f"there is no hour {hour} {half}",
                "Write the time with 24 hours, such as 14:30",
            )
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute, second) == (0, "00", "00"):
        notes.append(("date-note", "has the time 00:00:00, which is read as the first second of the day"))
    return ":".join([f"{hour:02d}", *filter(None, (minute, second))])


def _offset(name: str, zone: str) -> str:
    if not zone:
        return "Z" if name else ""
    digits = re.findall("[0-9]+", zone)
    hours, minutes = (digits[0], digits[1]) if len(digits) > 1 else (digits[0][:-2], digits[0][-2:])
    if len(digits) == 1 and len(digits[0]) <= 2:
        hours, minutes = digits[0], "00"
    return f"{zone[0]}{int(hours or 0):02d}:{minutes}"
