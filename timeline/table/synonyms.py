"""What strangers call our columns. Compared without case, with one space for any of `_ - . / :`
(`layout.normal`).

In: nothing. Out: `SYNONYMS`, column name -> headers, the likeliest first. Must not know: anything else.
"""

from __future__ import annotations

_WORDS = {
    "id": "identifier | event id | row id | key | uid | uuid | unique id | no | nr | number | #",
    "event": "event key | event group | same event | cluster",
    "date": """start | start date | startdate | when | event date | date of event | eventdate |
        date start | from | begin | beginning | begin date | began | dates | date time |
        datetime | timestamp | day | time | edtf | display date | date from | year | occurred |
        published | publication date | pub date | date published | published at""",
    "title": """headline | event title | event name | event | heading | name | label | subject | what |
        caption | fact | content | short description | message""",
    "summary": """description | text | body | details | detail | abstract | notes | note | desc |
        event description | what happened | long description | comment | fact text |
        content text | content""",
    "actors": """actor | who | people | person | persons | participants | participant | parties |
        party | entities | entity | involved | people involved | names | organisations |
        organizations | organisation | organization | groups | contacts | characters""",
    "category": "type | event type | kind | topic | group | tag | class | theme | issue",
    "status": "state of knowledge | certainty | confirmation | verification | disputed",
    "speaker": "said by | stated by | spokesperson | quoted | claimant",
    "document": """document title | document id | doc | source document | article | article title |
        exhibit | source title | document name""",
    "locator": "page | pages | paragraph | pin cite | pinpoint | pin | place in document",
    "passage": """quote | quotation | excerpt | source text | source quote | verbatim | citation text |
        extract""",
    "end": """end date | enddate | date end | to | until | finish | finish date | ended | date to |
        date until""",
    "source": """sources | publisher | outlet | news outlet | newspaper | media outlet | publication |
        issuer | media credit | credit | reported by | site | source name | origin | provider""",
    "url": """link | href | links | web | website | source url | source link | uri | address |
        web address | web link | media | reference link""",
    "author": "byline | writer | reporter | authors",
    "published": "publication date | pub date | date published | published at | document date | source date",
    "language": "lang",
}

SYNONYMS: dict[str, tuple[str, ...]] = {
    name: tuple(word.strip() for word in words.split("|")) for name, words in _WORDS.items()
}
