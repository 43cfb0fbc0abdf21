"""`samenraad seat` on files: what it prints, how it says no, and that nobody ever sees a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenraad import cli as house
from samenraad.methods.groups.files import as_json, read_people, read_seating
from samenraad.methods.groups.tests.room import people
from samenraad.refusals import Refusal

ROWS = [(one, *values.values()) for one, values in people(20, 2, 3).items()]
PEOPLE = "id,age,district\n" + "".join(",".join(row) + "\n" for row in ROWS)
SEAT = "seat people.csv --tables 4 --rounds 3 --seed goose --mix age,district --tries 3000"


@pytest.fixture
def samenraad(tmp_path, capsys, monkeypatch):
    """Runs a command on the files: exit code, what it printed, what it complained about."""
    (tmp_path / "people.csv").write_text(PEOPLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")

    def runs(text):
        code = house.main(text.split())
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


def test_tables_cards_and_figures_are_printed(samenraad):
    code, out, err = samenraad(SEAT)
    assert (code, err) == (0, "")
    assert out.startswith("Round 1\n  Table 1 (5): ")
    assert "\n  p000: round 1: table " in out
    assert "Different pairs who meet: " in out
    assert out.count("(random draw: ") == 6


def test_it_speaks_dutch(samenraad):
    _code, out, _err = samenraad(f"{SEAT} --language nl")
    assert out.startswith("Ronde 1\n  Tafel 1 (5): ")
    assert "\n  p000: ronde 1: tafel " in out
    assert "(gewone loting: " in out


def test_csv_has_a_row_per_person(samenraad):
    _code, out, _err = samenraad(f"{SEAT} --csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["id", "round 1", "round 2", "round 3"]
    assert [row[0] for row in rows[1:]] == [row[0] for row in ROWS]
    assert {cell for row in rows[1:] for cell in row[1:]} == {"1", "2", "3", "4"}


def test_json_can_be_read_back_and_changed_on_the_day(samenraad, tmp_path):
    wishes = "--together p000,p001 --apart p002,p003 --host p004 --host p005=2 --needs-access p006 --accessible 1,3"
    _code, out, _err = samenraad(f"{SEAT} {wishes} --never-alone age=v0 --json")
    (tmp_path / "seating.json").write_text(out)
    content = json.loads(out)
    assert content["quality"]["new"] >= content["random_draw"]["new"]
    assert len(content["wishes"]) == 6
    with (tmp_path / "people.csv").open("a") as file:
        file.write("zoe,v0,v1\n")
    code, out, err = samenraad("seat people.csv --from seating.json --next-round 2 --absent p007,p008 --json")
    assert (code, err) == (0, "")
    changed = json.loads(out)
    assert changed["rounds"][0] == content["rounds"][0]
    assert changed["cards"]["p007"][1:] == [None, None]
    assert changed["cards"]["zoe"][0] is None
    assert changed["mix"] == ["age", "district"]


def test_a_value_may_be_spelled_in_capitals(samenraad):
    assert samenraad(f"{SEAT} --never-alone age=V0") == samenraad(f"{SEAT} --never-alone age=v0")


def test_changes_are_told_person_by_person(samenraad, tmp_path):
    (tmp_path / "seating.json").write_text(samenraad(f"{SEAT} --json")[1])
    (tmp_path / "people.csv").write_text(PEOPLE + "zoe,v0,v1\n")
    _code, out, _err = samenraad("seat people.csv --from seating.json --next-round 3 --absent p007")
    assert out.startswith("0 people change tables\n  round 3: zoe comes to table ")
    assert "p007: round 1: table" in out
    assert "round 3: none" in out


def test_a_seating_read_back_is_the_same(tmp_path, samenraad):
    text = samenraad(f"{SEAT} --apart p000,p001 --json")[1]
    (tmp_path / "seating.json").write_text(text)
    again = json.loads(as_json(read_seating(tmp_path / "seating.json")))
    for name in ("seed", "tables", "mix", "wishes", "accessible", "rounds", "cards"):
        assert again[name] == json.loads(text)[name]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("seat people.csv --tables 4 --rounds 3", 2, "Still needed: --seed."),
        (f"{SEAT} --json --csv", 2, "Choose one"),
        (f"{SEAT} --host ann=x", 2, "“ann=x” is not somebody"),
        (f"{SEAT} --never-alone age", 2, "“age” is not a field and a value"),
        (f"{SEAT} --host ghost", 1, "will be seated: ghost"),
        (f"{SEAT} --accessible 1,x", 1, "there is no table x"),
        (f"{SEAT} --apart p000", 1, "at least two different people"),
        (f"{SEAT} --tables 11", 1, "nobody should sit alone"),
        (f"{SEAT} --rounds 0", 1, "0 rounds is too few"),
        (f"{SEAT} --apart p000,p001 --together p000,p001", 1, "contradict one another"),
        ("seat people.csv --from nothing.json --next-round 1", 2, "nothing.json: there is no such file"),
        ("seat people.csv --from people.csv --next-round 1", 1, "is not a seating"),
        ("seat people.csv --from people.csv --next-round 1 --tables 4", 2, "cannot be changed: --tables"),
        ("seat nothing.csv --tables 2 --rounds 1 --seed x", 2, "nothing.csv: there is no such file"),
        ("seat people.csv --tables two --rounds 1 --seed x", 2, "--tables"),
        ("seat people.csv --colour red", 2, "--colour red"),
    ],
)
def test_no_is_said_in_one_sentence(samenraad, arguments, code, says):
    found, out, err = samenraad(arguments)
    assert (found, out) == (code, "")
    assert says in err
    assert "Traceback" not in err


def test_every_bad_line_is_told_at_once(samenraad, tmp_path):
    (tmp_path / "people.csv").write_text('id,age\n1,\n,old\n1,young\n"a,b",old\n2,old,x\n')
    code, _out, err = samenraad("seat people.csv --tables 2 --rounds 1 --seed x --mix age,district")
    assert code == 1
    assert [line.split(": ")[0] for line in err.splitlines()[1:]] == [
        "people.csv", "people.csv, line 2, column age", "people.csv, line 3, column id",
        "people.csv, line 4, column id", "people.csv, line 5, column id", "people.csv, line 6",
    ]  # fmt: skip


def test_people_are_known_by_name_when_they_have_no_number():
    assert list(read_people(b"Naam;wijk\nAnn;Noord\nBo;noord \n", ["Wijk"])) == ["Ann", "Bo"]
    with pytest.raises(Refusal):
        read_people(b"wijk\nnoord\n", ["wijk"])


def test_people_come_from_excel_too(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "age"], [1, "old"], [2, "Old"], [3, "old"]):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    assert read_people(tmp_path / "people.xlsx", ["age"]) == {one: {"age": "old"} for one in "123"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_rubbish_is_refused_and_never_a_crash(tmp_path, content):
    (tmp_path / "rubbish").write_bytes(content)
    for read in (lambda: read_people(content, ["age"]), lambda: read_seating(tmp_path / "rubbish")):
        with pytest.raises(Refusal):
            read()


KEYS = ["format", "seed", "tables", "mix", "accessible", "wishes", "rounds", "moves"]
ODD = st.sampled_from([None, 1, -1, "x", [], ["x"], [[]], [["x"]], [[["x"]]], {}, [{}], [{"kind": "host"}], [0], 1e400])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(KEYS), ODD)
def test_a_seating_that_somebody_edited_is_refused_or_understood(tmp_path, key, value):
    content = {
        "format": "samenraad seating 1", "seed": "x", "tables": 1, "mix": [], "accessible": [],
        "wishes": [], "rounds": [[["a", "b"]]], "moves": [],
    }  # fmt: skip
    (tmp_path / "seating.json").write_text(json.dumps({**content, key: value}))
    try:
        tables, code = read_seating(tmp_path / "seating.json").tables, "groups.not_a_seating"
    except Refusal as refusal:
        tables, code = 1, refusal.code
    assert (tables, code) == (1, "groups.not_a_seating")


@pytest.mark.slow
def test_the_same_bytes_in_another_process_with_another_hash_seed(tmp_path):
    said = set()
    for number, rows in enumerate((PEOPLE.splitlines(), [PEOPLE.splitlines()[0], *PEOPLE.splitlines()[:0:-1]])):
        (tmp_path / "people.csv").write_text("\n".join(rows) + "\n")
        script = "import sys; from samenraad.cli import main; sys.exit(main(sys.argv[1:]))"
        command = [sys.executable, "-c", script, *SEAT.split(), "--together", "p000,p001", "--host", "p002"]
        environment = {**os.environ, "PYTHONHASHSEED": str(number), "LANGUAGE": "en"}
        said.add(subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True).stdout)
    assert len(said) == 1
