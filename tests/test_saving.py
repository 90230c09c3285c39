"""Saving: untouched bytes stay, rows read back as they were meant, the way back is exact, nobody's rows are lost."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from timeline.table import locking, replacing, saving
from timeline.table.dataset import load
from timeline.table.records import BLANK
from timeline.table.rewriting import rewrite
from timeline.table.rows import Rows
from timeline.table.saving import CannotSave, Change, Conflict, Put, Remove, desk_folder, rewritten, save
from timeline.table.splicing import put_back

ROOT = Path(__file__).resolve().parents[1]
HEADER = b"id,date,title,summary,actors,category,status,document,locator,passage\n"
PLAIN = HEADER + b"a,2014,Dockers stop,They stopped.,Union,protest,reported,d,para. 1,\nb,2015,Back,,,,,,,\n"
SMALL = b"id,date,title\na,2014,Strike\nb,2015,Truce\n"


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(Rows(content))


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# ---- any table, any changes

_tricky = st.text(st.sampled_from("ab,;\t\"'\n\r =+-@é…\u200b\ufeff#|"), max_size=8)
_cells = _tricky | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_columns = st.sampled_from(
    [
        ("id", "date", "title"),
        ("id", "date", "title", "summary", "actors", "category", "status", "document", "locator", "passage", "mood"),
        ("ID", "When", "Headline", "Colour"),
        (" id ", "Date", "TITLE", "title", "mood"),
        ('"id"', '"date"', '"title"'),
    ]
)
_ends = st.sampled_from(["\n", "\r\n"])


def _raw(cell: str, separator: str, quoted: bool, cr: bool) -> str:
    if cr:
        cell = cell.replace("\r", " ")
    if quoted or any(sign in cell for sign in (separator, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[bytes], list[int]]:
    """A table in pieces (mark and header, then a piece a record or what stands between), and which of them are
    rows that can be read."""
    separator = draw(st.sampled_from([",", ",", ";", "\t"]))
    columns = draw(_columns)
    count = draw(st.integers(0, 6))
    cr = count > 0 and draw(st.integers(0, 9)) == 0  # a CR below a header alone is no line end
    ends = st.just("\r") if cr else draw(st.sampled_from([_ends, st.just("\n"), st.just("\r\n")]))
    first = draw(st.sampled_from(["", "", "", f"sep={separator}\n" if not cr else ""]))
    mark = draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"]))
    pieces = [mark + (first + separator.join(columns) + draw(ends)).encode()]
    rows = []
    for number in range(count):
        kind = draw(st.sampled_from(["row", "row", "row", "row", "blank", "short", "comment"]))
        if kind == "row":
            cells = [f"r{number}", *(draw(_cells) for _ in columns[1:])]
            raw = [_raw(cell, separator, draw(st.booleans()), cr) for cell in cells]
            rows.append(len(pieces))
            pieces.append(separator.join(raw).encode("utf-8", "surrogatepass") + draw(ends).encode())
        elif kind == "blank":
            pieces.append((draw(st.sampled_from(["", " ", separator * 2])) + draw(ends)).encode())
        else:
            pieces.append((("x" if kind == "short" else "# a note, and more" * 40) + draw(ends)).encode())
    if draw(st.booleans()):
        bare = pieces[-1].rstrip(b"\r\n") if not cr else pieces[-1].removesuffix(b"\r")
        if len(pieces) == 1 or bare.strip():
            pieces[-1] = bare
    return pieces, rows


def reads(cell: str, cr: bool) -> str:
    """What a saved cell reads as: no outer white space, LF as line end."""
    cell = re.sub("\r+\n", "\n", cell).strip(BLANK)
    return cell.replace("\r", "\n") if cr else cell


def _tidy(row: dict[str, str]) -> dict[str, str]:
    """A row without the CRs before line ends that only an exact way back restores."""
    return {name: reads(cell, False) for name, cell in row.items()}


class TestAnyTable:
    @settings(max_examples=150, deadline=None)
    @given(tables(), st.data())
    def test_untouched_bytes_stay_and_the_rest_reads_as_meant(
        self, table: tuple[list[bytes], list[int]], data: st.DataObject
    ) -> None:
        pieces, readable = table
        content = b"".join(pieces)
        was = Rows(content)
        assume(len(was.raw) == len(readable))  # pieces meant as notes may make a row of another shape
        model: list[dict[str, str] | None] = list(was)
        own = {row["id"]: number for number, row in enumerate(was)}
        names = [name for name in was.names if name != "id"]
        kinds = ["keep"] * len(model)
        changes: list[Change] = []
        for number in range(data.draw(st.integers(1, 4))):
            kind = data.draw(st.sampled_from(["add", "change", "remove"]))
            cells = data.draw(st.dictionaries(st.sampled_from(names), _cells, min_size=1))
            told = {name: reads(cell, was.sheet.ends_in_cr) for name, cell in cells.items()}
            there = [id for id, at in own.items() if model[at] is not None and at < len(kinds)]
            if kind == "add" or not there:
                id = f"new-{number}"
                model.append({**dict.fromkeys(was.names, ""), "id": id, **told})
                changes.append(Put(id, cells))
                continue
            id = data.draw(st.sampled_from(there))
            at = own[id]
            before = model[at]
            assert before is not None
            if kind == "change":
                model[at] = {**before, **told}
                changes.append(Put(id, cells, before))
                if model[at] != before:
                    kinds[at] = "change"
            else:
                model[at] = None
                changes.append(Remove(id, before))
                kinds[at] = "remove"
        made = rewrite(content, changes)
        assert rows_of(made.content) == [row for row in model if row is not None]
        assert put_back(made.content, made.back) is not None
        assert put_back(made.content, made.back)[0] == content  # type: ignore[index]
        again = rows_of(rewritten(made.content, made.undo))
        assert [_tidy(row) for row in again] == [_tidy(row) for row in rows_of(content)]
        self._untouched(pieces, readable, kinds, made.content)

    def _untouched(self, pieces: list[bytes], readable: list[int], kinds: list[str], new: bytes) -> None:
        """Every piece that is no row, and every row that was not touched, stands in its place byte for byte."""
        fate = dict(zip(readable, kinds, strict=True))
        pattern = b""
        for place, piece in enumerate(pieces):
            bare = piece.rstrip(b"\r\n") if place == len(pieces) - 1 else piece
            if fate.get(place, "keep") == "keep":
                pattern += re.escape(bare)
            elif fate[place] == "change":
                pattern += b".*?" + re.escape(piece[len(piece.rstrip(b"\r\n")) :])
        closed = pieces[-1].endswith((b"\n", b"\r"))
        if all(kind == "remove" for kind in kinds[-1:]) and not closed:
            return  # the line end before a removed last row goes with it
        assert re.fullmatch(pattern + b".*", new, re.DOTALL), (pattern, new)
        assert new.endswith((b"\n", b"\r")) or not closed


    @settings(max_examples=150, deadline=None)
    @given(st.text(st.sampled_from('",\n\r;ab \x00é'), max_size=40), _cells, st.booleans(), st.booleans())
    @example('a,2014,"open', "x", False, True)
    @example('a,2014,"open\nb,2015,c\nc,2016,d', 'x"', False, False)
    @example('a,"2014"x,c\nb,,', "x", False, False)
    def test_of_any_bytes_at_all_nothing_is_lost(self, body: str, cell: str, latin: bool, whole: bool) -> None:
        content = ("" if whole else "id,date,title\n").encode() + body.encode("latin-1" if latin else "utf-8")
        try:
            was = rows_of(content)
        except CannotSave:
            return
        changes: list[Change] = [Put("new-row", {"title": cell})]
        if was:
            row = was[len(was) // 2]
            changes += [Remove(row.get("id", ""), row), Put(row.get("id", ""), {"title": cell}, row)]
        for change in changes:
            try:
                made = rewrite(content, [change])
            except (CannotSave, Conflict):
                continue
            now = rows_of(made.content)
            gone = [row for row in was if was.count(row) > now.count(row)]
            come = [row for row in now if now.count(row) > was.count(row)]
            assert abs(len(now) - len(was)) <= 1 and len(gone) <= 1 and len(come) <= 1
            assert not come or come[0].get("title") == reads(cell, Rows(content).sheet.ends_in_cr)
            assert not gone or gone[0].get("id", "") == change.id
            assert put_back(made.content, made.back)[0] == content  # type: ignore[index]


class TestTheFilesOwnManner:
    @pytest.mark.parametrize(
        ("content", "made"),
        [
            (SMALL, b"c,2016,Fair\n"),
            (SMALL.replace(b"\n", b"\r\n"), b"c,2016,Fair\r\n"),
            (SMALL.replace(b",", b";"), b"c;2016;Fair\n"),
            (SMALL.replace(b",", b"\t"), b"c\t2016\tFair\n"),
            (SMALL.replace(b"\n", b"\r"), b"c,2016,Fair\r"),
            (b"\xef\xbb\xbf" + SMALL, b"c,2016,Fair\n"),
            (b"sep=;\n" + SMALL.replace(b",", b";"), b"c;2016;Fair\n"),
            (b'"id","date","title"\n"a","2014","Strike"\n', b'"c","2016","Fair"\n'),
            (b"id,date,title,mood\na,2014,Strike,grim\n", b"c,2016,Fair,\n"),
            (SMALL.removesuffix(b"\n"), b"\nc,2016,Fair"),
            (SMALL + b"\n,,\n", b"c,2016,Fair\n"),
            (b"id,date,title", b"\nc,2016,Fair"),
            (b"Title,ID,When\nStrike,a,2014\n", b"Fair,c,2016\n"),
        ],
    )
    def test_a_new_row_is_written_like_the_others(self, content: bytes, made: bytes) -> None:
        assert rewritten(content, [Put("c", {"date": "2016", "title": "Fair"})]) == content + made

    def test_most_line_ends_decide(self) -> None:
        mixed = b"id,date,title\r\na,2014,x\r\nb,2015,y\n"
        assert rewritten(mixed, [Put("c", {"title": "z"})]) == mixed + b"c,,z\r\n"

    @pytest.mark.parametrize(
        ("cell", "raw"),
        [
            ("a, b", b'"a, b"'),
            ('say "no"', b'"say ""no"""'),
            ("two\nlines", b'"two\nlines"'),
            ("two\r\nlines", b'"two\nlines"'),
            ("lone\rCR", b'"lone\rCR"'),
            ("=1+1", b"'=1+1"),
            ("'=1+1", b"''=1+1"),
            ("'tis", b"'tis"),
            ("-0043-03-15", b"-0043-03-15"),
            ("  trimmed \u200b", b"trimmed"),
            ("a;b", b"a;b"),
            ("№ 5 — « »", "№ 5 — « »".encode()),
        ],
    )
    def test_a_cell_reads_back(self, cell: str, raw: bytes, tmp_path: Path) -> None:
        made = rewritten(SMALL, [Put("c", {"date": "2016", "title": cell})])
        assert made == SMALL + b"c,2016," + raw + b"\n"
        assert rows_of(made)[-1]["title"] == reads(cell, False)
        (tmp_path / "t.csv").write_bytes(made)
        assert load(tmp_path / "t.csv").mentions["title"].iloc[-1] == reads(cell, False)

    def test_cells_of_a_changed_row_that_stay_keep_their_own_writing(self) -> None:
        content = b'id,date,title,mood\n"a", 2014 ,"Strike, again",\'=x\nb,,,\n'
        before = {"title": "Strike, again", "date": "2014"}
        made = rewritten(content, [Put("a", {"title": "Strike", "date": "2014"}, before)])
        assert made == b"id,date,title,mood\n\"a\", 2014 ,Strike,'=x\nb,,,\n"

    def test_rows_in_error_stay(self) -> None:
        content = b"id,date,title\nshort,2014\na,2014,Strike\nlong,2014,x,y\n# note\n\n"
        made = rewritten(content, [Put("a", {"title": "Truce"}, {"title": "Strike"})])
        assert made == content.replace(b"Strike", b"Truce")

    def test_a_row_is_added_before_a_quotation_mark_that_nobody_closed(self) -> None:
        content = b'id,date,title\na,2014,Strike\nb,2015,"open\n'
        made = rewritten(content, [Put("c", {"title": "Fair"})])
        assert made == b'id,date,title\na,2014,Strike\nc,,Fair\nb,2015,"open\n'

    def test_a_removed_row_comes_back_to_its_place_after_others_were_added(self) -> None:
        made = rewrite(PLAIN, [Remove("a", rows_of(PLAIN)[0])])
        later = rewritten(made.content, [Put("z", {"title": "Later"})])
        assert put_back(later, made.back) is None
        assert [row["id"] for row in rows_of(rewritten(later, made.undo))] == ["a", "b", "z"]

    def test_headers_that_strangers_use_are_understood(self) -> None:
        content = b"Headline,When,Colour\nStrike at the docks,2014,red\n"
        shown = "strike-at-the-docks"
        made = rewritten(content, [Put(shown, {"title": "Truce", "Colour": "blue"}, {"title": "Strike at the docks"})])
        assert made == b"Headline,When,Colour\nTruce,2014,blue\n"
        assert rewritten(content, [Put("x", {"title": "Fair", "date": "2016"})]).endswith(b"Fair,2016,\n")

    def test_a_header_is_mapped_as_asked(self) -> None:
        content = b"id,Moment,What\na,2014,Strike\n"
        changes = [Put("a", {"title": "Truce"}, {"title": "Strike"})]
        made = rewritten(content, changes, {"title": "What", "date": "Moment"})
        assert made == b"id,Moment,What\na,2014,Truce\n"

    def test_the_tables_beside_are_saved_alike(self) -> None:
        actors = b"name,kind,part_of,aliases\nArland,state,,AR;Ar\n"
        row = rows_of(actors)[0]
        made = rewritten(actors, [Put("Arland", {"aliases": "AR"}, row), Put("Ada Kern", {"kind": "person"})])
        assert made == b"name,kind,part_of,aliases\nArland,state,,AR\nAda Kern,person,,\n"
        with pytest.raises(Conflict, match="there already"):
            rewritten(actors, [Put("Arland", {"kind": "person"})])
        documents = b"id,title,source,file\nd-1,Notes,Lio Post,d-1.txt\n"
        made = rewritten(documents, [Put("d-2", {"title": "More", "file": "d-2.txt"})])
        assert made == documents + b"d-2,More,,d-2.txt\n"

    @pytest.mark.parametrize(
        ("content", "cells", "reason"),
        [
            (b"", {"title": "x"}, "empty"),
            (SMALL.decode().encode("utf-16"), {"title": "x"}, "not UTF-8"),
            (b"PK\x03\x04xl/", {"title": "x"}, "Excel"),
            (SMALL.replace(b"Strike", b"Str\xefke"), {"title": "é"}, "line 2 holds bytes that are not UTF-8"),
            (SMALL, {"title": "a\0b"}, "U+0000"),
            (SMALL, {"title": "a\ud800b"}, "U+D800"),
            (SMALL, {"title": "x" * 100_001}, "100,001 characters"),
            (SMALL, {"mood": "grim"}, "no column for 'mood'"),
        ],
    )
    def test_what_cannot_be_written_is_told(self, content: bytes, cells: dict[str, str], reason: str) -> None:
        with pytest.raises(CannotSave, match=re.escape(reason)) as caught:
            rewritten(content, [Put("c", cells)])
        assert caught.value.fix and "\n" not in str(caught.value)

    def test_bytes_that_are_not_utf8_stay(self) -> None:
        content = SMALL.replace(b"Strike", b"Str\xefke")
        assert rewritten(content, [Put("c", {"title": "Fair"})]) == content + b"c,,Fair\n"


