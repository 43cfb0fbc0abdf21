"""Neighbourhoods from which few ballots came lose their name on the slips.

Slips with a rare neighbourhood could be put together again: if one ballot came from a street, all slips with the name
of that street are that ballot.
"""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import Count

from samenraad.ballots.box.models import Slip
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of


@transaction.atomic(using="box")
def blend(*, vote: Vote) -> list[str]:
    """So that of each name there are as many ballots as go into the box together, and of no name either none or as
    many. Says which names went. Done again, it finds nothing to do."""
    ballots = _ballots(vote)
    gone = [area for area, number in ballots.items() if area and number < vote.least_together]
    kept = sorted((number, area) for area, number in ballots.items() if area and area not in gone)
    nameless = ballots[""] + sum(ballots[area] for area in gone)
    while kept and 0 < nameless < vote.least_together:
        number, area = kept.pop(0)
        gone, nameless = [*gone, area], nameless + number
    if gone:
        Slip.objects.filter(vote=vote.key, area__in=gone).update(area="")
    return sorted(gone)


def _ballots(vote: Vote) -> Counter[str]:
    """Per neighbourhood how many ballots there are: slips about something of which every ballot has one."""
    paper = paper_of(vote.step)
    each = Counter(about for about, _value in paper.answers(paper.clean({})))
    once = min(about for about, number in each.items() if number == 1)
    found = (
        Slip.objects.filter(vote=vote.key, about=once).values_list("area").annotate(n=Count("commitment")).order_by()
    )
    return Counter(dict(found))
