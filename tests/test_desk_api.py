"""The desk over the wire: its API, who may come in, what is refused, and that the public page writes nothing."""

from __future__ import annotations

import http.client
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from werkzeug.test import Client

from tests.desks import ACCEPTED, COURIER, EVENTS, lay_out, serve_desk_of
from timeline.app.desk_access import COOKIE, Access
from timeline.app.desk_offsets import to_characters, to_units
from timeline.app.desk_routes import POSTS
from timeline.app.security import MAX_BODY
from timeline.app.server import make_app
from timeline.cli import cli
from timeline.documents import Library
from timeline.table.dataset import load

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
ROOT = Path(__file__).resolve().parents[1]
API = "/curate/api/"


class Asking:
    """A browser without a page."""

    def __init__(self, app: Any, folder: Path | None = None, **headers: str) -> None:
        self.client, self.headers, self.folder = Client(app), {"Host": "127.0.0.1", **headers}, folder

    def files(self) -> dict[str, bytes]:
        """The tables."""
        assert self.folder is not None
        return files(self.folder)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers={**self.headers, **headers})

    def post(self, name: str, body: Any = None, **headers: str) -> Any:
        body = {} if body is None else body
        return self.client.post(f"{API}{name}", json=body, headers={**self.headers, **headers})

    def send(self, name: str, data: bytes | str, **headers: str) -> Any:
        """A body as it is."""
        kind = {"Content-Type": "application/json"}
        return self.client.post(f"{API}{name}", data=data, headers={**self.headers, **kind, **headers})

    def candidate(self, quote: str, document: str = "courier") -> dict[str, Any]:
        told = self.get(f"{API}document?id={document}").get_json()
        return next(one for one in told["candidates"] if one["quote"].endswith(quote))

    def form(self, quote: str) -> dict[str, Any]:
        made: dict[str, Any] = self.post(
            "form", {"document": "courier", "candidate": self.candidate(quote)["id"]}
        ).get_json()
        return made


@pytest.fixture
def ada(tmp_path: Path) -> Iterator[Asking]:
    lay_out(tmp_path)
    app = serve_desk_of(tmp_path)
    yield Asking(app)
    app.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """One desk for all requests that must change nothing."""
    folder = tmp_path_factory.mktemp("desk")
    lay_out(folder)
    app = serve_desk_of(folder)
    yield Asking(app, folder)
    app.close()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


