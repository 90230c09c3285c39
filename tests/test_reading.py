"""Bytes to records: encodings, separators, line numbers, widths, quotes, and that no record is lost."""

import codecs
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.table import Dataset, Raw, build
from timeline.table.decoding import recognise
from timeline.table.layout import is_known
from timeline.table.limits import CELL_CHARACTERS
from timeline.table.reading import Sheet, read_sheet

GOOD = "date,title,actors\n2014-01-01,One,Arland\n2014-01-02,Two,Belmark\n"


def sheet(content: str | bytes, encoding: str | None = None) -> Sheet:
    content = content.encode() if isinstance(content, str) else content
    return read_sheet(content, "t.csv", header_hint="date,title", known=is_known, encoding=encoding)


def table(content: str | bytes, **options: str) -> Dataset:
    content = content.encode() if isinstance(content, str) else content
    return build(Raw("t.csv", content), None, None, **options)


def codes(found: Sheet | Dataset, *severities: str) -> list[tuple[str, int | None]]:
    return [(p.code, p.line) for p in found.problems if not severities or p.severity in severities]


def counts(dataset: Dataset) -> tuple[int, int, int, int, int]:
    numbers = (dataset.rows, dataset.drawn, dataset.undated, dataset.skipped, dataset.in_error)
    assert numbers[0] == sum(numbers[1:])
    assert len(dataset.mentions) == dataset.drawn + dataset.undated
    return numbers


def test_a_plain_table_is_read_without_a_word():
    found = sheet(GOOD)
    assert found.header == ["date", "title", "actors"]
    assert found.records == [(2, ["2014-01-01", "One", "Arland"]), (3, ["2014-01-02", "Two", "Belmark"])]
    assert found.problems == []


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \n\t\n", codecs.BOM_UTF8, "\u00a0\n\u200b".encode(), b"\r\r"])
def test_a_file_of_nothing_shows_the_header_to_paste(content):
    dataset = table(content)
    (problem,) = dataset.errors
    assert problem.code == "no-header"
    assert "id,event,date,title" in problem.fix
    assert counts(dataset) == (0, 0, 0, 0, 0)


def test_a_header_alone_is_valid():
    dataset = table("date,title\n")
    assert dataset.errors == ()
    assert codes(dataset) == [("no-rows", None)]
    assert list(dataset.mentions["title"]) == list(dataset.events["title"]) == []


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16 LE"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16 BE"),
        ("utf-16-le", b"", "UTF-16 LE"),
        ("utf-16-be", b"", "UTF-16 BE"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "UTF-32 LE"),
        ("utf-32-be", codecs.BOM_UTF32_BE, "UTF-32 BE"),
    ],
)
def test_wide_encodings_are_named_and_not_read(encoding, mark, name):
    content = mark + GOOD.encode(encoding)
    dataset = table(content)
    (problem,) = dataset.errors
    assert problem.code == "not-utf8"
    assert name in problem.reason
    assert counts(dataset) == (0, 0, 0, 0, 0)
    assert counts(table(content, encoding=encoding)) == (2, 2, 0, 0, 0)


def test_utf16_of_another_script_is_still_recognised():
    text = "date,title,actors\n" + "2014-01-01,Докеры порта прекратили работу,Порт\n" * 20
    assert "UTF-16 LE" in table(text.encode("utf-16-le")).errors[0].reason


def test_cp1252_bytes_are_errors_of_their_cells_with_line_offset_and_surroundings():
    content = "date,title,actors\n2014-01-01,Café strike,Arland\n2014-01-02,Two,Zoë\n2014-01-03,Three,X\n"
    dataset = table(content.encode("cp1252"))
    first, second = dataset.errors
    assert (first.code, first.line, first.column) == ("not-utf8", 2, "title")
    assert "cp1252" in first.reason
    assert "byte offset 32" in first.reason
    assert "Caf<E9> strike" in first.reason
    assert (second.line, second.column) == (3, "actors")
    # the title cannot be read, so its row is not drawn; the row with an unreadable actor is drawn and marked
    assert counts(dataset) == (3, 2, 0, 0, 1)
    assert list(dataset.mentions["title"]) == ["Two", "Three"]
    assert dataset.mention_actors["actor"].tolist() == ["Zo\ufffd", "X"]


