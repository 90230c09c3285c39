"""Languages: the words and the patterns in which a language tells dates, as data.

In: the tag of a language (BCP 47). Out: its `Language`, or none. It must not know texts, tables or what the words
mean in a calendar: the readers of `documents` do, and they are the same for all languages.

A new language is a module like `russian`, and a line in `LANGUAGES`.
"""

from timeline.documents.languages.english import ENGLISH
from timeline.documents.languages.grammar import Grammar, Language, Shape, grammar
from timeline.documents.languages.russian import RUSSIAN

LANGUAGES = {one.tag: one for one in (ENGLISH, RUSSIAN)}

__all__ = ["LANGUAGES", "Grammar", "Language", "Shape", "grammar"]
