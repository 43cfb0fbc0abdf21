"""Everybody who was invited, with how far they came: read once, and counted for every table of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from samenraad.instruments.lot.models import Dimension, Draw, Invitation, Lot
from samenraad.instruments.lot.queries.pool import dimensions, features
from samenraad.people.models import Membership

State = Membership.State
#: from the letter to the last session (R028)
STAGES: dict[str, str | Promise] = {
    "invited": pgettext_lazy("lot stage", "invited"),
    "delivered": pgettext_lazy("lot stage", "letter arrived"),
    "replied": pgettext_lazy("lot stage", "answered"),
    "yes": pgettext_lazy("lot stage", "said yes"),
    "drawn": pgettext_lazy("lot stage", "drawn"),
    "member": pgettext_lazy("lot stage", "took a seat"),
    "stayed": pgettext_lazy("lot stage", "stayed"),
}
SEATED = frozenset({State.DRAWN, State.MEMBER, State.COMPLETED, State.DECLINED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class One:
    """One invited person, without a name: what is known of them, and the stages they went through."""

    features: Mapping[str, str]
    stages: frozenset[str]
    source: str
    channel: str
    reply: str
    reason: str
    outreach: int | None


@dataclass(frozen=True)
class Crowd:
    """All of one lot. `outcome` is how many of each group were drawn, as it was published on the day itself."""

    lot: Lot
    dimensions: list[Dimension]
    people: list[One]
    outcome: Mapping[str, Mapping[str, int]]

    @cached_property
    def totals(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for one in self.people:
            counted.update(one.stages)
        published = max((sum(groups.values()) for groups in self.outcome.values()), default=0)
        counted["drawn"] = max(counted["drawn"], published)
        return counted

    @cached_property
    def by_letter(self) -> Counter[str]:
        """The same, of those only who were drawn by lot for a letter: the response is theirs."""
        counted: Counter[str] = Counter()
        for one in self.people:
            if one.source == Invitation.Source.LOT:
                counted.update(one.stages)
        return counted

    @cached_property
    def _grouped(self) -> Mapping[tuple[str, str, str], int]:
        """(dimension, group, stage) -> people; a group that the plan does not know is ""."""
        known = {one.key: {value.key for value in one.values.all()} for one in self.dimensions}
        alike = Counter((tuple(one.features.get(key, "") for key in known), one.stages) for one in self.people)
        counted: Counter[tuple[str, str, str]] = Counter()
        for (groups, stages), number in alike.items():
            for (dimension, values), group in zip(known.items(), groups, strict=True):
                for stage in stages:
                    counted[dimension, group if group in values else "", stage] += number
        for dimension, outcome in self.outcome.items():
            for group in ("", *known.get(dimension, ())):
                counted[dimension, group, "drawn"] = outcome.get(group, 0)
        return counted

    def counts(self, dimension: Dimension, stage: str) -> list[int]:
        """People per group at a stage, in the order of the plan, and at the end those of whom it is not known."""
        groups = [*(value.key for value in dimension.values.all()), ""]
        return [self._grouped.get((dimension.key, group, stage), 0) for group in groups]

    def counted(self, of: Callable[[One], str], stage: str) -> Counter[str]:
        """How many at this stage, by something of theirs."""
        return Counter(of(one) for one in self.people if stage in one.stages)


def crowd(lot: Lot) -> Crowd:
    """Nothing of rehearsals, nor of answers that were set apart: those stand in no table."""
    if lot._state.adding:
        return Crowd(lot, [], [], {})
    invited = _invited(lot)
    known, seats = features(lot, invited), _seats(lot)
    people = [
        One(known[one.pk], _stages(one, seats.get(one.person_id or 0, frozenset())), one.source, one.channel,
            one.reply, one.reason, one.outreach_id)
        for one in invited
    ]  # fmt: skip
    return Crowd(lot, dimensions(lot), people, _outcome(lot))


def _invited(lot: Lot) -> list[Invitation]:
    """As plain rows with the same names: for many thousands whole objects would be the slowest part of the page."""
    rows = Invitation.objects.filter(lot_id=lot.pk, test=False).order_by("pk")
    return cast(
        "list[Invitation]",
        list(
            rows.values_list(
                "pk", "person_id", "features", "source", "channel", "reply", "reason", "undeliverable_on",
                "answers_id", "outreach_id", named=True,
            )
        ),
    )  # fmt: skip


def _stages(one: Invitation, seats: frozenset[str]) -> frozenset[str]:
    """A letter that came back did not arrive, unless somebody answered it after all."""
    found = {"invited"} | seats
    if one.reply or not one.undeliverable_on:
        found.add("delivered")
    if one.reply:
        found.add("replied")
    if one.reply == Invitation.Reply.YES:
        found.add("yes")
    return frozenset(found)


def _seats(lot: Lot) -> dict[int, frozenset[str]]:
    """person -> drawn, member, stayed. A substitute who came later took a seat without being drawn first."""
    if not lot.step.body_id:
        return {}
    rows = Membership.objects.filter(body_id=lot.step.body_id).values_list(
        "person_id", "state", "departure__before", "reserve__position", "came_for__pk"
    )
    found: dict[int, frozenset[str]] = {}
    for person, state, before, reserve, came_for in rows:
        stages = _of_state(state, before, is_reserve=reserve is not None or came_for is not None)
        found[person] = found.get(person, frozenset()) | stages
    return found


def _of_state(state: str, before: str | None, is_reserve: bool) -> frozenset[str]:
    found = set()
    if state in SEATED and not is_reserve:
        found.add("drawn")
    left_a_seat = state == State.WITHDRAWN and before in (None, State.MEMBER, State.COMPLETED)
    if state in (State.MEMBER, State.COMPLETED) or left_a_seat:
        found.add("member")
    if state in (State.MEMBER, State.COMPLETED):
        found.add("stayed")
    return frozenset(found)


def _outcome(lot: Lot) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = Draw.objects.filter(lot_id=lot.pk, drawn_at__isnull=False).values_list("outcome", flat=True).first() or []
    for dimension, group, number in rows:
        found.setdefault(dimension, {})[group] = number
    return found
