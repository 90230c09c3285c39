"""The server as a process: one or several that answer alike, start when they are ready, and stop when they are told."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from timeline.cli import cli

ROOT = Path(__file__).resolve().parents[1]
TABLE = """date,title,actors,source
2014-02-23,Strike in Port Lio,Dockers,Lio Post
2015,Fair,Arland,Gazette
,Letter,Arland,Gazette
"""
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="several workers need a system that can fork")
ONE, TWO = pytest.param(1, id="one"), pytest.param(2, id="two", marks=forks)
GENEROUS = 60


class Served:
    """A running `timeline serve`, asked over the wire."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> tuple[int, Any, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=GENEROUS)
        try:
            line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()

    def workers(self) -> list[int]:
        """The processes that it started, as far as the system tells."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not path.exists():
            pytest.skip("this system does not tell who started whom")
        return [int(word) for word in path.read_text().split()]

    def until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + GENEROUS
        while not true():
            assert time.monotonic() < end, "it never came to pass"
            time.sleep(0.05)

    def is_gone(self, children: list[int]) -> None:
        """Neither the place nor one of the processes is left."""
        assert not [pid for pid in children if _runs(pid)]
        with socket.socket() as door:
            assert door.connect_ex(("127.0.0.1", self.port)) != 0

    def stop(self, kind: int = signal.SIGTERM) -> tuple[str, str]:
        """Tell it to stop; what it printed."""
        self.process.send_signal(kind)
        out, err = self.process.communicate(timeout=GENEROUS)
        return out.decode(), err.decode()


def _runs(pid: int) -> bool:
    """Whether a process is there; one that ended and that nobody asked after is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def serving(table: Path) -> Iterator[Callable[..., Served]]:
    """Start `timeline serve` and wait until it says where; what still runs at the end is ended."""
    started: list[Served] = []

    def start(*args: Any, prefix: str = "/") -> Served:
        process = subprocess.Popen(
            [sys.executable, "-m", "timeline", "serve", str(table), "--port", "0", "--prefix", prefix, *map(str, args)],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        assert "http://127.0.0.1:" in line, (line, process.communicate())
        assert f"{prefix}  (stop" in line
        port = int(line.partition("http://127.0.0.1:")[2].partition("/")[0])
        started.append(Served(process, port))
        return started[-1]

    yield start
    for served in started:
        if served.process.poll() is None:
            served.process.terminate()
        served.process.communicate(timeout=GENEROUS)


def run(*args: Any) -> Result:
    return CliRunner().invoke(cli, ["serve", *map(str, args)], prog_name="timeline")


def cannot(result: Result, *words: str) -> None:
    """Exit code 2 and one sentence with `words`."""
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.stderr
    assert all(word in result.stderr for word in words), result.stderr


@pytest.mark.parametrize("workers", [ONE, TWO])
def test_it_answers_and_refuses_alike(serving: Callable[..., Served], workers: int) -> None:
    served = serving("--workers", workers, "--allow-host", "lio.example")
    post = "/_dash-update-component"
    cases: list[tuple[str, str, dict[str, str], int]] = [
        ("GET", "/", {}, 200),
        ("GET", "/", {"Host": "lio.example"}, 200),
        ("GET", "/", {"Host": "evil.example"}, 400),
        ("GET", "/healthz", {}, 200),
        ("GET", "/problems", {}, 200),
        ("GET", "/export.csv", {}, 200),
        ("GET", "/_dash-layout", {}, 200),
        ("GET", "/assets/00-style.css", {}, 200),
        ("GET", "/assets/../events.csv", {}, 404),
        ("GET", "/nothing", {}, 404),
        ("POST", post, {"Content_Type": "application/json"}, 400),
        ("POST", post, {"Content_Type": "application/json", "Sec_Fetch_Site": "cross-site"}, 403),
        ("DELETE", "/", {}, 405),
    ]
    refused = 0
    for method, path, headers, code in cases * 3:  # often enough that each of two is asked
        status, sent, body = served.ask(path, method, "{" if method == "POST" else None, **headers)
        assert status == code, (method, path, headers)
        assert "'unsafe-eval'" not in sent["Content-Security-Policy"]
        assert "default-src 'self'" in sent["Content-Security-Policy"]
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert sent["X-Frame-Options"] == "DENY"
        assert sent["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in sent
        assert b"Traceback" not in body
        refused += code >= 400
    children = served.workers() if workers > 1 else []
    out, err = served.stop()
    assert (served.process.returncode, out) == (0, "")
    assert err.count("\n") == refused, err  # one line for each refusal, and nothing else
    assert "Traceback" not in err
    served.is_gone(children)


@forks
def test_ctrl_c_ends_all_workers_quietly(serving: Callable[..., Served]) -> None:
    served = serving("--workers", 2)
    served.until(lambda: len(served.workers()) == 2)
    children = served.workers()
    out, err = served.stop(signal.SIGINT)
    assert (served.process.returncode, out, err) == (0, "", "")
    served.is_gone(children)


@forks
def test_what_is_under_way_is_answered(serving: Callable[..., Served], table: Path) -> None:
    table.write_text(TABLE + "".join(f"2014-02-{1 + n % 28:02},Ferry {n},Dockers,Gazette\n" for n in range(5000)))
    served = serving("--workers", 2)
    served.until(lambda: len(served.workers()) == 2)
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=GENEROUS)
    assert served.ask("/healthz")[0] == 200
    line.request("GET", "/export.csv")
    time.sleep(0.2)
    served.process.terminate()
    assert line.getresponse().read().count(b"Ferry") == 5000
    line.close()
    assert served.process.wait(timeout=GENEROUS) == 0


@forks
def test_a_worker_that_dies_is_replaced_and_none_stays_alone(serving: Callable[..., Served]) -> None:
    served = serving("--workers", 2)
    served.until(lambda: len(served.workers()) == 2)
    first = served.workers()
    os.kill(first[0], signal.SIGKILL)
    served.until(lambda: first[0] not in served.workers() and len(served.workers()) == 2)
    for pid in first[1:]:  # only the new one is left to answer; it was never asked for the page
        os.kill(pid, signal.SIGSTOP)
    try:
        status, _, _ = served.ask("/healthz")
        assert status == 200
        files = [part.split('"')[0] for part in served.ask("/")[2].decode().split('src="')[1:]]
        assert files
        assert {served.ask(name)[0] for name in files} == {200}
        assert served.ask("/_dash-dependencies")[0] == 200
    finally:
        for pid in first[1:]:
            os.kill(pid, signal.SIGCONT)
    children = served.workers()
    served.process.kill()
    served.until(lambda: not [pid for pid in children if _runs(pid)])
    assert b"Traceback" not in served.process.communicate()[1]


def test_a_silent_visitor_keeps_nobody_waiting(serving: Callable[..., Served]) -> None:
    """Browsers open lines ahead of need and say nothing; more of them than there are threads must not matter."""
    served = serving()
    silent = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(40)]
    try:
        begun = time.monotonic()
        assert served.ask("/healthz")[0] == 200
        assert time.monotonic() - begun < 4
    finally:
        for line in silent:
            line.close()


