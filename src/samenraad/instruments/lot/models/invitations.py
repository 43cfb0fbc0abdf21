"""Who is written to, by which way, and what they answer."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.lot.models.plan import Lot, Value
from samenraad.people.codes import ALPHABET
from samenraad.people.models import Channel, Person
from samenraad.processes.models import Contribution
from samenraad.questionnaires.models import AnswerSet


class Wave(models.Model):
    """One round of letters: how many per group, and the public words that decided who gets one."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(_("public words that decide"), max_length=240)
    seed_by = models.CharField(_("who said them, where and when"), max_length=240)
    plan = models.JSONField(default=dict, help_text="what was wished: letters or seats, certainty, limit")
    receipt = models.JSONField(default=dict, help_text="the public receipt of the draw of addressees, without names")
    digest = models.CharField(max_length=64, blank=True)
    promise_digest = models.CharField(max_length=64, blank=True, help_text="of the promise that stands in the letters")
    drawn_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["lot", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "number"], name="one_wave_per_number"),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | (~Q(digest="") & ~Q(promise_digest="")),
                name="no_letter_before_the_promise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot} {self.number}"


def new_token() -> str:
    return secrets.token_hex(8)


class Outreach(models.Model):
    """One thing done to reach people whom letters do not: ambassadors, a phone round, a stall."""

    class Kind(models.TextChoices):
        AMBASSADOR = "ambassador", _("ambassador")
        PHONE = "phone", _("phone round")
        STALL = "stall", _("stall")
        VISIT = "visit", _("visit at home")
        MEDIA = "media", _("press and social media")
        OTHER = "other", _("something else")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="outreach")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    group = models.ForeignKey(
        Value, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("whom it is for")
    )
    begins = models.DateField(_("from"), default=timezone.localdate)
    ends = models.DateField(_("until"), null=True, blank=True)
    reach = models.PositiveIntegerField(_("people spoken to"), null=True, blank=True)
    hours = models.FloatField(_("hours spent"), null=True, blank=True)
    cost_cents = models.PositiveBigIntegerField(_("cost"), null=True, blank=True)
    token = models.CharField(max_length=16, unique=True, default=new_token, help_text="in the ambassador's link")

    class Meta:
        ordering = ["lot", "begins", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("begins")), name="outreach_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Refusing(models.TextChoices):
    """Why somebody says no: one optional reason (R029)."""

    TIME = "time", _("I have no time")
    DATES = "dates", _("I cannot on these days")
    TRUST = "trust", _("nothing will be done with it")
    NOT_ME = "not_me", _("this is not for people like me, I know too little")
    TOPIC = "topic", _("the subject does not interest me")
    CARE = "care", _("I care for others")
    HEALTH = "health", _("my health")
    LANGUAGE = "language", _("the language")
    OTHER = "other", _("another reason")


LOT_NUMBER = 6


def new_lot_number() -> str:
    """Six signs that can be read aloud: 31**6, about 890 million. Shown as K7F-2Q9."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LOT_NUMBER))


class Invitation(models.Model):
    """One person who was invited, and what they answered. Without a person: who never answered was forgotten.

    `features` are known from the register, by the key of the dimension; what is asked stands in `answers`.
    `test` marks a rehearsed or quarantined answer: it counts for nothing until somebody lets it in.
    """

    class Source(models.TextChoices):
        LOT = "lot", _("drawn by lot")
        TARGETED = "targeted", _("invited on purpose")
        AMBASSADOR = "ambassador", _("through an ambassador")
        OPEN = "open", _("open call")

    class Reply(models.TextChoices):
        YES = "yes", _("said yes")
        NO = "no", _("said no")

    class Doubt(models.TextChoices):
        """Why an answer is set apart until somebody of the town looks at it."""

        TRAP = "trap", _("filled in a field that people do not see")
        FAST = "fast", _("filled in faster than one can read")
        MANY = "many", _("one of very many from the same place")
        TRIAL = "trial", _("tried out by the town itself")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="invitations")
    wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="invitations")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="invitations")
    number = models.CharField(max_length=8, unique=True, default=new_lot_number, help_text="the lot number, K7F2Q9")
    key = models.CharField(max_length=64, blank=True, help_text="number in the register; emptied with it")
    home = models.CharField(max_length=64, blank=True, help_text="keyed digest of the address: who lives together")
    features = models.JSONField(default=dict)
    source = models.CharField(max_length=12, choices=Source, default=Source.LOT)
    outreach = models.ForeignKey(Outreach, models.SET_NULL, null=True, blank=True, related_name="invitations")
    undeliverable_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(max_length=4, choices=Reply, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=16, choices=Channel, blank=True)
    reason = models.CharField(max_length=12, choices=Refusing, blank=True)
    curious = models.BooleanField(default=False, help_text="said no, but wants to hear the result")
    keyed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answers = models.ForeignKey(AnswerSet, models.SET_NULL, null=True, blank=True, related_name="+")
    contribution = models.ForeignKey(Contribution, models.SET_NULL, null=True, blank=True, related_name="+")
    large_print = models.BooleanField(_("letters in large print"), default=False)
    test = models.BooleanField(default=False)
    doubt = models.CharField(max_length=8, choices=Doubt, blank=True, help_text="why it was set apart")

    class Meta:
        ordering = ["lot", "id"]
        indexes = [models.Index(fields=["lot", "reply", "test"], name="lot_replies")]
        constraints = [
            models.UniqueConstraint(fields=["lot", "person"], name="one_invitation_per_person"),
            models.UniqueConstraint(
                fields=["lot", "key"], condition=~Q(key=""), name="one_invitation_per_register_number"
            ),
            models.CheckConstraint(
                condition=Q(reply="") | (Q(replied_at__isnull=False) & ~Q(channel="")),
                name="a_reply_has_moment_and_channel",
            ),
            models.CheckConstraint(condition=Q(reason="") | Q(reply="no"), name="only_a_no_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.spoken_number

    @property
    def spoken_number(self) -> str:
        return f"{self.number[:3]}-{self.number[3:]}"


class Answered(models.Model):
    """Somebody answered on the website: counted per source, to see it when very many come from one place.

    The source is a keyed digest of the address, and goes after a day.
    """

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="+")
    source = models.CharField(max_length=64)
    moment = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["source", "moment"], name="lot_answered_from")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Card(models.Model):
    """A reply card as one member of staff keyed it in. Two different people key it; equal, it counts."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="cards")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["invitation", "id"]
        constraints = [models.UniqueConstraint(fields=["invitation", "by"], name="each_keys_a_card_once")]

    def __str__(self) -> str:
        return f"{self.invitation_id} by {self.by_id}"
