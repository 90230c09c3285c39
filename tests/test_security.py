"""What the server refuses and the headers it sends: tables of requests, asked of the application without a browser.

A forged request gets a 4xx and one line in the log; no traceback is in either.
"""

from __future__ import annotations

import csv
import io
import json
import logging
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.tables import arland
from timeline.app import leaving
from timeline.app.security import MAX_BODY
from timeline.app.server import make_app
from timeline.documents import Library

# Flask-Compress leaves the file of an asset to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

POST = "/_dash-update-component"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """The invented world's application, in memory."""
    client: FlaskClient = make_app(arland(), Library(None), allow_hosts=["lio.example"]).server.test_client()
    return client


def forged(answer: Any, log: pytest.LogCaptureFixture, code: int | tuple[int, ...]) -> None:
    """A refusal: its status, no traceback anywhere, at most one line in the log."""
    codes = (code,) if isinstance(code, int) else code
    assert answer.status_code in codes, answer.get_data(as_text=True)[:200]
    body = answer.get_data(as_text=True)
    assert "Traceback" not in body and 'File "' not in body and "<script" not in body
    lines = [record for record in log.records if record.levelno >= logging.INFO]
    assert len(lines) <= 1
    for record in lines:
        assert record.exc_info is None
        assert "\n" not in record.getMessage() and "\r" not in record.getMessage()


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example:8050",
        "127.0.0.2",
        "0.0.0.0",
        "[::2]",
        "lio.example.evil",
        "a@127.0.0.1",
        "127.0.0.1:80:80",
        "127.0.0.1/x",
        "",
        "localhost,evil.example",
        "::1",
        "[::1",
        "xn--lcalhost-54a",
    ],
)
def test_a_foreign_host_is_refused(client: FlaskClient, host: str, caplog: pytest.LogCaptureFixture) -> None:
    for path in ("/", "/healthz", "/_dash-layout", "/export.csv", "/assets/00-style.css"):
        caplog.clear()
        forged(client.get(path, environ_overrides={"HTTP_HOST": host}), caplog, 400)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8050", "localhost", "LOCALHOST:1", "[::1]:8050", "lio.example", "lio.example:443"]
)
def test_a_known_host_is_served(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def _body(client: FlaskClient) -> dict[str, Any]:
    """A request of the kind that the page sends: that for the card of an event."""
    wanted = next(d for d in client.get("/_dash-dependencies").get_json() if d["output"] == "card.children")
    return {
        "output": wanted["output"],
        "outputs": {"id": "card", "property": "children"},
        "inputs": [{**each, "value": "storm"} for each in wanted["inputs"]],
        "changedPropIds": ["event.data"],
        "state": [{**each, "value": {}} for each in wanted["state"]],
    }


def test_a_request_of_the_page_is_answered(client: FlaskClient) -> None:
    for headers in ({}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        answer = client.post(POST, json=_body(client), headers=headers)
        assert answer.status_code == 200, headers
        assert "What happened: storm" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_request_from_another_site_is_refused(
    client: FlaskClient, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    body = _body(client)
    caplog.clear()
    forged(client.post(POST, json=body, headers=headers), caplog, 403)


def _with(**changes: Any) -> Any:
    return lambda body: body | changes


def _values(value: Any) -> Any:
    return lambda body: (
        body
        | {
            "inputs": [{**each, "value": value} for each in body["inputs"]],
            "state": [{**each, "value": value} for each in body["state"]],
        }
    )


GARBAGE: dict[str, Any] = {
    "nothing": lambda body: {},
    "a list": lambda body: [1, 2],
    "a number": lambda body: 7,
    "null": lambda body: None,
    "an unknown output": _with(output="nothing.children", outputs={"id": "nothing", "property": "children"}),
    "another property": _with(output="card.style", outputs={"id": "card", "property": "style"}),
    "output is a list": _with(output=["card.children"]),
    "output is long": _with(output="x" * 100_000),
    "inputs missing": lambda body: {k: v for k, v in body.items() if k != "inputs"},
    "inputs null": _with(inputs=None),
    "inputs a text": _with(inputs="event"),
    "no inputs": _with(inputs=[]),
    "too many inputs": lambda body: body | {"inputs": body["inputs"] * 50},
    "inputs without value": lambda body: body | {"inputs": [{"id": "event", "property": "data"}]},
    "changed is a number": _with(changedPropIds=3),
    "state missing": lambda body: {k: v for k, v in body.items() if k != "state"},
    "outputs wrong": _with(outputs="card"),
    "outputs null": _with(outputs=None),
    "dunder": _with(output="__class__.__init__", outputs={"id": "__class__", "property": "__init__"}),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_a_bad_request(client: FlaskClient, name: str, caplog: pytest.LogCaptureFixture) -> None:
    body = GARBAGE[name](_body(client))
    caplog.clear()
    answer = client.post(POST, data=json.dumps(body), content_type="application/json")
    if name in ("inputs without value", "state missing", "outputs wrong", "outputs null", "changed is a number"):
        assert answer.status_code < 500  # Dash reads past these, as far as it gets
        assert "Traceback" not in answer.get_data(as_text=True)
        return
    forged(answer, caplog, (400, 404))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[",
        b"\xff\xfe\x00",
        b"{'a': 1}",
        b"NaN",
        b'{"output": NaN}',
        b"null",
        b"[" * 20_000,
        b'"card"',
        b'{"output": "\\ud800"}',
        b'{"inputs": 1e999}',
    ],
    ids=lambda raw: raw[:12].decode("latin-1"),
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_what_is_no_json_is_a_bad_request(
    client: FlaskClient, raw: bytes, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    forged(client.post(POST, data=raw, content_type=kind), caplog, (400, 415))


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        -1,
        1e308,
        float("nan"),
        float("inf"),
        True,
        [],
        {},
        "",
        "x" * 50_000,
        ["storm"] * 5000,
        {"a": {"b": {"c": 1}}},
        "__proto__",
        "\x00",
        "\ud800",
        "<script>",
        [[[[]]]],
        [None],
        {"actors": 3},
        {"actors": [[1], {}], "extras": 5, "lanes": [], "match": {}, "from": 3},
    ],
    ids=lambda value: repr(value)[:24],
)
def test_wrong_values_in_every_callback_never_break_the_server(
    client: FlaskClient, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Every callback of the page, with every input and state set to the same nonsense."""
    for each in client.get("/_dash-dependencies").get_json():
        if each["clientside_function"]:
            continue
        body = {
            "output": each["output"],
            "outputs": _outputs(each["output"]),
            "inputs": [_given(one, value) for one in each["inputs"]],
            "changedPropIds": [f"{each['inputs'][0]['id']}.{each['inputs'][0]['property']}"],
            "state": [_given(one, value) for one in each["state"]],
        }
        caplog.clear()
        answer = client.post(POST, data=json.dumps(body), content_type="application/json")
        assert answer.status_code in (200, 204, 400), each["output"]
        text = answer.get_data(as_text=True)
        assert "Traceback" not in text and 'File "' not in text
        assert all(record.exc_info is None for record in caplog.records)
        if answer.status_code == 200:
            assert json.loads(text, parse_constant=_not_json), "NaN is no JSON for a browser"


def _not_json(word: str) -> None:
    raise AssertionError(f"{word} in an answer")


def _outputs(output: str) -> Any:
    """What the page names beside `output`: one place, or a list of them."""
    if output.startswith(".."):
        parts = output.strip(".").split("...")
        return [_place(part) for part in parts]
    return _place(output)


def _place(output: str) -> Any:
    name, _, prop = output.rpartition(".")
    if name.startswith("{"):
        return [{"id": json.loads(name), "property": prop}]
    return {"id": name, "property": prop.split("@")[0]}


def _given(one: dict[str, Any], value: Any) -> Any:
    if one["id"].startswith("{"):
        name = json.loads(one["id"].replace('["ALL"]', '"actor"'))
        return [{"id": name, "property": one["property"], "value": value}]
    return {**one, "value": value}


@pytest.mark.parametrize(
    "path",
    [
        "/events.csv",
        "/etc/passwd",
        "/assets/../events.csv",
        "/assets/%2e%2e/events.csv",
        "/assets/..%2fevents.csv",
        "/assets/%252e%252e/events.csv",
        "/assets/....//events.csv",
        "/assets/..\\events.csv",
        "/assets//etc/passwd",
        "/assets/%00",
        "/assets/nothing.css",
        "/timeline/app/server.py",
        "/pyproject.toml",
        "/.git/config",
        "/admin",
        "/export.csv/../events.csv",
        "/export.exe",
        "/problems/x",
        "/index.html",
        "/\u2028",
        "/_reload-hash",
        "/assets/",
        "/_dash-nothing",
        "/_dash-component-suites/../../events.csv",
    ],
)
def test_what_is_not_ours_to_give_is_not_found(
    client: FlaskClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    codes = (400, 404) if path.startswith("/_dash-component-suites") else 404
    answer = client.get(path)
    forged(answer, caplog, codes)
    assert b"[project]" not in answer.data and b"root:" not in answer.data and b"id,event" not in answer.data


@pytest.mark.parametrize("path", ["//host", "//evil.example/%2e%2e", "/\\evil.example", "//127.0.0.1/"])
def test_no_path_becomes_a_redirect(client: FlaskClient, path: str) -> None:
    answer = client.open(environ_overrides={"PATH_INFO": path, "REQUEST_METHOD": "GET"})
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_a_line_break_in_a_path_is_no_line_break_in_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    forged(client.get("/x%0d%0aGET /: 200 forged"), caplog, 404)
    assert caplog.records, "the refusal is told"
    caplog.clear()
    forged(client.get("/_dash-component-suites/x%0d%0aGET /: 200 forged"), caplog, (400, 404))


@pytest.mark.parametrize(
    ("method", "path", "headers", "code"),
    [
        ("GET", "/", {}, 200),
        ("HEAD", "/", {}, 200),
        ("GET", "/healthz", {}, 200),
        ("GET", "/problems", {}, 200),
        ("GET", "/export.csv", {}, 200),
        ("GET", "/export.json", {}, 200),
        ("GET", "/assets/00-style.css", {}, 200),
        ("GET", "/_dash-layout", {}, 200),
        ("GET", "/nothing", {}, 404),
        ("GET", "/", {"Host": "evil.example"}, 400),
        ("POST", POST, {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", POST, {}, 400),
        ("DELETE", "/", {}, 405),
        ("POST", "/export.csv", {}, 405),
    ],
)
def test_headers_on_every_answer(
    client: FlaskClient, method: str, path: str, headers: dict[str, str], code: int
) -> None:
    kind = "application/json" if method == "POST" else None
    answer = client.open(path, method=method, headers=headers, content_type=kind)
    assert answer.status_code == code
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert not [word for word in ("unsafe", "*", "http", "data:", "blob:") if word in policy["script-src"]]
    assert policy["object-src"] == "'none'" and policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_every_inline_script_has_its_hash(client: FlaskClient) -> None:
    from base64 import b64encode
    from hashlib import sha256
    from html.parser import HTMLParser

    class Scripts(HTMLParser):
        inline: list[str]
        open = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            names = dict(attrs)
            assert not [name for name in names if name.startswith("on")]
            self.open = tag == "script" and "src" not in names and names.get("type") != "application/json"
            if self.open:
                self.inline.append("")
            for name in ("src", "href"):
                value = names.get(name) or ""
                assert not value.startswith(("//", "http")), "nothing is loaded from elsewhere"

        def handle_data(self, data: str) -> None:
            if self.open:
                self.inline[-1] += data

        def handle_endtag(self, tag: str) -> None:
            self.open = False

    answer = client.get("/")
    page = Scripts()
    page.inline = []
    page.feed(answer.get_data(as_text=True))
    policy = answer.headers["Content-Security-Policy"]
    for script in page.inline:
        digest = b64encode(sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy, script[:80]


def test_healthz_and_head(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.get_data(as_text=True).strip() == "OK"
    head, get = client.head("/"), client.get("/")
    assert head.status_code == 200 and head.data == b""
    assert head.content_type == get.content_type


def test_a_body_over_the_limit(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    raw = b'{"output": "' + b"x" * MAX_BODY + b'"}'
    forged(client.post(POST, data=raw, content_type="application/json"), caplog, 413)


@pytest.mark.parametrize(
    "search",
    [
        "",
        "actor=%FF%FE",
        "actor=" + "a" * 9000,
        "&".join(f"actor=a{n}" for n in range(900)),
        "from=31+February&to=%00",
        "q=%28.*&q=%5C",
        "lanes=moon&order=%3Cscript%3E&actors=most",
        "event=../../etc/passwd",
        "x.__class__=1&x.=2&=&&;",
        "view=1..2&view=x",
        "status[]=a&status=%0d%0aSet-Cookie:+a=b",
        "actor=%ud800",
        "from=9999999&to=-1",
    ],
    ids=lambda search: search[:24] or "nothing",
)
def test_an_address_of_garbage_still_exports(client: FlaskClient, search: str) -> None:
    answer = client.get(f"/export.csv?{search}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    ids = set(arland().mentions["id"])
    assert {row["id"] for row in rows} <= ids
    answer = client.get(f"/export.json?{search}")
    assert answer.status_code == 200
    json.loads(answer.data, parse_constant=_not_json)
    if not search:
        assert {row["id"] for row in rows} == ids


def test_more_than_a_format_holds_is_one_sentence(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.export.xlsx.ROWS", 1)
    answer = client.get("/export.xlsx")
    assert answer.status_code == 413
    said = answer.get_data(as_text=True)
    assert "Excel" in said and "rows" in said and "Traceback" not in said


def test_what_a_format_cannot_say_stands_in_a_header(client: FlaskClient) -> None:
    answer = client.get("/export.ical")
    assert "iCalendar" in unquote(answer.headers["X-Export-Notes"])
    assert "X-Export-Notes" not in client.get("/export.csv").headers


def test_a_picture_without_a_browser_is_one_sentence(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.export.formats.has_browser", lambda: False)
    answer = client.get("/export.pdf")
    assert answer.status_code == 501
    assert "Chromium" in answer.get_data(as_text=True)
    assert client.get("/export.exe").status_code == 404


def test_one_picture_is_made_at_a_time(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.export.formats.has_browser", lambda: True)
    monkeypatch.setattr(leaving, "SECONDS", 0.01)
    with leaving._printing:
        answer = client.get("/export.print")
        assert answer.status_code == 503
        assert client.get("/export.csv").status_code == 200
    assert not leaving._printing.locked()


def test_a_long_chronology_is_not_printed_for_a_visitor(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.export.formats.has_browser", lambda: True)
    monkeypatch.setattr(leaving, "PRINTED", 2)
    answer = client.get("/export.chronology-pdf")
    assert answer.status_code == 413
    assert "timeline export" in answer.get_data(as_text=True)
