"""Who sits, who comes next, who was called, who left."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.models.plan import Lot
from samenraad.people.models import Membership, Person


class Reserve(models.Model):
    """A substitute, in the order of the plan."""

    membership = models.OneToOneField(Membership, models.CASCADE, primary_key=True, related_name="reserve")
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="reserves")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["lot", "position"]
        constraints = [models.UniqueConstraint(fields=["lot", "position"], name="one_substitute_per_place")]

    def __str__(self) -> str:
        return f"{self.position}"


class Call(models.Model):
    """One attempt to speak to somebody who was drawn, and what came of it."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("comes")
        DECLINED = "declined", _("does not come")
        LATER = "later", _("decides later")
        MISSED = "missed", _("not reached")
        EXCUSED = "excused", _("sent word")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="calls")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    note = models.CharField(_("note"), max_length=240, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.outcome}"


class Departure(models.Model):
    """Somebody left, after which session, and who came in their place; or the seat stays empty, and why."""

    membership = models.OneToOneField(Membership, models.CASCADE, primary_key=True, related_name="departure")
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="departures")
    day = models.DateField(_("day"), default=timezone.localdate)
    after_session = models.PositiveSmallIntegerField(_("sessions held by then"), default=0)
    before = models.CharField(max_length=16, default=Membership.State.MEMBER, help_text="the state when they left")
    reason = models.CharField(_("reason"), max_length=240, blank=True)
    replaced_by = models.OneToOneField(
        Membership, models.PROTECT, null=True, blank=True, related_name="came_for", verbose_name=_("who came")
    )
    stays_empty = models.BooleanField(default=False)
    explained = models.JSONField(
        default=list, help_text="why this substitute, or why nobody: sentences' codes and facts"
    )

    class Meta:
        ordering = ["lot", "day", "membership"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(stays_empty=False), name="a_filled_seat_is_not_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.day}"