def test_an_encoding_that_is_asked_for_is_used_and_told():
    dataset = table("date,title\n2014,Café\n".encode("cp1252"), encoding="cp1252")
    assert dataset.mentions["title"].tolist() == ["Café"]
    assert codes(dataset) == [("read-as", None)]
    wrong = table("date,title\n2014,Café\n".encode("cp1252"), encoding="ascii")
    assert codes(wrong, "error") == [("wrong-encoding", 2)]


@pytest.mark.parametrize("content", [b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\xff", b"\xe2\x82"])
def test_bytes_that_are_never_utf8(content):
    dataset = table(b"date,title,mood\n2014,One," + content + b"\n2015,Two,x\n")
    assert codes(dataset, "error") == [("not-utf8", 2)]
    assert counts(dataset) == (2, 2, 0, 0, 0)
    dataset.mentions.to_json()  # no lone surrogate is left to stumble on
    assert all(p.sentence().encode("utf-8") for p in dataset.problems)


def test_a_bom_is_left_out_with_a_note():
    dataset = table(codecs.BOM_UTF8 + GOOD.encode())
    assert codes(dataset) == [("bom", 1)]
    assert counts(dataset) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04" + b"\0" * 30 + b"xl/workbook.xml", "Excel"),
        (b"PK\x03\x04" + b"\0" * 30 + b"word/document.xml", "Word"),
        (b"PK\x03\x04" + b"\0" * 30, "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "Excel"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\n<!DOCTYPE html><html>", "web page"),
        (codecs.BOM_UTF8 + b"<?xml version='1.0'?>", "XML"),
    ],
)
def test_other_files_under_the_name_of_a_table(content, what):
    dataset = table(content)
    (problem,) = dataset.errors
    assert problem.code == "not-csv"
    assert what in problem.reason
    assert recognise(content.removeprefix(codecs.BOM_UTF8))
    assert counts(dataset) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_other_separators_are_read_with_a_note(separator, name):
    dataset = table(f"date{separator}title{separator}actors\n2014{separator}One, two{separator}X\n")
    (problem,) = dataset.problems
    assert (problem.severity, problem.code, problem.line) == ("note", "separator", 1)
    assert name in problem.reason
    assert dataset.mentions["title"].tolist() == ["One, two"]


def test_excels_line_about_the_separator_is_no_header():
    dataset = table("sep=;\r\ndate;title\r\n2014;One\r\n2014-02-30;Two\r\n")
    assert codes(dataset) == [("separator", 1), ("date-impossible", 4)]


def test_a_comma_table_with_semicolons_in_its_cells_stays_a_comma_table():
    assert sheet("date,title,actors\n2014,One,A;B;C;D\n").problems == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_counted_as_an_editor_counts(end):
    text = end.join(["date,title", '2014,"One', "and", 'more"', "2014,Two", "", '2015,"a', 'b"', "bad,Three"])
    dataset = table(text)
    assert dataset.mentions["line"].tolist() == [2, 5, 7]
    assert codes(dataset, "error") == [("date-unreadable", 9)]
    assert codes(dataset, "note") == [("empty-row", 6)]


def test_a_lone_cr_inside_a_cell_is_no_line():
    dataset = table('date,title\n2014,"One\rmore"\n2014,Two\rmore\nbad,Three\n')
    assert dataset.mentions["line"].tolist() == [2, 3]
    assert dataset.mentions["title"].tolist() == ["One\rmore", "Two\rmore"]
    assert codes(dataset, "error") == [("date-unreadable", 4)]


def test_lines_that_end_with_cr_alone():
    dataset = table("date,title\r2014,One\rbad,Two\r")
    assert codes(dataset) == [("line-ends", 1), ("date-unreadable", 3)]
    assert counts(dataset) == (2, 1, 0, 0, 1)


def test_cr_rows_with_lf_inside_cells_as_old_excel_for_mac_writes_them():
    dataset = table('date,title\r2014,"One\nmore"\r2015,Two\r')
    assert dataset.mentions["title"].tolist() == ["One\nmore", "Two"]


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_other_line_separators_of_unicode_are_no_lines(odd):
    dataset = table(f"date,title\n2014,One{odd}more\nbad,Two\n")
    assert codes(dataset, "error") == [("date-unreadable", 3)]
    assert dataset.rows == 2


