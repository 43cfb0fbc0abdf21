"""Letters and reminders: made in the background, each exactly once, and only once the promise is public."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Invitation, Lot, Wave
from samenraad.instruments.lot.queries import letters as queries
from samenraad.instruments.lot.queries import wording
from samenraad.instruments.lot.rules import letters as rules
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post import actions as post
from samenraad.post.actions.outbox import Draft
from samenraad.post.models import Message
from samenraad.post.queries import letters_to_print
from samenraad.processes.actions import work as background
from samenraad.processes.models import Work
from samenraad.refusals import Refusal
from samenraad.texts import Translated

Report = Callable[[str, float], None]
#: so many letters are made in one transaction
CHUNK = 500


@transaction.atomic
def begin(*, wave: Wave, by: Person | None) -> Work:
    """Make the letters of this wave. The promise that is the newest now stands in all of them."""
    wave = Wave.objects.select_for_update(of=("self",)).select_related("lot__step__process").get(pk=wave.pk)
    promise = _must_be_possible(wave)
    if not queries.without_letter(wave).exists():
        raise Refusal("lot.all_letters_made")
    if wave.promise_digest != promise.digest:
        wave.promise_digest = promise.digest
        wave.save(update_fields=["promise_digest"])
    return background.start(step=wave.lot.step, kind=Kind.LETTERS, about=f"invite:{wave.pk}", by=by)


@transaction.atomic
def begin_reminding(*, wave: Wave, days: int, by: Person | None) -> Work:
    """Write once more to who did not answer a letter that was posted at least so many days ago."""
    wave = Wave.objects.select_for_update(of=("self",)).select_related("lot__step__process").get(pk=wave.pk)
    _must_be_possible(wave)
    last = rules.last_day(timezone.localtime(wave.lot.step.closes))
    if not rules.in_time(timezone.localdate(), last):
        raise Refusal("lot.too_late_to_remind", day=last)
    if not queries.to_remind(wave, days, timezone.now()).exists():
        raise Refusal("lot.nobody_to_remind", days=days)
    return background.start(step=wave.lot.step, kind=Kind.LETTERS, about=f"remind:{wave.pk}:{days}", by=by)


def begin_piles(*, lot: Lot, kind: str, by: Person | None) -> Work:
    """Put everything that lies loose into piles to print."""
    if not _loose(lot, kind).exists():
        raise Refusal("post.no_letters")
    return background.start(step=lot.step, kind=Kind.LETTERS, about=f"piles:{kind}", by=by)


def why_not(lot: Lot) -> Refusal | None:
    """Why no letter can be made now; None when they can."""
    wave = queries.newest_wave(lot)
    if wave is None:
        return Refusal("lot.no_addressees")
    wave.lot = lot
    try:
        _must_be_possible(wave)
    except Refusal as refusal:
        return refusal
    return None


@transaction.atomic
def write_opening(*, lot: Lot, opening: Translated, by: Person | None) -> Lot:
    """The first paragraph of the letters that are made from now on."""
    Lot.objects.filter(pk=lot.pk).update(opening=opening)
    note("lot.opening_written", lot.step, thread=lot.step.process, who=by)
    return lot


def _must_be_possible(wave: Wave) -> Any:
    """The promise that will stand in the letters, or why there can be none."""
    if wave.drawn_at is None:
        raise Refusal("lot.no_addressees")
    closes = wave.lot.step.closes
    if closes is None:
        raise Refusal("lot.no_closing_day")
    if closes <= timezone.now():
        raise Refusal("lot.letters_too_late", day=rules.last_day(timezone.localtime(closes)))
    promise = queries.promise_of(wave.lot, wave)
    if promise is None:
        raise Refusal("lot.no_promise")
    return promise


def make(work: Work, report: Report) -> None:
    """The job. Killed and done again, it goes on where it was: no letter is made twice."""
    what, *about = work.about.split(":")
    if what == "piles":
        return _pile(work.step.lot, about[0], work.by, report)
    wave = Wave.objects.select_related("lot__step__process").get(pk=int(about[0]))
    _must_be_possible(wave)
    if what == "invite":
        return _invite(wave, work.by, report)
    return _remind(wave, int(about[1]), work.by, report)


def _invite(wave: Wave, by: Person | None, report: Report) -> None:
    draft = _drafter(rules.INVITE, wave)
    waiting, made = queries.without_letter(wave), 0
    for pks, share in _chunks(waiting):
        with transaction.atomic():
            drafts = [draft(one) for one in _locked(waiting.filter(pk__in=pks))]
            made += post.queue_letters(drafts=drafts, scope=_thread(wave)).made
        report(_("making letters"), share)
    if made:
        note("lot.letters_made", wave, thread=_thread(wave), who=by, count=made, promise=wave.promise_digest)


def _remind(wave: Wave, days: int, by: Person | None, report: Report) -> None:
    draft, large = _drafter(rules.REMIND, wave), queries.in_large_print(wave)
    waiting, made = queries.to_remind(wave, days, timezone.now()), 0
    for pks, share in _chunks(waiting):
        with transaction.atomic():
            silent = _locked(waiting.filter(pk__in=pks))
            drafts = [draft(one, one.pk in large) for one in silent]
            made += post.queue_letters(drafts=drafts, scope=_thread(wave)).made
            Invitation.objects.filter(pk__in=[one.pk for one in silent]).update(reminded_at=timezone.now())
        report(_("making reminders"), share)
    if made:
        note("lot.reminded", wave, thread=_thread(wave), who=by, count=made)


def _chunks(waiting: QuerySet[Invitation]) -> Iterator[tuple[list[int], float]]:
    """Of whom, and how far one is after them."""
    pks = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        yield pks[start : start + CHUNK], min(1.0, (start + CHUNK) / len(pks))


def _locked(chunk: QuerySet[Invitation]) -> list[Invitation]:
    """Nobody answers, and nobody is forgotten, while their letter is made: first the people, then the invitations."""
    pairs = dict(chunk.values_list("pk", "person_id"))
    people = Person.objects.select_for_update().filter(pk__in=set(pairs.values()), forgotten_at=None).in_bulk()
    own = Invitation.objects.select_for_update().filter(pk__in=pairs, reply="").order_by("pk")
    found = [one for one in own if one.person_id in people]
    for one in found:
        one.person = people[one.person_id]
    return found


def _drafter(kind: str, wave: Wave) -> Callable[..., Draft]:
    """One letter per person; what it says is made once per language. The promise in it is that of the wave, also when
    a newer one was published since the letters were begun."""
    facts = replace(queries.facts(wave.lot, wave), promise=queries.promise_in(wave))

    @cache
    def written(language: str) -> tuple[wording.Side, dict[str, Any]]:
        return wording.sides(kind, facts, language)[0], wording.particulars(kind, facts, language)

    def draft(invitation: Invitation, large: bool = False) -> Draft:
        person = invitation.person
        assert person is not None  # `_locked` leaves out who has gone  # noqa: S101
        front, extra = written(wording.front_language(person.language))
        own = {"facts": wording.own_facts(invitation, front.language), **({"large": True} if large else {})}
        return Draft(
            rules.key_of(kind, invitation.pk), person, front.subject, front.body, extra | own, front.language
        )  # fmt: skip

    return draft


def _thread(wave: Wave) -> str:
    return wave.lot.step.process.thread


def _loose(lot: Lot, kind: str) -> Any:
    return letters_to_print(lot.step.process.thread).filter(key__startswith=rules.PREFIX[kind])


def _pile(lot: Lot, kind: str, by: Person | None, report: Report) -> None:
    """Piles of a tray each. Who answered in the meantime needs no letter any more."""
    withdraw_needless(lot=lot)
    total = _loose(lot, kind).count()
    with translation.override(settings.LANGUAGE_CODE):
        name = _("{lot}: reminders") if kind == rules.REMIND else _("{lot}: invitations")
        where = name.format(lot=lot.step)
    while left := _loose(lot, kind).count():
        post.put_together(scope=lot.step.process.thread, by=by, where=where, key=rules.PREFIX[kind])
        report(_("putting piles together"), 1 - left / max(total, left))


def withdraw_needless(*, lot: Lot) -> int:
    """Letters that lie loose, to people who answered or whose letter came back. Says how many."""
    done = lot.invitations.exclude(reply="", undeliverable_on=None).values_list("pk", flat=True)
    return post.withdraw(keys=[rules.key_of(kind, pk) for pk in done for kind in rules.PREFIX])


@dataclass(frozen=True)
class Returned:
    """What came of a list of letters that came back."""

    marked: int
    known: int
    unknown: tuple[str, ...]


@transaction.atomic
def came_back(*, lot: Lot, typed: str, day: date, by: Person | None) -> Returned:
    """These letters were not delivered: nobody at that address is written to again. By lot number or code."""
    if day > timezone.localdate():
        raise Refusal("lot.day_to_come")
    words = rules.words_in(typed)
    found = queries.by_word(lot, words)
    pks = {one.pk for one in found.values()}
    marked = Invitation.objects.filter(pk__in=pks, undeliverable_on=None).update(undeliverable_on=day)
    if marked:
        note("lot.came_back", lot.step, thread=lot.step.process, who=by, count=marked)
    return Returned(marked, len(pks) - marked, tuple(word for word in words if word not in found))


@transaction.atomic
def did_arrive(*, lot: Lot, word: str, by: Person | None) -> Invitation:
    """It was a mistake: this letter did not come back."""
    invitation = _found(lot, word)
    if invitation.undeliverable_on:
        invitation.undeliverable_on = None
        invitation.save(update_fields=["undeliverable_on"])
        note("lot.not_back", lot.step, thread=lot.step.process, who=by)
    return invitation


@transaction.atomic
def again(*, lot: Lot, word: str, large: bool, language: str, by: Person | None) -> Message:
    """The letter of one person once more, for instance in large print. From now on they are written to like this."""
    invitation = _found(lot, word)
    letter = Message.objects.filter(key=rules.key_of(rules.INVITE, invitation.pk)).first()
    if letter is None or invitation.wave is None:
        raise Refusal("lot.no_letter_yet")
    _must_be_possible(invitation.wave)
    if invitation.person is None or invitation.person.forgotten_at:
        raise Refusal("people.forgotten")
    invitation.person.language = language
    invitation.person.save(update_fields=["language"])
    draft = _drafter(rules.INVITE, invitation.wave)(invitation, large)
    return post.print_again(message=letter, draft=draft, by=by)


def _found(lot: Lot, word: str) -> Invitation:
    found = queries.by_word(lot, [word])
    if not found:
        raise Refusal("lot.unknown_letter", word=word)
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("person", "wave").get(
        pk=found[word].pk
    )  # fmt: skip
    if invitation.wave:
        invitation.wave.lot = lot
    return invitation