class TestClashes:
    def test_a_row_that_reads_otherwise_is_a_conflict_and_says_which_column(self) -> None:
        with pytest.raises(Conflict, match="'title' of it") as caught:
            rewritten(SMALL, [Put("a", {"date": "2013"}, {"title": "Stroke", "date": "2014"})])
        conflict = caught.value
        assert conflict.id == "a" and conflict.theirs == {"id": "a", "date": "2014", "title": "Strike"}
        assert conflict.mine == {"id": "a", "date": "2013", "title": "Strike"}

    def test_columns_that_we_did_not_look_at_may_change(self) -> None:
        content = b"id,date,title,mood\na,2014,Strike,grim\n"
        made = rewritten(content, [Put("a", {"title": "Truce"}, {"title": "Strike", "date": "2014"})])
        assert made == b"id,date,title,mood\na,2014,Truce,grim\n"

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (Put("c", {"title": "x"}, {"title": "y"}), "removed"),
            (Put("a", {"title": "x"}), "there already"),
            (Put("a", {"id": "b"}, {"id": "a"}), "'b' is there already"),
            (Remove("a", {"title": "y"}), "changed 'title'"),
        ],
    )
    def test_other_clashes(self, change: Change, reason: str) -> None:
        with pytest.raises(Conflict, match=re.escape(reason)):
            rewritten(SMALL, [Put("z", {"title": "fine"}), change])

    def test_what_is_so_already_is_no_clash(self) -> None:
        for change in (
            Put("a", {"title": "Strike"}, {"title": "Old"}),
            Put("a", {"date": "2014", "title": "Strike"}),
            Remove("gone", {"title": "x"}),
        ):
            assert rewritten(SMALL, [change]) == SMALL

    def test_of_rows_with_one_id_the_cells_say_which_is_meant(self) -> None:
        content = SMALL + b"a,2016,Fair\n"
        made = rewritten(content, [Put("a", {"title": "Feast"}, {"title": "Fair", "date": "2016"})])
        assert made == SMALL + b"a,2016,Feast\n"
        made = rewritten(content, [Put("a-2", {"id": "a-2", "title": "Feast"}, {"id": "a-2", "title": "Fair"})])
        assert made == SMALL + b"a,2016,Feast\n"  # what the page calls a-2

    def test_where_the_cells_do_not_say_it_the_row_that_is_shown_so_is_meant(self) -> None:
        twins = HEADER + 3 * b"a,2014,Strike,,,,,,,\n"
        first = rewritten(twins, [Remove("a", {"title": "Strike"})])
        assert first == HEADER + 2 * b"a,2014,Strike,,,,,,,\n"
        made = rewritten(twins, [Put("a-3", {"title": "Truce"}, {"title": "Strike"})])
        assert made == HEADER + 2 * b"a,2014,Strike,,,,,,,\n" + b"a,2014,Truce,,,,,,,\n"

    def test_many_changes_are_made_all_or_none(self) -> None:
        with pytest.raises(Conflict) as caught:
            rewritten(SMALL, [Put("a", {"title": "x"}, {"title": "?"}), Put("b", {"title": "x"}, {"title": "?"})])
        assert [clash.id for clash in caught.value.clashes] == ["a", "b"]
        assert "(and 1 more)" in str(caught.value)


