"""Reading the two files of a draw: every format that practitioners have, every mistake told, never a traceback."""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.files.mistakes import TOLD
from samenraad.methods.files.tables import fold
from samenraad.methods.saying import explain
from samenraad.methods.sortition.pool import Pool, Quota, Quotas
from samenraad.methods.sortition.reading.files import read, read_pool, read_quotas, write_pool, write_quotas
from samenraad.refusals import Refusal

QUOTAS = "feature,value,min,max\nage,16-24,1,2\nage,65+,1,2\ngender,Female,1,2\ngender,Male,1,2\n"
PEOPLE = "id,age,gender\nb,16-24,Female\na,65+,Male\nc,16-24,Male\n"
READ = Quotas.of({"age": {"16-24": (1, 2), "65+": (1, 2)}, "gender": {"Female": (1, 2), "Male": (1, 2)}})

DATA = Path(__file__).parents[5].parent / "shared/data/sortition"
SETS = sorted(DATA.glob("*/respondents.csv"))


def refused(respondents=PEOPLE, categories=QUOTAS, **options):
    """The mistakes that reading these two texts gives."""
    with pytest.raises(Refusal) as caught:
        read(as_bytes(respondents), as_bytes(categories), **options)
    assert caught.value.code == "sortition.files"
    return caught.value.facts["problems"]


def as_bytes(text):
    return text.encode() if isinstance(text, str) else text


def told(mistakes):
    """File, line, column and code of each mistake."""
    return [(one.file, one.line, one.column, one.code.removeprefix("sortition.")) for one in mistakes]


# quotas


@pytest.mark.parametrize(
    "header",
    [
        "feature,value,min,max",
        "category,name,min,max",
        "category,feature,min,max",
        "category,value,min,max",
        " Category , FEATURE ,Min,MAX",
        "categorie,waarde,min,max",
    ],
)
def test_the_header_spellings_in_use_mean_the_same(header):
    assert read_quotas(QUOTAS.replace("feature,value,min,max", header).encode()) == READ


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_files_as_spreadsheets_save_them_read_alike(encoding, delimiter, ending):
    text = QUOTAS.replace("Female", "Één").replace(",", delimiter).replace("\n", ending)
    quotas = read_quotas(text.encode(encoding))
    assert quotas.values("gender") == ("Male", "Één")
    assert len(quotas) == 4


def test_accents_written_in_two_ways_are_one_value():
    composed, apart = "caf\u00e9", "cafe\u0301"
    files = read(f"id,x\n1,{apart}\n".encode(), f"feature,value,min,max\nx,{composed},0,1\n".encode())
    assert files.pool.candidates[0].features == {"x": composed}


def test_a_sep_line_of_excel_is_understood():
    assert read_quotas(("sep=;\n" + QUOTAS.replace(",", ";")).encode()) == READ


def test_empty_rows_quoted_cells_and_other_columns_are_no_trouble():
    text = 'feature,value,Notes,min,max,suggest min\n\n"age","16-24","a, ""b""\nc",1,2,9\n,,,,,\nage,65+,,1,2,\n'
    assert read_quotas(text.encode()) == Quotas.of({"age": {"16-24": (1, 2), "65+": (1, 2)}})


def test_a_title_above_the_columns_is_passed_over():
    plain = read_pool(b"id,age\n1,16-24\n")
    assert plain == read_pool(b"People who said yes;;\n\nid;age;\n1;16-24;\n")
    assert plain == read_pool(workbook(people=[["People who said yes"], [], ["id", "age"], [1, "16-24"]]))


def test_a_table_of_one_column_has_no_title():
    assert [one.features for one in read_pool(b"age\n16-24\n65+\n").candidates] == [{"age": "16-24"}, {"age": "65+"}]


