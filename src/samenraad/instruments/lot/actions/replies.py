"""Saying yes or no to a letter, by whichever way, and changing one's mind until the last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.models import Answered, Draw, Invitation, Lot, Outreach
from samenraad.instruments.lot.queries.replies import why_closed
from samenraad.instruments.lot.rules import replies as rules
from samenraad.ledger.actions import note
from samenraad.people.models import Channel, Person
from samenraad.processes.actions import take_part
from samenraad.processes.models import Contribution
from samenraad.questionnaires import actions as questionnaires
from samenraad.questionnaires.models import AnswerSet
from samenraad.refusals import Refusal

YES, NO = Invitation.Reply.YES, Invitation.Reply.NO


@transaction.atomic
def begin(*, invitation: Invitation, language: str) -> AnswerSet | None:
    """The draft of the questions to who says yes; None when nothing is asked. A draft is no answer yet."""
    held = locked(invitation)
    _must_be_open(held.lot)
    if held.lot.questionnaire is None:
        return None
    answers = questionnaires.begin(
        questionnaire=held.lot.questionnaire, person=held.person, language=language, test=held.test
    )
    if held.answers_id != answers.pk:
        held.answers = answers
        held.save(update_fields=["answers"])
    return answers


@transaction.atomic
def say_yes(
    *,
    invitation: Invitation,
    channel: str = Channel.WEB,
    keyed_by: Person | None = None,
    day: date | None = None,
    values: Mapping[str, Any] | None = None,
    doubt: str = "",
    outreach: Outreach | None = None,
) -> Invitation:
    """Yes: from now on this person can be drawn.

    On the website the questions were answered before, page by page; who keys in a call or a card brings all answers
    at once in `values`. Doing it twice is one yes.
    """
    held = locked(invitation)
    _must_be_open(held.lot, day, keyed=keyed_by is not None)
    held.answers = _handed_in(held, channel, keyed_by, values)
    held.reason, held.curious = "", False
    return _settle(held, YES, channel, keyed_by, day, doubt, outreach)


@transaction.atomic
def say_no(
    *,
    invitation: Invitation,
    reason: str = "",
    curious: bool = False,
    channel: str = Channel.WEB,
    keyed_by: Person | None = None,
    day: date | None = None,
    doubt: str = "",
    outreach: Outreach | None = None,
) -> Invitation:
    """No, with a reason if one wants; and whether the result is welcome all the same. Doing it twice is one no."""
    held = locked(invitation)
    _must_be_open(held.lot, day, keyed=keyed_by is not None)
    if held.answers is not None:
        questionnaires.take_back(answers=held.answers)
    held.reason, held.curious = reason, curious
    return _settle(held, NO, channel, keyed_by, day, doubt, outreach)


@transaction.atomic
def take_back(*, invitation: Invitation, channel: str = Channel.WEB, keyed_by: Person | None = None) -> Invitation:
    """As if nothing was answered yet: neither yes nor no. The letter keeps its code."""
    held = locked(invitation)
    if not held.reply:
        return held
    _must_be_open(held.lot)
    _emptied(held)
    note("lot.reply_taken_back", held.lot.step, thread=held.lot.step.process, who=keyed_by or held.person,
        channel=channel,
    )  # fmt: skip
    return held


@transaction.atomic
def reach(*, invitation: Invitation, large_print: bool = False, **contact: str) -> Invitation:
    """How to reach this person: phone, e-mail and, for who moved, street, postcode and city. What is not given stays
    as it is."""
    held = locked(invitation)
    person = held.person
    for name, value in contact.items():
        setattr(person, name, value)
    if contact and person is not None:
        person.save(update_fields=list(contact))
    held.large_print = large_print
    held.save(update_fields=["large_print"])
    return held


@transaction.atomic
def watch(*, lot: Lot, source: str, trap: bool, seconds: float) -> str:
    """Whether an answer from the website is doubtful, and why. Where it came from is forgotten after a day."""
    now = timezone.now()
    Answered.objects.filter(moment__lt=now - timedelta(days=1)).delete()
    recent = Answered.objects.filter(lot_id=lot.pk, source=source, moment__gt=now - timedelta(hours=1)).count()
    Answered.objects.create(lot_id=lot.pk, source=source)
    return rules.doubt(trap=trap, seconds=seconds, from_source=recent)


def tidy_up() -> int:
    """Where answers came from is forgotten after a day. Harmless to do twice."""
    return Answered.objects.filter(moment__lt=timezone.now() - timedelta(days=1)).delete()[0]


# --- answers that are set apart -----------------------------------------------------------------------------------


@transaction.atomic
def try_out(*, lot: Lot, by: Person) -> Invitation:
    """An invitation with which an organiser walks through the pages. It never counts, and gets no letter."""
    found, _new = Invitation.objects.get_or_create(
        lot=lot, person=by,
        defaults={"test": True, "doubt": Invitation.Doubt.TRIAL, "source": Invitation.Source.TARGETED},
    )  # fmt: skip
    return found


@transaction.atomic
def let_in(*, invitation: Invitation, by: Person | None) -> Invitation:
    """Somebody looked at it, and it counts. What the town tried out itself never does."""
    held = locked(invitation)
    if held.doubt == Invitation.Doubt.TRIAL:
        raise Refusal("lot.trial_never_counts")
    if not held.test:
        return held
    _must_not_be_frozen(held.lot)
    held.test, held.doubt = False, ""
    AnswerSet.objects.filter(pk=held.answers_id or 0).update(test=False)
    day = timezone.localtime(held.replied_at).date() if held.replied_at else None
    held.contribution = _contribution(held, held.keyed_by or by, day)
    held.save()
    note("lot.reply_let_in", held.lot.step, thread=held.lot.step.process, who=by, channel=held.channel)
    return held


@transaction.atomic
def throw_out(*, invitation: Invitation, by: Person | None) -> None:
    """It was no real answer. Who has the letter can still answer it; what was tried out goes altogether."""
    held = locked(invitation)
    if not held.test:
        return
    doubt, answers = held.doubt, held.answers_id
    if doubt == Invitation.Doubt.TRIAL:
        held.delete()
    else:
        held.test, held.doubt, held.answers = False, "", None
        _emptied(held)
    AnswerSet.objects.filter(pk=answers or 0).delete()
    note("lot.reply_thrown_out", held.lot.step, thread=held.lot.step.process, who=by, doubt=doubt)


# --- the parts ----------------------------------------------------------------------------------------------------


def locked(invitation: Invitation) -> Invitation:
    """The row as it is now, ours alone until the transaction ends. What belongs to it is read after the lock: read
    together, PostgreSQL would give it as it was before somebody else let go."""
    Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    rows = Invitation.objects.filter(pk=invitation.pk, person__isnull=False, person__forgotten_at=None)
    held = rows.select_related("person", "answers", "contribution", "lot__step__process", "lot__questionnaire").first()
    if held is None:
        raise Refusal("lot.nobody_there")
    return held


def _must_be_open(lot: Lot, day: date | None = None, *, keyed: bool = False) -> None:
    """Live: until the very minute. What staff key in was answered on a day that lies within the term."""
    if not keyed:
        closed = why_closed(lot)
        if closed is not None:
            raise closed
        return
    _must_not_be_frozen(lot)
    step, today = lot.step, timezone.localdate()
    opens, closes = (timezone.localtime(moment).date() if moment else None for moment in (step.opens, step.closes))
    why_not = rules.why_not_on(day or today, opens, closes, today)
    if why_not == "in_future":
        raise Refusal("lot.day_in_future")
    if why_not == "not_open":
        raise Refusal("lot.replies_later", day=opens) if opens else Refusal("lot.replies_soon")
    if why_not == "closed":
        raise Refusal("lot.replies_closed", day=closes)


def _must_not_be_frozen(lot: Lot) -> None:
    frozen = Draw.objects.filter(lot_id=lot.pk).values_list("frozen_at", flat=True).first()
    if frozen:
        raise Refusal("lot.pool_frozen", day=timezone.localtime(frozen).date())


def _handed_in(
    held: Invitation, channel: str, keyed_by: Person | None, values: Mapping[str, Any] | None
) -> AnswerSet | None:
    """The answers to the questions, complete; nothing when nothing is asked."""
    asked = held.lot.questionnaire
    if asked is None:
        return None
    if values is not None:
        return questionnaires.take_down(
            questionnaire=asked, person=held.person, values=values, channel=channel, by=keyed_by, test=held.test,
            language=held.person.language if held.person else "nl",
        )  # fmt: skip
    if held.answers is None:
        raise Refusal("lot.questions_first")
    return questionnaires.hand_in(answers=held.answers)


def _settle(
    held: Invitation, reply: str, channel: str, keyed_by: Person | None, day: date | None, doubt: str,
    outreach: Outreach | None,
) -> Invitation:  # fmt: skip
    is_new = (held.reply, held.channel) != (reply, channel)
    if doubt and not held.reply:  # later, the person was let in already
        held.test, held.doubt = True, doubt
        AnswerSet.objects.filter(pk=held.answers_id or 0).update(test=True)
    if is_new:
        held.replied_at = _moment(day)
    held.reply, held.channel, held.keyed_by = reply, channel, keyed_by
    held.outreach = held.outreach or outreach
    held.contribution = _contribution(held, keyed_by, day)
    held.save()
    if is_new and not held.test:
        note("lot.replied", held.lot.step, thread=held.lot.step.process, who=keyed_by or held.person, channel=channel)
    return held


def _moment(day: date | None) -> datetime:
    if day is None or day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))


def _contribution(held: Invitation, keyed_by: Person | None, day: date | None) -> Contribution | None:
    """Who says yes takes part, and so does who says no but wants to hear the result; nobody does so twice."""
    before = held.contribution
    if held.test or not (held.reply == YES or held.curious):
        _withdraw(before)
        return before
    now = take_part(
        step=held.lot.step, person=held.person, channel=held.channel, entered_by=keyed_by, day=day if keyed_by else None
    )
    if before is not None and before.pk != now.pk:
        _withdraw(before)
    return now


def _withdraw(contribution: Contribution | None) -> None:
    if contribution is not None and contribution.withdrawn_at is None:
        contribution.withdrawn_at = timezone.now()
        contribution.save(update_fields=["withdrawn_at"])


def _emptied(held: Invitation) -> None:
    _withdraw(held.contribution)
    if held.answers is not None:
        questionnaires.take_back(answers=held.answers)
    held.reply, held.reason, held.curious, held.channel = "", "", False, ""
    held.replied_at, held.keyed_by = None, None
    held.save()
