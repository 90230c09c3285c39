"""Why the desk does not do what is asked of it, in one sentence.

In: a reason. Out: an exception that says which kind of refusal it is. It must not know what was asked, or how it is
told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Kind = Literal["unknown", "wrong", "invalid", "clash", "cannot"]
Row = Mapping[str, str]
"""A row: name of the column -> cell."""


class DeskRefusal(Exception):
    """`unknown`: there is no such thing; `wrong`: the question makes no sense; `invalid`: the row has errors; `clash`:
    somebody else changed the same; `cannot`: the disk does not let us. `more` are further facts, ready for JSON."""

    def __init__(self, kind: Kind, sentence: str, more: Mapping[str, Any] | None = None) -> None:
        super().__init__(sentence)
        self.kind, self.sentence, self.more = kind, sentence, dict(more or {})
