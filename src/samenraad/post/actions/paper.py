"""Letters: put together, printed, posted. Printing is not sending; a person confirms that they were posted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.ledger.actions import note
from samenraad.people.actions import Wanted, issue_codes
from samenraad.people.models import Person
from samenraad.post.models import Batch, Message
from samenraad.post.queries import letters_to_print
from samenraad.refusals import Refusal

State = Message.State
#: so many letters make one pile: a PDF of seconds and a tray of paper
PER_BATCH = 500
#: so long a code is good when the letter does not say it
CODE_DAYS = 90


@transaction.atomic
def put_together(*, scope: str, by: Person | None, where: str = "", key: str = "") -> Batch:
    """The letters of one process that wait become one pile to print, oldest first; with `key` those only whose key
    begins so.

    A letter to a person without a code gets one here, so that a readable code exists no longer than needed.
    """
    waiting = letters_to_print(scope).filter(key__startswith=key)
    letters = list(waiting.select_for_update(of=("self",)).select_related("person")[:PER_BATCH])
    if not letters:
        raise Refusal("post.no_letters")
    batch = Batch.objects.create(name=(where or _("Letters"))[:160], scope=scope, made_by=by)
    _give_codes(letters)
    for letter in letters:
        letter.batch = batch
    _save(letters, "batch", "extra")
    note("post.put_together", batch, thread=scope, who=by, count=len(letters))
    return batch


def _save(letters: Iterable[Message], *fields: str) -> None:
    """These fields of letters that are there. `bulk_update` does the same, five times as slowly for such long texts."""
    Message.objects.bulk_create(
        letters, update_conflicts=True, unique_fields=["id"], update_fields=list(fields), batch_size=100
    )


def _give_codes(letters: Iterable[Message]) -> None:
    """With the code a person without account reaches the page that the letter is about, or their own. `"code": ""`
    says: none in this letter."""
    pairs = [
        (letter, letter.person)
        for letter in letters
        if "code" not in letter.extra and letter.person and not letter.person.forgotten_at
    ]
    codes = issue_codes([_wanted(letter, person) for letter, person in pairs])
    for (letter, _person), code in zip(pairs, codes, strict=True):
        letter.extra["code"] = code


def _wanted(letter: Message, person: Person) -> Wanted:
    """As the letter says: `leads_to`, `purpose` and `good_until`, the last day on which its code works."""
    last = letter.extra.get("good_until")
    until = timezone.now() + timedelta(days=CODE_DAYS)
    if last:
        until = timezone.make_aware(datetime.combine(date.fromisoformat(last), time.max))
    return Wanted(person, letter.extra.get("purpose") or letter.scope, letter.extra.get("leads_to", ""), until)


@transaction.atomic
def take_apart(*, batch: Batch, by: Person | None) -> None:
    """It was not posted after all: the letters wait again, in no pile."""
    batch = _held(batch)
    _must_not_be_posted(batch)
    name, scope = f"batch:{batch.pk}", batch.scope
    count = batch.messages.update(batch=None)
    batch.delete()
    note("post.taken_apart", name, thread=scope, who=by, count=count)


@transaction.atomic
def posted(*, batch: Batch, day: date, by: Person | None) -> Batch:
    """They went into the letter box on this day: from now on they are sent, and their codes are kept nowhere."""
    batch = _held(batch)
    if batch.posted_on == day:  # asked twice
        return batch
    _must_not_be_posted(batch)
    _must_be_possible(batch, day)
    letters = list(batch.messages.select_for_update().filter(state=State.WAITING))
    if not letters:
        raise Refusal("post.empty_batch")
    moment = min(timezone.make_aware(datetime.combine(day, time(17))), timezone.now())
    for letter in letters:
        letter.state, letter.settled_at = State.SENT, moment
        letter.extra = letter.extra | {"code": ""} if "code" in letter.extra else letter.extra
    _save(letters, "state", "settled_at", "extra")
    batch.posted_on = day
    batch.save(update_fields=["posted_on"])
    note("post.posted", batch, thread=batch.scope, who=by, count=len(letters), day=day)
    return batch


def _held(batch: Batch) -> Batch:
    held = Batch.objects.select_for_update().filter(pk=batch.pk).first()
    if held is None:
        raise Refusal("post.no_letters")
    return held


def _must_not_be_posted(batch: Batch) -> None:
    if batch.posted_on:
        raise Refusal("post.posted_already", day=batch.posted_on)


def _must_be_possible(batch: Batch, day: date) -> None:
    made = timezone.localtime(batch.made_at).date()
    if day > timezone.localdate():
        raise Refusal("post.day_to_come")
    if day < made:
        raise Refusal("post.day_before", day=made)
