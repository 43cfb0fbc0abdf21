"""Questions that can be asked again, the questionnaires they stand in, and the answers of one person at one moment."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Channel, Person
from samenraad.processes.models import Process
from samenraad.texts import TranslatedField


class Question(models.Model):
    """One question with an id of its own. Asked again, before and after, or in the next process, it is the same row:
    only then may its answers be compared (R002). Once somebody answered it, its wording stays; another wording is a
    new question that `follows` this one."""

    class Kind(models.TextChoices):
        ONE = "one", _("one of these")
        SEVERAL = "several", _("several of these")
        SCALE = "scale", _("a number on a scale")
        NUMBER = "number", _("a number")
        TEXT = "text", _("own words")
        PLACE = "place", _("a place in the town")
        DATE = "date", _("a date")

    key = models.CharField(
        _("id"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_-]*\Z", _("Small letters, digits, - and _; a letter first."))],
        help_text=_("short and lasting, such as trust-council; it heads the column in every export"),
    )
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind)
    text = TranslatedField(_("question"))
    help = TranslatedField(_("explanation"), blank=True, default=dict)
    #: [{"key": "rent", "text": {"nl": "Huur", "en": "Rent"}}, ...], for one and several
    options = models.JSONField(default=list, blank=True)
    #: what the ends of a scale mean
    low_label = TranslatedField(_("what the lowest means"), blank=True, default=dict)
    high_label = TranslatedField(_("what the highest means"), blank=True, default=dict)
    least = models.IntegerField(_("lowest"), null=True, blank=True)
    most = models.IntegerField(_("highest"), null=True, blank=True, help_text=_("of numbers, or how many of several"))
    personal = models.BooleanField(
        _("says who somebody is"),
        default=False,
        help_text=_("is never exported, and goes when the person is forgotten"),
    )
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")), name="a_scale_goes_upwards"
            ),
            models.CheckConstraint(
                condition=~Q(kind="scale") | Q(least__isnull=False, most__isnull=False), name="a_scale_has_two_ends"
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Questionnaire(models.Model):
    """Questions in an order. Fixed once it is published: who answers late gets the same questions as who was first."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="questionnaires")
    title = TranslatedField(_("title"))
    intro = TranslatedField(_("introduction"), blank=True, default=dict, long=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["process", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(fixed_at__isnull=False), name="only_a_fixed_questionnaire_closes"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_open(self) -> bool:
        return self.fixed_at is not None and self.closed_at is None


class Item(models.Model):
    """A question at its place in a questionnaire. A heading begins a page. With a condition it is asked only when an
    earlier question was answered with one of `values`."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    heading = TranslatedField(_("heading of a new page"), blank=True, default=dict)
    required = models.BooleanField(_("must be answered"), default=False)
    condition = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="+")
    values = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["questionnaire", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "question"], name="a_question_once_in_a_questionnaire"),
            models.CheckConstraint(
                condition=Q(condition=None) | ~Q(condition=F("question")), name="no_question_depends_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.question}"


class AnswerSet(models.Model):
    """The answers of one person at one moment ("before", "after", or just one), and by which channel they came.

    A draft until it is handed in. Without a person it is anonymous, or somebody who was forgotten."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="sets")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="answer_sets")
    moment = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=16, choices=Channel, default=Channel.WEB)
    language = models.CharField(max_length=8, default="nl")
    keyed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True, help_text="of one form keyed in: two clicks are one")
    test = models.BooleanField(default=False)
    begun_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "person", "moment", "test"],
                condition=Q(person__isnull=False),
                name="one_answer_set_per_person_and_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}/{self.pk}"


class Answer(models.Model):
    """The answer to one question: a key, a list of keys, a number, a text, a place's code or a day as text."""

    answer_set = models.ForeignKey(AnswerSet, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.JSONField()
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["answer_set", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.value}"
