"""The rules of a vote as they are fixed and published: a plain dict, that is hashed, printed and recounted with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.instruments.preferendum.rules.ballots import usual_most
from samenraad.processes.models import Proposal

USUAL_SCALE = [
    {"nl": "sterk tegen", "en": "strongly disagree", "fr": "tout à fait contre", "de": "stark dagegen"},
    {"nl": "tegen", "en": "disagree", "fr": "contre", "de": "dagegen"},
    {"nl": "voor", "en": "agree", "fr": "pour", "de": "dafür"},
    {"nl": "sterk voor", "en": "strongly agree", "fr": "tout à fait pour", "de": "stark dafür"},
]


def rules(preferendum: Preferendum) -> dict[str, Any]:
    """What recount.py needs and what a resident must be able to hold us to."""
    options = [_option(option) for option in on_the_ballot(preferendum)]
    scale = (preferendum.scale or USUAL_SCALE) if preferendum.ballot == "rate" else []
    step = preferendum.step
    return {
        "question": dict(step.process.question),
        "title": dict(step.title),
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
        "pledge": dict(preferendum.pledge),
        "tie": dict(preferendum.tie),
        "opens": step.opens.isoformat() if step.opens else "",
        "closes": step.closes.isoformat() if step.closes else "",
    }


def on_the_ballot(preferendum: Preferendum) -> list[Option]:
    found = Option.objects.filter(preferendum=preferendum, proposal__status=Proposal.Status.PUBLIC)
    return list(found.select_related("proposal__carried_from__step").order_by("proposal__number"))


def _option(option: Option) -> dict[str, Any]:
    text = option.proposal
    return {
        "id": option.id_on_the_ballot,
        "title": text.title,
        "text": text.text,
        "language": text.language,
        "sha256": text.sha256,
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
