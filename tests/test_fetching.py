"""Fetching: where a request may go, what is saved, what is kept, and one sentence for each thing that goes wrong."""

from __future__ import annotations

import _socket
import gzip
import hashlib
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.papers import lines_docx, make_pdf
from tests.test_cli import assert_cannot_run, run
from timeline.documents import Library, Text
from timeline.documents.collecting import collect
from timeline.fetching import addresses, asking
from timeline.fetching.addresses import Refused, public
from timeline.fetching.asking import AGENT, Answer, Client, Limits
from timeline.fetching.ledger import Document, documents_in, write_back
from timeline.fetching.robots import Robots
from timeline.fetching.shelving import Shelf

HEADER = "id,title,source,author,published,kind,language,url,file,sha256"
PAGE = b"<!doctype html><html><body><h1>Port Lio</h1><p>A truce was signed on 3 May 1999.</p></body></html>"
MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
QUICK = Limits(size=1_000_000, whole=5, wait=2, delay=0)


class Site:
    """A server on 127.0.0.1: `pages` by path, each (status, headers, content) or a function of the handler; `asked`
    is what it was asked for, with the headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # the name that the library calls
                site.asked.append((self.path, dict(self.headers)))
                page = site.pages.get(self.path, (404, {}, b"none"))
                if callable(page):
                    page = page(self)
                if page is None:
                    self.close_connection = True
                    return
                status, headers, content = page
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that hang up are the test
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The server; its address alone, of all that are not public, may be asked."""
    here = ipaddress.ip_address("127.0.0.1")
    monkeypatch.setattr(addresses, "public", lambda address: address == here or public(address))
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()
    made.thread.join(5)


@pytest.fixture(autouse=True)
def _numbers_are_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address in digits, however it is written, is told by the system itself; names by the guard of all tests."""
    guarded = socket.getaddrinfo

    def lookup(host: str, port: int, *args: Any, **options: Any) -> Any:
        try:
            return _socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
        except OSError:
            return guarded(host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def html(content: bytes = PAGE, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "text/html; charset=utf-8", **headers}, content


def make_certificate(folder: Path, name: str) -> Path:
    """A certificate for a name, signed by itself, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1)).not_valid_after(datetime(2100, 1, 1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    kind = serialization.Encoding.PEM
    private = key.private_bytes(kind, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(private + made.public_bytes(kind))
    return path


def refused(url: str, limits: Limits = QUICK) -> str:
    with pytest.raises(Refused) as error:
        Client(limits).get(url)
    return str(error.value)


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
            "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
            "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::1",
            "2002:c0a8:101::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001:0:7f00:1::1",
        ],
    )  # fmt: skip
    def test_what_is_not_public(self, address: str) -> None:
        assert not public(ipaddress.ip_address(address))

    @pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e", "::ffff:8.8.8.8"])
    def test_what_is(self, address: str) -> None:
        assert public(ipaddress.ip_address(address))

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "0", "[::ffff:127.0.0.1]"]
    )
    def test_no_spelling_of_this_machine_is_asked(self, host: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.05)
            said = refused(f"http://{host}:{server.getsockname()[1]}/")
            with pytest.raises(TimeoutError):
                server.accept()
        assert "public internet" in said or "only plain" in said or "cannot be resolved" in said

    def test_the_address_that_was_judged_is_the_one_connected_to(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answers = [["127.0.0.1"], ["127.0.0.2"]]
        asked = []

        def lookup(host: str, port: int, **_: Any) -> list[Any]:
            asked.append(host)
            here = answers[min(len(asked), len(answers)) - 1]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in here]

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        site.pages["/robots.txt"] = (404, {}, b"")
        port = site.server.server_port
        assert "127.0.0.2" in refused(f"http://lio.example:{port}/a")  # the second answer, after that for robots.txt
        assert asked == ["lio.example", "lio.example"] and site.paths() == []

    def test_of_several_addresses_only_the_public_are_tried(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        site.pages["/a"] = html()
        both = ("127.0.0.3", "127.0.0.1")
        monkeypatch.setattr(
            socket, "getaddrinfo",
            lambda host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in both],
        )  # fmt: skip
        tried = []
        connect = socket.socket.connect

        def watched(self: socket.socket, where: Any) -> None:
            tried.append(where[0])
            connect(self, where)

        monkeypatch.setattr(socket.socket, "connect", watched)
        assert Client(QUICK).get(f"http://lio.example:{site.server.server_port}/a").content == PAGE
        assert set(tried) == {"127.0.0.1"}

    @pytest.mark.parametrize(
        "url",
        [
            "ftp://lio.example/a", "file:///etc/hosts", "javascript:alert(1)", "//lio.example/a", "lio.example",
            "http://user:secret@lio.example/", "http://lio.example/a b", "http://", "http://lio.example:0/",
            "http://lio.example:25/", "http://[::1/", "http://lio.example/\r\nHost: x",
        ],
    )  # fmt: skip
    def test_addresses_that_are_not_asked(self, url: str) -> None:
        assert refused(url)


