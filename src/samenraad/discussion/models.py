"""Talk about a text: comments one level deep, reports, and hiding with a reason."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Person
from samenraad.processes.models import Contribution, Proposal


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
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="a_comment_is_not_its_own_reply"
            ),
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
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
