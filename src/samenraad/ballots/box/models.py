"""What was voted. No person, no code, no moment, no order: every key is random."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Ticket(models.Model):
    """That a ballot came in on some code: a second keyed digest of it. Unique, so a code gives one ballot."""

    digest = models.CharField(max_length=64, primary_key=True)
    vote = models.CharField(max_length=12)
    channel = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["vote"], name="tickets_of_a_vote")]

    def __str__(self) -> str:
        return self.digest[:8]


class Waiting(models.Model):
    """A whole ballot until enough others wait with it; sealed with a key that is not in the database."""

    key = models.CharField(max_length=32, primary_key=True)
    vote = models.CharField(max_length=12)
    tracker = models.CharField(max_length=20, unique=True)
    sealed = models.TextField()

    class Meta:
        verbose_name_plural = "waiting"
        indexes = [models.Index(fields=["vote"], name="waiting_of_a_vote")]

    def __str__(self) -> str:
        return self.key[:8]


class Slip(models.Model):
    """One answer on one thing, torn off its ballot. Its key is the commitment that stands on the public board."""

    commitment = models.CharField(max_length=64, primary_key=True)
    vote = models.CharField(max_length=12)
    about = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    area = models.CharField(max_length=80, blank=True)
    nonce = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["vote", "about"], name="slips_about_one_thing")]

    def __str__(self) -> str:
        return self.commitment[:8]


class Head(models.Model):
    """Where the board of a vote ends. Who appends holds this row."""

    vote = models.CharField(max_length=12, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    closed = models.BooleanField(default=False, help_text="nothing comes into the box any more")

    def __str__(self) -> str:
        return f"{self.vote}: {self.number}"


class Line(models.Model):
    """A line of the public board. The database refuses to alter or remove it."""

    vote = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    text = models.TextField(help_text="the line itself: JSON, byte for byte")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the line; the next line holds it")
    leaf = models.CharField(max_length=64, help_text="its leaf in the tree of the checkpoints")

    class Meta:
        ordering = ["vote", "number"]
        constraints = [models.UniqueConstraint(fields=["vote", "number"], name="a_line_of_the_board_has_its_number")]

    def __str__(self) -> str:
        return f"{self.vote}/{self.number}"


class Tracker(models.Model):
    """A receipt on the board, so that it can be found without reading the board."""

    tracker = models.CharField(max_length=20, primary_key=True)
    vote = models.CharField(max_length=12)
    line = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.tracker


class Checkpoint(models.Model):
    """How the board stood: signed, sent to who asked for it, and printed in the minutes."""

    vote = models.CharField(max_length=12)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    ballots = models.PositiveIntegerField()
    day = models.DateField()
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["vote", "size"]
        constraints = [models.UniqueConstraint(fields=["vote", "size"], name="one_checkpoint_per_size")]

    def __str__(self) -> str:
        return f"{self.vote} at {self.size}"


class Sheet(models.Model):
    """A paper ballot as it was typed in by two people, and by a third where they differ. Its number is printed on it
    and nowhere else; it says nothing about who filled it in."""

    class State(models.TextChoices):
        ONCE = "once"
        DIFFERENT = "different"
        ACCEPTED = "accepted"

    number = models.CharField(max_length=20, primary_key=True)
    vote = models.CharField(max_length=12)
    area = models.CharField(max_length=80, blank=True)
    first = models.JSONField(default=dict)
    second = models.JSONField(null=True, blank=True)
    third = models.JSONField(null=True, blank=True)
    first_by = models.PositiveBigIntegerField(help_text="who typed it: a number in the town's own database")
    second_by = models.PositiveBigIntegerField(null=True, blank=True)
    third_by = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.ONCE)

    class Meta:
        indexes = [models.Index(fields=["vote", "state"], name="sheets_of_a_vote")]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=models.F("first_by")), name="two_people_type_a_sheet"
            )
        ]

    def __str__(self) -> str:
        return self.number
