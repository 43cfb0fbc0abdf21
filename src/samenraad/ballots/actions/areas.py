"""Neighbourhoods from which few ballots came lose their name on the slips, and the other names change places.

Slips with a rare neighbourhood could be put together again: if one ballot came from a street, all slips with the name
of that street are that ballot. The board says which slips went into the box together: if one ballot among those twenty
came from a neighbourhood, its slips could be found as well. So in the end names go round among slips that say the same.
"""

from __future__ import annotations

from collections import Counter

from django.db import connections, transaction
from django.db.models import Count

from samenraad.ballots.actions import boards
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


@transaction.atomic(using="box")
def mix(*, vote: Vote) -> None:
    """Slips with the same answer about the same thing exchange their neighbourhoods by chance. So no figure changes,
    and nothing ties the slips of one ballot together. To be done once nothing comes into the box any more."""
    boards.held(vote.key)
    if Slip.objects.filter(vote=vote.key).values("area").distinct().count() < 2:
        return
    with connections["box"].cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE names (place INTEGER PRIMARY KEY, area VARCHAR(80))")
        cursor.execute(_NAMES, [vote.key])
        cursor.execute(_MIXED, [vote.key])
        cursor.execute("DELETE FROM box_slip WHERE vote = %s", [vote.key])
        cursor.execute(
            "INSERT INTO box_slip (commitment, vote, about, value, area, nonce)"
            " SELECT commitment, vote, about, value, area, nonce FROM mixed ORDER BY commitment"
        )
        cursor.execute("DROP TABLE mixed")
        cursor.execute("DROP TABLE names")


#: slips that say the same lie together, and among them by chance
_NAMES = """
INSERT INTO names (place, area)
SELECT row_number() OVER (ORDER BY about, value, random()), area FROM box_slip WHERE vote = %s
"""
#: the same slips, each with the neighbourhood of another one that says the same; a slip itself is never altered
_MIXED = """
CREATE TEMPORARY TABLE mixed AS
SELECT slip.commitment, slip.vote, slip.about, slip.value, names.area, slip.nonce
FROM (SELECT commitment, vote, about, value, nonce, row_number() OVER (ORDER BY about, value, commitment) AS place
      FROM box_slip WHERE vote = %s) AS slip
JOIN names ON names.place = slip.place
"""


def _ballots(vote: Vote) -> Counter[str]:
    """Per neighbourhood how many ballots there are: slips about something of which every ballot has one."""
    paper = paper_of(vote.step)
    each = Counter(about for about, _value in paper.answers(paper.clean({})))
    once = min(about for about, number in each.items() if number == 1)
    found = (
        Slip.objects.filter(vote=vote.key, about=once).values_list("area").annotate(n=Count("commitment")).order_by()
    )
    return Counter(dict(found))
