"""The public page of a vote, ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.urls import reverse

from samenraad.ballots.models import Vote
from samenraad.instruments.preferendum.models import Ballot, Indicator, Option, Preferendum, Rule, Standing
from samenraad.instruments.preferendum.queries.outcome import Verdict, verdicts
from samenraad.instruments.preferendum.queries.rules import draft, fingerprint
from samenraad.instruments.preferendum.queries.wording import counting
from samenraad.processes.models import Proposal
from samenraad.texts import Translated, translated
from samenraad.ui.formats import percent


@dataclass(frozen=True)
class Card:
    """One option as voters read it."""

    number: str
    title: str
    text: str
    language: str
    sha256: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    source: Proposal | None = None
    story: str = ""

    @property
    def unchanged(self) -> bool:
        """Word for word what it was where it came from."""
        return self.source is not None and self.source.sha256 == self.sha256


@dataclass(frozen=True)
class Said:
    """One goal, and how one will see that it was reached."""

    text: Translated
    measured: str


@dataclass(frozen=True)
class Page:
    """The rules as they were fixed, or as they stand now, and what can be done with them."""

    preferendum: Preferendum
    vote: Vote
    rules: Mapping[str, Any]

    @property
    def frozen(self) -> bool:
        return self.vote.frozen_at is not None

    @property
    def is_over(self) -> bool:
        step = self.preferendum.step
        return step.state in (step.State.CLOSED, step.State.CONCLUDED)

    @cached_property
    def cards(self) -> list[Card]:
        sources = _sources(self.preferendum)
        return [_card(option, sources.get(option["id"])) for option in self.rules["options"]]

    @cached_property
    def withdrawn(self) -> list[Proposal]:
        """Taken off the ballot, with the reason."""
        gone = Proposal.objects.filter(option__preferendum=self.preferendum, status=Proposal.Status.WITHDRAWN)
        return list(gone.order_by("number"))

    @property
    def question(self) -> Translated:
        return translated(self.rules["question"])

    @property
    def ballot(self) -> Any:
        return Ballot(self.rules["ballot"]).label

    @property
    def rule(self) -> Any:
        return Rule(self.rules["rule"]).label

    @property
    def counting(self) -> tuple[Any, ...]:
        return counting(self.rules)

    @property
    def scale(self) -> list[Translated]:
        return [translated(word) for word in self.rules["scale"]]

    @property
    def agreeing(self) -> list[Translated]:
        """The words that mean: agree."""
        return self.scale[-self.rules["agreeing"] :] if self.rules["scale"] else []

    @property
    def standing(self) -> Any:
        return Standing(self.rules.get("standing", Standing.ADVISORY)).label

    @property
    def pledge(self) -> Translated:
        return translated(self.rules["pledge"])

    @property
    def tie(self) -> Translated:
        return translated(self.rules["tie"])

    @property
    def threshold(self) -> float | None:
        return share(self.rules["threshold"]) if self.rules["rule"] == Rule.PREFERENDUM else None

    @property
    def graded(self) -> float | None:
        return share(self.rules["graded"])

    @property
    def expected(self) -> float | None:
        return share(self.rules["expected"])

    @property
    def approval(self) -> float | None:
        return share(self.rules["approval"])

    @property
    def sha256(self) -> str:
        return fingerprint(dict(self.rules))

    @property
    def moved(self) -> bool:
        """The dates are no longer those that were fixed."""
        step = self.preferendum.step
        fixed = [self.rules["opens"], self.rules["closes"]]
        return self.frozen and fixed != [_iso(step.opens), _iso(step.closes)]

    @property
    def opens(self) -> datetime | None:
        return datetime.fromisoformat(self.rules["opens"]) if self.rules["opens"] else None

    @property
    def closes(self) -> datetime | None:
        return datetime.fromisoformat(self.rules["closes"]) if self.rules["closes"] else None

    @property
    def goals(self) -> list[Said]:
        return [_goal(goal) for goal in self.rules.get("goals", ())]

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return verdicts(self.vote)


def page(preferendum: Preferendum) -> Page:
    """Ready, with its vote; before the rules are fixed as they stand now."""
    vote = preferendum.step.vote
    return Page(preferendum, vote, vote.rules or draft(preferendum))


def share(part: str) -> float | None:
    """ "1/2" is half; nothing said is nothing."""
    return float(Fraction(part)) if part else None


def lines(texts: Any) -> tuple[str, ...]:
    """Arguments, one on each line."""
    return tuple(line.strip() for line in str(translated(texts)).splitlines() if line.strip())


def _goal(goal: Mapping[str, Any]) -> Said:
    indicator = Indicator(goal["indicator"]).label if goal.get("indicator") else ""
    least = percent(goal["least"] / 100, 0) if goal.get("least") is not None else ""
    told = [str(part) for part in (goal.get("measured_by"), indicator, least) if part]
    return Said(translated(goal["text"]), " · ".join(told))


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _sources(preferendum: Preferendum) -> dict[str, Proposal]:
    rows = Option.objects.filter(preferendum=preferendum, proposal__carried_from__isnull=False)
    found = rows.select_related("proposal__carried_from__step")
    return {option.id_on_the_ballot: option.proposal.carried_from for option in found if option.proposal.carried_from}


def _card(option: Mapping[str, Any], source: Proposal | None) -> Card:
    story = reverse("followup:story", args=[source.pk]) if source else ""
    return Card(
        option["id"], option["title"], option["text"], option["language"], option["sha256"],
        lines(option["for"]), lines(option["against"]), source, story,
    )  # fmt: skip