class TestAnswers:
    def test_a_row_from_candidate_to_table_and_back(self, ada: Asking, tmp_path: Path) -> None:
        form = ada.form("Last Friday")
        look = ada.post("look", {"row": form["row"] | ACCEPTED, "id": None}).get_json()
        assert [one for one in look["problems"] if one["severity"] == "error"] == []
        body = {"candidate": form["key"], "row": form["row"] | ACCEPTED, "same_as": []}
        saved = ada.post("accept", body)
        assert saved.status_code == 200 and saved.get_json()["state"]["table"]["rows"] == 4
        opening = ada.get("/opening?width=900").get_data(as_text=True)
        assert "Minister meets the dockers" in opening  # the page of the timeline follows
        undone = ada.post("undo").get_json()
        assert undone["document"] == "courier" and (tmp_path / "events.csv").read_text(encoding="utf-8") == EVENTS
        assert "Minister meets the dockers" not in ada.get("/opening?width=900").get_data(as_text=True)
        assert ada.post("redo").get_json()["state"]["table"]["rows"] == 4

    def test_the_page_of_the_timeline_is_there(self, ada: Asking) -> None:
        page = ada.get("/")
        assert page.status_code == 200 and "_dash-component-suites" in page.get_data(as_text=True)
        address = next(each for each in page.get_data(as_text=True).split('"') if "dash_renderer.v" in each)
        assert ada.get(address if address.startswith("/") else f"/{address}").status_code == 200
        assert ada.get("/healthz").status_code == 200

    def test_the_desk_has_its_page(self, ada: Asking) -> None:
        page = ada.get("/curate/")
        assert page.status_code == 200 and "events.csv" in page.get_data(as_text=True)
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert ada.get("/curate").headers["Location"].endswith("/curate/")

    def test_errors_of_a_row(self, ada: Asking, tmp_path: Path) -> None:
        form = ada.form("Last Friday")
        refused = ada.post("accept", {"candidate": form["key"], "row": form["row"], "same_as": []})
        assert refused.status_code == 422 and {one["column"] for one in refused.get_json()["problems"]} >= {"title"}
        assert (tmp_path / "events.csv").read_text(encoding="utf-8") == EVENTS

    def test_a_clash_has_both_versions(self, ada: Asking, tmp_path: Path) -> None:
        row = next(one for one in ada.get(f"{API}document?id=courier").get_json()["rows"] if one["id"] == "ferry")
        first = ada.post("edit", {"id": "ferry", "row": row | {"title": "One"}, "before": row})
        assert first.status_code == 200
        second = ada.post("edit", {"id": "ferry", "row": row | {"title": "Two"}, "before": row})
        told = second.get_json()
        assert second.status_code == 409 and (told["mine"]["title"], told["theirs"]["title"]) == ("Two", "One")
        assert (tmp_path / told["kept"]).exists()

    def test_a_chart_names_its_marks(self, ada: Asking) -> None:
        for theme, ground in (("light", "#ffffff"), ("dark", "#16181b"), ("red", "#ffffff")):
            figure = ada.get(f"{API}chart?document=courier&theme={theme}&width=500&date=2014-02").get_json()["figure"]
            assert figure["layout"]["paper_bgcolor"] == ground and figure["layout"]["width"] == 500
            named = [name for trace in figure["data"] for name in trace.get("customdata", [])]
            rows = {name.get("row") for name in named}
            assert {"strike", "ferry"} <= rows and {"row": "strike", "document": "courier"} in named
            assert {"candidate": ada.candidate("Last Friday")["id"]} in named
        assert ada.get(f"{API}chart?document=lost&theme=light&width=x&date=nope").status_code == 200
        assert ada.get(f"{API}chart?document=nope").status_code == 404

    def test_places_are_counted_as_browsers_do(self, ada: Asking) -> None:
        told = ada.get(f"{API}document?id=courier").get_json()
        paragraph = told["paragraphs"][4]
        units = paragraph["text"].encode("utf-16-le")
        one = ada.candidate("4 May 2014")
        assert units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le").endswith("4 May 2014")
        ends = {"from": {"n": 5, "offset": one["start"]}, "to": {"n": 5, "offset": one["end"] + 40}}
        form = ada.post("form", {"document": "courier", **ends}).get_json()
        assert form["row"]["date"] == "2014-05-04" and form["row"]["passage"].startswith("4 May 2014 the")

    @pytest.mark.parametrize("text", ["", "abc", "\U0001f6a2", "a\U0001f6a2b\U0001f6a2", COURIER])
    def test_units_and_back(self, text: str) -> None:
        for offset in range(len(text) + 1):
            units = to_units(text, offset)
            assert units == len(text[:offset].encode("utf-16-le")) // 2
            assert to_characters(text, units) == offset

    def test_a_draft_outlives_the_desk(self, ada: Asking, tmp_path: Path) -> None:
        form = ada.form("Last Friday")
        assert ada.post("draft", {"key": form["key"], "row": form["row"] | {"title": "Half"}}).get_json() == {}
        again = Asking(serve_desk_of(tmp_path))
        assert again.get(f"{API}document?id=courier").get_json()["drafts"][form["key"]]["title"] == "Half"

    def test_threads_share_one_desk(self, ada: Asking, tmp_path: Path) -> None:
        """Eight curators skip and accept at once: every row is there, and none twice."""
        failed: list[Any] = []
        app = ada.client.application

        def work(number: int) -> None:
            own = Asking(app)
            row = {
                "id": f"row-{number}", "date": "2014-02", "title": f"Ferries stay away {number}",
                "summary": f"The Courier: no ferry came, {number}.", "actors": "Port Lio", "category": "other",
                "status": "reported", "document": "courier", "locator": "para. 3",
                "passage": "No ferry came … all February 2014.",
            }  # fmt: skip
            saved = own.post("accept", {"candidate": None, "row": row, "same_as": []})
            for answer in (saved, own.get("/opening?width=900")):
                if answer.status_code != 200:
                    failed.append(answer.get_data(as_text=True))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        dataset = load(tmp_path / "events.csv")
        assert dataset.rows == 11 and dataset.errors == ()


