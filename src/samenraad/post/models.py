"""What goes out. Every message exactly once, and nothing lost silently."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Person


class Medium(models.TextChoices):
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    PHONE = "phone", _("phone call")


class Batch(models.Model):
    """Letters that are printed together. The PDF is made when asked for; posting them is confirmed by a person."""

    name = models.CharField(max_length=160)
    scope = models.CharField(max_length=40, blank=True, db_index=True, help_text="of which process the letters are")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    posted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One message to one person.

    waiting -> claimed -> sent. A worker that dies between claiming and confirming leaves `claimed`; after the
    lease that reads as "unsure", and a person decides. It is never sent again by guess.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        UNSURE = "unsure", _("unsure")
        FAILED = "failed", _("not delivered")
        CANCELLED = "cancelled", _("cancelled")

    key = models.CharField(max_length=160, unique=True, help_text="why this message exists; makes it impossible twice")
    message_id = models.CharField(max_length=160, unique=True)
    medium = models.CharField(max_length=10, choices=Medium)
    scope = models.CharField(max_length=40, blank=True, db_index=True, help_text="e.g. process:3")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="messages")
    address = models.JSONField(default=dict, help_text="where it goes, as it was when the message was made")
    language = models.CharField(max_length=8, default="nl")
    subject = models.CharField(max_length=240)
    body = models.TextField(blank=True, help_text="plain text, paragraphs divided by an empty line")
    extra = models.JSONField(default=dict, blank=True, help_text="for letters: code, link, promise, phone number")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="sent, failed or cancelled at")
    trouble = models.CharField(max_length=240, blank=True)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="how often it was tried in vain: the server said later, or nobody picked up the phone"
    )
    not_before = models.DateTimeField(null=True, blank=True, help_text="not to be tried again before this moment")
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text="the message in whose place a person sent this one",
    )
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="messages")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "medium", "id"], name="post_queue")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(settled_at__isnull=False), name="what_is_sent_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="claimed") | (Q(claimed_at__isnull=False) & ~Q(claimed_by="")),
                name="a_claim_names_its_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medium} {self.key}: {self.state}"
