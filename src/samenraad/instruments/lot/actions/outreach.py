"""What is done to reach people whom letters do not: measures, and through whose link somebody came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samenraad.instruments.lot.models import Lot, Outreach, Value
from samenraad.instruments.lot.models.invitations import new_token
from samenraad.instruments.lot.rules.outreach import flyer_code
from samenraad.ledger.actions import note
from samenraad.people.middleware import Request
from samenraad.people.models import Person
from samenraad.refusals import Refusal

VIA = "lot_via"
_CODE = re.compile(r"[0-9a-f]{16}")


def remember(request: Request, token: str) -> None:
    """Somebody came by the link on a flyer (`?via=`): kept in their session until they answer."""
    if _CODE.fullmatch(token):
        request.session[VIA] = token


def remembered(request: Request, lot: Lot) -> Outreach | None:
    """The measure through which this visitor came, while it lasts; the answer to the letter keeps it."""
    code = request.session.get(VIA)
    if not code:
        return None
    lasting = Q(ends=None) | Q(ends__gte=timezone.localdate())
    measures = Outreach.objects.filter(lasting, lot_id=lot.pk)
    return next((one for one in measures if flyer_code(one.token) == code), None)


@dataclass(frozen=True)
class Wish:
    """One measure as the organiser describes it."""

    kind: str
    name: str
    begins: date
    group: Value | None = None
    ends: date | None = None
    reach: int | None = None
    hours: float | None = None
    cost_cents: int | None = None


@transaction.atomic
def add(*, lot: Lot, wish: Wish, by: Person | None) -> Outreach:
    """A second click makes no second measure."""
    Lot.objects.select_for_update(of=["self"]).get(pk=lot.pk)
    _check(lot, wish)
    same = lot.outreach.filter(kind=wish.kind, name=wish.name, group=wish.group, begins=wish.begins).first()
    if same:
        return same
    measure = _put(Outreach(lot=lot), wish)
    _note("lot.outreach_begun", measure, by)
    return measure


@transaction.atomic
def change(*, measure: Outreach, wish: Wish, by: Person | None) -> Outreach:
    """Mostly afterwards: how many people were reached, in how many hours, for how much."""
    measure = _locked(measure)
    _check(measure.lot, wish)
    _put(measure, wish)
    _note("lot.outreach_changed", measure, by)
    return measure


@transaction.atomic
def stop(*, measure: Outreach, by: Person | None) -> Outreach:
    """From now on its link brings nobody any more; who came through it stays counted. Twice is once."""
    measure, today = _locked(measure), timezone.localdate()
    if measure.ends and measure.ends < today:
        return measure
    measure.token = new_token()
    measure.begins, measure.ends = min(measure.begins, today), today
    measure.save(update_fields=["begins", "ends", "token"])
    _note("lot.outreach_stopped", measure, by)
    return measure


@transaction.atomic
def renew_link(*, measure: Outreach, by: Person | None) -> Outreach:
    """The old link leads nowhere any more: for when it came into the wrong hands."""
    measure = _locked(measure)
    measure.token = new_token()
    measure.save(update_fields=["token"])
    _note("lot.outreach_link_renewed", measure, by)
    return measure


def _locked(measure: Outreach) -> Outreach:
    return Outreach.objects.select_for_update(of=["self"]).select_related("lot__step", "group").get(pk=measure.pk)


def _check(lot: Lot, wish: Wish) -> None:
    if wish.ends and wish.ends < wish.begins:
        raise Refusal("lot.outreach_ends_first", begins=wish.begins, ends=wish.ends)
    if wish.group and wish.group.dimension.lot_id != lot.pk:
        raise Refusal("lot.outreach_other_group", group=str(wish.group))


def _put(measure: Outreach, wish: Wish) -> Outreach:
    measure.kind, measure.name, measure.group = wish.kind, wish.name, wish.group
    measure.begins, measure.ends = wish.begins, wish.ends
    measure.reach, measure.hours, measure.cost_cents = wish.reach, wish.hours, wish.cost_cents
    measure.save()
    return measure


def _note(act: str, measure: Outreach, by: Person | None) -> None:
    """Never its name: an ambassador may be somebody."""
    step = measure.lot.step
    group = measure.group.key if measure.group else ""
    note(act, step, thread=step.process, who=by, kind=measure.kind, group=group, measure=measure.pk)
