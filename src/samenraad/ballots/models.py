"""What everybody may know of a vote: its rules, the size of its roll, its result. Nothing about a single voter."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.ballots.rules.codes import ALPHABET
from samenraad.processes.models import Step


def new_key() -> str:
    """The public name of a vote: in board, slips and receipts, and in both other databases."""
    return "".join(secrets.choice(ALPHABET) for _n in range(10)).lower()


class Vote(models.Model):
    """One vote of one step. First its rules and the roll are frozen and published, then it opens with the step."""

    step = models.OneToOneField(Step, models.PROTECT, related_name="vote")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    least_together = models.PositiveSmallIntegerField(
        _("ballots that go into the box together"), default=20, help_text=_("so many hide one another; at least 20")
    )
    rules = models.JSONField(default=dict, blank=True, help_text="what was fixed in public, as it stood when frozen")
    entitled = models.PositiveIntegerField(default=0, help_text="people on the frozen roll")
    areas = models.JSONField(default=dict, blank=True, help_text="people on the frozen roll per neighbourhood")
    roll_root = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="the order on the roll was last wiped out")
    sealed_at = models.DateTimeField(null=True, blank=True, help_text="the box was closed, and its order wiped out")
    seed = models.CharField(_("seed of the drawn order"), max_length=200, blank=True)
    seed_how = models.CharField(_("how the seed was made"), max_length=240, blank=True)
    result = models.TextField(blank=True, help_text="result.json, byte for byte")
    explained = models.JSONField(default=dict, blank=True, help_text="beside the result: neighbourhoods, robustness")
    counted_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when the last checkpoint went to the subscribers")
    told_size = models.PositiveIntegerField(default=0, help_text="lines of the board under that checkpoint")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(least_together__gte=20), name="ballots_go_into_the_box_by_twenty"),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | ~Q(roll_root=""), name="a_frozen_roll_has_its_fingerprint"
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None) | (Q(sealed_at__isnull=False) & ~Q(seed="")),
                name="counting_comes_after_sealing_and_the_seed",
            ),
        ]

    def __str__(self) -> str:
        return f"vote {self.key}"

    @property
    def is_open(self) -> bool:
        """Ballots are taken: frozen, within the dates of the step, and not sealed."""
        return self.frozen_at is not None and self.sealed_at is None and self.step.is_open


class Subscriber(models.Model):
    """A mailbox that gets every signed checkpoint of the board: the supervision committee, a newspaper, anybody."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="subscribers")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=160, blank=True)
    committee = models.BooleanField(default=False, help_text="the organiser wrote it down: supervision")
    language = models.CharField(max_length=8, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, help_text="who does not confirm is forgotten after a week")
    token = models.CharField(max_length=32, unique=True, help_text="confirms and ends the subscription")
    confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["vote", "email"]
        constraints = [models.UniqueConstraint(fields=["vote", "email"], name="a_mailbox_subscribes_once_to_a_vote")]

    def __str__(self) -> str:
        return self.name or self.email
