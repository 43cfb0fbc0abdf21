"""The rules by name, and which kind of ballots each of them counts."""

from __future__ import annotations

from collections.abc import Callable

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ballots, Graded, Marked, Ranked
from samenraad.methods.tally.result import Result, Term
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
from samenraad.refusals import Refusal

#: name -> rule; `plurality` also counts rankings, by their first choices
RANKED: dict[str, Callable[..., Result]] = {
    "plurality": plurality,
    "irv": irv,
    "borda": borda,
    "modified-borda": modified_borda,
    "condorcet": condorcet,
    "schulze": schulze,
    "ranked-pairs": ranked_pairs,
    "minimax": minimax,
    "stv": stv,
}
GRADED: dict[str, Callable[..., Result]] = {"score": score, "majority-judgment": majority_judgment}
MARKED: dict[str, Callable[..., Result]] = {"approval": approval, "plurality": plurality}
RULES = {**MARKED, **GRADED, **RANKED}

#: rules for one winner that need no setting
ONE_WINNER = tuple(name for name in RANKED if name != "stv")

NAMES = {
    "plurality": _("most votes"),
    "approval": _("most approvals"),
    "score": _("sum of grades"),
    "majority-judgment": _("majority judgment"),
    "borda": _("Borda"),
    "modified-borda": _("Modified Borda"),
    "condorcet": _("Condorcet"),
    "schulze": _("Schulze"),
    "ranked-pairs": _("ranked pairs"),
    "minimax": _("smallest worst defeat"),
    "irv": _("instant runoff"),
    "stv": _("single transferable vote"),
    "preferendum": _("preferendum"),
}


def rule_named(name: str, ballots: Ballots) -> Callable[..., Result]:
    """The rule. Refuses `tally.rule` an unknown one, `tally.wrong_ballots` ballots that it cannot count."""
    if name not in RULES:
        raise Refusal("tally.rule", rule=name, known=tuple(RULES))
    kinds = {Ranked: RANKED, Graded: GRADED, Marked: MARKED}
    rule = kinds[type(ballots)].get(name)
    if rule is None:
        raise Refusal("tally.wrong_ballots", rule=name)
    return rule


def title(name: str) -> Term:
    """What a rule is called, to show."""
    return Term(NAMES[name])
