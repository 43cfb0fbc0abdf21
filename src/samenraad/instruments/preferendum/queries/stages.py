"""The road of a vote, from its rules to its result: which stage is done, which comes now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.ballots.models import Vote
from samenraad.ballots.roll.models import Entry
from samenraad.followup.models import Item
from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.instruments.preferendum.queries.missing import missing
from samenraad.instruments.preferendum.queries.rules import on_the_ballot
from samenraad.refusals import Refusal
from samenraad.ui.formats import number

#: refusals that are settled on the page of the options
ABOUT_OPTIONS = ("few_options", "many_options", "ranked_too_many", "same_title", "text_changed")

#: refusals that are settled on the pages of the process and of the step
ABOUT_THE_PROCESS = (
    "process.gate_unmet", "preferendum.no_question", "preferendum.no_dates", "preferendum.over",
    "preferendum.not_public",
)  # fmt: skip


@dataclass(frozen=True)
class State:
    """All that the stages follow from, in a fixed number of queries."""

    preferendum: Preferendum
    vote: Vote
    options: list[Option]
    missing: list[Refusal] = field(default_factory=list)
    roll: int = 0
    letters_waiting: int = 0
    handed_over: bool = False

    @property
    def frozen(self) -> bool:
        return self.vote.frozen_at is not None

    @property
    def is_over(self) -> bool:
        step = self.vote.step
        return step.state in (step.State.CLOSED, step.State.CONCLUDED)

    @property
    def about_options(self) -> list[Refusal]:
        return [one for one in self.missing if one.code.removeprefix("preferendum.") in ABOUT_OPTIONS]

    @property
    def about_rules(self) -> list[Refusal]:
        rest = [one for one in self.missing if one not in self.about_options]
        return [one for one in rest if one.code not in ABOUT_THE_PROCESS]


@dataclass(frozen=True)
class Stage:
    """One line of the road: what it is, how it stands, and where one goes on. Locked ones say why."""

    name: str
    state: str  # adopted (done), now, planned
    word: str
    text: str
    url: str = ""
    why_not: str = ""


def state_of(preferendum: Preferendum) -> State:
    vote = preferendum.step.vote
    options = on_the_ballot(preferendum)
    if vote.frozen_at:
        return State(
            preferendum, vote, options, roll=vote.entitled, letters_waiting=vote.envelopes.count(),
            handed_over=Item.objects.filter(proposal__step=vote.step).exists(),
        )  # fmt: skip
    roll = Entry.objects.filter(vote=vote.key).exclude(state=Entry.State.BLOCKED).count()
    return State(preferendum, vote, options, missing(preferendum, options), roll)


def stages(now: State) -> list[Stage]:
    return [_rules(now), _options(now), _roll(now), _frozen(now), _letters(now), _open(now), _count(now), _result(now)]


def _stage(name: str, done: bool, ready: bool, text: str, url: str, why_not: str = "") -> Stage:
    if done:
        return Stage(name, "adopted", _("done"), text, url)
    if ready:
        return Stage(name, "now", _("to do now"), text, url)
    return Stage(name, "planned", _("later"), text, url, why_not)


def _rules(now: State) -> Stage:
    kind, step = now.preferendum, now.preferendum.step
    text = f"{kind.get_ballot_display()} · {kind.get_rule_display()}"
    url = reverse("preferendum:plan" if not now.frozen else "preferendum:rules", args=[step.pk])
    return _stage(_("Rules"), now.frozen or not now.about_rules, True, text, url)


def _options(now: State) -> Stage:
    count = len(now.options)
    text = ngettext("{count} option", "{count} options", count).format(count=count)
    done = now.frozen or not now.about_options
    return _stage(_("Options"), done, True, text, reverse("preferendum:options", args=[now.preferendum.pk]))


def _roll(now: State) -> Stage:
    text = ngettext("{count} person may vote", "{count} people may vote", now.roll).format(count=number(now.roll))
    return _stage(
        _("List of voters"), now.frozen or now.roll > 0, True, text if now.roll else "",
        address("ballots:roll", now.vote.key),
    )  # fmt: skip


def _frozen(now: State) -> Stage:
    ready = now.roll > 0 and not now.missing
    why = _("First settle what is missing below.") if now.missing else _("First make the list of who may vote.")
    text = _("public since {day}").format(day=_day(now.vote.frozen_at)) if now.frozen else ""
    url = reverse("preferendum:freeze", args=[now.preferendum.pk])
    return _stage(_("Rules and list, fixed and public"), now.frozen, ready, text, url, why)


def _letters(now: State) -> Stage:
    waiting = now.letters_waiting
    text = ngettext("{count} letter is not made yet", "{count} letters are not made yet", waiting)
    return _stage(
        _("Letters"), now.frozen and not waiting, now.frozen, text.format(count=number(waiting)) if waiting else "",
        address("ballots:letters", now.vote.key), _("First fix the rules and the list."),
    )  # fmt: skip


def _open(now: State) -> Stage:
    step, why = now.preferendum.step, _("First fix the rules and the list.")
    text = ""
    if step.opens and step.closes:
        text = _("from {opens} until {closes}").format(opens=_day(step.opens), closes=_day(step.closes))
    if now.frozen and not step.is_open and not now.is_over:
        why = _("It opens by itself.")
    url = reverse("preferendum:show", args=[step.pk])
    if now.vote.is_open:
        return Stage(_("Voting"), "now", _("going on"), text, url)
    return _stage(_("Voting"), now.frozen and now.is_over, False, text, url, why)


def _count(now: State) -> Stage:
    vote, why = now.vote, _("First people vote. While they do, nobody sees how it goes.")
    text = _("counted on {day}").format(day=_day(vote.counted_at)) if vote.counted_at else ""
    if not text and vote.seed:
        text = _("the seed is made: {seed}").format(seed=vote.seed)
    url = address("preferendum:count", now.preferendum.pk) or address("ballots:count", vote.key)
    return _stage(_("Seed and count"), vote.counted_at is not None, now.frozen and now.is_over, text, url, why)


def _result(now: State) -> Stage:
    text = _("handed over") if now.handed_over else ""
    counted = now.vote.counted_at is not None
    page = "hand_over" if counted and not now.handed_over else "result"
    url = address(f"preferendum:{page}", now.preferendum.pk)
    return _stage(_("Result and hand-over"), counted and now.handed_over, counted, text, url, _("First count."))


def address(name: str, *args: object) -> str:
    """Nothing as long as there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""
