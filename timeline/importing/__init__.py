"""What comes in: the timelines and bibliographies of other tools, made into our tables.

In: the bytes of a file, and the name of its format where somebody gave it. Out: the bytes of the tables, and a report
of what they could not hold. It must not know the disk, the command line, queries or the page.
"""

from timeline.importing.formats import FORMATS, Format, Imported, convert
from timeline.importing.parsing import CannotImport

__all__ = ["FORMATS", "CannotImport", "Format", "Imported", "convert"]