class TestRefusals:
    def refused(self, answer: Any, code: int | tuple[int, ...], log: pytest.LogCaptureFixture | None = None) -> None:
        assert answer.status_code in ((code,) if isinstance(code, int) else code), answer.get_data(as_text=True)[:300]
        body = answer.get_data(as_text=True)
        assert "Traceback" not in body and 'File "' not in body
        for record in log.records if log else ():
            assert record.exc_info is None and "\n" not in record.getMessage()

    @pytest.mark.parametrize(
        ("headers", "code"),
        [
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, 403),
            ({"Content-Type": "text/plain"}, 415),
            ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
            ({"Content-Type": "application/json-seq"}, 415),
            ({"Host": "evil.example"}, 400),
        ],
    )
    def test_a_write_from_elsewhere(self, shared: Asking, headers: dict[str, str], code: int) -> None:
        before = shared.files()
        for name in POSTS:
            answer = shared.send(name, "{}", **headers)
            self.refused(answer, code)
            assert answer.get_json()["error"]
        assert shared.files() == before

    @pytest.mark.parametrize(
        "body",
        [
            None, [], "x", 7, {}, {"row": []}, {"row": {"title": 7}}, {"id": {}, "row": {}}, {"row": {"nope": "x"}},
            {"document": "\ud800", "text": "x"}, {"document": 1, "candidate": 1, "decision": 1},
            {"document": "courier", "candidate": "x", "decision": "accepted:strike"},
            {"document": "courier", "from": {"n": True, "offset": 0}, "to": {"n": 1, "offset": -1}},
            {"document": "courier", "from": {"n": 10**12, "offset": 0}, "to": []},
            {"document": "../../etc/passwd", "candidate": "x", "text": ["x"]},
            {"ids": ["strike"] * 600, "event": "x"}, {"ids": "strike"}, {"key": "x" * 300, "row": None},
            {"key": "x", "row": {"title": "x" * 200_000}}, {"candidate": None, "row": {}, "same_as": [1]},
            {"id": "strike", "row": {"id": "strike"}, "before": 7},
        ],
    )  # fmt: skip
    def test_a_forged_body(self, shared: Asking, body: Any, log: pytest.LogCaptureFixture) -> None:
        before = shared.files()
        for name in POSTS:
            answer = shared.send(name, json.dumps([body] if name in ("undo", "redo") else body))
            if name in ("understood", "look") and answer.status_code == 200:
                continue
            self.refused(answer, (400, 404, 409, 422), log)
            assert answer.get_json()["error"].endswith((".", "?", "!")), name
        assert shared.files() == before

    def test_broken_json_and_deep_json(self, shared: Asking, log: pytest.LogCaptureFixture) -> None:
        for data in (b"", b"{", b"\xff", b'{"row":' + b"[" * 100_000, b'{"a":NaN}', b'{"text":"\\ud800"}'):
            self.refused(shared.send("understood", data), 400, log)

    def test_a_body_that_is_too_large(self, shared: Asking) -> None:
        self.refused(shared.send("look", b" " * (MAX_BODY + 1)), 413)

    @pytest.mark.parametrize(
        ("path", "method", "code"),
        [
            (f"{API}accept", "GET", 405), (f"{API}state", "POST", 405), (f"{API}state", "DELETE", 405),
            (f"{API}nope", "GET", 404), (f"{API}nope", "POST", 404), ("/curate/../events.csv", "GET", 404),
            ("/curate/events.csv", "GET", 404), ("/curate//evil", "GET", 404), ("/curate/api/", "GET", 404),
            ("/curate/assets/../../events.csv", "GET", 404), ("/curateX", "GET", 404), ("/events.csv", "GET", 404),
            (f"{API}document", "GET", 400), (f"{API}document?id=../events.csv", "GET", 404),
            (f"{API}document?id=courier.txt", "GET", 404), (f"{API}document?id=%00", "GET", 404),
            (f"{API}chart?document=courier&width=999999999999999999", "GET", 200), ("/curate/", "PUT", 405),
        ],
    )  # fmt: skip
    def test_a_forged_path(
        self, shared: Asking, path: str, method: str, code: int, log: pytest.LogCaptureFixture
    ) -> None:
        headers = {"Host": "127.0.0.1", "Content-Type": "application/json"}
        self.refused(shared.client.open(path, method=method, headers=headers), code, log)

    def test_a_mistake_of_ours_is_told_in_a_sentence(
        self, shared: Asking, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("timeline.curating.answers.understood", lambda *_: 1 / 0)
        answer = shared.post("understood", {"text": "2014"})
        self.refused(answer, 500, log)
        assert "ZeroDivisionError" in log.records[-1].getMessage()
        assert answer.get_json()["error"] == "The desk could not answer this. The log names the error."

    def test_a_callback_that_the_page_does_not_have(self, shared: Asking, log: pytest.LogCaptureFixture) -> None:
        for body in ({}, [], {"output": "x.y", "inputs": []}):
            path = "/curate/_dash-update-component"
            self.refused(shared.client.post(path, json=body, headers=shared.headers), 400, log)

    def test_headers_of_every_answer(self, shared: Asking) -> None:
        for path in ("/curate/", f"{API}state", f"{API}nope", "/", "/nope"):
            headers = shared.get(path).headers
            assert headers["X-Frame-Options"] == "DENY" and headers["Referrer-Policy"] == "no-referrer"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert shared.get(f"{API}state").headers["Cache-Control"] == "no-store"


class TestAccess:
    TOKEN = "harbour-lantern-7"

    @pytest.fixture
    def app(self, tmp_path: Path) -> Any:
        lay_out(tmp_path)
        return serve_desk_of(tmp_path, Access("Ada", token=self.TOKEN))

    @pytest.mark.parametrize(
        "path",
        ["/", "/curate/", f"{API}state", f"{API}document?id=courier", "/opening", "/_dash-layout", "/export.csv",
         "/curate/_dash-layout", "/curate/assets/desk/x.js", "/problems"],
    )  # fmt: skip
    def test_nothing_without_the_token(self, app: Any, path: str, caplog: pytest.LogCaptureFixture) -> None:
        asking = Asking(app)
        for given in ("", "?token=", "?token=wrong", f"?token={self.TOKEN}x"):
            answer = asking.get(path.split("?")[0] + given)
            assert answer.status_code == 401, path
            assert "Dockers" not in answer.get_data(as_text=True)
        for cookie in ("", "x", self.TOKEN):
            assert asking.get(path, Cookie=f"{COOKIE}={cookie}").status_code == 401
        assert self.TOKEN not in caplog.text

    @pytest.mark.parametrize("name", POSTS)
    def test_no_write_without_the_token(self, app: Any, tmp_path: Path, name: str) -> None:
        before = files(tmp_path)
        asking = Asking(app)
        assert asking.post(name, {"token": self.TOKEN}).status_code == 401
        answer = asking.client.post(f"{API}{name}?token={self.TOKEN}", json={}, headers=asking.headers)
        assert answer.status_code == 401 and files(tmp_path) == before

    def test_the_token_becomes_a_cookie(self, app: Any) -> None:
        asking = Asking(app)
        answer = asking.get(f"/curate/?token={self.TOKEN}")
        cookie = answer.headers["Set-Cookie"]
        assert answer.status_code == 303 and answer.headers["Location"] == "/curate/"
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and self.TOKEN not in cookie
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert asking.get(f"{API}state").status_code == 200 and asking.get("/").status_code == 200
        assert asking.post("undo").status_code == 400  # nothing to undo, but let in
        assert asking.get("/healthz").status_code == 200

    def test_a_secure_cookie_where_the_proxy_speaks_tls(self, tmp_path: Path) -> None:
        lay_out(tmp_path)
        asking = Asking(serve_desk_of(tmp_path, Access("Ada", token=self.TOKEN), proxies=1))
        secure = asking.get(f"/curate/?token={self.TOKEN}", **{"X-Forwarded-Proto": "https"})
        assert "Secure" in secure.headers["Set-Cookie"]

    def test_a_proxy_says_who_it_is(self, tmp_path: Path) -> None:
        lay_out(tmp_path)
        asking = Asking(serve_desk_of(tmp_path, Access("Ada", header="X-Forwarded-User"), proxies=1))
        assert asking.get("/").status_code == asking.get(f"{API}state").status_code == 401
        for name in ("", " ", "a\x7fb", "x" * 81):
            assert asking.get(f"{API}state", **{"X-Forwarded-User": name}).status_code == 401
        ben = asking.get(f"{API}state", **{"X-Forwarded-User": "Ben"}).get_json()
        assert ben["who"] == "Ben" and ben["others"] == []
        olga = asking.get(f"{API}state", **{"X-Forwarded-User": "Olga Müller".encode().decode("latin-1")}).get_json()
        assert olga["who"] == "Olga Müller" and [one["who"] for one in olga["others"]] == ["Ben"]

    def test_steps_are_each_curators_own(self, tmp_path: Path) -> None:
        lay_out(tmp_path)
        app = serve_desk_of(tmp_path, Access("Ada", header="X-Forwarded-User"), proxies=1)
        ben, olga = (Asking(app, **{"X-Forwarded-User": name}) for name in ("Ben", "Olga"))
        form = ben.form("Last Friday")
        ben.post("accept", {"candidate": form["key"], "row": form["row"] | ACCEPTED, "same_as": []})
        assert olga.post("undo").status_code == 400 and ben.post("undo").status_code == 200


class TestCommand:
    def run(self, *args: str, **env: str) -> Result:
        return CliRunner(env=env).invoke(cli, ["curate", *args])

    @pytest.mark.parametrize(
        ("args", "words"),
        [
            (["--host", "0.0.0.0"], "--host 0.0.0.0 opens the desk to others"),
            (["--host", "::"], "opens the desk to others"),
            (["--host", "192.168.1.5", "--proxied", "1"], "Give a --token"),
            (["--proxied", "1"], "--proxied opens the desk to others"),
            (["--allow-host", "lio.example"], "--allow-host lio.example opens the desk"),
            (["--sign-in-header", "X-User"], "say how many, --proxied N"),
            (["--proxied", "1", "--sign-in-header", "X User"], "is no name of a header"),
            (["--token", " "], "--token is empty"),
            (["--documents", "nope"], "there is no such folder"),
        ],
    )
    def test_a_door_without_a_key(self, tmp_path: Path, args: list[str], words: str) -> None:
        result = self.run(str(lay_out(tmp_path)), *args)
        assert result.exit_code == 2 and words in result.output and "Traceback" not in result.output

    @pytest.mark.parametrize(
        ("args", "env"),
        [
            (["--host", "0.0.0.0", "--token", "harbour-lantern"], {}),
            (["--host", "0.0.0.0"], {"TIMELINE_TOKEN": "harbour-lantern"}),
            (["--host", "0.0.0.0", "--proxied", "1", "--sign-in-header", "X-Forwarded-User"], {}),
            (["--host", "localhost", "--as", "  Ada   Moor "], {}),
        ],
    )
    def test_a_door_with_a_key(
        self, tmp_path: Path, args: list[str], env: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        served: list[Any] = []
        monkeypatch.setattr("timeline.app.desk_serving.serve_desk", lambda *given, **more: served.append((given, more)))
        result = self.run(str(lay_out(tmp_path)), *args, **env)
        assert result.exit_code == 0, result.output
        (_, access), _ = served[0]
        assert access.token == ("" if not env and "--token" not in args else "harbour-lantern")
        if "--as" in args:
            assert access.who == "Ada Moor"

    def test_a_table_is_begun_only_when_asked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("timeline.app.desk_serving.serve_desk", lambda *_, **__: None)
        path = tmp_path / "mine.csv"
        result = self.run(str(path))
        assert result.exit_code == 2 and "--new" in result.output and list(tmp_path.iterdir()) == []
        result = self.run(str(path), "--new")
        assert result.exit_code == 0 and "Begun: mine.csv, documents.csv, actors.csv." in result.output
        assert load(path).rows == 0
        path.write_text(EVENTS, encoding="utf-8")
        result = self.run(str(path), "--new")
        assert result.exit_code == 0 and "Begun" not in result.output and path.read_text(encoding="utf-8") == EVENTS

    def test_beside_rows_that_are_there_actors_are_listed(self, tmp_path: Path) -> None:
        from timeline.curating.beginning import begin_tables

        path = lay_out(tmp_path)
        (tmp_path / "actors.csv").unlink()
        assert begin_tables(path, make=True) == ["actors.csv"]
        assert (tmp_path / "actors.csv").read_text(encoding="utf-8") == (
            "name,kind,part_of,aliases\nDockers' Union,,,\nPort Lio,,,\n"
        )
        assert load(path).errors == () and begin_tables(path, make=True) == []

    def test_a_new_table_can_be_filled(self, tmp_path: Path) -> None:
        from timeline.curating.beginning import begin_tables

        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "courier.txt").write_text(COURIER, encoding="utf-8")
        begin_tables(tmp_path / "events.csv", make=True)
        asking = Asking(serve_desk_of(tmp_path))
        proposed = asking.get(f"{API}document?id=courier").get_json()["proposed"]
        row = proposed | {"source": "The Lio Courier", "published": "2014-02-23"}
        assert asking.post("document", {"row": row}).status_code == 200
        assert asking.post("actor", {"row": {"name": "Ada Kern", "kind": "person"}}).status_code == 200
        form = asking.form("Last Friday")
        assert form["row"]["actors"] == "Ada Kern" and "note" not in form["row"]
        body = {"candidate": form["key"], "row": form["row"] | ACCEPTED, "same_as": []}
        assert asking.post("accept", body).status_code == 200
        assert load(tmp_path / "events.csv").errors == ()
        assert asking.get("/").status_code == 200

    def test_the_shipped_table_of_an_installed_program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from timeline.curating import beginning

        data = tmp_path / "_data"
        data.mkdir()
        lay_out(data)
        monkeypatch.setattr("timeline.table.files.shipped", lambda: data / "events.csv")
        monkeypatch.setattr(beginning, "__file__", str(tmp_path / "curating" / "beginning.py"))
        result = self.run()
        assert result.exit_code == 2 and "part of the installed program" in result.output and "--new" in result.output

    @pytest.mark.skipif(not hasattr(signal, "SIGTERM") or sys.platform == "win32", reason="needs signals")
    def test_a_process_serves_and_ends(self, tmp_path: Path) -> None:
        path = lay_out(tmp_path)
        command = [sys.executable, "-m", "timeline", "curate", str(path), "--port", "0"]
        env = os.environ | {"TIMELINE_TOKEN": "harbour-lantern-7", "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "harbour-lantern-7" not in line
            address = urlsplit(line.split()[3])
            asked = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
            asked.request("GET", "/curate/?token=harbour-lantern-7")
            welcome = asked.getresponse()
            welcome.read()
            asked.request("GET", f"{API}state", headers={"Cookie": welcome.headers["Set-Cookie"].split(";")[0]})
            assert json.loads(asked.getresponse().read())["table"]["rows"] == 3
            asked.close()
            assert list((tmp_path / ".events.csv.desk" / "open").iterdir())
        finally:
            process.terminate()
            _, errors = process.communicate(timeout=60)
        assert process.returncode == 0 and "Traceback" not in errors and "harbour-lantern-7" not in errors
        assert list((tmp_path / ".events.csv.desk" / "open").iterdir()) == []

    @pytest.mark.parametrize("name", ["documents.csv", "nope/events.csv", "."])
    def test_what_is_no_table(self, tmp_path: Path, name: str) -> None:
        lay_out(tmp_path)
        result = self.run(str(tmp_path / name))
        assert result.exit_code == 2
        assert "Traceback" not in result.output and "mistake of this program" not in result.output

    def test_a_strangers_table_is_told_what_it_lacks(self, tmp_path: Path) -> None:
        lay_out(tmp_path)
        (tmp_path / "events.csv").write_text("date,title\n2014,Strike\n", encoding="utf-8")
        result = self.run(str(tmp_path / "events.csv"))
        assert result.exit_code == 2 and "has no column" in result.output and "passage" in result.output


class TestThePublicPageWritesNothing:
    """`timeline serve` has no way to change anything, whoever asks it and how."""

    def test_no_route_takes_a_write_but_dashs_own_callback(self, tmp_path: Path) -> None:
        path = lay_out(tmp_path)
        server = make_app(load(path), Library(tmp_path / "texts")).server
        writes = {"POST", "PUT", "PATCH", "DELETE"}
        takes = {rule.rule for rule in server.url_map.iter_rules() if (rule.methods or set()) & writes}
        assert takes == {"/_dash-update-component"}

    def test_no_request_changes_a_file(self, tmp_path: Path) -> None:
        path = lay_out(tmp_path)
        client = make_app(load(path), Library(tmp_path / "texts")).server.test_client()
        before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
        own = ["/", "/events.csv", "/problems", "/opening", "/_dash-update-component"]
        for address in (*own, *(f"{API}{name}" for name in POSTS)):
            for method in ("POST", "PUT", "PATCH", "DELETE", "MKCOL"):
                answer = client.open(address, method=method, json={"row": {}, "candidate": None})
                assert answer.status_code >= 400, (method, address)
        assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before

    def test_serving_does_not_even_know_how_to_save(self) -> None:
        code = (
            "import sys, timeline.app.server\n"
            "print([n for n in sys.modules if n.startswith(('timeline.curating', 'timeline.table.saving'))])"
        )
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        assert told.stdout.strip() == "[]"