class TestAsking:
    def test_a_page_comes_with_what_is_told_of_it(self, site: Site) -> None:
        site.pages["/a"] = html(ETag='"1"', **{"Last-Modified": "Mon, 03 May 1999 10:00:00 GMT"})
        answer = Client(QUICK).get(f"{site.url}/a#part")
        assert (answer.status, answer.type, answer.charset, answer.content) == (200, "text/html", "utf-8", PAGE)
        assert (answer.etag, answer.modified) == ('"1"', "Mon, 03 May 1999 10:00:00 GMT")
        told = site.asked[-1][1]
        assert told["User-Agent"] == AGENT and AGENT.startswith("cited-timeline/")
        assert not {"Cookie", "Authorization", "Referer"} & set(told)

    def test_redirects_are_followed_and_judged_one_by_one(self, site: Site) -> None:
        site.pages["/a"] = (302, {"Location": "/b"}, b"")
        site.pages["/b"] = (301, {"Location": f"{site.url}/c"}, b"")
        site.pages["/c"] = html()
        answer = Client(QUICK).get(f"{site.url}/a")
        assert answer.asked == f"{site.url}/a" and answer.address == f"{site.url}/c"
        for away in (f"http://127.0.0.2:{site.server.server_port}/", "http://169.254.169.254/latest", "http://10.0.0.1/"):
            site.pages["/b"] = (307, {"Location": away}, b"")
            assert "public internet" in refused(f"{site.url}/a")
        for away in ("file:///etc/hosts", "ftp://lio.example/", "gopher://x", "http://u:p@lio.example/"):
            site.pages["/b"] = (308, {"Location": away}, b"")
            assert "only plain http" in refused(f"{site.url}/a")

    def test_redirects_to_names_beyond_ascii_and_to_nonsense(self, site: Site) -> None:
        site.pages["/a"] = (302, {"Location": "/порт".encode().decode("latin-1")}, b"")
        site.pages["/%D0%BF%D0%BE%D1%80%D1%82"] = html()
        assert Client(QUICK).get(f"{site.url}/a").content == PAGE
        site.pages["/a"] = (302, {"Location": "http://[::1"}, b"")
        assert "cannot be read" in refused(f"{site.url}/a")

    def test_a_circle_of_redirects_ends(self, site: Site) -> None:
        site.pages["/a"] = (302, {"Location": "/a"}, b"")
        assert "redirected more than" in refused(f"{site.url}/a")
        assert len(site.paths()) == QUICK.redirects + 1

    def test_https_is_not_left(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        client = Client(QUICK)
        monkeypatch.setattr(client, "_heed", lambda *_: None)
        monkeypatch.setattr(client, "_ask", lambda url, *_: (Answer(302, url, url), site.url))
        with pytest.raises(Refused, match="from https to http"):
            client.get("https://lio.example/a")

    @pytest.mark.parametrize("status", [404, 403, 500, 429, 204, 999])
    def test_other_answers_are_told(self, site: Site, status: int) -> None:
        site.pages["/a"] = (status, {}, b"")
        assert str(status) in refused(f"{site.url}/a")

    def test_more_than_the_limit_is_not_read(self, site: Site) -> None:
        site.pages["/declared"] = html(b"x" * 2_000_000)
        sent = []

        def endless(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/plain")
            handler.end_headers()
            while True:
                sent.append(handler.wfile.write(b"x" * 100_000))

        site.pages["/endless"] = endless
        for path in ("/declared", "/endless"):
            assert "larger than 1 MB" in refused(f"{site.url}{path}")
        assert sum(sent) < 50_000_000

    def test_packed_content_is_unpacked_within_the_limit(self, site: Site) -> None:
        site.pages["/a"] = html(gzip.compress(PAGE), **{"Content-Encoding": "gzip"})
        site.pages["/bomb"] = html(gzip.compress(bytes(50_000_000)), **{"Content-Encoding": "gzip"})
        site.pages["/cut"] = html(gzip.compress(PAGE)[:-12], **{"Content-Encoding": "gzip"})
        site.pages["/no"] = html(b"not packed", **{"Content-Encoding": "gzip"})
        site.pages["/br"] = html(b"x", **{"Content-Encoding": "br"})
        assert Client(QUICK).get(f"{site.url}/a").content == PAGE
        assert site.asked[-1][1]["Accept-Encoding"] == "identity"
        for path, said in {"/bomb": "larger", "/cut": "cut off", "/no": "unpacked", "/br": "not asked for"}.items():
            assert said in refused(f"{site.url}{path}")

    def test_a_server_that_does_not_answer(self, site: Site) -> None:
        done = threading.Event()
        site.pages["/a"] = lambda _: done.wait(20) and None
        try:
            assert "does not answer within 0.2 seconds" in refused(f"{site.url}/a", Limits(wait=0.2, whole=5, delay=0))
        finally:
            done.set()

    @pytest.mark.parametrize("part", ["head", "body"])
    def test_a_server_that_drips_is_left(self, site: Site, part: str) -> None:
        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n")
            handler.wfile.write(b"\r\n" if part == "body" else b"")
            while True:
                handler.wfile.write(b"x")
                time.sleep(0.02)

        site.pages["/a"] = drip
        started = time.monotonic()
        assert "longer than 0.5 seconds" in refused(f"{site.url}/a", Limits(wait=2, whole=0.5, delay=0))
        assert time.monotonic() - started < 3

    def test_content_that_breaks_off(self, site: Site) -> None:
        site.pages["/a"] = html(PAGE, **{"Content-Length": "5000", "Connection": "close"})
        assert "breaks off" in refused(f"{site.url}/a")

    def test_no_http_and_nobody_there(self, site: Site) -> None:
        def noise(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"\x00\x01\x02 noise\r\n\r\n")

        site.pages["/a"] = noise
        assert "does not speak HTTP" in refused(f"{site.url}/a")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        assert "cannot be reached" in refused(f"http://127.0.0.1:{port}/")

    def test_tls_that_does_not_hold(self, site: Site) -> None:
        assert "certificate" in refused(f"https://127.0.0.1:{site.server.server_port}/a")

    def test_tls_is_checked_against_the_name(
        self, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate = make_certificate(tmp_path, "lio.example")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
        site.pages["/a"] = html()
        monkeypatch.setattr(
            socket, "getaddrinfo",
            lambda host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))],
        )  # fmt: skip
        port = site.server.server_port
        assert "certificate" in refused(f"https://lio.example:{port}/a")  # signed by nobody that is known
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert Client(QUICK).get(f"https://lio.example:{port}/a").content == PAGE
        assert "certificate" in refused(f"https://belmark.example:{port}/a")

    def test_a_host_is_not_asked_in_a_hurry(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
        site.pages["/a"] = site.pages["/b"] = html()
        slept: list[float] = []
        monkeypatch.setattr(asking.time, "sleep", slept.append)
        client = Client(Limits(delay=1))
        client.get(f"{site.url}/a")
        client.get(f"{site.url}/b")
        assert len(slept) == 2 and all(6 < seconds <= 7 for seconds in slept)


class TestRobots:
    def test_what_is_disallowed_is_not_asked(self, site: Site) -> None:
        rules = b"User-agent: cited-timeline\nDisallow: /closed/\n\nUser-agent: *\nDisallow: /\n"
        site.pages["/robots.txt"] = (200, {}, rules)
        site.pages["/closed/a"] = site.pages["/open"] = html()
        site.pages["/leads"] = (302, {"Location": "/closed/a"}, b"")
        client = Client(QUICK)
        assert client.get(f"{site.url}/open").content == PAGE
        for path in ("/closed/a", "/leads"):
            with pytest.raises(Refused, match=r"robots\.txt"):
                client.get(f"{site.url}{path}")
        assert site.paths() == ["/open", "/leads"]
        assert [path for path, _ in site.asked].count("/robots.txt") == 1

    def test_a_server_that_fails_has_not_allowed_it(self, site: Site) -> None:
        site.pages["/a"] = html()
        site.pages["/robots.txt"] = (503, {}, b"")
        assert "503 for robots.txt" in refused(f"{site.url}/a")
        site.pages["/robots.txt"] = (403, {}, b"")
        assert Client(QUICK).get(f"{site.url}/a").content == PAGE
        site.pages["/robots.txt"] = (302, {"Location": "http://10.0.0.1/"}, b"")
        assert "10.0.0.1 is no address of the public" in refused(f"{site.url}/a")
        site.pages["/robots.txt"] = (200, {"Content-Encoding": "br"}, b"x")
        assert "robots.txt" in refused(f"{site.url}/a")

    def test_bytes_that_are_no_rules(self) -> None:
        for content in (b"", b"\xff\xfe\x00", b"<html>" * 1000, b"Crawl-delay: x\nUser-agent\n:" * 10):
            assert Robots.read(content).allows(AGENT, "http://lio.example/a")
            assert Robots.read(content).delay(AGENT) == 0


def answered(content: bytes, type: str = "text/html", charset: str = "") -> Answer:
    return Answer(200, "http://lio.example/a", "http://lio.example/b", type, charset, '"1"', "", content)


class TestShelving:
    def test_a_new_file_and_its_entry_in_the_log(self, tmp_path: Path) -> None:
        kept = Shelf(tmp_path).keep("lio-1", "", answered(PAGE), MOMENT)
        assert (kept.result, kept.file) == ("saved", "lio-1.html") and (tmp_path / "lio-1.html").read_bytes() == PAGE
        entry = json.loads((tmp_path / "archive" / "fetched.jsonl").read_text())
        assert entry["retrieved"] == "2030-01-02T03:04:05Z" and entry["address"] == "http://lio.example/b"
        assert entry["sha256"] == kept.sha256 == hashlib.sha256(PAGE).hexdigest()
        assert collect(tmp_path).files == ("lio-1.html",)

    def test_what_changes_is_kept_and_what_does_not_is_left(self, tmp_path: Path) -> None:
        shelf, file = Shelf(tmp_path), tmp_path / "sub" / "a.html"
        shelf.keep("a", "sub/a.html", answered(PAGE), MOMENT)
        before = file.stat().st_mtime_ns, file.stat().st_ino
        assert shelf.keep("a", "sub/a.html", answered(PAGE), MOMENT).result == "unchanged"
        anew = shelf.keep("a", "sub/a.html", answered(PAGE.replace(b"<p>", b"<p id='visit-2'>")), MOMENT)
        assert anew.result == "unchanged" and "text is the same" in anew.note
        assert (file.stat().st_mtime_ns, file.stat().st_ino) == before
        other = PAGE.replace(b"3 May", b"4 May")
        changed_one = shelf.keep("a", "sub/a.html", answered(other), MOMENT)
        assert changed_one.result == "changed" and file.read_bytes() == other
        (old,) = (tmp_path / "archive").glob("*.html")
        assert old.read_bytes() == PAGE and old.name in changed_one.note
        assert len((tmp_path / "archive" / "fetched.jsonl").read_text().splitlines()) == 4

    @pytest.mark.parametrize(
        ("type", "content", "file"),
        [
            ("text/html", PAGE, "a.html"), ("application/pdf", make_pdf(["One"]), "a.pdf"),
            ("application/octet-stream", make_pdf(["One"]), "a.pdf"), ("text/plain", b"One", "a.txt"),
            ("text/markdown", b"# One", "a.md"), ("", PAGE, "a.html"), ("application/zip", lines_docx("One"), "a.docx"),
        ],
    )  # fmt: skip
    def test_the_name_is_made_of_id_and_kind(self, tmp_path: Path, type: str, content: bytes, file: str) -> None:
        kept = Shelf(tmp_path).keep("a", "", answered(content, type), MOMENT)
        assert kept.file == file
        assert isinstance(Library(tmp_path).text(file), Text)

    @pytest.mark.parametrize(
        ("id", "file"),
        [("../../up", "up.html"), ("/etc/x", "etc-x.html"), ("...", "document.html"), ("con", "document-con.html"),
         ("a\nb", "a-b.html"), ("x" * 300, "x" * 80 + ".html"), ("ü", "document.html"), ("taken", "taken-2.html")],
    )  # fmt: skip
    def test_no_id_leads_out(self, tmp_path: Path, id: str, file: str) -> None:
        assert Shelf(tmp_path).keep(id, "", answered(PAGE), MOMENT, {"taken.html"}).file == file

    @pytest.mark.parametrize(
        "file",
        ["../a.html", "/etc/a.html", "C:\\a.html", "a/../../b.html", "archive/fetched.jsonl", "ARCHIVE/a.html",
         ".hidden.html", "sub/.git/a.html", "documents.csv", "a.php", "out/a.html", "way.html"],
    )  # fmt: skip
    def test_names_that_no_document_may_have(self, tmp_path: Path, file: str) -> None:
        folder = tmp_path / "texts"
        folder.mkdir()
        (folder / "out").symlink_to(tmp_path)
        (folder / "way.html").symlink_to("../way.html")
        with pytest.raises(Refused):
            Shelf(folder).keep("a", file, answered(PAGE), MOMENT)
        assert [path.name for path in tmp_path.iterdir()] == ["texts"] and len(list(folder.iterdir())) == 2

    @pytest.mark.parametrize(
        ("type", "content", "file", "said"),
        [
            ("image/png", b"\x89PNG", "", "image/png"), ("application/pdf", PAGE, "", "sends a web page"),
            ("text/html", PAGE, "a.txt", "plain text"), ("text/html", b"", "", "nothing"),
            ("text/plain", "café".encode("cp1252"), "", "UTF-8"), ("text/html", b"\xff", "", "UTF-8"),
            ("application/zip", b"PK\x03\x04", "", "application/zip"), ("text/html", b"x" * 6_000_000, "", "5 MB"),
        ],
    )  # fmt: skip
    def test_what_is_no_document_is_not_saved(
        self, tmp_path: Path, type: str, content: bytes, file: str, said: str
    ) -> None:
        with pytest.raises(Refused, match=said):
            Shelf(tmp_path).keep("a", file, answered(content, type), MOMENT)
        assert list(tmp_path.iterdir()) == []

    def test_markdown_that_is_called_plain_text(self, tmp_path: Path) -> None:
        answer = Answer(200, "u", "http://lio.example/notes.md?raw=1", "text/plain", content=b"# One")
        assert Shelf(tmp_path).keep("a", "", answer, MOMENT).file == "a.md"

    @pytest.mark.parametrize("charset", ["windows-1251", ""])
    def test_a_declared_encoding_becomes_utf8(self, tmp_path: Path, charset: str) -> None:
        page = "<html><meta charset='windows-1251'><p>Порт закрыт</p></html>".encode("windows-1251")
        kept = Shelf(tmp_path).keep("a", "", answered(page, charset=charset), MOMENT)
        text = Library(tmp_path).text("a.html")
        assert isinstance(text, Text) and text.paragraphs == ("Порт закрыт",) and "windows-1251" in kept.note

    def test_a_name_that_is_no_regular_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").mkdir()
        with pytest.raises(Refused, match="regular"):
            Shelf(tmp_path).keep("a", "", answered(PAGE), MOMENT)

    def test_a_log_that_others_wrote_in_does_no_harm(self, tmp_path: Path) -> None:
        shelf = Shelf(tmp_path)
        shelf.keep("a", "", answered(PAGE), MOMENT)
        assert shelf.known("http://lio.example/a", "") == ("a.html", {"If-None-Match": '"1"'})
        assert shelf.known("http://lio.example/a", "b.html") == ("", {})
        log = tmp_path / "archive" / "fetched.jsonl"
        for line in ("nonsense", "[1]", '{"url": "http://lio.example/a", "file": "../../etc/hosts"}', '{"url": 1}'):
            log.write_text(f"{line}\n")
            assert shelf.known("http://lio.example/a", "") == ("", {})


class TestLedger:
    @staticmethod
    def written(path: Path, table: bytes, cells: dict[str, dict[str, str]]) -> tuple[bytes, list[str]]:
        path.write_bytes(table)
        known = {one.id: one for one in documents_in(table, path.name)[0]}
        said = write_back(path, {known.get(id, Document(id, "", "", "")): new for id, new in cells.items()})
        return path.read_bytes(), said

    def test_only_the_cells_that_change_change(self, tmp_path: Path) -> None:
        table = b"\xef\xbb\xbf" + (
            f'{HEADER}\r\n"a","A ""talk"", and\r\nmore",S,,2001,other,en,http://a.example/, ,\r\nb,B,S,,,,,u,"f.txt",\n'
            "\n  \nc,C,S,,,,,u,f.txt,\r\n"
        ).encode()
        new = {"a": {"file": "a.html", "sha256": "0f"}, "c": {"sha256": "abc"}}
        found, said = self.written(tmp_path / "documents.csv", table, new)
        assert said == []
        changed = table.replace(b"http://a.example/, ,", b"http://a.example/,a.html,0f")
        assert found == changed.replace(b"u,f.txt,\r", b"u,f.txt,abc\r")

    def test_what_somebody_else_has_written_meanwhile_stays(self, tmp_path: Path) -> None:
        table = f"{HEADER}\na,A,S,,,,,u,,\n"
        (tmp_path / "d.csv").write_text(table.replace("u,,", "u,,beef"))
        (document,) = documents_in(table.encode(), "d.csv")[0]
        (said,) = write_back(tmp_path / "d.csv", {document: {"sha256": "0f"}})
        assert "'a'" in said and (tmp_path / "d.csv").read_text() == table.replace("u,,", "u,,beef")

    @pytest.mark.parametrize("table", [b"id,url\na,u\n", b"", b"name\n", b'id,url,sha256\na,"u,\n'])
    def test_tables_that_cannot_be_written(self, table: bytes, tmp_path: Path) -> None:
        found, said = self.written(tmp_path / "d.csv", table, {"a": {"sha256": "0f"}})
        assert found == table and len(said) == 1 and said[0].endswith(".")

    def test_what_it_reads(self) -> None:
        table = f"{HEADER}\na,A,S,,,,, http://a.example/ ,a.txt,AB\na,A2,S,,,,,u,,\n"
        found, why = documents_in(table.encode(), "d.csv")
        assert why == "" and [(one.id, one.url, one.file, one.sha256) for one in found] == [
            ("a", "http://a.example/", "a.txt", "ab")
        ]
        for bad in (b"", b"PK\x03\x04", b"id,title\na,A\n"):
            assert documents_in(bad, "d.csv")[1]


class TestCommand:
    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(asking, "Limits", lambda: QUICK)

    @pytest.fixture
    def table(self, tmp_path: Path) -> Callable[..., Path]:
        def write(*rows: str) -> Path:
            path = tmp_path / "documents.csv"
            path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
            return path

        return write

    def test_from_address_to_proved_citation(self, site: Site, table: Callable[..., Path], tmp_path: Path) -> None:
        site.pages["/a"] = html()
        site.pages["/b"] = (200, {"Content-Type": "application/pdf"}, make_pdf(["One", "The fair opened in 2001."]))
        path = table(f"a,A,S,,2001,other,en,{site.url}/a,,", f"b,B,S,,,,,{site.url}/b,papers/b.pdf,", "c,C,S,,,,,,,")
        texts = tmp_path / "texts"
        result = run("fetch", path, "--documents", texts)
        assert result.exit_code == 0, result.output
        assert "[1/2] a: saved: a.html" in result.stdout and "without an address: c" in result.stderr
        sha = {name: hashlib.sha256((texts / name).read_bytes()).hexdigest() for name in ("a.html", "papers/b.pdf")}
        assert path.read_text().splitlines() == [
            HEADER,
            f"a,A,S,,2001,other,en,{site.url}/a,a.html,{sha['a.html']}",
            f"b,B,S,,,,,{site.url}/b,papers/b.pdf,{sha['papers/b.pdf']}",
            "c,C,S,,,,,,,",
        ]
        (tmp_path / "events.csv").write_text(
            "id,event,date,title,summary,actors,category,status,speaker,document,locator,passage\n"
            "x,,1999-05-03,A truce,So it says.,S,other,reported,,a,para. 2,A truce was signed\n"
            "y,,2001,A fair,So it says.,S,other,reported,,b,p. 2,The fair opened\n"
        )
        told = json.loads(run("check", tmp_path / "events.csv", "--documents", texts, "--json").stdout)
        assert told["citations"]["exact"] == 2

    def test_changed_content_is_told_and_its_sha256_left(
        self, site: Site, table: Callable[..., Path], tmp_path: Path
    ) -> None:
        site.pages["/a"] = html()
        path = table(f"a,A,S,,,,,{site.url}/a,,")
        assert run("fetch", path, "--documents", tmp_path / "texts").exit_code == 0
        before = path.read_bytes()
        again = run("fetch", path, "--documents", tmp_path / "texts")
        assert again.exit_code == 0 and "unchanged" in again.stdout and path.read_bytes() == before
        site.pages["/a"] = html(PAGE.replace(b"3 May", b"4 May"))
        result = run("fetch", path, "--documents", tmp_path / "texts")
        assert result.exit_code == 0 and "changed" in result.stdout and "archive/a." in result.stdout
        assert "sha256 differs" in result.stderr and path.read_bytes() == before
        path.write_bytes(before.rsplit(b",", 1)[0] + b",\n")
        run("fetch", path, "--documents", tmp_path / "texts")
        assert hashlib.sha256((tmp_path / "texts" / "a.html").read_bytes()).hexdigest() in path.read_text()

    def test_what_is_not_modified_is_not_sent_again(
        self, site: Site, table: Callable[..., Path], tmp_path: Path
    ) -> None:
        def page(handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
            return (304, {}, b"") if handler.headers.get("If-None-Match") == '"7"' else html(ETag='"7"')

        site.pages["/a"] = page
        path = table(f"a,A,S,,,,,{site.url}/a,,")
        run("fetch", path, "--documents", tmp_path / "texts")
        assert "unchanged: a.html" in run("fetch", path, "--documents", tmp_path / "texts").stdout
        (tmp_path / "texts" / "a.html").write_bytes(b"<p>Edited by hand.</p>")
        assert "changed: a.html" in run("fetch", path, "--documents", tmp_path / "texts").stdout
        assert "If-None-Match" not in site.asked[-1][1]

    def test_each_failure_is_a_sentence_and_the_others_go_on(
        self, site: Site, table: Callable[..., Path], tmp_path: Path
    ) -> None:
        site.pages["/good"] = html()
        site.pages["/picture"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
        rows = {
            "gone": (f"{site.url}/gone", "", "404"),
            "picture": (f"{site.url}/picture", "", "image/png"),
            "inside": ("http://169.254.169.254/latest/", "", "public internet"),
            "scheme": ("file:///etc/hosts", "", "only plain http"),
            "out": (f"{site.url}/good", "../out.html", "leads out"),
            "good": (f"{site.url}/good", "good.html", ""),
            "twice": (f"{site.url}/good", "good.html", "'good'"),
        }
        path = table(*(f"{id},T,S,,,,,{url},{file}," for id, (url, file, _) in rows.items()))
        result = run("fetch", path, "--documents", tmp_path / "texts")
        assert result.exit_code == 1 and "Traceback" not in result.output
        for id, (_, _, said) in rows.items():
            lines = [line for line in result.stderr.splitlines() if f"] {id}: " in line]
            assert len(lines) == bool(said) and all(said in line and line.endswith(".") for line in lines), (id, lines)
        there = {entry.name for entry in tmp_path.iterdir()} - {".documents.csv.desk"}  # the lock's folder
        assert there == {"documents.csv", "texts"}

    def test_nothing_that_a_server_says_reaches_the_terminal_as_it_is(
        self, site: Site, table: Callable[..., Path], tmp_path: Path
    ) -> None:
        site.pages["/a"] = (200, {"Content-Type": "image/\x1b[31mred"}, b"\x00")
        result = run("fetch", table(f"a,A,S,,,,,{site.url}/a,,"), "--documents", tmp_path / "texts")
        assert result.exit_code == 1 and "red" in result.stderr and "\x1b" not in result.output

    def test_only_missing_and_dry_run(self, site: Site, table: Callable[..., Path], tmp_path: Path) -> None:
        site.pages["/a"] = site.pages["/b"] = html()
        path = table(f"a,A,S,,,,,{site.url}/a,a.html,", f"b,B,S,,,,,{site.url}/b,b.html,")
        texts = tmp_path / "texts"
        dry = run("fetch", path, "--documents", texts, "--dry-run")
        assert dry.exit_code == 0 and f"{site.url}/b -> b.html" in dry.stdout and not texts.exists()
        run("fetch", path, "--documents", texts, "--only", "b")
        assert site.paths() == ["/b"]
        result = run("fetch", path, "--documents", texts, "--missing")
        assert site.paths() == ["/b", "/a"] and "b.html is there" in result.stdout

    def test_stopped_in_the_midst(
        self, site: Site, table: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site.pages["/a"] = html()
        path = table(f"a,A,S,,,,,{site.url}/a,,", f"b,B,S,,,,,{site.url}/b,,")
        get = Client.get

        def stopping(self: Client, url: str, known: Any = None) -> Answer:
            if url.endswith("/b"):
                raise KeyboardInterrupt
            return get(self, url, known)

        monkeypatch.setattr(Client, "get", stopping)
        result = run("fetch", path, "--documents", tmp_path / "texts")
        assert result.exit_code == 130 and ",a.html," in path.read_text()
        assert not [entry for entry in (tmp_path / "texts").iterdir() if entry.name.startswith(".")]

    def test_a_table_that_changed_meanwhile_keeps_what_others_wrote(
        self, site: Site, table: Callable[..., Path], tmp_path: Path
    ) -> None:
        path = table(f"a,A,S,,,,,{site.url}/a,,")

        def page(_: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
            path.write_text(f"{HEADER}\nnew,N,S,,,,,,,\na,Another title,S,,,,,{site.url}/a,,\n")
            return html()

        site.pages["/a"] = page
        assert run("fetch", path, "--documents", tmp_path / "texts").exit_code == 0
        assert "new,N" in path.read_text() and "Another title" in path.read_text() and "a.html," in path.read_text()

    def test_columns_that_are_not_there_and_a_table_that_may_not_be_written(
        self, site: Site, tmp_path: Path
    ) -> None:
        site.pages["/a"] = html()
        path = tmp_path / "documents.csv"
        path.write_text(f"id,title,source,url\na,A,S,{site.url}/a\n")
        result = run("fetch", path, "--documents", tmp_path / "texts")
        assert result.exit_code == 1 and "no column for 'file'" in result.stderr and "fetched.jsonl" in result.stderr
        assert (tmp_path / "texts" / "a.html").exists()

    def test_what_cannot_run(self, table: Callable[..., Path], tmp_path: Path) -> None:
        path = table("a,A,S,,,,,http://a.example/,,")
        assert_cannot_run(run("fetch", path), "--documents")
        assert_cannot_run(run("fetch", tmp_path / "none.csv", "--documents", tmp_path), "no such file")
        assert_cannot_run(run("fetch", path, "--documents", path), "not a folder")
        assert_cannot_run(run("fetch", path, "--documents", tmp_path / "x" / "y"), "x/y")
        assert_cannot_run(run("fetch", path, "--documents", tmp_path, "--only", "z"), "no document 'z'")
        (tmp_path / "other.csv").write_text("date,title\n2014,A\n")
        assert_cannot_run(run("fetch", tmp_path / "other.csv", "--documents", tmp_path), "id")
