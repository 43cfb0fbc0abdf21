"""What a collection comes to in numbers, and what waits for its organiser."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Figure, Todo
from samenraad.followup.models import Item
from samenraad.people.models import Channel
from samenraad.processes.models import Contribution, Proposal, Step


def figures(step: Step) -> list[Figure]:
    """Counted from what is there; nobody's name is needed for it, so forgetting somebody changes nothing."""
    status = Proposal.Status
    counts = Proposal.objects.filter(step=step).aggregate(
        given=Count("pk"),
        open=Count("pk", filter=Q(status=status.PUBLIC)),
        merged=Count("pk", filter=Q(status=status.MERGED)),
        supports=Sum("supporters", filter=Q(status=status.PUBLIC)),
        comments=Sum("comments"),
    )
    parts = Contribution.objects.filter(step=step).order_by()
    channels = dict(parts.values_list("channel").annotate(n=Count("pk")))
    people = parts.aggregate(named=Count("person", distinct=True), nobody=Count("pk", filter=Q(person=None)))
    return [
        Figure(_("ideas came in"), counts["given"]),
        Figure(_("ideas are open now"), counts["open"]),
        Figure(_("went on together with others"), counts["merged"]),
        Figure(_("times support"), counts["supports"] or 0),
        Figure(_("comments"), counts["comments"] or 0),
        Figure(_("people took part"), people["named"] + people["nobody"]),
        *(
            Figure(_("took part: {channel}").format(channel=label), channels.get(value, 0))
            for value, label in Channel.choices
        ),
    ]


def todo(step: Step, today: date | None = None) -> list[Todo]:
    """What waits for the organiser: days running out, tables halfway, ideas that nobody has sent on."""
    today = today or timezone.localdate()
    desk = reverse("ideas:desk", args=[step.pk])
    found = [*_closing(step, desk, today), *_halfway(step)]
    waiting = _not_sent_on(step) if step.state in {Step.State.CLOSED, Step.State.CONCLUDED} else 0
    if waiting:
        what = ngettext("{n} idea waits for what comes next", "{n} ideas wait for what comes next", waiting)
        found.append(
            Todo(what.format(n=waiting), desk, _("Send them on"), detail=_("To a next step, or to who answers."))
        )
    return found


def _closing(step: Step, desk: str, today: date) -> list[Todo]:
    closes = timezone.localtime(step.closes).date() if step.closes else None
    if step.state != Step.State.OPEN or closes is None or (closes - today).days > 7:
        return []
    return [Todo(_("The collection closes soon"), desk, _("See how it goes"), due=closes)]


def _halfway(step: Step) -> list[Todo]:
    uploads = step.uploads.filter(done_at=None).defer("content")
    return [
        Todo(
            _("The table “{name}” is not read in yet").format(name=upload.name),
            reverse("ideas:columns", args=[step.pk, upload.pk]),
            _("Go on"),
        )
        for upload in uploads[:3]
    ]


def _not_sent_on(step: Step) -> int:
    """Open ideas that nobody carried to a next step or handed over."""
    there = Proposal.objects.filter(step=step, status=Proposal.Status.PUBLIC)
    sent = Proposal.objects.filter(carried_from__step=step).values("carried_from")
    handed = Item.objects.filter(proposal__step=step).values("proposal")
    return there.exclude(pk__in=sent).exclude(pk__in=handed).count()
