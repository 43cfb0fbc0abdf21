"""Why a project lost, in one sentence, from the facts of the count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from samenraad.methods.budgeting.entry import Entry, scores
from samenraad.methods.budgeting.explain.margins import Margin
from samenraad.methods.budgeting.outcome import Outcome
from samenraad.methods.budgeting.rules.greedy import in_order
from samenraad.methods.budgeting.sentences import spoken
from samenraad.methods.language import _, say

WHY: dict[str, str] = {
    "withdrawn": _("It was withdrawn and took no part."),
    "too_dear": _("It costs {cost}, more than the whole budget of {budget}."),
    "threshold": _("Votes: {votes}; at least {threshold} were needed."),
    "no_votes": _("Nobody voted for it."),
    "rival": _("It cannot be carried out beside {rival}, which won."),
    "did_not_fit": _("When its turn came, {left} of the budget was left; it costs {cost}."),
    "after_stop": _("The count stopped at {stopped}, which no longer fitted; this project had fewer votes."),
    "too_little": _("Its supporters ({votes}) had {had} left of the {cost} that were needed: {missing} too little."),
    "too_little_filled": _(
        "Its supporters ({votes}) had {had} left of the {cost} that were needed. What nobody spent in the end "
        "({left}) was not enough either."
    ),
    "would_overspend": _("When its supporters could pay it, {left} of the budget was left; it costs {cost}."),
    "too_late": _("The count stopped at {stopped}, before the supporters of this project ({votes}) could pay {cost}."),
}

_LACKED = {
    (True, True): _("Votes missing: {votes}. At a cost of {cost} it would have won too."),
    (True, False): _("Votes missing: {votes}. A lower cost would not have helped."),
    (False, True): _("At a cost of {cost} it would have won. More votes would not have helped."),
    (False, False): _("Neither more votes nor a lower cost would have helped."),
}


@dataclass(frozen=True)
class Reason:
    """`why` is a key of `WHY`; `facts` fill its sentence."""

    project: str
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        return say(WHY[self.why], language, **{name: spoken(fact, language) for name, fact in self.facts.items()})


def lacked(margin: Margin, language: str = "en") -> str:
    """What a project lacked, in one sentence.

    >>> lacked(Margin("b", 2, 1500, 1, 9))
    'Votes missing: 2. At a cost of 1,500 it would have won too.'
    """
    facts = {"votes": margin.votes, "cost": None if margin.cost is None else Fraction(margin.cost)}
    sentence = _LACKED[margin.votes is not None, margin.cost is not None]
    return say(sentence, language, **{name: spoken(fact, language) for name, fact in facts.items()})


def reasons(outcome: Outcome) -> dict[str, Reason]:
    """Losing project -> why it lost.

    >>> from samenraad.methods.budgeting.count import count
    >>> from samenraad.methods.budgeting.instance import Instance
    >>> made = Instance.of({"park": 80, "club": 40}, 100, [["park"]] * 6 + [["club"]] * 4)
    >>> reasons(count(made))["park"].sentence()
    'Its supporters (6) had 60 left of the 80 that were needed: 20 too little.'
    """
    turns = _turns(outcome)
    return {id: _reason(outcome, id, turns) for id in outcome.losers}


def _reason(outcome: Outcome, id: str, turns: Mapping[str, tuple[str, Fraction]]) -> Reason:
    entry = outcome.entry
    instance = entry.instance
    facts = {"votes": instance.votes[id], "cost": Fraction(instance.cost[id])}
    if id in entry.left_out:
        facts |= {"threshold": entry.settings.threshold, "budget": Fraction(instance.budget)}
        return Reason(id, entry.left_out[id], facts)
    rival = next((winner for winner in outcome.winners if winner in entry.rivals(id)), None)
    if rival is not None:
        return Reason(id, "rival", {"rival": _label(entry, rival)})
    if not instance.votes[id]:
        return Reason(id, "no_votes")
    if entry.settings.rule == "phragmen":
        return _phragmen(outcome, id, facts)
    if outcome.money_left:
        return _shares(outcome, id, facts)
    why, left = turns[id]
    stopped = _label(entry, str(outcome.notes.get("stopped_at", _first_wide(outcome, turns))))
    return Reason(id, why, {**facts, "left": left, "stopped": stopped})


def _shares(outcome: Outcome, id: str, facts: dict[str, object]) -> Reason:
    had, cost = outcome.money_left.get(id, Fraction(0)), Fraction(outcome.entry.instance.cost[id])
    filled = outcome.entry.settings.completion in ("add1u", "greedy")
    facts = {**facts, "had": had, "missing": cost - had, "left": outcome.left}
    return Reason(id, "too_little_filled" if filled else "too_little", facts)


def _phragmen(outcome: Outcome, id: str, facts: dict[str, object]) -> Reason:
    stopped = str(outcome.notes["stopped_by"])
    if not stopped or stopped == id:
        return Reason(id, "would_overspend", {**facts, "left": outcome.left})
    return Reason(id, "too_late", {**facts, "stopped": _label(outcome.entry, stopped)})


def _turns(outcome: Outcome) -> dict[str, tuple[str, Fraction]]:
    """For greedy: project -> why it lost when its turn came, and what was left of the budget then."""
    entry = outcome.entry
    by = "votes" if entry.settings.rule != "greedy" else entry.settings.score
    if entry.settings.rule != "greedy" and entry.settings.utility == "points":
        by = "points"
    left, stopped, turns = Fraction(entry.instance.budget), False, {}
    for id in in_order(entry, scores(entry, by)):
        if id in outcome.winners:
            left -= entry.instance.cost[id]
            continue
        turns[id] = ("after_stop" if stopped else "did_not_fit", left)
        stopped = stopped or (entry.settings.rule == "greedy" and entry.settings.fit == "stop")
    return turns


def _first_wide(outcome: Outcome, turns: Mapping[str, tuple[str, Fraction]]) -> str:
    return next((id for id, (why, _) in turns.items() if why == "did_not_fit"), "")


def _label(entry: Entry, id: str) -> str:
    return next((one.label for one in entry.instance.projects if one.id == id), id)
