"""The chronology: one entry an event, one footnote a mention, and four formats in which text stays text."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import time
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from pypdf import PdfReader

from tests.tables import ARLAND_DOCUMENTS, arland, load_text, make_dataset
from timeline.documents.reference import listing, reference
from timeline.export.chronology import chronology_of
from timeline.export.formats import FORMATS, format_of, make, write
from timeline.export.markdown import escaped, to_markdown
from timeline.export.pages import to_page
from timeline.export.paragraphs import writable
from timeline.export.parts import Chronology
from timeline.export.plain import line, right_to_left
from timeline.export.writing import CannotExport, Look
from timeline.query.backends import with_pandas
from timeline.query.engine import answer_with
from timeline.query.matching import select
from timeline.query.query import Query
from timeline.query.wording import NOTE
from timeline.table.dataset import Dataset

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to print with")
LOOK = Look(made=datetime(2026, 11, 24, 18, 30, tzinfo=UTC))
NAMES = ("chronology-md", "chronology-html", "chronology-docx", "chronology-pdf")

HOSTILE = (
    "</p><script>window.PWN=1</script><img src=x onerror=alert(1)>",
    "**bold** _slanted_ `code` ~~gone~~ ==lit== ^up^ $x^2$",
    "[a link](https://evil.example) ![a picture](https://evil.example/x.png) [^1] [^9]: no note",
    "<https://example.org> www.example.com https://example.org/x example.net a@example.com",
    "# no heading #",
    "- no item",
    "1. no item",
    "12) no item",
    "> no quote",
    "---",
    "===",
    "+ no item",
    "| a | b |",
    "&lt;b&gt; &copy; &#35; \\* \\",
    ": no definition",
    "two\nlines\r\n\r\n# and\u2028a third\x0b",
    "שלום עולם",
    "turned \u202egnol dna",
    "isolated \u2067 for ever",
    "closed by nothing \u2069 \u202c",
    "half \ud83d a pair, a NUL \x00, \ufffe and \x1b",
    "{{ template }} {% tag %} :smile: #123",
    "    no code",
    "\tno code either",
)  # fmt: skip
HELD = tuple(text for text in HOSTILE if "\ud83d" not in text)  # no frame holds half a pair; a file's name may

DISAGREEING = (
    {"id": "a", "event": "vote", "date": "2014-03-01", "document": "gazette-1", "title": "The vote",
     "summary": "The gazette: a vote.", "actors": "Arland", "locator": "para. 3", "passage": "On Saturday … was held",
     "url": "https://gazette.example/1"},
    {"id": "b", "event": "vote", "date": "2014-05", "document": "lio-1", "title": "The vote",
     "summary": "The post: a vote.", "actors": "Belmark", "speaker": "Ada Kern", "status": "contested",
     "url": "javascript:alert(1)"},
)  # fmt: skip


def chronology(dataset: Dataset, query: Query | None = None) -> Chronology:
    return chronology_of(dataset, select(dataset, query or Query()), LOOK)


def content(dataset: Dataset, name: str, query: Query | None = None) -> bytes:
    form = next(form for form in FORMATS if form.name == name)
    return make(dataset, query or Query(), form, LOOK)[0].content


def hostile() -> Dataset:
    """Every text of HOSTILE in every cell, cited in documents of the same kind."""
    rows = []
    for number, text in enumerate(HELD):
        cells: dict[str, Any] = dict.fromkeys(
            ("title", "summary", "speaker", "status", "category", "passage", "locator"), text
        )
        rows.append(
            {"id": f"h{number}", "date": "2014", "actors": [text], "document": f"d{number}", "url": text} | cells
        )
    documents = [
        {"id": f"d{number}", "author": text, "source": text, "title": f"{text} {number}", "url": text}
        for number, text in enumerate(HELD)
    ]
    return make_dataset(rows, documents=documents, name="<b>&amp;*x*\udcff.csv")


class TestModel:
    def test_an_event_of_several_mentions_is_one_entry_with_several_footnotes(self) -> None:
        made = chronology(arland())
        entries = [entry for section in made.sections for entry in section.entries]
        assert len(entries) == 6
        truce = next(entry for entry in entries if "truce" in entry.title)
        assert truce.when == "5 September 2014"
        assert [account.lead for account in truce.accounts] == ["Arland Gazette", "Lio Post"]
        first, second = (made.notes[account.note - 1] for account in truce.accounts)
        assert first.reference == "“The gazette of the year”, Arland Gazette"
        assert first.dated == ""
        assert second.dated == "Dates it: some time in September 2014."

    def test_notes_are_numbered_as_they_are_met(self) -> None:
        made = chronology(arland())
        met = [account.note for section in made.sections for entry in section.entries for account in entry.accounts]
        assert met == [note.number for note in made.notes] == list(range(1, 8))

    def test_entries_stand_in_date_order_and_undated_ones_last(self) -> None:
        made = chronology(arland())
        assert [section.heading for section in made.sections] == ["Events", "Undated"]
        assert [entry.when for entry in made.sections[0].entries] == [
            "28 May 1812", "From August to October 2014", "5 September 2014", "Some time in 2015", "12 February 2015",
        ]  # fmt: skip
        assert [entry.title for entry in made.sections[1].entries] == ["A letter about gas"]

    def test_what_is_left_out_is_said(self) -> None:
        made = chronology(arland(), Query(sources=("Lio Post",), start="2014"))
        assert ("Filters", "source: Lio Post; from 2014") in made.about
        assert ("Made", "24 November 2026, 18:30 UTC") in made.about
        assert ("Data", "000000000000") in made.about
        assert made.accounting[0] == "2 of 6 events: 1 outside the dates, 2 filtered, 1 undated."
        assert made.accounting[1].startswith("Undated events are not listed here")
        assert made.remark == NOTE

    def test_where_documents_disagree_both_dates_are_said_and_whose_they_are(self) -> None:
        made = chronology(make_dataset(DISAGREEING, documents=ARLAND_DOCUMENTS))
        (entry,) = made.sections[0].entries
        assert entry.when == "Dates differ"
        assert entry.dates == "Dated 1 March 2014 (Arland Gazette); some time in May 2014 (Lio Post)."
        assert [note.dated for note in made.notes] == ["Dates it: 1 March 2014.", "Dates it: some time in May 2014."]
        assert entry.accounts[1].aside == "stated by Ada Kern"
        assert dict(entry.facts)["Status"] == "contested"
        assert entry.accounts[0].aside == "status: reported"
        assert dict(entry.facts)["Actors"] == "Arland; Belmark"

    def test_a_date_whose_mention_is_filtered_says_so(self) -> None:
        dataset = make_dataset(DISAGREEING, documents=ARLAND_DOCUMENTS)
        (entry,) = chronology(dataset, Query(sources=("Lio Post",))).sections[0].entries
        assert "1 March 2014 (Arland Gazette, left out by the filters)" in entry.dates
        (truce,) = chronology(arland(), Query(sources=("Lio Post",), start="2014", end="2014")).sections[0].entries
        assert truce.dates == "This date is told by a mention that the filters leave out."

    def test_all_engines_tell_the_same(self) -> None:
        rows = [{"id": "early", "date": "2001", "document": "lio-2"}, *DISAGREEING]
        dataset, other = (make_dataset(rows, documents=ARLAND_DOCUMENTS) for _ in range(2))
        answer_with(other, with_pandas(other))
        for query in (Query(), Query(sources=("Lio Post",)), Query(start="2014", end="2014-04")):
            assert chronology(other, query) == chronology(dataset, query)

    def test_one_source_on_both_sides_is_told_apart_by_its_documents(self) -> None:
        rows = [{"id": "a", "event": "e", "date": "2014", "document": "lio-1"},
                {"id": "b", "event": "e", "date": "2015", "document": "lio-2"}]  # fmt: skip
        (entry,) = chronology(make_dataset(rows, documents=ARLAND_DOCUMENTS)).sections[0].entries
        assert "“Notes from Port Lio”, Lio Post" in entry.dates and "“Old papers”, Lio Post" in entry.dates

    def test_the_note_cites_passage_and_link(self) -> None:
        first, second = chronology(make_dataset(DISAGREEING, documents=ARLAND_DOCUMENTS)).notes
        assert first.reference == "“The gazette of the year”, Arland Gazette, para. 3"
        assert first.passage == "On Saturday … was held"
        assert first.link == "https://gazette.example/1#:~:text=On%20Saturday,was%20held"
        assert second.link is None and second.address == "javascript:alert(1)"

    def test_no_text_turns_the_words_around_it(self) -> None:
        entries = chronology(hostile()).sections[0].entries
        asides = [entry.accounts[0].aside for entry in entries]
        assert asides == [f"stated by {line(text)}; status: {line(text)}" for text in HELD]

    def test_the_bibliography_is_sorted_and_holds_what_is_cited(self) -> None:
        made = chronology(arland(), Query(sources=("Lio Post",)))
        assert [cited.reference for cited in made.documents] == [
            "Lio Post, “Notes from Port Lio”", "Lio Post, “Old papers”",
        ]  # fmt: skip

    def test_years_are_headings_when_there_are_many(self) -> None:
        dates = [f"{year}-0{month}" for year in (2014, 2015) for month in range(1, 9)]
        rows = [{"date": date} for date in [*dates, "-0043-03-15", "0079", "../2013", "1990s", "2016/..", "", "199X"]]
        made = chronology(make_dataset(rows))
        assert [section.heading for section in made.sections] == [
            "44 BC", "AD 79", "1990", "2013", "2014", "2015", "2016", "Undated",
        ]  # fmt: skip
        assert sum(len(section.entries) for section in made.sections) == len(rows)
        assert any("first year that its date allows" in said for said in made.accounting)

    def test_dates_are_in_words(self) -> None:
        dates = ("-0043-03-15", "2014-02", "199X", "2014/..", "2014~", "2014?")
        made = chronology(make_dataset([{"id": f"d{n}", "date": date} for n, date in enumerate(dates)]))
        said = {entry.when for entry in made.sections[0].entries}
        assert {"15 March 44 BC", "Some time in February 2014", "Some time in the 1990s", "About 2014"} <= said
        assert any("open" in words for words in said) and any("uncertain" in words for words in said)

    def test_an_empty_selection_and_an_empty_table(self, tmp_path: Path) -> None:
        made = chronology(arland(), Query(words="nowhere"))
        assert made.empty == "No event matches." and not made.sections and not made.notes
        assert chronology(load_text("date,title\n", tmp_path)).empty == "The table has no events."

    def test_a_strangers_table(self, tmp_path: Path) -> None:
        table = (
            "Headline,When,Publisher,Link,Mood\nStrike,2014,Lio Post,https://lio.example/1,angry\nFair,2015,,,calm\n"
        )
        made = chronology(load_text(table, tmp_path))
        strike, fair = made.notes
        assert "Lio Post" in strike.reference and strike.link == "https://lio.example/1"
        assert fair.reference == "Line 3 of the table names no document"
        assert len(made.documents) == 1
        assert made.left_out == ("A chronology has no place for the further columns of the table: Mood.",)

    def test_rows_that_could_not_be_read_are_told(self, tmp_path: Path) -> None:
        made = chronology(load_text("date,title\n2014,One\nnever ever,Two\n", tmp_path))
        assert "1 row of the table could not be read and cannot be here." in made.accounting


class TestPlain:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_one_line_that_xml_can_hold(self, text: str) -> None:
        from lxml import etree

        made = line(text)
        etree.Element("a").text = made
        assert len(made.splitlines()) <= 1
        made.encode("utf-8")

    @pytest.mark.parametrize("opening", ["\u202e", "\u202a\u2067", "\u2067\u202e", "\u2066\u202b\u2067"])
    def test_directions_are_closed_as_they_were_opened(self, opening: str) -> None:
        closing = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202e": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069"}
        assert line(f"a{opening}b") == f"a{opening}b" + "".join(closing[sign] for sign in reversed(opening))
        assert line("a\u2069\u202cb") == "ab"

    def test_spaces_that_are_signs_stay(self) -> None:
        assert line("10\u00a0km  on") == "10\u00a0km  on"

    def test_direction(self) -> None:
        assert right_to_left("12 שלום") and not right_to_left("a שלום") and not right_to_left("12")


class TestReference:
    def test_nothing_is_named_twice(self) -> None:
        assert reference({"title": "Lio Post", "source": "Lio Post"}, "lio-post") == "Lio Post"
        assert reference({"title": "https://a.example", "url": "https://a.example"}, "a-example") == ""
        assert reference({}, "gone-1", "p. 2") == "gone-1, p. 2"

    def test_a_listing_begins_with_who_wrote_it(self) -> None:
        document = {"author": "Ira Sund", "title": "Notes", "source": "Lio Post", "published_words": "May 2015"}
        assert listing(document) == "Ira Sund, “Notes”, Lio Post, May 2015"
        assert listing(document | {"author": ""}) == "Lio Post, “Notes”, May 2015"


def rendered(text: str, **options: Any) -> str:
    reader = MarkdownIt("commonmark", {"html": True, **options}).use(footnote_plugin)
    reader.enable(["table", "strikethrough", *(["linkify"] * bool(options.get("linkify")))])
    made: str = reader.render(text)
    return made


class Page(HTMLParser):
    """A page as a list of tags, the text of each kind of tag, and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.texts: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")
        if tag not in ("meta", "br", "img", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def all(self, name: str, attribute: str) -> list[str]:
        return [str(attributes[attribute]) for tag, attributes in self.tags if tag == name and attribute in attributes]


class TestMarkdown:
    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("linkify", [False, True])
    def test_any_text_is_shown_as_it_is(self, text: str, linkify: bool) -> None:
        page = Page(rendered(f"{escaped(line(text))}\n", linkify=linkify))
        assert {tag for tag, _ in page.tags} <= {"p"}
        assert page.text.strip() == line(text)

    def test_without_a_backslash_it_would_not_be(self) -> None:
        assert rendered(HOSTILE[3], linkify=True).count("<a ") == 5
        assert "<script>" in rendered(HOSTILE[0]) and "<h1>" in rendered(HOSTILE[4])

    @pytest.mark.parametrize("text", HOSTILE)
    def test_also_in_a_heading_and_behind_a_mark(self, text: str) -> None:
        page = Page(rendered(f"### x: {escaped(line(text))}\n\n**{escaped(line(text))}:** x\n"))
        assert {tag for tag, _ in page.tags} == {"h3", "p", "strong"}
        assert page.texts["h3"] == [f"x: {line(text)}"]
        assert page.texts["strong"] == [f"{line(text)}:"]

    def test_a_hostile_table_keeps_its_shape(self) -> None:
        page = Page(rendered(content(hostile(), "chronology-md").decode()))
        tags = [tag for tag, _ in page.tags]
        assert tags.count("h1") == 1 and tags.count("h3") == len(HELD)
        assert page.texts["h1"] == ["Chronology of <b>&amp;*x*\ufffd.csv"]
        assert not {"script", "img", "code", "table", "blockquote", "b"} & set(tags)
        assert tags.count("em") == 1  # the remark
        links = [link for link in page.all("a", "href") if not link.startswith("#")]
        assert links == []

    def test_footnotes_are_real(self) -> None:
        page = Page(rendered(content(arland(), "chronology-md").decode()))
        classes = [str(attributes.get("class")) for _, attributes in page.tags]
        assert classes.count("footnote-ref") == classes.count("footnote-item") == 7
        assert "The gazette of the year" in page.text

    def test_links_lead_to_the_original(self) -> None:
        row = {
            "id": "a",
            "date": "2014",
            "url": "https://lio.example/?a=1&copy=2&lt;=3*_[x](y)",
            "passage": "one & two … three-four",
        }
        page = Page(rendered(content(make_dataset([row]), "chronology-md").decode()))
        (link,) = (link for link in page.all("a", "href") if link.startswith("http"))
        assert link.startswith("https://lio.example/?a=1&copy=2&lt;=3*_")
        assert link.endswith("#:~:text=one%20%26%20two,three%2Dfour")


class TestPage:
    def test_it_stands_alone_without_scripts(self) -> None:
        page = content(arland(), "chronology-html").decode()
        assert "default-src 'none'" in page and "<script" not in page
        assert not re.search(r"<(link|img|iframe)\b", page)
        assert '<html lang="en">' in page and "@page{size:A4" in page

    def test_headings_go_down_one_by_one(self) -> None:
        page = Page(content(arland(), "chronology-html").decode())
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.texts["h2"] == ["Events", "Undated", "Notes", "Documents"]
        assert page.open == []

    def test_notes_and_their_places_are_linked_both_ways(self) -> None:
        page = Page(content(arland(), "chronology-html").decode())
        inside = [link[1:] for link in page.all("a", "href") if link.startswith("#")]
        ids = [str(attributes["id"]) for _, attributes in page.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert sorted(inside) == sorted(f"{kind}-{n}" for n in range(1, 8) for kind in ("note", "ref"))
        assert set(inside) <= set(ids)

    def test_hostile_text_is_text(self) -> None:
        page = Page(content(hostile(), "chronology-html").decode())
        known = (
            "html head meta title style body header main section article h1 h2 h3 dl dt dd p span bdi sup a ol ul li"
        )
        assert {tag for tag, _ in page.tags} <= set(known.split())
        for text in HELD:
            assert line(text) in page.texts["bdi"]
        assert all(link.startswith("#") for link in page.all("a", "href"))
        assert page.all("bdi", "dir") == ["auto"] * len(page.texts["bdi"])

    def test_an_empty_selection_says_so(self) -> None:
        page = content(arland(), "chronology-html", Query(words="nowhere")).decode()
        assert "No event matches." in page and "Notes" not in Page(page).texts.get("h2", [])


class TestWord:
    def read(self, dataset: Dataset, query: Query | None = None) -> Any:
        return Document(io.BytesIO(content(dataset, "chronology-docx", query)))

    def notes_part(self, document: Any) -> Any:
        (part,) = (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes"))
        return part

    def notes(self, document: Any) -> Any:
        return etree.fromstring(self.notes_part(document).blob)

    def test_headings_and_text(self) -> None:
        document = self.read(arland())
        styles = [paragraph.style.name for paragraph in document.paragraphs]
        assert styles.count("Title") == 1 and styles.count("Heading 2") == 6
        headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert headings == ["Events", "Undated", "Documents"]
        assert "5 September 2014: What happened: truce" in [p.text for p in document.paragraphs]
        assert document.core_properties.title == "Chronology of events.csv"
        assert document.core_properties.created == document.core_properties.modified == LOOK.made

    def test_every_number_has_its_note_at_the_foot_of_the_page(self) -> None:
        document = self.read(arland())
        numbers = [mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:footnoteReference"))]
        assert numbers == [str(n) for n in range(1, 8)], "in the order in which a word processor counts them"
        notes = {note.get(qn("w:id")): note for note in self.notes(document).iter(qn("w:footnote"))}
        assert {number for number, note in notes.items() if not note.get(qn("w:type"))} == set(numbers)
        told = chronology(arland())
        for note in told.notes:
            text = "".join(part.text or "" for part in notes[str(note.number)].iter(qn("w:t")))
            assert note.reference in text and note.passage in text
            assert len(list(notes[str(note.number)].iter(qn("w:footnoteRef")))) == 1

    def test_links_are_real_and_only_of_the_web(self) -> None:
        document = self.read(make_dataset(DISAGREEING, documents=ARLAND_DOCUMENTS))
        part, notes = self.notes_part(document), self.notes(document)
        outside = {id: rel.target_ref for id, rel in part.rels.items() if rel.is_external}
        assert list(outside.values()) == ["https://gazette.example/1#:~:text=On%20Saturday,was%20held"]
        (linked,) = notes.iter(qn("w:hyperlink"))
        assert linked.get(qn("r:id")) in outside and "".join(linked.itertext()) == "Original"
        assert "javascript:alert(1)" in "".join(notes.itertext())

    def test_hostile_text_is_text(self) -> None:
        document = self.read(hostile())
        texts = [p.text for p in document.paragraphs]
        for text in HELD:
            assert f"Some time in 2014: {line(text)}".rstrip() in [each.rstrip() for each in texts]
        for part in (document.part, self.notes_part(document)):
            assert not [rel for rel in part.rels.values() if rel.is_external]

    def test_right_to_left_is_marked(self) -> None:
        document = self.read(make_dataset([{"id": "a", "date": "2014", "summary": "שלום עולם"}]))
        (paragraph,) = (p for p in document.paragraphs if p.text.startswith("שלום"))
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert paragraph.runs[0].font.rtl

    def test_an_empty_selection_says_so(self) -> None:
        document = self.read(arland(), Query(words="nowhere"))
        assert "No event matches." in [p.text for p in document.paragraphs]
        assert not [rel for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")]

    def test_one_time_for_all_that_is_packed(self) -> None:
        packed = zipfile.ZipFile(io.BytesIO(content(arland(), "chronology-docx")))
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 11, 24, 18, 30, 0)}

    def test_addresses_that_a_word_processor_would_choke_on(self) -> None:
        assert writable("https://a.example/x{y}|z") == "https://a.example/x%7By%7D%7Cz"
        assert writable("https://a.example/x#:~:text=" + "y" * 3000) == "https://a.example/x"
        assert writable("https://a.example/" + "x" * 3000) is None
        assert writable("https://a..example/") is None and writable("https://a!b/") is None

    def test_more_than_any_word_processor_opens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("timeline.export.word.MOST", 3)
        with pytest.raises(CannotExport, match=r"6 events is too long .*at most 3"):
            content(arland(), "chronology-docx")


class TestPdf:
    def test_without_the_extra_one_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "choreographer", None)
        with pytest.raises(CannotExport, match=r"^A PDF needs kaleido: pip install .*images.*needs neither\.$"):
            content(arland(), "chronology-pdf")

    def test_without_chrome_one_sentence(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nowhere"))
        with pytest.raises(CannotExport, match=r"^A PDF needs Chrome or Chromium.*needs neither\.$"):
            write(arland(), Query(), tmp_path / "a.chronology.pdf")
        assert list(tmp_path.iterdir()) == []

    @needs_chromium
    def test_title_pages_links_and_the_same_bytes(self) -> None:
        dataset = make_dataset(DISAGREEING, documents=ARLAND_DOCUMENTS)
        made = content(dataset, "chronology-pdf")
        assert made == content(dataset, "chronology-pdf")
        reader = PdfReader(io.BytesIO(made))
        assert reader.metadata is not None
        assert reader.metadata.title == "Chronology of events.csv"
        assert reader.metadata.creation_date == LOOK.made
        text = reader.pages[0].extract_text()
        assert "Dated 1 March 2014 (Arland Gazette); some time in May 2014 (Lio Post)." in text
        assert f"1 / {len(reader.pages)}" in text
        width, height = (round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:])
        assert (width, height) == (210, 297)
        notes = [note.get_object() for page in reader.pages for note in page["/Annots"]]  # type: ignore[attr-defined]
        addresses = [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]
        assert addresses == ["https://gazette.example/1#:~:text=On%20Saturday,was%20held"]
        assert len(notes) - len(addresses) == 4

    @needs_chromium
    def test_hostile_text_and_an_empty_selection(self) -> None:
        text = PdfReader(io.BytesIO(content(hostile(), "chronology-pdf"))).pages[0].extract_text()
        assert "<script>window.PWN=1</script>" in text.replace("\n", "")
        empty = PdfReader(io.BytesIO(content(arland(), "chronology-pdf", Query(words="nowhere"))))
        assert "No event matches." in empty.pages[0].extract_text()


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.md", NAMES[0]), ("a.chronology.html", NAMES[1]), ("a.docx", NAMES[2]), ("A.Chronology.PDF", NAMES[3]),
     ("chronology.html", "html"), ("a.pdf", "pdf")],
)  # fmt: skip
def test_the_longest_end_tells_the_format(file: str, name: str) -> None:
    form = format_of(file)
    assert form is not None and form.name == name


@pytest.mark.parametrize("name", NAMES[:3])
def test_same_input_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    form = next(form for form in FORMATS if form.name == name)
    made = []
    for file in ("one", "two"):
        write(arland(), Query(), tmp_path / file, form=form)
        made.append((tmp_path / file).read_bytes())
        os.utime(tmp_path / file, (0, 0))
    assert made[0] == made[1]
    if name != "chronology-docx":
        assert "2 January 1970, 00:00 UTC" in made[0].decode().replace("\\", "")


def test_five_thousand_rows_take_seconds(tmp_path: Path) -> None:
    rows = [
        f"{1900 + n % 120}-0{1 + n % 9},Event {n},What was said.,Lio Post,https://lio.example/{n}" for n in range(5_000)
    ]
    dataset = load_text("\n".join(("date,title,summary,source,url", *rows)), tmp_path)
    for name in NAMES[:3]:
        began = time.monotonic()
        made = content(dataset, name)
        assert time.monotonic() - began < 20  # some 2 seconds, and room for a busy machine
        assert len(made) > 100_000
    told = chronology(dataset)
    assert len(told.notes) == 5_000
    assert to_page(told).count(b"<article>") == to_markdown(told).count(b"\n### ") == 5_000
