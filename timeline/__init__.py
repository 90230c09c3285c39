"""A timeline in which every mark can be checked.

For notebooks and scripts: `load` opens a table of events, `figure` draws it. Both rooms are imported when
first asked for, so that `import timeline` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from timeline.query.query import Query
    from timeline.table.dataset import Dataset
    from timeline.table.dataset import load as load

__version__ = "0.1.0"
__all__ = ["__version__", "figure", "load"]


def figure(dataset: Dataset, query: Query | str | None = None, **options: Any) -> go.Figure:
    """The chart of `dataset` as a plotly Figure.

    `query` is a Query, or the search part of a copied address (`"?actor=Arland&from=2014"`); without one
    everything is drawn. `options` go to `timeline.chart.figure.draw` (`width`, `height` in pixels, `theme` "light" or
    "dark").
    """
    from timeline.chart.figure import draw
    from timeline.query.address import from_search
    from timeline.query.query import Query

    if not isinstance(query, Query):
        query, _ = from_search(query, dataset)
    return draw(dataset, query, **options)


def __getattr__(name: str) -> Any:
    if name == "load":
        from timeline.table.dataset import load

        return load
    raise AttributeError(f"module 'timeline' has no attribute {name!r}")
