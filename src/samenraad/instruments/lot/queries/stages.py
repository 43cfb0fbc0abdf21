"""The road of a lot, from the plan to a panel whose seats are filled: which stage is done, which comes now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.instruments.lot.models import Card, Draw, Invitation, Lot, Wave
from samenraad.people.models import Membership, Register
from samenraad.processes.gates import passed
from samenraad.ui.formats import number

YES, NO = Invitation.Reply.YES, Invitation.Reply.NO


@dataclass(frozen=True)
class State:
    """All that the stages follow from, in a fixed number of queries."""

    lot: Lot
    promised: bool
    groups: int
    register: Register | None
    waves: int
    drawn_waves: int
    invited: int
    yes: int
    no: int
    quarantined: int
    cards: int
    draw: Draw | None
    seated: int
    called: int

    @property
    def closes(self) -> datetime | None:
        return self.lot.step.closes

    @property
    def is_closed(self) -> bool:
        return self.closes is not None and timezone.now() >= self.closes


@dataclass(frozen=True)
class Stage:
    """One line of the road: what it is, how it stands, and where one goes on. Locked ones say why."""

    name: str
    state: str  # adopted (done), now, planned
    word: str
    text: str
    url: str = ""
    why_not: str = ""


def state_of(lot: Lot) -> State:
    replies = Invitation.objects.filter(lot_id=lot.pk).aggregate(
        invited=Count("pk", filter=Q(test=False)),
        yes=Count("pk", filter=Q(reply=YES, test=False)),
        no=Count("pk", filter=Q(reply=NO, test=False)),
        quarantined=Count("pk", filter=Q(test=True) & ~Q(reply="")),
    )
    waves = Wave.objects.filter(lot_id=lot.pk).aggregate(waves=Count("pk"), drawn=Count("drawn_at"))
    extract = lot.extracts.exclude(register=None).defer("content").select_related("register").first()
    half = Card.objects.filter(invitation__lot_id=lot.pk, invitation__reply="")
    here = Q(until=None) | Q(state=Membership.State.COMPLETED)
    own = Membership.objects.filter(here, body=lot.step.body_id or 0, person__invitations__lot=lot.pk)
    stayed = Q(state__in=[Membership.State.MEMBER, Membership.State.COMPLETED])
    seats = own.aggregate(
        seated=Count("pk", filter=stayed | Q(state=Membership.State.DRAWN)), called=Count("pk", filter=stayed)
    )
    return State(
        lot=lot, promised=passed(lot.step.process, 3), groups=lot.dimensions.count(),
        register=extract.register if extract else None, waves=waves["waves"], drawn_waves=waves["drawn"],
        invited=replies["invited"], yes=replies["yes"], no=replies["no"], quarantined=replies["quarantined"],
        cards=half.values("invitation").distinct().count(), draw=Draw.objects.light().filter(lot=lot).first(),
        seated=seats["seated"], called=seats["called"],
    )  # fmt: skip


def stages(lot: Lot, state: State | None = None) -> list[Stage]:
    """The road from the plan to a panel whose seats are filled."""
    now = state or state_of(lot)
    return [
        _plan(now),
        _groups(now),
        _rules(now),
        _register(now),
        _letters(now),
        _answers(now),
        _draw(now),
        _seats(now),
    ]


def _stage(name: str, done: bool, ready: bool, text: str, url: str, why_not: str = "") -> Stage:
    if done:
        return Stage(name, "adopted", _("done"), text, url)
    if ready:
        return Stage(name, "now", _("to do now"), text, url)
    return Stage(name, "planned", _("later"), text, url, why_not)


def _plan(now: State) -> Stage:
    lot = now.lot
    text = ngettext("{count} seat", "{count} seats", lot.seats or 0).format(count=lot.seats or 0)
    return _stage(_("The plan"), bool(lot.seats), True, text if lot.seats else "", address("lot:plan", lot.pk))


def _groups(now: State) -> Stage:
    text = ngettext("{count} way to look like the town", "{count} ways to look like the town", now.groups)
    why = _("First say how many seats there are.")
    return _stage(
        _("Groups and seats"), now.groups > 0, bool(now.lot.seats), text.format(count=now.groups) if now.groups else "",
        address("lot:groups", now.lot.pk), why,
    )  # fmt: skip


def _rules(now: State) -> Stage:
    lot = now.lot
    text = _("public since {day}").format(day=_day(lot.frozen_at)) if lot.frozen_at else ""
    if not now.promised:
        why = _("Nobody can be invited before the promise is public.")
    else:
        why = _("First make the groups and their seats.")
    ready = now.promised and now.groups > 0
    return _stage(_("Rules, frozen and public"), lot.is_frozen, ready, text, address("lot:freeze", lot.pk), why)


def _register(now: State) -> Stage:
    kept, why, text = now.register, _("First freeze and publish the rules of the lot."), ""
    if kept and kept.destroyed_at:
        text = _("destroyed on {day}").format(day=_day(kept.destroyed_at))
    elif kept:
        text = _("is destroyed on {day}").format(day=date_format(kept.destroy_on, "j F Y"))
    return _stage(
        _("Register of residents"), kept is not None, now.lot.is_frozen, text, address("lot:register", now.lot.pk), why
    )


def _letters(now: State) -> Stage:
    text = ngettext("{count} person invited", "{count} people invited", now.invited).format(count=number(now.invited))
    why = _("First read in the register of residents.")
    return _stage(
        _("Letters"), now.drawn_waves > 0, now.register is not None, text if now.invited else "",
        address("lot:waves", now.lot.pk), why,
    )  # fmt: skip


def _answers(now: State) -> Stage:
    text = _("{yes} said yes, {no} said no").format(yes=number(now.yes), no=number(now.no)) if now.invited else ""
    why = _("First draw who gets a letter.")
    done = now.is_closed and now.invited > 0
    return _stage(_("Answers"), done, now.drawn_waves > 0, text, address("lot:replies", now.lot.pk), why)


def _draw(now: State) -> Stage:
    draw, why, text = now.draw, _("First people must answer."), ""
    if draw and draw.drawn_at:
        text = _("panel {number}, drawn on {day}").format(number=draw.number, day=_day(draw.drawn_at))
    elif draw and draw.published_at:
        text = _("the lottery is public; now chance speaks")
    if now.yes and not now.is_closed:
        why = _("Answers come in until {day}.").format(day=_day(now.closes))
    ready = draw is not None or (now.yes > 0 and now.is_closed)
    return _stage(_("The draw"), bool(draw and draw.drawn_at), ready, text, address("lot:lottery", now.lot.pk), why)


def _seats(now: State) -> Stage:
    text = _("{called} of {seats} have confirmed").format(called=now.called, seats=now.lot.seats) if now.seated else ""
    done = bool(now.seated and now.called >= (now.lot.seats or 0))
    ready = bool(now.draw and now.draw.drawn_at)
    done = done or bool(now.seated and now.lot.step.concluded_at)
    return _stage(_("Seats"), done, ready, text, address("lot:seats", now.lot.pk), _("First hold the draw."))


def address(name: str, *args: int) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""