def test_flex_says_how_far_a_repair_may_go():
    text = "feature,value,min,max,min_flex,max_flex\nage,16-24,2,3,1,4\nage,65+,2,3,,\n"
    young, old = read_quotas(text.encode())
    assert (young.min_flex, young.max_flex) == (1, 4)
    assert (old.min_flex, old.max_flex) == (None, None)


def test_whole_numbers_may_look_as_a_spreadsheet_writes_them():
    assert read_quotas(b"feature;value;min;max\nage;65+;1,0;2.00\n") == Quotas.of({"age": {"65+": (1, 2)}})


@pytest.mark.parametrize("sign", [" & ", " × ", "×", " * ", "*", "  &  "])
def test_an_intersection_is_two_categories_and_two_values(sign):
    text = QUOTAS + f"AGE{sign}gender,16-24{sign}female,0,1\n"
    assert Quota((("age", "16-24"), ("gender", "Female")), 0, 1) in read_quotas(text.encode()).quotas


def test_values_with_an_and_in_them_are_cut_where_both_halves_are_known():
    text = "category,value,min,max\nhome,rent & share,0,1\nage,65+,0,1\nhome & age,rent & share & 65+,0,1\n"
    assert (("age", "65+"), ("home", "rent & share")) in [quota.where for quota in read_quotas(text.encode())]


def test_an_ampersand_without_spaces_is_part_of_a_name():
    assert read_quotas(b"category,value,min,max\nR&D,a&b,0,1\n").categories == ("R&D",)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",16-24,1,2", "feature", "cell_missing"),
        ("town,,1,2", "value", "cell_missing"),
        ("town,x,,2", "min", "cell_missing"),
        ("town,x,1,", "max", "cell_missing"),
        ("town,x,3,2", None, "row_min_above_max"),
        ("town,x,1.5,2", "min", "not_whole"),
        ("town,x,1,two", "max", "not_whole"),
        ("town,x,-1,2", "min", "negative"),
        ("town,x,1,9999999999999999999999", "max", "not_whole"),
        ("town,x,1,2,2", None, "min_flex_outside"),
        ("town,x,1,2,,1", None, "max_flex_outside"),
        ("town,x,1,2,-1,", "min_flex", "negative"),
        ("town,x,1,2,,,oops", None, "too_many_cells"),
        ("age,16-24,1,2", None, "group_twice"),
        ("Age, 16-24 ,1,2", None, "group_twice"),
        ("age & gender,16-24,1,2", "value", "pair"),
        ("age & gender & town,a & b & c,1,2", "value", "pair"),
        ("age & age,16-24 & 65+,1,2", "value", "pair"),
    ],
)
def test_each_bad_row_of_the_quotas_is_told_with_its_place(row, column, code):
    text = "feature,value,min,max,min_flex,max_flex\nage,16-24,1,2,,\n\n" + row + "\n"
    with pytest.raises(Refusal) as caught:
        read_quotas(text.encode())
    assert told(caught.value.facts["problems"]) == [("quotas", 4, column, code)]


def test_a_missing_column_is_told_with_the_columns_that_are_there():
    mistakes = refused(categories="feature,worth,min,top\nage,65+,1,2\n", respondents="id,age\n1,65+\n")
    assert [mistake.facts["wanted"] for mistake in mistakes] == ["value", "max"]
    assert "“max”. The columns are: feature, worth, min, top." in mistakes[1].sentence()


def test_a_column_that_is_there_twice_is_refused():
    assert told(refused(respondents="id,age,Age,gender\n1,65+,65+,Male\n")) == [
        ("respondents", None, "age", "column_twice")
    ]


def test_quotas_must_be_able_to_sum_to_the_seats():
    assert read(PEOPLE.encode(), QUOTAS.encode(), seats=4).quotas == READ
    high, low = refused(seats=1), refused(seats=5)
    assert told(high) == [("quotas", None, None, "sum_above_seats")] * 2
    assert told(low) == [("quotas", None, None, "sum_below_seats")] * 2
    assert (high[0].facts["category"], high[0].facts["sum"]) == ("age", 2)
    assert (low[1].facts["category"], low[1].facts["sum"]) == ("gender", 4)


