"""What is put to the vote, and how it is counted. Fixed when the vote is frozen; the database does not forget."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samenraad.processes.models import Proposal, Step
from samenraad.texts import TranslatedField


class Ballot(models.TextChoices):
    """What a voter does."""

    RATE = "rate", _("rate every proposal in words, and mark the few that matter most")
    CHOOSE = "choose", _("choose one")
    APPROVE = "approve", _("mark all that are good")
    RANK = "rank", _("put them in order")


class Rule(models.TextChoices):
    """How it is counted. The names are those of `samenraad tally --rule`."""

    PREFERENDUM = "preferendum", _("shared priorities: support and priority side by side")
    MAJORITY_JUDGMENT = "majority-judgment", _("majority judgment: the highest middle grade")
    PLURALITY = "plurality", _("most votes")
    APPROVAL = "approval", _("most marks")
    BORDA = "borda", _("points by place (Borda)")
    MODIFIED_BORDA = "modified-borda", _("points by place, for what was ranked (Modified Borda)")
    CONDORCET = "condorcet", _("who beats every other one to one (Condorcet)")
    SCHULZE = "schulze", _("one to one, strongest paths (Schulze)")
    RANKED_PAIRS = "ranked-pairs", _("one to one, strongest majorities first (ranked pairs)")
    MINIMAX = "minimax", _("one to one, smallest worst defeat (minimax)")
    IRV = "irv", _("the lowest goes out, in rounds (instant run-off)")


class Standing(models.TextChoices):
    """What the outcome is for the council (R273)."""

    ADVISORY = "advisory", _("advice: the council decides, and gives its reasons")
    BINDING = "binding", _("binding: the council said beforehand that it follows the outcome")


class Indicator(models.TextChoices):
    """By what one sees that a goal was reached (R277)."""

    TURNOUT = "turnout", _("enough people vote")
    PREFERENCE = "preference", _("enough voters stand behind the outcome")
    COUNCIL = "council", _("the council adopts the outcome")
    OTHER = "other", _("something else, judged in the evaluation")


#: which rules can count which ballots; the first is the usual one
BALLOTS_OF = {
    Ballot.RATE: (Rule.PREFERENDUM, Rule.MAJORITY_JUDGMENT),
    Ballot.CHOOSE: (Rule.PLURALITY,),
    Ballot.APPROVE: (Rule.APPROVAL,),
    Ballot.RANK: (
        Rule.SCHULZE,
        Rule.RANKED_PAIRS,
        Rule.MINIMAX,
        Rule.CONDORCET,
        Rule.BORDA,
        Rule.MODIFIED_BORDA,
        Rule.IRV,
    ),
}
#: more options than this cannot be ranked in secret: a longer ranking is a fingerprint
MOST_RANKED = 5
MOST_OPTIONS = 30


class Preferendum(models.Model):
    """One vote: its ballot, its rule, and what was promised about it."""

    step = models.OneToOneField(Step, models.PROTECT, primary_key=True, related_name="preferendum")
    ballot = models.CharField(_("what voters do"), max_length=12, choices=Ballot, default=Ballot.RATE)
    rule = models.CharField(_("how it is counted"), max_length=24, choices=Rule, default=Rule.PREFERENDUM)
    scale = models.JSONField(
        _("words of the scale"), default=list, blank=True, help_text=_("from the worst to the best, per language")
    )
    agreeing = models.PositiveSmallIntegerField(
        _("so many of the best words mean: agree"), null=True, blank=True, help_text=_("empty: the upper half")
    )
    most = models.PositiveSmallIntegerField(
        _("how many may be marked"), null=True, blank=True, help_text=_("priorities, or marks; empty: as is usual")
    )
    threshold_percent = models.PositiveSmallIntegerField(_("support that makes a shared priority"), default=50)
    graded_percent = models.PositiveSmallIntegerField(_("part of the ballots that must have rated it"), default=50)
    expected_percent = models.PositiveSmallIntegerField(
        _("turnout that is expected"), null=True, blank=True, help_text=_("per cent of everybody on the list")
    )
    approval_percent = models.PositiveSmallIntegerField(
        _("part of everybody on the list that must be for the winner"), null=True, blank=True
    )
    standing = models.CharField(_("what the outcome is"), max_length=12, choices=Standing, default=Standing.ADVISORY)
    goals = models.JSONField(default=dict, blank=True, help_text='{"<goal>": {"indicator": "turnout", "least": 30}}')
    pledge = TranslatedField(_("what the council promises to do with the outcome"), long=True, blank=True)
    tie = TranslatedField(_("how and when the seed that decides ties is made"), long=True, blank=True)

    class Meta:
        verbose_name_plural = "preferendums"
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold_percent__lte=100, graded_percent__lte=100),
                name="parts_of_a_preferendum_are_per_cents",
            ),
            models.CheckConstraint(
                condition=(Q(expected_percent=None) | Q(expected_percent__lte=100))
                & (Q(approval_percent=None) | Q(approval_percent__lte=100)),
                name="thresholds_of_a_preferendum_are_per_cents",
            ),
        ]

    def __str__(self) -> str:
        return str(self.step)

    @property
    def threshold(self) -> Fraction:
        return Fraction(self.threshold_percent, 100)


class Option(models.Model):
    """One thing to vote on: a text that travelled here unchanged or was written here, with its pros and cons."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, primary_key=True, related_name="option")
    preferendum = models.ForeignKey(Preferendum, models.CASCADE, related_name="options")
    pros = TranslatedField(pgettext_lazy("arguments", "what pleads for it"), long=True, blank=True)
    cons = TranslatedField(pgettext_lazy("arguments", "what pleads against it"), long=True, blank=True)

    class Meta:
        ordering = ["proposal__number"]

    def __str__(self) -> str:
        return str(self.proposal)

    @property
    def id_on_the_ballot(self) -> str:
        return str(self.proposal.number)
