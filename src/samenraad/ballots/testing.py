"""A vote for tests: options, a roll with codes, opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from secrets import token_hex
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from samenraad.ballots.actions.casting import cast
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import Choices
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules import codes
from samenraad.people.models import Person
from samenraad.processes import actions as processes


def make_vote(
    process: Any, by: Person, titles: Sequence[str] = ("Bomen", "Bankjes", "Bus", "Speelplek", "Markt"), **settings: Any
) -> Vote:
    """A vote that is being prepared, of an open step, with these options. `settings` are fields of `Preferendum`."""
    now = timezone.now()
    step = processes.add_step(
        process=process, kind="preferendum", title="Stemmen over het centrum", by=by,
        opens=now - timedelta(days=3), closes=now + timedelta(days=11),
    )  # fmt: skip
    known: Any = apps.get_model("preferendum", "Preferendum")
    option: Any = apps.get_model("preferendum", "Option")
    said = {"pledge": "De raad volgt de uitslag.", "tie": "Met dobbelstenen, meteen na sluiting, in de raadzaal."}
    made = known.objects.create(step=step, **(said | settings))
    for title in titles:
        text = processes.propose(step=step, contribution=None, title=title, text=f"Alles over {title.lower()}.", by=by)
        option.objects.create(proposal=text, preferendum=made)
    return Vote.objects.create(step=step)


def on_the_roll(vote: Vote, areas: Mapping[str, int]) -> list[str]:
    """So many fresh codes per neighbourhood."""
    made, entries = [], []
    for area, number in areas.items():
        for _n in range(number):
            code = codes.new_code()
            digest = codes.on_the_roll(code, vote.key, settings.ROLL_KEY)
            made.append(code)
            entries.append(Entry(digest=digest, vote=vote.key, area=area))
    Entry.objects.bulk_create(sorted(entries, key=lambda entry: entry.digest), batch_size=150)
    return made


def open_vote(process: Any, by: Person, areas: Mapping[str, int] | None = None, **more: Any) -> SimpleNamespace:
    """A frozen, open vote, and the codes that lie in the letter boxes."""
    vote = make_vote(process, by, **more)
    made = on_the_roll(vote, areas or {"": 60})
    return SimpleNamespace(vote=freeze(vote=vote, by=by), codes=made, step=vote.step)


def vote_with(vote: Vote, code: str, choices: Choices | None = None, seed: str = "") -> str:
    """One ballot; blank when nothing is said."""
    return cast(vote=vote, code=code, choices=choices or {}, seed=seed or token_hex(32))


def end(vote: Vote) -> Vote:
    """The last day is over."""
    now = timezone.now()
    type(vote.step).objects.filter(pk=vote.step.pk).update(closes=now - timedelta(minutes=1))
    return Vote.objects.select_related("step__process").get(pk=vote.pk)
