"""From events in lanes to marks: what each date looks like, before anything has a place on the page.

Comes in: the selected events, the lanes they stand in, their codes. Leaves: a frame of marks, times in days since
1970-01-01. Must not know pixels beyond a scale, nor plotly.

A mark tells the truth about its date. Every date that is not a duration is a stretch in which the event lies
somewhere: a soft-edged span with a point in its middle, filled when the day is known and open when it is not. A
duration is a solid bar. An open end fades.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from timeline.chart.text import clip, text_width
from timeline.chart.theme import LABEL_SIZE, MARK_SIZES

KNOWN_TO_THE_DAY = frozenset({"day", "hour", "minute", "second"})
LABEL_GAP = 5
LABEL_LENGTH = 60


def label_text(title: str, approximate: bool, uncertain: bool) -> str:
    """The words beside a mark: the title, with the signs of an approximate or uncertain date."""
    text = clip(title, LABEL_LENGTH)
    if approximate:
        text = f"c. {text}"
    return f"{text} (?)" if uncertain else text


def make_marks(events: pd.DataFrame, lane_of: pd.DataFrame, lanes: dict[str, int], codes: pd.Series,
               fade: float) -> pd.DataFrame:  # fmt: skip
    """One row per event and lane.

    `lane_of` has the columns event and lane (a key of `lanes`, which gives the lane's number); `codes` is indexed by
    event; `fade` is the length, in days, over which an open end fades. Columns that leave: lane, event, id, title,
    words, start, end (finite), at (the point), solid, filled, doubtful, fade_left, fade_right, code, documents, size
    (diameter in pixels), label, importance. Sorted by lane, then start.
    """
    dated = events[events["dated"]]
    marks = lane_of.merge(dated, on="event", how="inner")
    marks["lane"] = marks["lane"].map(lanes)
    marks = marks[marks["lane"].notna()].copy()
    marks["lane"] = marks["lane"].astype(int)

    start, end = marks["start"].to_numpy(float), marks["end"].to_numpy(float)
    fade_left, fade_right = ~np.isfinite(start), ~np.isfinite(end)
    both = fade_left & fade_right
    start = np.where(both, 0.0, np.where(fade_left, end - fade, start))
    end = np.where(both, fade, np.where(fade_right, start + fade, end))
    marks["start"], marks["end"] = start, end
    marks["fade_left"], marks["fade_right"] = fade_left, fade_right

    duration = (marks["precision"] == "interval").to_numpy() & ~marks["disagree"].to_numpy(bool)
    marks["solid"] = duration
    # The point of a duration sits on the end that is known, since the bar itself already says how long.
    anchor = np.where(fade_left, end, start)
    marks["at"] = np.where(duration, anchor, (start + end) / 2)
    marks["doubtful"] = marks["approximate"].astype(bool) | marks["uncertain"].astype(bool) | marks["disagree"]
    marks["filled"] = (duration | marks["precision"].isin(KNOWN_TO_THE_DAY)) & ~marks["doubtful"]

    marks["code"] = codes.reindex(marks["event"]).to_numpy()
    count = np.minimum(np.maximum(marks["documents"].to_numpy(int), 1), len(MARK_SIZES))
    marks["size"] = np.asarray(MARK_SIZES)[count - 1]
    marks["label"] = [
        label_text(title, approximate, uncertain)
        for title, approximate, uncertain in zip(marks["title"], marks["approximate"], marks["uncertain"], strict=True)
    ]
    columns = [
        "lane", "event", "id", "title", "words", "start", "end", "at", "solid", "filled", "doubtful",
        "fade_left", "fade_right", "code", "documents", "size", "label", "importance",
    ]  # fmt: skip
    return marks[columns].sort_values(["lane", "start", "importance"], kind="stable").reset_index(drop=True)


def numbered(marks: pd.DataFrame, numbers: Mapping[str, str] | None) -> pd.DataFrame:
    """The marks with the numbers of their footnotes behind their labels, where there are any."""
    if not numbers:
        return marks
    told = [(label, numbers.get(event)) for label, event in zip(marks["label"], marks["event"], strict=True)]
    return marks.assign(label=[f"{label} [{number}]" if number else label for label, number in told])


def extents(marks: pd.DataFrame, scale: float) -> pd.DataFrame:
    """What the packing needs: lane, left, right, label (pixels at `scale` pixels a day) and importance."""
    radius = marks["size"] / 2 + 1
    at, start, end = marks["at"] * scale, marks["start"] * scale, marks["end"] * scale
    right = np.maximum(at + radius, end)
    # Wide spans carry their label inside, from the point on; it needs room beyond the bar only for what is left.
    wanted = [text_width(label, LABEL_SIZE) + 2 * LABEL_GAP for label in marks["label"]]
    inside = np.maximum(right - (at + radius), 0.0)
    return pd.DataFrame(
        {
            "lane": marks["lane"],
            "left": np.minimum(at - radius, start),
            "right": right,
            "label": np.maximum(0.0, np.asarray(wanted) - inside),
            "importance": marks["importance"],
        },
        index=marks.index,
    )
