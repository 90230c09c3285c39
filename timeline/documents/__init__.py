"""What a citation is: texts, folding, passages, links to the original, and the finding of dated passages.

In: tables that `timeline.table` has read, and a folder of documents. Out: paragraphs, Citations, Problems,
addresses. It must not know what a reader chose, what is drawn, or how a page looks.
"""

from timeline.documents.bearing import Bearing, bear
from timeline.documents.citing import CitationReport, check, summary
from timeline.documents.links import original
from timeline.documents.passages import Citation, Piece, context, resolve
from timeline.documents.proving import Proof, dates_in, prove
from timeline.documents.texts import Library, Text, Unavailable

__all__ = [
    "Bearing",
    "Citation",
    "CitationReport",
    "Library",
    "Piece",
    "Proof",
    "Text",
    "Unavailable",
    "bear",
    "check",
    "context",
    "dates_in",
    "original",
    "prove",
    "resolve",
    "summary",
]
