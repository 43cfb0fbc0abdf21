"""`samenraad budget`: in two languages, as text and for machines, and never a traceback."""

from __future__ import annotations

import json

import pytest

from samenraad.cli import main
from samenraad.methods.budgeting import from_instance, pb_text, read_pb
from samenraad.methods.budgeting.tests.instances import oud_woensel
from samenraad.methods.budgeting.tests.test_explanations import TOWN


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.pb"
    path.write_text(pb_text(from_instance(TOWN, "Neighbourhood money")), encoding="utf-8")
    return str(path)


def test_the_outcome_explains_itself(town, capsys):
    assert main(["budget", town, "--rule", "equalshares", "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Neighbourhood money\n2 projects, 10 voters, a budget of 100.\n")
    assert "  utility = cost\n  ranks = length\n  share = exact\n  completion = none\n" in said
    assert "1 winner, for 40 of 100; 60 is left." in said
    assert (
        "Costs 40. Votes: 4, which counted for 4. Paid by 4 voters with 10 each. 4 of them have nothing left." in said
    )
    assert "Its supporters (6) had 60 left of the 80 that were needed: 20 too little." in said
    assert "Votes missing: 10. At a cost of 60 it would have won too." in said
    assert "voters with none (exclusion ratio) 60 % 40 %" in " ".join(said.split())


def test_in_dutch(town, capsys):
    assert main(["budget", town, "--rule", "equalshares", "--language", "nl"]) == 0
    said = capsys.readouterr().out
    assert "Zijn kiezers (6) hadden nog 60 van de 80 die nodig was: 20 te weinig." in said
    assert "Te weinig stemmen: 10. Bij een prijs van 60 had het ook gewonnen." in said


def test_for_machines(town, capsys):
    assert main(["budget", town, "--rule", "equalshares", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["winners"] == ["club"]
    assert facts["settings"]["rule"] == "equal-shares"
    assert facts["losers"][0]["lacked"]["votes"] == 10
    assert facts["rounds"][0]["payers"] == [{"paid": 10, "voters": 4}]
    assert facts["figures"]["greedy"]["everybody"]["exclusion"] == "2/5"


def test_the_same_input_gives_the_same_bytes(town, capsys):
    said = []
    for _ in range(2):
        main(["budget", town, "--json", "--seed", "three hats"])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_every_setting_can_be_asked(town, capsys):
    asked = [
        "--utility",
        "votes",
        "--share",
        "down",
        "--completion",
        "add1",
        "--stop",
        "overspend",
        "--increment",
        "0.5",
    ]
    more = [
        "--step",
        "jump",
        "--ties",
        "votes,cost,list",
        "--withdrawn",
        "park",
        "--margins",
        "0",
        "--compare",
        "greedy",
    ]
    assert main(["budget", town, "--rule", "equalshares", *asked, *more, "--json"]) == 0
    settings = json.loads(capsys.readouterr().out)["settings"]
    assert settings | {"increment": "1/2", "ties": ["votes", "cost", "list"], "withdrawn": ["park"]} == settings
    assert (settings["share"], settings["stop"], settings["step"], settings["compare"]) == (
        "down",
        "overspend",
        "jump",
        "greedy",
    )


def test_the_winners_can_be_written(town, tmp_path, capsys):
    out = tmp_path / "out.pb"
    assert main(["budget", town, "--rule", "greedy", "--write", str(out)]) == 0
    assert read_pb(out).selected == ("park",)
    capsys.readouterr()
    assert main(["budget", str(out), "--rule", "greedy", "--language", "en"]) == 0
    assert "These are the official winners in the file" in capsys.readouterr().out
    assert main(["budget", town, "--write", str(out)]) == 1


def test_oud_woensel_has_a_reason_for_each_of_29_losers(tmp_path, capsys):
    path = tmp_path / "woensel.pb"
    path.write_text(pb_text(from_instance(oud_woensel())), encoding="utf-8")
    assert main(["budget", str(path), "--rule", "greedy", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["spent"] == 48_600
    assert len([one for one in facts["losers"] if one["says"] and one["lacked"]["says"]]) == 29


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--rule", "best"], 2),
        (["--utility", "beauty"], 2),
        (["--increment", "0"], 2),
        (["--margins", "many"], 2),
        (["--nonsense"], 2),
        (["--withdrawn", "zz"], 1),
        (["--exclusive", "park,zz"], 1),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(town, capsys, arguments, code):
    assert main(["budget", town, *arguments, "--language", "nl"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().endswith((".", "--help."))


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["budget", str(tmp_path / "none.pb"), "--language", "en"]) == 2
    assert "none.pb: there is no such file" in capsys.readouterr().err


def test_a_bad_file(tmp_path, capsys):
    path = tmp_path / "bad.pb"
    path.write_text("META\nbudget;x\n")
    assert main(["budget", str(path), "--language", "en"]) == 1
    assert "the part PROJECTS is missing" in capsys.readouterr().err
