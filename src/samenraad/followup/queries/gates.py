"""What the gates, the loop and the clocks hear from this room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Gate, Moment
from samenraad.followup.models import Evaluation, Feedback, Handover, Measure
from samenraad.followup.queries.reach import count_untold
from samenraad.processes.models import Process

OPEN = (Measure.State.PLANNED, Measure.State.RUNNING)


def gates(process: Process) -> list[Gate]:
    handovers = list(
        Handover.objects.filter(process=process).select_related("body").annotate(count=Count("items")).order_by("id")
    )
    return [_answer(process, handovers), _feedback(process, handovers)]


def _answer(process: Process, handovers: Sequence[Handover]) -> Gate:
    """Gate 5: everything that was handed over has its answer, with reasons."""
    url = reverse("followup:answers", args=[process.slug])
    waiting = [handover for handover in handovers if not handover.answered_at]
    missing = [
        ngettext(
            "{count} text waits for the answer of {body}.", "{count} texts wait for the answer of {body}.",
            handover.count,  # type: ignore[attr-defined]
        ).format(count=handover.count, body=handover.body)  # type: ignore[attr-defined]
        for handover in waiting
    ]  # fmt: skip
    if not handovers:
        missing = [_("Nothing has been handed over yet.")]
    answered = [handover.answered_at for handover in handovers if handover.answered_at]
    since = timezone.localtime(max(answered)).date() if answered and not waiting else None
    applies = bool(handovers) or process.rung != "inform"
    return Gate(5, _("Answer"), tuple(missing), since=since, url=url, applies=applies)


def _feedback(process: Process, handovers: Sequence[Handover]) -> Gate:
    """Gate 6: the evaluation is public and everybody who took part was told. Counted only when it can be met."""
    url = reverse("followup:feedback_desk", args=[process.slug])
    if process.closed_at:
        return Gate(6, _("Feedback"), since=timezone.localtime(process.closed_at).date(), url=url)
    published = Evaluation.objects.filter(process=process).exclude(published_at=None).values_list("published_at")
    moment = published.first()
    if moment is None:
        return Gate(6, _("Feedback"), (_("The evaluation is not public yet."),), url=url)
    untold = count_untold(process)
    missing = ngettext(
        "{count} person has not been told yet what became of their part.",
        "{count} people have not been told yet what became of their part.",
        untold,
    ).format(count=untold)
    since = None if untold else timezone.localtime(moment[0]).date()
    return Gate(6, _("Feedback"), (missing,) if untold else (), since=since, url=url)


def moments(processes: Sequence[Process]) -> dict[int, list[Moment]]:
    """Hand-over, answer, measures and feedback of many processes, in four queries."""
    by_pk = {process.pk: process for process in processes}
    found: dict[int, list[Moment]] = defaultdict(list)
    today = timezone.localdate()
    handovers = Handover.objects.filter(process__in=by_pk).select_related("body").annotate(count=Count("items"))
    for handover in handovers.order_by("handed_on", "id"):
        found[handover.process_id] += _handover_moments(handover, by_pk[handover.process_id], today)
    for pk, measures in _measures(by_pk).items():
        found[pk].append(_measures_moment(measures, by_pk[pk], today))
    for pk, moment in _feedback_moments(by_pk, found).items():
        found[pk].append(moment)
    return dict(found)


def _handover_moments(handover: Handover, process: Process, today: date) -> list[Moment]:
    url, about = reverse("followup:answers", args=[process.slug]), f"handover:{handover.pk}"
    count: int = handover.count  # type: ignore[attr-defined]
    body = str(handover.body)
    title = _("Handed over to {body}").format(body=body)
    given = Moment(title, "done", handover.handed_on, place="handover", about=about, url=url,
                   link=_("See the list"))  # fmt: skip
    if handover.answered_at:
        day = timezone.localtime(handover.answered_at).date()
        title, link = _("The answer of {body}").format(body=body), _("Read the answers")
        return [given, Moment(title, "done", day, place="answer", about=about, url=url, link=link)]
    late = today > handover.due
    text = ngettext("{count} text lies on the table.", "{count} texts lie on the table.", count).format(count=count)
    waiting = Moment(
        _("An answer of {body}").format(body=body), "late" if late else "now", handover.handed_on, handover.due,
        place="answer", text=text, who=body, url=url, link=_("See what is being answered"),
    )  # fmt: skip
    return [given, waiting]


def _measures(by_pk: dict[int, Process]) -> dict[int, list[Measure]]:
    found = defaultdict(list)
    for measure in Measure.objects.public().filter(process__in=by_pk).only("process_id", "state", "due", "title"):
        found[measure.process_id].append(measure)
    return found


def _measures_moment(measures: Sequence[Measure], process: Process, today: date) -> Moment:
    waiting = sorted((one for one in measures if one.state in OPEN), key=lambda one: one.due)
    done = sum(1 for one in measures if one.state == Measure.State.DONE)
    text = _("{done} of {total} measures are done.").format(done=done, total=len(measures))
    url = reverse("followup:measures", args=[process.slug])
    if not waiting:
        return Moment(_("The measures"), "done", place="measures", text=text, url=url, link=_("See the measures"))
    first = waiting[0]
    text += " " + _("The next one is due on {day}: {title}.").format(
        day=date_format(first.due, "j F Y"), title=first.title
    )
    state = "late" if first.due < today else "now"
    return Moment(
        _("The measures are carried out"), state, until=first.due, place="measures", text=text, url=url,
        link=_("See the measures"),
    )  # fmt: skip


def _feedback_moments(by_pk: dict[int, Process], known: dict[int, list[Moment]]) -> dict[int, Moment]:
    evaluated = dict(
        Evaluation.objects.filter(process__in=by_pk).exclude(published_at=None).values_list("process", "pk")
    )
    waiting = dict(
        Feedback.objects.untold()
        .filter(contribution__step__process__in=by_pk)
        .order_by()
        .values_list("contribution__step__process")
        .annotate(count=Count("contribution", distinct=True))
    )
    return {
        pk: _feedback_moment(process, evaluated.get(pk), waiting.get(pk, 0))
        for pk, process in by_pk.items()
        if any(one.place == "answer" and one.state == "done" for one in known.get(pk, ()))
        or process.closed_at
        or pk in evaluated
    }


def _feedback_moment(process: Process, evaluated: int | None, waiting: int) -> Moment:
    title = _("Everybody who took part hears what became of it")
    if process.closed_at or (evaluated and not waiting):
        day = timezone.localtime(process.closed_at).date() if process.closed_at else None
        url = reverse("followup:learned", args=[process.slug]) if evaluated else ""
        about = f"evaluation:{evaluated}" if evaluated else ""
        return Moment(title, "done", day, place="feedback", about=about, url=url, link=_("Read what we learned"))
    text = ngettext(
        "{count} person is still waiting for word.", "{count} people are still waiting for word.", waiting
    ).format(count=waiting) if waiting else _("The evaluation follows after that.")  # fmt: skip
    return Moment(title, "now", place="feedback", text=text, who=_("the town"))
