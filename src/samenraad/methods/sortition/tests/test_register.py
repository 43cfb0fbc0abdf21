"""Everybody in a stratum has the same chance of a letter; order and other people change nothing; anybody can check."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from samenraad.methods.saying import explain
from samenraad.methods.sortition.commands import invite as invite_command
from samenraad.methods.sortition.letters import groups, register
from samenraad.methods.sortition.letters.addressees import draw_letters, had_letters
from samenraad.methods.sortition.letters.home_chances import HOMES, PEOPLE, chances_by_home
from samenraad.methods.sortition.letters.plan_file import Wishes, plan_for, read_wishes
from samenraad.methods.sortition.letters.receipt import write_down
from samenraad.methods.sortition.letters.register import RegisterRules, read_register
from samenraad.methods.sortition.letters.sentences import LETTERS
from samenraad.methods.sortition.sentences import SENTENCES
from samenraad.refusals import Refusal

SEED = "Three hats and a goose"
HEADER = ("nr", "naam", "wijk", "leeftijd", "straat", "huis", "geheim")
RULES = RegisterRules(id="nr", strata=("wijk",), leave_out=(("geheim", "1"),))
AT_HOME = RegisterRules(id="nr", strata=("wijk",), leave_out=(("geheim", "1"),), household=("straat", "huis"))
NORTH, SOUTH = (("wijk", "Noord"),), (("wijk", "Zuid"),)


def person(number, district="Noord", age=40, home=None, secret=0):
    """Everybody lives alone unless an address is given."""
    return (str(number), f"Iemand {number}", district, str(age), "Kerkstraat", str(home or f"a{number}"), str(secret))


def town(people=60, per_home=1):
    return [person(i, "Noord" if i % 3 else "Zuid", home=f"h{i // per_home}") for i in range(100, 100 + people)]


def written(path, rows, *, encoding="utf-8", delimiter=";", quoted=False, header=HEADER):
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@pytest.fixture
def file(tmp_path):
    return tmp_path / "register.csv"


def numbers(read, rows):
    """The numbers of the people on these rows, in this order."""
    cells = read.cells(rows)
    return [cells[row][0] for row in rows]


def invited(path, letters, rules=RULES, seed=SEED, **options):
    """Per district the numbers of who gets a letter, and of the reserve."""
    read = read_register(path, rules, seed)
    wanted = {where: letters.get(where, 0) for where in read.strata}
    draw = draw_letters(read, wanted, **options)
    return {one.where: (numbers(read, one.rows), numbers(read, one.reserve)) for one in draw.strata}


def by_hand(number, purpose="letter", seed=SEED):
    return hashlib.sha256(f"samenraad\n{purpose}\n{seed}\n{number}".encode()).hexdigest()[:16]


def lot(rows, district, housemates=False, equal=PEOPLE):
    """A second implementation: sort everybody by ticket, take the first of each address, then those of the district."""
    able = sorted((row for row in rows if row[6] != "1"), key=lambda row: by_hand(row[0]))
    if housemates:
        able = list({row[4:6]: row for row in reversed(able)}.values())
        able.sort(key=lambda row: by_hand(row[0]))
    if equal == HOMES:
        able.sort(key=lambda row: by_hand("\0".join(row[4:6]).casefold(), "home"))
    return [row[0] for row in able if row[2] == district]


# --- who gets a letter --------------------------------------------------------------------------------------


def test_the_smallest_tickets_of_each_stratum_get_a_letter(file):
    rows = town()
    found = invited(written(file, rows), {NORTH: 10, SOUTH: 4}, reserve={NORTH: 3, SOUTH: 1})
    assert found[NORTH] == (lot(rows, "Noord")[:10], lot(rows, "Noord")[10:13])
    assert found[SOUTH] == (lot(rows, "Zuid")[:4], lot(rows, "Zuid")[4:5])


def test_anybody_can_check_their_own_ticket(file):
    read = read_register(written(file, town()), RULES, SEED)
    draw = draw_letters(read, {NORTH: 10, SOUTH: 4})
    north = draw.strata[0]
    everybody = [row[0] for row in town() if row[2] == "Noord"]
    assert sorted(numbers(read, north.rows)) == [one for one in everybody if by_hand(one) <= f"{north.cut:016x}"]
    assert (north.people, north.chance) == (40, 10 / 40)


@pytest.mark.parametrize("equal", [PEOPLE, HOMES])
def test_each_address_gets_at_most_one_letter(file, equal):
    rows = town(60, per_home=4)
    found = invited(written(file, rows), {NORTH: 6, SOUTH: 3}, AT_HOME, reserve={NORTH: 1}, equal=equal)
    assert found[NORTH][0] + found[NORTH][1] == lot(rows, "Noord", True, equal)[:7]
    assert found[SOUTH][0] == lot(rows, "Zuid", True, equal)[:3]
    homes = Counter(row[5] for row in rows for letters, _ in found.values() if row[0] in letters)
    assert set(homes.values()) == {1}


def test_addresses_differ_in_more_than_capitals_and_spaces(file):
    rows = [(str(i), "x", "Noord", "40", street, house, "0") for i, (street, house) in enumerate(
        [("Kerkstraat", "1"), (" KERKSTRAAT", "1 "), ("Kerk straat", "1"), ("Kerkstraat", "11"), ("Kerkstraat1", "1")]
    )]  # fmt: skip
    nowhere = [(str(i), "x", "Noord", "40", "", " ", "0") for i in (7, 8)]
    found = invited(written(file, rows + nowhere), {NORTH: 9}, AT_HOME)
    assert len(found[NORTH][0]) == 5  # three at one address; who has no address lives alone


def test_a_stratum_that_shares_homes_may_use_fewer_letters(file):
    read = read_register(written(file, town(12, per_home=6)), AT_HOME, SEED)
    draw = draw_letters(read, {NORTH: 8, SOUTH: 0})
    assert draw.invited == len(lot(town(12, per_home=6), "Noord", True)) <= 2
    assert [notice.code for notice in draw.notices] == ["sortition.fewer_invited"]


def test_two_people_with_one_ticket_go_by_number(file, monkeypatch):
    """It never happens with SHA-256; with a hash that knows two values it always does."""

    class Weak:
        def __init__(self, text):
            self.value = bytes([text[-1] % 2]) + bytes(31)

        def digest(self):
            return self.value

    monkeypatch.setattr(register, "sha256", Weak)
    rows = [person(number) for number in (12, 3, 24, 15, 8, 101)]
    found = invited(written(file, rows), {NORTH: 4})
    assert found[NORTH][0] == ["12", "24", "8", "101"]


DISTRICTS = some.sampled_from(["Noord", "Zuid", "Oost"])
PEOPLE_ROWS = some.lists(
    some.tuples(some.integers(1, 999), DISTRICTS, some.integers(1, 12), some.booleans()),
    min_size=1,
    max_size=25,
    unique_by=lambda row: row[0],
).map(lambda rows: [person(n, d, home=h, secret=int(s)) for n, d, h, s in rows])
CASES = settings(max_examples=25, deadline=None)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("registers")


def list_of(place, rows, letters, rules, earlier=()):
    """The list that is made, as bytes, from a register with these rows."""
    read = read_register(written(place / "some.csv", rows), rules, SEED)
    plan = plan_for(read.people, Wishes(letters=letters), had_letters(read, earlier))
    draw = draw_letters(read, plan.by_stratum, earlier=earlier, reserve=dict.fromkeys(read.strata, 1))
    return write_down(draw, plan).addressees


def ids_in(text, kind="letter"):
    return [row[3] for row in csv.reader(io.StringIO(text), delimiter=";") if row[0] == kind]


@CASES
@given(PEOPLE_ROWS, some.integers(1, 30), some.sampled_from([RULES, AT_HOME]), some.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(place, rows, letters, rules, chance):
    if not any(row[6] == "0" for row in rows):
        return
    before = list_of(place, rows, letters, rules)
    chance.shuffle(rows)
    assert list_of(place, rows, letters, rules) == before


@CASES
@given(PEOPLE_ROWS, some.integers(1, 30), some.sampled_from([RULES, AT_HOME]), DISTRICTS, some.integers(1, 12))
def test_somebody_who_cannot_be_invited_changes_nothing(place, rows, letters, rules, district, home):
    if not any(row[6] == "0" for row in rows):
        return
    stranger = person(1000, district, home=home, secret=1)
    assert list_of(place, [stranger, *rows], letters, rules) == list_of(place, rows, letters, rules)


@CASES
@given(PEOPLE_ROWS, some.integers(1, 12), some.integers(1, 12), some.sampled_from([RULES, AT_HOME]))
def test_a_second_wave_never_repeats_anybody(place, rows, letters, more, rules):
    if not any(row[6] == "0" for row in rows):
        return
    first = ids_in(list_of(place, rows, letters, rules))
    second = ids_in(list_of(place, rows, more, rules, earlier=first))
    assert not set(first) & set(second)
    homes = Counter(row[5] for row in rows if row[0] in {*first, *second})
    assert rules is RULES or set(homes.values()) <= {1}


def test_a_second_wave_begins_with_the_reserve(file):
    path = written(file, town())
    first, reserve = invited(path, {NORTH: 10}, reserve={NORTH: 5})[NORTH]
    assert invited(path, {NORTH: 5}, earlier=first)[NORTH][0] == reserve


# --- chances ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_everybody_in_a_stratum_is_invited_equally_often(file):
    """2,000 seeds: each of 60 people within 4.5 standard deviations of letters / people; the numbers always exact."""
    path, counted = written(file, town()), Counter()
    for trial in range(2000):
        found = invited(path, {NORTH: 10, SOUTH: 8}, seed=f"seed {trial}")
        assert {where: len(letters) for where, (letters, _) in found.items()} == {NORTH: 10, SOUTH: 8}
        counted.update(one for letters, _ in found.values() for one in letters)
    for district, chance in (("Noord", 10 / 40), ("Zuid", 8 / 20)):
        band = 4.5 * (2000 * chance * (1 - chance)) ** 0.5
        times = [counted[row[0]] for row in town() if row[2] == district]
        assert max(abs(number - 2000 * chance) for number in times) < band
        spread = sum((number - 2000 * chance) ** 2 for number in times) / (2000 * chance * (1 - chance))
        assert spread < 2 * len(times)


@pytest.mark.slow
@pytest.mark.parametrize("equal", [PEOPLE, HOMES])
def test_the_chance_of_housemates_is_what_is_published(file, equal):
    """80 people alone and 80 in homes of four, 30 letters, 1,000 seeds."""
    rows = [person(i, home=f"h{i if i < 280 else i // 4}") for i in range(200, 360)]
    path, counted = written(file, rows), Counter()
    for trial in range(1000):
        counted.update(invited(path, {NORTH: 30}, AT_HOME, f"seed {trial}", equal=equal)[NORTH][0])
    published = chances_by_home({1: 80, 4: 80}, 30, equal)
    alone = sum(counted[row[0]] for row in rows[:80]) / 80_000
    shared = sum(counted[row[0]] for row in rows[80:]) / 80_000
    assert alone == pytest.approx(published[1], abs=0.005)
    assert shared == pytest.approx(published[4], abs=0.005)


@given(some.dictionaries(some.integers(1, 9), some.integers(1, 500), min_size=1), some.integers(0, 2000))
@settings(max_examples=40, deadline=None)
def test_published_chances_sum_to_the_letters(people, letters):
    addresses = sum(number / m for m, number in people.items())
    for equal in (PEOPLE, HOMES):
        chances = chances_by_home(people, letters, equal)
        held = sum(people[m] * chance for m, chance in chances.items())
        assert held == pytest.approx(min(letters, addresses), abs=1e-6)


# --- reading ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_file_may_be_written_in_any_usual_way(file, encoding, delimiter):
    rows = [(number, "Aïsha ", *rest) for number, _, *rest in [*town(30), person("Zoë", "Zuid")]]
    usual = invited(written(file, rows), {NORTH: 10, SOUTH: 4})
    other = invited(written(file, rows, encoding=encoding, delimiter=delimiter, quoted=True), {NORTH: 10, SOUTH: 4})
    assert other == usual


def test_line_ends_inside_cells_blank_lines_and_the_line_of_excel(file):
    rows = [(row[0], "twee\nregels", *row[2:]) for row in town(9)]
    text = written(file, rows).read_text()
    file.write_text("sep=;\n" + text.replace("\r\n108;", "\r\n\r\n;;;;;;\r\n108;"))
    assert read_register(file, RULES, SEED).people == {NORTH: 6, SOUTH: 3}


def test_strata_are_the_same_whatever_their_capitals(file):
    rows = [person(1, "Noord"), person(2, "NOORD "), person(3, "noord"), person(4, "Zuid")]
    assert read_register(written(file, rows), RULES, SEED).people == {(("wijk", "NOORD"),): 3, SOUTH: 1}


def test_age_classes_and_a_lowest_age(file):
    rules = RegisterRules(id="nr", strata=("leeftijd", "wijk"), age="leeftijd", ages=(16, 65), on=date(2026, 5, 1))
    born = ["1961-05-01", "1961-05-02", "01-05-2010", "2/5/2010", "70"]
    read = read_register(written(file, [person(i, age=cell) for i, cell in enumerate(born)]), rules, SEED)
    assert {dict(where)["leeftijd"]: number for where, number in read.people.items()} == {"16-64": 2, "65+": 2}
    assert read.left_out == {"age": 1}


def test_everybody_may_be_one_stratum_and_reasons_are_counted(file):
    rules = RegisterRules(id="nr", leave_out=(("geheim", "1"), ("wijk", "zuid")))
    rows = [person(1, secret=1), person(2, "Zuid"), person(3), person(4, "Zuid", secret=1)]
    read = read_register(written(file, rows), rules, SEED)
    assert read.people == {(): 1}
    assert read.left_out == {"geheim=1": 2, "wijk=zuid": 1}


def test_rows_without_a_district_may_be_left_out(file):
    rules = RegisterRules(id="nr", strata=("wijk",), leave_out=(("wijk", ""),))
    assert read_register(written(file, [person(1), person(2, " ")]), rules, SEED).left_out == {"wijk=": 1}


def test_a_village_may_bring_a_spreadsheet(file, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [HEADER, *town(30)]:
        book.active.append(row)
    book.save(tmp_path / "register.xlsx")
    letters = {NORTH: 5, SOUTH: 2}
    assert invited(tmp_path / "register.xlsx", letters) == invited(written(file, town(30)), letters)


def test_a_column_of_names_makes_no_strata(file, monkeypatch):
    monkeypatch.setattr(groups, "MOST_STRATA", 20)
    with pytest.raises(Refusal, match=r"sortition\.many_strata"):
        read_register(written(file, town(30)), RegisterRules(id="nr", strata=("naam",)), SEED)
    assert len(read_register(file, RegisterRules(id="nr", strata=("wijk",)), SEED).strata) == 2


def test_letters_to_people_who_left_are_told(file):
    read = read_register(written(file, town(30)), RULES, SEED)
    draw = draw_letters(read, {NORTH: 5, SOUTH: 2}, earlier=["101", "999", "998"])
    assert [(notice.code, notice.facts) for notice in draw.notices] == [("sortition.earlier_unknown", {"number": 2})]
    with pytest.raises(Refusal, match=r"sortition\.earlier_nobody"):
        draw_letters(read, {NORTH: 5, SOUTH: 2}, earlier=["0101", "0102"])


def mistakes(path, rules=RULES):
    with pytest.raises(Refusal, match=r"sortition\.files") as refused:
        read_register(path, rules, SEED)
    told = explain(refused.value, "en")
    assert "sortition." not in told
    return [(one.line, one.column, one.code.removeprefix("sortition.")) for one in refused.value.facts["problems"]]


def test_all_mistakes_are_told_at_once(file):
    rules = RegisterRules(id="nr", strata=("wijk",), age="leeftijd", ages=(16,))
    rows = [person(1), person(""), person(3, " "), person(4)[:5], person(1), person(6, age="oud"), person(7)]
    text = written(file, rows).read_text() + '8;"Jan "de Kale" Smit";Noord;40;x;1;0\r\n' + ";".join(person(1)) + "\r\n"
    file.write_text(text)
    assert sorted(mistakes(file, rules), key=lambda mistake: mistake[0]) == [
        (3, "nr", "cell_missing"),
        (4, "wijk", "cell_missing"),
        (5, None, "row_width"),
        (6, "nr", "id_twice"),
        (7, "leeftijd", "no_age"),
        (9, None, "quotes"),
        (10, "nr", "id_twice"),
    ]


def test_many_mistakes_are_counted(file):
    told = mistakes(written(file, [person(i, "") for i in range(50)]))
    assert [line for line, _, _ in told] == [*range(2, 22), None]


def test_numbers_that_stand_twice_are_named_with_their_lines(file):
    path = written(file, [*town(9), person(" 103 ", secret=1)])
    assert mistakes(path) == [(11, "nr", "id_twice")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"nr;wijk;geheim\r\n", "only_header"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "old_excel"),
        (b"nr;wijk\n1;\x00\x81\n", "not_a_table"),
        (b"nr;buurt;geheim\n1;Noord;0\n", "column_missing"),
        (b"nr;wijk;Wijk;geheim\n1;Noord;Zuid;0\n", "column_twice"),
    ],
)
def test_what_is_no_register_is_refused(file, content, code):
    file.write_bytes(content)
    assert [found for _, _, found in mistakes(file)] == [code]


def test_a_file_that_is_not_there_is_refused(file):
    assert [found for _, _, found in mistakes(file)] == ["unopened"]


def test_a_register_that_changes_meanwhile_is_refused(file):
    read = read_register(written(file, town(9)), RULES, SEED)
    written(file, list(reversed(town(9))))
    with pytest.raises(Refusal, match=r"sortition\.register_changed"):
        read.cells([0, 1])


@pytest.mark.parametrize(
    ("letters", "equal", "code"),
    [({NORTH: 1}, PEOPLE, "letters_strata"), ({NORTH: 1, SOUTH: 1}, "everybody", "equal")],
)
def test_letters_for_other_strata_are_refused(file, letters, equal, code):
    read = read_register(written(file, town(9)), RULES, SEED)
    with pytest.raises(Refusal, match=rf"sortition\.{code}"):
        draw_letters(read, letters, equal=equal)


# --- the command --------------------------------------------------------------------------------------------


@pytest.fixture
def invite(file, capsys):
    """Runs the command beside the register; gives the exit code and what it said."""

    def run(*more, out="letters.csv"):
        options = ["--id", "nr", "--seed", SEED, "--language", "en"]
        targets = ["--out", str(file.parent / out), "--receipt", str(file.parent / out) + ".json"]
        code = invite_command.main([str(file), *options, *targets, *map(str, more)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_the_command_writes_a_list_and_a_receipt(file, invite):
    written(file, town())
    code, said = invite("--strata", "wijk", "--letters", 12, "--reserve", "25%")
    assert code == 0
    assert "12 letters" in said
    made = (file.parent / "letters.csv").read_text(encoding="utf-8-sig")
    assert (len(ids_in(made)), len(ids_in(made, "reserve"))) == (12, 3)
    assert ids_in(made)[:8] == lot(town(), "Noord")[:8]
    assert made.splitlines()[1].split(";")[2] == by_hand(lot(town(), "Noord")[0])
    receipt = json.loads((file.parent / "letters.csv.json").read_text())
    assert receipt["addressees"] == {"rows": 15, "sha256": hashlib.sha256(made.encode()).hexdigest()}
    assert receipt["register"]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [one["chance"] for one in receipt["strata"]] == ["8/40", "4/20"]
    assert "Iemand" not in json.dumps(receipt)
    assert (file.parent / "letters.csv").stat().st_mode & 0o077 == 0


def test_the_command_never_overwrites_a_list_by_accident(file, invite):
    written(file, town())
    assert invite("--letters", 5)[0] == 0
    assert invite("--letters", 6)[0] == 1
    assert invite("--letters", 6, "--overwrite")[0] == 0


def test_the_command_never_overwrites_what_it_reads(file, invite):
    """Whoever had a letter would be forgotten, or the register itself lost."""
    written(file, town())
    invite("--letters", 5)
    before = [path.read_bytes() for path in (file, file.parent / "letters.csv")]
    assert invite("--letters", 5, "--overwrite", "--out", file)[0] == 1
    assert invite("--letters", 5, "--overwrite", "--earlier", file.parent / "letters.csv")[0] == 1
    assert invite("--letters", 5, "--overwrite", "--receipt", file.parent / "letters.csv")[0] == 1
    assert [path.read_bytes() for path in (file, file.parent / "letters.csv")] == before


def test_the_command_names_the_option_that_does_not_fit(file, invite):
    written(file, town())
    assert "--certainty" in invite("--letters", 5, "--certainty", "sure%")[1]


def test_the_command_leaves_out_who_had_a_letter(file, invite):
    written(file, town())
    invite("--letters", 10, "--reserve", 5)
    assert invite("--letters", 10, "--earlier", file.parent / "letters.csv", out="second.csv")[0] == 0
    first, second = ((file.parent / name).read_text(encoding="utf-8-sig") for name in ("letters.csv", "second.csv"))
    assert ids_in(second)[:5] == ids_in(first, "reserve")
    assert not set(ids_in(first)) & set(ids_in(second))


@pytest.mark.slow
def test_the_list_does_not_depend_on_the_order_in_which_python_stores_words(file):
    written(file, town(60, per_home=3))
    command = "from samenraad.methods.sortition.commands.invite import main; import sys; sys.exit(main(sys.argv[1:]))"
    options = ["--id", "nr", "--seed", SEED, "--strata", "wijk", "--household", "straat,huis", "--seats", "3"]
    made = []
    for hash_seed in ("0", "1"):
        out = file.parent / hash_seed
        targets = ["--out", str(out), "--receipt", f"{out}.json"]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        run = [sys.executable, "-c", command, str(file), *options, *targets]
        subprocess.run(run, check=True, env=environment, capture_output=True)
        made.append((out.read_bytes(), Path(f"{out}.json").read_bytes()))
    assert made[0] == made[1]


def test_who_is_too_young_is_called_so(file, invite):
    written(file, [*town(), person("jong", age=12)])
    options = ["--letters", 5, "--age", "leeftijd", "--ages", "16"]
    assert "too young" in invite(*options)[1]
    assert "te jong" in invite(*options, "--overwrite", "--language", "nl")[1]


def test_the_command_speaks_dutch(file, invite):
    written(file, town())
    code, said = invite("--strata", "wijk", "--letters", 30, "--language", "nl")
    assert code == 0
    assert "50 %" in said
    assert "Let op" in said


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--strata", "wijk"], 1),  # no letters, no seats
        (["--letters", "5", "--strata", "buurt"], 1),
        (["--letters", "many"], 2),
        (["--letters", "5", "--reserve", "x%"], 2),
        (["--letters", "5", "--reserve", "x"], 2),
        (["--letters", "5", "--reserve", "1/0%"], 2),
        (["--letters", "5", "--reserve", "1e999999999%"], 2),
        (["--letters", "5", "--rate", "1/0%"], 2),
        (["--letters", "5", "--certainty", "maybe"], 2),
        (["--letters", "5", "--rate", "150%"], 1),
        (["--letters", "5", "--leave-out", "geheim"], 2),
        (["--letters", "5", "--plan", "nowhere.json"], 1),
        (["--letters", "5", "--earlier", "nowhere.csv"], 2),
        (["--letters", "5", "--out", "/nowhere/at/all.csv"], 1),
    ],
)
def test_the_command_refuses_in_words(file, invite, options, code):
    written(file, town())
    found, said = invite(*options)
    assert found == code
    assert said.strip()
    assert "sortition." not in said
    assert "Traceback" not in said


def test_a_plan_in_a_file(file, invite, tmp_path):
    """6 seats are 4 for the north, at 10 %, and 2 for the south, at 5 %: 40 letters each, but only 20 live there."""
    written(file, town())
    wishes = {"seats": 6, "rate": 0.1, "rates": {"wijk": {"zuid": 0.05}}, "confidence": 0.9}
    (tmp_path / "plan.json").write_text(json.dumps(wishes))
    code, said = invite("--strata", "wijk", "--plan", tmp_path / "plan.json")
    assert code == 0
    assert "wijk: Zuid: everybody gets a letter" in said
    receipt = json.loads((tmp_path / "letters.csv.json").read_text())
    assert [one["letters"] for one in receipt["strata"]] == [40, 20]


def test_a_plan_may_fix_the_letters_or_tell_of_an_earlier_round():
    people = {NORTH: 400, SOUTH: 200}
    fixed = Wishes(strata={NORTH: {"letters": 30}, SOUTH: {"letters": 20}})
    assert plan_for(people, fixed).by_stratum == {NORTH: 30, SOUTH: 20}
    told = Wishes(seats=12, strata={NORTH: {"sent": 100, "accepted": 5}, SOUTH: {"sent": 50, "accepted": 5}})
    plan = plan_for(people, told)
    assert plan.shares[0].stratum.response.rate < plan.shares[1].stratum.response.rate
    assert 0 == plan.by_stratum[SOUTH] < plan.by_stratum[NORTH]
    for wrong in ({NORTH: {"letters": 30}}, {NORTH: {"letters": 401}, SOUTH: {"letters": 1}}):
        with pytest.raises(Refusal, match=r"sortition\.letters_(strata|above)"):
            plan_for(people, Wishes(strata=wrong))


def test_a_group_that_nobody_is_in_is_no_slip_of_the_pen():
    with pytest.raises(Refusal, match=r"sortition\.plan_unknown") as refused:
        plan_for({NORTH: 40}, Wishes(letters=5, factors={("wijk", "Nord"): 2.0}))
    assert refused.value.facts["groups"] == ["wijk: Nord"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "plan_file"),
        ("[1]", "plan_file"),
        ('{"letters": -5}', "plan_values"),
        ('{"letters": true}', "plan_values"),
        ('{"lettres": 5}', "plan_values"),
        ('{"rates": {"wijk": 0.5}}', "plan_values"),
        ('{"strata": [{"wijk": "Noord", "letters": 2.5}]}', "plan_values"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused(tmp_path, text, code):
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(Refusal, match=rf"sortition\.{code}"):
        read_wishes(tmp_path / "plan.json")


def test_every_sentence_is_ours():
    assert all(SENTENCES[code] == sentence for code, sentence in LETTERS.items())
