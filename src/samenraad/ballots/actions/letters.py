"""The voting letters: each exactly once, when the promise is public and the roll is fixed; then in piles."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samenraad.ballots.actions.reading import Letter, unlocked
from samenraad.ballots.actions.roll import random_key
from samenraad.ballots.actions.wiping import swept
from samenraad.ballots.jobs import Kind
from samenraad.ballots.models import Envelope, Mailing, Vote
from samenraad.ballots.queries import letter as wording
from samenraad.ballots.queries.roll import key_of
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post import actions as post
from samenraad.post.actions.outbox import Draft
from samenraad.post.models import Message
from samenraad.post.queries import letters_to_print
from samenraad.processes.actions import work as background
from samenraad.processes.gates import passed
from samenraad.processes.models import Work
from samenraad.refusals import Refusal

Report = Callable[[str, float], None]
#: so many letters are made in one transaction
CHUNK = 500


def why_not(vote: Vote) -> Refusal | None:
    """Why no letter can be made now; None when they can."""
    if not passed(vote.step.process, 3):
        return Refusal("ballots.no_promise")
    if vote.frozen_at is None:
        return Refusal("ballots.not_frozen")
    if vote.step.closes is None:
        return Refusal("ballots.no_last_day")
    over = vote.sealed_at or vote.step.closes <= timezone.now()
    return Refusal("ballots.letters_too_late") if over else None


def begin(*, vote: Vote, by: Person | None) -> Work:
    """Make the letters that lie sealed, in the background."""
    _must_be_possible(vote)
    if not vote.envelopes.exists():
        raise Refusal("ballots.all_letters_made")
    return background.start(step=vote.step, kind=Kind.LETTERS, about="make", by=by)


def begin_piles(*, vote: Vote, by: Person | None) -> Work:
    """Put everything that lies loose into piles to print."""
    if not _loose(vote).exists():
        raise Refusal("post.no_letters")
    return background.start(step=vote.step, kind=Kind.LETTERS, about="piles", by=by)


def _must_be_possible(vote: Vote) -> None:
    if refusal := why_not(vote):
        raise refusal


def make(work: Work, report: Report) -> None:
    """The job. Killed and done again, it goes on where it was: no letter is made twice."""
    vote = Vote.objects.select_related("step__process").get(step=work.step_id)
    if work.about == "piles":
        return _pile(vote, work.by, report)
    _must_be_possible(vote)
    return _make(vote, work.by, report)


def _make(vote: Vote, by: Person | None, report: Report) -> None:
    """In the order of random keys, which is neither that of the list nor that of the roll."""
    draft, total, made = drafter(vote), vote.envelopes.count(), 0
    while count := _chunk(vote, draft):
        made += count
        report(_("making letters"), min(1.0, made / total))
    if made:
        swept(Envelope)
        note("ballots.letters_made", vote.step, thread=vote.step.process.thread, who=by, count=made)


@transaction.atomic
def _chunk(vote: Vote, draft: Callable[[str, Letter], Draft]) -> int:
    """So many letters into the outbox, and out of their envelopes."""
    own = Envelope.objects.select_for_update().filter(vote=vote).order_by("key")
    some = list(own[:CHUNK])
    drafts = [draft(key_of(vote, one.key), unlocked(vote.key, one.sealed)) for one in some]
    post.queue_letters(drafts=drafts, scope=vote.step.process.thread)
    Envelope.objects.filter(key__in=[one.key for one in some]).delete()
    return len(some)


def drafter(vote: Vote) -> Callable[[str, Letter], Draft]:
    """One letter per code; what it says is made once per language."""
    known = wording.facts(vote)

    @cache
    def written(language: str) -> tuple[wording.Side, dict[str, Any]]:
        return wording.sides(known, language)[0], wording.particulars(known, language)

    def draft(key: str, letter: Letter) -> Draft:
        front, extra = written(wording.front_language(letter.language))
        area = letter.area if letter.area in vote.areas else ""  # a small neighbourhood went together with others
        own: dict[str, Any] = {"code": letter.code, "facts": wording.own_facts(area, front.language)}
        if letter.large:
            own["large"] = True
        return Draft(key, None, front.subject, front.body, extra | own, front.language, letter.address)

    return draft


@transaction.atomic
def one_more(*, vote: Vote, letter: Letter) -> Message:
    """The letter with a code that was given out for a lost one."""
    key = key_of(vote, random_key())
    post.queue_letters(drafts=[drafter(vote)(key, letter)], scope=vote.step.process.thread)
    return Message.objects.get(key=key)


def _loose(vote: Vote) -> Any:
    return letters_to_print(vote.step.process.thread).filter(key__startswith=key_of(vote))


def _pile(vote: Vote, by: Person | None, report: Report) -> None:
    """Piles of a tray each."""
    total, scope = _loose(vote).count(), vote.step.process.thread
    with translation.override(settings.LANGUAGE_CODE):
        where = _("{vote}: voting letters").format(vote=vote.step)
    while left := _loose(vote).count():
        post.put_together(scope=scope, by=by, where=where, key=key_of(vote))
        report(_("putting piles together"), 1 - left / max(total, left))


@transaction.atomic
def write(*, vote: Vote, by: Person | None, **said: Any) -> Mailing:
    """What the letters that are made from now on say beside the rules of the vote."""
    mailing = Mailing.objects.update_or_create(vote=vote, defaults=said)[0]
    note("ballots.letter_written", vote.step, thread=vote.step.process.thread, who=by)
    return mailing


@transaction.atomic
def came_back(*, vote: Vote, number: int, seen: int, by: Person | None) -> Mailing:
    """So many letters came back: counted, never described. `seen` is the count that was on the page: pressed twice is
    counted once."""
    mailing = Mailing.objects.get_or_create(vote=vote)[0]
    counted = Mailing.objects.filter(pk=mailing.pk, returned=seen).update(returned=F("returned") + number)
    if counted:
        note("ballots.letters_back", vote.step, thread=vote.step.process.thread, who=by, count=number)
    mailing.refresh_from_db()
    return mailing
