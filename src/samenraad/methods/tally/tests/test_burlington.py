"""Burlington, Vermont, mayor, 2009: 8,980 ballots on which rules disagree. PrefLib 00005-00000002, beside the clone."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenraad.methods import tally
from samenraad.methods.tally.explain.compare import compare
from samenraad.methods.tally.explain.margin import margin

FILE = Path(__file__).resolve().parents[6] / "shared/data/votes/00005-00000002_burlington_2009.toi"
KISS, MONTROLL, SMITH, WRIGHT = "Bob Kiss", "Andy Montroll", "Dan Smith", "Kurt Wright"
SEED = "goose"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"Burlington's ballots are not there: {FILE}")


@pytest.fixture(scope="module")
def burlington():
    return tally.read_preflib(FILE)


def test_there_are_8980_ballots(burlington):
    assert (burlington.total, len(burlington.options)) == (8980, 6)


def test_most_first_choices_are_for_wright(burlington):
    result = tally.plurality(burlington, SEED)
    assert (result.winner, result.column("votes")[WRIGHT]) == (WRIGHT, 2951)


def test_instant_runoff_elects_kiss(burlington):
    result = tally.irv(burlington, SEED)
    last = result.details["rounds"][-1]
    assert (result.winner, result.winners) == (KISS, (KISS,))
    assert (last["votes"][KISS], last["votes"][WRIGHT], last["exhausted"]) == (4314, 4064, 602)


def test_montroll_beats_everybody(burlington):
    pairs, i = burlington.pairs, burlington.index
    assert (pairs[i(MONTROLL), i(KISS)], pairs[i(KISS), i(MONTROLL)]) == (4067, 3477)
    assert (pairs[i(MONTROLL), i(WRIGHT)], pairs[i(WRIGHT), i(MONTROLL)]) == (4597, 3668)
    for rule in (tally.condorcet, tally.schulze, tally.ranked_pairs, tally.minimax, tally.borda, tally.modified_borda):
        assert rule(burlington, SEED).winner == MONTROLL


def test_who_comes_third_depends_on_what_an_unranked_option_gets(burlington):
    """The six ballots with equals set aside, as in the figures that are compared with."""
    modified = tally.modified_borda(burlington, SEED, equal="invalid").column("points")
    plain = tally.borda(burlington, SEED, equal="invalid", unranked="zero").column("points")
    assert (modified[SMITH], modified[WRIGHT]) == (15_363, 14_508)
    assert (plain[SMITH], plain[WRIGHT]) == (21_985, 23_022)


def test_the_rules_disagree_and_it_is_said(burlington):
    found = compare(burlington, SEED)
    assert {found.winners[name] for name in ("plurality", "irv", "schulze")} == {WRIGHT, KISS, MONTROLL}
    assert found.sentences()[-1] == "Another rule would have chosen otherwise."


def test_how_close_it_was(burlington):
    """Wright leads Kiss by 366 first choices: 183 voters level it, one more decides. Kiss leads by 250 in the last round."""  # noqa: E501
    first = margin(burlington, tally.plurality(burlington, SEED), lambda b: tally.plurality(b, SEED))
    assert first.rival == KISS
    assert first.at_least in (183, 184)
    last = margin(burlington, tally.irv(burlington, SEED), lambda b: tally.irv(b, SEED))
    assert last.at_most <= 126
