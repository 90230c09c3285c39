"""Russian: placeholder. In: nothing. Out: RUSSIAN. It must not know texts or calendars."""

from timeline.documents.languages.grammar import Language, Tense

RUSSIAN = Language("ru", {"month": {"января": 1}}, {}, (), ("month",), Tense(frozenset(), frozenset(), frozenset(), frozenset()))