def test_a_first_row_too_long_shifts_nothing():
    dataset = table("date,title,actors\n2014-01-01,One,A,B\n2014-01-02,Two,C\n2014-01-03,Three\n2014-01-04,Four,D\n")
    assert codes(dataset, "error") == [("row-too-long", 2), ("row-too-short", 4)]
    assert "4 cells" in dataset.errors[0].reason
    assert dataset.mentions["title"].tolist() == ["Two", "Four"]
    assert counts(dataset) == (4, 2, 0, 0, 2)


def test_empty_rows_are_skipped_and_counted():
    dataset = table("date,title\n\n2014,One\n,\n \u00a0, \u200b\n\t\n2015,Two\n\n")
    assert counts(dataset) == (7, 2, 0, 5, 0)
    assert codes(dataset) == [("empty-row", 2)]


def test_an_unclosed_quote_is_told_where_it_opened_and_rows_around_it_are_kept():
    dataset = table('date,title,actors\n2014,One,A\n2015,"Two,B\n2016,Three,C\n2017,"Four",D\n')
    assert codes(dataset, "error") == [("unclosed-quote", 3)]
    assert dataset.mentions["title"].tolist() == ["One", "Three", "Four"]
    assert counts(dataset) == (4, 3, 0, 0, 1)


def test_an_unclosed_quote_in_the_last_row():
    dataset = table('date,title,actors\n2014,One,A\n2015,"Two,B')
    assert codes(dataset, "error") == [("unclosed-quote", 3)]
    assert counts(dataset) == (2, 1, 0, 0, 1)


def test_after_an_unclosed_quote_uncertain_lines_are_not_drawn():
    dataset = table('date,title,actors\n2014,One,A\n2015,"Two,B\nprose without end\nmore prose\n')
    assert codes(dataset, "error") == [("unclosed-quote", 3)]
    assert "2 lines after it" in dataset.errors[0].reason
    assert counts(dataset) == (2, 1, 0, 0, 1)


def test_a_stray_quote_costs_its_own_row_only():
    dataset = table('date,title,actors\n2014,"He said "no" today",A\n2015,Two,B\n2016,"The ""third""",C\n')
    assert codes(dataset, "error") == [("stray-quote", 2)]
    assert dataset.mentions["title"].tolist() == ["Two", 'The "third"']
    assert counts(dataset) == (3, 2, 0, 0, 1)


def test_a_stray_quote_in_a_cell_of_several_lines():
    dataset = table('date,title,actors\n2014,"One\ntwo "three" four\nfive",A\n2015,Two,B\n')
    assert dataset.errors[0].code in ("stray-quote", "unclosed-quote")
    assert dataset.errors[0].line == 2
    assert dataset.mentions["title"].tolist() == ["Two"]


def test_a_quote_open_in_the_header():
    dataset = table('date,"title\n2014,One\n')
    assert codes(dataset, "error") == [("unclosed-quote", 1)]
    assert counts(dataset) == (0, 0, 0, 0, 0)


def test_each_stray_quote_is_told():
    dataset = table("date,title\n" + '2014,"a"b"\n' * 5000)
    assert len(dataset.errors) == dataset.in_error == dataset.rows == 5000


def test_many_open_quotes_end_soon():
    dataset = table("date,title,mood\n" + '2014,"a,x\nprose\n' * 5001)
    assert dataset.rows == dataset.in_error
    assert dataset.rows == len(dataset.errors)


def test_two_open_quotes_in_a_row_are_two_errors():
    dataset = table('date,title,actors\n2014,"One,A\n2015,"Two,B\n2016,Three,C\n')
    assert codes(dataset, "error") == [("unclosed-quote", 2), ("unclosed-quote", 3)]
    assert dataset.mentions["title"].tolist() == ["Three"]


def test_nul_characters_are_told_with_line_and_column_and_never_dropped():
    dataset = table(b"date,title,mood\n2014,On\0e,x\n2015,Two,y\0z\n20\x0016,Three,x\n2017,Four,x\n")
    found = [(p.code, p.line, p.column) for p in dataset.errors]
    assert found == [("nul", 2, "title"), ("nul", 3, "mood"), ("nul", 4, "date")]
    assert counts(dataset) == (4, 2, 0, 0, 2)
    assert dataset.mentions["extra:mood"].tolist() == ["y\u2400z", "x"]
    assert "\u2400" in dataset.errors[0].value


