"""The count, in the background: the official result, and beside it what explains it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samenraad.ballots.actions.counting import count, must_be_countable, rules_to_count
from samenraad.ballots.models import Vote
from samenraad.ballots.queries import counted as box
from samenraad.ballots.queries.roll import totals
from samenraad.ballots.roll.models import Entry
from samenraad.instruments.preferendum.rules import places, robust
from samenraad.instruments.preferendum.rules.counting import votes_of
from samenraad.instruments.preferendum.rules.outcome import Counted
from samenraad.people.models import Person
from samenraad.processes.actions.work import start
from samenraad.processes.models import Work

KIND = "preferendum.count"
State = Entry.State
_COLUMN = {State.ONLINE: 0, State.PAPER: 1, State.UNUSED: 2}


def begin(*, vote: Vote, by: Person | None) -> Work:
    """Refuses what cannot be counted before anything is put in the queue."""
    must_be_countable(vote)
    return start(step=vote.step, kind=KIND, by=by)


def work(job: Work, report: Callable[[str, float], None]) -> None:
    """Counted once; explained as often as it is asked."""
    vote = Vote.objects.select_related("step__process").get(step=job.step)
    must_be_countable(vote)  # from here on the box is sealed: it is read once
    report("counting", 0.1)
    counted = box.counted(vote)
    report("explaining", 0.7)
    vote.explained = explained(vote, counted)
    vote.save(update_fields=["explained"])
    count(vote=vote, by=job.by, numbers=counted)


def explained(vote: Vote, counted: Counted) -> dict[str, Any]:
    """Neighbourhoods and robustness. Not official: nothing of it decides anything."""
    rules = rules_to_count(vote)
    votes = votes_of(counted, box.ballots(vote), rules, vote.seed)
    parts = places.split(counted, rules, vote.seed)
    return {
        "turnout": places.turnout(_turnout(vote)),
        "places": places.places(parts, rules),
        "without": places.without_each(counted, parts, rules, vote.seed),
        "samples": robust.samples(votes),
    }


def _turnout(vote: Vote) -> dict[str, list[int]]:
    """Per neighbourhood how many codes were used over the web, on paper, and not; also when the roll is destroyed."""
    found: dict[str, list[int]] = {}
    for state, areas in totals(vote).items():
        for area, n in areas.items() if state in _COLUMN else ():
            found.setdefault(area, [0, 0, 0])[_COLUMN[State(state)]] = n
    return found
