"""The card: one mention with its citation, the passage in its context, and the other mentions of the event.

Comes in: a Dataset, a Library, a Query and the id of a mention (or of an event). Leaves: Dash components, all text as
text. Must not know how a passage is found.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from dash import dcc, html

from timeline.documents import Bearing, Citation, Library, Text, bear, context, dates_in, original, resolve
from timeline.documents.reference import reference
from timeline.query import Query, engine_for, excerpt, to_search
from timeline.table import Dataset, When, read_date

STATUS_WORDS = {
    "reported": "Reported: the document states it as having happened",
    "contested": "Contested: an accusation, a motive, a figure, or told otherwise elsewhere",
    "planned": "Planned: still ahead when the document was written",
}
FOUND_WORDS = {
    "exact": "The cited words stand in the text as they are cited.",
    "folded": "The cited words stand in the text; quotes, dashes or spaces differ.",
    "ambiguous": "The cited words stand in the text more than once.",
    "missing": "The cited words were not found in the text.",
}


def date_words(bearing: Bearing | None) -> str:
    """How the text tells the row's date, in a sentence; "" when nothing could be compared."""
    if bearing is None:
        return ""
    quote, value = f"“{bearing.quote}”", read_date(bearing.value) if bearing.value else None
    meant = f", which means {value.words}" if isinstance(value, When) and value.words != bearing.quote else ""
    near = f"{bearing.locator} nearby does: {quote}{meant}" if bearing.locator else "the day the document appeared does"
    return {
        "same": f"The passage dates it: {quote}.",
        "relative": f"The passage dates it: {quote}{meant}.",
        "coarser": f"The passage is more precise than the date of this row: {quote}{meant}.",
        "inherited": f"The passage itself does not date it; {near}.",
        "differs": "Neither the passage nor what stands nearby tells this date.",
    }[bearing.verdict]


def find_mention(dataset: Dataset, wanted: str) -> pd.Series | None:
    """The mention with this id, else the representative of the event with this slug, else None."""
    mentions = dataset.mentions
    hits = mentions[mentions["id"] == wanted]
    if hits.empty:
        events = dataset.events
        ids = events[events["event"] == wanted]["id"]
        hits = mentions[mentions["id"].isin(ids)]
    return None if hits.empty else hits.iloc[0]


def citation_text(mention: pd.Series, document: dict[str, str]) -> str:
    """The citation as one line of plain text, for pasting into a note."""
    line = reference(document, mention["document"], mention["locator"])
    quote = f": “{mention['passage']}”" if mention["passage"] else ""
    link = document.get("url") or mention["url"]
    return f"{line}{quote}." + (f" {link}" if link else "")


def _document(dataset: Dataset, name: str) -> dict[str, str]:
    rows = dataset.documents[dataset.documents["id"] == name]
    return {} if rows.empty else {str(key): str(value) for key, value in rows.iloc[0].items()}


def _passage(citation: Citation, text: Text | None, mention: pd.Series, reason: str) -> list[Any]:
    if text is not None and citation.kind in ("exact", "folded", "fuzzy"):
        paragraphs: dict[int, list[Any]] = {}
        for piece in context(text, citation):
            words = html.Mark(piece.text) if piece.cited else piece.text
            paragraphs.setdefault(piece.paragraph, []).append(words)
        found = FOUND_WORDS.get(citation.kind)
        if citation.kind == "fuzzy":
            found = f"Similar words stand in the text (likeness {citation.score:.0%}); they are not the cited ones."
        blocks: list[Any] = [html.P(children, dir="auto") for children in paragraphs.values()]
        return [
            html.Blockquote(blocks, className="passage", tabIndex=0, **{"aria-label": "Passage in its context"}),
            html.P([found, f" {citation.note}" if citation.note else ""], className=f"found {citation.kind}"),
        ]
    quote = mention["passage"]
    blocks = [html.Blockquote(html.P(quote, dir="auto"), className="passage")] if quote else []
    if citation.kind == "no text":
        words = f"First and last words of the passage. {reason}" if quote else reason
    else:
        words = f"{FOUND_WORDS.get(citation.kind, '')} {citation.note or ''}"
    return [*blocks, html.P(words.strip(), className=f"found {citation.kind.replace(' ', '-')}")]