def test_without_seats_quotas_must_suit_some_number_of_seats():
    text = QUOTAS.replace("Female,1,2", "Female,5,6")
    mistake = refused(categories=text)[0]
    assert mistake.code == "sortition.no_seats_fit"
    assert mistake.facts == {"category": "gender", "low": 6, "other": "age", "high": 4}


def test_a_category_with_a_bad_row_is_not_summed():
    text = QUOTAS.replace("Female,1,2", "Female,one,2")
    assert told(refused(categories=text, seats=4)) == [("quotas", 4, "min", "not_whole")]


# respondents


def test_people_are_read_in_the_spelling_of_the_quotas():
    files = read(PEOPLE.replace("Female", " fEMALE ").replace("gender", " GENDER").encode(), QUOTAS.encode())
    assert files.pool == read_pool(PEOPLE.encode())
    assert files.lines == {"b": 2, "a": 3, "c": 4}


def test_only_what_the_quotas_ask_is_kept():
    files = read(b"id,age,gender,name,phone\n1,65+,male,Aisha,06\n", QUOTAS.encode())
    assert set(files.pool.candidates[0].features) == {"age", "gender"}


def test_a_category_that_only_occurs_in_intersections_has_other_values_too():
    quotas = b"category,value,min,max\nage & town,16-24 & North,0,1\n"
    files = read(b"id,age,town\n1,16-24,north\n2,99,south\n3,99,South\n", quotas)
    assert [one.features["town"] for one in files.pool.candidates] == ["North", "South", "South"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("d,16-25,Male", "age", "value_like"),
        ("d,young,Male", "age", "value_unknown"),
        ("d,,Male", "age", "cell_missing"),
        ("d,65+", "gender", "cell_missing"),
        (",65+,Male", "id", "cell_missing"),
        ("a,65+,Male", "id", "id_twice"),
        ('"d,e",65+,Male', "id", "id_sign"),
        ("d,65+,Male,x", None, "too_many_cells"),
    ],
)
def test_each_bad_row_of_the_people_is_told_with_its_place(row, column, code):
    assert told(refused(respondents=PEOPLE + row + "\n")) == [("respondents", 5, column, code)]


def test_an_unknown_value_comes_with_what_was_probably_meant():
    mistake = refused(respondents=PEOPLE + "d,65+,femail\n")[0]
    assert mistake.sentence() == "respondents, line 5, column gender: “femail” has no quota. Did you mean “Female”?"


def test_a_number_that_occurs_twice_names_both_lines():
    mistake = refused(respondents=PEOPLE + "\n\na,65+,Male\n")[0]
    assert (mistake.line, mistake.facts["first"]) == (7, 3)


def test_a_category_without_a_column_is_refused():
    mistakes = refused(categories=QUOTAS + "town,north,0,9\n")
    assert told(mistakes) == [("respondents", None, None, "column_missing")]
    assert mistakes[0].facts == {"wanted": "town", "columns": ["id", "age", "gender"]}


def test_all_mistakes_of_both_files_are_told_at_once():
    mistakes = refused("id,age\n1,66+\n1,65+\n", QUOTAS.replace("16-24,1,2", "16-24,x,2"), household=["street"])
    assert told(mistakes) == [
        ("quotas", 2, "min", "not_whole"),
        ("respondents", None, None, "column_missing"),
        ("respondents", None, None, "column_missing"),
        ("respondents", 2, "age", "value_like"),
        ("respondents", 3, "id", "id_twice"),
    ]
    assert told(refused(respondents=b"", categories="nothing\n")) == [
        ("quotas", None, None, "only_header"),
        ("respondents", None, None, "empty_file"),
    ]


