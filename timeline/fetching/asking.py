"""Asking: one document of the web, over http or https, politely and within limits.

In: an address. Out: an Answer, or Refused with a sentence. It must not know documents.csv, nor where an answer is
saved.

urllib3 speaks HTTP and TLS over the connections of `connecting`; redirects are followed one by one, so that each is
judged like the first.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

from urllib3.exceptions import HTTPError, LocationParseError, SSLError
from urllib3.util import parse_url

from timeline import __version__
from timeline.documents.links import safe
from timeline.fetching.addresses import NowhereToGo, Refused
from timeline.fetching.connecting import Watch, pool
from timeline.fetching.robots import Robots

AGENT = f"cited-timeline/{__version__}"
_ACCEPTED = "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.1"
_PIECE = 65_536
_MOVED = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 500_000  # RFC 9309: at least so much of a robots.txt is read


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` in bytes, also unpacked; seconds for the `whole` of one document and for each `wait` for the server;
    how many `redirects` are followed; seconds of `delay` between two requests to one host, `longest` when its
    robots.txt asks for more."""

    size: int = 100_000_000
    whole: float = 120.0
    wait: float = 20.0
    redirects: int = 5
    delay: float = 1.0
    longest: float = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: its status (200, or 304: not modified), the address that was `asked` and
    that after all redirects, the media
    type without parameters, the charset, the validators for a later question, and the content."""

    status: int
    asked: str
    address: str
    type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    content: bytes = field(default=b"", repr=False)


class Client:
    """Asks one document after the other; remembers the robots.txt of each host and when it was last asked."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._robots: dict[str, Robots] = {}
        self._asked: dict[str, float] = {}

    def get(self, url: str, known: Mapping[str, str] | None = None) -> Answer:
        """The answer of `url`. `known` are headers for a conditional question. Raises Refused."""
        with Watch(self.limits.whole) as watch:
            answer = self._follow(url, dict(known or {}), watch, self.limits.size, heed=True)
            return replace(answer, asked=url)

    def _follow(self, url: str, headers: dict[str, str], watch: Watch, size: int, *, heed: bool) -> Answer:
        for _ in range(self.limits.redirects + 1):
            _judge(url)
            if heed:
                self._heed(url, watch)
            answer, location = self._ask(url, headers, watch, size)
            if not location:
                return answer
            further = _further(url, location)
            if urlsplit(url).scheme == "https" and urlsplit(further).scheme == "http":
                raise Refused(f"it leads from https to http ({further[:200]})")
            url = further
        raise Refused(f"it is redirected more than {self.limits.redirects} times")

    def _heed(self, url: str, watch: Watch) -> None:
        """Raise Refused when the host's robots.txt keeps us out of this address."""
        origin = _origin(url)
        if origin not in self._robots:
            try:
                got = self._follow(f"{origin}/robots.txt", {}, watch, _ROBOTS_BYTES, heed=False)
                self._robots[origin] = Robots.read(got.content)
            except _Status as status:
                self._robots[origin] = Robots.missing(status.code)
            except NowhereToGo:
                raise
            except Refused as refused:
                raise Refused(f"{refused} (asked for the robots.txt of its host)") from refused
        robots = self._robots[origin]
        if not robots.allows(AGENT, url):
            raise Refused(robots.why or "the robots.txt of its host does not allow it")

    def _wait_for(self, url: str, watch: Watch) -> None:
        host = urlsplit(url).hostname or ""
        robots = self._robots.get(_origin(url))
        pause = max(self.limits.delay, min(robots.delay(AGENT), self.limits.longest) if robots else 0.0)
        rest = self._asked.get(host, -pause) + pause - time.monotonic()
        if rest > 0:
            watch.extend(rest)
            time.sleep(rest)
        self._asked[host] = time.monotonic()

    def _ask(self, url: str, headers: dict[str, str], watch: Watch, size: int) -> tuple[Answer, str]:
        """The answer, and where it leads when it is a redirect."""
        self._wait_for(url, watch)
        try:
            parts = parse_url(url)
        except LocationParseError as error:
            raise Refused("the address cannot be read") from error
        connections = pool(parts, self.limits.wait, watch)
        sent = {"User-Agent": AGENT, "Accept": _ACCEPTED, "Accept-Encoding": "identity", **headers}
        try:
            response = connections.urlopen(
                "GET", parts.request_uri, headers=sent, redirect=False, preload_content=False, decode_content=False
            )
            try:
                return self._take(url, response, watch, size)
            finally:
                response.close()
        except (HTTPError, OSError, ValueError) as error:
            raise Refused(self._why(error, watch)) from error
        finally:
            connections.close()

    def _take(self, url: str, response: Any, watch: Watch, size: int) -> tuple[Answer, str]:
        told = response.headers
        status = int(response.status)
        if status in _MOVED and told.get("Location"):
            return Answer(status, url, url), str(told["Location"])
        kind, _, parameters = str(told.get("Content-Type", "")).partition(";")
        answer = Answer(
            status, url, url, kind.strip().lower(), _charset(parameters),
            str(told.get("ETag", ""))[:500], str(told.get("Last-Modified", ""))[:100],
        )  # fmt: skip
        if status == HTTPStatus.NOT_MODIFIED:
            return answer, ""
        if status != HTTPStatus.OK:
            raise _Status(status)
        declared = str(told.get("Content-Length", ""))
        if declared.isdigit() and int(declared) > size:
            raise Refused(_too_large(size))
        content = _content(response, str(told.get("Content-Encoding", "")).strip().lower(), size)
        if watch.over:
            raise Refused(self._slow())
        return replace(answer, content=content), ""

    def _why(self, error: Exception, watch: Watch) -> str:
        if watch.over:
            return self._slow()
        name = type(error).__name__
        if isinstance(error, SSLError) or "SSL" in str(error):
            return "its certificate or its encryption does not hold"
        if "Timeout" in name:
            return f"the server does not answer within {self.limits.wait:g} seconds"
        if "NewConnection" in name or isinstance(error, ConnectionRefusedError):
            return "the server cannot be reached"
        return "the server breaks off, or does not speak HTTP"

    def _slow(self) -> str:
        return f"it takes longer than {self.limits.whole:g} seconds"


