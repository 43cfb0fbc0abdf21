"""What everybody hears about the lot: their own place in it, in their own language (R039, J2 steps 6-8)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Telling
from samenraad.followup.messages import absolute
from samenraad.instruments.lot.models import Departure, Draw, Invitation, Lot, Reserve
from samenraad.people.models import Membership, Town
from samenraad.processes.models import Step


@dataclass(frozen=True)
class Place:
    """What is known of one person in the lot, for their sentence."""

    invitation: Invitation
    panels: int | None = None  # on how many of the published panels their number was
    position: int | None = None  # as a substitute
    departure: Departure | None = None
    sat: bool = False


@dataclass(frozen=True)
class Facts:
    """What is the same for everybody."""

    lot: Lot
    draw: Draw | None
    panels: int
    phone: str

    @property
    def body(self) -> str:
        return str(self.lot.step.body or self.lot.step)

    @property
    def page(self) -> str:
        return absolute("lot:show", self.lot.pk)


def tellings(step: Step, about: str, contributions: Sequence[int]) -> Mapping[int, Callable[[], Telling]]:
    """`about` is draw:12:drawn, or the name of the process when that ends."""
    name, what = about.partition(":")[0], about.rpartition(":")[2]
    say = _END if name == "process" else _SAID.get(what) if name == "draw" else None
    if say is None:
        return {}
    facts = _facts(step)
    return {pk: partial(_telling, say, facts, place) for pk, place in _places(facts, contributions).items()}


def _telling(say: Say, facts: Facts, place: Place) -> Telling:
    return replace(say(facts, place), large=place.invitation.large_print)


def _facts(step: Step) -> Facts:
    lot = Lot.objects.get(pk=step.pk)
    lot.step = step
    draw = Draw.objects.light("pool", "rules", "chances", "keys").filter(pk=lot.pk).exclude(drawn_at=None).first()
    town = Town.objects.first()
    panels = json.loads(draw.rules)["panels"] if draw and draw.rules else 0
    return Facts(lot, draw, int(panels), lot.phone or (town.phone if town else ""))


def _places(facts: Facts, contributions: Sequence[int]) -> dict[int, Place]:
    own = Invitation.objects.filter(lot=facts.lot, contribution__in=contributions)
    found = list(own.select_related("person"))
    people = {one.person_id for one in found}
    chances = panels_of(facts.draw)
    positions = dict(Reserve.objects.filter(lot=facts.lot, membership__person__in=people)
                     .values_list("membership__person", "position"))  # fmt: skip
    left = Departure.objects.filter(lot=facts.lot, membership__person__in=people).select_related("membership")
    gone = {one.membership.person_id: one for one in left}
    body = facts.lot.step.body_id
    states = (Membership.State.DRAWN, Membership.State.MEMBER, Membership.State.COMPLETED)
    sat = set(Membership.objects.filter(body=body, person__in=people, state__in=states)
              .values_list("person_id", flat=True))  # fmt: skip
    return {
        one.contribution_id: Place(one, chances.get(one.number), positions.get(one.person_id or 0),
                                   gone.get(one.person_id or 0), one.person_id in sat)
        for one in found
        if one.contribution_id
    }  # fmt: skip


def panels_of(draw: Draw | None) -> dict[str, int]:
    """By lot number: on how many of the published panels it stands."""
    if draw is None or not draw.chances:
        return {}
    lines = (line.split(",") for line in draw.chances.splitlines()[1:])
    counts = {cells[0]: int(cells[1]) for cells in lines if len(cells) > 1}
    return {number: counts[code] for number, code, *_ in draw.keys if code in counts}


def _chance(facts: Facts, place: Place) -> str:
    if place.panels is None or not facts.panels:
        return _("Everybody can recompute the draw: {page}.").format(page=facts.page)
    return ngettext(
        "Before the draw {all} panel was published, and your number {number} was on {count} of them. "
        "Everybody can recompute the draw: {page}.",
        "Before the draw {all} panels were published, and your number {number} was on {count} of them. "
        "Everybody can recompute the draw: {page}.",
        facts.panels,
    ).format(all=facts.panels, count=place.panels, number=place.invitation.spoken_number, page=facts.page)


def _call(facts: Facts) -> str:
    return _("Call {phone}").format(phone=facts.phone) if facts.phone else _("Call us")


def _we_call(facts: Facts, place: Place) -> str:
    """Who left no number is asked to call."""
    person = place.invitation.person
    if person and person.phone:
        text = _(
            "We call you soon, to hear whether you come and what you need for it. No phone call after a week? {call}."
        )
    else:
        text = _("We have no phone number of yours. {call}, and tell us whether you come and what you need for it.")
    return text.format(call=_call(facts))


def _side_track(facts: Facts) -> str:
    """For who does not sit: the panel must treat what they send, or say why not."""
    return _(
        "Do you have a question or an idea for {body}? {call}, or send it with the address or the code in this "
        "message. The group must discuss it, or say why it does not."
    ).format(body=facts.body, call=_call(facts))


def _drawn(facts: Facts, place: Place) -> Telling:
    return Telling(
        _("You were drawn for {body}").format(body=facts.body),
        tuple(filter(None, (
            _("You said yes, and you were drawn: there is a seat for you in {body}. Your lot number is {number}."
              ).format(body=facts.body, number=place.invitation.spoken_number),
            _chance(facts, place),
            _we_call(facts, place),
            str(facts.lot.sessions),
        ))),
    )  # fmt: skip


def _substitute(facts: Facts, place: Place) -> Telling:
    return Telling(
        _("You are a substitute for {body}").format(body=facts.body),
        (
            _("You said yes. You were not drawn, and you are substitute number {position} for {body}.").format(
                position=place.position or "?", body=facts.body
            ),
            _chance(facts, place),
            _(
                "When a seat becomes free and the groups you are in fit, we call you. That can be until after session "
                "{last}. You need not do anything for it."
            ).format(last=facts.lot.replace_until),
            _side_track(facts),
        ),
    )


def _not_drawn(facts: Facts, place: Place) -> Telling:
    return Telling(
        _("You were not drawn for {body}").format(body=facts.body),
        (
            _("You said yes, and this time you were not drawn for {body}. Thank you for wanting to join.").format(
                body=facts.body
            ),
            _chance(facts, place),
            _side_track(facts),
            _("When the work is done you hear from us what came of it."),
        ),
    )


def _curious(facts: Facts, place: Place) -> Telling:
    draw = facts.draw
    day = date_format(localtime(draw.drawn_at), "j F Y") if draw and draw.drawn_at else ""
    return Telling(
        _("The draw for {body} was held").format(body=facts.body),
        (
            _("You could not join, and you asked to hear what happens. On {day} {seats} people were drawn for {body}, "
              "out of {people} who said yes.").format(
                day=day, seats=facts.lot.seats or 0, body=facts.body, people=len(draw.pool) if draw else 0
            ),
            _side_track(facts),
            _("When the work is done you hear from us what came of it."),
        ),
    )  # fmt: skip


def _called(facts: Facts, place: Place) -> Telling:
    return Telling(
        _("There is a seat for you in {body}").format(body=facts.body),
        tuple(filter(None, (
            _("A seat in {body} became free, and you are next: you were chosen from everybody who said yes, by the "
              "groups you are in. Your lot number is {number}.").format(
                body=facts.body, number=place.invitation.spoken_number
            ),
            _we_call(facts, place),
            str(facts.lot.sessions),
        ))),
    )  # fmt: skip


def _left(facts: Facts, place: Place) -> Telling:
    departure = place.departure
    if departure and departure.stays_empty:
        after = _("Your seat stays empty: so late nobody new can join.")
    else:
        after = _("Somebody else who said yes takes your seat, so nobody is missed out.")
    return Telling(
        _("You left {body}").format(body=facts.body),
        (
            _("You gave back your seat in {body}. Thank you for what you did.").format(body=facts.body),
            after,
            _("When the work is done you hear from us what came of it."),
        ),
    )


def _end(facts: Facts, place: Place) -> Telling:
    return Telling(_("What came of {body}").format(body=facts.body), (_part(facts, place),))


def _part(facts: Facts, place: Place) -> str:
    body = facts.body
    if place.invitation.reply == Invitation.Reply.NO:
        return _("You could not join {body}, and you asked to hear the result. The work is done now.").format(body=body)
    if place.sat:
        return _("You sat in {body}. That work is done now. Thank you.").format(body=body)
    if place.departure:
        return _("For some time you sat in {body}. That work is done now. Thank you.").format(body=body)
    return _("You said yes to a seat in {body}, and were not needed for it. The work is done now.").format(body=body)


Say = Callable[[Facts, Place], Telling]
_END: Say = _end
_SAID: dict[str, Say] = {
    "drawn": _drawn,
    "substitute": _substitute,
    "not_drawn": _not_drawn,
    "curious": _curious,
    "called": _called,
    "left": _left,
}
