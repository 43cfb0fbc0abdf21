"""The long work that is done in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Person
from samenraad.processes.models.plan import Step
from samenraad.processes.shelf import shelf
from samenraad.refusals import Refusal

#: the states of work that has not ended
UNDERWAY = ["waiting", "running"]


class Work(models.Model):
    """Long work in the background: how far it is, and how it ended. One of a kind at a time per step.

    What kinds there are, the cards say (`jobs`). A worker that was killed leaves `running` behind without a heartbeat;
    then it may be started again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        RUNNING = "running", _("being done")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped")

    step = models.ForeignKey(Step, models.CASCADE, related_name="works")
    kind = models.CharField(max_length=40, help_text="as it stands on a card, e.g. lot.import")
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
                fields=["step", "kind"], condition=Q(state__in=UNDERWAY), name="one_work_of_a_kind_per_step"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="a_share_of_work_lies_between_zero_and_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def name(self) -> str:
        """What its card calls it; the kind itself when no card knows it any more."""
        try:
            return str(shelf().job(self.kind).name)
        except Refusal:
            return self.kind

    @property
    def is_underway(self) -> bool:
        return self.state in UNDERWAY
