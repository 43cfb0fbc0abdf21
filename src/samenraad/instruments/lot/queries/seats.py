"""Who sits, who stands by, which seats are free: read once for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samenraad.instruments.lot.models import Departure, Draw, Invitation, Lot
from samenraad.instruments.lot.queries.pool import features
from samenraad.instruments.lot.rules import seats as rules
from samenraad.methods.sortition.pool import Candidate, Pool
from samenraad.people.models import Membership
from samenraad.people.rules import SEATED
from samenraad.processes.models import Attendance, Meeting


@dataclass(frozen=True)
class Sitting:
    """Somebody of this lot in its body: as a member, drawn, a substitute, or gone."""

    membership: Membership
    invitation: Invitation
    features: dict[str, str]
    position: int | None = None  # as a substitute
    departure: Departure | None = None

    @property
    def number(self) -> str:
        return self.invitation.number

    @property
    def sits(self) -> bool:
        return self.membership.until is None and self.membership.state in SEATED

    @property
    def finished(self) -> bool:
        """Sat until the panel had done its work."""
        return self.membership.state == Membership.State.COMPLETED

    @property
    def stands_by(self) -> bool:
        return self.membership.until is None and self.membership.state == Membership.State.SUBSTITUTE


def drawn(lot: Lot) -> Draw | None:
    """The draw, once it was held."""
    return Draw.objects.light("pool").filter(lot_id=lot.pk).exclude(drawn_at=None).first()


def frozen_pool(draw: Draw) -> Pool:
    """The people as they were when the lottery was made, under their lot numbers."""
    return Pool(tuple(Candidate(number, dict(features), home or None) for number, features, home in draw.pool))


@dataclass
class Roll:
    """Everybody of this lot who is or was in its body."""

    lot: Lot
    draw: Draw
    people: list[Sitting] = field(default_factory=list)

    @cached_property
    def pool(self) -> Pool:
        return frozen_pool(self.draw)

    @property
    def sitting(self) -> list[Sitting]:
        return [one for one in self.people if one.sits]

    @property
    def stayed(self) -> list[Sitting]:
        """Who sits, or sat until the end."""
        return [one for one in self.people if one.sits or one.finished]

    @property
    def substitutes(self) -> list[Sitting]:
        """Those who stand by, in the order of the plan."""
        return sorted((one for one in self.people if one.stands_by), key=lambda one: one.position or 0)

    @property
    def gone(self) -> list[Sitting]:
        return [one for one in self.people if one.departure]

    @property
    def free(self) -> list[Sitting]:
        """Whose seat is free and will be filled."""
        return [one for one in self.gone if not one.departure.replaced_by_id and not one.departure.stays_empty]  # type: ignore[union-attr]


def roll(lot: Lot) -> Roll | None:
    """None before the draw."""
    draw = drawn(lot)
    if draw is None:
        return None
    memberships = list(_memberships(lot))
    invitations = _invitations(lot, memberships)
    frozen = {number: groups for number, groups, _home in draw.pool}
    now = features(lot, invitations.values())
    return Roll(lot, draw, [
        Sitting(one, invitation, now[invitation.pk] | frozen.get(invitation.number, {}),
                one.reserve.position if hasattr(one, "reserve") else None, getattr(one, "departure", None))
        for one in memberships
        if (invitation := invitations.get(one.person_id))
    ])  # fmt: skip


def _memberships(lot: Lot) -> QuerySet[Membership]:
    """In the body of this lot, of people who were invited by it; who left otherwise, long ago, is not of this lot.
    Who stayed until the end is."""
    invited = Invitation.objects.filter(lot=lot, person=OuterRef("person"), test=False)
    ours = Q(until=None) | Q(departure__lot=lot) | Q(reserve__lot=lot) | Q(state=Membership.State.COMPLETED)
    own = Membership.objects.filter(ours, Exists(invited), body=lot.step.body)
    return own.select_related("person", "reserve", "departure").order_by("person__name", "pk")


def _invitations(lot: Lot, memberships: Iterable[Membership]) -> dict[int, Invitation]:
    people = {one.person_id for one in memberships}
    found = Invitation.objects.filter(lot=lot, person__in=people).select_related("person")
    return {one.person_id: one for one in found if one.person_id}


def sessions(lot: Lot) -> list[Meeting]:
    """The gatherings of this panel in the order of time: of its step, of a step with the same body, or of the
    process itself when its members are on the list."""
    step = lot.step
    meetings = Meeting.objects.filter(process=step.process).select_related("step")
    if step.body_id is None:
        return list(meetings.filter(step=step))
    members = Membership.objects.filter(body=step.body, person=OuterRef("person"))
    listed = Attendance.objects.filter(Exists(members), meeting=OuterRef("pk"))
    return list(meetings.filter(Q(step=step) | Q(step__body=step.body) | Q(Exists(listed), step=None)))


def held(lot: Lot) -> list[Meeting]:
    """Sessions that ended and of which somebody noted who was there."""
    now = timezone.now()
    over = [one.pk for one in sessions(lot) if (one.ends or one.starts) <= now]
    noted = Attendance.objects.filter(meeting=OuterRef("pk"), present__isnull=False)
    return list(Meeting.objects.filter(Exists(noted), pk__in=over))


def term_of(lot: Lot, membership: Membership) -> date | None:
    """The day until which a member of a standing body stays."""
    return rules.term_ends(membership.since, lot.term_months) if lot.term_months else None
