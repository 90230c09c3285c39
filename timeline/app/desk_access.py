"""Who may sit at the desk: a token, or the sign-in of a proxy; on this machine alone neither is needed.

Comes in: requests. Leaves: the curator's name, or a refusal. Must not know what is asked.

- With a token every request needs it: the first as `?token=...`, which is answered with a cookie and the address
  without it, so that it stays in no history of pages and no referrer. The cookie holds no token, only what is made of
  it. All is compared in constant time.
- Behind a proxy that signs people in, the header that it sets must be in every request, and names the curator.
"""

import contextlib
import hmac
import re
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from flask import Response
from werkzeug.wrappers import Request

COOKIE = "timeline-desk"
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,80}")
_DAYS = 30


@dataclass(frozen=True, slots=True)
class Access:
    """How people get in: `token` ("" when there is none), the name of the sign-in `header` ("" when there is none),
    and `who` works here when no header says so."""

    who: str
    token: str = ""
    header: str = ""

    @property
    def _secret(self) -> str:
        return sha256(b"cited-timeline desk\0" + self.token.encode()).hexdigest()

    def name_of(self, request: Request) -> str | None:
        """The curator that a request comes from, None when it may not be answered."""
        if self.token and not _same(request.cookies.get(COOKIE, ""), self._secret):
            return None
        if not self.header:
            return self.who
        given = request.headers.getlist(self.header)
        name = given[0].strip() if len(given) == 1 else ""
        with contextlib.suppress(UnicodeError):  # WSGI hands headers on as Latin-1
            name = name.encode("latin-1").decode("utf-8")
        return name if _NAME.fullmatch(name) else None

    def lets_in(self, request: Request) -> bool:
        """Whether a request brings the token in its address."""
        given = request.args.get("token", "")
        return bool(self.token) and _same(given, self.token)

    def welcome(self, request: Request) -> Response:
        """To the same address without the token, which a cookie stands for from now on."""
        answer = Response("", 303, {"Location": request.path, "Cache-Control": "no-store"})
        answer.set_cookie(
            COOKIE, self._secret, max_age=_DAYS * 86_400, httponly=True, samesite="Strict", secure=request.is_secure,
            path="/",
        )  # fmt: skip
        return answer

    def refusal(self, request: Request) -> str:
        """Why a request is not answered, in one sentence."""
        if self.token and not _same(request.cookies.get(COOKIE, ""), self._secret):
            if "token" in request.args:
                return "This is not the token with which the desk was started."
            return "This desk needs its token: open the address with ?token= and the token behind it."
        return f"This desk is for people whom the proxy has signed in: the header {self.header} is missing or no name."


def gate_page(sentence: str, path: str) -> str:
    """What somebody without access sees. A link from another site brings no cookie along; a click here does."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>No access</title></head><body>'
        f'<p>{escape(sentence)}</p><p><a href="{escape(path)}">Try again</a></p></body></html>'
    )


def _same(given: str, wanted: str) -> bool:
    # Of fingerprints, so that not even the length shows.
    return hmac.compare_digest(*(sha256(text.encode("utf-8", "replace")).digest() for text in (given, wanted)))
