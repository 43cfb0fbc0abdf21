"""That somebody took part, the texts they brought, and who stands behind each text."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Channel, Person, Place
from samenraad.processes.models.plan import Step


class Contribution(models.Model):
    """That somebody took part, and by which channel. What they brought stands elsewhere."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="contributions")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="contributions")
    channel = models.CharField(max_length=16, choices=Channel, default=Channel.WEB)
    day = models.DateField(default=timezone.localdate)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "person", "channel"],
                condition=Q(person__isnull=False),
                name="one_contribution_per_person_and_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step_id}/{self.pk} {self.channel}"


def digest_of(title: str, text: str) -> str:
    """The fingerprint of a text as it was handed in: SHA-256 of title, newline, text, in UTF-8."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


class Proposal(models.Model):
    """A text that can travel: an idea, a signal, a petition, a recommendation, a budget project."""

    class Status(models.TextChoices):
        PUBLIC = "public", _("public")
        HIDDEN = "hidden", _("hidden")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        WITHDRAWN = "withdrawn", _("withdrawn")

    step = models.ForeignKey(Step, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(max_length=8, default="nl")
    sha256 = models.CharField(max_length=64)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="proposals")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    status = models.CharField(max_length=16, choices=Status, default=Status.PUBLIC)
    status_reason = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    supporters = models.PositiveIntegerField(default=0, help_text="counted in the same transaction as each support")
    comments = models.PositiveIntegerField(default=0, help_text="visible comments, counted likewise")

    class Meta:
        ordering = ["step", "number"]
        indexes = [
            models.Index(fields=["step", "status", "-made_at"], name="proposal_newest"),
            models.Index(fields=["step", "status", "-supporters"], name="proposal_most_supported"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="a_number_is_given_once"),
            models.CheckConstraint(
                condition=Q(merged_into=None, status__in=["public", "hidden", "withdrawn", "split"])
                | Q(merged_into__isnull=False, status="merged"),
                name="what_is_merged_says_into_what",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nothing_merges_into_itself"),
            models.CheckConstraint(
                condition=~Q(status__in=["hidden", "split"]) | ~Q(status_reason=""),
                name="hiding_a_text_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Source(models.Model):
    """Who stands behind a text: kept through every merge and carry.

    When a text is merged or carried, its sources are copied to the text that takes it up, and `origin` keeps
    saying to which text the person really contributed.
    """

    class Part(models.TextChoices):
        AUTHOR = "author", _("author")
        SUPPORTER = "supporter", _("supporter")
        COMMENTER = "commenter", _("commenter")

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="sources")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sources")
    part = models.CharField(max_length=12, choices=Part)
    origin = models.ForeignKey(Proposal, models.CASCADE, related_name="spread")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "proposal", "part", "origin"],
                name="a_source_stands_once_behind_a_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.part} of {self.proposal_id}"
