"""The rules of a vote as they are fixed and published: a plain dict, that is hashed, printed and recounted with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from samenraad.ballots.rules.board import canonical, digest_of
from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.instruments.preferendum.queries.missing import missing
from samenraad.instruments.preferendum.rules.ballots import usual_most
from samenraad.instruments.preferendum.rules.scales import USUAL_SCALE
from samenraad.processes.models import Goal, Proposal
from samenraad.processes.queries import current

__all__ = ["USUAL_SCALE", "draft", "fingerprint", "on_the_ballot", "rules", "text"]


def rules(preferendum: Preferendum) -> dict[str, Any]:
    """What recount.py needs and what a resident must be able to hold us to. Refuses what is not ready."""
    options = on_the_ballot(preferendum)
    for refusal in missing(preferendum, options):
        raise refusal
    return _draft(preferendum, options)


def draft(preferendum: Preferendum) -> dict[str, Any]:
    """The rules as they stand, ready or not: for a preview."""
    return _draft(preferendum, on_the_ballot(preferendum))


def text(found: dict[str, Any]) -> str:
    """As it is downloaded and hashed: the way it stands on the public board."""
    return canonical(found)


def fingerprint(found: dict[str, Any]) -> str:
    return digest_of(text(found))


def _draft(preferendum: Preferendum, chosen: list[Option]) -> dict[str, Any]:
    options = [_option(option) for option in chosen]
    scale = (preferendum.scale or USUAL_SCALE) if preferendum.ballot == "rate" else []
    step = preferendum.step
    return {
        "question": dict(step.process.question),
        "title": dict(step.title),
        "place": str(step.process.place),
        "ballot": preferendum.ballot,
        "rule": preferendum.rule,
        "options": options,
        "scale": scale,
        "agreeing": preferendum.agreeing or len(scale) // 2,
        "most": _most(preferendum, len(options)),
        "threshold": _part(preferendum.threshold_percent),
        "graded": _part(preferendum.graded_percent),
        "expected": _part(preferendum.expected_percent),
        "approval": _part(preferendum.approval_percent),
        "standing": preferendum.standing,
        "pledge": dict(preferendum.pledge),
        "promise": _promise(preferendum),
        "goals": _goals(preferendum),
        "tie": dict(preferendum.tie),
        "opens": step.opens.isoformat() if step.opens else "",
        "closes": step.closes.isoformat() if step.closes else "",
    }


def on_the_ballot(preferendum: Preferendum) -> list[Option]:
    found = Option.objects.filter(preferendum=preferendum, proposal__status=Proposal.Status.PUBLIC)
    return list(found.select_related("proposal__carried_from__step").order_by("proposal__number"))


def _option(option: Option) -> dict[str, Any]:
    proposal = option.proposal
    return {
        "id": option.id_on_the_ballot,
        "title": proposal.title,
        "text": proposal.text,
        "language": proposal.language,
        "sha256": proposal.sha256,
        "for": dict(option.pros),
        "against": dict(option.cons),
    }


def _most(preferendum: Preferendum, options: int) -> int:
    if preferendum.ballot not in ("rate", "approve"):
        return 1 if preferendum.ballot == "choose" else options
    usual = usual_most(preferendum.ballot, options)
    return min(preferendum.most if preferendum.most is not None else usual, options)


def _part(percent: int | None) -> str:
    return "" if percent is None else str(Fraction(percent, 100))


def _promise(preferendum: Preferendum) -> dict[str, Any]:
    """Who answers within how many days, and the fingerprint of that promise."""
    promise = current(preferendum.step.process)
    if promise is None:
        return {}
    return {"body": promise.body_name, "days": promise.term_days, "sha256": promise.digest}


def _goals(preferendum: Preferendum) -> list[dict[str, Any]]:
    """Each goal with that by which one will see that it was reached (R277)."""
    return [
        {"text": dict(goal.text), "measured_by": goal.measured_by, **preferendum.goals.get(str(goal.pk), {})}
        for goal in Goal.objects.filter(process=preferendum.step.process)
    ]
