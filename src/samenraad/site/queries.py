"""What the town's own pages show: what goes on, what is late, what was answered, what changed, what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Moment
from samenraad.followup.models import Measure, Update
from samenraad.followup.queries.overdue import all_handovers, waiting_handovers
from samenraad.processes.ladder import Influence, influence
from samenraad.processes.models import Process, Promise, Step
from samenraad.processes.queries import Here, here, moments
from samenraad.ui.pieces import Figure

#: so many processes are looked at for one page; a town that has more of them leads on to its plan
MOST = 40
FEW = 8


@dataclass(frozen=True)
class Row:
    """One process as the town's pages show it. `stage`: open, waiting, late, doing, coming or complete."""

    process: Process
    stage: str
    here: Here
    influence: Influence
    url: str
    #: in a few words what goes on: "give ideas", "wait for the answer"
    doing: str
    until: date | datetime | None = None
    action: str = ""
    action_url: str = ""
    opens: datetime | None = None
    who: object = ""
    days_late: int = 0


@dataclass(frozen=True)
class Late:
    """An answer that should have been there."""

    process: Process
    body: str
    count: int
    due: date
    days: int
    reason: str
    until: date | None
    url: str


@dataclass(frozen=True)
class Answered:
    """What came back last."""

    process: Process
    body: str
    day: date
    days_early: int
    figures: tuple[Figure, ...]
    count: int
    url: str


@dataclass(frozen=True)
class Changed:
    """A measure that is done or under way, and the last thing that was said about it."""

    measure: Measure
    process: Process
    update: Update
    url: str

    @property
    def done(self) -> bool:
        return self.update.state == Measure.State.DONE


def rows(*, closed: bool = False) -> list[Row]:
    """Public processes with their place on the loop, in a fixed number of queries. Newest first."""
    chosen = Process.objects.filter(published_at__isnull=False).select_related("place")
    if not closed:
        doing = Q(measures__state=Measure.State.RUNNING)
        chosen = chosen.filter(Q(closed_at=None) | doing).distinct()
    promised = Prefetch("promises", Promise.objects.select_related("body"))
    found = list(chosen.prefetch_related("steps", promised, "overrides", "room").order_by("-published_at")[:MOST])
    for process in found:
        for step in process.steps.all():
            step.process = process
    known, now = moments(found), timezone.now()
    return [_row(process, known[process.pk], now) for process in found]


def _row(process: Process, known: Sequence[Moment], now: datetime) -> Row:
    place = here(process, _passed(process), known, now)[0]
    stage = _stage(process, place, known)
    action, action_url = _action(place, stage)
    late = (timezone.localdate() - place.until).days if stage == "late" and isinstance(place.until, date) else 0
    return Row(
        process=process, stage=stage, here=place, influence=influence(process), doing=_doing(place, stage, late),
        url=reverse("processes:show", args=[process.slug]), until=place.until, action=action, action_url=action_url,
        opens=_opens(place, process, now), who=place.moment.who if place.moment else "", days_late=late,
    )  # fmt: skip


def _passed(process: Process) -> set[int]:
    """Of the first three gates; no process becomes public without the first two."""
    promised = any(promise.published_at for promise in process.promises.all())
    return {1, 2} | ({3} if promised else set()) | {override.gate for override in process.overrides.all()}


def _stage(process: Process, place: Here, known: Sequence[Moment]) -> str:
    if process.closed_at:
        return "doing" if any(one.place == "measures" and one.state in {"now", "late"} for one in known) else "complete"
    if place.step:
        return "open"
    if place.moment:
        waits = place.moment.place == "answer"
        return ("late" if place.state == "late" else "waiting") if waits else "doing"
    return "coming"


def _doing(place: Here, stage: str, days_late: int) -> str:
    if stage == "open" and place.step:
        return str(place.step.card.verb or place.step.title)
    if stage == "late":
        return ngettext("{days} day late", "{days} days late", days_late).format(days=days_late)
    return {
        "waiting": _("waits for an answer"), "doing": _("is being carried out"), "coming": _("is being prepared"),
        "complete": _("complete"),
    }[stage]  # fmt: skip


def _action(place: Here, stage: str) -> tuple[str, str]:
    if stage == "open" and place.step:
        card = place.step.card
        return capfirst(str(card.verb or place.step.title)), card.url(place.step)
    if stage == "waiting" and place.moment:
        return _("See what is being answered"), place.moment.url
    return "", ""


def _opens(place: Here, process: Process, now: datetime) -> datetime | None:
    """When the first step that is still to come begins."""
    if place.next_step:
        return place.next_step.opens
    planned = [step.opens for step in process.steps.all() if step.opens and step.state_at(now) == Step.State.PLANNED]
    return min(planned, default=None)


def late() -> list[Late]:
    """Answers that are late; the longest first."""
    today = timezone.localdate()
    return [
        Late(
            one.process, str(one.body), one.count, one.due, (today - one.due).days,  # type: ignore[attr-defined]
            one.delay_reason, one.delay_until, reverse("followup:answers", args=[one.process.slug]),
        )
        for one in waiting_handovers().filter(due__lt=today)[:FEW]
    ]  # fmt: skip


def answered(limit: int = 3) -> list[Answered]:
    """The last answers, with their figures."""
    found = all_handovers().filter(answered_at__isnull=False).order_by("-answered_at")
    return [_answered(one) for one in found[:limit]]


def _answered(one: Any) -> Answered:
    day = timezone.localtime(one.answered_at).date()
    forwarded = ngettext(
        "{count} goes to another authority", "{count} go to another authority", one.forwarded
    ).format(count=one.forwarded)  # fmt: skip
    figures = (
        Figure(one.count, _("proposals of residents")),
        Figure(one.adopted, _("adopted"), "adopted"),
        Figure(one.partly, _("adopted in part"), "partly"),
        Figure(one.rejected, _("rejected, with the reason"), "rejected"),
        Figure(0, _("without an answer"), note=forwarded if one.forwarded else ""),  # they become public all at once
    )
    url = reverse("followup:answers", args=[one.process.slug])
    return Answered(one.process, str(one.body), day, (one.due - day).days, figures, one.count, url)


def changed(done: int = 3, running: int = 2) -> list[Changed]:
    """What was done lately because of residents, and what is under way: the newest word on each measure."""
    states = [Measure.State.DONE, Measure.State.RUNNING]
    updates = (
        Update.objects.filter(state__in=states, measure__process__published_at__isnull=False)
        .filter(measure__answer__item__handover__answered_at__isnull=False)
        .select_related("measure__process", "measure__answer__item__proposal")
        .order_by("-day", "-id")[:MOST]
    )
    newest: dict[int, Update] = {}
    for update in updates:
        newest.setdefault(update.measure_id, update)
    finished = [one for one in newest.values() if one.state == Measure.State.DONE][:done]
    others = [one for one in newest.values() if one.state != Measure.State.DONE][:running]
    return [Changed(one.measure, one.measure.process, one, _story(one)) for one in finished + others]


def _story(update: Any) -> str:
    """Where one reads how it came to this measure."""
    return reverse("followup:story", args=[update.measure.answer.item.proposal_id])
