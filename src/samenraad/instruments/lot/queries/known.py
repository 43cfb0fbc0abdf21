"""All that a lot holds about one person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samenraad.instruments.lot.models import Call, Departure, Invitation, Reserve
from samenraad.instruments.lot.queries.pool import features
from samenraad.instruments.lot.queries.replacing import Labels
from samenraad.people.models import Membership, Person


def known(person: Person) -> dict[str, Any]:
    """In words, ready to be downloaded. What was answered stands with the questionnaires."""
    own = Invitation.objects.filter(person=person).select_related("lot__step__body", "wave").order_by("pk")
    found = {_("Lots for which you were invited"): [_invited(one) for one in own]}
    return found if own else {}


def _invited(one: Invitation) -> dict[str, Any]:
    labels = Labels(one.lot)
    groups = features(one.lot, [one])[one.pk]
    return {
        _("lot"): str(one.lot.step),
        _("your lot number"): one.spoken_number,
        _("how you were invited"): one.get_source_display(),
        _("round of letters"): one.wave.number if one.wave else "",
        _("groups you are counted in"): [labels.group(key, value) for key, value in groups.items()],
        _("your answer"): one.get_reply_display() if one.reply else _("none yet"),
        _("answered on"): one.replied_at,
        _("way"): one.get_channel_display() if one.channel else "",
        _("your reason"): one.get_reason_display() if one.reason else "",
        _("you want to hear the result"): one.curious,
        _("letters in large print"): one.large_print,
        _("reminded on"): one.reminded_at,
        _("the letter came back on"): one.undeliverable_on,
        **_seat(one),
    }


def _seat(one: Invitation) -> dict[str, Any]:
    """Their seat, what was noted of calls, and why they left."""
    here = Membership.objects.filter(body=one.lot.step.body_id or 0, person=one.person_id or 0).order_by("-pk").first()
    if here is None:
        return {}
    reserve = Reserve.objects.filter(membership=here).first()
    departure = Departure.objects.filter(membership=here).first()
    calls = Call.objects.filter(membership=here).order_by("made_at")
    return {
        _("your seat"): here.get_state_display(),
        _("number as a substitute"): reserve.position if reserve else "",
        _("calls with you"): [
            {_("day"): call.made_at, _("outcome"): call.get_outcome_display(), _("note"): call.note} for call in calls
        ],
        _("left on"): departure.day if departure else "",
        _("reason for leaving"): departure.reason if departure else "",
    }
