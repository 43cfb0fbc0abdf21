"""Pabulib's `.pb` files: read as they are, written back cell by cell, and every bad line told at once."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from samenraad.methods.budgeting import PRESETS, from_instance, pb_text, read_pb, settings_of, with_winners, write_pb
from samenraad.methods.budgeting.pb.remarks import remarks
from samenraad.methods.budgeting.tests.instances import tiny
from samenraad.methods.saying import explain
from samenraad.refusals import Refusal

META = "META\nkey;value\ndescription;Ideas; and more\nbudget;{budget}\nvote_type;{type}\nrule;{rule}\n"
PROJECTS = 'PROJECTS\nproject_id;cost;votes;name;category\na;60;2;Park;green,play\nb;50.50;1;"A ""fair""; big";\n'


def pb(votes, type="approval", budget="100", rule="greedy", meta="", projects=PROJECTS, columns="voter_id;vote"):
    head = META.format(budget=budget, type=type, rule=rule) + meta
    return f"{head}{projects}VOTES\n{columns}\n{votes}".encode()


def told(content, name="vote.pb", tmp_path=None):
    with pytest.raises(Refusal) as refused:
        read_pb(content)
    assert refused.value.code == "budgeting.files"
    return [(problem.line, problem.code.removeprefix("budgeting.")) for problem in refused.value.facts["problems"]]


def test_projects_voters_and_money_are_read_exactly():
    file = read_pb(pb("1;a,b\n2;a\n3;\n"))
    made = file.instance
    assert (made.budget, made.voters, made.kind) == (100, 3, "approval")
    assert made.cost == {"a": 60, "b": Fraction(101, 2)}
    assert made.votes == {"a": 2, "b": 1}
    assert (made.projects[1].name, made.projects[0].categories) == ('A "fair"; big', ("green", "play"))
    assert file.facts["description"] == "Ideas; and more"
    assert remarks(file) == ()


@pytest.mark.parametrize(
    ("type", "columns", "votes", "kind", "ballots"),
    [
        ("approval", "voter_id;vote", "1;b,a", "approval", [(("a", "b"), (1, 1))]),
        ("choose-1", "voter_id;vote", "1;b", "approval", [(("b",), (1,))]),
        ("ordinal", "voter_id;vote", "1;b,a", "ranks", [(("b", "a"), (1, 1))]),
        ("cumulative", "voter_id;points;vote", "1;3,1;b,a", "points", [(("a", "b"), (1, 3))]),
        ("scoring", "voter_id;vote;points", "1;b,a;0,2.5", "points", [(("a",), (Fraction(5, 2),))]),
    ],
)
def test_every_vote_type(type, columns, votes, kind, ballots):
    made = read_pb(pb(votes, type=type, columns=columns)).instance
    assert made.kind == kind
    assert [(ballot.choices, ballot.points) for ballot in made.ballots] == ballots


def test_voters_have_a_place_when_the_file_knows_it():
    made = read_pb(pb("1;a;north\n2;a;south\n3;a;north\n", columns="voter_id;vote;neighborhood")).instance
    assert [(ballot.place, ballot.voters) for ballot in made.ballots] == [("south", 1), ("north", 2)]


def test_what_is_read_is_written_back_cell_by_cell():
    file = read_pb(pb("1;a,b;F;north\n2;;;\n", columns="voter_id;vote;sex;neighborhood", meta="edition;4\n"))
    again = read_pb(pb_text(file).encode())
    assert again == file
    assert pb_text(again) == pb_text(file)


@settings(max_examples=60, deadline=None)
@given(some.integers(0, 10**6), some.booleans())
def test_what_was_made_here_comes_back_the_same(seed, points):
    made = tiny(seed, points)
    if any(project.cost.denominator == 3 for project in made.projects) or made.budget.denominator == 3:
        return  # a third of a euro has no decimal form
    again = read_pb(pb_text(from_instance(made)).encode()).instance
    assert (again.cost, again.budget, again.votes, again.ballots) == (made.cost, made.budget, made.votes, made.ballots)


def test_the_winners_are_written_in_the_column_selected(tmp_path):
    file = with_winners(read_pb(pb("1;a\n")), ("b",))
    assert file.selected == ("b",)
    assert with_winners(file, ("a",)).selected == ("a",)
    write_pb(file, tmp_path / "new.pb")
    assert read_pb(tmp_path / "new.pb") == file
    with pytest.raises(Refusal) as refused:
        write_pb(file, tmp_path / "new.pb")
    assert refused.value.code == "budgeting.taken"


def test_the_rule_of_the_file():
    low = read_pb(pb("1;a\n", rule="greedy-threshold", meta="min_project_score_threshold;2\n"))
    assert settings_of(low) == PRESETS["greedy"].with_(threshold=2)
    assert settings_of(read_pb(pb("1;a\n", rule="equalshares/add1"))) == PRESETS["equalshares/add1"]
    assert settings_of(read_pb(pb("1;a\n", rule="unknown"))) == PRESETS["greedy"]


def test_files_of_windows_and_excel():
    plain = pb("1;a\n").replace(b"Park", "Café".encode())
    for content in (plain, b"\xef\xbb\xbf" + plain, plain.replace(b"\n", b"\r\n"), plain.decode().encode("cp1252")):
        assert read_pb(content).instance.projects[0].name == "Café"


def test_every_bad_line_is_told_at_once():
    projects = "PROJECTS\nproject_id;cost\na;60\na;70\nb;0\nc;-5\nd;many\n;4\ne;1,500\n"
    votes = "1;a\n1;b\n2;zz\n;a\n3;a,a\n4;a;too;much\n"
    assert told(pb(votes, projects=projects)) == [
        (10, "project_twice"),
        (11, "cost_wrong"),
        (12, "cost_wrong"),
        (13, "cost_wrong"),
        (14, "project_missing"),
        (15, "cost_wrong"),
        (19, "voter_twice"),
        (20, "vote_unknown"),
        (21, "voter_missing"),
        (22, "vote_twice"),
        (23, "cells"),
    ]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["section_missing"] * 3),
        (b"hello", ["before_sections"] + ["section_missing"] * 3),
        (b"\x00\x01", ["not_text"]),
        (b"META\nPROJECTS\nVOTES\n", ["no_columns"] * 3),
        (pb("1;a\n", budget="-5"), ["meta_number"]),
        (pb("1;a\n", budget=""), ["meta_number"]),
        (pb("1;a\n", type="ranked"), ["vote_type"]),
        (pb("1;a\n", meta="budget;5\n"), ["meta_twice"]),
        (pb("1;a\n", columns="voter;vote"), ["column_missing"]),
        (pb("1;a\n", type="scoring"), ["column_missing"]),
        (pb("1;a;1,2\n", type="scoring", columns="voter_id;vote;points"), ["points_count"]),
        (pb("1;a;-1\n", type="cumulative", columns="voter_id;vote;points"), ["points_wrong"]),
        (pb("1;a,b\n", type="choose-1"), ["vote_one"]),
        (pb("1;a\n") + b"VOTES\nvoter_id;vote\n", ["section_twice"]),
        (pb('1;"a\n'), ["quotes"]),
        (pb("1;a\n", columns="voter_id;vote;vote"), ["column_twice"]),
        (b"META\nkey;value\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n", ["meta_missing"] * 2),
    ],
)
def test_what_is_wrong_is_named(content, codes):
    assert sorted(code for _, code in told(content)) == sorted(codes)


def test_three_bad_lines_among_three_hundred():
    rows = [f"p{n};{n + 1}" for n in range(300)]
    rows[7], rows[99], rows[250] = "p7;free", "p98;5", "p250;0"
    projects = "PROJECTS\nproject_id;cost\n" + "\n".join(rows) + "\n"
    found = told(pb("", projects=projects))
    assert [code for _, code in found] == ["cost_wrong", "project_twice", "cost_wrong"]
    assert [line for line, _ in found] == [9 + 7, 9 + 99, 9 + 250]


def test_many_mistakes_of_a_kind_are_counted():
    found = told(pb("".join(f"{n};zz\n" for n in range(50))))
    assert [code for _, code in found] == ["vote_unknown"] * 20 + ["more_like_this"]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Refusal) as refused:
        read_pb(tmp_path / "none.pb")
    assert "none.pb: there is no such file" in explain(refused.value)
    assert "none.pb: dit bestand" in explain(refused.value, "nl")


@settings(max_examples=150, deadline=None)
@given(some.binary(max_size=200), some.integers(0, 400))
def test_no_file_ever_breaks_the_reading(noise, place):
    whole = pb("1;a,b\n2;a\n3;\n")
    for content in (noise, whole[:place], whole[:place] + noise + whole[place:]):
        with suppress(Refusal):
            assert read_pb(content).instance.voters >= 0


def test_numbers_that_do_not_agree_are_remarks():
    file = read_pb(pb("1;b\n2;a,b\n", meta="num_votes;3\nnum_projects;2\nmin_length;2\n"))
    assert [one.sentence() for one in remarks(file, "v.pb")] == [
        "v.pb: META says 3 num_votes; the file has 2.",
        "v.pb: project a has 1 votes in the ballots, and 2 in the list of projects.",
        "v.pb: project b has 2 votes in the ballots, and 1 in the list of projects.",
        "v.pb: 1 voters named fewer or more projects than 2 to 2. They count.",
    ]
