"""TimelineJS JSON: `{"events": [{"start_date": {"year": 1990}, "text": {"headline": ...}, ...}]}`.

In: the JSON value. Out: drafts of events, and in the report what they do not hold. Must not know: files.

Decided: `group` is the category (TimelineJS draws events of one group in one row, whatever they have in common);
`media.credit` is the source, the address of the medium the url. Eras and the title slide are no events.
"""

from __future__ import annotations

from typing import Any

from timeline.importing.dates import PARTS, as_said, joined, of_instant, of_parts, says_the_same, sharper_words
from timeline.importing.parsing import CannotImport
from timeline.importing.plain import address, embedded, plain
from timeline.importing.report import Report
from timeline.importing.sheets import Draft
from timeline.importing.values import is_blank, line_of, text_of, whole

_READ = ("start_date", "end_date", "text", "media", "group", "display_date", "background", "unique_id", "autolink")
_IN_DATE = (*PARTS, "millisecond", "display_date", "format", "format_short")
_IN_MEDIA = ("url", "caption", "credit", "thumbnail", "alt", "title", "link", "link_target")


def read_timelinejs(value: Any, report: Report) -> list[Draft]:
    """The events, in their order."""
    if not isinstance(value, dict) or not isinstance(value.get("events"), list):
        raise CannotImport("a timeline of TimelineJS is an object with a list 'events'", "Export it again as JSON")
    drafts = []
    for number, event in enumerate(value["events"], 1):
        place = f"event {number}"
        if isinstance(event, dict):
            drafts.append(_draft(event, place, report))
        else:
            report.leave_out(place, "it is no object")
    _beside(value, report)
    return drafts


def _beside(value: dict[str, Any], report: Report) -> None:
    """What a timeline holds beside its events."""
    eras = value.get("eras")
    if isinstance(eras, list):
        report.lose("era", len(eras))
    elif not is_blank(eras):
        report.lose("era")
    title = value.get("title")
    if not is_blank(title):
        words = title.get("text") if isinstance(title, dict) else title
        headline = _slide_text(words, Report())[0]
        report.lose(f"title slide ('{headline[:80]}')" if headline else "title slide")
    for name, held in value.items():
        if name not in ("events", "eras", "title", "scale") and not is_blank(held):
            report.lose(f"field '{name[:60]}' beside the events")


def _draft(event: dict[str, Any], place: str, report: Report) -> Draft:
    draft = Draft(place, {"id": line_of(event.get("unique_id"))})
    title, summary, links = _slide_text(event.get("text"), report)
    draft.cells |= {"title": title, "summary": summary}
    group = event.get("group")
    if not is_blank(group):
        draft.cells["category"] = plain(line_of(group)).text
    _media(event.get("media"), draft, links, report)
    if not title and not summary:  # a picture that speaks for itself
        draft.cells["title"] = draft.extras.get("media title") or draft.extras.get("media caption", "")
    if links:
        draft.cells["url"] = links.pop(0)
    if links:
        draft.extras["other links"] = " ".join(links)
    draft.cells["date"] = _date(event, draft, report)
    background = event.get("background")
    if isinstance(background, dict):
        report.lose("background colour", not is_blank(background.get("color") or background.get("colour")))
        report.lose("background picture", not is_blank(background.get("url")))
    elif not is_blank(background):
        report.lose("background")
    for name, held in event.items():
        if name not in _READ and not is_blank(held):
            draft.extras.setdefault(name, text_of(held))
    return draft


def _slide_text(text: Any, report: Report) -> tuple[str, str, list[str]]:
    """Headline and text of a slide, plain, and the links in them."""
    parts = text if isinstance(text, dict) else {"text": text}
    found = [plain(text_of(parts.get(name))) for name in ("headline", "text")]
    for one in found:
        report.lose("link that is not http or https", one.refused, "links that are not http or https")
        report.lose("picture in a text", one.pictures, "pictures in texts")
    for name, held in parts.items():
        if name not in ("headline", "text") and not is_blank(held):
            report.lose(f"field '{name[:60]}' of a text", many=f"fields '{name[:60]}' of texts")
    return found[0].text, found[1].text, list(dict.fromkeys((*found[0].links, *found[1].links)))


def _media(media: Any, draft: Draft, links: list[str], report: Report) -> None:
    """The medium of a slide: its credit is the source, its address comes before the links of the text."""
    if is_blank(media):
        return
    parts = media if isinstance(media, dict) else {"url": media}
    credit = plain(text_of(parts.get("credit")))
    if credit.text:
        draft.cells["source"] = credit.text
    url, link = text_of(parts.get("url")), text_of(parts.get("link"))
    shown, leads = address(url) or embedded(url), address(link)
    found = [one for one in (shown, leads) if one]
    if url and not shown:
        draft.extras["media address"] = plain(url).text or url
    for name in ("caption", "title", "alt"):
        words = plain(text_of(parts.get(name)))
        if words.text:
            draft.extras[f"media {name}"] = words.text
        found += words.links
    links[:] = dict.fromkeys((*found, *links, *credit.links))
    report.lose("thumbnail", not is_blank(parts.get("thumbnail")))
    report.lose("link of a medium that is not http or https", bool(link and leads is None),
                "links of media that are not http or https")  # fmt: skip
    for name, held in parts.items():
        if name not in _IN_MEDIA and not is_blank(held):
            draft.extras.setdefault(f"media {name}", text_of(held))


def _date(event: dict[str, Any], draft: Draft, report: Report) -> str:
    """The date of an event, as precise as its parts; `display_date` may say that it is less."""
    start, end = (_one_date(event.get(name), report) for name in ("start_date", "end_date"))
    date = joined(start, end)
    shown = [event.get("display_date"), *(held.get("display_date") for held in
             (event.get("start_date"), event.get("end_date")) if isinstance(held, dict))]  # fmt: skip
    words = list(dict.fromkeys(filter(None, (plain(text_of(one)).text for one in shown if not is_blank(one)))))
    said = sharper_words(date, words[0]) if len(words) == 1 else None
    if said is not None:
        example = f"'{words[0][:60]}' as {said}"
        report.count(
            "display dates",
            f"1 date follows its display_date: {example}.",
            f"{{}} dates follow their display_date: {example}, and so on.",
        )
        if date and as_said(date, said) is None:  # the parts only say where within it the slide stands
            draft.extras["placed at"] = date
        return said
    if words and not (len(words) == 1 and says_the_same(date, words[0])):
        draft.extras["display date"] = " – ".join(words)
    return date


def _one_date(held: Any, report: Report) -> str:
    if not isinstance(held, dict):
        made, cut = of_instant(held) if isinstance(held, str) else (line_of(held), False)
        report.lose("part of a second", cut, "parts of a second")
        return made
    parts = [held.get(name) for name in PARTS]
    report.lose("part of a second", bool(whole(held.get("millisecond"))), "parts of a second")
    first = next((place for place, part in enumerate(parts) if is_blank(part)), len(parts))
    after = 2 if first == 1 else first  # a day without its month can be said
    unused = sum(not is_blank(part) for part in parts[after + 1 :])
    if first and unused:
        report.lose("part of a date without the larger one", unused, "parts of dates without the larger one")
    report.lose("format of a date", not is_blank(held.get("format")), "formats of dates")
    for name, part in held.items():
        if name not in _IN_DATE and not is_blank(part):
            report.lose(f"field '{name[:60]}' of a date", many=f"fields '{name[:60]}' of dates")
    return of_parts(parts)
