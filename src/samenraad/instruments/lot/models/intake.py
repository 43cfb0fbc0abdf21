"""The register extract on its way in."""

from __future__ import annotations

from django.db import models
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
