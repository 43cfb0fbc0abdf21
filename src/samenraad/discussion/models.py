"""Talk about a text: comments one level deep, reports, and hiding with a reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Person
from samenraad.processes.models import Contribution, Process, Proposal


class Comment(models.Model):
    """What somebody says about a proposal. A reply has a parent; replies have no replies."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="talk")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField(_("your comment"))
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["proposal", "parent", "made_at"], name="comment_thread")]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="hiding_a_comment_has_a_reason"
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="a_comment_is_not_its_own_reply"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Report(models.Model):
    """Somebody thinks that a comment or a proposal breaks the house rules."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("looked at, kept")
        HIDDEN = "hidden", _("looked at, hidden")

    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="reports")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="reports")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("what is wrong with it"))
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, proposal=None) | Q(comment=None, proposal__isnull=False),
                name="a_report_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["comment", "person"],
                condition=Q(person__isnull=False, comment__isnull=False),
                name="one_report_per_person_and_comment",
            ),
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(person__isnull=False, proposal__isnull=False),
                name="one_report_per_person_and_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Hiding(models.Model):
    """That something was hidden: the kind of reason is public, the reason itself is the author's."""

    class Kind(models.TextChoices):
        INSULT = "insult", _("it insults or threatens somebody")
        PRIVACY = "privacy", _("it says private things about somebody")
        HATE = "hate", _("it discriminates or calls for hate")
        ADVERT = "advert", _("it is an advertisement")
        OFF_TOPIC = "off_topic", _("it is about something else")
        LAW = "law", _("the law does not allow it")

    process = models.ForeignKey(Process, models.CASCADE, related_name="hidings")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="hidings")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="hidings")
    kind = models.CharField(_("what is wrong with it"), max_length=12, choices=Kind)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, proposal=None) | Q(comment=None, proposal__isnull=False),
                name="a_hiding_is_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_hiding_has_a_reason"),
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(comment__isnull=False, lifted_at=None),
                name="a_comment_is_hidden_once",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(proposal__isnull=False, lifted_at=None),
                name="a_text_is_hidden_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.comment_id or self.proposal_id}"


class Arrival(models.Model):
    """Somebody without account came in through the website: counted per source, to slow down who comes too often.

    The source is a keyed digest of the address, and goes after a day.
    """

    source = models.CharField(max_length=64, db_index=True)
    moment = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"arrival {self.pk}"
