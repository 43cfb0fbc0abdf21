"""Counting votes, so that everybody can check it.

>>> from samenraad.methods import tally
>>> ballots = tally.Ranked.of(["A", "B", "C"], [(["A", "B", "C"], 4), (["B", "C", "A"], 3), (["C", "B", "A"], 2)])
>>> tally.schulze(ballots, "Three hats and a goose").winner
'B'
>>> tally.plurality(ballots, "Three hats and a goose").winner
'A'

The second argument is the seed of the drawn order, made in public before the count: it decides ties, and nothing else.
Numbers are whole or fractions; nothing is rounded but what a rule says is rounded.
"""

from samenraad.methods.tally.ballots import Graded, Marked, Ranked
from samenraad.methods.tally.drawn import drawn_order
from samenraad.methods.tally.explain.abstention import abstention, without_each
from samenraad.methods.tally.explain.bars import bars, polarisation
from samenraad.methods.tally.explain.compare import compare
from samenraad.methods.tally.explain.flow import overlap, transfers
from samenraad.methods.tally.explain.margin import margin
from samenraad.methods.tally.preferendum.count import Preferendum, Rules, Slips, preferendum
from samenraad.methods.tally.preferendum.places import by_place
from samenraad.methods.tally.quorum import approval_quorum, non_rejection, turnout
from samenraad.methods.tally.reading.grades import read_grades, read_preferendum
from samenraad.methods.tally.reading.preflib import read_categories, read_preflib
from samenraad.methods.tally.reading.rankings import read_marks, read_rankings
from samenraad.methods.tally.result import Result, Step
from samenraad.methods.tally.rules.borda import borda, modified_borda
from samenraad.methods.tally.rules.grades import score
from samenraad.methods.tally.rules.irv import irv
from samenraad.methods.tally.rules.judgment import majority_judgment
from samenraad.methods.tally.rules.minimax import minimax
from samenraad.methods.tally.rules.pairs import condorcet
from samenraad.methods.tally.rules.plurality import approval, plurality
from samenraad.methods.tally.rules.ranked_pairs import ranked_pairs
from samenraad.methods.tally.rules.schulze import schulze
from samenraad.methods.tally.rules.stv import stv

__all__ = [
    "Graded",
    "Marked",
    "Preferendum",
    "Ranked",
    "Result",
    "Rules",
    "Slips",
    "Step",
    "abstention",
    "approval",
    "approval_quorum",
    "bars",
    "borda",
    "by_place",
    "compare",
    "condorcet",
    "drawn_order",
    "irv",
    "majority_judgment",
    "margin",
    "minimax",
    "modified_borda",
    "non_rejection",
    "overlap",
    "plurality",
    "polarisation",
    "preferendum",
    "ranked_pairs",
    "read_categories",
    "read_grades",
    "read_marks",
    "read_preferendum",
    "read_preflib",
    "read_rankings",
    "schulze",
    "score",
    "stv",
    "transfers",
    "turnout",
    "without_each",
]
