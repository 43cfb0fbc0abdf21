"""What the card of a preferendum says: what may be done now, what waits for the organiser, figures and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.ballots.models import Vote
from samenraad.cards import Figure, Moment, Phase, Todo
from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.instruments.preferendum.queries.outcome import outcome
from samenraad.instruments.preferendum.queries.stages import Stage, State, stages, state_of
from samenraad.processes.models import Process, Proposal, Step, Work
from samenraad.ui.formats import number

KIND = "preferendum"
#: days before the first day to vote on which the rules must stand: letters take time
SOON = 21


def phases(step: Step) -> list[Phase]:
    """Who may do what now, and why not."""
    vote = Vote.objects.filter(step=step).first()
    frozen = bool(vote and vote.frozen_at)
    voters, staff = _("everybody with a code"), _("the organisers")
    fixed = _("The rules are fixed.") if frozen else ""
    closed = "" if vote and vote.is_open else _("There is no voting now.")
    early = "" if vote and vote.sealed_at else _("The ballot box is not sealed yet.")
    return [
        Phase(_("Making the rules and the options"), staff, not fixed, fixed),
        Phase(_("Voting"), voters, not closed, closed),
        Phase(_("Counting, and counting again"), _("everybody"), not early, early),
    ]


def todo(step: Step, today: date) -> list[Todo]:
    """What waits for the organiser: work that stopped, and the next stage of the road."""
    if step.concluded_at:
        return []
    desk = reverse("preferendum:desk", args=[step.pk])
    preferendum = Preferendum.objects.filter(step=step).first()
    if preferendum is None:
        return [Todo(_("{step}: choose the kind of vote").format(step=step), desk, _("Begin"), _local(step.opens))]
    preferendum.step = step
    now = state_of(preferendum)
    return [*_stopped(step), *_next(now, desk, today)]


def _next(now: State, desk: str, today: date) -> Iterator[Todo]:
    following = next((stage for stage in stages(now) if stage.state == "now"), None)
    if following is None:
        return
    step = now.preferendum.step
    due = _due(now, following)
    yield Todo(_what(now, following, today), following.url or desk, _("Go on"), due, following.text, str(step))


def _what(now: State, following: Stage, today: date) -> str:
    """In words, when the days press."""
    step, opens = now.preferendum.step, _local(now.preferendum.step.opens)
    if not now.frozen and opens and (opens - today).days <= SOON:
        return _("{step} opens soon, and its rules are not fixed yet").format(step=step)
    if now.frozen and now.letters_waiting and not now.is_over:
        return _("{step}: the letters are not made yet").format(step=step)
    if now.is_over and not now.vote.seed and now.frozen:
        return _("{step} is over: make the seed in public, then count").format(step=step)
    if now.vote.counted_at and not now.handed_over:
        return _("{step} is counted: hand the outcome over").format(step=step)
    return f"{step}: {following.name}"


def _due(now: State, following: Stage) -> date | None:
    """Everything before the vote is due when it opens."""
    step = now.preferendum.step
    if now.is_over:
        return None
    return _local(step.closes) if now.vote.is_open and not now.letters_waiting else _local(step.opens)


def _stopped(step: Step) -> Iterator[Todo]:
    work = Work.objects.filter(step=step).order_by("-made_at").first()
    if work and work.state == Work.State.FAILED:
        what = _("{work} stopped").format(work=work.name)
        yield Todo(what.capitalize(), reverse("processes:work", args=[step.pk, work.pk]), _("See why"))


def figures(step: Step) -> list[Figure]:
    """What everybody may know. While people vote nobody knows how many did."""
    vote = Vote.objects.filter(step=step).first()
    options = Option.objects.filter(preferendum__step=step, proposal__status=Proposal.Status.PUBLIC).count()
    counted = outcome(vote)
    return [
        Figure(_("options on the ballot"), options),
        Figure(_("people may vote"), vote.entitled if vote else 0),
        Figure(_("ballots counted"), counted.get("ballots", 0)),
    ]


def moments(processes: Sequence[Process]) -> dict[int, list[Moment]]:
    """The vote that goes on or is to come, and the count; the ledger tells what was done."""
    found: dict[int, list[Moment]] = defaultdict(list)
    rows = Vote.objects.filter(step__process__in=processes, step__kind=KIND, counted_at=None)
    for vote in rows.exclude(frozen_at=None).select_related("step"):
        found[vote.step.process_id] += _moments(vote)
    return dict(found)


def _moments(vote: Vote) -> Iterator[Moment]:
    step = vote.step
    url = reverse("preferendum:show", args=[step.pk])
    if step.state == step.State.PLANNED and step.opens:
        title = _("{count} people can vote").format(count=number(vote.entitled))
        yield Moment(title, "later", _local(step.opens), url=url, link=str(step))
    if step.closes:
        text = _("First the seed that decides ties, in public; then the count. Everybody can count again.")
        now = step.state in (step.State.CLOSED, step.State.CONCLUDED)
        yield Moment(_("The votes will be counted"), "now" if now else "later", _local(step.closes), text=text, url=url)


def _local(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
