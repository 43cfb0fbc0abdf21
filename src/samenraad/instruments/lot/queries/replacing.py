"""Who takes a seat that became free, and why this person: by the same profile, within the limits (R040)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.instruments.lot.queries.pool import dimensions, quotas
from samenraad.instruments.lot.queries.seats import Roll, Sitting
from samenraad.instruments.lot.rules import seats as rules
from samenraad.methods.sortition.pool import Quotas
from samenraad.methods.sortition.substitution.replacement import Missed, Replacement, replace

#: sentences' codes and facts, as they are kept with a departure
Reasons = list[list[Any]]


@dataclass(frozen=True)
class Proposal:
    """For one free seat: the number of who comes, or nobody, and why."""

    left: Sitting
    number: str = ""
    comes: Sitting | None = None  # a substitute; None with a number: somebody else of the pool
    invitation: Invitation | None = None
    reasons: Reasons = field(default_factory=list)


def proposals(roll: Roll) -> list[Proposal]:
    """One for each free seat. First the substitutes; when none of them can fill a seat, anybody who said yes."""
    free = {one.number: one for one in roll.free}
    if not free:
        return []
    limits = quotas(roll.lot)
    standing = {one.number: one for one in roll.substitutes}
    found = _replace(roll, limits, standing)
    if found.empty and (others := _others(roll)):
        found = _replace(roll, limits, [*standing, *others], found.seated)
    features = {number: dict(roll.pool.by_id[number].features) for number in (*found.seated, *free)}
    pairs = rules.matched({one: features[one] for one in free}, {one: features[one] for one in found.seated})
    strangers = _invitations(roll.lot, set(found.seated) - set(standing))
    return [
        _proposal(one, comes, features.get(comes, {}), standing.get(comes), strangers.get(comes), found, standing)
        for one, comes in ((one, pairs.get(number, "")) for number, one in free.items())
    ]


def _replace(roll: Roll, limits: Quotas, available: Iterable[str], sure: tuple[str, ...] = ()) -> Replacement:
    return replace(
        roll.pool, limits, [one.number for one in roll.sitting], [one.number for one in roll.free], available,
        seed=roll.draw.seed, order=[one.number for one in roll.substitutes], confirmed=sure,
    )  # fmt: skip


def _others(roll: Roll) -> list[str]:
    """Who said yes, was neither drawn nor a substitute, and is still there."""
    known = {one.number for one in roll.people}
    there = Invitation.objects.filter(
        lot=roll.lot, reply=Invitation.Reply.YES, test=False, person__isnull=False, person__forgotten_at=None
    )
    return [one for one in there.values_list("number", flat=True) if one in roll.pool.by_id and one not in known]


def _invitations(lot: Lot, numbers: set[str]) -> dict[str, Invitation]:
    found = Invitation.objects.filter(lot=lot, number__in=numbers).select_related("person") if numbers else ()
    return {one.number: one for one in found}


def _proposal(
    left: Sitting,
    number: str,
    features: dict[str, str],
    comes: Sitting | None,
    stranger: Invitation | None,
    found: Replacement,
    standing: dict[str, Sitting],
) -> Proposal:
    if not number:
        return Proposal(left, reasons=[["worse" if found.unused else "nobody", {}]])
    invitation = comes.invitation if comes else stranger
    same, other = rules.same_and_other(left.features, features)
    reasons: Reasons = [["substitute", {"position": comes.position}] if comes else ["from_pool", {}]]
    reasons += [["same", {"groups": same}]] if same else []
    reasons += [["other", {"groups": other}]] if other else []
    passed = _passed_over(comes, standing, found) if comes else []
    reasons += [["passed", {"positions": passed}]] if passed else []
    reasons += [_missed(one) for one in found.missed] or [["keeps", {}]]
    return Proposal(left, number, comes, invitation, reasons)


def _passed_over(comes: Sitting, standing: dict[str, Sitting], found: Replacement) -> list[int]:
    """Substitutes who come earlier in the order, and are not called for any seat now."""
    before = (one for number, one in standing.items() if number not in found.seated)
    return [one.position for one in before if one.position and comes.position and one.position < comes.position]


def _missed(one: Missed) -> list[Any]:
    dimension, value = one.quota.where[0]
    facts = {"group": [dimension, value], "number": one.number, "least": one.quota.min, "most": one.quota.max}
    return ["below" if one.below else "above", facts]


class Labels:
    """How dimensions and their groups are called, in the reader's language."""

    def __init__(self, lot: Lot) -> None:
        self.dimensions = {one.key: one for one in dimensions(lot)}
        self.values = {(key, row.key): row for key, one in self.dimensions.items() for row in one.values.all()}

    def dimension(self, key: str) -> str:
        return str(self.dimensions.get(key, key))

    def group(self, dimension: str, value: str) -> str:
        return f"{self.dimension(dimension)}: {self.values.get((dimension, value), value)}"


def sentences(reasons: Reasons, labels: Labels) -> list[str]:
    """Why this substitute, or why nobody: ready to be read."""
    return [_SAID[code](facts, labels) for code, facts in reasons if code in _SAID]


def _same(facts: dict[str, Any], labels: Labels) -> str:
    groups = ", ".join(labels.group(*one) for one in facts["groups"])
    return _("In the same groups: {groups}.").format(groups=groups)


def _other(facts: dict[str, Any], labels: Labels) -> str:
    groups = "; ".join(
        _("{group} instead of {before}").format(
            group=labels.group(dimension, now), before=labels.values.get((dimension, before), before)
        )
        for dimension, before, now in facts["groups"]
    )
    return _("In other groups: {groups}.").format(groups=groups)


def _passed(facts: dict[str, Any], labels: Labels) -> str:
    numbers = ", ".join(map(str, facts["positions"]))
    return ngettext(
        "Substitute {numbers} stands earlier in the order. But with that person the panel would be further from its "
        "limits, or somebody at the same address is on it.",
        "Substitutes {numbers} stand earlier in the order. But with them the panel would be further from its limits, "
        "or somebody at the same address is on it.",
        len(facts["positions"]),
    ).format(numbers=numbers)


def _limit(facts: dict[str, Any], labels: Labels) -> dict[str, Any]:
    return {**facts, "group": labels.group(*facts["group"])}


_SAID: dict[str, Any] = {
    "substitute": lambda facts, labels: _("Substitute number {position}.").format(**facts),
    "from_pool": lambda facts, labels: _(
        "No substitute can fill this seat. This is somebody else who said yes, chosen by the same rules."
    ),
    "same": _same,
    "other": _other,
    "passed": _passed,
    "keeps": lambda facts, labels: _("With this person the panel keeps all its limits."),
    "below": lambda facts, labels: _("{group}: the panel has {number}, and should have at least {least}.").format(
        **_limit(facts, labels)
    ),
    "above": lambda facts, labels: _("{group}: the panel has {number}, and should have at most {most}.").format(
        **_limit(facts, labels)
    ),
    "nobody": lambda facts, labels: _("The seat cannot be filled: nobody is available any more."),
    "worse": lambda facts, labels: _(
        "The seat cannot be filled: with anybody who is available the panel would be further from its limits."
    ),
    "too_late": lambda facts, labels: ngettext(
        "The seat stays empty: {held} session was held, and after session {last} nobody new joins.",
        "The seat stays empty: {held} sessions were held, and after session {last} nobody new joins.",
        facts["held"],
    ).format(**facts),
    "forgotten": lambda facts, labels: _("This person asked to be forgotten."),
}
