"""What the reader chose: the query, what it selects, what it counts, which span opens, and all that in words.

Comes in: datasets and addresses. Leaves: selections, counts, lanes, spans and sentences. Must not know
charts or Dash.
"""

from timeline.query.address import from_search, to_search
from timeline.query.detail import EVERY, MARKS, Detail, detail, home_of
from timeline.query.facets import Value, chosen_values, facets, labels_of
from timeline.query.index import remembered
from timeline.query.lanes import NOBODY, Lane, Pairs, lane_frame, lane_pairs
from timeline.query.matching import Selection, mentions_of, select
from timeline.query.order import by_date
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
from timeline.query.window import density, full, home, outliers
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
    "by_date",
    "chips",
    "chosen_values",
    "cleared",
    "density",
    "describe",
    "detail",
    "facets",
    "from_dict",
    "from_search",
    "full",
    "home",
    "home_of",
    "is_filtered",
    "labels_of",
    "lane_frame",
    "lane_pairs",
    "loosen",
    "mentions_of",
    "outlier_sentence",
    "outliers",
    "remembered",
    "select",
    "sentence",
    "settle",
    "shown",
    "to_search",
    "why_not_a_bound",
    "without",
]