def test_several_workers_need_a_system_that_can_fork(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)
    cannot(run(table, "--workers", 2), "fork", "--workers")


def test_debugging_is_for_one_process(table: Path) -> None:
    cannot(run(table, "--debug", "--workers", 2), "--debug", "--workers")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_taken_port_is_one_sentence(table: Path, workers: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        cannot(run(table, "--port", port, "--workers", workers), f"127.0.0.1:{port}", "--port")


@pytest.mark.parametrize("wrong", ["0", "-1", "many", "1000"])
def test_how_many_workers(table: Path, wrong: str) -> None:
    cannot(run(table, "--workers", wrong), "--workers")


@pytest.mark.parametrize("wrong", ["a b", "/a?b/", "../x", "/./", "a//b", "<i>", "/a%20b/", "//evil.example/x#"])
def test_a_prefix_is_a_path(table: Path, wrong: str) -> None:
    cannot(run(table, "--prefix", wrong), "--prefix", wrong)


@pytest.mark.parametrize("written", ["timeline", "/timeline", "timeline/", "/timeline/"])
def test_a_prefix_has_a_slash_at_both_ends(table: Path, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import timeline.app.server as server

    asked: list[str] = []
    monkeypatch.setattr(server, "serve", lambda *_, **options: asked.append(options["prefix"]))
    assert run(table, "--prefix", written).exit_code == 0
    assert run(table, "--prefix", "/").exit_code == 0
    assert asked == ["/timeline/", "/"]
