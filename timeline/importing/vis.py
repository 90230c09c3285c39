"""vis-timeline JSON: a list of items, or `{"items": [...], "groups": [...]}`.

In: the JSON value. Out: drafts of events and of actors, and in the report what they do not hold. Must not know: files.

Decided: a group is an actor, for groups are the people, rooms or resources whose items stand in one row; nested groups
are part of the outer one. The tooltip (`title`) is the summary. An end is kept as it is written, though vis draws up to
its beginning; only where `words` beside it tell exactly the time that is drawn, they are the date: so our own exports
come back. Fields `actors`, `category` and `status` are ours. Backgrounds are no events.
"""

from __future__ import annotations

from typing import Any

from timeline.importing.dates import as_drawn, of_instant, ranges
from timeline.importing.parsing import CannotImport
from timeline.importing.plain import plain
from timeline.importing.report import Report
from timeline.importing.rows import actor_name
from timeline.importing.sheets import Draft
from timeline.importing.values import is_blank, line_of, text_of
from timeline.table.actors import circles

_READ = ("id", "content", "start", "end", "group", "title", "type")
_DRAWING = ("style", "align", "editable", "selectable", "limitSize", "subgroupStack", "subgroupOrder")
_OURS = ("category", "status")
_IN_GROUP = ("id", "content", "nestedGroups")


def read_vis(value: Any, report: Report) -> tuple[list[Draft], list[Draft]]:
    """The items in their order, and the groups."""
    items = value.get("items") if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise CannotImport("a timeline of vis is a list of items, or an object with a list 'items'", "Write it so")
    beside = value if isinstance(value, dict) else {}
    for name, held in beside.items():
        if name not in ("items", "groups") and not is_blank(held):
            report.lose(f"field '{name[:60]}' beside the items")
    groups = beside.get("groups")
    if groups is not None and not isinstance(groups, list):
        report.lose("field 'groups' that is no list")
    names, actors = _groups(groups if isinstance(groups, list) else [], report)
    drafts: list[Draft] = []
    dates: list[tuple[str, str]] = []
    for number, item in enumerate(items, 1):
        place = f"item {number}"
        if not isinstance(item, dict):
            report.leave_out(place, "it is no object")
        elif line_of(item.get("type")) == "background":
            report.lose("background span")
        else:
            drafts.append(_draft(item, place, names, report))
            dates.append((_instant(item.get("start"), report), _instant(item.get("end"), report)))
    settled, days = ranges(dates)
    report.midnights(days)
    for draft, pair, date in zip(drafts, dates, settled, strict=True):
        exact = as_drawn(*pair, draft.extras.get("words", ""))
        draft.cells["date"] = exact or date
        if exact:
            del draft.extras["words"]
    return drafts, actors


def _instant(value: Any, report: Report) -> str:
    made, cut = of_instant(value)
    report.lose("part of a second", cut, "parts of a second")
    return made


def _draft(item: dict[str, Any], place: str, names: dict[str, str], report: Report) -> Draft:
    draft = Draft(place, {"id": line_of(item.get("id"))})
    content, tooltip = plain(text_of(item.get("content"))), plain(text_of(item.get("title")))
    draft.cells |= {"title": content.text, "summary": tooltip.text if tooltip.text != content.text else ""}
    links = list(dict.fromkeys((*content.links, *tooltip.links)))
    report.lose("link that is not http or https", content.refused + tooltip.refused, "links that are not http or https")
    report.lose("picture in a text", content.pictures + tooltip.pictures, "pictures in texts")
    if links:
        draft.cells["url"] = links.pop(0)
    if links:
        draft.extras["other links"] = " ".join(links)
    group, cast = line_of(item.get("group")), item.get("actors")
    if isinstance(cast, list) and cast:
        draft.actors += map(line_of, cast)
    elif group:
        draft.actors.append(names.get(group) or plain(group).text)
    for name in _OURS:
        draft.cells[name] = line_of(item.get(name))
    for name, held in item.items():
        if is_blank(held) or name in _OURS or (name in _READ and name != "type"):
            continue
        if name == "actors" and isinstance(held, list):
            continue
        if name == "type" or name in _DRAWING:
            report.lose("instruction on drawing", many="instructions on drawing")
        else:
            draft.extras.setdefault(name, text_of(held))
    return draft


def _groups(groups: list[Any], report: Report) -> tuple[dict[str, str], list[Draft]]:
    """The name of each group by its id, and the groups as actors, with what they are part of."""
    names: dict[str, str] = {}
    nested: list[tuple[str, list[Any]]] = []
    taken: set[str] = set()
    for number, group in enumerate(groups, 1):
        id = line_of(group.get("id")) if isinstance(group, dict) else ""
        if not isinstance(group, dict) or not id or id in names:
            why = "it is no object" if not isinstance(group, dict) else "its id stands twice" if id else "it has no id"
            report.leave_out(f"group {number}", why)
            continue
        name = actor_name(plain(text_of(group.get("content"))).text or id, report) or id
        name = f"{name} ({actor_name(id, report)})" if name in taken else name
        while name in taken:
            name += "'"
        taken.add(name)
        names[id] = name
        inner = group.get("nestedGroups")
        if isinstance(inner, list):
            nested.append((name, inner))
        for field, held in group.items():
            if field not in _IN_GROUP and not is_blank(held):
                report.lose(f"field '{field[:60]}' of a group", many=f"fields '{field[:60]}' of groups")
    parents = _parents(nested, names, report)
    return names, [Draft(id, {"name": name, "part_of": parents.get(name, "")}) for id, name in names.items()]


def _parents(nested: list[tuple[str, list[Any]]], names: dict[str, str], report: Report) -> dict[str, str]:
    """What each group is part of: one other group, never itself by way of others."""
    parents: dict[str, str] = {}
    for outer, inner in nested:
        for id in map(line_of, inner):
            if id in names and names[id] not in parents and names[id] != outer:
                parents[names[id]] = outer
            else:
                report.lose("nesting of a group that is not there, or is nested already",
                            many="nestings of groups that are not there, or are nested already")  # fmt: skip
    for circle in circles(parents):
        del parents[circle[0]]
        report.lose("nesting of groups in a circle", many="nestings of groups in a circle")
    return parents
