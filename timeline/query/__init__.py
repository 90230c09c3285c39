"""What the reader chose: the query, what it selects, what it counts, which span opens, and all that in words.

Comes in: datasets and addresses. Leaves: selections, counts, lanes, spans and sentences. Must not know
charts or Dash.
"""

from timeline.query.address import from_search, to_search
from timeline.query.arrays import engine_for
from timeline.query.detail import EVERY, MARKS, Detail, detail
from timeline.query.engine import NOBODY, remembered
from timeline.query.facets import Value, chosen_values, facets, labels_of, size_of
from timeline.query.lanes import Lane, Pairs, lane_frame, lane_pairs, lanes_of
from timeline.query.matching import Selection, excerpt, select
from timeline.query.query import (
    LANES,
    ORDERS,
    Query,
    as_dict,
    bounds,
    cleared,
    from_dict,
    is_filtered,
    shown,
    why_not_a_bound,
    without,
)
from timeline.query.settling import settle
from timeline.query.spans import full_of, home_of, overview_of, overview_of_all
from timeline.query.view import view_days, view_text, without_view
from timeline.query.wording import Chip, Suggestion, chips, describe, loosen, outlier_sentence, sentence

__all__ = [
    "EVERY",
    "LANES",
    "MARKS",
    "NOBODY",
    "ORDERS",
    "Chip",
    "Detail",
    "Lane",
    "Pairs",
    "Query",
    "Selection",
    "Suggestion",
    "Value",
    "as_dict",
    "bounds",
    "chips",
    "chosen_values",
    "cleared",
    "describe",
    "detail",
    "engine_for",
    "excerpt",
    "facets",
    "from_dict",
    "from_search",
    "full_of",
    "home_of",
    "is_filtered",
    "labels_of",
    "lane_frame",
    "lane_pairs",
    "lanes_of",
    "loosen",
    "outlier_sentence",
    "overview_of",
    "overview_of_all",
    "remembered",
    "select",
    "sentence",
    "settle",
    "shown",
    "size_of",
    "to_search",
    "view_days",
    "view_text",
    "why_not_a_bound",
    "without",
    "without_view",
]
