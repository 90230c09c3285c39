"""JSON as all exports write it.

In: plain objects. Out: UTF-8. It must not know what they mean.
"""

from __future__ import annotations

import json
from typing import Any


def encoded(made: Any, *, indent: int | None = 1, inside: bool = False) -> bytes:
    """An object as JSON, with a line break at its end; what UTF-8 cannot hold becomes a question mark. `inside` a page
    no text of it can end its script.
    """
    text = json.dumps(made, ensure_ascii=False, indent=indent, allow_nan=False)
    if inside:
        text = text.replace("<", "\\u003c")
    return (text + "\n").encode("utf-8", "replace")
