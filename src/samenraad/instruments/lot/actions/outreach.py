"""What is done to reach people whom letters do not: measures, and through whose link somebody came."""

from __future__ import annotations

import re

from django.db.models import Q
from django.utils import timezone

from samenraad.instruments.lot.models import Lot, Outreach
from samenraad.people.middleware import Request

VIA = "lot_via"
_TOKEN = re.compile(r"[0-9a-f]{16}")


def remember(request: Request, token: str) -> None:
    """Somebody came by the link of an ambassador (`?via=`): kept in their session until they answer."""
    if _TOKEN.fullmatch(token):
        request.session[VIA] = token


def remembered(request: Request, lot: Lot) -> Outreach | None:
    """The measure through which this visitor came, while it lasts; the answer to the letter keeps it."""
    token = request.session.get(VIA)
    if not token or lot._state.adding:
        return None
    lasting = Q(ends=None) | Q(ends__gte=timezone.localdate())
    return Outreach.objects.filter(lasting, lot_id=lot.pk, token=token).first()
