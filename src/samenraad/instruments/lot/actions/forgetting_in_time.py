"""What is not kept any longer than was said: files that wait halfway, numbers, people who never answered or said no for
good."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samenraad.instruments.lot.actions.register import drop, empty_keys
from samenraad.instruments.lot.models import Extract, Invitation, Lot
from samenraad.instruments.lot.queries.register import busy, read_in
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post.models import Batch, Message
from samenraad.questionnaires.models import AnswerSet

#: who is owed nothing any more
DONE_WITH = Q(reply="") | Q(reply=Invitation.Reply.NO, curious=False)
#: days that a file may wait halfway
HALFWAY = 14
BATCH = 500


def forget_in_time(today: date) -> list[str]:
    """What the clock asks. Harmless to do twice, also at once; it may be stopped anywhere."""
    done = {
        "extracts thrown away": _drop_extracts(),
        "register numbers emptied": _empty_keys(),
        "people without a part in a lot forgotten": sum(map(forget_the_silent, _over(today))),
    }
    return [f"{count} {what}" for what, count in done.items() if count]


def _over(today: date) -> list[Lot]:
    """Lots whose day has come, and that still know somebody who has no part in them."""
    silent = Invitation.objects.filter(DONE_WITH, person__isnull=False).values("lot")
    return list(Lot.objects.filter(keep_until__lte=today, pk__in=silent).select_related("step__process"))


def _drop_extracts() -> int:
    old = Extract.objects.filter(content__isnull=False, made_at__lt=timezone.now() - timedelta(days=HALFWAY))
    waiting = [one for one in old.defer("content").select_related("lot") if not busy(one.lot, one)]
    for extract in waiting:
        drop(extract=extract)
    return len(waiting)


def _empty_keys() -> int:
    """Of lots whose register is gone: on its day the clock of the people destroys it."""
    lots = Lot.objects.filter(pk__in=Invitation.objects.exclude(key="").values("lot"))
    kept = [lot for lot in lots if lot.extracts.exclude(register=None).exists() and not read_in(lot).exists()]
    return sum(map(empty_keys, kept))


def forget_the_silent(lot: Lot) -> int:
    """Everybody who never answered or said no for good: who they are goes, that somebody was invited and what they
    answered stays, and so do all counts."""
    silent = Invitation.objects.filter(DONE_WITH, lot=lot, person__isnull=False).order_by("pk")
    count = 0
    while part := list(silent.values_list("pk", "person_id")[:BATCH]):
        count += _forget_some([pk for pk, _person in part], [person for _pk, person in part if person])
    if count:
        note("lot.silent_forgotten", lot.step, thread=lot.step.process, people=count)
    return count


@transaction.atomic
def _forget_some(invitations: list[int], people: list[int]) -> int:
    """Who takes part in anything else stays known there, and is only let go here."""
    only_here = Person.objects.filter(
        pk__in=people, account=None, contributions=None, memberships=None, roles=None, marks=None, attendances=None
    ).exclude(invitations__in=Invitation.objects.exclude(pk__in=invitations))
    gone = list(only_here.values_list("pk", flat=True))
    AnswerSet.objects.filter(person__in=gone).delete()
    _empty_post(gone)
    Invitation.objects.filter(pk__in=invitations).update(person=None, key="", home="")
    Person.objects.filter(pk__in=gone).delete()
    return len(invitations)


def _empty_post(people: list[int]) -> None:
    """As `post` forgets one person, for many at once."""
    messages = Message.objects.filter(person__in=people)
    waiting = messages.filter(state=Message.State.WAITING)
    if waiting.update(state=Message.State.CANCELLED, settled_at=timezone.now(), batch=None):
        Batch.objects.filter(posted_on=None, messages=None).delete()
    messages.update(address={}, subject="", body="", extra={}, trouble="")
