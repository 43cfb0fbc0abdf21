"""What an idea has besides its text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Channel, Person
from samenraad.processes.models import Proposal, Step


class Idea(models.Model):
    proposal = models.OneToOneField(Proposal, models.CASCADE, primary_key=True, related_name="idea")
    step = models.ForeignKey(Step, models.PROTECT, related_name="ideas", help_text="as the proposal's own")
    theme = models.CharField(_("theme"), max_length=80, blank=True, db_index=True)
    photo = models.ImageField(_("photo"), upload_to="ideas/", blank=True)
    photo_alt = models.CharField(_("what the photo shows"), max_length=240, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    reference = models.CharField(
        max_length=64, blank=True, help_text="number on the paper form or in the imported list"
    )
    once = models.UUIDField(
        null=True, blank=True, unique=True, help_text="of the form it was sent with: two clicks are one idea"
    )

    class Meta:
        indexes = [models.Index(fields=["step", "theme"], name="idea_theme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_point_lies_on_earth",
            ),
            models.UniqueConstraint(
                fields=["step", "reference"], condition=~Q(reference=""), name="a_form_is_keyed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal)


class Keyword(models.Model):
    """A stem that an idea is about: the index with which similar ideas are found without reading them all."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="keywords")
    step = models.ForeignKey(Step, models.CASCADE, related_name="+")
    word = models.CharField(max_length=24)

    class Meta:
        indexes = [models.Index(fields=["step", "word"], name="idea_keyword")]
        constraints = [models.UniqueConstraint(fields=["idea", "word"], name="a_keyword_stands_once")]

    def __str__(self) -> str:
        return self.word


class Upload(models.Model):
    """A table of ideas on its way in: nothing is written before all of it is good."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(help_text="emptied once it is read in")
    columns = models.JSONField(default=dict, help_text="what we call it -> the header of the column")
    channel = models.CharField(_("channel"), max_length=16, choices=Channel, default=Channel.PAPER)
    day = models.DateField(_("day"), default=timezone.localdate)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    first_number = models.PositiveIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "sha256"], condition=Q(done_at__isnull=False), name="a_table_is_read_in_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
