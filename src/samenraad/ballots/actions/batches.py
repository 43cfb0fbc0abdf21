"""From waiting ballots to slips: torn, mixed, and written on the board together.

A batch holds at least `least_together` ballots, and as many stay behind, chosen by chance: so that the last who came is
not always the last who goes. There is no hourly batch: in a quiet hour it would hold one ballot. When the vote closes
all that waits goes. Slips of a batch that say the same exchange their neighbourhoods: perhaps one ballot of twenty came
from De Kamp, and the slips with that name would be that ballot.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import SystemRandom

from django.db import transaction

from samenraad.ballots.actions import boards, wiping
from samenraad.ballots.actions.casting import unlocked
from samenraad.ballots.box.models import Slip, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.rules.slips import Torn

#: a line of the board holds the commitments of so many ballots at most; voters wait while it is written
MOST = 250


def empty(*, vote: Vote, last: bool = False) -> int:
    """Tear what waits, as far as it may go. Says how many ballots went. Safe to call at any time and twice at once."""
    gone = 0
    while count := _one_batch(vote, last=last):
        gone += count
    if gone:
        wiping.swept(Waiting)
    return gone


@transaction.atomic(using="box")
def _one_batch(vote: Vote, *, last: bool) -> int:
    boards.held(vote.key)
    waiting = list(Waiting.objects.filter(vote=vote.key).order_by("key")[: 2 * MOST])
    batch = _chosen(waiting, vote.least_together, last=last)
    if not batch:
        return 0
    torn = sorted(_mixed(slip for row in batch for slip in _slips(vote, row)), key=lambda slip: slip.commitment)
    trackers = sorted(row.tracker for row in batch)
    Slip.objects.bulk_create(torn, batch_size=150)
    line = boards.append(
        vote=vote.key, kind="batch", ballots=len(batch), trackers=trackers, slips=[slip.commitment for slip in torn]
    )
    Tracker.objects.bulk_create(
        [Tracker(tracker=tracker, vote=vote.key, line=line.number) for tracker in trackers], batch_size=300
    )
    Waiting.objects.filter(key__in=[row.key for row in batch]).delete()
    return len(batch)


def _chosen(waiting: Sequence[Waiting], least: int, *, last: bool) -> list[Waiting]:
    """By chance. What is too much for one line is split, so that no few are left for the last."""
    staying = 0 if last else least
    number = len(waiting) - staying
    if number < (1 if last else least):
        return []
    if number > MOST:
        number = min(MOST, len(waiting) // 2)
    return SystemRandom().sample(list(waiting), number)


def _slips(vote: Vote, row: Waiting) -> list[Slip]:
    area, torn = json.loads(unlocked(vote.key, row.sealed))
    slips = [Torn(*parts) for parts in torn]
    return [
        Slip(
            commitment=slip.commitment(vote.key),
            vote=vote.key,
            about=slip.about,
            value=slip.value,
            nonce=slip.nonce,
            area=area,
        )
        for slip in slips
    ]


def _mixed(slips: Iterable[Slip]) -> list[Slip]:
    """Neighbourhoods change places between slips with the same answer about the same thing: no figure changes."""
    alike: dict[tuple[str, str], list[Slip]] = defaultdict(list)
    for slip in slips:
        alike[slip.about, slip.value].append(slip)
    for some in alike.values():
        areas = [slip.area for slip in some]
        SystemRandom().shuffle(areas)
        for slip, area in zip(some, areas, strict=True):
            slip.area = area
    return [slip for some in alike.values() for slip in some]
