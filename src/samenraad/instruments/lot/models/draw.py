"""The lottery that is published, and the draw from it; and the rehearsal, which is neither."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samenraad.instruments.lot.models.plan import Lot
from samenraad.people.models import Person

#: of a draw, what is megabytes or private: few pages read any of it
HEAVY = ("salt", "pool", "rules", "lottery", "chances", "report", "keys", "transcript")


class DrawRows(models.QuerySet["Draw"]):
    def light(self, *needed: str) -> Self:
        """Without what is heavy or private, but for what is named here."""
        return self.defer(*(name for name in HEAVY if name not in needed))


class Draw(models.Model):
    """One draw per lot. First `pool` freezes, then the lottery is made and published, and only then chance speaks.

    The texts are the very bytes that everybody can download: `methods/sortition/draw` makes and checks them.
    `salt` and `keys` are private. What is published is never changed.
    """

    lot = models.OneToOneField(Lot, models.PROTECT, primary_key=True, related_name="draw")
    salt = models.CharField(max_length=64, help_text="hexadecimal; makes the codes")
    pool = models.JSONField(default=list, help_text="[[lot number, features, household], ...] as frozen; private")
    terms = models.JSONField(default=dict, help_text="seats, limits and kind of chance, as frozen with the pool")
    frozen_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    rules = models.TextField(blank=True, help_text="rules.json")
    lottery = models.TextField(blank=True, help_text="lottery.csv")
    chances = models.TextField(blank=True, help_text="chances.csv")
    report = models.JSONField(default=dict, help_text="figures of the report, ready to be shown")
    keys = models.JSONField(default=list, help_text="[[lot number, code, secret, row], ...]; private")
    seal = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    randomness = models.JSONField(default=dict, help_text="what chance brought, and who threw or spoke")
    number = models.PositiveIntegerField(null=True, blank=True)
    transcript = models.TextField(blank=True, help_text="transcript.json")
    witnesses = models.TextField(blank=True)
    outcome = models.JSONField(default=list, help_text="[[dimension, group, how many were drawn], ...]")
    drawn_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(max_length=64, blank=True, help_text="of the substitutes; follows from the transcript")
    recounted = models.PositiveIntegerField(default=0, help_text="how often it was recomputed here, and agreed")

    objects = DrawRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None) | (~Q(lottery="") & ~Q(rules="") & ~Q(seal="")), name="a_lottery_is_sealed"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(made_at__isnull=False), name="made_before_it_is_published"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | (Q(published_at__isnull=False, number__isnull=False) & ~Q(transcript="")),
                name="published_before_it_is_drawn",
            ),
        ]

    def __str__(self) -> str:
        return str(self.lot)


class Rehearsal(models.Model):
    """The whole lot on invented people. It has a table of its own, so that it can never touch the real draw."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="rehearsals")
    seed = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict, help_text="stage by stage, ready to be shown")

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.lot} {self.made_at:%Y-%m-%d}"
