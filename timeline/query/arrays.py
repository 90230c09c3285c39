"""The engine in memory: answers from column arrays, for tables that fit.

Comes in: a Dataset with its rows. Leaves: `Arrays`, an Engine. Must not know files, charts or pages.

Every answer is the one that the queries of `tables` and `nearby` give; this is the quick way to them, by the index.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from timeline.query.conditions import evaluate
from timeline.query.engine import NOBODY, ROLLED, Account, Engine, LaneTally, Near, Size, Stretch, Tones, engine_of
from timeline.query.extent import full_of
from timeline.query.index import Index, Links, make_index, spread_out
from timeline.query.keeping import KEPT, Kept
from timeline.query.query import Query
from timeline.query.thinning import thinned
from timeline.query.window import density, outliers
from timeline.table.choosing import rank_of
from timeline.table.dataset import Dataset


def engine_for(dataset: Dataset) -> Engine:
    """The engine that answers for a dataset: the one that was set for it, else column arrays."""
    return engine_of(dataset, Arrays)


class Arrays:
    """An Engine over the frames of a Dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.index: Index = make_index(dataset)
        events = dataset.events
        self.start, self.end = (events[name].to_numpy(dtype=float) for name in ("start", "end"))
        self.rank = rank_of(events)
        self.told = dataset.mentions.drop(columns="search")  # never shown
        self._kept = Kept()
        self._bounded: tuple[np.ndarray, np.ndarray] | None = None

    def size(self) -> Size:
        index = self.index
        documents, sources = (len(index.links[key].values) for key in ("document", "source"))
        return Size(index.events, index.mentions, documents, sources)

    def extremes(self) -> tuple[float, float]:
        start, end = self.start, self.end
        known = np.isfinite(start) | np.isfinite(end)
        if not known.any():
            return float("nan"), float("nan")
        start, end = start[known], end[known]
        low, high = np.where(np.isfinite(start), start, end), np.where(np.isfinite(end), end, start)
        return float(low.min()), float(high.max())

    def sample(self, most: int) -> pd.DataFrame:
        step = max(1, -(-self.index.events // most))
        return self.dataset.events[["start", "end", "precision"]][self.index.dated][::step].reset_index(drop=True)

    def masks(self, query: Query) -> dict[str, np.ndarray]:
        """For each filter that is on, a boolean for each mention."""

        def made() -> dict[str, np.ndarray]:
            found = evaluate(self.dataset, query, self.index.family)
            for mask in found.values():
                mask.flags.writeable = False
            return found

        return self._kept("masks", query, KEPT, made)

    def matching(self, query: Query, left_out: str | None = None) -> np.ndarray:
        """Where all conditions but one hold, a boolean for each mention."""
        masks = [mask for name, mask in self.masks(query).items() if name != left_out]
        return np.logical_and.reduce(masks) if masks else np.ones(self.index.mentions, dtype=bool)

    def account(self, query: Query) -> Account:
        return self._kept("account", query, KEPT, lambda: self._account(query))

    def _account(self, query: Query) -> Account:
        index = self.index
        matched = index.events_where(self.matching(query))
        otherwise = index.events_where(self.matching(query, "date")) if query.start or query.end else matched
        shown, outside = int((matched & index.dated).sum()), int((otherwise & ~matched & index.dated).sum())
        undated = int((otherwise & ~index.dated).sum())
        return Account(index.events, shown, undated, outside, index.events - shown - undated - outside)

    def counts(self, query: Query, key: str, left_out: str | None) -> dict[str, int]:
        return self._kept(("counts", key, left_out), query, KEPT, lambda: self._counts(query, key, left_out))

    def _counts(self, query: Query, key: str, left_out: str | None) -> dict[str, int]:
        links = self._links(key)
        return dict(zip(links.values, links.count_events(self.matching(query, left_out)).tolist(), strict=True))

    def _links(self, key: str) -> Links:
        return self.index.rolled if key == ROLLED else self.index.links[key]

    def _drawn(self, query: Query) -> np.ndarray:
        drawn: np.ndarray = self.index.events_where(self.matching(query)) & self.index.dated
        return drawn

    def _values(self, query: Query, by: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The pairs of value (code) and dated event that match, and the dated events without any value."""
        return self._kept(("values", by), query, 2, lambda: self._find_values(query, by))

    def _find_values(self, query: Query, by: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        links, matching, drawn = self.index.links[by], self.matching(query), self._drawn(query)
        hit = np.zeros(len(links.value_of_pair), dtype=bool)
        hit[links.pair[matching[links.mention]]] = True
        value, event = links.value_of_pair[hit], links.event_of_pair[hit]
        there = drawn[event]
        value, event = value[there], event[there]
        named = np.zeros(self.index.events, dtype=bool)
        named[event] = True
        return value, event, np.flatnonzero(drawn & ~named)

    def lanes(self, query: Query, by: str) -> LaneTally:
        return self._kept(("lanes", by), query, KEPT, lambda: self._lanes(query, by))

    def _lanes(self, query: Query, by: str) -> LaneTally:
        if by not in self.index.links:
            return LaneTally((), np.zeros(0, dtype=np.int64), np.zeros(0), int(self._drawn(query).sum()))
        value, event, nameless = self._values(query, by)
        names = self.index.links[by].values
        counts = np.bincount(value, minlength=len(names))
        first = np.full(len(names), np.inf)
        np.minimum.at(first, value, self.start[event])
        at = sorted(np.flatnonzero(counts).tolist(), key=lambda i: names[i])
        return LaneTally(tuple(names[i] for i in at), counts[at], first[at], len(nameless))

    def pairs(self, query: Query, by: str, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        event, lane = self._pairs(query, by, names)
        order = np.lexsort((lane, event))
        return event[order], lane[order]

    def _pairs(self, query: Query, by: str, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        if by not in self.index.links:
            event = np.flatnonzero(self._drawn(query))
            return event, np.zeros(len(event), dtype=np.int64)
        value, event, nameless = self._values(query, by)
        places = {name: place for place, name in enumerate(names)}
        place = np.array([places.get(name, -1) for name in self.index.links[by].values], dtype=np.int64)
        lane = place[value]
        if (lane < 0).any():
            event, lane = event[lane >= 0], lane[lane >= 0]
        if NOBODY in places:
            event = np.concatenate([event, nameless])
            lane = np.concatenate([lane, np.full(len(nameless), places[NOBODY], dtype=np.int64)])
        return event, lane

    def bounded(self) -> tuple[np.ndarray, np.ndarray]:
        """Start and end of every event in days, an open end at the edge of the whole span; NaN for the undated."""
        if self._bounded is None:
            lo, hi = full_of(self.dataset, self)
            start, end = self.start, self.end
            self._bounded = np.maximum(start, np.minimum(lo, end - 1)), np.minimum(end, np.maximum(hi, start + 1))
        return self._bounded

    def near(self, query: Query, by: str, names: Sequence[str], stretch: Stretch) -> Near:
        about = by, tuple(names), stretch
        return self._kept("near", query, 8, lambda: self._near(query, by, names, stretch), about)

    def _near(self, query: Query, by: str, names: Sequence[str], stretch: Stretch) -> Near:
        event, lane = self._pairs(query, by, names)
        start, end = self.bounded()
        around = (start[event] < stretch.hi) & (end[event] > stretch.lo)
        event, lane = event[around], lane[around]
        lanes = len(names) if by in self.index.links else 1
        return thinned(event, lane, start[event], end[event], self.rank[event], lanes, stretch)

    def overview(self, query: Query, lo: float, hi: float, bins: int) -> np.ndarray:
        def made() -> np.ndarray:
            drawn = self._drawn(query)
            return density({"start": self.start[drawn], "end": self.end[drawn]}, lo, hi, bins)

        return self._kept(("overview", lo, hi, bins), query, KEPT, made)

    def beyond(self, query: Query, lo: float, hi: float) -> tuple[int, int]:
        drawn = self._drawn(query)
        return outliers({"start": self.start[drawn], "end": self.end[drawn]}, lo, hi)

    def listed(self, query: Query, window: tuple[float, float], most: int) -> tuple[np.ndarray, int]:
        lo, hi = window
        at = np.flatnonzero(self._drawn(query) & (self.start < hi) & (self.end > lo))
        start, end = self.start[at], self.end[at]
        known = np.where(np.isneginf(start), end, start)
        return at[np.lexsort((known, start < lo))][:most], len(at)

    def tray(self, query: Query, most: int) -> np.ndarray:
        return np.flatnonzero(self.index.events_where(self.matching(query, "date")) & ~self.index.dated)[:most]

    def tones(self, column: str, most: int) -> Tones:
        links = self.index.links[column]
        counts = np.bincount(links.value_of_pair, minlength=len(links.values))
        ranked = sorted(range(len(links.values)), key=lambda i: (-int(counts[i]), links.values[i]))
        borne = np.bincount(links.event_of_pair, minlength=self.index.events)
        own = np.zeros(len(links.values), dtype=bool)
        own[ranked[:most]] = True
        single = borne[links.event_of_pair] == 1
        others = bool((borne == 0).any()) or bool((single & ~own[links.value_of_pair]).any())
        first = tuple(links.values[i] for i in ranked[:most])
        return Tones(first, len(ranked) > most, bool((borne > 1).any()), others)

    def find(self, name: str) -> int:
        hit = np.flatnonzero((self.dataset.mentions["id"] == name).to_numpy(dtype=bool))
        if len(hit):
            return int(self.index.event_of[hit[0]])
        rows = np.flatnonzero((self.dataset.events["event"] == name).to_numpy(dtype=bool))
        return int(rows[0]) if len(rows) else -1

    def beside(self, query: Query, number: int) -> tuple[str, str]:
        drawn = np.flatnonzero(self._drawn(query))
        known = np.where(np.isneginf(self.start[drawn]), self.end[drawn], self.start[drawn])
        order = drawn[np.argsort(known, kind="stable")]
        at = np.flatnonzero(order == number)
        if not len(at):
            return "", ""
        ids, place = self.dataset.events["id"], int(at[0])
        before = str(ids.iloc[order[place - 1]]) if place else ""
        return before, str(ids.iloc[order[place + 1]]) if place + 1 < len(order) else ""

    def excerpt(self, numbers: np.ndarray) -> Dataset:
        numbers = np.unique(numbers)
        rows = self.index.mentions_of(numbers)
        bridge = self.dataset.mention_actors
        mention = bridge["mention"].to_numpy(dtype=np.int64)
        first, last = np.searchsorted(mention, rows), np.searchsorted(mention, rows, side="right")
        cast = np.repeat(first, last - first) + spread_out(last - first)
        made = replace(self.dataset, mentions=self.told.take(rows), mention_actors=bridge.take(cast))
        made.__dict__["events"] = self.dataset.events.take(numbers)  # known already, so never put together again
        return made

    def rows(self, query: Query) -> Dataset:
        matching = self.matching(query)
        return self.dataset if matching.all() else replace(self.dataset, mentions=self.dataset.mentions[matching])

    def events(self, query: Query) -> pd.DataFrame:
        told = self.index.events_where(self.matching(query))
        return self.dataset.events if told.all() else self.dataset.events[told]
