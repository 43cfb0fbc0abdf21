"""Tables from elsewhere: what offices have is read, the rest is refused with a reason."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from samenraad.people.sheets import MAX_CELL, find_columns, read_sheet
from samenraad.refusals import Refusal


def refused(content: bytes, **limits: int) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_sheet(content, **limits)
    return caught.value


def read_or_refuse(content: bytes) -> None:
    with suppress(Refusal):
        read_sheet(content)


def workbook(*lines: tuple) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_office_encoding_and_separator_is_read(encoding, separator):
    text = f"naam{separator}wijk\r\nZoë{separator}Café-buurt\r\n"
    sheet = read_sheet(text.encode(encoding))
    assert sheet.header == ("naam", "wijk")
    assert sheet.rows[0].cells == {"naam": "Zoë", "wijk": "Café-buurt"}
    assert (sheet.encoding, sheet.separator) == (encoding, separator)


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    sheet = read_sheet(b'a,b\n\n1,"two\nlines"\n2,x\n')
    assert [row.number for row in sheet.rows] == [3, 4]
    assert sheet.rows[0].cells["b"] == "two\nlines"


def test_a_separator_in_quotes_does_not_count():
    assert read_sheet(b'"a,b,c";d\n1;2\n').header == ("a,b,c", "d")


def test_excels_own_separator_line_is_obeyed():
    sheet = read_sheet(b"sep=;\r\na;b,c,d\r\n1;2\r\n")
    assert sheet.header == ("a", "b,c,d")


def test_short_lines_are_filled_and_long_ones_say_what_is_too_much():
    sheet = read_sheet(b"a,b\n1\n1,2,,three\n")
    assert sheet.rows[0].cells == {"a": "1", "b": ""}
    assert sheet.rows[1].extra == ("three",)


def test_a_workbook_gives_text():
    content = workbook(
        ("naam", "dag", "uur", "aantal", "deel", None),
        ("Zoë", date(2027, 3, 1), datetime(2027, 3, 1, 9, 5), 12.0, 0.5, None),
    )
    sheet = read_sheet(content)
    assert sheet.encoding == "xlsx"
    assert list(sheet.rows[0].cells.values()) == ["Zoë", "2027-03-01", "2027-03-01 09:05", "12", "0.5"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty"),
        (b"\n;;\n  \n", "sheet.empty"),
        (b"a\x00b\n", "sheet.binary"),
        (b"\x89PNG\r\n\x1a\n rest", "sheet.binary"),
        (b"a;b\n\x81\x8d", "sheet.binary"),
        (b"\xef\xbb\xbfa;\xe9", "sheet.binary"),
        (b"\xd0\xcf\x11\xe0rest", "sheet.old_excel"),
        (b"PK\x03\x04 not a workbook", "sheet.broken_workbook"),
        (b"Naam;naam\nx;y\n", "sheet.duplicate_columns"),
        (b"a;;c\n1;2;3\n", "sheet.nameless_column"),
        (b'a;b\n"open;2\n', "sheet.quotes"),
        (b'a;b\n"x"y;2\n', "sheet.quotes"),
        (b"a\n" + b"x" * (MAX_CELL + 1), "sheet.cell_too_long"),
        (b"a\n" + b"x" * 200_000, "sheet.cell_too_long"),
        (b";".join(b"k%d" % n for n in range(201)), "sheet.too_many_columns"),
    ],
)
def test_what_is_not_a_table_is_refused_with_its_reason(content, code):
    assert refused(content).code == code


def test_an_empty_column_without_a_name_does_no_harm():
    assert read_sheet(b"a;;c\n1;;3\n").header == ("a", "c")


def test_too_much_is_refused():
    assert refused(b"a\n" + b"x\n" * 20, max_bytes=10).code == "sheet.too_big"
    assert refused(b"a\n" + b"x\n" * 20, max_rows=19).code == "sheet.too_many_rows"
    assert len(read_sheet(b"a\n" + b"x\n" * 20, max_rows=20).rows) == 20


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    assert refused(content.getvalue()).code == "sheet.too_big"


def test_columns_are_found_under_any_of_their_names():
    wanted = {"place": ("plaats", "gebied"), "count": ("aantal",)}
    assert find_columns(("Gebied", "AANTAL "), wanted) == {"place": "Gebied", "count": "AANTAL "}
    with pytest.raises(Refusal) as caught:
        find_columns(("x",), wanted)
    assert caught.value.facts["missing"] == "place, count"


@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_the_reader(content):
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep="):
        read_or_refuse(start + content)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8), min_size=2, max_size=2),
        max_size=6,
    )
)
def test_what_is_written_as_csv_is_read_back(lines):
    import csv

    out = io.StringIO(newline="")
    csv.writer(out).writerows([["one", "two"], *lines])
    sheet = read_sheet(out.getvalue().encode())
    assert all(set(row.cells) == {"one", "two"} for row in sheet.rows)
    assert len(sheet.rows) <= len(lines)


BOOK = workbook(("a", "b"), (1, 2))  # once: it carries the time at which it was made


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data):
    content = bytearray(BOOK)
    for _ in range(5):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(content))
