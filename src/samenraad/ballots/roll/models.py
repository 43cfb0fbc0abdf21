"""Who may vote: a keyed digest of each code, its neighbourhood, and whether it was used. No moment, no sequence."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One code. Its digest is random to whoever lacks the key, so the order of the digests says nothing."""

    class State(models.IntegerChoices):
        UNUSED = 0
        ONLINE = 1
        PAPER = 2
        BLOCKED = 3

    digest = models.CharField(max_length=64, primary_key=True)
    vote = models.CharField(max_length=12)
    holder = models.CharField(max_length=64, blank=True, help_text="keyed digest of the number in the register")
    area = models.CharField(max_length=80, blank=True)
    state = models.PositiveSmallIntegerField(choices=State, default=State.UNUSED)
    later = models.BooleanField(default=False, help_text="given out after the roll was frozen, for a lost letter")

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["vote", "holder"], name="roll_of_a_vote")]

    def __str__(self) -> str:
        return self.digest[:8]


class Turned(models.Model):
    """How many ballots were refused because the code was used already: counted, never described."""

    vote = models.CharField(max_length=12)
    channel = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "channel"], name="one_count_per_vote_and_channel")]

    def __str__(self) -> str:
        return f"{self.vote} {self.channel}: {self.count}"
