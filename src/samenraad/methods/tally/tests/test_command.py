"""`samenraad tally` as it is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from samenraad import cli as house

RANKED = "Plan A,Plan B,Plan C,count,neighbourhood\n1,2,,10,North\n2,1,3,12,South\n,,1,5,North\n1,1,2,3,South\n"
GRADED = "Plan A;Plan B\ngood;bad\nfair;\ngood;fair\n"
MARKED = "Plan A,Plan B\n1,\n1,1\n,1\n1,0\n"
SHEETS = "trees,cars,priorities\nagree,no opinion,trees\nstrongly agree,disagree,\n"


@pytest.fixture
def samenraad(tmp_path, capsys, monkeypatch):
    """Runs a command on the files: exit code, what it printed, what it complained about."""
    for name, text in (("r.csv", RANKED), ("g.csv", GRADED), ("m.csv", MARKED), ("p.csv", SHEETS)):
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")

    def runs(text):
        code = house.main(text.split())
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("r.csv --rule schulze", "Winner: Plan B"),
        ("r.csv --rule ranked-pairs --strength margins", "Winner: Plan B"),
        ("r.csv --rule minimax", "Winner: Plan B"),
        ("r.csv --rule condorcet", "Plan B beats every other option."),
        ("r.csv --rule irv --equal split", "Winner: Plan B"),
        ("r.csv --rule borda --unranked zero", "Winner: Plan B"),
        ("r.csv --rule modified-borda", "Winner: Plan B"),
        ("r.csv --rule stv --seats 2", "Elected: Plan B, Plan A"),
        ("m.csv --rule approval --explain", "Of those who chose Plan B also chose: Plan A 50 %."),
        ("m.csv --rule plurality --entitled 5 --turnout 60%", "3 valid ballots of 5 people"),
        (
            "m.csv --rule plurality --entitled 5 --approval-quorum 0.5",
            "2 of 5 people entitled to vote are for it: 40 %.",
        ),
        ("r.csv --rule schulze --entitled 40 --turnout 0.5", "30 valid ballots of 40 people entitled to vote: 75 %."),
        ("g.csv --rule majority-judgment --scale bad|fair|good", "Winner: Plan A"),
        ("g.csv --rule score --scale bad|fair|good --blank excluded --explain", "Grades, the worst first:"),
        ("p.csv --rule preferendum", "Shared priorities: trees"),
    ],
)
def test_every_rule_counts_a_file(samenraad, asked, said):
    code, out, err = samenraad(f"tally {asked} --seed goose --samples 5")
    assert (code, err) == (0, "")
    assert said in out


def test_everything_at_once_for_a_machine(samenraad):
    facts = json.loads(samenraad("tally r.csv --rule schulze --seed goose --json --explain --samples 5")[1])
    assert facts["winner"] == "Plan B"
    assert facts["table"]["Plan B"] == {"beats": 2, "ties with": 0, "loses to": 0}
    assert set(facts["other_rules"]) >= {"plurality", "irv", "borda", "schulze", "minimax"}
    assert facts["without"] == {"North": "Plan B", "South": "Plan A"}
    assert facts["margin"]["at_least"] == 1
    sheets = json.loads(samenraad("tally p.csv --rule preferendum --seed goose --json")[1])
    assert sheets["table"]["trees"]["support"] == "1"


def test_the_same_in_dutch(samenraad):
    out = samenraad("tally r.csv --rule schulze --seed goose --language nl")[1]
    assert out.startswith("Schulze: 30 stembiljetten\nGelote volgorde: ")
    assert "Plan B wint van Plan A: 12 tegen 10." in out
    assert out.endswith("Winnaar: Plan B\n")


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ("r.csv --rule schulze", 1, "samenraad tally needs --seed"),
        ("r.csv --rule stv --seed goose", 1, "The rule stv needs --seats."),
        ("r.csv --rule stv --seats 9 --seed goose", 1, "9 seats is not possible with 3 options."),
        ("r.csv --rule schulze --blank zero --seed goose", 1, "The rule schulze has no use for --blank."),
        ("r.csv --rule irv --equal share --seed goose", 1, "What equals on a ballot mean is one of: "),
        ("m.csv --rule plurality --turnout 0.3 --seed goose", 1, "A threshold needs --entitled"),
        ("g.csv --rule score --seed goose", 1, "these grades are words"),
        ("g.csv --rule irv --seed goose", 1, "g.csv, line 2: “good” at Plan A is not a place."),
        ("none.csv --rule irv --seed goose", 2, "none.csv: there is no such file"),
        ("r.csv --rule best --seed goose", 2, "what is given for --rule does not fit"),
        ("r.csv --seed goose", 2, "still needs: --rule"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_an_exit_code(samenraad, asked, code, said):
    answer, _out, err = samenraad(f"tally {asked}")
    assert (answer, "Traceback" in err) == (code, False)
    assert said in err


@pytest.mark.slow
def test_the_same_bytes_under_every_hash_seed(tmp_path):
    (tmp_path / "r.csv").write_text(RANKED)
    given = ["tally", "r.csv", "--rule", "schulze", "--seed", "goose", "--explain", "--json", "--samples", "20"]
    said = set()
    for seed in ("0", "1", "2"):
        ran = subprocess.run(
            [sys.executable, "-m", "samenraad", *given],
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        said.add(ran.stdout)
    assert len(said) == 1


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_help_is_in_both_languages(samenraad, capsys, language):
    with pytest.raises(SystemExit) as left:
        samenraad(f"tally --help --language {language}")
    assert left.value.code == 0
    assert {"en": "how many seats (stv)", "nl": "hoeveel zetels (stv)"}[language] in capsys.readouterr().out
