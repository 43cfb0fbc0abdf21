"""Where a lot is: its gate, what may be done now, what waits for the organiser, and its first figures."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.cards import Figure, Gate, Phase, Todo
from samenraad.instruments.lot.models import Draw, Invitation, Lot
from samenraad.processes.models import Process, Step


def gate(process: Process) -> list[Gate]:
    """Met when the draw of each lot was held and can be recomputed. A process without a lot has no such gate."""
    steps = [step for step in process.steps.all() if step.kind == "lot"]
    if not steps:
        return [Gate(4, _("Lot"), applies=False)]
    drawn = {draw.pk: draw for draw in Draw.objects.filter(lot__step__in=steps, drawn_at__isnull=False)}
    open_ones = [step for step in steps if step.pk not in drawn]
    missing = tuple(_("The draw of “{lot}” was not held yet.").format(lot=step) for step in open_ones)
    first = open_ones[0] if open_ones else steps[0]
    days = [timezone.localtime(draw.drawn_at).date() for draw in drawn.values() if draw.drawn_at]
    since = max(days) if days and not missing else None
    return [Gate(4, _("Lot"), missing, since, reverse("lot:desk", args=[first.pk]))]


def phases(step: Step) -> list[Phase]:
    return []


def todo(step: Step, today: date) -> list[Todo]:
    return []


def figures(step: Step) -> list[Figure]:
    """What is counted from the first letter on; shares with their intervals stand on the page with the figures."""
    own = Invitation.objects.filter(lot__step=step, test=False)
    lot = Lot.objects.filter(step=step).first()
    return [
        Figure(_("seats"), (lot.seats or 0) if lot else 0),
        Figure(_("invited"), own.count()),
        Figure(_("said yes"), own.filter(reply=Invitation.Reply.YES).count()),
        Figure(_("said no"), own.filter(reply=Invitation.Reply.NO).count()),
    ]
