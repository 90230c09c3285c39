"""Many readers at once: how long what they ask takes to be answered.

Comes in: an address and, for each reader, a series of steps. Leaves: times by kind, and errors. Must not know what is
asked.

A reader is a thread with one line to the server. It thinks, sends what a step asks one after the other, reads each
answer to its end without unpacking it, and thinks again. What is asked is made beforehand, so that asking costs the
machine next to nothing.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

POST = "_dash-update-component"
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br, zstd",
           "Sec-Fetch-Site": "same-origin"}  # fmt: skip
PATIENCE = 120


@dataclass(frozen=True)
class Step:
    """What a reader does after `think` seconds: `asks` are kinds and bodies."""

    think: float
    asks: tuple[tuple[str, bytes], ...]


@dataclass
class Answers:
    """Milliseconds by kind, the errors by what they were, and how long all of it took in seconds."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    took: float = 0.0
    bytes: int = 0

    def every(self) -> list[float]:
        return [one for times in self.times.values() for one in times]


def share(times: Sequence[float], part: float) -> float | None:
    """The time within which so large a part was answered; None of nothing."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))] if times else None


def visit(url: str, readers: Sequence[Sequence[Step]], seconds: float) -> Answers:
    """Let all readers go at once; whoever is not through after `seconds` begins no other step."""
    found, lock, begun = Answers(), threading.Lock(), time.perf_counter()

    def read(steps: Sequence[Step]) -> None:
        place = urlsplit(url)
        line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=PATIENCE)
        try:
            for step in steps:
                time.sleep(step.think)
                if time.perf_counter() - begun > seconds:
                    break
                for kind, body in step.asks:
                    asked = time.perf_counter()
                    line.request("POST", place.path + POST, body, HEADERS)
                    answer = line.getresponse()
                    size = len(answer.read())
                    with lock:
                        found.times[kind].append((time.perf_counter() - asked) * 1000)
                        found.bytes += size
                        if answer.status not in (200, 204):
                            found.errors.append(f"{kind}: {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            with lock:
                found.errors.append(type(error).__name__)
        finally:
            line.close()

    threads = [threading.Thread(target=read, args=(steps,), daemon=True) for steps in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.took = time.perf_counter() - begun
    return found
