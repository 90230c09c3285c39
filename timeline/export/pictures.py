"""The chart of a selection as a picture that says where it comes from, also to machines.

In: a Dataset, a Selection and a Look. Out: SVG, PNG or PDF. It must not know files, or how a figure becomes a picture.

What the small print says stands in an SVG as Dublin Core (title, description, date, identifier, sources) and in a PDF
as document information, so that it is still there when the picture is cut.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from html import escape

import plotly.graph_objects as go

from timeline.chart.evidence import small_print, title_of
from timeline.chart.figure import draw, draw_sheets
from timeline.export.chronology import numbers_of
from timeline.export.images import NoImage, to_image, to_images
from timeline.export.writing import SIZES, CannotExport, Exported, Look
from timeline.query import engine_for, full_of, home_of
from timeline.query.matching import Selection
from timeline.table.dataset import Dataset

PAGES = 200
"""So many pages are printed at most."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a picture says of itself, for machines."""

    title: str
    description: str
    made: str
    identifier: str
    sources: tuple[str, ...]


def svg_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    picture = _picture(dataset, selection, look, "svg")
    return Exported(with_words(picture, about_svg(dataset, selection, look)))


def with_words(svg: bytes, words: str) -> bytes:
    """The picture with what it says of itself behind its opening tag."""
    text = svg.decode("utf-8")
    at = text.index(">", text.index("<svg")) + 1
    return (text[:at] + words + text[at:]).encode("utf-8", "replace")


def about_svg(dataset: Dataset, selection: Selection, look: Look) -> str:
    """What goes behind the opening tag of an SVG: a title and a description for readers and screen readers, and Dublin
    Core for machines."""
    return about(_evidence(dataset, selection, look))


def about(told: Evidence) -> str:
    """The same of any evidence."""
    sources = "".join(f"<dc:source>{_xml(source)}</dc:source>" for source in told.sources)
    return (
        f"<title>{_xml(told.title)}</title><desc>{_xml(told.description)}</desc>"
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">'
        f"<dc:title>{_xml(told.title)}</dc:title><dc:description>{_xml(told.description)}</dc:description>"
        f"<dc:date>{told.made}</dc:date><dc:identifier>{_xml(told.identifier)}</dc:identifier>{sources}"
        "</rdf:Description></rdf:RDF></metadata>"
    )


def png_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    return Exported(_picture(dataset, selection, look, "png"))


def pdf_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    pages = [_picture(dataset, selection, look, "pdf")]
    return Exported(bound(pages, _evidence(dataset, selection, look), look))


def print_file(dataset: Dataset, selection: Selection, look: Look) -> Exported:
    """The whole line: all lanes and the full span, on as many pages as it takes."""
    width, height = look.width, look.height
    if height is None:
        width, height = SIZES["a4-landscape"]
    look = replace(look, view=full_of(dataset), width=width, height=height)
    figures = draw_sheets(
        dataset, selection.query, width=width, height=height, theme=look.theme, view=look.view, made=look.made,
        numbers=_numbers(dataset, selection, look),
    )  # fmt: skip
    notes: tuple[str, ...] = ()
    if len(figures) > PAGES:
        notes = (f"Only {PAGES} of {len(figures):,} pages are printed: filter, or choose other lanes.",)
    printed = figures[:PAGES]

    def tell(done: int) -> None:
        if look.progress is not None:
            look.progress(done, len(printed))

    try:
        pages = to_images(printed, "pdf", progress=tell)
    except NoImage as error:
        raise CannotExport(str(error)) from error
    return Exported(bound(pages, _evidence(dataset, selection, look), look), notes)


def chart_of(dataset: Dataset, selection: Selection, look: Look) -> go.Figure:
    """The chart as it is printed."""
    return draw(
        dataset, selection.query, width=look.width, height=look.height, theme=look.theme, view=look.view,
        made=look.made, numbers=_numbers(dataset, selection, look),
    )  # fmt: skip


def _picture(dataset: Dataset, selection: Selection, look: Look, kind: str) -> bytes:
    try:
        return to_image(chart_of(dataset, selection, look), kind, scale=look.scale)
    except NoImage as error:
        raise CannotExport(str(error)) from error


def _numbers(dataset: Dataset, selection: Selection, look: Look) -> dict[str, str] | None:
    return numbers_of(dataset, selection) if look.footnotes else None


def _evidence(dataset: Dataset, selection: Selection, look: Look) -> Evidence:
    query = selection.query
    lines = small_print(dataset, query, selection, look.view or home_of(dataset), look.made)
    counts = engine_for(dataset).counts(query, "source", None)
    return Evidence(
        title_of(dataset),
        " ".join(lines),
        f"{look.made:%Y-%m-%d}",
        dataset.fingerprint,
        tuple(sorted(source for source, count in counts.items() if count)),
    )


def _xml(text: str) -> str:
    """Text for XML, which has no room for most control characters."""
    return escape("".join(sign if sign >= " " and sign not in "\ufffe\uffff" else " " for sign in text))


def bound(pages: list[bytes], told: Evidence, look: Look) -> bytes:
    """The pages as one PDF that says what it is."""
    import pypdf

    writer = pypdf.PdfWriter()
    for page in pages:
        writer.append(io.BytesIO(page), import_outline=False)
    stamp = f"D:{look.made:%Y%m%d}"
    writer.metadata = {
        "/Title": told.title,
        "/Subject": told.description,
        "/Keywords": "; ".join((*told.sources, f"data {told.identifier}")),
        "/Creator": "cited-timeline",
        "/Producer": "Skia/PDF, pypdf",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
