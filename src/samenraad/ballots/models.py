"""What everybody may know of a vote: its rules, the size of its roll, its result. Nothing about a single voter."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.ballots import checks as checks  # registers what `samenraad check --deploy` says
from samenraad.ballots.rules.codes import ALPHABET
from samenraad.people.models import Person
from samenraad.processes.models import Step
from samenraad.texts import TranslatedField


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
    keep_roll_days = models.PositiveSmallIntegerField(_("days that the list of voters is kept"), default=90)
    roll_totals = models.JSONField(default=dict, blank=True, help_text="what is left of a destroyed roll: numbers")
    roll_gone_on = models.DateField(null=True, blank=True)
    paper = models.BooleanField(default=False, help_text="paper ballots were printed: sealing waits for them")
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


class Load(models.Model):
    """How the roll came to be: a list of people, or so many codes without a list. The last one that was begun is the
    whole roll. Its file goes as soon as it is read in."""

    class Kind(models.TextChoices):
        LIST = "list", _("a list of people")
        CARDS = "cards", _("codes on cards")
        PUBLIC = "public", _("what was public of a roll that is destroyed")

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="loads")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LIST)
    name = models.CharField(max_length=160, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True, help_text="packed; emptied once it is read in or thrown away")
    checked_at = models.DateTimeField(null=True, blank=True)
    counted = models.JSONField(default=dict, help_text="lines, people, and how many per neighbourhood")
    problems = models.JSONField(default=list, help_text="[[line, code and column], ...] of the dry run")
    begun_at = models.DateTimeField(null=True, blank=True, help_text="codes were being made")
    done_at = models.DateTimeField(null=True, blank=True, help_text="every code is on the roll")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote"], condition=Q(begun_at__isnull=False), name="a_roll_comes_from_one_list"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(begun_at__isnull=False), name="what_is_read_in_was_begun"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Envelope(models.Model):
    """A code and an address until the letter is made: sealed with the key of the roll, which is in no database. Nothing
    in it can be found by name, by number or by code; its key is random, and so is the order of the letters."""

    key = models.CharField(max_length=32, primary_key=True)
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="envelopes")
    sealed = models.TextField()

    def __str__(self) -> str:
        return self.key[:8]


class Mailing(models.Model):
    """What the voting letters say beside the rules of the vote, and how many came back."""

    vote = models.OneToOneField(Vote, models.CASCADE, primary_key=True, related_name="mailing")
    phone = models.CharField(_("phone number for help"), max_length=40, blank=True)
    places = TranslatedField(_("where and when one can vote on paper or at a terminal"), blank=True, long=True)
    signed = models.CharField(_("who signs the letter"), max_length=160, blank=True)
    second_language = models.CharField(_("language on the back of the letter"), max_length=8, blank=True)
    returned = models.PositiveIntegerField(default=0, help_text="letters that came back: counted, not described")

    def __str__(self) -> str:
        return f"letters of {self.vote}"


class Press(models.Model):
    """One press of the button at the desk for stubs: pressed twice, taken in once. Without the code; of today only."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="presses")
    once = models.CharField(max_length=32, help_text="a random word in the form")
    free = models.BooleanField(help_text="the code was free when this was pressed first")
    came_in = models.BooleanField(null=True, help_text="what was answered; empty: cut off halfway")
    day = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name_plural = "presses"
        constraints = [models.UniqueConstraint(fields=["vote", "once"], name="a_press_is_one_press")]

    def __str__(self) -> str:
        return self.once[:8]
