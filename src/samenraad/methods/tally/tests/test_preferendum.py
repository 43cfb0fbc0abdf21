"""The preferendum: an example worked out by hand, quorums with Duiven's figures, and what is not shown."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from samenraad.methods import tally
from samenraad.methods.tally.explain.bars import bars, polarisation
from samenraad.methods.tally.preferendum.count import Preferendum, Rules, Slips, preferendum
from samenraad.methods.tally.preferendum.places import by_place, suppressed
from samenraad.methods.tally.reading.grades import read_preferendum
from samenraad.refusals import Refusal

SEED = "Three hats and a goose"
#: 12 ballots, 5 proposals: - strongly disagree, d disagree, a agree, + strongly agree, 0 no opinion, _ left blank
SHEETS = """trees bus school cars market
+ a a - 0 trees school
+ + a d 0 trees bus
+ a + - _ trees school
a a + d 0 school trees
a d a - a trees school
+ + d a 0 trees bus
a + - + _ bus cars
d a + + 0 school cars
- d - + 0 cars
- - + + a school cars
a a a - 0 trees
+ + 0 a _ bus""".splitlines()
WORDS = {"-": "strongly disagree", "d": "disagree", "a": "agree", "+": "strongly agree", "0": "no opinion", "_": ""}


def file_of(sheets):
    names = SHEETS[0].split()
    lines = [",".join([*names, "priorities"])]
    for sheet in sheets:
        parts = sheet.split()
        lines.append(",".join([*(WORDS[sign] for sign in parts[:5]), "|".join(parts[5:])]))
    return "\n".join(lines).encode()


@pytest.fixture
def result():
    return preferendum(read_preferendum(file_of(SHEETS[1:])), SEED)


def test_the_example_worked_out_by_hand(result):
    """The same table stands in docs/methods/tally.md."""
    assert result.details["grades"] == {
        "trees": (2, 1, 4, 5), "bus": (1, 2, 5, 4), "school": (2, 1, 4, 4), "cars": (4, 2, 2, 4),
        "market": (0, 0, 2, 0),
    }  # fmt: skip
    assert result.column("support") == {
        "trees": Fraction(9, 12), "bus": Fraction(9, 12), "school": Fraction(8, 11), "cars": Fraction(6, 12),
        "market": Fraction(1),
    }  # fmt: skip
    assert result.details["priorities"] == {"trees": 7, "bus": 4, "school": 6, "cars": 4, "market": 0}
    assert result.elected == ("trees", "school", "bus", "cars")


def test_who_is_graded_by_few_is_no_shared_priority_however_well_liked(result):
    """The market: 2 of 2 agree, but 2 grades on 12 ballots are fewer than half."""
    assert (result.column("support")["market"], result.column("shared priority")["market"]) == (1, False)


def test_no_opinion_never_counts_as_the_middle(result):
    with_opinion = Preferendum(10, {"a": Slips((2, 2, 3, 3), 0, 0)})
    without = Preferendum(20, {"a": Slips((2, 2, 3, 3), 10, 0)})
    tables = [preferendum(one, SEED).column for one in (with_opinion, without)]
    for name in ("support", "mean", "majority grade", "polarisation"):
        assert tables[0](name) == tables[1](name)


def test_shuffling_renaming_and_splitting_change_nothing(result):
    sheets = random.Random(1).sample(SHEETS[1:], 12)
    again = preferendum(read_preferendum(file_of(sheets)), SEED)
    assert (again.table, again.elected) == (result.table, result.elected)
    halves = [read_preferendum(file_of(part)) for part in (SHEETS[1:7], SHEETS[7:])]
    slips = {name: halves[0].slips[name] + halves[1].slips[name] for name in result.options}
    places = {"north": (6, halves[0].slips), "south": (6, halves[1].slips)}
    together = preferendum(Preferendum(12, slips, places), SEED)
    assert (together.table, together.elected) == (result.table, result.elected)
    renamed = preferendum(Preferendum(12, {f"the {name}": one for name, one in slips.items()}), SEED)
    assert renamed.table == result.table


def test_slips_that_do_not_add_up_are_refused():
    for counted in (
        Preferendum(3, {"a": Slips((1, 1, 1, 1), 0, 0)}),
        Preferendum(9, {"a": Slips((1, 1, 1), 0, 0)}),
        Preferendum(2, {"a": Slips((0, 0, 0, 0), 0, 2), "b": Slips((0, 0, 0, 0), 0, 1)}),
        Preferendum(4, {"a": Slips((1, 1, 1, 1), 0, 0)}, {"north": (4, {"a": Slips((1, 1, 1, 0), 0, 0)})}),
    ):
        with pytest.raises(Refusal, match=r"tally\.slips"):
            preferendum(counted, SEED)
    with pytest.raises(Refusal, match=r"tally\.preferendum"):
        preferendum(Preferendum(0, {"a": Slips((0, 0, 0, 0))}), SEED, Rules(priorities=2))


def test_an_empty_preferendum_has_no_shares_and_no_priorities():
    result = preferendum(Preferendum(0, {"a": Slips((0, 0, 0, 0))}), SEED)
    assert (result.table[0][0], result.winner, result.elected) == (None, None, ())
    assert "No proposal is a shared priority." in result.sentences()


def test_polarisation_is_one_for_two_camps_and_zero_for_one():
    assert polarisation((6, 0, 0, 6)) == 1
    assert polarisation((0, 12, 0, 0)) == 0
    assert polarisation((0, 0, 0, 0)) is None


def test_a_bar_shows_every_grade():
    bar = bars(tally.Graded.of("a", ["bad", "fair", "good"], [(["bad"], 1), (["good"], 2), ([None], 5)]))[0]
    assert (bar.counts, bar.none, bar.shares, len(bar.line(30))) == (
        (1, 0, 2),
        5,
        (Fraction(1, 3), 0, Fraction(2, 3)),
        30,
    )
    assert bar.sentence("nl") == "a: bad 33,3 %, fair 0 %, good 66,7 %"


# what is not shown


def recomputable(rows, shown):
    """Cells that can be computed from those shown and the sums of rows and columns, by single steps."""
    known = {(i, j) for i, row in enumerate(shown) for j, cell in enumerate(row) if cell is not None}
    everything = {(i, j) for i in range(len(rows)) for j in range(len(rows[0]))}
    lines = [{(i, j) for j in range(len(rows[0]))} for i in range(len(rows))]
    lines += [{(i, j) for i in range(len(rows))} for j in range(len(rows[0]))]
    found = set(known)
    while True:
        more = {next(iter(line - found)) for line in lines if len(line - found) == 1}
        if not more:
            return (found - known) & everything
        found |= more


def test_a_hidden_cell_cannot_be_computed_from_the_sums():
    chance = random.Random(8)
    for _table in range(300):
        wide, high = chance.randint(2, 5), chance.randint(2, 6)
        rows = [[chance.choice([3, 9, 10, 25, 60, 200]) for _cell in range(wide)] for _row in range(high)]
        shown = suppressed(rows)
        assert all(cell is None or cell >= 10 for row in shown for cell in row)
        assert not recomputable(rows, shown)


def test_support_per_neighbourhood_only_where_all_is_shown():
    north, south = Slips((20, 30, 40, 50), 15, 9), Slips((20, 30, 10, 80), 15, 9)
    places = {"north": (170, {"a": north}), "south": (170, {"a": south})}
    table = by_place(Preferendum(340, {"a": north + south}, places))[0]
    assert table.support == {"north": Fraction(90, 140), "south": Fraction(90, 140)}
    few = {"north": (170, {"a": north}), "south": (50, {"a": Slips((2, 3, 20, 10), 5, 1)})}
    table = by_place(Preferendum(220, {"a": north + few["south"][1]["a"]}, few))[0]
    assert (table.support, table.spread) == ({}, None)
    assert None in table.cells[0]


# thresholds


def test_duiven_2008():
    """18,923 entitled, 6,055 valid, 30 per cent expected; plan B 77 per cent (M. Rosema's evaluation)."""
    reached = tally.turnout(6055, 18_923, Fraction(30, 100))
    assert (reached.met, reached.needed) == (True, 5677)
    assert reached.sentence("nl") == (
        "6.055 geldige stembiljetten van 18.923 stemgerechtigden: 32 %. Gevraagd was minstens 30 %: gehaald."
    )
    ballots = tally.Marked.of(["Plan A", "Plan B"], [(["Plan A"], 1393), (["Plan B"], 4662)])
    result = tally.plurality(ballots, SEED)
    assert (result.winner, round(result.column("share of votes")["Plan B"] * 100)) == ("Plan B", 77)
    assert not tally.approval_quorum(4662, 18_923, Fraction(1, 4)).met
    assert tally.approval_quorum(4662, 18_923, Fraction(24, 100)).met


def test_a_threshold_is_reached_at_the_exact_number_and_not_one_below():
    for entitled in (10, 99, 18_923):
        asked = Fraction(1, 3)
        needed = tally.turnout(0, entitled, asked).needed
        assert tally.turnout(needed, entitled, asked).met
        assert not tally.turnout(needed - 1, entitled, asked).met


@pytest.mark.parametrize("wrong", [(11, 10, Fraction(1, 2)), (1, 0, Fraction(1, 2)), (1, 10, Fraction(3, 2))])
def test_impossible_thresholds_are_refused(wrong):
    with pytest.raises(Refusal, match=r"tally\.quorum"):
        tally.turnout(*wrong)
