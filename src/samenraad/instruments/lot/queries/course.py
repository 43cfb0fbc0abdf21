"""What the card of the lot says: its gate, what may be done now, what waits for the organiser, its first figures."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Figure, Gate, Phase, Todo
from samenraad.instruments.lot.models import Draw, Invitation, Lot
from samenraad.instruments.lot.queries.seats_desk import waiting
from samenraad.instruments.lot.queries.stages import NO, YES, Stage, address, stages, state_of
from samenraad.processes.models import Process, Step, Work

KIND = "lot"


def gate(process: Process) -> list[Gate]:
    """Met when the draw of each lot was held and can be recomputed. A process without a lot has no such gate."""
    steps = [step for step in process.steps.all() if step.kind == KIND]
    if not steps:
        return [Gate(4, _("Lot"), applies=False)]
    drawn = {draw.pk: draw for draw in Draw.objects.light().filter(lot__step__in=steps, drawn_at__isnull=False)}
    open_ones = [step for step in steps if step.pk not in drawn]
    missing = tuple(_("The draw of “{lot}” was not held yet.").format(lot=step) for step in open_ones)
    first = open_ones[0] if open_ones else steps[0]
    days = [timezone.localtime(draw.drawn_at).date() for draw in drawn.values() if draw.drawn_at]
    since = max(days) if days and not missing else None
    return [Gate(4, _("Lot"), missing, since, reverse("lot:desk", args=[first.pk]))]


def phases(step: Step) -> list[Phase]:
    """Who may do what now, and why not."""
    lot = Lot.objects.filter(step=step).first()
    draw = Draw.objects.light().filter(lot__step=step).first()
    invited, staff = _("everybody with a letter"), _("the organisers")
    frozen = _("The rules are frozen.") if lot and lot.is_frozen else ""
    closed = "" if step.is_open else _("Answers are not being taken now.")
    return [
        Phase(_("Making the rules"), staff, not frozen, frozen),
        Phase(_("Answering the letter"), invited, not closed, closed),
        Phase(_("Holding the draw"), staff, not (why := _why_no_draw(draw)), why),
    ]


def _why_no_draw(draw: Draw | None) -> str:
    if draw is None or draw.published_at is None:
        return _("The lottery is not public yet.")
    return _("The draw was held.") if draw.drawn_at else ""


def todo(step: Step, today: date) -> list[Todo]:
    """What waits for the organiser: work that stopped, answers to look at, and the next stage of the road."""
    lot = Lot.objects.filter(step=step).first() or Lot(step=step)
    lot.step = step
    now, desk = state_of(lot), reverse("lot:desk", args=[step.pk])
    found = []
    if now.quarantined:
        text = ngettext("{count} doubtful answer", "{count} doubtful answers", now.quarantined)
        found.append(Todo(text.format(count=now.quarantined), address("lot:replies", step.pk) or desk, _("Look at it")))
    if now.cards:
        text = ngettext("{count} card waits for a second person", "{count} cards wait for a second person", now.cards)
        found.append(Todo(text.format(count=now.cards), address("lot:cards", step.pk) or desk, _("Key it in")))
    stopped = Work.objects.filter(step=step).order_by("-made_at").first()
    if stopped and stopped.state == Work.State.FAILED:
        what = _("{work} stopped").format(work=stopped.name)
        found.append(Todo(what.capitalize(), reverse("processes:work", args=[step.pk, stopped.pk]), _("See why")))
    found += waiting(step, today)
    following = next((stage for stage in stages(lot, now) if stage.state == "now"), None)
    if following and not step.concluded_at:
        due = _due(lot, following)
        found.append(Todo(f"{step}: {following.name}", following.url or desk, _("Go on"), due, following.text))
    return found


def _due(lot: Lot, stage: Stage) -> date | None:
    """The last day of the answers, and the day of the draw, are days of the town."""
    moments = {_("Answers"): lot.step.closes, _("The draw"): lot.draw_at}
    moment = moments.get(stage.name)
    return timezone.localtime(moment).date() if moment else None


def figures(step: Step) -> list[Figure]:
    """What is counted from the first letter on; shares with their intervals stand on the page with the figures."""
    own = Invitation.objects.filter(lot__step=step, test=False)
    lot = Lot.objects.filter(step=step).first()
    return [
        Figure(_("seats"), (lot.seats or 0) if lot else 0),
        Figure(_("invited"), own.count()),
        Figure(_("said yes"), own.filter(reply=YES).count()),
        Figure(_("said no"), own.filter(reply=NO).count()),
    ]
