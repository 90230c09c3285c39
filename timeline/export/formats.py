"""The formats of exports, by name and by the end of a file's name.

In: a Dataset, a Query, the name of a format or of a file. Out: bytes with notes, or a file, or CannotExport with one
sentence. It must not know the command line or the page; the formats themselves are made by the other modules of this
room, which are imported when they are needed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from timeline.export.browsing import has_browser
from timeline.export.writing import CannotExport, Exported, Look, put
from timeline.query.matching import Selection, select
from timeline.query.query import Query
from timeline.table.dataset import Dataset

Writer = Callable[[Dataset, Selection, Look], Exported]
"""A format. Whatever the selection holds, none or a million events, it gives a valid file; it raises CannotExport."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its `name` (`--format`), the `ends` of file names that mean it (the first is given to new files), the
    media type (RFC 6838), `what` it is in a few words, and where its Writer is."""

    name: str
    ends: tuple[str, ...]
    media: str
    what: str
    module: str
    function: str
    browser: bool = False
    """Whether the machine that makes it needs a Chrome or Chromium."""

    @property
    def writer(self) -> Writer:
        writer: Writer = getattr(import_module(f"timeline.export.{self.module}"), self.function)
        return writer


FORMATS: tuple[Format, ...] = (
    Format("csv", (".csv",), "text/csv", "rows, with the columns of events.csv", "rows", "csv_file"),
    Format("json", (".json",), "application/json", "rows, with dates and documents in full", "rows", "json_file"),
    Format("html", (".html", ".htm"), "text/html", "a page of its own: chart, filters and citations without a server",
           "html", "page_file"),
    Format("svg", (".svg",), "image/svg+xml", "the chart as a vector picture", "pictures", "svg_file", True),
    Format("png", (".png",), "image/png", "the chart as a picture", "pictures", "png_file", True),
    Format("pdf", (".pdf",), "application/pdf", "the chart for print", "pictures", "pdf_file", True),
    Format("print", (".print.pdf",), "application/pdf", "all lanes and the full span, on as many pages as it takes",
           "pictures", "print_file", True),
    Format("chronology-md", (".md", ".markdown"), "text/markdown", "the events in order with footnotes, as Markdown",
           "markdown", "markdown_file"),
    Format("chronology-html", (".chronology.html",), "text/html", "the same as a page without scripts", "pages",
           "page_file"),
    Format("chronology-docx", (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
           "the same for a word processor", "word", "word_file"),
    Format("chronology-pdf", (".chronology.pdf",), "application/pdf", "the same for print", "printing", "print_file",
           True),
    Format("xlsx", (".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
           "rows, documents and what was chosen, for Excel", "xlsx", "xlsx_file"),
    Format("parquet", (".parquet",), "application/vnd.apache.parquet",
           "rows, already read, as `timeline convert` writes them", "parquet", "parquet_file"),
    Format("timelinejs", (".timelinejs.json",), "application/json", "slides for TimelineJS", "timelinejs",
           "timelinejs_file"),
    Format("vis", (".vis.json",), "application/json", "items and groups for vis-timeline", "vis", "vis_file"),
    Format("timesketch", (".jsonl",), "application/x-ndjson", "lines for Timesketch", "timesketch", "timesketch_file"),
    Format("ical", (".ics",), "text/calendar", "all-day entries for calendars", "calendar", "calendar_file"),
    Format("schemaorg", (".schema.jsonld",), "application/ld+json", "events in the words of schema.org", "schemaorg",
           "schemaorg_file"),
    Format("csl", (".csl.json",), "application/vnd.citationstyles.csl+json", "the cited documents as CSL items",
           "references", "csl_file"),
    Format("bibtex", (".bib",), "application/x-bibtex", "the cited documents for BibTeX", "references", "bibtex_file"),
    Format("annotations", (".jsonld",), "application/ld+json", "each row as a Web Annotation of its passage",
           "annotations", "annotations_file"),
    Format("sqlite", (".sqlite", ".db"), "application/vnd.sqlite3", "tables with keys and a full-text index", "sqlite",
           "sqlite_file"),
    Format("datapackage", (".zip",), "application/zip", "the tables as a Frictionless data package", "package",
           "package_file"),
)  # fmt: skip


def offered() -> dict[str, Format]:
    """What this machine can make, by name."""
    return {form.name: form for form in FORMATS if not form.browser or has_browser()}


def format_of(name: str) -> Format | None:
    """The format that a file's name means: the longest end that it has."""
    found = [(len(end), form) for form in FORMATS for end in form.ends if name.lower().endswith(end)]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def make(dataset: Dataset, query: Query, form: Format, look: Look | None = None) -> tuple[Exported, Selection]:
    """What `query` selects, in a format. Raises CannotExport."""
    selection = select(dataset, query)
    return form.writer(dataset, selection, look or Look()), selection


def write(
    dataset: Dataset,
    query: Query,
    path: Path,
    *,
    form: Format | None = None,
    force: bool = False,
    look: Look | None = None,
) -> tuple[Selection, tuple[str, ...]]:
    """Export what `query` selects to `path`, in the format of its name unless one is given; what was selected and the
    notes are returned.

    Raises CannotExport when the format is unknown, when something stands at `path` that may not be replaced, or when
    writing fails; a file that stood there is then as it was.
    """
    form = check_path(dataset, path, force, form)
    exported, selection = make(dataset, query, form, look)
    put(path, exported.content)
    return selection, exported.notes


def check_path(dataset: Dataset | None, path: Path, force: bool, form: Format | None = None) -> Format:
    """The format of `path` unless one is given, once nothing speaks against writing there; else raises CannotExport."""
    if path.is_dir():
        raise CannotExport(f"{path} is a folder: name a file in it.")
    form = form or format_of(path.name)
    if form is None:
        known = ", ".join(f"{each.ends[0]} ({each.what})" for each in FORMATS)
        said = f"'{path.suffix}' is no format of an export" if path.suffix else "its name has no suffix"
        raise CannotExport(f"{path}: {said}. There are {known}.")
    if not path.parent.is_dir():
        raise CannotExport(f"{path}: there is no folder {path.parent}.")
    if os.path.lexists(path):
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise CannotExport(f"{path} is not a regular file.")
        if dataset is not None and _is_input(dataset, path):
            raise CannotExport(f"{path} is one of the tables that are exported: choose another name.")
        if not force:
            raise CannotExport(f"{path} exists: choose another name, or replace it with --force.")
    return form


def _is_input(dataset: Dataset, path: Path) -> bool:
    """Whether `path` is, by whatever name, one of the tables that `dataset` was read from."""
    if dataset.path is None or not path.exists():
        return False
    tables = (dataset.path, *(dataset.path.parent / name for name in ("documents.csv", "actors.csv")))
    return any(table.exists() and path.samefile(table) for table in tables)