def _cite(dataset: Dataset, library: Library, mention: pd.Series) -> Any:
    document = _document(dataset, mention["document"])
    name = document.get("file", "")
    got = library.text(name) if name else None
    text = got if isinstance(got, Text) else None
    reason = "The text of the document is not at hand."
    if got is not None and not isinstance(got, Text):
        reason = got.reason
    citation = resolve(text, mention["locator"], mention["passage"])
    dated = date_words(_bearing(text, citation, mention, document))
    link = original(document.get("url") or mention["url"], mention["locator"], mention["passage"])
    facts = [
        document.get("source") or mention["source"],
        document.get("author", ""),
        document.get("published_words", ""),
        mention["locator"],
    ]
    actions: list[Any] = []
    if link:
        actions.append(
            html.A("Open the original", href=link, target="_blank", rel="noopener noreferrer", className="tool")
        )
    actions.append(
        html.Button("Copy citation", type="button", className="tool", **{"data-copy": citation_text(mention, document)})
    )
    return html.Section(
        [
            html.H3("Citation"),
            html.P(document.get("title") or mention["document"] or "No document named", className="cited-title"),
            html.P(" · ".join(dict.fromkeys(fact for fact in facts if fact)), className="cited-facts"),
            *_passage(citation, text, mention, reason),
            *([html.P(dated, className="dated")] if dated else []),
            html.Div(actions, className="actions"),
        ],
        className="citation",
    )


def _bearing(text: Text | None, citation: Citation, mention: pd.Series, document: dict[str, str]) -> Bearing | None:
    when = read_date(mention["edtf"]) if mention["edtf"] else None
    if text is None or not isinstance(when, When):
        return None
    published = read_date(document.get("published", "")) if document.get("published") else None
    appeared = published if isinstance(published, When) else None
    dates = dates_in(text, appeared, document.get("language", ""))
    return bear(when, citation, dates, appeared, pages=text.pages)


def _facts(dataset: Dataset, query: Query, mention: pd.Series) -> Any:
    rows: list[tuple[str, Any]] = []
    if mention["status"]:
        rows.append(("Status", STATUS_WORDS.get(mention["status"], mention["status"])))
    if mention["speaker"]:
        rows.append(("Stated by", html.Span(mention["speaker"], dir="auto")))
    actors = dataset.mention_actors
    names = list(actors[actors["mention"] == mention["mention"]]["actor"])
    if names:
        links = [
            dcc.Link(
                name,
                href=to_search(replace(query, actors=(name,), event=mention["id"])) or "?",
                className="chip",
                title=f"Show only events with {name}",
            )
            for name in names
        ]
        rows.append(("Actors", html.Span(links, className="chips")))
    if mention["category"]:
        rows.append(("Category", mention["category"]))
    for column in dataset.extras:
        value = mention[f"extra:{column}"]
        if value:
            rows.append((column, html.Span(value, dir="auto")))
    return html.Dl([part for term, value in rows for part in (html.Dt(term), html.Dd(value))])


def _others(dataset: Dataset, mention: pd.Series) -> list[Any]:
    mentions = dataset.mentions
    rest = mentions[(mentions["event"] == mention["event"]) & (mentions["id"] != mention["id"])]
    if rest.empty:
        return []
    items = [
        html.Li(
            html.Button(
                [
                    html.Strong(row["words"]),
                    html.Span(f"{row['source'] or row['document']}, {row['locator']}".strip(", ")),
                    html.Span(row["title"]),
                ],
                type="button",
                className="row-button",
                **{"data-id": row["id"]},
            )
        )
        for _, row in rest.iterrows()
    ]
    words = "1 other mention of this event" if len(rest) == 1 else f"{len(rest)} other mentions of this event"
    return [html.Section([html.H3(words), html.Ul(items, className="plain")])]


def _neighbours(dataset: Dataset, query: Query, number: int) -> Any:
    ids = engine_for(dataset).beside(query, number)
    buttons = [
        html.Button(words, type="button", className="tool", disabled=not id, **({"data-id": id} if id else {}))
        for words, id in zip(("Previous event", "Next event"), ids, strict=True)
    ]
    return html.Nav(buttons, className="neighbours", **{"aria-label": "Neighbouring events"})


def card(dataset: Dataset, library: Library, query: Query, wanted: str) -> list[Any]:
    """The whole card, or a sentence when there is no such mention."""
    close = html.Button("Close", type="button", className="tool", **{"data-do": "close-card"})
    number = engine_for(dataset).find(wanted)
    story = excerpt(dataset, np.array([number])) if number >= 0 else dataset
    mention = find_mention(story, wanted) if number >= 0 else None
    if mention is None:
        heading = html.H2("No such event", tabIndex=-1, **{"data-for": wanted})
        return [
            html.Div([heading, close], className="panel-head"),
            html.P(f"The table has no row with the id “{wanted[:80]}”."),
        ]
    written = mention["date"]
    when: list[Any] = [html.Strong(mention["words"][:1].upper() + mention["words"][1:])]
    if written:
        when += [" ", html.Small(["written ", html.Code(written)])]
    return [
        html.Div(
            [html.H2(mention["title"], tabIndex=-1, dir="auto", **{"data-for": wanted}), close],
            className="panel-head",
        ),
        html.P(when, className="when"),
        html.P(mention["summary"], className="summary", dir="auto"),
        _facts(story, query, mention),
        _cite(dataset, library, mention),
        *_others(story, mention),
        _neighbours(dataset, query, number),
    ]
