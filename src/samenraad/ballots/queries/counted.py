"""What lies in the box, as numbers: read once, in one question."""

from __future__ import annotations

from django.db.models import Count

from samenraad.ballots.box.models import Slip, Tracker
from samenraad.ballots.models import Vote


def counted(vote: Vote) -> dict[tuple[str, str, str], int]:
    """(about, value, area) -> how many slips say so."""
    slips = Slip.objects.filter(vote=vote.key).order_by().values_list("about", "value", "area")
    return {(about, value, area): n for about, value, area, n in slips.annotate(n=Count("commitment"))}


def ballots(vote: Vote) -> int:
    """Ballots whose slips are in the box: each has its receipt on the board."""
    return Tracker.objects.filter(vote=vote.key).count()
