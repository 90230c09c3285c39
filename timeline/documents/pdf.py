"""PDF: the text of each page, as it lies in the file.

In: the bytes of a PDF. Out: one text a page, or one sentence that says why there is none. It must not know folders,
citations or how the text is tidied; and it imports nothing of ours, for `isolating` runs it in a process of its own.
"""

from __future__ import annotations

import io
import re
from typing import Any

PAGES = 5_000
CHARACTERS = 20_000_000
_LOST = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]")  # glyphs whose letter the font does not tell


def read(data: bytes) -> list[str] | str:
    """The pages' texts in order, "" for a page without any; or a sentence. Takes as long as the PDF makes it take."""
    if b"%PDF-" not in data[:1024]:
        return "The document's file is no PDF, though its name says so."
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return "The PDF is encrypted and opens with a password only; save a copy without one."
        count = len(reader.pages)
        if count > PAGES:
            return f"The PDF has {count:,} pages; more than {PAGES:,} are not read, so cut it into parts."
        if not count:
            return "The PDF has no pages."
        return _texts(reader)
    except DependencyError:
        return "The PDF is encrypted in a way that cannot be read; save a copy without encryption."
    except LimitReachedError:
        return "The PDF unpacks to more than is read; print it into a new PDF."
    except RecursionError:
        return "The PDF is nested deeper than is read; print it into a new PDF."
    except MemoryError:
        raise
    except Exception:  # whatever a broken file makes of the library
        return "The PDF is broken or cut off: its pages cannot be read; fetch it again, or print it into a new PDF."


def _texts(reader: Any) -> list[str] | str:
    from pypdf.errors import LimitReachedError

    texts, length, failed = [], 0, 0
    for page in reader.pages:
        try:
            text = str(page.extract_text())
        except (LimitReachedError, MemoryError, RecursionError):
            raise
        except Exception:  # one broken page is as one without text: its citations are told to be without
            text = ""
            failed += 1
        texts.append(text)
        length += len(text)
        if length > CHARACTERS:
            return f"The PDF holds more than {CHARACTERS // 1_000_000} million characters; cut it into parts."
    count = f"its {len(texts):,} pages hold" if len(texts) > 1 else "its only page holds"
    if failed == len(texts):
        return "The PDF is broken: none of its pages can be read; fetch it again, or print it into a new PDF."
    if not any(text.strip() for text in texts):
        if any(_has_pictures(page) for page in reader.pages):
            return f"The PDF is a scan: {count} pictures only, no text; run OCR over it."
        return f"The PDF holds no text: {count} none."
    if sum(len(_LOST.findall(text)) for text in texts) > length // 3:
        return "The PDF does not tell which letters its signs are (its fonts lack that table); run OCR over it."
    return texts


def _has_pictures(page: Any) -> bool:
    try:
        things = page["/Resources"]["/XObject"].get_object()
        return any(things[name].get_object().get("/Subtype") in ("/Image", "/Form") for name in things)
    except Exception:  # no resources, or broken ones
        return False
