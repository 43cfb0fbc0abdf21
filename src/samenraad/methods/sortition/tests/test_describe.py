"""What an organiser reads about a pool before anything is computed, and how the commands say no."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from samenraad import cli as house
from samenraad.methods.frame import command, run
from samenraad.methods.sortition.commands.describe import as_json, as_text
from samenraad.methods.sortition.feasibility.examination import examine
from samenraad.methods.sortition.pool import Pool, Quota, Quotas
from samenraad.methods.sortition.reading.files import read_quotas
from samenraad.methods.sortition.reference import SmallGroup
from samenraad.methods.sortition.report.describe import SHORT, describe
from samenraad.refusals import Refusal

PEOPLE = (
    "id,age,town,street,in\n"
    "1,young,north,Kerkstraat 1,\n"
    "2,old,north,kerkstraat 1,\n"
    "3,old,south,Dorp 2,ja\n"
    "4,old,south,Dorp 2,\n"
    "5,young,south,Dorp 3,\n"
    "6,old,south,,\n"
)
QUOTAS = "feature,value,min,max\nage,young,2,2\nage,old,1,2\ntown,north,1,2\ntown,south,2,3\n"
FIGURES = "category,value,share\nage,young,50 %\nage,old,50 %\ntown,north,10 %\ntown,south,90 %\n"


@pytest.fixture
def files(tmp_path):
    for name, text in (("people.csv", PEOPLE), ("quotas.csv", QUOTAS), ("figures.csv", FIGURES)):
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def samenraad(files, capsys, monkeypatch):
    """Runs a command on the files: exit code, what it printed, what it complained about."""
    monkeypatch.chdir(files)
    monkeypatch.setenv("LANGUAGE", "en")

    def runs(text):
        code = house.main(text.split())
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


def some_pool():
    homes = {"1": "k1", "2": "k1", "3": "d2", "4": "d2", "5": "d3"}
    people = {one: (age, town) for one, age, town in (row.split(",")[:3] for row in PEOPLE.splitlines()[1:])}
    return Pool.of({one: {"age": age, "town": town} for one, (age, town) in people.items()}, homes)


def quotas(**limits):
    return Quotas.of(limits)


def states(described):
    return {group.label: group.state for group in described.groups}


def test_people_of_a_group_are_counted_and_so_are_their_addresses():
    described = describe(some_pool(), quotas(age={"young": (2, 2), "old": (1, 2)}), 4, already=["3"])
    young, old = sorted(described.groups, key=lambda group: group.people)
    assert (young.people, young.places, young.needed, young.state) == (2, 2, 1.0, "everybody")
    assert (old.people, old.places, old.state) == (4, 3, "fine")
    assert (described.people, described.already, described.shut_out) == (6, 1, 1)
    homes = described.households
    assert (homes.addresses, homes.people, homes.largest) == (2, 4, 2)


@pytest.mark.parametrize(
    ("limits", "state"),
    [
        ((11, 12), "short"),
        ((10, 12), "everybody"),
        ((8, 9), "nearly"),
        ((7, 9), "fine"),
        ((0, 0), "nobody"),
        ((0, 3), "fine"),
    ],
)
def test_a_group_of_ten_is_short_needed_whole_or_nearly_or_not_at_all(limits, state):
    pool = Pool.of({f"p{n}": {"x": "a" if n < 10 else "b"} for n in range(40)})
    assert states(describe(pool, quotas(x={"a": limits, "b": (0, 20)}), 20))["x: a"] == state


def test_people_who_live_together_can_not_all_be_needed():
    """Four people at two addresses: three seats are one too many."""
    pool = Pool.of({one: {"x": "a"} for one in "abcd"}, {"a": "h", "b": "h", "c": "i", "d": "i"})
    described = describe(pool, quotas(x={"a": (3, 3)}), 3)
    assert described.groups[0].state == SHORT
    assert "too few people: 3 needed, 2 can sit together" in as_text(described)


def test_sums_stand_beside_the_seats():
    described = describe(some_pool(), quotas(age={"young": (2, 2), "old": (1, 2)}), 4)
    assert [(one.category, one.low, one.high) for one in described.sums] == [("age", 3, 4)]


def test_values_that_hardly_go_together_are_pointed_out():
    """By hand: half of 20 seats is 10, times 10, over 20 is 5; the pool has one of them."""
    people = {f"p{n:02}": {"a": "x" if n < 20 else "y", "b": "x" if n < 19 or n == 39 else "y"} for n in range(40)}
    half = {"x": (10, 10), "y": (10, 10)}
    thin = describe(Pool.of(people), quotas(a=half, b=half), 20).thin
    assert [(cell.label, cell.people, cell.expected) for cell in thin] == [
        ("a: x & b: y", 1, 5.0), ("a: y & b: x", 1, 5.0),
    ]  # fmt: skip


def test_an_intersection_is_described_too():
    both = Quota((("age", "young"), ("town", "north")), 1, 1)
    described = describe(some_pool(), Quotas((both,)), 2)
    assert (described.groups[0].people, described.groups[0].state) == (1, "everybody")
    assert "Two categories together\n" in as_text(described)


def test_people_of_one_kind_are_counted_once():
    pool = Pool.of({f"p{n}": {"x": "ab"[n % 2]} for n in range(10)})
    assert describe(pool, quotas(x={"a": (1, 2), "b": (1, 2)}), 3).types == 2


def test_too_few_people_for_the_seats_is_said_and_no_seats_are_refused():
    pool = Pool.of({"a": {"x": "a"}})
    assert "too few people" in as_text(describe(pool, quotas(x={"a": (0, 5)}), 2))
    with pytest.raises(Refusal, match=r"sortition\.seats"):
        describe(pool, quotas(x={"a": (0, 5)}), 0)


def test_the_text_is_dutch_for_who_reads_dutch():
    described = describe(some_pool(), quotas(age={"young": (2, 2), "old": (1, 2)}), 4, already=["3"])
    small = [SmallGroup((("age", "x"),), 0.25)]
    text = as_text(described, small, "nl")
    assert text.startswith(
        "6 mensen in de kandidatenpool, 4 plaatsen.\n1 persoon zit er al in.\n1 persoon woont samen met"
    )
    assert "iedereen uit deze groep is nodig" in text
    assert text.endswith("age: x: 0,25 plaatsen")


def test_machines_get_the_same_as_json():
    described = describe(some_pool(), quotas(age={"young": (2, 2), "old": (1, 2)}), 4)
    limits = quotas(age={"young": (2, 2), "old": (1, 2)})
    facts = json.loads(as_json(described, (), examine(some_pool(), limits, 4)))
    assert facts["groups"][1] == {
        "where": [["age", "young"]], "people": 2, "places": 2, "min": 2, "max": 2, "needed": 1.0, "state": "everybody",
    }  # fmt: skip
    assert (facts["seats"], facts["feasible"], facts["never_drawn"]) == (4, True, ["2"])  # who lives with a young one


# the command


def test_quotas_that_cannot_be_met_are_told_first_with_what_would_help(samenraad, files):
    (files / "tight.csv").write_text(QUOTAS.replace("young,2,2", "young,3,3"))
    code, said, _ = samenraad("describe people.csv tight.csv --seats 4")
    assert code == 0
    assert said.startswith("With 4 seats this is impossible: at least 3 of age young. The pool has 2 of them.\n")
    facts = json.loads(samenraad("describe people.csv tight.csv --seats 4 --json")[1])
    assert (facts["feasible"], [change["after"] for change in facts["repairs"][0]]) == (False, [2])


def test_who_can_never_be_drawn_is_told(samenraad, files):
    (files / "without.csv").write_text(QUOTAS.replace("young,2,2", "young,0,0").replace("old,1,2", "old,3,4"))
    facts = json.loads(samenraad("describe people.csv without.csv --seats 4 --json")[1])
    assert facts["never_drawn"] == ["1", "5"]


def test_describe_tells_about_two_files(samenraad):
    code, said, complaint = samenraad("describe people.csv quotas.csv --seats 4 --household street --already in")
    assert (code, complaint) == (0, "")
    assert said.startswith("The quotas can be met.\n2 cannot be on any panel. The reason: ")
    assert "\n\n6 people in the pool, 4 seats.\n1 person is in already.\n" in said
    assert ["young", "2", "2", "100", "%", "everybody"] in [line.split()[:6] for line in said.splitlines()]


def test_describe_makes_quotas_of_figures_and_writes_them(samenraad, files):
    code, said, _ = samenraad("describe people.csv figures.csv --seats 4 --room 1 --write-quotas made.csv --json")
    assert code == 0
    assert [group["label"] if "label" in group else group["where"] for group in json.loads(said)["too_small"]] == [
        [["town", "north"]]
    ]
    made = {quota.label: (quota.min, quota.max) for quota in read_quotas(files / "made.csv")}
    assert made == {"age: old": (1, 3), "age: young": (1, 3), "town: north": (0, 2), "town: south": (2, 5)}


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ("people.csv quotas.csv --seats 9", 1, "quotas.csv: the maximums of age sum to 4, which is fewer than the 9"),
        ("people.csv quotas.csv --seats 4 --id card", 1, "people.csv: there is no column “card”."),
        ("people.csv quotas.csv --seats 4 --write-quotas .", 1, ". cannot be written."),
        ("people.csv quotas.csv --seats 4 --write-quotas quotas.csv", 1, "quotas.csv is there already and is not"),
        ("nothing.csv quotas.csv --seats 4", 2, "nothing.csv: there is no such file, or it cannot be opened."),
        ("people.csv quotas.csv --seats 4 --sheets a", 2, "samenraad describe does not know --sheets a."),
        ("people.csv quotas.csv", 2, "samenraad describe still needs: --seats."),
        ("people.csv quotas.csv --seats many", 2, "samenraad describe: what is given for --seats does not fit."),
        ("people.csv quotas.csv --seats 4 --language fr", 2, "what is given for --language does not fit."),
        ("people.csv quotas.csv --seats -4", 2, "what is given for --seats does not fit."),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_an_exit_code(samenraad, given, code, told):
    answer, _, complaint = samenraad(f"describe {given}")
    assert (answer, "Traceback" in complaint) == (code, False)
    assert told in complaint


def test_even_a_mistake_in_the_command_is_told_in_dutch(samenraad):
    assert samenraad("describe people.csv --language nl")[2].startswith(
        "samenraad describe heeft nog nodig: categories"
    )
    assert samenraad("describe --language=nl --oops a b --seats 4")[2].startswith("samenraad describe kent --oops niet")


def test_the_language_of_the_computer_is_followed(samenraad, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "nl_BE:nl")
    assert "6 mensen in de kandidatenpool" in samenraad("describe people.csv quotas.csv --seats 4")[1]
    monkeypatch.setenv("LANGUAGE", "fi")
    assert "people in the pool" in samenraad("describe people.csv quotas.csv --seats 4")[1]


def test_who_stops_a_command_gets_no_traceback(capsys):
    def interrupted(options):
        raise KeyboardInterrupt

    assert run(command("describe", "About.", ["--language", "nl"]), interrupted) == 1
    assert capsys.readouterr().err == "Gestopt.\n"


@pytest.mark.slow
def test_the_same_words_under_every_hash_seed_and_encoding(files):
    given = ["describe", "people.csv", "quotas.csv", "--seats", "4", "--household", "street", "--language", "nl"]
    (files / "people.csv").write_text(PEOPLE.replace("north", "nőrth"), encoding="utf-8")
    (files / "quotas.csv").write_text(QUOTAS.replace("north", "nőrth"), encoding="utf-8")
    said = set()
    for seed in ("0", "1", "2"):
        setting = os.environ | {"PYTHONHASHSEED": seed}
        said.add(
            subprocess.run(
                [sys.executable, "-m", "samenraad", *given], cwd=files, env=setting, capture_output=True
            ).stdout
        )
    assert len(said) == 1
    plain = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "samenraad", *given], cwd=files, env=plain, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"n?rth" in done.stdout
