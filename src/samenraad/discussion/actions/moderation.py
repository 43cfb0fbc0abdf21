"""Reporting, and what a moderator does with it. Who wrote something always hears why it was hidden."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samenraad.discussion import rules
from samenraad.discussion.actions.talk import count, held_comment
from samenraad.discussion.models import Comment, Hiding, Report
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post.actions import queue
from samenraad.processes.actions.part import held
from samenraad.processes.models import Contribution, Process, Proposal, Source
from samenraad.refusals import Refusal

Thing = Comment | Proposal


@transaction.atomic
def report(*, thing: Thing, reason: str, person: Person | None = None) -> Report:
    """Tell the moderators that something breaks the house rules. One person reports one thing once."""
    reason = reason.replace("\r\n", "\n").strip()
    if not reason:
        raise Refusal("discussion.empty")
    if len(reason) > rules.LONGEST:
        raise Refusal("discussion.too_long", longest=rules.LONGEST, length=len(reason))
    about = _named(thing)
    if person is None:
        made, new = Report.objects.create(**about, reason=reason), True
    else:
        made, new = Report.objects.get_or_create(**about, person=person, defaults={"reason": reason})
    if new:
        note(f"{_word(thing)}.reported", thing, thread=process_of(thing), who=person, number=_text(thing).number)
    return made


@transaction.atomic
def hide(*, thing: Thing, kind: str, reason: str, by: Person) -> Hiding:
    """Take it out of sight. The kind of reason is public; the reason itself goes to who wrote it."""
    reason = reason.replace("\r\n", "\n").strip()
    if len(reason) < rules.SHORTEST_REASON:
        raise Refusal("discussion.reason_needed", shortest=rules.SHORTEST_REASON)
    thing = _held(thing)
    if isinstance(thing, Comment):
        _hide_comment(thing, reason, by)
    else:
        _hide_text(thing, reason)
    process = process_of(thing)
    hiding = Hiding.objects.create(process=process, kind=kind, reason=reason, by=by, **_named(thing))
    _handle(thing, Report.State.HIDDEN)
    _tell_hidden(thing, hiding)
    note(f"{_word(thing)}.hidden", thing, thread=process, who=by, number=_text(thing).number, kind=kind)
    return hiding


def _hide_comment(comment: Comment, reason: str, by: Person) -> None:
    if comment.withdrawn_at:
        raise Refusal("discussion.withdrawn")
    if comment.hidden_at:
        raise Refusal("discussion.already_hidden")
    count(comment, -1)
    comment.hidden_at, comment.hidden_by, comment.hidden_reason = timezone.now(), by, reason
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])


def _hide_text(proposal: Proposal, reason: str) -> None:
    if proposal.status == Proposal.Status.HIDDEN:
        raise Refusal("discussion.already_hidden")
    if proposal.status != Proposal.Status.PUBLIC:
        raise Refusal("proposal.not_public")
    proposal.status, proposal.status_reason = Proposal.Status.HIDDEN, reason
    proposal.save(update_fields=["status", "status_reason"])


@transaction.atomic
def restore(*, thing: Thing, by: Person) -> Thing:
    """It was hidden by mistake: it stands there again, and who wrote it hears so."""
    thing = _held(thing)
    hiding = Hiding.objects.filter(**_named(thing), lifted_at=None).first()
    if isinstance(thing, Comment):
        _restore_comment(thing)
    else:
        _restore_text(thing)
    if hiding:
        hiding.lifted_at = timezone.now()
        hiding.save(update_fields=["lifted_at"])
        _tell_restored(thing, hiding)
    note(f"{_word(thing)}.restored", thing, thread=process_of(thing), who=by, number=_text(thing).number)
    return thing


def _restore_comment(comment: Comment) -> None:
    if not comment.hidden_at:
        raise Refusal("discussion.not_hidden")
    if not comment.withdrawn_at:
        count(comment, +1)
    comment.hidden_at, comment.hidden_by, comment.hidden_reason = None, None, ""
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])


def _restore_text(proposal: Proposal) -> None:
    if proposal.status != Proposal.Status.HIDDEN:
        raise Refusal("discussion.not_hidden")
    proposal.status, proposal.status_reason = Proposal.Status.PUBLIC, ""
    proposal.save(update_fields=["status", "status_reason"])


@transaction.atomic
def keep(*, thing: Thing, by: Person) -> int:
    """Looked at, and nothing is wrong with it. How many reports that answers."""
    thing = _held(thing)
    handled = _handle(thing, Report.State.KEPT)
    if handled:
        note(f"{_word(thing)}.kept", thing, thread=process_of(thing), who=by, number=_text(thing).number)
    return handled


def _handle(thing: Thing, state: str) -> int:
    waiting = Report.objects.filter(**_named(thing), state=Report.State.OPEN)
    return waiting.update(state=state, handled_at=timezone.now())


def _held(thing: Thing) -> Thing:
    return held_comment(thing) if isinstance(thing, Comment) else held(thing)


def _named(thing: Thing) -> dict[str, Thing]:
    return {_word(thing): thing}


def _word(thing: Thing) -> str:
    return "comment" if isinstance(thing, Comment) else "proposal"


def _text(thing: Thing) -> Proposal:
    return thing.proposal if isinstance(thing, Comment) else thing


def process_of(thing: Thing) -> Process:
    return _text(thing).step.process


def _writers(thing: Thing) -> list[Contribution]:
    """Who wrote it, each person once."""
    if isinstance(thing, Comment):
        found = [thing.contribution]
    else:
        sources = Source.objects.filter(proposal=thing, part=Source.Part.AUTHOR)
        found = [source.contribution for source in sources.select_related("contribution__person")]
    return list({one.person_id: one for one in found if one.person_id}.values())


def _tell_hidden(thing: Thing, hiding: Hiding) -> None:
    def words() -> tuple[str, str]:
        title = _text(thing).title
        if isinstance(thing, Comment):
            subject = _("We hid your comment on “{title}”").format(title=title)
        else:
            subject = _("We hid your text “{title}”").format(title=title)
        body = _(
            "{subject}. Others can no longer read it.\n\n"
            "What is wrong with it: {kind}.\n\n"
            "The moderator writes: {reason}\n\n"
            "Do you see it otherwise? Answer this message or call us. Then somebody else looks at it."
        )
        return subject, body.format(subject=subject, kind=hiding.get_kind_display(), reason=hiding.reason)

    _tell(thing, f"hidden:{hiding.pk}", words)


def _tell_restored(thing: Thing, hiding: Hiding) -> None:
    def words() -> tuple[str, str]:
        subject = _("What you wrote about “{title}” can be read again").format(title=_text(thing).title)
        return subject, subject + ".\n\n" + _("We had hidden it, and that was not right. We are sorry.")

    _tell(thing, f"restored:{hiding.pk}", words)


def _tell(thing: Thing, key: str, words: Callable[[], tuple[str, str]]) -> None:
    """By the channel they took part by. Who left no address reads it on the page itself, as who wrote it."""
    process = process_of(thing)
    for contribution in _writers(thing):
        person = contribution.person
        if person is None:
            continue
        with translation.override(person.language):
            subject, body = words()
            where = str(process.title)
        with suppress(Refusal):
            queue(
                key=f"{key}:{person.pk}", person=person, channel=contribution.channel, subject=subject, body=body,
                scope=process.thread, extra={"where": where},
            )  # fmt: skip
