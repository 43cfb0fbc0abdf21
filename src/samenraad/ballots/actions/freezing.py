"""Fixing the rules and the roll, in public, before anybody votes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from samenraad.ballots.actions import boards
from samenraad.ballots.actions.signing import public_key
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules import board
from samenraad.ballots.rules.tree import root_of
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.refusals import Refusal

#: a neighbourhood with fewer people on the roll is not named on a slip
SMALLEST_AREA = 50


def freeze(*, vote: Vote, by: Person | None) -> Vote:
    """From here on neither rules nor roll change. The first line of the board says what they are. Asked twice, done
    once; cut off before the board said it, it says so at the next asking. Refuses `ballots.empty_roll`,
    `ballots.roll_unfinished`, and what the ballot paper refuses (`rules`)."""
    held = _fixed(vote, by)
    announce(vote=held)
    return held


@transaction.atomic
def _fixed(vote: Vote, by: Person | None) -> Vote:
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.frozen_at:
        return held
    held.rules = paper_of(held.step).rules()
    must_be_complete(held)
    held.areas = _areas(held)
    held.entitled = sum(held.areas.values())
    entries = Entry.objects.filter(vote=held.key).exclude(state=Entry.State.BLOCKED)
    held.roll_root = roll_root(held.key, entries.values_list("digest", flat=True).iterator(chunk_size=10_000))
    held.frozen_at = timezone.now()
    held.save()
    note("ballots.frozen", held.step, thread=held.step.process.thread, who=by, entitled=held.entitled)
    return held


def must_be_complete(vote: Vote) -> None:
    """Every code of the list is on the roll. Of a list that is being read in, or stopped halfway, some are missing."""
    if vote.loads.filter(begun_at__isnull=False, done_at=None).exists():
        raise Refusal("ballots.roll_unfinished")
    if not Entry.objects.filter(vote=vote.key).exclude(state=Entry.State.BLOCKED).exists():
        raise Refusal("ballots.empty_roll")


@transaction.atomic(using="box")
def announce(*, vote: Vote) -> None:
    """The first line of the board, if it is not there."""
    if boards.held(vote.key).number:
        return
    roll = {"size": vote.entitled, "areas": vote.areas, "root": vote.roll_root}
    boards.append(vote=vote.key, kind="open", rules=vote.rules, roll=roll, key=public_key(), least=vote.least_together)


def _areas(vote: Vote) -> dict[str, int]:
    """People per neighbourhood; small ones go together under an empty name, on the roll as well."""
    counted = Entry.objects.filter(vote=vote.key).exclude(state=Entry.State.BLOCKED)
    found = dict(counted.values_list("area").annotate(n=Count("digest")).order_by("area"))
    small = [area for area, number in found.items() if area and number < SMALLEST_AREA]
    if small:
        Entry.objects.filter(vote=vote.key, area__in=small).update(area="")
    kept = {area: number for area, number in found.items() if area and area not in small}
    rest = sum(found.values()) - sum(kept.values())
    return {**kept, **({"": rest} if rest else {})}


def roll_root(vote: str, digests: Iterable[str]) -> str:
    """One digest for the whole roll: the Merkle root of its public list, in alphabetical order."""
    return root_of([bytes.fromhex(one) for one in sorted(board.roll_leaf(vote, digest) for digest in digests)]).hex()
