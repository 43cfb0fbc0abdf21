"""Gatherings in time and place, and the elections before which a town keeps silent."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Person
from samenraad.processes.models.plan import Process, Step
from samenraad.texts import TranslatedField


class Meeting(models.Model):
    """A gathering in time and place: session, evening, table."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="meetings")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="meetings")
    title = TranslatedField(_("title"))
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"), null=True, blank=True)
    address = models.CharField(_("where"), max_length=240, blank=True)
    is_public = models.BooleanField(_("everybody may come"), default=True)

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="a_meeting_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class Attendance(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.CASCADE, related_name="attendances")
    present = models.BooleanField(null=True)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_per_meeting")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.meeting_id}"


class Election(models.Model):
    """Data for the second clock: the days before an election in which a town keeps silent (R107). Editable."""

    country = models.CharField(_("country"), max_length=2)
    level = models.CharField(_("which election"), max_length=80)
    day = models.DateField(_("day"))
    silent_days = models.PositiveSmallIntegerField(_("silent days before it"), default=21)
    source = models.CharField(_("source"), max_length=240, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["country", "level", "day"], name="one_election_per_day_and_level")
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.day}"

    @property
    def silent_from(self) -> date:
        return self.day - timedelta(days=self.silent_days)