class TestOnDisk:
    @pytest.fixture
    def table(self, tmp_path: Path) -> Path:
        path = tmp_path / "events.csv"
        path.write_bytes(SMALL)
        return path

    def test_what_is_saved_is_told(self, table: Path) -> None:
        saved = save(table, [Put("c", {"title": "Fair"})], seen=sha(SMALL))
        assert saved.content == table.read_bytes() == SMALL + b"c,,Fair\n"
        assert saved.sha256 == sha(saved.content) and saved.changed and not saved.others
        again = save(table, [Put("d", {"title": "Feast"})], seen=sha(SMALL))
        assert again.others and again.content == saved.content + b"d,,Feast\n"

    def test_nothing_to_do_leaves_the_file_alone(self, table: Path) -> None:
        before = table.stat().st_mtime_ns, table.stat().st_ino
        assert not save(table, [Put("a", {"title": "Strike"}, {"title": "Strike"})]).changed
        assert (table.stat().st_mtime_ns, table.stat().st_ino) == before

    def test_the_way_back_and_forth_is_exact(self, table: Path) -> None:
        table.write_bytes(b'id,date,title\r\n a ,2014,\'x\nb,,\n\n"c",2015,"y"')
        content = table.read_bytes()
        rows = rows_of(content)
        saved = save(table, [Remove("c", rows[2]), Put("a", {"title": "z"}, rows[0]), Put("d", {"title": "n"})])
        undone = save(table, saved.undo, back=saved.back)
        assert table.read_bytes() == content
        redone = save(table, undone.undo, back=undone.back)
        assert table.read_bytes() == saved.content
        save(table, redone.undo, back=redone.back)
        assert table.read_bytes() == content

    def test_both_versions_are_kept_where_they_clash(self, table: Path) -> None:
        with pytest.raises(Conflict) as caught:
            save(table, [Put("a", {"title": "=Mine"}, {"title": "Old"})])
        kept = caught.value.kept
        assert kept is not None and kept.parent == table.parent
        assert re.fullmatch(r"events\.conflict-[0-9T]+Z\.csv", kept.name) and kept.name in str(caught.value)
        assert table.read_bytes() == SMALL
        assert rows_of(kept.read_bytes()) == [{"id": "a", "date": "2014", "title": "=Mine"}]
        with pytest.raises(Conflict) as second:
            save(table, [Put("a", {"title": "Other"}, {"title": "Old"})])
        assert second.value.kept not in (None, kept) and kept.exists()

    def test_a_link_stays_a_link(self, table: Path, tmp_path: Path) -> None:
        link = tmp_path / "elsewhere" / "link.csv"
        link.parent.mkdir()
        link.symlink_to(table)
        save(link, [Put("c", {"title": "Fair"})])
        assert link.is_symlink() and table.read_bytes().endswith(b"c,,Fair\n")
        assert desk_folder(link) == desk_folder(table) and not (link.parent / ".link.csv.desk").exists()

    @pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
    def test_mode_and_attributes_stay(self, table: Path) -> None:
        table.chmod(0o640)
        try:
            os.setxattr(table, "user.note", b"kept")
        except OSError:
            pytest.skip("no attributes on this disk")
        save(table, [Put("c", {"title": "Fair"})])
        assert stat.S_IMODE(table.stat().st_mode) == 0o640
        assert os.getxattr(table, "user.note") == b"kept"

    def test_a_read_only_table_or_folder_is_told_before_anything_is_done(self, table: Path) -> None:
        table.chmod(0o444)
        with pytest.raises(CannotSave, match="the file is read-only"):
            save(table, [Put("c", {"title": "Fair"})])
        table.chmod(0o644)
        table.parent.chmod(0o555)
        try:
            with pytest.raises(CannotSave, match="its folder is read-only"):
                save(table, [Put("c", {"title": "Fair"})])
            assert [file.name for file in table.parent.iterdir()] == ["events.csv"]
        finally:
            table.parent.chmod(0o755)

    def test_what_is_no_table_is_told(self, tmp_path: Path) -> None:
        for name, reason in (("none.csv", "No such file"), ("t.parquet", "Parquet")):
            with pytest.raises(CannotSave, match=reason):
                save(tmp_path / name, [Put("c", {"title": "Fair"})])
        with pytest.raises(CannotSave, match="folder"):
            save(tmp_path, [Put("c", {"title": "Fair"})])

    def test_a_full_disk_leaves_the_old_table(self, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(replacing.os, "replace", full)
        with pytest.raises(CannotSave, match="No space left on device"):
            save(table, [Put("c", {"title": "Fair"})])
        assert table.read_bytes() == SMALL
        assert {file.name for file in table.parent.iterdir()} == {"events.csv", ".events.csv.desk"}

    def test_what_a_saving_cut_short_left_is_cleared_away(self, table: Path) -> None:
        others = [table.with_name(name) for name in ("events.csv.old", "other.csv")]
        for path in (table, *others):
            path.with_name(f"{replacing._prefix(path)}abc.saving").write_bytes(b"half")
        save(table, [Put("c", {"title": "Fair"})])
        left = {path.name for path in table.parent.iterdir()} - {"events.csv", ".events.csv.desk"}
        assert left == {f"{replacing._prefix(path)}abc.saving" for path in others}

    def test_a_program_without_our_lock_that_writes_meanwhile_is_not_overwritten(
        self, table: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, calls = saving.rewrite, []

        def slow(content: bytes, *args: Any) -> Any:
            made = real(content, *args)
            if not calls:
                table.write_bytes(content + b"theirs,,Written by hand\n")
            calls.append(content)
            return made

        monkeypatch.setattr(saving, "rewrite", slow)
        save(table, [Put("c", {"title": "Fair"})])
        assert table.read_bytes() == SMALL + b"theirs,,Written by hand\nc,,Fair\n"

    def test_a_lock_that_others_keep_is_told(self, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = desk_folder(table)
        folder.mkdir()
        monkeypatch.setattr(saving, "locked", lambda path: locking.locked(path, patience=0.05))
        with locking.locked(folder / "lock"), pytest.raises(CannotSave, match="another program"):
            save(table, [Put("c", {"title": "Fair"})])
        save(table, [Put("c", {"title": "Fair"})])

    def test_a_lock_that_was_deleted_is_taken_anew(self, table: Path) -> None:
        lock = table.parent / "lock"
        order = []

        def wait() -> None:
            with locking.locked(lock):
                order.append("second")

        with locking.locked(lock):
            waiting = threading.Thread(target=wait)
            waiting.start()
            lock.unlink()
            order.append("first")
        waiting.join(10)
        assert sorted(order) == ["first", "second"] and lock.exists()


_LOOP = """
import sys
from pathlib import Path
from timeline.table.saving import Put, save
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(count):
    save(path, [Put(f"{name}-{number}", {"date": "2014", "title": f"{name} {number}" + " long" * 400})])
print("done", flush=True)
"""


def start(*args: str, code: str = _LOOP) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=ROOT)


class TestProcesses:
    @pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")
    def test_killed_in_mid_save_the_table_is_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "events.csv"
        path.write_bytes(SMALL)
        for round in range(8):
            process = start(str(path), f"r{round}", "100000")
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            size = path.stat().st_size
            while path.stat().st_size == size:
                time.sleep(0.001)
            time.sleep(0.004 * round)
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
            content = path.read_bytes()
            sheet = Rows(content).sheet
            assert content.startswith(SMALL) and content.endswith(b"long\n") and sheet.broken == sheet.skipped == 0
            ids = [row["id"] for row in rows_of(content)]
            mine = [id for id in ids if id.startswith(f"r{round}-")]
            assert mine == [f"r{round}-{number}" for number in range(len(mine))] and mine
        save(path, [Put("last", {"title": "Fair"})])  # the lock died with its process
        assert [file.name for file in sorted(tmp_path.iterdir())] == [".events.csv.desk", "events.csv"]

    def test_two_writers_lose_no_row(self, tmp_path: Path) -> None:
        path = tmp_path / "events.csv"
        path.write_bytes(SMALL)
        writers = [start(str(path), name, "25") for name in ("ann", "ben")]
        for writer in writers:
            assert writer.wait(60) == 0
            assert writer.stdout is not None
            writer.stdout.close()
        ids = [row["id"] for row in rows_of(path.read_bytes())]
        assert sorted(ids) == sorted(["a", "b", *(f"{name}-{n}" for name in ("ann", "ben") for n in range(25))])

    def test_of_two_who_change_one_row_each_learns_of_the_other(self, tmp_path: Path) -> None:
        """Each reads the number in a cell and saves one more, with its own name, for what is so already is no clash; a
        clash is told, and then tried anew: none is lost."""
        path = tmp_path / "events.csv"
        path.write_bytes(b"id,date,title\ncount,2014,0\n")
        code = """
import sys
from pathlib import Path
from timeline.table.rows import Rows
from timeline.table.saving import Conflict, Put, save
path, name, made, clashes = Path(sys.argv[1]), sys.argv[2], 0, 0
while made < 20:
    row = next(iter(Rows(path.read_bytes())))
    try:
        save(path, [Put("count", {"title": f"{int(row['title'].split()[0]) + 1} {name}"}, row)])
        made += 1
    except Conflict as conflict:
        clashes += 1
        conflict.kept.unlink()
print(clashes)
"""
        writers = [start(str(path), name, code=code) for name in ("ann", "ben")]
        clashes = []
        for writer in writers:
            said, _ = writer.communicate(timeout=60)
            assert writer.returncode == 0
            clashes.append(int(said))
        assert rows_of(path.read_bytes())[0]["title"].split()[0] == "40"