def test_the_same_mistake_a_thousand_times_is_counted():
    mistakes = refused(respondents="id,age,gender\n" + "".join(f"{n},65+,{n}\n" for n in range(1000)))
    assert len(mistakes) == TOLD + 1
    assert mistakes[-1].facts["number"] == 1000 - TOLD
    assert "and 980 more mistakes" in explain(Refusal("sortition.files", problems=mistakes))


def test_a_line_is_counted_as_an_editor_does_even_after_a_cell_of_many_lines():
    text = 'id,age,gender,note\n1,65+,Male,"a\nb\nc"\n2,99,Male,\n'
    assert told(refused(respondents=text)) == [("respondents", 5, "age", "value_unknown")]


def test_the_column_of_numbers_can_be_named():
    pool = read_pool(b"card,id,age\n7,x,65+\n8,x,65+\n", id="card")
    assert list(pool.by_id) == ["7", "8"]
    assert told(refused(id="card")) == [("respondents", None, None, "column_missing")]


def test_the_number_of_a_house_is_not_the_number_of_a_person():
    pool = read_pool(b"street,number,age\nElm,5,65+\nElm,5,16-24\n", household=["street", "number"])
    assert [(one.id, one.household) for one in pool.candidates] == [("p1", "Elm | 5"), ("p2", "Elm | 5")]


def test_people_without_numbers_are_numbered_by_the_contents_of_their_rows():
    rows = [f"{age},{gender},n{n}" for n, (age, gender) in enumerate([("65+", "Male"), ("16-24", "Male")] * 6)]
    pool = read_pool(("age,gender,name\n" + "\n".join(rows)).encode(), READ)
    assert [one.id for one in pool.candidates][:2] == ["p01", "p02"]
    random.Random(3).shuffle(rows)
    turned = [",".join(reversed(row.split(","))) for row in rows]
    assert read_pool(("name,gender,age\n" + "\n".join(turned)).encode(), READ) == pool


def test_who_has_no_number_is_found_back_by_line():
    files = read(b"age,gender\n65+,Male\n16-24,Male\n", QUOTAS.encode())
    assert files.lines == {"p1": 3, "p2": 2}


# households, and who is in already


def test_one_address_is_one_household_whatever_its_capitals_and_spaces():
    text = "id,street,number\n1,Kerkstraat,5\n2, kerkstraat ,5\n3,Kerkstraat,6\n4,,\n5,,\n"
    pool = read_pool(text.encode(), household=["Street", "number"])
    homes = [one.household for one in pool.candidates]
    assert homes[0] == homes[1] != homes[2]
    assert homes[3] is homes[4] is None
    assert pool.candidates[0].features == {}


def test_a_column_or_a_list_says_who_is_in_already():
    text = "id,age,gender,in\n1,65+,Male,Ja\n2,65+,Male,nee\n3,65+,Male,X\n4,65+,Male,\n"
    assert read(text.encode(), QUOTAS.encode(), already="in").already == ("1", "3")
    assert read(text.encode(), QUOTAS.encode(), already=["3", " 1"]).already == ("1", "3")
    assert told(refused(text.replace("nee", "perhaps"), already="in")) == [("respondents", 3, "in", "mark_unknown")]
    assert told(refused(text, already=["9"])) == [("respondents", None, None, "already_unknown")]


# xlsx


def workbook(**sheets):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_with_a_sheet_for_each_is_read():
    people = [["id", "age", "gender"], [1, "65+", "male"], [], [2.0, "16-24", "Female"]]
    book = workbook(people=people, quotas=[line.split(",") for line in QUOTAS.split("\n")])
    files = read(book, book, sheet="People", quota_sheet="quotas")
    assert files.quotas == READ
    assert files.lines == {"1": 2, "2": 4}
    assert [mistake.facts for mistake in refused(book, book, sheet="x", quota_sheet="quotas")] == [
        {"sheet": "x", "sheets": ["people", "quotas"]}
    ]


