"""What is kept: by browsers, as the headers say; by the server, of files and of answers; and whose turn it is."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from tests.tables import arland
from timeline.app import remembering
from timeline.app.remembering import Answers, Turns
from timeline.app.server import make_app
from timeline.app.warming import warm
from timeline.documents import Library

# Flask leaves the file of an asset that did not change to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

POST = "/timeline/_dash-update-component"
FOR_EVER = "public, max-age=31536000, immutable"
CODINGS = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """The invented world's application under a prefix, warm."""
    dataset = arland()
    app = make_app(dataset, Library(None), prefix="/timeline/")
    warm(app, dataset, "/timeline/")
    client: FlaskClient = app.server.test_client()
    return client


def files(client: FlaskClient) -> list[str]:
    """The files that the page names."""
    page = client.get("/timeline/").get_data(as_text=True)
    return [part.split('"')[0] for part in page.split('src="')[1:]]


def body(client: FlaskClient, output: str, **values: Any) -> str:
    known = next(d for d in client.get("/timeline/_dash-dependencies").get_json() if d["output"] == output)
    return json.dumps({
        "output": output,
        "outputs": {"id": output.split(".")[0], "property": output.split(".")[1]},
        "inputs": [{**each, "value": values.get(each["id"])} for each in known["inputs"]],
        "changedPropIds": ["{id}.{property}".format(**known["inputs"][0])],
        "state": [{**each, "value": values.get(each["id"])} for each in known["state"]],
    })  # fmt: skip


def test_what_the_page_does_not_use_is_not_loaded(client: FlaskClient) -> None:
    named = " ".join(files(client))
    assert "dash_core_components" in named
    assert "dash_table" not in named
    assert "favicon" not in client.get("/timeline/").get_data(as_text=True)


def test_files_with_a_version_are_kept_for_ever(client: FlaskClient) -> None:
    named = files(client)
    assert len(named) > 8
    for name in named:
        answer = client.get(name)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == FOR_EVER, name
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("", "no-cache"),
        ("problems", "no-cache"),
        ("_dash-layout", "no-cache"),
        ("_dash-dependencies", "no-cache"),
        ("assets/00-style.css", "no-cache"),
        ("_dash-component-suites/plotly/package_data/plotly.min.js", "no-cache"),
        ("_favicon.ico?v=1", FOR_EVER),
        ("export.csv", "no-store"),
        ("export.html", "no-store"),
        ("export.json", "no-store"),
        ("healthz", "no-store"),
        ("nothing", "no-store"),
        ("assets/nothing.css?m=1", "no-store"),
    ],
)
def test_how_long_an_answer_may_be_kept(client: FlaskClient, path: str, kept: str) -> None:
    assert client.get(f"/timeline/{path}").headers["Cache-Control"] == kept


def test_answers_about_the_data_are_not_kept_by_browsers(client: FlaskClient) -> None:
    asked = body(client, "rows.data", query={"actors": []})
    for _ in range(2):
        answer = client.post(POST, data=asked, content_type="application/json")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["problems", "_dash-layout", "_dash-dependencies", "assets/00-style.css"])
