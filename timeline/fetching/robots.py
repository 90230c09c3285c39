"""Robots: what a host's robots.txt allows us (RFC 9309).

In: its bytes, or the status that stood for it. Out: whether an address may be asked, and how slowly. It must not know
how it is fetched.
"""

from __future__ import annotations

from urllib.robotparser import RobotFileParser


class Robots:
    """The rules of one host. `why` says why nothing is allowed, where that is not for the rules to say."""

    def __init__(self, rules: RobotFileParser, why: str = "") -> None:
        self._rules, self.why = rules, why

    @classmethod
    def read(cls, content: bytes) -> Robots:
        """The rules in these bytes; a page that is no robots.txt has none."""
        rules = RobotFileParser()
        rules.parse(content.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
        return cls(rules)

    @classmethod
    def missing(cls, status: int) -> Robots:
        """Without a file (4xx) all is allowed; a server that fails (5xx) has not said so."""
        if 400 <= status < 500:
            return cls.read(b"")
        nothing = cls.read(b"User-agent: *\nDisallow: /")
        nothing.why = f"its host answers {status} for robots.txt, so whether it may be asked is not known"
        return nothing

    def allows(self, agent: str, url: str) -> bool:
        return self._rules.can_fetch(agent, url)

    def delay(self, agent: str) -> float:
        """Seconds between two requests that the host asks for; 0 when it does not."""
        told = self._rules.crawl_delay(agent)
        rate = self._rules.request_rate(agent)
        paced = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(told or 0), paced)
