"""The journal and the presence: what is undone after a restart, what two desks share, what is lost and told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.curating import journal as journal_module
from timeline.curating import ledger, presence
from timeline.curating.journal import Journal
from timeline.curating.presence import Presence
from timeline.table.rows import Rows
from timeline.table.saving import CannotSave, Conflict, Put, Remove, desk_folder, save

ROOT = Path(__file__).resolve().parents[1]
SMALL = b"id,date,title\r\na, 2014 ,'=Strike\nb,2015,\"Truce\""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_bytes(SMALL)
    return path


def ids(table: Path) -> list[str]:
    return [row["id"] for row in Rows(table.read_bytes())]


def undo(journal: Journal) -> str:
    step = journal.undo()
    assert step is not None
    journal.take(step)
    return step.label


def redo(journal: Journal) -> str:
    step = journal.redo()
    assert step is not None and step.undone
    journal.take(step)
    return step.label


class TestSteps:
    def test_undo_and_redo_over_restarts_give_every_byte_back(self, table: Path) -> None:
        versions = [SMALL]
        rows = list(Rows(SMALL))
        for label, change in (
            ("add c", Put("c", {"title": "Fair"})),
            ("change a", Put("a", {"title": "Lock-out"}, rows[0])),
            ("remove b", Remove("b", rows[1])),
        ):
            Journal(table, "ann").carry_out([change], label)
            versions.append(table.read_bytes())
        assert len(set(versions)) == 4
        for label, version in zip(("remove b", "change a", "add c"), reversed(versions[:3]), strict=True):
            assert undo(Journal(table, "ann")) == label
            assert table.read_bytes() == version
        assert Journal(table, "ann").undo() is None
        for label, version in zip(("add c", "change a", "remove b"), versions[1:], strict=True):
            assert redo(Journal(table, "ann")) == label
            assert table.read_bytes() == version
        assert Journal(table, "ann").redo() is None
        assert undo(Journal(table, "ann")) == "remove b" and table.read_bytes() == versions[2]

    def test_a_new_step_forgets_what_was_undone(self, table: Path) -> None:
        journal = Journal(table, "ann")
        journal.carry_out([Put("c", {"title": "Fair"})], "add c")
        undo(journal)
        journal.carry_out([Put("d", {"title": "Feast"})], "add d")
        assert journal.redo() is None and undo(journal) == "add d" and journal.undo() is None

    def test_each_curator_undoes_the_own_steps_only(self, table: Path) -> None:
        ann, ben = Journal(table, "ann"), Journal(table, "ben")
        ann.carry_out([Put("c", {"title": "Fair"})], "ann's")
        ben.carry_out([Put("d", {"title": "Feast"})], "ben's")
        assert undo(ann) == "ann's" and ids(table) == ["a", "b", "d"]
        assert ann.undo() is None and redo(ann) == "ann's" and ids(table) == ["a", "b", "c", "d"]
        assert undo(ben) == "ben's" and ids(table) == ["a", "b", "c"]

    def test_what_somebody_else_has_changed_since_is_not_undone(self, table: Path) -> None:
        ann, ben = Journal(table, "ann"), Journal(table, "ben")
        ann.carry_out([Put("c", {"title": "Fair"})], "add c")
        ben.carry_out([Put("c", {"title": "Feast"}, {"title": "Fair"})], "change c")
        before = table.read_bytes()
        with pytest.raises(Conflict, match="somebody else has changed 'title'"):
            undo(ann)
        assert table.read_bytes() == before
        step = ann.undo()
        assert step is not None and step.label == "add c"  # it stays, and can be undone once ben has undone his
        undo(ben)
        assert undo(ann) == "add c" and table.read_bytes() == SMALL

    def test_a_saving_that_fails_is_no_step(self, table: Path) -> None:
        journal = Journal(table, "ann")
        with pytest.raises(Conflict):
            journal.carry_out([Put("a", {"title": "x"}, {"title": "?"})], "clash", decisions=[("d", "1", "accepted:a")])
        with pytest.raises(CannotSave):
            journal.carry_out([Put("z", {"title": "\0"})], "nul")
        assert journal.undo() is None and journal.decisions("d") == {}

    def test_a_step_whose_program_ended_in_mid_save_can_be_undone_either_way(self, table: Path) -> None:
        change = Put("c", {"title": "Fair"})
        Journal(table, "ann").record([change], "add c")  # the intention alone: killed before the table was replaced
        assert undo(Journal(table, "ann")) == "add c" and table.read_bytes() == SMALL
        save(table, [Put("d", {"title": "Feast"})])
        Journal(table, "ann").record([Put("d", {"title": "Feast"})], "add d")  # killed after it
        assert undo(Journal(table, "ann")) == "add d" and ids(table) == ["a", "b"]
        assert redo(Journal(table, "ann")) == "add d" and ids(table) == ["a", "b", "d"]

    def test_what_changes_nothing_is_no_step(self, table: Path) -> None:
        journal = Journal(table, "ann")
        assert not journal.carry_out([Put("b", {"title": "Truce"}, {"title": "Truce"})], "nothing").changed
        assert journal.undo() is None

    def test_steps_say_what_they_are_about(self, table: Path) -> None:
        journal = Journal(table, "ann")
        row = next(iter(Rows(SMALL)))
        journal.carry_out([Put("a", {"id": "a-new"}, row)], "rename", decisions=[("doc", "1", "accepted:a-new")])
        step = journal.undo()
        assert step is not None and step.ids == ("a-new",) and step.decisions == (("doc", "1", "accepted:a-new"),)
        undo(journal)
        assert table.read_bytes() == SMALL


    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_any_steps_backwards_and_forwards_over_restarts(self, data: st.DataObject) -> None:
        """A stack of versions of the table is the whole truth about undo and redo."""
        with TemporaryDirectory() as folder:
            table = Path(folder) / "events.csv"
            table.write_bytes(SMALL)
            done, undone = [SMALL], list[bytes]()
            journal = Journal(table, "ann")
            for number in range(data.draw(st.integers(1, 12))):
                if data.draw(st.booleans()):
                    journal = Journal(table, "ann")
                kind = data.draw(st.sampled_from(["add", "change", "remove", "undo", "undo", "redo"]))
                rows = list(Rows(table.read_bytes()))
                if kind == "undo":
                    step = journal.undo()
                    assert (step is None) == (len(done) == 1)
                    if step:
                        journal.take(step)
                        undone.append(done.pop())
                elif kind == "redo":
                    step = journal.redo()
                    assert (step is None) == (not undone)
                    if step:
                        journal.take(step)
                        done.append(undone.pop())
                else:
                    text = data.draw(st.text(st.sampled_from('ab,"\n\r=é;'), max_size=6))
                    row = data.draw(st.sampled_from(rows)) if rows else None
                    change: Put | Remove = Put(f"n{number}", {"title": text})
                    if row and kind == "change":
                        change = Put(row["id"], {"title": f"{text}{number}"}, row)
                    elif row and kind == "remove":
                        change = Remove(row["id"], row)
                    journal.carry_out([change], kind)
                    done.append(table.read_bytes())
                    undone.clear()
                assert table.read_bytes() == done[-1]

    @pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")
    def test_killed_at_any_moment_every_step_can_be_undone(self, table: Path) -> None:
        code = (
            "import sys\nfrom pathlib import Path\nfrom timeline.curating.journal import Journal\n"
            "from timeline.table.saving import Put\njournal = Journal(Path(sys.argv[1]), 'ann')\n"
            "print('ready', flush=True)\n"
            "for n in range(10_000):\n"
            "    journal.carry_out([Put(f'{sys.argv[2]}-{n}', {'title': 'x' * 500})], str(n))\n"
        )
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        for round in range(4):
            command = [sys.executable, "-c", code, str(table), f"r{round}"]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            size = table.stat().st_size
            while table.stat().st_size == size:
                time.sleep(0.001)
            time.sleep(0.003 * round)
            process.kill()
            process.wait()
            process.stdout.close()
        count = 0
        while (step := Journal(table, "ann").undo()) is not None:
            Journal(table, "ann").take(step)
            count += 1
        assert table.read_bytes() == SMALL and count >= 4


class TestDecisions:
    def test_they_are_shared_and_last(self, table: Path) -> None:
        ann, ben = Journal(table, "ann"), Journal(table, "ben")
        ann.decide("doc", "1", "skipped")
        ben.decide("doc", "2", "rejected")
        ann.decide("other", "1", "rejected")
        for journal in (ann, ben, Journal(table, "cleo")):
            assert journal.decisions("doc") == {"1": "skipped", "2": "rejected"}
        ben.decide("doc", "1", "open")
        assert ann.decisions("doc") == {"2": "rejected"} and ann.decisions("none") == {}

    def test_undo_gives_back_what_was_decided_before(self, table: Path) -> None:
        ann, ben = Journal(table, "ann"), Journal(table, "ben")
        ann.decide("doc", "1", "skipped", "Skip")
        ann.carry_out([Put("c", {"title": "Fair"})], "Accept", decisions=[("doc", "1", "accepted:c")])
        assert ann.decisions("doc") == {"1": "accepted:c"}
        assert undo(ann) == "Accept" and ben.decisions("doc") == {"1": "skipped"}
        assert redo(ann) == "Accept" and ben.decisions("doc") == {"1": "accepted:c"}
        undo(ann)
        assert undo(ann) == "Skip" and ben.decisions("doc") == {}

    def test_undo_does_not_take_back_another_curators_decision(self, table: Path) -> None:
        ann, ben = Journal(table, "ann"), Journal(table, "ben")
        ann.decide("doc", "1", "skipped", "Skip")
        ben.decide("doc", "1", "rejected", "Reject")
        undo(ann)
        assert ann.decisions("doc") == {"1": "rejected"}


class TestDrafts:
    def test_they_are_kept_over_a_restart_and_are_the_curators_own(self, table: Path) -> None:
        journal = Journal(table, "ann")
        journal.draft("doc:1", {"title": "Half a"})
        journal.draft("doc:1", {"title": "Half a title"})
        journal.draft("doc:2", {"title": "Other"})
        journal.draft("doc:2", None)
        assert Journal(table, "ann").drafts() == {"doc:1": {"title": "Half a title"}}
        assert Journal(table, "ben").drafts() == {}

    def test_saying_the_same_twice_writes_nothing(self, table: Path) -> None:
        journal = Journal(table, "ann")
        journal.draft("k", {"title": "x"})
        size = (desk_folder(table) / "drafts.jsonl").stat().st_size
        journal.draft("k", {"title": "x"})
        journal.draft("none", None)
        assert (desk_folder(table) / "drafts.jsonl").stat().st_size == size


    def test_overwritten_ones_are_cleared_away_while_others_have_them_open(
        self, table: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ann, ben = Journal(table, "ann"), Journal(table, "ben")
        for number in range(20):
            ann.draft("a", {"title": str(number)})
        ann.draft("b", {"title": "kept"})
        ben.draft("c", {"title": "ben's"})
        ben.draft("d", {"title": "x"})
        ben.draft("d", None)
        monkeypatch.setattr(journal_module, "_MANY_DRAFTS", 10)
        mine = {"a": {"title": "19"}, "b": {"title": "kept"}}
        assert Journal(table, "ann").drafts() == mine
        lines = (desk_folder(table) / "drafts.jsonl").read_bytes().splitlines()
        assert len(lines) == 4
        ben.draft("e", {"title": "later"})
        assert ann.drafts() == mine and ben.drafts() == {"c": {"title": "ben's"}, "e": {"title": "later"}}
        assert Journal(table, "ben").drafts() == ben.drafts()


class TestTheFile:
    def path(self, table: Path) -> Path:
        return desk_folder(table) / "journal.jsonl"

    def test_a_line_that_was_cut_short_is_left_out_and_spoils_nothing(self, table: Path) -> None:
        Journal(table, "ann").decide("doc", "1", "skipped")
        with self.path(table).open("ab") as file:
            file.write(b'{"v":1,"kind":"decided","docu')
        journal = Journal(table, "ann")
        assert journal.decisions("doc") == {"1": "skipped"} and journal.notices == []
        journal.decide("doc", "2", "rejected")
        assert Journal(table, "ann").decisions("doc") == {"1": "skipped", "2": "rejected"}
        assert journal.notices == ["A line of journal.jsonl cannot be read and is left out (the first is line 3)."]

    @pytest.mark.parametrize(
        "junk",
        [
            b"not json", b"[1, 2]", b"{}", b'{"v": 1}', b'{"v": 1, "kind": "what"}', b"\xff\xfe\x00", b"null",
            b'{"v": 1, "kind": "step", "n": "x", "who": "ann", "label": "l", "changes": [{"put": 1}], "decisions": []}',
            b"[" * 100_000,
        ],
    )  # fmt: skip
    def test_foreign_lines_are_left_out(self, table: Path, junk: bytes) -> None:
        Journal(table, "ann").decide("doc", "1", "skipped")
        with self.path(table).open("ab") as file:
            file.write(junk + b"\n\n")
        journal = Journal(table, "ann")
        journal.decide("doc", "2", "rejected")
        assert journal.decisions("doc") == {"1": "skipped", "2": "rejected"}
        assert len(journal.notices) == 1 and "line 3" in journal.notices[0] and journal.undo() is None

    def test_entries_of_a_later_version_are_told(self, table: Path) -> None:
        Journal(table, "ann").decide("doc", "1", "skipped")
        with self.path(table).open("ab") as file:
            file.write(b'{"v": 2, "kind": "decided", "document": "doc", "candidate": "1", "decision": "open"}\n')
        journal = Journal(table, "ann")
        assert journal.decisions("doc") == {"1": "skipped"} and "later version" in journal.notices[0]

    def test_a_journal_that_was_deleted_begins_anew(self, table: Path) -> None:
        journal = Journal(table, "ann")
        journal.decide("doc", "1", "skipped")
        self.path(table).unlink()
        journal.decide("doc", "2", "rejected")
        assert journal.decisions("doc")["2"] == "rejected"
        assert Journal(table, "ann").decisions("doc") == {"2": "rejected"}

    def test_where_it_cannot_be_written_it_is_kept_in_memory_and_told(self, table: Path) -> None:
        desk_folder(table).write_bytes(b"a file where the folder should be")
        journal = Journal(table, "ann")
        journal.decide("doc", "1", "skipped", "Skip")
        journal.draft("k", {"title": "x"})
        assert journal.decisions("doc") == {"1": "skipped"} and journal.drafts() == {"k": {"title": "x"}}
        step = journal.undo()
        assert step is not None
        journal.settle(step)
        assert journal.decisions("doc") == {}
        assert [("undo" in told, "drafts" in told) for told in journal.notices] == [(True, False), (False, True)]
        assert all(told.endswith(".") and "\n" not in told for told in journal.notices)

    @pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
    def test_whoever_may_write_beside_the_table_may_write_into_the_journal(self, table: Path) -> None:
        table.parent.chmod(0o2775)
        Journal(table, "ann").decide("doc", "1", "skipped")
        Presence(table, "ann").close()
        folder = desk_folder(table)
        modes = {path.name: path.stat().st_mode & 0o7777 for path in (folder, *folder.iterdir())}
        assert modes[".events.csv.desk"] & 0o775 == 0o775 and modes["open"] & 0o775 == 0o775
        assert modes["journal.jsonl"] == 0o664

    def test_many_threads_and_desks_lose_no_entry(self, table: Path) -> None:
        desks = [Journal(table, who) for who in ("ann", "ben")]

        def work(desk: Journal, start: int) -> None:
            for number in range(start, start + 10):
                desk.decide("doc", str(number), "skipped")

        threads = [threading.Thread(target=work, args=(desks[n % 2], 10 * n)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        for desk in (*desks, Journal(table, "cleo")):
            assert desk.decisions("doc") == {str(number): "skipped" for number in range(40)}
            assert desk.notices == []

    def test_names_and_texts_of_all_kinds_come_back(self, table: Path) -> None:
        journal = Journal(table, 'Än "n" \ud800\n')
        journal.carry_out([Put("c", {"title": "Größe\n„x“"})], "Füge hinzu \u2028")
        again = Journal(table, 'Än "n" \ud800\n')
        assert undo(again) == "Füge hinzu \u2028" and table.read_bytes() == SMALL


class TestPresence:
    def test_desks_see_each_other_until_they_close(self, table: Path) -> None:
        ann, ben = Presence(table, "ann"), Presence(table, "<b>ben</b>")
        assert [other.who for other in ann.others()] == ["<b>ben</b>"]
        assert [other.who for other in ben.others()] == ["ann"]
        assert ben.others()[0].since == ann.since and ann.since.endswith("+00:00")
        ann.close()
        assert ben.others() == []

    def test_a_desk_that_was_killed_is_not_there(self, table: Path) -> None:
        code = (
            "import sys, time\nfrom pathlib import Path\nfrom timeline.curating.presence import Presence\n"
            "Presence(Path(sys.argv[1]), 'killed')\nprint('ready', flush=True)\ntime.sleep(60)"
        )
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code, str(table)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        ann = Presence(table, "ann")
        assert [other.who for other in ann.others()] == ["killed"]
        process.kill()
        process.wait()
        process.stdout.close()
        assert ann.others() == []
        assert len(list((desk_folder(table) / "open").iterdir())) == 1

    def _foreign(self, table: Path, age: float, **told: Any) -> Path:
        folder = desk_folder(table) / "open"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "x.json"
        since = "2026-01-01T10:00:00+00:00"
        file.write_text(json.dumps({"v": 1, "who": "cleo", "since": since, "host": "elsewhere", "pid": 1, **told}))
        os.utime(file, (time.time() - age, time.time() - age))
        return file

    def test_one_on_another_machine_counts_while_it_is_refreshed(self, table: Path) -> None:
        self._foreign(table, 5)
        ann = Presence(table, "ann")
        assert [other.who for other in ann.others()] == ["cleo"]
        self._foreign(table, presence.STALE + 5)
        assert ann.others() == []

    def test_old_files_are_cleared_away_and_junk_is_no_curator(self, table: Path) -> None:
        old = self._foreign(table, 2 * 86_400)
        ann = Presence(table, "ann")
        assert ann.others() == [] and not old.exists()
        for junk in (b"", b"{", b"[]", b'{"who": 1, "since": 2}', b"\xff"):
            old.write_bytes(junk)
            assert ann.others() == []

    def test_a_table_open_in_libreoffice_is_told(self, table: Path) -> None:
        ann = Presence(table, "ann")
        table.with_name(".~lock.events.csv#").write_text(",ben,desk,21.11.2026 10:00,file:///x;")
        assert [other.who for other in ann.others()] == ["ben (in LibreOffice)"]

    def test_where_nothing_can_be_written_the_desk_works_and_says_so(self, table: Path) -> None:
        desk_folder(table).write_bytes(b"in the way")
        ann = Presence(table, "ann")
        assert ann.others() == [] and len(ann.notices) == 1
        ann.close()


def test_the_version_is_written() -> None:
    assert ledger.VERSION == 1
