"""recount.py shares no code with the program and gives the same bytes."""

import json
import subprocess
import sys
from hashlib import sha256
from random import Random

import pytest

from samenraad.ballots.actions.checkpoints import make
from samenraad.ballots.queries.files import files
from samenraad.instruments.preferendum.models.question import BALLOTS_OF
from samenraad.instruments.preferendum.queries.rules import fingerprint
from samenraad.instruments.preferendum.tests.recounting import (
    SCRIPT,
    any_ballot,
    folder_with,
    official,
    rules_for,
    second_implementation,
    torn,
)
from samenraad.instruments.preferendum.tests.voted import counted

KINDS = [(str(ballot), str(rule)) for ballot, rules in BALLOTS_OF.items() for rule in rules]


@pytest.fixture(scope="module")
def recount():
    return second_implementation().recount


def same(recount, path, rules, ballots, seed="Three hats and a goose"):
    slips = torn(rules, ballots)
    return official(rules, slips, len(ballots), seed), recount(folder_with(path, rules, slips, len(ballots), seed))[0]


@pytest.mark.parametrize(("ballot", "rule"), KINDS)
def test_both_counts_give_the_same_bytes_with_ties_blanks_and_short_ballots(recount, tmp_path, ballot, rule):
    for number in range(40):
        chance = Random(f"{rule} {number}")
        options = chance.randrange(2, 6) if ballot == "rank" else chance.randrange(2, 9)
        rules = rules_for(ballot, rule, options, expected=chance.choice(["", "1/3"]), approval=chance.choice(["", "0"]))
        ballots = [any_ballot(chance, rules) for _n in range(chance.choice([0, 1, 2, 3, 5, 8, 40]))]
        ours, theirs = same(recount, tmp_path / str(number), rules, ballots, f"seed {number}  é")
        assert ours == theirs, number


@pytest.mark.slow
@pytest.mark.parametrize(("ballot", "rule"), KINDS)
def test_both_counts_give_the_same_bytes_a_thousand_times(recount, tmp_path, ballot, rule):
    for number in range(1000):
        chance = Random(f"more {rule} {number}")
        options = chance.randrange(2, 6)
        rules = rules_for(ballot, rule, options)
        ballots = [any_ballot(chance, rules) for _n in range(chance.randrange(12))]
        ours, theirs = same(recount, tmp_path / str(number), rules, ballots, str(number))
        assert ours == theirs, number


def test_the_script_runs_by_itself_and_says_whether_the_published_result_is_the_same(tmp_path):
    rules = rules_for("rate", "preferendum", 5)
    ballots = [any_ballot(Random(n), rules) for n in range(30)]
    slips = torn(rules, ballots)
    result = official(rules, slips, 30, "goose")
    folder = folder_with(tmp_path / "vote", rules, slips, 30, "goose")
    assert run(folder).stdout == result
    (folder / "result.json").write_bytes(result)
    with (folder / "board.jsonl").open("a", encoding="utf-8") as board:
        board.write(json.dumps({"kind": "result", "sha256": sha256(result).hexdigest()}))
    assert run(folder, "--check").returncode == 0
    (folder / "result.json").write_bytes(result.replace(b'"ballots":30', b'"ballots":31'))
    assert b"NOT THE SAME" in run(folder, "--check").stderr


@pytest.mark.parametrize(("ballot", "rule"), [("rate", "preferendum"), ("rank", "irv"), ("approve", "approval")])
def test_the_public_files_of_a_real_vote_give_the_published_bytes(tmp_path, process, bram, ballot, rule):
    rules = rules_for(ballot, rule, 4)
    ballots = [any_ballot(Random(n), rules) for n in range(45)]
    vote = counted(process, bram, ballots, titles=("A", "B", "C", "D"), ballot=ballot, rule=rule, expected_percent=30)
    make(vote=vote)
    for name, chunks in files(vote):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("".join(chunks), encoding="utf-8", newline="")
    assert run(tmp_path).stdout.decode() == vote.result
    assert run(tmp_path, "--check").returncode == 0
    said = run(tmp_path, "--check", "--language", "nl")
    assert said.returncode == 0
    assert b"hetzelfde" in said.stdout
    text = (tmp_path / "rules.json").read_bytes()
    assert sha256(text).hexdigest() == fingerprint(vote.rules), "the file gives the fingerprint that was published"


def test_a_slip_too_few_is_no_count(tmp_path):
    rules = rules_for("choose", "plurality", 2)
    folder = folder_with(tmp_path / "vote", rules, torn(rules, [{"choice": "1"}]), 2, "goose")
    assert b"cannot be counted" in run(folder).stderr


def test_the_script_is_short_enough_to_read_and_needs_only_the_standard_library():
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    named = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert named <= {*sys.stdlib_module_names, "__future__"}


def run(*arguments):
    return subprocess.run([sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, check=False)
