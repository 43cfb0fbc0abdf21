"""A letter to somebody who does not exist: to read, to show around, and to try the printer."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samenraad.instruments.lot.models import Invitation, Lot, Wave
from samenraad.instruments.lot.queries import wording
from samenraad.instruments.lot.queries.letters import facts
from samenraad.people.models import Town
from samenraad.post import letters as paper
from samenraad.post.models import Medium, Message
from samenraad.refusals import Refusal

#: they look like a code and a lot number, and belong to nobody
CODE, NUMBER = "2345-6789-ABCD", "K7F2Q9"


def pdf(lot: Lot, wave: Wave | None, kind: str, language: str, large: bool) -> bytes:
    return paper.pdf([letter(lot, wave, kind, language, large)], timezone.now())


def letter(lot: Lot, wave: Wave | None, kind: str, language: str, large: bool) -> Message:
    """A message that is never saved."""
    known = facts(lot, wave)
    if known.promise is None:
        raise Refusal("lot.no_promise")
    front, _back = wording.sides(kind, known, language)
    own = {"code": CODE, "large": large, "facts": wording.own_facts(Invitation(number=NUMBER), front.language)}
    return Message(
        medium=Medium.LETTER, language=front.language, address=_address(known.town), subject=front.subject,
        body=front.body, extra=wording.particulars(kind, known, language) | own,
    )  # fmt: skip


def _address(town: Town | None) -> dict[str, str]:
    with translation.override(settings.LANGUAGE_CODE):
        name, street = _("Example of a resident"), _("Example street 12")
    place = town.city or town.place.name if town else ""
    return {"name": name, "street": street, "postcode": "1234 AB", "city": place}
