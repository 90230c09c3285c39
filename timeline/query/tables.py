"""The engine's questions as queries in narwhals, the same code for pandas, DuckDB and Spark.

Comes in: frames of mentions and of who takes part in them (`Frames`), what is known of the table. Leaves: `Tables`, an
Engine. Must not know files, nor which engine runs beneath.

Rules that keep it portable and quick: no list columns, filters on actors are semi-joins, what a query needs of an event
stands in each of its mentions (`table.parquet`), only answers are gathered. Counting distinct events is dear, so
mentions whose event nobody else tells are simply counted, and only the `many` others made distinct.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from timeline.query.conditions import actors_condition, flat_conditions
from timeline.query.engine import ROLLED, Account, LaneTally, Size, Tones
from timeline.query.index import FLAT
from timeline.query.keeping import KEPT, Kept
from timeline.query.query import Query
from timeline.query.tree import ancestry, families, parents_of
from timeline.table.dataset import Dataset

Frame = Any
"""A narwhals DataFrame or LazyFrame."""
ENTRY = ("number", "many", "dated", "event_start", "event_end", "rank")
"""What a row of the bridge repeats of its mention, so that lanes need no join."""


@dataclass(frozen=True)
class Frames:
    """The rows: `mentions` as `table.parquet` has them; `actors`, the bridge: mention, actor and `ENTRY`. `small` makes
    a frame of the same engine out of a short pandas frame."""

    mentions: Frame
    actors: Frame
    small: Callable[[pd.DataFrame], Frame]


class Tables:
    """Counts and choices; what is drawn of them is asked in `nearby`."""

    def __init__(self, dataset: Dataset, events: int, mentions: int, many: int, frames: Callable[[], Frames]) -> None:
        self.dataset = dataset
        self._events, self._mentions, self._many, self._frames = events, mentions, many, frames
        self.parents, self.kept = parents_of(dataset.actors), Kept()
        self._family: dict[str, frozenset[str]] | None = None

    @property
    def frames(self) -> Frames:
        return self._frames()

    def family(self) -> Mapping[str, frozenset[str]]:
        if self._family is None:
            self._family = families(self.parents, dataset_names(self.dataset))
        return self._family

    def matching(self, query: Query, left_out: str | None = None) -> Frame:
        """The mentions that meet every filter but one."""
        frames = self.frames
        columns = {*frames.mentions.collect_schema().names()}
        conditions = flat_conditions(query, columns)
        kept = [condition for key, condition in conditions.items() if key != left_out]
        found = frames.mentions.filter(*kept) if kept else frames.mentions
        if query.actors and left_out != "actor":
            cast = actors_condition(frames.actors, query, self.family()).unique()
            found = found.join(cast, on="mention", how="semi")
        return found

    def links(self, query: Query, key: str, left_out: str | None) -> Frame:
        """Who or what the matching mentions have: `value` and `ENTRY`, empty values left out."""
        if key not in ("actor", ROLLED):
            column = f"extra:{key[2:]}" if key.startswith("x:") else key
            named = self.matching(query, left_out).filter(nw.col(column) != "")
            return named.select(nw.col(column).alias("value"), *ENTRY)
        bridge = self.frames.actors
        if unfiltered(query, left_out):
            return bridge.select(nw.col("actor").alias("value"), *ENTRY)
        matched = self.matching(query, left_out).select("mention")
        return bridge.join(matched, on="mention", how="semi").select(nw.col("actor").alias("value"), *ENTRY)

    def size(self) -> Size:
        mentions = self.frames.mentions
        named = [
            len(gather(mentions.filter(nw.col(name) != "").select(name).unique())) for name in ("document", "source")
        ]
        return Size(self._events, self._mentions, *named)

    def extremes(self) -> tuple[float, float]:
        start, end = nw.col("event_start"), nw.col("event_end")
        known = self.frames.mentions.filter(nw.col("dated"))
        # The known end of a date that is open stands for both; one that is open at both tells nothing.
        low = gather(known.filter(start.is_finite()).select(nw.col("event_start").min()))
        high = gather(known.filter(end.is_finite()).select(nw.col("event_end").max()))
        lows = gather(known.filter(~start.is_finite() & end.is_finite()).select(nw.col("event_end").min()))
        highs = gather(known.filter(start.is_finite() & ~end.is_finite()).select(nw.col("event_start").max()))
        return least(low, lows), -least(-high.astype(float), -highs.astype(float))

    def sample(self, most: int) -> pd.DataFrame:
        step = max(1, -(-self._events // most))
        picked = nw.col("dated") & nw.col("leads") & (nw.col("number") % step == 0)
        found = gather(
            self.frames.mentions.filter(picked).select("number", "event_start", "event_end", "precision")
        ).sort_values("number", ignore_index=True)
        return found.rename(columns={"event_start": "start", "event_end": "end"})[["start", "end", "precision"]]

    def account(self, query: Query) -> Account:
        return self.kept("account", query, KEPT, lambda: self._account(query))

    def _account(self, query: Query) -> Account:
        anywhen = self.matching(query, "date")
        shown = self.distinct(self.matching(query).filter(nw.col("dated")))
        undated = self.distinct(anywhen.filter(~nw.col("dated")))
        outside = self.distinct(anywhen.filter(nw.col("dated"))) - shown if query.start or query.end else 0
        return Account(self._events, shown, undated, outside, self._events - shown - undated - outside)

    def distinct(self, frame: Frame) -> int:
        """How many events these mentions tell."""
        if not self._many:
            return length(frame)
        alone = length(frame.filter(~nw.col("many")))
        return alone + length(frame.filter(nw.col("many")).select("number").unique())

    def counts(self, query: Query, key: str, left_out: str | None) -> dict[str, int]:
        return self.kept(("counts", key, left_out), query, KEPT, lambda: self._counts(query, key, left_out))

    def _counts(self, query: Query, key: str, left_out: str | None) -> dict[str, int]:
        links = self.links(query, key, left_out)
        if key == ROLLED:
            above = pd.DataFrame(
                [(name, one) for name in dataset_names(self.dataset) for one in ancestry(name, self.parents)],
                columns=["value", "whole"],
                dtype="str",
            )
            links = links.join(self.frames.small(above), on="value", how="inner").drop("value")
            return tally(links.select(nw.col("whole").alias("value"), "number").unique())
        found = tally(links.filter(~nw.col("many")) if self._many else links)
        if self._many:
            for value, count in tally(links.filter(nw.col("many")).select("value", "number").unique()).items():
                found[value] = found.get(value, 0) + count
        return found

    def lanes(self, query: Query, by: str) -> LaneTally:
        return self.kept(("lanes", by), query, KEPT, lambda: self._lanes(query, by))

    def _lanes(self, query: Query, by: str) -> LaneTally:
        dated = nw.col("dated")
        everything = self.distinct(self.matching(query).filter(dated))
        if not self.has_lanes(by):
            return LaneTally((), np.zeros(0, dtype=np.int64), np.zeros(0), everything)
        links = self.links(query, by, None).filter(dated)
        if self._many:
            named = self.distinct(links.select("number", "many").unique())
            links = links.select("value", "number", "event_start").unique()
        else:
            # One mention an event: as many are named as have any link at all.
            named = length(links.select("number").unique()) if by == "actor" else length(links)
        found = gather(links.group_by("value").agg(nw.len().alias("n"), nw.col("event_start").min().alias("first")))
        found = found.sort_values("value")
        return LaneTally(
            tuple(map(str, found["value"])),
            found["n"].to_numpy(np.int64),
            found["first"].to_numpy(float),
            everything - named,
        )

    def has_lanes(self, by: str) -> bool:
        """Whether there is a column that makes lanes."""
        return by in ("actor", *FLAT) or (by.startswith("x:") and by[2:] in self.dataset.extras)

    def beyond(self, query: Query, lo: float, hi: float) -> tuple[int, int]:
        start, end = nw.col("event_start"), nw.col("event_end")
        shown = self.matching(query).filter(nw.col("dated"))
        before = (end <= lo) & (start < lo)
        return self.distinct(shown.filter(before)), self.distinct(shown.filter((start >= hi) & ~before))

    def tones(self, column: str, most: int) -> Tones:
        counts = self.counts(Query(), column, None)
        ranked = sorted(counts, key=lambda value: (-counts[value], value))
        own = ranked[:most]
        value = nw.col(column)
        mentions = self.frames.mentions
        others = length(mentions.filter(~nw.col("many") & ~value.is_in(own)))
        together = mentions.filter(nw.col("many"))
        named = together.filter(value != "").select("number", column).unique()
        each = named.group_by("number").agg(nw.len().alias("n"), value.min().alias("value"))
        several = length(each.filter(nw.col("n") > 1)) if self._many else 0
        if self._many:
            others += length(each.filter((nw.col("n") == 1) & ~nw.col("value").is_in(own)))
            others += length(together.select("number").unique()) - length(named.select("number").unique())
        return Tones(tuple(own), len(ranked) > most, several > 0, others > 0)

    def find(self, name: str) -> int:
        for column in ("id", "event"):
            hit = gather(self.frames.mentions.filter(nw.col(column) == name).select("mention", "number"))
            if len(hit):
                return int(hit.sort_values("mention")["number"].iloc[0])
        return -1


def unfiltered(query: Query, left_out: str | None) -> bool:
    """Whether no filter but the one left out is on."""
    plain = replace(query, lanes="actor", order="size", event="", members=False, match="any")
    if left_out == "actor":
        plain = replace(plain, actors=())
    elif left_out == "date":
        plain = replace(plain, start="", end="")
    return plain == Query()


def dataset_names(dataset: Dataset) -> list[str]:
    """All actors, listed or only named by rows."""
    return [str(name) for name in dataset.actors["name"]]


def gather(frame: Frame) -> pd.DataFrame:
    """The rows of a short answer, as pandas."""
    found = frame.collect("pyarrow") if isinstance(frame, nw.LazyFrame) else frame
    return found.to_pandas()


def length(frame: Frame) -> int:
    """How many rows an answer has, counted where they are."""
    return int(gather(frame.select(nw.len().alias("n")))["n"].iloc[0])


def tally(links: Frame) -> dict[str, int]:
    """How often each `value` stands there."""
    found = gather(links.group_by("value").agg(nw.len().alias("n")))
    return {str(value): int(count) for value, count in zip(found["value"], found["n"], strict=True)}


def least(*found: pd.DataFrame) -> float:
    """The smallest of answers of one number each, some of which may be missing; NaN when all are."""
    numbers = np.concatenate([frame.to_numpy(float, na_value=np.nan)[:, 0] for frame in found])
    return float(np.nanmin(numbers)) if np.isfinite(numbers).any() else float("nan")