def test_a_library_that_is_not_there_is_named(monkeypatch):
    book = workbook(a=[["id"], [1]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    mistake = refused(book)[0]
    assert mistake.code == "sortition.needs_openpyxl"
    assert "pip install openpyxl" in mistake.sentence()


def test_a_zip_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("samenraad.methods.files.excel.MOST_UNPACKED", 1000)
    assert told(refused(workbook(a=[["id"], [1]]))) == [("respondents", None, None, "too_large")]


def test_cells_that_are_very_far_away_are_refused_quickly(monkeypatch):
    monkeypatch.setattr("samenraad.methods.files.excel.MOST_CELLS", 1000)
    wide = [["id", *[None] * 600, "x"], [1, *[None] * 600, "x"]]
    assert told(refused(workbook(a=wide))) == [("respondents", None, None, "too_large")]


# what is no table at all


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n;;\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"id,age,gender\n", "only_header"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_table"),
        (b"PK\x03\x04 but no zip", "not_a_table"),
        (b"\xff\xfe\x00", "not_a_table"),
        (b"id,age\n1,\x81\x8d\x90", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b'id,age\n1,65+\n2,"65+\n3,65+\n', "quotes"),
        (b"id,age\n1," + b"x" * 40_000 + b"\n", "cell_too_long"),
        (b"id,age\n1," + b"x" * 200_000 + b"\n", "quotes"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, code):
    mistakes = refused(respondents=content)
    assert [mistake.code for mistake in mistakes] == [f"sortition.{code}"]
    assert mistakes[0].sentence("nl") != mistakes[0].sentence("en")


def test_a_header_of_thousands_of_columns_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr("samenraad.methods.files.tables.MOST_CELLS", 50_000)
    header = "id" + "," * 3000 + "x\n"
    assert told(refused(respondents=header + "1\n" * 20)) == [("respondents", None, None, "too_large")]


def test_empty_columns_at_the_right_are_no_trouble():
    assert read_pool(b"id,age,,\n1,65+,,\n") == read_pool(b"id,age\n1,65+\n")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path, str(tmp_path / "a\0b")):
        with pytest.raises(Refusal) as caught:
            read(path, QUOTAS.encode())
        assert caught.value.facts["problems"][0].code == "sortition.unopened"


def test_open_files_are_read_too(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    with (tmp_path / "people.csv").open() as text, (tmp_path / "people.csv").open("rb") as binary:
        assert read_pool(text) == read_pool(binary) == read_pool(tmp_path / "people.csv")


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300))
def test_whatever_bytes_come_the_answer_is_a_result_or_a_refusal(respondents, categories):
    read_or_refuse(respondents, categories)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data):
    read_or_refuse(damaged(data, PEOPLE.encode()), damaged(data, QUOTAS.encode()))


def damaged(data, content):
    """A file in which a few pieces were taken out, put in or turned round."""
    for _time in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        stop = data.draw(st.integers(start, min(len(content), start + 12)))
        filling = data.draw(
            st.sampled_from([b"", b'"', b",", b"\n", b"\x00", b"\xff", b";", content[start:stop][::-1]])
        )
        content = content[:start] + filling + content[stop:]
    return content


def test_damaged_workbooks_are_read_or_refused():
    book, chance = bytearray(workbook(a=[["id", "age", "gender"], [1, "65+", "Male"]])), random.Random(7)
    for _time in range(25):
        broken = bytearray(book)
        for _byte in range(chance.randrange(1, 30)):
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
        read_or_refuse(bytes(broken), QUOTAS.encode())


def read_or_refuse(respondents, categories):
    """Anything but a refusal would make the test fail."""
    said = "read"
    try:
        read(respondents, categories, seats=3, household=["age"], already="gender")
    except Refusal as refusal:
        said = explain(refusal, "en")
    assert said == "read" or said.startswith("This cannot be used yet. What has to be put right:\n")


# back into a file

