"""Finding oneself in a lottery by the number in the letter: slow to guess."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from samenraad.instruments.lot.models import Draw, Invitation
from samenraad.people.models import FailedCode
from samenraad.people.rules import too_many_wrong
from samenraad.refusals import Refusal


def find(*, draw: Draw, number: str, source: str) -> Invitation:
    """Who stands in this lottery under this number. As with the codes of letters: ten wrong ones in an hour, and that
    source waits. A wrong one must be counted although we refuse: do not call this inside a transaction."""
    wrong = FailedCode.objects.filter(source=source, moment__gt=timezone.now() - timedelta(hours=1))
    if too_many_wrong(wrong.count()):
        raise Refusal("people.too_many_codes")
    found = Invitation.objects.filter(lot_id=draw.pk, number=number, test=False).first()
    frozen = Draw.objects.filter(pk=draw.pk).values_list("pool", flat=True).get()
    if found is None or all(known != number for known, _features, _home in frozen):
        FailedCode.objects.create(source=source)
        raise Refusal("lot.unknown_number")
    return found
