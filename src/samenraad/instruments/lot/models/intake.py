"""The register extract on its way in, and the long work done in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.models.plan import Lot
from samenraad.people.models import Person, Register


class Extract(models.Model):
    """A file from the population register. Its bytes go as soon as it is read in; what was read in is a
    `people.Register`, of those who can be invited only, and is destroyed on its day."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="extracts")
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, help_text="packed; emptied once it is read in or thrown away")
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict, help_text="what we call it -> the header of the column")
    leave_out = models.JSONField(default=list, help_text="[[column, value], ...]: rows with that value get no letter")
    values = models.JSONField(default=dict, help_text="dimension -> {how the register writes it: our value}")
    checked_at = models.DateTimeField(null=True, blank=True)
    counted = models.JSONField(default=dict, help_text="rows, people, and left out by reason")
    problems = models.JSONField(default=list, help_text="[[line, code and column], ...] of the dry run")
    register = models.OneToOneField(Register, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class ColumnProfile(models.Model):
    """How one kind of extract is read, kept for the next time: there is no fixed format."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    columns = models.JSONField(default=dict)
    leave_out = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Work(models.Model):
    """Long work in the background: how far it is, and how it ended. One of a kind at a time per lot.

    A worker that was killed leaves `running` behind without a heartbeat; then it may be started again.
    """

    class Kind(models.TextChoices):
        CHECK = "check", _("checking the register")
        IMPORT = "import", _("reading in the register")
        INVITE = "invite", _("drawing the addressees")
        LETTERS = "letters", _("making letters")
        LOTTERY = "lottery", _("making the lottery")
        SUBSTITUTES = "substitutes", _("choosing the substitutes")
        REHEARSAL = "rehearsal", _("rehearsing")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", _("being done")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="works")
    kind = models.CharField(max_length=12, choices=Kind)
    about = models.CharField(max_length=40, blank=True, help_text="what it works on, e.g. extract:3")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=40, blank=True)
    share = models.FloatField(default=0.0)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=60, blank=True, help_text="of the refusal with which it stopped")
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "kind"], condition=Q(state__in=["waiting", "running"]), name="one_work_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="a_share_of_work_lies_between_zero_and_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
