"""Coverage: what of a document no row cites, for the curator to ask what was missed.

In: the dates found in a document, and the citations of its rows. Out: the dates that stand in no passage. It
must not know tables, files or the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from timeline.documents.finding import Candidate
from timeline.documents.passages import Citation


def uncovered(candidates: Sequence[Candidate], citations: Iterable[Citation]) -> list[Candidate]:
    """The candidates, in order, that touch no cited passage; a citation whose passage was not found (or stands
    in several places) covers nothing."""
    spans = [
        ((one.paragraph, one.start), (one.end_paragraph, one.end))
        for one in citations
        if one.paragraph is not None and one.end_paragraph is not None and one.kind != "ambiguous"
    ]
    return [
        one
        for one in candidates
        if not any(begin < (one.paragraph, one.end) and (one.paragraph, one.start) < end for begin, end in spans)
    ]
