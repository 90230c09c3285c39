"""Links: the address of the original, pointing at the cited words.

In: a document's address, a locator and a passage, all written by anybody. Out: an address that is safe as a
link, or None. It must not know texts, and nothing here asks the network.

HTML gets a text fragment (`#:~:text=first%20words,last%20words`,
https://wicg.github.io/scroll-to-text-fragment/), a PDF gets its page (`#page=3`, RFC 8118).
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from timeline.documents.wording import read_locator, split

ADDRESS_BYTES = 5_000  # longer addresses stay text
_DIRECTIVE = ":~:"
# White space and controls (browsers drop some of them, so `java\nscript:` would run), and characters of no
# address.
_NEVER = re.compile(
    r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
    r"""|[\\<>"`]"""
)


def original(url: str, locator: str, passage: str) -> str | None:
    """The address of the original, at the passage: None unless `url` is a plain http or https address.

    Refused are other schemes, relative addresses, user names in the address, white space or control
    characters anywhere inside, and addresses over 5,000 bytes. The words are those of the passage, as it is
    written.
    """
    address = safe(url)
    if address is None:
        return None
    base, _, fragment = address.partition("#")
    fragment = fragment.split(_DIRECTIVE, 1)[0]
    where = read_locator(locator)
    if urlsplit(base).path.lower().endswith(".pdf"):
        # Viewers understand the page alone; another fragment of ours would be one they do not know.
        if where is not None and where.unit == "page" and where.number > 0:
            return f"{base}#page={where.number}"
        return f"{base}#{fragment}" if fragment else base
    parts = [_encoded(part) for part in split(passage)]
    if parts:
        words = parts[0] if len(parts) == 1 else f"{parts[0]},{parts[-1]}"
        return f"{base}#{fragment}{_DIRECTIVE}text={words}"
    return f"{base}#{fragment}" if fragment else base


def safe(url: str) -> str | None:
    """`url` without spaces around it when it may become a link; None for all else."""
    address = url.strip(" ")
    if not address or len(address.encode("utf-8", "replace")) > ADDRESS_BYTES or _NEVER.search(address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or port == 0:
        return None
    # `https://bank.example@evil.example/` goes to evil.example: no honest source needs a user name in its
    # address.
    return None if "@" in parts.netloc else address


def _encoded(words: str) -> str:
    """Percent-encoded for a text directive, in which `-`, `,` and `&` have a meaning of their own."""
    plain = " ".join(words.split(" ")).strip()
    return quote(plain.encode("utf-8", "replace"), safe="").replace("-", "%2D")
