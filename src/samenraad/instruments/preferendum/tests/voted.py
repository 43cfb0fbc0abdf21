"""A vote that is over, for tests: ballots cast, sealed, seeded, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samenraad.ballots.actions.counting import enter_seed
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.models import Vote
from samenraad.ballots.scripted import cast_many
from samenraad.ballots.testing import end, make_vote, on_the_roll
from samenraad.instruments.preferendum.actions import counting
from samenraad.people.models import Person
from samenraad.processes.actions.work import do

SEED, HOW = "4 1 6 2", "thrown by three councillors in the council chamber"


def sealed(
    process: Any, by: Person, ballots: Sequence[dict[str, Any]], areas: Mapping[str, int] | None = None, **more: Any
) -> Vote:
    """These ballots from as many people, the neighbourhoods in turn; nothing counted yet."""
    vote = more.pop("vote", None) or make_vote(process, by, **more)
    codes = on_the_roll(vote, areas or {"": max(60, 2 * len(ballots))})
    frozen = freeze(vote=vote, by=by)
    step = len(codes) // len(ballots) if ballots else 1
    cast_many(frozen, [(codes[place * step], choices) for place, choices in enumerate(ballots)])
    return seal(vote=end(frozen), by=by)


def counted(
    process: Any, by: Person, ballots: Sequence[dict[str, Any]], areas: Mapping[str, int] | None = None, **more: Any
) -> Vote:
    """The same, with its result."""
    vote = sealed(process, by, ballots, areas, **more)
    enter_seed(vote=vote, seed=SEED, how=HOW, by=by)
    do(counting.begin(vote=Vote.objects.get(pk=vote.pk), by=by))
    return Vote.objects.select_related("step__process").get(pk=vote.pk)
