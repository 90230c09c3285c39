"""The glances that let most tables pass unlooked at: with them and without them a table reads the same."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_checking import ACTORS, DOCUMENTS
from timeline.table import Dataset, Raw, build, cells, checking, passages
from timeline.table.schema import EVENTS, names

ODD = (
    "", " ", "x", " x", "x ", "\u00a0x", "x\u200b", "=1+1", "-", "-5", "+a", "'=x", "'x", "@b", "a\nb", "\nb", "b\n",
    "a\tb", "\x00", "\x07x", "Ã¼", "\ufffd", "a, b", '"q"', "é", "\u202ex", "🚀", "x" * 30,
)  # fmt: skip
GOOD = {
    "id": ("a", "b-1", "c", "A b", "a"),
    "event": ("", "e", "E f"),
    "date": ("2014", "2014-02-30", "", "2014-02/2015"),
    "title": ("A title", "T"),
    "summary": ("A summary.", ""),
    "actors": ("Arland", "Arland; Port Lio", "Nobody", "A. Moor", "Arland;;Arland", ""),
    "category": ("protest", "Protest", ""),
    "status": ("reported", "planned", "odd"),
    "speaker": ("", "Ada Moor", "Moor", "Nobody"),
    "document": ("courier-1", "courier-2", ""),
    "locator": ("para. 4", "p. 3", "para 4", ""),
    "passage": (
        "At noon the cranes … until the evening", "At noon", "one two three", "a … b … c", "a b ... c d", "… c d e",
        "1 2 3 4 5 6 7 8 9 … b c", "a b – … c", "a b [...] c d", "a  b … c d", "",
    ),
}  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names(EVENTS))
    for number in range(draw(st.integers(0, 5))):
        plain = draw(st.booleans())
        row = []
        for name in names(EVENTS):
            cell = draw(st.sampled_from(GOOD[name] if plain else (*GOOD[name], *ODD)))
            row.append(f"{cell}{number}" if name == "id" and draw(st.booleans()) else cell)
        writer.writerow(row)
    return out.getvalue()


def read(text: str) -> Dataset:
    events = Raw("events.csv", text.encode("utf-8", "surrogatepass"))
    return build(events, Raw("documents.csv", DOCUMENTS.encode()), Raw("actors.csv", ACTORS.encode()))


@given(tables())
@settings(max_examples=250, deadline=None)
def test_a_table_reads_the_same_without_them(text):
    quick = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_UNUSUAL", re.compile(""))
        patch.setattr(checking, "_all_well", lambda *_: False)
        patch.setattr(passages, "_WELL_MADE", re.compile("(?!)"))
        slow = read(text)
    assert quick.problems == slow.problems
    assert quick.mentions.equals(slow.mentions)
    assert quick.mention_actors.equals(slow.mention_actors)
    assert quick.events.equals(slow.events)


@pytest.mark.parametrize("cell", ODD)
def test_an_odd_cell_is_looked_at_wherever_it_stands(cell):
    for place in range(3):
        row = ["x", "y", "z"]
        row[place] = cell
        told = "\n".join(("", *row, ""))
        looked_at = told.count("\n") != 4 or bool(cells._UNUSUAL.search(told))
        assert looked_at or cell in ("", "x", "é", "a, b", '"q"', "🚀", "x" * 30, "a\tb")
