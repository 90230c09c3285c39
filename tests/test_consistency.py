"""Rows against each other, against their documents' dates, and the actors that nobody needs."""

from __future__ import annotations

import pytest

from tests.test_checking import check
from timeline.table.consistency import unused_actors

ACTORS = "name,kind,part_of,aliases\nArland,state,,Republic of Arland\nPort Lio,place,Arland,\n"


def row(id: str, date: str, status: str = "reported", event: str = "") -> str:
    title = f"Title {id}"
    return f"{id},{event},{date},{title},A summary.,Arland,politics,{status},,courier-1,para. 1,the first … last word"


def findings(*rows: str, code: str, **tables: str):
    return [problem for problem in check(*rows, **tables).problems if problem.code == code]


class TestDisagreement:
    def test_dates_without_a_common_moment_are_one_note_at_the_first_row(self):
        rows = [row("a", "2014-02-20", event="strike"), row("b", "2014-02", event="strike")]
        (found,) = findings(*rows, row("c", "2014-02-22", event="strike"), code="disagreement")
        assert found.severity == "note"
        assert (found.line, found.id, found.column, found.value) == (2, "a", "date", "strike")
        assert "line 2 says 20 February 2014, line 4 says 22 February 2014" in found.reason
        assert "3 dated mentions" in found.reason

    @pytest.mark.parametrize(
        "dates",
        [
            ("2014-02-20", "2014-02-20"),
            ("2014-02-20", "2014-02", "2014"),
            ("2014-02-20", ""),
            ("2013/2014", "2014/2015"),
            ("2014/..", "../2014"),
            ("2014-02-20~", "2014-02-20?"),
        ],
    )
    def test_dates_that_touch_agree(self, dates):
        rows = [row(f"r{number}", date, event="strike") for number, date in enumerate(dates)]
        assert findings(*rows, code="disagreement") == []

    def test_events_of_their_own_never_disagree(self):
        assert findings(row("a", "2014-01-01"), row("b", "2013-01-01"), code="disagreement") == []


class TestPublished:
    """The document appeared on 23 February 2014."""

    @pytest.mark.parametrize("date", ["2014-02-22", "2014-01", "2013", "../2014-02-22", "2013-05/2014-02-22"])
    def test_what_is_planned_lies_ahead(self, date):
        (found,) = findings(row("a", date, "planned"), code="planned-past")
        assert (found.severity, found.column, found.id) == ("warning", "status", "a")
        assert "23 February 2014" in found.reason

    @pytest.mark.parametrize("date", ["2014-02-23", "2014-02-24", "2014-02", "2014", "2014-02-01/..", ""])
    def test_what_is_not_over_can_be_planned(self, date):
        assert findings(row("a", date, "planned"), code="planned-past") == []

    @pytest.mark.parametrize("status", ["reported", "contested"])
    def test_what_is_reported_has_begun(self, status):
        (found,) = findings(row("a", "2014-02-24", status), code="reported-ahead")
        assert found.severity == "warning"
        assert "24 February 2014" in found.reason
        assert findings(row("a", "2014-02-23/2015", status), code="reported-ahead") == []
        assert findings(row("a", "2014-02-24", "planned"), code="reported-ahead") == []

    def test_a_document_without_a_date_says_nothing(self):
        documents = "id,title,source,published\ncourier-1,Dockers walk out,The Lio Courier,\n"
        rows = row("a", "2014-02-24"), row("b", "1990", "planned")
        assert findings(*rows, code="reported-ahead", documents=documents) == []
        assert findings(*rows, code="planned-past", documents=documents) == []


def test_an_actor_is_used_by_a_row_a_speech_or_a_member():
    listed = ACTORS + "Ada Moor,person,,\nBen Carrow,person,Belmark,\nBelmark,state,,\nOlmia,state,,\n"
    spoken = (
        row("a", "2014").replace("reported,,", "reported,Ada Moor,").replace("Arland,politics", "Port Lio,politics")
    )
    dataset = check(spoken, actors=listed)
    assert unused_actors(dataset.mentions, dataset.mention_actors, dataset.actors) == ["Ben Carrow", "Olmia"]


class TestTwins:
    def test_a_transliteration_is_a_near_twin(self):
        listed = ACTORS + "Zelensky,person,,\nЗеленский,person,,\n"
        (found,) = findings(row("a", "2014"), code="near-twin", actors=listed)
        assert (found.file, found.line, found.value) == ("actors.csv", 5, "Зеленский")
        assert "differ only in transliteration" in found.reason

    def test_an_alias_is_compared_too(self):
        listed = ACTORS + "Port of Kyiv,place,,Kiev\nKyiv,state,,\n"
        (found,) = findings(row("a", "2014"), code="near-twin", actors=listed)
        assert "'Kyiv' and 'Kiev', an alias of 'Port of Kyiv', (line 4)" in found.reason

    def test_aliases_of_one_actor_are_no_twins(self):
        listed = ACTORS + "Kyiv,place,,Kiev; KIEV; Киев; Київ\n"
        assert findings(row("a", "2014"), code="near-twin", actors=listed) == []
