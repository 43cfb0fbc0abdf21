"""The seed made in public, and the count. First the seed, then the count; both stand on the board.

The board lies in the box and the vote in the town's own database; they cannot commit together. The line on the board
comes first, and what it says counts: who was cut off in between finds the line, and does not write another one.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.ballots.actions import boards, publishing
from samenraad.ballots.box.models import Line
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import Counted, paper_of
from samenraad.ballots.queries import counted as box
from samenraad.ballots.rules.board import canonical, digest_of
from samenraad.ledger.actions import note
from samenraad.methods.seeds import settled
from samenraad.people.models import Person
from samenraad.refusals import Refusal


@transaction.atomic
def enter_seed(*, vote: Vote, seed: str, how: str, by: Person | None) -> Vote:
    """What decides ties, as everybody in the room saw or heard it. The same once more is no second seed; another one is
    refused (`ballots.seed_stands`). Refuses `ballots.not_frozen`, and `ballots.no_seed` when it or how it was made is
    left out."""
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    words, told = " ".join(seed.split()), " ".join(how.split())
    if held.frozen_at is None:
        raise Refusal("ballots.not_frozen")
    if not words or not told:
        raise Refusal("ballots.no_seed")
    line = _line(held, "seed", seed=settled(words), how=told)
    if line["seed"] != settled(words):
        raise Refusal("ballots.seed_stands", seed=line["seed"])
    if not held.seed:
        held.seed, held.seed_how = line["seed"], line["how"]
        held.save(update_fields=["seed", "seed_how"])
        note("ballots.seeded", held.step, thread=held.step.process.thread, who=by, seed=held.seed)
    return held


def must_be_countable(vote: Vote) -> None:
    """Refuses `ballots.not_sealed` and `ballots.seed_first`."""
    if vote.sealed_at is None:
        raise Refusal("ballots.not_sealed")
    if not vote.seed:
        raise Refusal("ballots.seed_first")


def count(*, vote: Vote, by: Person | None, numbers: Counted | None = None) -> Vote:
    """The official result, once: result.json to the byte, and its fingerprint on the board. `numbers` are the slips of
    the sealed box, when they were read already. Refuses what `must_be_countable` refuses, and what the ballot paper
    does."""
    must_be_countable(vote)
    if vote.counted_at:
        return vote
    slips = box.counted(vote) if numbers is None else numbers
    result = canonical(paper_of(vote.step).count(slips, box.ballots(vote), rules_to_count(vote), vote.seed))
    counted = _counted(vote, result, by)
    publishing.publish(vote=counted)  # a checkpoint over the whole board: now the files can be downloaded
    return counted


def rules_to_count(vote: Vote) -> dict[str, Any]:
    """The published rules, with the size of the frozen roll: all of it stands in the first line of the board."""
    return {**vote.rules, "entitled": vote.entitled}


@transaction.atomic
def _counted(vote: Vote, result: str, by: Person | None) -> Vote:
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.counted_at:
        return held
    _line(held, "result", sha256=digest_of(result))
    held.result, held.counted_at = result, timezone.now()
    held.save(update_fields=["result", "counted_at"])
    note("ballots.counted", held.step, thread=held.step.process.thread, who=by, sha256=digest_of(result))
    return held


@transaction.atomic(using="box")
def _line(vote: Vote, kind: str, **facts: Any) -> dict[str, Any]:
    """The line of this kind: as it stands, or written now."""
    boards.held(vote.key)
    line = Line.objects.filter(vote=vote.key, kind=kind).first() or boards.append(vote=vote.key, kind=kind, **facts)
    told: dict[str, Any] = json.loads(line.text)
    return told
