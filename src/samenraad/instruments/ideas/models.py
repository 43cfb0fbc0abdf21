"""What an idea has besides its text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samenraad.processes.models import Proposal


class Idea(models.Model):
    proposal = models.OneToOneField(Proposal, models.CASCADE, primary_key=True, related_name="idea")
    theme = models.CharField(_("theme"), max_length=80, blank=True, db_index=True)
    photo = models.ImageField(_("photo"), upload_to="ideas/", blank=True)
    photo_alt = models.CharField(_("what the photo shows"), max_length=240, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    reference = models.CharField(
        max_length=64, blank=True, help_text="number on the paper form or in the imported list"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_point_lies_on_earth",
            )
        ]

    def __str__(self) -> str:
        return str(self.proposal)