@pytest.mark.parametrize("length", [CELL_CHARACTERS, CELL_CHARACTERS + 1, 1_000_000])
def test_a_cell_holds_at_most_a_hundred_thousand_characters(length):
    dataset = table("date,title,summary\n2014,One," + "x" * length + "\n2015,Two,y\n")
    assert codes(dataset, "error") == ([] if length <= CELL_CHARACTERS else [("cell-too-long", 2)])
    assert counts(dataset) == (2, 2, 0, 0, 0)
    assert dataset.mentions["summary"].str.len().max() == CELL_CHARACTERS
    assert all(len(p.value or "") <= 100 for p in dataset.problems)


def test_a_title_too_long_to_be_a_cell_fails_its_row():
    assert counts(table("date,title\n2014," + "x" * 200_000 + "\n2015,Two\n")) == (2, 1, 0, 0, 1)


def test_too_many_columns():
    dataset = table(",".join(["date", "title", *(f"c{i}" for i in range(2000))]) + "\n")
    assert codes(dataset, "error") == [("too-many-columns", 1)]


def test_a_file_over_the_limit_is_one_error():
    assert codes(build(Raw("t.csv", None)), "error") == [("file-too-large", None)]


def test_words_of_other_programs_are_text():
    words = ["NA", "None", "null", "nan", "007", "1e5", "TRUE", "1984", "2014-03-18", "inf"]
    dataset = table("date,title,actors\n" + "".join(f"2014,{word},{word}\n" for word in words))
    assert dataset.mentions["title"].tolist() == words
    assert dataset.mention_actors["actor"].tolist() == words
    assert dataset.actors["name"].tolist() == words


def test_hidden_characters_mojibake_and_formulas_are_marked_and_drawn():
    dataset = table("date,title\n2014,a\u202eb\n2015,itâ€™s\n2016,=1+1\n2017,lost \ufffd\n2018,-5\n2019,- x\n")
    assert codes(dataset) == [
        ("control-character", 2), ("mojibake", 3), ("formula-like", 4), ("mojibake", 5),
    ]  # fmt: skip
    assert "it’s" in dataset.problems[1].fix
    assert "\\u202e" in dataset.problems[0].value
    assert dataset.drawn == 6


def test_emoji_families_accents_and_right_to_left_text_are_just_text():
    dataset = table("date,title\n2014,👩‍👩‍👧 reunion\n2015,مرحبا\n2016,Zażółć\n2017,Ünïcödé\n")
    assert dataset.problems == ()


def test_trimmed_cells_are_noted_once_a_column():
    dataset = table("date,title\n2014, One\n2015,Two \n2016,Three\n 2017 ,\u00a0Four\n")
    assert [(p.code, p.line, p.column) for p in dataset.problems] == [
        ("trimmed", 2, "title"),
        ("trimmed", 5, "date"),
    ]
    assert "3 cells" in dataset.problems[0].reason
    assert dataset.mentions["title"].tolist() == ["One", "Two", "Three", "Four"]


cells = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=6), st.booleans())
def test_what_csv_writes_is_read_back(rows, crlf):
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n" if crlf else "\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["date", "title", "note"])
    writer.writerows(rows)
    text = out.getvalue()
    found = sheet(text)
    same = [row for row in rows if not all(not c.strip() and not c.strip("\u200b\ufeff\u2060 ") for c in row)]
    read = [record for _, record in found.records]
    assert found.rows == len(rows)
    assert found.broken == 0
    want = [[c.replace("\r\n", "\n") for c in row] for row in same]
    assert read == want or found.skipped > len(rows) - len(same)
    assert all(a < b for (a, _), (b, _) in pairwise(found.records))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_raising(content):
    counts(table(content))


@settings(deadline=None)
@given(st.text(alphabet='ab,;"\n\r\t0124-/é\0', max_size=200))
def test_any_text_after_a_good_header_keeps_count(body):
    dataset = table("date,title,actors\n" + body)
    counts(dataset)
    lines = [p.line for p in dataset.problems if p.line]
    assert lines == sorted(lines)
    assert all(line <= body.count("\n") + body.count("\r") + 3 for line in lines)