@pytest.mark.parametrize("headers", [{}, CODINGS], ids=["plain", "compressed"])
def test_what_did_not_change_is_not_sent_again(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    first = client.get(f"/timeline/{path}", headers=headers)
    again = client.get(f"/timeline/{path}", headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again.headers["X-Frame-Options"] == "DENY"
    other = client.get(f"/timeline/{path}", headers={**headers, "If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
def test_files_are_compressed_once(client: FlaskClient, coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Warming has compressed all of them; a fingerprint that was made up gives the same file, not another copy."""
    import flask_compress.flask_compress as library

    def none(*_: Any) -> bytes:
        raise AssertionError("it was compressed again")

    monkeypatch.setattr(library, "_compress_data", none)
    monkeypatch.setattr(library, "_compress_chunks", none)
    for name in files(client):
        # What is tiny is sent as it is.
        answer = client.get(name, headers={"Accept-Encoding": coding})
        assert answer.headers.get("Content-Encoding") == coding or len(answer.data) < 500
    made_up = next(name for name in files(client) if "dash_renderer" in name).replace(".v4", ".v7")
    assert client.get(made_up, headers={"Accept-Encoding": coding}).headers["Content-Encoding"] == coding


def counting(refuse: bool = False) -> tuple[FlaskClient, list[int]]:
    """An application that counts how often it was really asked; a kept answer counts once."""
    server, made = Flask("counting"), [0]
    answers = Answers("/")
    answers.keep_from(server)

    @server.get("/opening")
    @server.post("/_dash-update-component")
    def make() -> tuple[dict[str, int], int]:
        made[0] += 1
        g.made = True
        return {"made": made[0]}, 500 if refuse else 200

    answers.give_to(server)
    return server.test_client(), made


def test_the_same_question_is_answered_once() -> None:
    client, made = counting()
    first = client.post("/_dash-update-component", json={"output": "rows.data", "inputs": [1]})
    again = client.post("/_dash-update-component", json={"output": "rows.data", "inputs": [1]})
    assert first.data == again.data
    assert first.headers == again.headers
    client.post("/_dash-update-component", json={"output": "rows.data", "inputs": [2]})
    client.post("/_dash-update-component", json={"output": "rows.data", "inputs": [1]}, headers=CODINGS)
    assert made[0] == 3


def test_the_opening_of_an_address_is_made_once() -> None:
    client, made = counting()
    first = client.get("/opening?width=800&search=%3Factor%3DArland")
    assert client.get("/opening?width=800&search=%3Factor%3DArland").data == first.data
    assert client.get("/opening?width=801&search=%3Factor%3DArland").data != first.data
    assert made[0] == 2


def test_cards_refusals_and_nonsense_are_not_kept() -> None:
    client, made = counting()
    for _ in range(2):
        client.post("/_dash-update-component", json={"output": "card.children"})
        client.post("/_dash-update-component", data=b"{", content_type="application/json")
    assert made[0] == 4
    client, made = counting(refuse=True)
    for _ in range(2):
        assert client.post("/_dash-update-component", json={"output": "rows.data"}).status_code == 500
    assert made[0] == 2


def test_what_was_not_asked_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 120)  # bytes: some eight answers
    client, made = counting()
    for number in range(30):
        client.post("/_dash-update-component", json={"output": "rows.data", "inputs": [number]})
        client.post("/_dash-update-component", json={"output": "rows.data", "inputs": [0]})
    assert made[0] == 30
    client.post("/_dash-update-component", json={"output": "rows.data", "inputs": [1]})
    assert made[0] == 31


def test_kept_answers_are_refused_like_others(client: FlaskClient) -> None:
    asked = body(client, "rows.data", query={"actors": []})
    sent = {"data": asked, "content_type": "application/json"}
    assert client.post(POST, **sent).status_code == 200
    assert client.post(POST, **sent, headers={"Host": "evil.example"}).status_code == 400
    assert client.post(POST, **sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_turns_are_taken_in_order() -> None:
    turns, order, running = Turns(2), list[int](), [0, 0]
    turns.take()
    turns.take()

    def go(number: int) -> None:
        turns.take()
        running[0] += 1
        running[1] = max(running)
        order.append(number)
        time.sleep(0.01)
        running[0] -= 1
        turns.give_back()

    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=go, args=(number,)))
        threads[-1].start()
        while len(turns._waiting) <= number:
            time.sleep(0.001)
    turns.give_back()
    for thread in threads:
        thread.join(timeout=30)
    assert order == list(range(6))
    assert running[1] == 1
    turns.give_back()


@pytest.mark.parametrize("path", ["/", "/healthz", "/export.csv", "/assets/00-style.css", "/_dash-layout", "/timeline",
                                  "/timelinex/", "/timeline/timeline/", "/timeline/../", "/x/timeline/"])  # fmt: skip
def test_nothing_lies_beside_the_prefix(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_proxy_is_believed_only_when_it_is_asked_for() -> None:
    told = {"X-Forwarded-Host": "lio.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    for proxies, code in ((0, 400), (1, 200)):
        app = make_app(arland(), Library(None), allow_hosts=["lio.example"], proxies=proxies)
        client = app.server.test_client()
        assert client.get("/", headers={"Host": "inside.example", **told}).status_code == code
        assert client.get("/", headers={"Host": "lio.example"}).status_code == 200
    assert client.get("/", headers={"Host": "lio.example", "X-Forwarded-Host": "evil.example"}).status_code == 400
