"""Printing paper ballots. Nobody keeps their numbers: who printed a pile knows nothing of who gets which."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from samenraad.ballots.models import Vote
from samenraad.ballots.printing import Pile, pdf
from samenraad.ballots.rules.sheets import new_number
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.refusals import Refusal


def print_sheets(
    *, vote: Vote, by: Person | None, copies: int, area: str = "", language: str = "", large: bool = False
) -> bytes:
    """So many sheets in one PDF, each with a fresh number. From now on sealing waits for the letter box. Refuses
    `ballots.not_frozen`."""
    if vote.frozen_at is None:
        raise Refusal("ballots.not_frozen")
    numbers = [new_number(vote.key) for _n in range(copies)]
    document = pdf(vote, Pile(numbers, area, language or settings.LANGUAGE_CODE, large), timezone.now())
    Vote.objects.filter(pk=vote.pk, paper=False).update(paper=True)
    note("ballots.printed", vote.step, thread=vote.step.process.thread, who=by, copies=copies)
    return document