NAMES = st.text("abcdeéøß \"',;&×*-+=0123", min_size=1, max_size=8).map(str.strip).filter(bool)
PLAIN = NAMES.filter(lambda name: not {"&", "×", "*"} & set(name))


def distinct(names, most):
    return st.lists(names, min_size=1, max_size=most, unique_by=fold)


@st.composite
def some_quotas(draw):
    """Quotas of a few categories with all their values, and some intersections of the first two."""
    values = {category: draw(distinct(PLAIN, 3)) for category in draw(distinct(PLAIN, 3))}
    groups = [((category, value),) for category, own in values.items() for value in own]
    if len(values) > 1:
        one, other = list(values)[:2]
        groups += [((one, a), (other, b)) for a in values[one] for b in values[other] if draw(st.booleans())]
    quotas = []
    for group in groups:
        low = draw(st.integers(0, 3))
        flex = draw(st.sampled_from([(None, None), (0, 99), (low, None)]))
        quotas.append(Quota(group, low, 12, *flex))
    return Quotas(tuple(quotas))


@settings(max_examples=30, deadline=None)
@given(some_quotas())
def test_quotas_that_are_written_read_back_equal(quotas):
    text = io.StringIO()
    write_quotas(quotas, text)
    assert read_quotas(text.getvalue().encode()) == quotas


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.text("abc019-", min_size=1, max_size=5),
        st.fixed_dictionaries({"age": NAMES, "x": NAMES}, optional={"y": NAMES}),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_a_pool_that_is_written_reads_back_equal(people, data):
    values = {value for features in people.values() for value in features.values()}
    spelled = {fold(value): value for value in sorted(values)}
    people = {one: {name: spelled[fold(value)] for name, value in has.items()} for one, has in people.items()}
    pool = Pool.of(
        people, {one: data.draw(st.sampled_from(["Kerkstraat 1", "elm street"])) for one in sorted(people)[1:]}
    )
    text = io.StringIO()
    write_pool(pool, text)
    assert read_pool(text.getvalue().encode(), household=["household"] if len(people) > 1 else []) == pool


def test_a_pool_whose_columns_would_collide_is_not_written():
    with pytest.raises(Refusal, match="columns_collide"):
        write_pool(Pool.of({"a": {"ID": "x"}}), io.StringIO())


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    write_quotas(READ, tmp_path / "quotas.csv")
    assert read_quotas(tmp_path / "quotas.csv") == READ
    with pytest.raises(Refusal, match="not_written"):
        write_quotas(READ, tmp_path)


# real files, and many people


@pytest.mark.skipif(not SETS, reason="no instances beside the project")
@pytest.mark.parametrize("path", SETS, ids=lambda path: path.parent.name)
def test_instances_as_they_were_published_are_read(path):
    seats = int(path.parent.name.split("_")[-1])
    files = read(path, path.parent / "categories.csv", seats=seats)
    assert len(files.pool) == sum(1 for line in path.read_text().splitlines() if line) - 1
    assert all(set(one.features) == set(files.quotas.categories) for one in files.pool.candidates)


def test_the_order_of_rows_and_columns_changes_nothing():
    rows = PEOPLE.splitlines()
    turned = [",".join(reversed(row.split(","))) for row in [rows[0], *reversed(rows[1:])]]
    first, second = read(PEOPLE.encode(), QUOTAS.encode()), read("\n".join(turned).encode(), QUOTAS.encode())
    assert (first.pool, first.quotas) == (second.pool, second.quotas)


@pytest.mark.slow
def test_twenty_thousand_people_are_read():
    rows = "".join(
        f"{n},{('16-24', '65+')[n % 2]},{('male', 'FEMALE')[n % 3 % 2]},Kerkstraat {n // 2}\n" for n in range(20_000)
    )
    files = read(("id,age,gender,street\n" + rows).encode(), QUOTAS.encode(), household=["street"])
    assert len(files.pool) == 20_000
    assert len({one.household for one in files.pool.candidates}) == 10_000