class _Status(Refused):
    def __init__(self, code: int) -> None:
        try:
            phrase = f" ({HTTPStatus(code).phrase})"
        except ValueError:
            phrase = ""
        super().__init__(f"the server answers {code}{phrase}")
        self.code = code


def _judge(url: str) -> None:
    """Raise Refused unless this is an address that may be asked at all, judged by its text."""
    if safe(url) is None:
        raise Refused("only plain http and https addresses are asked, without a user's name or spaces in them")
    port = urlsplit(url).port
    if port is not None and port < 1024 and port not in (80, 443):
        raise Refused(f"port {port} is not one of the web")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _further(url: str, location: str) -> str:
    """Where a redirect leads; the bytes of a header are UTF-8, if anything, though they are read as Latin-1."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(url, location.strip())
    except ValueError as error:
        raise Refused("it is redirected to an address that cannot be read") from error


def _charset(parameters: str) -> str:
    found = re.search(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.+-]{1,40})", parameters[:500], re.IGNORECASE)
    return found[1].lower() if found else ""


def _content(response: Any, coding: str, size: int) -> bytes:
    """The content, unpacked, as it comes in: never more than `size` bytes of it are held."""
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Refused(f"the server packs it in a way that was not asked for ({coding[:40]})")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if coding not in ("", "identity") else None
    pieces, length = [], 0
    # One piece is what the next reading of the socket brings: a server that drips cannot hold us longer than that.
    while piece := response.read1(_PIECE, decode_content=False):
        if unpacker is not None:
            try:
                piece = unpacker.decompress(piece, size - length + 1)
            except zlib.error as error:
                raise Refused("what the server sends cannot be unpacked") from error
        pieces.append(piece)
        length += len(piece)
        if length > size:
            raise Refused(_too_large(size))
    if unpacker is not None and not unpacker.eof:
        raise Refused("what the server sends is cut off")
    return b"".join(pieces)


def _too_large(size: int) -> str:
    return f"it is larger than {size / 1_000_000:g} MB"
