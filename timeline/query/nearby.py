"""What is drawn and listed of a large table, asked in narwhals: pairs of event and lane, their density, lists.

Comes in: a Tables with its frames. Leaves: `Nearby`, the whole Engine. Must not know pixels, files, nor which engine
runs beneath.

Density needs no list of events: an event adds to the first and the last part that it touches and to a running sum
between them, so it is enough to add up, for each lane, what begins and what ends in each part.
"""

from collections.abc import Sequence

import narwhals as nw
import numpy as np
import pandas as pd

from timeline.query.engine import NOBODY, Near, Stretch
from timeline.query.extent import full_of
from timeline.query.keeping import KEPT
from timeline.query.query import Query
from timeline.query.tables import ENTRY, Frame, Tables, gather, length
from timeline.query.thinning import place_within, thinned
from timeline.query.window import fade
from timeline.table.dataset import Dataset
from timeline.table.parquet import with_rows

AT_HAND = 200_000
"""Up to so many pairs are fetched and thinned here; more are thinned where they are."""


class Nearby(Tables):
    """An Engine over frames of narwhals."""

    def bounded(self, frame: Frame) -> Frame:
        """With `a` and `b`: start and end of the event, an open end at the edge of the whole span."""
        lo, hi = full_of(self.dataset, self)
        start, end = nw.col("event_start"), nw.col("event_end")
        opens = nw.min_horizontal(nw.lit(lo), end - 1)
        lasts = nw.max_horizontal(nw.lit(hi), start + 1)
        infinite = float("inf")
        return frame.with_columns(
            nw.when(start == -infinite).then(opens).otherwise(start).alias("a"),
            nw.when(end == infinite).then(lasts).otherwise(end).alias("b"),
        )

    def placed(self, query: Query, by: str, names: Sequence[str]) -> Frame:
        """The pairs of dated events and lanes, each once: `ENTRY` and `lane`, the place in `names`."""
        dated = nw.col("dated")
        if not self.has_lanes(by):
            only = nw.lit(0).cast(nw.Int64).alias("lane")
            pairs = self.matching(query).filter(dated).select(*ENTRY).with_columns(only)
        else:
            links = self.links(query, by, None).filter(dated)
            lanes = np.arange(len(names), dtype=np.int64)
            places = pd.DataFrame({"value": pd.Series(names, dtype="str"), "lane": lanes})
            places = self.frames.small(places[places["value"] != NOBODY])
            pairs = links.join(places, on="value", how="inner").select(*ENTRY, "lane")
            if NOBODY in names:
                rest = self.matching(query).filter(dated).select(*ENTRY)
                named = links.select("number").unique()
                nameless = rest.join(named, on="number", how="anti")
                place = nw.lit(list(names).index(NOBODY)).cast(nw.Int64).alias("lane")
                pairs = nw.concat([pairs, nameless.with_columns(place).select(*ENTRY, "lane")])
        return pairs.unique() if self._many else pairs

    def pairs(self, query: Query, by: str, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        found = gather(self.placed(query, by, names).select("number", "lane")).sort_values(["number", "lane"])
        return found["number"].to_numpy(np.int64), found["lane"].to_numpy(np.int64)

    def near(self, query: Query, by: str, names: Sequence[str], stretch: Stretch) -> Near:
        lo, hi, (first, last) = stretch.lo, stretch.hi, stretch.window
        a, b = nw.col("a"), nw.col("b")
        near = self.bounded(self.placed(query, by, names)).filter((a < hi) & (b > lo))
        count, lanes = length(near), len(names) if self.has_lanes(by) else 1
        if count <= AT_HAND:
            found = gather(near.select("number", "lane", "a", "b", "rank"))
            number, lane, rank = (found[name].to_numpy(np.int64) for name in ("number", "lane", "rank"))
            return thinned(number, lane, found["a"].to_numpy(float), found["b"].to_numpy(float), rank, lanes, stretch)
        seen = near.filter((a < last) & (b > first))
        middle = ((a + b) / 2 - lo) / (hi - lo) * (2 * stretch.cells)
        thin = near.with_columns(
            nw.when(nw.col("number") == stretch.keep).then(nw.lit(-1)).otherwise(nw.col("rank")).alias("rank"),
            middle.floor().clip(0, 2 * stretch.cells - 1).cast(nw.Int64).alias("cell"),
        ).select("number", "lane", "rank", "cell")
        if count > stretch.few:
            thin = thin.with_columns(nw.col("rank").rank("ordinal").over("lane", "cell").alias("turn"))
            thin = thin.filter((nw.col("turn") <= stretch.each) | (nw.col("rank") < 0))
        found = gather(thin.select("number", "lane", "rank", "cell")).sort_values(["number", "lane"])
        number, lane, rank, cell = (found[name].to_numpy(np.int64) for name in ("number", "lane", "rank", "cell"))
        turn = place_within(lane * (2 * stretch.cells) + cell, rank)
        weights, touching = self.spread(near, lo, hi, stretch.bins, lanes)
        inside = self.distinct(seen.select("number", "many").unique()) if by != "none" else length(seen)
        return Near(number, lane, rank, turn, weights, touching, inside, length(seen))

    def spread(self, frame: Frame, lo: float, hi: float, bins: int, lanes: int) -> tuple[np.ndarray, np.ndarray]:
        """`window.lane_density` of pairs with `a`, `b` and `lane`: two arrays of (lanes, bins)."""
        scale = bins / (hi - lo)
        left, right = (nw.col("a") - lo) * scale, (nw.col("b") - lo) * scale
        frame = frame.with_columns(left.alias("left"), nw.max_horizontal(right, left).alias("right"))
        left, right = nw.col("left"), nw.col("right")
        frame = frame.filter((right > 0) & (left < bins) | (left == right) & (left >= 0) & (left < bins))
        point = left >= right
        from_, to = left.clip(0, bins), right.clip(0, bins)
        opens, closes = from_.floor().clip(0, bins - 1), to.floor().clip(0, bins - 1)
        ends = nw.max_horizontal(right.ceil().clip(0, bins), opens + 1)
        rate = nw.when(point).then(nw.lit(0.0)).otherwise(1.0 / (right - left))
        frame = frame.select(
            "lane", from_.alias("from"), to.alias("to"), rate.alias("rate"), point.cast(nw.Int64).alias("point"),
            *(each.cast(nw.Int64).alias(name) for each, name in ((opens, "opens"), (closes, "closes"), (ends, "ends"))),
        )  # fmt: skip
        whole = nw.col("opens") == nw.col("closes")
        through = nw.when(whole).then(nw.lit(0.0)).otherwise(nw.col("rate"))
        head = nw.when(whole).then(nw.col("to") - nw.col("from")).otherwise(nw.col("opens") + 1 - nw.col("from"))
        tail = nw.when(whole).then(nw.lit(0.0)).otherwise(nw.col("to") - nw.col("closes"))
        frame = frame.with_columns(
            through.alias("through"), (head * nw.col("rate")).alias("head"), (tail * nw.col("rate")).alias("tail")
        )
        total = nw.col("through").sum().alias("through")
        begun = gather(
            frame.group_by("lane", "opens").agg(
                nw.col("head").sum(), nw.col("point").sum(), total, nw.len().alias("n")
            )
        )
        ended = gather(frame.group_by("lane", "closes").agg(nw.col("tail").sum(), total))
        left_behind = gather(frame.group_by("lane", "ends").agg(nw.len().alias("n")))
        size = (lanes, bins + 2)
        weights, steps, touching = np.zeros(size), np.zeros(size), np.zeros(size)
        at = begun["lane"].to_numpy(np.int64), begun["opens"].to_numpy(np.int64)
        weights[at] += begun["head"].to_numpy(float) + begun["point"].to_numpy(float)
        steps[at[0], at[1] + 1] += begun["through"].to_numpy(float)
        touching[at] += begun["n"].to_numpy(float)
        at = ended["lane"].to_numpy(np.int64), ended["closes"].to_numpy(np.int64)
        weights[at] += ended["tail"].to_numpy(float)
        steps[at] -= ended["through"].to_numpy(float)
        touching[left_behind["lane"].to_numpy(np.int64), left_behind["ends"].to_numpy(np.int64)] -= left_behind["n"]
        weights += np.maximum(np.cumsum(steps, axis=1), 0.0)
        return weights[:, :bins], np.rint(np.cumsum(touching, axis=1)[:, :bins]).astype(np.int64)

    def overview(self, query: Query, lo: float, hi: float, bins: int) -> np.ndarray:
        return self.kept(("overview", lo, hi, bins), query, KEPT, lambda: self._overview(query, lo, hi, bins))

    def _overview(self, query: Query, lo: float, hi: float, bins: int) -> np.ndarray:
        events = self.matching(query).filter(nw.col("dated")).select("number", "event_start", "event_end")
        events = events.unique() if self._many else events
        start, end = nw.col("event_start"), nw.col("event_end")
        infinite = float("inf")
        opens, lasts = start == -infinite, end == infinite
        closed = events.with_columns(
            nw.when(opens & lasts).then(nw.lit(lo)).otherwise(start).alias("a"),
            nw.when(opens & lasts).then(nw.lit(hi)).otherwise(end).alias("b"),
            nw.lit(0).alias("lane"),
        ).filter((opens & lasts) | ~(opens | lasts))
        heights: np.ndarray = self.spread(closed, lo, hi, bins, 1)[0][0]
        scale = bins / (hi - lo)
        heights += self._faded(events.filter(lasts & ~opens), (start - lo) * scale, bins)
        heights += self._faded(events.filter(opens & ~lasts), bins - (end - lo) * scale, bins)[::-1]
        return heights

    def _faded(self, events: Frame, left: nw.Expr, bins: int) -> np.ndarray:
        at = nw.col("left")
        frame = events.with_columns(left.alias("left")).filter(at < bins).with_columns(at.clip(0, bins))
        frame = frame.with_columns(
            at.ceil().cast(nw.Int64).alias("edge"), (1.0 / ((bins - at) * (bins - at))).alias("inverse")
        )
        found = gather(frame.group_by("edge").agg(nw.len().alias("n"), nw.col("inverse").sum()))
        begun, inverse = np.zeros(bins + 1), np.zeros(bins + 1)
        begun[found["edge"].to_numpy(np.int64)] = found["n"].to_numpy(float)
        inverse[found["edge"].to_numpy(np.int64)] = found["inverse"].to_numpy(float)
        return fade(np.cumsum(begun), np.cumsum(inverse), bins)

    def listed(self, query: Query, window: tuple[float, float], most: int) -> tuple[np.ndarray, int]:
        lo, hi = window
        start, end = nw.col("event_start"), nw.col("event_end")
        frame = self.matching(query).filter(nw.col("dated"), start < hi, end > lo)
        known = nw.when(start == -float("inf")).then(end).otherwise(start)
        frame = frame.select("number", "many", (start < lo).cast(nw.Int64).alias("late"), known.alias("known"))
        count = self.distinct(frame)
        frame = frame.unique() if self._many else frame
        first = gather(frame.sort("late", "known", "number").head(most).select("number"))
        return first["number"].to_numpy(np.int64), count

    def tray(self, query: Query, most: int) -> np.ndarray:
        frame = self.matching(query, "date").filter(~nw.col("dated")).select("number")
        frame = frame.unique() if self._many else frame
        return gather(frame.sort("number").head(most))["number"].to_numpy(np.int64)

    def beside(self, query: Query, number: int) -> tuple[str, str]:
        start = nw.col("event_start")
        known = nw.when(start == -float("inf")).then(nw.col("event_end")).otherwise(start)
        frame = self.matching(query).filter(nw.col("dated")).select("number", known.alias("known"))
        own = gather(frame.filter(nw.col("number") == number).head(1))
        if not len(own):
            return "", ""
        here, known, each = float(own["known"].iloc[0]), nw.col("known"), nw.col("number")
        before = frame.filter((known < here) | (known == here) & (each < number))
        after = frame.filter((known > here) | (known == here) & (each > number))
        found = [
            gather(before.sort("known", "number", descending=True).head(1)),
            gather(after.sort("known", "number").head(1)),
        ]
        numbers = [int(frame["number"].iloc[0]) if len(frame) else -1 for frame in found]
        excerpt = self.excerpt(np.array(sorted({number for number in numbers if number >= 0}), dtype=np.int64))
        ids = dict(zip(sorted({number for number in numbers if number >= 0}), excerpt.events["id"], strict=True))
        return ids.get(numbers[0], ""), ids.get(numbers[1], "")

    def excerpt(self, numbers: np.ndarray) -> Dataset:
        number, wanted = nw.col("number"), np.unique(numbers).tolist() or [-1]
        # The file is in the order of numbers: bounds let an engine pass over most of it.
        near = (number >= wanted[0]) & (number <= wanted[-1])
        rows = self.frames.mentions.filter(near, number.is_in(wanted))
        return with_rows(self.dataset, gather(rows).sort_values("mention"))

    def rows(self, query: Query) -> Dataset:
        return with_rows(self.dataset, gather(self.matching(query)).sort_values("mention"))

    def events(self, query: Query) -> pd.DataFrame:
        numbers = gather(self.matching(query).select("number").unique())["number"].to_numpy(np.int64)
        return self.excerpt(numbers).events.set_axis(np.sort(numbers))
