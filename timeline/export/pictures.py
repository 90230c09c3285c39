"""The chart of a selection as a picture.

In: a Dataset, a Selection and a Look. Out: SVG, PNG or PDF. It must not know files, or how a figure becomes a picture.
"""

from __future__ import annotations

from timeline.chart.figure import draw
from timeline.export.images import NoImage, to_image
from timeline.export.writing import CannotExport, Exported, Look, source_date
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset


def svg_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    return _picture(dataset, selection, look, "svg")


def png_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    return _picture(dataset, selection, look, "png")


def pdf_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    return _picture(dataset, selection, look, "pdf")


def _picture(dataset: Dataset, selection: Selection, look: Look, kind: str) -> Exported:
    figure = draw(dataset, selection.query, width=look.width, theme=look.theme)
    told = source_date()
    try:
        return Exported(to_image(figure, kind, epoch=None if told is None else int(told.timestamp())))
    except NoImage as error:
        raise CannotExport(str(error)) from error
