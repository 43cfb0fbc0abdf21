"""What waits for the people of this room: officers, who answers, who prepares, who carries out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Todo
from samenraad.followup.models import UNREACHABLE, Answer, Evaluation, Feedback, Handover, Item, Measure
from samenraad.followup.queries.answer_desk import Hearing, hearing
from samenraad.people.access import scopes
from samenraad.people.models import Membership, Person
from samenraad.post.models import Message
from samenraad.processes.models import Process, Proposal

AHEAD = timedelta(days=30)
QUIET = timedelta(days=90)
RUNNING = (Measure.State.PLANNED, Measure.State.RUNNING)


def own_processes(person: Person | None) -> QuerySet[Process]:
    """The processes that this person organises."""
    where = scopes(person, "officer")
    if "" in where:
        return Process.objects.all()
    return Process.objects.filter(pk__in=[int(one.partition(":")[2]) for one in where if one.startswith("process:")])


def waiting_for(person: Person, today: date) -> list[Todo]:
    return [
        *_rows_to_prepare(person),
        *_answers_to_give(person),
        *_measures_to_tell(person, today),
        *_for_officers(person, today),
    ]


def _rows_to_prepare(person: Person) -> Iterator[Todo]:
    items = Item.objects.filter(
        owner=person, answer=None, handover__answered_at=None, handover__process__closed_at=None
    )
    for item in items.select_related("proposal", "handover__process", "handover__body"):
        yield Todo(
            _("Prepare the answer to number {number}: {title}").format(number=item.number, title=item.proposal.title),
            reverse("followup:answer_item", args=[item.handover_id, item.number]), _("Prepare it"),
            due=item.handover.due, where=str(item.handover.process),
        )  # fmt: skip


def _answers_to_give(person: Person) -> Iterator[Todo]:
    """For the members of the body, and for its secretariat."""
    bodies = Membership.objects.filter(person=person, state=Membership.State.MEMBER, until=None).values("body")
    blank = Count("items", filter=~Exists(Answer.objects.filter(item=OuterRef("items__pk"))))
    waiting = Handover.objects.filter(body__in=bodies, answered_at=None, process__closed_at=None)
    for handover in waiting.select_related("process", "body").annotate(count=Count("items"), blank=blank):
        yield _answer_todo(handover)


def _answer_todo(handover: Handover) -> Todo:
    blank: int = handover.blank  # type: ignore[attr-defined]
    total: int = handover.count  # type: ignore[attr-defined]
    if blank:
        what = ngettext("{count} answer is still blank", "{count} answers are still blank", blank).format(count=blank)
        action, name = _("Answer"), "followup:answer_desk"
    else:
        what = ngettext("{count} answer can become public", "{count} answers can become public", total)
        what, action, name = what.format(count=total), _("Look it over"), "followup:review_answers"
    return Todo(what, reverse(name, args=[handover.pk]), action, due=handover.due, where=str(handover.process))


def _measures_to_tell(person: Person, today: date) -> Iterator[Todo]:
    """What is due soon, what is late, and what nobody heard of for three months."""
    measures = Measure.objects.filter(owner=person, state__in=RUNNING).select_related("process")
    for measure in measures.annotate(last=Max("updates__made_at")).order_by("due"):
        heard = timezone.localtime(measure.last or measure.made_at).date()  # type: ignore[attr-defined]
        if measure.due <= today + AHEAD or heard <= today - QUIET:
            yield Todo(
                _("Say how it stands: {title}").format(title=measure.title),
                reverse("followup:update_measure", args=[measure.pk]), _("Say it"), due=measure.due,
                where=str(measure.process), detail=_("It takes half a minute."),
            )  # fmt: skip


def _for_officers(person: Person, today: date) -> Iterator[Todo]:
    processes = own_processes(person).filter(closed_at=None, published_at__isnull=False)
    yield from _late(processes, today)
    yield from _to_hand_over(processes)
    yield from _to_tell(processes)
    yield from _to_evaluate(processes)


def _late(processes: QuerySet[Process], today: date) -> Iterator[Todo]:
    late = Handover.objects.filter(process__in=processes, answered_at=None, due__lt=today)
    for handover in late.select_related("process", "body"):
        yield Todo(
            _("{body} did not answer in time").format(body=handover.body),
            reverse("followup:answer_desk", args=[handover.pk]), _("See what is missing"), due=handover.due,
            where=str(handover.process), detail=_("The owners and the chair get a reminder every week."),
        )  # fmt: skip


def _to_hand_over(processes: QuerySet[Process]) -> Iterator[Todo]:
    """Every step is over, there are texts, and nothing lies on a table."""
    now = timezone.now()
    running = Q(steps__concluded_at=None) & (Q(steps__closes=None) | Q(steps__closes__gt=now))
    ready = (
        processes.filter(handovers=None)
        .annotate(count=Count("steps", distinct=True), open=Count("steps", filter=running, distinct=True))
        .filter(count__gt=0, open=0)
        .filter(Exists(Proposal.objects.filter(step__process=OuterRef("pk"), status=Proposal.Status.PUBLIC)))
    )
    for process in ready:
        yield Todo(
            _("Hand over what residents brought"), reverse("followup:handover", args=[process.slug]), _("Choose"),
            where=str(process), detail=_("All steps are over. The clock of the answer starts with the hand-over."),
        )  # fmt: skip


def _to_tell(processes: QuerySet[Process]) -> Iterator[Todo]:
    state = Message.State
    counts = (
        Feedback.objects.untold()
        .filter(contribution__step__process__in=processes)
        .order_by()
        .values_list("contribution__step__process")
        .annotate(
            nobody=Count("contribution", filter=Q(message=None) & UNREACHABLE, distinct=True),
            wrong=Count("contribution", filter=Q(message__state__in=[state.FAILED, state.UNSURE]), distinct=True),
        )
    )
    found = [(pk, nobody, wrong) for pk, nobody, wrong in counts if nobody or wrong]
    by_pk = Process.objects.in_bulk([pk for pk, *_rest in found])
    for pk, nobody, wrong in found:
        yield _tell_todo(by_pk[pk], nobody, wrong)


def _tell_todo(process: Process, nobody: int, wrong: int) -> Todo:
    what = ngettext(
        "{count} person cannot be told without you", "{count} people cannot be told without you", nobody + wrong
    ).format(count=nobody + wrong)
    parts = [
        _("{count} without any address").format(count=nobody) if nobody else "",
        _("{count} messages that failed or may have").format(count=wrong) if wrong else "",
    ]
    url = reverse("followup:feedback_desk", args=[process.slug])
    return Todo(what, url, _("See who"), where=str(process), detail=", ".join(filter(None, parts)))


def _to_evaluate(processes: QuerySet[Process]) -> Iterator[Todo]:
    written = Evaluation.objects.filter(process=OuterRef("pk")).exclude(published_at=None)
    open_ = Handover.objects.filter(process=OuterRef("pk"), answered_at=None)
    answered = Handover.objects.filter(process=OuterRef("pk"), answered_at__isnull=False)
    for process in processes.filter(Exists(answered)).exclude(Exists(open_)).exclude(Exists(written)):
        yield Todo(
            _("Write down what was learned"), reverse("followup:evaluation", args=[process.slug]), _("Write"),
            where=str(process), detail=_("Without it the process cannot be closed."),
        )  # fmt: skip


def measures_for(person: Person | None, show: str) -> QuerySet[Measure]:
    """What somebody carries out; officers see all of their processes."""
    own = Q(owner=person) if show == "mine" else Q(owner=person) | Q(process__in=own_processes(person))
    measures = Measure.objects.filter(own).select_related("process", "owner", "answer__item")
    if show == "late":
        measures = measures.filter(state__in=RUNNING, due__lt=timezone.localdate())
    elif show == "done":
        measures = measures.exclude(state__in=RUNNING)
    elif show in {"", "mine"}:
        measures = measures.filter(state__in=RUNNING)
    return measures.prefetch_related("updates").order_by("due", "pk").distinct()


def hearing_of(measure: Measure) -> Hearing:
    """Who will get word of an update."""
    if measure.answer is None or not measure.answer.item.handover.answered_at:
        return Hearing()
    return hearing([measure.answer.item.proposal_id])
