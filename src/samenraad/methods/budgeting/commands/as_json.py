"""A report for machines: whole numbers as numbers, other exact ones as text ("1/3")."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction

from samenraad.methods.budgeting.commands.report import Report
from samenraad.methods.budgeting.explain.reasons import lacked
from samenraad.methods.budgeting.figures import Figures
from samenraad.methods.budgeting.outcome import Round


def as_json(report: Report) -> str:
    outcome = report.outcome
    instance = outcome.entry.instance
    facts = {
        "budget": instance.budget,
        "voters": instance.voters,
        "settings": outcome.entry.settings.relevant,
        "ties": sorted(outcome.entry.place, key=outcome.entry.place.__getitem__),
        "winners": outcome.winners,
        "digest": outcome.digest,
        "official": report.file.selected,
        "spent": outcome.spent,
        "left": outcome.left,
        "notes": outcome.notes,
        "rounds": [_round(one) for one in outcome.rounds],
        "added": outcome.added,
        "losers": [_loser(report, id) for id in outcome.losers],
        "effective_votes": outcome.support,
        "figures": {"chosen": _figures(report.beside.chosen), "greedy": _figures(report.beside.greedy)},
        "only_chosen": report.beside.only_chosen,
        "only_greedy": report.beside.only_greedy,
        "remarks": [one.sentence() for one in report.remarks],
    }
    return json.dumps(_plain(facts), ensure_ascii=False, indent=1, sort_keys=True)


def _round(one: Round) -> dict[str, object]:
    payers = [{"voters": many, "paid": amount} for many, amount in one.payers]
    return asdict(one) | {"payers": payers}


def _loser(report: Report, id: str) -> dict[str, object]:
    reason, margin = report.reasons[id], report.margins.get(id)
    facts: dict[str, object] = {"project": id, "why": reason.why, "says": reason.sentence()}
    facts["money_left"] = report.outcome.money_left.get(id)
    if margin is not None:
        facts["lacked"] = {"votes": margin.votes, "cost": margin.cost, "step": margin.step, "says": lacked(margin)}
    return facts


def _figures(figures: Figures) -> dict[str, object]:
    groups = [figures.everybody, *figures.places]
    counted = [asdict(one) | {"exclusion": one.exclusion, "per_voter": one.per_voter} for one in groups]
    return asdict(figures) | {"everybody": counted[0], "places": counted[1:]}


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value
