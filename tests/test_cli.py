"""The commands as a user meets them: what is printed where, and with which exit code they end."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from timeline import __version__
from timeline.cli import cli

ROOT = Path(__file__).resolve().parents[1]
GOOD = """date,title,actors,source
2014-02-23,Strike in Port Lio,Dockers,Lio Post
2015,Fair,Arland,Gazette
,Letter,Arland,Gazette
"""
BAD = "date,title\n2014-02-31,Impossible\n2014,Fine\n"
DATE_KEYS = ["text", "edtf", "earliest", "latest", "precision", "approximate", "uncertain", "open_start",
             "open_end", "words", "read_by", "error"]  # fmt: skip
CHECK_KEYS = ["problems", "rows", "drawn", "undated", "skipped", "in_error", "citations"]
PROBLEM_KEYS = ["severity", "code", "file", "line", "column", "id", "value", "reason", "fix"]
CLASSES = ["exact", "folded", "fuzzy", "ambiguous", "missing", "no text"]


def run(*args: Any, input: str | bytes | None = None, **env: str) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], input=input, env=env, prog_name="timeline")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD)
    return path


def assert_cannot_run(result: Result, *words: str) -> None:
    """Exit code 2, one sentence on standard error with `words`, no traceback."""
    assert result.exit_code == 2, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.stderr
    assert all(word in result.stderr for word in words), result.stderr


class TestDate:
    def test_json_has_the_keys_of_the_contract(self) -> None:
        result = run("date", "2014-02~", "--json")
        answer = json.loads(result.stdout)
        assert result.exit_code == 0
        assert list(answer) == DATE_KEYS
        assert (answer["edtf"], answer["earliest"], answer["latest"]) == (
            "2014-02~",
            "2014-02-01",
            "2014-02-28",
        )
        assert answer["precision"] == "month"
        assert answer["approximate"] is True
        assert answer["error"] is None

    @pytest.mark.parametrize(
        "args", [["-0043-03-15", "--json"], ["--json", "-0043-03-15"], ["--json", "--", "-0043-03-15"]]
    )
    def test_a_text_may_begin_with_a_minus_sign(self, args: list[str]) -> None:
        result = run("date", *args)
        assert result.exit_code == 0
        assert json.loads(result.stdout)["earliest"] == "-0043-03-15"

    def test_an_error_ends_with_1_and_the_others_are_still_read(self) -> None:
        result = run("date", "2014-02-31", "2015", "03/04/2014", "--json")
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.exit_code == 1
        assert [answer["error"] is None for answer in answers] == [False, True, False]
        assert [answer["text"] for answer in answers] == ["2014-02-31", "2015", "03/04/2014"]
        assert answers[0]["edtf"] is None

    @pytest.mark.parametrize("text", ["n.d.", "unknown", "", "last week"])
    def test_what_is_undated_in_a_table_is_an_error_here(self, text: str) -> None:
        result = run("date", text, "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["error"]

    def test_lines_of_standard_input_blank_ones_skipped(self) -> None:
        result = run("date", "--json", input="\ufeff2014\r\n\n   \n44 BC\n")
        assert result.exit_code == 0
        assert [json.loads(line)["edtf"] for line in result.stdout.splitlines()] == ["2014", "-0043"]
        assert run("date", "-", "--json", input="2014\n").stdout == run("date", "--json", "2014").stdout

    def test_bytes_that_are_no_text_are_an_error_not_a_crash(self) -> None:
        result = run("date", "--json", input=b"\xff\xfe\n2014\n")
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == 2

    def test_no_input_is_no_error(self) -> None:
        result = run("date", input="")
        assert (result.exit_code, result.stdout) == (0, "")

    def test_a_block_for_people(self) -> None:
        result = run("date", "../2014", "31 February 2014")
        assert result.exit_code == 1
        assert "  EDTF       ../2014" in result.stdout
        assert "  earliest   open" in result.stdout
        assert "  latest     2014-12-31" in result.stdout
        assert "31 February 2014\n  error      " in result.stdout

    def test_an_unknown_option_is_wrong_usage(self) -> None:
        assert_cannot_run(run("date", "--jsn", "2014"), "--jsn")


class TestCheck:
    def test_good_data_end_with_0(self, good: Path) -> None:
        result = run("check", good)
        assert result.exit_code == 0, result.output
        assert "3 rows: 2 drawn, 1 undated, 0 skipped, 0 in error" in result.stdout
        assert "3 citations: 3 no text" in result.stdout

    def test_bad_data_end_with_1_and_name_the_place(self, bad: Path) -> None:
        result = run("check", bad)
        assert result.exit_code == 1
        assert "bad.csv:2" in result.stdout
        assert "[date-impossible]" in result.stdout
        assert "1 error" in result.stdout.splitlines()[-1]

    def test_json_has_the_keys_of_the_contract(self, bad: Path) -> None:
        result = run("check", bad, "--json")
        made = json.loads(result.stdout)
        assert result.exit_code == 1
        assert list(made) == CHECK_KEYS
        assert list(made["citations"]) == CLASSES
        assert all(list(problem) == PROBLEM_KEYS for problem in made["problems"])
        assert made["rows"] == made["drawn"] + made["undated"] + made["skipped"] + made["in_error"] == 2
        errors = [problem for problem in made["problems"] if problem["severity"] == "error"]
        assert [(problem["code"], problem["line"]) for problem in errors] == [("date-impossible", 2)]

    @pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"PK\x03\x04rest", "Títle,dáte\n".encode("utf-16")])
    def test_what_is_no_table_ends_with_1(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        result = run("check", path, "--json")
        made = json.loads(result.stdout)
        assert result.exit_code == 1
        assert made["rows"] == 0
        assert made["problems"]

    def test_no_such_file(self, tmp_path: Path) -> None:
        assert_cannot_run(run("check", tmp_path / "none.csv"), "none.csv", "no such file")
        result = run("check", tmp_path / "none.csv", "--json")
        made = json.loads(result.stdout)
        assert result.exit_code == 2
        assert list(made) == CHECK_KEYS
        assert made["problems"][0]["severity"] == "error"
        assert made["rows"] == 0

    @pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
    def test_what_is_no_regular_file(self, tmp_path: Path, kind: str) -> None:
        path = Path("/dev/zero") if kind == "device" else tmp_path / "table.csv"
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        assert_cannot_run(run("check", path), str(path))

    def test_a_missing_folder_of_documents(self, good: Path, tmp_path: Path) -> None:
        assert_cannot_run(run("check", good, "--documents", tmp_path / "none"), "no such folder")
        assert_cannot_run(run("check", good, "--documents", good), "not a folder")
        assert_cannot_run(run("check", good, "--documents", ""), "empty")
        assert_cannot_run(run("check", good, TIMELINE_DOCUMENTS=str(tmp_path / "none")), "no such folder")
        assert run("check", good, TIMELINE_DOCUMENTS="").exit_code == 0

    def test_a_hundred_problems_and_how_many_more(self, tmp_path: Path) -> None:
        path = tmp_path / "many.csv"
        path.write_text("date,title\n" + "".join(f"2014-02-31,Event {i}\n" for i in range(134)))
        result = run("check", path)
        assert result.exit_code == 1
        assert result.stdout.count("[date-impossible]") == 100
        assert "and 34 more (see --json)" in result.stdout
        assert len(json.loads(run("check", path, "--json").stdout)["problems"]) == 134

    def test_headers_by_map(self, tmp_path: Path) -> None:
        path = tmp_path / "odd.csv"
        path.write_text("Wann,Was\n2014,Fair\n")
        assert run("check", path).exit_code == 1
        assert run("check", path, "--map", "date=Wann", "--map", "title=Was").exit_code == 0
        assert_cannot_run(run("check", path, "--map", "dat=Wann"), "no column 'dat'")
        assert_cannot_run(run("check", path, "--map", "date"), "COLUMN=HEADER")
        assert_cannot_run(run("check", path, "--map", "date=Nowhere"), "Nowhere")

    def test_encodings(self, tmp_path: Path) -> None:
        path = tmp_path / "old.csv"
        path.write_bytes("date,title\n2014,Café\n".encode("cp1252"))
        assert run("check", path).exit_code == 1
        assert run("check", path, "--encoding", "cp1252").exit_code == 0
        assert_cannot_run(run("check", path, "--encoding", "klingon"), "klingon")

    def test_no_colour_where_it_is_not_wanted(self, bad: Path) -> None:
        asked = CliRunner().invoke(cli, ["check", str(bad)], color=True, env={"NO_COLOR": "1"})
        assert "\x1b" not in asked.output


class TestShipped:
    def test_the_shipped_tables_hold(self) -> None:
        result = run("check")
        assert result.exit_code == 0, result.output

    def test_every_citation_holds(self, documents_dir: Path) -> None:
        result = run("check", "--documents", documents_dir, "--json")
        made = json.loads(result.stdout)
        assert result.exit_code == 0, made["problems"]
        assert made["rows"] >= 60
        assert sum(made["citations"].values()) == made["rows"]
        assert made["citations"]["exact"] + made["citations"]["folded"] == made["rows"]

    def test_the_schema(self) -> None:
        made = json.loads(run("schema").stdout)
        assert [resource["path"] for resource in made["resources"]] == [
            "events.csv",
            "documents.csv",
            "actors.csv",
        ]


class TestExport:
    def test_filters_are_those_of_the_address(self, good: Path, tmp_path: Path) -> None:
        by_options = run(
            "export", good, "-o", tmp_path / "a.csv", "--actor", "Arland", "--from", "2014", "--to", "2015"
        )
        by_url = run("export", good, "-o", tmp_path / "b.csv", "--url",
                     "http://127.0.0.1:8050/?actor=Arland&from=2014&to=2015#top")  # fmt: skip
        assert (by_options.exit_code, by_url.exit_code) == (0, 0), by_options.output + by_url.output
        assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
        assert (tmp_path / "a.csv").read_text().count("\n") == 2
        assert by_options.stdout == ""

    def test_options_go_before_the_address(self, good: Path, tmp_path: Path) -> None:
        result = run("export", good, "-o", tmp_path / "a.json", "--url", "?source=Gazette&q=fair", "--q", "letter")
        assert result.exit_code == 0
        assert json.loads((tmp_path / "a.json").read_text())["query"] == "?source=Gazette&q=letter"

    def test_unknown_values_and_bad_rows_are_told(self, bad: Path, tmp_path: Path) -> None:
        result = run("export", bad, "-o", tmp_path / "a.csv", "--actor", "Nobody", "--url", "?colour=red")
        assert result.exit_code == 0
        assert "Nobody" in result.stderr
        assert "colour" in result.stderr
        assert "1 row of 2 could not be read" in result.stderr
        assert (tmp_path / "a.csv").read_text().startswith("id,")

    def test_names_that_differ_in_case_are_known(self, good: Path, tmp_path: Path) -> None:
        result = run("export", good, "-o", tmp_path / "a.csv", "--actor", "arland")
        assert "No actor" not in result.stderr
        assert (tmp_path / "a.csv").read_text().count("\n") == 3

    @pytest.mark.parametrize(
        ("args", "word"),
        [
            (["--from", "03/04/2014"], "--from"),
            (["--to", "nonsense"], "--to"),
            (["--lanes", "colour"], "--lanes"),
            (["--actors", "some"], "--actors"),
            (["--extra", "Mood"], "COLUMN=VALUE"),
        ],
    )
    def test_wrong_usage(self, good: Path, tmp_path: Path, args: list[str], word: str) -> None:
        assert_cannot_run(run("export", good, "-o", tmp_path / "a.csv", *args), word)
        assert not (tmp_path / "a.csv").exists()

    def test_formats_and_files(self, good: Path, tmp_path: Path) -> None:
        assert_cannot_run(run("export", good, "-o", tmp_path / "a.xyz"), ".csv", ".svg", ".html")
        assert_cannot_run(run("export", good, "-o", good, "--force"), "one of the tables")
        assert_cannot_run(run("export", good, "-o", tmp_path / "none" / "a.csv"), "no folder")
        assert_cannot_run(run("export", good), "--output")
        assert run("export", good, "-o", tmp_path / "a.csv").exit_code == 0
        assert_cannot_run(run("export", good, "-o", tmp_path / "a.csv"), "--force")
        assert run("export", good, "-o", tmp_path / "a.csv", "--force").exit_code == 0

    def test_pictures_without_a_browser(self, good: Path, tmp_path: Path) -> None:
        result = run("export", good, "-o", tmp_path / "a.png", BROWSER_PATH=str(tmp_path / "nowhere"))
        assert_cannot_run(result, "Chrome", "HTML, CSV and JSON")


class TestFind:
    def test_candidates_open_as_a_table(self, tmp_path: Path) -> None:
        text = tmp_path / "lio-post.txt"
        text.write_text("The harbour was closed on 23 February 2014 by the guard.\n\nIt opened yesterday.\n")
        output = tmp_path / "candidates.csv"
        result = run("find", text, "-o", output, "--published", "2014-03-02")
        assert result.exit_code == 0, result.output
        assert "2 dated passages of 1 document" in result.stderr
        rows = list(csv.DictReader(output.read_text(encoding="utf-8").splitlines()))
        assert [row["date"] for row in rows] == ["2014-02-23", "2014-03-01"]
        assert {row["document"] for row in rows} == {"lio-post"}
        assert [row["locator"] for row in rows] == ["para. 1", "para. 2"]

    def test_several_documents_make_one_table(self, tmp_path: Path) -> None:
        for name in "ab":
            (tmp_path / f"{name}.txt").write_text("It happened in May 2014.\n")
        result = run("find", tmp_path / "a.txt", tmp_path / "b.txt")
        assert result.stdout.count("id,event,date") == 1
        assert [row["id"] for row in csv.DictReader(result.stdout.splitlines())] == ["a-001", "b-001"]

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        good, bad = tmp_path / "a.txt", tmp_path / "b.txt"
        good.write_text("It happened in May 2014.\n")
        bad.write_bytes(b"%PDF-1.7")
        result = run("find", bad, good)
        assert result.exit_code == 1
        assert "b.txt" in result.stderr
        assert "2014-05" in result.stdout
        assert_cannot_run(run("find", tmp_path / "none.txt"), "no such file")
        assert_cannot_run(run("find"), "DOCUMENT")
        assert_cannot_run(run("find", good, "--published", "03/04/2014"), "--published")
        assert_cannot_run(run("find", good, "-o", tmp_path / "a.json"), ".csv")
        assert_cannot_run(run("find", good, "-o", good), ".csv")

    def lines(self, *items: object) -> Result:
        text = "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items)
        return CliRunner().invoke(cli, ["find", "--jsonl"], input=text + "\n", prog_name="timeline")

    def test_lines_of_json_are_answered_line_by_line(self) -> None:
        result = self.lines(
            {"name": "a", "dct": "19980108", "text": "\U0001f600 It was on January\n6 or\n\nlast week."},
            {"name": "b", "dct": "1998-01-08T10:00:00", "text": "yesterday"},
            {"name": "c", "dct": "Jan 8, 1998", "text": "Today"},
            {"name": "d", "dct": "", "text": "yesterday and in 1997, on 03/04/1997"},
            {"name": "e", "text": "nothing"},
            {"name": "f", "dct": "2024-07-09", "text": "Это было вчера.", "language": "ru"},
        )
        assert result.exit_code == 0, result.output
        assert [json.loads(line) for line in result.stdout.splitlines()] == [
            [[12, 21, "1998-01-06"], [26, 35, "1997-12-29/1998-01-04"]],
            [[0, 9, "1998-01-07"]],
            [[0, 5, "1998-01-08"]],
            [[0, 9, ""], [17, 21, "1997"], [26, 36, ""]],
            [],
            [[9, 14, "2024-07-08"]],
        ]
        assert result.stderr == ""

    def test_bad_lines_keep_their_place(self) -> None:
        good = {"dct": "1998-01-08", "text": "yesterday"}
        result = self.lines("no JSON", good, "", '["text"]', {"text": 7}, "[" * 100_000, {**good, "dct": "soon"}, good)
        assert result.exit_code == 1
        told = [[0, 9, "1998-01-07"]]
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert answers == [[], told, [], [], [], [], [[0, 9, ""]], told]
        said = result.stderr.splitlines()
        assert [line.split(":")[1] for line in said] == [f" line {number}" for number in (1, 3, 4, 5, 6, 7)]
        assert "soon" in said[-1]

    def test_lines_take_no_documents(self, tmp_path: Path) -> None:
        assert_cannot_run(run("find", "--jsonl", tmp_path / "a.txt"), "--jsonl")


class TestGroup:
    def test_version_and_help(self) -> None:
        assert run("--version").stdout == f"timeline {__version__}\n"
        for name in cli.commands:
            result = run(name, "--help")
            assert result.exit_code == 0
            assert result.stdout.startswith(f"Usage: timeline {name}")

    def test_a_misspelt_command(self) -> None:
        assert_cannot_run(run("chek"), "did you mean 'check'?")

    def test_serve_is_what_happens_without_a_command(self, monkeypatch: pytest.MonkeyPatch, good: Path) -> None:
        import timeline.app.server as server

        asked: list[tuple[Any, ...]] = []
        monkeypatch.setattr(server, "serve", lambda dataset, library, **options: asked.append((dataset.name, options)))
        for args in (
            [],
            [good],
            ["--port", "8061"],
            ["serve", good, "--host", "::1", "--allow-host", "a.example"],
        ):
            assert run(*args, HOST="0.0.0.0", PORT="99", DASH_DEBUG="true").exit_code == 0
        assert [name for name, _ in asked] == ["events.csv", "good.csv", "events.csv", "good.csv"]
        assert asked[0][1] == {
            "host": "127.0.0.1",
            "port": 8050,
            "allow_hosts": (),
            "workers": 1,
            "prefix": "/",
            "proxies": 0,
            "debug": False,
        }
        assert asked[2][1]["port"] == 8061
        assert asked[3][1]["host"] == "::1"
        assert asked[3][1]["allow_hosts"] == ("a.example",)

    def test_a_mistake_of_ours_is_no_error_of_the_data(self, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        import timeline.documents.proving as proving

        def broken(*args: Any) -> None:
            raise ZeroDivisionError("by nought")

        monkeypatch.setattr(proving, "prove", broken)
        assert_cannot_run(run("check", good), "ZeroDivisionError", "TIMELINE_TRACEBACK")


class TestServe:
    def test_debug_is_for_this_machine_only(self, good: Path) -> None:
        assert_cannot_run(run("serve", good, "--host", "0.0.0.0", "--debug"), "--debug")

    def test_a_taken_port_is_one_sentence(self, good: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            assert_cannot_run(run("serve", good, "--port", port), str(port))

    @pytest.mark.parametrize("port", ["70000", "-1", "http"])
    def test_a_port_is_a_number(self, good: Path, port: str) -> None:
        assert_cannot_run(run("serve", good, "--port", port), "--port")

    def test_a_missing_table_or_folder(self, tmp_path: Path, good: Path) -> None:
        assert_cannot_run(run("serve", tmp_path / "none.csv"), "no such file")
        assert_cannot_run(run("serve", good, "--documents", tmp_path / "none"), "no such folder")


@pytest.fixture
def spawn() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Run the command as a process of its own; what still runs at the end is ended."""
    started = []

    def start(*args: Any, **env: str) -> subprocess.Popen[bytes]:
        # A shell starts what it puts in the background deaf to Ctrl-C; the command is to hear it all the same.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "timeline", *map(str, args)], cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **env},
            )  # fmt: skip
        finally:
            signal.signal(signal.SIGINT, before)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


