"""The official result: exact, by the rule that was fixed, and the same however the slips lie."""

from collections import Counter
from random import Random

import pytest

from samenraad.instruments.preferendum.rules.counting import count
from samenraad.instruments.preferendum.rules.outcome import together
from samenraad.instruments.preferendum.rules.places import places, split, turnout, without_each
from samenraad.instruments.preferendum.tests.recounting import any_ballot, rules_for, torn
from samenraad.refusals import Refusal

#: docs/methods/tally.md, the example by hand: trees, bus, school, cars, market; then the priorities
SHEETS = [
    "",
    "+aa-0 13",
    "++ad0 12",
    "+a+-_ 13",
    "aa+d0 31",
    "ada-a 13",
    "++da0 12",
    "a+-+_ 24",
    "da++0 34",
    "-d-+0 4",
    "--++a 34",
    "aaa-0 1",
    "++0a_ 2",
    "",
][1:-1]
GRADES = {"-": 0, "d": 1, "a": 2, "+": 3, "0": "none"}


def by_hand():
    ballots = []
    for sheet in SHEETS:
        words, marks = sheet.split(" ")
        grades = {str(place): GRADES[word] for place, word in enumerate(words, 1) if word != "_"}
        ballots.append({"grades": grades, "priorities": list(marks)})
    return ballots


def test_the_example_by_hand_comes_out_as_it_stands_in_the_docs():
    rules = rules_for("rate", "preferendum", 5)
    result = count(torn(rules, by_hand()), 12, rules, "goose")
    assert result["shared"] == ["1", "3", "2", "4"]
    assert result["options"]["3"]["support"] == "8/11"
    assert result["options"]["4"]["polarisation"] == "19/27"
    assert [result["options"]["5"][name] for name in ("graded", "no_opinion", "blank", "shared")] == [2, 7, 3, False]


def test_no_opinion_is_not_the_middle_grade():
    rules = rules_for("rate", "preferendum", 3, scale=[{"en": word} for word in ("no", "so-so", "yes")], agreeing=1)
    said = count(torn(rules, [{"grades": {"1": "none", "2": 1}}] * 5), 5, rules, "goose")["options"]
    assert (said["1"]["mean"], said["2"]["mean"]) == (None, "1")
    assert (said["1"]["support"], said["2"]["support"]) == (None, "0")


@pytest.mark.parametrize(("ballot", "rule"), [("rate", "preferendum"), ("choose", "plurality"), ("rank", "irv")])
def test_the_order_of_ballots_and_where_people_live_change_nothing(ballot, rule):
    rules = rules_for(ballot, rule, 4)
    ballots = [any_ballot(Random(n), rules) for n in range(60)]
    plain = count(torn(rules, ballots), 60, rules, "goose")
    assert count(torn(rules, ballots[::-1], ("Noord", "Zuid", "")), 60, rules, "goose") == plain


def test_other_titles_change_nothing():
    rules = rules_for("rank", "schulze", 4)
    ballots = [any_ballot(Random(n), rules) for n in range(30)]
    renamed = {**rules, "options": [{**option, "title": "x"} for option in rules["options"]]}
    assert count(torn(rules, ballots), 30, renamed, "goose") == count(torn(rules, ballots), 30, rules, "goose")


def test_a_tie_is_decided_by_the_seed_and_told():
    rules = rules_for("choose", "plurality", 2)
    slips = torn(rules, [{"choice": "1"}, {"choice": "2"}])
    results = [count(slips, 2, rules, f"seed {number}") for number in range(20)]
    assert {result["winner"] for result in results} == {"1", "2"}
    assert all(result["winner"] == result["drawn"][0] and len(result["winners"]) == 2 for result in results)


def test_condorcet_says_that_there_is_no_winner():
    rules = rules_for("rank", "condorcet", 3)
    circle = [{"ranking": [*ranking]} for ranking in ("123", "231", "312")]
    result = count(torn(rules, circle), 3, rules, "goose")
    assert (result["winners"], result["winner"], result["quorums"]["approval"]) == ([], None, {})


@pytest.mark.parametrize(
    ("ballot", "rule"), [("rate", "majority-judgment"), ("approve", "approval"), ("rank", "borda")]
)
def test_when_every_ballot_is_blank_nobody_wins(ballot, rule):
    rules = rules_for(ballot, rule, 3)
    assert count(torn(rules, [{}] * 4), 4, rules, "goose")["winner"] is None


@pytest.mark.parametrize("change", [
    {("choice", "1", ""): 1}, {("choice", "9", ""): 1, ("choice", "1", ""): -1}, {("grade:1", "1", ""): 2},
])  # fmt: skip
def test_slips_that_do_not_fit_the_ballots_are_not_counted(change):
    rules = rules_for("choose", "plurality", 2)
    slips = torn(rules, [{"choice": "1"}, {"choice": "2"}])
    for key, more in change.items():
        slips[key] += more
    with pytest.raises(Refusal, match=r"preferendum\.slips"):
        count(Counter(slips), 2, rules, "goose")


def test_grades_laid_beside_one_another_keep_their_totals():
    assert together([[2, 0, 1], [1, 1, 1]]) == [([0, 0], 1), ([0, 1], 1), ([2, 2], 1)]


@pytest.mark.parametrize(("ballot", "rule"), [
    ("rate", "preferendum"), ("choose", "plurality"), ("approve", "approval"), ("rank", "irv"),
])  # fmt: skip
def test_no_small_cell_of_a_neighbourhood_is_told(ballot, rule):
    rules = rules_for(ballot, rule, 4)
    slips = torn(rules, [any_ballot(Random(n), rules) for n in range(150)], ("Noord", "Zuid", "Zuid"))
    tables = places(split(slips, rules, "goose"), rules)
    cells = [cell for table in tables.values() for row in table["cells"] for cell in row]
    assert cells
    assert all(cell is None or cell >= 10 for cell in cells)


def test_a_neighbourhood_that_decides_is_named():
    rules = rules_for("choose", "plurality", 2)
    slips = Counter({("choice", "1", "Noord"): 30, ("choice", "2", "Zuid"): 20})
    assert without_each(slips, split(slips, rules, "goose"), rules, "goose") == {"Noord": ["2"], "Zuid": ["1"]}


def test_a_way_to_vote_that_nobody_took_is_no_column():
    assert turnout({"Zuid": [60, 0, 40], "Noord": [50, 0, 50]})["columns"] == ["web", "not"]


def test_a_neighbourhood_is_told_as_finely_as_nobody_is_recognised():
    """Every word when all are given often; only for and against when few gave one of the words; hidden when even that
    is small."""
    rules = rules_for("rate", "preferendum", 1, most=0)

    def told(*grades):
        cast = {("grade:1", str(place), area): n for area in ("A", "B") for place, n in enumerate(grades) if n}
        return places(split(Counter(cast), rules, "goose"), rules)["1"]

    assert (told(20, 20, 20, 20)["columns"], told(20, 20, 20, 20)["spread"]) == (["0", "1", "2", "3"], "0")
    assert (told(20, 3, 20, 3)["columns"], told(20, 3, 20, 3)["cells"]) == (["against", "for"], [[23, 23], [23, 23]])
    assert told(2, 3, 20, 3)["support"] == {}
