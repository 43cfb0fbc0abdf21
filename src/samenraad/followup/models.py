"""What comes back: answers with reasons, measures, and word to everybody who took part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Body, Channel, Person
from samenraad.post.models import Message
from samenraad.processes.models import Contribution, Process, Promise, Proposal


class Handover(models.Model):
    """Proposals put into the hands of the body that promised to answer. The clock starts here."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="handovers")
    body = models.ForeignKey(Body, models.PROTECT, related_name="handovers")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="handovers")
    handed_on = models.DateField()
    due = models.DateField(help_text="handed_on + the promise's term")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="the answers became public")
    explained_on = models.DateField(
        null=True, blank=True, help_text="public meeting in which the answers were explained"
    )
    delay_reason = models.TextField(
        _("why it takes longer"), blank=True, help_text="what the body says in public about being late"
    )
    delay_until = models.DateField(_("the answers will be there on"), null=True, blank=True)

    class Meta:
        ordering = ["-handed_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(due__gte=models.F("handed_on")), name="a_term_runs_forward")]

    def __str__(self) -> str:
        return f"{self.process} -> {self.body}"


class Item(models.Model):
    """One proposal on the table of the answering body. Without an answer it is a blank row."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="items")
    number = models.PositiveIntegerField(help_text="its number on the table, printed in every answer")
    owner = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        help_text="the civil servant who prepares it",
    )
    meets = models.JSONField(
        default=list,
        blank=True,
        help_text="per precondition of the promise: true, false or null (not yet looked at)",
    )

    class Meta:
        ordering = ["handover", "number"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "proposal"], name="a_proposal_is_handed_over_once"),
            models.UniqueConstraint(fields=["handover", "number"], name="one_row_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.number}"


class SideNote(models.Model):
    """A legal or financial remark beside the text. It never touches the text (R260)."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("legal")
        FINANCIAL = "financial", _("financial")
        PRACTICAL = "practical", _("practical")

    item = models.ForeignKey(Item, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_side_note_says_something")]

    def __str__(self) -> str:
        return f"{self.kind} note on {self.item_id}"


class Answer(models.Model):
    """The body's decision on one item, always with reasons."""

    class Decision(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        PARTLY = "partly", _("adopted in part")
        REJECTED = "rejected", _("rejected")
        FORWARDED = "forwarded", _("not ours, forwarded")

    item = models.OneToOneField(Item, models.PROTECT, related_name="answer")
    decision = models.CharField(_("decision"), max_length=12, choices=Decision)
    reasons = models.TextField(_("reasons"))
    forwarded_to = models.CharField(_("forwarded to"), max_length=160, blank=True)
    decided_on = models.DateField(_("decided on"), default=timezone.localdate)
    document = models.URLField(_("decision document"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="an_answer_has_reasons"),
            models.CheckConstraint(
                condition=~Q(decision="forwarded") | ~Q(forwarded_to=""), name="forwarded_says_to_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.decision}"


class MeasureRows(models.QuerySet["Measure"]):
    """A measure that follows from an answer is public with that answer; one beside the answers is public at once."""

    def public(self) -> MeasureRows:
        return self.filter(Q(answer=None) | Q(answer__item__handover__answered_at__isnull=False))


class Measure(models.Model):
    """What will be done, by whom, before when. It may follow from an answer or stand beside the answers."""

    class State(models.TextChoices):
        PLANNED = "planned", _("not started")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        ABANDONED = "abandoned", _("abandoned")

    process = models.ForeignKey(Process, models.PROTECT, related_name="measures")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, blank=True, related_name="measures")
    title = models.CharField(_("what will be done"), max_length=240)
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="measures", verbose_name=_("owner")
    )
    department = models.CharField(_("department"), max_length=160, blank=True)
    due = models.DateField(_("done before"))
    budget_cents = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED)
    made_at = models.DateTimeField(default=timezone.now)

    objects = MeasureRows.as_manager()

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.answer is None or self.answer.item.handover.answered_at is not None

    @property
    def latest(self) -> Update | None:
        """The last word on it; reads what was fetched along."""
        updates = list(self.updates.all())
        return updates[-1] if updates else None


class Update(models.Model):
    """How a measure stands. A moved date asks why."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="updates")
    day = models.DateField(default=timezone.localdate)
    text = models.TextField(_("how it stands"))
    state = models.CharField(_("state"), max_length=12, choices=Measure.State)
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)
    why_moved = models.TextField(_("why the date moved"), blank=True)
    evidence = models.CharField(
        _("evidence"), max_length=240, blank=True, help_text=_("a decision number, a link, a photo")
    )
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_after=None) | Q(due_after=models.F("due_before")) | ~Q(why_moved=""),
                name="a_moved_date_says_why",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an_update_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.day}"


#: the person behind a row of feedback can be neither written to nor called
UNREACHABLE = Q(
    Q(contribution__person__email=""),
    Q(contribution__person__phone=""),
    Q(contribution__person__street="") | Q(contribution__person__postcode="") | Q(contribution__person__city=""),
)


class FeedbackRows(models.QuerySet["Feedback"]):
    """Told is what was settled, and what the post has sent; a message that failed or may have failed told nobody."""

    def untold(self) -> FeedbackRows:
        sent = Message.State.SENT
        return self.filter(told_at=None).exclude(message__state=sent).exclude(message__replaced_by__state=sent)

    def told(self) -> FeedbackRows:
        sent = Message.State.SENT
        return self.filter(Q(told_at__isnull=False) | Q(message__state=sent) | Q(message__replaced_by__state=sent))


class Feedback(models.Model):
    """Word owed to one contributor about one thing that happened to their contribution."""

    class Occasion(models.TextChoices):
        MERGED = "merged", _("put together with others")
        CARRIED = "carried", _("taken along to a next step")
        HANDED = "handed", _("handed over")
        ANSWERED = "answered", _("answered")
        MEASURE = "measure", _("a measure changed")
        CLOSED = "closed", _("the process ended")
        DRAWN = "drawn", _("the lot was drawn")

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="feedback")
    occasion = models.CharField(max_length=12, choices=Occasion)
    about = models.CharField(max_length=40, help_text="what happened, e.g. answer:12; makes it owed once")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="feedback")
    origin = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", help_text="the person's own text"
    )
    channel = models.CharField(max_length=16, choices=Channel)
    owed_at = models.DateTimeField(default=timezone.now)
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="feedback")
    told_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=12, blank=True, help_text="message, hand, public (no way to reach), forgotten")

    objects = FeedbackRows.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["told_at", "channel"], name="feedback_untold")]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "about", "origin"], name="word_is_owed_once"),
            models.UniqueConstraint(
                fields=["contribution", "about"], condition=Q(origin=None), name="word_without_a_text_is_owed_once"
            ),
            models.CheckConstraint(condition=Q(told_at=None) | ~Q(how=""), name="told_says_how"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.occasion} {self.about}"


class Mark(models.Model):
    """What a contributor thinks of an answer: 0 to 10, beside the government's own count."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="marks")
    value = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_mark_per_person_and_answer"),
            models.CheckConstraint(condition=Q(value__lte=10), name="a_mark_is_at_most_ten"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.value}"


class Evaluation(models.Model):
    """What was learned: three sections (R165) and what went wrong (R149). Without it no process closes."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="evaluation")
    service = models.TextField(_("what got better for residents"))
    democracy = models.TextField(_("what it did for local democracy"))
    relations = models.TextField(_("what it did for how people get along"))
    wrong = models.TextField(_("what went wrong"))
    lessons = models.TextField(_("what we will do differently"))
    published_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | (~Q(wrong="") & ~Q(service="") & ~Q(democracy="") & ~Q(relations="")),
                name="a_public_evaluation_is_complete",
            )
        ]

    def __str__(self) -> str:
        return f"evaluation of {self.process_id}"


class Reminder(models.Model):
    """A nudge or an escalation that the tick gave, once per stage."""

    key = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