class TestProcess:
    """What only a real process shows: pipes, signals, terminals that cannot show every letter."""

    def test_ctrl_c_ends_the_server_quietly(self, good: Path, spawn: Callable[..., Any]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = spawn("serve", good, "--port", port)
        for _ in range(150):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert process.poll() is None, process.communicate()
                time.sleep(0.2)
        else:
            pytest.fail("the server did not answer")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode in (0, 130)
        assert f"http://127.0.0.1:{port}".encode() in out
        assert b"Traceback" not in err

    def test_a_reader_that_goes_away(self, tmp_path: Path, spawn: Callable[..., Any]) -> None:
        process = spawn("schema")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 141

    def test_letters_that_a_terminal_cannot_show(self, tmp_path: Path, spawn: Callable[..., Any]) -> None:
        path = tmp_path / "table.csv"
        path.write_text("date,title\n2014-02-31,Пожар в порту 🔥\n", encoding="utf-8")
        out, err = spawn("check", path, PYTHONIOENCODING="ascii", PYTHONUTF8="0").communicate(timeout=60)
        assert b"Traceback" not in err
        assert out.isascii()
        out, err = spawn("check", path, "--json", PYTHONIOENCODING="ascii").communicate(timeout=60)
        assert json.loads(out)["in_error"] == 1


def test_find_tells_who_is_named_beside_a_date(tmp_path: Path) -> None:
    header = "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage\n"
    (tmp_path / "events.csv").write_text(header)
    (tmp_path / "documents.csv").write_text("id,title,source,file\ntalks,Talks,Lio Post,talks.txt\n")
    (tmp_path / "actors.csv").write_text("name,kind,part_of,aliases\nArland,state,,Arlandic Republic\n")
    (tmp_path / "talks.txt").write_text("On 5 May 2014 the Arlandic Republic met Nils Orm.\nIn 2015 it rained.\n")
    told = run("find", tmp_path / "talks.txt", "--tables", tmp_path / "events.csv")
    assert told.exit_code == 0
    first, second = csv.DictReader(told.stdout.splitlines())
    assert (first["actors"], first["new_actors"]) == ("Arland", "Nils Orm")
    assert (first["document"], second["actors"], second["new_actors"]) == ("talks", "", "")
